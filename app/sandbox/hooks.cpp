// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "hooks.h"

#include <array>

using namespace Qt::StringLiterals;
using Countersign::Error;
using Countersign::ErrorCode;
using Countersign::Result;

namespace CountersignSandbox {

namespace {

struct PointName
{
    HookPoint point;
    QLatin1StringView name;
};

constexpr std::array pointNames = {
    PointName{HookPoint::Discovery, "discovery"_L1},
    PointName{HookPoint::Jwks, "jwks"_L1},
    PointName{HookPoint::AuthorizationResponse, "authorizationResponse"_L1},
    PointName{HookPoint::AuthorizationPage, "authorizationPage"_L1},
    PointName{HookPoint::PushedAuthorization, "pushedAuthorization"_L1},
    PointName{HookPoint::TokenResponse, "tokenResponse"_L1},
    PointName{HookPoint::IdTokenClaims, "idTokenClaims"_L1},
    PointName{HookPoint::IdTokenHeader, "idTokenHeader"_L1},
    PointName{HookPoint::IdTokenSignature, "idTokenSignature"_L1},
    PointName{HookPoint::AccessTokenClaims, "accessTokenClaims"_L1},
    PointName{HookPoint::ResponseTokenClaims, "responseTokenClaims"_L1},
    PointName{HookPoint::UserInfo, "userInfo"_L1},
    PointName{HookPoint::DeviceAuthorization, "deviceAuthorization"_L1},
    PointName{HookPoint::Revocation, "revocation"_L1},
    PointName{HookPoint::Introspection, "introspection"_L1},
    PointName{HookPoint::IntrospectionClaims, "introspectionClaims"_L1},
    PointName{HookPoint::IntrospectionHeader, "introspectionHeader"_L1},
    PointName{HookPoint::EndSession, "endSession"_L1},
    PointName{HookPoint::EndSessionResponse, "endSessionResponse"_L1},
    PointName{HookPoint::Resource, "resource"_L1},
    PointName{HookPoint::Proof, "proof"_L1},
    PointName{HookPoint::ResourceMetadata, "resourceMetadata"_L1},
};

struct MemberType
{
    QLatin1StringView name;
    QJsonValue::Type type;
};

constexpr std::array memberTypes = {
    MemberType{"when"_L1, QJsonValue::Object},      MemberType{"skip"_L1, QJsonValue::Double},
    MemberType{"times"_L1, QJsonValue::Double},     MemberType{"set"_L1, QJsonValue::Object},
    MemberType{"remove"_L1, QJsonValue::Array},     MemberType{"append"_L1, QJsonValue::Object},
    MemberType{"duplicate"_L1, QJsonValue::Object}, MemberType{"status"_L1, QJsonValue::Double},
    MemberType{"headers"_L1, QJsonValue::Object},   MemberType{"contentType"_L1, QJsonValue::String},
    MemberType{"body"_L1, QJsonValue::String},      MemberType{"redirect"_L1, QJsonValue::String},
    MemberType{"delayMs"_L1, QJsonValue::Double},   MemberType{"drop"_L1, QJsonValue::String},
    MemberType{"keys"_L1, QJsonValue::Object},      MemberType{"algorithm"_L1, QJsonValue::String},
    MemberType{"signature"_L1, QJsonValue::String}, MemberType{"rotate"_L1, QJsonValue::Bool},
    MemberType{"instead"_L1, QJsonValue::Bool},
};

} // namespace

QString name(HookPoint point)
{
    for (const PointName &entry : pointNames) {
        if (entry.point == point)
            return entry.name;
    }
    Q_UNREACHABLE(); // the table holds every enumerator; a test compares the two
}

std::optional<HookPoint> hookPoint(QStringView name)
{
    for (const PointName &entry : pointNames) {
        if (entry.name == name)
            return entry.point;
    }
    return {};
}

QList<HookPoint> hookPoints()
{
    QList<HookPoint> points;
    for (const PointName &entry : pointNames)
        points.append(entry.point);
    return points;
}

Result<HookProgram> HookProgram::parse(const QJsonObject &object)
{
    for (auto member = object.begin(); member != object.end(); ++member) {
        const auto *const known = std::find_if(memberTypes.begin(), memberTypes.end(),
                                               [&member](const MemberType &type) { return type.name == member.key(); });
        if (known == memberTypes.end())
            return Error{ErrorCode::InvalidArgument, u"a hook program has no member "_s + member.key()};
        if (member.value().type() != known->type)
            return Error{ErrorCode::InvalidArgument, u"this member has the wrong type: "_s + member.key()};
    }
    return HookProgram(object);
}

bool HookProgram::takes(const Parameters &request)
{
    const QJsonObject when = m_json.value("when"_L1).toObject();
    for (auto condition = when.begin(); condition != when.end(); ++condition) {
        if (request.value(condition.key()) != condition.value().toString())
            return false;
    }
    const qint64 seen = m_seen++;
    const qint64 skip = m_json.value("skip"_L1).toInteger();
    if (seen < skip)
        return false;
    return !m_json.contains("times"_L1) || seen - skip < m_json.value("times"_L1).toInteger();
}

void HookProgram::alter(QJsonObject &object) const
{
    const QJsonObject set = m_json.value("set"_L1).toObject();
    for (auto member = set.begin(); member != set.end(); ++member)
        object.insert(member.key(), member.value());
    const QJsonObject append = m_json.value("append"_L1).toObject();
    for (auto member = append.begin(); member != append.end(); ++member)
        object.insert(member.key(), QString(object.value(member.key()).toString() + member.value().toString()));
    const QJsonArray remove = m_json.value("remove"_L1).toArray();
    for (const QJsonValue &member : remove)
        object.remove(member.toString());
}

void HookProgram::alter(Parameters &parameters) const
{
    const QJsonObject set = m_json.value("set"_L1).toObject();
    for (auto member = set.begin(); member != set.end(); ++member)
        parameters.set(member.key(), member.value().toString());
    const QJsonObject append = m_json.value("append"_L1).toObject();
    for (auto member = append.begin(); member != append.end(); ++member)
        parameters.set(member.key(), parameters.value(member.key()) + member.value().toString());
    const QJsonArray remove = m_json.value("remove"_L1).toArray();
    for (const QJsonValue &member : remove)
        parameters.remove(member.toString());
    const QJsonObject duplicate = m_json.value("duplicate"_L1).toObject();
    for (auto member = duplicate.begin(); member != duplicate.end(); ++member)
        parameters.add(member.key(), member.value().toString());
}

void HookProgram::alter(Response &response) const
{
    if (response.json)
        alter(*response.json);
    if (m_json.contains("body"_L1)) {
        response.json.reset();
        response.body = m_json.value("body"_L1).toString().toUtf8();
    }
    if (m_json.contains("redirect"_L1)) {
        response.status = 307;
        response.setHeader("Location"_ba, m_json.value("redirect"_L1).toString().toUtf8());
    }
    if (m_json.contains("status"_L1))
        response.status = m_json.value("status"_L1).toInt();
    if (m_json.contains("contentType"_L1))
        response.setHeader("Content-Type"_ba, m_json.value("contentType"_L1).toString().toUtf8());
    const QJsonObject headers = m_json.value("headers"_L1).toObject();
    for (auto header = headers.begin(); header != headers.end(); ++header) {
        if (header.value().isNull())
            response.removeHeader(header.key().toUtf8());
        else
            response.setHeader(header.key().toUtf8(), header.value().toString().toUtf8());
    }
    response.delay += std::chrono::milliseconds(m_json.value("delayMs"_L1).toInteger());
    const QString drop = m_json.value("drop"_L1).toString();
    if (!drop.isEmpty())
        response.delivery = drop == u"midway" ? Response::Delivery::DropMidway : Response::Delivery::DropBefore;
}

void Hooks::set(HookPoint point, QList<HookProgram> programs)
{
    m_programs.insert(point, std::move(programs));
}

Result<void> Hooks::set(HookPoint point, const QJsonValue &json)
{
    const QJsonArray array = json.isArray() ? json.toArray() : QJsonArray{json};
    QList<HookProgram> programs;
    for (const QJsonValue &entry : array) {
        auto program = HookProgram::parse(entry.toObject());
        if (!program)
            return program.error();
        programs.append(*std::move(program));
    }
    set(point, std::move(programs));
    return {};
}

Result<void> Hooks::add(HookPoint point, const QJsonObject &json)
{
    auto program = HookProgram::parse(json);
    if (!program)
        return program.error();
    m_programs[point].append(*std::move(program));
    return {};
}

QJsonArray Hooks::toJson(HookPoint point) const
{
    QJsonArray array;
    const QList<HookProgram> programs = m_programs.value(point);
    for (const HookProgram &program : programs)
        array.append(program.json());
    return array;
}

QJsonObject Hooks::toJson() const
{
    QJsonObject object;
    for (auto entry = m_programs.keyValueBegin(); entry != m_programs.keyValueEnd(); ++entry)
        object.insert(name(entry->first), toJson(entry->first));
    return object;
}

QList<HookProgram> Hooks::taken(HookPoint point, const Parameters &request)
{
    QList<HookProgram> acting;
    const auto programs = m_programs.find(point);
    if (programs == m_programs.end())
        return acting;
    for (HookProgram &program : *programs) {
        if (program.takes(request))
            acting.append(program);
    }
    return acting;
}

void Hooks::apply(HookPoint point, const Parameters &request, QJsonObject &object)
{
    const QList<HookProgram> programs = taken(point, request);
    for (const HookProgram &program : programs)
        program.alter(object);
}

void Hooks::apply(HookPoint point, const Parameters &request, Parameters &parameters)
{
    const QList<HookProgram> programs = taken(point, request);
    for (const HookProgram &program : programs)
        program.alter(parameters);
}

} // namespace CountersignSandbox

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/profileexpectations.h>

#include <countersign/jose/jwtrules.h>

#include <QtCore/QJsonArray>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

using Jose::TokenPolicy;

Error wrong(const QString &member, const QString &expected)
{
    return {ErrorCode::InvalidArgument, u"\"%1\" must be %2"_s.arg(member, expected)};
}

Result<QStringList> wordsIn(const QString &member, const QJsonValue &value)
{
    if (value.isString())
        return value.toString().split(u' ', Qt::SkipEmptyParts);
    if (!value.isArray())
        return wrong(member, u"a list of texts"_s);
    QStringList words;
    const auto items = value.toArray();
    for (const auto item : items) {
        if (!item.isString())
            return wrong(member, u"a list of texts"_s);
        words.append(item.toString());
    }
    return words;
}

Result<void> readClaims(const QJsonValue &value, TokenPolicy &policy)
{
    if (!value.isObject())
        return wrong(u"claims"_s, u"an object"_s);
    const auto claims = value.toObject();
    for (auto it = claims.begin(); it != claims.end(); ++it) {
        Jose::ClaimExpectation claim{.name = it.key(), .value = it.value().toString()};
        if (it.value().isBool()) {
            claim.value = it.value().toBool();
        } else if (it.value().isDouble()) {
            claim.value = it.value().toInteger();
        } else if (it.value().isArray()) {
            auto words = wordsIn(it.key(), it.value());
            if (!words)
                return words.error();
            // Whatever a token says holds none of no words: nothing would be checked.
            if (words->isEmpty())
                return wrong(it.key(), u"a list of at least one text"_s);
            claim.value = *std::move(words);
        } else if (!it.value().isString()) {
            return wrong(it.key(), u"a text, a number, true, false or a list of texts"_s);
        }
        policy.claims.append(std::move(claim));
    }
    return {};
}

Result<void> readLeeway(const QJsonValue &value, TokenPolicy &policy)
{
    const auto most = Jose::JwtRules::maximumClockSkew;
    const std::chrono::seconds leeway(value.toInteger(-1));
    if (!value.isDouble() || leeway < std::chrono::seconds(0) || leeway > most)
        return wrong(u"leeway"_s, u"a number of seconds up to %1"_s.arg(std::chrono::seconds(most).count()));
    policy.leeway = leeway;
    return {};
}

struct TextMember
{
    QLatin1StringView name;
    QString TokenPolicy::*member;
};
constexpr TextMember textMembers[] = {{"issuer"_L1, &TokenPolicy::issuer},
                                      {"audience"_L1, &TokenPolicy::audience},
                                      {"client_id"_L1, &TokenPolicy::clientId}};

struct ListMember
{
    QLatin1StringView name;
    QStringList TokenPolicy::*member;
};
constexpr ListMember listMembers[] = {{"scope"_L1, &TokenPolicy::scopes},
                                      {"role"_L1, &TokenPolicy::roles},
                                      {"acr"_L1, &TokenPolicy::authenticationContexts}};

Result<void> readMember(const QString &name, const QJsonValue &value, TokenPolicy &policy)
{
    for (const auto &[known, member] : textMembers) {
        if (name != known)
            continue;
        if (!value.isString())
            return wrong(name, u"a text"_s);
        policy.*member = value.toString();
        return {};
    }
    for (const auto &[known, member] : listMembers) {
        if (name != known)
            continue;
        auto words = wordsIn(name, value);
        if (!words)
            return words.error();
        policy.*member = *std::move(words);
        return {};
    }
    if (name == "leeway"_L1)
        return readLeeway(value, policy);
    if (name == "claims"_L1)
        return readClaims(value, policy);
    // A slip must not make a check disappear.
    return Error{ErrorCode::InvalidArgument, u"\"%1\" is nothing that can be expected"_s.arg(name)};
}

QJsonValue written(const Jose::ClaimExpectation &claim)
{
    if (const auto *text = std::get_if<QString>(&claim.value))
        return *text;
    if (const auto *number = std::get_if<qint64>(&claim.value))
        return *number;
    if (const auto *truth = std::get_if<bool>(&claim.value))
        return *truth;
    return QJsonArray::fromStringList(std::get<QStringList>(claim.value));
}

} // namespace

Result<TokenPolicy> expectationsFrom(const QJsonValue &value)
{
    if (!value.isObject())
        return Error{ErrorCode::InvalidArgument, u"must be an object"_s};
    TokenPolicy policy;
    const auto json = value.toObject();
    for (auto it = json.begin(); it != json.end(); ++it) {
        if (const auto read = readMember(it.key(), it.value(), policy); !read)
            return read.error();
    }
    return policy;
}

QJsonValue expectationsJson(const TokenPolicy &policy)
{
    QJsonObject json;
    for (const auto &[name, member] : textMembers) {
        if (!(policy.*member).isEmpty())
            json.insert(name, policy.*member);
    }
    for (const auto &[name, member] : listMembers) {
        if (!(policy.*member).isEmpty())
            json.insert(name, QJsonArray::fromStringList(policy.*member));
    }
    if (policy.leeway)
        json.insert("leeway"_L1, qint64(policy.leeway->count()));
    QJsonObject claims;
    for (const auto &claim : policy.claims)
        claims.insert(claim.name, written(claim));
    if (!claims.isEmpty())
        json.insert("claims"_L1, claims);
    return json.isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(json);
}

} // namespace Countersign

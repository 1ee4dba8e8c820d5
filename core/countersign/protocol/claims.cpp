// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/claims.h>

#include <countersign/jose/base64url.h>
#include <countersign/jose/formcodec.h>
#include <countersign/jose/json.h>
#include <countersign/jose/jsonwriter.h>

#include <algorithm>
#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

using Jose::Base64Problem;

constexpr std::array known{ClaimsTarget::AccessToken, ClaimsTarget::IdToken, ClaimsTarget::UserInfo};

Error refused(const QString &why)
{
    return Error{ErrorCode::InvalidArgument, why};
}

bool isJsonObject(const QByteArray &text)
{
    return Jose::JsonObject::parse(text).hasValue();
}

//! The text without its percent escapes; no value when there are none or they are broken. A '+' stays: it may be
//! base64's.
std::optional<QByteArray> percentDecoded(QByteArrayView text)
{
    if (!text.contains('%'))
        return {};
    QByteArray escaped = text.toByteArray();
    escaped.replace('+', "%2B").replace('&', "%26").replace('=', "%3D");
    auto form = Jose::FormParameters::parse(QByteArray("v=" + escaped));
    if (!form)
        return {};
    return form->utf8("v");
}

//! JSON out of base64; no value when it is none.
std::optional<DecodedClaims> claimsInBase64(QByteArrayView text)
{
    const auto lenient = Jose::decodeBase64UrlLeniently(text);
    DecodedClaims claims{lenient.bytes, ClaimsCoding::Base64Url, {}};
    bool hasPadding = false;
    for (const auto &problem : lenient.problems) {
        switch (problem.kind) {
        case Base64Problem::Kind::Padding: hasPadding = true; break;
        case Base64Problem::Kind::StandardAlphabet: claims.coding = ClaimsCoding::Base64; break;
        case Base64Problem::Kind::WhiteSpace: claims.overlooked.append(u"white_space"_s); break;
        case Base64Problem::Kind::TrailingBits: claims.overlooked.append(u"trailing_bits"_s); break;
        case Base64Problem::Kind::ForeignCharacter:
        case Base64Problem::Kind::ImpossibleLength: return {};
        }
    }
    const bool hasUrlCharacters = text.contains('-') || text.contains('_');
    if (claims.coding == ClaimsCoding::Base64 && hasUrlCharacters)
        claims.overlooked.append(u"mixed_alphabet"_s);
    else if (hasUrlCharacters)
        claims.overlooked.append(u"url_alphabet"_s);
    // Without a character of either alphabet the padding tells which one was meant.
    if (hasPadding && !hasUrlCharacters)
        claims.coding = ClaimsCoding::Base64;
    const auto characters = std::count_if(text.begin(), text.end(), [](char c) { return c > ' ' && c != '='; });
    if (!hasPadding && characters % 4 != 0)
        claims.overlooked.append(u"padding_missing"_s);
    if (!isJsonObject(claims.json))
        return {};
    return claims;
}

QStringList valuesIn(const Jose::JsonObject &condition)
{
    const auto text = [](const Jose::JsonValue &value) {
        return value.string().value_or(QString::fromUtf8(value.raw()));
    };
    QStringList values;
    if (const auto value = condition.value("value"); !value.isUndefined())
        values.append(text(value));
    if (const auto list = condition.array("values")) {
        for (const auto value : *list)
            values.append(text(value));
    }
    return values;
}

ClaimDemand demandFrom(const Jose::JsonMember &member)
{
    ClaimDemand demand;
    demand.name = member.nameString();
    demand.raw = member.value.raw().toByteArray();
    demand.isNull = member.value.isNull();
    if (const auto condition = member.value.object()) {
        demand.isEssentialStated = condition->contains("essential");
        demand.isEssential = condition->boolean("essential").value_or(false);
        demand.values = valuesIn(*condition);
    }
    return demand;
}

ClaimsTarget targetOf(QByteArrayView name)
{
    for (const auto target : known) {
        if (QString::fromUtf8(name) == identifier(target))
            return target;
    }
    return ClaimsTarget::Other;
}

//! Microsoft reads xms_cc as a list only.
QByteArray conditionJson(QStringView name, const QStringList &values, bool isEssential)
{
    if (values.isEmpty() && !isEssential)
        return "null";
    Jose::JsonWriter writer;
    writer.beginObject();
    if (isEssential)
        writer.boolean("essential", true);
    if (values.size() == 1 && name != u"xms_cc")
        writer.string("value", values.first());
    else if (!values.isEmpty())
        writer.strings("values", values);
    writer.endObject();
    return writer.take();
}

//! The same JSON without white space between its parts.
QByteArray minified(QByteArrayView json)
{
    QByteArray out;
    out.reserve(json.size());
    bool isInString = false;
    for (qsizetype at = 0; at < json.size(); ++at) {
        const char c = json[at];
        if (!isInString && (c == ' ' || c == '\t' || c == '\r' || c == '\n'))
            continue;
        out += c;
        if (c == '"')
            isInString = !isInString;
        else if (isInString && c == '\\' && at + 1 < json.size())
            out += json[++at];
    }
    return out;
}

} // namespace

QString identifier(ClaimsCoding coding)
{
    switch (coding) {
    case ClaimsCoding::Json: return u"json"_s;
    case ClaimsCoding::Base64: return u"base64"_s;
    case ClaimsCoding::Base64Url: return u"base64url"_s;
    case ClaimsCoding::UrlEncodedJson: return u"url_encoded_json"_s;
    case ClaimsCoding::UrlEncodedBase64: return u"url_encoded_base64"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString identifier(ClaimsTarget target)
{
    switch (target) {
    case ClaimsTarget::AccessToken: return u"access_token"_s;
    case ClaimsTarget::IdToken: return u"id_token"_s;
    case ClaimsTarget::UserInfo: return u"userinfo"_s;
    case ClaimsTarget::Other: return {};
    }
    Q_UNREACHABLE();
    return {};
}

Result<DecodedClaims> decodeClaims(QByteArrayView text)
{
    const QByteArray trimmed = text.trimmed().toByteArray();
    constexpr qsizetype longest = 256 * 1024;
    if (trimmed.isEmpty() || trimmed.size() > longest)
        return refused(u"the claims are empty or too long"_s);
    if (isJsonObject(trimmed))
        return DecodedClaims{trimmed, ClaimsCoding::Json, {}};
    // "{\"access_token\":…}": copied out of source code or a log.
    if (const auto value = Jose::JsonValue::parse(trimmed); value && value->isString()) {
        auto inner = value->utf8()->trimmed().toByteArray();
        if (isJsonObject(inner))
            return DecodedClaims{std::move(inner), ClaimsCoding::Json, {u"quoted_json"_s}};
        if (auto decoded = claimsInBase64(inner))
            return std::move(*decoded);
    }
    if (auto decoded = claimsInBase64(trimmed))
        return std::move(*decoded);
    if (const auto unescaped = percentDecoded(trimmed)) {
        QByteArray json = *unescaped;
        // A form's space.
        if (json.startsWith('{') && !isJsonObject(json))
            json.replace('+', ' ');
        if (isJsonObject(json))
            return DecodedClaims{json, ClaimsCoding::UrlEncodedJson, {}};
        if (auto decoded = claimsInBase64(*unescaped)) {
            decoded->coding = ClaimsCoding::UrlEncodedBase64;
            return std::move(*decoded);
        }
    }
    return refused(u"the claims are neither a JSON object nor base64 or URL-encoding of one"_s);
}

Result<ClaimsRequest> ClaimsRequest::parse(QByteArrayView json)
{
    const auto document = Jose::JsonObject::parse(json.toByteArray());
    if (!document)
        return refused(u"the claims request is no JSON object: %1"_s.arg(document.error().message()));
    ClaimsRequest request;
    for (const auto member : *document) {
        const auto target = targetOf(member.name);
        const auto claims = member.value.object();
        if (!claims && !member.value.isNull() && target != ClaimsTarget::Other)
            return refused(u"'%1' in the claims request is no object"_s.arg(member.nameString()));
        if (!claims) {
            // An explicit null asks for nothing: contract C31.
            if (target == ClaimsTarget::Other)
                request.m_foreign.append({member.nameString(), member.value.raw().toByteArray()});
            continue;
        }
        request.m_targets.append(member.nameString());
        for (const auto claim : *claims) {
            ClaimDemand demand = demandFrom(claim);
            demand.target = target;
            demand.targetName = member.nameString();
            request.m_claims.append(std::move(demand));
        }
    }
    return request;
}

bool ClaimsRequest::isEmpty() const
{
    return m_claims.isEmpty() && m_foreign.isEmpty();
}

const ClaimDemand *ClaimsRequest::find(ClaimsTarget target, QStringView name) const
{
    const auto at = std::find_if(m_claims.begin(), m_claims.end(), [&](const ClaimDemand &demand) {
        return demand.target == target && demand.name == name;
    });
    return at == m_claims.end() ? nullptr : &*at;
}

ClaimsRequest &ClaimsRequest::set(ClaimsTarget target, const QString &name, const QStringList &values, bool isEssential)
{
    Q_ASSERT(target != ClaimsTarget::Other);
    ClaimDemand demand{.target = target,
                       .targetName = identifier(target),
                       .name = name,
                       .isEssential = isEssential,
                       .isEssentialStated = isEssential,
                       .values = values,
                       .isNull = values.isEmpty() && !isEssential,
                       .raw = conditionJson(name, values, isEssential)};
    if (const auto *const existing = find(target, name)) {
        m_claims[existing - m_claims.constData()] = std::move(demand);
        return *this;
    }
    if (!m_targets.contains(demand.targetName))
        m_targets.append(demand.targetName);
    m_claims.append(std::move(demand));
    return *this;
}

QByteArray ClaimsRequest::toJson() const
{
    Jose::JsonWriter writer;
    writer.beginObject();
    for (const auto &target : m_targets) {
        writer.name(target.toUtf8()).beginObject();
        for (const auto &demand : m_claims) {
            if (demand.targetName == target)
                writer.raw(demand.name.toUtf8(), minified(demand.raw));
        }
        writer.endObject();
    }
    for (const auto &[name, json] : m_foreign)
        writer.raw(name.toUtf8(), minified(json));
    writer.endObject();
    return writer.take();
}

QByteArray ClaimsRequest::toBase64() const
{
    return toJson().toBase64();
}

Result<QString> mergeClaims(const QStringList &capabilities, QStringView challenge)
{
    if (capabilities.isEmpty())
        return challenge.toString();
    ClaimsRequest request;
    if (!challenge.trimmed().isEmpty()) {
        const auto decoded = decodeClaims(challenge.toUtf8());
        if (!decoded)
            return decoded.error();
        auto parsed = ClaimsRequest::parse(decoded->json);
        if (!parsed)
            return parsed.error();
        request = std::move(*parsed);
    }
    request.set(ClaimsTarget::AccessToken, u"xms_cc"_s, capabilities, false);
    return QString::fromUtf8(request.toJson());
}

} // namespace Countersign::Protocol

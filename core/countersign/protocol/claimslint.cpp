// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/json.h>
#include <countersign/protocol/claims.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

using Severity = ClaimsFinding::Severity;
using MeaningKind = ClaimMeaning::Kind;

struct Row
{
    QLatin1StringView name;
    MeaningKind kind;
};

constexpr Row rows[] = {
    {"acrs"_L1, MeaningKind::AuthenticationContext}, // Conditional Access authentication context
    {"acr"_L1, MeaningKind::AuthenticationContext}, // OpenID Connect Core §2
    {"nbf"_L1, MeaningKind::NotBefore}, // Continuous Access Evaluation
    {"xms_cc"_L1, MeaningKind::Capability},
    {"polids"_L1, MeaningKind::Policies},
    {"capolids"_L1, MeaningKind::Policies},
    {"xms_rp_ipaddr"_L1, MeaningKind::NetworkLocation},
    {"auth_time"_L1, MeaningKind::AuthenticationTime},
    {"amr"_L1, MeaningKind::AuthenticationMethod},
    {"sub"_L1, MeaningKind::Identity},
    {"oid"_L1, MeaningKind::Identity},
    {"upn"_L1, MeaningKind::Identity},
    {"email"_L1, MeaningKind::Identity},
    {"preferred_username"_L1, MeaningKind::Identity},
};

MeaningKind kindOf(QStringView name)
{
    for (const auto &row : rows) {
        if (name == row.name)
            return row.kind;
    }
    return MeaningKind::Unknown;
}

class Findings
{
public:
    void add(Severity severity, QLatin1StringView id, const QString &message, const QString &where = {})
    {
        m_list.append({id, severity, message, where});
    }
    QList<ClaimsFinding> take() { return std::move(m_list); }

private:
    QList<ClaimsFinding> m_list;
};

void lintCoding(const DecodedClaims &claims, Findings &findings)
{
    if (claims.coding == ClaimsCoding::UrlEncodedJson || claims.coding == ClaimsCoding::UrlEncodedBase64)
        findings.add(Severity::Warning, "url_encoded"_L1,
                     u"The claims are URL-encoded; clients expect base64 in a header and JSON in a document."_s);
    struct Overlooked
    {
        QLatin1StringView what;
        Severity severity;
        const char16_t *message;
    };
    static constexpr Overlooked table[] = {
        {"padding_missing"_L1, Severity::Warning,
         u"The base64 lacks its padding; MSAL.NET decodes only texts whose length is a multiple of four."},
        {"url_alphabet"_L1, Severity::Note,
         u"The base64 has the URL-safe alphabet; not every client decodes that here."},
        {"mixed_alphabet"_L1, Severity::Warning, u"The base64 mixes the standard and the URL-safe alphabet."},
        {"white_space"_L1, Severity::Warning, u"White space stands within the base64; MSAL.NET does not decode it."},
        {"trailing_bits"_L1, Severity::Note, u"The last character of the base64 says more than the bytes need."},
        {"quoted_json"_L1, Severity::Note, u"The claims are a JSON string that holds JSON."},
    };
    for (const auto &row : table) {
        if (claims.overlooked.contains(row.what))
            findings.add(row.severity, row.what, QString::fromUtf16(row.message));
    }
}

void lintDocument(const Jose::JsonObject &document, const ClaimsRequest &request, Findings &findings)
{
    bool isInString = false;
    bool isMinified = true;
    const auto raw = document.raw();
    for (qsizetype at = 0; at < raw.size(); ++at) {
        const char c = raw[at];
        if (isInString && c == '\\')
            ++at;
        else if (c == '"')
            isInString = !isInString;
        else if (!isInString && (c == ' ' || c == '\t' || c == '\r' || c == '\n'))
            isMinified = false;
    }
    if (!isMinified)
        findings.add(Severity::Note, "not_minified"_L1, u"The JSON is not minified: a header should be short."_s);
    if (request.isEmpty())
        findings.add(Severity::Warning, "empty_request"_L1, u"The claims request asks for nothing."_s);
    for (const auto member : document) {
        const auto name = member.nameString();
        if (member.value.isNull())
            findings.add(Severity::Warning, "null_member"_L1, u"The member is null; some clients fail on it."_s, name);
        else if (name != "access_token"_L1 && name != "id_token"_L1 && name != "userinfo"_L1)
            findings.add(Severity::Warning, "unknown_member"_L1,
                         u"Only access_token, id_token and userinfo are defined here."_s, name);
    }
}

void lintConditions(const ClaimDemand &demand, const QString &where, Findings &findings)
{
    const auto value = Jose::JsonValue::parse(demand.raw);
    const auto condition = value ? value->object() : std::nullopt;
    if (!condition) {
        if (!demand.isNull)
            findings.add(Severity::Error, "not_a_condition"_L1, u"A claim is null or an object with conditions."_s,
                         where);
        return;
    }
    const auto essential = condition->value("essential");
    if (!essential.isUndefined() && !essential.isBoolean())
        findings.add(Severity::Error, "essential_not_boolean"_L1, u"'essential' is no boolean and will be ignored."_s,
                     where);
    const auto values = condition->value("values");
    if (!values.isUndefined() && !values.isArray())
        findings.add(Severity::Error, "values_not_array"_L1, u"'values' is no array."_s, where);
    if (!values.isUndefined() && condition->contains("value"))
        findings.add(Severity::Warning, "value_and_values"_L1, u"Both 'value' and 'values' are given."_s, where);
    if (condition->contains("Values") || condition->contains("Value"))
        findings.add(Severity::Warning, "member_case"_L1, u"Members are written in lower case: value, values."_s,
                     where);
}

void lintAuthenticationContext(const ClaimDemand &demand, const QString &where, Findings &findings)
{
    const bool hasCapability = std::any_of(demand.values.begin(), demand.values.end(), [](const QString &value) {
        return value.compare("cp1"_L1, Qt::CaseInsensitive) == 0;
    });
    if (hasCapability)
        findings.add(Severity::Error, "capability_as_acrs"_L1,
                     u"cp1 is a client capability (xms_cc), no authentication context: no token will ever carry it."_s,
                     where);
    if (!demand.isEssential)
        findings.add(Severity::Warning, "missing_essential"_L1,
                     u"Without \"essential\": true the provider may leave the claim out."_s, where);
    if (demand.values.isEmpty())
        findings.add(Severity::Warning, "missing_value"_L1, u"No authentication context is named."_s, where);
    if (demand.name == "acrs"_L1 && demand.target != ClaimsTarget::AccessToken)
        findings.add(Severity::Warning, "wrong_token"_L1,
                     u"An API sees the access token: acrs belongs under access_token."_s, where);
    if (demand.name == "acr"_L1 && demand.target == ClaimsTarget::AccessToken)
        findings.add(Severity::Note, "acr_in_access_token"_L1,
                     u"Entra's access tokens carry acrs; acr is a claim of ID tokens."_s, where);
}

void lintClaim(const ClaimDemand &demand, Findings &findings)
{
    const QString where = demand.targetName + u'.' + demand.name;
    lintConditions(demand, where, findings);
    switch (kindOf(demand.name)) {
    case MeaningKind::AuthenticationContext: lintAuthenticationContext(demand, where, findings); break;
    case MeaningKind::NotBefore: {
        bool isTime = false;
        demand.values.value(0).toLongLong(&isTime);
        if (!isTime)
            findings.add(Severity::Error, "not_a_time"_L1, u"nbf is a number of seconds since 1970."_s, where);
        if (!demand.isEssential)
            findings.add(Severity::Warning, "missing_essential"_L1,
                         u"Without \"essential\": true the provider may leave the claim out."_s, where);
        break;
    }
    case MeaningKind::Capability:
        findings.add(Severity::Note, "capability_in_challenge"_L1,
                     u"xms_cc is the client's to declare; what a challenge says of it is replaced."_s, where);
        break;
    case MeaningKind::Policies:
    case MeaningKind::NetworkLocation:
    case MeaningKind::AuthenticationTime:
    case MeaningKind::AuthenticationMethod:
    case MeaningKind::Identity:
    case MeaningKind::Unknown: break;
    }
}

} // namespace

QString identifier(ClaimMeaning::Kind kind)
{
    switch (kind) {
    case MeaningKind::AuthenticationContext: return u"authentication_context"_s;
    case MeaningKind::NotBefore: return u"not_before"_s;
    case MeaningKind::Capability: return u"capability"_s;
    case MeaningKind::Policies: return u"policies"_s;
    case MeaningKind::NetworkLocation: return u"network_location"_s;
    case MeaningKind::AuthenticationTime: return u"authentication_time"_s;
    case MeaningKind::AuthenticationMethod: return u"authentication_method"_s;
    case MeaningKind::Identity: return u"identity"_s;
    case MeaningKind::Unknown: return u"unknown"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QString identifier(ClaimsFinding::Severity severity)
{
    switch (severity) {
    case Severity::Note: return u"note"_s;
    case Severity::Warning: return u"warning"_s;
    case Severity::Error: return u"error"_s;
    }
    Q_UNREACHABLE();
    return {};
}

QList<ClaimMeaning> ClaimsRequest::explain() const
{
    QList<ClaimMeaning> meanings;
    for (const auto &demand : m_claims)
        meanings.append({kindOf(demand.name), demand});
    return meanings;
}

QList<ClaimsFinding> lint(const DecodedClaims &claims)
{
    Findings findings;
    lintCoding(claims, findings);
    const auto document = Jose::JsonObject::parse(claims.json);
    const auto request = ClaimsRequest::parse(claims.json);
    if (!document || !request) {
        findings.add(Severity::Error, "not_a_claims_request"_L1,
                     document ? request.error().message() : document.error().message());
        return findings.take();
    }
    lintDocument(*document, *request, findings);
    for (const auto &demand : request->claims()) {
        if (demand.target != ClaimsTarget::Other)
            lintClaim(demand, findings);
    }
    return findings.take();
}

} // namespace Countersign::Protocol

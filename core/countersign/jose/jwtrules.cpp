// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/jwtrules.h>

#include <countersign/jose/sametext.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr auto tenantPlaceholder = "{tenantid}"_L1; // as Entra's discovery documents spell it

bool isTemplate(const QString &issuer)
{
    return issuer.contains(tenantPlaceholder);
}

} // namespace

QString identifier(JwtUse use)
{
    switch (use) {
    case JwtUse::IdToken: return u"id_token"_s;
    case JwtUse::AccessToken: return u"access_token"_s;
    case JwtUse::LogoutToken: return u"logout_token"_s;
    case JwtUse::UserInfo: return u"user_info"_s;
    case JwtUse::AuthorizationResponse: return u"authorization_response"_s;
    case JwtUse::Introspection: return u"introspection"_s;
    case JwtUse::DpopProof: return u"dpop_proof"_s;
    case JwtUse::SignedHttpRequest: return u"signed_http_request"_s;
    }
    Q_UNREACHABLE(); // all enumerators are above
    return {};
}

bool isTenantGuid(QStringView text)
{
    if (text.size() != 36)
        return false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto c = text[i].unicode();
        const auto lower = c | 0x20;
        const bool isHyphen = i == 8 || i == 13 || i == 18 || i == 23;
        const bool isHex = (c >= u'0' && c <= u'9') || (c < 0x80 && lower >= u'a' && lower <= u'f');
        if (isHyphen ? c != u'-' : !isHex)
            return false;
    }
    return true;
}

QString issuerForTenant(const QString &issuerTemplate, QStringView tenantId)
{
    auto issuer = issuerTemplate;
    return issuer.replace(tenantPlaceholder, tenantId.toString());
}

IssuerRule IssuerRule::exactly(const QString &issuer)
{
    return oneOf({issuer});
}

IssuerRule IssuerRule::oneOf(QStringList issuers)
{
    IssuerRule rule;
    issuers.removeAll(QString());
    rule.m_issuers = std::move(issuers);
    rule.m_isMultiTenant = std::any_of(rule.m_issuers.cbegin(), rule.m_issuers.cend(), isTemplate);
    return rule;
}

IssuerRule &&IssuerRule::withTenants(QStringList tenantIds) &&
{
    m_tenants = std::move(tenantIds);
    return std::move(*this);
}

bool IssuerRule::matches(QAnyStringView issuer, QStringView tenantId) const
{
    if (!m_tenants.isEmpty() && !m_tenants.contains(tenantId, Qt::CaseInsensitive))
        return false;
    return std::any_of(m_issuers.begin(), m_issuers.end(), [this, issuer, tenantId](const QString &expected) {
        if (!m_isMultiTenant || !isTemplate(expected))
            return isSame(issuer, expected);
        return isTenantGuid(tenantId) && isSame(issuer, issuerForTenant(expected, tenantId));
    });
}

QString IssuerRule::describe(QStringView tenantId) const
{
    QStringList expected;
    for (const auto &issuer : m_issuers)
        expected.append(isTenantGuid(tenantId) ? issuerForTenant(issuer, tenantId) : issuer);
    return expected.join(u" or "_s);
}

HashPartner::HashPartner(Secret value, bool isHashRequired)
    : m_value(std::make_shared<const Secret>(std::move(value))), m_isHashRequired(isHashRequired)
{
}

HashPartner HashPartner::of(QByteArrayView value, bool isHashRequired)
{
    return HashPartner(Secret::copyOf(value), isHashRequired);
}

JwtRules JwtRules::forIdToken(IssuerRule issuer, QString clientId, std::optional<QString> nonce)
{
    JwtRules rules;
    rules.issuer = std::move(issuer);
    rules.audience = std::move(clientId);
    rules.nonce = std::move(nonce);
    rules.maximumTokenAge = std::chrono::hours(1);
    return rules;
}

JwtRules JwtRules::forAccessToken(IssuerRule issuer, QString resource)
{
    auto rules = forIdToken(std::move(issuer), std::move(resource), {});
    rules.use = JwtUse::AccessToken;
    rules.maximumTokenAge.reset();
    rules.nonceRule = NonceRule::NotKnown;
    rules.allowed = Algorithms::asymmetric();
    return rules;
}

JwtRules JwtRules::forLogoutToken(IssuerRule issuer, QString clientId)
{
    auto rules = forIdToken(std::move(issuer), std::move(clientId), {});
    rules.use = JwtUse::LogoutToken;
    return rules;
}

JwtRules JwtRules::forAuthorizationResponse(IssuerRule issuer, QString clientId)
{
    auto rules = forIdToken(std::move(issuer), std::move(clientId), {});
    rules.use = JwtUse::AuthorizationResponse;
    rules.nonceRule = NonceRule::NotKnown;
    return rules;
}

JwtRules JwtRules::forIntrospection(IssuerRule issuer, QString clientId)
{
    auto rules = forIdToken(std::move(issuer), std::move(clientId), {});
    rules.use = JwtUse::Introspection;
    rules.nonceRule = NonceRule::NotKnown;
    return rules;
}

JwtRules JwtRules::forUserInfo(IssuerRule issuer, QString clientId, QString subject)
{
    auto rules = forIdToken(std::move(issuer), std::move(clientId), {});
    rules.use = JwtUse::UserInfo;
    rules.maximumTokenAge.reset();
    rules.nonceRule = NonceRule::NotKnown;
    rules.subject = std::move(subject);
    return rules;
}

JwtRules JwtRules::forDpopProof(QByteArray method, QUrl url)
{
    JwtRules rules;
    rules.use = JwtUse::DpopProof;
    rules.allowed = Algorithms::asymmetric();
    rules.nonceRule = NonceRule::NotKnown;
    rules.method = std::move(method);
    rules.url = std::move(url);
    rules.maximumTokenAge = std::chrono::minutes(5);
    return rules;
}

JwtRules JwtRules::forSignedHttpRequest(QByteArray method, QUrl url)
{
    auto rules = forDpopProof(std::move(method), std::move(url));
    rules.use = JwtUse::SignedHttpRequest;
    return rules;
}

} // namespace Countersign::Jose

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>
#include <countersign/crypto/secret.h>
#include <countersign/jose/algorithm.h>
#include <countersign/jose/jwtencryption.h>

#include <QtCore/QAnyStringView>
#include <QtCore/QDateTime>
#include <QtCore/QString>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

#include <chrono>
#include <memory>
#include <optional>

namespace Countersign::Jose {

//! What a token is used as. Each use has its own "typ" and claims, so that one cannot pass for another (RFC 8725
//! §3.12).
enum class JwtUse : quint8 {
    IdToken, //!< OIDC Core §2
    AccessToken, //!< RFC 9068, "at+jwt"
    LogoutToken, //!< OIDC Back-Channel Logout §2.4
    UserInfo, //!< OIDC Core §5.3.2
    AuthorizationResponse, //!< JARM §2.1
    Introspection, //!< RFC 9701 §5, "token-introspection+jwt"
    DpopProof, //!< RFC 9449 §4.2
    SignedHttpRequest, //!< PoP as Entra's libraries send it
};

//! The use in snake_case, for example "id_token".
COUNTERSIGN_EXPORT QString identifier(JwtUse use);

//! Which "iss" a token may carry.
class COUNTERSIGN_EXPORT IssuerRule
{
public:
    IssuerRule() = default; //!< knows no issuer: the check is not possible

    //! Exactly this one, byte by byte. With "{tenantid}" in it, as Entra's multi-tenant metadata has it, the token's
    //! "tid" (a GUID) is put there first.
    static IssuerRule exactly(const QString &issuer);
    //! One of several, each as for exactly(): the explicit tables for B2C, CIAM and AD FS.
    static IssuerRule oneOf(QStringList issuers);
    //! Restricts a multi-tenant rule to these tenants.
    IssuerRule &&withTenants(QStringList tenantIds) &&;

    bool isEmpty() const { return m_issuers.isEmpty(); }
    //! Whether an issuer has "{tenantid}" in it.
    bool isMultiTenant() const { return m_isMultiTenant; }
    //! Whether the token's tenant decides anything.
    bool looksAtTenant() const { return m_isMultiTenant || !m_tenants.isEmpty(); }
    const QStringList &issuers() const { return m_issuers; }
    const QStringList &tenants() const { return m_tenants; }
    //! Whether \p issuer, together with the token's \p tenantId, fits.
    bool matches(QAnyStringView issuer, QStringView tenantId) const;
    //! What is expected of a token of \p tenantId, for people.
    QString describe(QStringView tenantId) const;

    friend bool operator==(const IssuerRule &, const IssuerRule &) = default;

private:
    QStringList m_issuers;
    QStringList m_tenants;
    bool m_isMultiTenant = false;
};

//! Whether \p text is a GUID with hyphens, in any case.
COUNTERSIGN_EXPORT bool isTenantGuid(QStringView text);
//! \p issuerTemplate with "{tenantid}" replaced by \p tenantId.
COUNTERSIGN_EXPORT QString issuerForTenant(const QString &issuerTemplate, QStringView tenantId);

//! What "at_hash", "c_hash" or "s_hash" was made of. Copies share the secret.
class COUNTERSIGN_EXPORT HashPartner
{
public:
    HashPartner() = default; //!< not known: a hash in the token cannot be compared
    explicit HashPartner(Secret value, bool isHashRequired = false);
    static HashPartner of(QByteArrayView value, bool isHashRequired = false);

    bool isKnown() const { return m_value != nullptr; }
    QByteArrayView reveal() const { return m_value ? m_value->reveal() : QByteArrayView(); }
    //! Whether the token must carry the hash: when the partner came through the front channel.
    bool isHashRequired() const { return m_isHashRequired; }

private:
    std::shared_ptr<const Secret> m_value;
    bool m_isHashRequired = false;
};

enum class NonceRule : quint8 {
    AsSent, //!< with a nonce: present and equal; without: the request carried none, so the token must carry none
    EqualIfPresent, //!< for refreshed ID tokens (OIDC Core §12.2)
    NotKnown, //!< a pasted token: not possible to check, and not mandatory
};

//! What a token must be like to be believed. A plain value; strict by default, leniency has a name.
struct COUNTERSIGN_EXPORT JwtRules
{
    static constexpr std::chrono::seconds defaultClockSkew{120};
    static constexpr std::chrono::seconds maximumClockSkew{300}; //!< more is taken as this

    JwtUse use = JwtUse::IdToken;
    IssuerRule issuer;
    QString audience; //!< the client id; for an access token the resource
    QStringList otherAudiences; //!< accepted beside it; any further one is refused
    //! Whether several audiences demand an "azp" (OIDC Core 1.0; errata set 2 leaves it to extensions).
    bool isPartyRequired = true;
    Algorithms allowed{Algorithm::RS256}; //!< HMAC only with mayUseSecret
    //! Access tokens: whether "typ", "client_id" and "jti" have to be as RFC 9068 wants them. Many providers are older
    //! than it: without the demand, their absence is no fault, and an ID token may pass for an access token.
    bool isProfileRequired = true;
    bool mayUseSecret = false; //!< confidential clients: HMAC with the client secret as key

    //! Registered encryption: a token that came without it is refused (security rule B.73).
    std::optional<JwtEncryption> encryption;

    NonceRule nonceRule = NonceRule::AsSent;
    std::optional<QString> nonce;
    std::optional<std::chrono::seconds> maximumAge; //!< the request's max_age
    bool isAuthenticationTimeRequired = false;
    QStringList authenticationContexts; //!< one of them in "acr", when the request made it essential
    HashPartner accessToken; //!< at_hash; "ath" of a DPoP proof
    HashPartner code; //!< c_hash
    HashPartner state; //!< s_hash

    std::chrono::seconds clockSkew = defaultClockSkew;
    //! "iat" not older than this, skew apart. An hour for ID tokens; a flow that knows when it began says less.
    std::optional<std::chrono::seconds> maximumTokenAge;
    bool isExpiryTolerated = false; //!< time problems warn instead of failing: MSAL's rule

    //! Of the token that this one renews: same subject, same auth_time, not issued earlier (OIDC Core §12.2). The
    //! subject alone for UserInfo (§5.3.2).
    std::optional<QString> subject;
    std::optional<QDateTime> previouslyIssuedAt;
    std::optional<qint64> authenticatedAt; //!< Units: seconds since 1970

    QByteArray method; //!< of the request that a proof is for; empty: not known
    QUrl url;
    QByteArray keyThumbprint; //!< base64url SHA-256 that a proof's key must have; empty: not known

    //! A code-flow ID token without a nonce when \p nonce is empty.
    static JwtRules forIdToken(IssuerRule issuer, QString clientId, std::optional<QString> nonce);
    static JwtRules forAccessToken(IssuerRule issuer, QString resource);
    static JwtRules forLogoutToken(IssuerRule issuer, QString clientId);
    static JwtRules forAuthorizationResponse(IssuerRule issuer, QString clientId);
    static JwtRules forIntrospection(IssuerRule issuer, QString clientId);
    static JwtRules forUserInfo(IssuerRule issuer, QString clientId, QString subject);
    static JwtRules forDpopProof(QByteArray method, QUrl url);
    static JwtRules forSignedHttpRequest(QByteArray method, QUrl url);
};

} // namespace Countersign::Jose

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/randomsource.h>
#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>
#include <countersign/model/authority.h>
#include <countersign/model/scopeset.h>
#include <countersign/protocol/httpanswer.h>
#include <countersign/protocol/providermetadata.h>

#include <QtCore/QList>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

#include <chrono>
#include <optional>

namespace Countersign::Protocol {

//! How the provider sends its answer.
//!
//! Spec: OAuth 2.0 Multiple Response Types §2.1, OAuth 2.0 Form Post Response Mode, JARM §2.3.
enum class ResponseMode : quint8 {
    Default, //!< not sent; query for the code flow
    Query,
    FormPost,
    QueryJwt,
    FormPostJwt,
    Jwt,
};
//! For example "form_post"; empty for Default.
COUNTERSIGN_EXPORT QString identifier(ResponseMode mode);
[[nodiscard]] COUNTERSIGN_EXPORT std::optional<ResponseMode> parseResponseMode(QStringView text);
//! Whether the answer is one signed `response` (JARM).
COUNTERSIGN_EXPORT bool isSigned(ResponseMode mode);

struct ExtraParameter
{
    QString name;
    QString value;
    friend bool operator==(const ExtraParameter &, const ExtraParameter &) = default;
};

//! What an application asks of the authorization endpoint. What is empty is not sent.
struct AuthorizationRequest
{
    ClientId clientId;
    QUrl redirectUri;
    ScopeSet scopes; //!< as sent: see decorateScopes()
    ScopeSet extraScopesToConsent; //!< asked for here only, not in the token request
    QStringList prompts; //!< "none", "login", "consent", "select_account", "create"
    QString loginHint; //!< personal data
    QString domainHint;
    std::optional<std::chrono::seconds> maxAge;
    QString acrValues;
    QString claims; //!< JSON, capabilities merged in: see mergeClaims()
    QString uiLocales;
    QString display;
    QString idTokenHint; //!< personal data
    QStringList resources; //!< RFC 8707 §2
    QString authorizationDetails; //!< RFC 9396, a JSON array
    QString dpopKeyThumbprint; //!< RFC 9449 §10
    ResponseMode responseMode = ResponseMode::Default;
    //! The caller's own; letters without "=" or "&". Empty: made here.
    QString state;
    //! Anything else. A parameter that this library sets itself is refused.
    QList<ExtraParameter> extra;
};

//! What has to be remembered of an authorization request until its answer comes: single use.
//!
//! Secrets: state, nonce and verifier.
struct COUNTERSIGN_EXPORT PendingAuthorization
{
    ClientId clientId;
    QString authority; //!< Authority::issuer() of the authority asked
    QString issuer; //!< the metadata's
    QUrl tokenEndpoint; //!< the code goes here and nowhere else (security rule B.19)
    QUrl redirectUri;
    ScopeSet scopes; //!< of the token request
    ScopeSet consentScopes; //!< of the authorization request
    Secret state;
    Secret nonce; //!< raw; empty when no ID token was asked for
    Secret verifier;
    std::optional<std::chrono::seconds> maxAge;
    QString acrValues;
    QString claims;
    QStringList resources;
    QString authorizationDetails;
    ResponseMode responseMode = ResponseMode::Default;
    bool isIssuerRequired = false; //!< RFC 9207 §2.4
    QDateTime startedAt;

    //! Whether an ID token has to come: "openid" was asked for.
    bool expectsIdToken() const;
};

//! A request that can be sent.
struct StartedAuthorization
{
    PendingAuthorization pending;
    //! The parameters as application/x-www-form-urlencoded: a query, or the body of a pushed request.
    QByteArray parameters;
};

//! Makes state, nonce and PKCE and writes the request. The nonce is sent when "openid" is among the scopes.
//!
//! Errors: InvalidArgument for what must not be asked; NotSupported when the provider allows no S256 or lacks the
//!         endpoint (cause EndpointMissing).
//! Spec:   RFC 6749 §4.1.1, RFC 7636 §4.3, OpenID Connect Core §3.1.2.1; security rules B.6, B.7.
[[nodiscard]] COUNTERSIGN_EXPORT Result<StartedAuthorization>
startAuthorization(const Authority &authority, const ProviderMetadata &metadata, const AuthorizationRequest &request,
                   RandomSource &random, const QDateTime &at);

//! Secrets: holds state and hints; for the browser, never for a log.
[[nodiscard]] COUNTERSIGN_EXPORT QUrl authorizationUrl(const ProviderMetadata &metadata,
                                                       const StartedAuthorization &started);

//! \p endpoint with \p parameters behind a query of its own. Spec: RFC 6749 §3.1.
[[nodiscard]] COUNTERSIGN_EXPORT QUrl withParameters(const QUrl &endpoint, const QByteArray &parameters);

//! The answer of the pushed authorization request endpoint. Spec: RFC 9126 §2.2.
struct PushedAuthorization
{
    QString requestUri;
    QDateTime expiresAt;
};
//! Errors: InvalidResponse; those of parseErrorAnswer(). Spec: RFC 9126 §2.2, §2.3.
[[nodiscard]] COUNTERSIGN_EXPORT Result<PushedAuthorization> parsePushedAuthorization(const HttpAnswer &answer,
                                                                                      const QDateTime &at);
//! Carries client_id and request_uri alone. Spec: RFC 9126 §4; security rule B.55.
[[nodiscard]] COUNTERSIGN_EXPORT QUrl authorizationUrl(const ProviderMetadata &metadata, const ClientId &clientId,
                                                       const PushedAuthorization &pushed);

} // namespace Countersign::Protocol

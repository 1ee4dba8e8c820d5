// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/secret.h>
#include <countersign/model/scopeset.h>
#include <countersign/protocol/authorization.h>
#include <countersign/protocol/clientauthentication.h>

namespace Countersign::Protocol {

//! What every token request says, whatever the grant.
struct TokenRequestContext
{
    ClientId clientId;
    ClientAuthentication authentication;
    bool wantsClientInfo = false; //!< Microsoft: `client_info=1`
    QString claims; //!< JSON, capabilities merged in
    QStringList resources; //!< RFC 8707 §2.2
    QString authorizationDetails; //!< RFC 9396 §6; a JSON array
    QList<ExtraParameter> extra; //!< sent as they are; they replace a parameter of the same name
};

//! Spec: RFC 6749 §4.1.3, RFC 7636 §4.5.
struct CodeGrant
{
    Secret code;
    QUrl redirectUri;
    Secret verifier;
    ScopeSet scopes; //!< Microsoft's extension; empty: not sent
};

//! Spec: RFC 6749 §6.
struct RefreshGrant
{
    Secret refreshToken;
    ScopeSet scopes; //!< see scopesForRefresh(); empty: not sent, the provider repeats what it granted
};

//! Spec: RFC 8628 §3.4.
struct DeviceCodeGrant
{
    Secret deviceCode;
};

//! Deprecated by RFC 9700 §2.4: only where nothing else can work. Spec: RFC 6749 §4.3.2.
struct PasswordGrant
{
    QString username;
    Secret password;
    ScopeSet scopes;
};

//! A SAML assertion from WS-Trust. Spec: RFC 7522 §2.1.
struct SamlGrant
{
    enum class Version : quint8 { Saml11, Saml20 };
    Version version = Version::Saml20;
    Secret assertion; //!< the XML, byte for byte: its signature must still verify
    ScopeSet scopes;
};

//! Spec: RFC 6749 §4.4.2.
struct ClientCredentialsGrant
{
    ScopeSet scopes; //!< undecorated
};

//! A request to the token endpoint.
//!
//! Secrets: the form, and the Authorization field among the headers.
struct TokenRequest
{
    Secret form; //!< application/x-www-form-urlencoded
    HeaderFields headers; //!< Accept, and Authorization for client_secret_basic
};

//! The parameters of an authorization request, pushed. Spec: RFC 9126 §2.1.
[[nodiscard]] COUNTERSIGN_EXPORT TokenRequest encodePushed(const StartedAuthorization &started,
                                                           const ClientId &clientId,
                                                           const ClientAuthentication &authentication);
[[nodiscard]] COUNTERSIGN_EXPORT TokenRequest encode(const CodeGrant &grant, const TokenRequestContext &context);
[[nodiscard]] COUNTERSIGN_EXPORT TokenRequest encode(const RefreshGrant &grant, const TokenRequestContext &context);
//! The code is sent a second time as `code`, as MSAL does for older Entra endpoints (contract C30), when
//! \p context wants client info.
[[nodiscard]] COUNTERSIGN_EXPORT TokenRequest encode(const DeviceCodeGrant &grant, const TokenRequestContext &context);
[[nodiscard]] COUNTERSIGN_EXPORT TokenRequest encode(const PasswordGrant &grant, const TokenRequestContext &context);
[[nodiscard]] COUNTERSIGN_EXPORT TokenRequest encode(const SamlGrant &grant, const TokenRequestContext &context);
[[nodiscard]] COUNTERSIGN_EXPORT TokenRequest encode(const ClientCredentialsGrant &grant,
                                                     const TokenRequestContext &context);

} // namespace Countersign::Protocol

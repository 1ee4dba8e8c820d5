// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "directory.h"
#include "httpmessage.h"
#include "state.h"

namespace CountersignSandbox {

//! The manner of a well-known provider: which claims its tokens have beside what the specifications demand, and how it
//! words an error. Issuer, endpoints, keys and the watermark stay the sandbox's own, so that nothing of it can be taken
//! for a token of that provider.
enum class Dialect : quint8 {
    Standard,
    EntraV2,
    Keycloak,
    Okta,
    Auth0,
};

//! "standard", "entra-v2", "keycloak", "okta", "auth0"; none for another word.
std::optional<Dialect> dialect(QStringView name);
QString name(Dialect dialect);
QStringList dialectNames();

//! What a token is about.
struct TokenSubject
{
    const Grant &grant;
    const User *user = nullptr; //!< null when the client acts for itself
    QStringList scopes;
    QString id; //!< of the token
};

//! Changes the claims of an access token (RFC 9068) into those of the dialect.
void speak(Dialect dialect, const TokenSubject &subject, QJsonObject &accessTokenClaims);
//! The same for an ID token; what OpenID Connect Core demands stays.
void speakIdToken(Dialect dialect, const TokenSubject &subject, QJsonObject &claims);
//! "typ" of an access token's header.
QString accessTokenType(Dialect dialect);
//! An answer of the token endpoint, tokens or error. \p at is the sandbox's clock.
void speakAnswer(Dialect dialect, const QDateTime &at, Response &response);

} // namespace CountersignSandbox

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/protocol/grants.h>
#include <countersign/protocol/providermetadata.h>

#include <QtCore/QUrl>

namespace Countersign::Protocol {

//! Asks the provider to forget a token. Spec: RFC 7009 §2.1.
struct RevocationRequest
{
    ClientId clientId;
    ClientAuthentication authentication;
    Secret token;
    QString typeHint; //!< "refresh_token", "access_token", or empty
};
[[nodiscard]] COUNTERSIGN_EXPORT TokenRequest encode(const RevocationRequest &request);

//! Success for 200, also for a token that the provider never knew.
//!
//! Errors: those of parseErrorAnswer(): after a 503 the token is still good. Spec: RFC 7009 §2.2.
[[nodiscard]] COUNTERSIGN_EXPORT Result<void> parseRevocation(const HttpAnswer &answer, const QDateTime &at);

//! Asks the provider to end the browser's session. What is empty is not sent.
//!
//! Spec: OpenID Connect RP-Initiated Logout 1.0 §2.
struct EndSessionRequest
{
    ClientId clientId;
    Secret idToken; //!< the hint who is meant; personal data
    QString logoutHint; //!< where there is no ID token
    QUrl redirectUri; //!< post_logout_redirect_uri: registered at the provider
    Secret state; //!< sent with redirectUri only
    QString uiLocales;
};
//! For the browser, never for a log (security rule B.69).
[[nodiscard]] COUNTERSIGN_EXPORT QUrl endSessionUrl(const ProviderMetadata &metadata, const EndSessionRequest &request);
//! Whether the browser came back with the state that was sent. Anything else is no proof that the session has ended,
//! and no reason to go on waiting (security rule B.68). Compared in constant time.
[[nodiscard]] COUNTERSIGN_EXPORT bool answersSignOut(QByteArrayView encodedParameters, const Secret &state);

} // namespace Countersign::Protocol

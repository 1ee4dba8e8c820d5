// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/model/authority.h>
#include <countersign/protocol/grants.h>
#include <countersign/protocol/httpanswer.h>

#include <QtCore/QUrl>
#include <QtCore/QUuid>

namespace Countersign::Protocol {

// Signing in with a name and a password where an organisation keeps its own passwords. Deprecated with the password
// grant itself (RFC 9700 §2.4): only for what has no browser and no other way.

//! Where Entra says who keeps \p username's password. Personal data: the name is in the path.
[[nodiscard]] COUNTERSIGN_EXPORT QUrl userRealmUrl(const Authority &authority, const QString &username);

//! Entra's answer: managed by itself, or by the organisation (federated).
struct UserRealm
{
    bool isFederated = false;
    QUrl metadataUrl; //!< the WS-Trust policy document (MEX); empty: there is none
    QUrl activeUrl; //!< where to go without one
    QString audience = QStringLiteral("urn:federation:MicrosoftOnline");
};
//! Errors: those of parseErrorAnswer(); InvalidResponse when an address is not https.
[[nodiscard]] COUNTERSIGN_EXPORT Result<UserRealm> parseUserRealm(const HttpAnswer &answer, const QDateTime &at);

enum class WsTrustVersion : quint8 { V2005, V13 };

//! Who takes a name and a password and gives a SAML assertion.
struct WsTrustEndpoint
{
    QUrl address;
    WsTrustVersion version = WsTrustVersion::V13;

    friend bool operator==(const WsTrustEndpoint &, const WsTrustEndpoint &) = default;
};
//! The endpoint for name and password over TLS in a MEX document; WS-Trust 1.3 before 2005.
//!
//! Errors: InvalidResponse for what is no XML or has a DTD; NotSupported when there is no such endpoint.
[[nodiscard]] COUNTERSIGN_EXPORT Result<WsTrustEndpoint> parseFederationMetadata(QByteArrayView xml);
//! The same from an address alone, by its path. Errors: NotSupported.
[[nodiscard]] COUNTERSIGN_EXPORT Result<WsTrustEndpoint> wsTrustEndpoint(const QUrl &activeUrl);

//! A SOAP request. Secrets: the body.
struct WsTrustRequest
{
    QByteArray action; //!< SOAPAction
    Secret body; //!< application/soap+xml; charset=utf-8
};
[[nodiscard]] COUNTERSIGN_EXPORT WsTrustRequest wsTrustRequest(const WsTrustEndpoint &endpoint, const QString &audience,
                                                               const QString &username, const Secret &password,
                                                               const QUuid &messageId, const QDateTime &at);

//! The assertion of a WS-Trust answer, byte for byte, so that its signature still verifies. Whatever the HTTP status.
//!
//! Errors: InvalidResponse; ServerRejected with `wstrust_fault` and the fault's reason; NotSupported for a token that
//!         is no SAML assertion.
[[nodiscard]] COUNTERSIGN_EXPORT Result<SamlGrant> parseWsTrustAnswer(QByteArrayView xml);

} // namespace Countersign::Protocol

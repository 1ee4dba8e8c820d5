// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

namespace Countersign::Protocol {

//! What a provider says of itself, checked. Made by parseMetadata() only, apart from tests.
//!
//! Spec: OpenID Connect Discovery §3, RFC 8414 §2, RFC 9101 §10.5, RFC 9126 §5, RFC 9207 §3,
//!       RFC 9396 §10, RFC 9449 §5.1, RFC 9701 §7.
struct COUNTERSIGN_EXPORT ProviderMetadata
{
    QString issuer; //!< byte for byte; Entra's multi-tenant metadata has "{tenantid}" in it

    // An endpoint the provider does not have is an empty URL.
    QUrl authorizationEndpoint;
    QUrl tokenEndpoint;
    QUrl jwksUri;
    QUrl deviceAuthorizationEndpoint;
    QUrl userinfoEndpoint;
    QUrl revocationEndpoint;
    QUrl introspectionEndpoint;
    QUrl endSessionEndpoint;
    QUrl pushedAuthorizationRequestEndpoint;

    QStringList scopesSupported;
    QStringList responseTypesSupported;
    QStringList responseModesSupported;
    QStringList grantTypesSupported;
    QStringList codeChallengeMethodsSupported;
    QStringList idTokenSigningAlgorithms;
    QStringList userinfoSigningAlgorithms;
    QStringList authorizationSigningAlgorithms; //!< JARM
    QStringList introspectionSigningAlgorithms; //!< RFC 9701 §7
    QStringList requestObjectSigningAlgorithms; //!< RFC 9101 §10.5
    QStringList authorizationDetailsTypes; //!< RFC 9396 §10
    QStringList tokenEndpointAuthMethods;
    QStringList tokenEndpointAuthAlgorithms; //!< of client assertions
    QStringList dpopSigningAlgorithms;
    QStringList promptValuesSupported;
    QStringList acrValuesSupported;

    bool isIssuerParameterSupported = false; //!< RFC 9207 §3: then its absence is an error
    bool requiresPushedRequests = false; //!< RFC 9126 §5
    bool requiresSignedRequests = false; //!< RFC 9101 §10.5
    bool isClaimsParameterSupported = false;

    //! PKCE with S256: true too when the provider says nothing about PKCE. Spec: RFC 7636 §4.2, RFC 9700 §2.1.1.
    bool allowsS256() const;

    friend bool operator==(const ProviderMetadata &, const ProviderMetadata &) = default;
};

} // namespace Countersign::Protocol

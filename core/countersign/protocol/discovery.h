// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/jose/json.h>
#include <countersign/model/authority.h>
#include <countersign/protocol/httpanswer.h>
#include <countersign/protocol/providermetadata.h>

namespace Countersign::Protocol {

//! How the issuer in the metadata is held against a provider that was named by its issuer.
enum class IssuerMatch : quint8 {
    Exact, //!< byte for byte. Spec: OpenID Connect Discovery §4.3, RFC 8414 §3.3
    AsMsal, //!< what MSAL Python accepts for an `oidc_authority`; only when asked for by name
};

//! Where the metadata of \p authority lies: the well-known path appended to the issuer, after "/v2.0" for Entra, B2C
//! and CIAM. Spec: OpenID Connect Discovery §4.
[[nodiscard]] COUNTERSIGN_EXPORT QUrl discoveryUrl(const Authority &authority);
//! The same with "oauth-authorization-server" inserted between host and path. Never tried silently after the other.
//! Spec: RFC 8414 §3.1.
[[nodiscard]] COUNTERSIGN_EXPORT QUrl authorizationServerUrl(const Authority &authority);

//! Reads the answer to a request for discoveryUrl(), and checks that it speaks for \p authority.
//!
//! Errors: InvalidResponse, cause DiscoveryInvalid: another status than 200, no JSON, a member of a wrong type, an
//!         endpoint that is not https (http on loopback for a loopback issuer), relative, or has user info or a
//!         fragment. SecurityCheckFailed, cause DiscoveryIssuerMismatch: the issuer is another one, or an endpoint
//!         lies in another cloud of Microsoft's than the authority. ServerUnavailable for 429 and 5xx.
//! Spec:   OpenID Connect Discovery §4.3; security rules B.94-B.97, B.103, B.105, B.106, B.108.
[[nodiscard]] COUNTERSIGN_EXPORT Result<ProviderMetadata> parseMetadata(const Authority &authority,
                                                                        const HttpAnswer &answer, const QDateTime &at,
                                                                        IssuerMatch match = IssuerMatch::Exact);
//! The same for a document that was kept on disk, or that a person has in a file.
[[nodiscard]] COUNTERSIGN_EXPORT Result<ProviderMetadata>
parseMetadata(const Authority &authority, QByteArrayView document, IssuerMatch match = IssuerMatch::Exact);

//! Whether \p issuer may stand in the metadata of \p authority. The explicit table behind parseMetadata().
[[nodiscard]] COUNTERSIGN_EXPORT bool isIssuerOf(const Authority &authority, const QString &issuer,
                                                 IssuerMatch match = IssuerMatch::Exact);

} // namespace Countersign::Protocol

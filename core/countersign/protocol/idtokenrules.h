// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/jose/json.h>
#include <countersign/jose/jwtrules.h>
#include <countersign/model/authority.h>
#include <countersign/protocol/authorization.h>
#include <countersign/protocol/providermetadata.h>

namespace Countersign::Protocol {

//! Which "iss" the provider's tokens may carry.
[[nodiscard]] COUNTERSIGN_EXPORT Jose::IssuerRule issuerRule(const Authority &authority,
                                                             const ProviderMetadata &metadata);
//! The algorithms that the metadata announces and a public client accepts: never "none", never HMAC; RS256 when the
//! metadata says nothing. Spec: OpenID Connect Core §3.1.3.7 steps 6-8.
[[nodiscard]] COUNTERSIGN_EXPORT Jose::Algorithms signingAlgorithms(const QStringList &announced);

//! What the ID token of this sign-in must be like: issuer, audience, nonce, max_age, essential acr, at_hash.
//! Spec: OpenID Connect Core §3.1.3.7; contract C26; security rules B.74-B.86.
[[nodiscard]] COUNTERSIGN_EXPORT Jose::JwtRules idTokenRules(const Authority &authority,
                                                             const ProviderMetadata &metadata,
                                                             const PendingAuthorization &pending,
                                                             const Secret &accessToken);
//! For a grant without a browser (device code, password): the request carried no nonce.
[[nodiscard]] COUNTERSIGN_EXPORT Jose::JwtRules idTokenRules(const Authority &authority,
                                                             const ProviderMetadata &metadata, const ClientId &clientId,
                                                             const Secret &accessToken);
//! For the ID token of a refresh: the subject and auth_time of the one before. Spec: OpenID Connect Core §12.2.
[[nodiscard]] COUNTERSIGN_EXPORT Jose::JwtRules
refreshedIdTokenRules(const Authority &authority, const ProviderMetadata &metadata, const ClientId &clientId,
                      const std::optional<Jose::JsonObject> &previousClaims, const Secret &accessToken);

//! The acr values that a claims request makes essential, for the ID token. Spec: OpenID Connect Core §5.5.1.1.
[[nodiscard]] COUNTERSIGN_EXPORT QStringList essentialAcrValues(QStringView claims);

} // namespace Countersign::Protocol

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/jose/json.h>
#include <countersign/jose/jwtrules.h>
#include <countersign/model/authority.h>
#include <countersign/protocol/grants.h>
#include <countersign/protocol/providermetadata.h>

namespace Countersign::Protocol {

//! Asks the provider what it thinks of a token. Spec: RFC 7662 §2.1.
struct IntrospectionRequest
{
    ClientId clientId;
    ClientAuthentication authentication;
    Secret token;
    QString typeHint; //!< "access_token", "refresh_token", or empty
    bool wantsSignature = false; //!< the provider signs its answers to those who ask. Spec: RFC 9701 §4
};
[[nodiscard]] COUNTERSIGN_EXPORT TokenRequest encode(const IntrospectionRequest &request);

//! What the introspection endpoint sent; personal data.
struct IntrospectionAnswer
{
    //! The members of an active token; no value for one that is not: nothing else of such an answer means anything
    //! (security rule B.63).
    std::optional<Jose::JsonObject> active;
    Secret signedAnswer; //!< a JWT that nobody has believed yet, to be validated by introspectionRules(); or empty
};

//! Errors: those of parseErrorAnswer(); InvalidResponse without a boolean `active`. Spec: RFC 7662 §2.2, RFC 9701 §5.
[[nodiscard]] COUNTERSIGN_EXPORT Result<IntrospectionAnswer> parseIntrospection(const HttpAnswer &answer,
                                                                                const QDateTime &at);
//! What a signed answer must be like. Spec: RFC 9701 §5.
[[nodiscard]] COUNTERSIGN_EXPORT Jose::JwtRules
introspectionRules(const Authority &authority, const ProviderMetadata &metadata, const ClientId &clientId);
//! The same as IntrospectionAnswer::active, from the claims of a verified answer.
[[nodiscard]] COUNTERSIGN_EXPORT Result<std::optional<Jose::JsonObject>>
introspectionIn(const Jose::JsonObject &verifiedClaims);

} // namespace Countersign::Protocol

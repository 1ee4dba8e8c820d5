// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/randomsource.h>
#include <countersign/jose/jwk.h>
#include <countersign/protocol/authorization.h>

#include <chrono>

namespace Countersign::Protocol {

//! How a client signs its authorization requests: the public half of the key is registered at the provider.
struct RequestSigning
{
    Jose::Jwk key; //!< private; its id goes along
    Jose::Algorithm algorithm = Jose::Algorithm::RS256;
    std::chrono::seconds lifetime{300};
};

//! Puts the whole request of \p started into one signed JWT, its `request`. What stays beside it, because OpenID
//! Connect Core §6.1 wants it there, is client_id, response_type and scope; a provider believes only the JWT.
//!
//! Errors: InvalidArgument when the key does not fit, when a parameter is named like a claim of the JWT itself;
//!         NotSupported when the provider lists its algorithms and this is none of them.
//! Spec:   RFC 9101 §4, §5.1, §10.8; RFC 9126 §3; security rule B.58.
[[nodiscard]] COUNTERSIGN_EXPORT Result<void> signRequest(StartedAuthorization &started,
                                                          const ProviderMetadata &metadata,
                                                          const RequestSigning &signing, RandomSource &random,
                                                          const QDateTime &at);

} // namespace Countersign::Protocol

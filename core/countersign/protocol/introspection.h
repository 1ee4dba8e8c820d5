// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/jose/json.h>
#include <countersign/protocol/grants.h>

namespace Countersign::Protocol {

//! Asks the provider what it thinks of a token. Spec: RFC 7662 §2.1.
struct IntrospectionRequest
{
    ClientId clientId;
    ClientAuthentication authentication;
    Secret token;
    QString typeHint; //!< "access_token", "refresh_token", or empty
};
[[nodiscard]] COUNTERSIGN_EXPORT TokenRequest encode(const IntrospectionRequest &request);

//! The members of an active token; no value for one that is not: nothing else of such an answer means anything
//! (security rule B.63). Spec: RFC 7662 §2.2.
//!
//! Errors: those of parseErrorAnswer(); InvalidResponse without a boolean `active`; NotSupported for a signed answer
//!         (RFC 9701), which is not asked for.
[[nodiscard]] COUNTERSIGN_EXPORT Result<std::optional<Jose::JsonObject>> parseIntrospection(const HttpAnswer &answer,
                                                                                            const QDateTime &at);

} // namespace Countersign::Protocol

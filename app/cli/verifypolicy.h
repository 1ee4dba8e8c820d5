// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/tokenpolicy.h>

namespace Countersign::Cli {

//! What is expected of a token, as a file of `verify --policy` says it.
using VerifyPolicy = Jose::TokenPolicy;

//! Reads TOML with the members type, issuer, audience, client_id, scope, role, acr, leeway and the table claims.
//!
//! Errors: InvalidArgument with the line, for whatever else stands there: a slip must not make a check disappear.
[[nodiscard]] Result<VerifyPolicy> parseVerifyPolicy(QByteArrayView toml);

} // namespace Countersign::Cli

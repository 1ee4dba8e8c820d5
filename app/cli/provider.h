// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

#include <countersign/http/httptransport.h>
#include <countersign/jose/jwkset.h>
#include <countersign/model/authority.h>
#include <countersign/protocol/providermetadata.h>

namespace Countersign::Cli {

//! The provider that --issuer, --entra or --authority name; none if they are not given.
//!
//! Errors: InvalidArgument naming what is wrong with it.
[[nodiscard]] Result<std::optional<Authority>> namedAuthority(const GlobalOptions &global);

//! One document of a provider, whatever its status. Nothing is cached: who asks wants to see what is there now.
//!
//! Errors: NetworkUnavailable with --offline; those of the transport.
[[nodiscard]] Result<HttpResponse> fetch(Context &context, HttpPurpose purpose, const QUrl &url);
//! The metadata of \p authority, checked.
[[nodiscard]] Result<Protocol::ProviderMetadata> fetchMetadata(Context &context, const Authority &authority);
//! A key set.
[[nodiscard]] Result<Jose::JwkSet> fetchKeys(Context &context, const QUrl &url);

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/model/authority.h>
#include <countersign/model/scopeset.h>

namespace Countersign::Protocol {

//! openid, profile, offline_access: asked for by the library, not by its caller.
[[nodiscard]] COUNTERSIGN_EXPORT const ScopeSet &reservedScopes();

struct ScopePolicy
{
    //! Never sent, for example offline_access. "openid" cannot be excluded.
    ScopeSet excluded;
    //! Providers other than Microsoft: whether to ask for a refresh token.
    bool wantsRefreshToken = true;
    //! Providers other than Microsoft: false for one that speaks OAuth 2.0 without OpenID.
    bool wantsIdToken = true;
};

//! The scopes to send. For Microsoft \p scopes united with the reserved ones, which callers must not name (contract
//! C23); for any other provider openid is added, offline_access only when wanted, and callers may name both.
//!
//! Errors: InvalidArgument when a reserved scope is asked for or openid excluded at Microsoft, or a scope has a
//!         character that RFC 6749 §3.3 forbids.
[[nodiscard]] COUNTERSIGN_EXPORT Result<ScopeSet> decorateScopes(const Authority &authority, const ScopeSet &scopes,
                                                                 const ScopePolicy &policy = {});

//! What a refresh sends: for Microsoft \p scopes decorated; for any other provider what was granted of it, and
//! offline_access only if it was granted. Empty: send no scope. Spec: RFC 6749 §6.
[[nodiscard]] COUNTERSIGN_EXPORT Result<ScopeSet> scopesForRefresh(const Authority &authority, const ScopeSet &scopes,
                                                                   const ScopeSet &granted,
                                                                   const ScopePolicy &policy = {});

} // namespace Countersign::Protocol

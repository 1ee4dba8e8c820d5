// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>
#include <countersign/model/account.h>
#include <countersign/model/scopeset.h>
#include <countersign/protocol/authorization.h>

namespace Countersign {

//! A started sign-in as text that a caller may keep until the answer comes.
//!
//! Secrets: holds state, nonce and verifier.
struct PendingState
{
    Protocol::PendingAuthorization pending;
    ScopeSet scopes; //!< as the caller asked
    std::optional<AccountId> expectedAccount;
    bool isEveryScopeRequired = false;
};

[[nodiscard]] Secret encode(const PendingState &state);
//! Errors: InvalidArgument when it is not what encode() made.
[[nodiscard]] Result<PendingState> parsePendingState(const Secret &text);

} // namespace Countersign

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.h"
#include "tokenoutput.h"

namespace Countersign::Cli {

//! Whether the policy of this computer and --output let a refresh token be written out: it is worth the whole sign-in.
//!
//! Errors: NotSupported (ForbiddenByPolicy, exit 60); wrong usage for formats that mean an access token.
[[nodiscard]] Result<void> checkRefreshOutput(Context &context);

//! Writes the refresh token that is kept of the account: a pipe gets it, a terminal only where \p output has it shown.
//! Nothing is sent.
[[nodiscard]] ExitCode writeRefreshToken(Session &session, const TokenOutput &output);

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "silenttoken.h"
#include "tokenanswer.h"

namespace Countersign::Cli {

//! How a verb hands a token out.
struct TokenOutput
{
    bool isIdToken = false;
    bool isShown = false; //!< also to a terminal
    bool isWithheld = false; //!< everything but the token itself
};

//! Writes the token in the format of --output: a pipe gets it, a terminal only where it is shown.
[[nodiscard]] ExitCode writeToken(Session &session, const TokenRequest &request, ObtainedToken obtained,
                                  const TokenOutput &output);

//! Writes \p answer in a format other than JSON, a line of its own.
//!
//! Errors: a token that is no printable word could say more than a token in there; those of encodeToken().
[[nodiscard]] ExitCode writeTokenText(Session &session, const TokenRequest &request, const TokenAnswer &answer);

//! Whether \p token may be put on a line of a header, a configuration or a shell. Spec: RFC 6749 A.12.
bool isOnePrintableWord(const Secret &token);

} // namespace Countersign::Cli

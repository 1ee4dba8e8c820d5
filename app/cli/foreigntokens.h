// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "tokenanswer.h"

namespace Countersign::Cli {

//! The values of --output that are other programs' ways to write a token.
QStringList foreignTokenFormats();
//! \p answer as the readers of \p format, one of those, expect it; a token is one printable word.
//!
//! Errors: wrong usage where the format says something that is not known: a user name, or a host.
//! Secrets: holds the token.
[[nodiscard]] Result<Secret> encodeForOthers(const QString &format, const TokenRequest &request,
                                             const TokenAnswer &answer);

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline.h"
#include "exitcode.h"

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

namespace Countersign::Cli {

//! Runs one of the small tools and gives what belongs on standard output, byte by byte. Nothing but the files that are
//! named is read; nothing is written.
//!
//! Errors: TokenMalformed as cause for what is no token; SecurityCheckFailed for what must not be believed, a weak or
//!         unusable key included; InvalidArgument for a file that cannot be read.
[[nodiscard]] Result<Secret> runJose(const JoseOptions &options);

//! Scripts tell only three failures apart here: wrong usage, not a token, and refused.
ExitCode joseExitCodeOf(const Error &error);

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace Countersign::Cli {

//! The passphrase of a sealed store: from --secret-stdin, --secret-fd or --secret-env, otherwise the person is asked.
//!
//! For a file that is made with it, one that \p isNew, a person is asked twice.
//!
//! Errors: InvalidArgument when the source cannot be read, or the two are different; StoreLocked where nobody can be
//!         asked; Cancelled.
[[nodiscard]] Result<Secret> readPassphrase(Context &context, bool isNew);

} // namespace Countersign::Cli

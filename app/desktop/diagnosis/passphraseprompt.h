// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <common/storechoice.h>

namespace Countersign::Desktop {

//! Asks the person for the passphrase of the sealed file that \p store ("file:PATH") names, until it opens the file or
//! they give up; for a file that is not there yet, a new one. Before the first window: it waits, with an event loop of
//! its own.
//!
//! Errors: StorageUnavailable (PassphraseWrong) when they gave up; what else the file answers.
[[nodiscard]] Result<Secret> askForPassphrase(const QString &store, RandomSource &random);

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

namespace Countersign::Desktop {

//! Whether this person's desktop starts the program by itself when they log in: an entry of the system's own kind, for
//! this person alone, which starts it into the tray.
//!
//! Linux: ~/.config/autostart, Desktop Application Autostart Specification. Windows: the Run key of the person.
//! macOS: a launch agent.
bool startsAtLogin();
//! Errors: StorageUnavailable when the entry cannot be written or removed.
[[nodiscard]] Result<void> setStartsAtLogin(bool starts);

} // namespace Countersign::Desktop

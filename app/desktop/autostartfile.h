// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QString>

namespace Countersign::Desktop {

//! The file that is the entry where a system reads entries from a folder: \p content whole, or the old one.
//!
//! Errors: StorageUnavailable.
[[nodiscard]] Result<void> writeAutostartFile(const QString &path, const QByteArray &content);
//! Done too when there is none. Errors: StorageUnavailable.
[[nodiscard]] Result<void> removeAutostartFile(const QString &path);

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QString>

namespace Countersign::App {

//! Writes \p content to where the person wants it: whole or not at all and for the owner only where that is a file, and
//! straight through where it is a device or a pipe, which must not be replaced by a file. A symbolic link to a file is
//! refused: in a folder that others can write to, somebody else may have put it there. /dev/stdout, /dev/fd/3 and the
//! like are the system's.
//!
//! Errors: StorageUnavailable with the system's words, without the path. A pipe that nobody reads is one.
[[nodiscard]] Result<void> writeOutputFile(const QString &path, QByteArrayView content);

} // namespace Countersign::App

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QString>

namespace Countersign::App {

//! Sees to it that what is kept goes into the person's own folder: where $HOME is no absolute path, the user database's
//! entry takes its place, for this process and those that it starts. To be called before any thread starts.
//!
//! Errors: StorageUnavailable where neither names a folder, and the XDG_ variables do not name all that is needed.
[[nodiscard]] Result<void> settleHome();

//! What $HOME has to be, by what it \p said and the user database's \p entry. Empty: neither is an absolute path.
QString chooseHome(const QString &said, const QString &entry);

//! The folder that the system's user database has for whoever runs this; may be empty.
QString homeOfUserDatabase();

} // namespace Countersign::App

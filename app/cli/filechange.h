// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QByteArray>
#include <QtCore/QString>

namespace Countersign::Cli {

//! A unified diff with three lines of context; empty when the texts are equal.
//!
//! Secrets: the values of tokens, passwords and keys are not shown.
QByteArray unifiedDiff(const QString &name, const QByteArray &before, const QByteArray &after);

//! A change of somebody's configuration file: shown first, then written whole.
struct FileChange
{
    QString path;
    QByteArray before;
    QByteArray after;
    bool existed = false;
    int newFolders = 0; //!< how many of the folders it is to be in are not there either

    bool isEmpty() const { return before == after; }
    QByteArray diff() const { return unifiedDiff(path, before, after); }
    //! Writes it, unless the file is another by now. Permissions, owner and symbolic links stay as they are.
    //!
    //! Errors: StorageUnavailable, also for a file whose owner or group would become another.
    [[nodiscard]] Result<void> apply() const;
    //! The same for a file that was made by us, together with \p folders of its folders: what is empty then goes away.
    [[nodiscard]] Result<void> applyToOurs(int folders) const;

private:
    Result<void> checkUnchanged() const;
    Result<void> write(const QString &target) const;
};

//! Errors: StorageUnavailable when the file is there but cannot be read.
[[nodiscard]] Result<FileChange> beginChange(const QString &path);

} // namespace Countersign::Cli

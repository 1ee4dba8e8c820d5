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

    bool isEmpty() const { return before == after; }
    QByteArray diff() const { return unifiedDiff(path, before, after); }
    //! Writes it, unless the file is another by now. Permissions, owner and symbolic links stay as they are; a file
    //! that becomes empty and did not exist before us goes away by \p removesEmpty.
    //!
    //! Errors: StorageUnavailable, also for a file whose owner or group would become another.
    [[nodiscard]] Result<void> apply(bool removesEmpty = false) const;
};

//! Errors: StorageUnavailable when the file is there but cannot be read.
[[nodiscard]] Result<FileChange> beginChange(const QString &path);

} // namespace Countersign::Cli

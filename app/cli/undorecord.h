// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QByteArray>
#include <QtCore/QStringList>

#include <optional>

namespace Countersign::Cli {

//! A configuration file as it was before changes of ours that another program formats: undoing the last of them gives
//! it back byte by byte.
//!
//! Secrets: a kubeconfig may hold some, so the copy is the owner's alone (0600, in a folder of 0700), and is kept no
//! longer than it is of use: until the undo, or until the next change of ours finds that somebody else's came between.
struct UndoRecord
{
    QByteArray original; //!< the file's bytes
    QStringList entries; //!< what is ours in the file since then, by name
    QByteArray left; //!< the SHA-256 of the file as we left it

    //! Whether \p content is what we left, so that nobody else has changed anything.
    bool isOf(const QByteArray &content) const;
    //! With \p content as what we leave.
    UndoRecord leaving(const QByteArray &content) const;
};

//! The records of all files, in a folder beside the stores.
class UndoRecords
{
public:
    //! GenericDataLocation/countersign/undo
    UndoRecords();

    //! The record of the file that \p path leads to. One that cannot be read is none: the undo is then less exact.
    std::optional<UndoRecord> find(const QString &path) const;
    //! Replaces the record of that file; none removes it.
    //!
    //! Errors: StorageUnavailable.
    [[nodiscard]] Result<void> replace(const QString &path, const std::optional<UndoRecord> &record) const;
    //! Removes the records of files that are gone or were changed by others.
    void sweep() const;

private:
    QString recordOf(const QString &path) const;

    QString m_folder;
};

} // namespace Countersign::Cli

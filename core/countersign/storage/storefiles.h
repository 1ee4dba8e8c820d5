// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer: files that hold secrets, and what a power cut may leave of them.
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QString>

#include <optional>

namespace Countersign {

//! What becomes of a folder that is there and open to others. Its rights are never changed: somebody may have named
//! their desktop, or /tmp.
enum class OpenFolder : quint8 {
    Readable, //!< good enough for sealed files while others can replace nothing in it
    Refuse,
    Leave, //!< to those who look at the files in it
};

//! Makes \p path a folder of ours alone (0700), parents included, unless it is there.
//! Errors: StorageUnavailable, StoreDenied if it is somebody else's or too open.
[[nodiscard]] Result<void> makePrivateFolder(const QString &path, OpenFolder open = OpenFolder::Readable);

//! Whether nobody else can put another file in the place of one in the folder \p path, which need not be there.
//! Errors: StorageUnavailable, StoreDenied.
[[nodiscard]] Result<void> checkFolder(const QString &path);

//! The file's bytes followed by \p padding blanks; none if there is no such file.
//! Errors: StorageUnavailable, StoreDenied if it is not a plain file of ours, readable by us alone, under one name.
[[nodiscard]] Result<std::optional<Secret>> readPrivateFile(const QString &path, qsizetype padding = 0);

//! Writes beside \p path (0600), flushes to the disk, renames, flushes the folder, reads back. What was there before is
//! kept as \p previousPath unless that is empty. After a crash at any point one of the two is complete.
//! Errors: StorageUnavailable with StoreFull, StoreDenied or StoreWriteNotVerified.
[[nodiscard]] Result<void> replacePrivateFile(const QString &path, QByteArrayView bytes, const QString &previousPath);

//! Removes a file for good, power cuts included. It is no error if there is none.
//! Errors: StorageUnavailable with StoreDenied.
[[nodiscard]] Result<void> removePrivateFile(const QString &path);

#ifndef Q_OS_WIN
//! StorageUnavailable with the cause that \p number (errno) stands for: StoreFull, StoreDenied or none.
[[nodiscard]] Error systemError(const QString &what, const QString &path, int number);
#endif

//! Moves a damaged file out of the way, for somebody to look at. Gives its new path, or nothing.
QString keepAside(const QString &path);
//! "is kept as \p aside", or that it could not be kept, for a sentence about something damaged.
QString fateOfDamaged(const QString &aside);
//! Writes without durability: for the stamp that wakes other processes.
[[nodiscard]] Result<void> replaceStamp(const QString &path, const QByteArray &text);
//! Something that is another after the file was written to or replaced. Empty: there is none. Cheap: it is asked for
//! with every token. (Where two replacements fall into one tick of the file system's clock and the second gets the
//! first one's place on the disk, they look like one.)
QByteArray fileMark(const QString &path);
//! Whether a file could be written to this folder now.
[[nodiscard]] Result<void> probeFolder(const QString &folder, OpenFolder open = OpenFolder::Readable);

} // namespace Countersign

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QDeadlineTimer>

QT_BEGIN_NAMESPACE
class QFile;
QT_END_NAMESPACE

namespace Countersign::Cli {

//! Opens the file, or - for standard input, without waiting for somebody at the other end of a pipe. False when it
//! cannot be opened: whyClosed() says why.
bool openInput(QFile &file, const QString &path);
//! Why \p file could not be opened, without a full stop.
QString whyClosed(const QFile &file);

//! All of \p file, but no more than \p limit + 1 bytes. A pipe or a terminal is waited for until \p deadline.
//!
//! Errors: TimedOut; Cancelled by Ctrl+C, and by a termination, which sets \p isTerminated; InvalidArgument with the
//!         system's words.
[[nodiscard]] Result<QByteArray> readInput(QFile &file, qint64 limit, const QDeadlineTimer &deadline,
                                           bool &isTerminated);

//! Whether nobody waits any longer, so that the error is the whole command's and no word about what was read.
bool isEndOfWaiting(const Error &error);

} // namespace Countersign::Cli

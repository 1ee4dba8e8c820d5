// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exitcode.h"

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>
#include <QtCore/QList>

namespace Countersign::Cli {

//! What the person can do about a failure.
struct Fix
{
    QString text;
    QString command; //!< to be typed as it is; empty if there is none
    QString url;
};

//! What usually helps against \p error. Only verbs in \p offered are named.
QList<Fix> fixesFor(const Error &error, ExitCode exitCode, const QStringList &offered);

//! The object of `countersign.error/1`, on one line.
//!
//! Secrets: every text of the error is redacted once more.
QByteArray errorJson(const Error &error, ExitCode exitCode, const QList<Fix> &fixes, const QDateTime &at);

//! For people: the message, and what to type next.
QByteArray errorText(const Error &error, const QList<Fix> &fixes);

} // namespace Countersign::Cli

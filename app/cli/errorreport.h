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

//! What a failed command was about.
struct FixContext
{
    QStringList offered; //!< the verbs there are: no other one is named
    QString flags; //!< that name provider and token once more, or empty
};

//! What usually helps against \p error, best first.
QList<Fix> fixesFor(const Error &error, ExitCode exitCode, const FixContext &context);

//! The same for a token or key that a person gave to look at: no provider has just answered with it.
QList<Fix> fixesForGivenToken(ExitCode exitCode);

//! The object of `countersign.error/1`, on one line.
//!
//! Secrets: every text of the error is redacted once more.
QByteArray errorJson(const Error &error, ExitCode exitCode, const QList<Fix> &fixes, const QDateTime &at);

//! For people: the message, and what to type next.
QByteArray errorText(const Error &error, const QList<Fix> &fixes);

} // namespace Countersign::Cli

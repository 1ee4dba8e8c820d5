// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

namespace Countersign::Cli {

//! Where a secret is read from that never stands among the arguments.
struct SecretSource
{
    QString environment; //!< a variable
    QString file;
    std::optional<qint64> descriptor; //!< an open file
    bool isOnInput = false;
    QString option = QStringLiteral("--secret"); //!< what the flags begin with
    QString question; //!< what a person who types it is asked

    bool isNamed() const { return !flags().isEmpty(); }
    //! The flags that were given.
    QStringList flags() const;
};

//! What --secret-stdin, --secret-fd and --secret-env say.
[[nodiscard]] SecretSource globalSource(const GlobalOptions &global);

//! Whether a secret comes from one place alone. Errors: wrong usage.
[[nodiscard]] Result<void> checkOnlyOne(const QStringList &flags);

//! The value of the variable, or the first line of the file. Where standard input is a terminal, the person is asked
//! for it, without echo.
//!
//! Errors: InvalidArgument when it cannot be read, or several are named; InteractionRequired where it would have to be
//! typed, and nobody may
//!         be asked; TimedOut; Cancelled.
[[nodiscard]] Result<Secret> readSecret(Context &context, const SecretSource &source);

//! The passphrase of a sealed store: from --secret-stdin, --secret-fd or --secret-env, otherwise the person is asked.
//!
//! For a file that is made with it, one that \p isNew, a person is asked twice.
//!
//! Errors: InvalidArgument when the source cannot be read, or the two are different; StoreLocked where nobody can be
//!         asked; Cancelled.
[[nodiscard]] Result<Secret> readPassphrase(Context &context, bool isNew);

} // namespace Countersign::Cli

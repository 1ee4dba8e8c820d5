// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "exitcode.h"

#include <countersign/storage/tokenstore.h>

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QStringList>

#include <functional>

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
    QString provider; //!< the flags that name it once more, or empty
    QString service; //!< the flags that say it is for an application, and its proof; or empty
    QString flags; //!< both, with those that name account and token
    QString challenge; //!< the flag that says once more what is to be satisfied, or empty
    QString surroundings; //!< that name store and network once more, or empty
    QStringList verb; //!< that failed, for example profile, test
    //! The failed command again: without some options, with more; empty where it cannot be repeated.
    std::function<QString(const QStringList &without, const QString &more)> again;
    TokenStore::Kind store = TokenStore::Kind::Keychain; //!< that is used
    bool isVariableNamed = false; //!< --secret-env is there
    bool isOffline = false; //!< nothing may be sent
    bool isOfflineTyped = false; //!< because --offline says so
    bool isTimeoutTyped = false; //!< --timeout is there

    //! "countersign login …" with all that the failed command says of whom, what and where.
    QString login() const;
};

//! What usually helps against \p error, best first.
QList<Fix> fixesFor(const Error &error, ExitCode exitCode, const FixContext &context);

//! The same for a token or key that a person gave to look at: no provider has just answered with it. \p input: what
//! `inspect` takes to look at the same one, for example "@token.txt" or "--account ada".
QList<Fix> fixesForGivenToken(ExitCode exitCode, const QString &input);

//! The word for `inspect` to look at \p input once more: a file by its name, otherwise standard input. A token is not
//! repeated.
QString givenAgain(const QString &input);

//! The object of `countersign.error/1`, on one line.
//!
//! Secrets: every text of the error is redacted once more.
QByteArray errorJson(const Error &error, ExitCode exitCode, const QList<Fix> &fixes, const QDateTime &at);

//! For people: the message, and what to type next.
QByteArray errorText(const Error &error, const QList<Fix> &fixes);

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QStringList>

#include <chrono>

namespace Countersign::Cli {

//! What the caller wrote is wrong: exit 2.
Error wrongUsage(const QString &message);

//! The member of \p candidates that \p word was probably meant to be; empty if none is near.
QString nearest(const QString &word, const QStringList &candidates);

//! "'x' is not one of a, b. Did you mean 'a'?"
QString notOneOf(const QString &word, const QStringList &candidates);

//! "60s", "5m", "2h", "500ms", "90" (seconds).
Result<std::chrono::milliseconds> parseDuration(QStringView text);

//! \p text for a table or a sentence, with an ellipsis for the middle of what is too long for both. Its beginning and
//! its end, for example a domain, tell most names apart.
QString elided(const QString &text);

//! Foreign text for a terminal: without control and direction characters, so that it cannot draw.
QString harmless(const QString &text);
//! The same, line by line.
QString harmlessLines(const QString &text);
//! JSON text that says the same on one line, with control and format characters escaped: those above ASCII may stand in
//! JSON as they are, and a terminal obeys them all the same.
Secret harmlessJson(QByteArrayView json);

//! The first characters of a token and how long it is: enough to tell two apart, too little to use.
QByteArray maskedToken(QByteArrayView token);

//! "in 42 min", "2 h ago": coarse on purpose.
QString relativeTime(const QDateTime &time, const QDateTime &at);

//! A word for a POSIX shell, quoted where it has to be.
QString shellQuoted(const QString &word);

} // namespace Countersign::Cli

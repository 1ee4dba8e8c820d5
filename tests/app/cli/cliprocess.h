// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QJsonObject>
#include <QtCore/QMap>
#include <QtCore/QStringList>

namespace CountersignTest {

//! What a run of the command line left behind.
struct CliRun
{
    int exitCode = -1; //!< -1: it crashed or did not end
    QByteArray out;
    QByteArray err;

    QJsonObject json() const; //!< of standard output
    QJsonObject error() const; //!< of the last line of standard error
};

using Environment = QMap<QString, QString>;

//! Runs `countersign` as a person would. \p name: by which link, "countersign" otherwise.
CliRun runCli(const QStringList &arguments, const QByteArray &input = {}, const Environment &environment = {},
              const QString &name = QStringLiteral("countersign"));

//! \p text with times, versions and ports replaced by words, so that two runs can be compared.
QByteArray masked(QByteArray text);

//! Whether \p text is, masked, what tests/data/cli/\p name says. COUNTERSIGN_UPDATE_GOLDEN=1 writes it instead.
bool isGolden(const QString &name, const QByteArray &text);

} // namespace CountersignTest

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../context.h"

#include <countersign/jose/checkreport.h>

#include <QtCore/QDateTime>

namespace Countersign::Cli {

//! Rules and how they came out, whatever they were held against.
struct CheckList
{
    QString schema; //!< for example countersign.verify/1
    QString title; //!< names the suite in JUnit and the tool's run in SARIF
    QString subject; //!< what was checked, for example id_token or a URL
    Jose::CheckReport report;
    QDateTime at; //!< now, unless it says otherwise
    ExitCode exitCode = ExitCode::Done;
    bool hasColor = false;
    QString given = QStringLiteral("-"); //!< what `inspect` takes to look at the same
    QList<Fix> fixes; //!< what helps, where it is known better than by the exit code
};

//! One line a rule, and a summary line.
QByteArray checksAsText(const CheckList &list);
//! With "passed" for the whole and "exit" as the process ends.
QByteArray checksAsJson(const CheckList &list);
//! One test case a rule, as CI servers read it.
QByteArray checksAsJunit(const CheckList &list);
//! SARIF 2.1.0, as code hosts read it.
QByteArray checksAsSarif(const CheckList &list);

//! TAP 14, as the harnesses of test suites read it.
QByteArray checksAsTap(const CheckList &list);

//! By the name of --output: text, json, junit, sarif or tap.
QByteArray formatChecks(const CheckList &list, const QString &format);

//! Writes the list in the format of --output and fails as its worst finding says.
[[nodiscard]] ExitCode reportChecks(Context &context, CheckList list);

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline.h"
#include "exitcode.h"

namespace Countersign::Cli {

class Context;

//! The answer about a verb, 'exit-codes', 'environment' or, without a topic, the program.
//!
//! Fails with WrongUsage for what there is no help on.
[[nodiscard]] ExitCode writeHelp(Context &context, const QStringList &topic);
//! Which version this is.
[[nodiscard]] ExitCode writeVersion(Context &context);

//! The help of the program, or of the verb of that path; empty if there is none.
QString helpText(const CommandLine &commandLine, const QStringList &path = {});

//! The codes the program exits with, one a line.
QString exitCodeHelp();
//! The variables it reads, one a line.
QString environmentHelp();

//! Name and meaning of each variable.
QList<std::pair<QString, QString>> environmentVariables();

//! "countersign challenge parse [OPTIONS] [CHALLENGE]".
QString usageLine(const VerbDescription &verb);
//! "-s, --scope TEXT...".
QString optionUsage(const OptionDescription &option);

} // namespace Countersign::Cli

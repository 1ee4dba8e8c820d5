// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline.h"

namespace Countersign::Cli {

//! The shells that completions are written for.
QStringList completionShells();

//! The script that completes verbs, options and their values in \p shell; empty for one that is not known.
QByteArray completionScript(const CommandLine &commandLine, const QString &shell);

} // namespace Countersign::Cli

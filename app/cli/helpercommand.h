// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "context.h"

#include <utility>

namespace Countersign::Cli {

//! The flags that make a helper find provider, account, store and network again, whoever calls it from wherever.
//!
//! Errors: those of the profiles and settings; wrong usage for what a helper can never have.
[[nodiscard]] Result<QString> helperFlags(Context &context);

//! The variables of the environment, with their values, that name other files of ours than the usual ones: a helper
//! without them would look at other profiles. No flag says so.
QList<std::pair<QString, QString>> helperVariables();

//! The words of a command line as shellQuoted() wrote it.
QStringList unquotedWords(const QString &text);

//! Whether \p command can stand in a configuration. A line end in it would end the line there: git would read the rest
//! as settings of its own, or refuse the whole file.
//!
//! Errors: wrong usage.
[[nodiscard]] Result<void> checkCommand(const QString &command);

} // namespace Countersign::Cli

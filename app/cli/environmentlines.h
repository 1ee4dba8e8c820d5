// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QStringList>

#include <vector>

namespace Countersign::Cli {

//! A variable for other programs. Move-only: its value may be a token.
struct Variable
{
    QString name;
    Secret value;
};
using Variables = std::vector<Variable>;

//! The shells that lines can be written for: sh, fish, pwsh, cmd, dotenv, json.
QStringList environmentShells();

//! The shell this process was probably started from.
QString likelyShell();

//! Lines that set \p variables in \p shell, quoted so that no value can run anything.
//!
//! Errors: InvalidArgument for a value with control characters, or with quotes, percent or exclamation signs for cmd,
//!         which has no way to quote them.
[[nodiscard]] Result<Secret> environmentLines(const Variables &variables, const QString &shell);

//! Runs \p command with \p variables added to the environment; its streams are ours. Where the system allows it the
//! command takes the place of this process, and this returns only if that failed.
//!
//! Errors: InvalidArgument when the command cannot be started.
[[nodiscard]] Result<int> runWith(const Variables &variables, const QStringList &command);

} // namespace Countersign::Cli

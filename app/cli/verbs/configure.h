// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../context.h"
#include "../filechange.h"
#include "../verb.h"

#include <functional>
#include <optional>

namespace Countersign::Cli {

//! What `configure` and `unconfigure` do to a file of another program.
struct ConfigureStep
{
    FileChange change;
    std::function<Result<void>()> apply;
    bool isDry = false; //!< only to be looked at
    std::optional<bool> isExact = {}; //!< of an undo: the file becomes what it was, byte by byte
};

//! Shows the change, and makes it unless it is only to be looked at.
[[nodiscard]] ExitCode carryOut(Context &context, const ConfigureStep &step);

//! What is to be pasted by whoever asked for it.
[[nodiscard]] ExitCode printLines(Context &context, const QByteArray &text);

std::unique_ptr<Verb> makeConfigureGitVerb();
std::unique_ptr<Verb> makeUnconfigureGitVerb();
std::unique_ptr<Verb> makeConfigureKubernetesVerb();
std::unique_ptr<Verb> makeUnconfigureKubernetesVerb();

} // namespace Countersign::Cli

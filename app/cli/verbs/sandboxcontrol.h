// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../verb.h"

namespace Countersign::Cli {

//! The providers whose manner the sandbox knows, as --as names them.
QStringList sandboxDialects();
//! Who lives in a sandbox.
QStringList sandboxPeople();

// What is asked of a sandbox that runs.
std::unique_ptr<Verb> makeSandboxMintVerb();
std::unique_ptr<Verb> makeSandboxBreakVerb();

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../verb.h"

namespace Countersign::Cli {

// What is asked of a sandbox that runs.
std::unique_ptr<Verb> makeSandboxMintVerb();
std::unique_ptr<Verb> makeSandboxBreakVerb();

} // namespace Countersign::Cli

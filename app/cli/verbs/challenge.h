// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../context.h"
#include "../verb.h"

#include <countersign/protocol/challenge.h>

namespace Countersign::Cli {

void addChallengeInput(OptionSet &options, QString &target);

std::unique_ptr<Verb> makeChallengeBuildVerb();
std::unique_ptr<Verb> makeChallengeSatisfyVerb();

} // namespace Countersign::Cli

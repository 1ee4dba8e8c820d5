// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../context.h"
#include "../verb.h"

#include <countersign/protocol/challenge.h>

namespace Countersign::Cli {

void addChallengeInput(OptionSet &options, QString &target);
//! Errors: as Context::readInput(); InvalidResponse when there is nothing like a challenge.
[[nodiscard]] Result<Protocol::ChallengeDocument> readChallengeInput(Context &context, const QString &word);
//! 40 for what is no challenge.
ExitCode challengeExitCode(const Error &error);

std::unique_ptr<Verb> makeChallengeBuildVerb();
std::unique_ptr<Verb> makeChallengeSatisfyVerb();

} // namespace Countersign::Cli

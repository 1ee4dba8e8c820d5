// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/protocol/challenge.h>

namespace Countersign::Cli {

//! What \p document wants, in sentences, one a line.
QString challengeExplanation(const Protocol::ChallengeDocument &document);
//! One sentence for what an API wants.
QString demandSentence(const Protocol::ChallengeMeaning &meaning);
//! One sentence for a claim.
QString claimSentence(const Protocol::ClaimMeaning &meaning);

//! \p document as the schema countersign.challenge/1 has it, with the meaning of its most useful challenge.
QByteArray challengeJson(const Protocol::ChallengeDocument &document);

} // namespace Countersign::Cli

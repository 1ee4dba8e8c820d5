// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "verb.h"

namespace Countersign::Cli {

// One maker for each file in verbs/.
std::unique_ptr<Verb> makeAccountsVerb();
std::unique_ptr<Verb> makeChallengeVerb();
std::unique_ptr<Verb> makeConfigVerb();
std::unique_ptr<Verb> makeConfigureVerb();
std::unique_ptr<Verb> makeCredentialVerb();
std::unique_ptr<Verb> makeDoctorVerb();
std::unique_ptr<Verb> makeCompletionVerb();
std::unique_ptr<Verb> makeDocumentsVerb();
std::unique_ptr<Verb> makeEnvVerb();
std::unique_ptr<Verb> makeHelpVerb();
std::unique_ptr<Verb> makeInspectVerb();
std::unique_ptr<Verb> makeIssuerVerb();
std::unique_ptr<Verb> makeJoseVerb();
std::unique_ptr<Verb> makeLoginVerb();
std::unique_ptr<Verb> makeLogoutVerb();
std::unique_ptr<Verb> makeProfileVerb();
std::unique_ptr<Verb> makeSandboxVerb();
std::unique_ptr<Verb> makeStoreVerb();
std::unique_ptr<Verb> makeTokenVerb();
std::unique_ptr<Verb> makeTrustVerb();
std::unique_ptr<Verb> makeUnconfigureVerb();
std::unique_ptr<Verb> makeVerifyVerb();
std::unique_ptr<Verb> makeVersionVerb();

//! Every verb that works, in the order of the help.
Verbs allVerbs();

//! The words that a name of the program stands for; none for its own.
QStringList wordsOfName(const QString &name);

} // namespace Countersign::Cli

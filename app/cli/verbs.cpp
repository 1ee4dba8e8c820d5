// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "verbs.h"

namespace Countersign::Cli {

Verbs allVerbs()
{
    Verbs verbs;
    verbs.push_back(makeLoginVerb());
    verbs.push_back(makeTokenVerb());
    verbs.push_back(makeEnvVerb());
    verbs.push_back(makeAccountsVerb());
    verbs.push_back(makeLogoutVerb());
    verbs.push_back(makeProfileVerb());
    verbs.push_back(makeInspectVerb());
    verbs.push_back(makeVerifyVerb());
    verbs.push_back(makeChallengeVerb());
    verbs.push_back(makeIssuerVerb());
    verbs.push_back(makeJoseVerb());
    verbs.push_back(makeSandboxVerb());
    verbs.push_back(makeStoreVerb());
    verbs.push_back(makeDoctorVerb());
    verbs.push_back(makeConfigVerb());
    verbs.push_back(makeCompletionVerb());
    verbs.push_back(makeVersionVerb());
    verbs.push_back(makeHelpVerb());
    verbs.push_back(makeDocumentsVerb());
    return verbs;
}

QStringList wordsOfName(const QString &name)
{
    Q_UNUSED(name)
    return {};
}

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "verbs.h"

using namespace Qt::StringLiterals;

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
    verbs.push_back(makeCredentialVerb());
    verbs.push_back(makeConfigureVerb());
    verbs.push_back(makeUnconfigureVerb());
    verbs.push_back(makeSandboxVerb());
    verbs.push_back(makeStoreVerb());
    verbs.push_back(makeDoctorVerb());
    verbs.push_back(makeConfigVerb());
    verbs.push_back(makeTrustVerb());
    verbs.push_back(makeCompletionVerb());
    verbs.push_back(makeVersionVerb());
    verbs.push_back(makeHelpVerb());
    verbs.push_back(makeDocumentsVerb());
    return verbs;
}

QStringList wordsOfName(const QString &name)
{
    if (name == "git-credential-countersign"_L1)
        return {u"credential"_s, u"git"_s};
    if (name == "kubectl-countersign"_L1)
        return {u"credential"_s, u"kubernetes"_s};
    return {};
}

} // namespace Countersign::Cli

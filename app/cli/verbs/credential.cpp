// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "credential.h"

#include "../text.h"
#include "../verbs.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

class CredentialVerb final : public VerbGroup
{
public:
    CredentialVerb() : VerbGroup(u"credential"_s, Text::tr("Hand tokens to git and kubectl by their own protocols"))
    {
        addChild(makeGitCredentialVerb());
        addChild(makeKubernetesCredentialVerb());
    }

    QString description() const override
    {
        return Text::tr("These are called by other programs; 'countersign configure' sets them up. By the names\n"
                        "git-credential-countersign and kubectl-countersign the program is the same helper.");
    }
};

} // namespace

std::unique_ptr<Verb> makeCredentialVerb()
{
    return std::make_unique<CredentialVerb>();
}

} // namespace Countersign::Cli

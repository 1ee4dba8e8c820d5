// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../../app/cli/projectfile.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace Countersign::Cli;

namespace {

bool hasControl(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto project = parseProjectFile(QByteArrayView(data, static_cast<qsizetype>(size)));
    // What is wrong is said on a terminal, and what is right goes into messages and requests.
    if (!project) {
        if (hasControl(project.error().message()))
            std::abort();
        return 0;
    }
    if (hasControl(project->profile) || hasControl(project->account) || hasControl(project->scopes.join(u' ')))
        std::abort();
    GlobalOptions global;
    global.issuer = QStringLiteral("https://op.example");
    applyProject(*project, global);
    if (!global.profile.isEmpty() || !global.projectScopes.isEmpty())
        std::abort();
    return 0;
}

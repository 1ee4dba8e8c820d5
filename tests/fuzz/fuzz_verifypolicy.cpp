// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../../app/cli/verifypolicy.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace Countersign;

namespace {

bool hasControl(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto policy = Cli::parseVerifyPolicy(QByteArrayView(data, static_cast<qsizetype>(size)));
    // What is wrong is said on a terminal.
    if (!policy) {
        if (hasControl(policy.error().message()))
            std::abort();
        return 0;
    }
    if (hasControl(policy->issuer) || hasControl(policy->audience) || hasControl(policy->scopes.join(u' ')))
        std::abort();
    // A demand is never met by a token that says nothing.
    for (const auto &claim : policy->claims) {
        if (Jose::checkClaim(claim, Jose::JsonObject(), QString()).outcome != Jose::CheckOutcome::Failed)
            std::abort();
    }
    return 0;
}

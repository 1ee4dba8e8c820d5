// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/machinepolicy.h>
#include <common/usersettings.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace Countersign::App;

namespace {

bool hasControl(const QString &text)
{
    return std::any_of(text.begin(), text.end(), [](QChar c) { return c.category() == QChar::Other_Control; });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto policy = MachinePolicy::parse(QByteArrayView(data, static_cast<qsizetype>(size)));
    // What is wrong is said on a terminal.
    if (!policy) {
        if (hasControl(policy.error().message()))
            std::abort();
        return 0;
    }
    // What counts is known, can be locked, and has a value.
    for (const auto &name : policy->lockedNames()) {
        const auto *key = UserSettings::key(name);
        if (!key || !key->isLockable || policy->lockedValue(name).isEmpty() || policy->defaultNames().contains(name))
            std::abort();
    }
    for (const auto &name : policy->defaultNames()) {
        if (!UserSettings::key(name) || policy->defaultValue(name).isEmpty())
            std::abort();
    }
    return 0;
}

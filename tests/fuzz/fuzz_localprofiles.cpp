// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/localprofiles.h>

using namespace Countersign;

namespace {

//! Whatever was found can be asked everything, and can be written down.
void use(const QList<LocalFinding> &found)
{
    for (const auto &finding : found) {
        if (finding.profile.has_value() == (finding.obstacle != LocalFinding::Obstacle::None))
            abort();
        if (!finding.profile)
            continue;
        (void)finding.profile->profile.configuration();
        (void)exportProfile(finding.profile->profile, ProfileFormat::Json);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView text(data, static_cast<qsizetype>(size));
    use(profilesInKubeconfig(Secret::copyOf(text)));
    if (const auto cache = TokenCache::deserialize(Secret::copyOf(text)))
        use(profilesInCache(*cache));
    return 0;
}

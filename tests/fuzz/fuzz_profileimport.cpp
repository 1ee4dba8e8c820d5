// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/profileimport.h>

using namespace Countersign;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto found = importProfiles(QByteArrayView(data, static_cast<qsizetype>(size)));
    if (!found)
        return 0;
    for (const auto &one : *found) {
        // Whatever was found can be asked everything, and can be written down.
        (void)one.profile.authority();
        (void)one.profile.configuration();
        for (const auto format : {ProfileFormat::Json, ProfileFormat::Variables, ProfileFormat::AppSettings})
            (void)exportProfile(one.profile, format);
    }
    return 0;
}

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/challenge.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace Countersign::Protocol;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    for (const auto &challenge : parseChallenges(bytes).challenges) {
        (void)meaningOf(challenge);
        // What is written for others keeps the grammar, whatever was read.
        const auto again = parseChallenges(encode(challenge));
        if (!challenge.scheme.isEmpty()
            && (again.challenges.isEmpty() || again.challenges.first().scheme != challenge.scheme))
            std::abort();
    }
    const auto document = readChallenge(bytes);
    if (!document)
        return 0;
    (void)lint(*document);
    (void)document->mostUseful();
    for (const auto &found : document->claims) {
        if (!ClaimsRequest::parse(found.claims.json) && found.source != QLatin1String("header"))
            std::abort();
    }
    return 0;
}

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/federation.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace Countersign;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const auto endpoint = Protocol::parseFederationMetadata(bytes);
    if (endpoint && endpoint->address.scheme() != QLatin1StringView("https"))
        std::abort();
    const auto answer = Protocol::parseWsTrustAnswer(bytes);
    // What is cut out stands in the answer.
    if (answer && !bytes.toByteArray().contains(answer->assertion.reveal().toByteArray()))
        std::abort();
    const auto realm =
        Protocol::parseUserRealm({.status = 200, .headers = {}, .body = bytes}, QDateTime::fromSecsSinceEpoch(0));
    if (realm && !realm->metadataUrl.isEmpty() && realm->metadataUrl.scheme() != QLatin1StringView("https"))
        std::abort();
    return 0;
}

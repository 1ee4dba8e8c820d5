// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/base/httpdate.h>
#include <countersign/protocol/discovery.h>
#include <countersign/protocol/instancediscovery.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace Countersign;

//! What a provider says of itself, and Microsoft of a host.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const auto issuer = Authority::oidc(QStringLiteral("https://op.example"));
    static const auto unknown = Authority::parse(QStringLiteral("https://login.contoso.example/t"));
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const auto at = QDateTime::fromSecsSinceEpoch(0, Qt::UTC);
    const auto metadata = Protocol::parseMetadata(*issuer, bytes);
    if (metadata
        && (metadata->issuer != issuer->issuer() || metadata->tokenEndpoint.scheme() != QLatin1StringView("https")))
        std::abort();
    const auto lenient = Protocol::parseMetadata(*issuer, bytes, Protocol::IssuerMatch::AsMsal);
    if (metadata && !lenient)
        std::abort();
    for (const int status : {200, 400}) {
        const auto instance =
            Protocol::parseInstanceMetadata(*unknown, {.status = status, .headers = {}, .body = bytes}, at);
        if (instance && instance->tenantDiscoveryEndpoint.scheme() != QLatin1StringView("https"))
            std::abort();
    }
    const auto pause = parseRetryAfter(bytes, at);
    if (pause && *pause < std::chrono::seconds(0))
        std::abort();
    return 0;
}

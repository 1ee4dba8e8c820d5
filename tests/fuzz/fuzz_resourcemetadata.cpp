// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/resourcemetadata.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace Countersign;

//! What an API says of itself.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const QUrl resource(QStringLiteral("https://api.example/v1"));
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const auto at = QDateTime::fromSecsSinceEpoch(0);
    for (const int status : {200, 404, 503}) {
        const Protocol::HttpAnswer answer{
            .status = status, .headers = {{"Content-Type", "application/json"}}, .body = bytes};
        const auto metadata = Protocol::parseResourceMetadata(resource, answer, at);
        if (!metadata)
            continue;
        if (status != 200 || metadata->resource != resource.toString())
            std::abort();
        for (const auto &server : metadata->authorizationServers) {
            const QUrl url(server);
            if (url.scheme() != QLatin1StringView("https") && url.scheme() != QLatin1StringView("http"))
                std::abort();
            if (!url.userInfo().isEmpty() || url.hasQuery() || url.hasFragment())
                std::abort();
        }
        if (!metadata->documentation.isEmpty() && metadata->documentation.scheme() != QLatin1StringView("https"))
            std::abort();
    }
    return 0;
}

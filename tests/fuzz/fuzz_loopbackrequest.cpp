// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/loopbackrequest.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace Countersign;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView bytes(data, static_cast<qsizetype>(size));
    const LoopbackParse parse = parseLoopbackRequest(bytes);
    const auto *const request = std::get_if<LoopbackRequest>(&parse);
    if (!request)
        return 0;
    // What was accepted has a path and a host, and fits what was sent.
    if (!request->path.startsWith('/') || request->parameters.size() >= bytes.size())
        std::abort();
    static const QUrl redirect(QStringLiteral("http://127.0.0.1:4711/callback"));
    if (request->isNavigationTo(redirect) && request->host != "127.0.0.1:4711")
        std::abort();
    return 0;
}

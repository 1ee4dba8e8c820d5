// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/claims.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace Countersign::Protocol;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto decoded = decodeClaims(QByteArrayView(data, static_cast<qsizetype>(size)));
    if (!decoded)
        return 0;
    (void)lint(*decoded);
    const auto request = ClaimsRequest::parse(decoded->json);
    if (!request)
        return 0;
    // What is written is read back as the same claims, and as the same text.
    const auto text = request->toJson();
    const auto again = ClaimsRequest::parse(text);
    if (!again || again->toJson() != text || again->claims().size() != request->claims().size())
        std::abort();
    if (!mergeClaims({QStringLiteral("cp1")}, QString::fromUtf8(text)))
        std::abort();
    return 0;
}

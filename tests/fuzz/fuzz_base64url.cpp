// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/base64url.h>

using namespace Countersign::Jose;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView text(data, static_cast<qsizetype>(size));
    const auto strict = decodeBase64Url(text);
    const auto lenient = decodeBase64UrlLeniently(text);
    // What the strict decoder takes has one text and no problem; what it refuses has one.
    if (strict ? (encodeBase64Url(*strict) != text || lenient.bytes != *strict || !lenient.isClean())
               : lenient.isClean())
        __builtin_trap();
    if (decodeBase64Url(encodeBase64Url(text)).value() != text)
        __builtin_trap();
    return 0;
}

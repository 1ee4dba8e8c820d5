// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/base64url.h>
#include <countersign/jose/tokendocument.h>
#include <countersign/jose/unverifiedjwt.h>

using namespace Countersign::Jose;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView text(data, static_cast<qsizetype>(size));
    const auto token = UnverifiedJwt::parse(text);
    if (!token)
        return 0;
    // What the strict parser takes, it keeps byte by byte, and the inspector shows the same.
    const auto document = TokenDocument::read(text);
    const bool isWhole = token->compact() == text && token->signingInput() == text.first(text.lastIndexOf('.'))
        && encodeBase64Url(token->signature()) == text.sliced(text.lastIndexOf('.') + 1);
    if (!isWhole || !document.isWellFormed() || document.claims() != token->claims()
        || document.header() != token->header())
        __builtin_trap();
    return 0;
}

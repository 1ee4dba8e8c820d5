// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/jwkset.h>

using namespace Countersign::Jose;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const auto set = JwkSet::fromFile(QByteArrayView(data, static_cast<qsizetype>(size)));
    if (!set)
        return 0;
    for (const auto &key : set->keys()) {
        // What was taken can be written and is then the same key, and the public half holds nothing private.
        const auto again = Jwk::parse(key.toPrivateJson().reveal());
        if (!again || !isSameKey(*again, key) || again->thumbprint() != key.thumbprint())
            __builtin_trap();
        if (key.isSymmetric())
            continue;
        const auto open = Jwk::parse(key.toJson());
        if (!open || open->isPrivate() || open->thumbprint() != key.thumbprint())
            __builtin_trap();
    }
    return 0;
}

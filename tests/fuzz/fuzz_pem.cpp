// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/asymmetrickey.h>

using namespace Countersign;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const auto passphrase = Secret::copyOf("countersign");
    const auto key = AsymmetricKey::fromPem(QByteArrayView(data, static_cast<qsizetype>(size)), passphrase);
    if (!key)
        return 0;
    const auto open = AsymmetricKey::fromPem(key->publicPem());
    if (!open || open->isPrivate() || open->publicDer() != key->publicDer())
        __builtin_trap();
    return 0;
}

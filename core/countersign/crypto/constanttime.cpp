// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/constanttime.h>

#include <openssl/crypto.h>

namespace Countersign {

bool equalInConstantTime(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size())) == 0;
}

void wipe(QByteArray &bytes)
{
    // Every empty array shares one buffer.
    if (bytes.isEmpty())
        return;
    // data() would detach a shared array and wipe the copy.
    Q_ASSERT(bytes.isDetached());
    OPENSSL_cleanse(bytes.data(), static_cast<std::size_t>(bytes.size()));
    bytes.clear();
}

} // namespace Countersign

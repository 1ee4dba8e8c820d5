// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/constanttime.h>

#include <QtCore/QByteArray>

#include <openssl/crypto.h>

#include <cstring>

namespace Countersign {

void wipe(void *memory, std::size_t size)
{
#if defined(__GNUC__)
    // OpenSSL's own loop takes a word at a time; a memset whose result the compiler must assume to be read does not.
    std::memset(memory, 0, size);
    asm volatile("" : : "r"(memory) : "memory");
#else
    OPENSSL_cleanse(memory, size);
#endif
}

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
    wipe(bytes.data(), static_cast<std::size_t>(bytes.size()));
    bytes.clear();
}

} // namespace Countersign

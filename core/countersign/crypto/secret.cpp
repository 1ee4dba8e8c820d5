// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/secret.h>

#include <countersign/crypto/constanttime.h>

#include <openssl/crypto.h>

#include <cstring>

namespace Countersign {

Secret Secret::ofSize(qsizetype size)
{
    Secret secret;
    if (size <= 0)
        return secret;
    const auto count = static_cast<std::size_t>(size);
    // Falls back to the ordinary heap by itself when the secure heap is absent; returns null when it is full.
    void *memory = OPENSSL_secure_zalloc(count);
    if (!memory)
        memory = OPENSSL_zalloc(count);
    if (!memory)
        qBadAlloc();
    secret.m_bytes = static_cast<char *>(memory);
    secret.m_size = count;
    return secret;
}

Secret Secret::copyOf(QByteArrayView bytes)
{
    Secret secret = ofSize(bytes.size());
    if (!secret.isEmpty())
        std::memcpy(secret.m_bytes, bytes.data(), secret.m_size);
    return secret;
}

Secret::Secret(QByteArray &&bytes)
{
    *this = copyOf(bytes);
    wipe(bytes);
}

void Secret::clear()
{
    if (!m_bytes)
        return;
    // Tells secure from ordinary memory by the address.
    OPENSSL_secure_clear_free(m_bytes, m_size);
    m_bytes = nullptr;
    m_size = 0;
}

bool operator==(const Secret &a, const Secret &b)
{
    return equalInConstantTime(a.reveal(), b.reveal());
}

void initializeSecureHeap()
{
    constexpr std::size_t heapSize = 4 * 1024 * 1024;
    constexpr std::size_t smallest = 64;
    if (CRYPTO_secure_malloc_initialized() == 0)
        CRYPTO_secure_malloc_init(heapSize, smallest);
}

} // namespace Countersign

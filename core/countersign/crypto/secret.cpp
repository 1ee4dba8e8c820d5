// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/secret.h>

#include <countersign/crypto/constanttime.h>
#include <countersign/crypto/largepages.h>

#include <openssl/crypto.h>

#include <algorithm>
#include <cstring>

#ifdef Q_OS_LINUX
#include <sys/mman.h>
#endif

namespace Countersign {

namespace {

//! What is larger would leave no room in the secure heap for anything else. Units: bytes.
constexpr std::size_t largestInSecureHeap = 64 * 1024;
//! From here on a secret has pages of its own. Units: bytes.
constexpr std::size_t largeSize = 8 * 1024 * 1024;

// Falls back to the ordinary heap by itself when the secure heap is absent; returns null when it is full.
void *allocateSmall(std::size_t count)
{
    void *memory = count <= largestInSecureHeap ? OPENSSL_secure_malloc(count) : nullptr;
    return memory ? memory : OPENSSL_malloc(count);
}

#ifdef Q_OS_LINUX

// Zeroes, left out of core dumps.
void *allocateLarge(std::size_t count)
{
    void *memory = ::mmap(nullptr, count, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return nullptr;
    preferLargePages(memory, static_cast<qsizetype>(count));
    ::madvise(memory, count, MADV_DONTDUMP);
    return memory;
}

void freeLarge(void *memory, std::size_t count)
{
    OPENSSL_cleanse(memory, count);
    ::munmap(memory, count);
}

#else

void *allocateLarge(std::size_t count)
{
    return OPENSSL_zalloc(count);
}

void freeLarge(void *memory, std::size_t count)
{
    OPENSSL_clear_free(memory, count);
}

#endif

} // namespace

Secret Secret::ofSize(qsizetype size)
{
    Secret secret = uninitialized(size);
    if (secret.m_size < largeSize)
        std::fill_n(secret.m_bytes, secret.m_size, '\0');
    return secret;
}

Secret Secret::copyOf(QByteArrayView bytes)
{
    Secret secret = uninitialized(bytes.size());
    if (!secret.isEmpty())
        std::memcpy(secret.m_bytes, bytes.data(), secret.m_size);
    return secret;
}

Secret Secret::uninitialized(qsizetype size)
{
    Secret secret;
    if (size <= 0)
        return secret;
    const auto count = static_cast<std::size_t>(size);
    void *memory = count < largeSize ? allocateSmall(count) : allocateLarge(count);
    if (!memory)
        qBadAlloc();
    secret.m_bytes = static_cast<char *>(memory);
    secret.m_size = count;
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
    if (m_size < largeSize)
        OPENSSL_secure_clear_free(m_bytes, m_size); // tells secure from ordinary memory by the address
    else
        freeLarge(m_bytes, m_size);
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

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/secret.h>

#include <countersign/crypto/constanttime.h>
#include <countersign/crypto/largepages.h>

#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstring>
#include <thread>

#ifdef Q_OS_LINUX
#include <sys/mman.h>
#endif

namespace Countersign {

namespace {

//! What is larger would leave no room in the secure heap for anything else. Units: bytes.
constexpr std::size_t largestInSecureHeap = 64 * 1024;
//! From here on a secret has pages of its own. Units: bytes.
constexpr std::size_t largeSize = 8 * 1024 * 1024;

//! The smallest block of the secure heap. Units: bytes.
constexpr std::size_t smallestBlock = 64;

//! Free blocks of the secure heap by size, wiped. The heap halves and joins its blocks again for every secret that
//! comes and goes, which takes several times as long as to copy a token.
class SpareBlocks
{
public:
    //! A block for \p count bytes, or null.
    void *take(std::size_t count)
    {
        const std::size_t size = indexOf(count);
        if (size >= sizes)
            return nullptr;
        const Turn turn(m_isBusy);
        Shelf &shelf = m_shelves[size];
        return shelf.used > 0 ? shelf.blocks[--shelf.used] : nullptr;
    }

    //! Takes a block that was allocated for \p count bytes; false: it has to be freed. A program that set up the
    //! secure heap itself may have chosen smaller blocks than ours: such a one would be too short for its shelf.
    bool keep(void *block, std::size_t count)
    {
        const std::size_t size = indexOf(count);
        if (size >= sizes || CRYPTO_secure_allocated(block) == 0
            || CRYPTO_secure_actual_size(block) < smallestBlock << size)
            return false;
        wipe(block, count);
        const Turn turn(m_isBusy);
        Shelf &shelf = m_shelves[size];
        if (shelf.used == shelf.blocks.size())
            return false;
        shelf.blocks[shelf.used++] = block;
        return true;
    }

private:
    static constexpr std::size_t sizes = 8; // up to 8 KiB, and with it less than 64 KiB kept back from others
    struct Shelf
    {
        std::array<void *, 4> blocks{};
        std::size_t used = 0;
    };
    // Held for a few instructions: less than any mutex costs.
    class Turn
    {
    public:
        explicit Turn(std::atomic_flag &isBusy) : m_isBusy(isBusy)
        {
            while (m_isBusy.test_and_set(std::memory_order_acquire))
                std::this_thread::yield();
        }
        ~Turn() { m_isBusy.clear(std::memory_order_release); }
        Q_DISABLE_COPY_MOVE(Turn)

    private:
        std::atomic_flag &m_isBusy;
    };

    // Blocks are powers of two.
    static std::size_t indexOf(std::size_t count)
    {
        return static_cast<std::size_t>(std::bit_width((std::max(count, smallestBlock) - 1) / smallestBlock));
    }

    std::atomic_flag m_isBusy;
    std::array<Shelf, sizes> m_shelves;
};

constinit SpareBlocks spareBlocks;

// Falls back to the ordinary heap by itself when the secure heap is absent; returns null when it is full.
void *allocateSmall(std::size_t count)
{
    void *memory = spareBlocks.take(count);
    if (!memory && count <= largestInSecureHeap)
        memory = OPENSSL_secure_malloc(count);
    return memory ? memory : OPENSSL_malloc(count);
}

void freeSmall(void *memory, std::size_t count)
{
    if (!spareBlocks.keep(memory, count))
        OPENSSL_secure_clear_free(memory, count); // tells secure from ordinary memory by the address
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
    wipe(memory, count);
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
        freeSmall(m_bytes, m_size);
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
    // A thread of Qt's pools is waited for before its last destructors ran, OpenSSL's own among them: what its exit
    // handler frees, they may still use. The system takes the memory back anyway.
    OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, nullptr);
    if (CRYPTO_secure_malloc_initialized() == 0)
        CRYPTO_secure_malloc_init(heapSize, smallestBlock);
}

} // namespace Countersign

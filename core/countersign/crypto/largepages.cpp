// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/largepages.h>

#ifdef Q_OS_LINUX
#include <sys/mman.h>
#endif

namespace Countersign {

#ifdef Q_OS_LINUX

void preferLargePages(void *memory, qsizetype size)
{
    constexpr quintptr page = 4096; // of the smallest; the kernel finds the large ones within
    constexpr qsizetype worthwhile = 4 * 1024 * 1024;
    if (size < worthwhile)
        return;
    const auto start = (reinterpret_cast<quintptr>(memory) + page - 1) / page * page;
    const auto end = (reinterpret_cast<quintptr>(memory) + static_cast<quintptr>(size)) / page * page;
    ::madvise(reinterpret_cast<void *>(start), end - start, MADV_HUGEPAGE); // NOLINT: an address, rounded
}

#else

void preferLargePages(void *, qsizetype)
{
}

#endif

} // namespace Countersign

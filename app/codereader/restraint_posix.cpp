// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "restraint.h"

#include <sys/resource.h>

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define COUNTERSIGN_HAS_ADDRESS_SANITIZER
#endif
#endif
#if defined(__SANITIZE_ADDRESS__)
#define COUNTERSIGN_HAS_ADDRESS_SANITIZER
#endif

namespace Countersign::CodeReader {

namespace {

constexpr rlim_t seconds = 10;
[[maybe_unused]] constexpr rlim_t memory = rlim_t(2) * 1024 * 1024 * 1024; // bytes of addresses, libraries included

void limit(decltype(RLIMIT_CPU) what, rlim_t most)
{
    const rlimit both{most, most};
    // Who cannot be held, is not: the picture is read all the same.
    (void)setrlimit(what, &both);
}

} // namespace

void restrain()
{
    limit(RLIMIT_CORE, 0);
    limit(RLIMIT_CPU, seconds);
    limit(RLIMIT_FSIZE, 0);
#ifndef COUNTERSIGN_HAS_ADDRESS_SANITIZER
    limit(RLIMIT_AS, memory);
#endif
}

} // namespace Countersign::CodeReader

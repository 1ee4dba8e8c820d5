// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/systemrandom.h>

#include <openssl/rand.h>

#include <QtCore/qlogging.h>

namespace Countersign {

void SystemRandom::fill(std::span<std::byte> bytes)
{
    // RAND_bytes takes an int; nothing here asks for more.
    if (RAND_bytes(reinterpret_cast<unsigned char *>(bytes.data()), static_cast<int>(bytes.size())) != 1)
        qFatal("OpenSSL has no random bytes: continuing would mean predictable secrets.");
}

} // namespace Countersign

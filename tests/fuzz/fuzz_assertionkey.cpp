// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/clientassertion.h>

using namespace Countersign;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const auto passphrase = Secret::copyOf("test");
    const auto read = Protocol::readAssertionKey(QByteArrayView(data, static_cast<qsizetype>(size)), passphrase, true);
    if (read && (!read->key.isPrivate() || read->sha1Thumbprint.isEmpty() != read->sha256Thumbprint.isEmpty()))
        __builtin_trap();
    return 0;
}

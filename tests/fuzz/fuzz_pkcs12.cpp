// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/certificate.h>

using namespace Countersign;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    static const auto passphrase = Secret::copyOf("countersign");
    const auto file = readPkcs12(QByteArrayView(data, static_cast<qsizetype>(size)), passphrase);
    if (file && (!file->key.isPrivate() || file->certificate.der().isEmpty()))
        __builtin_trap();
    return 0;
}

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/certificate.h>

using namespace Countersign;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArrayView text(data, static_cast<qsizetype>(size));
    for (const auto &read : {Certificate::fromPem(text), Certificate::fromDer(text)}) {
        if (!read)
            continue;
        // A certificate keeps its bytes, and with them its thumbprint, through both forms.
        const auto again = Certificate::fromPem(read->toPem());
        const auto key = read->publicKey();
        if (!again || again->der() != read->der() || (key && key->isPrivate()))
            __builtin_trap();
    }
    const auto entries = extractCertificates(QString::fromUtf8(text.data(), text.size()));
    if (!entries)
        return 0;
    for (const auto &entry : *entries) {
        if (entry.isEmpty() || entry.contains(u'\n') || entry.contains(u'\r')
            || entry.contains(QStringLiteral("PRIVATE KEY-----")))
            __builtin_trap();
    }
    return 0;
}

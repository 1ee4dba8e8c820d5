// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/redirectmatch.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

using namespace Countersign;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray bytes(QByteArrayView(data, static_cast<qsizetype>(size)).toByteArray());
    static const QUrl redirect(QStringLiteral("http://127.0.0.1:4711/callback"));
    const QUrl url = QUrl::fromEncoded(bytes, QUrl::StrictMode);
    // Judged once more by the written form: whatever matches begins like the redirect URI.
    if (isRedirect(url, redirect) && !url.toEncoded().startsWith(QByteArray("http://127.0.0.1:4711/callback")))
        std::abort();
    const auto pasted = parsePastedAnswer(bytes, redirect);
    if (pasted && !pasted->reveal().contains('='))
        std::abort();
    return 0;
}

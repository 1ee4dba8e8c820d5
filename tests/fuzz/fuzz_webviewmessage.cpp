// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/webviewmessage.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>

using namespace Countersign;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    QByteArray bytes(static_cast<qsizetype>(size), '\0');
    if (size > 0)
        std::memcpy(bytes.data(), data, size);
    for (;;) {
        const QByteArray before(bytes.constData(), bytes.size());
        const auto message = takeWebViewMessage(bytes);
        if (!message || !message->has_value())
            return 0;
        // What is taken is what was written.
        const QByteArray again = encode((*message)->kind, (*message)->value.reveal());
        if (!before.startsWith(again) || bytes != before.sliced(again.size()))
            std::abort();
    }
}

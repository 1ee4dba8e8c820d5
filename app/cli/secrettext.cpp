// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "secrettext.h"

#include <algorithm>

namespace Countersign::Cli {

Secret joined(std::initializer_list<QByteArrayView> parts)
{
    qsizetype size = 0;
    for (const auto part : parts)
        size += part.size();
    Secret result = Secret::ofSize(size);
    char *out = reinterpret_cast<char *>(result.writable().data()); // the buffer is bytes, the parts are chars
    for (const auto part : parts)
        out = std::copy(part.begin(), part.end(), out);
    return result;
}

Secret escaped(const Secret &text, QByteArrayView marks, QByteArrayView prefix, QByteArrayView suffix)
{
    const auto bytes = text.reveal();
    const auto count = std::count_if(bytes.begin(), bytes.end(), [marks](char c) { return marks.contains(c); });
    auto result = Secret::ofSize(bytes.size() + count * (prefix.size() + suffix.size()));
    char *out = reinterpret_cast<char *>(result.writable().data()); // the buffer is bytes, the text is chars
    for (const char c : bytes) {
        const bool isMark = marks.contains(c);
        if (isMark)
            out = std::copy(prefix.begin(), prefix.end(), out);
        *out++ = c;
        if (isMark)
            out = std::copy(suffix.begin(), suffix.end(), out);
    }
    return result;
}

Secret inBase64(const Secret &text)
{
    const auto bytes = text.reveal();
    return Secret(QByteArray::fromRawData(bytes.data(), bytes.size()).toBase64());
}

} // namespace Countersign::Cli

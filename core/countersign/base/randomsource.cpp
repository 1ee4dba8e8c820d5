// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/base/randomsource.h>

namespace Countersign {

RandomSource::~RandomSource() = default;

QByteArray RandomSource::bytes(qsizetype count)
{
    QByteArray buffer(count, Qt::Uninitialized);
    fill(std::as_writable_bytes(std::span(buffer.data(), static_cast<std::size_t>(count))));
    return buffer;
}

} // namespace Countersign

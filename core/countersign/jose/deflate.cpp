// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/deflate.h>

#include <zlib.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr int rawDeflate = -15; // zlib: a negative window means no header and no checksum

Bytef *input(QByteArrayView data)
{
    // zlib's input pointer is not const unless ZLIB_CONST; it does not write through it.
    return reinterpret_cast<Bytef *>(const_cast<char *>(data.data()));
}

} // namespace

Result<Secret> deflate(QByteArrayView data)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, rawDeflate, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return Error{ErrorCode::NotSupported, u"zlib cannot compress"_s};
    Secret buffer = Secret::ofSize(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(data.size()))));
    stream.next_in = input(data);
    stream.avail_in = static_cast<uInt>(data.size());
    stream.next_out = reinterpret_cast<Bytef *>(buffer.writable().data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    const int status = ::deflate(&stream, Z_FINISH);
    const auto size = static_cast<qsizetype>(stream.total_out);
    deflateEnd(&stream);
    if (status != Z_STREAM_END)
        return Error{ErrorCode::NotSupported, u"zlib cannot compress"_s};
    return Secret::copyOf(buffer.reveal().first(size));
}

Result<Secret> inflate(QByteArrayView data, qsizetype maximumSize, qsizetype maximumRatio)
{
    const Error refused{ErrorCode::SecurityCheckFailed, u"The compressed text is damaged or too large"_s};
    if (data.isEmpty() || data.size() > maximumSize)
        return refused;
    z_stream stream{};
    if (inflateInit2(&stream, rawDeflate) != Z_OK)
        return Error{ErrorCode::NotSupported, u"zlib cannot decompress"_s};
    // Short texts are all overhead: the ratio says nothing there.
    constexpr qsizetype shortText = 4096;
    const qsizetype limit = std::min(maximumSize, std::max(shortText, data.size() * maximumRatio));
    // One byte more than allowed, so that exactly the limit is not mistaken for more.
    Secret buffer = Secret::ofSize(limit + 1);
    stream.next_in = input(data);
    stream.avail_in = static_cast<uInt>(data.size());
    stream.next_out = reinterpret_cast<Bytef *>(buffer.writable().data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    const int status = ::inflate(&stream, Z_FINISH);
    const auto size = static_cast<qsizetype>(stream.total_out);
    const bool isWhole = status == Z_STREAM_END && stream.avail_in == 0 && size <= limit;
    inflateEnd(&stream);
    if (!isWhole)
        return refused;
    return Secret::copyOf(buffer.reveal().first(size));
}

} // namespace Countersign::Jose

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/base64url.h>

#include <countersign/jose/base64urlwide.h>

#include <QtCore/QtEndian>

#include <array>
#include <cstring>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

// Any bit above the 24 that four characters can carry marks a foreign character: one test covers all of them.
constexpr quint32 foreign = 0x8000'0000U;

using Table = std::array<quint32, 256>;

// One table a position in a group of four: where its six bits lie in the three bytes, the first byte lowest. So four
// look-ups need no shifting and the bytes no swapping.
constexpr Table tableFor(int position)
{
    Table table{};
    table.fill(foreign);
    for (quint32 value = 0; value < 64; ++value) {
        const quint32 bits = value << (18 - 6 * position);
        table[static_cast<unsigned char>(alphabet[value])] = bits >> 16 | (bits & 0xff00U) | (bits & 0xffU) << 16;
    }
    return table;
}

constexpr Table first = tableFor(0);
constexpr Table second = tableFor(1);
constexpr Table third = tableFor(2);
constexpr Table fourth = tableFor(3);

quint32 valueOf(char c)
{
    return fourth[static_cast<unsigned char>(c)] >> 16; // more than 63 for a foreign character
}

void store(quint32 bits, unsigned char *out)
{
    out[0] = static_cast<unsigned char>(bits);
    out[1] = static_cast<unsigned char>(bits >> 8);
    out[2] = static_cast<unsigned char>(bits >> 16);
}

bool decodeTail(const unsigned char *in, qsizetype rest, unsigned char *out)
{
    if (rest == 0)
        return true;
    const quint32 bits = first[in[0]] | second[in[1]] | (rest == 3 ? third[in[2]] : 0U);
    const quint32 unused = rest == 3 ? 0xff'0000U : 0xff'ff00U;
    if ((bits & (foreign | unused)) != 0)
        return false;
    out[0] = static_cast<unsigned char>(bits);
    if (rest == 3)
        out[1] = static_cast<unsigned char>(bits >> 8);
    return true;
}

Error refusal(QByteArrayView text)
{
    const auto problems = decodeBase64UrlLeniently(text).problems;
    const auto problem = problems.isEmpty() ? Base64Problem{} : problems.first();
    return Error{ErrorCode::InvalidResponse, ErrorCause::TokenMalformed,
                 u"not base64url: %1 at offset %2"_s.arg(identifier(problem.kind)).arg(problem.offset)};
}

Base64Problem::Kind kindOf(char c)
{
    switch (c) {
    case '=': return Base64Problem::Kind::Padding;
    case '+':
    case '/': return Base64Problem::Kind::StandardAlphabet;
    case ' ':
    case '\t':
    case '\r':
    case '\n': return Base64Problem::Kind::WhiteSpace;
    default: return Base64Problem::Kind::ForeignCharacter;
    }
}

void note(QList<Base64Problem> &problems, Base64Problem::Kind kind, qsizetype offset)
{
    for (auto &problem : problems) {
        if (problem.kind == kind) {
            ++problem.count;
            return;
        }
    }
    problems.append({kind, offset, 1});
}

} // namespace

QByteArray encodeBase64Url(QByteArrayView bytes)
{
    const auto size = bytes.size();
    QByteArray text(size / 3 * 4 + (size % 3 * 4 + 2) / 3, Qt::Uninitialized);
    const auto *in = reinterpret_cast<const unsigned char *>(bytes.data()); // char to unsigned char: same object
    char *out = text.data();
    const auto *const fullEnd = in + size / 3 * 3;
    for (; in != fullEnd; in += 3, out += 4) {
        const quint32 bits = quint32{in[0]} << 16 | quint32{in[1]} << 8 | in[2];
        out[0] = alphabet[bits >> 18];
        out[1] = alphabet[bits >> 12 & 63U];
        out[2] = alphabet[bits >> 6 & 63U];
        out[3] = alphabet[bits & 63U];
    }
    const auto rest = size % 3;
    if (rest != 0) {
        const quint32 bits = quint32{in[0]} << 16 | (rest == 2 ? quint32{in[1]} << 8 : 0U);
        out[0] = alphabet[bits >> 18];
        out[1] = alphabet[bits >> 12 & 63U];
        if (rest == 2)
            out[2] = alphabet[bits >> 6 & 63U];
    }
    return text;
}

bool decodeBase64UrlInto(QByteArrayView text, char *out)
{
    const auto size = text.size();
    if (size % 4 == 1)
        return false;
    const auto *in = reinterpret_cast<const unsigned char *>(text.data()); // char to unsigned char: same object
    auto *to = reinterpret_cast<unsigned char *>(out); // as above
    const auto *const fullEnd = in + size / 4 * 4;
    const auto wide = decodeBase64UrlWide(in, size, to);
    in += wide;
    to += wide / 4 * 3;
    quint32 seen = 0; // every group's bits: the foreign mark survives to the end
    // Eight characters with one load and one store. The store writes eight bytes for six, so the last ones wait.
    for (; fullEnd - in >= 12; in += 8, to += 6) {
        const auto eight = qFromLittleEndian<quint64>(in);
        const auto at = [eight](int index) { return static_cast<unsigned char>(eight >> (8 * index)); };
        const quint32 high = first[at(0)] | second[at(1)] | third[at(2)] | fourth[at(3)];
        const quint32 low = first[at(4)] | second[at(5)] | third[at(6)] | fourth[at(7)];
        seen |= high | low;
        qToLittleEndian(quint64{low} << 24 | high, to);
    }
    for (; in != fullEnd; in += 4, to += 3) {
        const quint32 bits = first[in[0]] | second[in[1]] | third[in[2]] | fourth[in[3]];
        seen |= bits;
        store(bits, to);
    }
    return (seen & foreign) == 0 && decodeTail(in, size % 4, to);
}

Result<QByteArray> decodeBase64Url(QByteArrayView text)
{
    const auto size = base64UrlDecodedSize(text.size());
    QByteArray bytes(size.value_or(0), Qt::Uninitialized);
    if (!size || !decodeBase64UrlInto(text, bytes.data()))
        return refusal(text);
    return bytes;
}

Result<Secret> decodeBase64UrlSecret(QByteArrayView text)
{
    auto bytes = decodeBase64Url(text);
    if (!bytes)
        return std::move(bytes).error();
    return Secret(std::move(*bytes));
}

QString identifier(Base64Problem::Kind kind)
{
    switch (kind) {
    case Base64Problem::Kind::Padding: return u"padding"_s;
    case Base64Problem::Kind::StandardAlphabet: return u"standard_alphabet"_s;
    case Base64Problem::Kind::WhiteSpace: return u"white_space"_s;
    case Base64Problem::Kind::ForeignCharacter: return u"foreign_character"_s;
    case Base64Problem::Kind::TrailingBits: return u"trailing_bits"_s;
    case Base64Problem::Kind::ImpossibleLength: return u"impossible_length"_s;
    }
    Q_UNREACHABLE(); // all enumerators are above
    return {};
}

LenientBase64 decodeBase64UrlLeniently(QByteArrayView text)
{
    LenientBase64 result;
    result.bytes.resize(text.size() / 4 * 3 + 3);
    char *out = result.bytes.data();
    quint32 bits = 0;
    int held = 0; // bits in hand, not yet a byte
    int inGroup = 0;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        quint32 value = valueOf(c);
        if (value > 63) {
            note(result.problems, kindOf(c), i);
            if (c != '+' && c != '/')
                continue;
            value = c == '+' ? 62U : 63U;
        }
        bits = (bits << 6 | value) & 0xffffU;
        held += 6;
        inGroup = (inGroup + 1) % 4;
        if (held >= 8) {
            held -= 8;
            *out++ = static_cast<char>(bits >> held & 0xffU);
        }
    }
    result.bytes.truncate(out - result.bytes.constData());
    if (inGroup == 1)
        note(result.problems, Base64Problem::Kind::ImpossibleLength, text.size() - 1);
    else if (held > 0 && (bits & ((1U << held) - 1U)) != 0)
        note(result.problems, Base64Problem::Kind::TrailingBits, text.size() - 1);
    return result;
}

} // namespace Countersign::Jose

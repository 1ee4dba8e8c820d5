// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/jsonwriter.h>

#include <countersign/jose/wiping.h>

#include <charconv>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr char hexDigits[] = "0123456789abcdef";

bool needsEscape(char c)
{
    return c == '"' || c == '\\' || static_cast<unsigned char>(c) < 0x20;
}

void appendEscape(QByteArray &text, char c)
{
    switch (c) {
    case '"': text.append("\\\"", 2); return;
    case '\\': text.append("\\\\", 2); return;
    case '\b': text.append("\\b", 2); return;
    case '\f': text.append("\\f", 2); return;
    case '\n': text.append("\\n", 2); return;
    case '\r': text.append("\\r", 2); return;
    case '\t': text.append("\\t", 2); return;
    default: break;
    }
    const auto byte = static_cast<unsigned char>(c);
    const char escape[] = {'\\', 'u', '0', '0', hexDigits[byte >> 4], hexDigits[byte & 15U]};
    text.append(escape, sizeof escape);
}

} // namespace

JsonWriter::~JsonWriter()
{
    wipeUnlessShared(m_text);
}

JsonWriter &JsonWriter::beginObject()
{
    separate();
    m_text.append('{');
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::endObject()
{
    makeRoom(1);
    m_text.append('}');
    m_needsComma = true;
    return *this;
}

JsonWriter &JsonWriter::beginArray()
{
    separate();
    m_text.append('[');
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::endArray()
{
    makeRoom(1);
    m_text.append(']');
    m_needsComma = true;
    return *this;
}

JsonWriter &JsonWriter::name(QByteArrayView utf8)
{
    separate();
    quote(utf8);
    makeRoom(1);
    m_text.append(':');
    m_needsComma = false;
    return *this;
}

JsonWriter &JsonWriter::string(QStringView value)
{
    QByteArray bytes = value.toUtf8();
    utf8(bytes);
    wipeUnlessShared(bytes);
    return *this;
}

JsonWriter &JsonWriter::utf8(QByteArrayView value)
{
    separate();
    quote(value);
    m_needsComma = true;
    return *this;
}

JsonWriter &JsonWriter::secret(const Secret &value)
{
    return utf8(value.reveal());
}

JsonWriter &JsonWriter::integer(qint64 value)
{
    char digits[24];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
    return raw(QByteArrayView(digits, end - digits));
}

JsonWriter &JsonWriter::boolean(bool value)
{
    return raw(value ? QByteArrayView("true") : QByteArrayView("false"));
}

JsonWriter &JsonWriter::null()
{
    return raw("null");
}

JsonWriter &JsonWriter::strings(const QStringList &values)
{
    beginArray();
    for (const auto &value : values)
        string(value);
    return endArray();
}

JsonWriter &JsonWriter::raw(QByteArrayView json)
{
    separate();
    makeRoom(json.size());
    m_text.append(json);
    m_needsComma = true;
    return *this;
}

void JsonWriter::reserve(qsizetype size)
{
    makeRoom(size - m_text.size());
}

QByteArray JsonWriter::take()
{
    m_needsComma = false;
    return std::exchange(m_text, {});
}

Secret JsonWriter::takeSecret()
{
    m_needsComma = false;
    return Secret(std::exchange(m_text, {}));
}

void JsonWriter::separate()
{
    makeRoom(2);
    if (m_needsComma)
        m_text.append(',');
}

void JsonWriter::quote(QByteArrayView utf8)
{
    makeRoom(utf8.size() + 2);
    m_text.append('"');
    qsizetype start = 0;
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        if (!needsEscape(utf8[i]))
            continue;
        makeRoom(utf8.size() - start + 8);
        m_text.append(utf8.sliced(start, i - start));
        appendEscape(m_text, utf8[i]);
        start = i + 1;
    }
    makeRoom(utf8.size() - start + 1);
    m_text.append(utf8.sliced(start));
    m_text.append('"');
}

void JsonWriter::makeRoom(qsizetype more)
{
    growWiping(m_text, more);
}

} // namespace Countersign::Jose

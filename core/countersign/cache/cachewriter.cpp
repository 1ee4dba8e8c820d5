// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/cache/cachedata.h>

#include <countersign/crypto/constanttime.h>

#include <cstring>

namespace Countersign {

namespace {

// Lays JSON text out as Python's json.dumps(…, indent=4) does; strings and numbers stay as they are.
QByteArray indented(QByteArrayView raw, int depth)
{
    QByteArray out;
    out.reserve(raw.size() + raw.size() / 4);
    const auto line = [&out](int level) {
        out.append('\n');
        out.append(level * 4, ' ');
    };
    bool isInString = false;
    for (qsizetype i = 0; i < raw.size(); ++i) {
        const char c = raw[i];
        if (isInString) {
            out.append(c);
            if (c == '\\' && i + 1 < raw.size())
                out.append(raw[++i]);
            else if (c == '"')
                isInString = false;
            continue;
        }
        switch (c) {
        case ' ':
        case '\n':
        case '\r':
        case '\t': break;
        case '"':
            isInString = true;
            out.append(c);
            break;
        case '{':
        case '[': {
            qsizetype next = i + 1;
            while (next < raw.size() && QByteArrayView(" \n\r\t").contains(raw[next]))
                ++next;
            out.append(c);
            if (next < raw.size() && (raw[next] == '}' || raw[next] == ']')) {
                out.append(raw[next]);
                i = next;
                break;
            }
            line(++depth);
            break;
        }
        case '}':
        case ']':
            line(--depth);
            out.append(c);
            break;
        case ',':
            out.append(c);
            line(depth);
            break;
        case ':': out.append(": "); break;
        default: out.append(c);
        }
    }
    return out;
}

// Counts or writes: the text is made once, in memory of its exact size.
class Sink
{
public:
    explicit Sink(char *to) : m_to(to) { }
    void operator()(QByteArrayView bytes)
    {
        if (m_to)
            std::memcpy(m_to + m_size, bytes.data(), static_cast<std::size_t>(bytes.size()));
        m_size += bytes.size();
    }
    qsizetype size() const { return m_size; }

private:
    char *m_to;
    qsizetype m_size = 0;
};

// What nobody touched since it was read is not written entry by entry, but as the one piece of text it is.
void writeEntries(const std::vector<CacheRecord> &records, Sink &sink)
{
    bool isFirst = true;
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (records[i].isRemoved)
            continue;
        const char *const start = records[i].text;
        while (i + 1 < records.size() && records[i + 1].isContinuing)
            ++i;
        sink(isFirst ? "\n        " : ",\n        ");
        isFirst = false;
        sink({start, records[i].text + records[i].size - start});
    }
    sink(isFirst ? "}" : "\n    }");
}

void writeTo(const CacheData &data, Sink &sink)
{
    sink("{");
    bool isFirstMember = true;
    for (const CacheMember &member : data.members) {
        sink(isFirstMember ? "\n    \"" : ",\n    \"");
        isFirstMember = false;
        sink(member.rawName);
        sink("\": ");
        if (member.section < 0) {
            sink(member.rawValue);
            continue;
        }
        sink("{");
        writeEntries(data.records[static_cast<std::size_t>(member.section)], sink);
    }
    sink(isFirstMember ? "}" : "\n}");
}

} // namespace

qsizetype cacheTextSize(const CacheData &data)
{
    Sink counter(nullptr);
    writeTo(data, counter);
    return counter.size();
}

void writeCache(const CacheData &data, char *to)
{
    Sink writer(to);
    writeTo(data, writer);
}

EntryText::EntryText(QByteArrayView key)
{
    appendQuoted(m_text, key);
    m_text.append(": {");
}

EntryText::~EntryText()
{
    wipe(m_text);
}

void EntryText::name(QByteArrayView quotedName)
{
    m_text.append(m_isFirst ? "\n            " : ",\n            ");
    m_isFirst = false;
    m_text.append(quotedName);
    m_text.append(": ");
}

void EntryText::add(QByteArrayView memberName, QByteArrayView utf8)
{
    // Grown by hand, so that no copy of a secret is left behind by a reallocation.
    QByteArray bigger;
    bigger.reserve(m_text.size() + memberName.size() + utf8.size() * 6 + 64);
    bigger.append(m_text);
    wipe(m_text);
    m_text.swap(bigger);
    QByteArray quoted;
    appendQuoted(quoted, memberName);
    name(quoted);
    appendQuoted(m_text, utf8);
}

void EntryText::addNull(QByteArrayView memberName)
{
    QByteArray quoted;
    appendQuoted(quoted, memberName);
    name(quoted);
    m_text.append("null");
}

void EntryText::addRaw(QByteArrayView quotedName, QByteArrayView rawValue)
{
    name(quotedName);
    m_text.append(indented(rawValue, 3));
}

const QByteArray &EntryText::finish()
{
    m_text.append(m_isFirst ? "}" : "\n        }");
    return m_text;
}

} // namespace Countersign

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/jsontape.h>

#include <countersign/jose/wiping.h>

#include <algorithm>

namespace Countersign::Jose {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

qsizetype skipDigits(QByteArrayView text, qsizetype at)
{
    while (at < text.size() && isDigit(text[at]))
        ++at;
    return at;
}

//! Four hexadecimal digits at \p at, or -1.
int hexQuad(QByteArrayView text, qsizetype at)
{
    if (at + 4 > text.size())
        return -1;
    int value = 0;
    for (qsizetype i = at; i < at + 4; ++i) {
        const char c = text[i];
        const char lower = static_cast<char>(c | 0x20);
        if (isDigit(c))
            value = value * 16 + (c - '0');
        else if (lower >= 'a' && lower <= 'f')
            value = value * 16 + (lower - 'a' + 10);
        else
            return -1;
    }
    return value;
}

void appendUtf8(QByteArray &out, int codePoint)
{
    const auto put = [&out](int byte) { out.append(static_cast<char>(byte)); };
    if (codePoint < 0x80) {
        put(codePoint);
    } else if (codePoint < 0x800) {
        put(0xc0 | codePoint >> 6);
        put(0x80 | (codePoint & 0x3f));
    } else if (codePoint < 0x10000) {
        put(0xe0 | codePoint >> 12);
        put(0x80 | (codePoint >> 6 & 0x3f));
        put(0x80 | (codePoint & 0x3f));
    } else {
        put(0xf0 | codePoint >> 18);
        put(0x80 | (codePoint >> 12 & 0x3f));
        put(0x80 | (codePoint >> 6 & 0x3f));
        put(0x80 | (codePoint & 0x3f));
    }
}

char simpleEscape(char c)
{
    switch (c) {
    case '"':
    case '\\':
    case '/': return c;
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return '\0';
    }
}

//! Reads "\uXXXX", with a second one if it is a pair, at \p at. Returns how many bytes it took; 0 when it is none.
qsizetype appendUnicodeEscape(QByteArrayView inner, qsizetype at, QByteArray &out, EscapeOutcome &outcome)
{
    constexpr int replacement = 0xfffd;
    const int unit = hexQuad(inner, at + 2);
    if (unit < 0)
        return 0;
    if (unit < 0xd800 || unit > 0xdfff) {
        appendUtf8(out, unit);
        return 6;
    }
    if (unit < 0xdc00 && at + 8 <= inner.size() && inner[at + 6] == '\\' && inner[at + 7] == 'u') {
        const int low = hexQuad(inner, at + 8);
        if (low >= 0xdc00 && low <= 0xdfff) {
            appendUtf8(out, 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00));
            return 12;
        }
    }
    appendUtf8(out, replacement);
    if (outcome == EscapeOutcome::Fine)
        outcome = EscapeOutcome::LoneSurrogate;
    return 6;
}

//! Open addressing over the names of one object: wide objects must not cost the square of their width.
class NameSet
{
public:
    explicit NameSet(std::size_t count) : m_slots(sizeFor(count), 0) { }

    //! False if the name was there.
    bool insert(const JsonTape &tape, quint32 node)
    {
        const auto name = tape.utf8(node);
        // The seed is the process's own, so that nobody can choose names that collide.
        auto slot = qHash(name, QHashSeed::globalSeed()) & (m_slots.size() - 1);
        for (; m_slots[slot] != 0; slot = (slot + 1) & (m_slots.size() - 1)) {
            if (tape.utf8(m_slots[slot]) == name)
                return false;
        }
        m_slots[slot] = node; // a name is never node 0: that is the root
        return true;
    }

private:
    static std::size_t sizeFor(std::size_t count)
    {
        std::size_t size = 16;
        while (size < 2 * count)
            size *= 2;
        return size;
    }
    std::vector<quint32> m_slots;
};

} // namespace

JsonTape::~JsonTape()
{
    // The text may be the caller's too; what was decoded here is ours alone.
    wipeUnlessShared(m_text);
    wipeUnlessShared(strings);
}

QByteArrayView JsonTape::decoded(quint32 node) const
{
    const auto found =
        std::lower_bound(decodedStrings.begin(), decodedStrings.end(), node,
                         [](const DecodedString &string, quint32 wanted) { return string.node < wanted; });
    Q_ASSERT(found != decodedStrings.end() && found->node == node);
    return QByteArrayView(strings).sliced(found->start, found->size);
}

void JsonTape::setDecoded(quint32 node, qsizetype start)
{
    nodes[node].isDecoded = 1;
    decodedStrings.push_back({node, static_cast<quint32>(start), static_cast<quint32>(strings.size() - start)});
}

JsonValue JsonTape::rootOf(std::shared_ptr<const JsonTape> tape)
{
    if (tape->nodes.empty())
        return {};
    return JsonValue(std::move(tape), 0);
}

void forEachDuplicate(const JsonTape &tape, quint32 object, const std::function<void(quint32)> &report)
{
    const auto &nodes = tape.nodes;
    NameSet seen(nodes[object].count);
    for (quint32 name = object + 1; name < nodes[object].next; name = nodes[name + 1].next) {
        if (!seen.insert(tape, name))
            report(name);
    }
}

bool isJsonNumber(QByteArrayView text)
{
    qsizetype at = text.startsWith('-') ? 1 : 0;
    const auto integerStart = at;
    at = skipDigits(text, at);
    if (at == integerStart || (text[integerStart] == '0' && at > integerStart + 1))
        return false;
    if (at < text.size() && text[at] == '.') {
        const auto fractionStart = ++at;
        at = skipDigits(text, at);
        if (at == fractionStart)
            return false;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        if (at < text.size() && (text[at] == '+' || text[at] == '-'))
            ++at;
        const auto exponentStart = at;
        at = skipDigits(text, at);
        if (at == exponentStart)
            return false;
    }
    return at == text.size();
}

EscapeOutcome appendUnescaped(QByteArrayView inner, QByteArray &out)
{
    auto outcome = EscapeOutcome::Fine;
    for (qsizetype at = 0; at < inner.size();) {
        const char c = inner[at];
        if (c != '\\') {
            out.append(c);
            ++at;
            continue;
        }
        const char escaped = at + 1 < inner.size() ? inner[at + 1] : '\0';
        if (const char simple = simpleEscape(escaped)) {
            out.append(simple);
            at += 2;
            continue;
        }
        const auto taken = escaped == 'u' ? appendUnicodeEscape(inner, at, out, outcome) : 0;
        if (taken == 0) {
            outcome = EscapeOutcome::Broken;
            out.append(c);
        }
        at += std::max<qsizetype>(taken, 1);
    }
    return outcome;
}

} // namespace Countersign::Jose

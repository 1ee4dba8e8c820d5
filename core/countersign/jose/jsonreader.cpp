// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
//
// The strict reader. simdjson finds where every token starts and proves the UTF-8, the closed strings and the absence
// of control characters, 64 bytes at a time; the grammar, which is the small part, is checked here over these starts,
// because simdjson's own tree keeps neither offsets nor duplicate names nor the text of numbers.
#include <countersign/jose/jsontape.h>

#include <simdjson.h>

#include <array>

namespace Countersign::Jose {

namespace {

using Indexer = simdjson::internal::dom_parser_implementation;

constexpr std::size_t retainedCapacity = 64 * 1024;

std::unique_ptr<Indexer> makeIndexer(std::size_t capacity)
{
    std::unique_ptr<Indexer> indexer;
    if (simdjson::get_active_implementation()->create_dom_parser_implementation(capacity, 1, indexer)
        != simdjson::SUCCESS)
        return nullptr;
    return indexer;
}

bool isWhiteSpace(char c)
{
    return static_cast<unsigned char>(c) <= ' ' && (c == ' ' || c == '\n' || c == '\r' || c == '\t');
}

class StrictReader
{
public:
    StrictReader(JsonTape &tape, const JsonLimits &limits, const Indexer &indexer)
        : m_tape(tape), m_text(tape.text()), m_starts(indexer.structural_indexes.get()),
          m_count(indexer.n_structural_indexes),
          m_maximumDepth(
              std::min<std::size_t>(static_cast<std::size_t>(std::max(limits.maximumDepth, 0)), m_frames.size())),
          m_maximumValues(limits.maximumValues), m_hasBackslash(m_text.contains('\\'))
    {
    }

    bool read()
    {
        m_tape.nodes.reserve(std::min<std::size_t>(m_count / 2 + 8, 4096));
        if (m_count == 0 || !readValue())
            return false;
        while (m_depth > 0) {
            if (m_at >= m_count || !continueContainer())
                return false;
        }
        return m_at == m_count;
    }

private:
    struct Frame
    {
        quint64 namesSeen; // a bit for each nameClass()
        quint32 node;
        quint32 count;
        bool isObject;
        bool isWide;
    };
    // Up to here a new name is looked for when its class was there, beyond it all names at once when the object ends.
    static constexpr quint32 wideObject = 64;

    char charAt(std::size_t token) const { return m_text[m_starts[token]]; }

    //! From a token's start to its last character: only white space can lie before the next start.
    QByteArrayView token(std::size_t index) const
    {
        const qsizetype start = m_starts[index];
        qsizetype end = index + 1 < m_count ? m_starts[index + 1] : m_text.size();
        while (end > start && isWhiteSpace(m_text[end - 1]))
            --end;
        return m_text.sliced(start, end - start);
    }

    //! After an opening bracket or a value inside a container.
    bool continueContainer()
    {
        Frame &frame = m_frames[m_depth - 1];
        const char c = charAt(m_at);
        if (c == (frame.isObject ? '}' : ']'))
            return close();
        if (frame.count > 0) {
            if (c != ',' || ++m_at >= m_count)
                return false;
        }
        ++frame.count;
        if (frame.isObject && !readName(frame))
            return false;
        return m_at < m_count && readValue();
    }

    bool close()
    {
        const Frame &frame = m_frames[m_depth - 1];
        JsonNode &node = m_tape.nodes[frame.node];
        node.count = frame.count & 0x0fff'ffffU;
        node.next = static_cast<quint32>(m_tape.nodes.size());
        node.size = m_starts[m_at] + 1 - node.offset;
        if (frame.node == 0)
            m_tape.isRootIndexed = frame.isObject && !frame.isWide;
        --m_depth;
        ++m_at;
        bool unique = true;
        if (frame.isWide)
            forEachDuplicate(m_tape, frame.node, [&unique](quint32) { unique = false; });
        return unique;
    }

    bool readName(Frame &frame)
    {
        if (charAt(m_at) != '"' || !readString() || m_at >= m_count || charAt(m_at) != ':')
            return false;
        ++m_at;
        const auto name = static_cast<quint32>(m_tape.nodes.size() - 1);
        if (frame.count > wideObject) {
            frame.isWide = true;
            return true;
        }
        const auto utf8 = m_tape.utf8(name);
        const std::size_t sort = nameClass(utf8);
        const quint64 bit = quint64{1} << sort;
        if ((frame.namesSeen & bit) != 0)
            return !isRepeated(frame, utf8);
        frame.namesSeen |= bit;
        if (frame.node == 0)
            m_tape.rootNames[sort] = name;
        return true;
    }

    bool isRepeated(const Frame &frame, QByteArrayView utf8) const
    {
        quint32 node = frame.node + 1;
        for (quint32 i = 1; i < frame.count; ++i, node = m_tape.nodes[node + 1].next) {
            if (m_tape.utf8(node) == utf8)
                return true;
        }
        return false;
    }

    bool readValue()
    {
        if (--m_maximumValues < 0)
            return false;
        switch (charAt(m_at)) {
        case '{': return open(JsonType::Object);
        case '[': return open(JsonType::Array);
        case '"': return readString();
        case 't': return readWord("true", JsonType::Boolean);
        case 'f': return readWord("false", JsonType::Boolean);
        case 'n': return readWord("null", JsonType::Null);
        default: return readNumber();
        }
    }

    bool open(JsonType type)
    {
        if (m_depth == m_maximumDepth)
            return false;
        const auto node = m_tape.append(type, m_starts[m_at++], 1);
        m_frames[m_depth++] = {0, node, 0, type == JsonType::Object, false};
        return true;
    }

    bool readString()
    {
        const auto quoted = token(m_at);
        if (quoted.size() < 2 || !quoted.endsWith('"'))
            return false;
        const auto node = m_tape.append(JsonType::String, m_starts[m_at], quoted.size());
        ++m_at;
        if (!m_hasBackslash || !quoted.contains('\\'))
            return true;
        const auto start = m_tape.strings.size();
        if (appendUnescaped(quoted.sliced(1, quoted.size() - 2), m_tape.strings) != EscapeOutcome::Fine)
            return false;
        m_tape.setDecoded(node, start);
        return true;
    }

    bool readWord(QByteArrayView word, JsonType type)
    {
        if (token(m_at) != word)
            return false;
        m_tape.append(type, m_starts[m_at++], word.size());
        return true;
    }

    bool readNumber()
    {
        const auto text = token(m_at);
        if (!isJsonNumber(text))
            return false;
        m_tape.append(JsonType::Number, m_starts[m_at++], text.size());
        return true;
    }

    JsonTape &m_tape;
    const QByteArrayView m_text;
    const quint32 *m_starts;
    const std::size_t m_count;
    std::size_t m_at = 0;
    std::array<Frame, 128> m_frames; // uninitialized beyond m_depth on purpose: open() fills it
    std::size_t m_depth = 0;
    const std::size_t m_maximumDepth;
    qsizetype m_maximumValues;
    const bool m_hasBackslash;
};

} // namespace

bool readStrictly(JsonTape &tape, const JsonLimits &limits)
{
    const auto text = tape.text();
    if (text.isEmpty() || text.size() > std::min(limits.maximumSize, JsonTape::maximumText))
        return false;
    const auto size = static_cast<std::size_t>(text.size());
    // The index of an ordinary document is kept for the next one of this thread; a large one is not worth its memory.
    thread_local const auto retained = makeIndexer(retainedCapacity);
    const auto larger = size > retainedCapacity ? makeIndexer(size) : nullptr;
    Indexer *indexer = size > retainedCapacity ? larger.get() : retained.get();
    if (!indexer)
        return false;
    const auto *bytes = reinterpret_cast<const std::uint8_t *>(text.data()); // char to unsigned char: same object
    if (indexer->stage1(bytes, size, simdjson::stage1_mode::regular) != simdjson::SUCCESS)
        return false;
    return StrictReader(tape, limits, *indexer).read();
}

} // namespace Countersign::Jose

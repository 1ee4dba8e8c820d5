// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
//
// The lenient reader, for showing broken documents to people: it always ends, always goes forward, and writes down
// whatever it had to overlook.
#include <countersign/jose/jsontape.h>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

using Kind = JsonWarning::Kind;

bool isWhiteSpace(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

bool endsWord(char c)
{
    return isWhiteSpace(c) || QByteArrayView(",:[]{}\"'").contains(c);
}

//! Where the first byte is that cannot be UTF-8, or -1.
qsizetype firstInvalidUtf8(QByteArrayView text)
{
    for (qsizetype at = 0; at < text.size();) {
        const auto lead = static_cast<unsigned char>(text[at]);
        const qsizetype length = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
        if (length > 1 && (at + length > text.size() || !text.sliced(at, length).isValidUtf8()))
            return at;
        at += length;
    }
    return -1;
}

class LenientReader
{
public:
    LenientReader(JsonTape &tape, const JsonLimits &limits)
        : m_tape(tape), m_text(tape.text()), m_limits(limits),
          m_maximumDepth(static_cast<std::size_t>(std::clamp(limits.maximumDepth, 0, 128)))
    {
    }

    QList<JsonWarning> read()
    {
        m_tape.nodes.clear();
        m_tape.strings.clear();
        m_tape.decodedStrings.clear();
        if (isReadable())
            readDocument();
        std::stable_sort(m_warnings.begin(), m_warnings.end(),
                         [](const JsonWarning &a, const JsonWarning &b) { return a.offset < b.offset; });
        m_warnings.resize(std::min(m_warnings.size(), LenientJson::maximumWarnings));
        return m_warnings;
    }

private:
    struct Frame
    {
        quint32 node = 0;
        quint32 count = 0;
        bool isObject = false;
        bool afterComma = false;
    };

    void warn(Kind kind, qsizetype offset, const QString &detail = {})
    {
        // More than the cap, because what is found last may stand first.
        if (m_warnings.size() < 10 * LenientJson::maximumWarnings)
            m_warnings.append({kind, offset, detail});
    }

    bool isReadable()
    {
        if (m_text.size() > std::min(m_limits.maximumSize, JsonTape::maximumText)) {
            warn(Kind::TooLarge, m_text.size());
            return false;
        }
        const bool hasUtf16Mark = m_text.startsWith("\xff\xfe") || m_text.startsWith("\xfe\xff");
        if (hasUtf16Mark || m_text.first(std::min<qsizetype>(m_text.size(), 2)).contains('\0')) {
            warn(Kind::Utf16, 0);
            return false;
        }
        if (const auto invalid = firstInvalidUtf8(m_text); invalid >= 0)
            warn(Kind::InvalidUtf8, invalid);
        if (m_text.startsWith("\xef\xbb\xbf")) {
            warn(Kind::ByteOrderMark, 0);
            m_at = 3;
        }
        return true;
    }

    void readDocument()
    {
        skipBlank();
        if (isAtEnd())
            return warn(Kind::Empty, m_at);
        readValue();
        while (!m_frames.empty())
            continueContainer();
        skipBlank();
        if (!isAtEnd() && !m_isStopped)
            warn(Kind::TrailingData, m_at);
        for (quint32 node = 0; node < m_tape.nodes.size(); ++node) {
            if (m_tape.type(node) == JsonType::Object)
                reportDuplicates(node);
        }
    }

    void reportDuplicates(quint32 object)
    {
        forEachDuplicate(m_tape, object, [this](quint32 name) {
            warn(Kind::DuplicateName, m_tape.nodes[name].offset,
                 QString::fromUtf8(m_tape.utf8(name).first(std::min<qsizetype>(m_tape.utf8(name).size(), 64))));
        });
    }

    bool isAtEnd() const { return m_at >= m_text.size(); }

    void skipBlank()
    {
        while (!isAtEnd()) {
            if (isWhiteSpace(m_text[m_at])) {
                ++m_at;
                continue;
            }
            const auto rest = m_text.sliced(m_at);
            const bool isBlock = rest.startsWith("/*");
            if (!isBlock && !rest.startsWith("//"))
                return;
            warn(Kind::Comment, m_at);
            const auto end = isBlock ? m_text.indexOf("*/", m_at + 2) : m_text.indexOf('\n', m_at);
            m_at = end < 0 ? m_text.size() : end + (isBlock ? 2 : 1);
        }
    }

    void continueContainer()
    {
        skipBlank();
        if (isAtEnd() || m_isStopped)
            return closeAll();
        Frame &frame = m_frames.back();
        const char c = m_text[m_at];
        if (c == '}' || c == ']')
            return closeAt(c);
        if (c == ',') {
            if (frame.count == 0 || frame.afterComma)
                warn(Kind::UnexpectedCharacter, m_at);
            frame.afterComma = true;
            ++m_at;
            return;
        }
        if (frame.count > 0 && !frame.afterComma)
            warn(Kind::MissingComma, m_at);
        frame.afterComma = false;
        if (frame.isObject)
            return readMember();
        ++frame.count;
        readValue();
    }

    void closeAt(char bracket)
    {
        const Frame frame = m_frames.back();
        if (bracket != (frame.isObject ? '}' : ']'))
            warn(Kind::UnexpectedCharacter, m_at);
        else if (frame.afterComma)
            warn(Kind::TrailingComma, m_at);
        ++m_at;
        closeContainer();
    }

    void closeContainer()
    {
        const Frame frame = m_frames.back();
        m_frames.pop_back();
        JsonNode &node = m_tape.nodes[frame.node];
        node.count = frame.count & 0x0fff'ffffU;
        node.next = static_cast<quint32>(m_tape.nodes.size());
        node.size = static_cast<quint32>(m_at) - node.offset;
    }

    void closeAll()
    {
        if (!m_isStopped)
            warn(Kind::Truncated, m_text.size(), m_frames.back().isObject ? u"object"_s : u"array"_s);
        while (!m_frames.empty())
            closeContainer();
    }

    void readMember()
    {
        const char c = m_text[m_at];
        if (c == '"' || c == '\'') {
            readString(c);
        } else if (endsWord(c)) {
            warn(Kind::UnexpectedCharacter, m_at++);
            return;
        } else {
            warn(Kind::UnquotedName, m_at);
            const auto word = takeWord();
            const auto node = m_tape.append(JsonType::String, word.data() - m_text.data(), word.size());
            decode(node, word);
        }
        ++m_frames.back().count;
        skipBlank();
        if (!isAtEnd() && m_text[m_at] == ':')
            ++m_at;
        else
            warn(isAtEnd() ? Kind::Truncated : Kind::MissingColon, m_at);
        skipBlank();
        if (!isAtEnd() && !QByteArrayView(",}]").contains(m_text[m_at]))
            return readValue();
        if (!isAtEnd())
            warn(Kind::UnexpectedCharacter, m_at);
        m_tape.append(JsonType::Broken, m_at, 0);
    }

    void readValue()
    {
        if (++m_values > m_limits.maximumValues) {
            warn(Kind::TooManyValues, m_at);
            m_tape.append(JsonType::Broken, m_at, 0);
            m_isStopped = true;
            m_at = m_text.size();
            return;
        }
        const char c = m_text[m_at];
        if (c == '{' || c == '[')
            return open(c);
        if (c == '"' || c == '\'')
            return readString(c);
        if (endsWord(c)) {
            warn(Kind::UnexpectedCharacter, m_at);
            m_tape.append(JsonType::Broken, m_at++, 1);
            return;
        }
        readWord();
    }

    void open(char bracket)
    {
        const bool isObject = bracket == '{';
        if (m_frames.size() < m_maximumDepth) {
            const auto node = m_tape.append(isObject ? JsonType::Object : JsonType::Array, m_at++, 1);
            m_frames.push_back({node, 0, isObject, false});
            return;
        }
        const auto start = m_at;
        warn(Kind::TooDeep, start);
        skipNested();
        m_tape.append(JsonType::Broken, start, m_at - start);
    }

    //! To the end of a container that is too deep to be shown.
    void skipNested()
    {
        qsizetype depth = 0;
        bool inString = false;
        for (; !isAtEnd(); ++m_at) {
            const char c = m_text[m_at];
            if (inString) {
                if (c == '\\')
                    ++m_at;
                inString = c != '"';
                continue;
            }
            inString = c == '"';
            if (c == '{' || c == '[')
                ++depth;
            else if ((c == '}' || c == ']') && --depth == 0) {
                ++m_at;
                return;
            }
        }
        m_at = m_text.size();
    }

    void readString(char quote)
    {
        const auto start = m_at++;
        bool hasEscape = false;
        qsizetype control = -1;
        while (!isAtEnd() && m_text[m_at] != quote) {
            if (m_text[m_at] == '\\') {
                hasEscape = true;
                ++m_at;
            } else if (static_cast<unsigned char>(m_text[m_at]) < 0x20 && control < 0) {
                control = m_at;
            }
            ++m_at;
        }
        m_at = std::min(m_at, m_text.size());
        const bool isClosed = !isAtEnd();
        const auto inner = m_text.sliced(start + 1, m_at - start - 1);
        m_at += isClosed ? 1 : 0;
        const auto node = m_tape.append(JsonType::String, start, m_at - start);
        if (quote == '\'')
            warn(Kind::SingleQuotes, start);
        if (control >= 0)
            warn(Kind::ControlCharacter, control);
        if (!isClosed)
            warn(Kind::Truncated, m_text.size(), u"string"_s);
        if (hasEscape || !isClosed)
            decode(node, inner);
    }

    void decode(quint32 node, QByteArrayView inner)
    {
        const auto start = m_tape.strings.size();
        switch (appendUnescaped(inner, m_tape.strings)) {
        case EscapeOutcome::Fine: break;
        case EscapeOutcome::Broken: warn(Kind::BrokenEscape, m_tape.nodes[node].offset); break;
        case EscapeOutcome::LoneSurrogate: warn(Kind::LoneSurrogate, m_tape.nodes[node].offset); break;
        }
        m_tape.setDecoded(node, start);
    }

    QByteArrayView takeWord()
    {
        const auto start = m_at;
        const auto startsComment = [this, start] {
            const auto two = m_text.sliced(m_at).first(std::min<qsizetype>(m_text.size() - m_at, 2));
            return m_at > start && (two == "//" || two == "/*");
        };
        while (!isAtEnd() && !endsWord(m_text[m_at]) && !startsComment())
            ++m_at;
        return m_text.sliced(start, m_at - start);
    }

    void readWord()
    {
        const auto start = m_at;
        const auto word = takeWord();
        if (isJsonNumber(word))
            m_tape.append(JsonType::Number, start, word.size());
        else if (word == "true" || word == "false")
            m_tape.append(JsonType::Boolean, start, word.size());
        else if (word == "null")
            m_tape.append(JsonType::Null, start, word.size());
        else {
            const bool looksNumeric =
                QByteArrayView("+-.0123456789").contains(word.front()) || word == "NaN" || word == "Infinity";
            warn(looksNumeric ? Kind::BrokenNumber : Kind::UnknownWord, start);
            m_tape.append(JsonType::Broken, start, word.size());
        }
    }

    JsonTape &m_tape;
    const QByteArrayView m_text;
    const JsonLimits m_limits;
    const std::size_t m_maximumDepth;
    std::vector<Frame> m_frames;
    QList<JsonWarning> m_warnings;
    qsizetype m_at = 0;
    qsizetype m_values = 0;
    bool m_isStopped = false; // by a limit, not by the text's end
};

} // namespace

QList<JsonWarning> readLeniently(JsonTape &tape, const JsonLimits &limits)
{
    return LenientReader(tape, limits).read();
}

LenientJson readJsonLeniently(const QByteArray &text, const JsonLimits &limits)
{
    auto tape = std::make_shared<JsonTape>(text);
    if (readStrictly(*tape, limits))
        return {JsonTape::rootOf(std::move(tape)), {}};
    auto warnings = readLeniently(*tape, limits);
    return {JsonTape::rootOf(std::move(tape)), std::move(warnings)};
}

} // namespace Countersign::Jose

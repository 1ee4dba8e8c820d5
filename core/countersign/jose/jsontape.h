// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/json.h>

#include <array>
#include <cstring>
#include <functional>
#include <limits>
#include <vector>

namespace Countersign::Jose {

//! One value or one name on the tape. A container is followed by its content: items, or names and values in turn.
struct JsonNode
{
    quint32 offset = 0; //!< in the text
    quint32 size = 0; //!< of the raw text, quotes included
    quint32 next = 0; //!< the node after this one and all that it contains
    quint32 count : 28 = 0; //!< items or members
    quint32 type : 3 = 0;
    quint32 isDecoded : 1 = 0; //!< a string with escapes: its bytes lie in JsonTape::strings
};

//! One of 64 classes for a name: what an object's names have not in common with another one is told at a glance.
inline std::size_t nameClass(QByteArrayView name)
{
    if (name.isEmpty())
        return 0;
    const auto mixed = static_cast<unsigned char>(name.front()) * 5U + static_cast<unsigned char>(name.back()) * 3U
        + static_cast<unsigned>(name.size()) * 11U;
    return mixed & 63U;
}

//! A parsed document: its text and one flat list of nodes. Shared by all handles, never changed once shared.
class JsonTape
{
public:
    //! A string whose raw text is not its value.
    struct DecodedString
    {
        quint32 node;
        quint32 start;
        quint32 size;
    };

    explicit JsonTape(QByteArray bytes) : m_text(std::move(bytes)), m_view(m_text) { }
    explicit JsonTape(Secret bytes) : m_secret(std::move(bytes)), m_view(m_secret.reveal()) { }
    ~JsonTape();
    JsonTape(const JsonTape &) = delete;
    JsonTape &operator=(const JsonTape &) = delete;

    QByteArrayView text() const { return m_view; }
    QByteArrayView raw(quint32 node) const
    {
        return {m_view.data() + nodes[node].offset, static_cast<qsizetype>(nodes[node].size)};
    }
    //! Of a name or a string.
    QByteArrayView utf8(quint32 node) const
    {
        const auto &quoted = nodes[node];
        if (quoted.isDecoded != 0)
            return decoded(node);
        return quoted.size < 2 ? QByteArrayView()
                               : QByteArrayView(m_view.data() + quoted.offset + 1, qsizetype{quoted.size} - 2);
    }
    //! The name node of a member of the object; 0, which is never one, when there is none.
    quint32 findMember(quint32 object, QByteArrayView name) const
    {
        if (object == 0 && isRootIndexed) {
            const quint32 first = rootNames[nameClass(name)];
            if (first == 0 || isNamed(first, name))
                return first;
        }
        const auto end = nodes[object].next;
        for (auto node = object + 1; node < end; node = nodes[node + 1].next) {
            if (isNamed(node, name))
                return node;
        }
        return 0;
    }
    JsonType type(quint32 node) const { return static_cast<JsonType>(nodes[node].type); }

    quint32 append(JsonType type, qsizetype offset, qsizetype size)
    {
        JsonNode &node = nodes.emplace_back();
        node.offset = static_cast<quint32>(offset);
        node.size = static_cast<quint32>(size);
        node.next = static_cast<quint32>(nodes.size());
        node.type = static_cast<quint32>(type) & 7U;
        return node.next - 1;
    }
    //! Takes what was appended to m_strings since \p start as the value of the last node.
    void setDecoded(quint32 node, qsizetype start);

    static JsonValue rootOf(std::shared_ptr<const JsonTape> tape);

    static constexpr qsizetype maximumText = std::numeric_limits<qint32>::max();

    std::vector<JsonNode> nodes;
    //! By nameClass(), the first member of the root with such a name; 0 if there is none. Most claims that are asked
    //! for are absent, and most of the others are the first of their class.
    std::array<quint32, 64> rootNames{};
    bool isRootIndexed = false;
    QByteArray strings;
    std::vector<DecodedString> decodedStrings; //!< by node, rising

private:
    QByteArrayView decoded(quint32 node) const;
    bool isNamed(quint32 node, QByteArrayView name) const
    {
        const auto &quoted = nodes[node];
        if (quoted.isDecoded != 0)
            return decoded(node) == name;
        // Most names differ in their length or first letter already: that is cheaper to see than a call.
        const char *text = m_view.data() + quoted.offset + 1;
        return qsizetype{quoted.size} == name.size() + 2 && (name.isEmpty() || *text == name.front())
            && std::memcmp(text, name.data(), static_cast<std::size_t>(name.size())) == 0;
    }

    QByteArray m_text;
    Secret m_secret;
    QByteArrayView m_view;
};

//! Fills \p tape from its text, strictly. False at the first problem, without saying which.
bool readStrictly(JsonTape &tape, const JsonLimits &limits);
//! Fills \p tape from its text as far as possible and says what was wrong.
QList<JsonWarning> readLeniently(JsonTape &tape, const JsonLimits &limits);

//! Calls \p report with the name node of every member whose name an earlier member of the object has.
void forEachDuplicate(const JsonTape &tape, quint32 object, const std::function<void(quint32)> &report);

//! Whether \p text is a number by RFC 8259 §6.
bool isJsonNumber(QByteArrayView text);

enum class EscapeOutcome : quint8 { Fine, Broken, LoneSurrogate };
//! Appends the value of a string's inner text to \p out. What is broken stays as it is; lone surrogates become U+FFFD.
EscapeOutcome appendUnescaped(QByteArrayView inner, QByteArray &out);

} // namespace Countersign::Jose

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/challenge.h>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

using Kind = ChallengeProblem::Kind;

bool isAlphanumeric(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

//! RFC 9110 §5.6.2.
bool isTokenCharacter(char c)
{
    return c != '\0' && (isAlphanumeric(c) || QByteArrayView("!#$%&'*+-.^_`|~").contains(c));
}

//! RFC 9110 §11.2, without the trailing '='.
bool isToken68Character(char c)
{
    return c != '\0' && (isAlphanumeric(c) || QByteArrayView("-._~+/").contains(c));
}

//! RFC 9110 §5.6.3; line ends are what is left of obsolete folding.
bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

//! Parameters that are often sent empty: `realm=` is one of these, not a token68.
bool isUsualParameter(QByteArrayView name)
{
    for (const char *const usual : {"realm", "scope", "error", "error_description", "claims", "nonce", "resource",
                                    "authorization_uri", "client_id", "error_uri", "acr_values", "max_age"}) {
        if (name.compare(QByteArrayView(usual), Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

class Reader
{
public:
    explicit Reader(QByteArrayView field)
        : m_text(field.first(std::min<qsizetype>(field.size(), ChallengeList::maximumSize)))
    {
        if (m_text.size() < field.size())
            note(Kind::TooLong, m_text.size());
    }

    ChallengeList read()
    {
        while (skipSeparators()) {
            if (++m_parts > ChallengeList::maximumParts) {
                note(Kind::TooMany, m_at);
                break;
            }
            readElement();
        }
        return std::move(m_list);
    }

private:
    void note(Kind kind, qsizetype offset, const QString &detail = {})
    {
        m_list.problems.append({kind, offset, detail});
    }

    char peek(qsizetype ahead = 0) const { return m_at + ahead < m_text.size() ? m_text[m_at + ahead] : '\0'; }
    bool isAtEnd() const { return m_at >= m_text.size(); }

    qsizetype skipBlanks()
    {
        const auto start = m_at;
        while (!isAtEnd() && isBlank(peek()))
            ++m_at;
        return m_at - start;
    }

    //! Empty list elements are allowed. Spec: RFC 9110 §5.6.1.2.
    bool skipSeparators()
    {
        while (!isAtEnd() && (isBlank(peek()) || peek() == ','))
            ++m_at;
        return !isAtEnd();
    }

    void expectSeparator()
    {
        skipBlanks();
        if (!isAtEnd() && peek() != ',')
            note(Kind::MissingComma, m_at);
    }

    template <typename Predicate> QByteArrayView take(Predicate isWanted)
    {
        const auto start = m_at;
        while (!isAtEnd() && isWanted(peek()))
            ++m_at;
        return m_text.sliced(start, m_at - start);
    }

    void skipElement(Kind why)
    {
        note(why, m_at);
        while (!isAtEnd() && peek() != ',')
            ++m_at;
    }

    //! A parameter of the challenge before, or the beginning of another one.
    void readElement()
    {
        const auto start = m_at;
        const auto name = take(isTokenCharacter);
        if (name.isEmpty())
            return skipElement(Kind::UnexpectedCharacter);
        const auto blanks = skipBlanks();
        if (peek() == '=') {
            // "Scheme =" cannot be told from a parameter, and no scheme is followed by '='.
            if (blanks > 0)
                note(Kind::BadWhiteSpace, start, QString::fromLatin1(name));
            readParameter(name, start);
            return expectSeparator();
        }
        m_list.challenges.append(Challenge{.scheme = QString::fromLatin1(name), .offset = start});
        if (isAtEnd() || peek() == ',')
            return;
        if (blanks == 0)
            return skipElement(Kind::UnexpectedCharacter);
        readToken68();
    }

    //! What stands right after a scheme: a token68, or else the first parameter, which is the next element.
    void readToken68()
    {
        const auto start = m_at;
        auto run = take(isToken68Character);
        const auto padding = take([](char c) { return c == '='; });
        const bool ends = isAtEnd() || peek() == ',' || isBlank(peek());
        const bool isEmptyParameter = padding.size() == 1 && isUsualParameter(run);
        if (!run.isEmpty() && ends && !isEmptyParameter && isLastOfElement()) {
            m_list.challenges.last().token68 = QString::fromLatin1(run) + QString::fromLatin1(padding);
            return;
        }
        m_at = start;
    }

    //! Whether nothing but blanks stands before the next comma: "Bearer realm =x" is no token68.
    bool isLastOfElement() const
    {
        auto at = m_at;
        while (at < m_text.size() && isBlank(m_text[at]))
            ++at;
        return at >= m_text.size() || m_text[at] == ',';
    }

    void readParameter(QByteArrayView name, qsizetype start)
    {
        ++m_at; // '='
        ChallengeParameter parameter{.name = QString::fromLatin1(name), .offset = start};
        if (skipBlanks() > 0 && !isAtEnd() && peek() != ',')
            note(Kind::BadWhiteSpace, start, parameter.name);
        if (peek() == '"')
            readQuoted(parameter);
        else
            readUnquoted(parameter);
        if (m_list.challenges.isEmpty()) {
            note(Kind::MissingScheme, start, parameter.name);
            m_list.challenges.append(Challenge{.offset = start});
        }
        auto &challenge = m_list.challenges.last();
        if (challenge.value(parameter.name))
            note(Kind::DuplicateParameter, start, parameter.name);
        challenge.parameters.append(std::move(parameter));
    }

    //! Spec: RFC 9110 §5.6.4.
    void readQuoted(ChallengeParameter &parameter)
    {
        parameter.isQuoted = true;
        const auto start = ++m_at;
        QByteArray value;
        while (!isAtEnd() && peek() != '"') {
            if (peek() == '\\' && m_at + 1 < m_text.size())
                ++m_at;
            value += m_text[m_at++];
        }
        if (isAtEnd())
            note(Kind::UnterminatedQuote, parameter.offset, parameter.name);
        else
            ++m_at;
        parameter.value = decoded(value, parameter);
        if (isAtEnd() || peek() == ',' || isBlank(peek()))
            return;
        // claims="{"access_token":…}": the quotes within were not escaped.
        const auto end = m_text[start] == '{' ? endOfJson(start) : -1;
        if (end > 0) {
            note(Kind::UnescapedQuotes, parameter.offset, parameter.name);
            m_at = end;
            if (peek() == '"')
                ++m_at;
            parameter.value = decoded(m_text.sliced(start, end - start).toByteArray(), parameter);
            return;
        }
        note(Kind::BrokenQuotes, m_at, parameter.name);
        take([](char c) { return c != ',' && !isBlank(c); });
    }

    void readUnquoted(ChallengeParameter &parameter)
    {
        const auto start = m_at;
        if (peek() == '{') {
            const auto end = endOfJson(start);
            m_at = end > 0 ? end : m_text.size();
        } else {
            take([](char c) { return c != ',' && !isBlank(c); });
        }
        const auto value = m_text.sliced(start, m_at - start);
        if (value.isEmpty())
            note(Kind::MissingValue, parameter.offset, parameter.name);
        else if (!std::all_of(value.begin(), value.end(), isTokenCharacter))
            note(Kind::NeedsQuotes, parameter.offset, parameter.name);
        parameter.value = decoded(value.toByteArray(), parameter);
    }

    //! Where the JSON object that begins at \p start ends; -1 when it does not.
    qsizetype endOfJson(qsizetype start) const
    {
        int depth = 0;
        bool isInString = false;
        for (auto at = start; at < m_text.size(); ++at) {
            const char c = m_text[at];
            if (isInString && c == '\\') {
                ++at;
            } else if (c == '"') {
                isInString = !isInString;
            } else if (!isInString && (c == '{' || c == '[')) {
                ++depth;
            } else if (!isInString && (c == '}' || c == ']') && --depth == 0) {
                return at + 1;
            }
        }
        return -1;
    }

    QString decoded(const QByteArray &bytes, const ChallengeParameter &parameter)
    {
        const auto isControl = [](char c) { return (c >= 0 && c < ' ' && c != '\t') || c == '\x7f'; };
        if (std::any_of(bytes.begin(), bytes.end(), isControl))
            note(Kind::ControlCharacter, parameter.offset, parameter.name);
        if (std::none_of(bytes.begin(), bytes.end(),
                         [](char c) { return (static_cast<unsigned char>(c) & 0x80U) != 0; }))
            return QString::fromLatin1(bytes);
        note(Kind::NotAscii, parameter.offset, parameter.name);
        const QString text = QString::fromUtf8(bytes);
        return text.contains(QChar::ReplacementCharacter) ? QString::fromLatin1(bytes) : text;
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    qsizetype m_parts = 0;
    ChallengeList m_list;
};

} // namespace

QString identifier(ChallengeProblem::Kind kind)
{
    switch (kind) {
    case Kind::MissingScheme: return u"missing_scheme"_s;
    case Kind::MissingComma: return u"missing_comma"_s;
    case Kind::MissingValue: return u"missing_value"_s;
    case Kind::BadWhiteSpace: return u"bad_white_space"_s;
    case Kind::UnterminatedQuote: return u"unterminated_quote"_s;
    case Kind::UnescapedQuotes: return u"unescaped_quotes"_s;
    case Kind::BrokenQuotes: return u"broken_quotes"_s;
    case Kind::NeedsQuotes: return u"needs_quotes"_s;
    case Kind::ControlCharacter: return u"control_character"_s;
    case Kind::NotAscii: return u"not_ascii"_s;
    case Kind::DuplicateParameter: return u"duplicate_parameter"_s;
    case Kind::UnexpectedCharacter: return u"unexpected_character"_s;
    case Kind::TooLong: return u"too_long"_s;
    case Kind::TooMany: return u"too_many"_s;
    }
    Q_UNREACHABLE();
    return {};
}

std::optional<QString> Challenge::value(QStringView name) const
{
    for (const auto &parameter : parameters) {
        if (parameter.name.compare(name, Qt::CaseInsensitive) == 0)
            return parameter.value;
    }
    return {};
}

ChallengeList parseChallenges(QByteArrayView field)
{
    return Reader(field).read();
}

ChallengeList parseChallenges(const HttpAnswer &answer)
{
    ChallengeList all;
    const auto fields = answer.headerValues("WWW-Authenticate");
    for (const auto &field : fields) {
        auto list = parseChallenges(field);
        all.challenges += list.challenges;
        all.problems += list.problems;
    }
    return all;
}

QList<ChallengeParameter> parseAuthenticationInfo(QByteArrayView field)
{
    auto list = parseChallenges(field);
    return list.challenges.isEmpty() ? QList<ChallengeParameter>() : std::move(list.challenges.first().parameters);
}

QByteArray encode(const Challenge &challenge)
{
    QByteArray field = challenge.scheme.toUtf8();
    if (!challenge.token68.isEmpty())
        return field + ' ' + challenge.token68.toUtf8();
    const char *separator = " ";
    for (const auto &parameter : challenge.parameters) {
        QByteArray value = parameter.value.toUtf8();
        // A line end would begin another field.
        value.removeIf([](char c) { return (c >= 0 && c < ' ') || c == '\x7f'; });
        value.replace('\\', "\\\\").replace('"', "\\\"");
        field += separator + parameter.name.toUtf8() + "=\"" + value + '"';
        separator = ", ";
    }
    return field;
}

} // namespace Countersign::Protocol

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/tokenextraction.h>

#include <countersign/jose/formcodec.h>
#include <countersign/jose/json.h>
#include <countersign/jose/tokenclassification.h>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr qsizetype longLine = 40;

// Members, parameters and cookies whose value is a token, whatever it looks like.
constexpr std::array tokenNames{
    QByteArrayView("access_token"),  QByteArrayView("id_token"),      QByteArrayView("refresh_token"),
    QByteArrayView("accessToken"),   QByteArrayView("idToken"),       QByteArrayView("refreshToken"),
    QByteArrayView("id_token_hint"), QByteArrayView("logout_token"),  QByteArrayView("client_assertion"),
    QByteArrayView("assertion"),     QByteArrayView("subject_token"), QByteArrayView("actor_token"),
    QByteArrayView("request"),       QByteArrayView("response"),      QByteArrayView("token")};

bool isTokenName(QByteArrayView name)
{
    return std::find(tokenNames.begin(), tokenNames.end(), name) != tokenNames.end();
}

constexpr std::array<bool, 256> tokenCharacters = [] {
    std::array<bool, 256> table{};
    for (const char c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        table[static_cast<unsigned char>(c)] = c != '\0';
    return table;
}();

bool isTokenCharacter(char c)
{
    return tokenCharacters[static_cast<unsigned char>(c)];
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool looksLikeJwt(QByteArrayView text)
{
    return text.startsWith("ey") && text.count('.') >= 2;
}

bool startsWithIgnoringCase(QByteArrayView text, QByteArrayView prefix)
{
    return text.size() >= prefix.size() && text.first(prefix.size()).compare(prefix, Qt::CaseInsensitive) == 0;
}

class Extractor
{
public:
    QList<TokenCandidate> extract(QByteArrayView input)
    {
        auto text = input.first(std::min<qsizetype>(input.size(), TokenDocument::maximumSize)).trimmed();
        if (text.isEmpty())
            return {};
        if (text.startsWith('{') || text.startsWith('['))
            extractFromJson(text);
        if (m_candidates.isEmpty())
            scan(text);
        if (m_candidates.isEmpty())
            takeWhole(text);
        return std::move(m_candidates);
    }

private:
    void add(QByteArray token, const QString &source, const QStringList &cleanups = {})
    {
        const bool isKnown =
            std::any_of(m_candidates.begin(), m_candidates.end(),
                        [&token](const TokenCandidate &candidate) { return candidate.token == token; });
        if (!token.isEmpty() && !isKnown && m_candidates.size() < maximumCandidates)
            m_candidates.append({std::move(token), source, cleanups});
    }

    void extractFromJson(QByteArrayView text)
    {
        const auto read = readJsonLeniently(text.toByteArray(), {TokenDocument::maximumSize, 64, 50'000});
        const auto object = read.root.object();
        const bool isSerialization = object
            && (object->contains("signature") || object->contains("signatures") || object->contains("ciphertext"));
        if (isSerialization)
            return add(text.toByteArray(), u"text"_s);
        visit(read.root, QByteArrayView());
    }

    void visit(const JsonValue &value, QByteArrayView name)
    {
        if (m_candidates.size() >= maximumCandidates)
            return;
        if (const auto object = value.object()) {
            for (const auto member : *object)
                visit(member.value, member.name);
        } else if (const auto array = value.array()) {
            for (const auto item : *array)
                visit(item, name);
        } else if (const auto text = value.utf8()) {
            visitText(*text, name);
        }
    }

    void visitText(QByteArrayView text, QByteArrayView name)
    {
        if (looksLikeJwt(text) || (isTokenName(name) && !text.contains(' ')))
            return add(text.toByteArray(), QString::fromUtf8(name.isEmpty() ? QByteArrayView("text") : name));
        // HAR files and logs hold whole headers, URLs and bodies as strings.
        if (text.contains("ey") || text.contains('='))
            scan(text);
    }

    //! Headers, parameters and everything that starts like a JWT, wherever it stands.
    void scan(QByteArrayView text)
    {
        for (qsizetype at = 0; at < text.size() && m_candidates.size() < maximumCandidates;) {
            if (!isTokenCharacter(text[at])) {
                ++at;
                continue;
            }
            auto taken = scanScheme(text, at);
            if (taken == 0)
                taken = scanParameter(text, at);
            if (taken == 0)
                taken = scanJwt(text, at);
            at += taken;
            // Nothing starts within a word.
            while (taken == 0 && at < text.size() && isTokenCharacter(text[at]))
                ++at;
        }
    }

    //! "Authorization: Bearer x", "DPoP: x". Returns how much of the text it took.
    qsizetype scanScheme(QByteArrayView text, qsizetype at)
    {
        if (!QByteArrayView("bBdDpPgG").contains(text[at]))
            return 0;
        const auto rest = text.sliced(at);
        for (const auto scheme : {QByteArrayView("Bearer "), QByteArrayView("DPoP "), QByteArrayView("PoP "),
                                  QByteArrayView("DPoP: "), QByteArrayView("GNAP ")}) {
            if (!startsWithIgnoringCase(rest, scheme))
                continue;
            auto value = rest.sliced(scheme.size());
            qsizetype size = 0;
            while (size < value.size() && !isBlank(value[size]) && !QByteArrayView("\"',;\\").contains(value[size]))
                ++size;
            // "Bearer token" in prose is no token; "Bearer realm=…" is a challenge.
            value = value.first(size);
            const bool isChallenge = value.contains('=') && !value.endsWith('=');
            if (size < 16 || isChallenge)
                return 0;
            addUnlessWrapped(text, at + scheme.size(), size, u"authorization_header"_s, {u"scheme"_s});
            return scheme.size() + size;
        }
        return 0;
    }

    //! A JWT goes on after a line break; an opaque token does not.
    void addUnlessWrapped(QByteArrayView text, qsizetype at, qsizetype size, const QString &source,
                          QStringList cleanups)
    {
        const auto value = text.sliced(at, size);
        if (!value.startsWith("ey"))
            return add(value.toByteArray(), source, cleanups);
        const auto before = m_candidates.size();
        scanJwt(text, at);
        if (m_candidates.size() == before)
            return add(value.toByteArray(), source, cleanups);
        m_candidates.last().source = source;
        m_candidates.last().cleanups = cleanups + m_candidates.last().cleanups;
    }

    //! "access_token=x" in a query, a fragment, a form or a cookie.
    qsizetype scanParameter(QByteArrayView text, qsizetype at)
    {
        qsizetype nameEnd = at;
        while (nameEnd < text.size() && nameEnd - at < 24 && isTokenCharacter(text[nameEnd]))
            ++nameEnd;
        if (nameEnd == text.size() || text[nameEnd] != '=' || !isTokenName(text.sliced(at, nameEnd - at)))
            return 0;
        const auto start = nameEnd + 1;
        qsizetype end = start;
        while (end < text.size() && !isBlank(text[end]) && !QByteArrayView("&;\"'<>").contains(text[end]))
            ++end;
        const auto encoded = text.sliced(start, end - start);
        QByteArray pair("v=");
        pair.append(encoded);
        const auto decoded = FormParameters::parse(pair);
        if (!decoded || encoded.isEmpty())
            return 0;
        const auto value = decoded->utf8("v").value_or(QByteArray());
        add(value, QString::fromLatin1(text.sliced(at, nameEnd - at)),
            value == encoded ? QStringList() : QStringList{u"percent_encoding"_s});
        return end - at;
    }

    //! A run of base64url and dots that starts like JSON. Takes line breaks and "%2E" within it.
    qsizetype scanJwt(QByteArrayView text, qsizetype at)
    {
        if (!text.sliced(at).startsWith("ey"))
            return 0;
        QByteArray token;
        bool isWrapped = false;
        bool isEncoded = false;
        qsizetype dots = 0; // counted along the way: counting again at every line would cost the square
        qsizetype end = at;
        qsizetype lineStart = at;
        while (end < text.size()) {
            if (const auto runEnd = endOfRun(text, end); runEnd > end) {
                const auto run = text.sliced(end, runEnd - end);
                dots += run.count('.');
                token.append(run);
                end = runEnd;
            } else if (startsWithIgnoringCase(text.sliced(end), "%2e")) {
                token.append('.');
                ++dots;
                isEncoded = true;
                end += 3;
            } else if (const auto next = continuation(text, end, end - lineStart); next > 0) {
                if (dots >= 2 && text.sliced(next).startsWith("ey"))
                    break; // the next token of a list
                isWrapped = true;
                end = next;
                lineStart = next;
            } else {
                break;
            }
        }
        if (token.endsWith('.') && dots > 2)
            token.chop(1); // the full stop of a sentence
        if (dots < 2)
            return end - at; // no second look: a long text of almost-tokens must not cost its square
        QStringList cleanups;
        if (isWrapped)
            cleanups.append(u"line_breaks"_s);
        if (isEncoded)
            cleanups.append(u"percent_encoding"_s);
        add(std::move(token), u"text"_s, cleanups);
        return end - at;
    }

    static qsizetype endOfRun(QByteArrayView text, qsizetype start)
    {
        while (start < text.size() && (isTokenCharacter(text[start]) || text[start] == '.' || text[start] == '~'))
            ++start;
        return start;
    }

    //! Where the token goes on after the line break at \p end, or 0. Only a long line is a wrapped one, and only a line
    //! of nothing but base64url and dots continues it.
    static qsizetype continuation(QByteArrayView text, qsizetype end, qsizetype lineSize)
    {
        auto next = end;
        while (next < text.size() && (isBlank(text[next]) || text[next] == '\\'))
            ++next;
        const bool isBreak = next > end && text.sliced(end, next - end).contains('\n');
        if (!isBreak || lineSize < longLine || next == text.size())
            return 0;
        auto lineEnd = next;
        while (lineEnd < text.size() && (isTokenCharacter(text[lineEnd]) || text[lineEnd] == '.'))
            ++lineEnd;
        const bool isWholeLine = lineEnd == text.size() || QByteArrayView("\r\n\"'\\").contains(text[lineEnd]);
        return isWholeLine && lineEnd > next ? next : 0;
    }

    //! One opaque token, when the text is nothing else.
    void takeWhole(QByteArrayView text)
    {
        QStringList cleanups;
        if (text.size() >= 2 && QByteArrayView("\"'`").contains(text.front()) && text.back() == text.front()) {
            text = text.sliced(1, text.size() - 2).trimmed();
            cleanups.append(u"quotes"_s);
        }
        const bool isPhrase = std::any_of(text.begin(), text.end(), isBlank);
        const bool isSpacedPrefix = text.startsWith("SSWS ") && text.count(' ') == 1;
        if (!isPhrase || isSpacedPrefix)
            add(text.toByteArray(), u"text"_s, cleanups);
    }

    QList<TokenCandidate> m_candidates;
};

} // namespace

QList<TokenCandidate> extractTokens(QByteArrayView text)
{
    return Extractor().extract(text);
}

} // namespace Countersign::Jose

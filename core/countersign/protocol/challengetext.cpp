// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/challenge.h>

#include <countersign/jose/json.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

using Form = ChallengeDocument::Form;

bool equalsName(QByteArrayView text, QByteArrayView name)
{
    return text.compare(name, Qt::CaseInsensitive) == 0;
}

bool isChallengeField(QByteArrayView name)
{
    return equalsName(name, "www-authenticate") || equalsName(name, "proxy-authenticate");
}

bool isFieldName(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
    });
}

bool isKnownScheme(QStringView scheme)
{
    for (const auto known : {"Bearer"_L1, "DPoP"_L1, "PoP"_L1, "Basic"_L1, "Digest"_L1, "Negotiate"_L1, "NTLM"_L1,
                             "Mutual"_L1, "HOBA"_L1, "GNAP"_L1, "PrivateToken"_L1, "SCRAM-SHA-256"_L1}) {
        if (scheme.compare(known, Qt::CaseInsensitive) == 0)
            return true;
    }
    return false;
}

class TextReader
{
public:
    Result<ChallengeDocument> read(QByteArrayView text)
    {
        const auto trimmed = text.first(std::min<qsizetype>(text.size(), ChallengeDocument::maximumSize)).trimmed();
        if (trimmed.isEmpty())
            return nothing();
        if (readClaims(trimmed))
            return std::move(m_document);
        if (trimmed.startsWith('{') || trimmed.startsWith('['))
            readJson(trimmed);
        else if (!readResponse(trimmed))
            readLooseText(trimmed);
        if (m_document.challenges.isEmpty() && m_document.claims.isEmpty() && m_document.dpopNonce.isEmpty()
            && m_document.authenticationInfo.isEmpty())
            return nothing();
        gatherClaims();
        return std::move(m_document);
    }

private:
    static Error nothing() { return Error{ErrorCode::InvalidArgument, u"there is no challenge in this text"_s}; }

    //! The claims themselves, in whatever coding. A JSON document counts only with a member that asks for claims.
    bool readClaims(QByteArrayView text)
    {
        auto claims = decodeClaims(text);
        if (!claims)
            return false;
        const auto object = Jose::JsonObject::parse(claims->json);
        const bool asks =
            object && (object->object("access_token") || object->object("id_token") || object->object("userinfo"));
        if (!asks && (claims->coding == ClaimsCoding::Json || !object))
            return false;
        if (!asks) {
            // Base64 of some other document, for example of a whole error body.
            readJson(claims->json);
            if (m_document.challenges.isEmpty() && m_document.claims.isEmpty())
                return false;
            gatherClaims();
            return true;
        }
        m_document.form = Form::Claims;
        m_document.claims.append({std::move(*claims), u"text"_s});
        return true;
    }

    void addField(QByteArrayView field)
    {
        auto list = parseChallenges(field);
        m_document.challenges += list.challenges;
        m_document.problems += list.problems;
    }

    void addHeader(QByteArrayView name, QByteArrayView value)
    {
        if (isChallengeField(name))
            addField(value);
        else if (equalsName(name, "authentication-info") || equalsName(name, "proxy-authentication-info"))
            m_document.authenticationInfo += parseAuthenticationInfo(value);
        else if (equalsName(name, "dpop-nonce") && m_document.dpopNonce.isEmpty())
            m_document.dpopNonce = QString::fromLatin1(value.trimmed().toByteArray().left(longestNonce));
    }

    //! Claims of the challenges come before those of the body.
    void gatherClaims()
    {
        QList<FoundClaims> found;
        for (const auto &challenge : std::as_const(m_document.challenges)) {
            if (auto claims = meaningOf(challenge).claims)
                found.append({std::move(*claims), u"header"_s});
        }
        m_document.claims = found + m_document.claims;
    }

    // A response -----------------------------------------------------------------------------------------------

    //! "HTTP/1.1 401 Unauthorized", "HTTP/2 401", "HTTP 401; Unauthorized".
    bool readStatusLine(QByteArrayView line)
    {
        if (line.size() < 8 || !equalsName(line.first(4), "http") || (line[4] != '/' && line[4] != ' '))
            return false;
        const auto space = line.indexOf(' ');
        const auto rest = line.sliced(space < 0 ? line.size() : space + 1).trimmed();
        bool isNumber = false;
        const int status = rest.first(std::min<qsizetype>(rest.size(), 3)).toByteArray().toInt(&isNumber);
        if (isNumber && status >= 100)
            m_document.status = status;
        return isNumber && status >= 100;
    }

    //! What curl -v, PowerShell and browsers put before a line.
    static QByteArrayView withoutPrompt(QByteArrayView line)
    {
        while (line.startsWith("< ") || line.startsWith("> ") || line.startsWith("* ") || line.startsWith("| "))
            line = line.sliced(2);
        return line == "<" ? QByteArrayView() : line;
    }

    bool readResponse(QByteArrayView text)
    {
        QByteArray name;
        QByteArray value;
        const auto flush = [&] {
            if (!name.isEmpty())
                addHeader(name, value);
            name.clear();
            value.clear();
        };
        bool isResponse = false;
        qsizetype at = 0;
        while (at < text.size()) {
            const auto end = text.indexOf('\n', at);
            const auto whole = text.sliced(at, (end < 0 ? text.size() : end) - at);
            at = end < 0 ? text.size() : end + 1;
            auto line = withoutPrompt(whole);
            const bool isFolded = !name.isEmpty() && (line.startsWith(' ') || line.startsWith('\t'));
            line = line.trimmed();
            if (isFolded) { // RFC 9112 §5.2: obsolete, and what a terminal does to a long line
                value += ' ' + line.toByteArray();
                continue;
            }
            flush();
            if (readStatusLine(line)) {
                isResponse = true;
                continue;
            }
            if (line.isEmpty() && isResponse && !m_document.challenges.isEmpty())
                break;
            // Microsoft's own documentation writes "www-authenticate =Bearer …".
            auto colon = line.indexOf(':');
            if (const auto equals = line.indexOf('='); equals > 0 && isChallengeField(line.first(equals).trimmed()))
                colon = equals;
            if (colon <= 0 || !isFieldName(line.first(colon).trimmed()))
                continue;
            name = line.first(colon).trimmed().toByteArray();
            value = line.sliced(colon + 1).trimmed().toByteArray();
            isResponse = isResponse || isChallengeField(name) || equalsName(name, "dpop-nonce")
                || equalsName(name, "authentication-info");
        }
        flush();
        if (!isResponse)
            return false;
        const bool isWhole = m_document.status > 0 || at < text.size() || m_document.challenges.size() > 1;
        m_document.form = isWhole ? Form::Response : Form::Header;
        readBody(text);
        return true;
    }

    //! The JSON of a body, wherever it begins.
    void readBody(QByteArrayView text)
    {
        auto start = text.indexOf("\n{");
        if (start < 0)
            start = text.indexOf("\n[");
        if (start < 0)
            return;
        const auto form = m_document.form;
        readJson(text.sliced(start + 1));
        m_document.form = form;
    }

    // JSON -----------------------------------------------------------------------------------------------------

    void readJson(QByteArrayView text)
    {
        m_document.form = Form::Json;
        const auto read = Jose::readJsonLeniently(text.toByteArray(), {ChallengeDocument::maximumSize, 32, 50'000});
        if (const auto object = read.root.object())
            readError(*object);
        visit(read.root, {});
    }

    //! Spec: RFC 6749 §5.2 and the error bodies of ARM and Graph.
    void readError(const Jose::JsonObject &object)
    {
        if (const auto error = object.object("error")) {
            m_document.errorCode = error->string("code").value_or(QString()).left(longestText);
            m_document.errorMessage = error->string("message").value_or(QString()).left(longestText);
            return;
        }
        m_document.errorCode = object.string("error").value_or(QString()).left(longestText);
        m_document.errorMessage = object.string("error_description").value_or(QString()).left(longestText);
    }

    void visit(const Jose::JsonValue &value, const QString &path)
    {
        if (m_document.claims.size() + m_document.challenges.size() > ChallengeList::maximumParts)
            return;
        if (const auto array = value.array()) {
            qsizetype index = 0;
            for (const auto item : *array)
                visit(item, u"%1[%2]"_s.arg(path).arg(index++));
            return;
        }
        const auto object = value.object();
        if (!object)
            return;
        // HAR and browsers: {"name": "WWW-Authenticate", "value": "Bearer …"}.
        const auto name = object->utf8("name");
        const auto field = object->utf8("value");
        if (name && field)
            addHeader(*name, *field);
        if (const auto status = object->integer("status", 100, 599); status && m_document.status == 0)
            m_document.status = static_cast<int>(*status);
        for (const auto member : *object)
            visitMember(member, path.isEmpty() ? member.nameString() : path + u'.' + member.nameString());
    }

    void visitMember(const Jose::JsonMember &member, const QString &path)
    {
        const auto text = member.value.utf8();
        if (!text) {
            // Python and Node print a field's values as a list.
            if (isChallengeField(member.name)) {
                const auto values = member.value.stringList().value_or(QStringList());
                for (const auto &value : values)
                    addField(value.toUtf8());
                return;
            }
            if (equalsName(member.name, "claims") && member.value.isObject())
                return addClaims(member.value.raw(), path);
            return visit(member.value, path);
        }
        if (equalsName(member.name, "claims") || equalsName(member.name, "claimsChallenge")
            || equalsName(member.name, "claims_challenge"))
            return addClaims(*text, path);
        addHeader(member.name, *text);
        // A log entry or an error that quotes a response.
        if (text->contains("authenticate") || text->contains("uthenticate:"))
            readQuotedField(*text);
    }

    void addClaims(QByteArrayView text, const QString &path)
    {
        auto claims = decodeClaims(text);
        const auto request = claims ? ClaimsRequest::parse(claims->json) : Result<ClaimsRequest>(nothing());
        if (request)
            m_document.claims.append({std::move(*claims), path});
    }

    // Anything else --------------------------------------------------------------------------------------------

    bool readQuotedField(QByteArrayView text)
    {
        const QByteArray lower = text.toByteArray().toLower();
        const auto at = lower.indexOf("www-authenticate");
        if (at < 0)
            return false;
        auto rest = text.sliced(at + QByteArrayView("www-authenticate").size()).trimmed();
        while (!rest.isEmpty()
               && (rest[0] == ':' || rest[0] == '=' || rest[0] == '"' || rest[0] == '\'' || rest[0] == ' '))
            rest = rest.sliced(1);
        if (const auto end = rest.indexOf('\n'); end >= 0)
            rest = rest.first(end);
        addField(rest.trimmed());
        return true;
    }

    void readLooseText(QByteArrayView text)
    {
        m_document.form = Form::Text;
        if (readOption(text) || readQuotedField(text))
            return;
        // A field without its name, perhaps several lines of them.
        auto list = parseChallenges(text);
        const bool isField =
            std::any_of(list.challenges.begin(), list.challenges.end(), [](const Challenge &challenge) {
                return isKnownScheme(challenge.scheme) || challenge.value(u"error") || challenge.value(u"realm")
                    || challenge.value(u"claims") || challenge.value(u"resource_metadata");
            });
        // Prose begins with a word, too: then every word is a scheme.
        const bool isProse = list.problems.size() > 3 && list.problems.size() * 2 > text.count(' ');
        if (!isField || (isProse && !isKnownScheme(list.challenges.first().scheme)))
            return;
        m_document.form = Form::Header;
        m_document.challenges = std::move(list.challenges);
        m_document.problems = std::move(list.problems);
    }

    //! az login --claims-challenge "eyJ…", and the PowerShell spelling.
    bool readOption(QByteArrayView text)
    {
        for (const QByteArrayView option : {QByteArrayView("--claims-challenge"), QByteArrayView("-ClaimsChallenge")}) {
            const auto at = text.indexOf(option);
            if (at < 0)
                continue;
            auto rest = text.sliced(at + option.size());
            while (!rest.isEmpty() && (rest[0] == ' ' || rest[0] == '=' || rest[0] == '"' || rest[0] == '\''))
                rest = rest.sliced(1);
            const auto end = std::find_if(rest.begin(), rest.end(), [](char c) {
                return c == ' ' || c == '"' || c == '\'' || c == '\r' || c == '\n';
            });
            addClaims(rest.first(end - rest.begin()), u"text"_s);
            if (!m_document.claims.isEmpty())
                return true;
        }
        return false;
    }

    static constexpr qsizetype longestText = 2000;
    static constexpr qsizetype longestNonce = 1000;

    ChallengeDocument m_document;
};

//! The smaller, the sooner to act upon.
int rank(ChallengeMeaning::Demand demand)
{
    using Demand = ChallengeMeaning::Demand;
    switch (demand) {
    case Demand::Claims: return 0;
    case Demand::StepUp: return 1;
    case Demand::Scope: return 2;
    case Demand::Nonce: return 3;
    case Demand::Proof: return 4;
    case Demand::FreshToken: return 5;
    case Demand::Correction: return 6;
    case Demand::Token: return 7;
    case Demand::Unknown: return 8;
    }
    Q_UNREACHABLE();
    return 9;
}

} // namespace

QString identifier(Form form)
{
    switch (form) {
    case Form::Header: return u"header"_s;
    case Form::Response: return u"response"_s;
    case Form::Json: return u"json"_s;
    case Form::Claims: return u"claims"_s;
    case Form::Text: return u"text"_s;
    }
    Q_UNREACHABLE();
    return {};
}

const Challenge *ChallengeDocument::mostUseful() const
{
    const Challenge *best = nullptr;
    int bestRank = 0;
    for (const auto &challenge : challenges) {
        const int its = rank(meaningOf(challenge).demand);
        if (best && its >= bestRank)
            continue;
        best = &challenge;
        bestRank = its;
    }
    return best;
}

Result<ChallengeDocument> readChallenge(QByteArrayView text)
{
    return TextReader().read(text);
}

} // namespace Countersign::Protocol

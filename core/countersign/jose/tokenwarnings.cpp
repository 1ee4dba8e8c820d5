// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/algorithm.h>
#include <countersign/jose/tokenclassification.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr qsizetype maximumKeyId = 256;
constexpr qsizetype longText = 8192;

QString shown(const JsonValue &value)
{
    const auto text = value.isString()
        ? value.string().value_or(QString())
        : QString::fromUtf8(value.raw().first(std::min<qsizetype>(value.raw().size(), 200)));
    return text.left(100);
}

TokenWarning danger(const QString &id, const JsonValue &value)
{
    return {id, TokenSeverity::Danger, u"header"_s, value.offset(), shown(value)};
}

TokenWarning warning(const QString &id, const JsonValue &value)
{
    return {id, TokenSeverity::Warning, u"header"_s, value.offset(), shown(value)};
}

TokenWarning note(const QString &id, const JsonValue &value)
{
    return {id, TokenSeverity::Note, u"header"_s, value.offset(), shown(value)};
}

void warnOfSignatureAlgorithm(const JsonValue &algorithm, QList<TokenWarning> &warnings)
{
    if (algorithm.isUndefined())
        return warnings.append(danger(u"algorithm_missing"_s, algorithm));
    const auto text = algorithm.string();
    if (!text)
        return warnings.append(danger(u"algorithm_wrong_type"_s, algorithm));
    if (text->trimmed().compare("none"_L1, Qt::CaseInsensitive) == 0)
        return warnings.append(danger(u"algorithm_none"_s, algorithm));
    const auto known = parseAlgorithm(*text);
    if (!known)
        warnings.append(danger(u"algorithm_unknown"_s, algorithm));
    else if (isSymmetric(*known))
        warnings.append(warning(u"algorithm_symmetric"_s, algorithm));
}

void warnOfEncryption(const JsonObject &header, QList<TokenWarning> &warnings)
{
    const auto algorithm = header.value("alg");
    if (algorithm.isString("RSA1_5"))
        warnings.append(danger(u"algorithm_rsa1_5"_s, algorithm));
    else if (!algorithm.utf8() || !parseKeyManagement(*algorithm.utf8()))
        warnings.append(danger(u"algorithm_unknown"_s, algorithm));
    const auto encryption = header.value("enc");
    if (!encryption.utf8() || !parseContentEncryption(*encryption.utf8()))
        warnings.append(danger(u"encryption_unknown"_s, encryption));
    if (header.contains("zip"))
        warnings.append(warning(u"compressed"_s, header.value("zip")));
    if (const auto count = header.value("p2c"); !count.isUndefined()) {
        const auto rounds = count.integer();
        if (!rounds || *rounds < 1000 || *rounds > 600000)
            warnings.append(danger(u"password_count"_s, count));
    }
    // Whoever has the public key can encrypt: RFC 7516 gives no sender.
    warnings.append(note(u"encrypted_not_authenticated"_s, algorithm));
}

void warnOfKeyId(const JsonValue &keyId, QList<TokenWarning> &warnings)
{
    if (keyId.isUndefined())
        return;
    const auto text = keyId.string();
    if (!text)
        return warnings.append(danger(u"key_id_wrong_type"_s, keyId));
    if (text->size() > maximumKeyId)
        warnings.append(danger(u"key_id_long"_s, keyId));
    const bool isSuspicious = text->contains(u"../"_s) || std::any_of(text->begin(), text->end(), [](QChar c) {
                                  return !c.isPrint() || QStringView(u"<>'\";|").contains(c);
                              });
    if (isSuspicious)
        warnings.append(danger(u"key_id_suspicious"_s, keyId));
}

void warnOfTime(const JsonObject &claims, QByteArrayView name, QList<TokenWarning> &warnings)
{
    constexpr qint64 endOfYear9999 = 253402300799;
    const auto value = claims.value(name);
    if (value.isUndefined())
        return;
    const auto seconds = value.flooredInteger();
    QString id;
    if (!seconds)
        id = value.isNumber() ? u"time_out_of_range"_s : u"time_wrong_type"_s;
    else if (*seconds > endOfYear9999)
        id = *seconds / 1000 <= endOfYear9999 ? u"time_in_milliseconds"_s : u"time_out_of_range"_s;
    else if (*seconds < 0)
        id = u"time_out_of_range"_s;
    if (!id.isEmpty())
        warnings.append({id, TokenSeverity::Danger, u"payload"_s, value.offset(), QString::fromLatin1(name)});
}

enum class Script : quint8 { Plain, Foreign, Invisible, Direction, Control };

Script scriptOf(QChar c)
{
    const auto code = c.unicode();
    const bool isDirection = (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069) || code == 0x200e
        || code == 0x200f || code == 0x061c;
    if (isDirection)
        return Script::Direction;
    if ((code >= 0x200b && code <= 0x200d) || code == 0x2060 || code == 0xfeff || code == 0x00ad)
        return Script::Invisible;
    if (code < 0x20 || code == 0x7f || (code >= 0x80 && code < 0xa0))
        return Script::Control;
    return code < 0x80 ? Script::Plain : Script::Foreign;
}

bool hasScript(QStringView text, Script script)
{
    return std::any_of(text.begin(), text.end(), [script](QChar c) { return scriptOf(c) == script; });
}

QString textWarning(QStringView text)
{
    if (hasScript(text, Script::Direction))
        return u"text_direction"_s;
    if (hasScript(text, Script::Invisible))
        return u"text_invisible"_s;
    if (hasScript(text, Script::Control))
        return u"text_control"_s;
    if (text.contains(u"<script", Qt::CaseInsensitive) || text.contains(u"javascript:", Qt::CaseInsensitive)
        || text.contains(u"<img", Qt::CaseInsensitive) || text.contains(u"<a ", Qt::CaseInsensitive))
        return u"text_markup"_s;
    if (text.size() > longText)
        return u"text_long"_s;
    return {};
}

//! Every text of a document, its names included, in the order of the document.
class TextWarner
{
public:
    explicit TextWarner(const QString &part) : m_part(part) { }
    void visit(const JsonValue &value)
    {
        if (m_warnings.size() >= 50)
            return;
        if (const auto object = value.object()) {
            for (const auto member : *object) {
                visitName(member);
                visit(member.value);
            }
        } else if (const auto array = value.array()) {
            for (const auto item : *array)
                visit(item);
        } else if (const auto utf8 = value.utf8()) {
            // What is beyond is reported as long; reading all of it would only cost time.
            const auto text =
                std::optional(QString::fromUtf8(utf8->first(std::min<qsizetype>(utf8->size(), 2 * longText))));
            if (const auto id = textWarning(*text); !id.isEmpty())
                m_warnings.append({id, TokenSeverity::Warning, m_part, value.offset(), text->left(40)});
        }
    }
    QList<TokenWarning> take() { return std::move(m_warnings); }

private:
    void visitName(const JsonMember &member)
    {
        const auto name = member.nameString();
        const auto id = textWarning(name);
        // A claim's name is ASCII in every registry: another script imitates one.
        if (!id.isEmpty() || hasScript(name, Script::Foreign))
            m_warnings.append(
                {id.isEmpty() ? u"name_not_ascii"_s : id, TokenSeverity::Danger, m_part, member.offset, name.left(40)});
    }

    const QString m_part;
    QList<TokenWarning> m_warnings;
};

} // namespace

QList<TokenWarning> warnOfHeader(const JsonObject &header, bool isEncrypted)
{
    QList<TokenWarning> warnings;
    if (isEncrypted)
        warnOfEncryption(header, warnings);
    else
        warnOfSignatureAlgorithm(header.value("alg"), warnings);
    warnOfKeyId(header.value("kid"), warnings);
    const bool isProof = header.string("typ").value_or(QString()).compare("dpop+jwt"_L1, Qt::CaseInsensitive) == 0;
    if (header.contains("jwk") && !isProof)
        warnings.append(danger(u"embedded_key"_s, header.value("jwk")));
    if (const auto key = header.object("jwk"); key && (key->contains("d") || key->contains("k")))
        warnings.append(danger(u"private_key_exposed"_s, JsonValue()));
    if (header.contains("jku"))
        warnings.append(danger(u"key_url"_s, header.value("jku")));
    if (header.contains("x5u"))
        warnings.append(danger(u"certificate_url"_s, header.value("x5u")));
    if (header.contains("x5c"))
        warnings.append(note(u"certificate_chain"_s, JsonValue()));
    if (header.contains("crit"))
        warnings.append(danger(u"critical_header"_s, header.value("crit")));
    if (header.contains("b64"))
        warnings.append(danger(u"unencoded_payload"_s, header.value("b64")));
    if (header.contains("nonce") && !isEncrypted)
        warnings.append(note(u"header_nonce"_s, JsonValue()));
    return warnings;
}

QList<TokenWarning> warnOfClaims(const JsonObject &claims, TokenKind kind)
{
    QList<TokenWarning> warnings;
    for (const auto name :
         {QByteArrayView("exp"), QByteArrayView("nbf"), QByteArrayView("iat"), QByteArrayView("auth_time")})
        warnOfTime(claims, name, warnings);
    const auto expiry = claims.value("exp").flooredInteger();
    const auto issuedAt = claims.value("iat").flooredInteger();
    const auto add = [&warnings](const QString &id, TokenSeverity severity, const JsonValue &value = {}) {
        warnings.append({id, severity, u"payload"_s, value.offset(), shown(value)});
    };
    if (expiry && issuedAt && *expiry < *issuedAt)
        add(u"expires_before_issued"_s, TokenSeverity::Danger, claims.value("exp"));
    const bool isProof = kind == TokenKind::DpopProof || kind == TokenKind::SignedHttpRequest;
    if (!claims.contains("exp") && !isProof && kind != TokenKind::KeyBinding)
        add(u"no_expiry"_s, TokenSeverity::Warning);
    if (kind == TokenKind::SignedHttpRequest && !claims.object("cnf"))
        add(u"confirmation_missing"_s, TokenSeverity::Danger);
    return warnings;
}

QList<TokenWarning> warnOfTexts(const JsonValue &root, const QString &part)
{
    TextWarner warner(part);
    warner.visit(root);
    return warner.take();
}

} // namespace Countersign::Jose

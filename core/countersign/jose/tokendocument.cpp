// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/tokendocument.h>

#include <countersign/jose/base64url.h>
#include <countersign/jose/tokenclassification.h>
#include <countersign/jose/unverifiedjwt.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr JsonLimits inspectorLimits{TokenDocument::maximumSize, 64, 50'000};
constexpr qsizetype maximumParts = 16;
constexpr qsizetype maximumNestedSize = 256 * 1024;

QList<QByteArrayView> split(QByteArrayView text, char separator)
{
    QList<QByteArrayView> parts;
    qsizetype start = 0;
    while (parts.size() < maximumParts) {
        const auto end = text.indexOf(separator, start);
        parts.append(text.sliced(start, (end < 0 ? text.size() : end) - start));
        if (end < 0)
            break;
        start = end + 1;
    }
    return parts;
}

bool looksLikeCompact(QByteArrayView text)
{
    // base64url of '{"', and of '{' with a blank behind it.
    const bool startsLikeJson = text.startsWith("ey") || text.startsWith("ew") || text.startsWith("77u");
    return startsLikeJson && text.size() >= 10 && text.contains('.');
}

bool hasPartLikeJson(const QList<QByteArrayView> &parts)
{
    return parts.size() > 1 && std::any_of(parts.begin(), parts.end(), [](QByteArrayView part) {
               return part.startsWith("ey")
                   || decodeBase64UrlLeniently(part.first(std::min<qsizetype>(part.size(), 16)))
                          .bytes.trimmed()
                          .startsWith('{');
           });
}

} // namespace

//! Fills one TokenDocument. Nested tokens get a reader of their own, one level deeper.
class TokenReader
{
public:
    explicit TokenReader(int level) : m_level(level) { }

    TokenDocument read(QByteArrayView input)
    {
        auto text = input.trimmed();
        if (text.size() > TokenDocument::maximumSize) {
            text = text.first(TokenDocument::maximumSize);
            warn(u"too_large"_s, TokenSeverity::Danger);
        }
        m_document.m_text = text.toByteArray();
        m_text = m_document.m_text;
        readForm();
        return std::move(m_document);
    }

private:
    void readForm()
    {
        if (m_text.isEmpty())
            return;
        if (m_text.startsWith('{'))
            return readJsonForm();
        if (m_text.contains('~') && looksLikeCompact(m_text))
            return readSelectiveDisclosure();
        const auto guess = classifyOpaque(m_text);
        if (guess.kind != TokenKind::Paseto && hasPartLikeJson(split(m_text, '.')))
            return readCompact(m_text);
        m_document.m_kind = guess.kind;
        m_document.m_provider = guess.provider;
        m_document.m_providerKind = guess.providerKind;
    }

    void readCompact(QByteArrayView compact)
    {
        const auto parts = split(compact, '.');
        const auto header = addPart(u"header"_s, parts[0]);
        const auto headerObject = readObject(header);
        const bool isEncrypted = parts.size() == 5 && (headerObject.contains("enc") || !headerObject.contains("alg"));
        if (parts.size() != 3 && !isEncrypted)
            warn(u"segment_count"_s, TokenSeverity::Danger, {}, 0, QString::number(parts.size()));
        append(warnOfHeader(headerObject, isEncrypted));
        append(warnOfTexts(m_document.m_parts[header].json, u"header"_s));
        if (isEncrypted) {
            static const QStringList names{u"encrypted_key"_s, u"iv"_s, u"ciphertext"_s, u"tag"_s};
            for (qsizetype i = 1; i < parts.size(); ++i)
                addPart(names[i - 1], parts[i]);
            m_document.m_kind = TokenKind::Jwe;
            return;
        }
        readSigned(parts, headerObject);
        if (compact.size() > UnverifiedJwt::maximumSize)
            return warn(u"too_large_to_verify"_s, TokenSeverity::Warning);
        const auto strict = UnverifiedJwt::parse(compact);
        m_document.m_isWellFormed = strict.hasValue();
        // Whatever has no name of its own: the strict parser's limits are narrower than those of showing.
        if (!strict)
            warn(u"not_well_formed"_s, TokenSeverity::Danger, {}, 0, strict.error().message().left(200));
    }

    void readSigned(const QList<QByteArrayView> &parts, const JsonObject &header)
    {
        m_document.m_kind = TokenKind::Jws;
        if (parts.size() > 1) {
            const bool isPlain = header.boolean("b64") == false;
            const auto payload = addPart(u"payload"_s, parts[1], isPlain);
            if (parts[1].isEmpty())
                warn(u"payload_detached"_s, TokenSeverity::Warning, u"payload"_s, offsetOf(parts[1]));
            else
                readPayload(payload, header);
        }
        if (parts.size() < 3 || parts[2].isEmpty())
            warn(u"signature_missing"_s, TokenSeverity::Danger);
        for (qsizetype i = 2; i < parts.size(); ++i)
            addPart(i == 2 ? u"signature"_s : u"part"_s, parts[i]);
    }

    void readPayload(qsizetype payload, const JsonObject &header)
    {
        const QByteArray bytes = m_document.m_parts[payload].bytes;
        if (looksLikeCompact(bytes))
            return addNested(u"payload"_s, bytes);
        const auto claims = readObject(payload);
        if (m_document.m_parts[payload].json.isUndefined())
            return;
        m_document.m_kind = classifyJwt(header, claims);
        append(warnOfClaims(claims, m_document.m_kind));
        append(warnOfTexts(m_document.m_parts[payload].json, u"payload"_s));
        findNested(m_document.m_parts[payload].json, {});
    }

    void readSelectiveDisclosure()
    {
        const auto pieces = split(m_text, '~');
        readCompact(pieces[0]);
        m_document.m_isWellFormed = false;
        m_document.m_kind = TokenKind::SdJwt;
        for (qsizetype i = 1; i < pieces.size(); ++i) {
            if (pieces[i].isEmpty())
                continue;
            if (looksLikeCompact(pieces[i])) {
                addNested(u"key_binding"_s, pieces[i]);
                continue;
            }
            const auto part = addPart(u"disclosure"_s, pieces[i]);
            readJson(part);
        }
    }

    //! Flattened and general serialization, or JSON that is no token at all.
    void readJsonForm()
    {
        m_document.m_parts.append({u"json"_s, 0, m_text.size(), m_document.m_text, {}});
        const auto object = readObject(0);
        const bool isEncrypted = object.contains("ciphertext");
        const bool isSigned = object.contains("signature") || object.contains("signatures");
        m_document.m_kind = isEncrypted ? TokenKind::JweJson : isSigned ? TokenKind::JwsJson : TokenKind::Json;
        if (!isEncrypted && !isSigned)
            return findNested(m_document.m_parts[0].json, {});
        warn(u"json_serialization"_s, TokenSeverity::Note);
        readSignature(object, isEncrypted);
        for (const auto list : {QByteArrayView("signatures"), QByteArrayView("recipients")}) {
            const auto entries = object.array(list).value_or(JsonArray());
            for (qsizetype i = 0; i < std::min(entries.size(), maximumParts); ++i)
                readSignature(entries.at(i).object().value_or(JsonObject()), isEncrypted);
        }
        if (const auto payload = object.value("payload"); payload.isString())
            readPayload(addValue(u"payload"_s, payload), {});
        m_document.m_kind = isEncrypted ? TokenKind::JweJson : TokenKind::JwsJson;
    }

    void readSignature(const JsonObject &entry, bool isEncrypted)
    {
        JsonObject header;
        if (const auto encoded = entry.value("protected"); encoded.isString())
            header = readObject(addValue(u"header"_s, encoded));
        const auto open = entry.object("header");
        warnOfBoth(header, open.value_or(JsonObject()), isEncrypted);
        if (open) {
            warn(u"unprotected_header"_s, TokenSeverity::Warning, u"json"_s, open->toValue().offset());
            for (const auto member : *open) {
                if (header.contains(member.name))
                    warn(u"header_in_both_places"_s, TokenSeverity::Danger, u"json"_s, member.offset,
                         member.nameString());
            }
        }
        if (const auto signature = entry.value("signature"); signature.isString())
            addValue(u"signature"_s, signature);
    }

    //! Each parameter may stand in either header; "alg" is missing when it is in none of them. Of an encryption for
    //! several, "alg" and "enc" lie further apart still.
    void warnOfBoth(const JsonObject &closed, const JsonObject &open, bool isEncrypted)
    {
        const bool isMissing = !closed.contains("alg") && !open.contains("alg") && !isEncrypted;
        for (const auto *header : {&closed, &open}) {
            if (header->isEmpty())
                continue;
            auto warnings = warnOfHeader(*header, isEncrypted);
            warnings.removeIf([&](const TokenWarning &warning) {
                if (warning.id == "encryption_unknown"_L1)
                    return !header->contains("enc");
                if (warning.id == "encrypted_not_authenticated"_L1)
                    return m_document.hasWarning(warning.id);
                const bool speaksForBoth = header == &closed || closed.isEmpty();
                return warning.id.startsWith("algorithm_"_L1) && !header->contains("alg")
                    && (!isMissing || !speaksForBoth);
            });
            append(warnings);
        }
    }

    qsizetype offsetOf(QByteArrayView part) const { return part.data() - m_text.data(); }

    qsizetype addPart(const QString &name, QByteArrayView encoded, bool isPlain = false)
    {
        TokenPart part{name, offsetOf(encoded), encoded.size(), {}, {}};
        if (isPlain) {
            part.bytes = encoded.toByteArray();
        } else if (auto strict = decodeBase64Url(encoded)) {
            part.bytes = std::move(*strict);
        } else {
            auto lenient = decodeBase64UrlLeniently(encoded);
            for (const auto &problem : lenient.problems)
                warn(u"base64_"_s + identifier(problem.kind), TokenSeverity::Danger, name,
                     part.offset + problem.offset);
            part.bytes = std::move(lenient.bytes);
        }
        m_document.m_parts.append(std::move(part));
        return m_document.m_parts.size() - 1;
    }

    //! A base64url string of a JSON serialization.
    qsizetype addValue(const QString &name, const JsonValue &value)
    {
        const auto encoded = value.utf8().value_or(QByteArrayView());
        const auto raw = m_text.sliced(value.offset(), value.raw().size());
        // Escapes have no place in base64url; if there are some, the decoded text lies elsewhere.
        return addPart(name, raw.size() == encoded.size() + 2 ? raw.sliced(1, encoded.size()) : raw);
    }

    void readJson(qsizetype index)
    {
        const auto read = readJsonLeniently(m_document.m_parts[index].bytes, inspectorLimits);
        m_document.m_parts[index].json = read.root;
        for (const auto &warning : read.warnings)
            warn(u"json_"_s + identifier(warning.kind), TokenSeverity::Danger, m_document.m_parts[index].name,
                 warning.offset, warning.detail);
    }

    JsonObject readObject(qsizetype index)
    {
        readJson(index);
        const auto object = m_document.m_parts[index].json.object();
        if (!object)
            warn(u"not_an_object"_s, TokenSeverity::Danger, m_document.m_parts[index].name);
        return object.value_or(JsonObject());
    }

    void findNested(const JsonValue &value, const QString &path)
    {
        if (m_document.m_nested.size() >= TokenDocument::maximumNested)
            return;
        if (const auto object = value.object()) {
            for (const auto member : *object)
                findNested(member.value, path.isEmpty() ? member.nameString() : path + u'.' + member.nameString());
        } else if (const auto array = value.array()) {
            qsizetype index = 0;
            for (const auto item : *array)
                findNested(item, u"%1[%2]"_s.arg(path).arg(index++));
        } else if (const auto text = value.utf8(); text && looksLikeCompact(*text) && text->count('.') >= 2) {
            addNested(path, *text);
        }
    }

    void addNested(const QString &path, QByteArrayView text)
    {
        if (m_level >= TokenDocument::maximumNesting)
            return warn(u"nested_too_deep"_s, TokenSeverity::Danger, {}, 0, path.left(100));
        if (text.size() > maximumNestedSize)
            return warn(u"nested_too_large"_s, TokenSeverity::Warning, {}, 0, path.left(100));
        auto nested = std::make_shared<const TokenDocument>(TokenReader(m_level + 1).read(text));
        m_document.m_nested.append({path, std::move(nested)});
    }

    void append(const QList<TokenWarning> &warnings)
    {
        for (const auto &warning : warnings) {
            if (m_document.m_warnings.size() < TokenDocument::maximumWarnings)
                m_document.m_warnings.append(warning);
        }
    }

    void warn(const QString &id, TokenSeverity severity, const QString &part = {}, qsizetype offset = 0,
              const QString &detail = {})
    {
        append({{id, severity, part, offset, detail}});
    }

    const int m_level;
    TokenDocument m_document;
    QByteArrayView m_text;
};

TokenDocument TokenDocument::read(QByteArrayView text)
{
    return TokenReader(1).read(text);
}

const TokenPart *TokenDocument::part(QStringView name) const
{
    const auto found =
        std::find_if(m_parts.begin(), m_parts.end(), [name](const TokenPart &part) { return part.name == name; });
    return found == m_parts.end() ? nullptr : &*found;
}

JsonObject TokenDocument::header() const
{
    const auto *header = part(u"header");
    return header ? header->json.object().value_or(JsonObject()) : JsonObject();
}

JsonObject TokenDocument::claims() const
{
    const auto *payload = part(u"payload");
    return payload ? payload->json.object().value_or(JsonObject()) : JsonObject();
}

bool TokenDocument::hasWarning(QStringView id) const
{
    return std::any_of(m_warnings.begin(), m_warnings.end(),
                       [id](const TokenWarning &warning) { return warning.id == id; });
}

} // namespace Countersign::Jose

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/jwe.h>

#include <countersign/jose/base64url.h>
#include <countersign/jose/deflate.h>
#include <countersign/jose/jwekeys.h>

#include <QtCore/QVarLengthArray>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr qsizetype largestToken = 4 * 1024 * 1024;
constexpr qsizetype mostRecipients = 16;
constexpr qsizetype mostKeysTried = 4;
constexpr JsonLimits tokenLimits{.maximumSize = largestToken, .maximumDepth = 8, .maximumValues = 2000};

struct Recipient
{
    JoseHeader header;
    QByteArray encryptedKey;
};

struct ParsedJwe
{
    QByteArray protectedHeader; // JSON
    QByteArray associatedData; // as it is authenticated
    QList<Recipient> recipients;
    QByteArray iv;
    QByteArray ciphertext;
    QByteArray tag;
};

// All failures that depend on keys, tags and paddings sound alike (RFC 7516 §11.5).
Error notDecrypted()
{
    return refusedToken(u"The token cannot be decrypted with the keys at hand"_s);
}

Result<void> decodeInto(QByteArrayView text, QByteArray &target)
{
    auto decoded = decodeBase64Url(text);
    if (!decoded)
        return malformedToken(u"A part of the token is no base64url"_s);
    target = *std::move(decoded);
    return {};
}

Result<ParsedJwe> parseCompact(QByteArrayView token)
{
    QVarLengthArray<QByteArrayView, 5> parts;
    for (QByteArrayView rest = token;;) {
        const qsizetype dot = rest.indexOf('.');
        parts.append(dot < 0 ? rest : rest.first(dot));
        if (dot < 0 || parts.size() > 5)
            break;
        rest = rest.sliced(dot + 1);
    }
    if (parts.size() != 5)
        return malformedToken(u"A compact JWE has five parts"_s);
    auto protectedPart = JoseHeader::decode(parts[0]);
    if (!protectedPart)
        return protectedPart.error();
    ParsedJwe jwe;
    jwe.protectedHeader = protectedPart->raw().toByteArray();
    jwe.associatedData = parts[0].toByteArray();
    auto header = JoseHeader::merge(*std::move(protectedPart), {}, {});
    if (!header)
        return header.error();
    Recipient recipient{*std::move(header), {}};
    for (const auto &[text, target] : {std::pair{parts[1], &recipient.encryptedKey},
                                       {parts[2], &jwe.iv},
                                       {parts[3], &jwe.ciphertext},
                                       {parts[4], &jwe.tag}}) {
        if (const auto decoded = decodeInto(text, *target); !decoded)
            return decoded.error();
    }
    jwe.recipients << std::move(recipient);
    return jwe;
}

// RFC 7516 §7.2: what is there has its type, and empty members are left out.
Result<QByteArray> textMember(const JsonObject &json, QByteArrayView name)
{
    const JsonValue value = json.value(name);
    if (value.isUndefined())
        return QByteArray();
    const auto text = value.utf8();
    if (!text)
        return malformedToken(u"The member %1 is no text"_s.arg(QString::fromUtf8(name)));
    return text->toByteArray();
}

Result<JsonObject> objectMember(const JsonObject &json, QByteArrayView name)
{
    const JsonValue value = json.value(name);
    if (!value.isUndefined() && !value.isObject())
        return malformedToken(u"The member %1 is no object"_s.arg(QString::fromUtf8(name)));
    return value.object().value_or(JsonObject());
}

Result<Recipient> readRecipient(const JsonObject &json, const JsonObject &protectedPart, const JsonObject &sharedPart)
{
    auto own = objectMember(json, "header");
    if (!own)
        return own.error();
    auto header = JoseHeader::merge(protectedPart, sharedPart, *std::move(own));
    if (!header)
        return header.error();
    Recipient recipient{*std::move(header), {}};
    const auto encryptedKey = textMember(json, "encrypted_key");
    if (!encryptedKey)
        return encryptedKey.error();
    if (const auto decoded = decodeInto(*encryptedKey, recipient.encryptedKey); !decoded)
        return decoded.error();
    return recipient;
}

Result<QList<Recipient>> readRecipients(const JsonObject &json, const JsonObject &protectedPart,
                                        const JsonObject &sharedPart)
{
    if (!json.contains("recipients")) {
        auto recipient = readRecipient(json, protectedPart, sharedPart);
        if (!recipient)
            return recipient.error();
        return QList<Recipient>{*std::move(recipient)};
    }
    const auto items = json.array("recipients");
    // RFC 7516 §7.2.2: one syntax or the other, never both.
    if (!items || items->isEmpty() || items->size() > mostRecipients || json.contains("header")
        || json.contains("encrypted_key"))
        return malformedToken(u"The token's list of recipients is not usable"_s);
    QList<Recipient> recipients;
    for (const JsonValue &item : *items) {
        const auto object = item.object();
        auto recipient = object ? readRecipient(*object, protectedPart, sharedPart)
                                : Result<Recipient>(malformedToken(u"A recipient is no JSON object"_s));
        if (!recipient)
            return recipient.error();
        recipients << *std::move(recipient);
    }
    return recipients;
}

Result<ParsedJwe> parseJson(QByteArrayView token)
{
    const auto json = JsonObject::parse(token.toByteArray(), tokenLimits);
    if (!json)
        return malformedToken(u"The token is no JSON object: "_s + json.error().message());
    const auto protectedText = textMember(*json, "protected");
    const auto sharedPart = objectMember(*json, "unprotected");
    const auto aad = textMember(*json, "aad");
    if (!protectedText || !sharedPart || !aad || !json->value("ciphertext").isString())
        return malformedToken(u"A member of the token is missing or of the wrong type"_s);
    ParsedJwe jwe;
    JsonObject protectedPart;
    if (!protectedText->isEmpty()) {
        auto decoded = JoseHeader::decode(*protectedText);
        if (!decoded)
            return decoded.error();
        protectedPart = *std::move(decoded);
        jwe.protectedHeader = protectedPart.raw().toByteArray();
    }
    jwe.associatedData = *protectedText;
    if (!aad->isEmpty()) {
        QByteArray unused;
        if (const auto decoded = decodeInto(*aad, unused); !decoded)
            return decoded.error();
        jwe.associatedData += '.' + *aad;
    }
    for (const auto &[name, target] :
         {std::pair<QByteArrayView, QByteArray *>{"iv", &jwe.iv}, {"ciphertext", &jwe.ciphertext}, {"tag", &jwe.tag}}) {
        const auto text = textMember(*json, name);
        if (!text)
            return text.error();
        if (const auto decoded = decodeInto(*text, *target); !decoded)
            return decoded.error();
    }
    auto recipients = readRecipients(*json, protectedPart, *sharedPart);
    if (!recipients)
        return recipients.error();
    jwe.recipients = *std::move(recipients);
    return jwe;
}

struct Choice
{
    KeyManagement algorithm;
    ContentEncryption encryption;
    bool isCompressed;
};

bool isPasswordBased(KeyManagement algorithm)
{
    return algorithm == KeyManagement::Pbes2Hs256A128Kw || algorithm == KeyManagement::Pbes2Hs384A192Kw
        || algorithm == KeyManagement::Pbes2Hs512A256Kw;
}

// What the header asks for, held against what the caller allows. Nothing here depends on a key.
Result<Choice> readChoice(const JoseHeader &header, const JweRules &rules)
{
    if (const auto critical = header.checkCritical(rules.understood); !critical)
        return critical.error();
    const auto algorithm = parseKeyManagement(header.value("alg").utf8().value_or(QByteArrayView()));
    const auto encryption = parseContentEncryption(header.value("enc").utf8().value_or(QByteArrayView()));
    if (!algorithm || !encryption)
        return refusedToken(u"The algorithm or the encryption is missing or unknown"_s);
    if (*algorithm == KeyManagement::Rsa1_5 && !rules.allowRsa1_5)
        return refusedToken(u"RSA1_5 is not allowed"_s);
    if (isPasswordBased(*algorithm)) {
        if (!rules.allowPassword)
            return refusedToken(u"Encryption by password is not allowed"_s);
        if (const auto count = checkPasswordCount(header); !count)
            return count.error();
    }
    const JsonValue zip = header.value("zip");
    if (zip.isUndefined())
        return Choice{*algorithm, *encryption, false};
    // RFC 7516 §4.1.3: protected, and DEF is the only one there is.
    if (!header.protectedPart().value("zip").isString("DEF"))
        return refusedToken(u"The compression is unknown or unprotected"_s);
    if (!rules.allowDecompression)
        return refusedToken(u"Compressed content is not allowed"_s);
    return Choice{*algorithm, *encryption, true};
}

QList<Jwk> fittingKeys(const JwkSet &keys, const JoseHeader &header, const Choice &choice)
{
    QList<Jwk> named;
    QList<Jwk> unnamed;
    const auto keyId = header.optionalKeyId();
    for (const Jwk &key : keys.keys()) {
        if (!fits(key, choice.algorithm, choice.encryption, KeyPurpose::Decrypt))
            continue;
        if (!keyId || key.keyId() == *keyId)
            named << key;
        else if (key.keyId().isEmpty())
            unnamed << key;
    }
    return (named.isEmpty() ? unnamed : named)
        .first(std::min(mostKeysTried, (named.isEmpty() ? unnamed : named).size()));
}

Result<DecryptedJwe> decryptFor(const Recipient &recipient, const ParsedJwe &jwe, const JwkSet &keys,
                                const JweRules &rules)
{
    const auto choice = readChoice(recipient.header, rules);
    if (!choice)
        return choice.error();
    for (const Jwk &key : fittingKeys(keys, recipient.header, *choice)) {
        const auto contentKey =
            recoverKey({recipient.header, choice->algorithm, choice->encryption, recipient.encryptedKey}, key);
        if (!contentKey)
            continue;
        auto plaintext = decryptContent(cipherOf(choice->encryption), *contentKey, jwe.iv, jwe.associatedData,
                                        jwe.ciphertext, jwe.tag);
        if (!plaintext)
            continue;
        if (choice->isCompressed)
            plaintext = inflate(plaintext->reveal(), JweRules::maximumInflated, JweRules::maximumRatio);
        if (!plaintext)
            return plaintext.error();
        return DecryptedJwe{*std::move(plaintext), jwe.protectedHeader, choice->algorithm,
                            choice->encryption,    key.keyId(),         key};
    }
    return notDecrypted();
}

} // namespace

Result<DecryptedJwe> decryptJwe(QByteArrayView token, const JwkSet &keys, const JweRules &rules)
{
    if (token.size() > largestToken)
        return malformedToken(u"The token is too large"_s);
    const auto jwe = token.startsWith('{') ? parseJson(token) : parseCompact(token);
    if (!jwe)
        return jwe.error();
    std::optional<Error> refused;
    for (const Recipient &recipient : jwe->recipients) {
        auto decrypted = decryptFor(recipient, *jwe, keys, rules);
        if (decrypted)
            return decrypted;
        if (!refused)
            refused = decrypted.error();
    }
    return jwe->recipients.size() == 1 ? *refused : notDecrypted();
}

} // namespace Countersign::Jose

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/base64url.h>
#include <countersign/jose/deflate.h>
#include <countersign/jose/jwekeys.h>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

QByteArrayView view(QLatin1String text)
{
    return {text.data(), text.size()};
}

void writeShared(JsonWriter &json, const EncryptionHeader &header)
{
    json.utf8("enc", view(name(header.encryption)));
    if (!header.type.isEmpty())
        json.string("typ", header.type);
    if (!header.contentType.isEmpty())
        json.string("cty", header.contentType);
    if (header.compress)
        json.utf8("zip", "DEF");
}

void writeOwn(JsonWriter &json, const EncryptionHeader &header)
{
    json.utf8("alg", view(name(header.keyManagement)));
    if (!header.keyId.isEmpty())
        json.string("kid", header.keyId);
}

Secret makeContentKey(ContentEncryption encryption, RandomSource &random)
{
    Secret key = Secret::ofSize(sizesOf(cipherOf(encryption)).key);
    random.fill(key.writable());
    return key;
}

struct Encrypted
{
    QByteArray iv;
    EncryptedContent content;
};

Result<Encrypted> encrypt(const EncryptionHeader &header, const Secret &contentKey, QByteArrayView associatedData,
                          QByteArrayView plaintext, RandomSource &random)
{
    Secret compressed;
    if (header.compress) {
        auto deflated = deflate(plaintext);
        if (!deflated)
            return deflated.error();
        compressed = *std::move(deflated);
        plaintext = compressed.reveal();
    }
    const ContentCipher cipher = cipherOf(header.encryption);
    const QByteArray iv = random.bytes(sizesOf(cipher).iv);
    auto content = encryptContent(cipher, contentKey, iv, associatedData, plaintext);
    if (!content)
        return content.error();
    return Encrypted{iv, *std::move(content)};
}

} // namespace

Result<QByteArray> encryptCompact(const EncryptionHeader &header, QByteArrayView plaintext, const Jwk &key,
                                  RandomSource &random)
{
    JsonWriter json;
    json.beginObject();
    writeOwn(json, header);
    writeShared(json, header);
    const auto sent = sendKey(header, key, makeContentKey(header.encryption, random), random, json);
    if (!sent)
        return sent.error();
    json.endObject();
    const QByteArray protectedText = encodeBase64Url(json.view());
    const auto encrypted = encrypt(header, sent->contentKey, protectedText, plaintext, random);
    if (!encrypted)
        return encrypted.error();
    return QByteArrayList{protectedText, encodeBase64Url(sent->encryptedKey), encodeBase64Url(encrypted->iv),
                          encodeBase64Url(encrypted->content.ciphertext), encodeBase64Url(encrypted->content.tag)}
        .join('.');
}

Result<QByteArray> encryptJson(JweForm form, const QList<JweRecipient> &recipients, QByteArrayView plaintext,
                               QByteArrayView associatedData, RandomSource &random)
{
    if (form == JweForm::Compact || recipients.isEmpty() || (form == JweForm::Flattened && recipients.size() != 1))
        return Error{ErrorCode::InvalidArgument, u"This form of JWE needs another number of recipients"_s};
    EncryptionHeader common = recipients.first().header;
    Secret contentKey = makeContentKey(common.encryption, random);
    QList<QByteArray> members; // each recipient's "header" and "encrypted_key"
    for (const JweRecipient &recipient : recipients) {
        EncryptionHeader header = recipient.header;
        header.encryption = common.encryption;
        if (recipients.size() > 1 && decidesContentKey(header.keyManagement))
            return Error{ErrorCode::InvalidArgument, u"A key that is not sent can have one recipient only"_s};
        JsonWriter own;
        own.beginObject();
        writeOwn(own, header);
        auto sent = sendKey(header, recipient.key, contentKey, random, own);
        if (!sent)
            return sent.error();
        own.endObject();
        contentKey = std::move(sent->contentKey);
        QByteArray member = "\"header\":" + own.take();
        if (!sent->encryptedKey.isEmpty())
            member += ",\"encrypted_key\":\"" + encodeBase64Url(sent->encryptedKey) + '"';
        members << member;
    }

    JsonWriter shared;
    shared.beginObject();
    writeShared(shared, common);
    shared.endObject();
    const QByteArray protectedText = encodeBase64Url(shared.view());
    const QByteArray aad = encodeBase64Url(associatedData);
    QByteArray authenticated = protectedText;
    if (!aad.isEmpty())
        authenticated += '.' + aad;
    const auto encrypted = encrypt(common, contentKey, authenticated, plaintext, random);
    if (!encrypted)
        return encrypted.error();

    QByteArray token = "{\"protected\":\"" + protectedText + "\",";
    if (form == JweForm::Flattened)
        token += members.first();
    else
        token += "\"recipients\":[{" + members.join("},{") + "}]";
    if (!aad.isEmpty())
        token += ",\"aad\":\"" + aad + '"';
    token += ",\"iv\":\"" + encodeBase64Url(encrypted->iv) + "\",\"ciphertext\":\""
        + encodeBase64Url(encrypted->content.ciphertext) + "\",\"tag\":\"" + encodeBase64Url(encrypted->content.tag)
        + "\"}";
    return token;
}

} // namespace Countersign::Jose

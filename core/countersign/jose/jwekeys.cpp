// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/jwekeys.h>

#include <countersign/crypto/keywrap.h>
#include <countersign/crypto/systemrandom.h>
#include <countersign/jose/base64url.h>
#include <countersign/jose/jwkdata.h>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr qsizetype shortestSalt = 8; // RFC 7518 §4.8.1.1

enum class Method : quint8 { Rsa, KeyWrap, GcmKeyWrap, Direct, Agreement, Password };

struct Description
{
    Method method;
    qsizetype wrappingKeySize; //!< 0: nothing is wrapped by AES
    HashAlgorithm hash;
};

Description describe(KeyManagement algorithm)
{
    using enum KeyManagement;
    switch (algorithm) {
    case Rsa1_5:
    case RsaOaep: return {Method::Rsa, 0, HashAlgorithm::Sha1};
    case RsaOaep256: return {Method::Rsa, 0, HashAlgorithm::Sha256};
    case RsaOaep384: return {Method::Rsa, 0, HashAlgorithm::Sha384};
    case RsaOaep512: return {Method::Rsa, 0, HashAlgorithm::Sha512};
    case A128Kw: return {Method::KeyWrap, 16, {}};
    case A192Kw: return {Method::KeyWrap, 24, {}};
    case A256Kw: return {Method::KeyWrap, 32, {}};
    case A128GcmKw: return {Method::GcmKeyWrap, 16, {}};
    case A192GcmKw: return {Method::GcmKeyWrap, 24, {}};
    case A256GcmKw: return {Method::GcmKeyWrap, 32, {}};
    case Direct: return {Method::Direct, 0, {}};
    case EcdhEs: return {Method::Agreement, 0, {}};
    case EcdhEsA128Kw: return {Method::Agreement, 16, {}};
    case EcdhEsA192Kw: return {Method::Agreement, 24, {}};
    case EcdhEsA256Kw: return {Method::Agreement, 32, {}};
    case Pbes2Hs256A128Kw: return {Method::Password, 16, HashAlgorithm::Sha256};
    case Pbes2Hs384A192Kw: return {Method::Password, 24, HashAlgorithm::Sha384};
    case Pbes2Hs512A256Kw: return {Method::Password, 32, HashAlgorithm::Sha512};
    }
    Q_UNREACHABLE();
}

ContentCipher gcmOf(qsizetype keySize)
{
    if (keySize == 16)
        return ContentCipher::Aes128Gcm;
    return keySize == 24 ? ContentCipher::Aes192Gcm : ContentCipher::Aes256Gcm;
}

RsaEncryption paddingOf(KeyManagement algorithm)
{
    return algorithm == KeyManagement::Rsa1_5 ? RsaEncryption::Pkcs1 : RsaEncryption::Oaep;
}

bool canAgree(const Jwk &key)
{
    const auto &asymmetric = key.asymmetricKey();
    return asymmetric && asymmetric->type() != KeyType::Rsa && asymmetric->type() != KeyType::Ed25519
        && asymmetric->type() != KeyType::Ed448;
}

QByteArrayView view(QLatin1String text)
{
    return {text.data(), text.size()};
}

Result<QByteArray> headerBytes(const JoseHeader &header, QByteArrayView name)
{
    const auto text = header.value(name).utf8();
    if (!text)
        return refusedToken(u"The header parameter %1 is missing or no text"_s.arg(QString::fromUtf8(name)));
    return decodeBase64Url(*text);
}

// "apu" and "apv" may be missing.
Result<QByteArray> optionalBytes(const JoseHeader &header, QByteArrayView name)
{
    if (header.value(name).isUndefined())
        return QByteArray();
    return headerBytes(header, name);
}

// What the Concat KDF makes of the shared secret: the content key itself, or the key that wraps it.
Secret agreedKey(const Secret &shared, KeyManagement algorithm, ContentEncryption encryption, QByteArrayView apu,
                 QByteArrayView apv)
{
    const qsizetype wrapping = describe(algorithm).wrappingKeySize;
    const QLatin1String id = wrapping > 0 ? name(algorithm) : name(encryption);
    const qsizetype size = wrapping > 0 ? wrapping : sizesOf(cipherOf(encryption)).key;
    return deriveByConcatKdf(shared, view(id), apu, apv, size);
}

Result<Secret> recoverByAgreement(const KeyRequest &request, const Jwk &key)
{
    const auto ephemeral = request.header.value("epk").object();
    if (!ephemeral)
        return refusedToken(u"The header parameter epk is missing or no key"_s);
    const auto peer = JwkData::read(*ephemeral);
    if (!peer)
        return peer.error();
    if (!canAgree(*peer) || peer->isPrivate() || peer->asymmetricKey()->type() != key.asymmetricKey()->type())
        return refusedToken(u"The ephemeral key is of another kind"_s);
    const auto apu = optionalBytes(request.header, "apu");
    const auto apv = optionalBytes(request.header, "apv");
    if (!apu || !apv)
        return refusedToken(u"The header parameter apu or apv is no base64url"_s);
    const auto shared = key.asymmetricKey()->agree(*peer->asymmetricKey());
    if (!shared)
        return shared.error();
    Secret agreed = agreedKey(*shared, request.algorithm, request.encryption, *apu, *apv);
    if (request.algorithm != KeyManagement::EcdhEs)
        return unwrapKey(agreed, request.encryptedKey);
    if (!request.encryptedKey.isEmpty())
        return refusedToken(u"An agreed key comes with no encrypted one"_s);
    return agreed;
}

Result<Secret> recoverByGcm(const KeyRequest &request, const Jwk &key)
{
    const auto iv = headerBytes(request.header, "iv");
    const auto tag = headerBytes(request.header, "tag");
    if (!iv || !tag)
        return refusedToken(u"The header parameter iv or tag is missing or no base64url"_s);
    return decryptContent(gcmOf(key.secret().size()), key.secret(), *iv, {}, request.encryptedKey, *tag);
}

// RFC 7518 §4.8.1.1: the salt is bound to the algorithm.
QByteArray passwordSalt(KeyManagement algorithm, const QByteArray &random)
{
    return QByteArray(name(algorithm).data()) + '\0' + random;
}

Result<Secret> recoverByPassword(const KeyRequest &request, const Jwk &key)
{
    const auto salt = headerBytes(request.header, "p2s");
    const auto count = request.header.value("p2c").integer();
    if (!salt || salt->size() < shortestSalt || !count)
        return refusedToken(u"The header parameter p2s or p2c is not usable"_s);
    const Description description = describe(request.algorithm);
    const auto wrapping = deriveByPbkdf2(description.hash, key.secret(), passwordSalt(request.algorithm, *salt),
                                         static_cast<int>(*count), description.wrappingKeySize);
    if (!wrapping)
        return wrapping.error();
    return unwrapKey(*wrapping, request.encryptedKey);
}

// What a recipient gets instead of a key that could not be had: decryption then fails by its tag, at the same place and
// after the same time as for a forged text (RFC 7516 §11.5).
Secret randomKey(ContentEncryption encryption)
{
    Secret key = Secret::ofSize(sizesOf(cipherOf(encryption)).key);
    SystemRandom().fill(key.writable());
    return key;
}

Result<Secret> recover(const KeyRequest &request, const Jwk &key)
{
    switch (describe(request.algorithm).method) {
    case Method::Rsa:
        return key.asymmetricKey()->decrypt(paddingOf(request.algorithm), describe(request.algorithm).hash,
                                            request.encryptedKey);
    case Method::KeyWrap: return unwrapKey(key.secret(), request.encryptedKey);
    case Method::GcmKeyWrap: return recoverByGcm(request, key);
    case Method::Direct:
        if (!request.encryptedKey.isEmpty())
            return refusedToken(u"A direct key comes with no encrypted one"_s);
        return key.secret().clone();
    case Method::Agreement: return recoverByAgreement(request, key);
    case Method::Password: return recoverByPassword(request, key);
    }
    Q_UNREACHABLE();
}

Result<SentKey> sendByAgreement(const EncryptionHeader &header, const Jwk &key, Secret contentKey, JsonWriter &json)
{
    const auto ephemeral = AsymmetricKey::generate(key.asymmetricKey()->type());
    if (!ephemeral)
        return ephemeral.error();
    const auto shared = ephemeral->agree(key.asymmetricKey()->publicKey());
    if (!shared)
        return shared.error();
    json.raw("epk", Jwk::fromKey(*ephemeral).toJson());
    if (!header.partyUInfo.isEmpty())
        json.utf8("apu", encodeBase64Url(header.partyUInfo));
    if (!header.partyVInfo.isEmpty())
        json.utf8("apv", encodeBase64Url(header.partyVInfo));
    Secret agreed = agreedKey(*shared, header.keyManagement, header.encryption, header.partyUInfo, header.partyVInfo);
    if (header.keyManagement == KeyManagement::EcdhEs)
        return SentKey{std::move(agreed), {}};
    auto wrapped = wrapKey(agreed, contentKey);
    if (!wrapped)
        return wrapped.error();
    return SentKey{std::move(contentKey), *std::move(wrapped)};
}

Result<QByteArray> sendByGcm(const Jwk &key, const Secret &contentKey, RandomSource &random, JsonWriter &json)
{
    const ContentCipher cipher = gcmOf(key.secret().size());
    const QByteArray iv = random.bytes(sizesOf(cipher).iv);
    auto encrypted = encryptContent(cipher, key.secret(), iv, {}, contentKey.reveal());
    if (!encrypted)
        return encrypted.error();
    json.utf8("iv", encodeBase64Url(iv)).utf8("tag", encodeBase64Url(encrypted->tag));
    return encrypted->ciphertext;
}

Result<QByteArray> sendByPassword(const EncryptionHeader &header, const Jwk &key, const Secret &contentKey,
                                  RandomSource &random, JsonWriter &json)
{
    if (header.passwordCount < JweRules::minimumPasswordCount || header.passwordCount > JweRules::maximumPasswordCount)
        return Error{ErrorCode::InvalidArgument, u"The password count is out of bounds"_s};
    const Description description = describe(header.keyManagement);
    const QByteArray salt = random.bytes(16);
    json.utf8("p2s", encodeBase64Url(salt)).integer("p2c", header.passwordCount);
    const auto wrapping = deriveByPbkdf2(description.hash, key.secret(), passwordSalt(header.keyManagement, salt),
                                         static_cast<int>(header.passwordCount), description.wrappingKeySize);
    if (!wrapping)
        return wrapping.error();
    return wrapKey(*wrapping, contentKey);
}

} // namespace

bool decidesContentKey(KeyManagement algorithm)
{
    return algorithm == KeyManagement::Direct || algorithm == KeyManagement::EcdhEs;
}

bool fits(const Jwk &key, KeyManagement algorithm, ContentEncryption encryption, KeyPurpose purpose)
{
    if (!key.permits(algorithm, encryption, purpose) || (purpose == KeyPurpose::Decrypt && !key.isPrivate()))
        return false;
    const Description description = describe(algorithm);
    switch (description.method) {
    case Method::Rsa: return key.asymmetricKey() && key.asymmetricKey()->type() == KeyType::Rsa;
    case Method::KeyWrap:
    case Method::GcmKeyWrap: return key.isSymmetric() && key.secret().size() == description.wrappingKeySize;
    case Method::Direct: return key.isSymmetric() && key.secret().size() == sizesOf(cipherOf(encryption)).key;
    case Method::Agreement: return canAgree(key);
    case Method::Password: return key.isSymmetric() && !key.secret().isEmpty();
    }
    Q_UNREACHABLE();
}

Result<void> checkPasswordCount(const JoseHeader &header)
{
    const auto count = header.value("p2c").integer();
    if (!count || *count < JweRules::minimumPasswordCount || *count > JweRules::maximumPasswordCount)
        return refusedToken(u"The password count is missing or out of bounds"_s);
    return {};
}

Result<Secret> recoverKey(const KeyRequest &request, const Jwk &key)
{
    auto contentKey = recover(request, key);
    if (decidesContentKey(request.algorithm))
        return contentKey;
    if (!contentKey || contentKey->size() != sizesOf(cipherOf(request.encryption)).key)
        return randomKey(request.encryption);
    return contentKey;
}

Result<SentKey> sendKey(const EncryptionHeader &header, const Jwk &key, const Secret &shared, RandomSource &random,
                        JsonWriter &json)
{
    if (!fits(key, header.keyManagement, header.encryption, KeyPurpose::Encrypt))
        return Error{ErrorCode::InvalidArgument, ErrorCause::KeyNotFound,
                     u"The key does not fit the algorithm %1"_s.arg(name(header.keyManagement))};
    Secret contentKey = shared.clone();
    Result<QByteArray> encrypted = QByteArray();
    switch (describe(header.keyManagement).method) {
    case Method::Direct: return SentKey{key.secret().clone(), {}};
    case Method::Agreement: return sendByAgreement(header, key, std::move(contentKey), json);
    case Method::Rsa:
        encrypted = key.asymmetricKey()->encrypt(paddingOf(header.keyManagement), describe(header.keyManagement).hash,
                                                 contentKey.reveal());
        break;
    case Method::KeyWrap: encrypted = wrapKey(key.secret(), contentKey); break;
    case Method::GcmKeyWrap: encrypted = sendByGcm(key, contentKey, random, json); break;
    case Method::Password: encrypted = sendByPassword(header, key, contentKey, random, json); break;
    }
    if (!encrypted)
        return encrypted.error();
    return SentKey{std::move(contentKey), *std::move(encrypted)};
}

} // namespace Countersign::Jose

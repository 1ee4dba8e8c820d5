// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/jwk.h>

#include <countersign/crypto/constanttime.h>
#include <countersign/crypto/systemrandom.h>
#include <countersign/jose/base64url.h>
#include <countersign/jose/jsonwriter.h>
#include <countersign/jose/jwkdata.h>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr JsonLimits keyLimits{.maximumSize = 256 * 1024, .maximumDepth = 8, .maximumValues = 1000};

Algorithms fitting(const AsymmetricKey &key)
{
    using enum Algorithm;
    switch (key.type()) {
    case KeyType::Rsa: return {RS256, RS384, RS512, PS256, PS384, PS512};
    case KeyType::P256: return {ES256};
    case KeyType::P384: return {ES384};
    case KeyType::P521: return {ES512};
    case KeyType::Ed25519:
    case KeyType::Ed448: return {EdDSA};
    case KeyType::X25519:
    case KeyType::X448: return {};
    }
    Q_UNREACHABLE();
}

// RFC 7518 §3.2: a key at least as long as the hash.
Algorithms fitting(const Secret &secret)
{
    Algorithms algorithms;
    for (const Algorithm algorithm : {Algorithm::HS256, Algorithm::HS384, Algorithm::HS512}) {
        if (secret.size() >= digestSize(hash(algorithm)))
            algorithms.insert(algorithm);
    }
    return algorithms;
}

SignatureScheme schemeOf(Algorithm algorithm)
{
    switch (family(algorithm)) {
    case AlgorithmFamily::RsaPkcs1: return SignatureScheme::RsaPkcs1;
    case AlgorithmFamily::RsaPss: return SignatureScheme::RsaPss;
    case AlgorithmFamily::Ecdsa: return SignatureScheme::Ecdsa;
    case AlgorithmFamily::EdDsa: return SignatureScheme::EdDsa;
    case AlgorithmFamily::Hmac: break;
    }
    Q_UNREACHABLE();
}

void writePublicMembers(JsonWriter &json, const JwkData &data)
{
    json.utf8("kty", {data.type.data(), data.type.size()});
    if (!data.key)
        return;
    const KeyNumbers numbers = data.key->publicNumbers();
    if (numbers.type == KeyType::Rsa) {
        json.utf8("n", encodeBase64Url(numbers.n)).utf8("e", encodeBase64Url(numbers.e));
        return;
    }
    json.utf8("crv", {data.curve.data(), data.curve.size()}).utf8("x", encodeBase64Url(numbers.x));
    if (!numbers.y.isEmpty())
        json.utf8("y", encodeBase64Url(numbers.y));
}

void writePrivateMembers(JsonWriter &json, const JwkData &data)
{
    const auto write = [&json](QByteArrayView name, const Secret &value) {
        if (!value.isEmpty())
            json.secret(name, Secret(encodeBase64Url(value.reveal())));
    };
    write("k", data.secret);
    if (!data.key || !data.key->isPrivate())
        return;
    const KeyNumbers numbers = data.key->privateNumbers();
    write("d", numbers.d);
    write("p", numbers.p);
    write("q", numbers.q);
    write("dp", numbers.dp);
    write("dq", numbers.dq);
    write("qi", numbers.qi);
}

void writeMetadata(JsonWriter &json, const JwkData &data)
{
    if (!data.keyId.isEmpty())
        json.string("kid", data.keyId);
    if (data.use != KeyUse::Unspecified)
        json.utf8("use", data.use == KeyUse::Signature ? "sig" : "enc");
    if (!data.algorithm.isEmpty())
        json.string("alg", data.algorithm);
    if (!data.issuer.isEmpty())
        json.string("issuer", data.issuer);
    if (data.operations)
        json.strings("key_ops", *data.operations);
}

// What the other half of a key is for. Spec: RFC 7517 §4.3.
QStringList publicOperations(const QStringList &operations)
{
    QStringList result;
    for (const QString &operation : operations) {
        if (operation == "sign"_L1 || operation == "verify"_L1)
            result << u"verify"_s;
        else if (operation == "decrypt"_L1 || operation == "encrypt"_L1)
            result << u"encrypt"_s;
        else if (operation == "unwrapKey"_L1 || operation == "wrapKey"_L1)
            result << u"wrapKey"_s;
    }
    result.removeDuplicates();
    return result;
}

} // namespace

JwkData JwkData::clone() const
{
    JwkData copy;
    copy.type = type;
    copy.curve = curve;
    copy.keyId = keyId;
    copy.algorithm = algorithm;
    copy.issuer = issuer;
    copy.use = use;
    copy.hasForeignUse = hasForeignUse;
    copy.operations = operations;
    copy.hasCertificates = hasCertificates;
    copy.key = key;
    copy.secret = secret.clone();
    return copy;
}

bool JwkData::allows(std::initializer_list<QLatin1String> anyOf, KeyUse wanted) const
{
    if (hasForeignUse || (use != KeyUse::Unspecified && use != wanted))
        return false;
    return !operations || std::any_of(anyOf.begin(), anyOf.end(), [this](QLatin1String operation) {
        return operations->contains(operation);
    });
}

Secret JwkData::thumbprintInput() const
{
    JsonWriter json;
    json.beginObject();
    if (!key) {
        json.secret("k", Secret(encodeBase64Url(secret.reveal()))).utf8("kty", "oct");
    } else {
        const KeyNumbers numbers = key->publicNumbers();
        if (numbers.type == KeyType::Rsa)
            json.utf8("e", encodeBase64Url(numbers.e)).utf8("kty", "RSA").utf8("n", encodeBase64Url(numbers.n));
        else
            json.utf8("crv", {curve.data(), curve.size()})
                .utf8("kty", {type.data(), type.size()})
                .utf8("x", encodeBase64Url(numbers.x));
        if (!numbers.y.isEmpty())
            json.utf8("y", encodeBase64Url(numbers.y));
    }
    json.endObject();
    return json.takeSecret();
}

Jwk JwkData::finish(JwkData data)
{
    Algorithms fit = data.key ? fitting(*data.key) : fitting(data.secret);
    if (!data.algorithm.isEmpty()) {
        const auto only = parseAlgorithm(data.algorithm);
        fit = only && fit.contains(*only) ? Algorithms{*only} : Algorithms{};
    }
    if (data.allows({"verify"_L1}, KeyUse::Signature))
        data.forVerifying = fit;
    const bool canSign = !data.key || data.key->isPrivate();
    if (canSign && data.allows({"sign"_L1}, KeyUse::Signature))
        data.forSigning = fit;
    data.thumbprint = digest(HashAlgorithm::Sha256, data.thumbprintInput().reveal());
    return Jwk(std::make_shared<const JwkData>(std::move(data)));
}

Jwk::Jwk(std::shared_ptr<const JwkData> data) : m_data(std::move(data))
{
}

Result<Jwk> Jwk::parse(QByteArrayView json)
{
    const auto object = JsonObject::parse(Secret::copyOf(json), keyLimits);
    if (!object)
        return Error{ErrorCode::InvalidArgument, object.error().message()};
    return JwkData::read(*object);
}

Result<Jwk> Jwk::fromPem(QByteArrayView text, const Secret &passphrase)
{
    auto key = AsymmetricKey::fromPem(text, passphrase);
    if (!key)
        return key.error();
    return fromKey(*key);
}

Jwk Jwk::fromKey(const AsymmetricKey &key, const QString &keyId)
{
    JwkData data;
    std::tie(data.type, data.curve) = typeAndCurve(key.type());
    data.keyId = keyId;
    data.key = key;
    return JwkData::finish(std::move(data));
}

Jwk Jwk::fromSecret(Secret secret, const QString &keyId)
{
    JwkData data;
    data.type = "oct"_L1;
    data.keyId = keyId;
    data.secret = std::move(secret);
    return JwkData::finish(std::move(data));
}

Result<Jwk> Jwk::generate(JwkKind kind, const QString &keyId)
{
    const auto make = [&keyId](KeyType type, int bits = 2048) -> Result<Jwk> {
        const auto key = AsymmetricKey::generate(type, bits);
        if (!key)
            return key.error();
        const Jwk jwk = fromKey(*key);
        return jwk.withKeyId(keyId.isEmpty() ? jwk.thumbprintText() : keyId);
    };
    const auto makeSecret = [&keyId](qsizetype size) {
        Secret secret = Secret::ofSize(size);
        SystemRandom().fill(secret.writable());
        const Jwk jwk = fromSecret(std::move(secret));
        return jwk.withKeyId(keyId.isEmpty() ? jwk.thumbprintText() : keyId);
    };
    switch (kind) {
    case JwkKind::Rsa2048: return make(KeyType::Rsa);
    case JwkKind::Rsa3072: return make(KeyType::Rsa, 3072);
    case JwkKind::Rsa4096: return make(KeyType::Rsa, 4096);
    case JwkKind::P256: return make(KeyType::P256);
    case JwkKind::P384: return make(KeyType::P384);
    case JwkKind::P521: return make(KeyType::P521);
    case JwkKind::Ed25519: return make(KeyType::Ed25519);
    case JwkKind::Ed448: return make(KeyType::Ed448);
    case JwkKind::X25519: return make(KeyType::X25519);
    case JwkKind::X448: return make(KeyType::X448);
    case JwkKind::Oct256: return makeSecret(32);
    case JwkKind::Oct512: return makeSecret(64);
    }
    Q_UNREACHABLE();
}

QLatin1String Jwk::type() const
{
    return m_data->type;
}

QLatin1String Jwk::curve() const
{
    return m_data->curve;
}

const QString &Jwk::keyId() const
{
    return m_data->keyId;
}

const QString &Jwk::algorithm() const
{
    return m_data->algorithm;
}

KeyUse Jwk::use() const
{
    return m_data->use;
}

QStringList Jwk::operations() const
{
    return m_data->operations.value_or(QStringList());
}

const QString &Jwk::issuer() const
{
    return m_data->issuer;
}

bool Jwk::hasCertificates() const
{
    return m_data->hasCertificates;
}

bool Jwk::isSymmetric() const
{
    return !m_data->key;
}

bool Jwk::isPrivate() const
{
    return m_data->key ? m_data->key->isPrivate() : !m_data->secret.isEmpty();
}

const std::optional<AsymmetricKey> &Jwk::asymmetricKey() const
{
    return m_data->key;
}

const Secret &Jwk::secret() const
{
    return m_data->secret;
}

Algorithms Jwk::algorithms(KeyPurpose purpose) const
{
    switch (purpose) {
    case KeyPurpose::Sign: return m_data->forSigning;
    case KeyPurpose::Verify: return m_data->forVerifying;
    case KeyPurpose::Encrypt:
    case KeyPurpose::Decrypt: return {};
    }
    Q_UNREACHABLE();
}

bool Jwk::permits(KeyManagement algorithm, ContentEncryption encryption, KeyPurpose purpose) const
{
    // A key for direct use may be named after the encryption it is for (RFC 7520 §5.6).
    const bool isNamed = m_data->algorithm == name(algorithm)
        || (algorithm == KeyManagement::Direct && m_data->algorithm == name(encryption));
    if (!m_data->algorithm.isEmpty() && !isNamed)
        return false;
    return purpose == KeyPurpose::Encrypt
        ? m_data->allows({"encrypt"_L1, "wrapKey"_L1, "deriveKey"_L1, "deriveBits"_L1}, KeyUse::Encryption)
        : m_data->allows({"decrypt"_L1, "unwrapKey"_L1, "deriveKey"_L1, "deriveBits"_L1}, KeyUse::Encryption);
}

Jwk Jwk::publicJwk() const
{
    JwkData data = m_data->clone();
    data.secret.clear();
    if (data.key)
        data.key = data.key->publicKey();
    if (data.operations)
        data.operations = publicOperations(*data.operations);
    return JwkData::finish(std::move(data));
}

Jwk Jwk::withKeyId(const QString &keyId) const
{
    JwkData data = m_data->clone();
    data.keyId = keyId;
    return JwkData::finish(std::move(data));
}

Jwk Jwk::withAlgorithm(Algorithm algorithm) const
{
    JwkData data = m_data->clone();
    data.algorithm = name(algorithm);
    return JwkData::finish(std::move(data));
}

Jwk Jwk::withUse(KeyUse use) const
{
    JwkData data = m_data->clone();
    data.use = use;
    data.hasForeignUse = false;
    return JwkData::finish(std::move(data));
}

QByteArray Jwk::toJson() const
{
    JsonWriter json;
    json.beginObject();
    writePublicMembers(json, *m_data);
    JwkData metadata;
    metadata.keyId = m_data->keyId;
    metadata.use = m_data->use;
    metadata.algorithm = m_data->algorithm;
    metadata.issuer = m_data->issuer;
    if (m_data->operations)
        metadata.operations = publicOperations(*m_data->operations);
    writeMetadata(json, metadata);
    json.endObject();
    return json.take();
}

Secret Jwk::toPrivateJson() const
{
    JsonWriter json;
    json.beginObject();
    writePublicMembers(json, *m_data);
    writePrivateMembers(json, *m_data);
    writeMetadata(json, *m_data);
    json.endObject();
    return json.takeSecret();
}

QByteArray Jwk::thumbprint(HashAlgorithm hash) const
{
    return hash == HashAlgorithm::Sha256 ? m_data->thumbprint : digest(hash, m_data->thumbprintInput().reveal());
}

QString Jwk::thumbprintText() const
{
    return QString::fromLatin1(encodeBase64Url(m_data->thumbprint));
}

bool isSameKey(const Jwk &a, const Jwk &b)
{
    return a.isPrivate() == b.isPrivate() && a.m_data->thumbprint == b.m_data->thumbprint;
}

QDebug operator<<(QDebug out, const Jwk &key)
{
    const QDebugStateSaver saver(out);
    return out.nospace() << "<JWK " << key.type() << ' ' << key.curve() << " kid " << key.keyId() << '>';
}

Result<void> verifySignature(Algorithm algorithm, QByteArrayView signingInput, QByteArrayView signature, const Jwk &key)
{
    const JwkData &data = JwkData::of(key);
    if (!data.forVerifying.contains(algorithm))
        return Error{ErrorCode::SecurityCheckFailed, ErrorCause::KeyNotFound,
                     u"The key does not fit the algorithm %1"_s.arg(name(algorithm))};
    const bool isValid = data.key ? data.key->verify(schemeOf(algorithm), hash(algorithm), signingInput, signature)
                                  : verifyHmac(hash(algorithm), data.secret.reveal(), signingInput, signature);
    if (!isValid)
        return Error{ErrorCode::SecurityCheckFailed, ErrorCause::SignatureInvalid, u"The signature is not valid"_s};
    return {};
}

Result<QByteArray> makeSignature(Algorithm algorithm, QByteArrayView signingInput, const Jwk &key)
{
    const JwkData &data = JwkData::of(key);
    if (!data.forSigning.contains(algorithm))
        return Error{ErrorCode::InvalidArgument, ErrorCause::KeyNotFound,
                     u"The key cannot sign with the algorithm %1"_s.arg(name(algorithm))};
    if (data.key)
        return data.key->sign(schemeOf(algorithm), hash(algorithm), signingInput);
    return hmac(hash(algorithm), data.secret.reveal(), signingInput);
}

} // namespace Countersign::Jose

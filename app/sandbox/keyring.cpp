// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "keyring.h"

#include "state.h"

#include <countersign/crypto/digest.h>

#include <QtCore/QJsonDocument>

using namespace Qt::StringLiterals;
using namespace Countersign::Jose;
using Countersign::AsymmetricKey;
using Countersign::KeyType;
using Countersign::SignatureScheme;

namespace CountersignSandbox {

namespace {

AsymmetricKey generated(KeyType type)
{
    auto key = AsymmetricKey::generate(type);
    // Without keys there is no sandbox: OpenSSL has no entropy or no memory.
    if (!key)
        qFatal("countersign-sandbox: no key could be made: %s", qPrintable(key.error().message()));
    return *std::move(key);
}

KeyType typeFor(Algorithm algorithm)
{
    return family(algorithm) == AlgorithmFamily::Ecdsa ? KeyType::P256 : KeyType::Rsa;
}

SignatureScheme schemeFor(Algorithm algorithm)
{
    switch (family(algorithm)) {
    case AlgorithmFamily::RsaPss: return SignatureScheme::RsaPss;
    case AlgorithmFamily::Ecdsa: return SignatureScheme::Ecdsa;
    case AlgorithmFamily::EdDsa: return SignatureScheme::EdDsa;
    case AlgorithmFamily::RsaPkcs1:
    case AlgorithmFamily::Hmac: break;
    }
    return SignatureScheme::RsaPkcs1;
}

QByteArray signingInput(const QJsonObject &header, const QByteArray &payload)
{
    return base64Url(compactJson(header)) + '.' + base64Url(payload);
}

QByteArray signWith(const AsymmetricKey &key, Algorithm algorithm, const QJsonObject &header, const QByteArray &payload)
{
    const QByteArray input = signingInput(header, payload);
    const auto signature = key.sign(schemeFor(algorithm), hash(algorithm), input);
    return input + '.' + (signature ? base64Url(*signature) : QByteArray());
}

// RFC 7518 §6, RFC 8037 §2.
QJsonObject publicMembers(const AsymmetricKey &key)
{
    const auto numbers = key.publicNumbers();
    const auto text = [](const QByteArray &bytes) { return QString::fromLatin1(base64Url(bytes)); };
    if (key.type() == KeyType::Rsa)
        return {{u"kty"_s, u"RSA"_s}, {u"use"_s, u"sig"_s}, {u"n"_s, text(numbers.n)}, {u"e"_s, text(numbers.e)}};
    if (key.type() == KeyType::P256) {
        return {{u"kty"_s, u"EC"_s},
                {u"crv"_s, u"P-256"_s},
                {u"use"_s, u"sig"_s},
                {u"x"_s, text(numbers.x)},
                {u"y"_s, text(numbers.y)}};
    }
    return {{u"kty"_s, u"OKP"_s}, {u"crv"_s, u"Ed25519"_s}, {u"use"_s, u"sig"_s}, {u"x"_s, text(numbers.x)}};
}

} // namespace

QByteArray base64Url(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
}

QByteArray compactJson(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject decoyKey(KeyType type)
{
    return publicMembers(generated(type));
}

void KeyRing::rotate()
{
    m_rsa = NamedKey{.key = generated(KeyType::Rsa), .id = u"rsa-"_s + randomName().first(12)};
    m_ec = NamedKey{.key = generated(KeyType::P256), .id = u"ec-"_s + randomName().first(12)};
}

const KeyRing::NamedKey &KeyRing::keyFor(Algorithm algorithm) const
{
    return typeFor(algorithm) == KeyType::P256 ? *m_ec : *m_rsa;
}

QJsonArray KeyRing::published() const
{
    QJsonObject rsa = publicMembers(m_rsa->key);
    rsa.insert("kid"_L1, m_rsa->id);
    rsa.insert("alg"_L1, u"RS256"_s);
    QJsonObject ec = publicMembers(m_ec->key);
    ec.insert("kid"_L1, m_ec->id);
    ec.insert("alg"_L1, u"ES256"_s);
    return {rsa, ec};
}

QString KeyRing::keyId(Algorithm algorithm) const
{
    return keyFor(algorithm).id;
}

QByteArray KeyRing::sign(Algorithm algorithm, const QJsonObject &header, const QByteArray &payload,
                         const QString &sharedSecret) const
{
    if (!isSymmetric(algorithm))
        return signWith(keyFor(algorithm).key, algorithm, header, payload);
    const QByteArray secret = sharedSecret.isEmpty() ? m_rsa->key.publicPem() : sharedSecret.toUtf8();
    const QByteArray input = signingInput(header, payload);
    return input + '.' + base64Url(Countersign::hmac(hash(algorithm), secret, input));
}

QByteArray KeyRing::signWithForeignKey(Algorithm algorithm, const QJsonObject &header, const QByteArray &payload)
{
    return signWith(generated(typeFor(algorithm)), algorithm, header, payload);
}

QByteArray KeyRing::unsecured(const QJsonObject &header, const QByteArray &payload)
{
    return signingInput(header, payload) + '.';
}

} // namespace CountersignSandbox

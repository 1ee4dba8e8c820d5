// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/asymmetrickey.h>

#include <QtCore/QByteArrayView>
#include <QtCore/QLatin1String>
#include <QtCore/QString>

#include <initializer_list>
#include <optional>

namespace Countersign::Jose {

//! Signature and MAC algorithms. There is none for "none": it never verifies.
//!
//! Spec: RFC 7518 §3.1, RFC 8037 §3.1.
enum class Algorithm : quint8 {
    RS256,
    RS384,
    RS512,
    PS256,
    PS384,
    PS512,
    ES256,
    ES384,
    ES512,
    EdDSA,
    HS256,
    HS384,
    HS512
};

enum class AlgorithmFamily : quint8 { RsaPkcs1, RsaPss, Ecdsa, EdDsa, Hmac };

//! By its exact registered name: names are case-sensitive.
[[nodiscard]] COUNTERSIGN_EXPORT std::optional<Algorithm> parseAlgorithm(QByteArrayView name);
[[nodiscard]] COUNTERSIGN_EXPORT std::optional<Algorithm> parseAlgorithm(QStringView name);
[[nodiscard]] COUNTERSIGN_EXPORT QLatin1String name(Algorithm algorithm);
[[nodiscard]] COUNTERSIGN_EXPORT AlgorithmFamily family(Algorithm algorithm);
//! Of the message. For EdDSA, whose hash is fixed by the curve, Sha512: what at_hash uses for Ed25519.
[[nodiscard]] COUNTERSIGN_EXPORT HashAlgorithm hash(Algorithm algorithm);
[[nodiscard]] COUNTERSIGN_EXPORT bool isSymmetric(Algorithm algorithm);

//! A set of algorithms, for example those a validator allows.
class Algorithms
{
public:
    constexpr Algorithms() = default;
    constexpr Algorithms(std::initializer_list<Algorithm> algorithms)
    {
        for (const Algorithm algorithm : algorithms)
            insert(algorithm);
    }
    static constexpr Algorithms asymmetric()
    {
        using enum Algorithm;
        return {RS256, RS384, RS512, PS256, PS384, PS512, ES256, ES384, ES512, EdDSA};
    }
    static constexpr Algorithms all()
    {
        using enum Algorithm;
        Algorithms every = asymmetric();
        every.m_bits |= Algorithms{HS256, HS384, HS512}.m_bits;
        return every;
    }

    constexpr void insert(Algorithm algorithm) { m_bits |= bit(algorithm); }
    constexpr void remove(Algorithm algorithm) { m_bits &= ~bit(algorithm); }
    constexpr bool contains(Algorithm algorithm) const { return (m_bits & bit(algorithm)) != 0; }
    constexpr bool isEmpty() const { return m_bits == 0; }
    friend constexpr bool operator==(const Algorithms &, const Algorithms &) = default;

private:
    static constexpr quint32 bit(Algorithm algorithm) { return quint32{1} << static_cast<unsigned>(algorithm); }
    quint32 m_bits = 0;
};

//! How a content encryption key reaches the recipient.
//!
//! Spec: RFC 7518 §4.1, RFC 8037 §3.2 (and the OAEP registrations for SHA-384 and SHA-512).
enum class KeyManagement : quint8 {
    Rsa1_5,
    RsaOaep,
    RsaOaep256,
    RsaOaep384,
    RsaOaep512,
    A128Kw,
    A192Kw,
    A256Kw,
    A128GcmKw,
    A192GcmKw,
    A256GcmKw,
    Direct,
    EcdhEs,
    EcdhEsA128Kw,
    EcdhEsA192Kw,
    EcdhEsA256Kw,
    Pbes2Hs256A128Kw,
    Pbes2Hs384A192Kw,
    Pbes2Hs512A256Kw,
};

//! Spec: RFC 7518 §5.1.
enum class ContentEncryption : quint8 { A128CbcHs256, A192CbcHs384, A256CbcHs512, A128Gcm, A192Gcm, A256Gcm };

[[nodiscard]] COUNTERSIGN_EXPORT std::optional<KeyManagement> parseKeyManagement(QByteArrayView name);
[[nodiscard]] COUNTERSIGN_EXPORT std::optional<ContentEncryption> parseContentEncryption(QByteArrayView name);
[[nodiscard]] COUNTERSIGN_EXPORT QLatin1String name(KeyManagement algorithm);
[[nodiscard]] COUNTERSIGN_EXPORT QLatin1String name(ContentEncryption encryption);

} // namespace Countersign::Jose

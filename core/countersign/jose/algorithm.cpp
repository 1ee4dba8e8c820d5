// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/algorithm.h>

#include <array>
#include <span>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

// In the order of the enumerators, each with the section that names it.
constexpr std::array signatureNames{
    "RS256"_L1, "RS384"_L1, "RS512"_L1, // RFC 7518 §3.3
    "PS256"_L1, "PS384"_L1, "PS512"_L1, // RFC 7518 §3.5
    "ES256"_L1, "ES384"_L1, "ES512"_L1, // RFC 7518 §3.4
    "EdDSA"_L1, // RFC 8037 §3.1
    "HS256"_L1, "HS384"_L1, "HS512"_L1, // RFC 7518 §3.2
};

constexpr std::array keyManagementNames{
    "RSA1_5"_L1, // RFC 7518 §4.2
    "RSA-OAEP"_L1,
    "RSA-OAEP-256"_L1, // RFC 7518 §4.3
    "RSA-OAEP-384"_L1,
    "RSA-OAEP-512"_L1, // W3C Web Cryptography, registered by IANA
    "A128KW"_L1,
    "A192KW"_L1,
    "A256KW"_L1, // RFC 7518 §4.4
    "A128GCMKW"_L1,
    "A192GCMKW"_L1,
    "A256GCMKW"_L1, // RFC 7518 §4.7
    "dir"_L1, // RFC 7518 §4.5
    "ECDH-ES"_L1,
    "ECDH-ES+A128KW"_L1,
    "ECDH-ES+A192KW"_L1,
    "ECDH-ES+A256KW"_L1, // RFC 7518 §4.6
    "PBES2-HS256+A128KW"_L1,
    "PBES2-HS384+A192KW"_L1,
    "PBES2-HS512+A256KW"_L1, // RFC 7518 §4.8
};

constexpr std::array contentEncryptionNames{
    "A128CBC-HS256"_L1, "A192CBC-HS384"_L1, "A256CBC-HS512"_L1, // RFC 7518 §5.2
    "A128GCM"_L1,       "A192GCM"_L1,       "A256GCM"_L1, // RFC 7518 §5.3
};

template <typename Enum, typename View> std::optional<Enum> find(std::span<const QLatin1String> names, View wanted)
{
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == wanted)
            return static_cast<Enum>(i);
    }
    return std::nullopt;
}

QLatin1String latin1(QByteArrayView view)
{
    return QLatin1String(view.data(), view.size());
}

} // namespace

std::optional<Algorithm> parseAlgorithm(QByteArrayView name)
{
    return find<Algorithm>(signatureNames, latin1(name));
}

std::optional<Algorithm> parseAlgorithm(QStringView name)
{
    return find<Algorithm>(signatureNames, name);
}

QLatin1String name(Algorithm algorithm)
{
    return signatureNames[static_cast<std::size_t>(algorithm)];
}

AlgorithmFamily family(Algorithm algorithm)
{
    using enum Algorithm;
    switch (algorithm) {
    case RS256:
    case RS384:
    case RS512: return AlgorithmFamily::RsaPkcs1;
    case PS256:
    case PS384:
    case PS512: return AlgorithmFamily::RsaPss;
    case ES256:
    case ES384:
    case ES512: return AlgorithmFamily::Ecdsa;
    case EdDSA: return AlgorithmFamily::EdDsa;
    case HS256:
    case HS384:
    case HS512: return AlgorithmFamily::Hmac;
    }
    Q_UNREACHABLE();
}

HashAlgorithm hash(Algorithm algorithm)
{
    using enum Algorithm;
    switch (algorithm) {
    case RS256:
    case PS256:
    case ES256:
    case HS256: return HashAlgorithm::Sha256;
    case RS384:
    case PS384:
    case ES384:
    case HS384: return HashAlgorithm::Sha384;
    case RS512:
    case PS512:
    case ES512:
    case HS512:
    case EdDSA: return HashAlgorithm::Sha512;
    }
    Q_UNREACHABLE();
}

bool isSymmetric(Algorithm algorithm)
{
    return family(algorithm) == AlgorithmFamily::Hmac;
}

std::optional<KeyManagement> parseKeyManagement(QByteArrayView name)
{
    return find<KeyManagement>(keyManagementNames, latin1(name));
}

std::optional<ContentEncryption> parseContentEncryption(QByteArrayView name)
{
    return find<ContentEncryption>(contentEncryptionNames, latin1(name));
}

QLatin1String name(KeyManagement algorithm)
{
    return keyManagementNames[static_cast<std::size_t>(algorithm)];
}

QLatin1String name(ContentEncryption encryption)
{
    return contentEncryptionNames[static_cast<std::size_t>(encryption)];
}

} // namespace Countersign::Jose

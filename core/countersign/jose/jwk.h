// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/algorithm.h>

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <memory>
#include <optional>

namespace Countersign::Jose {

enum class KeyUse : quint8 { Unspecified, Signature, Encryption };

//! What a key wants to be used for. A key's own "use", "key_ops" and "alg" are asked against it.
enum class KeyPurpose : quint8 { Sign, Verify, Encrypt, Decrypt };

struct JwkData;

//! What generate() makes.
enum class JwkKind : quint8 {
    Rsa2048,
    Rsa3072,
    Rsa4096,
    P256,
    P384,
    P521,
    Ed25519,
    Ed448,
    X25519,
    X448,
    Oct256,
    Oct512
};

//! One JSON Web Key: RSA, EC, OKP or oct, public or private, ready for use. Immutable; copies share it.
//!
//! Weak keys do not become one of these (see AsymmetricKey); an oct key is held against the algorithm it is used with.
//!
//! Secrets: a private or symmetric key is wiped with the last copy. debug output names type and kid only.
//! Thread:  every function may be called from any thread.
//! Spec:    RFC 7517, RFC 7518 §6, RFC 8037 §2.
class COUNTERSIGN_EXPORT Jwk
{
public:
    //! Errors: InvalidArgument if \p json is no JWK; NotSupported for an unknown type or curve; SecurityCheckFailed for
    //!         a weak or inconsistent key.
    [[nodiscard]] static Result<Jwk> parse(QByteArrayView json);
    //! A public or private key in PEM, or a certificate's public key.
    [[nodiscard]] static Result<Jwk> fromPem(QByteArrayView text, const Secret &passphrase = {});
    [[nodiscard]] static Jwk fromKey(const AsymmetricKey &key, const QString &keyId = {});
    //! A symmetric key (oct), or a password for PBES2.
    [[nodiscard]] static Jwk fromSecret(Secret secret, const QString &keyId = {});
    //! A fresh private key; \p keyId, or the key's RFC 7638 thumbprint if empty.
    [[nodiscard]] static Result<Jwk> generate(JwkKind kind, const QString &keyId = {});

    //! "RSA", "EC", "OKP" or "oct".
    QLatin1String type() const;
    //! "P-256" … "X448"; empty for RSA and oct.
    QLatin1String curve() const;
    const QString &keyId() const;
    //! As written; may name an algorithm that is unknown here.
    const QString &algorithm() const;
    KeyUse use() const;
    QStringList operations() const;
    //! Microsoft: whose tokens this key may sign, perhaps with "{tenantid}" in it; empty when the key does not say.
    const QString &issuer() const;
    //! Present and inert: certificates in a key never give trust.
    bool hasCertificates() const;
    bool isSymmetric() const;
    bool isPrivate() const;
    //! Absent for oct.
    const std::optional<AsymmetricKey> &asymmetricKey() const;
    //! Of an oct key; empty for others.
    const Secret &secret() const;

    //! The signature algorithms this key may be used with for \p purpose, by its type, curve, size, use, key_ops and
    //! alg.
    Algorithms algorithms(KeyPurpose purpose) const;
    //! Whether use, key_ops and alg let this key take part in such an encryption; its type is not looked at.
    bool permits(KeyManagement algorithm, ContentEncryption encryption, KeyPurpose purpose) const;

    //! The public half, with the same kid, alg and use. An oct key has none: its secret member is left out.
    Jwk publicJwk() const;
    Jwk withKeyId(const QString &keyId) const;
    Jwk withAlgorithm(Algorithm algorithm) const;
    Jwk withUse(KeyUse use) const;

    //! Public members only, in compact JSON.
    QByteArray toJson() const;
    //! With the private members.
    Secret toPrivateJson() const;
    //! Spec: RFC 7638.
    QByteArray thumbprint(HashAlgorithm hash = HashAlgorithm::Sha256) const;
    //! The same in base64url, as a kid or jkt.
    QString thumbprintText() const;

    //! Same key; kid, use and the like are not compared.
    friend COUNTERSIGN_EXPORT bool isSameKey(const Jwk &a, const Jwk &b);
    friend COUNTERSIGN_EXPORT QDebug operator<<(QDebug out, const Jwk &key);

private:
    friend struct JwkData;
    explicit Jwk(std::shared_ptr<const JwkData> data);
    std::shared_ptr<const JwkData> m_data;
};

//! Verifies one signature or MAC over \p signingInput.
//!
//! \p algorithm is the caller's decision after its allow-list; the key has to fit it by type, curve, size, use, key_ops
//! and alg. MACs are compared in constant time.
//!
//! Errors: SecurityCheckFailed, cause SignatureInvalid for a wrong signature, KeyNotFound for a key that does not fit.
//! Spec:   RFC 7515 §5.2, RFC 8725 §3.1.
[[nodiscard]] COUNTERSIGN_EXPORT Result<void> verifySignature(Algorithm algorithm, QByteArrayView signingInput,
                                                              QByteArrayView signature, const Jwk &key);
[[nodiscard]] COUNTERSIGN_EXPORT Result<QByteArray> makeSignature(Algorithm algorithm, QByteArrayView signingInput,
                                                                  const Jwk &key);

} // namespace Countersign::Jose

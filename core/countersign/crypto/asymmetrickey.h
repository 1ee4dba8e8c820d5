// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/digest.h>
#include <countersign/crypto/secret.h>

#include <memory>

namespace Countersign {

enum class KeyType : quint8 { Rsa, P256, P384, P521, Ed25519, Ed448, X25519, X448 };
enum class SignatureScheme : quint8 { RsaPkcs1, RsaPss, Ecdsa, EdDsa };
enum class RsaEncryption : quint8 { Pkcs1, Oaep };

//! What a key is made of. RSA uses n, e and, if private, d, p, q, dp, dq, qi; a curve uses x (and y) and, if private,
//! d.
//!
//! Encoding: big endian; without leading zeros for RSA, of the curve's length for curves (RFC 7518 §6, RFC 8037 §2).
struct KeyNumbers
{
    KeyType type = KeyType::Rsa;
    QByteArray n, e;
    QByteArray x, y;
    Secret d, p, q, dp, dq, qi;

    bool isPrivate() const { return !d.isEmpty(); }
};

//! An RSA, elliptic curve or Edwards curve key, public or private, ready for use. It cannot be changed, copies share
//! it.
//!
//! A key that proves nothing does not become one of these: RSA outside 2048 to 16384 bits, an even or tiny exponent,
//! the ROCA fingerprint (CVE-2017-15361), a point off its curve, a public part that is not that of the private one.
//!
//! Errors:  SecurityCheckFailed for a weak or inconsistent key, InvalidArgument for what is none at all.
//! Secrets: private numbers are in OpenSSL's hands and wiped with the last copy.
//! Thread:  every function may be called from any thread.
class COUNTERSIGN_EXPORT AsymmetricKey
{
public:
    [[nodiscard]] static Result<AsymmetricKey> fromNumbers(const KeyNumbers &numbers);
    //! The first key in \p text: SubjectPublicKeyInfo, PKCS#1, SEC 1 or PKCS#8, or a certificate's public key.
    //!
    //! Errors: PassphraseWrong as cause if the key is encrypted and \p passphrase does not open it.
    [[nodiscard]] static Result<AsymmetricKey> fromPem(QByteArrayView text, const Secret &passphrase = {});
    [[nodiscard]] static Result<AsymmetricKey> generate(KeyType type, int rsaBits = 2048);

    KeyType type() const;
    //! Of the modulus or the curve's order.
    int bits() const;
    bool isPrivate() const;
    AsymmetricKey publicKey() const;

    //! The public members only.
    KeyNumbers publicNumbers() const;
    KeyNumbers privateNumbers() const;
    //! SubjectPublicKeyInfo.
    QByteArray publicPem() const;
    QByteArray publicDer() const;
    //! PKCS#8; encrypted (PBES2, AES-256-CBC) when \p passphrase is not empty.
    [[nodiscard]] Result<Secret> privatePem(const Secret &passphrase = {}) const;

    //! Encoding: ECDSA signatures are r and s side by side (RFC 7518 §3.4), not DER. PSS salts are as long as the
    //! digest. Errors:   InvalidArgument if the key is public or does not fit the scheme.
    [[nodiscard]] Result<QByteArray> sign(SignatureScheme scheme, HashAlgorithm hash, QByteArrayView data) const;
    [[nodiscard]] bool verify(SignatureScheme scheme, HashAlgorithm hash, QByteArrayView data,
                              QByteArrayView signature) const;

    //! \p hash is OAEP's and that of its mask; unused for Pkcs1.
    [[nodiscard]] Result<QByteArray> encrypt(RsaEncryption padding, HashAlgorithm hash, QByteArrayView data) const;
    [[nodiscard]] Result<Secret> decrypt(RsaEncryption padding, HashAlgorithm hash, QByteArrayView data) const;
    //! The Diffie-Hellman secret with \p peer's public key. An all-zero secret is refused (RFC 7748 §6.1).
    [[nodiscard]] Result<Secret> agree(const AsymmetricKey &peer) const;

private:
    friend class Certificate;
    friend struct KeyAccess;
    struct Data;
    explicit AsymmetricKey(std::shared_ptr<const Data> data);
    std::shared_ptr<const Data> m_data;
};

//! Units: bytes of one coordinate or raw key; 0 for RSA.
[[nodiscard]] COUNTERSIGN_EXPORT qsizetype coordinateSize(KeyType type);

} // namespace Countersign

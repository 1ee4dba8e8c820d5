// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer.
#pragma once

#include <countersign/crypto/opensslhandles.h>

#include <openssl/rsa.h>

#include <array>
#include <memory>
#include <span>

namespace Countersign {

//! Verifies RSASSA-PKCS1-v1_5 and RSASSA-PSS signatures of keys whose public exponent is 65537.
//!
//! The arithmetic and the hashes are OpenSSL's; only their order is ours: s^65537 mod n takes 18 multiplications here,
//! about 20 and several provider calls behind EVP_PKEY_verify(), which is a seventh of the whole operation. Nothing of
//! what it touches is secret. One thread at a time. Spec: RFC 8017 §8.1.2, §8.2.2.
class RsaVerifier
{
public:
    //! Null if the key has another exponent, OpenSSL no memory or nothing but its FIPS module: EVP_PKEY_verify() serves
    //! these.
    static std::unique_ptr<RsaVerifier> create(const EVP_PKEY *pkey);

    //! \p signature has the length of the modulus; \p digest is the hash of the message.
    bool verifyPkcs1(QByteArrayView signature, HashAlgorithm hash, std::span<const unsigned char> digest);
    //! As verifyPkcs1(), with MGF1 by the same hash and a salt of the hash's length, no other. Spec: RFC 7518 §3.5.
    bool verifyPss(QByteArrayView signature, HashAlgorithm hash, std::span<const unsigned char> digest);

private:
    using Scratch = std::unique_ptr<BN_CTX, OpenSsl::Releaser<BN_CTX_free>>;
    using Reduction = std::unique_ptr<BN_MONT_CTX, OpenSsl::Releaser<BN_MONT_CTX_free>>;

    RsaVerifier() = default;
    // The largest modulus that OpenSSL itself verifies with.
    using Block = std::array<unsigned char, OPENSSL_RSA_MAX_MODULUS_BITS / 8>;

    //! The signature's power, as long as the signature. False: it is not below the modulus.
    bool open(QByteArrayView signature, Block &block);
    bool raise(QByteArrayView signature);
    //! Takes the mask off the data block in front of \p seed. Spec: RFC 8017 B.2.1.
    bool unmask(std::span<unsigned char> dataBlock, std::span<const unsigned char> seed, const EVP_MD *hash);

    OpenSsl::Number m_modulus;
    OpenSsl::Number m_signature;
    OpenSsl::Number m_power;
    Scratch m_scratch;
    Reduction m_reduction;
    OpenSsl::DigestContext m_hasher;
};

} // namespace Countersign

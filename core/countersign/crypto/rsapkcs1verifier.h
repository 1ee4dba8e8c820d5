// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer.
#pragma once

#include <countersign/crypto/opensslhandles.h>

#include <memory>
#include <span>

namespace Countersign {

//! Verifies RSASSA-PKCS1-v1_5 signatures of keys whose public exponent is 65537.
//!
//! The arithmetic is OpenSSL's; only its order is ours: s^65537 mod n takes 18 multiplications here, about 20 and
//! several provider calls behind EVP_PKEY_verify(), which is a seventh of the whole operation. Nothing of what it
//! touches is secret. One thread at a time. Spec: RFC 8017 §8.2.2.
class RsaPkcs1Verifier
{
public:
    //! Null if the key has another exponent, or OpenSSL no memory: EVP_PKEY_verify() serves these.
    static std::unique_ptr<RsaPkcs1Verifier> create(const EVP_PKEY *pkey);

    //! \p signature has the length of the modulus; \p digest is the hash of the message.
    bool verify(QByteArrayView signature, HashAlgorithm hash, std::span<const unsigned char> digest);

private:
    using Scratch = std::unique_ptr<BN_CTX, OpenSsl::Releaser<BN_CTX_free>>;
    using Reduction = std::unique_ptr<BN_MONT_CTX, OpenSsl::Releaser<BN_MONT_CTX_free>>;

    RsaPkcs1Verifier() = default;
    //! Into m_power. False: the signature is not below the modulus.
    bool raise(QByteArrayView signature);

    OpenSsl::Number m_modulus;
    OpenSsl::Number m_signature;
    OpenSsl::Number m_power;
    Scratch m_scratch;
    Reduction m_reduction;
};

} // namespace Countersign

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer.
#pragma once

#include <countersign/crypto/almostinverse.h>
#include <countersign/crypto/opensslhandles.h>

#include <openssl/ec.h>

#include <array>
#include <memory>
#include <span>

namespace Countersign {

//! Verifies ECDSA signatures of P-256 keys over SHA-256, as ES256 wants them.
//!
//! The curve is OpenSSL's; the dozen steps around it are here, because behind EVP_PKEY_verify() they include DER, back
//! and forth, and an inverse in constant time. Nothing of what it touches is secret. One thread at a time.
//! Spec: FIPS 186-5 §6.4.2, RFC 7518 §3.4.
class EcdsaP256Verifier
{
public:
    static constexpr std::size_t numberSize = 32;

    //! Null if the key lies on another curve, OpenSSL has no memory or nothing but its FIPS module: EVP_PKEY_verify()
    //! serves these.
    static std::unique_ptr<EcdsaP256Verifier> create(const EVP_PKEY *pkey);

    //! \p signature is r and s side by side, 64 bytes; \p digest is the hash of the message, 32 bytes.
    bool verify(QByteArrayView signature, std::span<const unsigned char> digest);

private:
    using Scratch = std::unique_ptr<BN_CTX, OpenSsl::Releaser<BN_CTX_free>>;
    using Reduction = std::unique_ptr<BN_MONT_CTX, OpenSsl::Releaser<BN_MONT_CTX_free>>;
    using Group = std::unique_ptr<EC_GROUP, OpenSsl::Releaser<EC_GROUP_free>>;
    using Point = std::unique_ptr<EC_POINT, OpenSsl::Releaser<EC_POINT_free>>;

    EcdsaP256Verifier() = default;
    bool prepare(const EVP_PKEY *pkey);
    bool isInRange(const BIGNUM *number) const;
    //! The inverse of m_s modulo the order, in Montgomery form, into m_inverse.
    bool invert();
    bool invertQuickly();
    //! \p product = \p a \p b modulo the order, where \p a is in Montgomery form and the rest is not.
    bool multiply(BIGNUM *product, const BIGNUM *a, const BIGNUM *b);
    //! Whether the x coordinate of m_point is m_r modulo the order.
    bool matches();

    Scratch m_scratch;
    Reduction m_reduction; // modulo the order
    Group m_group;
    Words256 m_order{};
    Point m_key;
    Point m_point;
    OpenSsl::Number m_r;
    OpenSsl::Number m_s;
    OpenSsl::Number m_hash;
    OpenSsl::Number m_inverse;
    OpenSsl::Number m_u1;
    OpenSsl::Number m_u2;
};

} // namespace Countersign

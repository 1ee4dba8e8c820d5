// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer.
#pragma once

#include <countersign/crypto/opensslhandles.h>

#include <array>
#include <optional>

namespace Countersign {

//! Verifies Ed25519 signatures by libsodium, whose arithmetic takes less than half the time of OpenSSL's.
//!
//! It refuses what OpenSSL lets pass and no signer makes: a nonce point of small order. Any number of threads at a
//! time. Spec: RFC 8032 §5.1.7, RFC 8037 §3.1.
class Ed25519Verifier
{
public:
    //! Nothing if the key is another one, the build has no libsodium, or OpenSSL is bound to its FIPS module: then
    //! OpenSSL serves.
    static std::optional<Ed25519Verifier> create(const EVP_PKEY *pkey);

    //! \p signature is 64 bytes.
    bool verify(QByteArrayView signature, QByteArrayView data) const;

private:
    static constexpr std::size_t keySize = 32;

    Ed25519Verifier() = default;

    std::array<unsigned char, keySize> m_key{};
};

} // namespace Countersign

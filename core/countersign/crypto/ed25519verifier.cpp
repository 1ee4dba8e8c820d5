// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/ed25519verifier.h>

#ifdef COUNTERSIGN_HAS_SODIUM
#include <sodium.h>
#endif

namespace Countersign {

#ifdef COUNTERSIGN_HAS_SODIUM

std::optional<Ed25519Verifier> Ed25519Verifier::create(const EVP_PKEY *pkey)
{
    static_assert(keySize == crypto_sign_PUBLICKEYBYTES);
    if (EVP_PKEY_is_a(pkey, "ED25519") != 1 || OpenSsl::isBoundToFips())
        return {};
    static const bool isReady = sodium_init() >= 0;
    Ed25519Verifier verifier;
    std::size_t size = keySize;
    if (!isReady || EVP_PKEY_get_raw_public_key(pkey, verifier.m_key.data(), &size) != 1 || size != keySize)
        return {};
    return verifier;
}

bool Ed25519Verifier::verify(QByteArrayView signature, QByteArrayView data) const
{
    return signature.size() == crypto_sign_BYTES
        && crypto_sign_verify_detached(OpenSsl::bytes(signature), OpenSsl::bytes(data), OpenSsl::size(data),
                                       m_key.data())
        == 0;
}

#else

std::optional<Ed25519Verifier> Ed25519Verifier::create(const EVP_PKEY *)
{
    return {};
}

bool Ed25519Verifier::verify(QByteArrayView, QByteArrayView) const
{
    return false; // nobody has one
}

#endif

} // namespace Countersign

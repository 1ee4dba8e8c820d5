// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer: what an AsymmetricKey holds.
#pragma once

#include <countersign/crypto/asymmetrickey.h>
#include <countersign/crypto/ecdsap256verifier.h>
#include <countersign/crypto/ed25519verifier.h>
#include <countersign/crypto/opensslhandles.h>
#include <countersign/crypto/rsaverifier.h>

#include <array>
#include <atomic>

namespace Countersign {

struct AsymmetricKey::Data
{
    Data(OpenSsl::Pkey handle, KeyType keyType, bool holdsPrivate)
        : pkey(std::move(handle)), type(keyType), isPrivate(holdsPrivate),
          ed25519Verifier(Ed25519Verifier::create(pkey.get()))
    {
    }
    ~Data()
    {
        for (auto &slot : idleVerifiers)
            EVP_PKEY_CTX_free(slot.load(std::memory_order_acquire));
        EVP_MD_CTX_free(idleEdwardsVerifier.load(std::memory_order_acquire));
        delete idleRsaVerifier.load(std::memory_order_acquire);
        delete idleP256Verifier.load(std::memory_order_acquire);
    }
    Data(const Data &) = delete;
    Data &operator=(const Data &) = delete;

    OpenSsl::Pkey pkey;
    KeyType type;
    bool isPrivate;
    std::optional<Ed25519Verifier> ed25519Verifier;

    // A context set up for verification costs several provider fetches; once set up it serves any number of signatures,
    // but only one thread at a time. Each scheme and hash keeps one idle context: whoever verifies takes it out, and a
    // second thread at the same moment makes its own.
    static constexpr std::size_t slots = 3 * 4;
    mutable std::array<std::atomic<EVP_PKEY_CTX *>, slots> idleVerifiers{};
    mutable std::atomic<EVP_MD_CTX *> idleEdwardsVerifier = nullptr;
    mutable std::atomic<RsaVerifier *> idleRsaVerifier = nullptr;
    mutable std::atomic<EcdsaP256Verifier *> idleP256Verifier = nullptr;
};

//! For the other classes of the layer.
struct KeyAccess
{
    static const AsymmetricKey::Data &data(const AsymmetricKey &key) { return *key.m_data; }
    static EVP_PKEY *handle(const AsymmetricKey &key) { return key.m_data->pkey.get(); }
    //! A key as OpenSSL read it, checked by the same rules as any other.
    [[nodiscard]] static Result<AsymmetricKey> adopt(OpenSsl::Pkey pkey);
    static AsymmetricKey wrap(OpenSsl::Pkey pkey, KeyType type, bool isPrivate);
};

//! Why numbers make no key that can be trusted; nothing if they do. Cheap: no primality is proven.
std::optional<Error> findRsaWeakness(const KeyNumbers &numbers);
std::optional<Error> findEdwardsWeakness(KeyType type, QByteArrayView publicKey);

} // namespace Countersign

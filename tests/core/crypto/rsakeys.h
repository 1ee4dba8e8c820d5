// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// RSA keys for tests, and their private operation on a block as it is: what a forger's tool would do.
#pragma once

#include <countersign/crypto/opensslhandles.h>

#include <openssl/core_names.h>
#include <openssl/rsa.h>

namespace CountersignTest {

inline Countersign::OpenSsl::Pkey generate(unsigned bits, unsigned long exponent = RSA_F4)
{
    const Countersign::OpenSsl::PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "RSA", nullptr));
    const Countersign::OpenSsl::Number e(BN_new());
    BN_set_word(e.get(), exponent);
    EVP_PKEY *key = nullptr;
    if (EVP_PKEY_keygen_init(context.get()) != 1
        || EVP_PKEY_CTX_set_rsa_keygen_bits(context.get(), static_cast<int>(bits)) != 1
        || EVP_PKEY_CTX_set1_rsa_keygen_pubexp(context.get(), e.get()) != 1
        // Two primes of one length make no product of an odd one.
        || EVP_PKEY_CTX_set_rsa_keygen_primes(context.get(), bits % 2 == 0 ? 2 : 3) != 1
        || EVP_PKEY_generate(context.get(), &key) != 1 || EVP_PKEY_get_bits(key) != static_cast<int>(bits))
        qFatal("OpenSSL makes no RSA key");
    return Countersign::OpenSsl::Pkey(key);
}

// Made once: it takes its time.
inline EVP_PKEY *usualKey()
{
    static const Countersign::OpenSsl::Pkey key = generate(2048);
    return key.get();
}

inline Countersign::OpenSsl::Number modulusOf(const EVP_PKEY *key)
{
    BIGNUM *modulus = nullptr;
    EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_RSA_N, &modulus);
    return Countersign::OpenSsl::Number(modulus);
}

// The private operation on a block as it is.
inline QByteArray signBlock(EVP_PKEY *key, const QByteArray &block)
{
    const Countersign::OpenSsl::PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    QByteArray signature(EVP_PKEY_get_size(key), Qt::Uninitialized);
    auto size = Countersign::OpenSsl::size(signature);
    if (EVP_PKEY_sign_init(context.get()) != 1 || EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_NO_PADDING) != 1
        || EVP_PKEY_sign(context.get(), Countersign::OpenSsl::writable(signature), &size,
                         Countersign::OpenSsl::bytes(block), Countersign::OpenSsl::size(block))
            != 1)
        qFatal("OpenSSL does not sign the block");
    return signature;
}

} // namespace CountersignTest

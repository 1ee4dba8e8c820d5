// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer: owners and views for OpenSSL's C API.
#pragma once

#include <countersign/crypto/digest.h>

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <memory>

namespace Countersign::OpenSsl {

template <auto release> struct Releaser
{
    template <typename T> void operator()(T *handle) const { release(handle); }
};

using Pkey = std::unique_ptr<EVP_PKEY, Releaser<EVP_PKEY_free>>;
using PkeyContext = std::unique_ptr<EVP_PKEY_CTX, Releaser<EVP_PKEY_CTX_free>>;
using CipherContext = std::unique_ptr<EVP_CIPHER_CTX, Releaser<EVP_CIPHER_CTX_free>>;
using DigestContext = std::unique_ptr<EVP_MD_CTX, Releaser<EVP_MD_CTX_free>>;
using Number = std::unique_ptr<BIGNUM, Releaser<BN_clear_free>>;
using Bio = std::unique_ptr<BIO, Releaser<BIO_free_all>>;
using X509Handle = std::unique_ptr<X509, Releaser<X509_free>>;

//! Failures are told by return values; what OpenSSL queues up beside them is dropped here, or it would grow.
class ErrorMark
{
public:
    ErrorMark() { ERR_set_mark(); }
    ~ErrorMark() { ERR_pop_to_mark(); }
    ErrorMark(const ErrorMark &) = delete;
    ErrorMark &operator=(const ErrorMark &) = delete;
};

//! Whether nothing but OpenSSL's validated module may compute: then what goes around it is not used.
inline bool isBoundToFips()
{
    return EVP_default_properties_is_fips_enabled(nullptr) == 1;
}

//! Fetched from the provider once for the process: a fetch costs more than a short digest.
const EVP_MD *messageDigest(HashAlgorithm hash);
//! By OpenSSL's name, for example "AES-256-GCM"; fetched once. Null if this OpenSSL lacks it.
const EVP_CIPHER *cipher(const char *name);

inline const unsigned char *bytes(QByteArrayView view)
{
    return reinterpret_cast<const unsigned char *>(view.data());
}
inline std::size_t size(QByteArrayView view)
{
    return static_cast<std::size_t>(view.size());
}
inline unsigned char *bytes(std::span<std::byte> span)
{
    return reinterpret_cast<unsigned char *>(span.data());
}
inline unsigned char *writable(QByteArray &array)
{
    return reinterpret_cast<unsigned char *>(array.data());
}

} // namespace Countersign::OpenSsl

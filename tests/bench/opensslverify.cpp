// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "opensslverify.h"

#include <countersign/crypto/opensslhandles.h>

#include <openssl/crypto.h>
#include <openssl/ecdsa.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

#include <array>

using namespace Qt::StringLiterals;

namespace Countersign::Bench {

struct OpenSslVerify::Data
{
    Jose::Algorithm algorithm;
    OpenSsl::Pkey key;
    OpenSsl::PkeyContext context; // RSA, ECDSA
    OpenSsl::DigestContext digest; // Ed25519, which hashes by itself
};

namespace {

bool startEdwards(EVP_MD_CTX *context, EVP_PKEY *key)
{
    return EVP_DigestVerifyInit_ex(context, nullptr, nullptr, nullptr, nullptr, key, nullptr) == 1;
}

} // namespace

OpenSslVerify::OpenSslVerify(std::unique_ptr<Data> data) : m_data(std::move(data))
{
}
OpenSslVerify::OpenSslVerify(OpenSslVerify &&) noexcept = default;
OpenSslVerify &OpenSslVerify::operator=(OpenSslVerify &&) noexcept = default;
OpenSslVerify::~OpenSslVerify() = default;

Result<OpenSslVerify> OpenSslVerify::create(Jose::Algorithm algorithm, const QByteArray &publicPem)
{
    const OpenSsl::Bio bio(BIO_new_mem_buf(publicPem.constData(), static_cast<int>(publicPem.size())));
    OpenSsl::Pkey key(PEM_read_bio_PUBKEY(bio.get(), nullptr, nullptr, nullptr));
    if (!key)
        return Error{ErrorCode::InvalidArgument, u"the corpus has a key that OpenSSL does not read"_s};
    OpenSsl::PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    OpenSsl::DigestContext digest(EVP_MD_CTX_new());
    if (algorithm == Jose::Algorithm::EdDSA) {
        if (!startEdwards(digest.get(), key.get()))
            return Error{ErrorCode::InvalidArgument, u"OpenSSL does not take the corpus's key for its algorithm"_s};
    } else {
        const bool isPss = algorithm == Jose::Algorithm::PS256;
        if (EVP_PKEY_verify_init(context.get()) != 1
            || EVP_PKEY_CTX_set_signature_md(context.get(), OpenSsl::messageDigest(HashAlgorithm::Sha256)) != 1
            || (isPss && EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PSS_PADDING) != 1)
            || (isPss && EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), RSA_PSS_SALTLEN_DIGEST) != 1))
            return Error{ErrorCode::InvalidArgument, u"OpenSSL does not take the corpus's key for its algorithm"_s};
    }
    return OpenSslVerify(
        std::make_unique<Data>(Data{algorithm, std::move(key), std::move(context), std::move(digest)}));
}

QByteArray OpenSslVerify::prepared(const QByteArray &joseSignature) const
{
    if (m_data->algorithm != Jose::Algorithm::ES256)
        return joseSignature;
    const std::unique_ptr<ECDSA_SIG, OpenSsl::Releaser<ECDSA_SIG_free>> signature(ECDSA_SIG_new());
    const int half = static_cast<int>(joseSignature.size() / 2);
    ECDSA_SIG_set0(signature.get(), BN_bin2bn(OpenSsl::bytes(joseSignature), half, nullptr),
                   BN_bin2bn(OpenSsl::bytes(joseSignature) + half, half, nullptr));
    QByteArray der(i2d_ECDSA_SIG(signature.get(), nullptr), Qt::Uninitialized);
    auto *out = OpenSsl::writable(der);
    i2d_ECDSA_SIG(signature.get(), &out);
    return der;
}

bool OpenSslVerify::verify(QByteArrayView data, const QByteArray &preparedSignature) const
{
    const auto *signature = OpenSsl::bytes(preparedSignature);
    const auto signatureSize = OpenSsl::size(preparedSignature);
    if (m_data->algorithm == Jose::Algorithm::EdDSA)
        // Once more without a key: the context keeps the one it has.
        return startEdwards(m_data->digest.get(), nullptr)
            && EVP_DigestVerify(m_data->digest.get(), signature, signatureSize, OpenSsl::bytes(data),
                                OpenSsl::size(data))
            == 1;
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned size = 0;
    return EVP_Digest(data.data(), OpenSsl::size(data), hash.data(), &size,
                      OpenSsl::messageDigest(HashAlgorithm::Sha256), nullptr)
        == 1
        && EVP_PKEY_verify(m_data->context.get(), signature, signatureSize, hash.data(), size) == 1;
}

QByteArray openSslVersion()
{
    return OpenSSL_version(OPENSSL_VERSION_STRING);
}

} // namespace Countersign::Bench

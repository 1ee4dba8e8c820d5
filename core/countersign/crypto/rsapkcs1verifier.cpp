// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/rsapkcs1verifier.h>

#include <openssl/core_names.h>
#include <openssl/rsa.h>

#include <algorithm>
#include <array>

namespace Countersign {

namespace {

constexpr int exponentSquarings = 16; // 65537 = 2^16 + 1

// The largest modulus that OpenSSL itself verifies with.
using Block = std::array<unsigned char, OPENSSL_RSA_MAX_MODULUS_BITS / 8>;

OpenSsl::Number number(const EVP_PKEY *pkey, const char *name)
{
    BIGNUM *value = nullptr;
    EVP_PKEY_get_bn_param(pkey, name, &value);
    return OpenSsl::Number(value);
}

// DER of DigestInfo up to the digest itself. Spec: RFC 8017 §9.2, note 1.
std::span<const unsigned char> digestInfo(HashAlgorithm hash)
{
    static constexpr std::array<unsigned char, 15> sha1{0x30, 0x21, 0x30, 0x09, 0x06, 0x05, 0x2b, 0x0e,
                                                        0x03, 0x02, 0x1a, 0x05, 0x00, 0x04, 0x14};
    static constexpr std::array<unsigned char, 19> sha256{0x30, 0x31, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                                          0x65, 0x03, 0x04, 0x02, 0x01, 0x05, 0x00, 0x04, 0x20};
    static constexpr std::array<unsigned char, 19> sha384{0x30, 0x41, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                                          0x65, 0x03, 0x04, 0x02, 0x02, 0x05, 0x00, 0x04, 0x30};
    static constexpr std::array<unsigned char, 19> sha512{0x30, 0x51, 0x30, 0x0d, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01,
                                                          0x65, 0x03, 0x04, 0x02, 0x03, 0x05, 0x00, 0x04, 0x40};
    switch (hash) {
    case HashAlgorithm::Sha1: return sha1;
    case HashAlgorithm::Sha256: return sha256;
    case HashAlgorithm::Sha384: return sha384;
    case HashAlgorithm::Sha512: return sha512;
    }
    Q_UNREACHABLE();
}

// EMSA-PKCS1-v1_5: 00 01 FF…FF 00 DigestInfo digest. False if the block has no room for eight FF.
bool encode(std::span<unsigned char> block, HashAlgorithm hash, std::span<const unsigned char> digest)
{
    const auto info = digestInfo(hash);
    const std::size_t tail = info.size() + digest.size();
    if (block.size() < tail + 11)
        return false;
    auto at = block.begin();
    *at++ = 0x00;
    *at++ = 0x01;
    at = std::fill_n(at, block.size() - tail - 3, static_cast<unsigned char>(0xff));
    *at++ = 0x00;
    at = std::copy(info.begin(), info.end(), at);
    std::copy(digest.begin(), digest.end(), at);
    return true;
}

} // namespace

std::unique_ptr<RsaPkcs1Verifier> RsaPkcs1Verifier::create(const EVP_PKEY *pkey)
{
    const OpenSsl::Number exponent = number(pkey, OSSL_PKEY_PARAM_RSA_E);
    if (!exponent || BN_is_word(exponent.get(), RSA_F4) != 1)
        return {};
    std::unique_ptr<RsaPkcs1Verifier> verifier(new RsaPkcs1Verifier);
    verifier->m_modulus = number(pkey, OSSL_PKEY_PARAM_RSA_N);
    verifier->m_signature.reset(BN_new());
    verifier->m_power.reset(BN_new());
    verifier->m_scratch.reset(BN_CTX_new());
    verifier->m_reduction.reset(BN_MONT_CTX_new());
    if (!verifier->m_modulus || BN_num_bits(verifier->m_modulus.get()) > OPENSSL_RSA_MAX_MODULUS_BITS
        || BN_is_odd(verifier->m_modulus.get()) != 1 || !verifier->m_signature || !verifier->m_power
        || !verifier->m_scratch || !verifier->m_reduction
        || BN_MONT_CTX_set(verifier->m_reduction.get(), verifier->m_modulus.get(), verifier->m_scratch.get()) != 1)
        return {};
    return verifier;
}

bool RsaPkcs1Verifier::raise(QByteArrayView signature)
{
    BIGNUM *const s = m_signature.get();
    BIGNUM *const power = m_power.get();
    if (!BN_bin2bn(OpenSsl::bytes(signature), static_cast<int>(signature.size()), s)
        || BN_ucmp(s, m_modulus.get()) >= 0)
        return false;
    bool isDone = BN_to_montgomery(power, s, m_reduction.get(), m_scratch.get()) == 1;
    for (int i = 0; isDone && i < exponentSquarings; ++i)
        isDone = BN_mod_mul_montgomery(power, power, power, m_reduction.get(), m_scratch.get()) == 1;
    // The last factor stays out of Montgomery form, which takes the product out of it.
    return isDone && BN_mod_mul_montgomery(power, power, s, m_reduction.get(), m_scratch.get()) == 1;
}

bool RsaPkcs1Verifier::verify(QByteArrayView signature, HashAlgorithm hash, std::span<const unsigned char> digest)
{
    Block found{};
    Block expected{};
    const std::size_t size = OpenSsl::size(signature);
    if (size > found.size() || !raise(signature)
        || BN_bn2binpad(m_power.get(), found.data(), static_cast<int>(size)) < 0)
        return false;
    // The block is made and compared as a whole, never parsed: what a parser forgives, a forger uses.
    return encode(std::span(expected).first(size), hash, digest)
        && std::equal(expected.begin(), expected.begin() + static_cast<std::ptrdiff_t>(size), found.begin());
}

} // namespace Countersign

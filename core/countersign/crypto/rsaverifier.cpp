// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/rsaverifier.h>

#include <openssl/core_names.h>

#include <algorithm>
#include <functional>

namespace Countersign {

namespace {

constexpr int exponentSquarings = 16; // 65537 = 2^16 + 1

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

std::unique_ptr<RsaVerifier> RsaVerifier::create(const EVP_PKEY *pkey)
{
    const OpenSsl::Number exponent = number(pkey, OSSL_PKEY_PARAM_RSA_E);
    if (OpenSsl::isBoundToFips() || !exponent || BN_is_word(exponent.get(), RSA_F4) != 1)
        return {};
    std::unique_ptr<RsaVerifier> verifier(new RsaVerifier);
    verifier->m_modulus = number(pkey, OSSL_PKEY_PARAM_RSA_N);
    verifier->m_signature.reset(BN_new());
    verifier->m_power.reset(BN_new());
    verifier->m_scratch.reset(BN_CTX_new());
    verifier->m_reduction.reset(BN_MONT_CTX_new());
    verifier->m_hasher.reset(EVP_MD_CTX_new());
    if (!verifier->m_modulus || BN_num_bits(verifier->m_modulus.get()) > OPENSSL_RSA_MAX_MODULUS_BITS
        || BN_is_odd(verifier->m_modulus.get()) != 1 || !verifier->m_signature || !verifier->m_power
        || !verifier->m_scratch || !verifier->m_reduction || !verifier->m_hasher
        || BN_MONT_CTX_set(verifier->m_reduction.get(), verifier->m_modulus.get(), verifier->m_scratch.get()) != 1)
        return {};
    return verifier;
}

bool RsaVerifier::raise(QByteArrayView signature)
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

bool RsaVerifier::open(QByteArrayView signature, Block &block)
{
    return OpenSsl::size(signature) <= block.size() && raise(signature)
        && BN_bn2binpad(m_power.get(), block.data(), static_cast<int>(signature.size())) >= 0;
}

bool RsaVerifier::verifyPkcs1(QByteArrayView signature, HashAlgorithm hash, std::span<const unsigned char> digest)
{
    Block found{};
    Block expected{};
    const std::size_t size = OpenSsl::size(signature);
    // The block is made and compared as a whole, never parsed: what a parser forgives, a forger uses.
    return open(signature, found) && encode(std::span(expected).first(size), hash, digest)
        && std::equal(expected.begin(), expected.begin() + static_cast<std::ptrdiff_t>(size), found.begin());
}

bool RsaVerifier::verifyPss(QByteArrayView signature, HashAlgorithm hash, std::span<const unsigned char> digest)
{
    constexpr unsigned char trailer = 0xbc;
    Block block{};
    // One bit less than the modulus has; what is above them has to be zero.
    const auto bits = static_cast<std::size_t>(BN_num_bits(m_modulus.get()) - 1);
    const std::size_t size = (bits + 7) / 8;
    const std::size_t sum = digest.size();
    if (size < 2 * sum + 2 || !open(signature, block))
        return false;
    const auto whole = std::span(block).first(OpenSsl::size(signature));
    const auto encoded = whole.last(size);
    const auto dataBlock = encoded.first(size - sum - 1);
    const auto found = encoded.subspan(dataBlock.size(), sum);
    const unsigned above = 0xffU << (8 - (8 * size - bits)) & 0xffU;
    if ((whole.size() > size && whole.front() != 0) || (dataBlock.front() & above) != 0 || encoded.back() != trailer)
        return false;

    const EVP_MD *const md = OpenSsl::messageDigest(hash);
    if (!unmask(dataBlock, found, md))
        return false;
    dataBlock.front() = static_cast<unsigned char>(dataBlock.front() & ~above);
    const auto salt = dataBlock.last(sum);
    const auto padding = dataBlock.first(dataBlock.size() - sum - 1);
    if (std::any_of(padding.begin(), padding.end(), [](unsigned char byte) { return byte != 0; })
        || dataBlock[padding.size()] != 1)
        return false;

    static constexpr std::array<unsigned char, 8> zeros{};
    std::array<unsigned char, EVP_MAX_MD_SIZE> expected{};
    return EVP_DigestInit_ex2(m_hasher.get(), md, nullptr) == 1
        && EVP_DigestUpdate(m_hasher.get(), zeros.data(), zeros.size()) == 1
        && EVP_DigestUpdate(m_hasher.get(), digest.data(), digest.size()) == 1
        && EVP_DigestUpdate(m_hasher.get(), salt.data(), salt.size()) == 1
        && EVP_DigestFinal_ex(m_hasher.get(), expected.data(), nullptr) == 1
        && std::equal(found.begin(), found.end(), expected.begin());
}

bool RsaVerifier::unmask(std::span<unsigned char> dataBlock, std::span<const unsigned char> seed, const EVP_MD *hash)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> mask{};
    std::array<unsigned char, 4> counter{}; // big endian; a block of the largest modulus takes less than 256 hashes
    for (auto rest = dataBlock; !rest.empty(); ++counter.back()) {
        if (EVP_DigestInit_ex2(m_hasher.get(), hash, nullptr) != 1
            || EVP_DigestUpdate(m_hasher.get(), seed.data(), seed.size()) != 1
            || EVP_DigestUpdate(m_hasher.get(), counter.data(), counter.size()) != 1
            || EVP_DigestFinal_ex(m_hasher.get(), mask.data(), nullptr) != 1)
            return false;
        const auto part = rest.first(std::min(rest.size(), seed.size()));
        std::transform(part.begin(), part.end(), mask.begin(), part.begin(), std::bit_xor<>());
        rest = rest.subspan(part.size());
    }
    return true;
}

} // namespace Countersign

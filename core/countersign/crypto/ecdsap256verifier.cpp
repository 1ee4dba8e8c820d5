// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/ecdsap256verifier.h>

#include <openssl/core_names.h>
#include <openssl/obj_mac.h>

#include <string_view>

namespace Countersign {

namespace {

constexpr int size = EcdsaP256Verifier::numberSize;
constexpr int bitsPerByte = 8;
// Of Montgomery's R = 2^256, for a product with two factors R.
constexpr int twiceTheBits = 2 * size * bitsPerByte;

using Bytes = std::array<unsigned char, EcdsaP256Verifier::numberSize>;

Words256 wordsOf(const BIGNUM *number)
{
    Bytes bytes{};
    BN_bn2lebinpad(number, bytes.data(), size);
    Words256 words{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        words[i / sizeof(std::uint64_t)] |= std::uint64_t{bytes[i]} << (i % sizeof(std::uint64_t) * bitsPerByte);
    return words;
}

bool numberOf(BIGNUM *number, const Words256 &words)
{
    Bytes bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] =
            static_cast<unsigned char>(words[i / sizeof(std::uint64_t)] >> (i % sizeof(std::uint64_t) * bitsPerByte));
    return BN_lebin2bn(bytes.data(), size, number) != nullptr;
}

bool isOnP256(const EVP_PKEY *pkey)
{
    std::array<char, 32> name{};
    std::size_t length = 0;
    return EVP_PKEY_get_group_name(pkey, name.data(), name.size(), &length) == 1
        && std::string_view(name.data(), length) == SN_X9_62_prime256v1;
}

// Uncompressed or not; the longest has 65 bytes.
bool readPoint(const EC_GROUP *group, EC_POINT *point, const EVP_PKEY *pkey, BN_CTX *scratch)
{
    std::array<unsigned char, 1 + 2 * EcdsaP256Verifier::numberSize> bytes{};
    std::size_t length = 0;
    return EVP_PKEY_get_octet_string_param(pkey, OSSL_PKEY_PARAM_PUB_KEY, bytes.data(), bytes.size(), &length) == 1
        && EC_POINT_oct2point(group, point, bytes.data(), length, scratch) == 1
        && EC_POINT_is_at_infinity(group, point) == 0;
}

} // namespace

std::unique_ptr<EcdsaP256Verifier> EcdsaP256Verifier::create(const EVP_PKEY *pkey)
{
    std::unique_ptr<EcdsaP256Verifier> verifier(new EcdsaP256Verifier);
    return !OpenSsl::isBoundToFips() && isOnP256(pkey) && verifier->prepare(pkey) ? std::move(verifier) : nullptr;
}

bool EcdsaP256Verifier::prepare(const EVP_PKEY *pkey)
{
    m_scratch.reset(BN_CTX_new());
    m_reduction.reset(BN_MONT_CTX_new());
    m_group.reset(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
    if (!m_scratch || !m_reduction || !m_group)
        return false;
    m_key.reset(EC_POINT_new(m_group.get()));
    m_point.reset(EC_POINT_new(m_group.get()));
    for (auto *number : {&m_r, &m_s, &m_hash, &m_inverse, &m_u1, &m_u2})
        number->reset(BN_new());
    if (!m_key || !m_point || !m_r || !m_s || !m_hash || !m_inverse || !m_u1 || !m_u2)
        return false;
    m_order = wordsOf(EC_GROUP_get0_order(m_group.get()));
    return BN_MONT_CTX_set(m_reduction.get(), EC_GROUP_get0_order(m_group.get()), m_scratch.get()) == 1
        && readPoint(m_group.get(), m_key.get(), pkey, m_scratch.get());
}

bool EcdsaP256Verifier::isInRange(const BIGNUM *number) const
{
    return BN_is_zero(number) == 0 && BN_ucmp(number, EC_GROUP_get0_order(m_group.get())) < 0;
}

bool EcdsaP256Verifier::multiply(BIGNUM *product, const BIGNUM *a, const BIGNUM *b)
{
    return BN_mod_mul_montgomery(product, a, b, m_reduction.get(), m_scratch.get()) == 1;
}

bool EcdsaP256Verifier::invertQuickly()
{
    const auto almost = almostInverse(wordsOf(m_s.get()), m_order);
    if (!almost || almost->exponent < twiceTheBits / 2)
        return false;
    // s^-1 2^exponent times 2^(512 - exponent), of which the product drops 2^256: s^-1 2^256, its Montgomery form.
    BN_zero(m_u1.get());
    return numberOf(m_inverse.get(), almost->value) && BN_set_bit(m_u1.get(), twiceTheBits - almost->exponent) == 1
        && multiply(m_inverse.get(), m_inverse.get(), m_u1.get())
        // What is an inverse is told by multiplying, whoever found it.
        && multiply(m_u1.get(), m_inverse.get(), m_s.get()) && BN_is_one(m_u1.get()) == 1;
}

bool EcdsaP256Verifier::invert()
{
    return invertQuickly()
        || (BN_mod_inverse(m_inverse.get(), m_s.get(), EC_GROUP_get0_order(m_group.get()), m_scratch.get())
            && BN_to_montgomery(m_inverse.get(), m_inverse.get(), m_reduction.get(), m_scratch.get()) == 1);
}

bool EcdsaP256Verifier::matches()
{
    BIGNUM *const x = m_u1.get();
    if (EC_POINT_is_at_infinity(m_group.get(), m_point.get()) != 0
        || EC_POINT_get_affine_coordinates(m_group.get(), m_point.get(), x, nullptr, m_scratch.get()) != 1)
        return false;
    // x is below the field's prime, which is less than twice the order.
    const BIGNUM *const order = EC_GROUP_get0_order(m_group.get());
    return BN_ucmp(x, m_r.get()) == 0
        || (BN_ucmp(x, order) >= 0 && BN_usub(x, x, order) == 1 && BN_ucmp(x, m_r.get()) == 0);
}

bool EcdsaP256Verifier::verify(QByteArrayView signature, std::span<const unsigned char> digest)
{
    if (signature.size() != 2 * size || digest.size() != numberSize)
        return false;
    if (!BN_bin2bn(OpenSsl::bytes(signature), size, m_r.get())
        || !BN_bin2bn(OpenSsl::bytes(signature) + size, size, m_s.get())
        || !BN_bin2bn(digest.data(), size, m_hash.get()) || !isInRange(m_r.get()) || !isInRange(m_s.get()) || !invert())
        return false;
    return multiply(m_u1.get(), m_inverse.get(), m_hash.get()) && multiply(m_u2.get(), m_inverse.get(), m_r.get())
        && EC_POINT_mul(m_group.get(), m_point.get(), m_u1.get(), m_key.get(), m_u2.get(), m_scratch.get()) == 1
        && matches();
}

} // namespace Countersign

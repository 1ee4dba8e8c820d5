// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/asymmetrickeydata.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr int leastRsaBits = 2048; // RFC 7518 §3.3
constexpr int mostRsaBits = 16384; // OpenSSL verifies no larger ones, and time grows with the square
constexpr int mostExponentBits = 256; // FIPS 186-4 B.3.1

using OpenSsl::Number;

Number number(QByteArrayView bytes)
{
    return Number(BN_bin2bn(OpenSsl::bytes(bytes), static_cast<int>(bytes.size()), nullptr));
}

Error weak(const QString &reason)
{
    return {ErrorCode::SecurityCheckFailed, reason};
}

// CVE-2017-15361: the library's primes were k·M + (65537^a mod M), so the modulus is a power of 65537 modulo every
// small prime. Of honest moduli one in 2^27 passes for such a one (Nemec et al., "The Return of Coppersmith's Attack",
// §2).
bool hasRocaFingerprint(const BIGNUM *modulus)
{
    static constexpr std::array<unsigned, 38> primes{3,   5,   7,   11,  13,  17,  19,  23,  29,  31,  37,  41,  43,
                                                     47,  53,  59,  61,  67,  71,  73,  79,  83,  89,  97,  101, 103,
                                                     107, 109, 113, 127, 131, 137, 139, 149, 151, 157, 163, 167};
    return std::all_of(primes.begin(), primes.end(), [modulus](unsigned prime) {
        const BN_ULONG residue = BN_mod_word(modulus, prime);
        BN_ULONG power = 1;
        do {
            if (power == residue)
                return true;
            power = power * 65537U % prime;
        } while (power != 1);
        return false;
    });
}

bool isProduct(const BIGNUM *product, const BIGNUM *a, const BIGNUM *b, BN_CTX *context)
{
    const Number result(BN_new());
    return BN_mul(result.get(), a, b, context) == 1 && BN_cmp(result.get(), product) == 0;
}

bool isReduced(const BIGNUM *reduced, const BIGNUM *value, const BIGNUM *primeLessOne, BN_CTX *context)
{
    const Number result(BN_new());
    return BN_mod(result.get(), value, primeLessOne, context) == 1 && BN_cmp(result.get(), reduced) == 0;
}

bool isInverse(const BIGNUM *a, const BIGNUM *b, const BIGNUM *modulus, BN_CTX *context)
{
    const Number result(BN_new());
    return BN_mod_mul(result.get(), a, b, modulus, context) == 1 && BN_is_one(result.get());
}

bool areFactorsConsistent(const KeyNumbers &numbers, BN_CTX *context)
{
    const Number n = number(numbers.n);
    const Number e = number(numbers.e);
    const Number d = number(numbers.d.reveal());
    const Number p = number(numbers.p.reveal());
    const Number q = number(numbers.q.reveal());
    const Number p1(BN_dup(p.get()));
    const Number q1(BN_dup(q.get()));
    return BN_cmp(p.get(), BN_value_one()) > 0 && BN_cmp(q.get(), BN_value_one()) > 0
        && isProduct(n.get(), p.get(), q.get(), context) && BN_sub_word(p1.get(), 1) == 1
        && BN_sub_word(q1.get(), 1) == 1 && isReduced(number(numbers.dp.reveal()).get(), d.get(), p1.get(), context)
        && isReduced(number(numbers.dq.reveal()).get(), d.get(), q1.get(), context)
        && isInverse(e.get(), d.get(), p1.get(), context) && isInverse(e.get(), d.get(), q1.get(), context)
        && isInverse(number(numbers.qi.reveal()).get(), q.get(), p.get(), context);
}

// Without its factors a key is tried: 2^(e·d) must be 2 again.
bool isExponentConsistent(const KeyNumbers &numbers, BN_CTX *context)
{
    const Number n = number(numbers.n);
    const Number d = number(numbers.d.reveal());
    const Number base(BN_new());
    const Number power(BN_new());
    BN_set_flags(d.get(), BN_FLG_CONSTTIME);
    return BN_set_word(base.get(), 2) == 1
        && BN_mod_exp(power.get(), base.get(), number(numbers.e).get(), n.get(), context) == 1
        && BN_mod_exp(power.get(), power.get(), d.get(), n.get(), context) == 1 && BN_cmp(base.get(), power.get()) == 0;
}

} // namespace

std::optional<Error> findRsaWeakness(const KeyNumbers &numbers)
{
    const Number n = number(numbers.n);
    const Number e = number(numbers.e);
    if (!n || !e)
        return weak(u"The RSA key has no numbers"_s);
    const int bits = BN_num_bits(n.get());
    if (bits < leastRsaBits)
        return weak(u"The RSA modulus has %1 bits; at least 2048 are needed"_s.arg(bits));
    if (bits > mostRsaBits)
        return weak(u"The RSA modulus has %1 bits; at most 16384 are usable"_s.arg(bits));
    if (!BN_is_odd(n.get()))
        return weak(u"The RSA modulus is even"_s);
    if (!BN_is_odd(e.get()) || BN_is_one(e.get()) || BN_num_bits(e.get()) > mostExponentBits)
        return weak(u"The RSA exponent is even, one or too large"_s);
    if (hasRocaFingerprint(n.get()))
        return weak(u"The RSA modulus has the ROCA fingerprint (CVE-2017-15361)"_s);
    if (!numbers.isPrivate())
        return std::nullopt;

    const std::unique_ptr<BN_CTX, OpenSsl::Releaser<BN_CTX_free>> context(BN_CTX_secure_new());
    const bool isConsistent = numbers.p.isEmpty() ? isExponentConsistent(numbers, context.get())
                                                  : areFactorsConsistent(numbers, context.get());
    if (!isConsistent)
        return weak(u"The private RSA numbers do not belong together"_s);
    return std::nullopt;
}

std::optional<Error> findEdwardsWeakness(KeyType type, QByteArrayView publicKey)
{
    QByteArray y = publicKey.toByteArray();
    std::reverse(y.begin(), y.end());
    // The sign of x is the top bit of Ed25519 and a whole byte of Ed448 (RFC 8032 §5.1.2, §5.2.2).
    y[0] = static_cast<char>(y[0] & 0x7f);
    const QByteArray prime = QByteArray::fromHex(
        type == KeyType::Ed25519 ? "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffed"
                                 : "00fffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffffffffffffffffffff"
                                   "ffffffffffffffffffffffffffffffff");
    if (y >= prime)
        return weak(u"The Edwards point is not in its canonical form"_s);

    // A key of small order verifies signatures that nobody made.
    const Number value = number(y);
    const Number greatest = number(prime);
    BN_sub_word(greatest.get(), 1);
    bool isSmall = BN_is_zero(value.get()) || BN_is_one(value.get()) || BN_cmp(value.get(), greatest.get()) == 0;
    if (type == KeyType::Ed25519) {
        const QByteArray order8 = "05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826";
        const QByteArray otherOrder8 = "7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7";
        isSmall = isSmall || y.toHex() == order8 || y.toHex() == otherOrder8;
    }
    if (isSmall)
        return weak(u"The Edwards point has a small order"_s);
    return std::nullopt;
}

} // namespace Countersign

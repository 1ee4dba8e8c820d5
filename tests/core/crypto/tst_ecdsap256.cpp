// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Everything is asked twice: of our verification and of OpenSSL's.
#include <countersign/crypto/ecdsap256verifier.h>

#include <QtTest/QTest>

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/obj_mac.h>
#include <openssl/param_build.h>

#include <cstdlib>

using namespace Countersign;

namespace {

constexpr qsizetype half = 32;
using Point = std::unique_ptr<EC_POINT, OpenSsl::Releaser<EC_POINT_free>>;
using Group = std::unique_ptr<EC_GROUP, OpenSsl::Releaser<EC_GROUP_free>>;
using Scratch = std::unique_ptr<BN_CTX, OpenSsl::Releaser<BN_CTX_free>>;

const EC_GROUP *group()
{
    static const Group p256(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
    return p256.get();
}

const BIGNUM *order()
{
    return EC_GROUP_get0_order(group());
}

BN_CTX *scratch()
{
    static const Scratch context(BN_CTX_new());
    return context.get();
}

OpenSsl::Number number(const QByteArray &bytes)
{
    return OpenSsl::Number(BN_bin2bn(OpenSsl::bytes(bytes), static_cast<int>(bytes.size()), nullptr));
}

OpenSsl::Number number(unsigned long value)
{
    OpenSsl::Number made(BN_new());
    BN_set_word(made.get(), value);
    return made;
}

QByteArray bytesOf(const BIGNUM *value)
{
    QByteArray bytes(half, Qt::Uninitialized);
    if (BN_bn2binpad(value, OpenSsl::writable(bytes), half) != half)
        qFatal("the number has more than 256 bits");
    return bytes;
}

QByteArray orderPlus(long difference)
{
    const OpenSsl::Number sum(BN_dup(order()));
    const auto size = static_cast<unsigned long>(std::abs(difference));
    if ((difference < 0 ? BN_sub_word(sum.get(), size) : BN_add_word(sum.get(), size)) != 1)
        qFatal("OpenSSL does not count");
    return bytesOf(sum.get());
}

OpenSsl::Pkey keyAt(const EC_POINT *point)
{
    QByteArray octets(1 + 2 * half, Qt::Uninitialized);
    EC_POINT_point2oct(group(), point, POINT_CONVERSION_UNCOMPRESSED, OpenSsl::writable(octets), OpenSsl::size(octets),
                       scratch());
    const std::unique_ptr<OSSL_PARAM_BLD, OpenSsl::Releaser<OSSL_PARAM_BLD_free>> builder(OSSL_PARAM_BLD_new());
    OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, SN_X9_62_prime256v1, 0);
    OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, octets.constData(), OpenSsl::size(octets));
    const std::unique_ptr<OSSL_PARAM, OpenSsl::Releaser<OSSL_PARAM_free>> parameters(
        OSSL_PARAM_BLD_to_param(builder.get()));
    const OpenSsl::PkeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
    EVP_PKEY *key = nullptr;
    if (EVP_PKEY_fromdata_init(context.get()) != 1
        || EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_PUBLIC_KEY, parameters.get()) != 1)
        qFatal("OpenSSL makes no key of the point");
    return OpenSsl::Pkey(key);
}

// factor times the base point.
Point basePointTimes(const BIGNUM *factor)
{
    Point point(EC_POINT_new(group()));
    if (EC_POINT_mul(group(), point.get(), factor, nullptr, nullptr, scratch()) != 1)
        qFatal("OpenSSL does not multiply");
    return point;
}

// The key for which (r, s) signs the hash: what a signer does, backwards. Q = (s R - e G) / r, where R has the x
// coordinate r modulo the order.
OpenSsl::Pkey keyFor(const EC_POINT *R, const BIGNUM *r, const BIGNUM *s, const QByteArray &hash)
{
    const OpenSsl::Number inverse(BN_mod_inverse(nullptr, r, order(), scratch()));
    const OpenSsl::Number u1(BN_new());
    const OpenSsl::Number u2(BN_new());
    BN_mod_mul(u1.get(), inverse.get(), number(hash).get(), order(), scratch());
    BN_sub(u1.get(), order(), u1.get());
    BN_mod_mul(u2.get(), inverse.get(), s, order(), scratch());
    const Point key(EC_POINT_new(group()));
    EC_POINT_mul(group(), key.get(), u1.get(), R, u2.get(), scratch());
    return keyAt(key.get());
}

QByteArray hashOf(const QByteArray &message)
{
    return digest(HashAlgorithm::Sha256, message);
}

bool isGoodForOpenSsl(EVP_PKEY *key, const QByteArray &signature, const QByteArray &hash)
{
    const std::unique_ptr<ECDSA_SIG, OpenSsl::Releaser<ECDSA_SIG_free>> numbers(ECDSA_SIG_new());
    ECDSA_SIG_set0(numbers.get(), number(signature.first(half)).release(), number(signature.last(half)).release());
    QByteArray der(i2d_ECDSA_SIG(numbers.get(), nullptr), Qt::Uninitialized);
    auto *out = OpenSsl::writable(der);
    i2d_ECDSA_SIG(numbers.get(), &out);
    const OpenSsl::PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    return EVP_PKEY_verify_init(context.get()) == 1
        && EVP_PKEY_verify(context.get(), OpenSsl::bytes(der), OpenSsl::size(der), OpenSsl::bytes(hash),
                           OpenSsl::size(hash))
        == 1;
}

bool isGoodForUs(EcdsaP256Verifier &verifier, const QByteArray &signature, const QByteArray &hash)
{
    return verifier.verify(signature, {OpenSsl::bytes(hash), OpenSsl::size(hash)});
}

QByteArray signedBy(EVP_PKEY *key, const QByteArray &hash)
{
    const OpenSsl::PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    QByteArray der(EVP_PKEY_get_size(key), Qt::Uninitialized);
    auto size = OpenSsl::size(der);
    if (EVP_PKEY_sign_init(context.get()) != 1
        || EVP_PKEY_sign(context.get(), OpenSsl::writable(der), &size, OpenSsl::bytes(hash), OpenSsl::size(hash)) != 1)
        qFatal("OpenSSL does not sign");
    const auto *in = OpenSsl::bytes(der);
    const std::unique_ptr<ECDSA_SIG, OpenSsl::Releaser<ECDSA_SIG_free>> numbers(
        d2i_ECDSA_SIG(nullptr, &in, static_cast<long>(size)));
    return bytesOf(ECDSA_SIG_get0_r(numbers.get())) + bytesOf(ECDSA_SIG_get0_s(numbers.get()));
}

EVP_PKEY *usualKey()
{
    static const OpenSsl::Pkey key(EVP_EC_gen(SN_X9_62_prime256v1));
    return key.get();
}

Words256 wordsOf(const BIGNUM *value)
{
    const QByteArray bytes = bytesOf(value);
    Words256 words{};
    for (std::size_t i = 0; i < half; ++i)
        words[i / 8] |= std::uint64_t{static_cast<unsigned char>(bytes[half - 1 - static_cast<qsizetype>(i)])}
            << (i % 8 * 8);
    return words;
}

// Whether the almost inverse times the number is 2^exponent.
bool isAlmostInverse(const AlmostInverse &inverse, const BIGNUM *value)
{
    QByteArray bytes(half, Qt::Uninitialized);
    for (std::size_t i = 0; i < half; ++i)
        bytes[half - 1 - static_cast<qsizetype>(i)] = static_cast<char>(inverse.value[i / 8] >> (i % 8 * 8));
    const OpenSsl::Number product(BN_new());
    const OpenSsl::Number power = number(0UL);
    BN_mod_mul(product.get(), number(bytes).get(), value, order(), scratch());
    BN_set_bit(power.get(), inverse.exponent);
    BN_nnmod(power.get(), power.get(), order(), scratch());
    return BN_cmp(product.get(), power.get()) == 0;
}

} // namespace

class TestEcdsaP256 : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signaturesOfManyKeysAreGood();
    void oneWrongBitIsEnough();
    void numbersOutOfRangeAreRefused_data();
    void numbersOutOfRangeAreRefused();
    void anyInvertibleNumberMaySign_data();
    void anyInvertibleNumberMaySign();
    void anXCoordinateBeyondTheOrderIsReduced();
    void thePointAtInfinityIsNoSignature();
    void twoEqualSummandsAreAdded();
    void aHashBeyondTheOrderIsReduced();
    void whatIsNotSixtyFourBytesIsRefused();
    void otherCurvesAreLeftToOpenSsl_data();
    void otherCurvesAreLeftToOpenSsl();
    void almostInversesAreInverses();
    void whatHasNoInverseHasNoAlmostInverse();
};

void TestEcdsaP256::signaturesOfManyKeysAreGood()
{
    for (int i = 0; i < 100; ++i) {
        const OpenSsl::Pkey key(EVP_EC_gen(SN_X9_62_prime256v1));
        const auto verifier = EcdsaP256Verifier::create(key.get());
        QVERIFY(verifier);
        const QByteArray hash = hashOf(QByteArray::number(i));
        const QByteArray signature = signedBy(key.get(), hash);
        QVERIFY(isGoodForUs(*verifier, signature, hash));
        QVERIFY(isGoodForUs(*verifier, signature, hash)); // nothing stays of the first time
        QVERIFY(!isGoodForUs(*verifier, signature, hashOf("something else")));
        QVERIFY(!isGoodForUs(*EcdsaP256Verifier::create(usualKey()), signature, hash));
    }
}

void TestEcdsaP256::oneWrongBitIsEnough()
{
    const QByteArray hash = hashOf("message");
    const QByteArray good = signedBy(usualKey(), hash);
    const auto verifier = EcdsaP256Verifier::create(usualKey());
    QVERIFY(verifier);
    for (qsizetype bit = 0; bit < good.size() * 8; ++bit) {
        QByteArray wrong = good;
        wrong[bit / 8] = static_cast<char>(wrong[bit / 8] ^ (1 << (bit % 8)));
        QVERIFY2(!isGoodForUs(*verifier, wrong, hash), qPrintable(QString::number(bit)));
        QVERIFY2(!isGoodForOpenSsl(usualKey(), wrong, hash), qPrintable(QString::number(bit)));
    }
    QVERIFY(isGoodForUs(*verifier, good, hash));
    // r and n - s are a signature, too: FIPS 186-5 knows no "low s", and OpenSSL takes it.
    const OpenSsl::Number other(BN_new());
    BN_sub(other.get(), order(), number(good.last(half)).get());
    const QByteArray mirrored = good.first(half) + bytesOf(other.get());
    QVERIFY(isGoodForUs(*verifier, mirrored, hash));
    QVERIFY(isGoodForOpenSsl(usualKey(), mirrored, hash));
}

void TestEcdsaP256::numbersOutOfRangeAreRefused_data()
{
    QTest::addColumn<QByteArray>("r");
    QTest::addColumn<QByteArray>("s");
    const QByteArray zero(half, '\0');
    const QByteArray one = bytesOf(number(1UL).get());
    const QByteArray most(half, '\xff');
    QTest::newRow("CVE-2022-21449, r = s = 0") << zero << zero;
    QTest::newRow("r = 0") << zero << one;
    QTest::newRow("s = 0") << one << zero;
    QTest::newRow("r = n") << orderPlus(0) << one;
    QTest::newRow("s = n") << one << orderPlus(0);
    QTest::newRow("r = s = n") << orderPlus(0) << orderPlus(0);
    QTest::newRow("r = n + 1") << orderPlus(1) << one;
    QTest::newRow("s = n + 1") << one << orderPlus(1);
    QTest::newRow("r = 2^256 - 1") << most << one;
    QTest::newRow("s = 2^256 - 1") << one << most;
    // In range, and no signature.
    QTest::newRow("r = s = 1") << one << one;
    QTest::newRow("r = s = n - 1") << orderPlus(-1) << orderPlus(-1);
}

void TestEcdsaP256::numbersOutOfRangeAreRefused()
{
    QFETCH(const QByteArray, r);
    QFETCH(const QByteArray, s);
    const auto verifier = EcdsaP256Verifier::create(usualKey());
    QVERIFY(verifier);
    for (const QByteArray &hash : {hashOf("message"), QByteArray(half, '\0')}) {
        QVERIFY(!isGoodForUs(*verifier, r + s, hash));
        QVERIFY(!isGoodForOpenSsl(usualKey(), r + s, hash));
    }
}

void TestEcdsaP256::anyInvertibleNumberMaySign_data()
{
    QTest::addColumn<QByteArray>("s");
    QTest::newRow("1") << bytesOf(number(1UL).get());
    QTest::newRow("2") << bytesOf(number(2UL).get());
    QTest::newRow("3") << bytesOf(number(3UL).get());
    QTest::newRow("n - 1") << orderPlus(-1);
    QTest::newRow("n - 2") << orderPlus(-2);
    for (const int bit : {32, 63, 64, 65, 128, 192, 255}) {
        const OpenSsl::Number power = number(0UL);
        BN_set_bit(power.get(), bit);
        QTest::addRow("2^%d", bit) << bytesOf(power.get());
    }
}

void TestEcdsaP256::anyInvertibleNumberMaySign()
{
    QFETCH(const QByteArray, s);
    const QByteArray hash = hashOf("message");
    const Point point = basePointTimes(number(123456789UL).get());
    const OpenSsl::Number r(BN_new());
    EC_POINT_get_affine_coordinates(group(), point.get(), r.get(), nullptr, scratch());
    BN_nnmod(r.get(), r.get(), order(), scratch());
    const OpenSsl::Pkey key = keyFor(point.get(), r.get(), number(s).get(), hash);
    const auto verifier = EcdsaP256Verifier::create(key.get());
    QVERIFY(verifier);
    QVERIFY(isGoodForOpenSsl(key.get(), bytesOf(r.get()) + s, hash));
    QVERIFY(isGoodForUs(*verifier, bytesOf(r.get()) + s, hash));
    QVERIFY(!isGoodForUs(*verifier, bytesOf(r.get()) + s, hashOf("something else")));
}

void TestEcdsaP256::anXCoordinateBeyondTheOrderIsReduced()
{
    // One in 2^128 points lies there, so it is looked for: the first from the order upwards.
    const Point point(EC_POINT_new(group()));
    const OpenSsl::Number x(BN_dup(order()));
    const OpenSsl::Number r = number(0UL);
    while (BN_is_zero(r.get())
           || EC_POINT_set_compressed_coordinates(group(), point.get(), x.get(), 0, scratch()) != 1) {
        BN_add_word(x.get(), 1);
        BN_add_word(r.get(), 1);
    }
    ERR_clear_error();
    const QByteArray hash = hashOf("message");
    const QByteArray s = bytesOf(number(77UL).get());
    const OpenSsl::Pkey key = keyFor(point.get(), r.get(), number(s).get(), hash);
    const auto verifier = EcdsaP256Verifier::create(key.get());
    QVERIFY(verifier);
    QVERIFY(isGoodForOpenSsl(key.get(), bytesOf(r.get()) + s, hash));
    QVERIFY(isGoodForUs(*verifier, bytesOf(r.get()) + s, hash));
    // Unreduced it would be a second signature of the same data.
    QVERIFY(!isGoodForOpenSsl(key.get(), bytesOf(x.get()) + s, hash));
    QVERIFY(!isGoodForUs(*verifier, bytesOf(x.get()) + s, hash));
}

void TestEcdsaP256::thePointAtInfinityIsNoSignature()
{
    // With Q = -(e / r) G both summands cancel each other out.
    const QByteArray hash = hashOf("message");
    const OpenSsl::Number r = number(5UL);
    const OpenSsl::Number factor(BN_mod_inverse(nullptr, r.get(), order(), scratch()));
    BN_mod_mul(factor.get(), factor.get(), number(hash).get(), order(), scratch());
    BN_sub(factor.get(), order(), factor.get());
    const OpenSsl::Pkey key = keyAt(basePointTimes(factor.get()).get());
    const auto verifier = EcdsaP256Verifier::create(key.get());
    QVERIFY(verifier);
    const QByteArray signature = bytesOf(r.get()) + bytesOf(number(9UL).get());
    QVERIFY(!isGoodForUs(*verifier, signature, hash));
    QVERIFY(!isGoodForOpenSsl(key.get(), signature, hash));
}

void TestEcdsaP256::twoEqualSummandsAreAdded()
{
    // u1 G = u2 Q = R / 2: their sum is a doubling, which the formula for a sum cannot do.
    const QByteArray hash = hashOf("message");
    const Point point = basePointTimes(number(2UL).get());
    const OpenSsl::Number r(BN_new());
    EC_POINT_get_affine_coordinates(group(), point.get(), r.get(), nullptr, scratch());
    BN_nnmod(r.get(), r.get(), order(), scratch());
    // u1 = e / s = 1
    const OpenSsl::Number s = number(hash);
    BN_nnmod(s.get(), s.get(), order(), scratch());
    const OpenSsl::Pkey key = keyFor(point.get(), r.get(), s.get(), hash);
    const auto verifier = EcdsaP256Verifier::create(key.get());
    QVERIFY(verifier);
    const QByteArray signature = bytesOf(r.get()) + bytesOf(s.get());
    QVERIFY(isGoodForOpenSsl(key.get(), signature, hash));
    QVERIFY(isGoodForUs(*verifier, signature, hash));
}

void TestEcdsaP256::aHashBeyondTheOrderIsReduced()
{
    const auto verifier = EcdsaP256Verifier::create(usualKey());
    QVERIFY(verifier);
    for (const QByteArray &hash : {QByteArray(half, '\0'), orderPlus(0), orderPlus(1), QByteArray(half, '\xff')}) {
        const QByteArray signature = signedBy(usualKey(), hash);
        QVERIFY(isGoodForUs(*verifier, signature, hash));
        QVERIFY(isGoodForOpenSsl(usualKey(), signature, hash));
    }
}

void TestEcdsaP256::whatIsNotSixtyFourBytesIsRefused()
{
    const QByteArray hash = hashOf("message");
    const QByteArray good = signedBy(usualKey(), hash);
    const auto verifier = EcdsaP256Verifier::create(usualKey());
    QVERIFY(verifier);
    for (const QByteArray &wrong : {QByteArray(), good.chopped(1), QByteArray(good + '\0'), good.first(half)})
        QVERIFY(!isGoodForUs(*verifier, wrong, hash));
    QVERIFY(!isGoodForUs(*verifier, good, hash.chopped(1)));
    QVERIFY(!isGoodForUs(*verifier, good, hash + '\0'));
    QVERIFY(isGoodForUs(*verifier, good, hash));
}

void TestEcdsaP256::otherCurvesAreLeftToOpenSsl_data()
{
    QTest::addColumn<QByteArray>("curve");
    QTest::newRow("P-384") << QByteArray(SN_secp384r1);
    QTest::newRow("P-521") << QByteArray(SN_secp521r1);
    QTest::newRow("secp256k1, of the same size") << QByteArray(SN_secp256k1);
}

void TestEcdsaP256::otherCurvesAreLeftToOpenSsl()
{
    QFETCH(const QByteArray, curve);
    const OpenSsl::Pkey key(EVP_EC_gen(curve.constData()));
    QVERIFY(key);
    QVERIFY(!EcdsaP256Verifier::create(key.get()));
    const OpenSsl::Pkey rsa(EVP_RSA_gen(1024));
    QVERIFY(!EcdsaP256Verifier::create(rsa.get()));
}

void TestEcdsaP256::almostInversesAreInverses()
{
    const OpenSsl::Number value(BN_new());
    for (int i = 0; i < 2000; ++i) {
        // Of every length, since short numbers take other ways through it.
        BN_rand(value.get(), 1 + i % 255, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY);
        const auto inverse = almostInverse(wordsOf(value.get()), wordsOf(order()));
        QVERIFY(inverse);
        QVERIFY2(isAlmostInverse(*inverse, value.get()), bytesOf(value.get()).toHex().constData());
        QVERIFY(inverse->exponent >= 255 && inverse->exponent <= 512);
    }
}

void TestEcdsaP256::whatHasNoInverseHasNoAlmostInverse()
{
    QVERIFY(!almostInverse(Words256{}, wordsOf(order())));
    QVERIFY(!almostInverse(Words256{3}, Words256{9}));
    QVERIFY(!almostInverse(Words256{3}, Words256{8})); // the modulus is odd
    QVERIFY(almostInverse(Words256{2}, Words256{9}));
}

QTEST_GUILESS_MAIN(TestEcdsaP256)
#include "tst_ecdsap256.moc"

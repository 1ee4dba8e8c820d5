// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/asymmetrickey.h>

#include <QtTest/QTest>

#include <thread>

using namespace Countersign;
using namespace Qt::StringLiterals;

namespace {

struct Scheme
{
    KeyType type;
    SignatureScheme scheme;
    HashAlgorithm hash;
};

const QList<Scheme> schemes{
    {KeyType::Rsa, SignatureScheme::RsaPkcs1, HashAlgorithm::Sha256},
    {KeyType::Rsa, SignatureScheme::RsaPkcs1, HashAlgorithm::Sha512},
    {KeyType::Rsa, SignatureScheme::RsaPss, HashAlgorithm::Sha256},
    {KeyType::Rsa, SignatureScheme::RsaPss, HashAlgorithm::Sha384},
    {KeyType::P256, SignatureScheme::Ecdsa, HashAlgorithm::Sha256},
    {KeyType::P384, SignatureScheme::Ecdsa, HashAlgorithm::Sha384},
    {KeyType::P521, SignatureScheme::Ecdsa, HashAlgorithm::Sha512},
    {KeyType::Ed25519, SignatureScheme::EdDsa, HashAlgorithm::Sha512},
    {KeyType::Ed448, SignatureScheme::EdDsa, HashAlgorithm::Sha512},
};

const QList<KeyType> everyType{KeyType::Rsa,     KeyType::P256,  KeyType::P384,   KeyType::P521,
                               KeyType::Ed25519, KeyType::Ed448, KeyType::X25519, KeyType::X448};

// Generated once: RSA takes its time.
const AsymmetricKey &keyOf(KeyType type)
{
    static std::map<KeyType, AsymmetricKey> keys;
    auto found = keys.find(type);
    if (found == keys.end())
        found = keys.emplace(type, *AsymmetricKey::generate(type)).first;
    return found->second;
}

// Curve orders, for signatures at the edge. Spec: FIPS 186-4 D.1.2.3.
const QByteArray p256Order = QByteArray::fromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

QByteArray rocaModulus()
{
    // Little endian, multiplied by hand: QtTest has no big numbers.
    std::vector<unsigned> digits(256, 0);
    const auto multiply = [&digits](unsigned factor) {
        unsigned carry = 0;
        for (unsigned &digit : digits) {
            const unsigned product = digit * factor + carry;
            digit = product & 0xffU;
            carry = product >> 8U;
        }
    };
    digits[0] = 1;
    for (unsigned prime = 3; prime <= 167; prime += 2) {
        bool isPrime = true;
        for (unsigned divisor = 3; divisor * divisor <= prime; divisor += 2)
            isPrime = isPrime && prime % divisor != 0;
        if (isPrime)
            multiply(prime);
    }
    while (digits[255] < 0x80)
        multiply(2);
    ++digits[0];
    QByteArray modulus;
    for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit)
        modulus.append(static_cast<char>(*digit));
    return modulus;
}

} // namespace

class TestAsymmetricKey final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSignatureVerifiesWithThePublicKeyOnly_data();
    void aSignatureVerifiesWithThePublicKeyOnly();
    void aSignatureOfAnotherLengthIsRefused_data() { aSignatureVerifiesWithThePublicKeyOnly_data(); }
    void aSignatureOfAnotherLengthIsRefused();
    void aSchemeNeedsItsKeyType();
    void edgeValuesOfEcdsaAreRefused_data();
    void edgeValuesOfEcdsaAreRefused();
    void numbersMakeTheSameKey_data();
    void numbersMakeTheSameKey();
    void pemMakesTheSameKey_data() { numbersMakeTheSameKey_data(); }
    void pemMakesTheSameKey();
    void anEncryptedKeyNeedsItsPassphrase();
    void textWithoutAKeyIsRefused_data();
    void textWithoutAKeyIsRefused();
    void aWeakRsaKeyIsRefused_data();
    void aWeakRsaKeyIsRefused();
    void aPointOffItsCurveIsRefused_data();
    void aPointOffItsCurveIsRefused();
    void aPointOfSmallOrderIsRefused_data();
    void aPointOfSmallOrderIsRefused();
    void aForeignPrivateHalfIsRefused_data() { numbersMakeTheSameKey_data(); }
    void aForeignPrivateHalfIsRefused();
    void rsaEncryptionIsUndone();
    void bothSidesAgreeOnTheSameSecret();
    void agreementIsThatOfTheRfcs_data();
    void agreementIsThatOfTheRfcs();
    void anAllZeroSecretIsRefused();
    void threadsShareAKey_data() { aSignatureVerifiesWithThePublicKeyOnly_data(); }
    void threadsShareAKey();
};

void TestAsymmetricKey::aSignatureVerifiesWithThePublicKeyOnly_data()
{
    QTest::addColumn<qsizetype>("index");
    for (qsizetype i = 0; i < schemes.size(); ++i)
        QTest::addRow("type %d scheme %d hash %d", int(schemes[i].type), int(schemes[i].scheme), int(schemes[i].hash))
            << i;
}

void TestAsymmetricKey::aSignatureVerifiesWithThePublicKeyOnly()
{
    QFETCH(const qsizetype, index);
    const auto [type, scheme, hash] = schemes[index];
    const AsymmetricKey &key = keyOf(type);
    const AsymmetricKey publicKey = key.publicKey();
    QVERIFY(!publicKey.isPrivate());
    QVERIFY(!publicKey.sign(scheme, hash, "data"));
    const auto signature = key.sign(scheme, hash, "data");
    QVERIFY(signature);
    QVERIFY(publicKey.verify(scheme, hash, "data", *signature));
    QVERIFY(!publicKey.verify(scheme, hash, "date", *signature));
    QByteArray forged = *signature;
    forged[forged.size() / 2] = static_cast<char>(forged[forged.size() / 2] ^ 1);
    QVERIFY(!publicKey.verify(scheme, hash, "data", forged));
    // The verifier that refused is used again.
    QVERIFY(publicKey.verify(scheme, hash, "data", *signature));
    QVERIFY(!AsymmetricKey::generate(type)->verify(scheme, hash, "data", *signature));
}

void TestAsymmetricKey::aSignatureOfAnotherLengthIsRefused()
{
    QFETCH(const qsizetype, index);
    const auto [type, scheme, hash] = schemes[index];
    const AsymmetricKey &key = keyOf(type);
    const auto signature = key.sign(scheme, hash, "data");
    QVERIFY(signature);
    QVERIFY(!key.verify(scheme, hash, "data", {}));
    QVERIFY(!key.verify(scheme, hash, "data", signature->chopped(1)));
    QVERIFY(!key.verify(scheme, hash, "data", QByteArray(*signature + '\0')));
    QVERIFY(!key.verify(scheme, hash, "data", QByteArray('\0' + *signature)));
}

void TestAsymmetricKey::aSchemeNeedsItsKeyType()
{
    for (const KeyType type : everyType) {
        for (const auto &scheme : schemes) {
            if (scheme.type == type || (type == KeyType::P384 && scheme.scheme == SignatureScheme::Ecdsa))
                continue;
            const bool isSameFamily =
                (scheme.scheme == SignatureScheme::Ecdsa && (type == KeyType::P256 || type == KeyType::P521))
                || (scheme.scheme == SignatureScheme::EdDsa && (type == KeyType::Ed25519 || type == KeyType::Ed448));
            if (!isSameFamily)
                QVERIFY(!keyOf(type).sign(scheme.scheme, scheme.hash, "data"));
        }
    }
}

void TestAsymmetricKey::edgeValuesOfEcdsaAreRefused_data()
{
    QTest::addColumn<QByteArray>("r");
    QTest::addColumn<QByteArray>("s");
    const QByteArray zero(32, '\0');
    QByteArray one = zero;
    one[31] = 1;
    QByteArray orderLessOne = p256Order;
    orderLessOne[31] = static_cast<char>(orderLessOne[31] - 1);
    const QByteArray all(32, '\xff');
    const QList<std::pair<const char *, QByteArray>> edges{
        {"0", zero}, {"1", one}, {"n-1", orderLessOne}, {"n", p256Order}, {"2^256-1", all}};
    for (const auto &[rName, r] : edges) {
        for (const auto &[sName, s] : edges)
            QTest::addRow("r = %s, s = %s (CVE-2022-21449)", rName, sName) << r << s;
    }
}

void TestAsymmetricKey::edgeValuesOfEcdsaAreRefused()
{
    QFETCH(const QByteArray, r);
    QFETCH(const QByteArray, s);
    QVERIFY(!keyOf(KeyType::P256).verify(SignatureScheme::Ecdsa, HashAlgorithm::Sha256, "data", QByteArray(r + s)));
}

void TestAsymmetricKey::numbersMakeTheSameKey_data()
{
    QTest::addColumn<int>("type");
    for (const KeyType type : everyType)
        QTest::addRow("type %d", int(type)) << int(type);
}

void TestAsymmetricKey::numbersMakeTheSameKey()
{
    QFETCH(const int, type);
    const AsymmetricKey &key = keyOf(KeyType(type));
    const auto again = AsymmetricKey::fromNumbers(key.privateNumbers());
    QVERIFY(again);
    QVERIFY(again->isPrivate());
    QCOMPARE(again->type(), key.type());
    QCOMPARE(again->publicDer(), key.publicDer());
    QVERIFY(again->privateNumbers().d == key.privateNumbers().d);
    QVERIFY(!key.publicNumbers().isPrivate());
}

void TestAsymmetricKey::pemMakesTheSameKey()
{
    QFETCH(const int, type);
    const AsymmetricKey &key = keyOf(KeyType(type));
    const auto pem = key.privatePem();
    QVERIFY(pem);
    const auto fromPrivate = AsymmetricKey::fromPem(QByteArray("a comment\n" + pem->reveal().toByteArray()));
    QVERIFY(fromPrivate);
    QVERIFY(fromPrivate->privateNumbers().d == key.privateNumbers().d);
    const auto fromPublic = AsymmetricKey::fromPem(key.publicPem());
    QVERIFY(fromPublic);
    QVERIFY(!fromPublic->isPrivate());
    QCOMPARE(fromPublic->publicDer(), key.publicDer());
}

void TestAsymmetricKey::anEncryptedKeyNeedsItsPassphrase()
{
    const AsymmetricKey &key = keyOf(KeyType::P256);
    const Secret passphrase = Secret::copyOf("correct horse");
    const auto pem = key.privatePem(passphrase);
    QVERIFY(pem);
    QVERIFY(pem->reveal().contains("ENCRYPTED PRIVATE KEY"));
    QVERIFY(AsymmetricKey::fromPem(pem->reveal(), passphrase));
    for (const auto *wrong : {"", "incorrect horse"}) {
        const auto refused = AsymmetricKey::fromPem(pem->reveal(), Secret::copyOf(wrong));
        QVERIFY(!refused);
        QCOMPARE(refused.error().cause(), ErrorCause::PassphraseWrong);
    }
}

void TestAsymmetricKey::textWithoutAKeyIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("words") << QByteArray("my key");
    QTest::newRow("an open line") << QByteArray("-----BEGIN PUBLIC KEY");
    QTest::newRow("an empty block") << QByteArray("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n");
    QTest::newRow("rubbish in a block") << QByteArray("-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    QTest::newRow("another block") << QByteArray("-----BEGIN DH PARAMETERS-----\nAAAA\n-----END DH PARAMETERS-----\n");
    QTest::newRow("a block without a name") << QByteArray("-----BEGIN -----\nAAAA\n");
    QTest::newRow("nothing but openings") << QByteArray("-----BEGIN ----------BEGIN -----");
    QTest::newRow("too long") << QByteArray(1024 * 1024, '-');
}

void TestAsymmetricKey::textWithoutAKeyIsRefused()
{
    QFETCH(const QByteArray, text);
    const auto key = AsymmetricKey::fromPem(text);
    QVERIFY(!key);
    QCOMPARE(key.error().code(), ErrorCode::InvalidArgument);
}

void TestAsymmetricKey::aWeakRsaKeyIsRefused_data()
{
    QTest::addColumn<QByteArray>("n");
    QTest::addColumn<QByteArray>("e");
    const QByteArray n = keyOf(KeyType::Rsa).publicNumbers().n;
    const QByteArray e = QByteArray::fromHex("010001");
    QByteArray even = n;
    even.back() = static_cast<char>(even.back() & 0xfe);
    // 65537^0 = 1 modulo every prime: a multiple of the product of the primes from 3 to 167, plus one, has the
    // fingerprint.
    const QByteArray roca = rocaModulus();
    QTest::newRow("ROCA (CVE-2017-15361)") << roca << e;
    QTest::newRow("512 bits") << n.first(64) << e;
    QTest::newRow("1024 bits") << n.first(128) << e;
    QTest::newRow("2047 bits") << QByteArray('\x7f' + n.sliced(1)) << e;
    QTest::newRow("even modulus") << even << e;
    QTest::newRow("exponent 0") << n << QByteArray(1, '\0');
    QTest::newRow("exponent 1") << n << QByteArray("\x01");
    QTest::newRow("exponent 2") << n << QByteArray("\x02");
    QTest::newRow("even exponent") << n << QByteArray::fromHex("010000");
    QTest::newRow("no modulus") << QByteArray() << e;
    QTest::newRow("no exponent") << n << QByteArray();
    QTest::newRow("32768 bits") << QByteArray(4096, '\xff') << e;
}

void TestAsymmetricKey::aWeakRsaKeyIsRefused()
{
    QFETCH(const QByteArray, n);
    QFETCH(const QByteArray, e);
    KeyNumbers numbers;
    numbers.n = n;
    numbers.e = e;
    const auto key = AsymmetricKey::fromNumbers(numbers);
    QVERIFY(!key);
    QCOMPARE(key.error().code(), ErrorCode::SecurityCheckFailed);
    QCOMPARE(key.error().message().contains("ROCA"_L1), QByteArray(QTest::currentDataTag()).startsWith("ROCA"));
}

void TestAsymmetricKey::aPointOffItsCurveIsRefused_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("x");
    QTest::addColumn<QByteArray>("y");
    for (const KeyType type : {KeyType::P256, KeyType::P384, KeyType::P521}) {
        const KeyNumbers good = keyOf(type).publicNumbers();
        QByteArray moved = good.y;
        moved.back() = static_cast<char>(moved.back() ^ 1);
        const QByteArray zero(good.x.size(), '\0');
        const QByteArray nextCurve(coordinateSize(type == KeyType::P521 ? KeyType::P256 : KeyType::P521), '\1');
        QTest::addRow("moved %d", int(type)) << int(type) << good.x << moved;
        QTest::addRow("zero %d", int(type)) << int(type) << zero << zero;
        QTest::addRow("short %d", int(type)) << int(type) << good.x.sliced(1) << good.y;
        QTest::addRow("long %d", int(type)) << int(type) << QByteArray('\0' + good.x) << QByteArray('\0' + good.y);
        QTest::addRow("other curve %d", int(type)) << int(type) << nextCurve << nextCurve;
        QTest::addRow("missing y %d", int(type)) << int(type) << good.x << QByteArray();
        QTest::addRow("above the prime %d", int(type)) << int(type) << QByteArray(good.x.size(), '\xff') << good.y;
    }
}

void TestAsymmetricKey::aPointOffItsCurveIsRefused()
{
    QFETCH(const int, type);
    QFETCH(const QByteArray, x);
    QFETCH(const QByteArray, y);
    KeyNumbers numbers;
    numbers.type = KeyType(type);
    numbers.x = x;
    numbers.y = y;
    const auto key = AsymmetricKey::fromNumbers(numbers);
    QVERIFY(!key);
    QCOMPARE(key.error().code(), ErrorCode::SecurityCheckFailed);
}

void TestAsymmetricKey::aPointOfSmallOrderIsRefused_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("x");
    const QByteArray zeros62(62, '0');
    const QByteArray ones(58, 'f');
    // The eight points of Ed25519's torsion group in the y of their encoding, and y = p, p + 1 beside 0 and 1.
    QTest::newRow("y = 0") << int(KeyType::Ed25519) << QByteArray("00" + zeros62);
    QTest::newRow("y = 1") << int(KeyType::Ed25519) << QByteArray("01" + zeros62);
    QTest::newRow("y = -1") << int(KeyType::Ed25519) << QByteArray("ec" + ones + "ff7f");
    QTest::newRow("y = p") << int(KeyType::Ed25519) << QByteArray("ed" + ones + "ff7f");
    QTest::newRow("y = p + 1") << int(KeyType::Ed25519) << QByteArray("ee" + ones + "ff7f");
    QTest::newRow("y = 1, sign set") << int(KeyType::Ed25519) << QByteArray("01" + QByteArray(60, '0') + "80");
    QTest::newRow("order 8") << int(KeyType::Ed25519)
                             << QByteArray("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05");
    QTest::newRow("order 8, other") << int(KeyType::Ed25519)
                                    << QByteArray("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a");
    QTest::newRow("Ed448 y = 0") << int(KeyType::Ed448) << QByteArray(114, '0');
    QTest::newRow("Ed448 y = 1") << int(KeyType::Ed448) << QByteArray("01" + QByteArray(112, '0'));
}

void TestAsymmetricKey::aPointOfSmallOrderIsRefused()
{
    QFETCH(const int, type);
    QFETCH(const QByteArray, x);
    KeyNumbers numbers;
    numbers.type = KeyType(type);
    numbers.x = QByteArray::fromHex(x);
    QCOMPARE(numbers.x.size(), coordinateSize(numbers.type));
    const auto key = AsymmetricKey::fromNumbers(numbers);
    QVERIFY(!key);
    QCOMPARE(key.error().code(), ErrorCode::SecurityCheckFailed);
}

void TestAsymmetricKey::aForeignPrivateHalfIsRefused()
{
    QFETCH(const int, type);
    KeyNumbers numbers = keyOf(KeyType(type)).privateNumbers();
    numbers.d = AsymmetricKey::generate(KeyType(type))->privateNumbers().d;
    const auto key = AsymmetricKey::fromNumbers(numbers);
    QVERIFY(!key);
    QCOMPARE(key.error().code(), ErrorCode::SecurityCheckFailed);
    if (numbers.type != KeyType::Rsa)
        return;
    // Without the factors the exponent has to stand for itself.
    numbers.p.clear();
    QVERIFY(!AsymmetricKey::fromNumbers(numbers));
    numbers = keyOf(KeyType::Rsa).privateNumbers();
    for (Secret *part : {&numbers.p, &numbers.q, &numbers.dp, &numbers.dq, &numbers.qi})
        part->clear();
    const auto bare = AsymmetricKey::fromNumbers(numbers);
    QVERIFY(bare);
    QVERIFY(bare->sign(SignatureScheme::RsaPkcs1, HashAlgorithm::Sha256, "data"));
}

void TestAsymmetricKey::rsaEncryptionIsUndone()
{
    const AsymmetricKey &key = keyOf(KeyType::Rsa);
    for (const HashAlgorithm hash :
         {HashAlgorithm::Sha1, HashAlgorithm::Sha256, HashAlgorithm::Sha384, HashAlgorithm::Sha512}) {
        const auto encrypted = key.publicKey().encrypt(RsaEncryption::Oaep, hash, "content key");
        QVERIFY(encrypted);
        const auto decrypted = key.decrypt(RsaEncryption::Oaep, hash, *encrypted);
        QVERIFY(decrypted);
        QCOMPARE(decrypted->reveal(), QByteArrayView("content key"));
        QVERIFY(!key.decrypt(RsaEncryption::Oaep, hash, encrypted->chopped(1)));
        QVERIFY(!key.publicKey().decrypt(RsaEncryption::Oaep, hash, *encrypted));
        QVERIFY(!key.decrypt(RsaEncryption::Oaep,
                             hash == HashAlgorithm::Sha1 ? HashAlgorithm::Sha256 : HashAlgorithm::Sha1, *encrypted));
    }
    QVERIFY(!key.encrypt(RsaEncryption::Oaep, HashAlgorithm::Sha512, QByteArray(200, 'x')));
}

void TestAsymmetricKey::bothSidesAgreeOnTheSameSecret()
{
    for (const KeyType type : {KeyType::P256, KeyType::P384, KeyType::P521, KeyType::X25519, KeyType::X448}) {
        const AsymmetricKey &mine = keyOf(type);
        const auto theirs = AsymmetricKey::generate(type);
        QVERIFY(theirs);
        const auto here = mine.agree(theirs->publicKey());
        const auto there = theirs->agree(mine.publicKey());
        QVERIFY(here && there);
        QCOMPARE(here->size(), coordinateSize(type));
        QVERIFY(*here == *there);
        QVERIFY(!mine.publicKey().agree(*theirs));
    }
    QVERIFY(!keyOf(KeyType::P256).agree(keyOf(KeyType::P384)));
    QVERIFY(!keyOf(KeyType::Ed25519).agree(keyOf(KeyType::Ed25519)));
}

void TestAsymmetricKey::agreementIsThatOfTheRfcs_data()
{
    QTest::addColumn<int>("type");
    QTest::addColumn<QByteArray>("mine");
    QTest::addColumn<QByteArray>("published");
    QTest::addColumn<QByteArray>("theirs");
    QTest::addColumn<QByteArray>("secret");
    QTest::newRow("RFC 7748 section 6.1, RFC 8037 appendix A.6: X25519")
        << int(KeyType::X25519) << QByteArray("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb")
        << QByteArray("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
        << QByteArray("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")
        << QByteArray("4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742");
    QTest::newRow("RFC 7748 section 6.2, RFC 8037 appendix A.7: X448")
        << int(KeyType::X448)
        << QByteArray(
               "9a8f4925d1519f5775cf46b04b5800d4ee9ee8bae8bc5565d498c28dd9c9baf574a9419744897391006382a6f127ab1d9ac"
               "2d8c0a598726b")
        << QByteArray(
               "9b08f7cc31b7e3e67d22d5aea121074a273bd2b83de09c63faa73d2c22c5d9bbc836647241d953d40c5b12da88120d53177"
               "f80e532c41fa0")
        << QByteArray(
               "3eb7a829b0cd20f5bcfc0b599b6feccf6da4627107bdb0d4f345b43027d8b972fc3e34fb4232a13ca706dcb57aec3dae07b"
               "dc1c67bf33609")
        << QByteArray(
               "07fff4181ac6cc95ec1c16a94a0f74d12da232ce40a77552281d282bb60c0b56fd2464c335543936521c24403085d59a449"
               "a5037514a879d");
}

void TestAsymmetricKey::agreementIsThatOfTheRfcs()
{
    QFETCH(const int, type);
    QFETCH(const QByteArray, mine);
    QFETCH(const QByteArray, theirs);
    QFETCH(const QByteArray, secret);
    QFETCH(const QByteArray, published);
    KeyNumbers own;
    own.type = KeyType(type);
    own.x = QByteArray::fromHex(published);
    own.d = Secret(QByteArray::fromHex(mine));
    KeyNumbers other;
    other.type = KeyType(type);
    other.x = QByteArray::fromHex(theirs);
    const auto key = AsymmetricKey::fromNumbers(own);
    const auto peer = AsymmetricKey::fromNumbers(other);
    QVERIFY(key && peer);
    const auto shared = key->agree(*peer);
    QVERIFY(shared);
    QCOMPARE(shared->reveal().toByteArray().toHex(), secret);
}

void TestAsymmetricKey::anAllZeroSecretIsRefused()
{
    for (const KeyType type : {KeyType::X25519, KeyType::X448}) {
        KeyNumbers zero;
        zero.type = type;
        zero.x = QByteArray(coordinateSize(type), '\0');
        const auto peer = AsymmetricKey::fromNumbers(zero);
        if (!peer)
            continue; // refused even earlier
        QVERIFY(!keyOf(type).agree(*peer));
    }
}

void TestAsymmetricKey::threadsShareAKey()
{
    QFETCH(const qsizetype, index);
    const auto [type, scheme, hash] = schemes[index];
    const AsymmetricKey key = keyOf(type).publicKey();
    const QByteArray signature = *keyOf(type).sign(scheme, hash, "data");
    std::atomic<int> verified = 0;
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i) {
        threads.emplace_back([&key, &signature, &verified, how = schemes[index]] {
            for (int round = 0; round < 50; ++round) {
                if (key.verify(how.scheme, how.hash, "data", signature)
                    && !key.verify(how.scheme, how.hash, "date", signature))
                    ++verified;
            }
        });
    }
    for (auto &thread : threads)
        thread.join();
    QCOMPARE(verified.load(), 200);
}

QTEST_GUILESS_MAIN(TestAsymmetricKey)
#include "tst_asymmetrickey.moc"

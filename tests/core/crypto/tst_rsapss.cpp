// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Whatever a forger could try is asked twice: of our verification and of OpenSSL's.
#include "rsakeys.h"

#include <countersign/crypto/rsaverifier.h>

#include <QtTest/QTest>

#include <map>

using namespace Countersign;
using namespace CountersignTest;

namespace {

const QByteArray message("eyJhbGciOiJQUzI1NiJ9.eyJzdWIiOiIxIn0");

//! What a signer may vary. Spec: RFC 8017 §9.1.1.
struct Encoding
{
    unsigned bits = 2048;
    HashAlgorithm hash = HashAlgorithm::Sha256;
    HashAlgorithm maskHash = HashAlgorithm::Sha256;
    qsizetype saltSize = 32;
    char padding = '\0';
    char separator = '\1';
    char trailer = '\xbc';
    char salt = 's';
    QByteArray hashed = digest(HashAlgorithm::Sha256, message);
};

QByteArray mask(HashAlgorithm hash, const QByteArray &seed, qsizetype size)
{
    QByteArray made;
    for (char counter = 0; made.size() < size; ++counter)
        made += digest(hash, QByteArray(seed + QByteArray(3, '\0') + counter));
    return made.first(size);
}

QByteArray blockOf(const Encoding &how)
{
    const qsizetype bits = qsizetype{how.bits} - 1;
    const qsizetype size = (bits + 7) / 8;
    const QByteArray salt(how.saltSize, how.salt);
    const QByteArray sum = digest(how.hash, QByteArray(QByteArray(8, '\0') + how.hashed + salt));
    const qsizetype length = size - sum.size() - 1;
    QByteArray dataBlock = QByteArray(length - salt.size() - 1, how.padding) + how.separator + salt;
    const QByteArray cover = mask(how.maskHash, sum, length);
    for (qsizetype i = 0; i < length; ++i)
        dataBlock[i] = static_cast<char>(dataBlock[i] ^ cover[i]);
    dataBlock[0] = static_cast<char>(dataBlock[0] & (0xff >> (8 * size - bits)));
    return QByteArray(qsizetype{how.bits + 7} / 8 - size, '\0') + dataBlock + sum + how.trailer;
}

bool isGoodForOpenSsl(EVP_PKEY *key, HashAlgorithm hash, const QByteArray &signature, const QByteArray &sum)
{
    const OpenSsl::PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    return EVP_PKEY_verify_init(context.get()) == 1
        && EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PSS_PADDING) == 1
        && EVP_PKEY_CTX_set_signature_md(context.get(), OpenSsl::messageDigest(hash)) == 1
        && EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), RSA_PSS_SALTLEN_DIGEST) == 1
        && EVP_PKEY_verify(context.get(), OpenSsl::bytes(signature), OpenSsl::size(signature), OpenSsl::bytes(sum),
                           OpenSsl::size(sum))
        == 1;
}

bool isGoodForUs(RsaVerifier &verifier, HashAlgorithm hash, const QByteArray &signature, const QByteArray &sum)
{
    return verifier.verifyPss(signature, hash, {OpenSsl::bytes(sum), OpenSsl::size(sum)});
}

QByteArray signedBy(EVP_PKEY *key, HashAlgorithm hash, const QByteArray &sum)
{
    const OpenSsl::PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    QByteArray signature(EVP_PKEY_get_size(key), Qt::Uninitialized);
    auto size = OpenSsl::size(signature);
    if (EVP_PKEY_sign_init(context.get()) != 1
        || EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PSS_PADDING) != 1
        || EVP_PKEY_CTX_set_signature_md(context.get(), OpenSsl::messageDigest(hash)) != 1
        || EVP_PKEY_CTX_set_rsa_pss_saltlen(context.get(), RSA_PSS_SALTLEN_DIGEST) != 1
        || EVP_PKEY_sign(context.get(), OpenSsl::writable(signature), &size, OpenSsl::bytes(sum), OpenSsl::size(sum))
            != 1)
        qFatal("OpenSSL does not sign");
    return signature;
}

} // namespace

class TestRsaPss : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signaturesOfAnyLengthAndHashAreGood_data();
    void signaturesOfAnyLengthAndHashAreGood();
    void blocksThatOnlyResembleOneAreRefused_data();
    void blocksThatOnlyResembleOneAreRefused();
    void theBitsAboveTheBlockAreZero_data();
    void theBitsAboveTheBlockAreZero();
    void numbersAtTheEdgeAreRefused_data();
    void numbersAtTheEdgeAreRefused();
    void oneWrongBitIsEnough();
    void aModulusWithoutRoomForTheHashIsRefused();
};

void TestRsaPss::signaturesOfAnyLengthAndHashAreGood_data()
{
    QTest::addColumn<unsigned>("bits");
    QTest::addColumn<HashAlgorithm>("hash");
    // With 2049 bits the block is a byte shorter than the signature, with 2056 no bit of its first byte is free.
    for (const unsigned bits : {2048U, 2049U, 2050U, 2056U, 3072U, 4096U}) {
        QTest::addRow("%u bits, SHA-256", bits) << bits << HashAlgorithm::Sha256;
        QTest::addRow("%u bits, SHA-512", bits) << bits << HashAlgorithm::Sha512;
    }
    QTest::newRow("2048 bits, SHA-384") << 2048U << HashAlgorithm::Sha384;
}

void TestRsaPss::signaturesOfAnyLengthAndHashAreGood()
{
    QFETCH(const unsigned, bits);
    QFETCH(const HashAlgorithm, hash);
    static std::map<unsigned, OpenSsl::Pkey> keys;
    OpenSsl::Pkey &key = keys[bits];
    if (!key)
        key = generate(bits);
    const auto verifier = RsaVerifier::create(key.get());
    QVERIFY(verifier);
    const QByteArray sum = digest(hash, message);
    for (int i = 0; i < 4; ++i) { // another salt every time
        const QByteArray signature = signedBy(key.get(), hash, sum);
        QVERIFY(isGoodForUs(*verifier, hash, signature, sum));
        QVERIFY(!isGoodForUs(*verifier, hash, signature, digest(hash, "other")));
        QVERIFY(!verifier->verifyPkcs1(signature, hash, {OpenSsl::bytes(sum), OpenSsl::size(sum)}));
    }
}

void TestRsaPss::blocksThatOnlyResembleOneAreRefused_data()
{
    QTest::addColumn<QByteArray>("block");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("as RFC 8017 §9.1.1 has it") << blockOf({}) << true;
    QTest::newRow("no salt") << blockOf({.saltSize = 0}) << false;
    QTest::newRow("a salt of 20 bytes") << blockOf({.saltSize = 20}) << false;
    QTest::newRow("a salt of 31 bytes") << blockOf({.saltSize = 31}) << false;
    QTest::newRow("a salt of 33 bytes") << blockOf({.saltSize = 33}) << false;
    QTest::newRow("the longest salt") << blockOf({.saltSize = 222}) << false;
    QTest::newRow("another trailer") << blockOf({.trailer = '\xcc'}) << false;
    QTest::newRow("no separator") << blockOf({.separator = '\0'}) << false;
    QTest::newRow("another separator") << blockOf({.separator = '\2'}) << false;
    QTest::newRow("padding that is not zero") << blockOf({.padding = '\1'}) << false;
    QTest::newRow("another hash in the mask") << blockOf({.maskHash = HashAlgorithm::Sha1}) << false;
    QTest::newRow("another hash") << blockOf({.hash = HashAlgorithm::Sha512, .maskHash = HashAlgorithm::Sha512})
                                  << false;
    QTest::newRow("the hash of something else") << blockOf({.hashed = digest(HashAlgorithm::Sha256, "other")}) << false;
    QTest::newRow("all zero but the trailer") << QByteArray(QByteArray(255, '\0') + '\xbc') << false;
}

void TestRsaPss::blocksThatOnlyResembleOneAreRefused()
{
    QFETCH(const QByteArray, block);
    QFETCH(const bool, isGood);
    QCOMPARE(block.size(), 256);
    const QByteArray signature = signBlock(usualKey(), block);
    const auto verifier = RsaVerifier::create(usualKey());
    QVERIFY(verifier);
    const QByteArray sum = digest(HashAlgorithm::Sha256, message);
    QCOMPARE(isGoodForUs(*verifier, HashAlgorithm::Sha256, signature, sum), isGood);
    QCOMPARE(isGoodForOpenSsl(usualKey(), HashAlgorithm::Sha256, signature, sum), isGood);
}

void TestRsaPss::theBitsAboveTheBlockAreZero_data()
{
    QTest::addColumn<unsigned>("bits");
    QTest::newRow("in the first byte, its first bit") << 2048U;
    QTest::newRow("in a byte of their own") << 2049U;
    QTest::newRow("in the first byte, most of it") << 2050U;
}

void TestRsaPss::theBitsAboveTheBlockAreZero()
{
    QFETCH(const unsigned, bits);
    const QByteArray sum = digest(HashAlgorithm::Sha256, message);
    const OpenSsl::Pkey key = generate(bits);
    const auto verifier = RsaVerifier::create(key.get());
    QVERIFY(verifier);
    // The block with the bit above it set has to be below the modulus, or no signature has it as its power.
    const OpenSsl::Number modulus = modulusOf(key.get());
    QByteArray block;
    for (int salt = 0; salt < 256 && block.isEmpty(); ++salt) {
        const QByteArray good = blockOf({.bits = bits, .salt = static_cast<char>(salt)});
        const OpenSsl::Number value(BN_bin2bn(OpenSsl::bytes(good), static_cast<int>(good.size()), nullptr));
        BN_set_bit(value.get(), static_cast<int>(bits) - 1);
        if (BN_ucmp(value.get(), modulus.get()) < 0)
            block = good;
    }
    QVERIFY(!block.isEmpty());
    QVERIFY(isGoodForUs(*verifier, HashAlgorithm::Sha256, signBlock(key.get(), block), sum));

    block[0] = static_cast<char>(block[0] | 1 << ((bits - 1) % 8));
    const QByteArray wrong = signBlock(key.get(), block);
    QVERIFY(!isGoodForUs(*verifier, HashAlgorithm::Sha256, wrong, sum));
    QVERIFY(!isGoodForOpenSsl(key.get(), HashAlgorithm::Sha256, wrong, sum));
}

void TestRsaPss::numbersAtTheEdgeAreRefused_data()
{
    QTest::addColumn<QByteArray>("signature");
    QTest::newRow("0") << QByteArray(256, '\0');
    QTest::newRow("1") << QByteArray(QByteArray(255, '\0') + '\1');
    QTest::newRow("2^2048 - 1") << QByteArray(256, '\xff');
    const OpenSsl::Number modulus = modulusOf(usualKey());
    QByteArray bytes(256, Qt::Uninitialized);
    BN_bn2binpad(modulus.get(), OpenSsl::writable(bytes), 256);
    QTest::newRow("n") << bytes;
    BN_sub_word(modulus.get(), 1);
    BN_bn2binpad(modulus.get(), OpenSsl::writable(bytes), 256);
    QTest::newRow("n - 1") << bytes;
}

void TestRsaPss::numbersAtTheEdgeAreRefused()
{
    QFETCH(const QByteArray, signature);
    const auto verifier = RsaVerifier::create(usualKey());
    QVERIFY(verifier);
    const QByteArray sum = digest(HashAlgorithm::Sha256, message);
    QVERIFY(!isGoodForUs(*verifier, HashAlgorithm::Sha256, signature, sum));
    QVERIFY(!isGoodForOpenSsl(usualKey(), HashAlgorithm::Sha256, signature, sum));
}

void TestRsaPss::oneWrongBitIsEnough()
{
    const QByteArray sum = digest(HashAlgorithm::Sha256, message);
    const QByteArray good = signedBy(usualKey(), HashAlgorithm::Sha256, sum);
    const auto verifier = RsaVerifier::create(usualKey());
    QVERIFY(verifier);
    for (qsizetype bit = 0; bit < good.size() * 8; ++bit) {
        QByteArray wrong = good;
        wrong[bit / 8] = static_cast<char>(wrong[bit / 8] ^ (1 << (bit % 8)));
        QVERIFY2(!isGoodForUs(*verifier, HashAlgorithm::Sha256, wrong, sum), qPrintable(QString::number(bit)));
        QVERIFY2(!isGoodForOpenSsl(usualKey(), HashAlgorithm::Sha256, wrong, sum), qPrintable(QString::number(bit)));
    }
    QVERIFY(isGoodForUs(*verifier, HashAlgorithm::Sha256, good, sum));
}

void TestRsaPss::aModulusWithoutRoomForTheHashIsRefused()
{
    // Spec: RFC 8017 §9.1.2, step 3. 528 bits hold two SHA-256 and two bytes; 520 do not.
    const QByteArray sum = digest(HashAlgorithm::Sha256, message);
    const OpenSsl::Pkey least = generate(528);
    const auto verifier = RsaVerifier::create(least.get());
    QVERIFY(verifier);
    QVERIFY(isGoodForUs(*verifier, HashAlgorithm::Sha256, signedBy(least.get(), HashAlgorithm::Sha256, sum), sum));
    const OpenSsl::Pkey small = generate(520);
    const auto other = RsaVerifier::create(small.get());
    QVERIFY(other);
    QVERIFY(!isGoodForUs(*other, HashAlgorithm::Sha256, QByteArray(65, '\1'), sum));
    QVERIFY(!isGoodForOpenSsl(small.get(), HashAlgorithm::Sha256, QByteArray(65, '\1'), sum));
}

QTEST_GUILESS_MAIN(TestRsaPss)
#include "tst_rsapss.moc"

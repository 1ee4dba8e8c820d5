// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Whatever a forger could try is asked twice: of our verification and of OpenSSL's.
#include "rsakeys.h"

#include <countersign/crypto/rsaverifier.h>

#include <QtCore/QRandomGenerator>
#include <QtTest/QTest>

using namespace Countersign;
using namespace CountersignTest;

namespace {

const QByteArray message("eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0");
const QByteArray sha256Info = QByteArray::fromHex("3031300d060960864801650304020105000420");

QByteArray hashed(HashAlgorithm hash)
{
    return digest(hash, message);
}

QByteArray blockOf(const QByteArray &tail, qsizetype size = 256)
{
    return QByteArray::fromHex("0001") + QByteArray(size - tail.size() - 3, '\xff') + '\0' + tail;
}

bool isGoodForOpenSsl(EVP_PKEY *key, HashAlgorithm hash, const QByteArray &signature)
{
    const OpenSsl::PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
    const QByteArray sum = hashed(hash);
    return EVP_PKEY_verify_init(context.get()) == 1
        && EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1
        && EVP_PKEY_CTX_set_signature_md(context.get(), OpenSsl::messageDigest(hash)) == 1
        && EVP_PKEY_verify(context.get(), OpenSsl::bytes(signature), OpenSsl::size(signature), OpenSsl::bytes(sum),
                           OpenSsl::size(sum))
        == 1;
}

bool isGoodForUs(RsaVerifier &verifier, HashAlgorithm hash, const QByteArray &signature)
{
    const QByteArray sum = hashed(hash);
    return verifier.verifyPkcs1(signature, hash, {OpenSsl::bytes(sum), OpenSsl::size(sum)});
}

} // namespace

class TestRsaPkcs1 : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signaturesOfAnyLengthAndHashAreGood_data();
    void signaturesOfAnyLengthAndHashAreGood();
    void blocksThatOnlyResembleOneAreRefused_data();
    void blocksThatOnlyResembleOneAreRefused();
    void numbersAtTheEdgeAreRefused_data();
    void numbersAtTheEdgeAreRefused();
    void aSignatureBeyondTheModulusIsRefused();
    void oneWrongBitIsEnough();
    void otherExponentsAreLeftToOpenSsl();
    void aModulusWithoutRoomForTheHashIsRefused();
};

void TestRsaPkcs1::signaturesOfAnyLengthAndHashAreGood_data()
{
    QTest::addColumn<unsigned>("bits");
    QTest::addColumn<HashAlgorithm>("hash");
    for (const unsigned bits : {2048U, 2056U, 2050U, 3072U, 4096U}) {
        QTest::addRow("%u bits, SHA-256", bits) << bits << HashAlgorithm::Sha256;
        QTest::addRow("%u bits, SHA-512", bits) << bits << HashAlgorithm::Sha512;
    }
    QTest::newRow("2048 bits, SHA-1") << 2048U << HashAlgorithm::Sha1;
    QTest::newRow("2048 bits, SHA-384") << 2048U << HashAlgorithm::Sha384;
}

void TestRsaPkcs1::signaturesOfAnyLengthAndHashAreGood()
{
    QFETCH(const unsigned, bits);
    QFETCH(const HashAlgorithm, hash);
    static std::map<unsigned, OpenSsl::Pkey> keys;
    OpenSsl::Pkey &key = keys[bits];
    if (!key)
        key = generate(bits);
    const OpenSsl::PkeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    const QByteArray sum = hashed(hash);
    QByteArray signature(EVP_PKEY_get_size(key.get()), Qt::Uninitialized);
    auto size = OpenSsl::size(signature);
    QVERIFY(
        EVP_PKEY_sign_init(context.get()) == 1 && EVP_PKEY_CTX_set_rsa_padding(context.get(), RSA_PKCS1_PADDING) == 1
        && EVP_PKEY_CTX_set_signature_md(context.get(), OpenSsl::messageDigest(hash)) == 1
        && EVP_PKEY_sign(context.get(), OpenSsl::writable(signature), &size, OpenSsl::bytes(sum), OpenSsl::size(sum))
            == 1);

    const auto verifier = RsaVerifier::create(key.get());
    QVERIFY(verifier);
    QVERIFY(isGoodForUs(*verifier, hash, signature));
    QVERIFY(isGoodForUs(*verifier, hash, signature)); // nothing stays of the first time
    QVERIFY(
        !isGoodForUs(*verifier, hash == HashAlgorithm::Sha1 ? HashAlgorithm::Sha256 : HashAlgorithm::Sha1, signature));
}

void TestRsaPkcs1::blocksThatOnlyResembleOneAreRefused_data()
{
    const QByteArray sum = hashed(HashAlgorithm::Sha256);
    const QByteArray tail = sha256Info + sum;
    const auto changed = [](QByteArray block, qsizetype at, char value) {
        block[at] = value;
        return block;
    };
    QTest::addColumn<QByteArray>("block");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("as RFC 8017 §9.2 has it") << blockOf(tail) << true;
    QTest::newRow("block type 2") << changed(blockOf(tail), 1, 2) << false;
    QTest::newRow("block type 0") << changed(blockOf(tail), 1, 0) << false;
    QTest::newRow("padding that is not all FF") << changed(blockOf(tail), 100, '\xfe') << false;
    QTest::newRow("padding that ends early") << changed(blockOf(tail), 100, '\0') << false;
    QTest::newRow("no end of the padding") << changed(blockOf(tail), 256 - tail.size() - 1, '\xff') << false;
    // Bleichenbacher's forgery: short padding, and what is left of the block is the forger's.
    QTest::newRow("CVE-2006-4339, bytes after the hash")
        << QByteArray::fromHex("0001ffffffffffffffff00") + tail + QByteArray(256 - 11 - tail.size(), 'x') << false;
    // BERserk: a long form of a length hides bytes in the DigestInfo.
    QTest::newRow("CVE-2014-1568, long length")
        << blockOf(QByteArray::fromHex("308131300d060960864801650304020105000420") + sum) << false;
    QTest::newRow("CVE-2014-1568, bytes in the parameters")
        << blockOf(QByteArray::fromHex("303930150609608648016503040201050861626364656667680420") + sum) << false;
    // RFC 8017 §8.2.2 permits to accept it; OpenSSL does not.
    QTest::newRow("DigestInfo without NULL")
        << blockOf(QByteArray::fromHex("302f300b0609608648016503040201") + QByteArray::fromHex("0420") + sum) << false;
    QTest::newRow("the identifier of another hash")
        << blockOf(QByteArray::fromHex("3031300d060960864801650304020305000420") + sum) << false;
    QTest::newRow("the hash alone") << blockOf(sum) << false;
    QTest::newRow("a hash that is cut") << blockOf(tail.chopped(1)) << false;
    QTest::newRow("the hash of something else")
        << blockOf(sha256Info + digest(HashAlgorithm::Sha256, "other")) << false;
    QTest::newRow("nothing but padding") << changed(QByteArray(256, '\xff'), 0, '\0') << false;
}

void TestRsaPkcs1::blocksThatOnlyResembleOneAreRefused()
{
    QFETCH(const QByteArray, block);
    QFETCH(const bool, isGood);
    QCOMPARE(block.size(), 256);
    const QByteArray signature = signBlock(usualKey(), block);
    const auto verifier = RsaVerifier::create(usualKey());
    QVERIFY(verifier);
    QCOMPARE(isGoodForUs(*verifier, HashAlgorithm::Sha256, signature), isGood);
    QCOMPARE(isGoodForOpenSsl(usualKey(), HashAlgorithm::Sha256, signature), isGood);
}

void TestRsaPkcs1::numbersAtTheEdgeAreRefused_data()
{
    const OpenSsl::Number modulus = modulusOf(usualKey());
    const auto padded = [](const BIGNUM *value) {
        QByteArray bytes(256, Qt::Uninitialized);
        BN_bn2binpad(value, OpenSsl::writable(bytes), 256);
        return bytes;
    };
    QTest::addColumn<QByteArray>("signature");
    QTest::newRow("0") << QByteArray(256, '\0');
    QTest::newRow("1") << QByteArray(255, '\0') + '\1';
    QTest::newRow("n") << padded(modulus.get());
    QTest::newRow("2^2048 - 1") << QByteArray(256, '\xff');
    const OpenSsl::Number less(BN_dup(modulus.get()));
    BN_sub_word(less.get(), 1);
    QTest::newRow("n - 1") << padded(less.get());
}

void TestRsaPkcs1::numbersAtTheEdgeAreRefused()
{
    QFETCH(const QByteArray, signature);
    const auto verifier = RsaVerifier::create(usualKey());
    QVERIFY(verifier);
    QVERIFY(!isGoodForUs(*verifier, HashAlgorithm::Sha256, signature));
    QVERIFY(!isGoodForOpenSsl(usualKey(), HashAlgorithm::Sha256, signature));
}

void TestRsaPkcs1::aSignatureBeyondTheModulusIsRefused()
{
    // s + n has the same power as s and would be a second signature of the same data. Spec: RFC 8017 §5.2.2, step 1.
    const OpenSsl::Pkey key = generate(2050); // its last byte has room for the sum
    const QByteArray good =
        signBlock(key.get(), blockOf(sha256Info + hashed(HashAlgorithm::Sha256), EVP_PKEY_get_size(key.get())));
    const OpenSsl::Number sum(BN_bin2bn(OpenSsl::bytes(good), static_cast<int>(good.size()), nullptr));
    BN_add(sum.get(), sum.get(), modulusOf(key.get()).get());
    QByteArray beyond(good.size(), Qt::Uninitialized);
    QVERIFY(BN_bn2binpad(sum.get(), OpenSsl::writable(beyond), static_cast<int>(beyond.size())) > 0);

    const auto verifier = RsaVerifier::create(key.get());
    QVERIFY(verifier);
    QVERIFY(isGoodForUs(*verifier, HashAlgorithm::Sha256, good));
    QVERIFY(!isGoodForUs(*verifier, HashAlgorithm::Sha256, beyond));
    QVERIFY(!isGoodForOpenSsl(key.get(), HashAlgorithm::Sha256, beyond));
}

void TestRsaPkcs1::oneWrongBitIsEnough()
{
    const QByteArray good = signBlock(usualKey(), blockOf(sha256Info + hashed(HashAlgorithm::Sha256)));
    const auto verifier = RsaVerifier::create(usualKey());
    QVERIFY(verifier);
    QVERIFY(isGoodForUs(*verifier, HashAlgorithm::Sha256, good));
    for (qsizetype bit = 0; bit < good.size() * 8; ++bit) {
        QByteArray wrong = good;
        wrong[bit / 8] = static_cast<char>(wrong[bit / 8] ^ (1 << (bit % 8)));
        QVERIFY2(!isGoodForUs(*verifier, HashAlgorithm::Sha256, wrong), qPrintable(QString::number(bit)));
        QVERIFY2(!isGoodForOpenSsl(usualKey(), HashAlgorithm::Sha256, wrong), qPrintable(QString::number(bit)));
    }
    // Whatever a wrong one leaves behind, the right one is still right.
    QVERIFY(isGoodForUs(*verifier, HashAlgorithm::Sha256, good));
}

void TestRsaPkcs1::otherExponentsAreLeftToOpenSsl()
{
    QVERIFY(!RsaVerifier::create(generate(2048, 3).get()));
    QVERIFY(!RsaVerifier::create(generate(2048, 65539).get()));
}

void TestRsaPkcs1::aModulusWithoutRoomForTheHashIsRefused()
{
    // Eight FF are the least. Spec: RFC 8017 §9.2, step 3. 512 bits hold SHA-256 with them, and no SHA-512.
    const OpenSsl::Pkey key = generate(512);
    const auto verifier = RsaVerifier::create(key.get());
    QVERIFY(verifier);
    const QByteArray tail = sha256Info + hashed(HashAlgorithm::Sha256);
    QVERIFY(isGoodForUs(*verifier, HashAlgorithm::Sha256, signBlock(key.get(), blockOf(tail, 64))));
    QVERIFY(!isGoodForUs(*verifier, HashAlgorithm::Sha512, QByteArray(64, '\1')));
}

QTEST_GUILESS_MAIN(TestRsaPkcs1)
#include "tst_rsapkcs1.moc"

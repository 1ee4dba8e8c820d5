// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Everything is asked twice: of the verifier that is used and of OpenSSL's.
#include <countersign/crypto/asymmetrickey.h>
#include <countersign/crypto/ed25519verifier.h>

#include <QtTest/QTest>

using namespace Countersign;

namespace {

OpenSsl::Pkey newKey()
{
    return OpenSsl::Pkey(EVP_PKEY_Q_keygen(nullptr, nullptr, "ED25519"));
}

QByteArray signedBy(EVP_PKEY *key, const QByteArray &message)
{
    const OpenSsl::DigestContext context(EVP_MD_CTX_new());
    QByteArray signature(64, Qt::Uninitialized);
    auto size = OpenSsl::size(signature);
    if (EVP_DigestSignInit(context.get(), nullptr, nullptr, nullptr, key) != 1
        || EVP_DigestSign(context.get(), OpenSsl::writable(signature), &size, OpenSsl::bytes(message),
                          OpenSsl::size(message))
            != 1)
        qFatal("OpenSSL does not sign");
    return signature;
}

bool isGoodForOpenSsl(EVP_PKEY *key, const QByteArray &signature, const QByteArray &message)
{
    const OpenSsl::DigestContext context(EVP_MD_CTX_new());
    return EVP_DigestVerifyInit(context.get(), nullptr, nullptr, nullptr, key) == 1
        && EVP_DigestVerify(context.get(), OpenSsl::bytes(signature), OpenSsl::size(signature), OpenSsl::bytes(message),
                            OpenSsl::size(message))
        == 1;
}

//! Adds the order of the base point to S, which is the same number to a careless verifier. Spec: RFC 8032 §5.1.7.
QByteArray withOrderAdded(QByteArray signature)
{
    const QByteArray order = QByteArray::fromHex("edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010");
    int carry = 0;
    for (qsizetype i = 0; i < order.size(); ++i) {
        const int sum = static_cast<unsigned char>(signature[32 + i]) + static_cast<unsigned char>(order[i]) + carry;
        signature[32 + i] = static_cast<char>(sum & 0xff);
        carry = sum >> 8;
    }
    return signature;
}

OpenSsl::Pkey publicKey(const QByteArray &bytes)
{
    return OpenSsl::Pkey(
        EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, OpenSsl::bytes(bytes), OpenSsl::size(bytes)));
}

} // namespace

class TestEd25519 : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void signaturesOfManyKeysAreGood();
    void theVectorsOfTheRfcAreGood_data();
    void theVectorsOfTheRfcAreGood();
    void oneWrongBitIsEnough();
    void anotherNumberOfTheSameClassIsRefused();
    void aNoncePointOfSmallOrderIsRefused();
    void whatIsNotSixtyFourBytesIsRefused();
    void otherKeysAreLeftToOpenSsl_data();
    void otherKeysAreLeftToOpenSsl();
    void keysVerifyBothWays();
};

void TestEd25519::signaturesOfManyKeysAreGood()
{
    const auto stranger = Ed25519Verifier::create(newKey().get());
    QVERIFY(stranger);
    for (int i = 0; i < 100; ++i) {
        const auto key = newKey();
        const auto verifier = Ed25519Verifier::create(key.get());
        QVERIFY(verifier);
        const QByteArray message(i * 7, static_cast<char>(i)); // the first is empty
        const QByteArray signature = signedBy(key.get(), message);
        QVERIFY(verifier->verify(signature, message));
        QVERIFY(!verifier->verify(signature, QByteArray(message + 'x')));
        QVERIFY(!stranger->verify(signature, message));
    }
}

void TestEd25519::theVectorsOfTheRfcAreGood_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("signature");
    QTest::newRow("RFC 8032 §7.1, TEST 1")
        << QByteArray("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a") << QByteArray()
        << QByteArray("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46"
                      "bd25bf5f0595bbe24655141438e7a100b");
    QTest::newRow("RFC 8032 §7.1, TEST 3")
        << QByteArray("fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025") << QByteArray("af82")
        << QByteArray("6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc65"
                      "94a7c15e9716ed28dc027beceea1ec40a");
}

void TestEd25519::theVectorsOfTheRfcAreGood()
{
    QFETCH(const QByteArray, key);
    QFETCH(const QByteArray, message);
    QFETCH(const QByteArray, signature);
    const auto pkey = publicKey(QByteArray::fromHex(key));
    const auto verifier = Ed25519Verifier::create(pkey.get());
    QVERIFY(verifier);
    QVERIFY(verifier->verify(QByteArray::fromHex(signature), QByteArray::fromHex(message)));
    QVERIFY(isGoodForOpenSsl(pkey.get(), QByteArray::fromHex(signature), QByteArray::fromHex(message)));
}

void TestEd25519::oneWrongBitIsEnough()
{
    const auto key = newKey();
    const auto verifier = Ed25519Verifier::create(key.get());
    QVERIFY(verifier);
    const QByteArray good = signedBy(key.get(), "message");
    for (qsizetype bit = 0; bit < good.size() * 8; ++bit) {
        QByteArray wrong = good;
        wrong[bit / 8] = static_cast<char>(wrong[bit / 8] ^ (1 << (bit % 8)));
        QVERIFY2(!verifier->verify(wrong, "message"), qPrintable(QString::number(bit)));
        QVERIFY2(!isGoodForOpenSsl(key.get(), wrong, "message"), qPrintable(QString::number(bit)));
    }
    QVERIFY(verifier->verify(good, "message"));
}

void TestEd25519::anotherNumberOfTheSameClassIsRefused()
{
    const auto key = newKey();
    const auto verifier = Ed25519Verifier::create(key.get());
    QVERIFY(verifier);
    const QByteArray moved = withOrderAdded(signedBy(key.get(), "message"));
    QVERIFY(!verifier->verify(moved, "message"));
    QVERIFY(!isGoodForOpenSsl(key.get(), moved, "message"));
}

void TestEd25519::aNoncePointOfSmallOrderIsRefused()
{
    const auto key = newKey();
    const auto verifier = Ed25519Verifier::create(key.get());
    QVERIFY(verifier);
    const QByteArray neutral = QByteArray(1, '\1') + QByteArray(31, '\0');
    const QByteArray signature = neutral + QByteArray(32, '\0');
    QVERIFY(!verifier->verify(signature, "message"));
    // With the neutral point as key, that is a signature of every message to OpenSSL; such a key never becomes an
    // AsymmetricKey, and the verifier does not depend on that.
    const auto weak = publicKey(neutral);
    const auto careless = Ed25519Verifier::create(weak.get());
    QVERIFY(careless);
    QVERIFY(isGoodForOpenSsl(weak.get(), signature, "message"));
    QVERIFY(!careless->verify(signature, "message"));
}

void TestEd25519::whatIsNotSixtyFourBytesIsRefused()
{
    const auto key = newKey();
    const auto verifier = Ed25519Verifier::create(key.get());
    QVERIFY(verifier);
    const QByteArray good = signedBy(key.get(), "message");
    QVERIFY(!verifier->verify(good.first(63), "message"));
    QVERIFY(!verifier->verify(QByteArray(good + '\0'), "message"));
    QVERIFY(!verifier->verify({}, "message"));
}

void TestEd25519::otherKeysAreLeftToOpenSsl_data()
{
    QTest::addColumn<QByteArray>("algorithm");
    QTest::newRow("Ed448") << QByteArray("ED448");
    QTest::newRow("X25519") << QByteArray("X25519");
}

void TestEd25519::otherKeysAreLeftToOpenSsl()
{
    QFETCH(const QByteArray, algorithm);
    const OpenSsl::Pkey key(EVP_PKEY_Q_keygen(nullptr, nullptr, algorithm.constData()));
    QVERIFY(key);
    QVERIFY(!Ed25519Verifier::create(key.get()));
}

void TestEd25519::keysVerifyBothWays()
{
    const auto key = AsymmetricKey::generate(KeyType::Ed25519);
    QVERIFY(key);
    const auto signature = key->sign(SignatureScheme::EdDsa, HashAlgorithm::Sha512, "message");
    QVERIFY(signature);
    QVERIFY(key->verify(SignatureScheme::EdDsa, HashAlgorithm::Sha512, "message", *signature));
    QVERIFY(!key->verify(SignatureScheme::EdDsa, HashAlgorithm::Sha512, "another", *signature));
    QVERIFY(!key->verify(SignatureScheme::Ecdsa, HashAlgorithm::Sha512, "message", *signature));
}

QTEST_GUILESS_MAIN(TestEd25519)
#include "tst_ed25519.moc"

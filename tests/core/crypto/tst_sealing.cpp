// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/digest.h>
#include <countersign/crypto/sealing.h>
#include <countersign/crypto/systemrandom.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Qt::StringLiterals;

class TestSealing final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasSealedOpens_data();
    void whatWasSealedOpens();
    void anyChangedByteIsDamage();
    void otherAssociatedDataIsDamage();
    void anotherKeyIsDamage();
    void sealingTwiceGivesDifferentBytes();
    void aKeyOfAnotherSizeIsRefused();
    void aKeyBelongsToItsPassphraseAndSalt();
    void costsOutOfBoundsAreRefused_data();
    void costsOutOfBoundsAreRefused();

private:
    SystemRandom m_random;
};

void TestSealing::whatWasSealedOpens_data()
{
    QTest::addColumn<QByteArray>("plaintext");
    QTest::addColumn<QByteArray>("associated");
    QTest::newRow("empty") << QByteArray() << QByteArray();
    QTest::newRow("empty with associated data") << QByteArray() << QByteArray("generation 1");
    QTest::newRow("one byte") << QByteArray("x") << QByteArray();
    QTest::newRow("1.5 MiB") << QByteArray(1536 * 1024, 'c') << QByteArray("store");
}

void TestSealing::whatWasSealedOpens()
{
    QFETCH(const QByteArray, plaintext);
    QFETCH(const QByteArray, associated);
    const Secret key = makeSealingKey(m_random);
    const auto sealed = seal(key, plaintext, associated, m_random);
    QVERIFY(sealed);
    QCOMPARE(sealed->size(), plaintext.size() + sealingOverhead);
    const auto opened = unseal(key, *sealed, associated);
    QVERIFY(opened);
    QCOMPARE(opened->reveal(), QByteArrayView(plaintext));
}

void TestSealing::anyChangedByteIsDamage()
{
    const Secret key = makeSealingKey(m_random);
    const auto sealed = seal(key, "the cache", "aad", m_random);
    QVERIFY(sealed);
    for (qsizetype i = 0; i < sealed->size(); ++i) {
        QByteArray forged = *sealed;
        forged[i] = static_cast<char>(forged[i] ^ 1);
        const auto opened = unseal(key, forged, "aad");
        QVERIFY(!opened);
        QCOMPARE(opened.error().code(), ErrorCode::StorageDamaged);
        QVERIFY(!unseal(key, sealed->first(i), "aad"));
    }
}

void TestSealing::otherAssociatedDataIsDamage()
{
    const Secret key = makeSealingKey(m_random);
    const auto sealed = seal(key, "the cache", "generation 7", m_random);
    QVERIFY(sealed);
    QVERIFY(!unseal(key, *sealed, "generation 8"));
    QVERIFY(!unseal(key, *sealed, {}));
}

void TestSealing::anotherKeyIsDamage()
{
    const auto sealed = seal(makeSealingKey(m_random), "the cache", {}, m_random);
    QVERIFY(sealed);
    QVERIFY(!unseal(makeSealingKey(m_random), *sealed, {}));
}

void TestSealing::sealingTwiceGivesDifferentBytes()
{
    const Secret key = makeSealingKey(m_random);
    const auto first = seal(key, "same", {}, m_random);
    const auto second = seal(key, "same", {}, m_random);
    QVERIFY(first && second);
    QVERIFY(*first != *second);
}

void TestSealing::aKeyOfAnotherSizeIsRefused()
{
    for (const qsizetype size : {0, 16, 31, 33}) {
        const Secret key = Secret::ofSize(size);
        QVERIFY(!seal(key, "x", {}, m_random));
        QVERIFY(!unseal(key, QByteArray(40, 'x'), {}));
    }
}

void TestSealing::aKeyBelongsToItsPassphraseAndSalt()
{
    const Secret passphrase = Secret::copyOf("pleaseletmein");
    const ScryptCost cost{.cost = 16384, .blockSize = 8, .parallelization = 1};
    const auto key = deriveSealingKey(passphrase, "SodiumChloride01", cost);
    QVERIFY(key);
    QCOMPARE(key->size(), sealingKeySize);
    QVERIFY(*key == *deriveSealingKey(passphrase, "SodiumChloride01", cost));
    QVERIFY(!(*key == *deriveSealingKey(passphrase, "SodiumChloride02", cost)));
    QVERIFY(!(*key == *deriveSealingKey(Secret::copyOf("pleaseletmeout"), "SodiumChloride01", cost)));
}

void TestSealing::costsOutOfBoundsAreRefused_data()
{
    QTest::addColumn<quint64>("cost");
    QTest::addColumn<quint32>("blockSize");
    QTest::addColumn<quint32>("parallelization");
    QTest::newRow("not a power of two") << quint64{100000} << quint32{8} << quint32{1};
    QTest::newRow("too cheap") << quint64{1024} << quint32{8} << quint32{1};
    QTest::newRow("1 GiB") << (quint64{1} << 20) << quint32{8} << quint32{1};
    QTest::newRow("2^63") << (quint64{1} << 63) << quint32{8} << quint32{1};
    QTest::newRow("no block") << (quint64{1} << 17) << quint32{0} << quint32{1};
    QTest::newRow("never ending") << (quint64{1} << 17) << quint32{8} << quint32{1000000};
}

void TestSealing::costsOutOfBoundsAreRefused()
{
    QFETCH(const quint64, cost);
    QFETCH(const quint32, blockSize);
    QFETCH(const quint32, parallelization);
    const ScryptCost wanted{.cost = cost, .blockSize = blockSize, .parallelization = parallelization};
    QVERIFY(!wanted.isAcceptable());
    QVERIFY(!deriveSealingKey(Secret::copyOf("x"), "0123456789abcdef", wanted));
}

QTEST_GUILESS_MAIN(TestSealing)
#include "tst_sealing.moc"

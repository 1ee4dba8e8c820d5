// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/constanttime.h>
#include <countersign/crypto/digest.h>
#include <countersign/crypto/secret.h>

#include <QtTest/QTest>

#include <openssl/crypto.h>

#include <atomic>
#include <thread>
#include <vector>

using namespace Countersign;
using namespace Qt::StringLiterals;

class TestSecret final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itTakesTheBytesAndWipesTheirSource();
    void anEmptyArrayIsAnEmptySecret();
    void aMoveLeavesNothingBehind();
    void aCloneIsAnotherCopy();
    void roomIsZeroUntilItIsFilled();
    void aBlockOfTheSecureHeapIsWipedBeforeItIsUsedAgain();
    void threadsNeverShareABlock();
    void debugOutputShowsTheLengthOnly();
    void equalityNeedsTheSameBytes();
    void digestsAreThoseOfTheStandard_data();
    void digestsAreThoseOfTheStandard();
    void aMacIsThatOfTheRfc();
};

void TestSecret::itTakesTheBytesAndWipesTheirSource()
{
    QByteArray source("hunter2");
    source.detach();
    const Secret secret(std::move(source));
    QVERIFY(source.isEmpty());
    QCOMPARE(secret.reveal(), QByteArrayView("hunter2"));
}

void TestSecret::anEmptyArrayIsAnEmptySecret()
{
    QVERIFY(Secret(QByteArray()).isEmpty());
    QVERIFY(Secret(QByteArray("")).isEmpty());
    QVERIFY(Secret::copyOf({}).isEmpty());
    QVERIFY(Secret::ofSize(0).isEmpty());
    QByteArray empty("");
    wipe(empty);
    QVERIFY(empty.isEmpty());
}

void TestSecret::aMoveLeavesNothingBehind()
{
    Secret first = Secret::copyOf("one");
    Secret second = std::move(first);
    QVERIFY(first.isEmpty());
    QCOMPARE(second.reveal(), QByteArrayView("one"));
    second = Secret::copyOf("two");
    QCOMPARE(second.reveal(), QByteArrayView("two"));
}

void TestSecret::aCloneIsAnotherCopy()
{
    Secret first = Secret::copyOf("one");
    const Secret second = first.clone();
    first.clear();
    QCOMPARE(second.reveal(), QByteArrayView("one"));
}

void TestSecret::roomIsZeroUntilItIsFilled()
{
    Secret secret = Secret::ofSize(3);
    QCOMPARE(secret.reveal(), QByteArrayView("\0\0\0", 3));
    secret.writable()[1] = std::byte{'x'};
    QCOMPARE(secret.reveal(), QByteArrayView("\0x\0", 3));
}

void TestSecret::aBlockOfTheSecureHeapIsWipedBeforeItIsUsedAgain()
{
    if (CRYPTO_secure_malloc_initialized() == 0)
        QSKIP("this system has no secure heap");
    for (const qsizetype size : {1, 64, 65, 1800, 8192, 8193, 64 * 1024}) {
        Secret secret = Secret::copyOf(QByteArray(size, 'x'));
        const char *const where = secret.reveal().data();
        QVERIFY2(CRYPTO_secure_allocated(where) != 0, qPrintable(QString::number(size)));
        secret.clear();
        // The heap keeps its list of free blocks in them: two pointers.
        const QByteArray left(where, size);
        QVERIFY(!left.sliced(qMin(size, qsizetype(16))).contains('x'));
        QVERIFY(!left.contains("xx"));
        const Secret next = Secret::ofSize(size);
        QCOMPARE(next.reveal(), QByteArrayView(QByteArray(size, '\0')));
    }
    // More at once than are kept for the next: each has its own.
    std::vector<Secret> many;
    for (int i = 0; i < 40; ++i)
        many.push_back(Secret::copyOf(QByteArray::number(i)));
    many.erase(many.begin(), many.begin() + 20);
    for (int i = 0; i < 20; ++i)
        many.push_back(Secret::copyOf(QByteArray::number(100 + i)));
    for (int i = 0; i < 20; ++i) {
        QCOMPARE(many[static_cast<std::size_t>(i)].reveal(), QByteArrayView(QByteArray::number(20 + i)));
        QCOMPARE(many[static_cast<std::size_t>(20 + i)].reveal(), QByteArrayView(QByteArray::number(100 + i)));
    }
}

void TestSecret::threadsNeverShareABlock()
{
    std::atomic<int> wrong = 0;
    std::vector<std::thread> threads;
    for (char name : {'a', 'b', 'c', 'd'}) {
        threads.emplace_back([name, &wrong] {
            const QByteArray mine(500, name);
            for (int i = 0; i < 20'000; ++i) {
                const Secret first = Secret::copyOf(mine);
                const Secret second = Secret::copyOf(mine);
                if (first.reveal() != mine || second.reveal() != mine)
                    ++wrong;
            }
        });
    }
    for (auto &thread : threads)
        thread.join();
    QCOMPARE(wrong.load(), 0);
}

void TestSecret::debugOutputShowsTheLengthOnly()
{
    QString text;
    QDebug(&text) << Secret::copyOf("hunter2");
    QCOMPARE(text.trimmed(), u"<secret, 7 bytes>"_s);
}

// Security rule B.118: MACs, state and nonces are compared through it. That it takes constant time is OpenSSL's
// promise.
void TestSecret::equalityNeedsTheSameBytes()
{
    QVERIFY(Secret::copyOf("a") == Secret::copyOf("a"));
    QVERIFY(!(Secret::copyOf("a") == Secret::copyOf("b")));
    QVERIFY(!(Secret::copyOf("a") == Secret::copyOf("ab")));
    QVERIFY(Secret() == Secret());
    QVERIFY(equalInConstantTime("", {}));
}

void TestSecret::digestsAreThoseOfTheStandard_data()
{
    QTest::addColumn<int>("hash");
    QTest::addColumn<QByteArray>("hex");
    // FIPS 180-4, the message "abc"
    QTest::newRow("SHA-1") << int(HashAlgorithm::Sha1) << QByteArray("a9993e364706816aba3e25717850c26c9cd0d89d");
    QTest::newRow("SHA-256") << int(HashAlgorithm::Sha256)
                             << QByteArray("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    QTest::newRow("SHA-384") << int(HashAlgorithm::Sha384)
                             << QByteArray("cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed"
                                           "8086072ba1e7cc2358baeca134c825a7");
    QTest::newRow("SHA-512") << int(HashAlgorithm::Sha512)
                             << QByteArray("ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a"
                                           "2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f");
}

void TestSecret::digestsAreThoseOfTheStandard()
{
    QFETCH(const int, hash);
    QFETCH(const QByteArray, hex);
    QCOMPARE(digest(HashAlgorithm(hash), "abc").toHex(), hex);
    QCOMPARE(digestSize(HashAlgorithm(hash)), hex.size() / 2);
}

void TestSecret::aMacIsThatOfTheRfc()
{
    // RFC 4231 §4.3
    const QByteArray mac = hmac(HashAlgorithm::Sha256, "Jefe", "what do ya want for nothing?");
    QCOMPARE(mac.toHex(), QByteArray("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
    QVERIFY(verifyHmac(HashAlgorithm::Sha256, "Jefe", "what do ya want for nothing?", mac));
    QVERIFY(!verifyHmac(HashAlgorithm::Sha256, "Jefe", "what do ya want for nothing?", mac.chopped(1)));
    QVERIFY(!verifyHmac(HashAlgorithm::Sha256, "", "what do ya want for nothing?", mac));
}

int main(int argc, char **argv)
{
    initializeSecureHeap();
    QCoreApplication app(argc, argv);
    TestSecret test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_secret.moc"

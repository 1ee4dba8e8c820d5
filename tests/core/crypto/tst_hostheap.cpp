// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/crypto/secret.h>

#include <QtTest/QTest>

#include <openssl/crypto.h>

#include <vector>

using namespace Countersign;

//! In a program that has set up OpenSSL's secure heap itself, with smaller blocks than this library would choose.
class TestHostHeap final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void noSecretGetsABlockThatIsTooShort();
};

void TestHostHeap::noSecretGetsABlockThatIsTooShort()
{
    if (CRYPTO_secure_malloc_initialized() == 0)
        QSKIP("this system has no secure heap");
    for (const qsizetype size : {1, 16, 20, 33, 64, 65, 130, 1000}) {
        // More than are kept for the next one.
        std::vector<Secret> shorter;
        for (int i = 0; i < 6; ++i)
            shorter.push_back(Secret::ofSize(size));
        shorter.clear();
        for (const qsizetype next : {qsizetype(60), qsizetype(64), 2 * size}) {
            const Secret longer = Secret::copyOf(QByteArray(next, 'x'));
            const auto room = CRYPTO_secure_actual_size(const_cast<char *>(longer.reveal().data()));
            QVERIFY2(room >= static_cast<std::size_t>(next),
                     qPrintable(QStringLiteral("%1 bytes in a block of %2").arg(next).arg(room)));
        }
    }
}

int main(int argc, char **argv)
{
    constexpr std::size_t heapSize = 1024 * 1024;
    constexpr std::size_t smallest = 16;
    CRYPTO_secure_malloc_init(heapSize, smallest);
    initializeSecureHeap();
    QCoreApplication app(argc, argv);
    TestHostHeap test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_hostheap.moc"

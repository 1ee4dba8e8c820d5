// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/base/httpdate.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace std::chrono_literals;

class TestHttpDate : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void cleanup() { qunsetenv("TZ"); }

    //! RFC 9110 §5.6.7: the three forms, and no other.
    void everyFormIsRead_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QDateTime>("expected");
        const QDateTime example({1994, 11, 6}, {8, 49, 37}, Qt::UTC);
        QTest::newRow("IMF-fixdate") << QByteArray("Sun, 06 Nov 1994 08:49:37 GMT") << example;
        QTest::newRow("RFC 850") << QByteArray("Sunday, 06-Nov-94 08:49:37 GMT") << example;
        QTest::newRow("asctime, day of one digit") << QByteArray("Sun Nov  6 08:49:37 1994") << example;
        QTest::newRow("asctime, day of two digits") << QByteArray("Wed Nov 16 08:49:37 1994") << example.addDays(10);
        QTest::newRow("white space around") << QByteArray(" Sun, 06 Nov 1994 08:49:37 GMT\t") << example;
        QTest::newRow("two digits of this century")
            << QByteArray("Sunday, 29-Mar-26 02:30:00 GMT") << QDateTime({2026, 3, 29}, {2, 30}, Qt::UTC);
        QTest::newRow("leap day") << QByteArray("Thu, 29 Feb 2024 23:59:59 GMT")
                                  << QDateTime({2024, 2, 29}, {23, 59, 59}, Qt::UTC);
        for (const QByteArray &wrong :
             {QByteArray(), QByteArray("0"), QByteArray("Sun, 06 Nov 1994"), QByteArray("08:49:37"),
              QByteArray("Sun, 06 Nov 1994 08:49:37 CET"), QByteArray("Sun, 31 Feb 2026 08:49:37 GMT"),
              QByteArray("Sun, 06 Nov 1994 24:49:37 GMT"), QByteArray("Sun, 06 Nov 1994 08:49:37"),
              QByteArray("Sun, 06 Nov 08:49:37 1994 GMT"), QByteArray("Sun, 06 Nov 1994 08:49 GMT"),
              QByteArray("Sun Nov  6 08:49:37 1994 GMT"), QByteArray("1994-11-06T08:49:37Z")})
            QTest::newRow(wrong.isEmpty() ? "nothing" : wrong.constData()) << wrong << QDateTime();
    }
    void everyFormIsRead()
    {
        QFETCH(QByteArray, field);
        QFETCH(QDateTime, expected);
        QCOMPARE(parseHttpDate(field), expected);
    }

    //! The night in spring has an hour that does not exist in local time; HTTP has it all the same.
    void anHourThatThisPlaceSkipsExists()
    {
        qputenv("TZ", "Europe/Berlin");
        QCOMPARE(parseHttpDate("Sun, 29 Mar 2026 02:30:00 GMT"), QDateTime({2026, 3, 29}, {2, 30}, Qt::UTC));
    }

    void whatIsWrittenIsRead()
    {
        const QDateTime at({2026, 11, 6}, {8, 49, 37}, Qt::UTC);
        QCOMPARE(toHttpDate(at), QByteArray("Fri, 06 Nov 2026 08:49:37 GMT"));
        QCOMPARE(parseHttpDate(toHttpDate(at)), at);
    }

    //! RFC 9110 §10.2.3.
    void aPauseIsSecondsOrADate()
    {
        const QDateTime at({2026, 1, 1}, {0, 0}, Qt::UTC);
        QCOMPARE(parseRetryAfter("120", at), 120s);
        QCOMPARE(parseRetryAfter("Thu, 01 Jan 2026 00:01:00 GMT", at), 60s);
        QCOMPARE(parseRetryAfter("Wed, 31 Dec 2025 00:01:00 GMT", at), 0s);
        QCOMPARE(parseRetryAfter("99999999999999999999", at), std::chrono::seconds(24h));
        QVERIFY(!parseRetryAfter("-1", at));
        QVERIFY(!parseRetryAfter("soon", at));
        QVERIFY(!parseRetryAfter("", at));
    }
};

QTEST_GUILESS_MAIN(TestHttpDate)
#include "tst_httpdate.moc"

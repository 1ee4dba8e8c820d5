// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/browserpages.h>

#include <QtTest/QTest>

using namespace Countersign;

class TestBrowserPages : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void speakTheReadersLanguage_data()
    {
        QTest::addColumn<QLocale>("locale");
        QTest::addColumn<QByteArray>("language");
        QTest::addColumn<QByteArray>("answered");
        QTest::addColumn<QByteArray>("declined");
        QTest::newRow("German") << QLocale(QLocale::German, QLocale::Austria) << QByteArray("lang=\"de\"")
                                << QByteArray("Countersign hat die Antwort") << QByteArray("nicht angemeldet");
        QTest::newRow("English") << QLocale(QLocale::English) << QByteArray("lang=\"en\"")
                                 << QByteArray("Countersign has the answer") << QByteArray("not signed in");
        QTest::newRow("no other is there") << QLocale(QLocale::French) << QByteArray("lang=\"en\"")
                                           << QByteArray("Countersign has the answer") << QByteArray("not signed in");
    }
    void speakTheReadersLanguage()
    {
        QFETCH(QLocale, locale);
        QFETCH(QByteArray, language);
        QFETCH(QByteArray, answered);
        QFETCH(QByteArray, declined);
        const auto pages = App::browserPages(locale);
        for (const auto &page : {pages.answered, pages.declined, pages.stray}) {
            QVERIFY2(page.contains(language), page.constData());
            QVERIFY2(page.contains("Countersign"), page.constData());
            QVERIFY2(page.contains("content=\"light dark\""), page.constData());
        }
        QVERIFY2(pages.answered.contains(answered), pages.answered.constData());
        QVERIFY2(pages.declined.contains(declined), pages.declined.constData());
        QVERIFY(!pages.stray.contains(answered) && !pages.stray.contains(declined));
    }
};

QTEST_GUILESS_MAIN(TestBrowserPages)
#include "tst_browserpages.moc"

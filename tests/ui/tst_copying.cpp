// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounttest.h"

#include "inspector/inspectorpage.h"
#include "text/copyform.h"
#include "widgets/clipboardguard.h"
#include "window/actions.h"
#include "window/mainwindow.h"
#include "window/workbench.h"

#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtTest/QTest>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTableView>

using namespace CountersignTest;
using namespace Qt::StringLiterals;
namespace Desktop = Countersign::Desktop;

class TestCopying : public AccountTest
{
    Q_OBJECT
private Q_SLOTS:
    void theTableOfTokensCopiesInEveryForm_data();
    void theTableOfTokensCopiesInEveryForm();
    void noTokenBreaksOutOfItsQuotes_data();
    void noTokenBreaksOutOfItsQuotes();
    void aRedactedTokenIsWorthNothing();
    void whatIsSecretIsHiddenAtOnce();
};

void TestCopying::theTableOfTokensCopiesInEveryForm_data()
{
    QTest::addColumn<QString>("action");
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    const QString none;
    QTest::newRow("plain") << u"token.copy"_s << none << none;
    QTest::newRow("header, RFC 6750 2.1") << u"token.copy_header"_s << u"Authorization: Bearer "_s << none;
    QTest::newRow("curl") << u"token.copy_curl"_s << u"curl -H 'Authorization: Bearer "_s << u"' "_s;
    QTest::newRow("PowerShell") << u"token.copy_powershell"_s
                                << u"Invoke-RestMethod -Headers @{ Authorization = 'Bearer "_s << u"' } -Uri "_s;
    QTest::newRow("HTTPie") << u"token.copy_httpie"_s << u"http -A bearer -a '"_s << u"' "_s;
    QTest::newRow("JSON, RFC 6749 5.1") << u"token.copy_json"_s << u"{\"access_token\":\""_s
                                        << u"\",\"token_type\":\"Bearer\"}"_s;
    QTest::newRow("environment") << u"token.copy_environment"_s << u"ACCESS_TOKEN='"_s << u"'"_s;
}

void TestCopying::theTableOfTokensCopiesInEveryForm()
{
    QFETCH(QString, action);
    QFETCH(QString, before);
    QFETCH(QString, after);
    FakeSession session;
    session.accountList = someAccounts();
    Desktop::Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    window.showPage(window.page(u"tokens"_s));
    auto *copy = window.actionRegistry().find(action);
    QVERIFY(!copy->isEnabled());
    auto *table = window.page(u"tokens"_s)->findChild<QTableView *>();
    table->selectRow(0);
    QVERIFY(copy->isEnabled());
    copy->trigger();
    const auto token = QString::fromUtf8(session.token);
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), QString(before + token + after));
    QVERIFY(window.clipboard().isHolding());
    window.clipboard().clear();
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
}

void TestCopying::noTokenBreaksOutOfItsQuotes_data()
{
    QTest::addColumn<Desktop::CopyForm>("form");
    QTest::addColumn<QByteArray>("text");
    using Form = Desktop::CopyForm;
    QTest::newRow("curl") << Form::Curl << QByteArray(R"(curl -H 'Authorization: Bearer a'\''b"c\d' )");
    QTest::newRow("HTTPie") << Form::Httpie << QByteArray(R"(http -A bearer -a 'a'\''b"c\d' )");
    QTest::newRow("PowerShell") << Form::PowerShell
                                << QByteArray(
                                       R"(Invoke-RestMethod -Headers @{ Authorization = 'Bearer a''b"c\d' } -Uri )");
    QTest::newRow("JSON") << Form::Json << QByteArray(R"({"access_token":"a'b\"c\\d","token_type":"Bearer"})");
    QTest::newRow("environment") << Form::Environment << QByteArray(R"(ACCESS_TOKEN='a'\''b"c\d')");
}

void TestCopying::noTokenBreaksOutOfItsQuotes()
{
    QFETCH(Desktop::CopyForm, form);
    QFETCH(QByteArray, text);
    const auto token = Countersign::Secret::copyOf(QByteArrayView(R"(a'b"c\d)"));
    QCOMPARE(Desktop::formatted(token, form).reveal().toByteArray(), text);
}

void TestCopying::aRedactedTokenIsWorthNothing()
{
    const auto redacted = Desktop::redacted(
        Countersign::Secret::copyOf("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJlLXNpZ25hdHVyZQ"));
    QVERIFY(redacted.startsWith("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ."_L1));
    QVERIFY(!redacted.contains("c2lnbmF0"_L1));
    const auto opaque = Desktop::redacted(Countersign::Secret::copyOf("glpat-0123456789"));
    QVERIFY(!opaque.contains("0123456789"_L1));
    QVERIFY(opaque.contains("16"_L1));
}

void TestCopying::whatIsSecretIsHiddenAtOnce()
{
    FakeSession session;
    session.accountList = someAccounts();
    Desktop::Workbench workbench(session);
    workbench.window().show();
    workbench.inspect(Countersign::Secret::copyOf(session.token));
    workbench.copyToken(u"at:ada@example.org"_s);
    QTRY_VERIFY(workbench.window().clipboard().isHolding());
    workbench.hideEverything();
    QVERIFY(workbench.window().isMasked());
    QVERIFY(!workbench.window().clipboard().isHolding());
    QVERIFY(!QGuiApplication::clipboard()->text().contains("eyJ"_L1));
    for (const auto *text : workbench.inspector().findChildren<QPlainTextEdit *>())
        QVERIFY(!text->toPlainText().contains("eyJ"_L1));
}

QTEST_MAIN(TestCopying)
#include "tst_copying.moc"

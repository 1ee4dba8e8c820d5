// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounttest.h"
#include "picture.h"

#include "accounts/signoutdialog.h"
#include "tokens/providerdialog.h"
#include "tokens/tokenspage.h"
#include "window/actions.h"
#include "window/mainwindow.h"
#include "window/workbench.h"

#include <QtGui/QAction>
#include <QtTest/QTest>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTableView>

using namespace CountersignTest;
using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;
using Countersign::Error;
using Countersign::ErrorCause;
using Countersign::ErrorCode;

class TestProviderDialog : public AccountTest
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsSentBeforeSomebodySaysSo();
    void theAnswerIsShownUnlessNamesAreHidden();
    void aTokenFromElsewhereIsShownToNobodyUnasked();
    void theMenuLeadsThere();
    void whatTheProviderCannotDoSaysSo();
};

void TestProviderDialog::nothingIsSentBeforeSomebodySaysSo()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    ProviderDialog dialog(session, ProviderDialog::Question::Introspection, u"at:ada@example.org"_s);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QVERIFY(allTexts(dialog).contains("login.example.org"_L1)); // who will see it
    QTest::qWait(20);
    QVERIFY(session.introspected.isEmpty());
    button(dialog, u"Ask"_s)->click();
    QCOMPARE(session.introspected.size(), 1);
    QCOMPARE(session.introspected.at(0).first, u"at:ada@example.org"_s);
    session.providerAnswer = ProviderAnswer{.isActive = false};
    QTRY_VERIFY(button(dialog, u"Ask"_s)->isEnabled());
    button(dialog, u"Ask"_s)->click();
    // RFC 7662 2.2: nothing else of an inactive one means anything.
    QTRY_VERIFY(allTexts(dialog).contains("not good any more"_L1));
}

void TestProviderDialog::theAnswerIsShownUnlessNamesAreHidden()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    session.providerAnswer = ProviderAnswer{.json = R"({"active":true,"username":"ada"})", .isActive = true};
    ProviderDialog dialog(session, ProviderDialog::Question::Introspection, u"at:ada@example.org"_s);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    button(dialog, u"Ask"_s)->click();
    QTRY_VERIFY(allTexts(dialog).contains("The token is good"_L1));
    auto *text = dialog.findChild<QPlainTextEdit *>();
    QVERIFY(text->isVisible() && text->toPlainText().contains("\"username\": \"ada\""_L1));
    picture(dialog, u"introspection"_s);
    dialog.setMasked(true);
    QVERIFY(!text->toPlainText().contains("ada"_L1));
}

void TestProviderDialog::aTokenFromElsewhereIsShownToNobodyUnasked()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    session.providerAnswer = Error{ErrorCode::InvalidArgument, ErrorCause::IssuerMismatch, u"another"_s}.withComparison(
        u"api.example.org"_s, QString());
    ProviderDialog dialog(session, ProviderDialog::Question::Introspection, u"at:ada@example.org"_s);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    button(dialog, u"Ask"_s)->click();
    QTRY_VERIFY(button(dialog, u"Show it to api.example.org"_s)); // security rule B.63
    session.providerAnswer = ProviderAnswer{.isActive = true};
    button(dialog, u"Show it to api.example.org"_s)->click();
    QCOMPARE(session.introspected.constLast().second, u"api.example.org"_s);
    QTRY_VERIFY(allTexts(dialog).contains("The token is good"_L1));
}

void TestProviderDialog::theMenuLeadsThere()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    auto *page = qobject_cast<TokensPage *>(window.page(u"tokens"_s));
    window.showPage(page);
    auto &actions = window.actionRegistry();
    QVERIFY(!actions.find(u"token.introspect"_s)->isEnabled());
    QVERIFY(actions.find(u"token.introspect"_s)->toolTip().contains("Choose a token"_L1));
    page->findChild<QTableView *>()->selectRow(0);
    actions.find(u"token.introspect"_s)->trigger();
    QCOMPARE(window.findChildren<ProviderDialog *>().size(), 1);
    actions.find(u"token.userinfo"_s)->trigger();
    QCOMPARE(window.findChildren<ProviderDialog *>().size(), 2);
    actions.find(u"token.revoke"_s)->trigger();
    QVERIFY(window.findChild<SignOutDialog *>());
    QVERIFY(session.signOuts.isEmpty()); // it asks first
}

void TestProviderDialog::whatTheProviderCannotDoSaysSo()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    session.isRevocable = false;
    Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    auto *page = window.page(u"tokens"_s);
    window.showPage(page);
    auto *table = page->findChild<QTableView *>();
    table->selectRow(0);
    const auto *revoke = window.actionRegistry().find(u"token.revoke"_s);
    QVERIFY(!revoke->isEnabled());
    QCOMPARE(revoke->toolTip(), u"This provider takes no tokens back"_s);
    table->selectRow(1); // the ID token
    QVERIFY(window.actionRegistry().find(u"token.introspect"_s)->toolTip().contains("access tokens only"_L1));
}

QTEST_MAIN(TestProviderDialog)
#include "tst_providerdialog.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounttest.h"
#include "picture.h"

#include "tokens/providerdialog.h"
#include "tokens/revokedialog.h"
#include "tokens/tokenspage.h"
#include "window/actions.h"
#include "window/mainwindow.h"
#include "window/workbench.h"

#include <QtGui/QAction>
#include <QtTest/QTest>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QRadioButton>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>

using namespace CountersignTest;
using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;
using Countersign::Error;
using Countersign::ErrorCause;
using Countersign::ErrorCode;

namespace {

QStringList menuNames(const QMenu &menu)
{
    QStringList names;
    for (const auto *action : menu.actions())
        names.append(action->text().remove(u'&'));
    return names;
}

} // namespace

class TestProviderDialog : public AccountTest
{
    Q_OBJECT
private Q_SLOTS:
    void nothingIsSentBeforeSomebodySaysSo();
    void theAnswerIsShownUnlessNamesAreHidden();
    void aTokenFromElsewhereIsShownToNobodyUnasked();
    void theMenuLeadsThere();
    void anAccountsTokensHaveTheSameActions();
    void oneTokenIsTakenBackAndTheAccountStays();
    void theRefreshTokenIsTakenBackWhereThereIsOne();
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
    QVERIFY(window.findChild<RevokeDialog *>());
    QVERIFY(session.revoked.isEmpty()); // it asks first
}

//! ux.md c.7.1 and c.7.4: wherever tokens are shown.
void TestProviderDialog::anAccountsTokensHaveTheSameActions()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    window.showPage(window.page(u"accounts"_s));
    auto *tabs = window.page(u"accounts"_s)->findChild<QTabWidget *>();
    auto *table = named<QTableView>(*window.page(u"accounts"_s), u"Tokens of the account"_s);
    auto &actions = window.actionRegistry();
    const auto copied = [&session, &actions] {
        session.fetched.clear();
        actions.find(u"token.copy_header"_s)->trigger();
        return session.fetched;
    };
    // The overview speaks of the access token.
    QCOMPARE(copied(), QStringList{u"at:ada@example.org"_s});
    tabs->setCurrentIndex(1);
    table->selectRow(1);
    QCOMPARE(copied(), QStringList{u"id:ada@example.org"_s});
    QVERIFY(!actions.find(u"token.revoke"_s)->isEnabled());
    QCOMPARE(actions.find(u"token.revoke"_s)->toolTip(),
             u"Providers take back access tokens and refresh tokens only"_s);
    const auto menu = table->actions();
    const auto isSubmenu = [](const QAction *action) { return action->menu() != nullptr; };
    const auto submenu = std::find_if(menu.cbegin(), menu.cend(), isSubmenu);
    QVERIFY(submenu != menu.cend());
    QCOMPARE(menuNames(*(*submenu)->menu()),
             (QStringList{u"Header"_s, u"curl command"_s, u"PowerShell command"_s, u"HTTPie command"_s, u"JSON"_s,
                          u"Environment line"_s}));
    QVERIFY(menu.contains(actions.find(u"token.revoke"_s)) && menu.contains(actions.find(u"token.copy"_s)));
    // Where no menu stands around it, it has its whole name.
    QCOMPARE(ActionRegistry::fullText(*actions.find(u"token.copy_header"_s)), u"Copy as: Header"_s);
    window.showPage(window.page(u"inspector"_s));
    QVERIFY(!actions.find(u"token.copy_header"_s)->isEnabled());
}

void TestProviderDialog::oneTokenIsTakenBackAndTheAccountStays()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    RevokeDialog dialog(session, u"at:ada@example.org"_s);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QVERIFY2(allTexts(dialog).contains("login.example.org"_L1), qPrintable(allTexts(dialog)));
    session.revocation = Error{ErrorCode::ServerUnavailable, u"busy"_s};
    button(dialog, u"Revoke"_s)->click();
    QTRY_VERIFY(button(dialog, u"Revoke"_s)->isEnabled());

    session.revocation = {};
    button(dialog, u"Revoke"_s)->click();
    QTRY_VERIFY(allTexts(dialog).contains("The access token was taken back"_L1));
    QVERIFY(!button(dialog, u"Revoke"_s)); // hidden: once is enough
    const std::pair<QString, RevokedToken> wanted(u"at:ada@example.org"_s, RevokedToken::ThisOne);
    QCOMPARE(session.revoked, (QList<std::pair<QString, RevokedToken>>{wanted, wanted}));
    QVERIFY(session.signOuts.isEmpty());
}

void TestProviderDialog::theRefreshTokenIsTakenBackWhereThereIsOne()
{
    FakeSession session;
    auto entry = fakeAccount(u"ada@example.org"_s);
    entry.canRefresh = false;
    session.accountList = {entry};
    const auto refreshOf = [](const RevokeDialog &dialog) { return dialog.findChildren<QRadioButton *>().at(1); };
    const RevokeDialog without(session, u"at:ada@example.org"_s);
    QVERIFY(!refreshOf(without)->isEnabled());
    entry.canRefresh = true;
    session.accountList = {entry};
    RevokeDialog dialog(session, u"at:ada@example.org"_s);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    refreshOf(dialog)->click();
    button(dialog, u"Revoke"_s)->click();
    QCOMPARE(session.revoked.constLast().second, RevokedToken::RefreshToken);
    QTRY_VERIFY(allTexts(dialog).contains("has to sign in again"_L1));
    dialog.setMasked(true);
    QVERIFY(!allTexts(dialog).contains("ada@"_L1));
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

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounttest.h"
#include "picture.h"

#include "accounts/accountpanel.h"
#include "accounts/renamedialog.h"
#include "models/alltokensmodel.h"
#include "models/historymodel.h"
#include "models/tokenmodel.h"
#include "text/copyform.h"
#include "text/errortext.h"
#include "tokens/gettokendialog.h"
#include "window/actions.h"
#include "window/dictionarydialog.h"
#include "window/mainwindow.h"
#include "window/workbench.h"

#include <QtGui/QAction>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QTabWidget>

using namespace CountersignTest;
using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;
using Countersign::AccountEvent;
using Countersign::Error;
using Countersign::ErrorCode;

class TestAccountFacts : public AccountTest
{
    Q_OBJECT
private Q_SLOTS:
    void aProblemIsASentenceAndItsWord_data();
    void aProblemIsASentenceAndItsWord();
    void theHistorySaysWhoDidWhat();
    void tokensSayForWhomAndFromWhere();
    void theOverviewHasTheTokenAtHand();
    void anAccountIsRenamed();
    void aNameThatCannotBeKeptIsSaidSo();
    void whatCannotBeDoneSaysWhy();
    void aNewTokenIsForcedAndExplained();
    void claimsAreAskedForAndTheTokenIsCopiedAsWanted();
    void theDictionariesAreInTheHelp_data();
    void theDictionariesAreInTheHelp();
};

void TestAccountFacts::aProblemIsASentenceAndItsWord_data()
{
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("says");
    QTest::newRow("RFC 6749 5.2") << u"invalid_grant"_s << u"revoked"_s;
    QTest::newRow("a cause of ours") << u"name_not_resolved"_s << u"was not found"_s;
    QTest::newRow("a cause without an entry") << u"redirected"_s << u"redirected"_s;
    QTest::newRow("a code of ours") << u"timed_out"_s << u"took too long"_s;
    QTest::newRow("nobody knows it") << u"sunspots"_s << u"The provider answered: sunspots"_s;
}

void TestAccountFacts::aProblemIsASentenceAndItsWord()
{
    QFETCH(QString, code);
    QFETCH(QString, says);
    QVERIFY2(reasonText(code).contains(says), qPrintable(reasonText(code)));
    FakeSession session;
    auto waiting = fakeAccount(u"ada@example.org"_s, -10);
    waiting.attention = Countersign::AccountAttention{.error = code, .since = QDateTime::currentDateTimeUtc()};
    AccountPanel panel(session);
    panel.setAccount(waiting);
    QVERIFY(allTexts(panel).contains(says));
    QVERIFY(allTexts(panel).contains(code));
}

void TestAccountFacts::theHistorySaysWhoDidWhat()
{
    HistoryModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    const auto at = QDateTime::currentDateTimeUtc();
    model.setEvents({{.kind = AccountEvent::Kind::Refreshed, .at = at, .detail = u"countersign"_s},
                     {.kind = AccountEvent::Kind::RefreshFailed, .at = at, .detail = u"invalid_grant"_s},
                     {.kind = AccountEvent::Kind::SignedIn, .at = at}});
    const auto detail = [&model](int row) { return model.index(row, HistoryModel::DetailColumn).data().toString(); };
    QCOMPARE(detail(0), u"by countersign"_s);
    QVERIFY(detail(1).contains("revoked"_L1) && detail(1).contains("(invalid_grant)"_L1));
    QCOMPARE(detail(2), u"–"_s); // older ones say nothing
}

void TestAccountFacts::tokensSayForWhomAndFromWhere()
{
    FakeSession session;
    auto entry = fakeAccount(u"ada@example.org"_s);
    entry.tokens[0].audiences = QStringList{u"https://api.example.org"_s};
    entry.tokens[0].source = AccountEvent::Kind::Refreshed;
    entry.tokens[0].receivedAt = QDateTime::currentDateTimeUtc();
    auto graph = entry.tokens.at(0);
    graph.id = u"at:graph"_s;
    graph.audiences.clear();
    graph.scopes = {u"https://graph.microsoft.com/User.Read"_s};
    graph.source.reset();
    graph.type = u"DPoP"_s;
    graph.keyId = u"0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"_s;
    entry.tokens.insert(1, graph);
    session.accountList = {entry};
    const AllTokensModel all(session);
    TokenModel own;
    own.setTokens(entry.tokens);
    const auto says = [&](int row, AllTokensModel::Column in, TokenModel::Column ofOwn, const QString &text) {
        return all.index(row, in).data().toString() == text && own.index(row, ofOwn).data().toString() == text;
    };
    QVERIFY(says(0, AllTokensModel::ResourceColumn, TokenModel::ResourceColumn, u"https://api.example.org"_s));
    QVERIFY(says(0, AllTokensModel::SourceColumn, TokenModel::SourceColumn, u"Refresh"_s));
    QVERIFY(says(0, AllTokensModel::BoundColumn, TokenModel::BoundColumn, u"no"_s));
    QVERIFY(says(1, AllTokensModel::ResourceColumn, TokenModel::ResourceColumn, u"graph.microsoft.com"_s));
    QVERIFY(says(1, AllTokensModel::BoundColumn, TokenModel::BoundColumn, u"DPoP, key 0ZcOCORZ"_s));
    QVERIFY(!all.index(1, AllTokensModel::SourceColumn).data().toString().isEmpty()); // when, at least
}

void TestAccountFacts::theOverviewHasTheTokenAtHand()
{
    FakeSession session;
    auto entry = fakeAccount(u"ada@example.org"_s);
    entry.account.source = u"authorization_code"_s;
    session.accountDetail.authenticatedAt = QDateTime::currentDateTimeUtc().addSecs(-7200);
    session.accountDetail.methods = QStringList{u"pwd"_s, u"mfa"_s};
    AccountPanel panel(session);
    panel.resize(760, 520);
    panel.setAccount(entry);
    panel.tabs()->setCurrentIndex(0);
    picture(panel, u"account-overview-buttons"_s);
    const auto texts = allTexts(panel);
    QVERIFY(texts.contains("in a browser"_L1) && texts.contains("password"_L1));
    QSignalSpy inspected(&panel, &AccountPanel::inspectRequested);
    QSignalSpy copied(&panel, &AccountPanel::copyRequested);
    button(panel, u"Inspect the access token"_s)->click();
    QCOMPARE(inspected.at(0).at(0).toString(), entry.tokens.at(0).id);
    const auto forms = button(panel, u"Copy the access token"_s)->menu()->actions();
    QCOMPARE(forms.size(), allCopyForms().size());
    forms.at(1)->trigger();
    QCOMPARE(copied.at(0).at(0).toString(), entry.tokens.at(0).id);
    QCOMPARE(copied.at(0).at(1).value<CopyForm>(), CopyForm::Header);
    entry.tokens.clear();
    panel.setAccount(entry);
    QVERIFY(!button(panel, u"Inspect the access token"_s)->isEnabled());
}

void TestAccountFacts::anAccountIsRenamed()
{
    FakeSession session;
    session.accountList = someAccounts();
    Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    window.actionRegistry().find(u"account.rename"_s)->trigger();
    auto *dialog = window.findChild<RenameDialog *>();
    QVERIFY(dialog);
    dialog->findChild<QLineEdit *>()->setText(u" Work "_s);
    picture(*dialog, u"rename"_s);
    dialog->accept();
    QVERIFY(allTexts(window).contains("Work"_L1));
    auto *toDefault = window.actionRegistry().find(u"account.default"_s);
    QVERIFY(toDefault->isEnabled());
    toDefault->trigger();
    QVERIFY(session.accountList.at(0).isDefault);
    QVERIFY(!toDefault->isEnabled());
    QVERIFY(toDefault->toolTip().contains("already"_L1));
}

void TestAccountFacts::aNameThatCannotBeKeptIsSaidSo()
{
    FakeSession session;
    session.bookResult = Error{ErrorCode::StorageUnavailable, Countersign::ErrorCause::StoreFull, u"full"_s};
    RenameDialog dialog(session, fakeAccount(u"ada@example.org"_s));
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    dialog.accept();
    QVERIFY(dialog.isVisible());
    QVERIFY(allTexts(dialog).contains("no room"_L1, Qt::CaseInsensitive));
    dialog.setMasked(true);
    QVERIFY(!allTexts(dialog).contains("ada@"_L1));
}

void TestAccountFacts::whatCannotBeDoneSaysWhy()
{
    FakeSession session;
    Workbench workbench(session);
    auto &actions = workbench.window().actionRegistry();
    workbench.window().show();
    auto *refresh = actions.find(u"account.refresh"_s);
    QVERIFY(!refresh->isEnabled());
    QCOMPARE(refresh->toolTip(), u"Choose an account first"_s);
    auto entry = fakeAccount(u"ada@example.org"_s);
    entry.canRefresh = false;
    session.setAccounts({entry});
    QVERIFY(!refresh->isEnabled());
    QVERIFY(refresh->toolTip().contains("no refresh token"_L1));
    entry.canRefresh = true;
    session.setAccounts({entry});
    QVERIFY(refresh->isEnabled());
    QVERIFY(refresh->toolTip().contains("Asks the provider"_L1));
}

void TestAccountFacts::aNewTokenIsForcedAndExplained()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    window.actionRegistry().find(u"account.force"_s)->trigger();
    QVERIFY(window.findChild<GetTokenDialog *>());
    QCOMPARE(session.tokenRequests.size(), 1);
    QVERIFY(session.tokenRequests.at(0).forceRefresh);
}

void TestAccountFacts::claimsAreAskedForAndTheTokenIsCopiedAsWanted()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    GetTokenDialog dialog(session, session.accountList.at(0));
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    auto *claims = named<QPlainTextEdit>(dialog, u"Claims request, JSON"_s);
    auto *get = button(dialog, u"Get token"_s);
    claims->setPlainText(u"{\"access_token\""_s);
    QVERIFY(!get->isEnabled());
    QVERIFY(allTexts(dialog).contains("no JSON yet"_L1));
    const auto wanted = u"{\"access_token\":{\"acrs\":{\"value\":\"c1\"}}}"_s;
    claims->setPlainText(wanted);
    get->click();
    QCOMPARE(session.tokenRequests.at(0).claims, wanted);
    session.last->succeed({.tokenId = u"at:ada@example.org"_s, .origin = TokenOrigin::Refresh});
    QSignalSpy copied(&dialog, &GetTokenDialog::copyRequested);
    auto *output = named<QComboBox>(dialog, u"Copied as"_s);
    output->setCurrentIndex(output->findData(int(CopyForm::Curl)));
    button(dialog, u"Copy token"_s)->click();
    QCOMPARE(copied.at(0).at(1).value<CopyForm>(), CopyForm::Curl);
}

void TestAccountFacts::theDictionariesAreInTheHelp_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("word");
    QTest::addColumn<QString>("says");
    QTest::newRow("RFC 7519 4.1.3") << u"help.claims"_s << u"aud"_s << u"RFC 7519"_s;
    QTest::newRow("RFC 6749 5.2") << u"help.errors"_s << u"invalid_grant"_s << u"revoked"_s;
    QTest::newRow("what it means") << u"help.errors"_s << u"firewall"_s << u"firewall"_s;
    QTest::newRow("nothing") << u"help.errors"_s << u"sunspots"_s << u"Nothing fits"_s;
}

void TestAccountFacts::theDictionariesAreInTheHelp()
{
    QFETCH(QString, id);
    QFETCH(QString, word);
    QFETCH(QString, says);
    FakeSession session;
    Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    window.actionRegistry().find(id)->trigger();
    auto *dialog = window.findChild<DictionaryDialog *>();
    QVERIFY(dialog);
    dialog->findChild<QLineEdit *>()->setText(word);
    QVERIFY2(allTexts(*dialog).contains(says), qPrintable(allTexts(*dialog)));
    QVERIFY(session.openedPages.isEmpty()); // offline
}

QTEST_MAIN(TestAccountFacts)
#include "tst_accountfacts.moc"

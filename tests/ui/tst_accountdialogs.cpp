// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounttest.h"
#include "picture.h"

#include "accounts/accountspage.h"
#include "accounts/signoutdialog.h"
#include "signin/signindialog.h"
#include "signin/signinform.h"
#include "tokens/gettokendialog.h"
#include "tokens/tokenspage.h"
#include "widgets/banner.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QSpinBox>

using namespace CountersignTest;
using namespace Qt::StringLiterals;
using Countersign::Error;
using Countersign::ErrorCode;
using Countersign::SignOutStep;
using Countersign::TraceRow;
using Countersign::TraceVerdict;
using Stage = Countersign::Operation::Stage;
namespace Desktop = Countersign::Desktop;

class TestAccountDialogs : public AccountTest
{
    Q_OBJECT
private Q_SLOTS:
    void gettingATokenExplainsItself();
    void aTokenThatIsNotWhatWasAskedForSaysSo_data();
    void aTokenThatIsNotWhatWasAskedForSaysSo();
    void aFailureIsExplainedByTheCacheToo();
    void everyStageOfGettingATokenIsTrue_data();
    void everyStageOfGettingATokenIsTrue();
    void theCommandIsCopiedByItsKeysAndSaysSo_data();
    void theCommandIsCopiedByItsKeysAndSaysSo();
    void aTokenThatNeedsThePersonOffersToSignIn();
    void cancellingAGetTokenKeepsTheDialog();
    void signingOutTellsWhatItDid();
    void aSignOutShowsWhichPartIsWaitedFor();
    void aCancelledSignOutTellsWhatWasDone_data();
    void aCancelledSignOutTellsWhatWasDone();
    void aSignOutThatFailedCanBeTriedAgain();
    void thePageOfASignOutCanBeOpenedAgain();
    void signingOutOffersToForgetCookiesThatAreThere();
    void whatCannotBeRevokedSaysWhy();
    void everyControlOfEveryDialogHasAName();
};

void TestAccountDialogs::gettingATokenExplainsItself()
{
    FakeSession session;
    session.accountList = someAccounts();
    const std::unique_ptr<Desktop::GetTokenDialog> dialog(
        new Desktop::GetTokenDialog(session, session.accountList.at(0)));
    dialog->show();
    button(*dialog, u"Get token"_s)->click();
    QCOMPARE(session.tokenRequests.size(), 1);
    QCOMPARE(session.tokenRequests.at(0).minimumLifetime, std::chrono::seconds(300));
    auto outcome = fakeOutcome();
    outcome.origin = Desktop::TokenOrigin::Cache;
    outcome.trace.rows = {{.subject = TraceRow::Subject::AccessToken, .verdict = TraceVerdict::OtherScopes},
                          {.subject = TraceRow::Subject::AccessToken, .verdict = TraceVerdict::Taken, .value = 3000}};
    session.last->succeed(outcome);
    const auto *trace = dialog->findChild<QListWidget *>();
    QCOMPARE(trace->count(), 2);
    QVERIFY(trace->item(1)->text().contains("Used"_L1));
    QSignalSpy copied(dialog.get(), &Desktop::GetTokenDialog::copyRequested);
    button(*dialog, u"Copy token"_s)->click();
    QCOMPARE(copied.at(0).at(0).toString(), outcome.tokenId);
    picture(*dialog, u"d8-cache"_s);
}

void TestAccountDialogs::aTokenThatIsNotWhatWasAskedForSaysSo_data()
{
    QTest::addColumn<QString>("scopes");
    QTest::addColumn<QString>("granted");
    QTest::addColumn<int>("minutes");
    QTest::addColumn<int>("secondsLeft");
    QTest::addColumn<QString>("missing");
    QTest::addColumn<bool>("isShort");
    QTest::newRow("as asked") << "openid profile"
                              << "openid profile" << 5 << 3590 << "" << false;
    QTest::newRow("more than asked") << "openid"
                                     << "openid profile" << 5 << 3590 << "" << false;
    QTest::newRow("D8: too short") << "openid"
                                   << "openid" << 120 << 3590 << "" << true;
    QTest::newRow("D8: a scope less") << "openid groups"
                                      << "openid profile" << 5 << 3590 << "groups" << false;
    QTest::newRow("both") << "groups api"
                          << "api" << 120 << 3590 << "groups" << true;
    QTest::newRow("RFC 6749 5.1: a refresh token is no scope of data") << "openid offline_access"
                                                                       << "openid" << 5 << 3590 << "" << false;
    QTest::newRow("Entra: the default is a question") << "api://a/.default"
                                                      << "api://a/read" << 5 << 3590 << "" << false;
    QTest::newRow("Entra: a long name for a short one")
        << "User.Read"
        << "https://graph.microsoft.com/User.Read" << 5 << 3590 << "" << false;
}

void TestAccountDialogs::aTokenThatIsNotWhatWasAskedForSaysSo()
{
    QFETCH(QString, scopes);
    QFETCH(QString, granted);
    QFETCH(int, minutes);
    QFETCH(int, secondsLeft);
    QFETCH(QString, missing);
    QFETCH(bool, isShort);
    FakeSession session;
    session.accountList = someAccounts();
    session.profileList[0].scopes = Countersign::ScopeSet::parse(scopes);
    const std::unique_ptr<Desktop::GetTokenDialog> dialog(
        new Desktop::GetTokenDialog(session, session.accountList.at(0)));
    dialog->show();
    dialog->findChild<QSpinBox *>()->setValue(minutes);
    button(*dialog, u"Get token"_s)->click();
    auto outcome = fakeOutcome();
    outcome.granted = Countersign::ScopeSet::parse(granted);
    outcome.expiresAt = QDateTime::currentDateTimeUtc().addSecs(secondsLeft);
    session.last->succeed(outcome);
    const auto *banner = dialog->findChild<Desktop::Banner *>();
    const bool isMet = missing.isEmpty() && !isShort;
    QCOMPARE(banner->title() == "Here is the token"_L1, isMet);
    QCOMPARE(banner->accessibleDescription().contains(u"Missing: "_s + missing + u'.'), !missing.isEmpty());
    QCOMPARE(banner->accessibleDescription().contains("120 minute(s) at least"_L1), isShort);
    // It can be used all the same.
    QVERIFY(button(*dialog, u"Copy token"_s));
    if (!isMet)
        picture(*dialog, u"d8-shortfall"_s);
}

void TestAccountDialogs::aFailureIsExplainedByTheCacheToo()
{
    FakeSession session;
    session.accountList = someAccounts();
    const std::unique_ptr<Desktop::GetTokenDialog> dialog(
        new Desktop::GetTokenDialog(session, session.accountList.at(0)));
    dialog->show();
    dialog->start();
    session.last->decisions.rows = {
        {.subject = TraceRow::Subject::AccessToken, .verdict = TraceVerdict::TooOld, .value = -60},
        {.subject = TraceRow::Subject::RefreshToken, .verdict = TraceVerdict::Refused, .detail = u"invalid_grant"_s}};
    session.last->fail(Error{ErrorCode::InteractionRequired, u"invalid_grant"_s});
    const auto *trace = dialog->findChild<QListWidget *>();
    QVERIFY(trace->isVisible());
    QCOMPARE(trace->count(), 2);
    QVERIFY(trace->item(1)->text().contains("invalid_grant"_L1));
    picture(*dialog, u"d8-failure-why"_s);
}

void TestAccountDialogs::everyStageOfGettingATokenIsTrue_data()
{
    QTest::addColumn<Stage>("stage");
    QTest::addColumn<Desktop::StoreState::Kind>("store");
    QTest::addColumn<bool>("isBusy");
    QTest::addColumn<QString>("words");
    using Kind = Desktop::StoreState::Kind;
    QTest::newRow("a store that is not open") << Stage::OpeningStore << Kind::NotOpened << false << u"Unlock it"_s;
    QTest::newRow("an open one") << Stage::OpeningStore << Kind::Open << false << u"Looking into the cache"_s;
    QTest::newRow("during a refresh of the same account")
        << Stage::OpeningStore << Kind::Open << true << u"another request for this account"_s;
    QTest::newRow("at the provider") << Stage::Redeeming << Kind::Open << false << u"login.example.org"_s;
}

void TestAccountDialogs::everyStageOfGettingATokenIsTrue()
{
    QFETCH(Stage, stage);
    QFETCH(Desktop::StoreState::Kind, store);
    QFETCH(bool, isBusy);
    QFETCH(QString, words);
    FakeSession session;
    session.accountList = someAccounts();
    session.accountList[0].isBusy = isBusy;
    session.storeState.kind = store;
    const std::unique_ptr<Desktop::GetTokenDialog> dialog(
        new Desktop::GetTokenDialog(session, session.accountList.at(0)));
    dialog->show();
    dialog->start();
    session.last->enter(stage);
    QVERIFY2(dialog->findChild<Desktop::Banner *>()->title().contains(words),
             qPrintable(dialog->findChild<Desktop::Banner *>()->title()));
}

//! c.0.5: every dialog that does something has its command, by button and by Ctrl+Shift+K.
void TestAccountDialogs::theCommandIsCopiedByItsKeysAndSaysSo_data()
{
    QTest::addColumn<int>("dialog");
    QTest::addColumn<QString>("verb");
    QTest::newRow("sign-in form") << 0 << u"countersign login"_s;
    QTest::newRow("sign-in") << 1 << u"countersign login"_s;
    QTest::newRow("get token") << 2 << u"countersign token"_s;
    QTest::newRow("sign out") << 3 << u"countersign logout"_s;
}

void TestAccountDialogs::theCommandIsCopiedByItsKeysAndSaysSo()
{
    QFETCH(int, dialog);
    QFETCH(QString, verb);
    FakeSession session;
    session.accountList = someAccounts();
    const auto make = [&]() -> QDialog * {
        switch (dialog) {
        case 0: return new Desktop::SignInForm(session, u"lab"_s);
        case 1: return new Desktop::SignInDialog(session, {.profileId = u"lab"_s});
        case 2: return new Desktop::GetTokenDialog(session, session.accountList.at(0));
        default: return new Desktop::SignOutDialog(session, session.accountList.at(0));
        }
    };
    const std::unique_ptr<QDialog> shown(make());
    shown->show();
    QVERIFY(QTest::qWaitForWindowActive(shown.get()));
    QGuiApplication::clipboard()->clear();
    const auto *copying = button(*shown, u"Copy as command"_s);
    QVERIFY(copying);
    QTest::keyClick(shown.get(), Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(copying->text(), u"Copied"_s);
    QVERIFY(QGuiApplication::clipboard()->text().startsWith(verb));
    QTRY_COMPARE_WITH_TIMEOUT(copying->text().remove(u'&'), u"Copy as command"_s, 8000);
}

void TestAccountDialogs::aTokenThatNeedsThePersonOffersToSignIn()
{
    FakeSession session;
    session.accountList = someAccounts();
    QPointer<Desktop::GetTokenDialog> dialog(new Desktop::GetTokenDialog(session, session.accountList.at(2)));
    dialog->show();
    QSignalSpy wanted(dialog, &Desktop::GetTokenDialog::signInRequested);
    dialog->start();
    session.last->fail(Error{ErrorCode::InteractionRequired, u"invalid_grant"_s});
    picture(*dialog, u"d8-needs-you"_s);
    for (auto *candidate : dialog->findChildren<QPushButton *>()) {
        if (candidate->text().remove(u'&') == Desktop::buttonText(Desktop::ErrorAction::SignIn).remove(u'&'))
            candidate->click();
    }
    QCOMPARE(wanted.size(), 1);
    const auto request = wanted.at(0).at(0).value<Desktop::SignInRequest>();
    QCOMPARE(request.expectedAccount, session.accountList.at(2).account.id);
}

void TestAccountDialogs::cancellingAGetTokenKeepsTheDialog()
{
    FakeSession session;
    session.accountList = someAccounts();
    const std::unique_ptr<Desktop::GetTokenDialog> dialog(
        new Desktop::GetTokenDialog(session, session.accountList.at(0)));
    dialog->show();
    dialog->start();
    button(*dialog, u"Cancel"_s)->click();
    QVERIFY(dialog->isVisible());
    QVERIFY(button(*dialog, u"Close"_s));
    QVERIFY(button(*dialog, u"Get token"_s)->isEnabled());
}

void TestAccountDialogs::signingOutTellsWhatItDid()
{
    FakeSession session;
    session.accountList = someAccounts();
    const std::unique_ptr<Desktop::SignOutDialog> dialog(
        new Desktop::SignOutDialog(session, session.accountList.at(0)));
    dialog->show();
    picture(*dialog, u"d7-question"_s);
    button(*dialog, u"Sign out"_s)->click();
    QCOMPARE(session.signOuts.size(), 1);
    QVERIFY(session.signOuts.at(0).revoke);
    QVERIFY(!session.signOuts.at(0).endSession);
    Desktop::Outcome outcome;
    outcome.steps = {
        {.kind = SignOutStep::Kind::Revocation,
         .outcome = SignOutStep::Outcome::Failed,
         .error = Error{ErrorCode::NetworkUnavailable, Countersign::ErrorCause::ConnectionRefused, u"refused"_s}},
        {.kind = SignOutStep::Kind::LocalRemoval},
        {.kind = SignOutStep::Kind::EndSession, .outcome = SignOutStep::Outcome::NotWanted}};
    session.last->succeed(outcome);
    const auto *steps = dialog->findChild<QListWidget *>();
    QCOMPARE(steps->count(), 3);
    QVERIFY(steps->item(0)->text().contains("failed"_L1));
    QVERIFY(dialog->findChild<Desktop::Banner *>()->title().contains("not everything"_L1));
    picture(*dialog, u"d7-result"_s);
}

namespace {

void tick(const Desktop::SignOutDialog &dialog, QLatin1StringView name)
{
    for (auto *box : dialog.findChildren<QCheckBox *>()) {
        if (box->accessibleName().contains(name))
            box->setChecked(true);
    }
}

QStringList rows(const QListWidget &list)
{
    QStringList rows;
    for (int row = 0; row < list.count(); ++row)
        rows.append(list.item(row)->text());
    return rows;
}

} // namespace

//! D7: every part with its state, c.0.3.
void TestAccountDialogs::aSignOutShowsWhichPartIsWaitedFor()
{
    FakeSession session;
    session.accountList = someAccounts();
    const std::unique_ptr<Desktop::SignOutDialog> dialog(
        new Desktop::SignOutDialog(session, session.accountList.at(0)));
    dialog->show();
    tick(*dialog, "End the session"_L1);
    dialog->start();
    auto *attempt = session.last.data();
    const auto *steps = dialog->findChild<QListWidget *>();
    const auto *banner = dialog->findChild<Desktop::Banner *>();
    attempt->enter(Stage::Redeeming);
    QVERIFY(steps->isVisible());
    QVERIFY(rows(*steps).at(0).endsWith("under way"_L1));
    QVERIFY(rows(*steps).at(1).endsWith("to come"_L1));
    QVERIFY(rows(*steps).at(2).endsWith("to come"_L1));
    QVERIFY(banner->accessibleDescription().contains("login.example.org"_L1));
    QVERIFY(button(*dialog, u"Cancel"_s)->isEnabled());
    picture(*dialog, u"d7-revoking"_s);
    attempt->ended = {{.kind = SignOutStep::Kind::Revocation}, {.kind = SignOutStep::Kind::LocalRemoval}};
    attempt->enter(Stage::WaitingForPerson);
    QVERIFY(rows(*steps).at(0).endsWith("taken back"_L1));
    QVERIFY(rows(*steps).at(1).endsWith("removed"_L1));
    QVERIFY(rows(*steps).at(2).endsWith("under way"_L1));
    QVERIFY(!button(*dialog, u"Open the page in the browser again"_s));
    attempt->open(QUrl(u"https://login.example.org/logout"_s));
    button(*dialog, u"Open the page in the browser again"_s)->click();
    QCOMPARE(attempt->opened.size(), 1);
    bool isCounting = false;
    for (const auto *label : dialog->findChildren<QLabel *>())
        isCounting |= label->isVisible() && label->text().contains("second(s) more"_L1);
    QVERIFY(isCounting);
    picture(*dialog, u"d7-handing-over"_s);
}

void TestAccountDialogs::aCancelledSignOutTellsWhatWasDone_data()
{
    QTest::addColumn<int>("done");
    QTest::addColumn<Stage>("stage");
    QTest::addColumn<QStringList>("rows");
    QTest::addColumn<bool>("canGoOn");
    const auto revocation = u"Refresh token at the provider: "_s;
    const auto tokens = u"Tokens on this computer: "_s;
    const auto end = u"Session at the provider: "_s;
    QTest::newRow("before anything") << 0 << Stage::OpeningStore << QStringList() << true;
    QTest::newRow("while the provider is asked")
        << 0 << Stage::Redeeming
        << QStringList{revocation + u"stopped; the provider may have taken it back all the same"_s,
                       tokens + u"not done"_s, end + u"not done"_s}
        << true;
    QTest::newRow("after the provider answered")
        << 1 << Stage::Saving
        << QStringList{revocation + u"taken back"_s,
                       tokens + u"stopped; the list of accounts tells whether they are still there"_s,
                       end + u"not done"_s}
        << true;
    QTest::newRow("while the page is open")
        << 2 << Stage::WaitingForPerson
        << QStringList{revocation + u"taken back"_s, tokens + u"removed"_s,
                       end + u"its page was opened in the browser; it ends when you finish there"_s}
        << false;
}

void TestAccountDialogs::aCancelledSignOutTellsWhatWasDone()
{
    QFETCH(int, done);
    QFETCH(Stage, stage);
    QFETCH(QStringList, rows);
    QFETCH(bool, canGoOn);
    FakeSession session;
    session.accountList = someAccounts();
    const std::unique_ptr<Desktop::SignOutDialog> dialog(
        new Desktop::SignOutDialog(session, session.accountList.at(0)));
    dialog->show();
    tick(*dialog, "End the session"_L1);
    dialog->start();
    const QList<SignOutStep> all{{.kind = SignOutStep::Kind::Revocation}, {.kind = SignOutStep::Kind::LocalRemoval}};
    session.last->ended = all.first(done);
    session.last->enter(stage);
    if (stage == Stage::WaitingForPerson)
        session.last->open(QUrl(u"https://login.example.org/logout"_s));
    button(*dialog, u"Cancel"_s)->click();
    QVERIFY(dialog->isVisible());
    const auto *steps = dialog->findChild<QListWidget *>();
    QCOMPARE(steps->isVisible() ? ::rows(*steps) : QStringList(), rows);
    const auto *banner = dialog->findChild<Desktop::Banner *>();
    QVERIFY2(!banner->accessibleDescription().contains("Nothing was stored"_L1), qPrintable(banner->title()));
    QCOMPARE(banner->accessibleDescription().contains("Nothing was changed"_L1), rows.isEmpty());
    picture(*dialog, u"d7-cancelled-"_s + QString::number(done) + (rows.isEmpty() ? u"-nothing"_s : QString()));
    const auto *again = button(*dialog, u"Sign out"_s);
    QCOMPARE(again && again->isEnabled(), canGoOn);
    button(*dialog, u"Close"_s)->click();
    QVERIFY(!dialog->isVisible());
}

void TestAccountDialogs::aSignOutThatFailedCanBeTriedAgain()
{
    FakeSession session;
    session.accountList = someAccounts();
    const std::unique_ptr<Desktop::SignOutDialog> dialog(
        new Desktop::SignOutDialog(session, session.accountList.at(0)));
    dialog->show();
    dialog->start();
    session.last->fail(Error{ErrorCode::StorageUnavailable, Countersign::ErrorCause::StoreBusy, u"busy"_s});
    QTRY_VERIFY(button(*dialog, u"Try again"_s));
    QVERIFY(rows(*dialog->findChild<QListWidget *>()).at(1).contains("failed"_L1));
    button(*dialog, u"Try again"_s)->click();
    QCOMPARE(session.signOuts.size(), 2);
}

void TestAccountDialogs::thePageOfASignOutCanBeOpenedAgain()
{
    FakeSession session;
    session.accountList = someAccounts();
    const std::unique_ptr<Desktop::SignOutDialog> dialog(
        new Desktop::SignOutDialog(session, session.accountList.at(0)));
    dialog->show();
    tick(*dialog, "End the session"_L1);
    dialog->start();
    const QUrl page(u"https://login.example.org/logout"_s);
    session.last->enter(Stage::WaitingForPerson);
    session.last->open(page);
    Desktop::Outcome outcome;
    outcome.steps = {{.kind = SignOutStep::Kind::Revocation},
                     {.kind = SignOutStep::Kind::LocalRemoval},
                     {.kind = SignOutStep::Kind::EndSession}};
    session.last->succeed(outcome);
    // Whether somebody finished there nobody knows.
    QVERIFY(rows(*dialog->findChild<QListWidget *>()).last().contains("when you finish there"_L1));
    button(*dialog, u"Open the page in the browser again"_s)->click();
    QCOMPARE(session.openedPages, QList<QUrl>{page});
    picture(*dialog, u"d7-page-open"_s);
}

void TestAccountDialogs::signingOutOffersToForgetCookiesThatAreThere()
{
    FakeSession session;
    session.accountList = someAccounts();
    const auto request = [&session](bool isWanted) {
        const std::unique_ptr<Desktop::SignOutDialog> dialog(
            new Desktop::SignOutDialog(session, session.accountList.at(0)));
        for (auto *box : dialog->findChildren<QCheckBox *>()) {
            if (box->accessibleName().contains("sign-in window"_L1))
                box->setChecked(isWanted);
        }
        return dialog->request().forgetEmbedded;
    };
    QVERIFY(!request(true)); // there are none
    session.hasCookies = true;
    QVERIFY(request(true));
    QVERIFY(!request(false));
    const std::unique_ptr<Desktop::SignOutDialog> dialog(
        new Desktop::SignOutDialog(session, session.accountList.at(0)));
    dialog->show();
    button(*dialog, u"Sign out"_s)->click();
    QVERIFY(session.signOuts.at(0).forgetEmbedded);
    Desktop::Outcome outcome;
    outcome.steps = {{.kind = SignOutStep::Kind::LocalRemoval}};
    outcome.isEmbeddedForgotten = false;
    session.last->succeed(outcome);
    QVERIFY(rows(*dialog->findChild<QListWidget *>()).last().contains("could not be deleted"_L1));
    QVERIFY(dialog->findChild<Desktop::Banner *>()->title().contains("not everything"_L1));
}

void TestAccountDialogs::whatCannotBeRevokedSaysWhy()
{
    FakeSession session;
    session.isRevocable = false;
    session.accountList = someAccounts();
    const std::unique_ptr<Desktop::SignOutDialog> dialog(
        new Desktop::SignOutDialog(session, session.accountList.at(0)));
    for (const auto *box : dialog->findChildren<QCheckBox *>()) {
        if (box->accessibleName().contains("Revoke"_L1)) {
            QVERIFY(!box->isEnabled());
            QVERIFY(box->accessibleDescription().contains("Not possible"_L1));
        }
    }
    QVERIFY(!dialog->request().revoke);
}

void TestAccountDialogs::everyControlOfEveryDialogHasAName()
{
    FakeSession session;
    session.accountList = someAccounts();
    const std::unique_ptr<QWidget> widgets[] = {
        std::unique_ptr<QWidget>(new Desktop::SignInForm(session, u"lab"_s)),
        std::unique_ptr<QWidget>(new Desktop::SignInDialog(session, {.profileId = u"lab"_s})),
        std::unique_ptr<QWidget>(new Desktop::GetTokenDialog(session, session.accountList.at(0))),
        std::unique_ptr<QWidget>(new Desktop::SignOutDialog(session, session.accountList.at(0))),
        std::unique_ptr<QWidget>(new Desktop::AccountsPage(session)),
        std::unique_ptr<QWidget>(new Desktop::TokensPage(session))};
    for (const auto &widget : widgets) {
        QVERIFY(!widget->accessibleName().isEmpty());
        for (const auto *control : widget->findChildren<QWidget *>()) {
            const bool isControl = qobject_cast<const QAbstractButton *>(control)
                || qobject_cast<const QAbstractItemView *>(control) || qobject_cast<const QLineEdit *>(control)
                || qobject_cast<const QPlainTextEdit *>(control);
            const bool isOurs = !control->objectName().startsWith("qt_"_L1) && !control->inherits("QHeaderView")
                && !control->inherits("QTableCornerButton") && !control->inherits("QComboBoxListView")
                && !qobject_cast<const QLineEdit *>(control->parentWidget())
                && !control->parentWidget()->inherits("QComboBox") && !control->parentWidget()->inherits("QTabBar")
                && !control->parentWidget()->inherits("QAbstractSpinBox")
                && !control->parentWidget()->inherits("QComboBoxPrivateContainer");
            if (isControl && isOurs)
                QVERIFY2(!control->accessibleName().isEmpty(), control->metaObject()->className());
        }
    }
}

QTEST_MAIN(TestAccountDialogs)
#include "tst_accountdialogs.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "fakesession.h"
#include "picture.h"

#include "accounts/accountpanel.h"
#include "accounts/accountspage.h"
#include "accounts/signoutdialog.h"
#include "accounts/welcomepage.h"
#include "inspector/inspectorpage.h"
#include "models/accountmodel.h"
#include "models/alltokensmodel.h"
#include "models/historymodel.h"
#include "models/permissionmodel.h"
#include "models/tokenmodel.h"
#include "signin/signindialog.h"
#include "signin/signinform.h"
#include "tokens/gettokendialog.h"
#include "tokens/tokenspage.h"
#include "widgets/banner.h"
#include "widgets/clipboardguard.h"
#include "widgets/theme.h"
#include "window/actions.h"
#include "window/mainwindow.h"
#include "window/notifier.h"
#include "window/tray.h"
#include "window/workbench.h"

#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QStatusBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTreeView>

using namespace CountersignTest;
using namespace Qt::StringLiterals;
using Countersign::AccountId;
using Countersign::Error;
using Countersign::ErrorCode;
using Countersign::ScopeSet;
using Countersign::SignOutStep;
using Countersign::TraceRow;
using Countersign::TraceVerdict;
namespace Desktop = Countersign::Desktop;

namespace {

QPushButton *button(const QWidget &parent, const QString &name)
{
    for (auto *candidate : parent.findChildren<QPushButton *>()) {
        if (candidate->accessibleName() == name && candidate->isVisibleTo(&parent))
            return candidate;
    }
    return nullptr;
}

QList<Desktop::AccountEntry> someAccounts()
{
    auto ada = fakeAccount(u"ada@example.org"_s);
    auto grace = fakeAccount(u"grace@example.org"_s, 120);
    auto alan = fakeAccount(u"alan@example.org"_s, -600);
    alan.attention = Countersign::AccountAttention{.error = u"invalid_grant"_s,
                                                   .since = QDateTime::currentDateTimeUtc().addSecs(-300)};
    return {ada, grace, alan};
}

} // namespace

class TestAccounts : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Desktop::Theme::of(Desktop::ThemeKind::Light).apply(*qApp); }
    void theModelsKeepTheirContract();
    void theStateOfAnAccountIsWhatItsPersonHasToKnow_data();
    void theStateOfAnAccountIsWhatItsPersonHasToKnow();
    void whatIsChosenStaysChosenWhenOthersChange();
    void noRoleEverCarriesAToken();
    void maskingHidesNames();
    void withoutAccountsThePageSaysHowToBegin();
    void theAccountIsShownWithAllItsSides();
    void tenThousandAccountsScroll();
    void gettingATokenExplainsItself();
    void aTokenThatNeedsThePersonOffersToSignIn();
    void cancellingAGetTokenKeepsTheDialog();
    void signingOutTellsWhatItDid();
    void signingOutOffersToForgetCookiesThatAreThere();
    void whatCannotBeRevokedSaysWhy();
    void theTableOfTokensCopiesInEveryForm_data();
    void theTableOfTokensCopiesInEveryForm();
    void noTokenBreaksOutOfItsQuotes_data();
    void noTokenBreaksOutOfItsQuotes();
    void aRedactedTokenIsWorthNothing();
    void aSecondSignInJoinsTheFirst();
    void refreshingSaysHowItWent();
    void notificationsAreRareAndNameNobody();
    void theEndOfASessionIsToldInTime();
    void theEndOfASessionIsNoNews_data();
    void theEndOfASessionIsNoNews();
    void whoeverAskedIsRemindedOfATokensEnd();
    void theTokenToBeRemindedOfIsChosenInTheTable();
    void theTrayTellsByItsShape();
    void whatIsSecretIsHiddenAtOnce();
    void withoutATrayTheWindowTells();
    void everyControlOfEveryDialogHasAName();
    void pictures();
};

void TestAccounts::theModelsKeepTheirContract()
{
    FakeSession session;
    Desktop::AccountModel accounts(session);
    Desktop::AllTokensModel tokens(session);
    Desktop::TokenModel ofOne;
    Desktop::HistoryModel history;
    Desktop::PermissionModel permissions;
    constexpr auto mode = QAbstractItemModelTester::FailureReportingMode::QtTest;
    const QAbstractItemModelTester first(&accounts, mode);
    const QAbstractItemModelTester second(&tokens, mode);
    const QAbstractItemModelTester third(&ofOne, mode);
    const QAbstractItemModelTester fourth(&history, mode);
    const QAbstractItemModelTester fifth(&permissions, mode);
    session.setAccounts(someAccounts());
    QCOMPARE(accounts.accountCount(), 3);
    QCOMPARE(tokens.rowCount(), 6);
    auto fewer = someAccounts();
    fewer.removeAt(1);
    session.setAccounts(fewer);
    session.setAccounts({fakeAccount(u"new@example.org"_s), fewer.at(0), fewer.at(1)});
    session.setAccounts({fewer.at(1), fewer.at(0)});
    QCOMPARE(accounts.accountCount(), 2);
    ofOne.setTokens(fewer.at(0).tokens);
    history.setEvents({{.at = QDateTime::currentDateTimeUtc()}});
    permissions.setScopes({u"a"_s, u"b"_s}, {u"b"_s, u"c"_s});
    QCOMPARE(permissions.rowCount(), 3);
    session.profileList.append({.id = u"other"_s, .name = u"Other"_s});
    Q_EMIT session.profilesChanged();
    QCOMPARE(accounts.rowCount(), 2);
    session.setAccounts({});
}

void TestAccounts::theStateOfAnAccountIsWhatItsPersonHasToKnow_data()
{
    QTest::addColumn<int>("left");
    QTest::addColumn<bool>("canRefresh");
    QTest::addColumn<bool>("needsPerson");
    QTest::addColumn<bool>("isBusy");
    QTest::addColumn<int>("state");
    QTest::newRow("good") << 3600 << true << false << false << int(Desktop::AccountState::Ready);
    QTest::newRow("soon over") << 60 << true << false << false << int(Desktop::AccountState::ExpiresSoon);
    QTest::newRow("over, refreshable") << -1 << true << false << false << int(Desktop::AccountState::Expired);
    QTest::newRow("over, no refresh token") << -1 << false << false << false << int(Desktop::AccountState::NeedsSignIn);
    QTest::newRow("refused") << -1 << true << true << false << int(Desktop::AccountState::NeedsSignIn);
    QTest::newRow("refused, but still good") << 3600 << true << true << false << int(Desktop::AccountState::Ready);
    QTest::newRow("busy") << -1 << true << true << true << int(Desktop::AccountState::Refreshing);
}

void TestAccounts::theStateOfAnAccountIsWhatItsPersonHasToKnow()
{
    QFETCH(int, left);
    QFETCH(bool, canRefresh);
    QFETCH(bool, needsPerson);
    QFETCH(bool, isBusy);
    QFETCH(int, state);
    auto entry = fakeAccount(u"ada"_s, left);
    entry.canRefresh = canRefresh;
    entry.isBusy = isBusy;
    if (needsPerson)
        entry.attention = Countersign::AccountAttention{.error = u"invalid_grant"_s};
    QCOMPARE(int(Desktop::stateOf(entry, QDateTime::currentDateTimeUtc())), state);
}

void TestAccounts::whatIsChosenStaysChosenWhenOthersChange()
{
    FakeSession session;
    session.accountList = someAccounts();
    Desktop::AccountsPage page(session);
    const auto grace = session.accountList.at(1);
    page.selectAccount(u"lab"_s, grace.account.id);
    QCOMPARE(page.currentAccount()->account.id, grace.account.id);
    auto more = someAccounts();
    more.prepend(fakeAccount(u"a-new-one@example.org"_s));
    more[2].isBusy = true;
    session.setAccounts(more);
    QCOMPARE(page.currentAccount()->account.id, grace.account.id);
    QVERIFY(page.currentAccount()->isBusy);
}

void TestAccounts::noRoleEverCarriesAToken()
{
    FakeSession session;
    session.accountList = someAccounts();
    const Desktop::AllTokensModel model(session);
    for (int row = 0; row < model.rowCount(); ++row) {
        for (int column = 0; column < model.columnCount(); ++column) {
            for (int role = 0; role < Qt::UserRole + 20; ++role)
                QVERIFY(!model.index(row, column).data(role).toString().contains("eyJ"_L1));
        }
    }
}

void TestAccounts::maskingHidesNames()
{
    FakeSession session;
    session.accountList = someAccounts();
    Desktop::Workbench workbench(session);
    workbench.window().show();
    workbench.window().setMasked(true);
    for (const auto *label : workbench.window().findChildren<QLabel *>())
        QVERIFY2(!label->text().contains("ada@"_L1), qPrintable(label->text()));
    const auto *tree = workbench.window().findChild<QTreeView *>();
    QVERIFY(!tree->model()->index(0, 0, tree->model()->index(0, 0)).data().toString().contains("ada"_L1));
    picture(workbench.window(), u"masked"_s);
}

void TestAccounts::withoutAccountsThePageSaysHowToBegin()
{
    FakeSession session;
    Desktop::AccountsPage page(session);
    page.resize(900, 560);
    QVERIFY(page.welcome()->isVisibleTo(&page));
    QSignalSpy wanted(&page, &Desktop::AccountsPage::signInRequested);
    button(page, u"Sign in to Keycloak lab"_s)->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).toString(), u"lab"_s);
    picture(page, u"accounts-empty"_s);
    session.profileList.clear();
    Q_EMIT session.profilesChanged();
    QSignalSpy profile(page.welcome(), &Desktop::WelcomePage::newProfileRequested);
    QTRY_VERIFY(button(page, u"Sign in to Microsoft Entra ID"_s)); // a layout shows what it got on the next turn
    button(page, u"Sign in to Microsoft Entra ID"_s)->click();
    QCOMPARE(profile.at(0).at(0).toString(), u"entra"_s);
    picture(page, u"d1-first-run"_s);
}

void TestAccounts::theAccountIsShownWithAllItsSides()
{
    FakeSession session;
    session.accountList = someAccounts();
    const auto now = QDateTime::currentDateTimeUtc();
    session.accountDetail = {.history = {{.kind = Countersign::AccountEvent::Kind::Refreshed, .at = now.addSecs(-60)},
                                         {.kind = Countersign::AccountEvent::Kind::SignedIn, .at = now.addSecs(-7200)}},
                             .refreshTokenAt = now.addSecs(-60),
                             .refreshScopes = {u"openid"_s},
                             .authenticatedAt = now.addSecs(-7200),
                             .methods = {u"pwd"_s, u"mfa"_s},
                             .contextClass = u"2"_s,
                             .sessionId = u"S-1"_s,
                             .storeName = u"Keychain (countersign/default)"_s};
    Desktop::AccountsPage page(session);
    page.resize(980, 620);
    page.show();
    const auto hasText = [&page](const QString &text) {
        const auto labels = page.findChildren<QLabel *>();
        return std::any_of(labels.cbegin(), labels.cend(),
                           [&text](const QLabel *label) { return label->text().contains(text); });
    };
    QVERIFY(hasText(u"ada@example.org"_s));
    QVERIFY(hasText(u"password"_s));
    QVERIFY(hasText(u"Keychain"_s));
    QVERIFY(hasText(u"S-1"_s));
    auto *tabs = page.findChild<Desktop::AccountPanel *>()->tabs();
    for (int tab = 0; tab < tabs->count(); ++tab) {
        tabs->setCurrentIndex(tab);
        picture(page, u"account-"_s + tabs->tabText(tab).toLower());
    }
    // The badge says how many wait for their person.
    QCOMPARE(page.badge(), (Desktop::Badge{1, true}));
    page.selectAccount(u"lab"_s, session.accountList.at(2).account.id);
    QVERIFY(button(page, u"Sign in again"_s));
    QVERIFY(!button(page, u"Get token"_s)->isEnabled());
    tabs->setCurrentIndex(0);
    picture(page, u"account-needs-you"_s);
}

void TestAccounts::tenThousandAccountsScroll()
{
    FakeSession session;
    session.accountList = manyFakeAccounts(10'000);
    Desktop::AccountsPage page(session);
    page.resize(900, 600);
    page.show();
    auto *tree = page.findChild<QTreeView *>();
    QCoreApplication::processEvents();
    auto *bar = tree->verticalScrollBar();
    QVERIFY(bar->maximum() > 9000);
    QElapsedTimer clock;
    clock.start();
    int frames = 0;
    for (int at = 0; at < bar->maximum(); at += bar->maximum() / 60) {
        bar->setValue(at);
        tree->viewport()->repaint();
        ++frames;
    }
    // Generous: the machine may be busy with other things. A view that measured every row would take seconds a frame.
    QVERIFY2(clock.elapsed() / frames < 100, QByteArray::number(clock.elapsed() / frames).constData());
    // One that changes is one that is painted anew.
    auto changed = session.accountList;
    changed[5000].isBusy = true;
    const auto *model = page.findChild<Desktop::AccountModel *>();
    QSignalSpy resets(model, &QAbstractItemModel::modelReset);
    QSignalSpy changes(model, &QAbstractItemModel::dataChanged);
    session.setAccounts(changed);
    QCOMPARE(resets.size(), 0);
    QVERIFY(changes.size() >= 1);
    QCOMPARE(changes.at(0).at(0).toModelIndex().row(), 5000);
    QCOMPARE(changes.at(0).at(1).toModelIndex().row(), 5000);
}

void TestAccounts::gettingATokenExplainsItself()
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

void TestAccounts::aTokenThatNeedsThePersonOffersToSignIn()
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

void TestAccounts::cancellingAGetTokenKeepsTheDialog()
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

void TestAccounts::signingOutTellsWhatItDid()
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

void TestAccounts::signingOutOffersToForgetCookiesThatAreThere()
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
    QCOMPARE(dialog->findChild<QListWidget *>()->count(), 2);
    QVERIFY(dialog->findChild<Desktop::Banner *>()->title().contains("not everything"_L1));
}

void TestAccounts::whatCannotBeRevokedSaysWhy()
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

void TestAccounts::theTableOfTokensCopiesInEveryForm_data()
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

void TestAccounts::theTableOfTokensCopiesInEveryForm()
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

void TestAccounts::noTokenBreaksOutOfItsQuotes_data()
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

void TestAccounts::noTokenBreaksOutOfItsQuotes()
{
    QFETCH(Desktop::CopyForm, form);
    QFETCH(QByteArray, text);
    const auto token = Countersign::Secret::copyOf(QByteArrayView(R"(a'b"c\d)"));
    QCOMPARE(Desktop::formatted(token, form).reveal().toByteArray(), text);
}

void TestAccounts::aRedactedTokenIsWorthNothing()
{
    const auto redacted = Desktop::redacted(
        Countersign::Secret::copyOf("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJlLXNpZ25hdHVyZQ"));
    QVERIFY(redacted.startsWith("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ."_L1));
    QVERIFY(!redacted.contains("c2lnbmF0"_L1));
    const auto opaque = Desktop::redacted(Countersign::Secret::copyOf("glpat-0123456789"));
    QVERIFY(!opaque.contains("0123456789"_L1));
    QVERIFY(opaque.contains("16"_L1));
}

void TestAccounts::aSecondSignInJoinsTheFirst()
{
    FakeSession session;
    Desktop::Workbench workbench(session);
    workbench.window().show();
    auto *first = workbench.signIn({.profileId = u"lab"_s});
    QCOMPARE(workbench.signIn({.profileId = u"lab"_s}), first);
    QCOMPARE(session.signIns.size(), 2); // browser and code of the one sign-in
    session.attempt(Desktop::SignInWay::Browser)->succeed(fakeOutcome());
    QVERIFY(workbench.signIn({.profileId = u"lab"_s}) != first);
}

void TestAccounts::refreshingSaysHowItWent()
{
    FakeSession session;
    session.accountList = someAccounts();
    Desktop::Workbench workbench(session);
    workbench.window().show();
    workbench.window().actionRegistry().find(u"account.refresh"_s)->trigger();
    QCOMPARE(session.tokenRequests.size(), 1);
    QVERIFY(session.tokenRequests.at(0).forceRefresh);
    session.last->fail(
        Error{ErrorCode::NetworkUnavailable, Countersign::ErrorCause::NameNotResolved, u"no such host"_s});
    bool isShown = false;
    for (const auto *banner : workbench.window().findChildren<Desktop::Banner *>())
        isShown |= banner->isVisible() && banner->title() == Desktop::whatHappened(ErrorCode::NetworkUnavailable);
    QVERIFY(isShown);
    picture(workbench.window(), u"window-problem"_s);
    // What can be done about it is a click away, and it is about the same account.
    QPushButton *again = nullptr;
    for (auto *candidate : workbench.window().findChildren<QPushButton *>()) {
        if (candidate->isVisible()
            && candidate->text().remove(u'&') == Desktop::buttonText(Desktop::ErrorAction::TryAgain).remove(u'&'))
            again = candidate;
    }
    QVERIFY(again);
    again->click();
    QCOMPARE(session.tokenRequests.size(), 2);
    QCOMPARE(session.tokenRequests.at(1).account, session.tokenRequests.at(0).account);
    QVERIFY(!again->isVisible());
}

void TestAccounts::notificationsAreRareAndNameNobody()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    Desktop::Notifier notifier(session);
    QSignalSpy notified(&notifier, &Desktop::Notifier::notified);
    Q_EMIT session.accountsChanged(); // how it stands at the start is no news
    auto waiting = fakeAccount(u"ada@example.org"_s, -10);
    waiting.attention = Countersign::AccountAttention{.error = u"invalid_grant"_s};
    session.setAccounts({waiting});
    QCOMPARE(notified.size(), 1);
    QVERIFY(!notified.at(0).at(1).toString().contains("ada"_L1));
    QVERIFY(notified.at(0).at(1).toString().contains("Keycloak lab"_L1));
    session.setAccounts({fakeAccount(u"ada@example.org"_s)});
    session.setAccounts({waiting});
    QCOMPARE(notified.size(), 1); // once an hour
    notifier.noteFailure(fakeAccount(u"grace@example.org"_s), Error{ErrorCode::NetworkUnavailable, u"x"_s});
    QCOMPARE(notified.size(), 1); // nothing that a person can mend
    notifier.mute(std::chrono::hours(8));
    notifier.noteFailure(fakeAccount(u"grace@example.org"_s), Error{ErrorCode::InteractionRequired, u"x"_s});
    QCOMPARE(notified.size(), 1);
    QSignalSpy wanted(&notifier, &Desktop::Notifier::signInRequested);
    notifier.activate();
    QCOMPARE(wanted.size(), 1);
}

void TestAccounts::theEndOfASessionIsToldInTime()
{
    FakeSession session;
    Desktop::Notifier notifier(session);
    QSignalSpy notified(&notifier, &Desktop::Notifier::notified);
    auto entry = fakeAccount(u"ada@example.org"_s);
    const auto now = QDateTime::currentDateTimeUtc();
    entry.usedAt = now.addDays(-2);
    entry.sessionEndsAt = now.addDays(1).addMSecs(400);
    session.setAccounts({entry});
    QCOMPARE(notified.size(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(notified.size(), 1, 5000);
    QCOMPARE(notified.at(0).at(0).toString(), u"Session ends soon"_s);
    QVERIFY(notified.at(0).at(1).toString().contains("Keycloak lab"_L1));
    QVERIFY(!notified.at(0).at(1).toString().contains("ada"_L1));
    session.setAccounts({entry});
    QCOMPARE(notified.size(), 1);
    QSignalSpy renewed(&notifier, &Desktop::Notifier::refreshRequested);
    notifier.activate();
    QCOMPARE(renewed.size(), 1);
    // An account of the same hour waits; another one does not.
    entry.sessionEndsAt = now.addSecs(1800);
    auto other = entry;
    other.account.id.homeAccountId.value = u"grace"_s;
    session.setAccounts({entry, other});
    QCOMPARE(notified.size(), 2);
}

void TestAccounts::theEndOfASessionIsNoNews_data()
{
    QTest::addColumn<qint64>("usedBefore");
    QTest::addColumn<qint64>("endsIn");
    QTest::newRow("far away") << qint64(3600) << qint64(48 * 3600);
    QTest::newRow("it was that short when it began") << qint64(60) << qint64(1740);
    QTest::newRow("nobody uses the account") << qint64(8 * 24 * 3600) << qint64(1800);
    QTest::newRow("it is over") << qint64(3600) << qint64(-1);
}

void TestAccounts::theEndOfASessionIsNoNews()
{
    QFETCH(qint64, usedBefore);
    QFETCH(qint64, endsIn);
    FakeSession session;
    Desktop::Notifier notifier(session);
    QSignalSpy notified(&notifier, &Desktop::Notifier::notified);
    auto entry = fakeAccount(u"ada@example.org"_s);
    const auto now = QDateTime::currentDateTimeUtc();
    entry.usedAt = now.addSecs(-usedBefore);
    entry.sessionEndsAt = now.addSecs(endsIn);
    session.setAccounts({entry});
    QCOMPARE(notified.size(), 0);
}

void TestAccounts::whoeverAskedIsRemindedOfATokensEnd()
{
    FakeSession session;
    Desktop::Notifier notifier(session);
    QSignalSpy notified(&notifier, &Desktop::Notifier::notified);
    auto entry = fakeAccount(u"ada@example.org"_s);
    entry.tokens[0].expiresAt = QDateTime::currentDateTimeUtc().addSecs(300).addMSecs(400);
    session.setAccounts({entry});
    notifier.setWatched(entry.tokens.at(0).id, true);
    QCOMPARE(notified.size(), 0);
    QTRY_COMPARE_WITH_TIMEOUT(notified.size(), 1, 5000);
    QCOMPARE(notified.at(0).at(0).toString(), u"Token ends soon"_s);
    QVERIFY(notifier.watched().isEmpty()); // once
    session.setAccounts({entry});
    QCOMPARE(notified.size(), 1);
    // Who wants quiet has it.
    notifier.mute(std::chrono::hours(8));
    notifier.setWatched(entry.tokens.at(0).id, true);
    QCOMPARE(notified.size(), 1);
    QVERIFY(!notifier.watched().isEmpty());
}

void TestAccounts::theTokenToBeRemindedOfIsChosenInTheTable()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    Desktop::Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    auto *page = qobject_cast<Desktop::TokensPage *>(window.page(u"tokens"_s));
    window.showPage(page);
    auto *remind = window.actionRegistry().find(u"token.remind"_s);
    QVERIFY(!remind->isEnabled());
    auto *table = page->findChild<QTableView *>();
    table->selectRow(0);
    QVERIFY(remind->isEnabled() && !remind->isChecked());
    remind->trigger();
    QCOMPARE(workbench.findChild<Desktop::Notifier *>()->watched(), QSet<QString>{page->currentToken()});
    QVERIFY(remind->isChecked());
    table->selectRow(1);
    QVERIFY(!remind->isChecked());
    table->selectRow(0);
    remind->trigger();
    QVERIFY(workbench.findChild<Desktop::Notifier *>()->watched().isEmpty());
}

void TestAccounts::theTrayTellsByItsShape()
{
    FakeSession session;
    Desktop::Notifier notifier(session);
    Desktop::Tray tray(session, notifier);
    QCOMPARE(tray.state(), Desktop::Tray::State::Plain);
    session.setAccounts(someAccounts());
    QCOMPARE(tray.state(), Desktop::Tray::State::NeedsPerson);
    auto busy = fakeAccount(u"ada@example.org"_s);
    busy.isBusy = true;
    session.setAccounts({busy});
    QCOMPARE(tray.state(), Desktop::Tray::State::Busy);
    session.failure = Error{ErrorCode::NetworkUnavailable, u"x"_s};
    Q_EMIT session.networkChanged();
    QCOMPARE(tray.state(), Desktop::Tray::State::Offline);
    session.storeState.kind = Desktop::StoreState::Kind::Failed;
    Q_EMIT session.storeChanged();
    QCOMPARE(tray.state(), Desktop::Tray::State::Locked);
    Q_EMIT tray.menu()->aboutToShow();
    QVERIFY(tray.menu()->actions().at(0)->text().contains("ada@example.org"_L1));
    // Each account has its token to copy and to look at, and can be renewed.
    QSignalSpy copied(&tray, &Desktop::Tray::copyRequested);
    QSignalSpy inspected(&tray, &Desktop::Tray::inspectRequested);
    QSignalSpy renewed(&tray, &Desktop::Tray::refreshRequested);
    session.setAccounts({fakeAccount(u"ada@example.org"_s)});
    Q_EMIT tray.menu()->aboutToShow();
    for (auto *action : tray.menu()->actions().at(0)->menu()->actions())
        action->trigger();
    QCOMPARE(copied.size(), 1);
    QCOMPARE(copied.at(0).at(0).toString(), u"at:ada@example.org"_s);
    QCOMPARE(inspected.size(), 1);
    QCOMPARE(renewed.size(), 1);
    tray.setMasked(true);
    Q_EMIT tray.menu()->aboutToShow();
    QVERIFY(!tray.menu()->actions().at(0)->text().contains("ada"_L1));
}

void TestAccounts::whatIsSecretIsHiddenAtOnce()
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

void TestAccounts::withoutATrayTheWindowTells()
{
    FakeSession session;
    session.accountList = someAccounts();
    Desktop::Workbench workbench(session);
    workbench.window().show();
    auto refused = session.accountList;
    refused[0].attention =
        Countersign::AccountAttention{.error = u"invalid_grant"_s, .since = QDateTime::currentDateTimeUtc()};
    session.setAccounts(session.accountList); // how it stood when the program started
    session.setAccounts(refused);
    QVERIFY(workbench.window().statusBar()->currentMessage().contains("Keycloak lab"_L1));
}

void TestAccounts::everyControlOfEveryDialogHasAName()
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

void TestAccounts::pictures()
{
    if (qEnvironmentVariableIsEmpty("COUNTERSIGN_SCREENSHOTS"))
        QSKIP("set COUNTERSIGN_SCREENSHOTS to a folder to save pictures");
    FakeSession session;
    session.accountList = someAccounts();
    session.profileList.append({.id = u"work"_s,
                                .name = u"Contoso dev (Entra)"_s,
                                .issuer = u"https://login.microsoftonline.com/contoso.com"_s,
                                .isMicrosoft = true});
    session.accountList.append(fakeAccount(u"ada@contoso.com"_s, 2520, u"work"_s));
    for (const auto kind : {Desktop::ThemeKind::Light, Desktop::ThemeKind::Dark}) {
        Desktop::Theme::of(kind).apply(*qApp);
        const auto name = kind == Desktop::ThemeKind::Light ? u"light"_s : u"dark"_s;
        const Desktop::Workbench workbench(session);
        workbench.window().resize(1120, 720);
        picture(workbench.window(), u"window-accounts-"_s + name);
        workbench.window().showPage(workbench.window().page(u"tokens"_s));
        picture(workbench.window(), u"window-tokens-"_s + name);
        const std::unique_ptr<Desktop::SignInDialog> dialog(
            new Desktop::SignInDialog(session, {.profileId = u"lab"_s}));
        session.attempt(Desktop::SignInWay::Browser)->enter(Countersign::Operation::Stage::WaitingForPerson);
        picture(*dialog, u"window-signin-"_s + name);
    }
    Desktop::Theme::of(Desktop::ThemeKind::Light).apply(*qApp);
}

QTEST_MAIN(TestAccounts)
#include "tst_accounts.moc"

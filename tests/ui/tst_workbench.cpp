// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "fakesession.h"
#include "picture.h"
#include "support/clicknamed.h"

#include "accounts/accountspage.h"
#include "accounts/foreigncachedialog.h"
#include "accounts/signoutdialog.h"
#include "inspector/inspectorpage.h"
#include "inspector/sampletokens.h"
#include "inspector/tokenview.h"
#include "inspector/tokenwindow.h"
#include "models/accountmodel.h"
#include "models/cachemodel.h"
#include "signin/signindialog.h"
#include "signin/signinform.h"
#include "tokens/gettokendialog.h"
#include "widgets/banner.h"
#include "widgets/foldingside.h"
#include "widgets/theme.h"
#include "window/actions.h"
#include "window/mainwindow.h"
#include "window/notifier.h"
#include "window/tray.h"
#include "window/workbench.h"

#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStatusBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QTreeView>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

QToolButton *cell(const MainWindow &window, const QString &text)
{
    for (auto *candidate : window.findChildren<QToolButton *>()) {
        if (candidate->text().contains(text))
            return candidate;
    }
    return nullptr;
}

//! Does something or looks at something: whether it could.
using Step = std::function<bool(Workbench &, FakeSession &)>;

bool testTheWayBack(Workbench &workbench, FakeSession &session)
{
    const auto *dialog = workbench.signIn({.profileId = u"lab"_s});
    session.attempt(SignInWay::Browser)->enter(Operation::Stage::WaitingForPerson);
    session.attempt(SignInWay::Browser)
        ->open(QUrl(u"https://login.example.org/auth?redirect_uri=http%3A%2F%2F127.0.0.1%3A51823%2F"_s));
    auto *menu = dialog->findChild<QPushButton *>(u"trouble"_s)->menu();
    Q_EMIT menu->aboutToShow();
    for (auto *action : menu->actions()) {
        if (action->text().contains("way back"_L1)) {
            action->trigger();
            return true;
        }
    }
    return false;
}

ForeignContent foreignContent(const QString &path)
{
    ForeignContent content{.path = path};
    CacheRow account{
        .kind = CacheRow::Kind::Account, .state = CacheRow::State::Usable, .username = u"ada@contoso.com"_s};
    CacheRow access{
        .kind = CacheRow::Kind::AccessToken, .state = CacheRow::State::Expired, .username = u"ada@contoso.com"_s};
    access.clientId = {u"04b07795-8ddb-461a-bbee-02f9e1bf7b46"_s};
    access.scopes = {u"https://management.core.windows.net//.default"_s};
    access.expiresAt = QDateTime::currentDateTimeUtc().addSecs(-3600);
    access.secretSize = 2100;
    auto refresh = access;
    refresh.kind = CacheRow::Kind::RefreshToken;
    refresh.state = CacheRow::State::Usable;
    refresh.expiresAt = {};
    content.rows = {account, access, refresh, {}};
    return content;
}

} // namespace

class TestWorkbench : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::of(ThemeKind::Light).apply(*qApp); }
    void offlineIsSaidEverywhereAndCachedTokensStay();
    void aProviderOutOfReachIsSaidWithItsTime();
    void accountsWithoutAProfileAreShownAndAdopted();
    void theClockIsComparedWithTheProviders_data();
    void theClockIsComparedWithTheProviders();
    void aNarrowWindowFoldsTheList();
    void aTokenGetsAWindowOfItsOwn();
    void aTornOffTokenGoesWithTheWindow();
    void hidingEverythingLeavesNoTokenOnTheScreen();
    void dialogsHideNamesWithTheWindow();
    void aRefreshHasANameAndCanBeStopped();
    void theCommandOfAnAccountIsCopiedByItsKeys();
    void theTrayOffersNoRefreshThatCannotBe();
    void aProgramThatStartedHiddenEndsWithItsWindow();
    void aMovedStoreIsSaidUntilTheProgramStartsAnew();
    void withoutAKeychainAnotherPlaceIsOffered();
    void moreIsAskedForTheSameAccount();
    void aProfileMayBeImportedInsteadOfSigningIn();
    void aForeignCacheIsShownWithoutATokenAndMasked();
    void aForeignCacheThatCannotBeReadSaysWhy_data();
    void aForeignCacheThatCannotBeReadSaysWhy();
    void theWindowMayBeClosedWhileAForeignCacheIsRead();
    void theWindowMayBeClosedDuringAnyOperation_data();
    void theWindowMayBeClosedDuringAnyOperation();
};

void TestWorkbench::offlineIsSaidEverywhereAndCachedTokensStay()
{
    FakeSession session;
    session.isSwitchedOff = true;
    auto valid = fakeAccount(u"ada@example.org"_s);
    auto gone = fakeAccount(u"grace@example.org"_s, -60);
    valid.isOffline = gone.isOffline = true;
    session.accountList = {valid, gone};
    const auto now = QDateTime::currentDateTimeUtc();
    QCOMPARE(stateOf(valid, now), AccountState::Offline);
    QCOMPARE(stateOf(gone, now), AccountState::Offline);
    gone.canRefresh = false;
    QCOMPARE(stateOf(gone, now), AccountState::NeedsSignIn); // also when the network comes back
    Workbench workbench(session);
    workbench.window().show();
    auto *offline = cell(workbench.window(), u"Offline mode"_s);
    QVERIFY(offline && offline->isVisible());
    // From the cache a token may still be had; what would be sent is not offered.
    QVERIFY(workbench.window().actionRegistry().find(u"account.get_token"_s)->isEnabled());
    QVERIFY(!workbench.window().actionRegistry().find(u"account.refresh"_s)->isEnabled());
    const std::unique_ptr<SignInForm> form(new SignInForm(session, u"lab"_s));
    QVERIFY(!form->canStart());
    QVERIFY(form->remark().contains("Offline mode"_L1));
    picture(workbench.window(), u"window-offline"_s);
    session.isSwitchedOff = false;
    for (auto &entry : session.accountList)
        entry.isOffline = false;
    Q_EMIT session.networkChanged();
    session.setAccounts(session.accountList);
    QVERIFY(!offline->isVisible());
    QVERIFY(workbench.window().actionRegistry().find(u"account.refresh"_s)->isEnabled());
}

void TestWorkbench::aProviderOutOfReachIsSaidWithItsTime()
{
    FakeSession session;
    const Error refused{ErrorCode::NetworkUnavailable, ErrorCause::ConnectionRefused, u"nobody answers there"_s};
    const ProviderFailure failure{u"lab"_s, refused, QDateTime::currentDateTimeUtc().addSecs(-120)};
    auto entry = fakeAccount(u"ada@example.org"_s);
    entry.failure = failure;
    entry.isOffline = true;
    session.accountList = {entry};
    session.failures = {failure};
    const Workbench workbench(session);
    workbench.window().show();
    QVERIFY(!cell(workbench.window(), u"No connection"_s));
    auto *out = cell(workbench.window(), u"Keycloak lab is out of reach"_s);
    QVERIFY(out && out->isVisible());
    QVERIFY(!out->toolTip().isEmpty());
    const auto labels = workbench.window().page(u"accounts"_s)->findChildren<QLabel *>();
    QVERIFY(std::any_of(labels.cbegin(), labels.cend(), [](const QLabel *label) {
        return label->accessibleName() == "Last problem"_L1 && label->text().contains("2 min"_L1);
    }));
    picture(workbench.window(), u"window-provider-gone"_s);
    out->click(); // all four parts of it
    const auto banners = workbench.window().findChildren<Banner *>();
    QVERIFY(std::any_of(banners.cbegin(), banners.cend(), [](const Banner *banner) { return banner->isVisible(); }));
    session.failures.clear();
    Q_EMIT session.networkChanged();
    QVERIFY(!out->isVisible());
}

void TestWorkbench::accountsWithoutAProfileAreShownAndAdopted()
{
    FakeSession session;
    const auto gone = u"lost|desk|login.example.org/old"_s;
    session.lostList = {{.id = gone,
                         .name = u"desk"_s,
                         .issuer = u"https://login.example.org/old"_s,
                         .clientId = u"desk"_s,
                         .isLost = true}};
    session.accountList = {fakeAccount(u"ada@example.org"_s), fakeAccount(u"alan@example.org"_s, 3600, gone)};
    Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    auto *page = qobject_cast<AccountsPage *>(window.page(u"accounts"_s));
    auto *tree = page->findChild<QTreeView *>();
    const auto group = tree->model()->index(tree->model()->rowCount() - 1, 0);
    QCOMPARE(group.data().toString(), u"Without a profile: desk"_s);
    QVERIFY(group.data(Qt::ToolTipRole).toString().contains("login.example.org/old"_L1));
    const auto adopt = [&window] {
        for (auto *candidate : window.findChildren<QPushButton *>()) {
            if (candidate->accessibleName() == "Make a profile of it"_L1)
                return candidate;
        }
        return static_cast<QPushButton *>(nullptr);
    };
    QVERIFY(adopt() && !adopt()->isVisible());
    page->selectAccount(gone, session.accountList.at(1).account.id);
    QVERIFY(adopt()->isVisible());
    picture(window, u"window-without-profile"_s);
    Theme::of(ThemeKind::Dark).apply(*qApp);
    picture(window, u"window-without-profile-dark"_s);
    Theme::of(ThemeKind::Light).apply(*qApp);
    // It can be signed out like any other.
    window.actionRegistry().find(u"account.sign_out"_s)->trigger();
    const auto *dialog = window.findChild<SignOutDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->request().profileId, gone);
    adopt()->click();
    QCOMPARE(session.adopted, QStringList{gone});
    // Its tokens are among all tokens.
    auto *tokens = window.page(u"tokens"_s);
    const auto *table = tokens->findChild<QTableView *>();
    QCOMPARE(table->model()->rowCount(), int(session.accountList.at(0).tokens.size() * 2));
}

void TestWorkbench::theClockIsComparedWithTheProviders_data()
{
    QTest::addColumn<int>("milliseconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("ahead") << 400 << u"Clock +0.4 s"_s;
    QTest::newRow("behind") << -1200 << u"Clock −1.2 s"_s;
    QTest::newRow("far away") << 600000 << u"Clock +600.0 s"_s;
}

void TestWorkbench::theClockIsComparedWithTheProviders()
{
    QFETCH(int, milliseconds);
    QFETCH(QString, text);
    FakeSession session;
    Workbench workbench(session);
    workbench.window().show();
    QVERIFY(!cell(workbench.window(), u"Clock"_s));
    session.clockState =
        ClockState{std::chrono::milliseconds(milliseconds), u"login.example.org"_s, QDateTime::currentDateTimeUtc()};
    Q_EMIT session.clockChanged();
    const auto *clock = cell(workbench.window(), u"Clock"_s);
    QVERIFY(clock && clock->isVisible());
    QCOMPARE(clock->text(), text);
    QVERIFY(clock->toolTip().contains("login.example.org"_L1));
}

void TestWorkbench::aNarrowWindowFoldsTheList()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s), fakeAccount(u"grace@example.org"_s)};
    Workbench workbench(session);
    auto &window = workbench.window();
    window.resize(1200, 700);
    window.show();
    auto *page = window.page(u"accounts"_s);
    auto *side = page->findChild<FoldingSide *>();
    auto *tree = page->findChild<QTreeView *>();
    QVERIFY(!side->isFolded());
    QVERIFY(tree->isVisible());
    window.resize(950, 700);
    QTRY_VERIFY(side->isFolded());
    QVERIFY(!tree->isVisible());
    QVERIFY(side->button()->isVisible());
    QVERIFY(side->button()->text().contains("ada@example.org"_L1));
    QVERIFY(page->focusStops().contains(side->button()));
    picture(window, u"window-folded"_s);
    side->button()->click();
    QVERIFY(tree->isVisible());
    // Choosing folds it up again, and the choice counts.
    const auto group = tree->model()->index(0, 0);
    const auto second = tree->model()->index(1, 0, group);
    tree->setCurrentIndex(second);
    Q_EMIT tree->clicked(second);
    QVERIFY(!tree->isVisible());
    QVERIFY(side->button()->text().contains("grace@example.org"_L1));
    window.resize(1200, 700);
    QTRY_VERIFY(!side->isFolded());
    QVERIFY(tree->isVisible());
    QVERIFY(!side->button()->isVisible());
}

void TestWorkbench::aTokenGetsAWindowOfItsOwn()
{
    FakeSession session;
    Workbench workbench(session);
    workbench.window().show();
    auto &inspector = workbench.inspector();
    auto *action = workbench.window().actionRegistry().find(u"token.tear_off"_s);
    QVERIFY(!action->isEnabled());
    QVERIFY(!inspector.tearOff());
    const auto samples = sampleTokens(QDateTime::currentDateTimeUtc());
    const QByteArray two = samples.at(0).token + ' ' + samples.at(1).token;
    QSignalSpy opened(&inspector, &InspectorPage::opened);
    inspector.inspect(Secret::copyOf(two));
    QTRY_COMPARE(opened.size(), 1);
    QCOMPARE(inspector.tokenCount(), 2);
    QVERIFY(action->isEnabled());
    workbench.window().setMasked(true);
    QPointer<TokenWindow> torn = inspector.tearOff();
    QVERIFY(torn && torn->isVisible());
    QCOMPARE(inspector.tokenCount(), 1);
    QVERIFY(!torn->view()->isVerified());
    picture(*torn, u"token-window"_s);
    // The last one leaves an empty page, ready for another.
    QPointer<TokenWindow> second = inspector.tearOff();
    QVERIFY(second);
    QVERIFY(inspector.isEmpty());
    torn->close();
    QTRY_VERIFY(!torn);
    workbench.window().setMasked(false); // only the living are told
    QVERIFY(second);
}

void TestWorkbench::aTornOffTokenGoesWithTheWindow()
{
    FakeSession session;
    QPointer<TokenWindow> torn;
    {
        Workbench workbench(session);
        workbench.window().show();
        QSignalSpy opened(&workbench.inspector(), &InspectorPage::opened);
        workbench.inspector().inspect(Secret::copyOf(sampleTokens(QDateTime::currentDateTimeUtc()).at(0).token));
        QTRY_COMPARE(opened.size(), 1);
        torn = workbench.inspector().tearOff();
        QVERIFY(torn);
    }
    QVERIFY(!torn);
}

void TestWorkbench::hidingEverythingLeavesNoTokenOnTheScreen()
{
    FakeSession session;
    session.foreignPaths = {u"/home/ada/.azure/msal_token_cache.json"_s};
    session.readForeign = [](const QString &path) { return Result<ForeignContent>(foreignContent(path)); };
    Workbench workbench(session);
    workbench.window().show();
    QSignalSpy opened(&workbench.inspector(), &InspectorPage::opened);
    workbench.inspector().inspect(Secret::copyOf(sampleTokens(QDateTime::currentDateTimeUtc()).at(0).token));
    QTRY_COMPARE(opened.size(), 1);
    const QPointer<TokenWindow> torn = workbench.inspector().tearOff();
    QVERIFY(torn);
    workbench.window().actionRegistry().find(u"tools.foreign_cache"_s)->trigger();
    const auto *dialog = workbench.window().findChild<ForeignCacheDialog *>();
    const auto *model = dialog->findChild<QTableView *>()->model();
    const auto isNamed = [model] {
        for (int row = 0; row < model->rowCount(); ++row) {
            for (int column = 0; column < model->columnCount(); ++column) {
                if (model->index(row, column).data().toString().contains("ada@"_L1))
                    return true;
            }
        }
        return false;
    };
    QTRY_VERIFY(isNamed());
    workbench.hideEverything();
    QVERIFY(!isNamed());
    QTRY_VERIFY(!torn);
}

void TestWorkbench::dialogsHideNamesWithTheWindow()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    window.setMasked(true);
    workbench.signOut(session.accountList.at(0));
    workbench.getToken(session.accountList.at(0));
    const auto *out = window.findChild<SignOutDialog *>();
    const auto *get = window.findChild<GetTokenDialog *>();
    const auto *account = get->findChild<QComboBox *>();
    QVERIFY(!out->windowTitle().contains("ada"_L1) && !account->itemText(0).contains("ada"_L1));
    const auto *dialog = workbench.signIn({.profileId = u"lab"_s});
    session.attempt(SignInWay::Browser)->succeed(fakeOutcome());
    QVERIFY(!dialog->stateText().contains("ada"_L1));
    window.setMasked(false);
    QVERIFY(out->windowTitle().contains("ada"_L1) && account->itemText(0).contains("ada"_L1));
    // What is asked for is asked for the same one.
    QCOMPARE(get->request().account, session.accountList.at(0).account.id);
}

//! c.0.3: every wait has a name and a Cancel.
void TestWorkbench::aRefreshHasANameAndCanBeStopped()
{
    FakeSession session;
    session.accountList = manyFakeAccounts(2);
    Workbench workbench(session);
    workbench.start(false);
    auto &window = workbench.window();
    const auto *text = window.findChild<QLabel *>(u"refreshing"_s);
    QVERIFY(text && !text->isVisible());
    workbench.refresh(session.accountList.at(0));
    const QPointer<FakeAttempt> first = session.last;
    QVERIFY(text->isVisible());
    QVERIFY(text->text().contains(session.accountList.at(0).account.username));
    QVERIFY(text->text().contains("login.example.org"_L1));
    picture(window, u"c2-refreshing"_s);
    window.setMasked(true);
    QVERIFY(!text->text().contains(session.accountList.at(0).account.username));
    workbench.refresh(session.accountList.at(1));
    const QPointer<FakeAttempt> second = session.last;
    QVERIFY(text->text().contains("2 account"_L1));
    QToolButton *stop = nullptr;
    for (auto *button : window.findChildren<QToolButton *>()) {
        if (button->accessibleName() == "Stop getting a new token"_L1 && button->isVisible())
            stop = button;
    }
    QVERIFY(stop);
    stop->click();
    QCOMPARE(first->cancels, 1);
    QCOMPARE(second->cancels, 1);
    QVERIFY(!text->isVisible());
    QVERIFY(window.statusBar()->currentMessage().contains("no new token was stored"_L1));
}

//! c.0.5.
void TestWorkbench::theCommandOfAnAccountIsCopiedByItsKeys()
{
    FakeSession session;
    session.accountList = manyFakeAccounts(1);
    Workbench workbench(session);
    workbench.start(false);
    QVERIFY(QTest::qWaitForWindowActive(&workbench.window()));
    workbench.window().findChild<AccountsPage *>()->selectAccount(u"lab"_s, session.accountList.at(0).account.id);
    QGuiApplication::clipboard()->clear();
    QTest::keyClick(&workbench.window(), Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(QGuiApplication::clipboard()->text().startsWith("countersign token"_L1));
    QVERIFY(workbench.window().statusBar()->currentMessage().startsWith("Copied"_L1));
}

void TestWorkbench::theTrayOffersNoRefreshThatCannotBe()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    Notifier notifier(session);
    Tray tray(session, notifier);
    const auto isOffered = [&tray] {
        Q_EMIT tray.menu()->aboutToShow();
        for (auto *action : tray.menu()->actions().at(0)->menu()->actions()) {
            if (action->text() == "Refresh now"_L1)
                return action->isEnabled();
        }
        return false;
    };
    QVERIFY(isOffered());
    session.isSwitchedOff = true;
    QVERIFY(!isOffered());
}

void TestWorkbench::aProgramThatStartedHiddenEndsWithItsWindow()
{
    FakeSession session;
    Workbench workbench(session);
    workbench.setTray(true, false);
    workbench.start(true);
    // Without a tray it is not hidden.
    QCOMPARE(workbench.window().isVisible(), QGuiApplication::quitOnLastWindowClosed());
    workbench.setTray(true, false); // the settings changed meanwhile
    QCOMPARE(workbench.window().isVisible(), QGuiApplication::quitOnLastWindowClosed());
    workbench.window().raiseToFront();
    QVERIFY(QGuiApplication::quitOnLastWindowClosed());
}

void TestWorkbench::aMovedStoreIsSaidUntilTheProgramStartsAnew()
{
    FakeSession session;
    Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    QSignalSpy restart(&workbench, &Workbench::restartRequested);
    Q_EMIT session.restartNeeded();
    window.showProblem(Error{ErrorCode::TimedOut, u"x"_s});
    window.dismissProblem();
    QPushButton *button = nullptr;
    for (auto *candidate : window.findChildren<QPushButton *>()) {
        if (candidate->accessibleName() == "Start anew"_L1)
            button = candidate;
    }
    QVERIFY(button);
    QTRY_VERIFY(button->isVisible());
    button->click();
    QCOMPARE(restart.size(), 1);
}

void TestWorkbench::withoutAKeychainAnotherPlaceIsOffered()
{
    FakeSession session;
    Workbench workbench(session);
    workbench.window().show();
    QSignalSpy settings(&workbench, &Workbench::settingsRequested);
    const QPointer<SignInDialog> dialog = workbench.signIn({.profileId = u"lab"_s});
    session.attempt(SignInWay::Browser)
        ->fail(Error{ErrorCode::StorageUnavailable, ErrorCause::StoreMissing, u"none"_s});
    QVERIFY(clickNamed(*dialog, u"Choose another place"_s));
    QCOMPARE(settings.size(), 1);
    QCOMPARE(settings.at(0).at(0).toString(), u"storage"_s);
    QTRY_VERIFY(!dialog);
}

void TestWorkbench::moreIsAskedForTheSameAccount()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s), fakeAccount(u"grace@example.org"_s)};
    Workbench workbench(session);
    workbench.window().show();
    auto *page = qobject_cast<AccountsPage *>(workbench.window().page(u"accounts"_s));
    page->selectAccount(u"lab"_s, session.accountList.at(1).account.id);
    page->findChild<QTabWidget *>()->setCurrentIndex(2);
    QVERIFY(clickNamed(*page, u"Ask for more"_s));
    const auto *form = workbench.window().findChild<SignInForm *>();
    QVERIFY(form);
    QCOMPARE(form->request().profileId, u"lab"_s);
    QCOMPARE(form->request().loginHint, u"grace@example.org"_s);
    // Only where there is a page for it.
    for (const auto *button : page->findChildren<QPushButton *>())
        QVERIFY(!button->accessibleName().contains("consent"_L1) || !button->isVisibleTo(page));
}

void TestWorkbench::aProfileMayBeImportedInsteadOfSigningIn()
{
    FakeSession session;
    Workbench workbench(session);
    workbench.window().show();
    QSignalSpy import(&workbench, &Workbench::importRequested);
    const QPointer<SignInForm> form = workbench.askForSignIn(u"lab"_s);
    QVERIFY(clickNamed(*form, u"Import a profile"_s));
    QCOMPARE(import.size(), 1);
    QTRY_VERIFY(!form);
    QVERIFY(session.signIns.isEmpty());
}

void TestWorkbench::aForeignCacheIsShownWithoutATokenAndMasked()
{
    FakeSession session;
    session.foreignPaths = {u"/home/ada/.azure/msal_token_cache.json"_s};
    session.readForeign = [](const QString &path) { return Result<ForeignContent>(foreignContent(path)); };
    const std::unique_ptr<ForeignCacheDialog> dialog(new ForeignCacheDialog(session, false));
    dialog->show();
    auto *table = dialog->findChild<QTableView *>();
    const QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::QtTest);
    QTRY_COMPARE(table->model()->rowCount(), 4);
    QVERIFY(dialog->summary().contains("4"_L1));
    picture(*dialog, u"foreign-cache"_s);
    const std::unique_ptr<ForeignCacheDialog> masked(new ForeignCacheDialog(session, true));
    auto *hidden = masked->findChild<QTableView *>();
    QTRY_COMPARE(hidden->model()->rowCount(), 4);
    for (int row = 0; row < hidden->model()->rowCount(); ++row) {
        for (int column = 0; column < CacheModel::ColumnCount; ++column)
            QVERIFY(!hidden->model()->index(row, column).data().toString().contains("ada@"_L1));
    }
}

void TestWorkbench::aForeignCacheThatCannotBeReadSaysWhy_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("text");
    QTest::newRow("encrypted") << ErrorCode::NotSupported << u"encrypted"_s;
    QTest::newRow("no cache") << ErrorCode::StorageDamaged << u"no cache"_s;
    QTest::newRow("unreadable") << ErrorCode::StorageUnavailable << u"cannot be read"_s;
}

void TestWorkbench::aForeignCacheThatCannotBeReadSaysWhy()
{
    QFETCH(ErrorCode, code);
    QFETCH(QString, text);
    FakeSession session;
    session.readForeign = [code](const QString &) { return Result<ForeignContent>(Error{code, u"x"_s}); };
    const std::unique_ptr<ForeignCacheDialog> dialog(new ForeignCacheDialog(session, false));
    QVERIFY(dialog->summary().contains("No cache of another program"_L1));
    dialog->look(u"/somewhere"_s);
    QTRY_VERIFY2(dialog->summary().contains(text), qPrintable(dialog->summary()));
}

void TestWorkbench::theWindowMayBeClosedWhileAForeignCacheIsRead()
{
    FakeSession session;
    session.foreignPaths = {u"/somewhere"_s};
    int reads = 0;
    session.readForeign = [&reads](const QString &path) {
        ++reads;
        return Result<ForeignContent>(foreignContent(path));
    };
    {
        Workbench workbench(session);
        workbench.window().show();
        workbench.window().actionRegistry().find(u"tools.foreign_cache"_s)->trigger();
        QVERIFY(workbench.window().findChild<ForeignCacheDialog *>());
        workbench.window().close();
    }
    QCoreApplication::processEvents();
    QCOMPARE(reads, 0); // its answer died with it
}

void TestWorkbench::theWindowMayBeClosedDuringAnyOperation_data()
{
    QTest::addColumn<Step>("begin");
    QTest::addColumn<Step>("isPending");
    const auto row = [](const char *name, Step begin, Step isPending) {
        QTest::newRow(name) << std::move(begin) << std::move(isPending);
    };
    const Step hasAttempt = [](Workbench &, FakeSession &session) { return !session.last.isNull(); };
    const Step isFetching = [](Workbench &, FakeSession &session) {
        return session.fetched == QStringList{u"at:ada@example.org"_s};
    };
    row(
        "sign-in",
        [](Workbench &workbench, FakeSession &) { return workbench.signIn({.profileId = u"lab"_s}) != nullptr; },
        [](Workbench &, FakeSession &session) { return session.attempt(SignInWay::Browser) != nullptr; });
    row(
        "the way back is tested",
        [](Workbench &workbench, FakeSession &session) { return testTheWayBack(workbench, session); },
        [](Workbench &, FakeSession &session) { return session.testedReturns.size() == 1; });
    row(
        "get token",
        [](Workbench &workbench, FakeSession &session) {
            workbench.getToken(session.accountList.at(0));
            const auto *dialog = workbench.window().findChild<GetTokenDialog *>();
            return dialog && clickNamed(*dialog, u"Get token"_s) && session.tokenRequests.size() == 1;
        },
        hasAttempt);
    row(
        "refresh",
        [](Workbench &workbench, FakeSession &session) {
            workbench.refresh(session.accountList.at(0));
            return session.tokenRequests.size() == 1;
        },
        hasAttempt);
    row(
        "sign-out",
        [](Workbench &workbench, FakeSession &session) {
            workbench.signOut(session.accountList.at(0));
            const auto *dialog = workbench.window().findChild<SignOutDialog *>();
            return dialog && clickNamed(*dialog, u"Sign out"_s) && session.signOuts.size() == 1;
        },
        hasAttempt);
    const auto withToken = [](auto act) -> Step {
        return [act](Workbench &workbench, FakeSession &) {
            act(workbench, u"at:ada@example.org"_s);
            return true;
        };
    };
    row("a token is inspected", withToken([](Workbench &at, const QString &id) { at.inspectToken(id); }), isFetching);
    row("a token is copied", withToken([](Workbench &at, const QString &id) { at.copyToken(id); }), isFetching);
    row("a token is copied redacted", withToken([](Workbench &at, const QString &id) { at.copyRedacted(id); }),
        isFetching);
    row(
        "a pasted token is read",
        [](Workbench &workbench, FakeSession &) {
            workbench.inspector().inspect(Secret::copyOf(sampleTokens(QDateTime::currentDateTimeUtc()).at(0).token));
            return true;
        },
        [](Workbench &workbench, FakeSession &) { return workbench.inspector().tokenCount() == 0; });
}

void TestWorkbench::theWindowMayBeClosedDuringAnyOperation()
{
    QFETCH(const Step, begin);
    QFETCH(const Step, isPending);
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    auto workbench = std::make_unique<Workbench>(session);
    workbench->window().show();
    QVERIFY(begin(*workbench, session));
    QVERIFY(isPending(*workbench, session));
    workbench->window().close();
    workbench.reset();
    // What was under way comes to its end, and there is nobody to tell.
    const QList<QPointer<FakeAttempt>> attempts{session.last, session.byWay[0], session.byWay[1], session.byWay[2]};
    for (const auto &attempt : attempts) {
        if (attempt)
            attempt->succeed(fakeOutcome());
    }
    QTest::qWait(30);
}

QTEST_MAIN(TestWorkbench)
#include "tst_workbench.moc"

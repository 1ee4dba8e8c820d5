// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounttest.h"
#include "picture.h"

#include "accounts/accountpanel.h"
#include "accounts/accountspage.h"
#include "accounts/foundhere.h"
#include "accounts/welcomepage.h"
#include "models/accountmodel.h"
#include "models/alltokensmodel.h"
#include "models/historymodel.h"
#include "models/permissionmodel.h"
#include "models/tokenmodel.h"
#include "signin/signindialog.h"
#include "widgets/banner.h"
#include "window/actions.h"
#include "window/mainwindow.h"
#include "window/workbench.h"

#include <QtGui/QAction>
#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTreeView>

using namespace CountersignTest;
using namespace Qt::StringLiterals;
using Countersign::Error;
using Countersign::ErrorCode;
namespace Desktop = Countersign::Desktop;

namespace {

bool says(const QWidget &root, const QString &text)
{
    const auto labels = root.findChildren<QLabel *>();
    return std::any_of(labels.cbegin(), labels.cend(), [&](const QLabel *label) {
        return label->isVisibleTo(&root) && label->text().remove(QChar(0x2068)).remove(QChar(0x2069)).contains(text);
    });
}

} // namespace

class TestAccounts : public AccountTest
{
    Q_OBJECT
private Q_SLOTS:
    void theModelsKeepTheirContract();
    void theStateOfAnAccountIsWhatItsPersonHasToKnow_data();
    void theStateOfAnAccountIsWhatItsPersonHasToKnow();
    void whatIsChosenStaysChosenWhenOthersChange();
    void noRoleEverCarriesAToken();
    void maskingHidesNames();
    void withoutAccountsThePageSaysHowToBegin();
    void nobodyKeepsTheWelcomeWhileThereAreAccounts();
    void whatOthersKnowIsOffered();
    void whereNothingIsFoundNothingIsShown();
    void aLongLookSaysSoAndCanBeStopped();
    void nobodyLooksWhileAccountsMayCome();
    void thePlaceOfTheTokensCanBeTested();
    void aWideListLeavesRoomForTheAccount();
    void theAccountIsShownWithAllItsSides();
    void tenThousandAccountsScroll();
    void oneThatFetchesATokenIsOneLinesNews();
    void aSecondSignInJoinsTheFirst();
    void refreshingSaysHowItWent();
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
    // RFC 6749 5.2: nothing follows the access token that is still good.
    QTest::newRow("refused, but still good")
        << 3600 << true << true << false << int(Desktop::AccountState::NeedsSignIn);
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

void TestAccounts::aWideListLeavesRoomForTheAccount()
{
    FakeSession session;
    session.accountList = someAccounts();
    Desktop::AccountsPage page(session);
    page.resize(1320, 620);
    page.selectAccount(u"lab"_s, session.accountList.constFirst().account.id);
    page.show();
    auto *splitter = page.findChild<QSplitter *>();
    QTRY_COMPARE(splitter->count(), 2);
    splitter->setSizes({800, 320});
    auto kept = page.saveState();
    QVERIFY(kept.contains(u"splitter"_s));
    page.restoreState(kept);
    page.resize(1300, 620);
    QTRY_VERIFY(splitter->widget(0)->width() <= page.width() * 2 / 5);
    QVERIFY(splitter->widget(1)->width() >= page.width() / 2);
    const auto *tabs = page.findChild<Desktop::AccountPanel *>()->tabs()->tabBar();
    QTRY_VERIFY(tabs->tabRect(tabs->count() - 1).right() <= tabs->width());
    picture(page, u"accounts-wide-list"_s);
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

void TestAccounts::nobodyKeepsTheWelcomeWhileThereAreAccounts()
{
    FakeSession session;
    Desktop::AccountsPage page(session);
    page.show();
    const QPointer<Desktop::WelcomePage> welcome = page.welcome();
    QVERIFY(welcome);
    session.setAccounts({fakeAccount(u"ada@example.org"_s)});
    QTRY_VERIFY(!welcome);
    QVERIFY(!page.findChild<Desktop::WelcomePage *>());
    // The last one leaves, and it is there again.
    session.setAccounts({});
    QTRY_VERIFY(page.findChild<Desktop::WelcomePage *>());
    QVERIFY(page.welcome()->isVisibleTo(&page));
}

void TestAccounts::whatOthersKnowIsOffered()
{
    FakeSession session;
    session.findings = fakeFindings();
    Desktop::AccountsPage page(session);
    page.resize(980, 720);
    page.show();
    page.lookAround();
    auto *here = page.findChild<Desktop::FoundHere *>();
    QTRY_VERIFY(here->isVisible());
    QVERIFY(says(*here, u"Client R7mXk2 at contoso.eu.auth0.com"_s));
    QVERIFY(says(*here, u"Token cache of Azure CLI"_s));
    QVERIFY(says(*here, u"ada@contoso.com"_s));
    QVERIFY(says(*here, u"Already there: Keycloak lab"_s));
    QVERIFY(says(*here, u"Only named: encrypted"_s));
    QVERIFY(says(*here, u"wlcg"_s));
    picture(page, u"d1-found"_s);
    // Two are new; what comes of it is decided in the import's table.
    QSignalSpy wanted(&page, &Desktop::AccountsPage::importRequested);
    button(page, u"Import 2 profile(s)"_s)->click();
    QCOMPARE(wanted.size(), 1);
    QCOMPARE(wanted.at(0).at(0).value<QList<Countersign::LocalFinding>>().size(), 4);
    page.setMasked(true);
    QVERIFY(!says(*here, u"ada@contoso.com"_s));
    // Imported: nothing is new any more.
    for (const auto &finding : fakeFindings()) {
        if (finding.profile)
            session.profileList.append({.id = finding.profile->profile.clientId,
                                        .name = finding.profile->profile.name,
                                        .issuer = finding.profile->profile.issuer,
                                        .clientId = finding.profile->profile.clientId});
    }
    Q_EMIT session.profilesChanged();
    QTRY_VERIFY(says(*here, u"Already there: Auth0"_s));
    QVERIFY(!button(page, u"Import 0 profile(s)"_s));
}

void TestAccounts::whereNothingIsFoundNothingIsShown()
{
    FakeSession session;
    Desktop::AccountsPage page(session);
    page.show();
    page.lookAround();
    QTRY_COMPARE(session.looks, 1);
    QTRY_VERIFY(!session.search);
    QVERIFY(!page.findChild<Desktop::FoundHere *>()->isVisible());
}

void TestAccounts::aLongLookSaysSoAndCanBeStopped()
{
    FakeSession session;
    session.findings.reset();
    Desktop::AccountsPage page(session);
    page.show();
    page.lookAround();
    auto *here = page.findChild<Desktop::FoundHere *>();
    QTRY_VERIFY(here->isVisible());
    QVERIFY(says(*here, u"Looking for what other programs know"_s));
    button(page, u"Stop"_s)->click();
    QTRY_VERIFY(!session.search);
    QVERIFY(!here->isVisible());
    here->look();
    session.search->answer(Error{ErrorCode::TimedOut, u"late"_s});
    QTRY_VERIFY(says(*here, u"took too long"_s));
    QTRY_VERIFY(!session.search);
    session.findings = fakeFindings();
    button(page, u"Look again"_s)->click();
    QTRY_VERIFY(says(*here, u"Already there"_s));
    QVERIFY(!says(*here, u"took too long"_s));
    // Whoever goes away while it looks is not told of it.
    session.findings.reset();
    here->look();
}

void TestAccounts::nobodyLooksWhileAccountsMayCome()
{
    FakeSession session;
    session.storeState.kind = Desktop::StoreState::Kind::Opening;
    Desktop::AccountsPage page(session);
    page.show();
    page.lookAround();
    QTest::qWait(20);
    QCOMPARE(session.looks, 0);
    session.storeState.kind = Desktop::StoreState::Kind::Open;
    Q_EMIT session.storeChanged();
    session.setAccounts(someAccounts());
    QTest::qWait(20);
    QCOMPARE(session.looks, 0);
    // And when the last one has signed out, there is room for it.
    session.setAccounts({});
    QTRY_COMPARE(session.looks, 1);
}

void TestAccounts::thePlaceOfTheTokensCanBeTested()
{
    FakeSession session;
    session.returnResult = Error{ErrorCode::StorageUnavailable, Countersign::ErrorCause::StoreLocked, u"locked"_s};
    Desktop::AccountsPage page(session);
    page.show();
    auto *test = button(page, u"Test where tokens are kept"_s);
    test->click();
    QVERIFY(says(page, u"Writing, reading back"_s));
    QTRY_VERIFY(says(page, u"locked"_s));
    session.returnResult = {};
    test->click();
    QTRY_VERIFY(says(page, u"Verified at"_s));
    QCOMPARE(session.storeTests, 2);
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
    // The badge says how many there are, and how many of them wait for their person.
    QCOMPARE(page.badge(), (Desktop::Badge{.count = int(session.accountList.size()), .waiting = 1}));
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

void TestAccounts::oneThatFetchesATokenIsOneLinesNews()
{
    FakeSession session;
    session.accountList = manyFakeAccounts(10'000);
    Desktop::AccountsPage page(session);
    page.resize(900, 600);
    page.show();
    auto *tree = page.findChild<QTreeView *>();
    QCoreApplication::processEvents();
    const auto chosen = session.accountList.at(5000);
    page.selectAccount(chosen.profileId, chosen.account.id);
    // Whatever hangs on the list hears of one line, and of nothing that would have it sorted or filtered anew.
    const auto *model = page.findChild<Desktop::AccountModel *>();
    QSignalSpy changes(model, &QAbstractItemModel::dataChanged);
    QSignalSpy shownChanges(tree->model(), &QAbstractItemModel::dataChanged);
    QSignalSpy badges(&page, &Desktop::Page::badgeChanged);
    std::vector<std::unique_ptr<QSignalSpy>> others;
    for (const QAbstractItemModel *each :
         {static_cast<const QAbstractItemModel *>(model), static_cast<const QAbstractItemModel *>(tree->model())}) {
        others.push_back(std::make_unique<QSignalSpy>(each, &QAbstractItemModel::modelReset));
        others.push_back(std::make_unique<QSignalSpy>(each, &QAbstractItemModel::layoutChanged));
        others.push_back(std::make_unique<QSignalSpy>(each, &QAbstractItemModel::rowsInserted));
        others.push_back(std::make_unique<QSignalSpy>(each, &QAbstractItemModel::rowsRemoved));
    }
    QSignalSpy everybody(&session, &Desktop::Session::accountsChanged);
    for (const bool isBusy : {true, false}) {
        session.setBusy(5000, isBusy);
        QCOMPARE(page.currentAccount()->isBusy, isBusy);
        QCOMPARE(changes.size(), 1);
        QVERIFY(shownChanges.size() <= 2); // the line, and the profile that it stands under
        QCOMPARE(changes.at(0).at(0).toModelIndex(), changes.at(0).at(1).toModelIndex());
        QCOMPARE(changes.takeFirst().at(0).toModelIndex().row(), 5000);
        shownChanges.clear();
    }
    for (const auto &other : others)
        QCOMPARE(other->size(), 0);
    QCOMPARE(badges.size(), 0);
    QCOMPARE(everybody.size(), 0);
    // One who waits for its person does not wait while a token is being fetched.
    session.accountList[5000].canRefresh = false;
    session.accountList[5000].tokens.clear();
    session.setAccounts(session.accountList);
    const auto waiting = page.badge().waiting;
    session.setBusy(5000, true);
    QCOMPARE(page.badge().waiting, waiting - 1);
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

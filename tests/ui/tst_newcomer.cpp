// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// What somebody stumbles over who sees the program for the first time.
#include "fakesession.h"
#include "picture.h"
#include "support/clicknamed.h"

#include "accounts/accountpanel.h"
#include "accounts/accountspage.h"
#include "accounts/signoutdialog.h"
#include "inspector/checksview.h"
#include "inspector/inspectorpage.h"
#include "inspector/notoken.h"
#include "inspector/sampletokens.h"
#include "inspector/tokenview.h"
#include "models/accountmodel.h"
#include "models/alltokensmodel.h"
#include "profiles/newprofiledialog.h"
#include "profiles/profilespage.h"
#include "signin/signindialog.h"
#include "signin/signinform.h"
#include "widgets/banner.h"
#include "widgets/theme.h"
#include "window/actions.h"
#include "window/mainwindow.h"
#include "window/pagecommands.h"
#include "window/shortcutsdialog.h"
#include "window/workbench.h"

#include <countersign/jose/jws.h>

#include <QtCore/QTemporaryDir>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QTreeView>
#include <QtWidgets/QTreeWidget>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

Profile labProfile()
{
    Profile profile;
    profile.id = u"lab"_s;
    profile.name = u"Lab"_s;
    profile.issuer = u"https://id.example"_s;
    profile.clientId = u"app"_s;
    profile.audience = u"https://api.example"_s;
    return profile;
}

const Jose::Jwk &key()
{
    static const auto made = Jose::Jwk::generate(Jose::JwkKind::P256, u"k1"_s).value();
    return made;
}

QByteArray signedToken(const QByteArray &extra)
{
    const auto now = QDateTime::currentSecsSinceEpoch();
    const QByteArray claims = R"({"iss":"https://id.example","sub":"ada","aud":"app","iat":)" + QByteArray::number(now)
        + R"(,"exp":)" + QByteArray::number(now + 600) + extra + '}';
    return Jose::signCompact(QByteArrayView(R"({"alg":"ES256","kid":"k1"})"), claims, key()).value();
}

template <typename Widget> Widget *named(const QWidget &parent, const QString &name)
{
    for (auto *each : parent.findChildren<Widget *>()) {
        if (each->accessibleName() == name)
            return each;
    }
    return nullptr;
}

//! Two profiles of the same client, both of which show Ada.
void shareAda(FakeSession &session)
{
    auto second = session.profileList.constFirst();
    second.id = u"second"_s;
    second.name = u"Second desk"_s;
    session.profileList.append(second);
    session.accountList = {fakeAccount(u"ada@example.org"_s), fakeAccount(u"ada@example.org"_s, 3600, u"second"_s)};
}

QString allTexts(const QWidget &root)
{
    QString all;
    for (const auto *label : root.findChildren<QLabel *>())
        all += label->text() + u'\n';
    return all;
}

} // namespace

class TestNewcomer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::of(ThemeKind::Light).apply(*qApp); }
    void theSignInWindowCanBeCalledToTheFront();
    void anAccountOfTwoProfilesSaysSo();
    void whoeverWasRefusedNeedsToSignInAndKeepsTheToken();
    void whatIsLockedOrBlockedSaysSo();
    void theBannerNamesWhatIsMissing();
    void theChosenProfileSaysForWhom();
    void theIdTokenIsWhatASignInShows();
    void aNewProfileIsFilledInFromTopToBottom_data();
    void aNewProfileIsFilledInFromTopToBottom();
    void thePaletteLeadsToEveryButtonOfEveryPage();
    void thePaletteBringsAButtonIntoSight();
    void withoutABrowserTheLinkIsStillThere();
    void signingInBeginsWithTheChosenAccount();
    void whatCannotBeChosenSaysWhy();
    void namesAreHiddenWhereverSomebodySignsIn();
    void theAccountThatWasChosenIsChosenAgain();
    void theKeyboardBeginsInTheList();
    void theKeysAreListed();
    void whatIsNoTokenIsSaidToBeNone_data();
    void whatIsNoTokenIsSaidToBeNone();
    void whoTypesIsNotCutOff();
    void anotherProfileLeavesTheChosenAccountChosen();
    void aChosenProfileStaysChosenWhileItsAccountIsThere();
    void whoSignsInFromTheProfilesMeansTheChosenOne();
    void aNewProfileIsBegunWithItsProvider();
    void aRowStaysChosenWhereverSomebodyClicks();
    void aTokenOfTwoProfilesIsListedOnce();
};

void TestNewcomer::anotherProfileLeavesTheChosenAccountChosen()
{
    FakeSession session;
    auto second = session.profileList.constFirst();
    second.id = u"sand-b"_s;
    second.clientId = u"other"_s;
    session.profileList.append(second);
    const auto alan = fakeAccount(u"alan@example.org"_s, 3600, u"sand-b"_s);
    session.accountList = {fakeAccount(u"ada@example.org"_s), alan};
    AccountsPage page(session);
    page.selectAccount(u"sand-b"_s, alan.account.id);
    QCOMPARE(page.currentAccount()->account.username, u"alan@example.org"_s);
    for (const int place : {0, 2, 3}) {
        auto another = second;
        another.id = u"another%1"_s.arg(place);
        session.profileList.insert(place, another);
        Q_EMIT session.profilesChanged();
        QCOMPARE(page.currentAccount()->account.username, u"alan@example.org"_s);
        QCOMPARE(page.findChild<QTreeView *>()->currentIndex().data().toString(), u"alan@example.org"_s);
    }
    // And when so many accounts come that the list begins anew.
    session.setAccounts(manyFakeAccounts(300) + QList{alan});
    QCOMPARE(page.currentAccount()->account.username, u"alan@example.org"_s);
}

void TestNewcomer::aChosenProfileStaysChosenWhileItsAccountIsThere()
{
    FakeSession session;
    auto second = session.profileList.constFirst();
    second.id = u"sand-b"_s;
    second.clientId = u"other"_s;
    session.profileList.append(second);
    const auto ada = fakeAccount(u"ada@example.org"_s);
    const auto alan = fakeAccount(u"alan@example.org"_s, 3600, u"sand-b"_s);
    session.accountList = {ada, alan};
    AccountsPage page(session);
    auto *tree = page.findChild<QTreeView *>();
    const auto *model = tree->model();
    QVERIFY(page.currentAccount());
    tree->setCurrentIndex(model->index(1, 0));
    Q_EMIT session.networkChanged(); // as often as the clock does
    QCOMPARE(tree->currentIndex(), model->index(1, 0));
    QVERIFY(!page.currentAccount());
    // Whoever's account goes is shown another one instead of nobody's.
    page.selectAccount(u"sand-b"_s, alan.account.id);
    session.setAccounts({ada});
    QVERIFY(page.currentAccount());
    QCOMPARE(page.currentAccount()->account.username, u"ada@example.org"_s);
}

void TestNewcomer::whoSignsInFromTheProfilesMeansTheChosenOne()
{
    FakeSession session;
    auto second = session.profileList.constFirst();
    second.id = u"second"_s;
    second.name = u"Second desk"_s;
    session.profileList.append(second);
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    QTemporaryDir folder;
    ProfileStore store(folder.filePath(u"p.json"_s));
    for (const auto &id : {u"lab"_s, u"second"_s}) {
        auto profile = labProfile();
        profile.id = id;
        QVERIFY(store.put(profile));
    }
    Workbench workbench(session);
    auto &window = workbench.window();
    auto *profiles = new ProfilesPage(store, nullptr);
    window.addPage(profiles);
    window.show();
    const auto asked = [&window] {
        window.actionRegistry().find(u"account.sign_in"_s)->trigger();
        auto *form = window.findChild<SignInForm *>();
        const auto *choice = form ? named<QComboBox>(*form, u"Profile"_s) : nullptr;
        const auto name = choice ? choice->currentText() : QString();
        delete form;
        return name;
    };
    window.showPage(profiles);
    profiles->select(u"second"_s);
    QVERIFY2(asked().contains("Second desk"_L1), qPrintable(asked()));
    window.showPage(window.page(u"accounts"_s));
    QVERIFY2(asked().contains("Keycloak lab"_L1), qPrintable(asked()));
}

void TestNewcomer::aNewProfileIsBegunWithItsProvider()
{
    QTemporaryDir folder;
    ProfileStore store(folder.filePath(u"p.json"_s));
    ProfilesPage page(store, nullptr);
    page.show();
    page.createProfile(u"oidc"_s);
    const auto *dialog = page.findChild<NewProfileDialog *>();
    QVERIFY(dialog);
    QCOMPARE(dialog->focusWidget(), named<QComboBox>(*dialog, u"Provider"_s));
}

void TestNewcomer::aRowStaysChosenWhereverSomebodyClicks()
{
    QTemporaryDir folder;
    ProfileStore store(folder.filePath(u"p.json"_s));
    QVERIFY(store.put(labProfile()));
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    Workbench workbench(session);
    auto &window = workbench.window();
    auto *profiles = new ProfilesPage(store, nullptr);
    window.addPage(profiles);
    window.resize(1180, 740);
    window.show();
    const QList<QAbstractItemView *> lists{window.findChild<QListWidget *>(u"rail"_s),
                                           named<QListView>(*profiles, u"Profiles"_s),
                                           named<QTreeView>(window, u"Accounts by profile"_s)};
    for (auto *list : lists) {
        QVERIFY(list);
        window.showPage(lists.indexOf(list) == 2 ? window.page(u"accounts"_s) : profiles);
        QCoreApplication::processEvents();
        const QPoint beside(list->viewport()->width() / 2, list->viewport()->height() - 4);
        QVERIFY(!list->indexAt(beside).isValid());
        const auto chosen = list->currentIndex();
        const auto isChosen = [list, &chosen] {
            return list->currentIndex() == chosen && list->selectionModel()->isSelected(chosen);
        };
        QVERIFY2(isChosen(), qPrintable(list->accessibleName()));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, beside);
        QVERIFY2(isChosen(), qPrintable(list->accessibleName()));
        QTest::mousePress(list->viewport(), Qt::LeftButton, {}, beside);
        QTest::mouseMove(list->viewport(), beside - QPoint(40, 20));
        QTest::mouseRelease(list->viewport(), Qt::LeftButton, {}, beside - QPoint(40, 20));
        QVERIFY2(isChosen(), qPrintable(list->accessibleName()));
        QTest::mouseClick(list->viewport(), Qt::LeftButton, Qt::ControlModifier, list->visualRect(chosen).center());
        QVERIFY2(isChosen(), qPrintable(list->accessibleName()));
    }
}

void TestNewcomer::aTokenOfTwoProfilesIsListedOnce()
{
    FakeSession session;
    shareAda(session);
    AllTokensModel model(session);
    QCOMPARE(model.rowCount(), 2);
    const auto profile = [&model] { return model.index(0, AllTokensModel::ProfileColumn).data().toString(); };
    QCOMPARE(profile(), u"Keycloak lab, Second desk"_s);
    // What changes is taken over without beginning anew.
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    session.profileList[1].name = u"Third desk"_s;
    Q_EMIT session.profilesChanged();
    QCOMPARE(profile(), u"Keycloak lab, Third desk"_s);
    QCOMPARE(reset.size(), 0);
    // Whoever waits for a person waits once, too.
    for (auto &entry : session.accountList) {
        entry.tokens.clear();
        entry.canRefresh = false;
    }
    Q_EMIT session.accountsChanged();
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(AccountModel(session).attentionCount(), 1);
}

void TestNewcomer::theSignInWindowCanBeCalledToTheFront()
{
    FakeSession session;
    const std::unique_ptr<SignInDialog> dialog(
        new SignInDialog(session, {.profileId = u"lab"_s, .way = SignInWay::Embedded}));
    dialog->show();
    session.attempt(SignInWay::Embedded)->enter(Operation::Stage::WaitingForPerson);
    QVERIFY(clickNamed(*dialog, u"Show the sign-in window"_s));
    QCOMPARE(session.attempt(SignInWay::Embedded)->raisings, 1);
    QCOMPARE(session.signIns.size(), 2); // and no second window
}

void TestNewcomer::anAccountOfTwoProfilesSaysSo()
{
    FakeSession session;
    shareAda(session);
    QCOMPARE(AccountModel(session).accountCount(), 1);
    const std::unique_ptr<SignOutDialog> dialog(new SignOutDialog(session, session.accountList.at(0)));
    dialog->show();
    picture(*dialog, u"sign-out-two-profiles"_s);
    QVERIFY(allTexts(*dialog).contains("Second desk"_L1));
    AccountPanel panel(session);
    panel.setAccount(session.accountList.at(1));
    QVERIFY(allTexts(panel).contains("also in Keycloak lab"_L1));
    // Another client's account of the same name is another account.
    session.profileList[1].clientId = u"another"_s;
    QCOMPARE(AccountModel(session).accountCount(), 2);
    const std::unique_ptr<SignOutDialog> other(new SignOutDialog(session, session.accountList.at(0)));
    QVERIFY(!allTexts(*other).contains("Second desk"_L1));
}

void TestNewcomer::whoeverWasRefusedNeedsToSignInAndKeepsTheToken()
{
    FakeSession session;
    auto refused = fakeAccount(u"ada@example.org"_s);
    refused.attention = AccountAttention{.error = u"invalid_grant"_s, .since = QDateTime::currentDateTimeUtc()};
    const auto now = QDateTime::currentDateTimeUtc();
    QCOMPARE(stateOf(refused, now), AccountState::NeedsSignIn);
    AccountPanel panel(session);
    panel.setAccount(refused);
    QVERIFY(named<QPushButton>(panel, u"Sign in again"_s)->isVisibleTo(&panel));
    // The access token is good until it ends.
    QVERIFY(named<QPushButton>(panel, u"Get token"_s)->isEnabled());
    // Missing consent for something else is no end of the session.
    refused.attention->subError = u"consent_required"_s;
    QCOMPARE(stateOf(refused, now), AccountState::Ready);
}

void TestNewcomer::whatIsLockedOrBlockedSaysSo()
{
    FakeSession session;
    const auto now = QDateTime::currentDateTimeUtc();
    auto locked = fakeAccount(u"ada@example.org"_s);
    locked.isLocked = true;
    QCOMPARE(stateOf(locked, now), AccountState::Locked);
    AccountPanel panel(session);
    panel.setAccount(locked);
    QVERIFY(allTexts(panel).contains("Key store locked, the cached token expires"_L1));
    auto blocked = fakeAccount(u"ada@example.org"_s, -60);
    blocked.isBlocked = true;
    QCOMPARE(stateOf(blocked, now), AccountState::Blocked);
    panel.setAccount(blocked);
    panel.resize(800, 500);
    picture(panel, u"account-blocked"_s);
    QVERIFY(allTexts(panel).contains("administrator"_L1));
    // Each state has a drawing of its own: colour alone says nothing.
    QVERIFY(stateIcon(AccountState::Locked).cacheKey() != stateIcon(AccountState::Blocked).cacheKey());
}

void TestNewcomer::theBannerNamesWhatIsMissing()
{
    TokenView view;
    QSignalSpy checked(view.checks(), &ChecksView::checked);
    view.setToken(Jose::TokenDocument::read(signedToken(R"(,"nonce":"n")")), QDateTime::currentDateTimeUtc());
    const auto *banner = view.findChild<Banner *>();
    QTRY_VERIFY(!checked.isEmpty());
    QVERIFY(allTexts(*banner).contains("Nobody has checked the signature"_L1));
    auto expected = view.checks()->expectations();
    expected.issuer = u"https://id.example"_s;
    expected.keys = key().publicJwk().toJson();
    view.checks()->setExpectations(expected);
    QTRY_VERIFY(allTexts(*banner).contains("The signature is right"_L1));
    QVERIFY(!view.isVerified());
    QVERIFY(allTexts(*banner).contains("Audience"_L1));
    QVERIFY(!allTexts(*banner).contains("Nobody"_L1));
    view.resize(900, 600);
    picture(view, u"banner-what-is-missing"_s);
    expected.audience = u"app"_s;
    view.checks()->setExpectations(expected);
    QTRY_VERIFY(view.isVerified());
}

void TestNewcomer::theChosenProfileSaysForWhom()
{
    InspectorPage page;
    page.setProfiles({labProfile()});
    QSignalSpy opened(&page, &InspectorPage::opened);
    const QByteArray answer = R"({"access_token":")" + signedToken(R"(,"scope":"a","client_id":"app")")
        + R"(","id_token":")" + signedToken(R"(,"nonce":"n")") + R"("})";
    page.inspect(Secret::copyOf(answer), u"lab"_s);
    QTRY_COMPARE(opened.size(), 1);
    auto *checks = page.view()->checks();
    QCOMPARE(checks->expectations().use, Jose::JwtUse::AccessToken);
    QCOMPARE(checks->expectations().audience, u"https://api.example"_s);
    // The other token of the same answer is for the client itself: OIDC Core 3.1.3.7 step 3.
    page.findChild<QTabBar *>()->setCurrentIndex(1);
    QCOMPARE(checks->expectations().use, Jose::JwtUse::IdToken);
    QCOMPARE(checks->expectations().audience, u"app"_s);
    auto *use = named<QComboBox>(*checks, u"Used as"_s);
    use->setCurrentIndex(use->findData(int(Jose::JwtUse::AccessToken)));
    Q_EMIT use->activated(use->currentIndex());
    QCOMPARE(checks->expectations().audience, u"https://api.example"_s);
    // A token of nobody's is held against nobody's expectations.
    page.inspect(Secret::copyOf(signedToken({})));
    QTRY_COMPARE(opened.size(), 2);
    QVERIFY(checks->expectations().audience.isEmpty());
    QVERIFY(checks->expectations().issuer.isEmpty());
}

void TestNewcomer::theIdTokenIsWhatASignInShows()
{
    FakeSession session;
    const std::unique_ptr<SignInDialog> dialog(new SignInDialog(session, {.profileId = u"lab"_s}));
    dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    dialog->show();
    QSignalSpy inspected(dialog.get(), &SignInDialog::inspectRequested);
    session.attempt(SignInWay::Browser)->succeed(fakeOutcome());
    QVERIFY(clickNamed(*dialog, u"Inspect"_s));
    QCOMPARE(inspected.value(0).value(0).toString(), u"id:ada@example.org"_s);
}

void TestNewcomer::aNewProfileIsFilledInFromTopToBottom_data()
{
    QTest::addColumn<QString>("preset");
    for (const auto &preset : {u"oidc"_s, u"entra"_s, u"keycloak"_s, u"auth0"_s})
        QTest::newRow(qPrintable(preset)) << preset;
}

void TestNewcomer::aNewProfileIsFilledInFromTopToBottom()
{
    QFETCH(QString, preset);
    const std::unique_ptr<NewProfileDialog> dialog(new NewProfileDialog(preset));
    dialog->show();
    auto *box = named<QComboBox>(*dialog, u"Provider"_s);
    Q_EMIT box->activated(box->currentIndex()); // the fields are made anew
    QCoreApplication::processEvents();
    QList<QWidget *> order;
    for (QWidget *each = box->nextInFocusChain(); each != box; each = each->nextInFocusChain()) {
        const bool isControl = qobject_cast<QLineEdit *>(each) || qobject_cast<QPushButton *>(each);
        if (isControl && each->isVisible() && each->focusPolicy() & Qt::TabFocus)
            order.append(each);
    }
    QVERIFY(order.size() >= 6);
    const auto place = [&dialog](const QWidget *widget) { return widget->mapTo(dialog.get(), QPoint(0, 0)).y(); };
    for (qsizetype i = 1; i < order.size(); ++i)
        QVERIFY2(place(order.at(i - 1)) <= place(order.at(i)), qPrintable(order.at(i)->accessibleName()));
    for (const auto *button : dialog->findChildren<QPushButton *>())
        QCOMPARE(button->isDefault(), button->accessibleName() == "Save"_L1);
}

void TestNewcomer::thePaletteLeadsToEveryButtonOfEveryPage()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    QTemporaryDir folder;
    ProfileStore store(folder.filePath(u"p.json"_s));
    QVERIFY(store.put(labProfile()));
    Workbench workbench(session);
    auto &window = workbench.window();
    window.addPage(new ProfilesPage(store, nullptr));
    QSignalSpy opened(&workbench.inspector(), &InspectorPage::opened);
    workbench.inspect(Secret::copyOf(sampleTokens(QDateTime::currentDateTimeUtc()).at(0).token));
    QTRY_COMPARE(opened.size(), 1);
    window.resize(1200, 760);
    window.show();
    QCoreApplication::processEvents();
    QObject owner;
    QStringList names;
    for (const auto *command : window.paletteCommands(&owner))
        names.append(command->text().remove(u'&').remove(u'…'));
    int seen = 0;
    for (auto *page : window.pages()) {
        const auto buttons = commandButtons(*page);
        for (const auto *button : buttons) {
            const auto text = QString(button->text()).remove(u'&').remove(u'…');
            const auto isIt = [button, &text](const QString &name) {
                return name == text || name == button->accessibleName() || name.contains(button->accessibleName());
            };
            QVERIFY2(std::any_of(names.cbegin(), names.cend(), isIt), qPrintable(button->accessibleName()));
            ++seen;
        }
    }
    QVERIFY2(seen > 20, QByteArray::number(seen).constData());
    for (const auto *wanted : {"Use as default", "Delete", "Copy as JSON", "window of its own", "Open a file with keys",
                               "Ask for more", "Show all checks"}) {
        const auto isIt = [wanted](const QString &name) { return name.contains(QLatin1StringView(wanted)); };
        QVERIFY2(std::any_of(names.cbegin(), names.cend(), isIt), wanted);
    }
    // Nothing twice under the same name.
    auto unique = names;
    unique.removeDuplicates();
    QCOMPARE(unique.size(), names.size());
}

void TestNewcomer::thePaletteBringsAButtonIntoSight()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    window.showPage(window.page(u"inspector"_s));
    auto *accounts = static_cast<AccountsPage *>(window.page(u"accounts"_s));
    QSignalSpy inspected(accounts, &AccountsPage::tokenInspectRequested);
    QObject owner;
    for (auto *command : window.paletteCommands(&owner)) {
        if (command->text() == "Accounts: Inspect"_L1)
            command->trigger();
    }
    QCOMPARE(inspected.size(), 1);
    QCOMPARE(window.currentPage(), accounts);
    const auto *tabs = accounts->findChild<QTabWidget *>();
    QCOMPARE(tabs->tabText(tabs->currentIndex()), u"Tokens"_s);
}

void TestNewcomer::withoutABrowserTheLinkIsStillThere()
{
    FakeSession session;
    const std::unique_ptr<SignInDialog> dialog(new SignInDialog(session, {.profileId = u"lab"_s}));
    dialog->show();
    session.attempt(SignInWay::Browser)->enter(Operation::Stage::WaitingForPerson);
    session.attempt(SignInWay::Browser)->refuse(QUrl(u"https://login.example.org/auth?x=1"_s));
    QCOMPARE(dialog->run().state(), SignInState::Waiting);
    QVERIFY(allTexts(*dialog).contains("No browser could be opened"_L1));
    picture(*dialog, u"d3-no-browser"_s);
    QVERIFY(clickNamed(*dialog, u"Copy the link"_s));
    QCOMPARE(QGuiApplication::clipboard()->text(), u"https://login.example.org/auth?x=1"_s);
    QVERIFY(clickNamed(*dialog, u"in the browser again"_s));
    QCOMPARE(session.attempt(SignInWay::Browser)->opened.size(), 1);
}

void TestNewcomer::signingInBeginsWithTheChosenAccount()
{
    FakeSession session;
    session.profileList.append({.id = u"work"_s, .name = u"Work"_s, .issuer = u"https://work.example"_s});
    session.accountList = {fakeAccount(u"ada@example.org"_s), fakeAccount(u"grace@work.example"_s, 3600, u"work"_s)};
    Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    auto *accounts = static_cast<AccountsPage *>(window.page(u"accounts"_s));
    accounts->selectAccount(u"work"_s, session.accountList.at(1).account.id);
    window.actionRegistry().find(u"account.sign_in"_s)->trigger();
    auto *form = window.findChild<SignInForm *>();
    QVERIFY(form);
    QCOMPARE(form->request().profileId, u"work"_s);
    QCOMPARE(form->request().loginHint, u"grace@work.example"_s);
    delete form;
    // A profile's own line says at least where.
    auto *tree = accounts->findChild<QTreeView *>();
    tree->setCurrentIndex(tree->model()->index(1, 0));
    window.actionRegistry().find(u"account.sign_in"_s)->trigger();
    form = window.findChild<SignInForm *>();
    QCOMPARE(form->request().profileId, u"work"_s);
    QVERIFY(form->request().loginHint.isEmpty());
}

void TestNewcomer::whatCannotBeChosenSaysWhy()
{
    FakeSession session;
    session.profileList[0].wantsRefreshToken = false;
    const std::unique_ptr<SignInForm> form(new SignInForm(session, u"lab"_s));
    const auto *keep = named<QCheckBox>(*form, u"Keep me signed in"_s);
    QVERIFY(!keep->isEnabled());
    QVERIFY(keep->toolTip().contains("asks for no refresh token"_L1));
    QCOMPARE(keep->accessibleDescription(), keep->toolTip());
    QCOMPARE(keep->whatsThis(), keep->toolTip());
}

void TestNewcomer::namesAreHiddenWhereverSomebodySignsIn()
{
    FakeSession session;
    session.accountList = {fakeAccount(u"ada@example.org"_s)};
    Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    window.setMasked(true);
    window.actionRegistry().find(u"account.sign_in"_s)->trigger();
    const auto *form = window.findChild<SignInForm *>();
    const auto *hint = named<QComboBox>(*form, u"Account"_s);
    QVERIFY(!hint->lineEdit()->displayText().contains("ada"_L1));
    const auto *lines = qobject_cast<QStyledItemDelegate *>(hint->view()->itemDelegate());
    QVERIFY(!lines->displayText(hint->itemText(0), QLocale()).contains("ada"_L1));
    // What is asked for is what was chosen all the same.
    QCOMPARE(form->request().loginHint, u"ada@example.org"_s);
    const auto *dialog =
        workbench.signIn({.profileId = u"lab"_s, .expectedAccount = session.accountList.at(0).account.id});
    session.attempt(SignInWay::Browser)
        ->fail(Error{ErrorCode::SecurityCheckFailed, ErrorCause::WrongAccount, u"another"_s});
    QCOMPARE(dialog->run().state(), SignInState::WrongAccount);
    QVERIFY(!allTexts(*dialog).contains("ada"_L1));
    window.setMasked(false);
    QVERIFY(allTexts(*dialog).contains("ada@example.org"_L1));
    QVERIFY(hint->lineEdit()->displayText().contains("ada"_L1));
    lines = qobject_cast<QStyledItemDelegate *>(hint->view()->itemDelegate());
    QVERIFY(!lines || lines->displayText(hint->itemText(0), QLocale()).contains("ada"_L1));
}

void TestNewcomer::theAccountThatWasChosenIsChosenAgain()
{
    FakeSession session;
    const QList accounts{fakeAccount(u"ada@example.org"_s), fakeAccount(u"grace@example.org"_s)};
    session.accountList = accounts;
    QJsonObject layout;
    {
        Workbench workbench(session);
        workbench.window().show();
        static_cast<AccountsPage *>(workbench.window().page(u"accounts"_s))
            ->selectAccount(u"lab"_s, accounts.at(1).account.id);
        layout = workbench.window().saveLayout();
    }
    session.accountList.clear();
    Workbench workbench(session);
    workbench.window().restoreLayout(layout);
    workbench.window().show();
    // The store is opened after the window has appeared.
    session.setAccounts(accounts);
    const auto *page = static_cast<AccountsPage *>(workbench.window().page(u"accounts"_s));
    QVERIFY(page->currentAccount());
    QCOMPARE(page->currentAccount()->account.username, u"grace@example.org"_s);
    // And only once: whoever is chosen by hand stays chosen.
    const_cast<AccountsPage *>(page)->selectAccount(u"lab"_s, accounts.at(0).account.id);
    session.setAccounts(accounts);
    QCOMPARE(page->currentAccount()->account.username, u"ada@example.org"_s);
}

void TestNewcomer::theKeyboardBeginsInTheList()
{
    FakeSession session;
    Workbench workbench(session);
    workbench.window().show();
    QVERIFY(QTest::qWaitForWindowActive(&workbench.window()));
    const auto begins = [&workbench](const QString &name) {
        const auto *focused = workbench.window().focusWidget();
        return focused && focused->accessibleName() == name;
    };
    QVERIFY(begins(u"Sign in to Keycloak lab"_s));
    session.profileList[0].name = u"Another name"_s;
    Q_EMIT session.profilesChanged();
    QVERIFY(begins(u"Sign in to Another name"_s));
    session.setAccounts({fakeAccount(u"ada@example.org"_s)});
    const auto *tree = workbench.window().findChild<QTreeView *>();
    QVERIFY(tree);
    QCOMPARE(static_cast<const QWidget *>(workbench.window().focusWidget()), static_cast<const QWidget *>(tree));
    // With accounts from the beginning it is the same.
    Workbench again(session);
    again.window().show();
    QVERIFY(QTest::qWaitForWindowActive(&again.window()));
    QVERIFY(qobject_cast<QTreeView *>(again.window().focusWidget()));
}

void TestNewcomer::theKeysAreListed()
{
    FakeSession session;
    Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    auto *help = window.actionRegistry().find(u"help.shortcuts"_s);
    QCOMPARE(help->shortcut(), QKeySequence(Qt::Key_F1));
    help->trigger();
    const auto *dialog = window.findChild<ShortcutsDialog *>();
    QVERIFY(dialog);
    picture(const_cast<ShortcutsDialog &>(*dialog), u"shortcuts"_s);
    const auto *list = dialog->findChild<QTreeWidget *>();
    QStringList keys;
    for (int group = 0; group < list->topLevelItemCount(); ++group) {
        for (int row = 0; row < list->topLevelItem(group)->childCount(); ++row)
            keys.append(list->topLevelItem(group)->child(row)->text(1));
    }
    for (const auto *action : window.commands()) {
        if (!action->shortcut().isEmpty())
            QVERIFY2(keys.join(u' ').contains(action->shortcut().toString(QKeySequence::NativeText)),
                     qPrintable(action->text()));
    }
}

void TestNewcomer::whatIsNoTokenIsSaidToBeNone_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("why"); // empty: it may be one
    QTest::newRow("words") << "hello world"_ba << u"several words"_s;
    QTest::newRow("a word") << "hello"_ba << u"too short"_s;
    QTest::newRow("letters that no token has") << "d\xc3\xa9j\xc3\xa0-vu-encore"_ba << u"letters"_s;
    QTest::newRow("not UTF-8") << "abc\xff\xfe\x80 def"_ba << u"binary"_s;
    QByteArray noise(3 * 1024 * 1024, '\0');
    quint32 state = 7;
    for (auto &byte : noise) {
        state = state * 1664525U + 1013904223U;
        byte = char(state >> 24U);
    }
    QTest::newRow("3 MB of noise") << noise << u"binary"_s;
    QTest::newRow("RFC 6750 2.1 b64token") << "mF_9.B5f-4.1JqM"_ba << QString();
    QTest::newRow("a known kind") << "gho_16C7e42F292c6912E7710c838347Ae178B4a"_ba << QString();
}

void TestNewcomer::whatIsNoTokenIsSaidToBeNone()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, why);
    QCOMPARE(whyNoToken(text).isEmpty(), why.isEmpty());
    InspectorPage page;
    page.show();
    QSignalSpy opened(&page, &InspectorPage::opened);
    QSignalSpy refused(&page, &InspectorPage::refused);
    // Once into an empty page, once while another token is shown.
    for (int round = 1; round <= 2; ++round) {
        page.inspect(Secret::copyOf(text));
        QTRY_COMPARE_WITH_TIMEOUT(opened.size() + refused.size(), qsizetype(round == 1 ? 1 : 3), 20000);
        QCOMPARE(page.isEmpty(), !why.isEmpty());
        if (!why.isEmpty())
            QVERIFY2(allTexts(page).contains(why), qPrintable(allTexts(page)));
        if (round == 1) {
            page.inspect(Secret::copyOf(signedToken({})));
            QTRY_COMPARE(opened.size() + refused.size(), 2);
            QVERIFY(!page.isEmpty());
        }
    }
}

void TestNewcomer::whoTypesIsNotCutOff()
{
    InspectorPage page;
    page.resize(900, 600);
    page.show();
    QSignalSpy opened(&page, &InspectorPage::opened);
    auto *input = named<QPlainTextEdit>(page, u"Text with a token"_s);
    QVERIFY(!named<QPushButton>(page, u"Inspect the text"_s)->isEnabled());
    QTest::keyClicks(input, u"hello world, this is me"_s);
    QTRY_VERIFY(allTexts(page).contains("several words"_L1));
    QCOMPARE(input->toPlainText(), u"hello world, this is me"_s);
    picture(page, u"inspector-no-token"_s);
    input->clear();
    const auto token = QString::fromLatin1(signedToken({}));
    QTest::keyClicks(input, token);
    QTRY_VERIFY(allTexts(page).contains("Ctrl+Enter"_L1));
    QCOMPARE(input->toPlainText(), token);
    QCOMPARE(opened.size(), 0);
    QTest::keyClick(input, Qt::Key_Return, Qt::ControlModifier);
    QTRY_COMPARE(opened.size(), 1);
    // What is pasted is looked into at once.
    page.clear();
    input->insertPlainText(token);
    QTRY_COMPARE(opened.size(), 2);
}

QTEST_MAIN(TestNewcomer)
#include "tst_newcomer.moc"

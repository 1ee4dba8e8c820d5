// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// What somebody stumbles over who sees the program for the first time.
#include "fakesession.h"
#include "picture.h"
#include "support/clicknamed.h"
#include "widgettest.h"

#include "accounts/accountpanel.h"
#include "models/accountmodel.h"
#include "profiles/newprofiledialog.h"
#include "profiles/profilespage.h"
#include "signin/signindialog.h"
#include "signin/signinform.h"
#include "widgets/theme.h"
#include "window/actions.h"
#include "window/mainwindow.h"
#include "window/workbench.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStyledItemDelegate>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestNewcomer : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::of(ThemeKind::Light).apply(*qApp); }
    void aNewProfileIsBegunWithItsProvider();
    void theSignInWindowCanBeCalledToTheFront();
    void whoeverWasRefusedNeedsToSignInAndKeepsTheToken();
    void whatIsLockedOrBlockedSaysSo();
    void theIdTokenIsWhatASignInShows();
    void aNewProfileIsFilledInFromTopToBottom_data();
    void aNewProfileIsFilledInFromTopToBottom();
    void withoutABrowserTheLinkIsStillThere();
    void namesAreHiddenWhereverSomebodySignsIn();
};

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

QTEST_MAIN(TestNewcomer)
#include "tst_newcomer.moc"

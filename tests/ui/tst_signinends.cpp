// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// How a sign-in ends when it ends in another way than was meant, and what stands in its way.
#include "fakesession.h"
#include "picture.h"
#include "widgettest.h"

#include "signin/signindialog.h"
#include "signin/signinform.h"
#include "text/signintext.h"
#include "widgets/banner.h"
#include "widgets/theme.h"
#include "window/mainwindow.h"
#include "window/workbench.h"

#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QToolButton>

using namespace Countersign;
using namespace Countersign::Desktop;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using Stage = Operation::Stage;

class TestSignInEnds : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { Theme::of(ThemeKind::Light).apply(*qApp); }
    void whoSignsInIsHeldAgainstWhoWasAskedFor_data();
    void whoSignsInIsHeldAgainstWhoWasAskedFor();
    void somebodyElseIsSaidAndMayBeKept();
    void somebodyElseMayBeTriedAgain();
    void aKnownAccountIsExpectedAsItself();
    void aLockedStoreIsUnlockedFromTheDialog();
    void aLockedStoreIsUnlockedFromTheWindow();
    void whoDoesNotUnlockGoesOnForTheSession();
    void aProblemStaysInThePlaceWhereItArose();
};

void TestSignInEnds::whoSignsInIsHeldAgainstWhoWasAskedFor_data()
{
    QTest::addColumn<QString>("hint");
    QTest::addColumn<QString>("username");
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("isOther");
    QTest::newRow("nobody was asked for") << u""_s << u"grace"_s << u""_s << false;
    QTest::newRow("the same") << u"ada@example.org"_s << u"Ada@example.org"_s << u""_s << false;
    QTest::newRow("hint without a domain") << u"ada"_s << u"ada@example.org"_s << u""_s << false;
    QTest::newRow("name without a domain") << u"ada@example.org"_s << u"ada"_s << u""_s << false;
    QTest::newRow("by the whole name") << u"Ada Lovelace"_s << u"al17"_s << u"Ada Lovelace"_s << false;
    QTest::newRow("not known who it was") << u"ada"_s << u""_s << u""_s << false;
    QTest::newRow("somebody else") << u"ada"_s << u"grace"_s << u"Grace Hopper"_s << true;
    QTest::newRow("another domain") << u"ada@example.org"_s << u"ada@contoso.com"_s << u""_s << true;
}

void TestSignInEnds::whoSignsInIsHeldAgainstWhoWasAskedFor()
{
    QFETCH(QString, hint);
    QFETCH(QString, username);
    QFETCH(QString, name);
    QFETCH(bool, isOther);
    Account account;
    account.username = username;
    account.name = name;
    QCOMPARE(isSomebodyElse(hint, account), isOther);
}

namespace {

//! A sign-in with "ada" asked for that Grace has finished.
struct Mistaken
{
    Mistaken()
        : dialog(new SignInDialog(session, {.profileId = u"lab"_s, .scopes = {u"openid"_s}, .loginHint = u"ada"_s}))
    {
        dialog->show();
        auto outcome = fakeOutcome(u"grace@example.org"_s);
        session.attempt(SignInWay::Browser)->succeed(outcome);
    }
    ~Mistaken() { delete dialog; }

    FakeSession session;
    QPointer<SignInDialog> dialog;
};

} // namespace

void TestSignInEnds::somebodyElseIsSaidAndMayBeKept()
{
    // D3, Wrong account: nothing names an account yet that it could be refused for, so it is there already.
    const Mistaken mistaken;
    QVERIFY(mistaken.dialog->stateText().contains("grace@example.org"_L1));
    QVERIFY(mistaken.dialog->stateText().contains("ada"_L1));
    picture(*mistaken.dialog, u"d3-somebody-else"_s);
    QTest::qWait(50);
    QVERIFY(mistaken.dialog->isVisible()); // it waits for the answer
    button(*mistaken.dialog, u"Keep both"_s)->click();
    QVERIFY(!mistaken.dialog->isVisible());
}

void TestSignInEnds::somebodyElseMayBeTriedAgain()
{
    const Mistaken mistaken;
    button(*mistaken.dialog, u"Try again"_s)->click();
    QCOMPARE(mistaken.session.signIns.constLast().prompts, QStringList{u"select_account"_s});
    QVERIFY(!mistaken.dialog->run().isOver());
}

void TestSignInEnds::aKnownAccountIsExpectedAsItself()
{
    FakeSession session;
    session.setAccounts({fakeAccount(u"ada@example.org"_s)});
    SignInForm form(session, u"lab"_s);
    form.setAttribute(Qt::WA_DeleteOnClose, false);
    QSignalSpy wanted(&form, &SignInForm::signInRequested);
    form.setAccount(u"Ada@example.org"_s);
    button(form, u"Sign in"_s)->click();
    QCOMPARE(wanted.size(), 1);
    const auto request = wanted.constFirst().constFirst().value<SignInRequest>();
    QCOMPARE(request.expectedAccount, std::optional(session.accountList.constFirst().account.id));
}

void TestSignInEnds::aLockedStoreIsUnlockedFromTheDialog()
{
    FakeSession session;
    const QPointer<SignInDialog> dialog = new SignInDialog(session, {.profileId = u"lab"_s});
    dialog->show();
    const auto lock = [&session] {
        session.attempt(SignInWay::Browser)
            ->fail({ErrorCode::StorageUnavailable, ErrorCause::StoreLocked, u"locked"_s});
    };
    lock();
    QCOMPARE(dialog->stateText(), u"Your key store is locked"_s);
    QVERIFY(allTexts(*dialog).contains("Keychain (countersign/default)"_L1));
    const auto before = session.signIns.size();
    button(*dialog, u"Unlock"_s)->click();
    QVERIFY(session.signIns.size() > before); // whatever is asked of the store next asks for it to be unlocked
    QVERIFY(!session.signIns.constLast().isSessionOnly);
    QCOMPARE(dialog->run().state(), SignInState::Preparing);
    lock();
    button(*dialog, u"Use for this session only"_s)->click();
    QVERIFY(session.signIns.constLast().isSessionOnly);
    delete dialog;
}

void TestSignInEnds::aLockedStoreIsUnlockedFromTheWindow()
{
    FakeSession session;
    const Error locked(ErrorCode::StorageUnavailable, ErrorCause::StoreLocked, u"locked"_s);
    session.storeState.kind = StoreState::Kind::Failed;
    session.storeState.error = locked;
    const Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    Q_EMIT session.problem(locked);
    auto *unlock = button(window, u"Unlock…"_s);
    QVERIFY(unlock);
    QVERIFY(!button(window, u"Try again"_s));
    QVERIFY(allTexts(window).contains("Your accounts are locked"_L1));
    QVERIFY(!allTexts(window).contains("No accounts yet"_L1)); // nobody knows yet
    picture(window, u"window-store-locked"_s);
    unlock->click();
    QCOMPARE(session.storeOpenings, 1);
    QVERIFY(!button(window, u"Use session only"_s));
    // The status bar says it, too, and so does the place below.
    for (auto *cell : window.findChildren<QToolButton *>()) {
        if (cell->text().contains("Keychain"_L1) && cell->text().contains("locked"_L1))
            cell->click();
    }
    QCOMPARE(session.storeOpenings, 2);
    button(window, u"Unlock where tokens are kept"_s)->click();
    QCOMPARE(session.storeOpenings, 3);
}

void TestSignInEnds::whoDoesNotUnlockGoesOnForTheSession()
{
    FakeSession session;
    const Error locked(ErrorCode::StorageUnavailable, ErrorCause::StoreLocked, u"locked"_s);
    session.storeState.kind = StoreState::Kind::Failed;
    session.storeState.error = locked;
    const Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    Q_EMIT session.problem(locked);
    button(window, u"Use session only"_s)->click();
    QVERIFY(session.storeState.isSessionOnly);
    QCOMPARE(session.storeOpenings, 0);
    QVERIFY(!button(window, u"Use session only"_s));
    QVERIFY(allTexts(window).contains("No accounts in this session"_L1));
    const auto cells = window.findChildren<QToolButton *>();
    QVERIFY(std::any_of(cells.cbegin(), cells.cend(),
                        [](const QToolButton *cell) { return cell->text() == "Memory, until the program ends"_L1; }));
    // The way back stays.
    QVERIFY(button(window, u"Unlock where tokens are kept"_s));
    picture(window, u"window-session-only"_s);
}

void TestSignInEnds::aProblemStaysInThePlaceWhereItArose()
{
    FakeSession session;
    const Workbench workbench(session);
    auto &window = workbench.window();
    window.show();
    auto *first = window.currentPage();
    window.showProblem({ErrorCode::NetworkUnavailable, ErrorCause::TlsFailed, u"TLS"_s});
    QVERIFY(button(window, u"Try again"_s));
    window.showPage(window.page(u"tokens"_s));
    QVERIFY(!button(window, u"Try again"_s));
    window.showPage(first);
    QVERIFY(button(window, u"Try again"_s));
    window.dismissProblem();
    window.showPage(window.page(u"tokens"_s));
    window.showPage(first);
    QVERIFY(!button(window, u"Try again"_s));
}

QTEST_MAIN(TestSignInEnds)
#include "tst_signinends.moc"

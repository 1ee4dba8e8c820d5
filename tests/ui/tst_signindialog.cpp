// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "signintest.h"

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestSignInDialog : public SignInTest
{
    Q_OBJECT
private Q_SLOTS:
    void aSignInBeginsInTheBrowserAndWithACodeAtOnce();
    void theFirstAnswerWinsAndTheOthersAreTakenBack();
    void everyStageHasItsState_data();
    void everyStageHasItsState();
    void everyFailureHasItsState_data();
    void everyFailureHasItsState();
    void theNumberOfScopesAgreesWithWhatIsGranted();
    void aRefusedCodeSaysWhatTheProviderAnswered();
    void enterTakesTheButtonThatItIsOn();
    void slowerPollingIsSaid();
    void cancellingEndsAtOnceAndStopsEveryWay();
    void closingWhileAnAnswerIsTakenInStopsIt();
    void aSuccessClosesByItself();
    void lessThanAskedIsNamed();
    void somebodyElseCanBeKeptOrAskedAgain();
    void aRunOutCodeGetsANewOne();
    void theWindowMaySendThePersonToTheBrowser();
    void theCommandHoldsWhatWasAsked();
    void theTroubleMenuKnowsTheRedirectAddress();
    void checksTickWhileTheyAreMade();
    void aFailedCheckIsShownAtOnce();
    void enterTriesAgainWhatFailed();
};

void TestSignInDialog::aSignInBeginsInTheBrowserAndWithACodeAtOnce()
{
    const Shown shown;
    QCOMPARE(shown.session.signIns.size(), 2);
    QCOMPARE(shown.session.signIns.at(0).way, browser);
    QCOMPARE(shown.session.signIns.at(1).way, device);
    QCOMPARE(shown.state(), SignInState::Preparing);
    QVERIFY(shown.dialog->stateText().contains("login.example.org"_L1));
    picture(*shown.dialog, u"d3-preparing"_s);
}

void TestSignInDialog::theFirstAnswerWinsAndTheOthersAreTakenBack()
{
    Shown shown;
    shown.wait();
    QCOMPARE(shown.state(), SignInState::Waiting);
    picture(*shown.dialog, u"d3-waiting"_s);
    const QPointer<FakeAttempt> other = shown.session.attempt(device);
    shown.session.attempt(browser)->enter(Stage::Redeeming);
    QCOMPARE(other->cancels, 1);
    QCOMPARE(shown.dialog->run().winner(), browser);
    // The other one's end is no news any more.
    QCOMPARE(shown.state(), SignInState::CameBack);
    shown.session.attempt(browser)->succeed(fakeOutcome());
    QCOMPARE(shown.state(), SignInState::Done);
    QVERIFY(shown.dialog->stateText().contains("ada@example.org"_L1));
    picture(*shown.dialog, u"d3-done"_s);
}

void TestSignInDialog::everyStageHasItsState_data()
{
    QTest::addColumn<Operation::Stage>("stage");
    QTest::addColumn<SignInState>("state");
    QTest::addColumn<QString>("price"); // of cancelling, once it takes long
    QTest::newRow("discovery") << Stage::Discovering << SignInState::Preparing << QString();
    QTest::newRow("waiting") << Stage::WaitingForPerson << SignInState::Waiting << QString();
    QTest::newRow("came back") << Stage::Redeeming << SignInState::CameBack << u"The code is spent"_s;
    QTest::newRow("checking") << Stage::Validating << SignInState::Checking << u"The code is spent"_s;
    QTest::newRow("saving") << Stage::Saving << SignInState::Saving << u"a window of its own"_s;
}

void TestSignInDialog::everyStageHasItsState()
{
    QFETCH(Operation::Stage, stage);
    QFETCH(SignInState, state);
    QFETCH(QString, price);
    const Shown shown;
    shown.session.attempt(browser)->enter(stage);
    QCOMPARE(shown.state(), state);
    QVERIFY(!shown.dialog->stateText().isEmpty());
    const auto *cancel = button(*shown.dialog, u"Cancel"_s);
    QVERIFY(cancel);
    // c.0.3: every wait has one, and Escape is the same.
    QVERIFY(cancel->isEnabled());
    const auto *note = shown.dialog->findChild<QLabel *>(u"note"_s);
    QVERIFY(!note->isVisible());
    if (!price.isEmpty())
        QTRY_VERIFY(note->isVisible() && note->text().contains(price));
    picture(*shown.dialog, u"d3-stage-"_s + QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-'));
    const QPointer<FakeAttempt> attempt = shown.session.attempt(browser);
    QTest::keyClick(shown.dialog.data(), Qt::Key_Escape);
    QCOMPARE(attempt->cancels, 1);
    QVERIFY(!shown.dialog->isVisible());
}

void TestSignInDialog::everyFailureHasItsState_data()
{
    QTest::addColumn<int>("errorCode");
    QTest::addColumn<int>("errorCause");
    QTest::addColumn<SignInState>("state");
    const auto row = [](const char *name, ErrorCode code, ErrorCause cause, SignInState state) {
        QTest::newRow(name) << int(code) << int(cause) << state;
    };
    row("declined", ErrorCode::AccessDenied, ErrorCause::Unspecified, SignInState::Declined);
    row("wrong account", ErrorCode::SecurityCheckFailed, ErrorCause::WrongAccount, SignInState::WrongAccount);
    row("forged ID token", ErrorCode::SecurityCheckFailed, ErrorCause::SignatureInvalid, SignInState::Failed);
    row("wrong state", ErrorCode::SecurityCheckFailed, ErrorCause::StateMismatch, SignInState::Failed);
    row("no network", ErrorCode::NetworkUnavailable, ErrorCause::NameNotResolved, SignInState::Failed);
    row("refused", ErrorCode::ServerRejected, ErrorCause::Unspecified, SignInState::Failed);
    row("busy", ErrorCode::ServerUnavailable, ErrorCause::Throttled, SignInState::Failed);
    row("store locked", ErrorCode::StorageUnavailable, ErrorCause::StoreLocked, SignInState::NeedStore);
    row("store missing", ErrorCode::StorageUnavailable, ErrorCause::StoreMissing, SignInState::NeedStore);
    row("scopes declined", ErrorCode::ScopesDeclined, ErrorCause::Unspecified, SignInState::Failed);
}

void TestSignInDialog::everyFailureHasItsState()
{
    QFETCH(int, errorCode);
    QFETCH(int, errorCause);
    QFETCH(SignInState, state);
    Shown shown({.profileId = u"lab"_s, .loginHint = u"grace@example.org"_s});
    shown.wait();
    const QPointer<FakeAttempt> other = shown.session.attempt(device);
    shown.session.attempt(browser)->report.append(
        {.id = u"signature"_s, .outcome = Jose::CheckOutcome::Failed, .expected = u"RS256"_s, .actual = u"none"_s});
    shown.session.attempt(browser)->fail(error(ErrorCode(errorCode), ErrorCause(errorCause)));
    QCOMPARE(shown.state(), state);
    QCOMPARE(other->cancels, 1);
    const auto *banner = shown.dialog->findChild<Desktop::Banner *>();
    QVERIFY(banner->isVisibleTo(shown.dialog));
    QVERIFY(!banner->title().isEmpty());
    QVERIFY(Desktop::isUrgent(state));
    picture(*shown.dialog, u"d3-"_s + QString::fromLatin1(QTest::currentDataTag()).replace(u' ', u'-'));
}

void TestSignInDialog::theNumberOfScopesAgreesWithWhatIsGranted()
{
    const Shown shown;
    auto outcome = fakeOutcome();
    outcome.asked = {u"openid"_s, u"profile"_s, u"email"_s, u"offline_access"_s};
    outcome.granted = {u"openid"_s, u"profile"_s};
    shown.session.attempt(browser)->succeed(outcome);
    const auto *banner = shown.dialog->findChild<Desktop::Banner *>();
    QCOMPARE(banner->title(), u"Granted 2 of 4 scopes"_s);
    QVERIFY(banner->accessibleDescription().contains("Missing: email offline_access"_L1));
    QVERIFY(banner->accessibleDescription().contains("Granted: openid profile"_L1));
}

//! RFC 8628 3.1, RFC 6749 5.2.
void TestSignInDialog::aRefusedCodeSaysWhatTheProviderAnswered()
{
    Shown shown;
    shown.session.attempt(browser)->enter(Stage::WaitingForPerson);
    shown.session.attempt(browser)->open(QUrl(u"https://login.example.org/auth"_s));
    shown.session.attempt(device)->fail(
        error(ErrorCode::ServerRejected)
            .withOAuth({.error = u"unauthorized_client"_s, .description = u"no device grant"_s}));
    QCOMPARE(shown.state(), SignInState::Waiting);
    bool isSaid = false;
    for (const auto *label : shown.dialog->findChildren<QLabel *>())
        isSaid |= label->isVisible() && label->text().contains("unauthorized_client: no device grant"_L1);
    QVERIFY(isSaid);
    // There is no code to enter.
    QCOMPARE(shown.dialog->stateText(), u"Waiting for you to finish in the browser"_s);
    picture(*shown.dialog, u"d3-code-refused"_s);
}

void TestSignInDialog::enterTakesTheButtonThatItIsOn()
{
    Shown shown;
    shown.wait();
    shown.dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(shown.dialog));
    auto *window = button(*shown.dialog, u"Show the sign-in window"_s);
    window->setFocus();
    QTest::keyClick(window, Qt::Key_Return);
    QVERIFY(shown.session.attempt(SignInWay::Embedded));
}

void TestSignInDialog::slowerPollingIsSaid()
{
    Shown shown;
    shown.wait();
    Q_EMIT shown.session.attempt(device)->slowedDown(std::chrono::seconds(10));
    QCOMPARE(shown.state(), SignInState::SlowDown);
    QVERIFY(shown.dialog->stateText().contains("10"_L1));
    picture(*shown.dialog, u"d3-slow-down"_s);
}

void TestSignInDialog::cancellingEndsAtOnceAndStopsEveryWay()
{
    Shown shown;
    shown.wait();
    const QPointer<FakeAttempt> first = shown.session.attempt(browser);
    const QPointer<FakeAttempt> second = shown.session.attempt(device);
    QElapsedTimer clock;
    clock.start();
    button(*shown.dialog, u"Cancel"_s)->click();
    QVERIFY(!shown.dialog->isVisible());
    QVERIFY(clock.elapsed() < 200);
    QCOMPARE(first->cancels, 1);
    QCOMPARE(second->cancels, 1);
    QTRY_VERIFY(!shown.dialog);
}

void TestSignInDialog::closingWhileAnAnswerIsTakenInStopsIt()
{
    Shown shown;
    shown.wait();
    shown.session.attempt(browser)->enter(Stage::Validating);
    const QPointer<FakeAttempt> attempt = shown.session.attempt(browser);
    delete shown.dialog.data();
    QCOMPARE(attempt->cancels, 1);
}

void TestSignInDialog::aSuccessClosesByItself()
{
    const Shown shown;
    QSignalSpy signedIn(shown.dialog, &SignInDialog::signedIn);
    shown.session.attempt(browser)->succeed(fakeOutcome());
    QCOMPARE(signedIn.size(), 1);
    // Nobody looks at it.
    shown.dialog->clearFocus();
    auto *elsewhere = new QWidget;
    elsewhere->show();
    QApplication::setActiveWindow(elsewhere);
    QTRY_VERIFY_WITH_TIMEOUT(!shown.dialog, 8000);
    delete elsewhere;
}

void TestSignInDialog::lessThanAskedIsNamed()
{
    const Shown shown;
    auto outcome = fakeOutcome();
    outcome.granted = {u"openid"_s};
    shown.session.attempt(browser)->succeed(outcome);
    QCOMPARE(shown.state(), SignInState::ScopeReduced);
    QCOMPARE(shown.dialog->run().missingScopes(), (ScopeSet{u"profile"_s}));
    QVERIFY(!button(*shown.dialog, u"Copy admin consent link"_s)); // only Entra has such a page
    picture(*shown.dialog, u"d3-scope-reduced"_s);
    button(*shown.dialog, u"Ask again"_s)->click();
    QCOMPARE(shown.session.signIns.last().prompts, QStringList{u"consent"_s});
}

void TestSignInDialog::somebodyElseCanBeKeptOrAskedAgain()
{
    const AccountId expected{{u"grace.home"_s}, {u"login.example.org/realms/lab"_s}};
    const Shown shown({.profileId = u"lab"_s, .expectedAccount = expected});
    shown.session.attempt(browser)->fail(error(ErrorCode::SecurityCheckFailed, ErrorCause::WrongAccount));
    QCOMPARE(shown.state(), SignInState::WrongAccount);
    button(*shown.dialog, u"Try again"_s)->click();
    QCOMPARE(shown.session.signIns.at(2).prompts, QStringList{u"select_account"_s});
    QVERIFY(shown.session.signIns.at(2).expectedAccount.has_value());
    shown.session.attempt(browser)->fail(error(ErrorCode::SecurityCheckFailed, ErrorCause::WrongAccount));
    button(*shown.dialog, u"Keep both"_s)->click();
    QVERIFY(!shown.session.signIns.last().expectedAccount);
}

void TestSignInDialog::aRunOutCodeGetsANewOne()
{
    Shown shown({.profileId = u"lab"_s, .way = device});
    QCOMPARE(shown.session.signIns.size(), 1); // a code was wished for: no browser opens
    shown.session.attempt(device)->enter(Stage::WaitingForPerson);
    Q_EMIT shown.session.attempt(device)->deviceCodeReady(code());
    shown.session.attempt(device)->fail(error(ErrorCode::TimedOut, ErrorCause::CodeExpired));
    QCOMPARE(shown.state(), SignInState::Expired);
    picture(*shown.dialog, u"d3-expired"_s);
    button(*shown.dialog, u"New code"_s)->click();
    QCOMPARE(shown.session.signIns.size(), 2);
    QCOMPARE(shown.state(), SignInState::Preparing);
}

void TestSignInDialog::theWindowMaySendThePersonToTheBrowser()
{
    Shown shown;
    shown.wait();
    button(*shown.dialog, u"Show the sign-in window"_s)->click();
    auto *embedded = shown.session.attempt(SignInWay::Embedded);
    QVERIFY(embedded);
    embedded->enter(Stage::WaitingForPerson);
    embedded->fail(error(ErrorCode::Cancelled, ErrorCause::BrowserRequested));
    QCOMPARE(shown.state(), SignInState::Waiting);
    QCOMPARE(shown.session.attempt(browser)->opened, QStringList{QString()});
}

void TestSignInDialog::theCommandHoldsWhatWasAsked()
{
    const Shown shown({.profileId = u"lab"_s, .scopes = {u"openid"_s, u"api"_s, u"read"_s}, .loginHint = u"o'hara"_s});
    QVERIFY(QTest::qWaitForWindowActive(shown.dialog));
    QTest::keyClick(shown.dialog.data(), Qt::Key_K, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(
        QGuiApplication::clipboard()->text(),
        u"countersign login --profile lab --via browser --scope 'api openid read' --login-hint 'o'\\''hara'"_s);
}

void TestSignInDialog::theTroubleMenuKnowsTheRedirectAddress()
{
    Shown shown;
    shown.wait();
    auto *trouble = shown.dialog->findChild<QPushButton *>(u"trouble"_s);
    Q_EMIT trouble->menu()->aboutToShow();
    QAction *redirect = nullptr;
    for (auto *action : trouble->menu()->actions()) {
        if (action->text().contains("redirect"_L1))
            redirect = action;
    }
    QVERIFY(redirect);
    redirect->trigger();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"http://127.0.0.1:51823/"_s);
    picture(*shown.dialog, u"d3-redirect"_s);
}

void TestSignInDialog::checksTickWhileTheyAreMade()
{
    Shown shown;
    shown.wait();
    auto *attempt = shown.session.attempt(browser);
    attempt->enter(Stage::Redeeming);
    const auto *checks = shown.dialog->findChild<Desktop::CheckList *>();
    QVERIFY(!checks->isVisible());
    attempt->enter(Stage::Validating);
    QVERIFY(checks->isVisible());
    QVERIFY(checks->item(0)->data(Qt::AccessibleTextRole).toString().startsWith("To come"_L1));
    attempt->report = fakeOutcome().checks;
    attempt->enter(Stage::Saving);
    QVERIFY(checks->isVisible());
    QCOMPARE(checks->count(), 6);
    // One after the other.
    const auto said = [checks](int row) { return checks->item(row)->data(Qt::AccessibleTextRole).toString(); };
    QVERIFY(said(5).startsWith("To come"_L1));
    QTRY_VERIFY(said(0).startsWith("Pass. Signature"_L1));
    picture(*shown.dialog, u"d3-checks"_s);
    QTRY_VERIFY(said(5).startsWith("Pass"_L1));
    attempt->succeed(fakeOutcome());
    // What was said stays said.
    QVERIFY(checks->isVisible());
    QVERIFY(said(0).startsWith("Pass"_L1) && said(5).startsWith("Pass"_L1));
}

void TestSignInDialog::enterTriesAgainWhatFailed()
{
    const Shown shown;
    shown.dialog->activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(shown.dialog));
    for (const auto way : {browser, device})
        shown.session.attempt(way)->fail(error(ErrorCode::NetworkUnavailable, ErrorCause::NameNotResolved));
    QCOMPARE(shown.state(), SignInState::Failed);
    const auto *focused = qobject_cast<QPushButton *>(shown.dialog->focusWidget());
    QVERIFY(focused);
    QCOMPARE(focused->accessibleName(), u"Try again"_s);
    const auto before = shown.session.signIns.size();
    QTest::keyClick(shown.dialog->focusWidget(), Qt::Key_Return);
    QVERIFY(shown.session.signIns.size() > before);
}

void TestSignInDialog::aFailedCheckIsShownAtOnce()
{
    Shown shown;
    shown.wait();
    auto *attempt = shown.session.attempt(browser);
    attempt->report = fakeOutcome().checks;
    attempt->report.append({.id = u"audience"_s, .outcome = Jose::CheckOutcome::Failed});
    attempt->fail(error(ErrorCode::SecurityCheckFailed, ErrorCause::Unspecified));
    const auto *checks = shown.dialog->findChild<Desktop::CheckList *>();
    QVERIFY(checks->isVisible());
    QVERIFY(checks->item(checks->count() - 1)->data(Qt::AccessibleTextRole).toString().startsWith("Fail"_L1));
}

QTEST_MAIN(TestSignInDialog)
#include "tst_signindialog.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// The ways of one sign-in, each with what it needs: a browser, a code for another device, a store for the result.
#include "signintest.h"

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestSignInWays : public SignInTest
{
    Q_OBJECT
private Q_SLOTS:
    void oneWayMayFailWhileOthersGoOn_data();
    void oneWayMayFailWhileOthersGoOn();
    void aLockedStoreIsToldBeforeAnythingOpens();
    void theSessionOnlyWayAsksAgainWithoutTheStore();
    void aStoreThatFailsAfterTheAnswerSaysWhatThatCosts_data();
    void aStoreThatFailsAfterTheAnswerSaysWhatThatCosts();
    void anUnavailableWayGivesItsReason();
    void theWayBackIsTestedOnDemand_data();
    void theWayBackIsTestedOnDemand();
    void theCodeIsSpelledForEars();
    void theLargeCodeWarnsOfCodesFromOthers();
    void theLargeCodeIsClosedWhenTheAnswerComes();
};

void TestSignInWays::oneWayMayFailWhileOthersGoOn_data()
{
    QTest::addColumn<bool>("isBrowser");
    QTest::addColumn<int>("errorCode");
    QTest::addColumn<int>("errorCause");
    QTest::newRow("the browser did not open")
        << true << int(ErrorCode::NotSupported) << int(ErrorCause::BrowserNotOpened);
    QTest::newRow("no port is free") << true << int(ErrorCode::NotSupported) << int(ErrorCause::PortUnavailable);
    QTest::newRow("no device endpoint (RFC 8414)")
        << false << int(ErrorCode::NotSupported) << int(ErrorCause::EndpointMissing);
    QTest::newRow("the client may not use the device grant")
        << false << int(ErrorCode::ServerRejected) << int(ErrorCause::Unspecified);
}

void TestSignInWays::oneWayMayFailWhileOthersGoOn()
{
    QFETCH(bool, isBrowser);
    QFETCH(int, errorCode);
    QFETCH(int, errorCause);
    const Shown shown;
    const auto failing = isBrowser ? browser : device;
    const auto waiting = isBrowser ? device : browser;
    shown.session.attempt(waiting)->enter(Stage::WaitingForPerson);
    shown.session.attempt(failing)->fail(error(ErrorCode(errorCode), ErrorCause(errorCause)));
    QCOMPARE(shown.state(), SignInState::Waiting);
    QVERIFY(shown.dialog->run().way(failing).error.has_value());
    QVERIFY(shown.dialog->run().way(waiting).isRunning());
    picture(*shown.dialog, u"d3-half-"_s + QString::fromLatin1(QTest::currentDataTag()).left(12).replace(u' ', u'-'));
    // Only when no way is left it is over.
    shown.session.attempt(waiting)->fail(error(ErrorCode::TimedOut));
    QCOMPARE(shown.state(), SignInState::Failed);
}

void TestSignInWays::aLockedStoreIsToldBeforeAnythingOpens()
{
    const Shown shown;
    shown.session.attempt(browser)->enter(Stage::OpeningStore);
    QCOMPARE(shown.state(), SignInState::Preparing); // most stores open at once
    QTRY_COMPARE(shown.state(), SignInState::NeedStore);
    QVERIFY(button(*shown.dialog, u"Unlock"_s));
    QVERIFY(!shown.dialog->run().isOver());
    const auto *banner = shown.dialog->findChild<Desktop::Banner *>();
    QVERIFY(banner->accessibleDescription().contains("Nothing has been opened yet"_L1));
    QVERIFY(button(*shown.dialog, u"Cancel"_s)->isEnabled());
    picture(*shown.dialog, u"d3-store-waits"_s);
    shown.session.attempt(browser)->enter(Stage::Discovering);
    QCOMPARE(shown.state(), SignInState::Preparing);
}

void TestSignInWays::theSessionOnlyWayAsksAgainWithoutTheStore()
{
    const Shown shown;
    shown.session.attempt(browser)->fail(error(ErrorCode::StorageUnavailable, ErrorCause::StoreMissing));
    auto *sessionOnly = button(*shown.dialog, u"Use for this session only"_s);
    QVERIFY(sessionOnly);
    sessionOnly->click();
    QVERIFY(shown.session.signIns.last().isSessionOnly);
    QCOMPARE(shown.state(), SignInState::Preparing);
}

void TestSignInWays::aStoreThatFailsAfterTheAnswerSaysWhatThatCosts_data()
{
    QTest::addColumn<int>("cause");
    QTest::addColumn<QString>("title");
    QTest::newRow("locked meanwhile") << int(ErrorCause::StoreLocked) << u"Your key store is locked"_s;
    QTest::newRow("the window for a password was closed")
        << int(ErrorCause::StoreDenied) << u"Your key store takes nothing"_s;
    QTest::newRow("gone") << int(ErrorCause::StoreMissing) << u"There is no place to keep the tokens"_s;
    QTest::newRow("full") << int(ErrorCause::StoreFull) << u"The place for tokens cannot be used."_s;
}

void TestSignInWays::aStoreThatFailsAfterTheAnswerSaysWhatThatCosts()
{
    QFETCH(int, cause);
    QFETCH(QString, title);
    Shown shown;
    shown.wait();
    shown.session.attempt(browser)->enter(Stage::Saving);
    shown.session.attempt(browser)->fail(error(ErrorCode::StorageUnavailable, ErrorCause(cause)));
    QCOMPARE(shown.state(), SignInState::NeedStore);
    const auto *banner = shown.dialog->findChild<Desktop::Banner *>();
    QCOMPARE(banner->title(), title);
    QVERIFY(!banner->accessibleDescription().contains("Nothing has been opened yet"_L1));
    QVERIFY(banner->accessibleDescription().contains("sign in again"_L1));
    QVERIFY(button(*shown.dialog, u"Try again"_s));
    picture(*shown.dialog, u"d3-store-late-"_s + QString::number(cause));
}

void TestSignInWays::anUnavailableWayGivesItsReason()
{
    FakeSession session;
    session.wayList[2].isAvailable = false;
    session.wayList[2].reason = u"The sign-in window is not installed."_s;
    const std::unique_ptr<SignInDialog> dialog(new SignInDialog(session, {.profileId = u"lab"_s}));
    dialog->show();
    bool isSaid = false;
    for (const auto *label : dialog->findChildren<QLabel *>())
        isSaid |= label->text() == session.wayList.at(2).reason;
    QVERIFY(isSaid);
    QVERIFY(!button(*dialog, u"Show the sign-in window"_s)->isEnabled());
    picture(*dialog, u"d3-no-embedded"_s);
}

void TestSignInWays::theWayBackIsTestedOnDemand_data()
{
    QTest::addColumn<bool>("isOpen");
    QTest::addColumn<QString>("title");
    QTest::newRow("it works") << true << u"The way back works"_s;
    QTest::newRow("it is closed") << false << u"The way back is closed"_s;
}

void TestSignInWays::theWayBackIsTestedOnDemand()
{
    QFETCH(bool, isOpen);
    QFETCH(QString, title);
    Shown shown;
    shown.wait();
    if (!isOpen)
        shown.session.returnResult = Error{ErrorCode::NetworkUnavailable, ErrorCause::PortUnavailable, u"Refused"_s};
    // The code is no way out yet: then it is offered.
    shown.session.attempt(device)->fail({ErrorCode::NotSupported, ErrorCause::EndpointMissing, u"No device grant."_s});
    auto *menu = shown.dialog->findChild<QPushButton *>(u"trouble"_s)->menu();
    Q_EMIT menu->aboutToShow();
    for (auto *action : menu->actions()) {
        if (action->text().contains("way back"_L1))
            action->trigger();
    }
    QCOMPARE(shown.session.testedReturns, QList<QUrl>{QUrl(u"http://127.0.0.1:51823/"_s)});
    QTRY_COMPARE(shown.dialog->stateText(), title);
    bool isReasonSaid = false;
    for (const auto *label : shown.dialog->findChildren<QLabel *>()) {
        QVERIFY2(!label->text().contains("Refused"_L1), "a sentence in two languages");
        isReasonSaid |= label->text().contains("no connection could be made"_L1);
    }
    QCOMPARE(isReasonSaid, !isOpen);
    picture(*shown.dialog, isOpen ? u"d3-return-works"_s : u"d3-return-closed"_s);
    QCOMPARE(shown.state(), SignInState::Waiting);
    QPushButton *code = nullptr;
    for (auto *button : shown.dialog->findChildren<QPushButton *>()) {
        if (button->text().contains("another device"_L1))
            code = button;
    }
    QVERIFY(code);
    code->click();
    QVERIFY(shown.dialog->run().way(device).isRunning());
}

void TestSignInWays::theCodeIsSpelledForEars()
{
    QCOMPARE(Desktop::spelledCode(u"WDJB-MJHT"_s), u"W D J B – M J H T"_s);
    QCOMPARE(Desktop::qrAddress(code()), code().completeUri);
    auto plain = code();
    plain.completeUri = {};
    QCOMPARE(Desktop::qrAddress(plain), plain.verificationUri);
}

//! B.32, B.41: what is approved, and the warning that a code from somebody else signs that person in.
void TestSignInWays::theLargeCodeWarnsOfCodesFromOthers()
{
    Desktop::DeviceCodeDialog dialog(code(), u"Contoso"_s, nullptr);
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.show();
    QVERIFY(dialog.windowTitle().contains(u"Contoso"_s));
    const auto *address = dialog.findChild<QLabel *>(u"address"_s);
    QVERIFY(address && address->isVisible());
    QCOMPARE(address->text(), code().verificationUri.toString());
    const auto labels = dialog.findChildren<QLabel *>();
    const auto warns = [](const QLabel *label) {
        return label->isVisible() && label->text().contains("somebody else"_L1);
    };
    QVERIFY(std::any_of(labels.begin(), labels.end(), warns));
}

void TestSignInWays::theLargeCodeIsClosedWhenTheAnswerComes()
{
    Shown shown;
    shown.wait();
    button(*shown.dialog, u"Show the code large and as a QR code"_s)->click();
    QPointer<Desktop::DeviceCodeDialog> large = shown.dialog->findChild<Desktop::DeviceCodeDialog *>();
    QVERIFY(large);
    picture(*large, u"d5-device-code"_s);
    shown.session.attempt(device)->enter(Stage::Redeeming);
    QTRY_VERIFY(!large);
}

QTEST_MAIN(TestSignInWays)
#include "tst_signinways.moc"

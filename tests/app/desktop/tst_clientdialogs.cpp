// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sessionfixture.h"
#include "support/clicknamed.h"

#include "signin/signindialog.h"
#include "window/mainwindow.h"
#include "window/workbench.h"

#include <QtCore/QDir>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtTest/QSignalSpy>

using namespace CountersignTest;
using Desktop::SignInDialog;
using Desktop::SignInState;

//! The sign-in's window over a real session: each of its states is one that a provider brought about.
class TestClientDialogs : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<SignInState>(); }
    void theDialogShowsWhatTheProviderDoes_data();
    void theDialogShowsWhatTheProviderDoes();
    void everyStateOfTheDialogIsReachedThroughTheProvider_data();
    void everyStateOfTheDialogIsReachedThroughTheProvider();
    void theWrongPersonIsAskedAboutAndMayBeKept();
    void aStoreThatCannotBeOpenedIsToldBeforeAnythingOpens();
    void aRunOutCodeIsReplacedByANewOne();
    void theDialogOffersTheCodeWhenNoBrowserOpens();
    void whereNoBrowserOpensTheLinkIsTakenThereByHand();
    void theDialogSaysWhenItShallPollSlower();
    void theDialogEndsWithTheCode();
    void theWindowMayBeClosedDuringAnything_data();
    void theWindowMayBeClosedDuringAnything();
};

void TestClientDialogs::theDialogShowsWhatTheProviderDoes_data()
{
    QTest::addColumn<HookPoint>("point");
    QTest::addColumn<QJsonObject>("program");
    QTest::addColumn<SignInState>("state");
    QTest::newRow("all is well") << HookPoint::Discovery << QJsonObject() << SignInState::Done;
    QTest::newRow("access_denied, RFC 6749 4.1.2.1")
        << HookPoint::AuthorizationResponse
        << QJsonObject{{u"set"_s, QJsonObject{{u"error"_s, u"access_denied"_s}}}, {u"remove"_s, QJsonArray{u"code"_s}}}
        << SignInState::Declined;
    QTest::newRow("a forged signature") << HookPoint::IdTokenSignature << QJsonObject{{u"signature"_s, u"xor"_s}}
                                        << SignInState::Failed;
    QTest::newRow("a wrong audience") << HookPoint::IdTokenClaims
                                      << QJsonObject{{u"set"_s, QJsonObject{{u"aud"_s, u"somebody"_s}}}}
                                      << SignInState::Failed;
    QTest::newRow("fewer scopes, RFC 6749 5.1")
        << HookPoint::TokenResponse << QJsonObject{{u"set"_s, QJsonObject{{u"scope"_s, u"openid offline_access"_s}}}}
        << SignInState::ScopeReduced;
    QTest::newRow("discovery is broken") << HookPoint::Discovery
                                         << QJsonObject{{u"body"_s, u"<html>"_s}, {u"contentType"_s, u"text/html"_s}}
                                         << SignInState::Failed;
    QTest::newRow("invalid_grant, RFC 6749 5.2")
        << HookPoint::TokenResponse << QJsonObject{{u"status"_s, 400}, {u"body"_s, u"{\"error\":\"invalid_grant\"}"_s}}
        << SignInState::Failed;
    QTest::newRow("the provider is busy")
        << HookPoint::TokenResponse << QJsonObject{{u"status"_s, 503}, {u"body"_s, u"{}"_s}} << SignInState::Failed;
}

void TestClientDialogs::theDialogShowsWhatTheProviderDoes()
{
    QFETCH(HookPoint, point);
    QFETCH(QJsonObject, program);
    QFETCH(SignInState, state);
    // Nobody enters the device code: the browser's answer is what counts.
    Fixture f({.approve = {}, .deviceInterval = 60});
    f.sandbox.context().settings.approve = u"ada"_s;
    if (!program.isEmpty())
        f.hook(point, program);
    const std::unique_ptr<SignInDialog> dialog(
        new SignInDialog(*f.session, {.profileId = u"lab"_s, .scopes = f.session->profiles().at(0).scopes}));
    QSignalSpy states(&dialog->run(), &Desktop::SignInRun::stateChanged);
    dialog->show();
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), state, 20000);
    QVERIFY(!dialog->stateText().isEmpty());
    const bool isStored = !f.session->services().cache().snapshot().isEmpty();
    QCOMPARE(isStored, state == SignInState::Done || state == SignInState::ScopeReduced);
    if (state == SignInState::Failed && point == HookPoint::IdTokenSignature)
        QVERIFY(dialog->run().checks().hasFailures());
}

void TestClientDialogs::everyStateOfTheDialogIsReachedThroughTheProvider_data()
{
    QTest::addColumn<HookPoint>("point");
    QTest::addColumn<QJsonObject>("program");
    QTest::addColumn<SignInState>("state");
    QTest::addColumn<QString>("text");
    const QJsonObject slow{{u"delayMs"_s, 1500}};
    QTest::newRow("preparing: discovery is slow")
        << HookPoint::Discovery << slow << SignInState::Preparing << u"Reading the provider's configuration"_s;
    QTest::newRow("waiting: nobody finishes the page")
        << HookPoint::AuthorizationPage << slow << SignInState::Waiting << u"Waiting for you to finish"_s;
    QTest::newRow("came back: redeeming is slow")
        << HookPoint::TokenResponse << slow << SignInState::CameBack << u"Answer received"_s;
    QTest::newRow("checking: the keys are slow") << HookPoint::Jwks << slow << SignInState::Checking << u"Checking"_s;
}

void TestClientDialogs::everyStateOfTheDialogIsReachedThroughTheProvider()
{
    QFETCH(HookPoint, point);
    QFETCH(QJsonObject, program);
    QFETCH(SignInState, state);
    QFETCH(QString, text);
    Fixture f({.approve = {}, .deviceInterval = 60});
    f.sandbox.context().settings.approve = u"ada"_s;
    f.hook(point, program);
    const std::unique_ptr<SignInDialog> dialog(new SignInDialog(*f.session, {.profileId = u"lab"_s}));
    dialog->show();
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), state, 20000);
    QVERIFY2(dialog->stateText().contains(text), qPrintable(dialog->stateText()));
    // Cancel works from each of them that lets one, and leaves nothing; the others come to their end.
    if (state == SignInState::CameBack) {
        QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::Done, 20000);
        return;
    }
    dialog->reject();
    QCOMPARE(dialog->run().state(), SignInState::Cancelled);
    QVERIFY(!dialog->isVisible());
    QVERIFY(f.session->services().cache().snapshot().isEmpty());
}

void TestClientDialogs::theWrongPersonIsAskedAboutAndMayBeKept()
{
    Fixture f;
    QVERIFY(f.signIn());
    QTRY_COMPARE(f.session->accounts().size(), 1);
    const auto ada = f.session->accounts().at(0).account.id;
    f.sandbox.context().settings.approve = u"grace"_s;
    const std::unique_ptr<SignInDialog> dialog(
        new SignInDialog(*f.session, {.profileId = u"lab"_s, .expectedAccount = ada}));
    dialog->show();
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::WrongAccount, 20000);
    QCOMPARE(f.session->accounts().size(), 1);
    QVERIFY(clickNamed(*dialog, u"Keep both"_s));
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::Done, 20000);
    QTRY_COMPARE(f.session->accounts().size(), 2);
}

void TestClientDialogs::aStoreThatCannotBeOpenedIsToldBeforeAnythingOpens()
{
    // A folder where the file should be: nothing can be read or written there.
    QTemporaryDir place;
    QVERIFY(QDir(place.path()).mkpath(u"cache.json"_s));
    Fixture f({.approve = u"ada"_s, .deviceInterval = 1}, u"msal:"_s + place.filePath(u"cache.json"_s));
    const std::unique_ptr<SignInDialog> dialog(new SignInDialog(*f.session, {.profileId = u"lab"_s}));
    dialog->show();
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::NeedStore, 20000);
    QVERIFY(f.browser.opened.isEmpty());
    QVERIFY(clickNamed(*dialog, u"session only"_s));
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::Done, 20000);
}

void TestClientDialogs::aRunOutCodeIsReplacedByANewOne()
{
    Fixture f({.deviceCodeLifetime = std::chrono::seconds(2), .deviceInterval = 1});
    const std::unique_ptr<SignInDialog> dialog(
        new SignInDialog(*f.session, {.profileId = u"lab"_s, .way = SignInWay::DeviceCode}));
    dialog->show();
    QTRY_VERIFY_WITH_TIMEOUT(dialog->run().way(SignInWay::DeviceCode).code.has_value(), 20000);
    const auto first = dialog->run().way(SignInWay::DeviceCode).code->userCode;
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::Expired, 20000);
    QVERIFY(clickNamed(*dialog, u"New code"_s));
    QTRY_VERIFY_WITH_TIMEOUT(dialog->run().way(SignInWay::DeviceCode).code.has_value(), 20000);
    QVERIFY(dialog->run().way(SignInWay::DeviceCode).code->userCode != first);
}

void TestClientDialogs::theDialogOffersTheCodeWhenNoBrowserOpens()
{
    Fixture f({.deviceInterval = 1});
    f.browser.isMissing = true;
    const std::unique_ptr<SignInDialog> dialog(new SignInDialog(*f.session, {.profileId = u"lab"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(dialog->run().way(SignInWay::Browser).isPageRefused
                                 && dialog->run().way(SignInWay::DeviceCode).code.has_value(),
                             20000);
    QCOMPARE(dialog->run().state(), SignInState::Waiting);
    // Somebody enters the code elsewhere.
    auto *device = f.sandbox.context().state.deviceByUserCode(dialog->run().way(SignInWay::DeviceCode).code->userCode);
    QVERIFY(device);
    device->status = CountersignSandbox::DeviceRequest::Status::Approved;
    device->subject = f.sandbox.context().directory.user(u"grace")->subject;
    device->authenticatedAt = QDateTime::currentDateTimeUtc();
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::Done, 20000);
    QCOMPARE(dialog->run().winner(), SignInWay::DeviceCode);
}

void TestClientDialogs::whereNoBrowserOpensTheLinkIsTakenThereByHand()
{
    Fixture f;
    f.browser.isMissing = true;
    const std::unique_ptr<SignInDialog> dialog(new SignInDialog(*f.session, {.profileId = u"lab"_s}));
    dialog->show();
    QTRY_VERIFY_WITH_TIMEOUT(dialog->run().way(SignInWay::Browser).isPageRefused, 20000);
    QVERIFY(clickNamed(*dialog, u"Copy the link"_s));
    const QUrl link(QGuiApplication::clipboard()->text());
    QCOMPARE(link, f.browser.opened.value(0));
    f.browser.go(link);
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::Done, 20000);
    QCOMPARE(dialog->run().winner(), SignInWay::Browser);
}

void TestClientDialogs::theDialogSaysWhenItShallPollSlower()
{
    Fixture f({.deviceInterval = 1});
    f.browser.isAway = true;
    f.hook(HookPoint::TokenResponse,
           {{u"times"_s, 1}, {u"status"_s, 400}, {u"body"_s, u"{\"error\":\"slow_down\"}"_s}});
    const std::unique_ptr<SignInDialog> dialog(new SignInDialog(*f.session, {.profileId = u"lab"_s}));
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::SlowDown, 20000);
    QVERIFY(dialog->run().pollInterval() > std::chrono::seconds(1));
}

void TestClientDialogs::theDialogEndsWithTheCode()
{
    Fixture f({.deviceCodeLifetime = std::chrono::seconds(2), .deviceInterval = 1});
    const std::unique_ptr<SignInDialog> dialog(
        new SignInDialog(*f.session, {.profileId = u"lab"_s, .way = SignInWay::DeviceCode}));
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::Expired, 20000);
}

void TestClientDialogs::theWindowMayBeClosedDuringAnything_data()
{
    QTest::addColumn<int>("stage");
    QTest::newRow("starting") << int(Operation::Stage::Starting);
    QTest::newRow("discovering") << int(Operation::Stage::Discovering);
    QTest::newRow("waiting") << int(Operation::Stage::WaitingForPerson);
    QTest::newRow("redeeming") << int(Operation::Stage::Redeeming);
    QTest::newRow("saving") << int(Operation::Stage::Saving);
}

void TestClientDialogs::theWindowMayBeClosedDuringAnything()
{
    QFETCH(int, stage);
    Fixture f({.approve = u"ada"_s, .deviceInterval = 60});
    f.browser.isAway = stage <= int(Operation::Stage::WaitingForPerson);
    auto workbench = std::make_unique<Desktop::Workbench>(*f.session);
    workbench->window().show();
    const auto *dialog = workbench->signIn({.profileId = u"lab"_s});
    const auto reached = [dialog, stage] {
        for (const auto way : {SignInWay::Browser, SignInWay::DeviceCode}) {
            if (int(dialog->run().way(way).stage) >= stage)
                return true;
        }
        return dialog->run().isOver();
    };
    QVERIFY(QTest::qWaitFor(reached, 20000));
    workbench->window().close();
    workbench.reset();
    // Whatever was under way comes to its end without anybody to tell.
    f.session.reset();
    QTest::qWait(50);
}

QTEST_MAIN(TestClientDialogs)
#include "tst_clientdialogs.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientsession.h"
#include "sandbox.h"

#include "signin/signindialog.h"
#include "window/mainwindow.h"
#include "window/workbench.h"

#include <QtCore/QDir>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUrlQuery>
#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QPushButton>

using namespace Countersign;
using namespace Qt::StringLiterals;
using CountersignSandbox::HookPoint;
using Desktop::ClientSession;
using Desktop::Outcome;
using Desktop::SignInDialog;
using Desktop::SignInState;
using Desktop::SignInWay;

namespace {

//! A browser without a face: follows redirects to their end, or does nothing.
class FacelessBrowser final : public BrowserLauncher
{
public:
    void launch(const QUrl &url, QObject *context, FailureHandler failed) override
    {
        opened.append(url);
        if (isMissing)
            QMetaObject::invokeMethod(
                context,
                [failed = std::move(failed)] {
                    failed(Error{ErrorCode::NotSupported, ErrorCause::BrowserNotOpened, u"No browser."_s});
                },
                Qt::QueuedConnection);
        else if (!isAway)
            go(url);
    }
    void go(const QUrl &url)
    {
        QNetworkRequest request(url);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::NoLessSafeRedirectPolicy);
        auto *reply = m_manager.get(request);
        QObject::connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
    }

    QList<QUrl> opened;
    bool isAway = false; //!< the person does nothing
    bool isMissing = false;

private:
    QNetworkAccessManager m_manager;
};

//! A sandbox in this process, a profile for it and a session with tokens in memory.
struct Fixture
{
    explicit Fixture(CountersignSandbox::Settings given = {.approve = u"ada"_s, .deviceInterval = 1},
                     const QString &store = u"memory"_s)
        : sandbox(std::move(given))
    {
        qputenv("XDG_CACHE_HOME", folder.filePath(u"cache"_s).toUtf8());
        if (!sandbox.start())
            qFatal("the sandbox does not start");
        putProfile();
        Desktop::SessionSettings settings;
        settings.services.store = store;
        settings.services.proxy = u"none"_s;
        settings.profilePath = profilePath();
        settings.launcher = &browser;
        auto made = ClientSession::create(std::move(settings));
        if (!made)
            qFatal("%s", qPrintable(made.error().message()));
        session = *std::move(made);
    }
    QString profilePath() const { return folder.filePath(u"profiles.json"_s); }
    void putProfile(const ScopeSet &scopes = {u"openid"_s, u"profile"_s, u"offline_access"_s})
    {
        Profile profile;
        profile.id = u"lab"_s;
        profile.name = u"Lab"_s;
        profile.issuer = sandbox.issuer();
        profile.clientId = u"sandbox-native"_s;
        profile.scopes = scopes;
        if (!ProfileStore(profilePath()).put(profile))
            qFatal("the profile cannot be written");
    }
    void hook(HookPoint point, const QJsonObject &program)
    {
        if (!sandbox.hooks().set(point, program))
            qFatal("no such hook");
    }
    //! Ends with the attempt, whatever comes of it.
    Result<Outcome> finish(Desktop::Attempt *attempt)
    {
        std::optional<Result<Outcome>> result;
        QObject::connect(attempt, &Desktop::Attempt::finished, attempt,
                         [&result](const Result<Outcome> &came) { result.emplace(came); });
        if (!QTest::qWaitFor([&result] { return result.has_value(); }, 20000))
            return Error{ErrorCode::TimedOut, u"The attempt did not end."_s};
        return *result;
    }
    Result<Outcome> signIn(SignInWay way = SignInWay::Browser)
    {
        return finish(session->signIn({.profileId = u"lab"_s, .way = way}));
    }

    QTemporaryDir folder;
    CountersignSandbox::Sandbox sandbox;
    FacelessBrowser browser;
    std::unique_ptr<ClientSession> session;
};

} // namespace

class TestClientSession : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { qRegisterMetaType<SignInState>(); }
    void profilesComeFromTheirFileAlsoWhenOthersChangeIt();
    void aSignInInTheBrowserShowsTheAccountAndItsTokens();
    void aSignInByDeviceCodeShowsTheCodeFirst();
    void aTokenComesFromTheCacheWithItsReasons();
    void aForcedTokenComesFromTheProvider();
    void aSessionOnlySignInLeavesTheStoreAsItWas();
    void signingOutTellsEveryStep();
    void historyAndSessionAreKnown();
    void cancellingLeavesNothingBehind();
    void destroyingTheSessionEndsWhatIsUnderWay();
    void theDialogShowsWhatTheProviderDoes_data();
    void theDialogShowsWhatTheProviderDoes();
    void everyStateOfTheDialogIsReachedThroughTheProvider_data();
    void everyStateOfTheDialogIsReachedThroughTheProvider();
    void theWrongPersonIsAskedAboutAndMayBeKept();
    void aStoreThatCannotBeOpenedIsToldBeforeAnythingOpens();
    void aRunOutCodeIsReplacedByANewOne();
    void theWayBackIsTestedAtTheListenerItself();
    void scopesAreSuggestedFromWhatIsKnown();
    void extraParametersReachTheProvider();
    void theClockIsMeasuredByTheAnswers();
    void offlineTokensComeFromTheCacheAlone();
    void theDialogOffersTheCodeWhenNoBrowserOpens();
    void theDialogSaysWhenItShallPollSlower();
    void theDialogEndsWithTheCode();
    void theWindowMayBeClosedDuringAnything_data();
    void theWindowMayBeClosedDuringAnything();
};

void TestClientSession::profilesComeFromTheirFileAlsoWhenOthersChangeIt()
{
    Fixture f;
    QCOMPARE(f.session->profiles().size(), 1);
    QVERIFY(f.session->profiles().at(0).isSandbox);
    QSignalSpy changed(f.session.get(), &Desktop::Session::profilesChanged);
    Profile another;
    another.id = u"work"_s;
    another.kind = Profile::Kind::Entra;
    another.issuer = u"https://login.microsoftonline.com/contoso.com"_s;
    another.clientId = u"11111111-2222-3333-4444-555555555555"_s;
    QVERIFY(ProfileStore(f.profilePath()).put(another));
    QTRY_COMPARE(f.session->profiles().size(), 2);
    QVERIFY(changed.size() >= 1);
    QVERIFY(!f.session->canRevoke(u"work"_s)); // Entra has no revocation endpoint
    QVERIFY(f.session->canRevoke(u"lab"_s));
}

void TestClientSession::aSignInInTheBrowserShowsTheAccountAndItsTokens()
{
    Fixture f;
    QSignalSpy changed(f.session.get(), &Desktop::Session::accountsChanged);
    const auto result = f.signIn();
    QVERIFY2(result, result ? "" : qPrintable(result.error().message()));
    QVERIFY(result->isIdTokenVerified);
    QVERIFY(result->checks.count(Jose::CheckOutcome::Passed) > 5);
    QVERIFY(!result->tokenId.isEmpty());
    QTRY_COMPARE(f.session->accounts().size(), 1);
    QVERIFY(changed.size() >= 1);
    const auto entry = f.session->accounts().at(0);
    QCOMPARE(entry.profileId, u"lab"_s);
    QVERIFY(entry.canRefresh);
    QCOMPARE(entry.tokens.size(), 2);
    std::optional<Result<Secret>> token;
    f.session->fetchToken(result->tokenId, this, [&token](Result<Secret> came) { token.emplace(std::move(came)); });
    QTRY_VERIFY(token.has_value());
    QVERIFY(*token);
    QVERIFY((*token)->size() > 20);
    // What the rows hold never holds the token.
    for (const auto &row : entry.tokens)
        QVERIFY(!row.id.contains(QString::fromUtf8((*token)->reveal())));
}

void TestClientSession::aSignInByDeviceCodeShowsTheCodeFirst()
{
    Fixture f;
    auto *attempt = f.session->signIn({.profileId = u"lab"_s, .way = SignInWay::DeviceCode});
    QString code;
    connect(attempt, &Desktop::Attempt::deviceCodeReady, this,
            [&code](const Desktop::DeviceCodeEntry &entry) { code = entry.userCode; });
    const auto result = f.finish(attempt);
    QVERIFY2(result, result ? "" : qPrintable(result.error().message()));
    QCOMPARE(code.size(), 9);
    QVERIFY(f.browser.opened.isEmpty());
}

void TestClientSession::aTokenComesFromTheCacheWithItsReasons()
{
    Fixture f;
    const auto signedIn = f.signIn();
    QVERIFY(signedIn);
    QTRY_COMPARE(f.session->accounts().size(), 1);
    f.sandbox.clearLog();
    const auto result = f.finish(
        f.session->getToken({.profileId = u"lab"_s, .account = signedIn->account.id, .scopes = signedIn->asked}));
    QVERIFY2(result, result ? "" : qPrintable(result.error().message()));
    QCOMPARE(result->origin, Desktop::TokenOrigin::Cache);
    QVERIFY(f.sandbox.log().isEmpty());
    QVERIFY(!result->trace.rows.isEmpty());
    const auto verdict = result->trace.rows.last().verdict;
    QVERIFY(verdict == TraceVerdict::Taken || verdict == TraceVerdict::TakenByMemory);
    QCOMPARE(result->tokenId, signedIn->tokenId);
}

void TestClientSession::aForcedTokenComesFromTheProvider()
{
    Fixture f;
    const auto signedIn = f.signIn();
    QVERIFY(signedIn);
    auto *attempt = f.session->getToken(
        {.profileId = u"lab"_s, .account = signedIn->account.id, .scopes = signedIn->asked, .forceRefresh = true});
    QTRY_VERIFY(!f.session->accounts().isEmpty());
    const auto result = f.finish(attempt);
    QVERIFY2(result, result ? "" : qPrintable(result.error().message()));
    QCOMPARE(result->origin, Desktop::TokenOrigin::Refresh);
    QVERIFY(std::any_of(result->trace.rows.cbegin(), result->trace.rows.cend(),
                        [](const TraceRow &row) { return row.verdict == TraceVerdict::ToBeSent; }));
    QVERIFY(!f.session->accounts().at(0).isBusy);
}

void TestClientSession::aSessionOnlySignInLeavesTheStoreAsItWas()
{
    Fixture f;
    const auto result = f.finish(f.session->signIn({.profileId = u"lab"_s, .isSessionOnly = true}));
    QVERIFY2(result, result ? "" : qPrintable(result.error().message()));
    QTRY_COMPARE(f.session->accounts().size(), 1);
    QVERIFY(f.session->accounts().at(0).isSessionOnly);
    QVERIFY(f.session->services().cache().snapshot().isEmpty());
    const auto silent =
        f.finish(f.session->getToken({.profileId = u"lab"_s, .account = result->account.id, .scopes = result->asked}));
    QVERIFY(silent);
    QCOMPARE(silent->origin, Desktop::TokenOrigin::Cache);
}

void TestClientSession::signingOutTellsEveryStep()
{
    Fixture f;
    const auto signedIn = f.signIn();
    QVERIFY(signedIn);
    QTRY_COMPARE(f.session->accounts().size(), 1);
    const auto result =
        f.finish(f.session->signOut({.profileId = u"lab"_s, .account = signedIn->account.id, .revoke = true}));
    QVERIFY2(result, result ? "" : qPrintable(result.error().message()));
    const auto outcomeOf = [&result](SignOutStep::Kind kind) {
        const auto step = std::find_if(result->steps.cbegin(), result->steps.cend(),
                                       [kind](const SignOutStep &candidate) { return candidate.kind == kind; });
        return step == result->steps.cend() ? SignOutStep::Outcome::NotWanted : step->outcome;
    };
    QCOMPARE(outcomeOf(SignOutStep::Kind::Revocation), SignOutStep::Outcome::Done);
    QCOMPARE(outcomeOf(SignOutStep::Kind::LocalRemoval), SignOutStep::Outcome::Done);
    QTRY_VERIFY(f.session->accounts().isEmpty());
}

void TestClientSession::historyAndSessionAreKnown()
{
    Fixture f;
    const auto signedIn = f.signIn();
    QVERIFY(signedIn);
    const auto detail = f.session->detail(u"lab"_s, signedIn->account.id);
    QVERIFY(detail.authenticatedAt.isValid());
    QVERIFY(detail.refreshTokenAt.isValid());
    QVERIFY(!detail.history.isEmpty());
    QCOMPARE(detail.history.at(0).kind, AccountEvent::Kind::SignedIn);
}

void TestClientSession::cancellingLeavesNothingBehind()
{
    Fixture f;
    f.browser.isAway = true;
    auto *attempt = f.session->signIn({.profileId = u"lab"_s});
    QSignalSpy opened(attempt, &Desktop::Attempt::pageOpened);
    QTRY_COMPARE(opened.size(), 1);
    QVERIFY(attempt->page().toString().startsWith(f.sandbox.issuer()));
    std::optional<Error> error;
    connect(attempt, &Desktop::Attempt::finished, this, [&error](const Result<Outcome> &result) {
        if (!result)
            error = result.error();
    });
    QElapsedTimer clock;
    clock.start();
    attempt->cancel();
    QVERIFY(error.has_value());
    QVERIFY(clock.elapsed() < 200);
    QCOMPARE(error->code(), ErrorCode::Cancelled);
    QVERIFY(f.session->services().cache().snapshot().isEmpty());
}

void TestClientSession::destroyingTheSessionEndsWhatIsUnderWay()
{
    Fixture f;
    f.browser.isAway = true;
    QPointer<Desktop::Attempt> attempt = f.session->signIn({.profileId = u"lab"_s});
    QSignalSpy opened(attempt, &Desktop::Attempt::pageOpened);
    QTRY_COMPARE(opened.size(), 1);
    f.session.reset();
    QVERIFY(!attempt);
}

void TestClientSession::theDialogShowsWhatTheProviderDoes_data()
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

void TestClientSession::theDialogShowsWhatTheProviderDoes()
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

void TestClientSession::everyStateOfTheDialogIsReachedThroughTheProvider_data()
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

void TestClientSession::everyStateOfTheDialogIsReachedThroughTheProvider()
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

void TestClientSession::theWrongPersonIsAskedAboutAndMayBeKept()
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
    for (auto *button : dialog->findChildren<QPushButton *>()) {
        if (button->accessibleName() == u"Keep both"_s)
            button->click();
    }
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::Done, 20000);
    QTRY_COMPARE(f.session->accounts().size(), 2);
}

void TestClientSession::aStoreThatCannotBeOpenedIsToldBeforeAnythingOpens()
{
    // A folder where the file should be: nothing can be read or written there.
    QTemporaryDir place;
    QVERIFY(QDir(place.path()).mkpath(u"cache.json"_s));
    Fixture f({.approve = u"ada"_s, .deviceInterval = 1}, u"msal:"_s + place.filePath(u"cache.json"_s));
    const std::unique_ptr<SignInDialog> dialog(new SignInDialog(*f.session, {.profileId = u"lab"_s}));
    dialog->show();
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::NeedStore, 20000);
    QVERIFY(f.browser.opened.isEmpty());
    for (auto *button : dialog->findChildren<QPushButton *>()) {
        if (button->accessibleName().contains("session only"_L1))
            button->click();
    }
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::Done, 20000);
}

void TestClientSession::aRunOutCodeIsReplacedByANewOne()
{
    Fixture f({.deviceCodeLifetime = std::chrono::seconds(2), .deviceInterval = 1});
    const std::unique_ptr<SignInDialog> dialog(
        new SignInDialog(*f.session, {.profileId = u"lab"_s, .way = SignInWay::DeviceCode}));
    dialog->show();
    QTRY_VERIFY_WITH_TIMEOUT(dialog->run().way(SignInWay::DeviceCode).code.has_value(), 20000);
    const auto first = dialog->run().way(SignInWay::DeviceCode).code->userCode;
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::Expired, 20000);
    for (auto *button : dialog->findChildren<QPushButton *>()) {
        if (button->accessibleName() == u"New code"_s && button->isVisible())
            button->click();
    }
    QTRY_VERIFY_WITH_TIMEOUT(dialog->run().way(SignInWay::DeviceCode).code.has_value(), 20000);
    QVERIFY(dialog->run().way(SignInWay::DeviceCode).code->userCode != first);
}

void TestClientSession::theWayBackIsTestedAtTheListenerItself()
{
    Fixture f;
    f.browser.isAway = true;
    const auto ask = [&f](const QUrl &redirect) {
        std::optional<Result<void>> answer;
        f.session->testReturn(redirect, f.session.get(), [&answer](const Result<void> &came) { answer.emplace(came); });
        if (!QTest::qWaitFor([&answer] { return answer.has_value(); }, 20000))
            return Result<void>(Error{ErrorCode::TimedOut, u"No answer."_s});
        return *answer;
    };
    const std::unique_ptr<SignInDialog> dialog(new SignInDialog(*f.session, {.profileId = u"lab"_s}));
    QTRY_COMPARE_WITH_TIMEOUT(f.browser.opened.size(), 1, 20000);
    const QUrl redirect(QUrlQuery(f.browser.opened.at(0)).queryItemValue(u"redirect_uri"_s, QUrl::FullyDecoded));
    QVERIFY(ask(redirect));
    // The test is no answer: the sign-in still waits, and the real answer still counts.
    QTRY_COMPARE(dialog->run().state(), SignInState::Waiting);
    f.browser.go(f.browser.opened.at(0));
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::Done, 20000);
    // Nobody listens any more.
    QTRY_VERIFY(!ask(redirect));
    QCOMPARE(ask(redirect).error().cause(), ErrorCause::PortUnavailable);
    QCOMPARE(ask(QUrl(u"msauth://app"_s)).error().code(), ErrorCode::NotSupported);
}

void TestClientSession::scopesAreSuggestedFromWhatIsKnown()
{
    Fixture f;
    QCOMPARE(f.session->scopeSuggestions(u"lab"_s), (QStringList{u"offline_access"_s, u"openid"_s, u"profile"_s}));
    QVERIFY(f.signIn());
    QTRY_COMPARE(f.session->accounts().size(), 1);
    // The provider's metadata is known now.
    QVERIFY(f.session->scopeSuggestions(u"lab"_s).contains(u"email"_s));
    QVERIFY(f.session->scopeSuggestions(u"nobody"_s).isEmpty());
}

void TestClientSession::extraParametersReachTheProvider()
{
    Fixture f;
    QVERIFY(f.finish(f.session->signIn({.profileId = u"lab"_s, .extra = {{u"hd"_s, u"example.org"_s}}})));
    QCOMPARE(QUrlQuery(f.browser.opened.at(0)).queryItemValue(u"hd"_s), u"example.org"_s);
}

void TestClientSession::theClockIsMeasuredByTheAnswers()
{
    Fixture f;
    QVERIFY(!f.session->clock());
    QSignalSpy changed(f.session.get(), &Desktop::Session::clockChanged);
    QVERIFY(f.signIn());
    QVERIFY(!changed.isEmpty());
    QVERIFY(f.session->clock());
    QCOMPARE(f.session->clock()->host, QUrl(f.sandbox.issuer()).host());
    QVERIFY(std::chrono::abs(f.session->clock()->offset) < std::chrono::seconds(10));
}

void TestClientSession::offlineTokensComeFromTheCacheAlone()
{
    Fixture f;
    QVERIFY(f.signIn());
    QTRY_COMPARE(f.session->accounts().size(), 1);
    f.session->setOffline(true);
    Desktop::TokenRequest request{.profileId = u"lab"_s, .account = f.session->accounts().at(0).account.id};
    request.scopes = f.session->profiles().at(0).scopes;
    const auto cached = f.finish(f.session->getToken(request));
    QVERIFY(cached);
    QCOMPARE(cached->origin, Desktop::TokenOrigin::Cache);
    request.forceRefresh = true;
    const auto forced = f.finish(f.session->getToken(request));
    QVERIFY(!forced);
    QCOMPARE(forced.error().code(), ErrorCode::NetworkUnavailable);
    f.session->setOffline(false);
    const auto again = f.finish(f.session->getToken(request));
    QVERIFY(again);
    QCOMPARE(again->origin, Desktop::TokenOrigin::Refresh);
}

void TestClientSession::theDialogOffersTheCodeWhenNoBrowserOpens()
{
    Fixture f({.deviceInterval = 1});
    f.browser.isMissing = true;
    const std::unique_ptr<SignInDialog> dialog(new SignInDialog(*f.session, {.profileId = u"lab"_s}));
    QTRY_VERIFY_WITH_TIMEOUT(dialog->run().way(SignInWay::Browser).error.has_value()
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

void TestClientSession::theDialogSaysWhenItShallPollSlower()
{
    Fixture f({.deviceInterval = 1});
    f.browser.isAway = true;
    f.hook(HookPoint::TokenResponse,
           {{u"times"_s, 1}, {u"status"_s, 400}, {u"body"_s, u"{\"error\":\"slow_down\"}"_s}});
    const std::unique_ptr<SignInDialog> dialog(new SignInDialog(*f.session, {.profileId = u"lab"_s}));
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::SlowDown, 20000);
    QVERIFY(dialog->run().pollInterval() > std::chrono::seconds(1));
}

void TestClientSession::theDialogEndsWithTheCode()
{
    Fixture f({.deviceCodeLifetime = std::chrono::seconds(2), .deviceInterval = 1});
    const std::unique_ptr<SignInDialog> dialog(
        new SignInDialog(*f.session, {.profileId = u"lab"_s, .way = SignInWay::DeviceCode}));
    QTRY_COMPARE_WITH_TIMEOUT(dialog->run().state(), SignInState::Expired, 20000);
}

void TestClientSession::theWindowMayBeClosedDuringAnything_data()
{
    QTest::addColumn<int>("stage");
    QTest::newRow("starting") << int(Operation::Stage::Starting);
    QTest::newRow("discovering") << int(Operation::Stage::Discovering);
    QTest::newRow("waiting") << int(Operation::Stage::WaitingForPerson);
    QTest::newRow("redeeming") << int(Operation::Stage::Redeeming);
    QTest::newRow("saving") << int(Operation::Stage::Saving);
}

void TestClientSession::theWindowMayBeClosedDuringAnything()
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

QTEST_MAIN(TestClientSession)
#include "tst_clientsession.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sessionfixture.h"

#include "models/accountmodel.h"
#include "models/roles.h"
#include "signin/signindialog.h"

#include <QtCore/QUrlQuery>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QSignalSpy>

using namespace CountersignTest;
using Desktop::SignInDialog;
using Desktop::SignInState;

class TestClientSession : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void profilesComeFromTheirFileAlsoWhenOthersChangeIt();
    void aSignInInTheBrowserShowsTheAccountAndItsTokens();
    void aSignInByDeviceCodeShowsTheCodeFirst();
    void aTokenComesFromTheCacheWithItsReasons();
    void aForcedTokenComesFromTheProvider();
    void aRefusedRefreshTokenNeedsItsPersonAtOnce();
    void aPolicyThatBlocksIsKeptForTheSession();
    void twoProfilesOfOneClientShowOneAccount();
    void aSessionOnlySignInLeavesTheStoreAsItWas();
    void signingOutTellsEveryStep();
    void historyAndSessionAreKnown();
    void cancellingLeavesNothingBehind();
    void destroyingTheSessionEndsWhatIsUnderWay();
    void theWayBackIsTestedAtTheListenerItself();
    void scopesAreSuggestedFromWhatIsKnown();
    void extraParametersReachTheProvider();
    void theClockIsMeasuredByTheAnswers();
    void offlineTokensComeFromTheCacheAlone();
    void oneDeadProviderIsNotTheNetwork();
    void accountsOfADeletedProfileStay();
    void aProviderThatIsGoneIsSaidOfItsAccounts();
    void anAccountKeepsTheNameThatWasGivenToIt();
    void aTokenSaysHowItCame();
    void theProviderIsAskedAboutATokenAndItsAccount();
    void aSealedFileIsLockedUntilItsPassphraseIsGiven();
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
    QVERIFY(!result->idTokenId.isEmpty());
    QTRY_COMPARE(f.session->accounts().size(), 1);
    QVERIFY(changed.size() >= 1);
    const auto entry = f.session->accounts().at(0);
    QCOMPARE(entry.profileId, u"lab"_s);
    QVERIFY(entry.canRefresh);
    QCOMPARE(entry.tokens.size(), 2);
    QVERIFY(std::any_of(entry.tokens.cbegin(), entry.tokens.cend(), [&result](const Desktop::TokenEntry &row) {
        return row.use == Desktop::TokenUse::Id && row.id == result->idTokenId;
    }));
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

void TestClientSession::aRefusedRefreshTokenNeedsItsPersonAtOnce()
{
    Fixture f;
    const auto signedIn = f.signIn();
    QVERIFY(signedIn);
    QTRY_COMPARE(f.session->accounts().size(), 1);
    const auto now = [] { return QDateTime::currentDateTimeUtc(); };
    QTRY_COMPARE(Desktop::stateOf(f.session->accounts().at(0), now()), Desktop::AccountState::Ready);
    f.hook(HookPoint::TokenResponse, {{u"status"_s, 400}, {u"body"_s, u"{\"error\":\"invalid_grant\"}"_s}});
    const auto refused = f.finish(f.session->getToken(
        {.profileId = u"lab"_s, .account = signedIn->account.id, .scopes = signedIn->asked, .forceRefresh = true}));
    QVERIFY(!refused);
    QTRY_COMPARE(Desktop::stateOf(f.session->accounts().at(0), now()), Desktop::AccountState::NeedsSignIn);
    // The access token of before is still good for those who want no new one.
    const auto cached = f.finish(
        f.session->getToken({.profileId = u"lab"_s, .account = signedIn->account.id, .scopes = signedIn->asked}));
    QVERIFY2(cached, cached ? "" : qPrintable(cached.error().message()));
    QCOMPARE(cached->origin, Desktop::TokenOrigin::Cache);
    QCOMPARE(Desktop::stateOf(f.session->accounts().at(0), now()), Desktop::AccountState::NeedsSignIn);
    f.hook(HookPoint::TokenResponse, {});
    QVERIFY(f.signIn());
    QTRY_COMPARE(Desktop::stateOf(f.session->accounts().at(0), now()), Desktop::AccountState::Ready);
}

void TestClientSession::aPolicyThatBlocksIsKeptForTheSession()
{
    Fixture f;
    const auto signedIn = f.signIn();
    QVERIFY(signedIn);
    QTRY_COMPARE(f.session->accounts().size(), 1);
    const auto state = [&f] { return Desktop::stateOf(f.session->accounts().at(0), QDateTime::currentDateTimeUtc()); };
    const auto ask = [&](bool force) {
        return f.finish(f.session->getToken({.profileId = u"lab"_s,
                                             .account = signedIn->account.id,
                                             .scopes = signedIn->asked,
                                             .forceRefresh = force}));
    };
    f.hook(HookPoint::TokenResponse,
           {{u"status"_s, 400},
            {u"body"_s, u"{\"error\":\"invalid_grant\",\"suberror\":\"protection_policy_required\"}"_s}});
    QVERIFY(!ask(true));
    QTRY_COMPARE(state(), Desktop::AccountState::Blocked);
    // What is cached stays good, and changes nothing.
    QVERIFY(ask(false));
    QCOMPARE(state(), Desktop::AccountState::Blocked);
    f.hook(HookPoint::TokenResponse, {});
    QVERIFY(f.signIn());
    QTRY_COMPARE(state(), Desktop::AccountState::Ready);
}

void TestClientSession::twoProfilesOfOneClientShowOneAccount()
{
    Fixture f;
    ProfileStore store(f.profilePath());
    QVERIFY(store.load());
    auto second = store.profiles().constFirst();
    second.id = u"second"_s;
    second.name = u"Second"_s;
    QVERIFY(store.put(second));
    f.session->reloadProfiles();
    const auto signedIn = f.signIn();
    QVERIFY(signedIn);
    QTRY_COMPARE(f.session->accounts().size(), 2);
    const auto entry = f.session->accounts().at(0);
    QCOMPARE(f.session->alsoIn(entry).size(), 1);
    QVERIFY(f.session->alsoIn(entry).at(0).id != entry.profileId);
    QVERIFY(f.finish(f.session->signOut({.profileId = u"lab"_s, .account = signedIn->account.id})));
    QTRY_VERIFY(f.session->accounts().isEmpty());
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
    QCOMPARE(ask(redirect).error().code(), ErrorCode::NetworkUnavailable);
    QCOMPARE(ask(QUrl(u"msauth://app"_s)).error().code(), ErrorCode::NotSupported);
    // Something else has the port by now.
    QTcpServer other;
    connect(&other, &QTcpServer::newConnection, this,
            [&other] { other.nextPendingConnection()->write("SSH-2.0\r\n"); });
    QVERIFY(other.listen(QHostAddress::LocalHost));
    QCOMPARE(ask(QUrl(u"http://127.0.0.1:%1/"_s.arg(other.serverPort()))).error().code(), ErrorCode::InvalidResponse);
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

void TestClientSession::oneDeadProviderIsNotTheNetwork()
{
    Fixture f;
    QVERIFY(f.signIn());
    QTRY_COMPARE(f.session->accounts().size(), 1);
    const auto put = [&f](const QString &id, const QString &issuer) {
        Profile profile;
        profile.id = id;
        profile.issuer = issuer;
        profile.clientId = u"app"_s;
        return ProfileStore(f.profilePath()).put(profile);
    };
    QVERIFY(put(u"dead"_s, u"http://127.0.0.1:9/x"_s));
    QVERIFY(put(u"nowhere"_s, u"https://nowhere.invalid/x"_s));
    QTRY_COMPARE(f.session->profiles().size(), 3);
    // Nobody answers at one host.
    const auto refused = f.finish(f.session->signIn({.profileId = u"dead"_s}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().cause(), ErrorCause::ConnectionRefused);
    QVERIFY(!f.session->networkFailure());
    QVERIFY(!f.session->accounts().at(0).isOffline);
    QCOMPARE(f.session->providerFailures().size(), 1);
    // Without names there is no network; a refused connection does not bring it back.
    const auto unresolved = f.finish(f.session->signIn({.profileId = u"nowhere"_s}));
    QVERIFY(!unresolved);
    QCOMPARE(unresolved.error().cause(), ErrorCause::NameNotResolved);
    QVERIFY(f.session->networkFailure());
    QVERIFY(f.session->accounts().at(0).isOffline);
    QVERIFY(!f.finish(f.session->signIn({.profileId = u"dead"_s})));
    QVERIFY(f.session->networkFailure());
    // The first answer of any provider does, before the sign-in has ended.
    auto *attempt = f.session->signIn({.profileId = u"lab"_s, .way = SignInWay::DeviceCode});
    QSignalSpy ended(attempt, &Desktop::Attempt::finished);
    QTRY_VERIFY(!f.session->networkFailure());
    QVERIFY(ended.isEmpty());
    QVERIFY(!f.session->accounts().at(0).isOffline);
    attempt->cancel();
}

void TestClientSession::accountsOfADeletedProfileStay()
{
    Fixture f;
    const auto signedIn = f.signIn();
    QVERIFY(signedIn);
    QTRY_COMPARE(f.session->accounts().size(), 1);
    const auto before = f.session->accounts().at(0);
    QVERIFY(f.session->lostProfiles().isEmpty());
    QVERIFY(f.session->profileStore().remove(u"lab"_s));
    f.session->reloadProfiles();
    QTRY_COMPARE(f.session->lostProfiles().size(), 1);
    const auto lost = f.session->lostProfiles().at(0);
    QVERIFY(lost.isLost);
    QCOMPARE(lost.clientId, u"sandbox-native"_s);
    QCOMPARE(lost.issuer, f.sandbox.issuer());
    QCOMPARE(f.session->accounts().size(), 1);
    const auto entry = f.session->accounts().at(0);
    QCOMPARE(entry.profileId, lost.id);
    QCOMPARE(entry.account, before.account);
    QCOMPARE(entry.tokens, before.tokens);
    QVERIFY(entry.canRefresh);
    const Desktop::AccountModel model(*f.session);
    QCOMPARE(model.accountCount(), 1);
    QVERIFY(model.index(0, 0).data().toString().contains(u"Without a profile"_s));
    QVERIFY(model.index(0, 0).data(Qt::ToolTipRole).toString().contains(f.sandbox.issuer()));
    // All that worked before works still.
    const auto fetched = f.finish(f.session->getToken(
        {.profileId = lost.id, .account = entry.account.id, .scopes = signedIn->asked, .forceRefresh = true}));
    QVERIFY2(fetched, fetched ? "" : qPrintable(fetched.error().message()));
    // A profile takes it over, as it was.
    QVERIFY(f.session->makeProfileOf(lost.id));
    QTRY_VERIFY(f.session->lostProfiles().isEmpty());
    QCOMPARE(f.session->profiles().size(), 1);
    QCOMPARE(f.session->profiles().at(0).issuer, f.sandbox.issuer());
    QTRY_COMPARE(f.session->accounts().at(0).profileId, f.session->profiles().at(0).id);
    QVERIFY(!f.session->makeProfileOf(u"lost|nothing"_s));
    // Without one, signing out is all that is left, and it can be done.
    QVERIFY(f.session->profileStore().remove(f.session->profiles().at(0).id));
    f.session->reloadProfiles();
    QTRY_COMPARE(f.session->lostProfiles().size(), 1);
    QVERIFY(f.finish(f.session->signOut({.profileId = lost.id, .account = signedIn->account.id, .revoke = true})));
    QTRY_VERIFY(f.session->accounts().isEmpty());
    QVERIFY(f.session->lostProfiles().isEmpty());
    QVERIFY(f.session->services().cache().snapshot().accounts().isEmpty());
}

void TestClientSession::aProviderThatIsGoneIsSaidOfItsAccounts()
{
    Fixture f;
    const auto signedIn = f.signIn();
    QVERIFY(signedIn);
    QTRY_COMPARE(f.session->accounts().size(), 1);
    QSignalSpy network(f.session.get(), &Desktop::Session::networkChanged);
    f.hook(HookPoint::TokenResponse, {{u"drop"_s, u"before"_s}});
    const Desktop::TokenRequest request{
        .profileId = u"lab"_s, .account = signedIn->account.id, .scopes = signedIn->asked, .forceRefresh = true};
    const auto failed = f.finish(f.session->getToken(request));
    QVERIFY(!failed);
    QVERIFY(!network.isEmpty());
    QVERIFY(!f.session->networkFailure()); // one provider is not the network
    QCOMPARE(f.session->providerFailures().size(), 1);
    QCOMPARE(f.session->providerFailures().at(0).profileId, u"lab"_s);
    const auto entry = f.session->accounts().at(0);
    QVERIFY(entry.isOffline);
    QVERIFY(entry.failure);
    QCOMPARE(entry.failure->error.code(), failed.error().code());
    QCOMPARE(Desktop::stateOf(entry, QDateTime::currentDateTimeUtc()), Desktop::AccountState::Offline);
    const auto newest = [&] { return f.session->detail(u"lab"_s, signedIn->account.id).history.value(0); };
    QTRY_COMPARE(newest().kind, AccountEvent::Kind::RefreshFailed);
    QCOMPARE(newest().detail, identifier(failed.error().cause()));
    // What comes out of the cache says nothing of the provider; what it sends does.
    auto cached = request;
    cached.forceRefresh = false;
    QCOMPARE(f.finish(f.session->getToken(cached))->origin, Desktop::TokenOrigin::Cache);
    QVERIFY(f.session->accounts().at(0).isOffline);
    f.hook(HookPoint::TokenResponse, {});
    // The refresh token was rotated by the request whose answer was lost.
    const auto renewed = f.signIn();
    QVERIFY2(renewed, renewed ? "" : qPrintable(renewed.error().message()));
    QVERIFY(f.session->providerFailures().isEmpty());
    QVERIFY(!f.session->accounts().at(0).failure);
    QVERIFY(!f.session->accounts().at(0).isOffline);
}

void TestClientSession::anAccountKeepsTheNameThatWasGivenToIt()
{
    Fixture f;
    QVERIFY(f.signIn());
    const auto id = f.session->accounts().at(0).account.id;
    QVERIFY(f.session->accounts().at(0).nickname.isEmpty());
    QSignalSpy changed(f.session.get(), &Desktop::Session::accountsChanged);
    QVERIFY(f.session->renameAccount(id, u"Work"_s));
    QVERIFY(f.session->useAsDefault(id));
    QCOMPARE(changed.size(), 2);
    QCOMPARE(f.session->accounts().at(0).nickname, u"Work"_s);
    QVERIFY(f.session->accounts().at(0).isDefault);
    // As the command line has it.
    App::AccountBook book;
    QVERIFY(book.load());
    QCOMPARE(book.nameOf(id), u"Work"_s);
    QVERIFY(book.isDefault(id));
}

void TestClientSession::aTokenSaysHowItCame()
{
    Fixture f;
    const auto outcome = f.signIn();
    QVERIFY(outcome);
    const auto token = [&f] {
        const auto tokens = f.session->accounts().at(0).tokens;
        return *std::find_if(tokens.cbegin(), tokens.cend(),
                             [](const Desktop::TokenEntry &each) { return each.use == Desktop::TokenUse::Access; });
    };
    QCOMPARE(token().source, Countersign::AccountEvent::Kind::SignedIn);
    QVERIFY(token().receivedAt.isValid());
    // The ID token says whom it is for; this provider's access tokens mean nothing to anybody else.
    const auto tokens = f.session->accounts().at(0).tokens;
    QVERIFY(std::any_of(tokens.cbegin(), tokens.cend(), [](const Desktop::TokenEntry &each) {
        return each.audiences == QStringList{u"sandbox-native"_s};
    }));
    const auto history = f.session->detail(u"lab"_s, outcome->account.id).history;
    QCOMPARE(history.at(0).detail, QCoreApplication::applicationName()); // who did it
}

void TestClientSession::theProviderIsAskedAboutATokenAndItsAccount()
{
    Fixture f;
    const auto outcome = f.signIn();
    QVERIFY(outcome);
    std::optional<Result<Desktop::ProviderAnswer>> said;
    const auto take = [&said](const Result<Desktop::ProviderAnswer> &answer) { said.emplace(answer); };
    QVERIFY(f.session->introspect(outcome->tokenId, {}, this, take));
    QTRY_VERIFY_WITH_TIMEOUT(said, 20000);
    QVERIFY2(*said, *said ? "" : qPrintable(said->error().message()));
    QCOMPARE((*said)->isActive, true);
    said.reset();
    QVERIFY(f.session->askUserInfo(u"lab"_s, outcome->account.id, this, take));
    QTRY_VERIFY_WITH_TIMEOUT(said, 20000);
    QVERIFY(*said);
    QVERIFY((*said)->json.contains("\"sub\""));
    said.reset();
    QVERIFY(!f.session->introspect(u"at:nobody's"_s, {}, this, take));
    QTRY_VERIFY(said);
    QCOMPARE(said->error().cause(), ErrorCause::AccountNotFound);
}

void TestClientSession::aSealedFileIsLockedUntilItsPassphraseIsGiven()
{
    const QTemporaryDir folder;
    Desktop::SessionSettings settings;
    settings.services.store = u"file:"_s + folder.filePath(u"tokens.sealed"_s);
    settings.services.proxy = u"none"_s;
    settings.services.unlocksLater = true;
    settings.profilePath = folder.filePath(u"profiles.json"_s);
    auto made = ClientSession::create(std::move(settings));
    QVERIFY(made); // nobody was asked for anything yet
    auto &session = **made;
    int questions = 0;
    Result<Secret> answer = Error{ErrorCode::StorageUnavailable, ErrorCause::StoreLocked, u"given up"_s};
    session.setPassphraseAsker([&](QObject *context, std::function<void(Result<Secret>)> handler) {
        ++questions;
        QMetaObject::invokeMethod(
            context,
            [&answer, handler = std::move(handler)] {
                handler(answer ? Result<Secret>(Secret::copyOf(answer->reveal())) : Result<Secret>(answer.error()));
            },
            Qt::QueuedConnection);
    });
    QSignalSpy problems(&session, &Desktop::Session::problem);
    session.openStore();
    QTRY_COMPARE(session.store().kind, Desktop::StoreState::Kind::Failed);
    QCOMPARE(session.store().error->cause(), ErrorCause::StoreLocked);
    QCOMPARE(problems.size(), 1);
    QVERIFY(session.store().name.contains(u"tokens.sealed"_s));
    // What needs it fails at once, as behind a locked keychain, and asks nobody.
    std::optional<Result<void>> tested;
    session.testStore(this, [&tested](const Result<void> &came) { tested.emplace(came); });
    QTRY_VERIFY(tested);
    QCOMPARE(tested->error().cause(), ErrorCause::StoreLocked);
    QCOMPARE(questions, 1);
    // Whoever goes on without it can still unlock it.
    session.useSessionOnly();
    QVERIFY(session.store().isSessionOnly);
    QVERIFY(session.store().isLocked());
    // A dialog that needs it asks as well.
    bool isAnswered = false;
    session.askToUnlock(this, [&isAnswered] { isAnswered = true; });
    QTRY_VERIFY(isAnswered);
    QCOMPARE(questions, 2);
    questions = 1;
    // Unlocked later, it is as good as at the start.
    answer = Secret::copyOf("correct horse");
    session.openStore();
    QTRY_COMPARE_WITH_TIMEOUT(session.store().kind, Desktop::StoreState::Kind::Open, 20000);
    QVERIFY(!session.store().isSessionOnly);
    QCOMPARE(questions, 2);
    session.openStore();
    QTRY_COMPARE(session.store().kind, Desktop::StoreState::Kind::Open);
    QCOMPARE(questions, 2);
}

QTEST_MAIN(TestClientSession)
#include "tst_clientsession.moc"

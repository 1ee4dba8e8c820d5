// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientfixture.h"

#include <countersign/storage/msalfilestore.h>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CountersignSandbox::HookPoint;
using Stage = Operation::Stage;
using TokenOutcome = Outcome<AuthenticationResult>;

namespace {

//! Waits for \p outcome; an access token's text, or why there is none.
QString tokenOf(const TokenOutcome &outcome)
{
    return outcome.succeeded() ? QString::fromUtf8(outcome.value().accessToken.reveal())
                               : QString::fromUtf8(outcome.why());
}

SilentParameters forced(const SignedIn &f)
{
    auto parameters = SignedIn::silently(f.account);
    parameters.isRefreshForced = true;
    return parameters;
}

//! The fixture's second process: another cache of the same file, another client, the same provider.
struct Process
{
    Process(SignedIn &fixture, const QString &path)
        : store(path), cache(store), client(*PublicClient::create(fixture.configuration,
                                                                  {.http = *fixture.http,
                                                                   .cache = cache,
                                                                   .agent = fixture.agent,
                                                                   .clock = fixture.clock,
                                                                   .random = fixture.random}))
    {
    }
    MsalFileStore store;
    PersistentTokenCache cache;
    std::unique_ptr<PublicClient> client;
};

} // namespace

//! Tokens without a person, against the sandbox.
class TestSilent : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aHitSendsNothing()
    {
        SignedIn f;
        TokenOutcome hit(f.client().acquireTokenSilently(f.silently(f.account)));
        QTRY_VERIFY2(hit.succeeded(), hit.why().constData());
        QCOMPARE(hit.value().source, TokenSource::Cache);
        QCOMPARE(hit.value().account, f.account);
        QVERIFY(!hit.value().idTokenText.isEmpty());
        QVERIFY(!hit.value().correlationId.isNull());
        QVERIFY(f.requests().isEmpty());
        const auto known = f.client().cachedToken(f.silently(f.account));
        QVERIFY(known.has_value());
        QVERIFY(known->accessToken == hit.value().accessToken);
    }

    //! What is kept of the newest sign-in says nothing of the refresh token of an older one, but for the person.
    void anOlderSignInsRefreshTokenIsNotHeldAgainstTheNewest()
    {
        SignedIn f;
        f.passTime(1h);
        auto again = SignedIn::signIn();
        again.scopes = {u"openid"_s, u"email"_s, u"offline_access"_s};
        again.prompts = QStringList{u"login"_s};
        TokenOutcome second(f.client().acquireToken(std::move(again)));
        QTRY_VERIFY2(second.succeeded(), second.why().constData());
        QCOMPARE(f.cache.snapshot().refreshTokens().size(), 2U);
        QVERIFY(f.sandbox.hooks().set(
            HookPoint::TokenResponse,
            QJsonObject{{u"status"_s, 400}, {u"body"_s, u"{\"error\":\"invalid_grant\"}"_s}, {u"times"_s, 1}}));
        f.forget();
        TokenOutcome outcome(f.client().acquireTokenSilently(forced(f)));
        QTRY_VERIFY2(outcome.succeeded(), outcome.why().constData());
        QCOMPARE(f.requestsTo(u"POST token"_s), 2);
    }

    //! Issue 4 "Must hold": none in a new process.
    void aHitInANewProcessSendsNothing()
    {
        SignedIn f;
        f.dropClient();
        PersistentTokenCache fresh(f.store);
        auto client = PublicClient::create(
            f.configuration, {.http = *f.http, .cache = fresh, .agent = f.agent, .clock = f.clock, .random = f.random});
        QVERIFY(client);
        QVERIFY(!(*client)->cachedToken(f.silently(f.account)));
        TokenOutcome hit((*client)->acquireTokenSilently(f.silently(f.account)));
        QTRY_VERIFY2(hit.succeeded(), hit.why().constData());
        QCOMPARE(hit.value().source, TokenSource::Cache);
        QVERIFY(f.requests().isEmpty());
    }

    //! C1: a part of the scopes.
    void aPartOfTheScopesIsAHit()
    {
        SignedIn f;
        TokenOutcome hit(f.client().acquireTokenSilently(f.silently(f.account, {u"profile"_s})));
        QTRY_VERIFY2(hit.succeeded(), hit.why().constData());
        QVERIFY(f.requests().isEmpty());
    }

    void theTraceSaysWhy()
    {
        SignedIn f;
        auto *const operation = f.client().acquireTokenSilently(forced(f));
        DecisionTrace trace;
        QObject::connect(operation, &Operation::finished, this,
                         [&trace, operation] { trace = operation->decisionTrace(); });
        TokenOutcome refreshed(operation);
        QTRY_VERIFY2(refreshed.succeeded(), refreshed.why().constData());
        QVERIFY(!trace.rows.isEmpty());
        QCOMPARE(trace.reason, RefreshReason::Forced);
    }

    //! Issue 4 "Must hold": a refresh makes one request, also in a new process.
    void aRefreshMakesOneRequestAndRotates()
    {
        SignedIn f;
        const auto spent = f.refreshToken();
        f.passTime(3500s);
        TokenOutcome refreshed(f.client().acquireTokenSilently(f.silently(f.account)));
        QTRY_VERIFY2(refreshed.succeeded(), refreshed.why().constData());
        QCOMPARE(f.requests(), QStringList{u"POST token"_s});
        QCOMPARE(refreshed.value().source, TokenSource::Refresh);
        QVERIFY(refreshed.value().idToken.has_value());
        QVERIFY(refreshed.value().expiresAt > f.clock.now().addSecs(3000));
        QCOMPARE(refreshed.stages,
                 (QList{Stage::OpeningStore, Stage::Discovering, Stage::Redeeming, Stage::Validating, Stage::Saving,
                        Stage::Done}));
        const auto form = f.lastForm(u"token"_s);
        QCOMPARE(form.value(u"refresh_token"_s).toString(), spent);
        QCOMPARE(form.value(u"scope"_s).toString(), u"offline_access openid profile"_s);
        QVERIFY(f.refreshToken() != spent);
        QCOMPARE(f.cache.snapshot().refreshTokens().size(), 1U);
        QVERIFY(!f.stored().contains(spent.toLatin1()));
        QVERIFY(f.stored().contains(f.refreshToken().toLatin1()));
        QCOMPARE(f.cache.snapshot().history(f.account.id).first().kind, AccountEvent::Kind::Refreshed);

        f.forget();
        f.dropClient();
        f.passTime(3500s);
        TokenOutcome again(f.client().acquireTokenSilently(f.silently(f.account)));
        QTRY_VERIFY2(again.succeeded(), again.why().constData());
        QCOMPARE(f.requests(), QStringList{u"POST token"_s});
    }

    //! Issue 4 "Must hold": never offline_access again to a provider that did not grant it.
    void offlineAccessThatWasNotGrantedIsNotAskedForAgain()
    {
        SignedIn f(QJsonObject{{u"set"_s, QJsonObject{{u"scope"_s, u"openid profile"_s}}}});
        TokenOutcome refreshed(f.client().acquireTokenSilently(forced(f)));
        QTRY_VERIFY2(refreshed.succeeded(), refreshed.why().constData());
        QCOMPARE(f.lastForm(u"token"_s).value(u"scope"_s).toString(), u"openid profile"_s);
    }

    void scopesThatWereNotGrantedAreNotAskedForByARefresh()
    {
        SignedIn f;
        TokenOutcome refreshed(f.client().acquireTokenSilently(f.silently(f.account, {u"openid"_s, u"mail.read"_s})));
        QTRY_VERIFY2(refreshed.succeeded(), refreshed.why().constData());
        QVERIFY(!f.lastForm(u"token"_s).contains(u"scope"_s));
    }

    //! B.24; RFC 6749 §6.
    void aProviderThatDoesNotRotateKeepsItsToken()
    {
        SignedIn f;
        const auto kept = f.refreshToken();
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse,
                                      QJsonObject{{u"remove"_s, QJsonArray{u"refresh_token"_s, u"scope"_s}}}));
        TokenOutcome refreshed(f.client().acquireTokenSilently(forced(f)));
        QTRY_VERIFY2(refreshed.succeeded(), refreshed.why().constData());
        QCOMPARE(f.refreshToken(), kept);
        QCOMPARE(refreshed.value().grantedScopes, (ScopeSet{u"openid"_s, u"profile"_s, u"offline_access"_s}));
    }

    //! C11: a reply without ID token belongs to the account of the refresh token.
    void aReplyThatNamesNobodyBelongsToTheAccount()
    {
        SignedIn f;
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse,
                                      QJsonObject{{u"remove"_s, QJsonArray{u"id_token"_s, u"refresh_token"_s}}}));
        f.passTime(3500s);
        TokenOutcome refreshed(f.client().acquireTokenSilently(f.silently(f.account)));
        QTRY_VERIFY2(refreshed.succeeded(), refreshed.why().constData());
        QCOMPARE(refreshed.value().account.id, f.account.id);
        f.forget();
        TokenOutcome hit(f.client().acquireTokenSilently(f.silently(f.account)));
        QTRY_VERIFY2(hit.succeeded(), hit.why().constData());
        QVERIFY(f.requests().isEmpty());
    }

    //! C6, B.22: the person is needed; the token stays, the account is marked.
    void aRefusedTokenAsksForThePerson()
    {
        SignedIn f;
        const auto refused = f.refreshToken();
        QVERIFY(f.sandbox.hooks().set(
            HookPoint::TokenResponse,
            QJsonObject{{u"status"_s, 400}, {u"body"_s, uR"({"error":"invalid_grant","suberror":"bad_token"})"_s}}));
        TokenOutcome silent(f.client().acquireTokenSilently(forced(f)));
        QTRY_VERIFY(silent.failed());
        QCOMPARE(silent.error().code(), ErrorCode::InteractionRequired);
        QVERIFY(silent.error().needsPerson());
        QCOMPARE(silent.error().oauth().error, u"invalid_grant"_s);
        QCOMPARE(f.requestsTo(u"POST token"_s), 1);
        QCOMPARE(f.refreshToken(), refused);
        const auto attention = f.cache.snapshot().attention(f.account.id);
        QVERIFY(attention.has_value());
        QCOMPARE(attention->error, u"invalid_grant"_s);
        QCOMPARE(attention->subError, u"bad_token"_s);
        QCOMPARE(f.cache.snapshot().history(f.account.id).first().kind, AccountEvent::Kind::RefreshFailed);

        f.sandbox.hooks().clear();
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        QVERIFY(!f.cache.snapshot().attention(f.account.id).has_value());
    }

    //! C3: the old token and a diagnostic.
    void anAgingTokenIsGoodEnoughWhenTheRefreshFails_data()
    {
        QTest::addColumn<QJsonObject>("hook");
        QTest::addColumn<int>("code");
        QTest::newRow("C3 b refused") << QJsonObject{{u"status"_s, 400}, {u"body"_s, uR"({"error":"foo"})"_s}}
                                      << int(ErrorCode::ServerRejected);
        QTest::newRow("C3 c no network") << QJsonObject{{u"drop"_s, u"before"_s}} << int(ErrorCode::NetworkUnavailable);
        QTest::newRow("busy") << QJsonObject{{u"status"_s, 503}, {u"body"_s, u""_s}}
                              << int(ErrorCode::ServerUnavailable);
    }
    void anAgingTokenIsGoodEnoughWhenTheRefreshFails()
    {
        QFETCH(QJsonObject, hook);
        QFETCH(int, code);
        SignedIn f(QJsonObject{{u"set"_s, QJsonObject{{u"refresh_in"_s, 600}}}});
        f.passTime(700s);
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse, hook));
        QVERIFY(!f.client().cachedToken(f.silently(f.account)));
        TokenOutcome silent(f.client().acquireTokenSilently(f.silently(f.account)));
        QTRY_VERIFY2(silent.succeeded(), silent.why().constData());
        QCOMPARE(f.requestsTo(u"POST token"_s), 1);
        QCOMPARE(silent.value().source, TokenSource::Cache);
        QVERIFY(silent.value().warning.has_value());
        QCOMPARE(int(silent.value().warning->code()), code);
    }

    //! C3 a.
    void anAgingTokenIsRefreshed()
    {
        SignedIn f(QJsonObject{{u"set"_s, QJsonObject{{u"refresh_in"_s, 600}}}});
        f.passTime(700s);
        TokenOutcome silent(f.client().acquireTokenSilently(f.silently(f.account)));
        QTRY_VERIFY2(silent.succeeded(), silent.why().constData());
        QCOMPARE(silent.value().source, TokenSource::Refresh);
        QVERIFY(!silent.value().warning.has_value());
    }

    //! C4: an expired token is no answer.
    void withoutNetworkAnExpiredTokenIsAnError()
    {
        SignedIn f;
        f.passTime(3500s);
        const auto before = f.stored();
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse, QJsonObject{{u"drop"_s, u"before"_s}}));
        TokenOutcome silent(f.client().acquireTokenSilently(f.silently(f.account)));
        QTRY_VERIFY(silent.failed());
        QCOMPARE(silent.error().code(), ErrorCode::NetworkUnavailable);
        QVERIFY(!silent.error().needsPerson());
        QCOMPARE(f.stored(), before);
    }

    //! C4: nothing cached, nothing sent.
    void nobodyIsThere()
    {
        SignedIn f;
        auto parameters = f.silently(f.account);
        parameters.account.homeAccountId = {u"somebody else"_s};
        TokenOutcome silent(f.client().acquireTokenSilently(parameters));
        QTRY_VERIFY(silent.failed());
        QCOMPARE(silent.error().code(), ErrorCode::InteractionRequired);
        QCOMPARE(silent.error().cause(), ErrorCause::AccountNotFound);
        QVERIFY(f.requests().isEmpty());
    }

    //! B.24: narrower than asked, and remembered (C10): the second request does not go out again.
    void narrowedScopesAreHonouredAndRemembered()
    {
        SignedIn f;
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse,
                                      QJsonObject{{u"set"_s, QJsonObject{{u"scope"_s, u"openid"_s}}}}));
        f.passTime(3500s);
        TokenOutcome silent(f.client().acquireTokenSilently(f.silently(f.account)));
        QTRY_VERIFY2(silent.succeeded(), silent.why().constData());
        QCOMPARE(silent.value().grantedScopes, ScopeSet{u"openid"_s});
        f.forget();
        TokenOutcome again(f.client().acquireTokenSilently(f.silently(f.account)));
        QTRY_VERIFY2(again.succeeded(), again.why().constData());
        QVERIFY(f.requests().isEmpty());
    }

    //! A refresh token is not spent before it is known that its successor can be saved.
    void aStoreThatCannotBeWrittenSpendsNothing()
    {
        SignedIn f;
        f.store.failWith(Error{ErrorCode::StorageUnavailable, ErrorCause::StoreFull, u"full"_s});
        TokenOutcome silent(f.client().acquireTokenSilently(forced(f)));
        QTRY_VERIFY(silent.failed());
        QCOMPARE(silent.error().code(), ErrorCode::StorageUnavailable);
        QVERIFY(f.requests().isEmpty());
    }

    //! B.88; oidcc-client-test-refresh-token-invalid-*: and the old tokens are still there.
    void theRefreshedIdTokenIsChecked_data()
    {
        QTest::addColumn<QJsonObject>("change");
        QTest::addColumn<int>("cause");
        QTest::newRow("B.88 iss") << QJsonObject{{u"append"_s, QJsonObject{{u"iss"_s, u"1"_s}}}}
                                  << int(ErrorCause::IssuerMismatch);
        QTest::newRow("B.88 sub") << QJsonObject{{u"append"_s, QJsonObject{{u"sub"_s, u"1"_s}}}}
                                  << int(ErrorCause::WrongAccount);
        QTest::newRow("B.88 aud") << QJsonObject{{u"append"_s, QJsonObject{{u"aud"_s, u"1"_s}}}}
                                  << int(ErrorCause::AudienceMismatch);
        QTest::newRow("B.88 auth_time") << QJsonObject{{u"set"_s, QJsonObject{{u"auth_time"_s, 1000}}}}
                                        << int(ErrorCause::PolicyFailed);
        QTest::newRow("B.88 nonce") << QJsonObject{{u"set"_s, QJsonObject{{u"nonce"_s, u"another"_s}}}}
                                    << int(ErrorCause::NonceMismatch);
        QTest::newRow("B.88 iat") << QJsonObject{{u"set"_s, QJsonObject{{u"iat"_s, 1000}}}}
                                  << int(ErrorCause::TokenTime);
    }
    void theRefreshedIdTokenIsChecked()
    {
        QFETCH(QJsonObject, change);
        QFETCH(int, cause);
        SignedIn f;
        QVERIFY(f.sandbox.hooks().set(HookPoint::IdTokenClaims, change));
        const auto accessTokens = f.cache.snapshot().accessTokens().size();
        const auto accessToken = f.cache.snapshot().accessTokens().front().secret();
        TokenOutcome silent(f.client().acquireTokenSilently(forced(f)));
        QTRY_VERIFY(silent.failed());
        QCOMPARE(silent.error().code(), ErrorCode::SecurityCheckFailed);
        QCOMPARE(int(silent.error().cause()), cause);
        QCOMPARE(f.requests(), QStringList{u"POST token"_s});
        QCOMPARE(f.cache.snapshot().accessTokens().size(), accessTokens);
        QVERIFY(f.cache.snapshot().accessTokens().front().secret() == accessToken);
    }

    void aClaimsChallengeGoesToTheProvider()
    {
        SignedIn f;
        auto parameters = f.silently(f.account);
        parameters.claimsChallenge = uR"({"access_token":{"nbf":{"essential":true,"value":"1"}}})"_s;
        TokenOutcome silent(f.client().acquireTokenSilently(parameters));
        QTRY_VERIFY2(silent.succeeded(), silent.why().constData());
        QCOMPARE(silent.value().source, TokenSource::Refresh);
        QVERIFY(f.lastForm(u"token"_s).value(u"claims"_s).toString().contains(u"nbf"_s));
    }

    //! B.33: two resources, the same scopes.
    void tokensForDifferentResourcesAreDifferentTokens()
    {
        SignedIn f;
        auto parameters = f.silently(f.account);
        parameters.resources = {u"https://one.example/"_s};
        TokenOutcome one(f.client().acquireTokenSilently(parameters));
        QTRY_VERIFY2(one.succeeded(), one.why().constData());
        QCOMPARE(one.value().source, TokenSource::Refresh);
        QCOMPARE(f.lastForm(u"token"_s).value(u"resource"_s).toString(), u"https://one.example/"_s);
        parameters.resources = {u"https://two.example/"_s};
        TokenOutcome two(f.client().acquireTokenSilently(parameters));
        QTRY_VERIFY2(two.succeeded(), two.why().constData());
        QVERIFY(tokenOf(one) != tokenOf(two));
        f.forget();
        TokenOutcome again(f.client().acquireTokenSilently(parameters));
        QTRY_VERIFY2(again.succeeded(), again.why().constData());
        QCOMPARE(tokenOf(again), tokenOf(two));
        TokenOutcome none(f.client().acquireTokenSilently(f.silently(f.account)));
        QTRY_VERIFY2(none.succeeded(), none.why().constData());
        QVERIFY(tokenOf(none) != tokenOf(two) && tokenOf(none) != tokenOf(one));
        QVERIFY(f.requests().isEmpty());
    }

    //! House, Operation contract 10.
    void equalRequestsAreOne()
    {
        SignedIn f;
        TokenOutcome a(f.client().acquireTokenSilently(forced(f)));
        TokenOutcome b(f.client().acquireTokenSilently(forced(f)));
        TokenOutcome c(f.client().acquireTokenSilently(forced(f)));
        c.operation->cancel();
        QTRY_VERIFY2(a.succeeded(), a.why().constData());
        QTRY_VERIFY2(b.succeeded(), b.why().constData());
        QCOMPARE(c.error().code(), ErrorCode::Cancelled);
        QCOMPARE(tokenOf(a), tokenOf(b));
        QCOMPARE(f.requests(), QStringList{u"POST token"_s});
    }

    //! B.23: different requests of one account wait for each other; the sandbox revokes a family of which it sees one
    //! token twice.
    void differentRequestsOfOneAccountTakeTurns()
    {
        SignedIn f;
        auto parameters = forced(f);
        TokenOutcome a(f.client().acquireTokenSilently(parameters));
        parameters.resources = {u"https://one.example/"_s};
        TokenOutcome b(f.client().acquireTokenSilently(parameters));
        parameters.resources = {u"https://two.example/"_s};
        TokenOutcome c(f.client().acquireTokenSilently(parameters));
        QTRY_VERIFY2(a.succeeded(), a.why().constData());
        QTRY_VERIFY2(b.succeeded(), b.why().constData());
        QTRY_VERIFY2(c.succeeded(), c.why().constData());
        QCOMPARE(f.requests(), (QStringList{u"POST token"_s, u"POST token"_s, u"POST token"_s}));
    }

    //! B.23: across processes. What one got while the other waited is answer enough for both.
    void twoProcessesSpendEachTokenOnce()
    {
        SignedIn f;
        QTemporaryDir folder;
        QVERIFY(QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner));
        const auto path = folder.filePath(u"cache.json"_s);
        Process one(f, path);
        Process two(f, path);
        TokenOutcome signIn(one.client->acquireToken(f.signIn()));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        f.passTime(3500s);
        f.forget();
        TokenOutcome a(one.client->acquireTokenSilently(f.silently(f.account)));
        TokenOutcome b(two.client->acquireTokenSilently(f.silently(f.account)));
        QTRY_VERIFY2(a.succeeded(), a.why().constData());
        QTRY_VERIFY2(b.succeeded(), b.why().constData());
        QCOMPARE(tokenOf(a), tokenOf(b));
        QCOMPARE(f.requests(), QStringList{u"POST token"_s});

        f.passTime(3500s);
        TokenOutcome c(two.client->acquireTokenSilently(f.silently(f.account)));
        QTRY_VERIFY2(c.succeeded(), c.why().constData());
        f.passTime(3500s);
        TokenOutcome d(one.client->acquireTokenSilently(f.silently(f.account)));
        QTRY_VERIFY2(d.succeeded(), d.why().constData());
        QCOMPARE(f.requestsTo(u"POST token"_s), 3);
    }

    //! C9: signed out while the answer was under way.
    void aSignOutDuringARefreshIsNotUndone()
    {
        SignedIn f;
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse, QJsonObject{{u"delayMs"_s, 300}}));
        TokenOutcome silent(f.client().acquireTokenSilently(forced(f)));
        QTRY_COMPARE(f.requestsTo(u"POST token"_s), 1);
        Outcome<SignOutReport> signOut(f.client().signOut(f.account.id, {.revokesTokens = false}));
        QTRY_VERIFY2(signOut.succeeded(), signOut.why().constData());
        QTRY_VERIFY(silent.isThere());
        QVERIFY(f.isEmpty());
    }

    //! A sign-out that revokes waits for the refresh, so that its token is revoked, too.
    void aRevokingSignOutWaitsForTheRefresh()
    {
        SignedIn f;
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse, QJsonObject{{u"delayMs"_s, 300}}));
        TokenOutcome silent(f.client().acquireTokenSilently(forced(f)));
        QTRY_COMPARE(f.requestsTo(u"POST token"_s), 1);
        Outcome<SignOutReport> signOut(f.client().signOut(f.account.id));
        QTRY_VERIFY2(signOut.succeeded(), signOut.why().constData());
        QVERIFY2(silent.succeeded(), silent.why().constData());
        QVERIFY(f.isEmpty());
        for (const auto &token : std::as_const(f.sandbox.context().state.refreshTokens))
            QVERIFY(token.grant->isRevoked);
    }

    //! House, Operation contract 4. A refresh that was sent is brought to its end all the same: the rotated token must
    //! not get lost.
    void cancelAtEveryStageLosesNothing_data()
    {
        QTest::addColumn<int>("stage");
        for (const auto stage : {Stage::Starting, Stage::OpeningStore, Stage::Discovering, Stage::Redeeming,
                                 Stage::Validating, Stage::Saving})
            QTest::addRow("%s", QMetaEnum::fromType<Stage>().valueToKey(int(stage))) << int(stage);
    }
    void cancelAtEveryStageLosesNothing()
    {
        QFETCH(int, stage);
        SignedIn f;
        auto *const operation = f.client().acquireTokenSilently(forced(f));
        TokenOutcome silent(operation);
        if (stage == int(Stage::Starting))
            operation->cancel();
        QObject::connect(operation, &Operation::stageChanged, operation, [operation, stage](Stage now) {
            if (int(now) == stage)
                operation->cancel();
        });
        QTRY_VERIFY(silent.isThere());
        QCOMPARE(silent.error().code(), ErrorCode::Cancelled);
        QTRY_VERIFY(f.client().findChildren<Operation *>().isEmpty());
        QCOMPARE(silent.finishes, 1);
        const bool isSent = stage == int(Stage::Validating) || stage == int(Stage::Saving);
        QCOMPARE(f.requestsTo(u"POST token"_s), isSent ? 1 : 0);
        TokenOutcome again(f.client().acquireTokenSilently(forced(f)));
        QTRY_VERIFY2(again.succeeded(), again.why().constData());
    }

    void cancelWhileTheRequestIsUnderWayLosesNothing()
    {
        SignedIn f;
        const auto spent = f.refreshToken();
        QVERIFY(f.sandbox.hooks().set(HookPoint::TokenResponse, QJsonObject{{u"delayMs"_s, 200}, {u"times"_s, 1}}));
        auto *const operation = f.client().acquireTokenSilently(forced(f));
        TokenOutcome silent(operation);
        QTRY_COMPARE(f.requestsTo(u"POST token"_s), 1);
        operation->cancel();
        QCOMPARE(silent.error().code(), ErrorCode::Cancelled);
        QTRY_VERIFY(f.refreshToken() != spent);
        TokenOutcome again(f.client().acquireTokenSilently(forced(f)));
        QTRY_VERIFY2(again.succeeded(), again.why().constData());
    }

    //! House, Operation contract 5.
    void destructionAtEveryStageIsHarmless_data() { cancelAtEveryStageLosesNothing_data(); }
    void destructionAtEveryStageIsHarmless()
    {
        QFETCH(int, stage);
        SignedIn f;
        QPointer<TokenOperation> operation(f.client().acquireTokenSilently(forced(f)));
        if (stage == int(Stage::Starting))
            f.dropClient();
        else
            QObject::connect(operation, &Operation::stageChanged, this, [this, &f, stage](Stage now) {
                if (int(now) == stage)
                    QMetaObject::invokeMethod(
                        this, [&f] { f.dropClient(); }, Qt::QueuedConnection);
            });
        QTRY_VERIFY(!operation);
        QTest::qWait(50);
        QCOMPARE(f.cache.snapshot().accounts().size(), 1);
    }
};

QTEST_GUILESS_MAIN(TestSilent)
#include "tst_silent.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientfixture.h"

#include <QtNetwork/QTcpSocket>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using Stage = Operation::Stage;
using TokenOutcome = Outcome<AuthenticationResult>;

//! Interactive sign-ins against the sandbox, through the real listener and the real network stack.
class TestSignIn : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPersonSignsInAndTheTokensAreStored()
    {
        ClientFixture f;
        QVERIFY(f.isReady);
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QVERIFY(!signIn.isThere());
        QTRY_VERIFY(signIn.isThere());
        QVERIFY2(signIn.succeeded(), signIn.why().constData());

        const auto &token = signIn.value();
        QVERIFY(!token.accessToken.isEmpty());
        QCOMPARE(token.tokenType, u"Bearer"_s);
        QCOMPARE(token.source, TokenSource::IdentityProvider);
        QVERIFY(token.idToken.has_value());
        QCOMPARE(token.idToken->subject(), u"sandbox|7c1e2a90-ada"_s);
        QCOMPARE(token.account.username, u"ada@countersign.example"_s);
        QCOMPARE(token.account.name, u"Ada Lovelace"_s);
        QVERIFY(token.grantedScopes.contains(u"profile"_s));
        QVERIFY(token.expiresAt > QDateTime::currentDateTimeUtc().addSecs(3000));
        QVERIFY(!token.checks.checks().isEmpty());
        QVERIFY(!token.checks.hasFailures());

        QCOMPARE(signIn.finishes, 1);
        QCOMPARE(signIn.stages,
                 (QList{Stage::OpeningStore, Stage::Discovering, Stage::WaitingForPerson, Stage::Redeeming,
                        Stage::Validating, Stage::Saving, Stage::Done}));
        QTRY_VERIFY(!signIn.operation);
        QCOMPARE(f.cache.snapshot().accounts().size(), 1);
        QVERIFY(!f.store.content().bytes.isEmpty());
    }

    //! Issue 4 "Must hold": three requests, then one; none for a hit in a new process.
    void aFirstSignInMakesThreeRequestsAWarmOneMakesOne()
    {
        ClientFixture f;
        TokenOutcome first(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY2(first.succeeded(), first.why().constData());
        QCOMPARE(f.recorder.purposes(), (QStringList{u"discovery"_s, u"keys"_s, u"token"_s}));

        f.recorder.records.clear();
        TokenOutcome warm(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY2(warm.succeeded(), warm.why().constData());
        QCOMPARE(f.recorder.purposes(), QStringList{u"token"_s});

        // Another process: the same store and the same folder, nothing in memory.
        f.recorder.records.clear();
        f.dropClient();
        TokenOutcome again(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY2(again.succeeded(), again.why().constData());
        QCOMPARE(f.recorder.purposes(), QStringList{u"token"_s});
    }

    void theKeysAreFetchedWhileThePersonSignsIn()
    {
        ClientFixture f;
        f.browser.isAway = true;
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_COMPARE(f.browser.opened.size(), 1);
        QTRY_COMPARE(f.recorder.purposes(), (QStringList{u"discovery"_s, u"keys"_s}));
        f.browser.go(f.browser.opened.first());
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
    }

    //! Security rules B.2, B.4, B.5: open only while a request is pending.
    void nothingListensAfterwards()
    {
        ClientFixture f;
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        const QUrl page = f.browser.opened.first();
        const QUrl redirect(
            CountersignSandbox::Parameters::decode(page.query(QUrl::FullyEncoded).toLatin1()).value(u"redirect_uri"));
        QVERIFY(redirect.port() > 0);
        QTRY_VERIFY(!connects(redirect));
    }

    //! House, Operation contract 4; issue 2 "Must hold": cancel leaves nothing listening and nothing stored.
    void cancelAtEveryStageLeavesNothingBehind_data()
    {
        QTest::addColumn<int>("stage");
        for (const auto stage : {Stage::Starting, Stage::OpeningStore, Stage::Discovering, Stage::WaitingForPerson,
                                 Stage::Redeeming, Stage::Validating, Stage::Saving})
            QTest::addRow("%s", QMetaEnum::fromType<Stage>().valueToKey(int(stage))) << int(stage);
    }
    void cancelAtEveryStageLeavesNothingBehind()
    {
        QFETCH(int, stage);
        ClientFixture f;
        auto *operation = f.client().acquireToken(f.signIn());
        TokenOutcome signIn(operation);
        if (stage == int(Stage::Starting))
            operation->cancel();
        QObject::connect(operation, &Operation::stageChanged, operation, [operation, stage](Stage now) {
            if (int(now) == stage)
                operation->cancel();
        });
        QTRY_VERIFY(signIn.isThere());
        QVERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::Cancelled);
        QCOMPARE(signIn.finishes, 1);
        QTest::qWait(100);
        QCOMPARE(signIn.finishes, 1);
        QVERIFY(f.store.content().bytes.isEmpty());
        QVERIFY(f.cache.snapshot().accounts().isEmpty());
        QVERIFY(f.client().findChildren<Operation *>().isEmpty());
        if (!f.browser.opened.isEmpty()) {
            const auto query = f.browser.opened.first().query(QUrl::FullyEncoded).toLatin1();
            const QUrl redirect(CountersignSandbox::Parameters::decode(query).value(u"redirect_uri"));
            QTRY_VERIFY(!connects(redirect));
        }
    }

    void cancellingTwiceIsHarmless()
    {
        ClientFixture f;
        f.browser.isAway = true;
        auto *operation = f.client().acquireToken(f.signIn());
        TokenOutcome signIn(operation);
        QTRY_COMPARE(f.browser.opened.size(), 1);
        operation->cancel();
        operation->cancel();
        QCOMPARE(signIn.finishes, 1);
        QCOMPARE(signIn.error().code(), ErrorCode::Cancelled);
    }

    //! House, Operation contract 5.
    void deletingTheOperationOrTheClientIsCancellationWithoutASignal()
    {
        ClientFixture f;
        f.browser.isAway = true;
        auto *operation = f.client().acquireToken(f.signIn());
        QSignalSpy spy(operation, &Operation::finished);
        QTRY_COMPARE(f.browser.opened.size(), 1);
        delete operation;
        QCOMPARE(spy.size(), 0);
        QTRY_VERIFY(f.client().findChildren<Operation *>().isEmpty());

        auto *second = f.client().acquireToken(f.signIn());
        QPointer<TokenOperation> guard(second);
        QSignalSpy secondSpy(second, &Operation::finished);
        QTRY_COMPARE(f.browser.opened.size(), 2);
        f.dropClient();
        QVERIFY(!guard);
        QCOMPARE(secondSpy.size(), 0);
        QVERIFY(f.store.content().bytes.isEmpty());
    }

    //! House, Operation contract 10; each ends for itself.
    void twoEqualSignInsAreOne()
    {
        ClientFixture f;
        f.browser.isAway = true;
        TokenOutcome a(f.client().acquireToken(f.signIn()));
        TokenOutcome b(f.client().acquireToken(f.signIn()));
        TokenOutcome c(f.client().acquireToken(f.signIn()));
        QTRY_COMPARE(f.browser.opened.size(), 1);
        c.operation->cancel();
        QVERIFY(c.failed());
        f.browser.go(f.browser.opened.first());
        QTRY_VERIFY2(a.succeeded(), a.why().constData());
        QTRY_VERIFY2(b.succeeded(), b.why().constData());
        QCOMPARE(f.browser.opened.size(), 1);
        QVERIFY(a.value().accessToken == b.value().accessToken);
        QCOMPARE(f.requestsTo(u"POST token"_s), 1);
    }

    void twoDifferentSignInsAreTwo()
    {
        ClientFixture f;
        f.browser.isAway = true;
        TokenOutcome a(f.client().acquireToken(f.signIn()));
        auto other = f.signIn();
        other.loginHint = u"grace@countersign.example"_s;
        TokenOutcome b(f.client().acquireToken(other));
        QTRY_COMPARE(f.browser.opened.size(), 2);
    }

    //! C29.
    void nobodyAnswersInTime()
    {
        ClientFixture f;
        f.browser.isAway = true;
        auto parameters = f.signIn();
        parameters.timeout = 200ms;
        TokenOutcome signIn(f.client().acquireToken(parameters));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::TimedOut);
        QVERIFY(f.store.content().bytes.isEmpty());
    }

    //! Nobody signs in for tokens that could not be kept.
    void aStoreThatIsNotThereStopsEverythingBeforeTheBrowserOpens()
    {
        ClientFixture f;
        f.store.failWith(Error{ErrorCode::StorageUnavailable, ErrorCause::StoreMissing, u"missing"_s});
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::StorageUnavailable);
        QCOMPARE(signIn.error().cause(), ErrorCause::StoreMissing);
        QVERIFY(f.browser.opened.isEmpty());
        QVERIFY(f.recorder.records.isEmpty());
    }

    void aLockedStoreIsWaitedForBeforeTheBrowserOpens()
    {
        ClientFixture f;
        f.store.failWith(Error{ErrorCode::StorageUnavailable, ErrorCause::StoreLocked, u"locked"_s});
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTest::qWait(300);
        QVERIFY(!signIn.isThere());
        QVERIFY(f.browser.opened.isEmpty());
        f.store.failWith({});
        QTRY_VERIFY2_WITH_TIMEOUT(signIn.succeeded(), signIn.why().constData(), 10000);
    }

    void theProviderSaysNo()
    {
        ClientFixture f;
        QVERIFY(f.sandbox.hooks().set(CountersignSandbox::HookPoint::AuthorizationResponse,
                                      QJsonObject{{u"remove"_s, QJsonArray{u"code"_s}},
                                                  {u"set"_s, QJsonObject{{u"error"_s, u"access_denied"_s}}}}));
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::AccessDenied);
        QCOMPARE(signIn.error().oauth().error, u"access_denied"_s);
        QCOMPARE(f.requestsTo(u"POST token"_s), 0);
        QVERIFY(f.store.content().bytes.isEmpty());
    }

    void theTokenEndpointRefuses_data()
    {
        QTest::addColumn<QJsonObject>("hook");
        QTest::addColumn<int>("code");
        QTest::newRow("invalid_grant") << QJsonObject{{u"status"_s, 400},
                                                      {u"body"_s, uR"({"error":"invalid_grant"})"_s}}
                                       << int(ErrorCode::InteractionRequired);
        QTest::newRow("invalid_client") << QJsonObject{{u"status"_s, 401},
                                                       {u"body"_s, uR"({"error":"invalid_client"})"_s}}
                                        << int(ErrorCode::ServerRejected);
        QTest::newRow("busy") << QJsonObject{{u"status"_s, 503}, {u"body"_s, u"later"_s}}
                              << int(ErrorCode::ServerUnavailable);
        QTest::newRow("no JSON") << QJsonObject{{u"body"_s, u"<html>"_s}} << int(ErrorCode::InvalidResponse);
        QTest::newRow("redirected") << QJsonObject{{u"redirect"_s, u"http://127.0.0.1:9/"_s}}
                                    << int(ErrorCode::SecurityCheckFailed);
        QTest::newRow("cut off") << QJsonObject{{u"drop"_s, u"midway"_s}} << int(ErrorCode::NetworkUnavailable);
    }
    void theTokenEndpointRefuses()
    {
        QFETCH(QJsonObject, hook);
        QFETCH(int, code);
        ClientFixture f;
        QVERIFY(f.sandbox.hooks().set(CountersignSandbox::HookPoint::TokenResponse, hook));
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY(signIn.failed());
        QVERIFY2(int(signIn.error().code()) == code, signIn.why().constData());
        QVERIFY(!signIn.error().correlationId().isEmpty());
        QVERIFY(f.store.content().bytes.isEmpty());
    }

    //! B.54, B.55: after PAR the front channel carries client_id and request_uri only.
    void aClientThatMustPushItsRequestDoes()
    {
        ClientFixture f;
        f.configuration.clientId = {u"sandbox-par"_s};
        auto parameters = f.signIn();
        parameters.pushedRequests = PushedRequests::WhenPossible;
        TokenOutcome signIn(f.client().acquireToken(parameters));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        const auto query =
            CountersignSandbox::Parameters::decode(f.browser.opened.first().query(QUrl::FullyEncoded).toLatin1());
        QStringList names;
        for (const auto &[name, value] : query.items())
            names.append(name);
        names.sort();
        QCOMPARE(names, (QStringList{u"client_id"_s, u"request_uri"_s}));
    }

    void formPostIsUnderstood()
    {
        ClientFixture f;
        auto parameters = f.signIn();
        parameters.responseMode = ResponseMode::QueryJwt;
        TokenOutcome signIn(f.client().acquireToken(parameters));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
    }

    void somebodyElseSignsIn()
    {
        ClientFixture f;
        auto parameters = f.signIn();
        parameters.expectedAccount = AccountId{{u"sandbox|somebody-else"_s}, f.configuration.authority.environment()};
        TokenOutcome signIn(f.client().acquireToken(parameters));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().cause(), ErrorCause::WrongAccount);
        QVERIFY(f.store.content().bytes.isEmpty());
    }

    //! The two-leg pair for callers who drive the browser themselves.
    void twoLegsMakeOneSignIn()
    {
        ClientFixture f;
        auto parameters = f.signIn();
        parameters.redirect = RedirectPreference::loopback(u"127.0.0.1"_s, {47111});
        Outcome<AuthorizationCodeFlow> begun(f.client().beginAuthCodeFlow(parameters));
        QTRY_VERIFY2(begun.succeeded(), begun.why().constData());
        QCOMPARE(begun.value().redirectUri, QUrl(u"http://127.0.0.1:47111/"_s));

        QNetworkAccessManager manager;
        QNetworkRequest request(begun.value().url);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        std::unique_ptr<QNetworkReply> reply(manager.get(request));
        QTRY_VERIFY(reply->isFinished());
        const auto target = reply->header(QNetworkRequest::LocationHeader).toUrl();
        const auto answer = target.query(QUrl::FullyEncoded).toLatin1();
        QVERIFY(answer.contains("code="));

        // Another process picks it up.
        f.dropClient();
        TokenOutcome completed(f.client().completeAuthCodeFlow(begun.value().state.clone(), Secret::copyOf(answer)));
        QTRY_VERIFY2(completed.succeeded(), completed.why().constData());
        QCOMPARE(completed.value().account.username, u"ada@countersign.example"_s);

        TokenOutcome garbage(f.client().completeAuthCodeFlow(Secret::copyOf("{}"), Secret::copyOf(answer)));
        QTRY_VERIFY(garbage.failed());
        QCOMPARE(garbage.error().code(), ErrorCode::InvalidArgument);
    }

private:
    static bool connects(const QUrl &url)
    {
        QTcpSocket socket;
        socket.connectToHost(url.host(), static_cast<quint16>(url.port()));
        return socket.waitForConnected(200);
    }
};

QTEST_GUILESS_MAIN(TestSignIn)
#include "tst_signin.moc"

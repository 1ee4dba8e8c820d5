// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "entrafixture.h"

#include <countersign/client/assertionfile.h>
#include <countersign/client/confidentialclient.h>
#include <countersign/jose/jws.h>
#include <countersign/model/region.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonDocument>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using TokenOutcome = Outcome<AuthenticationResult>;

namespace {

constexpr QByteArrayView secretText = "sandbox secret: 100% public +/=";

std::shared_ptr<const Secret> secretOf(QByteArrayView text)
{
    return std::make_shared<const Secret>(Secret::copyOf(text));
}

//! An application with a secret in one tenant of Entra's, without a network.
struct AppFixture : EntraFixture
{
    static inline const QString place = base + tenant + u'/';
    static inline const QString endpoint = place + u"oauth2/v2.0/token"_s;

    AppFixture()
    {
        configuration.authority = *Authority::parse(base + tenant);
        configuration.clientSecret = secretOf("a secret");
        configuration.retry = RetryPolicy::none();
        configuration.throttling.isEnabled = false;
        http.route(place + u"v2.0/.well-known/openid-configuration"_s, 200,
                   CountersignSandbox::compactJson({{u"issuer"_s, QString(place + u"v2.0"_s)},
                                                    {u"authorization_endpoint"_s, QString(place + u"authorize"_s)},
                                                    {u"token_endpoint"_s, endpoint},
                                                    {u"jwks_uri"_s, QString(place + u"keys"_s)}}));
    }
    ConfidentialClient &app()
    {
        if (!m_app)
            m_app = *ConfidentialClient::create(
                configuration, {.http = http, .cache = cache, .agent = agent, .clock = clock, .random = random});
        return *m_app;
    }
    void answer(const QString &accessToken, QJsonObject more = {}, const QString &at = endpoint)
    {
        more.insert(u"access_token"_s, accessToken);
        more.insert(u"token_type"_s, u"Bearer"_s);
        http.route(at, 200, CountersignSandbox::compactJson(more));
    }
    void refuse(const QString &error = u"temporarily_unavailable"_s, int status = 400)
    {
        http.route(endpoint, status, CountersignSandbox::compactJson({{u"error"_s, error}}));
    }
    static ClientTokenParameters asking(ScopeSet scopes = {u"https://api.example/.default"_s})
    {
        ClientTokenParameters parameters;
        parameters.scopes = std::move(scopes);
        return parameters;
    }
    QByteArray lastTelemetry() const
    {
        return http.to(endpoint).constLast().headers.value("x-client-current-telemetry");
    }

private:
    std::unique_ptr<ConfidentialClient> m_app;
};

QByteArray tokenOf(const TokenOutcome &outcome)
{
    return outcome.succeeded() ? outcome.value().accessToken.reveal().toByteArray() : outcome.why();
}

//! The sandbox's client with a secret, as an application.
struct SandboxFixture : ClientFixture
{
    SandboxFixture()
    {
        configuration.clientId = {u"sandbox-web"_s};
        configuration.clientSecret = secretOf(secretText);
    }
    ConfidentialClient &app()
    {
        if (!m_app)
            m_app = *ConfidentialClient::create(configuration, services());
        return *m_app;
    }

private:
    std::unique_ptr<ConfidentialClient> m_app;
};

} // namespace

//! Applications that act for themselves (RFC 6749 §4.4).
class TestConfidentialClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    //! Contract C32; a lifetime of nothing is refused here (security rule B.24), so the first one is merely short.
    void theCacheComesFirstAndMicrosoftIsToldWhy()
    {
        AppFixture f;
        f.answer(u"AT 1"_s, {{u"expires_in"_s, 100}});
        TokenOutcome first(f.app().acquireTokenForClient(AppFixture::asking()));
        QTRY_VERIFY2(first.succeeded(), first.why().constData());
        QCOMPARE(tokenOf(first), "AT 1");
        QCOMPARE(first.value().source, TokenSource::ClientCredentials);
        QCOMPARE(f.lastTelemetry(), "4|730,2|");

        f.answer(u"AT 2"_s, {{u"expires_in"_s, 3600}, {u"refresh_in"_s, 0}});
        TokenOutcome second(f.app().acquireTokenForClient(AppFixture::asking()));
        QTRY_VERIFY2(second.succeeded(), second.why().constData());
        QCOMPARE(tokenOf(second), "AT 2");
        QCOMPARE(f.lastTelemetry(), "4|730,3|");

        f.clock.offset += std::chrono::seconds(2);
        f.refuse();
        auto *const operation = f.app().acquireTokenForClient(AppFixture::asking());
        DecisionTrace trace;
        QObject::connect(operation, &Operation::finished, operation,
                         [&trace, operation] { trace = operation->decisionTrace(); });
        TokenOutcome third(operation);
        QTRY_VERIFY2(third.succeeded(), third.why().constData());
        QCOMPARE(f.lastTelemetry(), "4|730,4|");
        QCOMPARE(tokenOf(third), "AT 2");
        QCOMPARE(third.value().source, TokenSource::Cache);
        QCOMPARE(third.value().warning->oauth().error, u"temporarily_unavailable"_s);
        QCOMPARE(trace.rows.constLast().verdict, TraceVerdict::KeptAsFallback);
        QCOMPARE(trace.reason, RefreshReason::Aging);
    }

    void theRequestSaysWhatTheApplicationIs()
    {
        AppFixture f;
        f.answer(u"AT"_s, {{u"expires_in"_s, 3600}});
        TokenOutcome outcome(f.app().acquireTokenForClient(AppFixture::asking()));
        QTRY_VERIFY2(outcome.succeeded(), outcome.why().constData());
        const auto form = f.http.to(AppFixture::endpoint).constLast().form;
        QCOMPARE(form.value(u"grant_type"_s), u"client_credentials"_s);
        QCOMPARE(form.value(u"scope"_s), u"https://api.example/.default"_s); // undecorated
        QVERIFY(!form.contains(u"client_info"_s));
        const auto &result = outcome.value();
        QVERIFY(result.account.id.homeAccountId.isEmpty());
        QCOMPARE(result.grantedScopes, AppFixture::asking().scopes);
        QVERIFY(result.idTokenText.isEmpty());
        QCOMPARE(result.tokenType, u"Bearer"_s);
        QVERIFY(f.cache.snapshot().accounts().isEmpty());
    }

    void aHitSendsNothing()
    {
        AppFixture f;
        f.answer(u"AT"_s, {{u"expires_in"_s, 3600}});
        QVERIFY(!f.app().cachedToken(AppFixture::asking()));
        TokenOutcome first(f.app().acquireTokenForClient(AppFixture::asking()));
        QTRY_VERIFY2(first.succeeded(), first.why().constData());
        const auto sent = f.http.sent.size();
        TokenOutcome hit(f.app().acquireTokenForClient(AppFixture::asking()));
        QTRY_VERIFY2(hit.succeeded(), hit.why().constData());
        QCOMPARE(tokenOf(hit), "AT");
        QCOMPARE(hit.value().source, TokenSource::Cache);
        QCOMPARE(f.http.sent.size(), sent);
        QVERIFY(f.app().cachedToken(AppFixture::asking()).has_value());
        QCOMPARE(f.app().explain(AppFixture::asking()).rows.constLast().verdict, TraceVerdict::Taken);
    }

    void equalRequestsInFlightAreOne()
    {
        AppFixture f;
        f.answer(u"AT"_s, {{u"expires_in"_s, 3600}});
        TokenOutcome one(f.app().acquireTokenForClient(AppFixture::asking()));
        TokenOutcome two(f.app().acquireTokenForClient(AppFixture::asking()));
        QTRY_VERIFY(one.succeeded() && two.succeeded());
        QCOMPARE(f.http.to(AppFixture::endpoint).size(), 1);
    }

    //! What makes another token of it, and what makes a new one.
    void thePlainTokenIsNoAnswer_data()
    {
        QTest::addColumn<ClientTokenParameters>("parameters");
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("value");
        const auto row = [](const char *title, const QString &name, const QString &value, auto change) {
            auto parameters = AppFixture::asking();
            change(parameters);
            QTest::newRow(title) << parameters << name << value;
        };
        row("contract C32: claims", u"claims"_s, uR"({"access_token":{"nbf":{"essential":true,"value":"1"}}})"_s,
            [](ClientTokenParameters &p) {
                p.claimsChallenge = uR"({"access_token":{"nbf":{"essential":true,"value":"1"}}})"_s;
            });
        row("forced", u"grant_type"_s, u"client_credentials"_s,
            [](ClientTokenParameters &p) { p.isRefreshForced = true; });
        row("more life", u"grant_type"_s, u"client_credentials"_s,
            [](ClientTokenParameters &p) { p.minimumLifetime = std::chrono::hours(2); });
        row("other scopes", u"scope"_s, u"https://other.example/.default"_s,
            [](ClientTokenParameters &p) { p.scopes = {u"https://other.example/.default"_s}; });
        row("RFC 8707 §2.2", u"resource"_s, u"https://api.example"_s,
            [](ClientTokenParameters &p) { p.resources = QStringList{u"https://api.example"_s}; });
        row("a parameter of one's own", u"fmi_path"_s, u"a/b"_s, [](ClientTokenParameters &p) {
            p.extra = {{u"fmi_path"_s, u"a/b"_s}};
        });
    }
    void thePlainTokenIsNoAnswer()
    {
        QFETCH(ClientTokenParameters, parameters);
        QFETCH(QString, name);
        QFETCH(QString, value);
        AppFixture f;
        f.answer(u"AT"_s, {{u"expires_in"_s, 3600}});
        TokenOutcome plain(f.app().acquireTokenForClient(AppFixture::asking()));
        QTRY_VERIFY2(plain.succeeded(), plain.why().constData());
        f.answer(u"another AT"_s, {{u"expires_in"_s, 3600}});
        TokenOutcome outcome(f.app().acquireTokenForClient(parameters));
        QTRY_VERIFY2(outcome.succeeded(), outcome.why().constData());
        QCOMPARE(tokenOf(outcome), "another AT");
        QCOMPARE(f.http.to(AppFixture::endpoint).constLast().form.value(name), value);
    }

    void tokensOfOtherParametersAreCachedApart()
    {
        AppFixture f;
        f.answer(u"plain"_s, {{u"expires_in"_s, 3600}});
        TokenOutcome plain(f.app().acquireTokenForClient(AppFixture::asking()));
        QTRY_VERIFY2(plain.succeeded(), plain.why().constData());
        f.answer(u"for the audience"_s, {{u"expires_in"_s, 3600}});
        auto parameters = AppFixture::asking();
        parameters.extra = {{u"audience"_s, u"https://api.example"_s}};
        TokenOutcome other(f.app().acquireTokenForClient(parameters));
        QTRY_VERIFY2(other.succeeded(), other.why().constData());
        QCOMPARE(f.app().cachedToken(parameters)->accessToken.reveal(), "for the audience");
        QCOMPARE(f.app().cachedToken(AppFixture::asking())->accessToken.reveal(), "plain");
    }

    void aFailureWithNothingToFallBackOnIsOne()
    {
        AppFixture f;
        f.refuse(u"invalid_client"_s, 401);
        TokenOutcome outcome(f.app().acquireTokenForClient(AppFixture::asking()));
        QTRY_VERIFY(outcome.failed());
        QCOMPARE(outcome.error().code(), ErrorCode::ServerRejected);
        QCOMPARE(outcome.error().oauth().error, u"invalid_client"_s);
        QVERIFY(!outcome.error().correlationId().isEmpty());
        QVERIFY(f.cache.snapshot().accessTokens().empty());
    }

    void nothingToProveItselfWithIsSaidBeforeAnythingIsSent()
    {
        AppFixture f;
        f.configuration.clientSecret.reset();
        TokenOutcome outcome(f.app().acquireTokenForClient(AppFixture::asking()));
        QTRY_VERIFY(outcome.failed());
        QCOMPARE(outcome.error().code(), ErrorCode::InvalidArgument);
        QCOMPARE(outcome.error().cause(), ErrorCause::ClientSecretMissing);
        QVERIFY(f.http.to(AppFixture::endpoint).isEmpty());
    }

    //! RFC 6749 §4.4.3; what would make a person of the application is dropped.
    void nothingOfAPersonIsKept()
    {
        AppFixture f;
        auto answer = QJsonDocument::fromJson(f.tokens()).object();
        f.answer(u"AT"_s, answer);
        TokenOutcome outcome(f.app().acquireTokenForClient(AppFixture::asking()));
        QTRY_VERIFY2(outcome.succeeded(), outcome.why().constData());
        const auto &snapshot = f.cache.snapshot();
        QVERIFY(snapshot.refreshTokens().empty());
        QVERIFY(snapshot.idTokens().empty());
        QVERIFY(snapshot.accounts().isEmpty());
        QCOMPARE(snapshot.accessTokens().size(), std::size_t(1));
    }

    //! Contract C21.
    void theApplicationsTokensGoAndPeoplesStay()
    {
        AppFixture f;
        f.answer(u"AT"_s, {{u"expires_in"_s, 3600}});
        TokenOutcome outcome(f.app().acquireTokenForClient(AppFixture::asking()));
        QTRY_VERIFY2(outcome.succeeded(), outcome.why().constData());
        TokenGrant person;
        person.clientId = f.configuration.clientId;
        person.environment = f.configuration.authority.environment();
        person.realm = EntraFixture::tenant;
        person.homeAccountId = {u"uid.utid"_s};
        person.grantedScopes = {u"User.Read"_s};
        person.accessToken = Secret::copyOf("of a person");
        bool isKept = false;
        f.cache.update([&](TokenCache &cache) { cache.merge(person, f.clock.now()); }, &f.app(),
                       [&isKept](const Result<void> &saved) { isKept = saved.hasValue(); });
        QTRY_VERIFY(isKept);

        Outcome<int> removed(f.app().removeTokensForClient());
        QTRY_VERIFY2(removed.succeeded(), removed.why().constData());
        QCOMPARE(removed.value(), 1);
        QVERIFY(!f.app().cachedToken(AppFixture::asking()));
        QCOMPARE(f.cache.snapshot().accessTokens().size(), std::size_t(1));
    }

    //! Contract C32.
    void aTenantOfEverybodyIsNone_data()
    {
        QTest::addColumn<QString>("tenant");
        QTest::newRow("contract C32: common") << u"common"_s;
        QTest::newRow("contract C32: organizations") << u"organizations"_s;
        QTest::newRow("contract C32: consumers") << u"consumers"_s;
    }
    void aTenantOfEverybodyIsNone()
    {
        QFETCH(QString, tenant);
        AppFixture f;
        f.configuration.authority = *Authority::parse(EntraFixture::base + tenant);
        const auto made = ConfidentialClient::create(
            f.configuration,
            {.http = f.http, .cache = f.cache, .agent = f.agent, .clock = f.clock, .random = f.random});
        QVERIFY(!made);
        QCOMPARE(made.error().code(), ErrorCode::InvalidArgument);
        QVERIFY(made.error().message().contains(tenant));
        // And where a request says it.
        AppFixture g;
        auto parameters = AppFixture::asking();
        parameters.authority = *Authority::parse(EntraFixture::base + tenant);
        TokenOutcome outcome(g.app().acquireTokenForClient(parameters));
        QTRY_VERIFY(outcome.failed());
        QCOMPARE(outcome.error().code(), ErrorCode::InvalidArgument);
    }

    //! Contract C40: requests move, the place in the cache does not.
    void aRegionIsAskedInPlaceOfTheWholeService()
    {
        AppFixture f;
        f.configuration.region = RegionChoice{RegionChoice::Kind::Unset, {}}.resolve(u"East Us 2"_s, {});
        const QString regional =
            u"https://eastus2.login.microsoft.com/"_s + EntraFixture::tenant + u"/oauth2/v2.0/token"_s;
        f.answer(u"AT"_s, {{u"expires_in"_s, 3600}}, regional);
        TokenOutcome outcome(f.app().acquireTokenForClient(AppFixture::asking()));
        QTRY_VERIFY2(outcome.succeeded(), outcome.why().constData());
        QCOMPARE(f.http.to(regional).size(), 1);
        QCOMPARE(f.cache.snapshot().accessTokens().front().environment().value, u"login.microsoftonline.com"_s);
    }

    //! Contract C34, RFC 7523 §2.2.
    void aCertificateSignsForEveryRequest()
    {
        AppFixture f;
        QFile file(QStringLiteral(COUNTERSIGN_TEST_DATA "/crypto/rsa.p12"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        f.configuration.assertionKey = *Protocol::readAssertionKey(file.readAll(), Secret::copyOf("test"));
        f.answer(u"AT"_s, {{u"expires_in"_s, 100}});
        for (int i = 0; i < 2; ++i) {
            TokenOutcome outcome(f.app().acquireTokenForClient(AppFixture::asking()));
            QTRY_VERIFY2(outcome.succeeded(), outcome.why().constData());
        }
        const auto sent = f.http.to(AppFixture::endpoint);
        QCOMPARE(sent.size(), 2);
        QCOMPARE(sent.first().form.value(u"client_assertion_type"_s),
                 u"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"_s);
        QVERIFY(!sent.first().form.contains(u"client_secret"_s)); // although there is one
        QVERIFY(!sent.first().headers.contains("Authorization"));
        QVERIFY(sent.first().form.value(u"client_assertion"_s) != sent.last().form.value(u"client_assertion"_s));
        const auto key = f.configuration.assertionKey->key.asymmetricKey()->publicKey();
        const auto verified = Jose::verifyJws(sent.first().form.value(u"client_assertion"_s).toLatin1(),
                                              Jose::JwkSet({Jose::Jwk::fromKey(key)}));
        QVERIFY2(verified.hasValue(), "the assertion is signed by the certificate's key");
        QCOMPARE(verified->algorithm, Jose::Algorithm::PS256);
    }

    //! Contract C35: the platform renews the file under the same name.
    void aFederatedTokenIsReadForEveryRequest()
    {
        AppFixture f;
        QTemporaryDir folder;
        const auto path = folder.filePath(u"token"_s);
        const auto write = [&path](const QByteArray &text) {
            QFile file(path);
            return file.open(QIODevice::WriteOnly) && file.write(text) == text.size();
        };
        f.configuration.assertionSource = assertionsFromFile(path);
        f.answer(u"AT"_s, {{u"expires_in"_s, 100}});
        for (const QByteArray token : {"eyJh.eyJz.one", "eyJh.eyJz.two"}) {
            QVERIFY(write(token + '\n'));
            TokenOutcome outcome(f.app().acquireTokenForClient(AppFixture::asking()));
            QTRY_VERIFY2(outcome.succeeded(), outcome.why().constData());
            QCOMPARE(f.http.to(AppFixture::endpoint).constLast().form.value(u"client_assertion"_s).toLatin1(), token);
        }
        for (const QByteArray token : {"", "a secret", "eyJh..x", "a b.c.d"}) {
            QVERIFY(write(token));
            TokenOutcome outcome(f.app().acquireTokenForClient(AppFixture::asking()));
            QTRY_VERIFY(outcome.failed());
            QCOMPARE(outcome.error().code(), ErrorCode::InvalidArgument);
            QVERIFY(outcome.error().message().contains(path));
            QVERIFY(token.isEmpty() || !outcome.error().message().contains(QString::fromLatin1(token)));
        }
        QVERIFY(QFile::remove(path));
        TokenOutcome missing(f.app().acquireTokenForClient(AppFixture::asking()));
        QTRY_VERIFY(missing.failed());
        QCOMPARE(missing.error().code(), ErrorCode::InvalidArgument);
        // What is no file, a pipe for example, would be waited for.
        QVERIFY(QDir().mkdir(path));
        TokenOutcome folderThere(f.app().acquireTokenForClient(AppFixture::asking()));
        QTRY_VERIFY(folderThere.failed());
        QVERIFY(folderThere.error().message().contains("no file"_L1));
    }

    //! Contract C35.
    void aSourceOfAssertionsIsToldWhatTheyAreFor()
    {
        AppFixture f;
        QList<QUrl> endpoints;
        f.configuration.assertionSource = [&endpoints](const AssertionWish &wish) -> Result<Secret> {
            endpoints.append(wish.tokenEndpoint);
            if (wish.clientId.value != "my_app"_L1)
                return Error{ErrorCode::InvalidArgument, u"somebody else"_s};
            return Secret::copyOf("a.b.c");
        };
        f.answer(u"AT"_s, {{u"expires_in"_s, 3600}});
        TokenOutcome outcome(f.app().acquireTokenForClient(AppFixture::asking()));
        QTRY_VERIFY2(outcome.succeeded(), outcome.why().constData());
        QCOMPARE(endpoints, QList<QUrl>{QUrl(AppFixture::endpoint)});
    }

    //! Contract C37: applications that ask for themselves wait less for a provider that is busy.
    void aBusyProviderIsSparedForFiveSeconds()
    {
        AppFixture f;
        f.configuration.throttling = {};
        QCOMPARE(f.app().configuration().throttling.busyPause, std::chrono::seconds(5));
        AppFixture own;
        own.configuration.throttling.busyPause = std::chrono::seconds(7);
        QCOMPARE(own.app().configuration().throttling.busyPause, std::chrono::seconds(7));
    }

    void cancellingSendsAndKeepsNothing()
    {
        AppFixture f;
        f.answer(u"AT"_s, {{u"expires_in"_s, 3600}});
        auto *const operation = f.app().acquireTokenForClient(AppFixture::asking());
        TokenOutcome outcome(operation);
        QObject::connect(operation, &Operation::stageChanged, operation, [operation](Operation::Stage stage) {
            if (stage == Operation::Stage::Redeeming)
                operation->cancel();
        });
        QTRY_VERIFY(outcome.failed());
        QCOMPARE(outcome.error().code(), ErrorCode::Cancelled);
        QCOMPARE(outcome.finishes, 1);
        QTest::qWait(20);
        QVERIFY(f.http.to(AppFixture::endpoint).isEmpty());
        QVERIFY(f.cache.snapshot().accessTokens().empty());
    }

    void aClientThatGoesTakesItsRequestsAlong()
    {
        SandboxFixture f;
        QVERIFY(f.isReady);
        auto app = *ConfidentialClient::create(f.configuration, f.services());
        const QPointer<TokenOperation> operation = app->acquireTokenForClient(AppFixture::asking({u"read"_s}));
        QTRY_VERIFY(!operation || operation->stage() != Operation::Stage::Starting);
        app.reset();
        QVERIFY(!operation);
    }

    void theSandboxGivesAnApplicationATokenOfItsOwn()
    {
        SandboxFixture f;
        QVERIFY(f.isReady);
        TokenOutcome first(f.app().acquireTokenForClient(AppFixture::asking({u"read"_s})));
        QTRY_VERIFY2(first.succeeded(), first.why().constData());
        QCOMPARE(first.value().source, TokenSource::ClientCredentials);
        QCOMPARE(first.value().grantedScopes, ScopeSet{u"read"_s});
        QCOMPARE(f.lastForm(u"token"_s).value(u"grant_type"_s).toString(), u"client_credentials"_s);
        TokenOutcome hit(f.app().acquireTokenForClient(AppFixture::asking({u"read"_s})));
        QTRY_VERIFY2(hit.succeeded(), hit.why().constData());
        QCOMPARE(hit.value().source, TokenSource::Cache);
        QCOMPARE(f.requestsTo(u"POST token"_s), 1);
    }

    void aClientThatMayNotActForItselfIsRefused()
    {
        SandboxFixture f;
        auto client = *f.sandbox.context().directory.client(u"sandbox-web"_s);
        client.mayActForItself = false;
        f.sandbox.context().directory.putClient(client);
        TokenOutcome outcome(f.app().acquireTokenForClient(AppFixture::asking({u"read"_s})));
        QTRY_VERIFY(outcome.failed());
        QCOMPARE(outcome.error().code(), ErrorCode::ServerRejected);
        QCOMPARE(outcome.error().oauth().error, u"unauthorized_client"_s);
    }
};

QTEST_GUILESS_MAIN(TestConfidentialClient)
#include "tst_confidentialclient.moc"

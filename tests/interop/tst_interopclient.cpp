// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "support/realprovider.h"

#include <countersign/client/publicclient.h>
#include <countersign/crypto/systemrandom.h>
#include <countersign/http/networktransport.h>
#include <countersign/jose/unverifiedjwt.h>
#include <countersign/storage/memorystore.h>
#include <countersign/storage/persistenttokencache.h>
#include <countersign/useragent/systembrowseragent.h>

#include <QtNetwork/QNetworkAccessManager>
#include <QtNetwork/QNetworkReply>
#include <QtTest/QTest>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

//! Has the provider's pages walked, and then goes where they lead.
class WalkingBrowser final : public BrowserLauncher
{
public:
    explicit WalkingBrowser(const RealProvider &provider) : m_provider(provider) { }
    void launch(const QUrl &url, QObject *, FailureHandler) override
    {
        opened.append(url);
        const auto redirect = m_provider.signIn(url);
        auto *const reply = m_manager.get(QNetworkRequest(redirect));
        QObject::connect(reply, &QNetworkReply::finished, reply, &QObject::deleteLater);
    }

    QList<QUrl> opened;

private:
    const RealProvider &m_provider;
    QNetworkAccessManager m_manager;
};

template <typename T> Result<T> outcome(OperationOf<T> *operation)
{
    std::optional<Result<T>> result;
    QObject::connect(operation, &Operation::finished, operation,
                     [&result, operation] { result.emplace(operation->takeResult()); });
    if (!QTest::qWaitFor([&result] { return result.has_value(); }, 30000))
        return Error{ErrorCode::TimedOut, u"the test gave up"_s};
    return *std::move(result);
}

QByteArray why(const Result<AuthenticationResult> &result)
{
    return result ? QByteArray()
                  : result.error().message().toUtf8() + ' ' + result.error().oauth().description.toUtf8();
}

} // namespace

//! PublicClient against npm's oidc-provider: PKCE, iss, PAR, rotation, resource indicators with access tokens in JWT
//! form, device code, revocation, RP-initiated logout and userinfo switched on.
class TestInteropClient : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (const QString missing = RealProvider::missing(); !missing.isEmpty())
            QSKIP(qPrintable(missing));
        QVERIFY2(m_provider.start(), qPrintable(m_provider.problem()));
        m_http = *NetworkTransport::create({.proxy = NetworkSettings::Proxy::None});
    }
    void init()
    {
        m_client.reset();
        m_store = std::make_unique<MemoryStore>();
        m_cache = std::make_unique<PersistentTokenCache>(*m_store);
        m_browser.opened.clear();
    }

    void aPersonSignsInAndTokensRotate_data()
    {
        QTest::addColumn<QString>("clientId");
        QTest::addColumn<bool>("pushes");
        QTest::newRow("RS256") << u"native"_s << false;
        QTest::newRow("ES256") << u"native-es256"_s << false;
        QTest::newRow("RFC 9126") << u"native-par"_s << true;
    }
    void aPersonSignsInAndTokensRotate()
    {
        QFETCH(QString, clientId);
        QFETCH(bool, pushes);
        auto asked = parameters();
        asked.pushedRequests = pushes ? PushedRequests::WhenPossible : PushedRequests::WhenRequired;
        const auto token = outcome<AuthenticationResult>(client(clientId).acquireToken(asked));
        QVERIFY2(token, why(token).constData());
        QVERIFY(token->idToken.has_value());
        QCOMPARE(token->idToken->subject(), u"grace"_s);
        QVERIFY(!token->checks.hasFailures());
        QCOMPARE(token->account.name, u"Grace Hopper"_s);
        const auto query = m_browser.opened.first().query(QUrl::FullyEncoded);
        QCOMPARE(query.contains(u"request_uri="_s), pushes);
        QCOMPARE(query.contains(u"code_challenge="_s), !pushes);

        auto spent = refreshToken();
        QVERIFY(!spent.isEmpty());
        for (int i = 0; i < 2; ++i) {
            SilentParameters silent{.scopes = {u"openid"_s}, .account = token->account.id};
            silent.isRefreshForced = true;
            const auto refreshed = outcome<AuthenticationResult>(client(clientId).acquireTokenSilently(silent));
            QVERIFY2(refreshed, why(refreshed).constData());
            QCOMPARE(refreshed->source, TokenSource::Refresh);
            QVERIFY(refreshToken() != spent);
            spent = refreshToken();
        }
    }

    //! RFC 8707, RFC 9068.
    void aResourceGetsItsOwnToken()
    {
        auto asked = parameters();
        asked.scopes = asked.scopes.united({u"read"_s});
        asked.resources = {u"urn:countersign:api"_s};
        const auto token = outcome<AuthenticationResult>(client(u"native"_s).acquireToken(asked));
        QVERIFY2(token, why(token).constData());
        const auto jwt = Jose::UnverifiedJwt::parse(token->accessToken.reveal());
        QVERIFY(jwt);
        QCOMPARE(jwt->header().string("typ"), std::optional(u"at+jwt"_s));
        QCOMPARE(jwt->claims().string("aud"), std::optional(u"urn:countersign:api"_s));
        SilentParameters silent{.scopes = {u"read"_s}, .account = token->account.id};
        silent.resources = asked.resources;
        const auto hit = outcome<AuthenticationResult>(client(u"native"_s).acquireTokenSilently(silent));
        QVERIFY2(hit, why(hit).constData());
        QCOMPARE(hit->source, TokenSource::Cache);
    }

    void aDeviceSignsIn()
    {
        auto *const operation = client(u"native"_s).acquireTokenByDeviceCode({.scopes = {u"profile"_s}});
        QObject::connect(operation, &DeviceCodeOperation::codeReady, this, [this](const DeviceCode &code) {
            QVERIFY(code.verificationUriComplete.has_value());
            QVERIFY(m_provider.approveDevice(*code.verificationUriComplete));
        });
        const auto token = outcome<AuthenticationResult>(operation);
        QVERIFY2(token, why(token).constData());
        QCOMPARE(token->idToken->subject(), u"grace"_s);
    }

    void userInfoAndSignOut()
    {
        const auto token = outcome<AuthenticationResult>(client(u"native"_s).acquireToken(parameters()));
        QVERIFY2(token, why(token).constData());
        const auto userInfo = outcome<UserInfo>(client(u"native"_s).userInfo(token->account.id));
        QVERIFY2(userInfo, userInfo ? "" : qPrintable(userInfo.error().message()));
        QCOMPARE(userInfo->subject, u"grace"_s);
        QVERIFY(userInfo->json.contains("Grace Hopper"));
        const auto signedOut = outcome<SignOutReport>(client(u"native"_s).signOut(token->account.id));
        QVERIFY(signedOut);
        QCOMPARE(signedOut->find(SignOutStep::Kind::Revocation)->outcome, SignOutStep::Outcome::Done);
        QVERIFY(m_cache->snapshot().accounts().isEmpty());
    }

private:
    static InteractiveParameters parameters()
    {
        InteractiveParameters asked;
        asked.scopes = {u"openid"_s, u"profile"_s, u"offline_access"_s};
        asked.prompts = {u"consent"_s}; // OpenID Connect Core §11: without it offline_access is ignored
        return asked;
    }
    PublicClient &client(const QString &id)
    {
        if (!m_client) {
            ClientConfiguration configuration;
            configuration.clientId = {id};
            configuration.authority = *Authority::oidc(m_provider.issuer());
            m_client = *PublicClient::create(
                configuration,
                {.http = *m_http, .cache = *m_cache, .agent = m_agent, .clock = m_clock, .random = m_random});
        }
        return *m_client;
    }
    QByteArray refreshToken() const
    {
        const auto tokens = m_cache->snapshot().refreshTokens();
        return tokens.empty() ? QByteArray() : tokens.front().secret().reveal().toByteArray();
    }

    RealProvider m_provider;
    std::unique_ptr<NetworkTransport> m_http;
    WalkingBrowser m_browser{m_provider};
    SystemBrowserAgent m_agent{m_browser};
    SystemClock m_clock;
    SystemRandom m_random;
    std::unique_ptr<MemoryStore> m_store;
    std::unique_ptr<PersistentTokenCache> m_cache;
    std::unique_ptr<PublicClient> m_client;
};

QTEST_GUILESS_MAIN(TestInteropClient)
#include "tst_interopclient.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "interop/interopfixture.h"
#include "support/httpcall.h"

#include <countersign/crypto/systemrandom.h>
#include <countersign/http/networktransport.h>
#include <countersign/jose/unverifiedjwt.h>
#include <countersign/storage/memorystore.h>
#include <countersign/storage/persistenttokencache.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

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
        m_browser.name.clear();
        m_configuration = {};
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

    //! RFC 9449: somebody else's eyes on the proofs, at the token endpoint and where a token is shown.
    void tokensAreBoundToAKey_data()
    {
        QTest::addColumn<QString>("clientId");
        QTest::newRow("RFC 9449 §5") << u"native"_s;
        QTest::newRow("RFC 9449 §8: with a nonce") << u"native-nonce"_s;
    }
    void tokensAreBoundToAKey()
    {
        QFETCH(QString, clientId);
        const auto token = outcome<AuthenticationResult>(client(clientId).acquireToken(parameters()));
        QVERIFY2(token, why(token).constData());
        SilentParameters silent{.scopes = {u"openid"_s}, .account = token->account.id};
        silent.proof = ProofOfPossession{.method = "GET", .url = QUrl(m_provider.issuer() + u"/me"_s)};
        for (int i = 0; i < 2; ++i) {
            silent.isRefreshForced = i > 0;
            auto bound = outcome<AuthenticationResult>(client(clientId).acquireTokenSilently(silent));
            QVERIFY2(bound, why(bound).constData());
            QCOMPARE(bound->source, TokenSource::Refresh);
            QCOMPARE(bound->tokenType, u"DPoP"_s);
            auto answer = me(*bound, silent.proof->url);
            if (const auto nonce = answer.header("dpop-nonce"); answer.status == 401 && !nonce.isEmpty()) {
                silent.isRefreshForced = false;
                silent.proof->nonce = nonce;
                bound = outcome<AuthenticationResult>(client(clientId).acquireTokenSilently(silent));
                QVERIFY2(bound, why(bound).constData());
                QCOMPARE(bound->source, TokenSource::Cache);
                answer = me(*bound, silent.proof->url);
            }
            QVERIFY2(answer.status == 200, answer.body.constData());
            QCOMPARE(answer.json().value("sub"_L1).toString(), u"grace"_s);
            QVERIFY(me(*bound, silent.proof->url).status != 200); // RFC 9449 §11.1: the same proof again
        }
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

    //! OpenID Connect RP-Initiated Logout §2, §3; security rules B.67, B.68.
    void theBrowsersSessionEnds()
    {
        m_browser.name = u"logout"_s;
        const auto token = outcome<AuthenticationResult>(client(u"native"_s).acquireToken(parameters()));
        QVERIFY2(token, why(token).constData());
        auto silentPage = parameters();
        silentPage.prompts = {u"none"_s};
        silentPage.scopes = {u"openid"_s};
        const auto known = outcome<AuthenticationResult>(client(u"native"_s).acquireToken(silentPage));
        QVERIFY(!known); // somebody is signed in there, but a native client never gets past them unseen
        QCOMPARE(known.error().oauth().error, u"interaction_required"_s);
        SignOutParameters ends;
        ends.endsSession = true;
        ends.redirect = RedirectPreference::loopback();
        const auto signedOut = outcome<SignOutReport>(client(u"native"_s).signOut(token->account.id, ends));
        QVERIFY(signedOut);
        const auto *step = signedOut->find(SignOutStep::Kind::EndSession);
        QVERIFY2(step->outcome == SignOutStep::Outcome::Done,
                 step->error ? qPrintable(step->error->message()) : "not tried");
        const auto query = m_browser.opened.last().query();
        for (const auto &name : {"id_token_hint="_L1, "client_id="_L1, "post_logout_redirect_uri="_L1, "state="_L1})
            QVERIFY(query.contains(name));
        QVERIFY(m_cache->snapshot().accounts().isEmpty());
        const auto unknown = outcome<AuthenticationResult>(client(u"native"_s).acquireToken(silentPage));
        QVERIFY(!unknown);
        QCOMPARE(unknown.error().oauth().error, u"login_required"_s);
    }

    //! RFC 9101 and OpenID Connect Core §10.2, B.58, B.73: keys that the client registered.
    void signedRequestsAndEncryptedIdTokens_data()
    {
        QTest::addColumn<bool>("isPushed");
        QTest::newRow("by value") << false;
        QTest::newRow("pushed") << true;
    }
    void signedRequestsAndEncryptedIdTokens()
    {
        QFETCH(bool, isPushed);
        const auto signing = *Jose::Jwk::generate(Jose::JwkKind::P256, u"sign"_s);
        const auto opening = Jose::Jwk::generate(Jose::JwkKind::P256, u"open"_s)->withUse(Jose::KeyUse::Encryption);
        const auto keys = Jose::JwkSet({signing.withUse(Jose::KeyUse::Signature).publicJwk(), opening.publicJwk()});
        const QJsonObject registration{{u"application_type"_s, u"native"_s},
                                       {u"token_endpoint_auth_method"_s, u"none"_s},
                                       {u"grant_types"_s, QJsonArray{u"authorization_code"_s, u"refresh_token"_s}},
                                       {u"response_types"_s, QJsonArray{u"code"_s}},
                                       {u"redirect_uris"_s, QJsonArray{u"http://127.0.0.1/"_s}},
                                       {u"jwks"_s, QJsonDocument::fromJson(keys.toJson()).object()},
                                       {u"request_object_signing_alg"_s, u"ES256"_s},
                                       {u"require_signed_request_object"_s, true},
                                       {u"id_token_encrypted_response_alg"_s, u"ECDH-ES"_s},
                                       {u"id_token_encrypted_response_enc"_s, u"A128CBC-HS256"_s}};
        const auto registered = httpCall("POST"_ba, QUrl(m_provider.issuer() + u"/reg"_s),
                                         {{"content-type", "application/json"}}, QJsonDocument(registration).toJson());
        QVERIFY2(registered.status == 201, registered.body.constData());
        m_configuration.requestSigning.emplace(
            Protocol::RequestSigning{.key = signing, .algorithm = Jose::Algorithm::ES256});
        m_configuration.idTokenEncryption = {.keyManagement = Jose::KeyManagement::EcdhEs,
                                             .encryption = Jose::ContentEncryption::A128CbcHs256,
                                             .keys = Jose::JwkSet({opening})};
        auto asked = parameters();
        asked.pushedRequests = isPushed ? PushedRequests::WhenPossible : PushedRequests::WhenRequired;
        const auto token = outcome<AuthenticationResult>(
            client(registered.json().value("client_id"_L1).toString()).acquireToken(asked));
        QVERIFY2(token, why(token).constData());
        QCOMPARE(token->idToken->subject(), u"grace"_s);
        const auto query = m_browser.opened.first().query(QUrl::FullyEncoded);
        QCOMPARE(query.contains(u"request="_s), !isPushed);
        QVERIFY(!query.contains(u"code_challenge="_s));
    }

    //! OpenID Connect Core §5.3.2, JARM §2.2: signed and encrypted for a key that the client registered.
    void encryptedUserInfoAndAnswers_data()
    {
        QTest::addColumn<QString>("management");
        QTest::addColumn<QString>("encryption");
        QTest::newRow("ECDH-ES") << u"ECDH-ES"_s << u"A128CBC-HS256"_s;
        QTest::newRow("ECDH-ES, A256GCM") << u"ECDH-ES"_s << u"A256GCM"_s;
    }
    void encryptedUserInfoAndAnswers()
    {
        QFETCH(const QString, management);
        QFETCH(const QString, encryption);
        const auto opening = Jose::Jwk::generate(Jose::JwkKind::P256, u"open"_s)->withUse(Jose::KeyUse::Encryption);
        QJsonObject registration{
            {u"application_type"_s, u"native"_s},
            {u"token_endpoint_auth_method"_s, u"none"_s},
            {u"grant_types"_s, QJsonArray{u"authorization_code"_s, u"refresh_token"_s}},
            {u"response_types"_s, QJsonArray{u"code"_s}},
            {u"redirect_uris"_s, QJsonArray{u"http://127.0.0.1/"_s}},
            {u"jwks"_s, QJsonDocument::fromJson(Jose::JwkSet({opening.publicJwk()}).toJson()).object()}};
        for (const auto &use : {u"userinfo"_s, u"authorization"_s}) {
            registration.insert(use + u"_signed_response_alg"_s, u"RS256"_s);
            registration.insert(use + u"_encrypted_response_alg"_s, management);
            registration.insert(use + u"_encrypted_response_enc"_s, encryption);
        }
        const auto registered = httpCall("POST"_ba, QUrl(m_provider.issuer() + u"/reg"_s),
                                         {{"content-type", "application/json"}}, QJsonDocument(registration).toJson());
        QVERIFY2(registered.status == 201, registered.body.constData());
        m_configuration.userInfoEncryption = {.keyManagement = *Jose::parseKeyManagement(management.toLatin1()),
                                              .encryption = *Jose::parseContentEncryption(encryption.toLatin1()),
                                              .keys = Jose::JwkSet({opening})};
        m_configuration.responseEncryption = m_configuration.userInfoEncryption;
        auto asked = parameters();
        asked.responseMode = ResponseMode::QueryJwt;
        const auto id = registered.json().value("client_id"_L1).toString();
        const auto token = outcome<AuthenticationResult>(client(id).acquireToken(asked));
        QVERIFY2(token, why(token).constData());
        const auto told = outcome<UserInfo>(client(id).userInfo(token->account.id));
        QVERIFY2(told, told ? "" : qPrintable(told.error().message()));
        QVERIFY(told->isSigned);
        QVERIFY(told->json.contains("Grace Hopper"));
    }

    //! RFC 9701, B.64: a token in JWT form that its own provider is asked about.
    void introspectionAnswersAreSigned()
    {
        const auto token = outcome<AuthenticationResult>(client(u"native"_s).acquireToken(parameters()));
        QVERIFY2(token, why(token).constData());
        const auto told = outcome<Introspection>(
            client(u"native"_s)
                .introspect(
                    {.token = token->accessToken.clone(), .typeHint = {}, .authority = {}, .confirmedHost = {}}));
        QVERIFY2(told, told ? "" : qPrintable(told.error().message()));
        QVERIFY(told->isActive);
        QVERIFY(told->isSigned);
        QVERIFY(told->json.contains("grace"));
    }

private:
    //! UserInfo, asked with \p token and its proof.
    static HttpAnswer me(const AuthenticationResult &token, const QUrl &url)
    {
        return httpCall("GET"_ba, url,
                        {{"authorization", token.authorization().reveal().toByteArray()},
                         {"dpop", token.proof.reveal().toByteArray()}});
    }
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
            auto configuration = m_configuration;
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
    ClientConfiguration m_configuration;
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

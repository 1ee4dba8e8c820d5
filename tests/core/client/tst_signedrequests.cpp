// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientfixture.h"

#include <countersign/jose/unverifiedjwt.h>

#include <QtCore/QJsonDocument>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CountersignSandbox::HookPoint;
using TokenOutcome = Outcome<AuthenticationResult>;

namespace {

const Jose::Jwk &signingKey()
{
    static const auto key = *Jose::Jwk::generate(Jose::JwkKind::P256, u"sign-1"_s);
    return key;
}

const Jose::Jwk &decryptionKey()
{
    static const auto key = Jose::Jwk::generate(Jose::JwkKind::P256, u"open-1"_s)->withUse(Jose::KeyUse::Encryption);
    return key;
}

//! Registers \p keys for the fixture's client.
void registerKeys(ClientFixture &f, const QList<Jose::Jwk> &keys, const QString &encryption = {})
{
    auto client = *f.sandbox.context().directory.client(f.configuration.clientId.value);
    QList<Jose::Jwk> open;
    for (const auto &key : keys)
        open.append(key.publicJwk());
    client.keys = Jose::JwkSet(open);
    client.idTokenEncryption = encryption;
    f.sandbox.context().directory.putClient(client);
}

struct SigningFixture : ClientFixture
{
    SigningFixture()
    {
        registerKeys(*this, {signingKey()});
        configuration.requestSigning.emplace(
            Protocol::RequestSigning{.key = signingKey(), .algorithm = Jose::Algorithm::ES256});
    }
    QJsonObject part(const QString &endpoint, const QString &member) const
    {
        return lastRequest(endpoint).value(member).toObject();
    }
};

QJsonObject objectOf(QByteArrayView json)
{
    return QJsonDocument::fromJson(json.toByteArray()).object();
}

const QString payment = uR"([{"type":"sandbox_payment","amount":"5"}])"_s;

} // namespace

//! Requests that are signed (RFC 9101), that ask for details (RFC 9396), and ID tokens that come encrypted.
class TestSignedRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    //! B.58.
    void b58TheWholeRequestIsOneSignedObject_data()
    {
        QTest::addColumn<bool>("isPushed");
        QTest::newRow("B.58 by value") << false;
        QTest::newRow("B.58 pushed") << true;
    }
    void b58TheWholeRequestIsOneSignedObject()
    {
        QFETCH(bool, isPushed);
        SigningFixture f;
        auto p = f.signIn();
        p.pushedRequests = isPushed ? PushedRequests::WhenPossible : PushedRequests::WhenRequired;
        p.maxAge = 600s;
        p.loginHint = u"ada@countersign.example"_s;
        p.claimsChallenge = uR"({"id_token":{"email":null}})"_s;
        p.resources = {u"https://api.example/one"_s, u"https://api.example/two"_s};
        const auto before = QDateTime::currentSecsSinceEpoch();
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        const auto sent = isPushed ? f.part(u"par"_s, u"form"_s) : f.part(u"authorize"_s, u"query"_s);
        QCOMPARE(sent.keys(), (QStringList{u"client_id"_s, u"request"_s, u"response_type"_s, u"scope"_s}));
        const auto object = Jose::UnverifiedJwt::parse(sent.value(u"request"_s).toString().toLatin1());
        QVERIFY(object);
        QCOMPARE(object->header().string("typ"), std::optional(u"oauth-authz-req+jwt"_s));
        QCOMPARE(object->header().string("kid"), std::optional(u"sign-1"_s));
        const auto claims = objectOf(object->claims().raw());
        QCOMPARE(claims.value(u"iss"_s).toString(), u"sandbox-native"_s);
        QCOMPARE(claims.value(u"client_id"_s).toString(), u"sandbox-native"_s);
        QCOMPARE(claims.value(u"aud"_s).toString(), f.sandbox.issuer());
        const auto issuedAt = claims.value(u"iat"_s).toInteger();
        QVERIFY(issuedAt >= before && issuedAt <= QDateTime::currentSecsSinceEpoch());
        QCOMPARE(claims.value(u"nbf"_s).toInteger(), issuedAt);
        QCOMPARE(claims.value(u"exp"_s).toInteger(), issuedAt + 300);
        QVERIFY(claims.value(u"jti"_s).toString().size() >= 43);
        for (const auto &name : {u"request"_s, u"request_uri"_s, u"sub"_s})
            QVERIFY(!claims.contains(name));
        QCOMPARE(claims.value(u"max_age"_s), QJsonValue(600));
        QVERIFY(claims.value(u"claims"_s).isObject());
        QCOMPARE(claims.value(u"resource"_s).toArray().size(), 2);
        QCOMPARE(claims.value(u"code_challenge_method"_s).toString(), u"S256"_s);
        QVERIFY(!claims.value(u"state"_s).toString().isEmpty());
        QCOMPARE(f.requestsTo(u"POST token"_s), 1);
    }

    //! B.58: no two requests are the same object.
    void b58EveryObjectIsNew()
    {
        SigningFixture f;
        QStringList ids;
        for (int i = 0; i < 2; ++i) {
            TokenOutcome signIn(f.client().acquireToken(f.signIn()));
            QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
            const auto text = f.part(u"authorize"_s, u"query"_s).value(u"request"_s).toString().toLatin1();
            ids.append(Jose::UnverifiedJwt::parse(text)->claims().string("jti").value_or(QString()));
        }
        QVERIFY(ids.first() != ids.last());
    }

    void b58WhatCannotBeSignedIsSaidBeforeAPageOpens_data()
    {
        QTest::addColumn<QJsonObject>("discovery");
        QTest::addColumn<bool>("hasKey");
        QTest::addColumn<QString>("extra");
        QTest::addColumn<int>("code");
        const auto set = [](const QString &name, const QJsonValue &value) {
            return QJsonObject{{u"set"_s, QJsonObject{{name, value}}}};
        };
        QTest::newRow("B.58 demanded, no key")
            << set(u"require_signed_request_object"_s, true) << false << QString() << int(ErrorCode::NotSupported);
        QTest::newRow("B.58 another algorithm")
            << set(u"request_object_signing_alg_values_supported"_s, QJsonArray{u"PS256"_s}) << true << QString()
            << int(ErrorCode::NotSupported);
        QTest::newRow("B.58 a parameter named sub")
            << QJsonObject() << true << u"sub"_s << int(ErrorCode::InvalidArgument);
        QTest::newRow("B.58 a parameter named exp")
            << QJsonObject() << true << u"exp"_s << int(ErrorCode::InvalidArgument);
    }
    void b58WhatCannotBeSignedIsSaidBeforeAPageOpens()
    {
        QFETCH(QJsonObject, discovery);
        QFETCH(bool, hasKey);
        QFETCH(QString, extra);
        QFETCH(int, code);
        SigningFixture f;
        if (!hasKey)
            f.configuration.requestSigning.reset();
        if (!discovery.isEmpty())
            QVERIFY(f.sandbox.hooks().set(HookPoint::Discovery, discovery));
        auto p = f.signIn();
        if (!extra.isEmpty())
            p.extra = {{extra, u"x"_s}};
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(int(signIn.error().code()), code);
        QVERIFY(f.browser.opened.isEmpty());
        QCOMPARE(f.requests(), QStringList{u"GET .well-known/openid-configuration"_s});
    }

    void keysThatCannotDoTheirWorkAreRefusedAtOnce_data()
    {
        QTest::addColumn<bool>("signs");
        QTest::addColumn<QByteArray>("key"); // private JSON
        const auto text = [](const Jose::Jwk &key) { return key.toPrivateJson().reveal().toByteArray(); };
        QTest::newRow("B.58 a public key") << true << signingKey().publicJwk().toJson();
        QTest::newRow("B.58 a key of another kind") << true << text(*Jose::Jwk::generate(Jose::JwkKind::Rsa2048));
        QTest::newRow("B.73 a public key") << false << decryptionKey().publicJwk().toJson();
    }
    void keysThatCannotDoTheirWorkAreRefusedAtOnce()
    {
        QFETCH(bool, signs);
        QFETCH(QByteArray, key);
        ClientFixture f;
        const auto parsed = *Jose::Jwk::parse(key);
        if (signs)
            f.configuration.requestSigning.emplace(
                Protocol::RequestSigning{.key = parsed, .algorithm = Jose::Algorithm::ES256});
        else
            f.configuration.idTokenEncryption = Jose::JwtEncryption{.keys = Jose::JwkSet({parsed})};
        const auto made = PublicClient::create(f.configuration, f.services());
        QVERIFY(!made);
        QCOMPARE(made.error().code(), ErrorCode::InvalidArgument);
    }

    //! A provider that does not know the key refuses the object where it is pushed: that is told, and no page opens.
    void anObjectThatTheProviderRefusesOpensNoPage()
    {
        SigningFixture f;
        registerKeys(f, {*Jose::Jwk::generate(Jose::JwkKind::P256, u"other"_s)});
        auto p = f.signIn();
        p.pushedRequests = PushedRequests::WhenPossible;
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().oauth().error, u"invalid_request_object"_s);
        QVERIFY(f.browser.opened.isEmpty());
    }

    //! B.59: what was granted takes the place of what was asked for, and stays with the token.
    void b59GrantedDetailsReplaceTheRequested()
    {
        ClientFixture f;
        const QJsonArray granted{QJsonObject{{u"type"_s, u"sandbox_payment"_s}, {u"amount"_s, u"3"_s}}};
        QVERIFY(f.sandbox.hooks().set(
            HookPoint::TokenResponse,
            QJsonObject{{u"set"_s, QJsonObject{{u"authorization_details"_s, granted}}}, {u"times"_s, 1}}));
        auto p = f.signIn();
        p.authorizationDetails = payment;
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        QCOMPARE(
            f.lastRequest(u"authorize"_s).value(u"query"_s).toObject().value(u"authorization_details"_s).toString(),
            payment);
        QCOMPARE(QJsonDocument::fromJson(signIn.value().authorizationDetails).array(), granted);
        const auto requests = f.requests().size();
        auto silent = f.silently(signIn.value().account);
        silent.authorizationDetails = payment;
        TokenOutcome cached(f.client().acquireTokenSilently(silent));
        QTRY_VERIFY2(cached.succeeded(), cached.why().constData());
        QCOMPARE(cached.value().source, TokenSource::Cache);
        QCOMPARE(QJsonDocument::fromJson(cached.value().authorizationDetails).array(), granted);
        QCOMPARE(f.requests().size(), requests);
        // A token for these details answers no other request, nor the other way round.
        TokenOutcome plain(f.client().acquireTokenSilently(f.silently(signIn.value().account)));
        QTRY_VERIFY2(plain.succeeded(), plain.why().constData());
        QCOMPARE(plain.value().source, TokenSource::Refresh);
        QVERIFY(!f.lastForm(u"token"_s).contains(u"authorization_details"_s));
        silent.isRefreshForced = true;
        TokenOutcome refreshed(f.client().acquireTokenSilently(silent));
        QTRY_VERIFY2(refreshed.succeeded(), refreshed.why().constData());
        QCOMPARE(f.lastForm(u"token"_s).value(u"authorization_details"_s).toString(), payment);
        QCOMPARE(QJsonDocument::fromJson(refreshed.value().authorizationDetails).array(),
                 QJsonDocument::fromJson(payment.toUtf8()).array());
    }

    //! RFC 9396 §6.1: what nobody granted is refused, not replaced.
    void b59DetailsThatWereNotGrantedAreRefused_data()
    {
        QTest::addColumn<QString>("details");
        QTest::newRow("more") << uR"([{"type":"sandbox_payment","amount":"500"}])"_s;
        QTest::newRow("one too many") << payment.chopped(1) + uR"(,{"type":"sandbox_payment","amount":"1"}])"_s;
        QTest::newRow("of no known type") << uR"([{"type":"account_information"}])"_s;
    }
    void b59DetailsThatWereNotGrantedAreRefused()
    {
        QFETCH(const QString, details);
        auto p = ClientFixture::signIn();
        p.authorizationDetails = payment;
        SignedIn f({}, p);
        auto silent = f.silently(f.account);
        silent.authorizationDetails = details;
        TokenOutcome refreshed(f.client().acquireTokenSilently(silent));
        QTRY_VERIFY(refreshed.failed());
        QCOMPARE(refreshed.error().oauth().error, u"invalid_authorization_details"_s);
        silent.authorizationDetails = payment; // nothing is spent with a refusal
        silent.isRefreshForced = true;
        TokenOutcome granted(f.client().acquireTokenSilently(silent));
        QTRY_VERIFY2(granted.succeeded(), granted.why().constData());
    }

    void aClientWithoutAFittingKeyIsNotRegistered_data()
    {
        QTest::addColumn<QString>("algorithm");
        QTest::addColumn<bool>("isRegistered");
        QTest::newRow("of the key's kind") << u"ECDH-ES"_s << true;
        QTest::newRow("of another kind") << u"RSA-OAEP-256"_s << false;
        QTest::newRow("unknown") << u"none"_s << false;
    }
    void aClientWithoutAFittingKeyIsNotRegistered()
    {
        QFETCH(const QString, algorithm);
        QFETCH(const bool, isRegistered);
        const auto keys = objectOf(Jose::JwkSet({decryptionKey().publicJwk()}).toJson());
        const auto client = CountersignSandbox::Client::parse(
            u"mine"_s, {{u"id_token_encrypted_response_alg"_s, algorithm}, {u"jwks"_s, keys}});
        QCOMPARE(client.hasValue(), isRegistered);
    }

    void b59DetailsGoWithEveryWayToSignIn()
    {
        SigningFixture f;
        auto p = f.signIn();
        p.authorizationDetails = payment;
        TokenOutcome inTheObject(f.client().acquireToken(p));
        QTRY_VERIFY2(inTheObject.succeeded(), inTheObject.why().constData());
        QCOMPARE(QJsonDocument::fromJson(inTheObject.value().authorizationDetails).array(),
                 QJsonDocument::fromJson(payment.toUtf8()).array());
        f.sandbox.context().settings.deviceInterval = 1;
        DeviceCodeParameters device;
        device.scopes = p.scopes;
        device.authorizationDetails = payment;
        TokenOutcome withACode(f.client().acquireTokenByDeviceCode(device));
        QTRY_VERIFY2(withACode.succeeded(), withACode.why().constData());
        QCOMPARE(f.lastForm(u"device_authorization"_s).value(u"authorization_details"_s).toString(), payment);
        QVERIFY(withACode.value().authorizationDetails.contains("sandbox_payment"));
        p.redirect = RedirectPreference::loopback(u"127.0.0.1"_s, {47120});
        Outcome<AuthorizationCodeFlow> begun(f.client().beginAuthCodeFlow(p));
        QTRY_VERIFY2(begun.succeeded(), begun.why().constData());
        TokenOutcome completed(f.client().completeAuthCodeFlow(begun.value().state.clone(),
                                                               Secret::copyOf(f.answerFor(begun.value().url))));
        QTRY_VERIFY2(completed.succeeded(), completed.why().constData());
        auto silent = f.silently(completed.value().account);
        silent.authorizationDetails = payment;
        QVERIFY(f.client().cachedToken(silent).has_value());
    }

    void b59DetailsThatAreNoneAreNotSent_data()
    {
        QTest::addColumn<QString>("details");
        QTest::addColumn<int>("code");
        const auto bad = int(ErrorCode::InvalidArgument);
        QTest::newRow("B.59 an object") << uR"({"type":"sandbox_payment"})"_s << bad;
        QTest::newRow("B.59 no type") << uR"([{"amount":1}])"_s << bad;
        QTest::newRow("B.59 a type that is no text") << uR"([{"type":1}])"_s << bad;
        QTest::newRow("B.59 nothing in it") << u"[]"_s << bad;
        QTest::newRow("B.59 no JSON") << u"payment"_s << bad;
        QTest::newRow("B.59 a type the provider does not announce")
            << uR"([{"type":"account_information"}])"_s << int(ErrorCode::NotSupported);
    }
    void b59DetailsThatAreNoneAreNotSent()
    {
        QFETCH(QString, details);
        QFETCH(int, code);
        ClientFixture f;
        auto p = f.signIn();
        p.authorizationDetails = details;
        TokenOutcome signIn(f.client().acquireToken(p));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(int(signIn.error().code()), code);
        QVERIFY(f.browser.opened.isEmpty());
        QCOMPARE(f.requestsTo(u"POST token"_s), 0);
    }

    void b59AGrantThatIsNoArrayOfDetailsIsRefused()
    {
        ClientFixture f;
        QVERIFY(f.sandbox.hooks().set(
            HookPoint::TokenResponse,
            QJsonObject{{u"set"_s, QJsonObject{{u"authorization_details"_s, u"sandbox_payment"_s}}}}));
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY(signIn.failed());
        QCOMPARE(signIn.error().code(), ErrorCode::InvalidResponse);
        QVERIFY(f.store.content().bytes.isEmpty());
    }

    //! B.73.
    void b73AnEncryptedIdTokenIsOpenedFirst_data()
    {
        QTest::addColumn<QString>("registered");
        QTest::addColumn<int>("keys"); // 0: none, 1: the right one, 2: another
        QTest::addColumn<int>("code");
        QTest::newRow("B.73 ECDH-ES") << u"ECDH-ES"_s << 1 << -1;
        QTest::newRow("B.73 ECDH-ES+A256KW") << u"ECDH-ES+A256KW"_s << 1 << -1;
        QTest::newRow("B.73 no key here") << u"ECDH-ES"_s << 0 << int(ErrorCode::NotSupported);
        QTest::newRow("B.73 another key here") << u"ECDH-ES"_s << 2 << int(ErrorCode::SecurityCheckFailed);
        QTest::newRow("B.73 the encryption is missing") << QString() << 1 << int(ErrorCode::SecurityCheckFailed);
        QTest::newRow("neither wants it") << QString() << 0 << -1;
    }
    void b73AnEncryptedIdTokenIsOpenedFirst()
    {
        QFETCH(QString, registered);
        QFETCH(int, keys);
        QFETCH(int, code);
        ClientFixture f;
        registerKeys(f, {decryptionKey()}, registered);
        const auto other = Jose::Jwk::generate(Jose::JwkKind::P256, u"open-1"_s);
        if (keys > 0)
            f.configuration.idTokenEncryption =
                Jose::JwtEncryption{.keyManagement = registered == u"ECDH-ES+A256KW" ? Jose::KeyManagement::EcdhEsA256Kw
                                                                                     : Jose::KeyManagement::EcdhEs,
                                    .encryption = Jose::ContentEncryption::A128CbcHs256,
                                    .keys = Jose::JwkSet({keys == 1 ? decryptionKey() : *other})};
        TokenOutcome signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY(signIn.isThere());
        if (code < 0) {
            QVERIFY2(signIn.succeeded(), signIn.why().constData());
            QVERIFY(signIn.value().idToken.has_value());
            QVERIFY(registered.isEmpty() || signIn.value().checks.find(u"encryption"));
            // What is kept is the signed token within: hints and refreshes need it.
            QCOMPARE(signIn.value().idTokenText.reveal().toByteArray().count('.'), 2);
            auto silent = f.silently(signIn.value().account);
            silent.isRefreshForced = true;
            TokenOutcome refreshed(f.client().acquireTokenSilently(silent));
            QTRY_VERIFY2(refreshed.succeeded(), refreshed.why().constData());
            return;
        }
        QVERIFY(signIn.failed());
        QCOMPARE(int(signIn.error().code()), code);
        const auto requests = f.requests();
        QTest::qWait(100);
        QCOMPARE(f.requests(), requests);
        QCOMPARE(f.requestsTo(u"GET userinfo"_s), 0);
        QVERIFY(f.store.content().bytes.isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSignedRequests)
#include "tst_signedrequests.moc"

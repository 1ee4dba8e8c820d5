// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientfixture.h"

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;
using CountersignSandbox::HookPoint;
using IntrospectionOutcome = Outcome<Introspection>;
using MetadataOutcome = Outcome<ResourceMetadata>;

namespace {

IntrospectionParameters about(const Secret &token)
{
    return {.token = token.clone(), .typeHint = {}, .authority = {}, .confirmedHost = {}};
}

} // namespace

//! What providers say of tokens, signed (RFC 9701), and what APIs say of themselves (RFC 9728).
class TestResources : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    //! B.64.
    void b64ASignedAnswerIsAskedForAndVerified()
    {
        SignedIn f;
        const auto accessToken = f.cache.snapshot().accessTokens().front().secret();
        IntrospectionOutcome asked(f.client().introspect(about(accessToken)));
        QTRY_VERIFY2(asked.succeeded(), asked.why().constData());
        QVERIFY(asked.value().isSigned);
        QVERIFY(asked.value().isActive);
        QCOMPARE(Jose::JsonObject::parse(asked.value().json)->string("sub"), std::optional(u"sandbox|7c1e2a90-ada"_s));
        QCOMPARE(f.lastRequest(u"introspect"_s).value(u"headers"_s).toObject().value(u"accept"_s).toString(),
                 u"application/token-introspection+jwt"_s);
        // One that is active no more is signed, too.
        f.passTime(std::chrono::hours(2));
        IntrospectionOutcome late(f.client().introspect(about(accessToken)));
        QTRY_VERIFY2(late.succeeded(), late.why().constData());
        QVERIFY(late.value().isSigned);
        QVERIFY(!late.value().isActive);
        QVERIFY(late.value().json.isEmpty());
    }

    void b64AProviderThatDoesNotSignIsNotAskedTo()
    {
        ClientFixture f;
        QVERIFY(f.sandbox.hooks().set(
            HookPoint::Discovery,
            QJsonObject{{u"remove"_s, QJsonArray{u"introspection_signing_alg_values_supported"_s}}}));
        Outcome<AuthenticationResult> signIn(f.client().acquireToken(f.signIn()));
        QTRY_VERIFY2(signIn.succeeded(), signIn.why().constData());
        IntrospectionOutcome asked(f.client().introspect(about(signIn.value().accessToken)));
        QTRY_VERIFY2(asked.succeeded(), asked.why().constData());
        QVERIFY(asked.value().isActive);
        QVERIFY(!asked.value().isSigned);
        QCOMPARE(f.lastRequest(u"introspect"_s).value(u"headers"_s).toObject().value(u"accept"_s).toString(),
                 u"application/json"_s);
    }

    void b64ASignedAnswerThatDoesNotHoldSaysNothing_data()
    {
        QTest::addColumn<int>("point");
        QTest::addColumn<QJsonObject>("change");
        const auto claims = int(HookPoint::IntrospectionClaims);
        const auto set = [](const QString &name, const QJsonValue &value) {
            return QJsonObject{{u"set"_s, QJsonObject{{name, value}}}};
        };
        QTest::newRow("B.64 iss") << claims << set(u"iss"_s, u"https://evil.example"_s);
        QTest::newRow("B.64 aud") << claims << set(u"aud"_s, u"another"_s);
        QTest::newRow("B.64 no iat") << claims << QJsonObject{{u"remove"_s, QJsonArray{u"iat"_s}}};
        QTest::newRow("B.64 nothing said")
            << claims << QJsonObject{{u"remove"_s, QJsonArray{u"token_introspection"_s}}};
        QTest::newRow("B.63 B.64 no word of active") << claims << set(u"token_introspection"_s, QJsonObject());
        QTest::newRow("B.114 another kind of token") << int(HookPoint::IntrospectionHeader) << set(u"typ"_s, u"JWT"_s);
        QTest::newRow("B.64 an unknown key") << int(HookPoint::IntrospectionHeader) << set(u"kid"_s, u"x"_s);
    }
    void b64ASignedAnswerThatDoesNotHoldSaysNothing()
    {
        QFETCH(int, point);
        QFETCH(QJsonObject, change);
        SignedIn f;
        QVERIFY(f.sandbox.hooks().set(HookPoint(point), change));
        IntrospectionOutcome asked(f.client().introspect(about(f.cache.snapshot().accessTokens().front().secret())));
        QTRY_VERIFY(asked.failed());
        QVERIFY(asked.error().code() == ErrorCode::SecurityCheckFailed
                || asked.error().code() == ErrorCode::InvalidResponse);
    }

    //! B.66: what the API says where its challenge points, or at its well-known place.
    void b66AnApiSaysWhatItWants_data()
    {
        QTest::addColumn<bool>("hasChallenge");
        QTest::newRow("B.66 RFC 9728 §5.1 the challenge names the address") << true;
        QTest::newRow("RFC 9728 §3.1 the well-known address") << false;
    }
    void b66AnApiSaysWhatItWants()
    {
        QFETCH(bool, hasChallenge);
        SignedIn f; // there are tokens that could go astray
        const QUrl api(f.sandbox.issuer() + u"/api"_s);
        QByteArray field;
        if (hasChallenge) {
            QNetworkAccessManager manager;
            std::unique_ptr<QNetworkReply> refused(manager.get(QNetworkRequest(api)));
            QTRY_VERIFY(refused->isFinished());
            field = refused->rawHeader("WWW-Authenticate");
            QVERIFY(field.contains("resource_metadata"));
        }
        f.forget();
        MetadataOutcome asked(f.client().resourceMetadata({.resource = api, .challenge = field}));
        QTRY_VERIFY2(asked.succeeded(), asked.why().constData());
        QCOMPARE(asked.value().resource, api.toString());
        QCOMPARE(asked.value().authorizationServers, QStringList{f.sandbox.issuer()});
        QCOMPARE(asked.value().scopes, (QStringList{u"openid"_s, u"groups"_s}));
        // Nothing was asked of the provider that it names.
        const auto log = f.sandbox.log();
        QCOMPARE(log.size(), 1);
        QCOMPARE(log.first().toObject().value(u"path"_s).toString(),
                 u"/.well-known/oauth-protected-resource/sandbox/api"_s);
        QVERIFY(!log.first().toObject().value(u"headers"_s).toObject().contains(u"authorization"_s));
    }

    void b66AHostileApiIsNotBelieved_data()
    {
        QTest::addColumn<QByteArray>("challenge");
        QTest::addColumn<QJsonObject>("change");
        QTest::addColumn<int>("code");
        QTest::addColumn<int>("requests");
        const auto set = [](const QString &name, const QJsonValue &value) {
            return QJsonObject{{u"set"_s, QJsonObject{{name, value}}}};
        };
        QTest::newRow("B.66 another origin")
            << "Bearer resource_metadata=\"https://evil.example/.well-known/oauth-protected-resource\""_ba
            << QJsonObject() << int(ErrorCode::SecurityCheckFailed) << 0;
        QTest::newRow("B.66 another port") << "Bearer resource_metadata=\"http://127.0.0.1:1/x\""_ba << QJsonObject()
                                           << int(ErrorCode::SecurityCheckFailed) << 0;
        QTest::newRow("no address in the challenge")
            << "Bearer realm=\"x\""_ba << QJsonObject() << int(ErrorCode::InvalidArgument) << 0;
        QTest::newRow("RFC 9728 §3.3 another resource") << QByteArray() << set(u"resource"_s, u"https://api.example/"_s)
                                                        << int(ErrorCode::SecurityCheckFailed) << 1;
        QTest::newRow("RFC 9728 §3.3 no resource")
            << QByteArray() << QJsonObject{{u"remove"_s, QJsonArray{u"resource"_s}}}
            << int(ErrorCode::SecurityCheckFailed) << 1;
        QTest::newRow("a server that is no issuer")
            << QByteArray() << set(u"authorization_servers"_s, QJsonArray{u"javascript:alert(1)"_s})
            << int(ErrorCode::InvalidResponse) << 1;
        QTest::newRow("not found") << QByteArray() << QJsonObject{{u"status"_s, 404}} << int(ErrorCode::InvalidResponse)
                                   << 1;
        QTest::newRow("no JSON") << QByteArray()
                                 << QJsonObject{{u"body"_s, u"<html>"_s}, {u"contentType"_s, u"text/html"_s}}
                                 << int(ErrorCode::InvalidResponse) << 1;
        // To a place that would answer, were it asked.
        QTest::newRow("RFC 9728 §7.7 a redirect")
            << QByteArray() << QJsonObject{{u"redirect"_s, u"/sandbox/.well-known/openid-configuration"_s}}
            << int(ErrorCode::SecurityCheckFailed) << 1;
    }
    void b66AHostileApiIsNotBelieved()
    {
        QFETCH(QByteArray, challenge);
        QFETCH(QJsonObject, change);
        QFETCH(int, code);
        QFETCH(int, requests);
        SignedIn f;
        if (!change.isEmpty())
            QVERIFY(f.sandbox.hooks().set(HookPoint::ResourceMetadata, change));
        MetadataOutcome asked(
            f.client().resourceMetadata({.resource = QUrl(f.sandbox.issuer() + u"/api"_s), .challenge = challenge}));
        QTRY_VERIFY(asked.failed());
        QCOMPARE(int(asked.error().code()), code);
        QTest::qWait(50);
        // Another host's log is not ours to read: what was sent is known to the transport.
        QCOMPARE(f.recorder.records.size(), requests);
        QCOMPARE(f.requests().size(), requests);
        const auto log = f.sandbox.log();
        for (const auto entry : log)
            QVERIFY(!entry.toObject().value(u"headers"_s).toObject().contains(u"authorization"_s));
    }
};

QTEST_GUILESS_MAIN(TestResources)
#include "tst_resources.moc"

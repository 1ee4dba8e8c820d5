// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "modules.h"
#include "sandbox.h"
#include "support/codeflow.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QMap>
#include <QtCore/QSet>

using namespace Qt::StringLiterals;
using namespace CountersignTest;
using namespace CountersignSandbox;

//! A hook changes what it says, and nothing else.
class TestSandboxHooks : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_sandbox = std::make_unique<Sandbox>(Settings{.approve = u"ada"_s});
        QVERIFY(m_sandbox->start().hasValue());
    }
    void cleanup() { m_sandbox.reset(); }

    void everyPointHasItsOwnName()
    {
        QSet<QString> names;
        for (const HookPoint point : hookPoints()) {
            names.insert(name(point));
            QCOMPARE(hookPoint(name(point)), std::optional(point));
        }
        QCOMPARE(names.size(), qsizetype(HookPoint::Resource) + 1);
    }

    void aProgramWithAnUnknownMemberIsRefused()
    {
        QVERIFY(!HookProgram::parse({{u"stauts"_s, 500}}).hasValue());
        QVERIFY(!HookProgram::parse({{u"status"_s, u"500"_s}}).hasValue());
        QVERIFY(HookProgram::parse({{u"status"_s, 500}}).hasValue());
    }

    void claimsAreSetRemovedAndAppendedTo()
    {
        set(HookPoint::IdTokenClaims,
            {{u"set"_s, QJsonObject{{u"exp"_s, 1}}},
             {u"remove"_s, QJsonArray{u"iat"_s}},
             {u"append"_s, QJsonObject{{u"nonce"_s, u"1"_s}}}});
        const QJsonObject claims = tokenPart(tokens().value("id_token"_L1).toString(), 1);
        QCOMPARE(claims.value("exp"_L1).toInt(), 1);
        QVERIFY(!claims.contains("iat"_L1));
        QCOMPARE(claims.value("nonce"_L1).toString(), u"the nonce1"_s);
        QCOMPARE(claims.value("aud"_L1).toString(), u"sandbox-native"_s);
    }

    void aProgramSkipsAndStops()
    {
        set(HookPoint::TokenResponse, {{u"skip"_s, 1}, {u"times"_s, 1}, {u"status"_s, 503}});
        QCOMPARE(redeemed().status, 200);
        QCOMPARE(redeemed().status, 503);
        QCOMPARE(redeemed().status, 200);
    }

    void aProgramActsOnTheGrantItNames()
    {
        set(HookPoint::IdTokenClaims,
            {{u"when"_s, QJsonObject{{u"grant_type"_s, u"refresh_token"_s}}},
             {u"append"_s, QJsonObject{{u"sub"_s, u"1"_s}}}});
        const QJsonObject first = tokens();
        const QJsonObject second = flow().refresh(first.value("refresh_token"_L1).toString()).json();
        const QString subject = tokenPart(first.value("id_token"_L1).toString(), 1).value("sub"_L1).toString();
        QCOMPARE(tokenPart(second.value("id_token"_L1).toString(), 1).value("sub"_L1).toString(), subject + u'1');
    }

    void anAnswerIsReplacedRedirectedOrCutOff()
    {
        set(HookPoint::TokenResponse,
            {{u"body"_s, u"<html>"_s},
             {u"contentType"_s, u"text/html"_s},
             {u"headers"_s, QJsonObject{{u"X-A"_s, u"b"_s}}}});
        const HttpAnswer replaced = redeemed();
        QCOMPARE(replaced.body, "<html>"_ba);
        QCOMPARE(replaced.header("content-type"_ba), "text/html"_ba);
        QCOMPARE(replaced.header("x-a"_ba), "b"_ba);
        set(HookPoint::TokenResponse, {{u"redirect"_s, u"http://127.0.0.1:1/"_s}});
        QCOMPARE(redeemed().status, 307);
        set(HookPoint::TokenResponse, {{u"drop"_s, u"before"_s}});
        QCOMPARE(redeemed().status, 0);
        set(HookPoint::TokenResponse, {{u"drop"_s, u"midway"_s}});
        QVERIFY(redeemed().json().isEmpty());
    }

    void anEndpointThatIsReplacedSpendsNothing()
    {
        const auto token = tokens().value("refresh_token"_L1).toString();
        set(HookPoint::TokenResponse, {{u"instead"_s, true}, {u"status"_s, 503}, {u"times"_s, 1}});
        QCOMPARE(flow().refresh(token).status, 503);
        QCOMPARE(flow().refresh(token).status, 200);
        // Otherwise it has been spent, and a second use of it gives it away.
        const auto next = tokens().value("refresh_token"_L1).toString();
        set(HookPoint::TokenResponse, {{u"status"_s, 503}, {u"times"_s, 1}});
        QCOMPARE(flow().refresh(next).status, 503);
        QCOMPARE(flow().refresh(next).status, 400);
    }

    void responseParametersCanBeSentTwice()
    {
        set(HookPoint::AuthorizationResponse, {{u"duplicate"_s, QJsonObject{{u"state"_s, u"other"_s}}}});
        QCOMPARE(authorized().toString().count(u"state="_s), 2);
    }

    void aSignatureIsBrokenEmptiedOrForeign()
    {
        const auto signature = [this] { return tokens().value("id_token"_L1).toString().section(u'.', 2); };
        set(HookPoint::IdTokenSignature, {{u"signature"_s, u"empty"_s}});
        QCOMPARE(signature(), QString());
        set(HookPoint::IdTokenSignature, {{u"signature"_s, u"xor"_s}});
        QCOMPARE(signature().size(), 342); // 256 bytes
        m_sandbox->hooks().clear();
        set(HookPoint::IdTokenHeader, {{u"algorithm"_s, u"none"_s}});
        const QString token = tokens().value("id_token"_L1).toString();
        QCOMPARE(tokenPart(token, 0).value("alg"_L1).toString(), u"none"_s);
        QVERIFY(token.endsWith(u'.'));
    }

    void keysRotateJustBeforeSigning()
    {
        const QJsonObject before = httpCall("GET"_ba, endpoint(u"/jwks"_s)).json();
        set(HookPoint::IdTokenHeader, {{u"rotate"_s, true}, {u"times"_s, 1}});
        const QJsonObject header = tokenPart(tokens().value("id_token"_L1).toString(), 0);
        const QJsonObject after = httpCall("GET"_ba, endpoint(u"/jwks"_s)).json();
        QVERIFY(!QJsonDocument(before).toJson().contains(header.value("kid"_L1).toString().toLatin1()));
        QVERIFY(QJsonDocument(after).toJson().contains(header.value("kid"_L1).toString().toLatin1()));
    }

    void everyModuleCanBePlayed_data()
    {
        QTest::addColumn<QString>("module");
        for (const QString &module : moduleNames())
            QTest::newRow(qPrintable(module)) << module;
    }
    void everyModuleCanBePlayed()
    {
        QFETCH(QString, module);
        const auto applied = applyModule(m_sandbox->context(), module);
        QVERIFY2(applied.hasValue(), applied ? "" : qPrintable(applied.error().message()));
        QCOMPARE(httpCall("GET"_ba, endpoint(u"/.well-known/openid-configuration"_s)).status, 200);
        QVERIFY(!httpCall("GET"_ba, endpoint(u"/jwks"_s)).json().value("keys"_L1).toArray().isEmpty());
        QVERIFY(!tokens().value("id_token"_L1).toString().isEmpty());
        QVERIFY(!moduleExpectsRejection(module) || !m_sandbox->hooks().toJson().isEmpty());
    }

    void theKeySetOfAModuleHasTheKeysTheSuiteNames()
    {
        QVERIFY(applyModule(m_sandbox->context(), u"oidcc-client-test-kid-absent-multiple-jwks").hasValue());
        const QJsonArray keys = httpCall("GET"_ba, endpoint(u"/jwks"_s)).json().value("keys"_L1).toArray();
        QMap<QString, int> kinds;
        for (const QJsonValue &key : keys) {
            kinds[key["kty"_L1].toString() + key["crv"_L1].toString()]++;
            QVERIFY(!key.toObject().contains("kid"_L1) && !key.toObject().contains("alg"_L1));
        }
        QCOMPARE(kinds,
                 (QMap<QString, int>{{u"RSA"_s, 3}, {u"ECP-256"_s, 3}, {u"ECsecp256k1"_s, 3}, {u"OKPEd25519"_s, 3}}));
        QVERIFY(!tokenPart(tokens().value("id_token"_L1).toString(), 0).contains("kid"_L1));
    }

    void theControlInterfaceIsNotForPages()
    {
        const QUrl url(m_sandbox->controlUrl().toString() + u"/log"_s);
        QCOMPARE(httpCall("GET"_ba, url).status, 200);
        QCOMPARE(httpCall("GET"_ba, url, {{"Origin"_ba, "https://evil.example"_ba}}).status, 403);
    }

    void theLogHoldsWhatWasSent()
    {
        QCOMPARE(redeemed().status, 200);
        const QJsonArray log = m_sandbox->log();
        QCOMPARE(log.size(), 2);
        QCOMPARE(log.at(0)["path"_L1].toString(), u"/sandbox/authorize"_s);
        QCOMPARE(log.at(1)["form"_L1]["grant_type"_L1].toString(), u"authorization_code"_s);
        QCOMPARE(log.at(1)["status"_L1].toInt(), 200);
        m_sandbox->clearLog();
        QVERIFY(m_sandbox->log().isEmpty());
    }

private:
    QUrl endpoint(const QString &path) const { return QUrl(m_sandbox->issuer() + path); }
    void set(HookPoint point, const QJsonObject &program)
    {
        QVERIFY(m_sandbox->hooks().set(point, QJsonValue(program)).hasValue());
    }
    CodeFlow flow() const
    {
        return {.issuer = m_sandbox->issuer(),
                .authorizationEndpoint = m_sandbox->issuer() + u"/authorize"_s,
                .tokenEndpoint = m_sandbox->issuer() + u"/token"_s,
                .clientId = u"sandbox-native"_s};
    }
    QUrl authorized() const { return httpCall("GET"_ba, flow().authorizationUrl()).location(); }
    HttpAnswer redeemed() const { return flow().redeem(parameter(authorized(), u"code"_s)); }
    QJsonObject tokens() const { return redeemed().json(); }

    std::unique_ptr<Sandbox> m_sandbox;
};

QTEST_GUILESS_MAIN(TestSandboxHooks)
#include "tst_sandboxhooks.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clihome.h"

#include "support/sandboxprocess.h"

#include <QtCore/QJsonArray>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestIssuerVerb : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_sandbox.start(), qPrintable(m_sandbox.problem())); }
    void cleanup() { QVERIFY(m_sandbox.clearHooks()); }

    void aGoodProviderHasNoFindings()
    {
        const auto run = issuer({u"lint"_s, m_sandbox.issuer(), u"-o"_s, u"json"_s});
        QVERIFY2(run.exitCode == 0, QByteArray(run.out + run.err).constData());
        QVERIFY(run.json()[u"passed"].toBool());
        for (const auto &check : run.json()[u"checks"].toArray()) {
            QCOMPARE(check[u"outcome"].toString(), u"passed"_s);
            QVERIFY2(!check[u"reference"].toString().isEmpty(), qPrintable(check[u"id"].toString()));
        }
    }

    void everyFaultIsNamedWithItsSection_data()
    {
        QTest::addColumn<QString>("point");
        QTest::addColumn<QJsonObject>("program");
        QTest::addColumn<QString>("id");
        QTest::addColumn<QString>("outcome");
        const auto set = [](const QString &name, const QJsonValue &value) {
            return QJsonObject{{u"set"_s, QJsonObject{{name, value}}}};
        };
        const auto metadata = u"discovery"_s;
        QTest::newRow("another issuer") << metadata << set(u"issuer"_s, u"https://evil.example"_s) << u"issuer"_s
                                        << u"failed"_s;
        QTest::newRow("an endpoint in the clear")
            << metadata << set(u"token_endpoint"_s, u"http://op.example/token"_s) << u"token_endpoint"_s << u"failed"_s;
        QTest::newRow("no jwks_uri") << metadata << QJsonObject{{u"remove"_s, QJsonArray{u"jwks_uri"_s}}}
                                     << u"jwks_uri"_s << u"failed"_s;
        QTest::newRow("no RS256") << metadata << set(u"id_token_signing_alg_values_supported"_s, QJsonArray{u"ES256"_s})
                                  << u"rs256"_s << u"failed"_s;
        QTest::newRow("a status") << metadata << QJsonObject{{u"status"_s, 500}} << u"metadata_status"_s << u"failed"_s;
        QTest::newRow("no JSON") << metadata << QJsonObject{{u"body"_s, u"<html>"_s}} << u"metadata_json"_s
                                 << u"failed"_s;
        QTest::newRow("a media type") << metadata << QJsonObject{{u"contentType"_s, u"text/html"_s}}
                                      << u"metadata_content_type"_s << u"failed"_s;
        QTest::newRow("no PKCE") << metadata
                                 << QJsonObject{{u"remove"_s, QJsonArray{u"code_challenge_methods_supported"_s}}}
                                 << u"pkce"_s << u"warning"_s;
        QTest::newRow("password") << metadata << set(u"grant_types_supported"_s, QJsonArray{u"password"_s})
                                  << u"password_grant"_s << u"warning"_s;
        QTest::newRow("keys without kid")
            << u"jwks"_s << QJsonObject{{u"keys"_s, QJsonObject{{u"strip"_s, QJsonArray{u"kid"_s}}}}} << u"key_ids"_s
            << u"failed"_s;
        QTest::newRow("no key set") << u"jwks"_s << QJsonObject{{u"body"_s, u"{}"_s}} << u"keys"_s << u"failed"_s;
    }
    void everyFaultIsNamedWithItsSection()
    {
        QFETCH(const QString, point);
        QFETCH(const QJsonObject, program);
        QFETCH(const QString, id);
        QFETCH(const QString, outcome);
        QVERIFY(m_sandbox.setHook(point, program));
        const auto run = issuer({u"lint"_s, m_sandbox.issuer(), u"-o"_s, u"json"_s});
        QVERIFY2(run.exitCode == (outcome == "failed"_L1 ? 4 : 0), QByteArray(run.out + run.err).constData());
        QCOMPARE(run.json()[u"exit"].toInt(), run.exitCode);
        bool isFound = false;
        for (const auto &check : run.json()[u"checks"].toArray()) {
            isFound = isFound
                || (check[u"id"].toString() == id && check[u"outcome"].toString() == outcome
                    && !check[u"reason"].toString().isEmpty() && !check[u"reference"].toString().isEmpty());
        }
        QVERIFY2(isFound, run.out.constData());
    }

    void aSavedProfileNamesTheProvider()
    {
        const CliHome home;
        QCOMPARE(
            home.run(QStringList{u"profile"_s, u"add"_s, u"demo"_s} + CliHome::provider(m_sandbox.issuer())).exitCode,
            0);
        const auto keys = home.run({u"issuer"_s, u"keys"_s, u"--profile"_s, u"demo"_s});
        QVERIFY2(keys.exitCode == 0, keys.err.constData());
        QCOMPARE(keys.out, runCli({u"issuer"_s, u"keys"_s, m_sandbox.issuer()}).out);
        QCOMPARE(home.run({u"issuer"_s, u"metadata"_s, u"--profile"_s, u"dmeo"_s}).exitCode, 3);
    }

    void keysAreListed()
    {
        const auto text = issuer({u"keys"_s, m_sandbox.issuer()});
        QCOMPARE(text.exitCode, 0);
        QVERIFY2(text.out.contains("RSA 2048") && text.out.contains("EC P-256"), text.out.constData());
        const auto json = issuer({u"keys"_s, u"--issuer"_s, m_sandbox.issuer(), u"-o"_s, u"json"_s}).json();
        QCOMPARE(json[u"keys"].toArray().size(), text.out.count('\n'));
        QVERIFY(!json[u"keys"].toArray().first()[u"jwk"].toObject().contains(u"d"_s));
    }

    //! RFC 7517 §5: whoever takes a JWK set takes what is listed.
    void whatIsListedIsAKeySet()
    {
        const CliHome home;
        const auto listed = issuer({u"keys"_s, m_sandbox.issuer(), u"-o"_s, u"json"_s});
        QCOMPARE(listed.exitCode, 0);
        QFile file(home.path(u"keys.json"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(listed.out) > 0);
        file.close();
        const auto token = home.run({u"sandbox"_s, u"mint"_s, u"--type"_s, u"id"_s, u"--issuer"_s, m_sandbox.issuer()});
        QVERIFY2(token.exitCode == 0, token.err.constData());
        const auto verified = home.run({u"verify"_s, u"-"_s, u"--jwks"_s, file.fileName(), u"--issuer"_s,
                                        m_sandbox.issuer(), u"--client-id"_s, u"sandbox-native"_s},
                                       token.out);
        QVERIFY2(verified.exitCode == 0, QByteArray(verified.out + verified.err).constData());
        const auto signature = home.run({u"jose"_s, u"verify"_s, u"-"_s, u"--key"_s, file.fileName()}, token.out);
        QVERIFY2(signature.exitCode == 0, signature.err.constData());
        const auto key = listed.json()[u"keys"][0].toObject();
        QVERIFY(key.contains(u"n"_s) && key.contains(u"e"_s) && key[u"bits"].toInt() == 2048);
        const auto nothing = home.path(u"nothing.json"_s);
        QFile empty(nothing);
        QVERIFY(empty.open(QIODevice::WriteOnly) && empty.write(R"({"keys":[{"kty":"RSA"}]})") > 0);
        empty.close();
        const auto refused = home.run({u"verify"_s, u"-"_s, u"--jwks"_s, nothing}, token.out);
        QCOMPARE(refused.exitCode, 41);
        QVERIFY2(refused.err.contains("no usable key"), refused.err.constData());
    }

    void metadataIsPrintedAsItIs()
    {
        const auto run = issuer({u"metadata"_s, m_sandbox.issuer(), u"--query=token_endpoint"_s});
        QCOMPARE(run.out.trimmed(), m_sandbox.endpoint(u"/token"_s).toString().toUtf8());
        const auto address = m_sandbox.endpoint(u"/.well-known/openid-configuration"_s).toString();
        QCOMPARE(issuer({u"metadata"_s, address, u"-o"_s, u"json"_s}).json()[u"issuer"].toString(), m_sandbox.issuer());
    }

    void failuresAreJsonAndExitAsTheTableSays_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("nobody answers") << QStringList{u"lint"_s, u"http://127.0.0.1:9"_s} << 20;
        QTest::newRow("no URL") << QStringList{u"lint"_s} << 2;
        QTest::newRow("no address") << QStringList{u"keys"_s, u"op"_s} << 2;
        QTest::newRow("offline") << QStringList{u"keys"_s, u"https://op.example"_s, u"--offline"_s} << 20;
    }
    void failuresAreJsonAndExitAsTheTableSays()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, exitCode);
        const auto run = issuer(arguments + QStringList{u"-o"_s, u"json"_s});
        QCOMPARE(run.exitCode, exitCode);
        QVERIFY(run.out.isEmpty());
        QCOMPARE(run.error()[u"exit"].toInt(), exitCode);
    }

    void aSlowProviderIsNotWaitedForLongerThanAllowed()
    {
        QVERIFY(m_sandbox.setHook(u"discovery"_s, QJsonObject{{u"delayMs"_s, 20000}}));
        const auto run = issuer({u"lint"_s, m_sandbox.issuer(), u"--timeout=300ms"_s, u"-o"_s, u"json"_s});
        QCOMPARE(run.exitCode, 124);
        QCOMPARE(run.error()[u"code"].toString(), u"timed_out"_s);
    }

private:
    static CliRun issuer(const QStringList &arguments) { return runCli(QStringList{u"issuer"_s} + arguments); }

    SandboxProcess m_sandbox;
};

QTEST_GUILESS_MAIN(TestIssuerVerb)
#include "tst_issuerverb.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "cliprocess.h"

#include <QtCore/QJsonArray>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

// Microsoft's claims challenge for the authentication context c1, with a body that curl -i prints below it.
const QByteArray response =
    "HTTP/1.1 401 Unauthorized\r\n"
    "WWW-Authenticate: Bearer realm=\"\", "
    "authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\","
    " error=\"insufficient_claims\","
    " claims=\"eyJhY2Nlc3NfdG9rZW4iOnsiYWNycyI6eyJlc3NlbnRpYWwiOnRydWUsInZhbHVlIjoiYzEifX19\"\r\n"
    "Content-Type: application/json\r\n\r\n"
    "{\"error\":{\"code\":\"Unauthorized\",\"message\":\"step up\"}}";

CliRun challenge(const QStringList &arguments, const QByteArray &input = response)
{
    return runCli(QStringList{u"challenge"_s} + arguments, input);
}

} // namespace

class TestChallengeVerb : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theAnswersAreAsEver_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("parse.text") << QStringList{u"parse"_s, u"-"_s};
        QTest::newRow("parse.json") << QStringList{u"parse"_s, u"-"_s, u"-o"_s, u"json"_s};
        QTest::newRow("explain.text") << QStringList{u"explain"_s, u"-"_s};
        QTest::newRow("lint.text") << QStringList{u"lint"_s, u"-"_s};
    }
    void theAnswersAreAsEver()
    {
        QFETCH(const QStringList, arguments);
        const auto run = challenge(arguments);
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QVERIFY2(run.err.isEmpty(), run.err.constData());
        QVERIFY(isGolden(u"challenge-"_s + QString::fromLatin1(QTest::currentDataTag()), run.out));
    }

    void whatIsNoChallengeExitsWith40()
    {
        for (const auto &verb : {u"parse"_s, u"explain"_s, u"lint"_s}) {
            const auto run = challenge({verb, u"-"_s, u"-o"_s, u"json"_s}, "hello world");
            QCOMPARE(run.exitCode, 40);
            QVERIFY(run.out.isEmpty());
            QCOMPARE(run.error()[u"exit"].toInt(), 40);
        }
    }

    void lintExitsWith44WhenTheChallengeCannotWork()
    {
        const auto run =
            challenge({u"lint"_s, u"-"_s, u"-o"_s, u"json"_s}, "Bearer error=\"insufficient_claims\", claims=\"eyJ\"");
        QCOMPARE(run.exitCode, 44);
        QCOMPARE(run.json()[u"passed"].toBool(true), false);
        QStringList failed;
        for (const auto &check : run.json()[u"checks"].toArray()) {
            if (check[u"outcome"].toString() == "failed"_L1)
                failed.append(check[u"id"].toString());
        }
        QCOMPARE(failed, QStringList{u"claims_unreadable"_s});
    }

    void aBrokenGrammarFailsTheLint_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<QByteArray>("id");
        QTest::newRow("RFC 9110 11.2, no value") << QByteArray("Bearer error=") << QByteArray("missing_value");
        QTest::newRow("RFC 9110 11.2, no token") << QByteArray("Bearer a=b:c") << QByteArray("needs_quotes");
        QTest::newRow("RFC 9110 11.3, no comma") << QByteArray("Bearer a=b c=d") << QByteArray("missing_comma");
    }
    void aBrokenGrammarFailsTheLint()
    {
        QFETCH(const QByteArray, field);
        QFETCH(const QByteArray, id);
        const auto run = challenge({u"lint"_s, u"-"_s}, field);
        QVERIFY2(run.exitCode == 44, run.out.constData());
        QVERIFY2(run.out.contains(QByteArray("FAILED  " + id)), run.out.constData());
        // What helps next reads challenges.
        QVERIFY2(run.err.contains("countersign challenge parse -\n"), run.err.constData());
    }

    void aLongNameDoesNotRunIntoTheWords()
    {
        const auto run = challenge({u"lint"_s, u"Bearer error=\"invalid_token\", claims=\"eyJhIjoxfQ\""_s});
        QVERIFY2(run.out.contains("error_not_insufficient_claims Clients"), run.out.constData());
    }

    void whatIsBuiltIsUnderstood_data()
    {
        QTest::addColumn<QStringList>("options");
        QTest::addColumn<QString>("demand");
        QTest::addColumn<QString>("error");
        QTest::newRow("claims") << QStringList{u"--acrs=c1"_s} << u"claims"_s << u"insufficient_claims"_s;
        QTest::newRow("RFC 9470 3") << QStringList{u"--acr-values=mfa"_s, u"--max-age=5m"_s} << u"step_up"_s
                                    << u"insufficient_user_authentication"_s;
        QTest::newRow("RFC 6750 3.1") << QStringList{u"--scope=a b"_s} << u"scope"_s << u"insufficient_scope"_s;
        QTest::newRow("a newer token") << QStringList{u"--realm=x"_s, u"--error=invalid_token"_s} << u"fresh_token"_s
                                       << u"invalid_token"_s;
    }
    void whatIsBuiltIsUnderstood()
    {
        QFETCH(const QStringList, options);
        QFETCH(const QString, demand);
        QFETCH(const QString, error);
        const auto built = challenge(QStringList{u"build"_s} + options, {});
        QVERIFY2(built.exitCode == 0, built.err.constData());
        const auto parsed = challenge({u"parse"_s, u"-"_s, u"-o"_s, u"json"_s}, built.out).json();
        QCOMPARE(parsed[u"meaning"][u"demand"].toString(), demand);
        QCOMPARE(parsed[u"meaning"][u"error"].toString(), error);
        QVERIFY(parsed[u"problems"].toArray().isEmpty());
    }

    void claimsAreWrittenAsAClientSendsThem()
    {
        const auto json = challenge({u"build"_s, u"--claim=access_token.nbf=1700000000"_s, u"--as=claims"_s}, {});
        QCOMPARE(json.out,
                 QByteArray(R"({"access_token":{"nbf":{"essential":true,"value":"1700000000"}}})"
                            "\n"));
        const auto base64 = challenge({u"build"_s, u"--claim=access_token.nbf=1700000000"_s, u"--as=base64"_s}, {});
        QCOMPARE(QByteArray::fromBase64(base64.out.trimmed()), json.out.trimmed());
    }

    void wrongUsageIsNamed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("nothing demanded") << QStringList{u"build"_s} << QByteArray("--acrs");
        QTest::newRow("a target") << QStringList{u"build"_s, u"--claim=acess_token.a=b"_s}
                                  << QByteArray("access_token");
        QTest::newRow("no name") << QStringList{u"build"_s, u"--claim=access_token"_s}
                                 << QByteArray("access_token.acrs=c1");
        QTest::newRow("no claims") << QStringList{u"build"_s, u"--scope=a"_s, u"--as=claims"_s}
                                   << QByteArray("--claim");
        QTest::newRow("a verb") << QStringList{u"explian"_s} << QByteArray("'explain'");
        QTest::newRow("no verb") << QStringList{} << QByteArray("explain");
        QTest::newRow("a line break, RFC 9110 5.5")
            << QStringList{u"build"_s, u"--scope=a"_s, u"--realm=x\r\nSet-Cookie: a=b"_s} << QByteArray("--realm");
        QTest::newRow("a NUL escape in a description")
            << QStringList{u"build"_s, u"--scope=a"_s, u"--description=a\x1b[31mb"_s} << QByteArray("--description");
        QTest::newRow("no input") << QStringList{u"parse"_s} << QByteArray("@FILE");
    }
    void wrongUsageIsNamed()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, word);
        const auto run = challenge(arguments, {});
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.out.isEmpty());
        QVERIFY2(run.err.contains(word), run.err.constData());
    }
};

QTEST_GUILESS_MAIN(TestChallengeVerb)
#include "tst_challengeverb.moc"

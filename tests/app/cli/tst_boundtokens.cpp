// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sandboxtest.h"

#include "support/codeflow.h"
#include "support/httpcall.h"

#include <QtCore/QJsonArray>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtCore/QStandardPaths>
#include <QtTest/QTest>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

QByteArray withoutTokens(const QByteArray &text)
{
    static const QRegularExpression token(u"eyJ[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+"_s);
    static const QRegularExpression seconds(u"(\"(refresh_)?expires_(on|in)\":)\\d+"_s);
    static const QRegularExpression key(u"(\"jkt\":\")[A-Za-z0-9_-]{43}\""_s);
    auto result = QString::fromUtf8(text);
    result.replace(token, u"<token>"_s);
    result.replace(seconds, u"\\1<seconds>"_s);
    result.replace(key, u"\\1<thumbprint>\""_s);
    return result.toUtf8();
}

} // namespace

//! token --dpop and --pop, as processes.
class TestBoundTokens : public SignedInTest
{
    Q_OBJECT

private Q_SLOTS:
    void everyFormatHasAPlaceForTheProof_data()
    {
        QTest::addColumn<QString>("format");
        for (const auto *format : {"text", "token", "json", "header", "curl", "none"})
            QTest::newRow(format) << QString::fromLatin1(format);
    }
    void everyFormatHasAPlaceForTheProof()
    {
        QFETCH(const QString, format);
        QCOMPARE(bound({u"-o"_s, u"none"_s}).exitCode, 0); // what follows comes out of the cache
        m_sandbox.clearLog();
        const auto run = bound({u"-o"_s, format});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QVERIFY2(run.err.isEmpty(), run.err.constData());
        QVERIFY(m_sandbox.log().isEmpty());
        QVERIFY(isGolden(u"token-dpop-"_s + format + u".txt"_s, withoutTokens(run.out)));
    }

    void otherFormatsHaveNone_data()
    {
        QTest::addColumn<QStringList>("arguments");
        for (const auto *format :
             {"bearer", "env", "az", "azd", "azureauth", "kubernetes", "oidc-token", "xoauth2", "oauthbearer", "netrc"})
            QTest::newRow(format) << QStringList{u"--dpop"_s, u"GET"_s, u"https://a.example/"_s, u"-o"_s,
                                                 QString::fromLatin1(format)};
        QTest::newRow("pop, env") << QStringList{u"--pop"_s, u"GET"_s, u"https://a.example/"_s, u"-o"_s, u"env"_s};
        QTest::newRow("an ID token") << QStringList{u"--dpop"_s, u"GET"_s, u"https://a.example/"_s, u"--type"_s,
                                                    u"id"_s};
    }
    void otherFormatsHaveNone()
    {
        QFETCH(const QStringList, arguments);
        const auto run = token(arguments);
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.out.isEmpty());
        QVERIFY(m_sandbox.log().isEmpty());
    }

    void whatIsNoRequestIsNamed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("says");
        const auto row = [](const char *name, const QStringList &arguments, const char *says) {
            QTest::newRow(name) << arguments << QByteArray(says);
        };
        const auto url = u"https://a.example/"_s;
        row("RFC 9110 §9.1: no method", {u"--dpop"_s, u"GE T"_s, url}, "'GE T' is no method");
        row("plain http", {u"--dpop"_s, u"GET"_s, u"http://a.example/"_s}, "'http://a.example/' is no address");
        row("a fragment", {u"--pop"_s, u"GET"_s, u"https://a.example/#x"_s}, "is no address");
        row("a user name", {u"--dpop"_s, u"GET"_s, u"https://me@a.example/"_s}, "is no address");
        row("the wrong way round", {u"--dpop"_s, url, u"GET"_s}, "is no method");
        row("no address", {u"--dpop"_s, u"GET"_s}, "'--dpop' needs 2 values.");
        row("nothing", {u"--dpop"_s}, "'--dpop' needs a value.");
        row("twice", {u"--dpop"_s, u"GET"_s, url, u"--dpop"_s, u"GET"_s, url}, "'--dpop' can be given only once.");
        row("both", {u"--dpop"_s, u"GET"_s, url, u"--pop"_s, u"GET"_s, url}, "give one of them");
        row("a nonce alone", {u"--proof-nonce"_s, u"n"_s}, "--proof-nonce goes with --dpop or --pop.");
        row("RFC 9449 §8.1: no nonce", {u"--dpop"_s, u"GET"_s, url, u"--proof-nonce"_s, u"a b"_s}, "no nonce has");
        row("RFC 9449 §8.1: an empty nonce", {u"--dpop"_s, u"GET"_s, url, u"--proof-nonce"_s, QString()}, "is empty");
        row("Microsoft's way elsewhere", {u"--pop"_s, u"GET"_s, url}, "Signed HTTP requests are Microsoft's");
    }
    void whatIsNoRequestIsNamed()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, says);
        const auto run = token(arguments);
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.out.isEmpty());
        QVERIFY2(run.err.contains(says), run.err.constData());
        QVERIFY(m_sandbox.log().isEmpty());
    }

    void theAccountMayComeLast()
    {
        const auto request = QStringList{u"--dpop"_s, u"GET"_s, api().toString()};
        const auto known = token(request + QStringList{u"ada@countersign.example"_s, u"-o"_s, u"header"_s});
        QVERIFY2(known.exitCode == 0 && known.out.contains("DPoP: "), known.err.constData());
        const auto other = token(request + QStringList{u"nobody@example.com"_s});
        QVERIFY2(other.exitCode == 3, other.err.constData());
    }

    void anApiTakesTheTokenWithItsProofOnce()
    {
        const auto answer = bound({u"-o"_s, u"json"_s}).json();
        QCOMPARE(answer[u"token_type"].toString(), u"DPoP"_s);
        QCOMPARE(answer[u"source"].toString(), u"refresh"_s);
        QCOMPARE(answer[u"warnings"].toArray().first().toObject()[u"code"].toString(), u"refresh_token_bound"_s);
        const auto accessToken = answer[u"access_token"].toString();
        QCOMPARE(tokenPart(accessToken, 1)[u"cnf"], answer[u"cnf"]);
        const Headers headers{{"Authorization", "DPoP " + accessToken.toLatin1()},
                              {"DPoP", answer[u"proof"].toString().toLatin1()}};
        QCOMPARE(httpCall("GET", api(), headers).status, 200);
        QCOMPARE(httpCall("GET", api(), headers).status, 401);
        const Headers asBearer{{"Authorization", "Bearer " + accessToken.toLatin1()}};
        QCOMPARE(httpCall("GET", api(), asBearer).status, 401);
    }

    //! curl itself reads both lines, from a pipe.
    void curlSendsBothFields()
    {
        const auto curl = QStandardPaths::findExecutable(u"curl"_s);
        if (curl.isEmpty())
            QSKIP("curl is not installed.");
        const auto run = bound({u"-o"_s, u"curl"_s});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        const auto called =
            pipedTo(curl, {u"--silent"_s, u"--noproxy"_s, u"*"_s, u"--config"_s, u"-"_s, api().toString()}, run.out);
        QVERIFY2(called.contains("\"client_id\":\"sandbox-native\""), called.constData());
        const auto headers = bound({u"-o"_s, u"header"_s});
        const auto again =
            pipedTo(curl, {u"--silent"_s, u"--noproxy"_s, u"*"_s, u"-H"_s, u"@-"_s, api().toString()}, headers.out);
        QVERIFY2(again.contains("\"client_id\":\"sandbox-native\""), again.constData());
    }

    void aNonceOfTheApiGoesIntoTheProof()
    {
        const auto proof = bound({u"-o"_s, u"json"_s, u"--proof-nonce"_s, u"of-the-api"_s}).json()[u"proof"].toString();
        QCOMPARE(tokenPart(proof, 1)[u"nonce"].toString(), u"of-the-api"_s);
        QCOMPARE(tokenPart(proof, 1)[u"htm"].toString(), u"GET"_s);
        QCOMPARE(tokenPart(proof, 1)[u"htu"].toString(), api().toString());
    }

    void aNonceOfTheProviderCostsOneMoreRequest()
    {
        const QJsonObject nonce{{u"set"_s, QJsonObject{{u"nonce"_s, u"wanted"_s}}}};
        QVERIFY(m_sandbox.setHook(u"proof"_s, nonce));
        const auto run = bound({u"-o"_s, u"none"_s});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(m_sandbox.log().size(), 2);
    }

    void aProviderThatDoesNotBindIsAnError()
    {
        QVERIFY(m_sandbox.setHook(u"proof"_s, QJsonObject{{u"set"_s, QJsonObject{{u"ignored"_s, true}}}}));
        const auto run = bound();
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.out.isEmpty());
        QVERIFY2(run.err.contains("does not bind tokens"), run.err.constData());
        // Whoever asks for a bearer token is not worse off.
        const auto bearer = token({u"--force"_s, u"-o"_s, u"header"_s});
        QCOMPARE(bearer.exitCode, 0);
        QVERIFY(bearer.out.startsWith("Authorization: Bearer "));
    }

    void bearerTokensNeedASignInAfterwards()
    {
        const auto first = bound({u"-o"_s, u"header"_s});
        QVERIFY2(first.err.contains("The provider may have bound the refresh token"), first.err.constData());
        QVERIFY(token({u"-o"_s, u"header"_s}).out.startsWith("Authorization: Bearer ")); // of before, from the cache
        const auto forced = token({u"--force"_s});
        QCOMPARE(forced.exitCode, 10);
        QVERIFY2(forced.err.contains("only with the proof of a key"), forced.err.constData());
        const auto again = bound({u"--force"_s, u"-o"_s, u"header"_s});
        QCOMPARE(again.exitCode, 0);
        QVERIFY2(again.err.isEmpty(), again.err.constData()); // said once
    }

    void nothingOfTheKeyIsShown()
    {
        QCOMPARE(bound({u"-o"_s, u"none"_s}).exitCode, 0);
        const auto withheld = bound({u"-o"_s, u"json"_s, u"--no-token"_s}).json();
        QVERIFY(!withheld.contains(u"proof"_s));
        QVERIFY(!withheld.contains(u"access_token"_s));
        QVERIFY(withheld.contains(u"cnf"_s));
    }

private:
    QUrl api() const { return QUrl(m_sandbox.issuer() + u"/api"_s); }
    CliRun bound(const QStringList &more = {}) const
    {
        return token(QStringList{u"--dpop"_s, u"get"_s, api().toString() + u"?page=2"_s} + more);
    }
    static QByteArray pipedTo(const QString &program, const QStringList &arguments, const QByteArray &input)
    {
        QProcess process;
        process.start(program, arguments);
        process.write(input);
        process.closeWriteChannel();
        return process.waitForFinished(10000) ? process.readAllStandardOutput() : process.errorString().toUtf8();
    }
};

QTEST_GUILESS_MAIN(TestBoundTokens)
#include "tst_boundtokens.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "browse.h"
#include "sandboxtest.h"
#include "terminalprocess.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <csignal>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestLoginVerb : public SandboxTest
{
    Q_OBJECT

private Q_SLOTS:
    void aPersonSignsInWithTheBrowserAndScriptsAreToldSo();
    void theTokensLieInTheKeychainByDefault();
    void aPrintedAddressIsWaitedFor();
    void aCodeOpensNothing();
    void aWindowOfOurOwnSignsIn();
    void aCodeSignsInOnAnotherDevice();
    void onATerminalTheCodeComesWithAQrCode();
    void coloursAreLeftOutWhereTheyAreNotWanted();
    void overSshACodeIsChosenAndSaid();
    void theNextWayIsTriedWhenOneCannotBeShown();
    void aWayThatIsNotHereIsSaid();
    void aTerminalIsToldWhereAnEphemeralTokenIs();
    void nothingIsKeptOfAnEphemeralSignIn();
    void theFlagsBecomeAProfile();
    void theBrowserComesBackWhereItWasTold();
    void whereNobodyMayListenIsWrongUsage_data();
    void whereNobodyMayListenIsWrongUsage();
    void aChallengeReachesTheProvider_data();
    void aChallengeReachesTheProvider();
    void aParameterReachesTheProvider();

private:
    //! The last authorization request as the provider saw it.
    QJsonObject lastRequest() const
    {
        const auto requests = m_sandbox.requestsTo(u"/authorize"_s);
        return requests.isEmpty() ? QJsonObject() : requests.last().value("query"_L1).toObject();
    }
};

void TestLoginVerb::aPersonSignsInWithTheBrowserAndScriptsAreToldSo()
{
    const auto run = m_home->signIn(m_sandbox.issuer(), {u"--scope"_s, u"openid email"_s, u"-o"_s, u"json"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    const auto answer = run.json();
    QCOMPARE(answer[u"schema"].toString(), u"countersign.login/1"_s);
    QCOMPARE(answer[u"source"].toString(), u"browser"_s);
    QCOMPARE(answer[u"account"][u"username"].toString(), u"ada@countersign.example"_s);
    QCOMPARE(answer[u"refreshable"].toBool(), true);
    QVERIFY2(!answer.contains(u"access_token"), "a sign-in hands out no token");
    QCOMPARE(run.out.count('\n'), 1);
    QVERIFY(m_home->storeBytes().contains("ada@countersign.example"));

    const auto text = m_home->signIn(m_sandbox.issuer());
    QCOMPARE(text.exitCode, 0);
    QVERIFY2(text.out.startsWith("Signed in: ada@countersign.example at http://127.0.0.1:"), text.out.constData());
    QVERIFY(text.err.contains("Opening the browser"));
    const auto quiet = m_home->signIn(m_sandbox.issuer(), {u"-q"_s, u"-o"_s, u"none"_s});
    QCOMPARE(quiet.exitCode, 0);
    QVERIFY2(quiet.out.isEmpty() && quiet.err.isEmpty(), quiet.err.constData());
}

void TestLoginVerb::theTokensLieInTheKeychainByDefault()
{
    const Environment keychain{{u"COUNTERSIGN_STORE"_s, u"keychain"_s}};
    const auto provider = CliHome::provider(m_sandbox.issuer());
    const auto run = m_home->run(QStringList{u"login"_s, u"--browser"_s, CliHome::browser()} + provider, {}, keychain);
    if (run.exitCode == 31)
        QSKIP("no keychain in this session");
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QVERIFY(!QFile::exists(m_home->storePath()));
    QVERIFY(m_sandbox.clearLog());
    const auto token = m_home->run(QStringList{u"token"_s, u"-o"_s, u"json"_s} + provider, {}, keychain);
    QVERIFY2(token.exitCode == 0, token.err.constData());
    QCOMPARE(token.json()[u"source"].toString(), u"cache"_s);
    QVERIFY2(m_sandbox.log().isEmpty(), "a token from the keychain needs no request");
    QCOMPARE(m_home->run(QStringList{u"accounts"_s, u"remove"_s} + provider, {}, keychain).exitCode, 0);
}

void TestLoginVerb::aPrintedAddressIsWaitedFor()
{
    QProcess process;
    m_home->start(process, QStringList{u"login"_s, u"--no-open"_s} + CliHome::provider(m_sandbox.issuer()));
    QByteArray said;
    QVERIFY2(waitForAddress(process, said), said.constData());
    browse(addressIn(said));
    // It may have ended while the page was loaded, and then there is nothing left to wait for.
    QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 20'000);
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(process.readAllStandardOutput().startsWith("Signed in: ada"));
}

//! --no-open opens nothing; it does not choose another way than the one that was named.
void TestLoginVerb::aCodeOpensNothing()
{
    const auto run = login({u"--no-open"_s, u"--via"_s, u"device"_s, u"-o"_s, u"json"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QCOMPARE(run.json()[u"source"].toString(), u"device"_s);
    QVERIFY2(run.err.contains("enter the code") && !run.err.contains("/authorize"), run.err.constData());
}

void TestLoginVerb::aWindowOfOurOwnSignsIn()
{
    if (qEnvironmentVariableIsEmpty("DISPLAY") && qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY"))
        QSKIP("there is no display in this session");
    const auto run = login({u"--via"_s, u"embedded"_s, u"--timeout"_s, u"60s"_s, u"-o"_s, u"json"_s});
    if (run.error()[u"reason"].toString() == "web_view_missing"_L1)
        QSKIP("built without the embedded window");
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QCOMPARE(run.json()[u"source"].toString(), u"embedded"_s);
}

void TestLoginVerb::aCodeSignsInOnAnotherDevice()
{
    const auto run = login({u"--via"_s, u"device"_s, u"-o"_s, u"json"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QCOMPARE(run.json()[u"source"].toString(), u"device"_s);
    QVERIFY2(run.err.contains("/device on any device and enter the code "), run.err.constData());
    QVERIFY2(!run.err.contains("\x1b["), "what is no terminal gets no drawing");
}

void TestLoginVerb::onATerminalTheCodeComesWithAQrCode()
{
    const auto provider = CliHome::provider(m_sandbox.issuer());
    const auto run = runOnTerminal(QStringList{u"login"_s, u"--via"_s, u"device"_s} + provider, m_home->environment());
    QVERIFY2(run.exitCode == 0, run.out.constData());
    QVERIFY(run.out.contains("enter the code "));
    QVERIFY2(run.out.contains("\xe2\x96\x80"), "half blocks");
    QVERIFY(run.out.contains("the code is good for "));
    QVERIFY(run.out.contains("Signed in: ada"));
    const auto plain = runOnTerminal(QStringList{u"login"_s, u"--via"_s, u"device"_s, u"--qr"_s, u"never"_s} + provider,
                                     m_home->environment());
    QCOMPARE(plain.exitCode, 0);
    QVERIFY2(!plain.out.contains("\xe2\x96\x80"), "for screen readers");
}

void TestLoginVerb::coloursAreLeftOutWhereTheyAreNotWanted() // cli.md d.1
{
    const auto arguments = QStringList{u"login"_s, u"--via"_s, u"device"_s, u"--qr"_s, u"always"_s}
        + CliHome::provider(m_sandbox.issuer());
    for (const auto &[name, value] : {std::pair(u"NO_COLOR"_s, u"1"_s), std::pair(u"TERM"_s, u"dumb"_s)}) {
        auto environment = m_home->environment();
        environment.insert(name, value);
        const auto drawn = runOnTerminal(arguments, environment);
        QVERIFY2(drawn.out.contains("\xe2\x96\x80") && !drawn.out.contains("\x1b["), drawn.out.constData());
    }
    const auto written = m_home->run(arguments);
    QVERIFY2(written.err.contains("\xe2\x96\x80") && !written.err.contains("\x1b["), written.err.constData());
}

void TestLoginVerb::overSshACodeIsChosenAndSaid()
{
    const auto run = m_home->run(QStringList{u"login"_s} + CliHome::provider(m_sandbox.issuer()), {},
                                 {{u"SSH_CONNECTION"_s, u"192.0.2.1 5 192.0.2.2 22"_s}});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QVERIFY(run.err.contains("over SSH"));
    QVERIFY(run.err.contains("enter the code "));
}

void TestLoginVerb::theNextWayIsTriedWhenOneCannotBeShown()
{
    const auto run = login(
        {u"--via"_s, u"browser"_s, u"--via"_s, u"device"_s, u"--browser"_s, u"/nowhere/browser"_s, u"-o"_s, u"json"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QCOMPARE(run.json()[u"source"].toString(), u"device"_s);
    QVERIFY(run.err.contains("Trying the next way: device"));
}

void TestLoginVerb::aWayThatIsNotHereIsSaid() // azureauth's --mode broker
{
    const QStringList mode{u"--mode"_s, u"broker"_s};
    const auto next = login(mode + QStringList{u"--mode"_s, u"devicecode"_s, u"-o"_s, u"json"_s});
    QVERIFY2(next.exitCode == 0 && next.err.contains("Signing in by broker is not available here."),
             next.err.constData());
    QCOMPARE(next.json()[u"source"].toString(), u"device"_s);
    const auto none = login(mode + QStringList{u"--browser"_s, CliHome::browser()});
    QVERIFY2(none.exitCode == 0 && none.err.contains("by broker is not available"), none.err.constData());
}

void TestLoginVerb::aTerminalIsToldWhereAnEphemeralTokenIs()
{
    const auto arguments = QStringList{u"login"_s, u"--ephemeral"_s, u"--via"_s, u"device"_s, u"--qr"_s, u"never"_s}
        + CliHome::provider(m_sandbox.issuer());
    for (const auto &form : {QStringList{}, QStringList{u"-o"_s, u"json"_s}}) {
        const auto hidden = runOnTerminal(arguments + form, m_home->environment());
        QVERIFY2(hidden.exitCode == 0 && hidden.out.contains("--show writes it"), hidden.out.constData());
        QVERIFY2(!hidden.out.contains("eyJ"), hidden.out.constData());
    }
    const auto shown = runOnTerminal(arguments + QStringList{u"--show"_s}, m_home->environment());
    QVERIFY2(shown.out.contains("eyJ") && !shown.out.contains("--show writes"), shown.out.constData());
}

void TestLoginVerb::nothingIsKeptOfAnEphemeralSignIn()
{
    const auto run = m_home->signIn(m_sandbox.issuer(), {u"--ephemeral"_s, u"-o"_s, u"token"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QCOMPARE(run.out.count('.'), 2);
    QVERIFY(!QFile::exists(m_home->storePath()));
    const auto json = m_home->signIn(m_sandbox.issuer(), {u"--ephemeral"_s, u"-o"_s, u"json"_s});
    QCOMPARE(json.json()[u"schema"].toString(), u"countersign.token/1"_s);
    QVERIFY(json.json().contains(u"access_token"));
}

void TestLoginVerb::theFlagsBecomeAProfile()
{
    QCOMPARE(m_home->signIn(m_sandbox.issuer(), {u"--scope"_s, u"openid email"_s, u"--save"_s, u"demo"_s}).exitCode, 0);
    const auto token = m_home->run({u"token"_s, u"-o"_s, u"json"_s});
    QVERIFY2(token.exitCode == 0, token.err.constData());
    QCOMPARE(token.json()[u"profile"].toString(), u"demo"_s);
    QCOMPARE(token.json()[u"requested_scopes"].toArray(), (QJsonArray{u"email"_s, u"openid"_s}));
}

void TestLoginVerb::theBrowserComesBackWhereItWasTold() // --listen; RFC 8252 7.3
{
    QVERIFY(m_sandbox.clearLog());
    const auto run = login({u"--browser"_s, CliHome::browser(), u"--listen"_s, u"48130-48139"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    const QUrl redirect(lastRequest()[u"redirect_uri"].toString());
    QCOMPARE(redirect.host(), u"127.0.0.1"_s);
    QVERIFY2(redirect.port() >= 48130 && redirect.port() <= 48139, qPrintable(redirect.toString()));
    const auto named = login({u"--browser"_s, CliHome::browser(), u"--listen"_s, u"localhost:48140-48149"_s});
    QVERIFY2(named.exitCode == 0, named.err.constData());
    QCOMPARE(QUrl(lastRequest()[u"redirect_uri"].toString()).host(), u"localhost"_s);
}

void TestLoginVerb::whereNobodyMayListenIsWrongUsage_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("every interface, RFC 8252 8.3")
        << QStringList{u"--listen"_s, u"0.0.0.0:8400"_s} << QByteArray("'0.0.0.0' is not one of 127.0.0.1");
    QTest::newRow("no port") << QStringList{u"--listen"_s, u"localhost:"_s} << QByteArray("8400");
    QTest::newRow("a word") << QStringList{u"--listen"_s, u"here"_s} << QByteArray("'here'");
    QTest::newRow("said twice") << QStringList{u"--listen"_s, u"8400"_s, u"--redirect-uri"_s, u"http://127.0.0.1:9/"_s}
                                << QByteArray("leave --listen out");
}

void TestLoginVerb::whereNobodyMayListenIsWrongUsage()
{
    QFETCH(const QStringList, more);
    QFETCH(const QByteArray, said);
    const auto run = login(more);
    QCOMPARE(run.exitCode, 2);
    QVERIFY2(run.err.contains(said), run.err.constData());
}

void TestLoginVerb::aChallengeReachesTheProvider_data()
{
    QTest::addColumn<QByteArray>("challenge");
    QTest::addColumn<QString>("parameter");
    QTest::addColumn<QString>("value");
    const auto claims = u"{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}"_s;
    const auto base64 = claims.toUtf8().toBase64();
    QTest::newRow("claims of a field, base64")
        << QByteArray("WWW-Authenticate: Bearer error=\"insufficient_claims\", claims=\"" + base64 + "\"")
        << u"claims"_s << claims;
    QTest::newRow("a whole response") << QByteArray(
        "HTTP/1.1 401 Unauthorized\r\nWWW-Authenticate: Bearer error=\"insufficient_claims\", claims=\"" + base64
        + "\"\r\n\r\n") << u"claims"_s << claims;
    QTest::newRow("base64 alone") << base64 << u"claims"_s << claims;
    QTest::newRow("JSON") << claims.toUtf8() << u"claims"_s << claims;
    QTest::newRow("acr_values of RFC 9470")
        << QByteArray("Bearer error=\"insufficient_user_authentication\", acr_values=\"myACR\", max_age=\"5\"")
        << u"acr_values"_s << u"myACR"_s;
    QTest::newRow("max_age of RFC 9470") << QByteArray(
        "Bearer error=\"insufficient_user_authentication\", acr_values=\"myACR\", max_age=\"5\"")
                                         << u"max_age"_s << u"5"_s;
    QTest::newRow("scope of RFC 6750") << QByteArray("Bearer error=\"insufficient_scope\", scope=\"phone\"")
                                       << u"scope"_s << u"email offline_access openid phone profile"_s;
}

void TestLoginVerb::aChallengeReachesTheProvider()
{
    QFETCH(QByteArray, challenge);
    QFETCH(QString, parameter);
    QFETCH(QString, value);
    QVERIFY(m_sandbox.clearLog());
    auto environment = m_home->environment();
    const auto run = m_home->run(QStringList{u"login"_s, u"--browser"_s, CliHome::browser(), u"--scope"_s,
                                             u"openid profile email"_s, u"--claims-challenge"_s, u"-"_s}
                                     + CliHome::provider(m_sandbox.issuer()),
                                 challenge);
    // Whether the provider honours it is its own business: it was asked.
    QCOMPARE(lastRequest()[parameter].toString(), value);
    QVERIFY(run.exitCode != 2);
}

void TestLoginVerb::aParameterReachesTheProvider()
{
    QVERIFY(m_sandbox.clearLog());
    const auto run = m_home->signIn(m_sandbox.issuer(), {u"--parameter"_s, u"hd=example.org"_s});
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(lastRequest()[u"hd"_s].toString(), u"example.org"_s);
    const auto refused = m_home->signIn(m_sandbox.issuer(), {u"--parameter"_s, u"state=x"_s, u"-o"_s, u"json"_s});
    QCOMPARE(refused.exitCode, 2);
    QVERIFY(refused.error()[u"message"_s].toString().contains("protects the sign-in"_L1));
    QVERIFY(m_sandbox.clearLog());
    for (const auto &name : {u"password"_s, u"client_secret"_s, u"assertion"_s, u"client_assertion"_s,
                             u"refresh_token"_s, u"access_token"_s, u"id_token"_s, u"api_key"_s, u"private_key"_s,
                             u"code_verifier"_s, u"token"_s, u"secret"_s, u"passwd"_s}) {
        for (const auto &more : {QStringList(), QStringList{u"--no-interaction"_s}}) {
            const auto secret =
                m_home->signIn(m_sandbox.issuer(), QStringList{u"--parameter"_s, name + u"=hunter2"_s} + more);
            QVERIFY2(secret.exitCode == 2, secret.err.constData());
            QVERIFY2(secret.err.contains(name.toUtf8()) && !secret.err.contains("hunter2"), secret.err.constData());
        }
    }
    QVERIFY(m_sandbox.log().isEmpty());
}

QTEST_GUILESS_MAIN(TestLoginVerb)
#include "tst_loginverb.moc"

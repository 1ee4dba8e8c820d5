// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sandboxtest.h"
#include "terminalprocess.h"

#include "support/codeflow.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>

#include <csignal>

#ifndef Q_OS_WIN
#include <unistd.h>
#endif

using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestTokenFailures : public SignedInTest
{
    Q_OBJECT

private Q_SLOTS:
    void aPersonWhoIsNeededIsExit10();
    void aChallengeForAPersonIsExit11();
    void anUnknownAccountIsExit3_data();
    void anUnknownAccountIsExit3();
    void severalAccountsAreAmbiguousUntilOneIsMarked();

    void theNetworkIsGone();
    void aForgedIdTokenInARefreshIsRefused();
    void ctrlCDuringARefreshKeepsTheSuccessor();
    void aSecondCtrlCEndsAtOnce();
    void timeoutIsExit124AndTheStoreIsWhole();
    void aSealedStoreTakesItsPassphraseFromEverywhere();
    void anAnswerThatCannotBeWrittenIsAFailure();
};

void TestTokenFailures::aPersonWhoIsNeededIsExit10()
{
    QVERIFY(
        m_sandbox.setHook(u"tokenResponse"_s,
                          QJsonObject{{u"status"_s, 400},
                                      {u"body"_s, u"{\"error\":\"invalid_grant\",\"error_description\":\"gone\"}"_s}}));
    const auto before = token().out;
    const auto run = token({u"-f"_s, u"-o"_s, u"json"_s});
    QVERIFY2(run.exitCode == 10, run.err.constData());
    QVERIFY(run.out.isEmpty());
    QCOMPARE(run.error()[u"code"].toString(), u"interaction_required"_s);
    QCOMPARE(run.error()[u"provider_error"].toString(), u"invalid_grant"_s);
    QCOMPARE(run.error()[u"fixes"][0][u"command"].toString(), u"countersign login --profile demo"_s);
    const auto named = token({u"-f"_s, u"-a"_s, u"ada@countersign.example"_s, u"-o"_s, u"json"_s});
    QCOMPARE(named.error()[u"fixes"][0][u"command"].toString(),
             u"countersign login --profile demo --account ada@countersign.example"_s);
    QCOMPARE(token().out, before); // what is in the cache is still good
    const auto accounts = m_home->run({u"accounts"_s, u"--needs-me"_s, u"-o"_s, u"json"_s});
    QCOMPARE(accounts.json()[u"accounts"][0][u"state"].toString(), u"needs_sign_in"_s);
}

void TestTokenFailures::aChallengeForAPersonIsExit11()
{
    QVERIFY(m_sandbox.setHook(u"tokenResponse"_s,
                              QJsonObject{{u"status"_s, 400}, {u"body"_s, u"{\"error\":\"interaction_required\"}"_s}}));
    const auto claims = u"{\"access_token\":{\"acrs\":{\"essential\":true,\"value\":\"c1\"}}}"_s;
    const auto run = token({u"--claims-challenge"_s, claims, u"-o"_s, u"json"_s});
    QVERIFY2(run.exitCode == 11, run.err.constData());
    QVERIFY(run.error()[u"fixes"][0][u"command"].toString().startsWith(
        u"countersign login --profile demo --claims-challenge"_s));
    const auto acr = m_home->run({u"token"_s, u"--claims-challenge"_s, u"-"_s},
                                 "Bearer error=\"insufficient_user_authentication\", acr_values=\"gold\"");
    QCOMPARE(acr.exitCode, 11);
}

void TestTokenFailures::anUnknownAccountIsExit3_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("an account") << QStringList{u"-a"_s, u"adda@countersign.example"_s}
                                << QByteArray("Did you mean 'ada@countersign.example'?");
    QTest::newRow("a profile") << QStringList{u"-p"_s, u"deom"_s} << QByteArray("Did you mean 'demo'?");
}

void TestTokenFailures::anUnknownAccountIsExit3()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, said);
    const auto run = token(arguments);
    QCOMPARE(run.exitCode, 3);
    QVERIFY2(run.err.contains(said), run.err.constData());
}

void TestTokenFailures::severalAccountsAreAmbiguousUntilOneIsMarked()
{
    QVERIFY(m_sandbox.approveAs(u"grace"_s));
    QCOMPARE(m_home->signIn(m_sandbox.issuer(), {u"--scope"_s, u"openid email"_s}).exitCode, 0);
    const auto run = token();
    QCOMPARE(run.exitCode, 3);
    QVERIFY2(run.err.contains("ada@countersign.example, grace@countersign.example"), run.err.constData());
    QCOMPARE(m_home->run({u"accounts"_s, u"rename"_s, u"grace@countersign.example"_s, u"work"_s}).exitCode, 0);
    QCOMPARE(m_home->run({u"accounts"_s, u"default"_s, u"work"_s}).exitCode, 0);
    QCOMPARE(token({u"-o"_s, u"json"_s}).json()[u"account"][u"username"].toString(), u"grace@countersign.example"_s);
    QCOMPARE(token({u"ada@countersign.example"_s, u"-o"_s, u"json"_s}).json()[u"account"][u"username"].toString(),
             u"ada@countersign.example"_s);
}

void TestTokenFailures::theNetworkIsGone()
{
    SandboxProcess other;
    QVERIFY(other.start({u"--approve"_s, u"ada"_s}));
    const CliHome home;
    QCOMPARE(home.signIn(other.issuer()).exitCode, 0);
    const auto before = home.storeBytes();
    const auto issuer = other.issuer();
    QVERIFY(other.stop());
    const auto run = home.run(QStringList{u"token"_s, u"-f"_s, u"-o"_s, u"json"_s} + CliHome::provider(issuer));
    QVERIFY2(run.exitCode == 20, run.err.constData());
    QCOMPARE(run.error()[u"reason"].toString(), u"connection_refused"_s);
    QCOMPARE(home.storeBytes(), before);
    QCOMPARE(home.run(QStringList{u"token"_s} + CliHome::provider(issuer)).exitCode, 0); // the cached one is good
}

void TestTokenFailures::aForgedIdTokenInARefreshIsRefused()
{
    const auto before = token().out;
    QVERIFY(m_sandbox.setHook(u"idTokenSignature"_s, QJsonObject{{u"signature"_s, u"xor"_s}}));
    const auto run = token({u"-f"_s, u"-o"_s, u"json"_s});
    QVERIFY2(run.exitCode == 41, run.err.constData());
    QVERIFY(run.out.isEmpty());
    QCOMPARE(token().out, before);
}

void TestTokenFailures::ctrlCDuringARefreshKeepsTheSuccessor()
{
    QVERIFY(m_sandbox.setHook(u"tokenResponse"_s, QJsonObject{{u"delayMs"_s, 3000}, {u"times"_s, 1}}));
    const auto before = m_sandbox.requestsTo(u"/token"_s).size();
    QProcess process;
    m_home->start(process, {u"token"_s, u"-f"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_sandbox.requestsTo(u"/token"_s).size() > before, 30'000);
    QCOMPARE(::kill(pid_t(process.processId()), SIGINT), 0);
    QVERIFY(process.waitForFinished(15'000));
    QCOMPARE(process.exitCode(), 130);
    QVERIFY(process.readAllStandardOutput().isEmpty());
    const auto said = process.readAllStandardError();
    QVERIFY2(said.indexOf("Waiting for the provider's answer") > said.indexOf("Interrupted."), said.constData());
    QVERIFY2(said.contains("Ctrl+C ends it at once"), said.constData());
    // The old refresh token is spent; the new one was saved, so that the next refresh works.
    const auto run = token({u"-f"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
}

void TestTokenFailures::aSecondCtrlCEndsAtOnce()
{
    QVERIFY(m_sandbox.setHook(u"tokenResponse"_s, QJsonObject{{u"delayMs"_s, 20'000}, {u"times"_s, 1}}));
    const auto before = m_sandbox.requestsTo(u"/token"_s).size();
    QProcess process;
    m_home->start(process, {u"token"_s, u"-f"_s});
    QTRY_VERIFY_WITH_TIMEOUT(m_sandbox.requestsTo(u"/token"_s).size() > before, 30'000);
    QCOMPARE(::kill(pid_t(process.processId()), SIGINT), 0);
    QByteArray said;
    QTRY_VERIFY_WITH_TIMEOUT((said += process.readAllStandardError()).contains("Waiting for the provider"), 10'000);
    QCOMPARE(process.state(), QProcess::Running);
    QCOMPARE(::kill(pid_t(process.processId()), SIGINT), 0);
    QVERIFY(process.waitForFinished(5'000));
    QCOMPARE(process.exitStatus(), QProcess::CrashExit); // by the signal, as a shell expects it
}

void TestTokenFailures::timeoutIsExit124AndTheStoreIsWhole()
{
    // Longer than any wait that does not go by request_timeout, 30 s, would be.
    QVERIFY(m_sandbox.setHook(u"tokenResponse"_s, QJsonObject{{u"delayMs"_s, 11'500}, {u"times"_s, 1}}));
    const auto run = token({u"-f"_s, u"--timeout"_s, u"500ms"_s, u"-o"_s, u"json"_s});
    QVERIFY2(run.exitCode == 124, run.err.constData());
    QCOMPARE(run.error()[u"code"].toString(), u"timed_out"_s);
    const auto again = token({u"-f"_s});
    QVERIFY2(again.exitCode == 0, again.err.constData());
}

void TestTokenFailures::aSealedStoreTakesItsPassphraseFromEverywhere()
{
    const Environment sealed{{u"COUNTERSIGN_STORE"_s, u"file:"_s + m_home->path(u"sealed/tokens"_s)},
                             {u"PASSWORD_FOR_TEST"_s, u"correct horse"_s}};
    const auto login =
        QStringList{u"login"_s, u"--browser"_s, CliHome::browser(), u"--secret-env"_s, u"PASSWORD_FOR_TEST"_s};
    const auto run = m_home->run(login, {}, sealed);
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QCOMPARE(token({u"--secret-env"_s, u"PASSWORD_FOR_TEST"_s}, sealed).exitCode, 0);
    QCOMPARE(m_home->run({u"token"_s, u"--secret-stdin"_s}, "correct horse\nrest", sealed).exitCode, 0);
    QCOMPARE(m_home->run({u"token"_s, u"--secret-fd"_s, u"0"_s}, "correct horse\n", sealed).exitCode, 0);
    const auto wrong = m_home->run({u"token"_s, u"--secret-stdin"_s, u"-o"_s, u"json"_s}, "wrong horse\n", sealed);
    QVERIFY2(wrong.exitCode == 30, wrong.err.constData());
    QCOMPARE(wrong.error()[u"reason"].toString(), u"passphrase_wrong"_s);
    auto environment = m_home->environment();
    environment.insert(sealed);
    const auto asked = runOnTerminal({u"token"_s, u"--show"_s}, environment, "Passphrase", "correct horse\n");
    QVERIFY2(asked.exitCode == 0, asked.out.constData());
    QVERIFY2(!asked.out.contains("correct horse"), "nothing is echoed");
    QVERIFY(asked.out.contains("eyJ"));
    const auto stopped = runOnTerminal({u"token"_s}, environment, "Passphrase", "corr\x03");
    QCOMPARE(stopped.exitCode, 130);
    const auto terminated = runOnTerminal({u"token"_s}, environment, "Passphrase", QByteArray(), SIGTERM);
    QVERIFY2(terminated.exitCode == 143, terminated.out.constData());
    const auto late = runOnTerminal({u"token"_s, u"--timeout"_s, u"300ms"_s}, environment);
    QVERIFY2(late.exitCode == 124 && late.out.contains("Passphrase"), late.out.constData());
    QCOMPARE(token({u"--no-interaction"_s}, sealed).exitCode, 30);
    QProcess alone;
#ifndef Q_OS_WIN
    alone.setChildProcessModifier([] { ::setsid(); }); // without a terminal to ask at
#endif
    m_home->start(alone, {u"token"_s}, sealed);
    QVERIFY(alone.waitForFinished());
    QCOMPARE(alone.exitCode(), 30);
}

void TestTokenFailures::anAnswerThatCannotBeWrittenIsAFailure()
{
    if (!QFile::exists(u"/dev/full"_s))
        QSKIP("there is no /dev/full here");
    QProcess process;
    process.setStandardOutputFile(u"/dev/full"_s);
    m_home->start(process, {u"token"_s});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 1);
    QVERIFY(process.readAllStandardError().contains("Standard output"));
}

QTEST_GUILESS_MAIN(TestTokenFailures)
#include "tst_tokenfailures.moc"

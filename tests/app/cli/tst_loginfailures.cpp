// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sandboxtest.h"
#include "terminalprocess.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <csignal>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestLoginFailures : public SandboxTest
{
    Q_OBJECT

private Q_SLOTS:
    void someoneElseIsNotStored();

    void eachFailureHasItsMessageAndItsExitAndTheStoreStays_data();
    void eachFailureHasItsMessageAndItsExitAndTheStoreStays();
    void aWrongIssuerStandsBesideTheRightOne();
    void aMissingKeychainIsSaid();
    void aLockedKeychainIsSaid();
    void ctrlCEndsTheWaitAndLeavesTheStore();
    void noInteractionOpensNothing();
    void offlineSendsNothing_data();
    void offlineSendsNothing();
    void aSecretInTheArgumentsIsRefused();
    void noSecretIsInTheLog();
    void aNameThatIsTakenIsRefusedBeforeTheSignIn();
    void aNewcomerIsToldTheFirstSteps();
    void whatIsNoChallengeExitsWith40();
};

void TestLoginFailures::someoneElseIsNotStored()
{
    QCOMPARE(m_home->signIn(m_sandbox.issuer()).exitCode, 0);
    const auto before = m_home->storeBytes();
    QVERIFY(m_sandbox.approveAs(u"grace"_s));
    const auto run = m_home->signIn(m_sandbox.issuer(), {u"-a"_s, u"ada@countersign.example"_s, u"-o"_s, u"json"_s});
    QCOMPARE(run.error()[u"reason"].toString(), u"wrong_account"_s);
    QCOMPARE(run.exitCode, 43);
    QCOMPARE(m_home->storeBytes(), before);
}

void TestLoginFailures::eachFailureHasItsMessageAndItsExitAndTheStoreStays_data()
{
    QTest::addColumn<QString>("hook");
    QTest::addColumn<QJsonObject>("program");
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QString>("reason");
    const auto set = [](const QString &name, const QJsonValue &value) {
        return QJsonObject{{u"set"_s, QJsonObject{{name, value}}}};
    };
    const QStringList browser{u"--browser"_s, CliHome::browser()};
    QTest::newRow("the person declines") << u"authorizationResponse"_s
                                         << QJsonObject{{u"set"_s, QJsonObject{{u"error"_s, u"access_denied"_s}}},
                                                        {u"remove"_s, QJsonArray{u"code"_s}}}
                                         << browser << 12 << QString();
    QTest::newRow("the provider refuses the client")
        << u"tokenResponse"_s << QJsonObject{{u"status"_s, 401}, {u"body"_s, u"{\"error\":\"invalid_client\"}"_s}}
        << browser << 13 << QString();
    QTest::newRow("the provider is busy")
        << u"tokenResponse"_s << QJsonObject{{u"status"_s, 503}, {u"body"_s, u"{}"_s}} << browser << 22 << QString();
    QTest::newRow("the connection breaks")
        << u"tokenResponse"_s << QJsonObject{{u"drop"_s, u"before"_s}} << browser << 20 << u"connection_lost"_s;
    QTest::newRow("the metadata names another issuer") << u"discovery"_s << set(u"issuer"_s, u"https://evil.example"_s)
                                                       << browser << 4 << u"discovery_issuer_mismatch"_s;
    QTest::newRow("the redirect carries another state")
        << QString() << QJsonObject()
        << QStringList{u"--browser"_s, CliHome::browser(u"--wrong-state"_s), u"--timeout"_s, u"8s"_s} << 43
        << u"state_mismatch"_s;
    QTest::newRow("the ID token is forged")
        << u"idTokenSignature"_s << QJsonObject{{u"signature"_s, u"xor"_s}} << browser << 41 << u"signature_invalid"_s;
    QTest::newRow("the ID token is for somebody else")
        << u"idTokenClaims"_s << set(u"aud"_s, u"another-app"_s) << browser << 43 << u"audience_mismatch"_s;
    QTest::newRow("the ID token is of another sign-in")
        << u"idTokenClaims"_s << set(u"nonce"_s, u"another"_s) << browser << 43 << u"nonce_mismatch"_s;
    QTest::newRow("the ID token is expired")
        << u"idTokenClaims"_s << set(u"exp"_s, 1000000000) << browser << 42 << u"token_time"_s;
    QTest::newRow("the browser is closed")
        << QString() << QJsonObject()
        << QStringList{u"--browser"_s, CliHome::browser(u"--closed"_s), u"--timeout"_s, u"2s"_s} << 124 << QString();
    QTest::newRow("the browser cannot be started")
        << QString() << QJsonObject() << QStringList{u"--browser"_s, u"/nowhere/browser"_s} << 2
        << u"browser_not_opened"_s;
    QTest::newRow("the browser with a space in its path cannot be started")
        << QString() << QJsonObject() << QStringList{u"--browser"_s, u"/no such/x"_s} << 2 << u"browser_not_opened"_s;
    QTest::newRow("the person declines on another device")
        << u"tokenResponse"_s << QJsonObject{{u"status"_s, 400}, {u"body"_s, u"{\"error\":\"access_denied\"}"_s}}
        << QStringList{u"--via"_s, u"device"_s} << 12 << QString();
    QTest::newRow("the code of the other device expires")
        << u"tokenResponse"_s << QJsonObject{{u"status"_s, 400}, {u"body"_s, u"{\"error\":\"expired_token\"}"_s}}
        << QStringList{u"--via"_s, u"device"_s} << 124 << u"code_expired"_s;
}

void TestLoginFailures::eachFailureHasItsMessageAndItsExitAndTheStoreStays()
{
    QFETCH(QString, hook);
    QFETCH(QJsonObject, program);
    QFETCH(QStringList, arguments);
    QFETCH(int, exitCode);
    QFETCH(QString, reason);
    QCOMPARE(m_home->signIn(m_sandbox.issuer()).exitCode, 0);
    const auto before = m_home->storeBytes();
    if (!hook.isEmpty())
        QVERIFY(m_sandbox.setHook(hook, program));
    // What an earlier row learned of the provider must not hide what this one says.
    const Environment fresh{{u"XDG_CACHE_HOME"_s, m_home->path(QString::fromUtf8(QTest::currentDataTag()))}};
    const auto words = QStringList{u"login"_s} + CliHome::provider(m_sandbox.issuer()) + arguments;
    const auto run = m_home->run(words + QStringList{u"-o"_s, u"json"_s}, {}, fresh);
    QVERIFY2(run.exitCode == exitCode, QByteArray(QByteArray::number(run.exitCode) + ' ' + run.err).constData());
    QVERIFY2(run.out.isEmpty(), run.out.constData());
    const auto error = run.error();
    QCOMPARE(error[u"schema"].toString(), u"countersign.error/1"_s);
    QCOMPARE(error[u"exit"].toInt(), exitCode);
    if (!reason.isEmpty())
        QCOMPARE(error[u"reason"].toString(), reason);
    QVERIFY(error[u"message"].toString().size() > 10);
    if (reason == "browser_not_opened"_L1)
        QVERIFY2(error[u"message"].toString().contains(arguments.last()), "the whole program is named");
    QVERIFY2(!error[u"fixes"].toArray().isEmpty(), "every failure says what to do");
    QCOMPARE(m_home->storeBytes(), before);
    QVERIFY2(!run.err.contains("eyJ"), "no token in an error");
}

void TestLoginFailures::aWrongIssuerStandsBesideTheRightOne()
{
    QVERIFY(m_sandbox.setHook(u"discovery"_s, QJsonObject{{u"set"_s, QJsonObject{{u"issuer"_s, u"https://evil"_s}}}}));
    const auto run = m_home->run(QStringList{u"login"_s} + CliHome::provider(m_sandbox.issuer()), {},
                                 {{u"XDG_CACHE_HOME"_s, m_home->path(u"nothing-known"_s)}});
    QCOMPARE(run.exitCode, 4);
    const auto issuer = m_sandbox.issuer().toUtf8();
    QVERIFY2(run.err.contains(QByteArray("Expected: " + issuer + ". It is: https://evil.")), run.err.constData());
    QVERIFY2(
        run.err.contains(QByteArray("countersign profile test --issuer " + issuer + " --client-id sandbox-native")),
        run.err.constData());
}

void TestLoginFailures::aMissingKeychainIsSaid()
{
    const auto run = m_home->run(
        QStringList{u"login"_s, u"--browser"_s, CliHome::browser(), u"-o"_s, u"json"_s}
            + CliHome::provider(m_sandbox.issuer()),
        {}, {{u"COUNTERSIGN_STORE"_s, u"keychain"_s}, {u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s}});
    QVERIFY2(run.exitCode == 31, run.err.constData());
    QCOMPARE(run.error()[u"reason"].toString(), u"store_missing"_s);
    QCOMPARE(run.error()[u"fixes"][0][u"command"].toString(), u"countersign config set store file:"_s);
}

void TestLoginFailures::aLockedKeychainIsSaid()
{
    // Never the session's own keyring: others use it.
    const auto script =
        u"printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null || exit 77\n"
        "\"$0\" login --browser \"$1\" --issuer \"$2\" --client-id sandbox-native >/dev/null || exit 78\n"
        "gdbus call --session --dest org.freedesktop.secrets --object-path /org/freedesktop/secrets "
        "--method org.freedesktop.Secret.Service.Lock "
        "\"['/org/freedesktop/secrets/aliases/default']\" >/dev/null || exit 79\n"
        "\"$0\" token --no-interaction -o json --issuer \"$2\" --client-id sandbox-native"_s;
    const QTemporaryDir home;
    auto variables = QProcessEnvironment::systemEnvironment();
    variables.remove(u"CI"_s); // it would forbid the sign-in that has to come first
    auto environment = m_home->environment();
    environment.insert({{u"HOME"_s, home.path()},
                        {u"XDG_DATA_HOME"_s, home.filePath(u"data"_s)},
                        {u"XDG_RUNTIME_DIR"_s, home.path()},
                        {u"XDG_CURRENT_DESKTOP"_s, u"none"_s},
                        {u"COUNTERSIGN_STORE"_s, u"keychain"_s}});
    for (auto it = environment.begin(); it != environment.end(); ++it)
        variables.insert(it.key(), it.value());
    QProcess session;
    session.setProcessEnvironment(variables);
    session.start(u"dbus-run-session"_s,
                  {u"--"_s, u"sh"_s, u"-c"_s, script, qEnvironmentVariable("COUNTERSIGN_BIN_DIR") + u"/countersign"_s,
                   CliHome::browser(), m_sandbox.issuer()});
    if (!session.waitForStarted())
        QSKIP("there is no dbus-run-session here");
    QVERIFY(session.waitForFinished(60'000));
    if (session.exitCode() == 77)
        QSKIP("there is no gnome-keyring-daemon here");
    const auto said = session.readAllStandardError();
    QVERIFY2(session.exitCode() == 30, said.constData());
    QVERIFY2(said.contains("\"reason\":\"store_locked\""), said.constData());
    QVERIFY(session.readAllStandardOutput().isEmpty());
}

void TestLoginFailures::noSecretIsInTheLog()
{
    const auto login = m_home->signIn(m_sandbox.issuer(), {u"-v"_s});
    QCOMPARE(login.exitCode, 0);
    QVERIFY(login.err.contains("countersign.http"));
    auto secrets = m_home->storedSecrets();
    QCOMPARE(secrets.size(), 3);
    const auto token = m_home->run(QStringList{u"token"_s, u"-f"_s, u"-v"_s} + CliHome::provider(m_sandbox.issuer()));
    QCOMPARE(token.exitCode, 0);
    secrets += m_home->storedSecrets();
    QCOMPARE(secrets.size(), 6);
    QVERIFY2(QSet<QByteArray>(secrets.begin(), secrets.end()).size() >= 5, "the refresh replaced the login's tokens");
    for (const auto &secret : std::as_const(secrets)) {
        QVERIFY(secret.size() > 20);
        QVERIFY(!login.err.contains(secret) && !token.err.contains(secret));
    }
    const auto codes = m_sandbox.requestsTo(u"/token"_s);
    for (const auto &request : codes) {
        for (const auto &name : {u"code"_s, u"code_verifier"_s, u"refresh_token"_s}) {
            const auto value = request[u"form"][name].toString().toUtf8();
            QVERIFY(value.isEmpty() || (!login.err.contains(value) && !token.err.contains(value)));
        }
    }
}

void TestLoginFailures::aNameThatIsTakenIsRefusedBeforeTheSignIn()
{
    QCOMPARE(m_home->signIn(m_sandbox.issuer(), {u"--save"_s, u"demo"_s}).exitCode, 0);
    QVERIFY(m_sandbox.clearLog());
    const auto other = m_home->run(
        {u"login"_s, u"--issuer"_s, u"https://op.example"_s, u"--client-id"_s, u"app"_s, u"--save"_s, u"demo"_s});
    QCOMPARE(other.exitCode, 2);
    QVERIFY2(other.err.contains("There is a profile 'demo' already"), other.err.constData());
    QCOMPARE(m_home->signIn(m_sandbox.issuer(), {u"--save"_s, u"a/b"_s}).exitCode, 2);
    QVERIFY(m_sandbox.log().isEmpty());
}

void TestLoginFailures::aNewcomerIsToldTheFirstSteps()
{
    for (const auto &verb : {u"login"_s, u"token"_s}) {
        const auto run = m_home->run({verb});
        QCOMPARE(run.exitCode, 3);
        QVERIFY2(run.err.contains("countersign sandbox start"), run.err.constData());
    }
}

void TestLoginFailures::ctrlCEndsTheWaitAndLeavesTheStore()
{
    for (const auto &[number, exitCode] : {std::pair{SIGINT, 130}, std::pair{SIGTERM, 143}}) {
        QProcess process;
        m_home->start(process, QStringList{u"login"_s, u"--no-open"_s} + CliHome::provider(m_sandbox.issuer()));
        QByteArray said;
        QVERIFY2(waitForAddress(process, said), said.constData());
        const auto redirect = QUrl(parameter(addressIn(said), u"redirect_uri"_s));
        QElapsedTimer clock;
        clock.start();
        QCOMPARE(::kill(pid_t(process.processId()), number), 0);
        QVERIFY(process.waitForFinished(10'000));
        QCOMPARE(process.exitCode(), exitCode);
        QVERIFY2(!QFile::exists(m_home->storePath()), "nothing was stored");
        QCOMPARE(httpCall("GET", redirect).status, 0); // nothing listens any more
    }
}

void TestLoginFailures::noInteractionOpensNothing()
{
    QVERIFY(m_sandbox.clearLog());
    const auto run = m_home->signIn(m_sandbox.issuer(), {u"--no-interaction"_s});
    QCOMPARE(run.exitCode, 10);
    const auto inCi =
        m_home->run(QStringList{u"login"_s} + CliHome::provider(m_sandbox.issuer()), {}, {{u"CI"_s, u"true"_s}});
    QCOMPARE(inCi.exitCode, 10);
    QVERIFY(m_sandbox.log().isEmpty());
}

void TestLoginFailures::offlineSendsNothing_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("browser") << QStringList{u"--browser"_s, CliHome::browser()};
    QTest::newRow("printed address") << QStringList{u"--via"_s, u"browser"_s, u"--no-open"_s};
    QTest::newRow("device") << QStringList{u"--via"_s, u"device"_s};
}

void TestLoginFailures::offlineSendsNothing()
{
    QFETCH(QStringList, arguments);
    QVERIFY(m_sandbox.clearLog());
    const auto given = login(arguments + QStringList{u"--offline"_s, u"--timeout"_s, u"10s"_s});
    QVERIFY2(given.exitCode == 20, given.err.constData());
    QVERIFY2(given.err.contains("--offline is on: leave it out"), given.err.constData());
    QCOMPARE(m_home->run({u"config"_s, u"set"_s, u"offline"_s, u"on"_s}).exitCode, 0);
    const auto set = login(arguments + QStringList{u"--timeout"_s, u"10s"_s});
    QCOMPARE(m_home->run({u"config"_s, u"unset"_s, u"offline"_s}).exitCode, 0);
    QVERIFY2(set.exitCode == 20, set.err.constData());
    QVERIFY2(set.err.contains("--offline") && set.err.contains("countersign config set offline off"),
             set.err.constData());
    QVERIFY(m_sandbox.log().isEmpty());
    QVERIFY2(!QFile::exists(m_home->storePath()), "nothing was stored");
}

void TestLoginFailures::aSecretInTheArgumentsIsRefused()
{
    for (const auto &word : {u"--client-secret=hunter2"_s, u"--password"_s, u"--refresh-token"_s}) {
        const auto run = login({word, u"hunter2"_s});
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.err.contains("list of processes"));
        QVERIFY(!run.err.contains("hunter2"));
    }
}

void TestLoginFailures::whatIsNoChallengeExitsWith40()
{
    const auto run = m_home->run(QStringList{u"login"_s, u"--claims-challenge"_s, u"-"_s, u"-o"_s, u"json"_s}
                                     + CliHome::provider(m_sandbox.issuer()),
                                 "hello world");
    QVERIFY2(run.exitCode == 40, run.err.constData());
}

QTEST_GUILESS_MAIN(TestLoginFailures)
#include "tst_loginfailures.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clihome.h"
#include "terminalprocess.h"

#include "support/sandboxprocess.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

#include <algorithm>

#ifndef Q_OS_WIN
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace CountersignTest;
using namespace Qt::StringLiterals;

//! What people and programs get to see of a sign-in besides its token.
class TestTraceOptions : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void theTraceIsAHarWithoutASecret();
    void aFailureIsTracedToo();
    void whatComesBeforeACommandIsTracedToo();
    void aTraceThatCannotBeWrittenIsSaidBeforeAnythingIsSent();
    void theLogCanBeJson();
    void thePersonIsToldWhoAsks();
    void aParentWindowIsANumber_data();
    void aParentWindowIsANumber();
#ifndef Q_OS_WIN
    void aPipeIsWrittenToAndNotReplaced_data();
    void aPipeIsWrittenToAndNotReplaced();
    void aDeviceIsNoConfigurationToChange();
    void noProviderMovesTheCursor_data();
    void noProviderMovesTheCursor();
#endif

private:
    CliRun run(const QStringList &arguments) const
    {
        return m_home->run(arguments);
    }
    //! Every value that was secret in what the provider got and in what the store holds.
    QList<QByteArray> secrets() const;

    SandboxProcess m_sandbox;
    std::unique_ptr<CliHome> m_home;
};

void TestTraceOptions::initTestCase()
{
    QVERIFY2(m_sandbox.start({u"--approve"_s, u"ada"_s, u"--device-interval"_s, u"1"_s}),
             qPrintable(m_sandbox.problem()));
}

void TestTraceOptions::init()
{
    m_home = std::make_unique<CliHome>();
    QVERIFY(m_sandbox.clearLog());
}

void TestTraceOptions::cleanup()
{
    QVERIFY(m_sandbox.clearHooks());
}

QList<QByteArray> TestTraceOptions::secrets() const
{
    auto found = m_home->storedSecrets();
    for (const auto &request : m_sandbox.requestsTo(u"/token"_s)) {
        for (const auto &name : {u"code"_s, u"code_verifier"_s, u"refresh_token"_s})
            found.append(request[u"form"][name].toString().toUtf8());
    }
    found.removeAll(QByteArray());
    return found;
}

void TestTraceOptions::theTraceIsAHarWithoutASecret() // HAR 1.2
{
    const auto path = m_home->path(u"trace.har"_s);
    const auto login = m_home->signIn(m_sandbox.issuer(), {u"--trace"_s, path});
    QVERIFY2(login.exitCode == 0, login.err.constData());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto text = file.readAll();
    const auto log = QJsonDocument::fromJson(text)[u"log"].toObject();
    QCOMPARE(log[u"version"].toString(), u"1.2"_s);
    QStringList purposes;
    for (const auto &entry : log[u"entries"].toArray()) {
        purposes.append(entry[u"_purpose"].toString());
        QVERIFY(entry[u"startedDateTime"].toString().endsWith(u'Z'));
        QCOMPARE(entry[u"response"][u"status"].toInt(), 200);
        QVERIFY(entry[u"request"].isObject() && entry[u"timings"].isObject() && entry[u"cache"].isObject());
    }
    QVERIFY(purposes.contains(u"discovery"_s) && purposes.contains(u"token"_s));
    QVERIFY(secrets().size() >= 5);
    for (const auto &secret : secrets())
        QVERIFY2(!text.contains(secret), secret.constData());
#ifndef Q_OS_WIN
    QCOMPARE(QFileInfo(path).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
#endif
}

void TestTraceOptions::whatComesBeforeACommandIsTracedToo()
{
    QCOMPARE(m_home->signIn(m_sandbox.issuer(), {u"--save"_s, u"demo"_s}).exitCode, 0);
    const auto path = m_home->path(u"env.har"_s);
    const auto run = m_home->run({u"env"_s, u"--min-ttl"_s, u"2h"_s, u"--trace"_s, path, u"--"_s, u"true"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("/sandbox/token"));
}

void TestTraceOptions::aFailureIsTracedToo()
{
    const auto path = m_home->path(u"trace.har"_s);
    QVERIFY(m_sandbox.setHook(u"tokenResponse"_s,
                              QJsonObject{{u"status"_s, 400}, {u"body"_s, u"{\"error\":\"invalid_client\"}"_s}}));
    QCOMPARE(m_home->signIn(m_sandbox.issuer(), {u"--trace"_s, path}).exitCode, 13);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const auto entries = QJsonDocument::fromJson(file.readAll())[u"log"][u"entries"].toArray();
    QCOMPARE(entries.last()[u"response"][u"status"].toInt(), 400);
    QCOMPARE(entries.last()[u"_oauthError"].toString(), u"invalid_client"_s);
}

void TestTraceOptions::aTraceThatCannotBeWrittenIsSaidBeforeAnythingIsSent()
{
    const auto login = m_home->signIn(m_sandbox.issuer(), {u"--trace"_s, u"/nowhere/at/all.har"_s});
    QCOMPARE(login.exitCode, 2);
    QVERIFY(login.out.isEmpty());
    QVERIFY(m_sandbox.log().isEmpty());
    QVERIFY(m_home->storeBytes().isEmpty());
}

void TestTraceOptions::theLogCanBeJson()
{
    const auto login = m_home->signIn(m_sandbox.issuer(), {u"-v"_s, u"--log-format"_s, u"json"_s, u"-q"_s});
    QVERIFY2(login.exitCode == 0, login.err.constData());
    int lines = 0;
    for (const auto &line : login.err.trimmed().split('\n')) {
        const auto entry = QJsonDocument::fromJson(line).object();
        QVERIFY2(entry[u"schema"].toString() == u"countersign.log/1"_s, line.constData());
        QVERIFY(!entry[u"category"].toString().isEmpty() && !entry[u"level"].toString().isEmpty());
        ++lines;
    }
    QVERIFY(lines > 2);
    for (const auto &secret : secrets())
        QVERIFY2(!login.err.contains(secret), secret.constData());
}

void TestTraceOptions::thePersonIsToldWhoAsks()
{
    const auto login = m_home->signIn(m_sandbox.issuer(), {u"--caller"_s, u"deploy.sh\x1b[31m\nof the team"_s});
    QVERIFY2(login.exitCode == 0, login.err.constData());
    QVERIFY2(login.err.contains("'deploy.sh\xef\xbf\xbd[31m of the team' asks you to sign in."), login.err.constData());
    QVERIFY(login.out.isEmpty() || !login.out.contains("deploy.sh"));
    const auto device = run(QStringList{u"login"_s, u"--via"_s, u"device"_s, u"--caller"_s, u"deploy.sh"_s}
                            + CliHome::provider(m_sandbox.issuer()));
    QVERIFY2(device.err.contains("'deploy.sh' asks you to sign in."), device.err.constData());
}

void TestTraceOptions::aParentWindowIsANumber_data()
{
    QTest::addColumn<QString>("number");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("as xdotool says it") << u"62914567"_s << 0;
    QTest::newRow("as xwininfo says it") << u"0x3c00007"_s << 0;
    QTest::newRow("no number") << u"root"_s << 2;
    QTest::newRow("nothing") << QString() << 2;
}

void TestTraceOptions::aParentWindowIsANumber()
{
    QFETCH(const QString, number);
    QFETCH(const int, exitCode);
    QCOMPARE(run({u"version"_s, u"--parent-window"_s, number}).exitCode, exitCode);
}

#ifndef Q_OS_WIN
void TestTraceOptions::aPipeIsWrittenToAndNotReplaced_data()
{
    QTest::addColumn<QString>("option");
    QTest::newRow("the error") << u"--error-file"_s;
    QTest::newRow("the trace") << u"--trace"_s;
}

//! As root, a device like /dev/null would be replaced in the same way.
void TestTraceOptions::aPipeIsWrittenToAndNotReplaced()
{
    QFETCH(const QString, option);
    const auto path = m_home->path(u"pipe"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(path).constData(), 0600), 0);
    const auto isPipe = [&path] {
        struct stat status = {};
        return ::lstat(QFile::encodeName(path).constData(), &status) == 0 && S_ISFIFO(status.st_mode);
    };
    const auto alone = run({u"token"_s, option, path}); // nobody reads: that is said and not waited for
    QVERIFY2(alone.exitCode == 2 || alone.exitCode == 3, alone.err.constData());
    QVERIFY2(alone.err.contains("could not be written"), alone.err.constData());
    QVERIFY(isPipe());
    const int reader = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK);
    QVERIFY(reader >= 0);
    QCOMPARE(run({u"token"_s, option, path}).exitCode, 3);
    QByteArray got(8192, '\0');
    got.resize(std::max<qsizetype>(0, ::read(reader, got.data(), static_cast<size_t>(got.size()))));
    ::close(reader);
    QVERIFY2(got.startsWith('{'), got.constData());
    QVERIFY(isPipe());
}

void TestTraceOptions::aDeviceIsNoConfigurationToChange() // GIT_CONFIG_GLOBAL=/dev/null is how one has none
{
    const auto pipe = m_home->path(u"gitconfig"_s);
    QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
    const auto configured = m_home->run({u"configure"_s, u"git"_s, u"--host"_s, u"git.example"_s, u"--issuer"_s,
                                         u"https://op.example"_s, u"--client-id"_s, u"x"_s, u"--timeout"_s, u"20s"_s},
                                        {}, {{u"GIT_CONFIG_GLOBAL"_s, pipe}});
    QVERIFY2(configured.exitCode > 0 && configured.err.contains("no file"), configured.err.constData());
}

void TestTraceOptions::noProviderMovesTheCursor_data()
{
    QTest::addColumn<QString>("hook");
    QTest::addColumn<QJsonObject>("program");
    QTest::addColumn<QStringList>("arguments");
    const auto evil = u"a\x1b[31mb\u009b2Jc\u202ed"_s;
    const auto set = [](const QJsonObject &values) { return QJsonObject{{u"set"_s, values}}; };
    const QStringList browser{u"--browser"_s, CliHome::browser()};
    const QStringList device{u"--via"_s, u"device"_s, u"--timeout"_s, u"3s"_s};
    QTest::newRow("RFC 6749 5.2, error_description")
        << u"tokenResponse"_s
        << QJsonObject{{u"status"_s, 400},
                       {u"body"_s,
                        QString::fromUtf8(QJsonDocument(QJsonObject{{u"error"_s, u"invalid_client"_s},
                                                                    {u"error_description"_s, evil}})
                                              .toJson())}}
        << browser;
    QTest::newRow("RFC 6749 4.1.2.1, in the redirect")
        << u"authorizationResponse"_s
        << QJsonObject{{u"set"_s, QJsonObject{{u"error"_s, u"access_denied"_s}, {u"error_description"_s, evil}}},
                       {u"remove"_s, QJsonArray{u"code"_s}}}
        << browser;
    QTest::newRow("RFC 8628 3.2, user_code") << u"deviceAuthorization"_s << set({{u"user_code"_s, evil}}) << device;
    QTest::newRow("a name") << u"idTokenClaims"_s << set({{u"name"_s, evil}, {u"preferred_username"_s, evil}})
                            << browser;
}

void TestTraceOptions::noProviderMovesTheCursor()
{
    QFETCH(const QString, hook);
    QFETCH(const QJsonObject, program);
    QFETCH(const QStringList, arguments);
    QVERIFY(m_sandbox.setHook(hook, program));
    for (const auto &format : {u"text"_s, u"json"_s}) {
        const auto shown =
            runOnTerminal(QStringList{u"login"_s, u"-o"_s, format} + arguments + CliHome::provider(m_sandbox.issuer()),
                          m_home->environment());
        for (const auto *bad : {"\x1b[31m", "\xc2\x9b", "\xe2\x80\xae"})
            QVERIFY2(!shown.out.contains(bad), shown.out.toPercentEncoding(" \n").constData());
        QVERIFY2(shown.out.contains("[31m"), shown.out.toPercentEncoding(" \n").constData()); // it was there
    }
}
#endif

QTEST_GUILESS_MAIN(TestTraceOptions)
#include "tst_traceoptions.moc"

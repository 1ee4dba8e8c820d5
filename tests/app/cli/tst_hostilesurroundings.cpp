// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Files, streams and words that mean no good: nothing hangs, nothing is believed, nothing is lost without a word.
#include "clihome.h"

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtTest/QTest>

#ifndef Q_OS_WIN
#include <csignal>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestHostileSurroundings : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<CliHome>();
        QCOMPARE(m_home
                     ->run({u"profile"_s, u"add"_s, u"work"_s, u"--issuer"_s, u"https://op.example"_s, u"--client-id"_s,
                            u"app"_s})
                     .exitCode,
                 0);
    }

    void noConfigurationGetsALineThatNobodyWrote_data()
    {
        QTest::addColumn<QStringList>("arguments");
        const QStringList git{u"git"_s, u"--host"_s, u"git.example.com"_s};
        const auto evil = u"a\n[core]\n\tsshCommand = evil"_s;
        QTest::newRow("git: user name") << (git + QStringList{u"--username"_s, evil});
        QTest::newRow("git: account") << (git + QStringList{u"--account"_s, evil});
        QTest::newRow("git: scope") << (git + QStringList{u"--scope"_s, u"a\nb"_s});
        QTest::newRow("git: resource") << (git + QStringList{u"--resource"_s, evil});
        QTest::newRow("git: audience") << (git + QStringList{u"--audience"_s, u"a\rb"_s});
        QTest::newRow("git: store") << (git + QStringList{u"--store"_s, u"msal:a\nb"_s});
        QTest::newRow("kubectl: account") << QStringList{u"kubernetes"_s, u"--account"_s, evil, u"--print"_s};
        QTest::newRow("kubectl: server") << QStringList{u"kubernetes"_s, u"--server-id"_s, u"a\x1b[2J"_s, u"--print"_s};
    }
    void noConfigurationGetsALineThatNobodyWrote()
    {
        QFETCH(const QStringList, arguments);
        const auto run = m_home->run(QStringList{u"configure"_s} + arguments);
        QVERIFY2(run.exitCode == 2, run.out.constData());
        QVERIFY(run.out.isEmpty());
        QVERIFY2(run.err.contains("control character"), run.err.constData());
        QVERIFY(!QFile::exists(m_home->path(u"home/.gitconfig"_s)));
    }

#ifndef Q_OS_WIN
    void withoutAHomeTheUserDatabaseSaysWhereThingsAre_data()
    {
        QTest::addColumn<QString>("home");
        QTest::newRow("empty") << QString();
        QTest::newRow("relative") << u"rel"_s;
    }
    void withoutAHomeTheUserDatabaseSaysWhereThingsAre()
    {
        QFETCH(const QString, home);
        const auto *const entry = ::getpwuid(::geteuid()); // NOLINT(concurrency-mt-unsafe) one thread
        QVERIFY(entry);
        const auto run = runCli({u"config"_s, u"path"_s, u"-o"_s, u"json"_s}, {},
                                {{u"HOME"_s, home},
                                 {u"XDG_CONFIG_HOME"_s, home},
                                 {u"COUNTERSIGN_PROFILES"_s, QString()},
                                 {u"COUNTERSIGN_SETTINGS"_s, QString()}});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(run.json()[u"profiles"].toString(),
                 QString(QFile::decodeName(entry->pw_dir) + u"/.config/countersign/profiles.json"_s));
    }
#endif

    void aHelperIsFoundFromEveryFolder()
    {
        const auto run = m_home->run({u"configure"_s, u"git"_s, u"--host"_s, u"git.example.com"_s, u"--store"_s,
                                      u"msal:tokens.json"_s, u"--print"_s});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QVERIFY2(run.out.contains("--store msal:/"), run.out.constData());
    }

#ifndef Q_OS_WIN
    void aPipeIsWaitedForNoLongerThanAllowed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("authorities") << QStringList{u"token"_s, u"--ca-file"_s, u"PIPE"_s} << 2;
        QTest::newRow("a policy") << QStringList{u"verify"_s, u"a.b.c"_s, u"--policy"_s, u"PIPE"_s} << 124;
        QTest::newRow("claims") << QStringList{u"login"_s, u"--claims"_s, u"@PIPE"_s} << 124;
        QTest::newRow("a challenge") << QStringList{u"token"_s, u"--claims-challenge"_s, u"@PIPE"_s} << 124;
        QTest::newRow("a key") << QStringList{u"jose"_s, u"verify"_s, u"--key"_s, u"PIPE"_s, u"x"_s} << 124;
        QTest::newRow("a profile") << QStringList{u"profile"_s, u"import"_s, u"PIPE"_s} << 124;
        QTest::newRow("a plain store") << QStringList{u"accounts"_s, u"--store"_s, u"msal:PIPE"_s} << 31;
        QTest::newRow("a kubeconfig") << QStringList{u"unconfigure"_s, u"kubernetes"_s, u"--kubeconfig"_s, u"PIPE"_s}
                                      << 31;
        QTest::newRow("the error") << QStringList{u"nonsense"_s, u"--error-file"_s, u"PIPE"_s} << 2;
    }
    void aPipeIsWaitedForNoLongerThanAllowed()
    {
        QFETCH(QStringList, arguments);
        QFETCH(const int, exitCode);
        const auto pipe = m_home->path(u"pipe"_s);
        QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        arguments.replaceInStrings(u"PIPE"_s, pipe);
        const auto run = m_home->run(arguments + QStringList{u"--timeout"_s, u"1s"_s});
        QVERIFY2(run.exitCode == exitCode, run.err.constData());
        QVERIFY(!run.err.isEmpty());
    }

    //! cli.md d.1 and issue 6: Ctrl+C ends with 130 and the JSON error, whatever is waited for.
    void aReadingThatIsInterruptedHasItsError_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("signal");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<bool>("ends"); // the input, too, at the same moment
        const std::pair<const char *, QStringList> rows[] = {
            {"a token", {u"inspect"_s, u"-"_s}},
            {"claims", {u"login"_s, u"--profile=work"_s, u"--claims"_s, u"-"_s}},
            {"a payload", {u"jose"_s, u"verify"_s, u"--key=/dev/stdin"_s, u"-"_s}},
            {"git's request", {u"credential"_s, u"git"_s, u"get"_s}},
            {"a passphrase", {u"accounts"_s, u"--store"_s, u"file:"_s, u"--secret-stdin"_s}}};
        for (const auto &[name, arguments] : rows) {
            QTest::addRow("%s, Ctrl+C", name) << arguments << SIGINT << 130 << false;
            QTest::addRow("%s, Ctrl+C for a whole pipeline", name) << arguments << SIGINT << 130 << true;
            QTest::addRow("%s, a termination", name) << arguments << SIGTERM << 143 << false;
        }
    }
    void aReadingThatIsInterruptedHasItsError()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, signal);
        QFETCH(const int, exitCode);
        QFETCH(const bool, ends);
        if (!QFile::exists(u"/proc/self/status"_s))
            QSKIP("only Linux says whether a program listens to signals");
        QProcess process;
        m_home->start(process, arguments + QStringList{u"-o"_s, u"json"_s});
        QVERIFY(process.waitForStarted());
        const auto pid = process.processId();
        QTRY_VERIFY_WITH_TIMEOUT(listensTo(signal, pid), 20'000);
        if (ends) {
            // Stopped, it finds both when it goes on.
            QCOMPARE(::kill(static_cast<pid_t>(pid), SIGSTOP), 0);
            process.closeWriteChannel();
        }
        QCOMPARE(::kill(static_cast<pid_t>(pid), signal), 0);
        QCOMPARE(::kill(static_cast<pid_t>(pid), SIGCONT), 0);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(process.exitCode(), exitCode);
        const auto error = CliRun{.exitCode = exitCode, .err = process.readAllStandardError()}.error();
        QCOMPARE(error[u"schema"].toString(), u"countersign.error/1"_s);
        QCOMPARE(error[u"exit"].toInt(), exitCode);
        QCOMPARE(process.readAllStandardOutput(), QByteArray());
    }

    void whatCannotBeShownIsNoSuccess_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("help") << QStringList{u"--help"_s};
        QTest::newRow("a verb's help") << QStringList{u"token"_s, u"--help"_s};
        QTest::newRow("the version") << QStringList{u"--version"_s};
        QTest::newRow("a list in lines") << QStringList{u"profile"_s, u"-o"_s, u"jsonl"_s};
        QTest::newRow("a change") << QStringList{u"configure"_s, u"git"_s, u"--host"_s, u"git.example.com"_s};
    }
    void whatCannotBeShownIsNoSuccess()
    {
        QFETCH(const QStringList, arguments);
        if (!QFile::exists(u"/dev/full"_s))
            QSKIP("there is no /dev/full here");
        QProcess process;
        process.setStandardOutputFile(u"/dev/full"_s);
        m_home->start(process, arguments);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 1);
        QVERIFY(process.readAllStandardError().contains("Standard output"));
        QVERIFY2(!QFile::exists(m_home->path(u"home/.gitconfig"_s)), "a change that nobody saw is not made");
    }

#ifndef Q_OS_WIN
    //! As with `countersign help | head -1`: whoever has seen enough is told nothing more.
    void aReaderThatWentAwayIsNoNews()
    {
        QProcess shell;
        start(shell, u"bash"_s, u"(sleep 0.3; exec countersign version) | true; echo ${PIPESTATUS[0]}"_s);
        QVERIFY(shell.waitForFinished());
        QCOMPARE(shell.readAllStandardOutput(), QByteArray("1\n"));
        QCOMPARE(shell.readAllStandardError(), QByteArray());
        // A program that reads errors goes on reading them.
        start(shell, u"bash"_s, u"(sleep 0.3; exec countersign version -o json) | true"_s);
        QVERIFY(shell.waitForFinished());
        QVERIFY(shell.readAllStandardError().contains("\"exit\":1"));
    }
#endif

    void closedStreamsAndStrangeWordsAreSurvived_data()
    {
        QTest::addColumn<QString>("command");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("no standard output") << u"countersign profile >&-"_s << 1;
        QTest::newRow("no standard error") << u"countersign profile 2>&-"_s << 0;
        QTest::newRow("no streams at all") << u"countersign accounts <&- >&- 2>&-; test $? -le 1"_s << 0;
        QTest::newRow("no home") << u"env -u HOME -u XDG_CONFIG_HOME -u XDG_DATA_HOME countersign profile"_s << 0;
        QTest::newRow("no UTF-8 in an argument") << u"countersign inspect \"$(printf '\\377\\376')\""_s << 40;
        QTest::newRow("no UTF-8 in a file's name") << u"countersign inspect \"@$(printf '\\377')\""_s << 2;
        QTest::newRow("the C locale") << u"LC_ALL=C LANG= countersign profile show work"_s << 0;
        QTest::newRow("no end of input") << u"countersign inspect - < /dev/zero"_s << 2;
        QTest::newRow("no end of git's lines") << u"yes | countersign credential git --host x get"_s << 2;
        QTest::newRow("no end of a passphrase")
            << u"countersign accounts --store file:x --secret-stdin < /dev/zero"_s << 2;
    }
    void closedStreamsAndStrangeWordsAreSurvived()
    {
        QFETCH(const QString, command);
        QFETCH(const int, exitCode);
        QProcess shell;
        start(shell, u"sh"_s, command);
        QVERIFY(shell.waitForFinished());
        QCOMPARE(shell.exitStatus(), QProcess::NormalExit);
        QVERIFY2(shell.exitCode() == exitCode, shell.readAllStandardError().constData());
    }
#endif

private:
    //! Whether that process has a handler for \p signal. Spec: proc(5), SigCgt.
    static bool listensTo(int signal, qint64 pid)
    {
        QFile status(u"/proc/%1/status"_s.arg(pid));
        if (!status.open(QIODevice::ReadOnly))
            return false;
        for (const auto &line : status.readAll().split('\n')) {
            if (line.startsWith("SigCgt:"))
                return ((line.mid(7).trimmed().toULongLong(nullptr, 16) >> (signal - 1)) & 1U) != 0;
        }
        return false;
    }

    void start(QProcess &shell, const QString &program, const QString &command) const
    {
        auto variables = QProcessEnvironment::systemEnvironment();
        const auto &own = m_home->environment();
        for (auto it = own.begin(); it != own.end(); ++it)
            variables.insert(it.key(), it.value());
        variables.insert(u"PATH"_s, qEnvironmentVariable("COUNTERSIGN_BIN_DIR") + u':' + qEnvironmentVariable("PATH"));
        shell.setProcessEnvironment(variables);
        shell.start(program, {u"-c"_s, command});
    }

    std::unique_ptr<CliHome> m_home;
};

QTEST_GUILESS_MAIN(TestHostileSurroundings)
#include "tst_hostilesurroundings.moc"

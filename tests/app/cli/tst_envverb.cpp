// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clihome.h"
#include "terminalprocess.h"

#include "support/sandboxprocess.h"

#include <cli/environmentlines.h>

#include <QtCore/QStandardPaths>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

// What would run or vanish if it were not quoted.
const QByteArray nasty = "a'b\"c$(touch x)`touch y`\\d $HOME %PATH% #!&|;<>*?~";

Cli::Variables variable(const QByteArray &value)
{
    Cli::Variables variables;
    variables.push_back({u"VALUE"_s, Secret::copyOf(value)});
    return variables;
}

QByteArray evaluated(const QString &shell, const QByteArray &lines, const QString &print)
{
    QProcess process;
    process.start(shell, {u"-c"_s, QString::fromUtf8(lines) + print});
    process.waitForFinished();
    return process.readAllStandardOutput();
}

} // namespace

class TestEnvVerb : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_sandbox.start({u"--approve"_s, u"ada"_s}), qPrintable(m_sandbox.problem()));
        const auto run = m_home.signIn(m_sandbox.issuer(), {u"--scope"_s, u"openid email"_s, u"--save"_s, u"work"_s});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        m_token = m_home.run({u"token"_s}).out.trimmed();
    }

    void noValueRunsAnything_data()
    {
        QTest::addColumn<QString>("shell");
        QTest::addColumn<QString>("program");
        QTest::addColumn<QString>("print");
        QTest::newRow("sh") << u"sh"_s << u"sh"_s << u"printf %s \"$VALUE\""_s;
        QTest::newRow("bash") << u"sh"_s << u"bash"_s << u"printf %s \"$VALUE\""_s;
        QTest::newRow("zsh") << u"sh"_s << u"zsh"_s << u"printf %s \"$VALUE\""_s;
        QTest::newRow("fish") << u"fish"_s << u"fish"_s << u"printf %s $VALUE"_s;
        QTest::newRow("pwsh") << u"pwsh"_s << u"pwsh"_s << u"[Console]::Write($env:VALUE)"_s;
    }
    void noValueRunsAnything()
    {
        QFETCH(const QString, shell);
        QFETCH(const QString, program);
        QFETCH(const QString, print);
        if (QStandardPaths::findExecutable(program).isEmpty())
            QSKIP("the shell is not there");
        const auto lines = Cli::environmentLines(variable(nasty), shell);
        QVERIFY(lines);
        QCOMPARE(evaluated(program, lines->reveal().toByteArray(), print), nasty);
    }

    void whatCannotBeQuotedIsRefused_data()
    {
        QTest::addColumn<QString>("shell");
        QTest::addColumn<QByteArray>("value");
        QTest::newRow("a line end") << u"sh"_s << QByteArray("a\nb");
        QTest::newRow("an escape") << u"dotenv"_s << QByteArray("\x1b[31m");
        QTest::newRow("percent for cmd") << u"cmd"_s << QByteArray("%PATH%");
        QTest::newRow("a quote for cmd") << u"cmd"_s << QByteArray("a\"&calc");
        // PowerShell takes U+2019 for a quote.
        QTest::newRow("a typographic quote for PowerShell") << u"pwsh"_s << QByteArray("a\xe2\x80\x99; calc");
    }
    void whatCannotBeQuotedIsRefused()
    {
        QFETCH(const QString, shell);
        QFETCH(const QByteArray, value);
        QVERIFY(!Cli::environmentLines(variable(value), shell));
    }

    void everyShellIsWrittenItsWay_data()
    {
        QTest::addColumn<QString>("shell");
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("sh") << u"sh"_s << QByteArray("export ME='ada@countersign.example'\n");
        QTest::newRow("fish") << u"fish"_s << QByteArray("set -gx ME 'ada@countersign.example'\n");
        QTest::newRow("pwsh") << u"pwsh"_s << QByteArray("$env:ME = 'ada@countersign.example'\n");
        QTest::newRow("cmd") << u"cmd"_s << QByteArray("set \"ME=ada@countersign.example\"\r\n");
        QTest::newRow("dotenv") << u"dotenv"_s << QByteArray("ME=\"ada@countersign.example\"\n");
        QTest::newRow("json") << u"json"_s << QByteArray("{\"ME\":\"ada@countersign.example\"}\n");
    }
    void everyShellIsWrittenItsWay()
    {
        QFETCH(const QString, shell);
        QFETCH(const QByteArray, line);
        const auto run = env({u"--shell"_s, shell, u"--map=ME=username"_s});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(run.out, line);
        QVERIFY(run.err.isEmpty());
    }

    void aCommandGetsTheTokenAndItsExitCodeIsOurs()
    {
        const auto run = env({u"--"_s, u"sh"_s, u"-c"_s, u"printf %s \"$ACCESS_TOKEN\"; cat; exit 7"_s}, " and input");
        QCOMPARE(run.exitCode, 7);
        QCOMPARE(run.out, QByteArray(m_token + " and input"));
        QVERIFY2(run.err.isEmpty(), run.err.constData());
        const auto missing = env({u"--"_s, u"no-such-program"_s, u"--password=x"_s});
        QCOMPARE(missing.exitCode, 2);
        QVERIFY2(missing.err.contains("no-such-program"), missing.err.constData());
    }

    void onATerminalTheValuesAreHidden()
    {
        const auto run = runOnTerminal({u"env"_s, u"--profile=work"_s}, m_home.environment());
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(!run.out.contains("eyJ"), run.out.constData());
        QVERIFY(run.out.contains("ACCESS_TOKEN"));
        QVERIFY(run.out.contains("countersign env -- COMMAND"));
    }

    void wrongUsageIsNamed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("a source") << QStringList{u"--map=A=tokn"_s} << 2 << QByteArray("'token'");
        QTest::newRow("a name") << QStringList{u"--map=A;rm=token"_s} << 2 << QByteArray("'A;rm'");
        QTest::newRow("a shell") << QStringList{u"--shell=fihs"_s} << 2 << QByteArray("'fish'");
        QTest::newRow("a profile") << QStringList{u"--profile=wrok"_s} << 3 << QByteArray("'wrok'");
    }
    void wrongUsageIsNamed()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, exitCode);
        QFETCH(const QByteArray, word);
        const auto run = env(arguments);
        QCOMPARE(run.exitCode, exitCode);
        QVERIFY(run.out.isEmpty());
        QVERIFY2(run.err.contains(word), run.err.constData());
        QCOMPARE(env(arguments + QStringList{u"-o"_s, u"json"_s}).error()[u"exit"].toInt(), exitCode);
    }

    void anAccountsTokenIsLookedAtWithoutTheNetwork()
    {
        QVERIFY(m_sandbox.clearLog());
        const auto inspected = m_home.run({u"inspect"_s, u"-a"_s, u"ada@countersign.example"_s, u"--claims=iss"_s});
        QVERIFY2(inspected.exitCode == 0, inspected.err.constData());
        QCOMPARE(inspected.out.trimmed(), m_sandbox.issuer().toUtf8());
        QVERIFY(m_sandbox.log().isEmpty());
        const auto verified = m_home.run({u"verify"_s, u"-a"_s, u"ada@countersign.example"_s, u"-o"_s, u"json"_s});
        QVERIFY2(verified.exitCode == 0, QByteArray(verified.out + verified.err).constData());
        QCOMPARE(verified.json()[u"subject"].toString(), u"id_token"_s);
        QCOMPARE(m_home.run({u"inspect"_s, u"-a"_s, u"nobody"_s}).exitCode, 3);
    }

private:
    CliRun env(const QStringList &arguments, const QByteArray &input = {}) const
    {
        return m_home.run(QStringList{u"env"_s} + arguments, input);
    }

    SandboxProcess m_sandbox;
    CliHome m_home;
    QByteArray m_token;
};

QTEST_GUILESS_MAIN(TestEnvVerb)
#include "tst_envverb.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clihome.h"

#include <cli/filechange.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QStandardPaths>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestConfigureVerb : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<CliHome>();
        QCOMPARE(
            m_home->run({u"profile"_s, u"add"_s, u"work"_s, u"--issuer=https://op.example"_s, u"--client-id=app"_s})
                .exitCode,
            0);
    }

    void differencesAreShownAsUsual_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QByteArray>("hunks");
        QTest::newRow("equal") << QByteArray("a\n") << QByteArray("a\n") << QByteArray();
        QTest::newRow("a new file") << QByteArray() << QByteArray("a\n") << QByteArray("@@ -0,0 +1,1 @@\n+a\n");
        QTest::newRow("one line") << QByteArray("a\nb\nc\n") << QByteArray("a\nx\nc\n")
                                  << QByteArray("@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n");
        QTest::newRow("two places") << QByteArray("1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n")
                                    << QByteArray("1\nx\n3\n4\n5\n6\n7\n8\n9\n10\ny\n12\n")
                                    << QByteArray("@@ -1,5 +1,5 @@\n 1\n-2\n+x\n 3\n 4\n 5\n"
                                                  "@@ -8,5 +8,5 @@\n 8\n 9\n 10\n-11\n+y\n 12\n");
        QTest::newRow("secrets are hidden")
            << QByteArray("    token: hunter2\n") << QByteArray("    token: hunter2\nx\n")
            << QByteArray("@@ -1,1 +1,2 @@\n     token: <hidden>\n+x\n");
    }
    void differencesAreShownAsUsual()
    {
        QFETCH(const QByteArray, before);
        QFETCH(const QByteArray, after);
        QFETCH(const QByteArray, hunks);
        const auto diff = Cli::unifiedDiff(u"f"_s, before, after);
        QCOMPARE(diff, hunks.isEmpty() ? QByteArray() : QByteArray("--- f\n+++ f\n" + hunks));
    }

    void noDiffShowsASecret_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("shown");
        const auto row = [](const char *name, const QByteArray &line, const QByteArray &shown) {
            QTest::newRow(name) << line << shown;
        };
        row("a line of its own", "    token: CANARY CANARY", "    token: <hidden>");
        row("in quotes", "    password: \"CANARY, CANARY\"", "    password: <hidden>");
        row("an element", "- id-token: CANARY", "- id-token: <hidden>");
        row("YAML's flow style", "users: [{name: a, user: {token: CANARY}}, {user: {password: 'CANARY, x'}}]",
            "users: [{name: a, user: {token: <hidden>}}, {user: {password: <hidden>}}]");
        row("with a comma", "    password: CANARY,CANARY", "    password: <hidden>");
        row("JSON", "{\"user\":{\"token\":\"CANARY\\\"x\",\"client-key-data\":\"CANARY\"},\"n\":1}",
            "{\"user\":{\"token\":<hidden>,\"client-key-data\":<hidden>},\"n\":1}");
        row("an address", "\turl = https://ada:CANARY@git.example/", "\turl = https://ada:<hidden>@git.example/");
        row("git's header", "\textraheader = Authorization: Basic CANARY", "\textraheader = <hidden>");
        row("what opens more", "    secret: {", "    secret: {");
        row("another word", "  tokens: many", "  tokens: many");
        row("our own arguments", "      - --claims-challenge", "      - --claims-challenge");
    }
    void noDiffShowsASecret()
    {
        QFETCH(const QByteArray, line);
        QFETCH(const QByteArray, shown);
        const auto diff = Cli::unifiedDiff(u"f"_s, {}, line + '\n');
        QCOMPARE(diff, QByteArray("--- f\n+++ f\n@@ -0,0 +1,1 @@\n+" + shown + '\n'));
    }

    void gitIsConfiguredAndTheFileComesBackByteByByte_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::newRow("no file") << QByteArray();
        QTest::newRow("a file") << QByteArray("[user]\n\tname = Ada\n");
        QTest::newRow("without a line end") << QByteArray("[user]\n\tname = Ada");
        QTest::newRow("an empty line at the end") << QByteArray("[user]\n\tname = Ada\n\n");
        QTest::newRow("a helper of its own") << QByteArray("[credential]\n\thelper = store\n");
    }
    void gitIsConfiguredAndTheFileComesBackByteByByte()
    {
        QFETCH(const QByteArray, before);
        write(u"gitconfig"_s, before);
        const auto dry = git(u"configure"_s, u"git.example.com"_s, {u"--profile=work"_s, u"--dry-run"_s});
        QCOMPARE(dry.exitCode, 0);
        QCOMPARE(read(u"gitconfig"_s), before);
        const auto done = git(u"configure"_s, u"git.example.com"_s, {u"--profile=work"_s});
        QVERIFY2(done.exitCode == 0, done.err.constData());
        QCOMPARE(done.out, dry.out);
        QVERIFY2(done.out.contains("+[credential \"https://git.example.com\"]"), done.out.constData());
        const auto configured = read(u"gitconfig"_s);
        QVERIFY(configured.startsWith(before));
        QCOMPARE(git(u"configure"_s, u"git.example.com"_s, {u"--profile=work"_s}).exitCode, 0);
        QCOMPARE(read(u"gitconfig"_s), configured);
        QCOMPARE(git(u"configure"_s, u"http://127.0.0.1:8080"_s, {u"--profile=work"_s, u"--scope=a b"_s}).exitCode, 0);
        // Undone in the other order than made.
        QCOMPARE(git(u"unconfigure"_s, u"git.example.com"_s).exitCode, 0);
        QCOMPARE(git(u"unconfigure"_s, u"http://127.0.0.1:8080"_s).exitCode, 0);
        QCOMPARE(read(u"gitconfig"_s), before);
        QCOMPARE(QFileInfo::exists(m_home->path(u"gitconfig"_s)), !before.isEmpty());
        QCOMPARE(git(u"unconfigure"_s, u"git.example.com"_s).exitCode, 3);
    }

#ifndef Q_OS_WIN
    void anOldGitIsWarnedOf_data()
    {
        QTest::addColumn<QByteArray>("version");
        QTest::addColumn<QByteArray>("warned");
        QTest::newRow("before authtype") << QByteArray("git version 2.45.2") << QByteArray("This git is 2.45.2.");
        QTest::newRow("Apple's") << QByteArray("git version 2.39.5 (Apple Git-154)")
                                 << QByteArray("This git is 2.39.5.");
        QTest::newRow("git's release notes of 2.46") << QByteArray("git version 2.46.0") << QByteArray();
        QTest::newRow("Windows'") << QByteArray("git version 2.47.1.windows.1") << QByteArray();
        QTest::newRow("no git") << QByteArray() << QByteArray();
    }
    void anOldGitIsWarnedOf()
    {
        QFETCH(const QByteArray, version);
        QFETCH(const QByteArray, warned);
        QVERIFY(QDir().mkpath(m_home->path(u"bin"_s)));
        if (!version.isEmpty()) {
            write(u"bin/git"_s, "#!/bin/sh\necho '" + version + "'\n");
            QVERIFY(QFile::setPermissions(m_home->path(u"bin/git"_s), QFile::ReadOwner | QFile::ExeOwner));
        }
        const auto run =
            m_home->run({u"configure"_s, u"git"_s, u"--host=git.example.com"_s, u"--profile=work"_s}, {},
                        {{u"GIT_CONFIG_GLOBAL"_s, m_home->path(u"gitconfig"_s)}, {u"PATH"_s, m_home->path(u"bin"_s)}});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(run.err.contains("2.46"), !warned.isEmpty());
        QVERIFY2(run.err.contains(warned), run.err.constData());
    }
#endif

    void whatCanBeUndoneIsListed()
    {
        for (const auto &host : {u"git.example.com"_s, u"http://127.0.0.1:8080"_s})
            QCOMPARE(git(u"configure"_s, host, {u"--profile=work"_s}).exitCode, 0);
        const auto other = git(u"unconfigure"_s, u"gti.example.com"_s);
        QCOMPARE(other.exitCode, 3);
        QVERIFY2(other.err.contains("https://git.example.com, http://127.0.0.1:8080"), other.err.constData());
        QCOMPARE(git(u"configure"_s, u"https://git.example.com/"_s, {u"--profile=work"_s}).exitCode, 0);
    }

    void gitReadsWhatWasWritten()
    {
        if (QStandardPaths::findExecutable(u"git"_s).isEmpty())
            QSKIP("there is no git");
        QCOMPARE(git(u"configure"_s, u"git.example.com"_s, {u"--profile=work"_s, u"--scope=a b"_s}).exitCode, 0);
        QProcess process;
        process.start(u"git"_s,
                      {u"config"_s, u"-f"_s, m_home->path(u"gitconfig"_s), u"--get-urlmatch"_s, u"credential.helper"_s,
                       u"https://git.example.com/a/b.git"_s});
        QVERIFY(process.waitForFinished());
        const auto helper = process.readAll().trimmed();
        QVERIFY2(helper.startsWith('!') && helper.contains(" credential git --profile work ")
                     && helper.contains(" --host git.example.com ") && helper.endsWith("--scope 'a b'"),
                 helper.constData());
    }

    void aSymbolicLinkStaysOne()
    {
        write(u"dotfiles"_s, "[user]\n\tname = Ada\n");
        QVERIFY(QFile::link(m_home->path(u"dotfiles"_s), m_home->path(u"gitconfig"_s)));
        QCOMPARE(git(u"configure"_s, u"git.example.com"_s, {u"--profile=work"_s}).exitCode, 0);
        QVERIFY(QFileInfo(m_home->path(u"gitconfig"_s)).isSymLink());
        QVERIFY(read(u"dotfiles"_s).contains("countersign"));
    }

    void aLinkThatLeadsToNothingGetsItsFileAndLosesItAgain()
    {
        const auto real = m_home->path(u"dotfiles"_s);
        QVERIFY(QFile::link(real, m_home->path(u"gitconfig"_s)));
        const auto done = git(u"configure"_s, u"git.example.com"_s, {u"--profile=work"_s});
        QVERIFY2(done.exitCode == 0, done.err.constData());
        QVERIFY(read(u"dotfiles"_s).contains("countersign"));
        QCOMPARE(git(u"unconfigure"_s, u"git.example.com"_s).exitCode, 0);
        QVERIFY(QFileInfo(m_home->path(u"gitconfig"_s)).isSymLink());
        QVERIFY(!QFileInfo::exists(real));
    }

    void theFileThatGitReadsIsFoundAgain()
    {
        // git reads both of the person's files; one is made after the other.
        const QByteArray modern = "[include]\n\tpath = more\n";
        QVERIFY(QDir().mkpath(m_home->path(u"config/git"_s)) && QDir().mkpath(m_home->path(u"home"_s)));
        write(u"config/git/config"_s, modern);
        const Environment own{{u"GIT_CONFIG_GLOBAL"_s, QString()}};
        const QStringList host{u"--host"_s, u"git.example.com"_s};
        const auto configure = [&] {
            return m_home->run(QStringList{u"configure"_s, u"git"_s, u"--profile=work"_s} + host, {}, own);
        };
        const auto unconfigure = [&] { return m_home->run(QStringList{u"unconfigure"_s, u"git"_s} + host, {}, own); };
        QCOMPARE(configure().exitCode, 0);
        QVERIFY(read(u"config/git/config"_s).startsWith(QByteArray(modern + "# countersign begin")));
        write(u"home/.gitconfig"_s, "[user]\n\tname = Ada\n");
        QCOMPARE(unconfigure().exitCode, 0);
        QCOMPARE(read(u"config/git/config"_s), modern);
        QCOMPARE(configure().exitCode, 0);
        QVERIFY(read(u"home/.gitconfig"_s).contains("countersign"));
        QCOMPARE(unconfigure().exitCode, 0);
        QCOMPARE(read(u"home/.gitconfig"_s), QByteArray("[user]\n\tname = Ada\n"));
        QCOMPARE(unconfigure().exitCode, 3);
    }

#ifndef Q_OS_WIN
    void theHelperFindsTheFilesThatAreUsedNow()
    {
        const auto folder = m_home->path(u"it's here"_s);
        QVERIFY(QDir().mkpath(folder));
        QVERIFY(QFile::copy(m_home->path(u"profiles.json"_s), folder + u"/p.json"_s));
        const auto run = m_home->run({u"configure"_s, u"git"_s, u"--host=git.example.com"_s, u"--profile=work"_s}, {},
                                     {{u"GIT_CONFIG_GLOBAL"_s, m_home->path(u"gitconfig"_s)},
                                      {u"COUNTERSIGN_PROFILES"_s, folder + u"/p.json"_s}});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        if (QStandardPaths::findExecutable(u"git"_s).isEmpty())
            QSKIP("there is no git");
        QProcess git;
        git.start(u"git"_s,
                  {u"config"_s, u"-f"_s, m_home->path(u"gitconfig"_s), u"--get-urlmatch"_s, u"credential.helper"_s,
                   u"https://git.example.com/a/b.git"_s});
        QVERIFY(git.waitForFinished());
        // What comes before our program is said to it by a shell: to another one, too.
        auto words = QString::fromUtf8(git.readAll().trimmed().mid(1)).split(u' ');
        words = words.first(words.indexOf(u"credential"_s) - 1);
        QProcess shell;
        shell.start(u"sh"_s, {u"-c"_s, words.join(u' ') + u" printenv COUNTERSIGN_PROFILES"_s});
        QVERIFY(shell.waitForFinished());
        QCOMPARE(QString::fromUtf8(shell.readAllStandardOutput().trimmed()), folder + u"/p.json"_s);
    }
#endif

    void aHelperCanBeCalledFromAnywhere_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("flags");
        const auto row = [](const char *name, const QStringList &arguments, const QByteArray &flags) {
            QTest::newRow(name) << arguments << flags;
        };
        row("a sealed store's passphrase", {u"--store=file:/x/store"_s, u"--secret-env=PASS"_s},
            " --store file:/x/store --secret-env PASS ");
        row("another client", {u"--client-id=other"_s}, " --profile work --client-id other ");
        row("an authority of one's own", {u"--ca-file=/x/ca.pem"_s}, " --ca-file /x/ca.pem ");
        row("a proxy", {u"--proxy=http://proxy.example:8080"_s}, " --proxy http://proxy.example:8080 ");
        row("an account", {u"--account=ada@op.example"_s}, " --account ada@op.example ");
    }
    void aHelperCanBeCalledFromAnywhere()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const QByteArray, flags);
        const auto git =
            this->git(u"configure"_s, u"git.example.com"_s, QStringList{u"--profile=work"_s, u"--print"_s} + arguments);
        QVERIFY2(git.exitCode == 0, git.err.constData());
        QVERIFY2(git.out.contains(flags), git.out.constData());
        const auto kube =
            this->kube(QStringList{u"configure"_s, u"kubernetes"_s, u"--profile=work"_s, u"--print"_s} + arguments);
        QVERIFY2(kube.exitCode == 0, kube.err.constData());
        for (const auto &word : flags.trimmed().split(' '))
            QVERIFY2(kube.out.contains(QByteArray("- '" + word + "'\n")), kube.out.constData());
    }

    void aHelperThatCannotWorkIsNotWritten_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<Environment>("environment");
        QTest::addColumn<QByteArray>("said");
        const Environment none;
        QTest::newRow("a store in memory") << QStringList{u"--store=memory"_s} << none << QByteArray("memory");
        QTest::newRow("one by the environment")
            << QStringList() << Environment{{u"COUNTERSIGN_STORE"_s, u"memory"_s}} << QByteArray("memory");
        QTest::newRow("a passphrase on standard input")
            << QStringList{u"--store=file:/x"_s, u"--secret-stdin"_s} << none << QByteArray("--secret-env");
        QTest::newRow("a passphrase in an open file")
            << QStringList{u"--store=file:/x"_s, u"--secret-fd=0"_s} << none << QByteArray("--secret-env");
        QTest::newRow("a passphrase in place of a variable's name")
            << QStringList{u"--store=file:/x"_s, u"--secret-env=CANARY!"_s} << none << QByteArray("name of a variable");
        QTest::newRow("a proxy with a password")
            << QStringList() << Environment{{u"COUNTERSIGN_PROXY"_s, u"http://ada:CANARY@127.0.0.1:9"_s}}
            << QByteArray("COUNTERSIGN_PROXY");
    }
    void aHelperThatCannotWorkIsNotWritten()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const Environment, environment);
        QFETCH(const QByteArray, said);
        auto more = environment;
        more.insert(u"GIT_CONFIG_GLOBAL"_s, m_home->path(u"gitconfig"_s));
        const QStringList verbs[] = {{u"configure"_s, u"git"_s, u"--host=git.example.com"_s},
                                     {u"configure"_s, u"kubernetes"_s, u"--print"_s}};
        for (const auto &verb : verbs) {
            const auto run = m_home->run(verb + arguments + QStringList{u"--profile=work"_s}, {}, more);
            QCOMPARE(run.exitCode, 2);
            QVERIFY(run.out.isEmpty());
            QVERIFY2(run.err.contains(said), run.err.constData());
            QVERIFY(!run.err.contains("CANARY"));
        }
        QVERIFY(!QFileInfo::exists(m_home->path(u"gitconfig"_s)));
    }

    void aPassphraseThatWillBeAskedForIsSaid()
    {
        const auto run =
            git(u"configure"_s, u"git.example.com"_s, {u"--profile=work"_s, u"--print"_s, u"--store=file:/x/store"_s});
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.err.contains("--print --store=file:/x/store --secret-env COUNTERSIGN_PASSPHRASE"),
                 run.err.constData());
    }

    void theFoldersOfANewFileGoAwayWithIt_data()
    {
        QTest::addColumn<QString>("there");
        QTest::addColumn<QString>("kept");
        QTest::newRow("all of them are ours") << QString() << QString();
        QTest::newRow("one was there before") << u"dotfiles"_s << u"dotfiles"_s;
        QTest::newRow("all were there before") << u"dotfiles/of/git"_s << u"dotfiles/of/git"_s;
    }
    void theFoldersOfANewFileGoAwayWithIt()
    {
        QFETCH(const QString, there);
        QFETCH(const QString, kept);
        const QString name = u"dotfiles/of/git/config"_s;
        const Environment own{{u"GIT_CONFIG_GLOBAL"_s, m_home->path(name)}};
        if (!there.isEmpty())
            QVERIFY(QDir().mkpath(m_home->path(there)));
        const auto run = [&](const QString &verb, const QString &host) {
            return m_home->run({verb, u"git"_s, u"--host"_s, host, u"--profile=work"_s}, {}, own).exitCode;
        };
        QCOMPARE(run(u"configure"_s, u"git.example.com"_s), 0);
        QCOMPARE(run(u"configure"_s, u"other.example.com"_s), 0);
        QCOMPARE(run(u"configure"_s, u"git.example.com"_s), 0); // once more: what is remembered stays
        QCOMPARE(run(u"unconfigure"_s, u"git.example.com"_s), 0);
        QVERIFY(QFileInfo::exists(m_home->path(name)));
        QCOMPARE(run(u"unconfigure"_s, u"other.example.com"_s), 0);
        QVERIFY(!QFileInfo::exists(m_home->path(name)));
        QVERIFY(kept.isEmpty() || QFileInfo(m_home->path(kept)).isDir());
        QDir next(m_home->path(kept.isEmpty() ? u"."_s : kept));
        QVERIFY2(kept.isEmpty() ? !next.exists(u"dotfiles"_s) : next.isEmpty(), qPrintable(next.path()));
    }

    void aFolderWithSomethingElseInItStays()
    {
        const Environment own{{u"GIT_CONFIG_GLOBAL"_s, m_home->path(u"dotfiles/git/config"_s)}};
        QCOMPARE(
            m_home->run({u"configure"_s, u"git"_s, u"--host=git.example.com"_s, u"--profile=work"_s}, {}, own).exitCode,
            0);
        write(u"dotfiles/other"_s, "theirs");
        QCOMPARE(m_home->run({u"unconfigure"_s, u"git"_s, u"--host=git.example.com"_s}, {}, own).exitCode, 0);
        QVERIFY(!QFileInfo::exists(m_home->path(u"dotfiles/git"_s)));
        QCOMPARE(read(u"dotfiles/other"_s), QByteArray("theirs"));
    }

    void aFolderThatCannotBeMadeIsSaid()
    {
        const auto run = m_home->run({u"configure"_s, u"git"_s, u"--host=git.example.com"_s, u"--profile=work"_s}, {},
                                     {{u"GIT_CONFIG_GLOBAL"_s, u"/proc/nothing/config"_s}});
        QCOMPARE(run.exitCode, 31);
        QVERIFY2(run.err.contains("its folder cannot be made"), run.err.constData());
    }

    void printChangesNothing()
    {
        const auto run = git(u"configure"_s, u"git.example.com"_s, {u"--profile=work"_s, u"--print"_s});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.out.contains("[credential \"https://git.example.com\"]"));
        QVERIFY(!QFileInfo::exists(m_home->path(u"gitconfig"_s)));
    }

    void wrongUsageIsNamed_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<int>("exitCode");
        QTest::addColumn<QByteArray>("word");
        QTest::newRow("no host") << QStringList{u"configure"_s, u"git"_s} << 2 << QByteArray("--host");
        QTest::newRow("another protocol")
            << QStringList{u"configure"_s, u"git"_s, u"--host=ftp://x"_s} << 2 << QByteArray("ftp://x");
        QTest::newRow("in the clear") << QStringList{u"configure"_s, u"git"_s, u"--host=http://git.example.com"_s} << 2
                                      << QByteArray("http://git.example.com");
        QTest::newRow("one repository") << QStringList{u"configure"_s, u"git"_s,
                                                       u"--host=https://git.example.com/team/a.git"_s}
                                        << 2 << QByteArray("--host https://git.example.com.");
        QTest::newRow("no host to undo") << QStringList{u"unconfigure"_s, u"git"_s} << 2 << QByteArray("no tokens");
        QTest::newRow("no such profile") << QStringList{u"configure"_s, u"git"_s, u"--host=x"_s, u"--profile=wrok"_s}
                                         << 3 << QByteArray("'wrok'");
        QTest::newRow("no program") << QStringList{u"configure"_s, u"gti"_s} << 2 << QByteArray("'git'");
    }
    void wrongUsageIsNamed()
    {
        QFETCH(const QStringList, arguments);
        QFETCH(const int, exitCode);
        QFETCH(const QByteArray, word);
        const auto run = m_home->run(arguments, {}, {{u"GIT_CONFIG_GLOBAL"_s, m_home->path(u"gitconfig"_s)}});
        QCOMPARE(run.exitCode, exitCode);
        QVERIFY(run.out.isEmpty());
        QVERIFY2(run.err.contains(word), run.err.constData());
        QVERIFY(!QFileInfo::exists(m_home->path(u"gitconfig"_s)));
    }

private:
    void write(const QString &name, const QByteArray &content)
    {
        if (content.isEmpty())
            return;
        QFile file(m_home->path(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    QByteArray read(const QString &name) const
    {
        QFile file(m_home->path(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    CliRun git(const QString &verb, const QString &host, const QStringList &more = {}) const
    {
        return m_home->run(QStringList{verb, u"git"_s, u"--host"_s, host} + more, {},
                           {{u"GIT_CONFIG_GLOBAL"_s, m_home->path(u"gitconfig"_s)}});
    }
    CliRun kube(const QStringList &arguments) const
    {
        return m_home->run(arguments, {}, {{u"KUBECONFIG"_s, m_home->path(u"kubeconfig"_s)}});
    }

    std::unique_ptr<CliHome> m_home;
};

QTEST_GUILESS_MAIN(TestConfigureVerb)
#include "tst_configureverb.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "cliprocess.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>

#include <algorithm>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

struct Shell
{
    int exitCode;
    QByteArray out;
    QByteArray err;
};

Shell run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    process.closeWriteChannel();
    process.waitForFinished();
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

//! What bash offers for \p words, the last of which is being typed.
QStringList bashOffers(const QString &script, const QStringList &words)
{
    const QString drive =
        u"source '%1'; COMP_WORDS=(%2); COMP_CWORD=%3; _countersign; printf '%s\\n' \"${COMPREPLY[@]}\""_s
            .arg(script, u'\'' + words.join(u"' '"_s) + u'\'')
            .arg(words.size() - 1);
    const auto shell = run(u"bash"_s, {u"--norc"_s, u"-c"_s, drive});
    if (!shell.err.isEmpty())
        return {QString::fromUtf8(shell.err)};
    return QString::fromUtf8(shell.out).split(u'\n', Qt::SkipEmptyParts);
}

} // namespace

class TestDocuments : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY(m_folder.isValid());
        const auto written = runCli({u"documents"_s, m_folder.path()});
        QVERIFY2(written.exitCode == 0, written.err.constData());
        // The completions call the program by its name.
        qputenv("PATH", qgetenv("COUNTERSIGN_BIN_DIR") + QDir::listSeparator().toLatin1() + qgetenv("PATH"));
        qputenv("COUNTERSIGN_PROFILES", QFile::encodeName(m_folder.filePath(u"profiles.json"_s)));
        const auto added =
            runCli({u"profile"_s, u"add"_s, u"work"_s, u"--issuer=https://op.example"_s, u"--client-id=app"_s});
        QVERIFY2(added.exitCode == 0, added.err.constData());
    }

    void bashOffersVerbsOptionsAndValues_data()
    {
        QTest::addColumn<QStringList>("words");
        QTest::addColumn<QStringList>("offers");
        const auto c = u"countersign"_s;
        QTest::newRow("a verb") << QStringList{c, u"insp"_s} << QStringList{u"inspect"_s};
        QTest::newRow("a verb below") << QStringList{c, u"challenge"_s, u"e"_s} << QStringList{u"explain"_s};
        QTest::newRow("an option of the verb")
            << QStringList{c, u"challenge"_s, u"build"_s, u"--acrs"_s} << QStringList{u"--acrs"_s};
        QTest::newRow("an option of every verb")
            << QStringList{c, u"verify"_s, u"--no-int"_s} << QStringList{u"--no-interaction"_s};
        QTest::newRow("a value") << QStringList{c, u"verify"_s, u"-o"_s, u"ju"_s} << QStringList{u"junit"_s};
        QTest::newRow("a value after the sign")
            << QStringList{c, u"inspect"_s, u"--time"_s, u"="_s, u"lo"_s} << QStringList{u"local"_s};
        QTest::newRow("after a global option") << QStringList{c, u"-q"_s, u"chal"_s} << QStringList{u"challenge"_s};
        QTest::newRow("an argument's words") << QStringList{c, u"completion"_s, u"p"_s} << QStringList{u"pwsh"_s};
        QTest::newRow("nothing for what is free") << QStringList{c, u"token"_s, u"-a"_s, u""_s} << QStringList{};
        QTest::newRow("nothing for an argument that is no file")
            << QStringList{c, u"accounts"_s, u"show"_s, u""_s} << QStringList{};
        QTest::newRow("nothing hidden") << QStringList{c, u"docum"_s} << QStringList{};
    }
    void bashOffersVerbsOptionsAndValues()
    {
        QFETCH(const QStringList, words);
        QFETCH(const QStringList, offers);
        if (QStandardPaths::findExecutable(u"bash"_s).isEmpty())
            QSKIP("there is no bash");
        QCOMPARE(bashOffers(m_folder.filePath(u"bash/countersign"_s), words), offers);
    }

    void bashOffersFilesForTokens()
    {
        if (QStandardPaths::findExecutable(u"bash"_s).isEmpty())
            QSKIP("there is no bash");
        const auto script = m_folder.filePath(u"bash/countersign"_s);
        const QString word = u'@' + m_folder.filePath(u"bash/co"_s);
        QCOMPARE(bashOffers(script, {u"countersign"_s, u"inspect"_s, word}), QStringList{u'@' + script});
    }

    void fishOffersVerbsOptionsAndValues_data()
    {
        QTest::addColumn<QString>("line");
        QTest::addColumn<QByteArray>("first");
        QTest::newRow("a verb") << u"countersign insp"_s << QByteArray("inspect\t");
        QTest::newRow("a verb below") << u"countersign challenge e"_s << QByteArray("explain\t");
        QTest::newRow("an option") << u"countersign challenge build --acrs"_s << QByteArray("--acrs\t");
        QTest::newRow("a value") << u"countersign verify -o ju"_s << QByteArray("junit\t");
        QTest::newRow("an option of every verb")
            << u"countersign verify --no-int"_s << QByteArray("--no-interaction\t");
    }
    void fishOffersVerbsOptionsAndValues()
    {
        QFETCH(const QString, line);
        QFETCH(const QByteArray, first);
        if (QStandardPaths::findExecutable(u"fish"_s).isEmpty())
            QSKIP("there is no fish");
        const auto shell =
            run(u"fish"_s,
                {u"--no-config"_s, u"-c"_s,
                 u"source '%1'; complete -C '%2'"_s.arg(m_folder.filePath(u"fish/countersign.fish"_s), line)});
        QVERIFY2(shell.err.isEmpty(), shell.err.constData());
        QVERIFY2(shell.out.startsWith(first), shell.out.constData());
    }

    void savedProfilesAreOffered()
    {
        const QString line = u"countersign token -p "_s;
        if (!QStandardPaths::findExecutable(u"bash"_s).isEmpty()) {
            const auto script = m_folder.filePath(u"bash/countersign"_s);
            QCOMPARE(bashOffers(script, {u"countersign"_s, u"token"_s, u"-p"_s, u"w"_s}), QStringList{u"work"_s});
            QCOMPARE(bashOffers(script, {u"countersign"_s, u"profile"_s, u"show"_s, u""_s}), QStringList{u"work"_s});
        }
        if (!QStandardPaths::findExecutable(u"fish"_s).isEmpty()) {
            const auto shell = run(u"fish"_s,
                                   {u"--no-config"_s, u"-c"_s,
                                    u"source '%1'; complete -C '%2'; complete -C 'countersign token -a '"_s.arg(
                                        m_folder.filePath(u"fish/countersign.fish"_s), line)});
            QVERIFY2(shell.err.isEmpty(), shell.err.constData());
            QVERIFY2(shell.out.startsWith("work\t") && shell.out.count('\n') == 1, shell.out.constData());
        }
        if (!QStandardPaths::findExecutable(u"zsh"_s).isEmpty()) {
            const auto shell = run(u"zsh"_s,
                                   {u"-f"_s, u"-c"_s,
                                    u"compdef() { }; compadd() { shift; print -rl -- $@ }; source '%1'; "
                                    "words=(countersign token -p ''); CURRENT=4; _countersign"_s.arg(
                                        m_folder.filePath(u"zsh/_countersign"_s))});
            QCOMPARE(shell.out.trimmed(), QByteArray("work"));
        }
    }

    void zshLoadsWhatIsInstalled()
    {
        if (QStandardPaths::findExecutable(u"zsh"_s).isEmpty())
            QSKIP("there is no zsh");
        const auto shell = run(u"zsh"_s,
                               {u"-f"_s, u"-c"_s,
                                u"fpath=('%1' $fpath); autoload -Uz compinit; compinit -u -d '%2'; "
                                "autoload +X _countersign && print ${_comps[countersign]}"_s.arg(
                                    m_folder.filePath(u"zsh"_s), m_folder.filePath(u"zcompdump"_s))});
        QVERIFY2(shell.err.isEmpty(), shell.err.constData());
        QCOMPARE(shell.out.trimmed(), QByteArray("_countersign"));
    }

    void zshOffersVerbsOptionsAndValues_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QByteArray>("offer");
        QTest::newRow("a verb") << u"insp"_s << QByteArray("inspect:");
        QTest::newRow("a verb below") << u"challenge e"_s << QByteArray("explain:");
        QTest::newRow("an option") << u"challenge build --acrs"_s << QByteArray("--acrs:");
        QTest::newRow("a value") << u"verify -o ju"_s << QByteArray("junit");
        QTest::newRow("an option of every verb") << u"verify --no-int"_s << QByteArray("--no-interaction:");
        QTest::newRow("a file") << u"verify --policy x"_s << QByteArray("a file");
        QTest::newRow("a file as an argument") << u"store inspect x"_s << QByteArray("a file");
    }
    void zshOffersVerbsOptionsAndValues()
    {
        QFETCH(const QString, words);
        QFETCH(const QByteArray, offer);
        if (QStandardPaths::findExecutable(u"zsh"_s).isEmpty())
            QSKIP("there is no zsh");
        // The line editor is there on a terminal only: what would be offered is printed, before it is filtered.
        const auto shell = run(u"zsh"_s,
                               {u"-f"_s, u"-c"_s,
                                u"compdef() { }; _describe() { local n=${@[-1]}; print -rl -- ${(P)n} }; "
                                "compadd() { shift; print -rl -- $@ }; _files() { print a file }; source '%1'; "
                                "words=(countersign %2); CURRENT=${#words}; _countersign"_s.arg(
                                    m_folder.filePath(u"zsh/_countersign"_s), words)});
        QVERIFY2(shell.err.isEmpty(), shell.err.constData());
        const auto lines = shell.out.split('\n');
        const bool isOffered = std::any_of(lines.begin(), lines.end(),
                                           [&offer](const QByteArray &line) { return line.startsWith(offer); });
        QVERIFY2(isOffered, shell.out.constData());
    }

    void elvishOffersVerbsOptionsAndValues_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QByteArray>("offer");
        QTest::newRow("a verb") << u"insp"_s << QByteArray("inspect  ");
        QTest::newRow("a verb below") << u"challenge e"_s << QByteArray("explain  ");
        QTest::newRow("an option") << u"challenge build --acrs"_s << QByteArray("--acrs  ");
        QTest::newRow("a value") << u"verify -o ju"_s << QByteArray("junit");
        QTest::newRow("an option of every verb") << u"verify --no-int"_s << QByteArray("--no-interaction  ");
        QTest::newRow("a file") << u"verify --policy x"_s << QByteArray("a file");
        QTest::newRow("a profile") << u"token -p w"_s << QByteArray("work");
    }
    void elvishOffersVerbsOptionsAndValues()
    {
        QFETCH(const QString, words);
        QFETCH(const QByteArray, offer);
        if (QStandardPaths::findExecutable(u"elvish"_s).isEmpty())
            QSKIP("there is no Elvish");
        QFile script(m_folder.filePath(u"elvish/countersign.elv"_s));
        QVERIFY(script.open(QIODevice::ReadOnly));
        // The editor is there on a terminal only: its two words are stood in for.
        const QString drive = u"var completers = [&]\nfn candidate {|stem &display=''| put $display }\n"
                              "fn files {|word| put 'a file' }\n"_s
            + QString::fromUtf8(script.readAll())
                  .replace("edit:completion:arg-completer"_L1, "completers"_L1)
                  .replace("edit:complete-filename"_L1, "files"_L1)
                  .replace("edit:complex-candidate"_L1, "candidate"_L1)
            + u"for c [($completers[countersign] countersign %1)] { echo $c }\n"_s.arg(words);
        QFile file(m_folder.filePath(u"drive.elv"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(drive.toUtf8());
        file.close();
        const auto shell = run(u"elvish"_s, {u"-norc"_s, file.fileName()});
        QVERIFY2(shell.err.isEmpty(), shell.err.constData());
        const auto lines = shell.out.split('\n');
        const bool isOffered = std::any_of(lines.begin(), lines.end(),
                                           [&offer](const QByteArray &line) { return line.startsWith(offer); });
        QVERIFY2(isOffered, shell.out.constData());
        QVERIFY(!shell.out.contains("documents"));
    }

    void powerShellLoadsIt()
    {
        if (QStandardPaths::findExecutable(u"pwsh"_s).isEmpty())
            QSKIP("there is no PowerShell");
        const auto shell =
            run(u"pwsh"_s,
                {u"-NoProfile"_s, u"-Command"_s,
                 u". '%1'; (TabExpansion2 'countersign insp' 16).CompletionMatches[0].CompletionText"_s.arg(
                     m_folder.filePath(u"pwsh/countersign.ps1"_s))});
        QCOMPARE(shell.out.trimmed(), QByteArray("inspect"));
    }

    void everyManualPageIsWithoutFault()
    {
        if (QStandardPaths::findExecutable(u"groff"_s).isEmpty())
            QSKIP("there is no groff");
        const QDir pages(m_folder.filePath(u"man1"_s));
        const auto files = pages.entryList(QDir::Files);
        QVERIFY(files.contains(u"countersign.1"_s));
        QVERIFY(files.contains(u"countersign-verify.1"_s));
        for (const auto &file : files) {
            const auto checked = run(u"groff"_s, {u"-man"_s, u"-ww"_s, u"-z"_s, u"-Kutf8"_s, pages.filePath(file)});
            QVERIFY2(checked.exitCode == 0 && checked.err.isEmpty(), checked.err.constData());
        }
    }

    void helpIsThereForEveryVerbThatIsListed()
    {
        const auto help = runCli({u"--help"_s});
        QCOMPARE(help.exitCode, 0);
        QVERIFY(help.err.isEmpty());
        const auto lines = QString::fromUtf8(help.out).split(u'\n');
        qsizetype verbs = 0;
        for (auto i = lines.indexOf(u"Verbs"_s) + 1; lines.value(i).startsWith("  "_L1); ++i) {
            const auto verb = lines.at(i).trimmed().section(u' ', 0, 0);
            const auto own = runCli({u"help"_s, verb});
            QVERIFY2(own.exitCode == 0, own.err.constData());
            QVERIFY2(own.out.contains(QByteArray("Usage: countersign " + verb.toUtf8())), own.out.constData());
            QCOMPARE(runCli({verb, u"--help"_s}).out, own.out);
            ++verbs;
        }
        QVERIFY(verbs > 5);
        QCOMPARE(runCli({u"help"_s}).out, help.out);
        QVERIFY(runCli({u"help"_s, u"exit-codes"_s}).out.contains("130"));
        QVERIFY(runCli({u"help"_s, u"environment"_s}).out.contains("COUNTERSIGN_PROFILE"));
        QCOMPARE(runCli({u"help"_s, u"insepct"_s}).exitCode, 2);
    }

    void theGuideNamesEveryVerbCodeAndVariable()
    {
        QFile file(QStringLiteral(COUNTERSIGN_TEST_DATA "/../../docs/cli.md"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto guide = QString::fromUtf8(file.readAll());
        const auto firstWords = [](const QByteArray &text) {
            QStringList words;
            for (const auto &line : QString::fromUtf8(text).split(u'\n')) {
                if (line.startsWith("  "_L1) && !line.at(2).isSpace())
                    words.append(line.trimmed().section(u' ', 0, 0));
            }
            return words;
        };
        const auto codes = firstWords(runCli({u"help"_s, u"exit-codes"_s}).out);
        QVERIFY(codes.size() > 20);
        for (const auto &code : codes) {
            const QRegularExpression row(u"\\| ([0-9]+ / )*%1( / [0-9]+)* \\|"_s.arg(code));
            QVERIFY2(guide.contains(row), qPrintable(code));
        }
        const auto variables = firstWords(runCli({u"help"_s, u"environment"_s}).out);
        for (const auto &variable : variables)
            QVERIFY2(guide.contains(variable), qPrintable(variable));
        const auto verbs = firstWords(runCli({u"--help"_s}).out);
        for (const auto &verb : verbs) {
            if (!verb.startsWith(u'-') && verb != "countersign"_L1)
                QVERIFY2(guide.contains(QRegularExpression(u"[`.]%1[` ]|countersign %1"_s.arg(verb))),
                         qPrintable(verb));
        }
    }

    void everyVerbRefusesWhatIsWrongInJsonToo()
    {
        qsizetype verbs = 0;
        const QDir pages(m_folder.filePath(u"man1"_s));
        for (const auto &name : pages.entryList(QDir::Files)) {
            QFile page(pages.filePath(name));
            QVERIFY(page.open(QIODevice::ReadOnly));
            const auto lines = QString::fromUtf8(page.readAll()).remove(u'\\').split(u'\n');
            for (const auto &line : lines) {
                const auto path = line.section(u" [OPTIONS]"_s, 0, 0).split(u' ').mid(1);
                if (!line.startsWith("countersign "_L1) || !line.contains(" [OPTIONS]"_L1) || path.contains(u"VERB"_s))
                    continue;
                for (const auto &wrong : {u"--no-such-option"_s, u"--client-secret=hunter2"_s}) {
                    const auto run = runCli(path + QStringList{wrong, u"-o"_s, u"json"_s});
                    QCOMPARE(run.exitCode, 2);
                    QVERIFY2(run.out.isEmpty(), qPrintable(path.join(u' ')));
                    QCOMPARE(run.error()[u"schema"].toString(), u"countersign.error/1"_s);
                    QCOMPARE(run.error()[u"exit"].toInt(), 2);
                    QVERIFY(!run.err.contains("hunter2"));
                }
                ++verbs;
            }
        }
        QVERIFY2(verbs > 30, QByteArray::number(verbs).constData());
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestDocuments)
#include "tst_documents.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clihome.h"

#include "support/sandboxprocess.h"

#include <cli/projectfile.h>
#include <cli/projecttrust.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtTest/QTest>

#ifndef Q_OS_WIN
#include <sys/stat.h>
#endif

using namespace Countersign::Cli;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestProjectFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    void aProjectSaysProfileAccountAndScope_data();
    void aProjectSaysProfileAccountAndScope();
    void nothingElseMayStandInIt_data();
    void nothingElseMayStandInIt();
    void theNearestFileIsFound();
#ifndef Q_OS_WIN
    void aPipeOfThatNameIsPassedBy();
#endif
    void aProviderThatIsNamedTakesTheWholeProjectOut();
    void trustIsInTheBytes();

    void anUntrustedFileIsSaidAndNotFollowed();
    void aTrustedFileChoosesProfileAndScope();
    void aFlagGoesBeforeTheProject();
    void onlyTheFileThatIsLookedUpIsTrusted();
#ifndef Q_OS_WIN
    void aPipeIsNotWaitedFor();
#endif
    void aFileThatChangedIsNotFollowed();
    void aFileThatCannotBeReadIsNotTrusted();
    void gitIsToldNothingOfAProject();

private:
    bool write(const QString &path, const QByteArray &content) const;
    //! Runs it in the project's folder.
    CliRun inProject(const QStringList &arguments, const QByteArray &input = {}) const;

    SandboxProcess m_sandbox;
    std::unique_ptr<CliHome> m_home;
    QString m_file;
};

void TestProjectFile::initTestCase()
{
    QVERIFY2(m_sandbox.start({u"--approve"_s, u"ada"_s}), qPrintable(m_sandbox.problem()));
}

void TestProjectFile::init()
{
    m_home = std::make_unique<CliHome>();
    QVERIFY(QDir().mkpath(m_home->path(u"project/deep/er"_s)));
    m_file = m_home->path(u"project/.countersign.toml"_s);
}

bool TestProjectFile::write(const QString &path, const QByteArray &content) const
{
    QFile file(path);
    return file.open(QIODevice::WriteOnly) && file.write(content) == content.size();
}

CliRun TestProjectFile::inProject(const QStringList &arguments, const QByteArray &input) const
{
    const auto before = QDir::currentPath();
    QDir::setCurrent(m_home->path(u"project/deep/er"_s));
    const auto run = m_home->run(arguments, input, {{u"COUNTERSIGN_TRUSTED"_s, m_home->path(u"trusted.json"_s)}});
    QDir::setCurrent(before);
    return run;
}

void TestProjectFile::aProjectSaysProfileAccountAndScope_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("profile");
    QTest::addColumn<QString>("account");
    QTest::addColumn<QStringList>("scopes");
    QTest::newRow("everything") << QByteArray("profile = \"work\"\naccount = 'ada'\nscope = [\"a\", \"b c\"] # why\n")
                                << u"work"_s << u"ada"_s << QStringList{u"a"_s, u"b"_s, u"c"_s};
    QTest::newRow("a text of scopes") << QByteArray("scope = \"openid email\"") << QString() << QString()
                                      << QStringList{u"openid"_s, u"email"_s};
    QTest::newRow("nothing") << QByteArray() << QString() << QString() << QStringList();
}

void TestProjectFile::aProjectSaysProfileAccountAndScope()
{
    QFETCH(const QByteArray, toml);
    QFETCH(const QString, profile);
    QFETCH(const QString, account);
    QFETCH(const QStringList, scopes);
    const auto project = parseProjectFile(toml);
    QVERIFY2(project, project ? "" : qPrintable(project.error().message()));
    QCOMPARE(project->profile, profile);
    QCOMPARE(project->account, account);
    QCOMPARE(project->scopes, scopes);
}

void TestProjectFile::nothingElseMayStandInIt_data()
{
    QTest::addColumn<QByteArray>("toml");
    QTest::addColumn<QString>("said");
    QTest::newRow("a program to run") << QByteArray("\nbrowser = \"rm -rf\"")
                                      << u"line 2: a project may not say 'browser'"_s;
    QTest::newRow("a trust") << QByteArray("ca_file = \"x.pem\"") << u"'ca_file'"_s;
    QTest::newRow("a provider") << QByteArray("issuer = \"https://evil.example\"") << u"'issuer'"_s;
    QTest::newRow("a store") << QByteArray("store = \"msal:/tmp/x\"") << u"'store'"_s;
    QTest::newRow("a proxy in a table") << QByteArray("[network]\nproxy = \"http://evil\"") << u"'network'"_s;
    QTest::newRow("a number") << QByteArray("profile = 1") << u"no text"_s;
    QTest::newRow("an escape sequence") << QByteArray("account = \"\\u001b[2J\"") << u"control character"_s;
    QTest::newRow("a bidirectional override") << QByteArray("account = \"\\u202Eada\"") << u"control character"_s;
    QTest::newRow("an escape sequence for a name") << QByteArray("\"\\u001b[2J\" = 1") << u"may not say"_s;
    QTest::newRow("too long") << QByteArray("profile = \"" + QByteArray(2000, 'a') + '"') << u"too long"_s;
    QTest::newRow("no TOML") << QByteArray("profile = [") << u"line 1 is no TOML"_s;
    QTest::newRow("a brace in a list (toml++ 3.3 asserts there is none)") << QByteArray("scope = [}") << u"no TOML"_s;
    QTest::newRow("bytes") << QByteArray("\xff\xfe\x00profile", 10) << u"no TOML"_s;
    QTest::newRow("very deep") << QByteArray("profile = " + QByteArray(5000, '[')) << u"no TOML"_s;
}

void TestProjectFile::nothingElseMayStandInIt()
{
    QFETCH(const QByteArray, toml);
    QFETCH(const QString, said);
    const auto project = parseProjectFile(toml);
    QVERIFY(!project);
    QVERIFY2(project.error().message().contains(said), qPrintable(project.error().message()));
    QVERIFY(!project.error().message().contains(QChar(0x1b)));
}

void TestProjectFile::theNearestFileIsFound()
{
    QVERIFY(write(m_file, "profile = \"outer\""));
    const auto deep = m_home->path(u"project/deep/er"_s);
    QCOMPARE(findProjectFile(deep), QFileInfo(m_file).canonicalFilePath());
    QVERIFY(write(deep + u"/.countersign.toml"_s, "profile = \"inner\""));
    QCOMPARE(findProjectFile(deep), QFileInfo(deep + u"/.countersign.toml"_s).canonicalFilePath());
}

#ifndef Q_OS_WIN
void TestProjectFile::aPipeOfThatNameIsPassedBy()
{
    QCOMPARE(::mkfifo(QFile::encodeName(m_file).constData(), 0600), 0);
    QVERIFY(findProjectFile(m_home->path(u"project/deep"_s)).isEmpty());
}
#endif

void TestProjectFile::aProviderThatIsNamedTakesTheWholeProjectOut()
{
    const ProjectSettings project{.profile = u"work"_s, .account = u"ada"_s, .scopes = {u"a"_s}};
    GlobalOptions named;
    named.profile = u"other"_s;
    applyProject(project, named);
    QCOMPARE(named.profile, u"other"_s);
    QVERIFY(named.account.isEmpty() && named.projectScopes.isEmpty());
    GlobalOptions account;
    account.account = u"grace"_s;
    applyProject(project, account);
    QCOMPARE(account.profile, u"work"_s);
    QCOMPARE(account.account, u"grace"_s);
    QCOMPARE(account.projectScopes, QStringList{u"a"_s});
}

void TestProjectFile::trustIsInTheBytes()
{
    ProjectTrust trust(m_home->path(u"trusted.json"_s));
    QVERIFY(!trust.covers(m_file, "a"));
    QVERIFY(trust.add(m_file, "a"));
    ProjectTrust again(m_home->path(u"trusted.json"_s));
    QVERIFY(again.load());
    QVERIFY(again.covers(m_file, "a"));
    QVERIFY(!again.covers(m_file, "b"));
    QVERIFY(!again.covers(m_file + u'x', "a"));
    QVERIFY(again.remove(m_file));
    QVERIFY(!again.covers(m_file, "a"));
}

void TestProjectFile::anUntrustedFileIsSaidAndNotFollowed()
{
    QVERIFY(write(m_file, "profile = \"nowhere\""));
    QVERIFY(m_home->signIn(m_sandbox.issuer(), {u"--save"_s, u"demo"_s}).exitCode == 0);
    const auto run = inProject({u"token"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QVERIFY2(run.err.contains("is not trusted"), run.err.constData());
    QVERIFY(run.err.contains("countersign trust"));
}

void TestProjectFile::aTrustedFileChoosesProfileAndScope()
{
    QVERIFY(m_home->signIn(m_sandbox.issuer(), {u"--save"_s, u"demo"_s}).exitCode == 0);
    QVERIFY(m_home
                ->run({u"profile"_s, u"add"_s, u"other"_s, u"--issuer"_s, u"https://op.example"_s, u"--client-id"_s,
                       u"x"_s})
                .exitCode
            == 0);
    QVERIFY(m_home->run({u"profile"_s, u"default"_s, u"other"_s}).exitCode == 0);
    QCOMPARE(inProject({u"token"_s}).exitCode, 10); // of the default one nobody is signed in
    QVERIFY(write(m_file, "profile = \"demo\"\nscope = [\"email\"]"));
    const auto trusted = inProject({u"trust"_s, u"-o"_s, u"json"_s});
    QVERIFY2(trusted.exitCode == 0, trusted.err.constData());
    QCOMPARE(trusted.json()[u"profile"].toString(), u"demo"_s);
    const auto run = inProject({u"token"_s, u"-o"_s, u"json"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QVERIFY2(run.err.isEmpty(), run.err.constData());
    QCOMPARE(run.json()[u"profile"].toString(), u"demo"_s);
    QCOMPARE(run.json()[u"requested_scopes"].toArray(), QJsonArray{u"email"_s});
}

void TestProjectFile::aFlagGoesBeforeTheProject()
{
    QVERIFY(m_home->signIn(m_sandbox.issuer(), {u"--save"_s, u"demo"_s}).exitCode == 0);
    QVERIFY(write(m_file, "profile = \"nowhere\"\naccount = \"nobody\"\nscope = \"files.read\""));
    QCOMPARE(inProject({u"trust"_s}).exitCode, 0);
    QCOMPARE(inProject({u"token"_s}).exitCode, 3);
    const auto run = inProject({u"token"_s, u"--profile"_s, u"demo"_s, u"-o"_s, u"json"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QVERIFY(!run.json()[u"requested_scopes"].toArray().contains(u"files.read"_s));
    QVERIFY(write(m_file, "no longer TOML"));
    const auto unread = inProject({u"token"_s, u"--profile"_s, u"demo"_s});
    QVERIFY2(unread.exitCode == 0 && unread.err.isEmpty(), unread.err.constData());
}

void TestProjectFile::aFileThatChangedIsNotFollowed()
{
    QVERIFY(m_home->signIn(m_sandbox.issuer(), {u"--save"_s, u"demo"_s}).exitCode == 0);
    QVERIFY(write(m_file, "profile = \"demo\""));
    QCOMPARE(inProject({u"trust"_s}).exitCode, 0);
    QVERIFY(write(m_file, "profile = \"nowhere\""));
    const auto run = inProject({u"token"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
    QVERIFY(run.err.contains("is not trusted"));
    QVERIFY(inProject({u"trust"_s, u"list"_s}).out.startsWith("changed"));
    QCOMPARE(inProject({u"trust"_s, u"remove"_s}).exitCode, 0);
    QVERIFY(inProject({u"trust"_s, u"list"_s}).out.isEmpty());
}

void TestProjectFile::aFileThatCannotBeReadIsNotTrusted()
{
    QCOMPARE(inProject({u"trust"_s}).exitCode, 2); // there is none
    QVERIFY(write(m_file, "browser = \"rm\""));
    const auto run = inProject({u"trust"_s});
    QCOMPARE(run.exitCode, 4);
    QVERIFY(run.out.isEmpty());
    QVERIFY(inProject({u"trust"_s, u"list"_s}).out.isEmpty());
    QVERIFY(write(m_file, QByteArray(70000, '#')));
    QCOMPARE(inProject({u"trust"_s}).exitCode, 4);
}

void TestProjectFile::onlyTheFileThatIsLookedUpIsTrusted()
{
    const auto other = m_home->path(u"project/other.toml"_s);
    QVERIFY(write(other, "profile = \"demo\""));
    const auto refused = inProject({u"trust"_s, u"add"_s, other});
    QCOMPARE(refused.exitCode, 2);
    QVERIFY2(refused.err.contains(".countersign.toml"), refused.err.constData());
    QVERIFY(QFile::link(other, m_file));
    QCOMPARE(inProject({u"trust"_s, u"add"_s, m_file}).exitCode, 0);
    QVERIFY(inProject({u"trust"_s, u"list"_s}).out.startsWith("trusted"));
}

#ifndef Q_OS_WIN
void TestProjectFile::aPipeIsNotWaitedFor()
{
    QCOMPARE(::mkfifo(QFile::encodeName(m_file).constData(), 0600), 0);
    QVERIFY(!readProjectFile(m_file));
    QCOMPARE(inProject({u"trust"_s, u"add"_s, m_file}).exitCode, 4);
}
#endif

//! git shows what its helper says to whoever clones: a repository nobody trusts is no news there.
void TestProjectFile::gitIsToldNothingOfAProject()
{
    QVERIFY(write(m_file, "profile = \"nowhere\""));
    const auto run = inProject({u"credential"_s, u"git"_s, u"--host"_s, u"git.example"_s, u"get"_s},
                               "protocol=https\nhost=git.example\n\n");
    QCOMPARE(run.exitCode, 0);
    QVERIFY2(!run.err.contains("trusted"), run.err.constData());
}

QTEST_GUILESS_MAIN(TestProjectFile)
#include "tst_projectfile.moc"

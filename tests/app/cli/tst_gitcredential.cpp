// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clihome.h"
#include "gitserver.h"
#include "terminalprocess.h"

#include "support/sandboxprocess.h"

#include <cli/gitcredential.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QStandardPaths>

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

const QByteArray request = "protocol=https\nhost=git.example.com\n\n";

QByteArray valueOf(const QByteArray &answer, const QByteArray &key)
{
    for (const auto &line : answer.split('\n')) {
        if (line.startsWith(QByteArray(key + '=')))
            return line.mid(key.size() + 1);
    }
    return {};
}

} // namespace

class TestGitCredential : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();

    // the protocol's text
    void requestsAreRead();
    void whatIsNoRequestIsRefused_data();
    void whatIsNoRequestIsRefused();
    void tokensGoToTheNamedHostsOnly_data();
    void tokensGoToTheNamedHostsOnly();
    void everyHostGetsTheUserNameItExpects_data();
    void everyHostGetsTheUserNameItExpects();

    // the helper
    void getAnswersWithUserNameAndPassword();
    void getAnswersWithABearerTokenWhereGitUnderstandsIt();
    void withoutATokenItSaysNothing();
    void aTerminalGetsNoToken();
    void otherHostsGetNothing_data();
    void otherHostsGetNothing();
    void eraseMakesTheNextGetFetchAnother();
    void eraseKnowsTheTokenByItsState();
    void storeAndCapability();
    void aUserInTheAddressMayBeAnAccountOrNot();
    void aChallengeOfTheServerIsMetOrLeftToAPerson();

    // git itself
    void gitFetchesFromAServerThatDemandsAToken();
    void gitFindsTheHelperByItsName();
    void gitGetsAnotherTokenAfterARefusal();

private:
    CliRun helper(const QString &action, const QByteArray &input = request, const QStringList &more = {}) const
    {
        return m_home->run(QStringList{u"credential"_s, u"git"_s, u"--host=git.example.com"_s, action} + more, input);
    }
    //! Runs git here while the server answers; its exit code, and what it printed.
    std::pair<int, QByteArray> git(const QStringList &arguments) const;
    bool makeRepository();

    SandboxProcess m_sandbox;
    std::unique_ptr<CliHome> m_home;
    QTemporaryDir m_served;
};

void TestGitCredential::initTestCase()
{
    QVERIFY2(m_sandbox.start({u"--approve"_s, u"ada"_s}), qPrintable(m_sandbox.problem()));
    QVERIFY(m_served.isValid());
}

void TestGitCredential::init()
{
    m_home = std::make_unique<CliHome>();
    const auto run = m_home->signIn(m_sandbox.issuer(), {u"--scope"_s, u"openid email"_s, u"--save"_s, u"work"_s});
    QVERIFY2(run.exitCode == 0, run.err.constData());
}

void TestGitCredential::requestsAreRead()
{
    const auto read =
        Cli::parseGitCredential("capability[]=authtype\ncapability[]=state\nprotocol=https\n"
                                "host=git.example.com:8443\nusername=ada\npassword=a=b\nwwwauth[]=\n"
                                "wwwauth[]=Basic realm=\"x\"\nwwwauth[]=Bearer\nunknown=x\n\nhost=late\n");
    QVERIFY(read);
    QCOMPARE(read->host, u"git.example.com:8443"_s);
    QCOMPARE(read->username, u"ada"_s);
    QCOMPARE(read->secret().reveal().toByteArray(), QByteArray("a=b"));
    QCOMPARE(read->challenges, (QStringList{u"Basic realm=\"x\""_s, u"Bearer"_s}));
    QVERIFY(read->understands(u"authtype"_s));
    const auto reset = Cli::parseGitCredential("capability[]=authtype\ncapability[]=\ncredential=c\npassword=p\n");
    QVERIFY(!reset->understands(u"authtype"_s));
    QCOMPARE(reset->secret().reveal().toByteArray(), QByteArray("c"));
}

void TestGitCredential::whatIsNoRequestIsRefused_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("no sign") << QByteArray("protocol\n");
    QTest::newRow("no key") << QByteArray("=x\n");
    QTest::newRow("a null") << QByteArray("host=a\0b\n", 9);
    QTest::newRow("an escape") << QByteArray("host=a\x1b[31m\n");
    QTest::newRow("too long") << QByteArray(70'000, 'a');
}

void TestGitCredential::whatIsNoRequestIsRefused()
{
    QFETCH(const QByteArray, text);
    QVERIFY(!Cli::parseGitCredential(text));
    const auto run = helper(u"get"_s, text, {u"-o"_s, u"json"_s});
    QCOMPARE(run.exitCode, 2);
    QVERIFY(run.out.isEmpty());
    QCOMPARE(run.error()[u"exit"].toInt(), 2);
}

void TestGitCredential::tokensGoToTheNamedHostsOnly_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("isAllowed");
    QTest::newRow("named") << u"git.example.com"_s << true;
    QTest::newRow("in capitals") << u"Git.Example.com"_s << true;
    QTest::newRow("another port") << u"git.example.com:8443"_s << false;
    QTest::newRow("below a domain") << u"a.corp.example"_s << true;
    QTest::newRow("the domain itself") << u"corp.example"_s << false;
    QTest::newRow("a name that only ends alike") << u"evilcorp.example"_s << false;
    QTest::newRow("another one") << u"evil.example.com"_s << false;
    QTest::newRow("none") << QString() << false;
}

void TestGitCredential::tokensGoToTheNamedHostsOnly()
{
    QFETCH(const QString, host);
    QFETCH(const bool, isAllowed);
    QCOMPARE(Cli::isAllowedHost(host, {u"git.example.com"_s, u"*.corp.example"_s}), isAllowed);
}

void TestGitCredential::everyHostGetsTheUserNameItExpects_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<QString>("inUrl");
    QTest::addColumn<QString>("expected");
    QTest::newRow("GitHub") << u"github.com"_s << u"ada"_s << u"x-access-token"_s;
    QTest::newRow("GitLab") << u"gitlab.example.com:8443"_s << QString() << u"oauth2"_s;
    QTest::newRow("Bitbucket") << u"bitbucket.org"_s << u"ada"_s << u"x-token-auth"_s;
    QTest::newRow("Azure Repos") << u"dev.azure.com"_s << u"org"_s << u"org"_s;
    QTest::newRow("another one") << u"git.example.com"_s << QString() << u"oauth2"_s;
}

void TestGitCredential::everyHostGetsTheUserNameItExpects()
{
    QFETCH(const QString, host);
    QFETCH(const QString, inUrl);
    QFETCH(const QString, expected);
    QCOMPARE(Cli::gitUserName(host, inUrl), expected);
}

void TestGitCredential::getAnswersWithUserNameAndPassword()
{
    const auto run = helper(u"get"_s);
    QCOMPARE(run.exitCode, 0);
    QVERIFY2(run.err.isEmpty(), run.err.constData());
    const auto token = m_home->run({u"token"_s}).out.trimmed();
    QCOMPARE(valueOf(run.out, "username"), QByteArray("oauth2"));
    QCOMPARE(valueOf(run.out, "password"), token);
    const auto seconds = valueOf(run.out, "password_expiry_utc").toLongLong();
    const auto left = seconds - QDateTime::currentSecsSinceEpoch();
    QVERIFY(left > 60 && left < 7200);
    QVERIFY(!run.out.contains("refresh_token"));
    QCOMPARE(run.out.count('\n'), 3);
}

void TestGitCredential::getAnswersWithABearerTokenWhereGitUnderstandsIt()
{
    const auto run = helper(u"get"_s, "capability[]=authtype\ncapability[]=state\n" + request);
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(valueOf(run.out, "authtype"), QByteArray("Bearer"));
    QCOMPARE(valueOf(run.out, "credential"), m_home->run({u"token"_s}).out.trimmed());
    QCOMPARE(valueOf(run.out, "ephemeral"), QByteArray("1"));
    QVERIFY(run.out.contains("capability[]=authtype\n"));
    QVERIFY(run.out.contains("capability[]=state\n"));
    QVERIFY(valueOf(run.out, "state[]").startsWith("countersign."));
    QVERIFY(!run.out.contains("password="));
}

void TestGitCredential::withoutATokenItSaysNothing()
{
    m_home = std::make_unique<CliHome>();
    QVERIFY(m_home
                ->run({u"profile"_s, u"add"_s, u"work"_s, u"--issuer"_s, m_sandbox.issuer(),
                       u"--client-id=sandbox-native"_s})
                .exitCode
            == 0);
    const auto run = helper(u"get"_s);
    QCOMPARE(run.exitCode, 0);
    QVERIFY(run.out.isEmpty());
    QVERIFY2(run.err.isEmpty(), run.err.constData());
}

void TestGitCredential::aTerminalGetsNoToken()
{
    const auto run =
        runOnTerminal({u"credential"_s, u"git"_s, u"--host"_s, u"git.example.com"_s, u"get"_s}, m_home->environment());
    QCOMPARE(run.exitCode, 0);
    QVERIFY2(run.out.contains("--show"), run.out.constData());
    QVERIFY2(!run.out.contains("eyJ"), "a terminal shows a token with --show only");
}

void TestGitCredential::otherHostsGetNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("another host") << QByteArray("protocol=https\nhost=evil.example.com\n\n");
    QTest::newRow("in the clear") << QByteArray("protocol=http\nhost=git.example.com\n\n");
    QTest::newRow("another protocol") << QByteArray("protocol=ftp\nhost=git.example.com\n\n");
    QTest::newRow("no host") << QByteArray("protocol=https\npath=x\n\n");
}

void TestGitCredential::otherHostsGetNothing()
{
    QFETCH(const QByteArray, text);
    QVERIFY(m_sandbox.clearLog());
    const auto run = helper(u"get"_s, text);
    QCOMPARE(run.exitCode, 0);
    QVERIFY(run.out.isEmpty());
    QVERIFY(m_sandbox.log().isEmpty());
    const auto unbound = m_home->run({u"credential"_s, u"git"_s, u"get"_s}, request);
    QCOMPARE(unbound.exitCode, 0);
    QVERIFY(unbound.out.isEmpty());
    QVERIFY2(unbound.err.contains("--host"), unbound.err.constData());
}

void TestGitCredential::eraseMakesTheNextGetFetchAnother()
{
    const auto first = valueOf(helper(u"get"_s).out, "password");
    QCOMPARE(valueOf(helper(u"get"_s).out, "password"), first);
    QCOMPARE(helper(u"erase"_s, "username=oauth2\npassword=" + first + '\n' + request).exitCode, 0);
    const auto second = valueOf(helper(u"get"_s).out, "password");
    QVERIFY(!second.isEmpty());
    QVERIFY(second != first);
    QCOMPARE(valueOf(helper(u"get"_s).out, "password"), second);
}

void TestGitCredential::eraseKnowsTheTokenByItsState()
{
    const auto first = helper(u"get"_s, "capability[]=authtype\ncapability[]=state\n" + request).out;
    QCOMPARE(helper(u"erase"_s, "state[]=" + valueOf(first, "state[]") + '\n' + request).exitCode, 0);
    const auto second = valueOf(helper(u"get"_s).out, "password");
    QVERIFY(!second.isEmpty());
    QVERIFY(second != valueOf(first, "credential"));
}

void TestGitCredential::storeAndCapability()
{
    const auto before = m_home->storeBytes();
    const auto stored = helper(u"store"_s, "username=x\npassword=y\n" + request);
    QCOMPARE(stored.exitCode, 0);
    QVERIFY(stored.out.isEmpty());
    QCOMPARE(m_home->storeBytes(), before);
    QCOMPARE(helper(u"capability"_s, {}).out, QByteArray("version 0\ncapability authtype\ncapability state\n"));
    // gitcredentials(7): "If a helper receives any other operation, it should silently ignore the request."
    const auto unknown = helper(u"frob"_s);
    QCOMPARE(unknown.exitCode, 0);
    QVERIFY2(unknown.out.isEmpty() && unknown.err.isEmpty(), unknown.err.constData());
    QCOMPARE(m_home->run({u"credential"_s, u"git"_s}).exitCode, 2);
}

void TestGitCredential::aUserInTheAddressMayBeAnAccountOrNot()
{
    const auto account = helper(u"get"_s, "username=ada@countersign.example\n" + request);
    QVERIFY(!valueOf(account.out, "password").isEmpty());
    const auto organisation = helper(u"get"_s, "username=org\n" + request);
    QCOMPARE(valueOf(organisation.out, "username"), QByteArray("org"));
    QVERIFY(!valueOf(organisation.out, "password").isEmpty());
}

void TestGitCredential::aChallengeOfTheServerIsMetOrLeftToAPerson()
{
    QVERIFY(m_sandbox.clearLog());
    const auto claims = helper(
        u"get"_s,
        "wwwauth[]=Bearer error=\"insufficient_claims\", claims=\""
            + QByteArray(R"({"access_token":{"acrs":{"essential":true,"value":"c1"}}})").toBase64() + "\"\n" + request);
    QVERIFY2(!valueOf(claims.out, "password").isEmpty(), claims.err.constData());
    QCOMPARE(m_sandbox.requestsTo(u"/token"_s).size(), 1);
    const auto person = helper(u"get"_s,
                               "wwwauth[]=Bearer error=\"insufficient_user_authentication\", "
                               "acr_values=\"mfa\"\n"
                                   + request);
    QCOMPARE(person.exitCode, 0);
    QVERIFY(person.out.isEmpty());
}

std::pair<int, QByteArray> TestGitCredential::git(const QStringList &arguments) const
{
    QProcess process;
    auto variables = QProcessEnvironment::systemEnvironment();
    auto environment = m_home->environment();
    environment.insert(
        {{u"GIT_CONFIG_GLOBAL"_s, m_home->path(u"gitconfig"_s)},
         {u"GIT_CONFIG_NOSYSTEM"_s, u"1"_s},
         {u"GIT_TERMINAL_PROMPT"_s, u"0"_s},
         {u"GIT_ASKPASS"_s, QString()},
         {u"SSH_ASKPASS"_s, QString()},
         {u"http_proxy"_s, QString()},
         {u"PATH"_s, qEnvironmentVariable("COUNTERSIGN_BIN_DIR") + u':' + qEnvironmentVariable("PATH")}});
    for (auto it = environment.begin(); it != environment.end(); ++it)
        variables.insert(it.key(), it.value());
    process.setProcessEnvironment(variables);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(u"git"_s, arguments);
    process.closeWriteChannel();
    // The server lives in this thread.
    const bool hasEnded = QTest::qWaitFor([&process] { return process.state() == QProcess::NotRunning; }, 30000);
    return {hasEnded ? process.exitCode() : -1, process.readAll()};
}

bool TestGitCredential::makeRepository()
{
    const auto work = m_home->path(u"work"_s);
    const auto bare = m_served.filePath(u"repo.git"_s);
    QDir(bare).removeRecursively();
    const QStringList steps[] = {{u"init"_s, u"-q"_s, work},
                                 {u"-C"_s, work, u"-c"_s, u"user.name=Ada"_s, u"-c"_s,
                                  u"user.email=ada@countersign.example"_s, u"commit"_s, u"-q"_s, u"--allow-empty"_s,
                                  u"-m"_s, u"A first commit"_s},
                                 {u"clone"_s, u"-q"_s, u"--bare"_s, work, bare},
                                 {u"-C"_s, bare, u"update-server-info"_s}};
    for (const auto &step : steps) {
        const auto [exitCode, output] = git(step);
        if (exitCode != 0) {
            qWarning("%s", output.constData());
            return false;
        }
    }
    return true;
}

void TestGitCredential::gitFetchesFromAServerThatDemandsAToken()
{
    if (QStandardPaths::findExecutable(u"git"_s).isEmpty())
        QSKIP("there is no git");
    QVERIFY(makeRepository());
    GitServer server(m_served.path());
    server.accept(m_home->run({u"token"_s}).out.trimmed());
    const QString address = server.origin() + u"/repo.git"_s;
    QVERIFY2(git({u"ls-remote"_s, address}).first != 0, "without a helper there is nothing to show");
    const auto configured = m_home->run({u"configure"_s, u"git"_s, u"--host"_s, server.origin(), u"--profile=work"_s},
                                        {}, {{u"GIT_CONFIG_GLOBAL"_s, m_home->path(u"gitconfig"_s)}});
    QVERIFY2(configured.exitCode == 0, configured.err.constData());
    const auto target = m_home->path(u"clone"_s);
    const auto [exitCode, output] = git({u"clone"_s, u"-q"_s, address, target});
    QVERIFY2(exitCode == 0, output.constData());
    const auto [logExit, log] = git({u"-C"_s, target, u"log"_s, u"--format=%s"_s});
    QCOMPARE(log.trimmed(), QByteArray("A first commit"));
    QVERIFY(server.userNames.contains("oauth2"));
    QCOMPARE(git({u"-C"_s, target, u"fetch"_s, u"-q"_s}).first, 0);
    QCOMPARE(server.refusals, 0);
    QFile written(m_home->path(u"gitconfig"_s));
    QVERIFY(written.open(QIODevice::ReadOnly));
    QVERIFY2(!written.readAll().contains("eyJ"), "no token in a file");
}

void TestGitCredential::gitFindsTheHelperByItsName()
{
    if (QStandardPaths::findExecutable(u"git"_s).isEmpty())
        QSKIP("there is no git");
    QVERIFY(makeRepository());
    GitServer server(m_served.path());
    server.accept(m_home->run({u"token"_s}).out.trimmed());
    const auto host = server.origin().section(u'/', 2);
    const auto [exitCode, output] = git({u"-c"_s, u"credential.helper=countersign --profile work --host "_s + host,
                                         u"ls-remote"_s, server.origin() + u"/repo.git"_s});
    QVERIFY2(exitCode == 0, output.constData());
    QVERIFY(output.contains("refs/heads/"));
}

void TestGitCredential::gitGetsAnotherTokenAfterARefusal()
{
    if (QStandardPaths::findExecutable(u"git"_s).isEmpty())
        QSKIP("there is no git");
    QVERIFY(makeRepository());
    GitServer server(m_served.path());
    server.accept("another token");
    const QStringList listing{
        u"-c"_s, u"credential.helper=countersign --profile work --host "_s + server.origin().section(u'/', 2),
        u"ls-remote"_s, server.origin() + u"/repo.git"_s};
    const auto before = m_home->run({u"token"_s}).out.trimmed();
    QVERIFY(git(listing).first != 0);
    QVERIFY(server.refusals > 0);
    // git erased what was refused, so the next try brings another token.
    QVERIFY(git(listing).first != 0);
    const auto after = m_home->run({u"token"_s}).out.trimmed();
    QVERIFY(after != before);
    server.accept(after);
    // That one was refused, too: the third try brings a third one.
    QVERIFY(git(listing).first != 0);
    server.accept(m_home->run({u"token"_s, u"--force"_s}).out.trimmed());
    const auto [exitCode, output] = git(listing);
    QVERIFY2(exitCode == 0, output.constData());
}

QTEST_GUILESS_MAIN(TestGitCredential)
#include "tst_gitcredential.moc"

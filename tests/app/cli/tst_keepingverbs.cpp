// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// What the command line keeps for a person: accounts, profiles, settings and the store itself.
#include "clihome.h"
#include "terminalprocess.h"

#include "support/sandboxprocess.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <csignal>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestKeepingVerbs : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();

    void accountsAreListedShownNamedAndForgotten();
    void twoAccountsCannotHaveOneName();
    void anEmptyStoreListsNobody();

    void aSignOutReportsEachStep();
    void aSignOutForgetsEvenWhenTheProviderCannotBeReached();
    void theProvidersSessionEndsInTheBrowser();
    void everybodyIsSignedOutAtOnce();

    void aProfileIsAddedEditedTestedExportedAndRemoved();
    void aPresetAsksForWhatItNeeds();
    void aProfileIsImported_data();
    void aProfileIsImported();
    void aProfileThatCannotBeIsRefused_data();
    void aProfileThatCannotBeIsRefused();
    void aTestSaysWhatTheProviderLacks();

    void settingsGoBeforeDefaultsAndBehindTheEnvironment();
    void offlineIsASetting();
    void aSettingThatCannotBeIsRefused();
    void aBrokenSettingsFileIsNamed();

    void theStoreSaysHowItIs();
    void theStoreMovesToASealedFile();
    void theStoreIsWipedOnlyWhenMeant();
    void aLooseStoreIsRefused();

    void theDoctorFindsWhatIsWrong();
    void anotherProgramsCacheIsListedWithoutItsSecrets();
    void theSandboxStartsAndStops();
    void theVersionIsForPeopleAndForScripts();

private:
    CliRun run(const QStringList &arguments, const QByteArray &input = {}, const Environment &more = {}) const
    {
        return m_home->run(arguments, input, more);
    }
    QJsonObject firstAccount() const
    {
        return run({u"accounts"_s, u"-o"_s, u"json"_s}).json()[u"accounts"][0].toObject();
    }
    void signIn(const QString &user = u"ada"_s)
    {
        QVERIFY(m_sandbox.approveAs(user));
        const auto run = m_home->signIn(m_sandbox.issuer(), {u"--scope"_s, u"openid email"_s, u"--save"_s, u"demo"_s});
        QVERIFY2(run.exitCode == 0, run.err.constData());
    }

    SandboxProcess m_sandbox;
    std::unique_ptr<CliHome> m_home;
};

void TestKeepingVerbs::initTestCase()
{
    QVERIFY2(m_sandbox.start({u"--approve"_s, u"ada"_s}), qPrintable(m_sandbox.problem()));
}

void TestKeepingVerbs::init()
{
    m_home = std::make_unique<CliHome>();
}

void TestKeepingVerbs::cleanup()
{
    QVERIFY(m_sandbox.clearHooks());
}

void TestKeepingVerbs::accountsAreListedShownNamedAndForgotten()
{
    signIn();
    const auto list = run({u"accounts"_s});
    QVERIFY(isGolden(u"accounts.txt"_s, list.out));
    QCOMPARE(run({u"accounts"_s, u"list"_s}).out, list.out);
    const auto account = firstAccount();
    QCOMPARE(account[u"state"].toString(), u"good"_s);
    QCOMPARE(account[u"profiles"].toArray(), QJsonArray{u"demo"_s});
    const auto expired = run({u"accounts"_s, u"list"_s, u"--expired"_s});
    QCOMPARE(expired.out, QByteArray());
    QVERIFY2(!expired.err.contains("Nobody"), "somebody is signed in, only not expired");
    QCOMPARE(run({u"accounts"_s, u"rename"_s, account[u"id"].toString(), u"home"_s}).exitCode, 0);
    QVERIFY(run({u"accounts"_s}).out.contains("home"));
    const auto shown = run({u"accounts"_s, u"show"_s, u"HOME"_s});
    QVERIFY(isGolden(u"account.txt"_s, shown.out));
    QVERIFY2(!shown.out.contains("eyJ"), "no list shows a token");
    QCOMPARE(run({u"accounts"_s, u"default"_s, u"home"_s}).exitCode, 0);
    QCOMPARE(firstAccount()[u"default"].toBool(), true);
    QCOMPARE(run({u"accounts"_s, u"remove"_s, u"home"_s}).exitCode, 0);
    QVERIFY(!m_home->storeBytes().contains("ada@"));
    QFile names(m_home->path(u"accounts.json"_s));
    QVERIFY(names.open(QIODevice::ReadOnly));
    QVERIFY2(!names.readAll().contains("home\""), "the name goes with the account");
    QCOMPARE(names.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
}

void TestKeepingVerbs::twoAccountsCannotHaveOneName()
{
    signIn();
    signIn(u"grace"_s);
    QCOMPARE(run({u"accounts"_s, u"rename"_s, u"ada@countersign.example"_s, u"work"_s}).exitCode, 0);
    const auto second = run({u"accounts"_s, u"rename"_s, u"grace@countersign.example"_s, u"Work"_s});
    QCOMPARE(second.exitCode, 2);
    QVERIFY(second.err.contains("Another account has the name"));
}

void TestKeepingVerbs::anEmptyStoreListsNobody()
{
    const auto list = run({u"accounts"_s});
    QCOMPARE(list.exitCode, 0);
    QVERIFY(list.out.isEmpty());
    QVERIFY(list.err.contains("countersign login"));
    QCOMPARE(run({u"accounts"_s, u"-o"_s, u"json"_s}).out,
             QByteArray("{\"schema\":\"countersign.accounts/1\",\"accounts\":[]}\n"));
    QCOMPARE(run({u"accounts"_s, u"show"_s}).exitCode, 3);
}

void TestKeepingVerbs::aSignOutReportsEachStep()
{
    signIn();
    const auto out = run({u"logout"_s, u"--revoke"_s, u"-o"_s, u"json"_s});
    QVERIFY2(out.exitCode == 0, out.err.constData());
    const auto steps = out.json()[u"accounts"][0][u"steps"].toArray();
    QMap<QString, QString> outcomes;
    for (const auto step : steps)
        outcomes.insert(step[u"step"].toString(), step[u"outcome"].toString());
    QCOMPARE(outcomes.value(u"revocation"_s), u"done"_s);
    QCOMPARE(outcomes.value(u"local_removal"_s), u"done"_s);
    QCOMPARE(m_sandbox.requestsTo(u"/revoke"_s).size(), 1);
    QCOMPARE(run({u"token"_s}).exitCode, 10);
    QCOMPARE(run({u"logout"_s}).exitCode, 3);
}

void TestKeepingVerbs::aSignOutForgetsEvenWhenTheProviderCannotBeReached()
{
    signIn();
    QVERIFY(m_sandbox.setHook(u"revocation"_s, QJsonObject{{u"status"_s, 503}}));
    const auto out = run({u"logout"_s, u"--revoke"_s});
    QVERIFY2(out.exitCode == 0, out.err.constData());
    QVERIFY2(out.out.contains("revoke the refresh token  failed: "), out.out.constData());
    QVERIFY(out.out.contains("forget the account here   done"));
    QVERIFY(!m_home->storeBytes().contains("ada@"));
}

void TestKeepingVerbs::theProvidersSessionEndsInTheBrowser()
{
    signIn();
    QVERIFY(m_sandbox.clearLog());
    const auto out = run({u"logout"_s, u"--end-session"_s, u"--browser"_s, CliHome::browser()});
    QVERIFY2(out.exitCode == 0, out.err.constData());
    QVERIFY(out.out.contains("end the provider's session"));
    QTRY_COMPARE(m_sandbox.requestsTo(u"/end_session"_s).size(), 1);
    QVERIFY(m_sandbox.requestsTo(u"/revoke"_s).isEmpty());
    signIn();
    QCOMPARE(run({u"logout"_s, u"--end-session"_s, u"--no-interaction"_s}).exitCode, 10);
}

void TestKeepingVerbs::everybodyIsSignedOutAtOnce()
{
    signIn();
    signIn(u"grace"_s);
    QCOMPARE(run({u"logout"_s}).exitCode, 3);
    QCOMPARE(run({u"logout"_s, u"ada@countersign.example"_s, u"--all"_s}).exitCode, 2);
    QCOMPARE(run({u"logout"_s, u"--account"_s, u"ada@countersign.example"_s, u"--all"_s}).exitCode, 2);
    QCOMPARE(run({u"accounts"_s}).out.count('\n'), 2);
    const auto out = run({u"logout"_s, u"--all"_s}, {}, {{u"COUNTERSIGN_ACCOUNT"_s, u"ada@countersign.example"_s}});
    QCOMPARE(out.exitCode, 0);
    QVERIFY(out.out.contains("ada@") && out.out.contains("grace@"));
    QVERIFY(run({u"accounts"_s}).out.isEmpty());
}

void TestKeepingVerbs::aProfileIsAddedEditedTestedExportedAndRemoved()
{
    const auto issuer = m_sandbox.issuer();
    const auto added = run(QStringList{u"profile"_s, u"add"_s, u"work"_s, u"--scope"_s, u"openid email"_s}
                           + CliHome::provider(issuer));
    QVERIFY2(added.exitCode == 0, added.err.constData());
    QVERIFY(added.err.contains("countersign login --profile work"));
    QCOMPARE(run(QStringList{u"profile"_s, u"add"_s, u"work"_s} + CliHome::provider(issuer)).exitCode, 2);
    QVERIFY(isGolden(u"profiles.txt"_s, run({u"profile"_s}).out));
    QCOMPARE(
        run({u"profile"_s, u"edit"_s, u"work"_s, u"--set"_s, u"via=device"_s, u"--set"_s, u"note=mine"_s}).exitCode, 0);
    QVERIFY(isGolden(u"profile.txt"_s, run({u"profile"_s, u"show"_s, u"work"_s}).out));
    QVERIFY(isGolden(u"profile-test.txt"_s, run({u"profile"_s, u"test"_s}).out));
    const auto exported = run({u"profile"_s, u"export"_s, u"work"_s});
    QCOMPARE(QJsonDocument::fromJson(exported.out).object()[u"issuer"].toString(), issuer);
    QCOMPARE(run({u"profile"_s, u"remove"_s, u"work"_s}).exitCode, 0);
    QCOMPARE(run({u"profile"_s, u"show"_s, u"work"_s}).exitCode, 3);
    const auto back = run({u"profile"_s, u"import"_s, u"-"_s, u"--name"_s, u"again"_s}, exported.out);
    QVERIFY2(back.exitCode == 0, back.err.constData());
    QCOMPARE(run({u"profile"_s, u"show"_s, u"again"_s, u"-o"_s, u"json"_s}).json()[u"via"].toString(), u"device"_s);
}

void TestKeepingVerbs::aPresetAsksForWhatItNeeds()
{
    QVERIFY(run({u"profile"_s, u"presets"_s}).out.contains("entra"));
    const auto missing = run({u"profile"_s, u"add"_s, u"x"_s, u"--preset"_s, u"google"_s});
    QCOMPARE(missing.exitCode, 2);
    QVERIFY2(missing.err.contains("--client-id"), missing.err.constData());
    const auto made = run({u"profile"_s, u"add"_s, u"x"_s, u"--preset"_s, u"entra"_s, u"--entra"_s, u"contoso.com"_s,
                           u"--client-id"_s, u"11111111-2222-3333-4444-555555555555"_s});
    QVERIFY2(made.exitCode == 0, made.err.constData());
    const auto profile = run({u"profile"_s, u"show"_s, u"x"_s, u"-o"_s, u"json"_s}).json();
    QCOMPARE(profile[u"issuer"].toString(), u"https://login.microsoftonline.com/contoso.com"_s);
    const auto wrong = run({u"profile"_s, u"add"_s, u"y"_s, u"--preset"_s, u"gogle"_s});
    QCOMPARE(wrong.exitCode, 2);
    QVERIFY(wrong.err.contains("'google'"));
}

void TestKeepingVerbs::aProfileIsImported_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QString>("issuer");
    QTest::newRow("appsettings on standard input")
        << QStringList{u"-"_s}
        << QByteArray(R"({"AzureAd":{"Instance":"https://login.microsoftonline.com/","TenantId":"contoso.com",)"
                      R"("ClientId":"11111111-2222-3333-4444-555555555555","ClientSecret":"hunter2"}})")
        << u"https://login.microsoftonline.com/contoso.com"_s;
    QTest::newRow("an issuer and a client id")
        << QStringList{u"https://login.example.com"_s, u"--client-id"_s, u"app"_s} << QByteArray()
        << u"https://login.example.com"_s;
    QTest::newRow("the environment") << QStringList{u"env"_s} << QByteArray() << u"https://op.example"_s;
}

void TestKeepingVerbs::aProfileIsImported()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, input);
    QFETCH(QString, issuer);
    const Environment variables{{u"OIDC_ISSUER"_s, u"https://op.example"_s}, {u"OIDC_CLIENT_ID"_s, u"app"_s}};
    const auto words = QStringList{u"profile"_s, u"import"_s} + arguments;
    const auto dry = run(words + QStringList{u"--dry-run"_s}, input, variables);
    QVERIFY2(dry.exitCode == 0, dry.err.constData());
    QVERIFY(run({u"profile"_s}).out.isEmpty());
    const auto done = run(words + QStringList{u"-o"_s, u"json"_s}, input, variables);
    QVERIFY2(done.exitCode == 0, done.err.constData());
    QCOMPARE(done.json()[u"profiles"][0][u"issuer"].toString(), issuer);
    QVERIFY(run({u"profile"_s}).out.contains(issuer.toUtf8()));
    QVERIFY(!done.out.contains("hunter2") && !done.err.contains("hunter2"));
    QFile file(m_home->path(u"profiles.json"_s));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("hunter2"));
}

void TestKeepingVerbs::aProfileThatCannotBeIsRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("said");
    const QStringList provider{u"--issuer"_s, u"https://op.example"_s, u"--client-id"_s, u"app"_s};
    QTest::newRow("nothing is named") << QStringList{u"add"_s, u"x"_s} << QByteArray("--issuer");
    QTest::newRow("no client id") << QStringList{u"add"_s, u"x"_s, u"--issuer"_s, u"https://op.example"_s}
                                  << QByteArray("--client-id is missing");
    QTest::newRow("an issuer without TLS")
        << QStringList{u"add"_s, u"x"_s, u"--issuer"_s, u"http://op.example"_s, u"--client-id"_s, u"app"_s}
        << QByteArray("https");
    QTest::newRow("an id with a slash") << QStringList{u"add"_s, u"a/b"_s} + provider << QByteArray("letters, digits");
    QTest::newRow("an unknown member") << QStringList{u"add"_s, u"x"_s, u"--set"_s, u"isuer=y"_s} + provider
                                       << QByteArray("Did you mean 'issuer'?");
    QTest::newRow("a wrong value") << QStringList{u"add"_s, u"x"_s, u"--set"_s, u"via=car"_s} + provider
                                   << QByteArray("embedded");
    QTest::newRow("nothing to import") << QStringList{u"import"_s, u"/nowhere/file"_s} << QByteArray("/nowhere/file");
}

void TestKeepingVerbs::aProfileThatCannotBeIsRefused()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, said);
    const auto refused = run(QStringList{u"profile"_s} + arguments);
    QVERIFY2(refused.exitCode == 2, refused.err.constData());
    QVERIFY2(refused.err.contains(said), refused.err.constData());
    QVERIFY(run({u"profile"_s}).out.isEmpty());
}

void TestKeepingVerbs::aTestSaysWhatTheProviderLacks()
{
    QVERIFY(m_sandbox.setHook(u"discovery"_s, QJsonObject{{u"remove"_s, QJsonArray{u"revocation_endpoint"_s}}}));
    const auto words = QStringList{u"profile"_s, u"test"_s} + CliHome::provider(m_sandbox.issuer());
    const auto lacking = run(words);
    QVERIFY2(lacking.exitCode == 0, lacking.err.constData());
    QVERIFY(lacking.out.contains("warning  not offered: revocation"));
    QVERIFY(m_sandbox.setHook(u"discovery"_s, QJsonObject{{u"status"_s, 404}, {u"body"_s, u"no"_s}}));
    QCOMPARE(run(words).exitCode, 4);
    QCOMPARE(run(words + QStringList{u"--offline"_s}).exitCode != 0, true);
}

void TestKeepingVerbs::settingsGoBeforeDefaultsAndBehindTheEnvironment()
{
    QCOMPARE(run({u"config"_s, u"get"_s, u"via"_s}).out, QByteArray("auto\n"));
    QCOMPARE(run({u"config"_s, u"set"_s, u"via"_s, u"device"_s}).exitCode, 0);
    QCOMPARE(run({u"config"_s, u"get"_s, u"via"_s}).out, QByteArray("device\n"));
    const auto login = run(QStringList{u"login"_s, u"-o"_s, u"json"_s} + CliHome::provider(m_sandbox.issuer()));
    QVERIFY2(login.exitCode == 0, login.err.constData());
    QCOMPARE(login.json()[u"source"].toString(), u"device"_s);
    QCOMPARE(run({u"config"_s, u"set"_s, u"store"_s, u"memory"_s}).exitCode, 0);
    const auto list = run({u"config"_s, u"-o"_s, u"json"_s}).json()[u"settings"].toObject();
    QCOMPARE(list[u"via"][u"origin"].toString(), u"settings"_s);
    QCOMPARE(list[u"store"][u"origin"].toString(), u"environment"_s);
    QCOMPARE(list[u"proxy"][u"origin"].toString(), u"default"_s);
    auto environment = m_home->environment();
    environment.insert(u"COUNTERSIGN_PROXY"_s, u"http://ada:hunter2@127.0.0.1:9"_s);
    QCOMPARE(runCli({u"config"_s, u"get"_s, u"proxy"_s}, {}, environment).out, QByteArray("http://***@127.0.0.1:9\n"));
    QVERIFY(!runCli({u"config"_s}, {}, environment).out.contains("hunter2"));
    QCOMPARE(run({u"config"_s, u"unset"_s, u"via"_s}).exitCode, 0);
    QCOMPARE(run({u"config"_s, u"get"_s, u"via"_s}).out, QByteArray("auto\n"));
    QVERIFY(run({u"config"_s, u"path"_s}).out.contains(m_home->path(u"settings.json"_s).toUtf8()));
}

void TestKeepingVerbs::offlineIsASetting()
{
    QCOMPARE(m_home->signIn(m_sandbox.issuer()).exitCode, 0);
    QCOMPARE(run({u"config"_s, u"get"_s, u"offline"_s}).out, QByteArray("off\n"));
    QCOMPARE(run({u"config"_s, u"set"_s, u"offline"_s, u"on"_s}).exitCode, 0);
    QVERIFY(m_sandbox.clearLog());
    const auto provider = CliHome::provider(m_sandbox.issuer());
    // What is cached is still there; nothing else is, and no page opens.
    QCOMPARE(run(QStringList{u"token"_s, u"-o"_s, u"json"_s} + provider).exitCode, 0);
    QCOMPARE(run(QStringList{u"token"_s, u"--force"_s, u"-o"_s, u"json"_s} + provider).exitCode, 20);
    QCOMPARE(m_home->signIn(m_sandbox.issuer()).exitCode, 20);
    QVERIFY(m_sandbox.log().isEmpty());
    QCOMPARE(run({u"config"_s, u"unset"_s, u"offline"_s}).exitCode, 0);
    QCOMPARE(m_home->signIn(m_sandbox.issuer()).exitCode, 0);
}

void TestKeepingVerbs::aSettingThatCannotBeIsRefused()
{
    const auto name = run({u"config"_s, u"set"_s, u"storage"_s, u"memory"_s});
    QCOMPARE(name.exitCode, 2);
    QVERIFY(name.err.contains("store"));
    const auto value = run({u"config"_s, u"set"_s, u"store"_s, u"cloud"_s});
    QCOMPARE(value.exitCode, 2);
    for (const auto &proxy :
         {u"http://ada:hunter2@127.0.0.1:9"_s, u"ada:hunter2@127.0.0.1:9"_s, u"ftp://h"_s, u"h:80"_s}) {
        const auto refused = run({u"config"_s, u"set"_s, u"proxy"_s, proxy});
        QVERIFY2(refused.exitCode == 2, qPrintable(proxy));
        QVERIFY2(!refused.err.contains("hunter2"), refused.err.constData());
    }
    QVERIFY(!QFile::exists(m_home->path(u"settings.json"_s)));
    for (const auto &proxy : {u"http://127.0.0.1:9"_s, u"socks5://127.0.0.1"_s, u"none"_s})
        QVERIFY2(run({u"config"_s, u"set"_s, u"proxy"_s, proxy}).exitCode == 0, qPrintable(proxy));
}

void TestKeepingVerbs::aBrokenSettingsFileIsNamed()
{
    QFile file(m_home->path(u"settings.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{\n  \"via\": }");
    file.close();
    const auto broken = run({u"store"_s});
    QCOMPARE(broken.exitCode, 2);
    QVERIFY2(broken.err.contains("settings.json, line 2"), broken.err.constData());
}

void TestKeepingVerbs::theStoreSaysHowItIs()
{
    signIn();
    const auto status = run({u"store"_s, u"-o"_s, u"json"_s}).json();
    QCOMPARE(status[u"kind"].toString(), u"msal_file"_s);
    QCOMPARE(status[u"accounts"].toInt(), 1);
    QCOMPARE(status[u"refresh_tokens"].toInt(), 1);
    QCOMPARE(status[u"writable"].toBool(), true);
    QCOMPARE(run({u"store"_s, u"test"_s}).exitCode, 0);
    const auto missing =
        run({u"store"_s, u"test"_s, u"-o"_s, u"json"_s}, {},
            {{u"COUNTERSIGN_STORE"_s, u"keychain"_s}, {u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s}});
    QCOMPARE(missing.exitCode, 31);
    QCOMPARE(missing.error()[u"reason"].toString(), u"store_missing"_s);
}

void TestKeepingVerbs::theStoreMovesToASealedFile()
{
    signIn();
    const QString target = u"file:"_s + m_home->path(u"sealed/tokens"_s);
    const auto moved = run({u"store"_s, u"migrate"_s, u"--to"_s, target, u"--secret-stdin"_s}, "correct horse\n");
    QVERIFY2(moved.exitCode == 0, moved.err.constData());
    QVERIFY2(!m_home->storeBytes().contains("ada@"), "the old store is cleared");
    QFile sealed(m_home->path(u"sealed/tokens"_s));
    QVERIFY(sealed.open(QIODevice::ReadOnly));
    QVERIFY(!sealed.readAll().contains("ada@"));
    const auto token = run({u"token"_s, u"--store"_s, target, u"--secret-stdin"_s}, "correct horse\n");
    QVERIFY2(token.exitCode == 0, token.err.constData());
    QCOMPARE(run({u"store"_s, u"migrate"_s, u"--to"_s, u"memory"_s}).exitCode, 2);
    QCOMPARE(run({u"store"_s, u"migrate"_s, u"--to"_s, u"msal:"_s + m_home->storePath()}).exitCode, 2);
}

void TestKeepingVerbs::theStoreIsWipedOnlyWhenMeant()
{
    signIn();
    QCOMPARE(run({u"store"_s, u"wipe"_s, u"--no-interaction"_s}).exitCode, 2);
    const auto kept = runOnTerminal({u"store"_s, u"wipe"_s}, m_home->environment(), "Type yes: ", "no\n");
    QCOMPARE(kept.exitCode, 12);
    QVERIFY(m_home->storeBytes().contains("ada@"));
    const auto late = runOnTerminal({u"store"_s, u"wipe"_s, u"--timeout"_s, u"300ms"_s}, m_home->environment());
    QVERIFY2(late.exitCode == 124, late.out.constData());
    const auto stopped = runOnTerminal({u"store"_s, u"wipe"_s}, m_home->environment(), "Type yes: ", "ye\x03");
    QVERIFY2(stopped.exitCode == 130, stopped.out.constData());
    QVERIFY(m_home->storeBytes().contains("ada@"));
    const auto wiped = runOnTerminal({u"store"_s, u"wipe"_s}, m_home->environment(), "Type yes: ", "yes\n");
    QVERIFY2(wiped.exitCode == 0, wiped.out.constData());
    QVERIFY(!m_home->storeBytes().contains("ada@"));
    signIn();
    QCOMPARE(run({u"store"_s, u"wipe"_s, u"--yes"_s}).exitCode, 0);
    QVERIFY(!m_home->storeBytes().contains("ada@"));
}

void TestKeepingVerbs::aLooseStoreIsRefused()
{
    signIn();
    QVERIFY(QFile::setPermissions(m_home->storePath(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
    const auto loose = run({u"token"_s, u"-o"_s, u"json"_s});
    QVERIFY2(loose.exitCode == 31, loose.err.constData());
    QCOMPARE(loose.error()[u"reason"].toString(), u"store_denied"_s);
}

void TestKeepingVerbs::theDoctorFindsWhatIsWrong()
{
    QCOMPARE(run(QStringList{u"profile"_s, u"add"_s, u"demo"_s} + CliHome::provider(m_sandbox.issuer())).exitCode, 0);
    const auto healthy = run({u"doctor"_s, u"-o"_s, u"json"_s});
    QVERIFY2(healthy.exitCode == 0, healthy.out.constData());
    QCOMPARE(healthy.json()[u"schema"].toString(), u"countersign.doctor/1"_s);
    QVERIFY(healthy.out.contains(QByteArray(m_sandbox.issuer().toUtf8() + " answers")));
    QVERIFY(m_sandbox.clearLog());
    QCOMPARE(run({u"doctor"_s, u"--offline"_s}).exitCode, 0);
    QVERIFY(m_sandbox.log().isEmpty());
    const auto store =
        run({u"doctor"_s, u"-o"_s, u"json"_s}, {},
            {{u"COUNTERSIGN_STORE"_s, u"keychain"_s}, {u"DBUS_SESSION_BUS_ADDRESS"_s, u"unix:path=/nonexistent"_s}});
    QCOMPARE(store.exitCode, 31);
    QVERIFY(store.out.contains("countersign config set store file:"));
    QCOMPARE(store.error()[u"exit"].toInt(), 31);
    QCOMPARE(store.error()[u"reason"].toString(), u"store_missing"_s);
    QVERIFY2(!store.err.contains("countersign doctor"), store.err.constData());
    QVERIFY(m_sandbox.setHook(u"discovery"_s, QJsonObject{{u"set"_s, QJsonObject{{u"issuer"_s, u"https://evil"_s}}}}));
    QCOMPARE(run({u"doctor"_s}).exitCode, 4);
    QVERIFY(m_sandbox.setHook(
        u"discovery"_s, QJsonObject{{u"headers"_s, QJsonObject{{u"Date"_s, u"Sun, 06 Nov 1994 08:49:37 GMT"_s}}}}));
    const auto report = m_home->path(u"error.json"_s);
    const auto late = run({u"doctor"_s, u"--error-file"_s, report});
    QCOMPARE(late.exitCode, 23);
    QVERIFY2(late.err.contains("this clock is"), late.err.constData());
    QFile file(report);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QJsonDocument::fromJson(file.readAll())[u"reason"].toString(), u"clock_wrong"_s);
}

void TestKeepingVerbs::anotherProgramsCacheIsListedWithoutItsSecrets()
{
    QCOMPARE(m_home->signIn(m_sandbox.issuer(), {u"--save"_s, u"demo"_s}).exitCode, 0);
    const auto before = m_home->storeBytes();
    const auto json = run({u"store"_s, u"inspect"_s, m_home->storePath(), u"-o"_s, u"json"_s});
    QVERIFY2(json.exitCode == 0, json.err.constData());
    const auto entries = json.json()[u"entries"].toArray();
    QSet<QString> kinds;
    for (const auto &entry : entries)
        kinds.insert(entry[u"kind"].toString());
    QVERIFY(kinds.contains(u"access_token"_s) && kinds.contains(u"refresh_token"_s) && kinds.contains(u"account"_s));
    const auto text = run({u"store"_s, u"inspect"_s, m_home->storePath()});
    const auto explained = run({u"store"_s, u"inspect"_s, m_home->storePath(), u"--explain"_s});
    QVERIFY(text.out.contains("ada@countersign.example") && explained.out.contains("access_token"));
    const auto document = QJsonDocument::fromJson(before).object();
    for (const auto *section : {"AccessToken", "RefreshToken", "IdToken"}) {
        for (const auto &entry : document[QLatin1StringView(section)].toObject()) {
            const auto secret = entry.toObject()[u"secret"].toString().toUtf8();
            QVERIFY(!secret.isEmpty());
            for (const auto &out : {json.out, text.out, explained.out, text.err})
                QVERIFY2(!out.contains(secret), out.constData());
        }
    }
    QCOMPARE(m_home->storeBytes(), before);
}

void TestKeepingVerbs::theSandboxStartsAndStops()
{
    QProcess process;
    m_home->start(process, {u"sandbox"_s, u"start"_s, u"--approve"_s, u"ada"_s, u"-o"_s, u"json"_s});
    QVERIFY(process.waitForReadyRead(20'000));
    const auto ready = QJsonDocument::fromJson(process.readLine()).object();
    const auto issuer = ready[u"issuer"].toString();
    QVERIFY(!issuer.isEmpty());
    QCOMPARE(m_home->signIn(issuer).exitCode, 0);
    QCOMPARE(::kill(pid_t(process.processId()), SIGINT), 0);
    QVERIFY(process.waitForFinished(10'000));
    QCOMPARE(process.exitCode(), 130);
    QTRY_COMPARE(httpCall("GET", QUrl(issuer + u"/.well-known/openid-configuration"_s)).status, 0);
    const auto wrong = run({u"sandbox"_s, u"start"_s, u"--approve"_s, u"nobody"_s});
    QCOMPARE(wrong.exitCode, 2);
    QVERIFY(wrong.err.contains("nobody"));
    QCOMPARE(run({u"sandbox"_s}).exitCode, 2);
}

void TestKeepingVerbs::theVersionIsForPeopleAndForScripts()
{
    QVERIFY(run({u"version"_s}).out.startsWith("countersign "));
    const auto version = run({u"version"_s, u"-o"_s, u"json"_s}).json();
    QCOMPARE(version[u"schema"].toString(), u"countersign.version/1"_s);
    QVERIFY(version[u"qt"].toString().startsWith(u'6'));
}

QTEST_GUILESS_MAIN(TestKeepingVerbs)
#include "tst_keepingverbs.moc"

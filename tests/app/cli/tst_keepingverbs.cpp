// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// What the command line keeps for a person: settings and the store itself.
#include "sandboxtest.h"
#include "terminalprocess.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <csignal>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestKeepingVerbs : public SandboxTest
{
    Q_OBJECT

private Q_SLOTS:
    void settingsGoBeforeDefaultsAndBehindTheEnvironment();
    void offlineIsASetting();
    void aSettingThatCannotBeIsRefused();
    void aBrokenSettingsFileIsNamed();

    void theStoreSaysHowItIs();
    void theStoreMovesToASealedFile();
    void whatStillNamesTheOldStoreIsSaid();
    void whatIsSetHoldsFromEveryFolder();
    void aFolderThatCannotBeWrittenToIsNamed();
    void aCopyOfTheStoreIsSealed();
    void aNewPassphraseIsAskedForTwice();
    void theStoreIsWipedOnlyWhenMeant();
    void aLooseStoreIsRefused();

    void theDoctorFindsWhatIsWrong();
    void theDoctorKnowsWhatGitCanSend_data();
    void theDoctorKnowsWhatGitCanSend();
    void anotherProgramsCacheIsListedWithoutItsSecrets();
    void theSandboxStartsAndStops();
    void theVersionIsForPeopleAndForScripts();
};

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
    QVERIFY2(moved.err.contains("COUNTERSIGN_STORE still names") && moved.err.contains("config set store"),
             moved.err.constData());
    QVERIFY2(!m_home->storeBytes().contains("ada@"), "the old store is cleared");
    QFile sealed(m_home->path(u"sealed/tokens"_s));
    QVERIFY(sealed.open(QIODevice::ReadOnly));
    QVERIFY(!sealed.readAll().contains("ada@"));
    const auto token = run({u"token"_s, u"--store"_s, target, u"--secret-stdin"_s}, "correct horse\n");
    QVERIFY2(token.exitCode == 0, token.err.constData());
    QCOMPARE(run({u"store"_s, u"migrate"_s, u"--to"_s, u"memory"_s}).exitCode, 2);
    QCOMPARE(run({u"store"_s, u"migrate"_s, u"--to"_s, u"msal:"_s + m_home->storePath()}).exitCode, 2);
}

void TestKeepingVerbs::whatStillNamesTheOldStoreIsSaid()
{
    signIn();
    const QString old = u"msal:"_s + m_home->storePath();
    const QString target = u"msal:"_s + QFileInfo(m_home->storePath()).path() + u"/other.json"_s;
    const Environment own{{u"COUNTERSIGN_STORE"_s, QString()}};
    const auto set = run({u"config"_s, u"set"_s, u"store"_s, old}, {}, own);
    QVERIFY2(set.exitCode == 0, set.err.constData());
    const auto codes = [](const CliRun &run) {
        QStringList list;
        for (const auto &warning : run.json()[u"warnings"].toArray())
            list.append(warning[u"code"].toString());
        return list;
    };
    const auto moved = run({u"store"_s, u"migrate"_s, u"--to"_s, target, u"-o"_s, u"json"_s}, {}, own);
    QVERIFY2(moved.exitCode == 0, moved.err.constData());
    QCOMPARE(codes(moved), QStringList{u"setting_names_other_store"_s});
    QVERIFY(moved.out.contains(QByteArray("countersign config set store " + target.toUtf8())));
    // Back, and the setting is right again; the environment is not.
    const auto back =
        run({u"store"_s, u"migrate"_s, u"--to"_s, old, u"-o"_s, u"json"_s}, {}, {{u"COUNTERSIGN_STORE"_s, target}});
    QVERIFY2(back.exitCode == 0, back.err.constData());
    QCOMPARE(codes(back), QStringList{u"variable_names_other_store"_s});
}

void TestKeepingVerbs::whatIsSetHoldsFromEveryFolder()
{
    const Environment own{{u"COUNTERSIGN_STORE"_s, QString()}};
    const auto here = QDir::current();
    for (const auto &kind : {u"file:"_s, u"msal:"_s}) {
        QCOMPARE(run({u"config"_s, u"set"_s, u"store"_s, QString(kind + u"some/store"_s)}, {}, own).exitCode, 0);
        QCOMPARE(QString::fromUtf8(run({u"config"_s, u"get"_s, u"store"_s}, {}, own).out.trimmed()),
                 QString(kind + here.absoluteFilePath(u"some/store"_s)));
    }
    QCOMPARE(run({u"config"_s, u"set"_s, u"store"_s, u"file:"_s}, {}, own).exitCode, 0);
    QCOMPARE(run({u"config"_s, u"get"_s, u"store"_s}, {}, own).out, QByteArray("file:\n"));
    QCOMPARE(run({u"config"_s, u"set"_s, u"ca_file"_s, u"ca.pem"_s}).exitCode, 0);
    QCOMPARE(QString::fromUtf8(run({u"config"_s, u"get"_s, u"ca_file"_s}).out.trimmed()),
             here.absoluteFilePath(u"ca.pem"_s));
    QCOMPARE(run(QStringList{u"profile"_s, u"add"_s, u"x"_s, u"--set"_s, u"ca_file=ca.pem"_s}
                 + CliHome::provider(m_sandbox.issuer()))
                 .exitCode,
             0);
    QCOMPARE(run({u"profile"_s, u"show"_s, u"x"_s, u"-o"_s, u"json"_s}).json()[u"ca_file"].toString(),
             here.absoluteFilePath(u"ca.pem"_s));
}

void TestKeepingVerbs::aFolderThatCannotBeWrittenToIsNamed()
{
#ifdef Q_OS_LINUX
    // Not even the superuser makes files there.
    const auto added = run(QStringList{u"profile"_s, u"add"_s, u"x"_s} + CliHome::provider(m_sandbox.issuer()), {},
                           {{u"COUNTERSIGN_PROFILES"_s, u"/proc/self/profiles.json"_s}});
    const auto set = run({u"config"_s, u"set"_s, u"via"_s, u"device"_s}, {},
                         {{u"COUNTERSIGN_SETTINGS"_s, u"/proc/self/settings.json"_s}});
    for (const auto &refused : {added, set}) {
        QCOMPARE(refused.exitCode, 31);
        QVERIFY2(refused.err.contains("the folder /proc/") && refused.err.contains(" cannot be written to"),
                 refused.err.constData());
    }
#else
    QSKIP("every folder can be written to by the superuser");
#endif
}

void TestKeepingVerbs::aCopyOfTheStoreIsSealed()
{
    signIn();
    const auto file = m_home->path(u"copy.sealed"_s);
    const auto plain = run({u"store"_s, u"export"_s, file});
    QCOMPARE(plain.exitCode, 2);
    QVERIFY(plain.err.contains("--encrypted"));
    const QStringList words{u"store"_s, u"export"_s, u"--encrypted"_s, file, u"--secret-stdin"_s};
    const auto before = m_home->storeBytes();
    const auto copied = run(words, "correct horse\n");
    QVERIFY2(copied.exitCode == 0, copied.err.constData());
    QVERIFY(copied.out.isEmpty());
    QCOMPARE(m_home->storeBytes(), before);
    QFile sealed(file);
    QVERIFY(sealed.open(QIODevice::ReadOnly));
    QCOMPARE(sealed.permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    const auto content = sealed.readAll();
    for (const auto &secret : m_home->storedSecrets())
        QVERIFY(!content.contains(secret));
    const QString store = u"file:"_s + file;
    const auto there = run({u"token"_s, u"--store"_s, store, u"--secret-stdin"_s}, "correct horse\n");
    QVERIFY2(there.exitCode == 0, there.err.constData());
    QCOMPARE(there.out, run({u"token"_s}).out);
    const auto again = run(words, "correct horse\n");
    QCOMPARE(again.exitCode, 2);
    QVERIFY(again.err.contains("there already"));
}

void TestKeepingVerbs::aNewPassphraseIsAskedForTwice()
{
    signIn();
    const auto file = m_home->path(u"copy.sealed"_s);
    const auto slip = runOnTerminal({u"store"_s, u"export"_s, u"--encrypted"_s, file}, m_home->environment(),
                                    "assphrase", QByteArrayList{"one\n", "other\n"});
    QVERIFY2(slip.exitCode == 2 && slip.out.contains("different"), slip.out.constData());
    QVERIFY(!QFile::exists(file));
    const auto right = runOnTerminal({u"store"_s, u"export"_s, u"--encrypted"_s, file}, m_home->environment(),
                                     "assphrase", QByteArrayList{"one\n", "one\n"});
    QVERIFY2(right.exitCode == 0, right.out.constData());
    QVERIFY(QFile::exists(file));
    // Where nobody can be asked, what helps is a passphrase: no other store is locked.
    const auto nobody = run({u"store"_s, u"export"_s, u"--encrypted"_s, m_home->path(u"more.sealed"_s)});
    QCOMPARE(nobody.exitCode, 30);
    QVERIFY2(nobody.err.contains(" --secret-env ") && !nobody.err.contains("keychain"), nobody.err.constData());
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
    QVERIFY(QFile::setPermissions(m_home->storePath(), QFile::ReadOwner | QFile::WriteOwner));
    QCOMPARE(run({u"token"_s, u"-o"_s, u"json"_s}).exitCode, 0);
    const QString folder = QFileInfo(m_home->storePath()).path();
    QVERIFY(QFile::setPermissions(folder, QFile::Permissions(0x7777)));
    const auto open = run({u"token"_s, u"-o"_s, u"json"_s});
    QVERIFY2(open.exitCode == 31, open.err.constData());
    QVERIFY(open.error()[u"message"].toString().contains("chmod 700"_L1));
}

void TestKeepingVerbs::theDoctorFindsWhatIsWrong()
{
    QCOMPARE(run(QStringList{u"profile"_s, u"add"_s, u"demo"_s} + CliHome::provider(m_sandbox.issuer())).exitCode, 0);
    const auto healthy = run({u"doctor"_s, u"-o"_s, u"json"_s});
    QVERIFY2(healthy.exitCode == 0, healthy.out.constData());
    QCOMPARE(healthy.json()[u"schema"].toString(), u"countersign.doctor/1"_s);
    QVERIFY(healthy.out.contains(QByteArray(m_sandbox.issuer().toUtf8() + " answers")));
    QVERIFY(healthy.out.contains("owner only"));
    // What is not there has no owner.
    QVERIFY(!CliHome().run({u"doctor"_s, u"--offline"_s}).out.contains("owner only"));
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

void TestKeepingVerbs::theDoctorKnowsWhatGitCanSend_data()
{
    QTest::addColumn<QByteArray>("version");
    QTest::addColumn<bool>("isConfigured");
    QTest::addColumn<QString>("outcome");
    QTest::addColumn<QString>("text");
    QTest::newRow("before authtype") << QByteArray("git version 2.39.5 (Apple Git-154)") << true << u"warning"_s
                                     << u"Before 2.46 git sends a token as a password (Basic)"_s;
    QTest::newRow("before, and nothing asks us") << QByteArray("git version 2.45.0") << false << u"ok"_s << u"2.46"_s;
    QTest::newRow("git's release notes of 2.46")
        << QByteArray("git version 2.46.0") << true << u"ok"_s << u"2.46.0 and sends tokens as Bearer"_s;
    QTest::newRow("configured and gone") << QByteArray() << true << u"warning"_s << u"There is no git"_s;
    QTest::newRow("no git") << QByteArray() << false << QString() << QString();
}

void TestKeepingVerbs::theDoctorKnowsWhatGitCanSend()
{
    QFETCH(const QByteArray, version);
    QFETCH(const bool, isConfigured);
    QFETCH(const QString, outcome);
    QFETCH(const QString, text);
    const auto bin = m_home->path(u"bin"_s);
    QVERIFY(QDir().mkpath(bin));
    if (!version.isEmpty()) {
        QFile git(bin + u"/git"_s);
        QVERIFY(git.open(QIODevice::WriteOnly));
        git.write("#!/bin/sh\necho '" + version + "'\n");
        git.close();
        QVERIFY(git.setPermissions(QFile::ReadOwner | QFile::ExeOwner));
    }
    const Environment environment{{u"GIT_CONFIG_GLOBAL"_s, m_home->path(u"gitconfig"_s)}, {u"PATH"_s, bin}};
    if (isConfigured) {
        const auto configured = run(QStringList{u"configure"_s, u"git"_s, u"--host=git.example.com"_s}
                                        + CliHome::provider(m_sandbox.issuer()),
                                    {}, environment);
        QVERIFY2(configured.exitCode == 0, configured.err.constData());
    }
    const auto doctor = run({u"doctor"_s, u"--offline"_s, u"-o"_s, u"json"_s}, {}, environment);
    QVERIFY2(doctor.exitCode == 0, doctor.err.constData());
    QJsonObject git;
    for (const auto &check : doctor.json()[u"checks"].toArray())
        git = check[u"id"] == "git"_L1 ? check.toObject() : git;
    QCOMPARE(git[u"outcome"].toString(), outcome);
    QVERIFY2(git[u"text"].toString().contains(text), qPrintable(git[u"text"].toString()));
    QCOMPARE(git[u"text"].toString().contains("https://git.example.com"_L1), isConfigured);
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
    const auto missing = run({u"store"_s, u"inspect"_s, m_home->path(u"nofile"_s)});
    QCOMPARE(missing.exitCode, 2);
    QVERIFY2(missing.err.contains("nofile"), missing.err.constData());
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
    // At a terminal Ctrl+C is for the sandbox itself, too, which is often the faster one.
    const auto typed = runOnTerminal({u"sandbox"_s, u"start"_s}, m_home->environment(), "client id", "\x03");
    QCOMPARE(typed.exitCode, 130);
    QVERIFY2(typed.out.contains("Interrupted.") && !typed.out.contains("exit code"), typed.out.constData());
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

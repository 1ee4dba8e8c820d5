// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// What the command line keeps for a person: profiles.
#include "sandboxtest.h"
#include "terminalprocess.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <csignal>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestProfileVerb : public SandboxTest
{
    Q_OBJECT

private Q_SLOTS:
    void aProfileIsAddedEditedTestedExportedAndRemoved();
    void aPresetAsksForWhatItNeeds();
    void aProfileIsImported_data();
    void aProfileIsImported();
    void aProfileThatCannotBeIsRefused_data();
    void aProfileThatCannotBeIsRefused();
    void aTestSaysWhatTheProviderLacks();
    void aTestSaysThatRequestsHaveToBePushed();
    void aClientSecretIsKeptUsedAndForgotten_data();
    void aClientSecretIsKeptUsedAndForgotten();
    void aClientSecretGoesWithItsLastProfile();
    void aPlainFileKeepsNoClientSecret();
    void aClientSecretThatCannotBeReadIsRefused_data();
    void aClientSecretThatCannotBeReadIsRefused();
};

void TestProfileVerb::aProfileIsAddedEditedTestedExportedAndRemoved()
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
    const auto wrong = run({u"profile"_s, u"remove"_s, u"wrok"_s});
    QCOMPARE(wrong.exitCode, 3);
    QVERIFY2(wrong.err.contains("profile list") && !wrong.err.contains("profile add"), wrong.err.constData());
    QCOMPARE(run({u"profile"_s, u"remove"_s, u"work"_s}).exitCode, 0);
    QCOMPARE(run({u"profile"_s, u"show"_s, u"work"_s}).exitCode, 3);
    const auto back = run({u"profile"_s, u"import"_s, u"-"_s, u"--name"_s, u"again"_s}, exported.out);
    QVERIFY2(back.exitCode == 0, back.err.constData());
    QCOMPARE(run({u"profile"_s, u"show"_s, u"again"_s, u"-o"_s, u"json"_s}).json()[u"via"].toString(), u"device"_s);
}

void TestProfileVerb::aPresetAsksForWhatItNeeds()
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

void TestProfileVerb::aProfileIsImported_data()
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

void TestProfileVerb::aProfileIsImported()
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

void TestProfileVerb::aProfileThatCannotBeIsRefused_data()
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

void TestProfileVerb::aProfileThatCannotBeIsRefused()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, said);
    const auto refused = run(QStringList{u"profile"_s} + arguments);
    QVERIFY2(refused.exitCode == 2, refused.err.constData());
    QVERIFY2(refused.err.contains(said), refused.err.constData());
    QVERIFY(run({u"profile"_s}).out.isEmpty());
}

void TestProfileVerb::aTestSaysWhatTheProviderLacks()
{
    QVERIFY(m_sandbox.setHook(u"discovery"_s, QJsonObject{{u"remove"_s, QJsonArray{u"revocation_endpoint"_s}}}));
    const auto words = QStringList{u"profile"_s, u"test"_s} + CliHome::provider(m_sandbox.issuer());
    const auto lacking = run(words);
    QVERIFY2(lacking.exitCode == 0, lacking.err.constData());
    QVERIFY(lacking.out.contains("warning  not offered: revocation"));
    // A client that is not there is told apart from one that is.
    const auto unknown = run({u"profile"_s, u"test"_s, u"--issuer"_s, m_sandbox.issuer(), u"--client-id"_s,
                              u"no-such-client"_s, u"-o"_s, u"json"_s});
    QCOMPARE(unknown.exitCode, 13);
    QVERIFY(unknown.out.contains("\"failure\""));
    QVERIFY(m_sandbox.setHook(u"discovery"_s, QJsonObject{{u"status"_s, 404}, {u"body"_s, u"no"_s}}));
    QCOMPARE(run(words).exitCode, 4);
    QCOMPARE(run(words + QStringList{u"--offline"_s}).exitCode != 0, true);
}

//! RFC 9126 §5: the provider's document says nothing of it, and the refusal is a page.
void TestProfileVerb::aTestSaysThatRequestsHaveToBePushed()
{
    QCOMPARE(run({u"profile"_s, u"add"_s, u"par"_s, u"--issuer"_s, m_sandbox.issuer(), u"--client-id"_s,
                  u"sandbox-par"_s, u"--scope"_s, u"openid"_s})
                 .exitCode,
             0);
    const auto refused = run({u"profile"_s, u"test"_s, u"par"_s});
    QCOMPARE(refused.exitCode, 13);
    QVERIFY2(refused.out.contains("--set require_pushed_authorization_requests=true"), refused.out.constData());
    QCOMPARE(
        run({u"profile"_s, u"edit"_s, u"par"_s, u"--set"_s, u"require_pushed_authorization_requests=true"_s}).exitCode,
        0);
    const auto works = run({u"profile"_s, u"test"_s, u"par"_s});
    QVERIFY2(works.exitCode == 0, works.out.constData());
    QVERIFY2(works.out.contains("the client id and the redirect address are known there"), works.out.constData());
    const auto login = run({u"login"_s, u"--profile"_s, u"par"_s, u"--browser"_s, CliHome::browser()});
    QVERIFY2(login.exitCode == 0, login.err.constData());
}

void TestProfileVerb::aClientSecretIsKeptUsedAndForgotten_data()
{
    QTest::addColumn<Environment>("store");
    QTest::newRow("RFC 6749 §2.3.1 in the keychain") << Environment{{u"COUNTERSIGN_STORE"_s, u"keychain"_s}};
    QTest::newRow("RFC 6749 §2.3.1 in a sealed file") << Environment{{u"COUNTERSIGN_STORE"_s, u"sealed"_s}};
}

void TestProfileVerb::aClientSecretIsKeptUsedAndForgotten()
{
    QFETCH(Environment, store);
    QStringList sealed;
    if (store.value(u"COUNTERSIGN_STORE"_s) == "sealed"_L1) {
        store = {{u"COUNTERSIGN_STORE"_s, QString(u"file:"_s + m_home->path(u"sealed.store"_s))},
                 {u"PASSPHRASE"_s, u"open sesame"_s}};
        sealed = {u"--secret-env"_s, u"PASSPHRASE"_s};
    }
    const QByteArray secret = "sandbox secret: 100% public +/=";
    const auto call = [&](const QStringList &words, const QByteArray &input = {}) {
        return run(words + sealed, input, store);
    };
    const QStringList profile{u"--profile"_s, u"web"_s};
    const QStringList login = QStringList{u"login"_s, u"--browser"_s, CliHome::browser()} + profile;
    const auto added = call({u"profile"_s, u"add"_s, u"web"_s, u"--issuer"_s, m_sandbox.issuer(), u"--client-id"_s,
                             u"sandbox-web"_s, u"--scope"_s, u"openid offline_access"_s});
    QVERIFY2(added.exitCode == 0, added.err.constData());

    const auto without = call(login);
    if (without.exitCode == 31)
        QSKIP("no keychain in this session");
    QCOMPARE(without.exitCode, 13);
    QVERIFY2(without.err.contains("profile edit --client-secret-stdin"), without.err.constData());
    const auto untested = call({u"profile"_s, u"test"_s, u"web"_s});
    QVERIFY2(untested.out.contains("may want a client secret"), untested.out.constData());

    const auto kept = call({u"profile"_s, u"edit"_s, u"web"_s, u"--client-secret-stdin"_s}, secret + '\n');
    QVERIFY2(kept.exitCode == 0, kept.err.constData());
    QVERIFY(!kept.err.contains("sandbox secret") && !kept.out.contains("sandbox secret"));
    const auto shown = call({u"profile"_s, u"show"_s, u"web"_s, u"-o"_s, u"json"_s});
    QCOMPARE(shown.json()[u"client_secret_kept"].toBool(), true);
    QVERIFY(!shown.out.contains("sandbox secret"));
    const auto exported = call({u"profile"_s, u"export"_s, u"web"_s});
    QVERIFY(!exported.out.contains("secret"));
    QVERIFY2(exported.err.contains("is not in it"), exported.err.constData());
    const auto tested = call({u"profile"_s, u"test"_s, u"web"_s});
    QVERIFY2(tested.out.contains("this client gets codes for another device"), tested.out.constData());

    const auto signedIn = call(login);
    QVERIFY2(signedIn.exitCode == 0, signedIn.err.constData());
    QVERIFY(m_sandbox.clearLog());
    const auto token = call(QStringList{u"token"_s, u"--force"_s} + profile);
    QVERIFY2(token.exitCode == 0, token.err.constData());
    const auto requests = m_sandbox.requestsTo(u"/token"_s);
    QCOMPARE(requests.size(), 1);
    QVERIFY(QJsonDocument(requests.first()).toJson().contains("Basic "));
    const auto out = call(QStringList{u"logout"_s, u"--revoke"_s} + profile);
    QVERIFY2(out.exitCode == 0, out.err.constData());
    QCOMPARE(m_sandbox.requestsTo(u"/revoke"_s).size(), 1);
    QFile profiles(m_home->path(u"profiles.json"_s));
    QVERIFY(!profiles.open(QIODevice::ReadOnly) || !profiles.readAll().contains("sandbox secret"));

    const auto forgotten = call({u"profile"_s, u"edit"_s, u"web"_s, u"--forget-client-secret"_s});
    QVERIFY2(forgotten.exitCode == 0, forgotten.err.constData());
    QVERIFY(!call({u"profile"_s, u"show"_s, u"web"_s}).out.contains("client_secret_kept"));
    QCOMPARE(call(login).exitCode, 13);
}

//! RFC 6749 §2.3.1: a secret that no profile leads to any more is of no use but to a thief.
void TestProfileVerb::aClientSecretGoesWithItsLastProfile()
{
    const Environment store{{u"COUNTERSIGN_STORE"_s, QString(u"file:"_s + m_home->path(u"sealed.store"_s))},
                            {u"PASSPHRASE"_s, u"open sesame"_s}};
    const auto call = [&](const QString &words, const QByteArray &input = {}) {
        return run(words.split(u' ') + QStringList{u"--secret-env"_s, u"PASSPHRASE"_s, u"-o"_s, u"json"_s}, input,
                   store);
    };
    const auto add = [&](const QString &id) {
        return call(u"profile add %1 --issuer %2 --client-id sandbox-web --client-secret-stdin"_s.arg(
                        id, m_sandbox.issuer()),
                    "canary-secret\n")
            .exitCode;
    };
    const auto remove = [&](const QString &words) {
        const auto removed = call(u"profile remove "_s + words);
        return removed.exitCode == 0 ? removed.json()[u"warnings"].toArray().first()[u"code"].toString()
                                     : QString::fromUtf8(removed.err);
    };
    const auto secrets = [&] { return call(u"store status"_s).json()[u"client_secrets"].toInt(-1); };
    QCOMPARE(add(u"one"_s), 0);
    QCOMPARE(add(u"two"_s), 0);
    QCOMPARE(secrets(), 1); // of the registration, not of the profile
    QCOMPARE(remove(u"one"_s), u"client_secret_shared"_s);
    QCOMPARE(secrets(), 1);
    QCOMPARE(remove(u"two --keep-client-secret"_s), u"client_secret_kept"_s);
    QCOMPARE(secrets(), 1);
    QCOMPARE(add(u"three"_s), 0);
    // Copies and moves have everything.
    const auto copy = m_home->path(u"copy.sealed"_s);
    QCOMPARE(call(u"store export --encrypted "_s + copy).exitCode, 0);
    QCOMPARE(call(u"store status --store file:"_s + copy).json()[u"client_secrets"].toInt(), 1);
    QCOMPARE(call(u"store migrate --store file:%1 --to file:%1.moved"_s.arg(copy)).exitCode, 0);
    QCOMPARE(call(u"store status --store file:%1.moved"_s.arg(copy)).json()[u"client_secrets"].toInt(), 1);
    // A store that cannot be opened is no reason to keep the profile, nor to say that there is nothing left.
    QCOMPARE(remove(u"three"_s), u"client_secret_forgotten"_s);
    QCOMPARE(secrets(), 0);
    QCOMPARE(add(u"four"_s), 0);
    const auto locked = run({u"profile"_s, u"remove"_s, u"four"_s, u"--no-interaction"_s}, {}, store);
    QVERIFY2(locked.exitCode == 0, locked.err.constData());
    QVERIFY2(locked.err.contains("could not be looked up"), locked.err.constData());
    QCOMPARE(secrets(), 1);
}

void TestProfileVerb::aPlainFileKeepsNoClientSecret()
{
    const auto added = run(QStringList{u"profile"_s, u"add"_s, u"web"_s, u"--client-secret-stdin"_s}
                               + CliHome::provider(m_sandbox.issuer()),
                           "canary-secret\n");
    QCOMPARE(added.exitCode, 2);
    QVERIFY2(added.err.contains("plain file") && !added.err.contains("canary"), added.err.constData());
    QVERIFY(!m_home->storeBytes().contains("canary"));
    QCOMPARE(run({u"profile"_s, u"show"_s, u"web"_s}).exitCode, 3); // nothing half done
}

void TestProfileVerb::aClientSecretThatCannotBeReadIsRefused_data()
{
    QTest::addColumn<QStringList>("words");
    QTest::addColumn<QByteArray>("says");
    QTest::newRow("in the arguments") << QStringList{u"--client-secret=canary"_s} << QByteArray("list of processes");
    QTest::newRow("an unset variable") << QStringList{u"--client-secret-env"_s, u"CANARY"_s}
                                       << QByteArray("is not set");
    QTest::newRow("no such file") << QStringList{u"--client-secret-file"_s, u"/nowhere"_s}
                                  << QByteArray("--client-secret-file");
    QTest::newRow("no such descriptor") << QStringList{u"--client-secret-fd"_s, u"77"_s}
                                        << QByteArray("--client-secret-fd 77");
    QTest::newRow("nothing") << QStringList{u"--client-secret-stdin"_s} << QByteArray("is empty");
    QTest::newRow("both at once") << QStringList{u"--client-secret-stdin"_s, u"--forget-client-secret"_s}
                                  << QByteArray("exclude each other");
    QTest::newRow("in memory") << QStringList{u"--client-secret-stdin"_s, u"--store"_s, u"memory"_s}
                               << QByteArray("gone with this command");
}

void TestProfileVerb::aClientSecretThatCannotBeReadIsRefused()
{
    QFETCH(QStringList, words);
    QFETCH(QByteArray, says);
    QCOMPARE(run(QStringList{u"profile"_s, u"add"_s, u"web"_s} + CliHome::provider(m_sandbox.issuer())).exitCode, 0);
    const auto edited = run(QStringList{u"profile"_s, u"edit"_s, u"web"_s} + words);
    QCOMPARE(edited.exitCode, 2);
    QVERIFY2(edited.err.contains(says), edited.err.constData());
    QVERIFY(!edited.err.contains("canary"));
}

QTEST_GUILESS_MAIN(TestProfileVerb)
#include "tst_profileverb.moc"

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

QTEST_GUILESS_MAIN(TestProfileVerb)
#include "tst_profileverb.moc"

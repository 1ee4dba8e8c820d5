// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// What the command line keeps for a person: accounts.
#include "sandboxtest.h"
#include "terminalprocess.h"

#include <QtCore/QDir>
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

#include <csignal>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestAccountVerbs : public SandboxTest
{
    Q_OBJECT

private Q_SLOTS:
    void accountsAreListedShownNamedAndForgotten();
    void anotherProvidersAccountIsSaidAsItIs();
    void aLongNameIsWholeInJsonAndShortInAList();
    void twoAccountsCannotHaveOneName();
    void anEmptyNameIsNobodysAndChangesNothing();
    void anEmptyStoreListsNobody();
    void whoHasNoUserNameIsNamedAllTheSame();

    void aSignOutReportsEachStep();
    void aSignOutForgetsEvenWhenTheProviderCannotBeReached();
    void aSignOutOfflineForgetsAndAsksNothing();
    void theProvidersSessionEndsInTheBrowser();
    void everybodyIsSignedOutAtOnce();
    void everywhereIsEveryProfileOfTheProvider();
    void whatChangesIsSaid();
};

void TestAccountVerbs::accountsAreListedShownNamedAndForgotten()
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

void TestAccountVerbs::anotherProvidersAccountIsSaidAsItIs()
{
    signIn();
    const auto token = run({u"token"_s, u"-o"_s, u"json"_s}).json()[u"account"].toObject();
    for (const auto &account : {firstAccount(), token}) {
        // Object ids and tenants are Microsoft's, and so is the schema's word for what is not ADFS.
        QVERIFY(account[u"oid"].toString().isEmpty() && account[u"tid"].toString().isEmpty());
        QCOMPARE(account[u"sub"].toString(), u"sandbox|7c1e2a90-ada"_s);
        QCOMPARE(account[u"home"].toString(), m_sandbox.issuer());
        QCOMPARE(account[u"type"].toString(), u"OIDC"_s);
    }
    QCOMPARE(run({u"store"_s, u"inspect"_s, m_home->storePath(), u"--query"_s, u"entries[0].home"_s}).out,
             QByteArray(m_sandbox.issuer().toUtf8() + '\n'));
    // cli.md d.1: RFC 3339 UTC, in one form.
    for (const auto &words :
         {QStringList{u"accounts"_s}, QStringList{u"accounts"_s, u"show"_s}, QStringList{u"token"_s}}) {
        const auto json = run(words + QStringList{u"-o"_s, u"json"_s}).out;
        QVERIFY2(!json.contains("+00:00") && json.contains("Z\""), json.constData());
    }
    QVERIFY(!run({u"token"_s, u"-o"_s, u"kubernetes"_s}).out.contains("+00:00"));
}

void TestAccountVerbs::aLongNameIsWholeInJsonAndShortInAList()
{
    signIn();
    const QString name = u"the account for everything of the department "_s + QString(200, u'x') + u" of 2026"_s;
    QCOMPARE(run({u"accounts"_s, u"rename"_s, u"ada@countersign.example"_s, name}).exitCode, 0);
    const auto list = QString::fromUtf8(run({u"accounts"_s}).out);
    QVERIFY2(list.contains(u"the account for everything of …xxxxxxxxx of 2026  "_s), qPrintable(list));
    QVERIFY(run({u"accounts"_s, u"-o"_s, u"json"_s}).out.contains(name.toUtf8()));
    QVERIFY(run({u"accounts"_s, u"show"_s, name}).out.contains(name.toUtf8()));
}

void TestAccountVerbs::twoAccountsCannotHaveOneName()
{
    signIn();
    signIn(u"grace"_s);
    QCOMPARE(run({u"accounts"_s, u"rename"_s, u"ada@countersign.example"_s, u"work"_s}).exitCode, 0);
    const auto second = run({u"accounts"_s, u"rename"_s, u"grace@countersign.example"_s, u"Work"_s});
    QCOMPARE(second.exitCode, 2);
    QVERIFY(second.err.contains("Another account has the name"));
}

void TestAccountVerbs::anEmptyNameIsNobodysAndChangesNothing()
{
    signIn();
    const auto before = m_home->storeBytes();
    const QString id = firstAccount()[u"id"].toString();
    const QString none;
    for (const auto &words :
         {QStringList{u"logout"_s, none}, QStringList{u"accounts"_s, u"remove"_s, none},
          QStringList{u"accounts"_s, u"default"_s, none}, QStringList{u"accounts"_s, u"show"_s, none},
          QStringList{u"accounts"_s, u"rename"_s, id, u" "_s}, QStringList{u"accounts"_s, u"rename"_s, id, none},
          QStringList{u"token"_s, none}, QStringList{u"profile"_s, u"show"_s, none}}) {
        const auto refused = run(words);
        QVERIFY2(refused.exitCode == 2, qPrintable(words.join(u' ')));
        QVERIFY2(refused.err.contains("is empty"), refused.err.constData());
    }
    QCOMPARE(m_home->storeBytes(), before);
    QCOMPARE(run({u"accounts"_s, u"rename"_s, id, u" work "_s}).exitCode, 0);
    QCOMPARE(firstAccount()[u"label"].toString(), u"work"_s);
    QVERIFY2(firstAccount()[u"oid"].isNull() && firstAccount()[u"tid"].isNull(), "unknown, as a token's answer says");
}

void TestAccountVerbs::anEmptyStoreListsNobody()
{
    const auto list = run({u"accounts"_s});
    QCOMPARE(list.exitCode, 0);
    QVERIFY(list.out.isEmpty());
    QVERIFY(list.err.contains("countersign login"));
    QCOMPARE(run({u"accounts"_s, u"-o"_s, u"json"_s}).out,
             QByteArray("{\"schema\":\"countersign.accounts/1\",\"accounts\":[]}\n"));
    QCOMPARE(run({u"accounts"_s, u"show"_s}).exitCode, 3);
}

//! An ID token without preferred_username and email: the person's name, otherwise the provider's id.
void TestAccountVerbs::whoHasNoUserNameIsNamedAllTheSame()
{
    const QJsonArray names{u"preferred_username"_s, u"email"_s, u"upn"_s, u"name"_s};
    for (const auto &point : {u"idTokenClaims"_s, u"userInfo"_s})
        QVERIFY(m_sandbox.setHook(point, QJsonObject{{u"remove"_s, names}}));
    signIn();
    const auto account = firstAccount();
    QCOMPARE(account[u"username"].toString(), QString());
    const auto id = account[u"sub"].toString().toUtf8();
    QVERIFY(!id.isEmpty());
    QVERIFY(run({u"accounts"_s}).out.contains(id));
    QVERIFY(run({u"accounts"_s, u"default"_s}).err.startsWith(id));
    const auto out = run({u"logout"_s});
    QVERIFY2(out.out.startsWith(id), out.out.constData());
    signIn();
    const auto removed = run({u"accounts"_s, u"remove"_s});
    QVERIFY2(removed.err.startsWith(QByteArray(id + " is forgotten")), removed.err.constData());
}

void TestAccountVerbs::aSignOutReportsEachStep()
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

void TestAccountVerbs::aSignOutForgetsEvenWhenTheProviderCannotBeReached()
{
    signIn();
    QVERIFY(m_sandbox.setHook(u"revocation"_s, QJsonObject{{u"status"_s, 503}}));
    const auto out = run({u"logout"_s, u"--revoke"_s});
    QVERIFY2(out.exitCode == 0, out.err.constData());
    QVERIFY2(out.out.contains("revoke the refresh token  failed: "), out.out.constData());
    QVERIFY(out.out.contains("forget the account here   done"));
    QVERIFY(!m_home->storeBytes().contains("ada@"));
}

void TestAccountVerbs::aSignOutOfflineForgetsAndAsksNothing()
{
    signIn();
    QVERIFY(m_sandbox.clearLog());
    const QStringList words{u"logout"_s, u"--offline"_s};
    const QStringList wishes{u"--revoke"_s, u"--end-session"_s, u"--browser"_s, CliHome::browser()};
    const auto out = run(words + wishes);
    QVERIFY2(out.exitCode == 0, out.err.constData());
    QVERIFY2(out.out.contains("revoke the refresh token    failed: Nothing was sent"), out.out.constData());
    QVERIFY2(out.out.contains("end the provider's session  failed: Nothing was sent"), out.out.constData());
    QVERIFY2(out.out.contains("forget the account here     done"), out.out.constData());
    QVERIFY2(out.err.contains("Nothing was asked of the provider: --offline is on"), out.err.constData());
    QVERIFY(m_home->storedSecrets().isEmpty());
    QTest::qWait(1000); // a browser that was opened would be there by now
    QVERIFY(m_sandbox.log().isEmpty());

    signIn();
    QVERIFY(m_sandbox.clearLog());
    const auto json = run(words + QStringList{u"--everywhere"_s, u"-o"_s, u"json"_s});
    QVERIFY2(json.exitCode == 0, json.err.constData());
    QMap<QString, QJsonValue> steps;
    for (const auto step : json.json()[u"accounts"][0][u"steps"].toArray())
        steps.insert(step[u"step"].toString(), step);
    QCOMPARE(steps[u"revocation"_s][u"outcome"].toString(), u"failed"_s);
    QCOMPARE(steps[u"revocation"_s][u"code"].toString(), u"network_unavailable"_s);
    QCOMPARE(steps[u"end_session"_s][u"outcome"].toString(), u"not_wanted"_s);
    QCOMPARE(steps[u"local_removal"_s][u"outcome"].toString(), u"done"_s);
    QVERIFY(m_home->storedSecrets().isEmpty());
    QVERIFY(m_sandbox.log().isEmpty());
}

void TestAccountVerbs::theProvidersSessionEndsInTheBrowser()
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

void TestAccountVerbs::everybodyIsSignedOutAtOnce()
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

void TestAccountVerbs::everywhereIsEveryProfileOfTheProvider()
{
    signIn();
    QVERIFY(m_sandbox.approveAs(u"ada"_s));
    const auto other =
        run({u"login"_s, u"--issuer"_s, m_sandbox.issuer(), u"--client-id"_s, u"sandbox-native-es256"_s, u"--browser"_s,
             CliHome::browser(), u"--save"_s, u"other"_s, u"--scope"_s, u"openid offline_access"_s});
    QVERIFY2(other.exitCode == 0, other.err.constData());
    QVERIFY(m_sandbox.clearLog());
    const auto out = run({u"logout"_s, u"--profile"_s, u"demo"_s, u"--everywhere"_s, u"-o"_s, u"json"_s});
    QVERIFY2(out.exitCode == 0, out.err.constData());
    const auto ended = out.json()[u"accounts"].toArray();
    QCOMPARE(ended.size(), 2);
    QCOMPARE(ended.first()[u"client_id"].toString(), u"sandbox-native-es256"_s);
    QCOMPARE(ended.last()[u"client_id"].toString(), u"sandbox-native"_s);
    QCOMPARE(m_sandbox.requestsTo(u"/revoke"_s).size(), 2);
    QVERIFY(m_home->storedSecrets().isEmpty());
    QVERIFY(run({u"accounts"_s}).out.isEmpty());
}

void TestAccountVerbs::whatChangesIsSaid()
{
    QProcess watch;
    m_home->start(watch, {u"accounts"_s, u"watch"_s, u"-o"_s, u"jsonl"_s});
    const auto next = [&watch] {
        QElapsedTimer clock;
        clock.start();
        while (!watch.canReadLine() && clock.elapsed() < 20'000)
            watch.waitForReadyRead(100);
        return QJsonDocument::fromJson(watch.readLine()).object();
    };
    QTest::qWait(1500); // its look at an empty store is over
    signIn();
    const auto added = next();
    QCOMPARE(added[u"schema"].toString(), u"countersign.account-event/1"_s);
    QCOMPARE(added[u"event"].toString(), u"added"_s);
    QCOMPARE(added[u"account"][u"username"].toString(), u"ada@countersign.example"_s);
    QCOMPARE(run({u"token"_s, u"--scope"_s, u"openid"_s, u"-f"_s}).exitCode, 0);
    QCOMPARE(next()[u"event"].toString(), u"changed"_s);
    QCOMPARE(run({u"logout"_s}).exitCode, 0);
    QJsonObject last;
    do
        last = next();
    while (last[u"event"].toString() == "changed"_L1);
    QCOMPARE(last[u"event"].toString(), u"removed"_s);
    QVERIFY(!watch.readAllStandardOutput().contains("eyJ"));
    QCOMPARE(::kill(pid_t(watch.processId()), SIGINT), 0);
    QVERIFY(watch.waitForFinished(10'000));
    QCOMPARE(watch.exitCode(), 130);
}

QTEST_GUILESS_MAIN(TestAccountVerbs)
#include "tst_accountverbs.moc"

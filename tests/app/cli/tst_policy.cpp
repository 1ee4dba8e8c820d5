// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clihome.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

//! What `countersign` does where an administrator locked settings. See policyplace.cpp.
class TestPolicy : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void init();
    void aLockedSettingSaysWhoLockedIt();
    void aLockedSettingCannotBeChanged_data();
    void aLockedSettingCannotBeChanged();
    void whatGoesAgainstTheLockIsRefused_data();
    void whatGoesAgainstTheLockIsRefused();
    void whatTheLockSaysItselfIsNoOffence();
    void theDoctorNamesThePolicy();
    void aPolicyThatOthersMayWriteToStopsEverything();
    void theShippedProgramIsLedToNoOtherPolicy();
    void aRefreshTokenIsWrittenOnlyWithConsent();

private:
    void write(const QByteArray &members) const;
    CliRun run(const QStringList &arguments, Environment more = {},
               const QString &program = u"../tests/bin/countersign-test-policy"_s) const
    {
        more.insert(u"COUNTERSIGN_TEST_POLICY"_s, m_home->path(u"policy.json"_s));
        more.insert(u"COUNTERSIGN_SETTINGS"_s, m_home->path(u"settings.json"_s));
        if (!more.contains(u"COUNTERSIGN_STORE"_s))
            more.insert(u"COUNTERSIGN_STORE"_s, {});
        return runCli(arguments, {}, more, program);
    }

    std::unique_ptr<CliHome> m_home;
};

void TestPolicy::init()
{
    m_home = std::make_unique<CliHome>();
    write(R"("locked":{"store":"memory","offline":"off","ca_file":"/etc/company.pem"},"defaults":{"via":"device"})");
}

void TestPolicy::write(const QByteArray &members) const
{
    QFile file(m_home->path(u"policy.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"schema":"countersign.policy/1",)" + members + '}');
    QVERIFY(file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther));
}

void TestPolicy::aLockedSettingSaysWhoLockedIt()
{
    const auto path = m_home->path(u"policy.json"_s);
    const auto list = run({u"config"_s, u"list"_s, u"-o"_s, u"json"_s});
    QCOMPARE(list.exitCode, 0);
    const auto settings = list.json()[u"settings"].toObject();
    QCOMPARE(settings[u"store"][u"value"].toString(), u"memory"_s);
    QCOMPARE(settings[u"store"][u"origin"].toString(), u"policy"_s);
    QCOMPARE(settings[u"store"][u"locked"].toBool(), true);
    QCOMPARE(settings[u"store"][u"locked_by"].toString(), path);
    QCOMPARE(settings[u"via"][u"value"].toString(), u"device"_s);
    QCOMPARE(settings[u"via"][u"origin"].toString(), u"policy"_s);
    QCOMPARE(settings[u"via"][u"locked"].toBool(true), false);
    QVERIFY(settings[u"via"][u"locked_by"].isNull());
    QVERIFY(run({u"config"_s}).out.contains(QByteArray("locked by " + path.toUtf8())));
    const auto one = run({u"config"_s, u"get"_s, u"store"_s});
    QCOMPARE(one.out, QByteArray("memory\n"));
    QVERIFY2(one.err.contains(QByteArray("locked by the policy of this computer, " + path.toUtf8())),
             one.err.constData());
    QCOMPARE(run({u"config"_s, u"get"_s, u"store"_s, u"-o"_s, u"json"_s}).json()[u"locked_by"].toString(), path);
}

void TestPolicy::aLockedSettingCannotBeChanged_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("set") << QStringList{u"set"_s, u"store"_s, u"keychain"_s};
    QTest::newRow("set to the same") << QStringList{u"set"_s, u"store"_s, u"memory"_s};
    QTest::newRow("unset") << QStringList{u"unset"_s, u"store"_s};
}

void TestPolicy::aLockedSettingCannotBeChanged()
{
    QFETCH(const QStringList, arguments);
    const auto refused = run(QStringList{u"config"_s} + arguments + QStringList{u"-o"_s, u"json"_s});
    QCOMPARE(refused.exitCode, 60);
    QCOMPARE(refused.error()[u"exit"].toInt(), 60);
    QCOMPARE(refused.error()[u"reason"].toString(), u"forbidden_by_policy"_s);
    QVERIFY(refused.error()[u"message"].toString().contains(m_home->path(u"policy.json"_s)));
    QVERIFY(!QFile::exists(m_home->path(u"settings.json"_s)));
    // What is not locked is the person's own.
    QCOMPARE(run({u"config"_s, u"set"_s, u"via"_s, u"browser"_s}).exitCode, 0);
}

void TestPolicy::whatGoesAgainstTheLockIsRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<Environment>("environment");
    QTest::addColumn<QString>("setting");
    const QStringList accounts{u"accounts"_s, u"--profile=none"_s};
    const QStringList lint{u"issuer"_s, u"lint"_s, u"https://op.example"_s};
    QTest::newRow("--store") << accounts + QStringList{u"--store"_s, u"keychain"_s} << Environment() << u"store"_s;
    QTest::newRow("COUNTERSIGN_STORE") << accounts << Environment{{u"COUNTERSIGN_STORE"_s, u"msal:/tmp/x"_s}}
                                       << u"store"_s;
    QTest::newRow("--ca-file") << lint + QStringList{u"--ca-file"_s, u"/tmp/own.pem"_s} << Environment()
                               << u"ca_file"_s;
    QTest::newRow("COUNTERSIGN_CA_FILE") << lint << Environment{{u"COUNTERSIGN_CA_FILE"_s, u"/tmp/own.pem"_s}}
                                         << u"ca_file"_s;
    QTest::newRow("--offline") << QStringList{u"store"_s, u"status"_s, u"--offline"_s} << Environment() << u"offline"_s;
    QTest::newRow("a helper's flag") << QStringList{u"configure"_s,      u"git"_s,
                                                    u"--host"_s,         u"git.example.com"_s,
                                                    u"--profile=none"_s, u"--store"_s,
                                                    u"msal:/tmp/x"_s}
                                     << Environment() << u"store"_s;
}

void TestPolicy::whatGoesAgainstTheLockIsRefused()
{
    QFETCH(const QStringList, arguments);
    QFETCH(const Environment, environment);
    QFETCH(const QString, setting);
    auto own = environment;
    own.insert(u"COUNTERSIGN_PROFILES"_s, m_home->path(u"profiles.json"_s));
    QCOMPARE(
        run({u"profile"_s, u"add"_s, u"none"_s, u"--issuer"_s, u"https://op.example"_s, u"--client-id"_s, u"app"_s},
            {{u"COUNTERSIGN_PROFILES"_s, m_home->path(u"profiles.json"_s)}})
            .exitCode,
        0);
    const auto refused = run(arguments + QStringList{u"--error-file"_s, m_home->path(u"error.json"_s)}, own);
    QVERIFY2(refused.exitCode == 60, refused.err.constData());
    QVERIFY2(refused.err.contains(QByteArray("locks '" + setting.toUtf8() + '\'')), refused.err.constData());
    QFile kept(m_home->path(u"error.json"_s));
    QVERIFY(kept.open(QIODevice::ReadOnly));
    QVERIFY(kept.readAll().contains(R"("reason":"forbidden_by_policy")"));
}

void TestPolicy::whatTheLockSaysItselfIsNoOffence()
{
    write(R"("locked":{"store":"memory"})");
    QCOMPARE(run({u"store"_s, u"status"_s, u"--store"_s, u"memory"_s}).exitCode, 0);
    QCOMPARE(run({u"store"_s, u"status"_s}).exitCode, 0);
}

void TestPolicy::theDoctorNamesThePolicy()
{
    const auto lineOf = [this](const Environment &more = {}) {
        const auto answer = run({u"doctor"_s, u"-o"_s, u"json"_s, u"--query"_s, u"checks"_s}, more);
        const auto checks = QJsonDocument::fromJson(answer.out).array();
        for (const auto &check : checks) {
            if (check[u"id"].toString() == "policy"_L1)
                return check.toObject();
        }
        return QJsonObject();
    };
    write(R"("locked":{"store":"memory"},"defaults":{"via":"device"})");
    QCOMPARE(lineOf()[u"outcome"].toString(), u"ok"_s);
    QVERIFY(lineOf()[u"text"].toString().contains("policy.json is in force, for: store, via"_L1));
    const auto against = lineOf({{u"COUNTERSIGN_STORE"_s, u"keychain"_s}});
    QCOMPARE(against[u"outcome"].toString(), u"failure"_s);
    QCOMPARE(against[u"exit"].toInt(), 60);
    QVERIFY(QFile::remove(m_home->path(u"policy.json"_s)));
    const auto none = lineOf({{u"COUNTERSIGN_STORE"_s, u"memory"_s}});
    QCOMPARE(none[u"outcome"].toString(), u"ok"_s);
    QVERIFY(none[u"text"].toString().contains("there is none"_L1));
}

void TestPolicy::aPolicyThatOthersMayWriteToStopsEverything()
{
    const auto path = m_home->path(u"policy.json"_s);
    QVERIFY(QFile::setPermissions(path, QFile::permissions(path) | QFile::WriteOther));
    for (const auto &words : {QStringList{u"config"_s, u"list"_s}, {u"store"_s, u"status"_s}, {u"doctor"_s}}) {
        const auto refused = run(words);
        QVERIFY2(refused.exitCode == 60, refused.err.constData());
        QVERIFY2(refused.err.contains(QByteArray("may write to " + path.toUtf8())), refused.err.constData());
    }
    // What needs no settings goes on.
    QCOMPARE(run({u"version"_s}).exitCode, 0);
}

void TestPolicy::theShippedProgramIsLedToNoOtherPolicy()
{
    const auto shipped = run({u"config"_s, u"path"_s, u"-o"_s, u"json"_s}, {}, u"countersign"_s);
    QVERIFY(shipped.json()[u"policy"].toString().endsWith("ountersign/policy.json"_L1));
    QVERIFY(!shipped.json()[u"policy"].toString().startsWith(m_home->path({})));
    QCOMPARE(run({u"config"_s, u"path"_s, u"-o"_s, u"json"_s}).json()[u"policy"].toString(),
             m_home->path(u"policy.json"_s));
}

//! d.1: with the option and the policy's consent, never for less.
void TestPolicy::aRefreshTokenIsWrittenOnlyWithConsent()
{
    const auto now = QByteArray::number(QDateTime::currentSecsSinceEpoch());
    QFile store(m_home->path(u"cache.json"_s));
    QVERIFY(store.open(QIODevice::WriteOnly));
    store.write(
        R"({"AccessToken":{},"RefreshToken":{"k":{"credential_type":"RefreshToken","secret":"the-refresh-token",)"
        R"("home_account_id":"me","environment":"login.example.com/one","client_id":"app","target":"",)"
        R"("last_modification_time":")"
        + now
        + R"("}},"Account":{"k":{"home_account_id":"me","environment":"login.example.com/one","realm":"oidc",)"
          R"("local_account_id":"me","username":"me@example.com","authority_type":"MSSTS"}}})");
    store.close();
    QVERIFY(store.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    const Environment there{{u"COUNTERSIGN_STORE"_s, QString(u"msal:"_s + store.fileName())}};
    const QStringList token{u"token"_s, u"--issuer"_s, u"https://login.example.com/one"_s, u"--client-id"_s, u"app"_s};
    const auto with = [&](const QStringList &more) { return run(token + more, there); };
    const auto unsafe = u"--unsafe-show-refresh-token"_s;

    write(R"("defaults":{})");
    const auto refused = with({unsafe});
    QVERIFY2(refused.exitCode == 60, refused.err.constData());
    QVERIFY(refused.err.contains("show_refresh_token") && refused.err.contains("policy.json"));
    QVERIFY(!refused.out.contains("the-refresh-token") && !refused.err.contains("the-refresh-token"));

    write(R"("allowed":["show_refresh_token"])");
    const auto alone = with({u"--type"_s, u"refresh"_s});
    QVERIFY2(alone.exitCode == 2 && alone.err.contains(unsafe.toLatin1()), alone.err.constData());
    const auto header = with({unsafe, u"-o"_s, u"header"_s});
    QVERIFY2(header.exitCode == 2, header.err.constData());
    // What is about an access token has no meaning there.
    for (const auto &words : {u"-f"_s, u"--scope zzz"_s, u"--min-ttl 5m"_s, u"--dpop GET https://api.example/"_s,
                              u"--claims {}"_s, u"--explain"_s, u"--via device"_s, u"--resource https://api.example/"_s,
                              u"--type access"_s, u"--no-token"_s}) {
        const auto mixed = with(QStringList{unsafe} + words.split(u' '));
        QVERIFY2(mixed.exitCode == 2 && mixed.err.contains(words.section(u' ', 0, 0).toLatin1()),
                 mixed.err.constData());
        QVERIFY(mixed.out.isEmpty());
    }
    const auto withheld = with({unsafe, u"--no-token"_s, u"-o"_s, u"json"_s});
    QVERIFY2(withheld.exitCode == 0, withheld.err.constData());
    QVERIFY(!withheld.out.contains("the-refresh-token") && !withheld.err.contains("Whoever has"));
    QVERIFY(!withheld.json().contains(u"refresh_token"_s));
    const auto silent = with({unsafe, u"-o"_s, u"none"_s});
    QVERIFY2(silent.exitCode == 0 && silent.out.isEmpty(), silent.err.constData());
    QVERIFY2(!silent.err.contains("Whoever has"), silent.err.constData());
    const auto shown = with({unsafe});
    QVERIFY2(shown.exitCode == 0, shown.err.constData());
    QCOMPARE(shown.out, QByteArray("the-refresh-token\n"));
    QVERIFY2(shown.err.contains("whole sign-in"), shown.err.constData());
    const auto json = with({u"--type"_s, u"refresh"_s, unsafe, u"-o"_s, u"json"_s});
    QCOMPARE(json.json()[u"refresh_token"].toString(), u"the-refresh-token"_s);
    QCOMPARE(json.json()[u"schema"].toString(), u"countersign.refreshtoken/1"_s);
    QCOMPARE(json.json()[u"account"][u"username"].toString(), u"me@example.com"_s);
    QVERIFY(json.json()[u"expires_on"].isNull() && json.json()[u"expires_at"].isNull());
}

QTEST_GUILESS_MAIN(TestPolicy)
#include "tst_policy.moc"

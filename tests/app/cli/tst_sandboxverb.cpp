// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clihome.h"

#include "support/codeflow.h"
#include "support/sandboxprocess.h"

#include <QtCore/QJsonArray>
#include <QtTest/QTest>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestSandboxVerb : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        QVERIFY2(m_sandbox.start({u"--approve"_s, u"ada"_s, u"--device-interval"_s, u"1"_s}),
                 qPrintable(m_sandbox.problem()));
    }
    void init()
    {
        QVERIFY(m_sandbox.clearHooks());
        m_home = std::make_unique<CliHome>();
    }

    void whatIsMintedIsAsItWasSaid()
    {
        const auto run = sandbox({u"mint"_s, u"grace"_s, u"--scope"_s, u"orders.read"_s, u"--audience"_s,
                                  u"https://api.example"_s, u"--claim"_s, u"roles=[\"Admin\"]"_s, u"--claim"_s,
                                  u"tid=contoso"_s, u"--claim"_s, u"acr=null"_s});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        const auto claims = tokenPart(QString::fromLatin1(run.out.trimmed()), 1);
        QCOMPARE(claims[u"scope"].toString(), u"orders.read"_s);
        QCOMPARE(claims[u"aud"].toString(), u"https://api.example"_s);
        QCOMPARE(claims[u"roles"].toArray(), QJsonArray{u"Admin"_s});
        QCOMPARE(claims[u"tid"].toString(), u"contoso"_s);
        QVERIFY(!claims.contains(u"acr"_s));
        const auto verified = m_home->run({u"verify"_s, u"-"_s, u"--issuer"_s, m_sandbox.issuer(), u"--audience"_s,
                                           u"https://api.example"_s, u"--role"_s, u"Admin"_s},
                                          run.out);
        QVERIFY2(verified.exitCode == 0, verified.out.constData());
    }

    void anOldTokenIsMintedForATest()
    {
        const auto run = sandbox({u"mint"_s, u"--type"_s, u"id"_s, u"--claim"_s, u"exp=1"_s, u"-o"_s, u"json"_s});
        QVERIFY2(run.exitCode == 0, run.err.constData());
        const auto verified =
            m_home->run({u"verify"_s, u"-"_s, u"--issuer"_s, m_sandbox.issuer(), u"--client-id"_s, u"sandbox-native"_s},
                        run.json()[u"token"].toString().toUtf8());
        QVERIFY2(verified.exitCode == 42, verified.out.constData());
    }

    void aStrangerIsToldWhoIsThere()
    {
        const auto user = sandbox({u"mint"_s, u"bob"_s});
        QCOMPARE(user.exitCode, 2);
        QVERIFY2(user.err.contains("'bob'") && user.err.contains("ada, grace, alan"), user.err.constData());
        const auto client = sandbox({u"mint"_s, u"--client-id"_s, u"mine"_s});
        QCOMPARE(client.exitCode, 2);
        QVERIFY2(client.err.contains("'mine'") && client.err.contains("sandbox-native"), client.err.constData());
    }

    //! The manner of another provider is no trouble to a client, and known claims are where they are there.
    void aClientGetsAlongWithEveryDialect_data()
    {
        QTest::addColumn<QString>("dialect");
        QTest::addColumn<QString>("claim");
        QTest::newRow("standard") << u"standard"_s << u"client_id"_s;
        QTest::newRow("entra-v2") << u"entra-v2"_s << u"tid"_s;
        QTest::newRow("keycloak") << u"keycloak"_s << u"realm_access"_s;
        QTest::newRow("okta") << u"okta"_s << u"cid"_s;
        QTest::newRow("auth0") << u"auth0"_s << u"permissions"_s;
    }
    void aClientGetsAlongWithEveryDialect()
    {
        QFETCH(const QString, dialect);
        QFETCH(const QString, claim);
        SandboxProcess other;
        QVERIFY2(other.start({u"--approve"_s, u"ada"_s, u"--as"_s, dialect}), qPrintable(other.problem()));
        const auto signedIn = m_home->signIn(other.issuer());
        QVERIFY2(signedIn.exitCode == 0, signedIn.err.constData());
        const auto token = m_home->run(QStringList{u"token"_s} + CliHome::provider(other.issuer()));
        QVERIFY2(tokenPart(QString::fromLatin1(token.out.trimmed()), 1).contains(claim), token.out.constData());
        // One token in that manner comes from any sandbox.
        const auto minted = sandbox({u"mint"_s, u"--as"_s, dialect});
        QVERIFY2(tokenPart(QString::fromLatin1(minted.out.trimmed()), 1).contains(claim), minted.err.constData());
        const auto usual = sandbox({u"mint"_s});
        QCOMPARE(tokenPart(QString::fromLatin1(usual.out.trimmed()), 1).contains(u"client_id"_s), true);
        const auto wrong = m_home->run({u"sandbox"_s, u"start"_s, u"--as"_s, u"entra"_s});
        QCOMPARE(wrong.exitCode, 2);
        QVERIFY2(wrong.err.contains("entra-v2"), wrong.err.constData());
    }

    //! Every fault does what its help says, whichever way one signs in, and a client of ours exits as the table says.
    void everyFaultIsMet_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<QString>("way");
        QTest::addColumn<int>("exitCode");
        const std::pair<const char *, int> rows[] = {
            {"signature", 41}, {"key", 41},    {"expired", 42},  {"issuer", 43}, {"audience", 43},
            {"nonce", 43},     {"denied", 12}, {"discovery", 4}, {"busy", 22},   {"down", 20}};
        for (const auto &[fault, exitCode] : rows) {
            for (const auto &way : {u"browser"_s, u"device"_s})
                QTest::addRow("%s, %s", fault, qPrintable(way)) << QString::fromLatin1(fault) << way << exitCode;
        }
    }
    void everyFaultIsMet()
    {
        QFETCH(const QString, fault);
        QFETCH(const QString, way);
        QFETCH(const int, exitCode);
        // Whoever breaks a sandbox has used it before: what is known of it is kept.
        const auto before = m_home->signIn(m_sandbox.issuer());
        QVERIFY2(before.exitCode == 0, before.err.constData());
        const auto broken = sandbox({u"break"_s, fault});
        QVERIFY2(broken.exitCode == 0, broken.err.constData());
        QVERIFY(broken.out.isEmpty());
        const auto failed = m_home->signIn(m_sandbox.issuer(), {u"--via"_s, way});
        QVERIFY2(failed.exitCode == exitCode, failed.err.constData());
        QCOMPARE(sandbox({u"break"_s, u"--repair"_s}).exitCode, 0);
        const auto good = m_home->signIn(m_sandbox.issuer(), {u"--via"_s, way});
        QVERIFY2(good.exitCode == 0, good.err.constData());
    }

    //! A provider that was not well has neither spent nor revoked a refresh token.
    void allIsWellAfterTheRepair_data()
    {
        QTest::addColumn<QString>("fault");
        QTest::addColumn<int>("exitCode");
        QTest::newRow("refused") << u"refused"_s << 10;
        QTest::newRow("busy") << u"busy"_s << 22;
        QTest::newRow("down") << u"down"_s << 20;
    }
    void allIsWellAfterTheRepair()
    {
        QFETCH(const QString, fault);
        QFETCH(const int, exitCode);
        QCOMPARE(m_home->signIn(m_sandbox.issuer(), {u"--save"_s, u"demo"_s}).exitCode, 0);
        QCOMPARE(sandbox({u"break"_s, fault}).exitCode, 0);
        const auto failed = m_home->run({u"token"_s, u"--force"_s});
        QVERIFY2(failed.exitCode == exitCode, failed.err.constData());
        QCOMPARE(sandbox({u"break"_s, u"--repair"_s}).exitCode, 0);
        const auto good = m_home->run({u"token"_s, u"--force"_s});
        QVERIFY2(good.exitCode == 0, good.err.constData());
    }

    void aProgramIsToldWhatWasBroken()
    {
        const auto broken = sandbox({u"break"_s, u"busy"_s, u"-o"_s, u"json"_s}).json();
        QCOMPARE(broken[u"schema"].toString(), u"countersign.change/1"_s);
        QCOMPARE(broken[u"action"].toString(), u"broken"_s);
        QCOMPARE(broken[u"value"].toString(), u"busy"_s);
        const auto repaired = sandbox({u"break"_s, u"--repair"_s, u"-o"_s, u"json"_s}).json();
        QCOMPARE(repaired[u"action"].toString(), u"repaired"_s);
        QVERIFY(!repaired.contains(u"value"));
    }

    void aTakenPortIsNamedWithWhatHelps()
    {
        const auto port = QString::number(QUrl(m_sandbox.issuer()).port());
        const QStringList words{u"sandbox"_s, u"start"_s, u"--port"_s, port};
        const auto text = m_home->run(words);
        QCOMPARE(text.exitCode, 2);
        QVERIFY2(text.err.contains(QByteArray("port " + port.toUtf8() + " is taken")), text.err.constData());
        QVERIFY2(text.err.contains("--port"), text.err.constData());
        QVERIFY2(!text.err.contains("QAbstract") && !text.err.contains("QTcp"), text.err.constData());
        QCOMPARE(text.err.count("taken"), 1);
        const auto json = m_home->run(words + QStringList{u"-o"_s, u"json"_s});
        QVERIFY(json.out.isEmpty());
        QCOMPARE(json.error()[u"reason"].toString(), u"port_unavailable"_s);
        QCOMPARE(json.error()[u"code"].toString(), u"invalid_argument"_s);
    }

    void aFaultCanBeForOnce()
    {
        QCOMPARE(m_home->signIn(m_sandbox.issuer(), {u"--save"_s, u"demo"_s}).exitCode, 0);
        QCOMPARE(m_home->run({u"sandbox"_s, u"break"_s, u"refused"_s, u"--times"_s, u"1"_s}).exitCode,
                 0); // the profile's
        QCOMPARE(m_home->run({u"token"_s, u"-f"_s}).exitCode, 10);
        QCOMPARE(m_home->signIn(m_sandbox.issuer()).exitCode, 0);
        QCOMPARE(m_home->run({u"token"_s, u"-f"_s}).exitCode, 0);
    }

    void nobodyElseIsBroken()
    {
        const auto run = m_home->run({u"sandbox"_s, u"break"_s, u"down"_s, u"--issuer"_s, u"https://op.example"_s});
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.err.contains("no sandbox on this computer"));
        QCOMPARE(sandbox({u"break"_s}).exitCode, 2);
        const auto near = sandbox({u"break"_s, u"isuer"_s});
        QCOMPARE(near.exitCode, 2);
        QVERIFY(near.err.contains("'issuer'"));
    }

private:
    CliRun sandbox(const QStringList &more) const
    {
        return m_home->run(QStringList{u"sandbox"_s} + more + QStringList{u"--issuer"_s, m_sandbox.issuer()});
    }

    SandboxProcess m_sandbox;
    std::unique_ptr<CliHome> m_home;
};

QTEST_GUILESS_MAIN(TestSandboxVerb)
#include "tst_sandboxverb.moc"

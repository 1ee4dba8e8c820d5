// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "support/codeflow.h"
#include "support/sandboxprocess.h"

#include <QtCore/QJsonDocument>

using namespace Qt::StringLiterals;
using namespace CountersignTest;

//! countersign-sandbox as a program: what it prints, and when it ends.
class TestSandboxProcess : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void itSaysWhereItIsInOneLine()
    {
        SandboxProcess sandbox;
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        const QJsonObject line = sandbox.process().readyLine();
        QCOMPARE(line.value("schema"_L1).toString(), u"countersign.sandbox/1"_s);
        QVERIFY(sandbox.issuer().startsWith(u"http://127.0.0.1:"_s) && sandbox.issuer().endsWith(u"/sandbox"_s));
        QCOMPARE(line.value("pid"_L1).toInteger(), sandbox.process().processId());
        QStringList users;
        const QJsonArray list = line.value("users"_L1).toArray();
        for (const QJsonValue &user : list)
            users.append(user["name"_L1].toString());
        QCOMPARE(users, (QStringList{u"ada"_s, u"grace"_s, u"alan"_s}));
        QVERIFY(line.value("clients"_L1).toArray().size() >= 4);
    }

    void aScriptSignsInWithoutAPage()
    {
        SandboxProcess sandbox;
        QVERIFY2(sandbox.start({u"--approve"_s, u"grace"_s, u"--at-ttl"_s, u"7"_s}), qPrintable(sandbox.problem()));
        const CodeFlow flow{.issuer = sandbox.issuer(),
                            .authorizationEndpoint = sandbox.endpoint(u"/authorize"_s).toString(),
                            .tokenEndpoint = sandbox.endpoint(u"/token"_s).toString(),
                            .clientId = u"sandbox-native"_s};
        const QUrl redirect = httpCall("GET"_ba, flow.authorizationUrl()).location();
        const QJsonObject tokens = flow.redeem(parameter(redirect, u"code"_s)).json();
        QCOMPARE(tokens.value("expires_in"_L1).toInt(), 7);
        QCOMPARE(tokenPart(tokens.value("id_token"_L1).toString(), 1).value("given_name"_L1).toString(), u"Grace"_s);
        QCOMPARE(sandbox.requestsTo(u"/token"_s).size(), 1);
    }

    void theControlInterfaceChangesIt()
    {
        SandboxProcess sandbox;
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        QVERIFY(sandbox.setHook(u"discovery"_s, QJsonObject{{u"status"_s, 500}}));
        QVERIFY(!sandbox.setHook(u"discovery"_s, QJsonObject{{u"unknown"_s, 1}}));
        const QUrl discovery = sandbox.endpoint(u"/.well-known/openid-configuration"_s);
        QCOMPARE(httpCall("GET"_ba, discovery).status, 500);
        QVERIFY(sandbox.applyModule(u"oidcc-client-test-discovery-issuer-mismatch"_s));
        QVERIFY(!sandbox.applyModule(u"oidcc-client-test-nonesuch"_s));
        QCOMPARE(httpCall("GET"_ba, discovery).json().value("issuer"_L1).toString(), sandbox.issuer() + u"INVALID"_s);
        QVERIFY(sandbox.clearHooks() && sandbox.clearLog() && sandbox.setClockOffset(60) && sandbox.rotateKeys());
        QVERIFY(sandbox.approveAs(u"alan"_s));
        QVERIFY(!sandbox.approveAs(u"mallory"_s));
    }

    void itStopsWhenItIsTold()
    {
        SandboxProcess sandbox;
        QVERIFY2(sandbox.start(), qPrintable(sandbox.problem()));
        const QUrl url = sandbox.endpoint(u"/jwks"_s);
        QVERIFY(sandbox.stop()); // SIGTERM, exit code 0
        QCOMPARE(httpCall("GET"_ba, url).status, 0);
    }

    void itStopsWhenItsInputEnds()
    {
        QProcess process;
        process.start(program(), {u"--stop-on-eof"_s});
        QTRY_VERIFY(process.canReadLine());
        process.closeWriteChannel();
        QTRY_COMPARE_WITH_TIMEOUT(process.state(), QProcess::NotRunning, 20000);
        QCOMPARE(process.exitCode(), 0);
    }

    void itStopsWithItsParent()
    {
#ifndef Q_OS_UNIX
        QSKIP("needs a shell as the parent");
#else
        QProcess shell;
        shell.start(u"sh"_s, {u"-c"_s, u"\"$0\" --port 0 & wait"_s, program()});
        QTRY_VERIFY_WITH_TIMEOUT(shell.canReadLine(), 20000);
        const QJsonObject line = QJsonDocument::fromJson(shell.readLine()).object();
        const QUrl url(line.value("issuer"_L1).toString() + u"/jwks"_s);
        QCOMPARE(httpCall("GET"_ba, url).status, 200);
        shell.kill();
        QTRY_COMPARE_WITH_TIMEOUT(httpCall("GET"_ba, url).status, 0, 20000);
#endif
    }

    void wrongUsageIsSaid_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("no such user") << QStringList{u"--approve"_s, u"mallory"_s};
        QTest::newRow("no port") << QStringList{u"--port"_s, u"70000"_s};
        QTest::newRow("no such dialect") << QStringList{u"--as"_s, u"esperanto"_s};
        QTest::newRow("no such option") << QStringList{u"--nonesuch"_s};
    }
    void wrongUsageIsSaid()
    {
        QFETCH(QStringList, arguments);
        QProcess process;
        process.start(program(), arguments);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardOutput().isEmpty());
        QVERIFY(!process.readAllStandardError().isEmpty());
    }

private:
    static QString program()
    {
        return qEnvironmentVariable("COUNTERSIGN_BIN_DIR") + u"/countersign-sandbox"_s;
    }
};

QTEST_GUILESS_MAIN(TestSandboxProcess)
#include "tst_sandboxprocess.moc"

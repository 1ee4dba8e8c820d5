// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "browse.h"
#include "clihome.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QJsonArray>
#include <QtTest/QTest>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

//! Single flight, cli.md d.1: the same profile, account, resource and claims wait for one login across processes.
class TestSignInLease : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QVERIFY2(m_sandbox.start({u"--approve"_s, u"ada"_s}), qPrintable(m_sandbox.problem())); }
    void init()
    {
        m_home = std::make_unique<CliHome>();
        // The folder of the store has to be there: who comes first makes it.
        QCOMPARE(m_home->run({u"store"_s, u"test"_s}).exitCode, 0);
        QVERIFY(m_sandbox.clearLog());
    }

    void oneSignInServesAllWhoWait()
    {
        QProcess first;
        ask(first);
        QByteArray address;
        QVERIFY(waitForAddress(first, address));
        QProcess second;
        ask(second);
        QProcess third;
        ask(third);
        QVERIFY(waitFor(second, "waiting for it"));
        QVERIFY(waitFor(third, "waiting for it"));
        browse(addressToOpen(address));
        for (auto *process : {&first, &second, &third}) {
            QVERIFY(hasEnded(*process));
            QCOMPARE(process->exitCode(), 0);
        }
        const auto token = first.readAllStandardOutput();
        QVERIFY(token.startsWith("eyJ"));
        QCOMPARE(second.readAllStandardOutput(), token);
        QCOMPARE(third.readAllStandardOutput(), token);
        QCOMPARE(m_sandbox.requestsTo(u"/authorize"_s).size(), 1);
    }

    void anotherScopeIsAnotherSignIn()
    {
        QProcess first;
        ask(first);
        QByteArray address;
        QVERIFY(waitForAddress(first, address));
        QProcess second;
        ask(second, {u"--scope"_s, u"openid email"_s});
        QByteArray other;
        QVERIFY2(waitForAddress(second, other), other.constData());
        stop(first);
        stop(second);
    }

    void whoWaitsAsksWhenTheOtherOneGaveUp()
    {
        QProcess first;
        ask(first);
        QByteArray address;
        QVERIFY(waitForAddress(first, address));
        QProcess second;
        ask(second);
        QVERIFY(waitFor(second, "waiting for it"));
        first.kill(); // not even a chance to tidy up
        QVERIFY(first.waitForFinished());
        QByteArray other;
        QVERIFY2(waitForAddress(second, other), other.constData());
        browse(addressToOpen(other));
        QVERIFY(hasEnded(second));
        QCOMPARE(second.exitCode(), 0);
    }

    void theWaitEndsAsLongAsWasSaid()
    {
        QProcess first;
        ask(first);
        QByteArray address;
        QVERIFY(waitForAddress(first, address));
        const auto run = m_home->run(words({u"--wait-lock"_s, u"1s"_s, u"-o"_s, u"json"_s}));
        QVERIFY2(run.exitCode == 124, run.err.constData());
        QVERIFY(run.error()[u"message"].toString().contains("--wait-lock"_L1));
        stop(first);
    }

private:
    QStringList words(const QStringList &more) const
    {
        return QStringList{u"token"_s, u"--no-open"_s} + CliHome::provider(m_sandbox.issuer()) + more;
    }
    void ask(QProcess &process, const QStringList &more = {}) const { m_home->start(process, words(more)); }
    static bool waitFor(QProcess &process, const QByteArray &said)
    {
        QElapsedTimer clock;
        clock.start();
        QByteArray text;
        while (!text.contains(said) && clock.elapsed() < 20'000) {
            process.waitForReadyRead(100);
            text += process.readAllStandardError();
        }
        return text.contains(said);
    }
    //! Others stand before it in what is said.
    static QUrl addressToOpen(const QByteArray &said) { return addressIn(said.mid(said.indexOf("Open this address"))); }
    static bool hasEnded(QProcess &process)
    {
        return process.state() == QProcess::NotRunning || process.waitForFinished(20'000);
    }
    static void stop(QProcess &process)
    {
        process.terminate();
        QVERIFY(process.waitForFinished());
    }

    SandboxProcess m_sandbox;
    std::unique_ptr<CliHome> m_home;
};

QTEST_GUILESS_MAIN(TestSignInLease)
#include "tst_signinlease.moc"

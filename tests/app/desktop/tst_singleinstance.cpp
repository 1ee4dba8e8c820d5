// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sandboxprocess.h"
#include "singleinstance.h"
#include "statefile.h"

#ifdef Q_OS_UNIX
#include "../../support/fulldisk.h"
#endif

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtCore/QThread>
#include <QtNetwork/QLocalSocket>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

using namespace Countersign::Desktop;
using namespace Qt::StringLiterals;

class TestSingleInstance : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void theFirstHasNobodyToHandOverTo();
    void aSecondHandsItsArgumentsToTheFirst();
    void theSocketIsThePersonsAlone();
    void whatACrashLeftBehindIsNoObstacle();
    void nonsenseIsNotObeyed_data();
    void nonsenseIsNotObeyed();
    void theReadyLineOfTheSandboxMakesAProfile_data();
    void theReadyLineOfTheSandboxMakesAProfile();
    void theStateFileSurvivesNonsense();
    void theStateFileSurvivesAFullDisk();

private:
    QTemporaryDir m_folder;
};

void TestSingleInstance::initTestCase()
{
    QFile::setPermissions(m_folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    qputenv("XDG_RUNTIME_DIR", m_folder.path().toUtf8());
    qputenv("COUNTERSIGN_INSTANCE", QByteArray::number(QCoreApplication::applicationPid()));
}

void TestSingleInstance::theFirstHasNobodyToHandOverTo()
{
    SingleInstance first;
    QVERIFY(!first.handOver({u"--sandbox"_s}));
}

void TestSingleInstance::aSecondHandsItsArgumentsToTheFirst()
{
    SingleInstance first;
    QVERIFY(first.listen());
    QSignalSpy arrived(&first, &SingleInstance::argumentsArrived);
    bool isHandedOver = false;
    // It waits for the answer, so it has to be somebody else.
    const std::unique_ptr<QThread> second(QThread::create([&isHandedOver] {
        SingleInstance other;
        isHandedOver = other.handOver({u"--sandbox"_s, u"ä"_s});
    }));
    second->start();
    QTRY_COMPARE(arrived.size(), 1);
    QTRY_VERIFY(second->isFinished());
    QVERIFY(isHandedOver);
    QCOMPARE(arrived.at(0).at(0).toStringList(), (QStringList{u"--sandbox"_s, u"ä"_s}));
}

//! B.12.
void TestSingleInstance::theSocketIsThePersonsAlone()
{
#ifdef Q_OS_WIN
    QSKIP("a pipe has no mode");
#endif
    SingleInstance first;
    QVERIFY(first.listen());
    const auto mode = QFile::permissions(SingleInstance::socketName());
    QVERIFY(mode.testFlag(QFile::ReadOwner));
    QVERIFY(!(mode & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther)));
}

void TestSingleInstance::whatACrashLeftBehindIsNoObstacle()
{
    QFile stale(SingleInstance::socketName());
    QVERIFY(stale.open(QIODevice::WriteOnly));
    stale.close();
    SingleInstance first;
    QVERIFY(!first.handOver({}));
    QVERIFY(first.listen());
}

void TestSingleInstance::nonsenseIsNotObeyed_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::newRow("too long") << QByteArray(100'000, '\xff');
    QTest::newRow("a count that nothing holds") << QByteArray("\x7f\xff\xff\xff", 4);
    QTest::newRow("a text that nothing holds") << QByteArray("\x00\x00\x00\x01\x7f\xff\xff\xf0", 8);
    QTest::newRow("cut off") << QByteArray("\x00\x00\x00\x02\x00\x00\x00\x00", 8);
}

void TestSingleInstance::nonsenseIsNotObeyed()
{
    QFETCH(const QByteArray, message);
    SingleInstance first;
    QVERIFY(first.listen());
    QSignalSpy arrived(&first, &SingleInstance::argumentsArrived);
    QLocalSocket socket;
    socket.connectToServer(SingleInstance::socketName());
    QVERIFY(socket.waitForConnected(2000));
    socket.write(message);
    QTRY_COMPARE_WITH_TIMEOUT(socket.state(), QLocalSocket::UnconnectedState, 10000);
    QCOMPARE(arrived.size(), 0);
}

void TestSingleInstance::theReadyLineOfTheSandboxMakesAProfile_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<bool>("isGood");
    QTest::newRow("a ready line") << QByteArray(R"({"issuer":"http://127.0.0.1:8766/sandbox",)"
                                                R"("clients":[{"client_id":"sandbox-native"}]})")
                                  << true;
    QTest::newRow("no such client") << QByteArray(R"({"issuer":"http://127.0.0.1/","clients":[]})") << false;
    QTest::newRow("not JSON") << QByteArray("listening") << false;
    QTest::newRow("empty") << QByteArray() << false;
}

void TestSingleInstance::theReadyLineOfTheSandboxMakesAProfile()
{
    QFETCH(QByteArray, line);
    QFETCH(bool, isGood);
    const auto profile = sandboxProfile(line);
    QCOMPARE(profile.hasValue(), isGood);
    if (isGood)
        QVERIFY(profile->configuration());
}

void TestSingleInstance::theStateFileSurvivesNonsense()
{
    const auto path = m_folder.filePath(u"deep/state.json"_s);
    const StateFile state(path);
    QVERIFY(state.load().isEmpty());
    QVERIFY(state.save({{u"place"_s, u"tokens"_s}}));
    QCOMPARE(state.load().value(u"place"_s).toString(), u"tokens"_s);
    QVERIFY(!(QFile::permissions(path) & (QFile::ReadGroup | QFile::ReadOther)));
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{{{");
    file.close();
    QVERIFY(state.load().isEmpty());
}

void TestSingleInstance::theStateFileSurvivesAFullDisk()
{
#ifdef Q_OS_UNIX
    const StateFile state(m_folder.filePath(u"full/state.json"_s));
    QVERIFY(state.save({{u"place"_s, u"tokens"_s}}));
    bool isSaved = true;
    {
        const Countersign::Test::FullDisk full;
        isSaved = state.save({{u"place"_s, u"accounts"_s}});
    }
    QVERIFY(!isSaved);
    QCOMPARE(state.load().value(u"place"_s).toString(), u"tokens"_s);
#else
    QSKIP("the size of files cannot be limited here");
#endif
}

QTEST_GUILESS_MAIN(TestSingleInstance)
#include "tst_singleinstance.moc"

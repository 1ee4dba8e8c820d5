// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <QtCore/QElapsedTimer>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtCore/QUrl>
#include <QtNetwork/QTcpSocket>
#include <QtTest/QTest>

#ifdef Q_OS_LINUX
#include <csignal>
#endif

using namespace Qt::StringLiterals;

namespace {

//! countersign-desktop with a home of its own.
class Program
{
public:
    Program()
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(u"QT_QPA_PLATFORM"_s, u"offscreen"_s);
        environment.insert(u"HOME"_s, folder.path());
        for (const auto *name : {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"})
            environment.insert(QString::fromLatin1(name), folder.path());
        QFile::setPermissions(folder.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        process.setProcessEnvironment(environment);
        process.setProcessChannelMode(QProcess::SeparateChannels);
    }
    ~Program()
    {
        if (process.state() == QProcess::NotRunning)
            return;
        process.kill();
        process.waitForFinished();
    }
    void start(const QStringList &arguments, QProcess *other = nullptr)
    {
        auto *started = other ? other : &process;
        started->setProcessEnvironment(process.processEnvironment());
        started->start(qEnvironmentVariable("COUNTERSIGN_BIN_DIR") + u"/countersign-desktop"_s, arguments);
    }
    QJsonArray profiles() const
    {
        QFile file(folder.filePath(u"countersign/profiles.json"_s));
        if (!file.open(QIODevice::ReadOnly))
            return {};
        return QJsonDocument::fromJson(file.readAll()).object().value(u"profiles"_s).toArray();
    }
    QByteArray proc(const QString &name) const
    {
        QFile file(u"/proc/%1/%2"_s.arg(process.processId()).arg(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir folder;
    QProcess process;
};

} // namespace

class TestDesktopProgram : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void theVersionIsSaid();
    void theInstallationChecksItself();
    void theSandboxStartsBesideItAndIsGoneAfterwards();
    void noWebEngineAndNoCoreDumpAndLittleMemory();
    void aSecondStartHandsOverAndEnds();
    void aStoreThatDoesNotExistIsRefused();
    void whatItDoesNotKnowIsRefused_data();
    void whatItDoesNotKnowIsRefused();
    void aSandboxThatWasKilledComesBack();
    void helpNeedsNoDisplay();
    void aKilledProgramForgetsLittle();
};

void TestDesktopProgram::theVersionIsSaid()
{
    Program program;
    program.start({u"--version"_s});
    QVERIFY(program.process.waitForFinished());
    QCOMPARE(program.process.exitCode(), 0);
    QVERIFY(program.process.readAllStandardOutput().startsWith("Countersign "));
}

void TestDesktopProgram::theInstallationChecksItself()
{
    Program program;
    program.start({u"--self-test"_s});
    QVERIFY(program.process.waitForFinished());
    const auto report = program.process.readAllStandardOutput();
    QVERIFY2(program.process.exitCode() == 0, report.constData());
    QVERIFY(report.contains("OK   icons"));
    QVERIFY(!report.contains("FAIL"));
}

void TestDesktopProgram::theSandboxStartsBesideItAndIsGoneAfterwards()
{
    Program program;
    program.start({u"--sandbox"_s, u"--store"_s, u"memory"_s});
    QTRY_COMPARE_WITH_TIMEOUT(program.profiles().size(), 1, 20000);
    const auto profile = program.profiles().at(0).toObject();
    QCOMPARE(profile.value(u"id"_s).toString(), u"sandbox"_s);
    QVERIFY(profile.value(u"issuer"_s).toString().startsWith(u"http://127.0.0.1:"_s));
    program.process.terminate();
    QVERIFY(program.process.waitForFinished(10000));
    QCOMPARE(program.process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.process.exitCode(), 0);
    QCOMPARE(program.profiles().size(), 0);
    QVERIFY(QFile::exists(program.folder.filePath(u"countersign/desktop-state.json"_s)));
}

void TestDesktopProgram::noWebEngineAndNoCoreDumpAndLittleMemory()
{
#ifndef Q_OS_LINUX
    QSKIP("looks into /proc");
#endif
    Program program;
    program.start({u"--sandbox"_s, u"--store"_s, u"memory"_s});
    QTRY_COMPARE_WITH_TIMEOUT(program.profiles().size(), 1, 20000);
    QVERIFY(!program.proc(u"maps"_s).contains("WebEngine"));
    QVERIFY(program.proc(u"limits"_s).contains("Max core file size        0 "));
    const auto status = QString::fromLatin1(program.proc(u"status"_s));
    const auto resident = status.section(u"VmRSS:"_s, 1).section(u"kB"_s, 0, 0).trimmed().toLongLong();
    QVERIFY(resident > 0);
#ifdef __SANITIZE_ADDRESS__
    QSKIP("a sanitizer's memory is not the program's");
#endif
    constexpr qint64 most = 60 * 1024; // KiB
    QVERIFY2(resident < most, QByteArray::number(resident).constData());
}

void TestDesktopProgram::aSecondStartHandsOverAndEnds()
{
    Program program;
    program.start({u"--store"_s, u"memory"_s});
    QVERIFY(program.process.waitForStarted());
    const auto isThere = [&program] {
        return !QDir(program.folder.path()).entryList({u"countersign-desktop-*"_s}, QDir::System).isEmpty();
    };
    QTRY_VERIFY_WITH_TIMEOUT(isThere(), 15000);
    QProcess second;
    program.start({u"--sandbox"_s}, &second);
    QVERIFY(second.waitForFinished(15000));
    QCOMPARE(second.exitCode(), 0);
    QCOMPARE(program.process.state(), QProcess::Running);
    // The first does what the second was asked for.
    QTRY_COMPARE_WITH_TIMEOUT(program.profiles().size(), 1, 20000);
    // And what it cannot do any more is said by the second.
    QProcess third;
    program.start({u"--store"_s, u"memory"_s, u"--browser"_s, u"true"_s}, &third);
    QVERIFY(third.waitForFinished(15000));
    QCOMPARE(third.exitCode(), 2);
    QVERIFY(third.readAllStandardError().contains("--store, --browser"));
    QCOMPARE(program.process.state(), QProcess::Running);
}

void TestDesktopProgram::aStoreThatDoesNotExistIsRefused()
{
    Program program;
    program.start({u"--store"_s, u"cellar"_s});
    QVERIFY(program.process.waitForFinished());
    QCOMPARE(program.process.exitCode(), 2);
    QVERIFY(program.process.readAllStandardError().contains("cellar"));
}

void TestDesktopProgram::whatItDoesNotKnowIsRefused_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("named");
    QTest::newRow("words") << QStringList{u"foo"_s, u"bar"_s} << "foo"_ba;
    QTest::newRow("an option") << QStringList{u"--frobnicate"_s} << "frobnicate"_ba;
    QTest::newRow("a value that is missing") << QStringList{u"--store"_s} << "store"_ba;
}

void TestDesktopProgram::whatItDoesNotKnowIsRefused()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, named);
    Program program;
    program.start(arguments);
    QVERIFY(program.process.waitForFinished());
    QCOMPARE(program.process.exitCode(), 2);
    const auto said = program.process.readAllStandardError();
    QVERIFY2(said.contains(named), said.constData());
}

void TestDesktopProgram::aSandboxThatWasKilledComesBack()
{
#ifndef Q_OS_LINUX
    QSKIP("looks into /proc");
#else
    Program program;
    program.start({u"--sandbox"_s, u"--store"_s, u"memory"_s});
    QTRY_COMPARE_WITH_TIMEOUT(program.profiles().size(), 1, 20000);
    const auto issuer = QUrl(program.profiles().at(0).toObject().value(u"issuer"_s).toString());
    const auto child = [&program] {
        const auto pid = program.process.processId();
        return program.proc(u"task/%1/children"_s.arg(pid)).simplified().split(' ').constFirst().toInt();
    };
    const auto answers = [&issuer] {
        QTcpSocket socket;
        socket.connectToHost(issuer.host(), quint16(issuer.port()));
        return socket.waitForConnected(1000);
    };
    const auto first = child();
    QVERIFY(first > 0);
    QVERIFY(answers());
    QTest::qWait(2500); // what ends at once is not started again and again
    QCOMPARE(::kill(first, SIGKILL), 0);
    QTRY_VERIFY_WITH_TIMEOUT(child() > 0 && child() != first, 20000);
    QTRY_VERIFY_WITH_TIMEOUT(answers(), 20000);
    QCOMPARE(program.profiles().at(0).toObject().value(u"issuer"_s).toString(), issuer.toString());
#endif
}

void TestDesktopProgram::helpNeedsNoDisplay()
{
    for (const auto &word : {u"--help"_s, u"--version"_s}) {
        Program program;
        auto environment = program.process.processEnvironment();
        for (const auto &name : {u"QT_QPA_PLATFORM"_s, u"DISPLAY"_s, u"WAYLAND_DISPLAY"_s})
            environment.remove(name);
        program.process.setProcessEnvironment(environment);
        program.start({word});
        QVERIFY(program.process.waitForFinished());
        QCOMPARE(program.process.exitStatus(), QProcess::NormalExit);
        QCOMPARE(program.process.exitCode(), 0);
        QVERIFY(program.process.readAllStandardOutput().contains(word == "--help"_L1 ? "--sandbox" : "Countersign "));
    }
}

void TestDesktopProgram::aKilledProgramForgetsLittle()
{
    Program program;
    program.start({u"--sandbox"_s, u"--store"_s, u"memory"_s});
    QTRY_COMPARE_WITH_TIMEOUT(program.profiles().size(), 1, 20000);
    // Where the window stands is written down without its being closed.
    QTRY_VERIFY_WITH_TIMEOUT(QFile::exists(program.folder.filePath(u"countersign/desktop-state.json"_s)), 10000);
    program.process.kill();
    QVERIFY(program.process.waitForFinished());
    QCOMPARE(program.profiles().size(), 1); // nobody could take it back
    program.start({u"--store"_s, u"memory"_s});
    QTRY_COMPARE_WITH_TIMEOUT(program.profiles().size(), 0, 20000);
    program.process.terminate();
    QVERIFY(program.process.waitForFinished(10000));
}

QTEST_GUILESS_MAIN(TestDesktopProgram)
#include "tst_desktopprogram.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/outputfile.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace Countersign;
using namespace Qt::StringLiterals;

class TestOutputFile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aFileIsReplacedAndItsOwnersAlone()
    {
        write("before, and longer");
        QVERIFY(App::writeOutputFile(path(), "after"));
        QCOMPARE(read(), QByteArray("after"));
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QVERIFY(!(QFileInfo(path()).permissions() & others));
        QCOMPARE(QFileInfo(path()).dir().entryList(QDir::Files | QDir::Hidden).size(), 1);
    }

    void whatCannotBeWrittenIsLeftAsItIs()
    {
        const auto missing = App::writeOutputFile(m_folder.filePath(u"nothing/file"_s), "x");
        QVERIFY(!missing && !missing.error().message().isEmpty());
        const auto folder = App::writeOutputFile(m_folder.path(), "x");
        QVERIFY(!folder && !folder.error().message().isEmpty());
    }

#ifdef Q_OS_UNIX
    void aLinkIsNotFollowed_data()
    {
        QTest::addColumn<QString>("target");
        QTest::newRow("a file") << m_folder.filePath(u"target"_s);
        QTest::newRow("nothing yet") << m_folder.filePath(u"none"_s);
        QTest::newRow("a device") << u"/dev/null"_s;
    }
    void aLinkIsNotFollowed()
    {
        QFETCH(const QString, target);
        write("theirs", m_folder.filePath(u"target"_s));
        const auto link = m_folder.filePath(u"link"_s);
        QVERIFY(QFile::link(target, link));
        const auto refused = App::writeOutputFile(link, "x");
        QVERIFY(QFile::remove(link));
        QVERIFY(!refused);
        QVERIFY2(refused.error().message().contains("symbolic link"_L1), qPrintable(refused.error().message()));
        QCOMPARE(read(m_folder.filePath(u"target"_s)), QByteArray("theirs"));
        QVERIFY(!QFileInfo::exists(m_folder.filePath(u"none"_s)));
    }

    void whatIsOpenAlreadyIsWrittenToAfterItsEnd()
    {
        QFile log(path());
        QVERIFY(log.open(QIODevice::WriteOnly | QIODevice::Truncate | QIODevice::Unbuffered));
        log.write("first\n");
        QVERIFY(App::writeOutputFile(u"/dev/fd/%1"_s.arg(log.handle()), "second\n"));
        QCOMPARE(read(), QByteArray("first\nsecond\n"));
    }
#endif

private:
    QString path() const
    {
        return m_folder.filePath(u"file"_s);
    }
    void write(const QByteArray &content, const QString &name = {}) const
    {
        QFile file(name.isEmpty() ? path() : name);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(content);
    }
    QByteArray read(const QString &name = {}) const
    {
        QFile file(name.isEmpty() ? path() : name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(TestOutputFile)
#include "tst_outputfile.moc"

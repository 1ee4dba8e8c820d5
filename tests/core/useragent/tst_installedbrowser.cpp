// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/installedbrowser.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

using namespace Countersign;
using namespace Qt::StringLiterals;

// A home, a system and a $PATH that have nothing but what a row puts there.
class TestInstalledBrowser : public QObject
{
    Q_OBJECT

    static bool write(const QString &path, const QByteArray &content, bool isProgram = false)
    {
        QDir().mkpath(QFileInfo(path).path());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly))
            return false;
        file.write(content);
        auto permissions = QFile::ReadOwner | QFile::WriteOwner;
        if (isProgram)
            permissions |= QFile::ExeOwner;
        return file.setPermissions(permissions);
    }

private Q_SLOTS:
    void isWhatWouldReallyOpenAPage_data()
    {
        QTest::addColumn<QStringList>("programs");
        QTest::addColumn<QByteArray>("wish"); // $BROWSER
        QTest::addColumn<QByteArray>("entry"); // Exec= of browser.desktop; empty: there is none
        QTest::addColumn<QByteArray>("choice"); // mimeapps.list
        QTest::addColumn<QString>("found");
        const QByteArray chosen = "[Default Applications]\nx-scheme-handler/https=browser.desktop;\n";
        const QString opener = u"xdg-open"_s;
        QTest::newRow("nothing at all") << QStringList{} << QByteArray() << QByteArray() << QByteArray() << QString();
        QTest::newRow("an opener and nothing to open with")
            << QStringList{opener} << QByteArray() << QByteArray() << QByteArray() << QString();
        QTest::newRow("a browser without its program")
            << QStringList{opener} << QByteArray() << "gone %u"_ba << chosen << QString();
        QTest::newRow("a choice without its entry")
            << QStringList{opener} << QByteArray() << QByteArray() << chosen << QString();
        QTest::newRow("the person's choice")
            << QStringList{opener, u"fox"_s} << QByteArray() << "fox --new %u"_ba << chosen << u"browser"_s;
        QTest::newRow("a choice that nothing asks for")
            << QStringList{u"fox"_s} << QByteArray() << "fox %u"_ba << chosen << QString();
        QTest::newRow("one that xdg-open knows")
            << QStringList{opener, u"chromium"_s} << QByteArray() << QByteArray() << QByteArray() << u"chromium"_s;
        QTest::newRow("$BROWSER") << QStringList{u"fox"_s} << "gone:fox %s"_ba << QByteArray() << QByteArray()
                                  << u"fox"_s;
        QTest::newRow("$BROWSER that is not there")
            << QStringList{opener} << "gone"_ba << QByteArray() << QByteArray() << QString();
        QTest::newRow("that of the Windows around")
            << QStringList{u"wslview"_s} << QByteArray() << QByteArray() << QByteArray() << u"wslview"_s;
    }
    void isWhatWouldReallyOpenAPage()
    {
#if !defined(Q_OS_UNIX) || defined(Q_OS_DARWIN)
        QVERIFY(!installedBrowser().isEmpty());
        QSKIP("never without a browser");
#else
        QFETCH(QStringList, programs);
        QFETCH(QByteArray, wish);
        QFETCH(QByteArray, entry);
        QFETCH(QByteArray, choice);
        const QTemporaryDir home;
        qputenv("HOME", home.path().toUtf8());
        qputenv("XDG_CONFIG_HOME", home.filePath(u"config"_s).toUtf8());
        qputenv("XDG_CONFIG_DIRS", home.filePath(u"system-config"_s).toUtf8());
        qputenv("XDG_DATA_HOME", home.filePath(u"data"_s).toUtf8());
        qputenv("XDG_DATA_DIRS", home.filePath(u"system-data"_s).toUtf8());
        qputenv("PATH", home.filePath(u"bin"_s).toUtf8());
        qputenv("BROWSER", wish);
        QDir().mkpath(home.filePath(u"bin"_s));
        for (const auto &program : programs)
            QVERIFY(write(home.filePath(u"bin/"_s + program), "#!/bin/sh\n", true));
        if (!entry.isEmpty())
            QVERIFY(write(home.filePath(u"system-data/applications/browser.desktop"_s),
                          "[Desktop Entry]\nExec=" + entry + '\n'));
        if (!choice.isEmpty())
            QVERIFY(write(home.filePath(u"config/mimeapps.list"_s), choice));
        QTEST(installedBrowser(), "found");
        // The person's own command goes before, and has to be there as well.
        QCOMPARE(installedBrowser(home.filePath(u"bin/gone"_s)), QString());
        if (!programs.isEmpty())
            QCOMPARE(installedBrowser(programs.last() + u" --new"_s), programs.last() + u" --new"_s);
        // What packages brought counts where nobody chose.
        if (!choice.isEmpty()) {
            QVERIFY(QFile::remove(home.filePath(u"config/mimeapps.list"_s)));
            QVERIFY(write(home.filePath(u"system-data/applications/mimeinfo.cache"_s), choice));
            QTEST(installedBrowser(), "found");
        }
#endif
    }
};

QTEST_GUILESS_MAIN(TestInstalledBrowser)
#include "tst_installedbrowser.moc"

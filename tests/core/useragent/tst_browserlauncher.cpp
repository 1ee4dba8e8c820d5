// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/browserlauncher.h>

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>

using namespace Countersign;
using namespace Qt::StringLiterals;

class TestBrowserLauncher : public QObject
{
    Q_OBJECT

    QTemporaryDir m_folder;

    QString script(const QString &name, const QByteArray &body)
    {
        QFile file(m_folder.filePath(name));
        if (!file.open(QIODevice::WriteOnly))
            return {};
        file.write("#!/bin/sh\n" + body);
        file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
        return file.fileName();
    }
    static QByteArray contents(const QString &name)
    {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

private Q_SLOTS:
    void passesTheUrlAsTheLastArgument()
    {
        const QString out = m_folder.filePath(u"arguments"_s);
        const QString program = script(u"browser"_s, "printf '%s\\n' \"$@\" > '" + out.toUtf8() + "'\n");
        CommandLauncher launcher(program + u" --new-window \"two words\""_s);
        bool failed = false;
        launcher.launch(QUrl(u"https://op.example/a?b=c&d=%20e"_s), this, [&failed](const Error &) { failed = true; });
        QTRY_COMPARE(contents(out), "--new-window\ntwo words\nhttps://op.example/a?b=c&d=%20e\n"_ba);
        QVERIFY(!failed);
    }

    void triesTheNextOneAndSaysWhenNoneWorks()
    {
        const QString out = m_folder.filePath(u"second"_s);
        const QString failing = script(u"failing"_s, "exit 3\n");
        const QString working = script(u"working"_s, "echo \"$1\" > '" + out.toUtf8() + "'\n");
        const QString missing = m_folder.filePath(u"missing"_s);
        const QUrl url(u"https://a.example/"_s);
        bool failed = false;
        const auto handler = [&failed](const Error &error) {
            failed = error.code() == ErrorCode::NotSupported && error.cause() == ErrorCause::BrowserNotOpened;
        };
        CommandLauncher(QList<QStringList>{{missing}, {failing}, {working}}).launch(url, this, handler);
        QTRY_COMPARE(contents(out), "https://a.example/\n"_ba);
        QVERIFY(!failed);
        CommandLauncher(QList<QStringList>{{missing}, {failing}}).launch(url, this, handler);
        QTRY_VERIFY(failed);
        failed = false;
        CommandLauncher(QString()).launch(url, this, handler);
        QTRY_VERIFY(failed);
    }

    void opensWebPagesOnly_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("file") << u"file:///etc/passwd"_s;
        QTest::newRow("script") << u"javascript:alert(1)"_s;
        QTest::newRow("another program") << u"ms-msdt:/id"_s;
        QTest::newRow("an option") << u"--help"_s;
        QTest::newRow("nothing") << QString();
    }
    void opensWebPagesOnly()
    {
        QFETCH(QString, url);
        const QString out = m_folder.filePath(u"never"_s);
        CommandLauncher launcher(script(u"browser"_s, "touch '" + out.toUtf8() + "'\n"));
        std::optional<Error> error;
        launcher.launch(QUrl(url), this, [&error](const Error &e) { error = e; });
        QVERIFY(error);
        QCOMPARE(error->code(), ErrorCode::InvalidArgument);
        QVERIFY(!QFile::exists(out));
    }

    void aDeadContextHearsNothing()
    {
        const QString done = m_folder.filePath(u"done"_s);
        bool failed = false;
        {
            QObject context;
            CommandLauncher(script(u"failing"_s, "sleep 0.05; touch '" + done.toUtf8() + "'; exit 1\n"))
                .launch(QUrl(u"https://a.example/"_s), &context, [&failed](const Error &) { failed = true; });
        }
        QTRY_VERIFY(QFile::exists(done));
        QTest::qWait(50);
        QVERIFY(!failed);
    }

    void honoursTheBrowserVariable()
    {
        qputenv("BROWSER", "first --x:second %s");
        const auto candidates = SystemLauncher::candidates();
        qunsetenv("BROWSER");
        QVERIFY(candidates.size() >= 2);
        QCOMPARE(candidates.at(0), (QStringList{u"first"_s, u"--x"_s}));
        QCOMPARE(candidates.at(1), QStringList{u"second"_s});
    }
};

QTEST_GUILESS_MAIN(TestBrowserLauncher)
#include "tst_browserlauncher.moc"

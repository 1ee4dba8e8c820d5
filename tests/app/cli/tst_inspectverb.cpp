// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "cliprocess.h"
#include "terminalprocess.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

#ifndef Q_OS_WIN
#include <sys/stat.h>
#endif

using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

// {"alg":"none","typ":"JWT"} . {"iss":"https://op.example","sub":"1","aud":"app","exp":1,"iat":0,"n":"\u001b[31m"}
const QByteArray token =
    "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0."
    "eyJpc3MiOiJodHRwczovL29wLmV4YW1wbGUiLCJzdWIiOiIxIiwiYXVkIjoiYXBwIiwiZXhwIjoxLCJpYXQiOjAsIm4iOiJcdTAwMWJbMzFtIn0.";

} // namespace

class TestInspectVerb : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void saysWhatIsInATokenAndThatNothingIsVerified()
    {
        const auto run = runCli({u"inspect"_s, u"-"_s}, "Authorization: Bearer " + token + "\n");
        QCOMPARE(run.exitCode, 0);
        QVERIFY2(run.err.isEmpty(), run.err.constData());
        QVERIFY(run.out.contains("verified: no"));
        QVERIFY(run.out.contains("iss: https://op.example"));
        QVERIFY(run.out.contains("1970-01-01T00:00:01Z"));
        QVERIFY(run.out.contains("warning: algorithm_none"));
        QVERIFY2(!run.out.contains('\x1b'), "a claim must not be able to draw on the terminal");
    }

    void answersInJsonForScripts()
    {
        const auto run = runCli({u"inspect"_s, QString::fromLatin1(token), u"-o"_s, u"json"_s});
        QCOMPARE(run.exitCode, 0);
        const auto root = run.json();
        QCOMPARE(root[u"schema"].toString(), u"countersign.inspect/1"_s);
        const auto first = root[u"tokens"].toArray().first().toObject();
        QCOMPARE(first[u"verified"].toBool(true), false);
        QCOMPARE(first[u"claims"].toObject()[u"sub"].toString(), u"1"_s);
    }

    void aFileWithoutANameIsWrongUsage()
    {
        const auto run = runCli({u"inspect"_s, u"@"_s, u"-o"_s, u"json"_s});
        QCOMPARE(run.exitCode, 2);
        QCOMPARE(run.err.count('\n'), 1);
        QCOMPARE(run.error()[u"exit"].toInt(), 2);
    }

#ifndef Q_OS_WIN
    void inputThatCannotBeReadIsNotTakenForAnEmptyOne_data()
    {
        QTest::addColumn<QString>("input");
        QTest::newRow("closed") << u"<&-"_s;
        QTest::newRow("a directory") << u"</"_s;
    }
    void inputThatCannotBeReadIsNotTakenForAnEmptyOne()
    {
        QFETCH(QString, input);
        QProcess process;
        process.start(u"sh"_s, {u"-c"_s, u"exec \"$COUNTERSIGN_BIN_DIR/countersign\" inspect - "_s + input});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardError().contains("standard input cannot be read"));
    }
#endif

#ifndef Q_OS_WIN
    void inputThatNeverComesEndsWithTheTimeout_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("standard input") << QStringList{u"inspect"_s, u"-"_s};
        QTest::newRow("a pipe nobody writes to") << QStringList{u"inspect"_s, u"@PIPE"_s};
        QTest::newRow("a key") << QStringList{u"jose"_s, u"verify"_s, u"--key"_s, u"PIPE"_s, u"x"_s};
        QTest::newRow("a passphrase") << QStringList{u"accounts"_s, u"--store"_s, u"file:/nowhere/at/all"_s,
                                                     u"--secret-stdin"_s};
    }
    void inputThatNeverComesEndsWithTheTimeout()
    {
        QFETCH(QStringList, arguments);
        const QTemporaryDir folder;
        const auto pipe = folder.filePath(u"pipe"_s);
        QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        arguments.replaceInStrings(u"PIPE"_s, pipe);
        QProcess process;
        process.start(qEnvironmentVariable("COUNTERSIGN_BIN_DIR") + u"/countersign"_s,
                      arguments + QStringList{u"--timeout"_s, u"300ms"_s, u"-o"_s, u"json"_s});
        QVERIFY(process.waitForFinished(20000));
        const auto said = process.readAllStandardError();
        QVERIFY2(process.exitCode() == 124, said.constData());
        QVERIFY(process.readAllStandardOutput().isEmpty());
    }

    void aFileOfSettingsThatIsAPipeIsNotWaitedFor()
    {
        const QTemporaryDir folder;
        const auto pipe = folder.filePath(u"pipe"_s);
        QCOMPARE(::mkfifo(QFile::encodeName(pipe).constData(), 0600), 0);
        for (const auto &[variable, verb] :
             {std::pair{u"COUNTERSIGN_SETTINGS"_s, u"config"_s}, std::pair{u"COUNTERSIGN_PROFILES"_s, u"profile"_s},
              std::pair{u"COUNTERSIGN_ACCOUNTS"_s, u"accounts"_s}}) {
            for (const auto &path : {pipe, u"/dev/zero"_s, u"/"_s}) {
                const auto run = runCli({verb}, {}, {{variable, path}, {u"COUNTERSIGN_STORE"_s, u"memory"_s}});
                QVERIFY2(run.exitCode > 0 && run.err.contains("no file"), run.err.constData());
                QVERIFY(run.out.isEmpty());
            }
        }
    }

    void noTokenMovesTheCursor_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::newRow("text") << QStringList{};
        QTest::newRow("JSON") << QStringList{u"-o"_s, u"json"_s};
        QTest::newRow("one member") << QStringList{u"-o"_s, u"json"_s, u"--query"_s, u"tokens[0].claims.iss"_s};
        QTest::newRow("claims") << QStringList{u"--claims"_s, u"iss"_s};
        QTest::newRow("raw") << QStringList{u"--raw"_s};
    }
    //! ECMA-48: ESC begins a sequence, and so does each of U+0080 to U+009F, which may stand in JSON as they are.
    void noTokenMovesTheCursor()
    {
        QFETCH(const QStringList, arguments);
        const QTemporaryDir folder;
        const auto encoded = [](const QByteArray &text) {
            return text.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals);
        };
        const QByteArray token = encoded("{\"alg\":\"none\"}") + '.'
            + encoded("{\"iss\":\"a\\u001b[31mb\xc2\x9b"
                      "2Jc\xe2\x80\xae"
                      "d\x7f\",\"n\xc2\x9b\":1}")
            + '.';
        QFile file(folder.filePath(u"token"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(token) == token.size());
        file.close();
        const auto run = runOnTerminal(QStringList{u"inspect"_s, QString(u'@' + file.fileName())} + arguments, {});
        QVERIFY2(run.exitCode == 0, run.out.constData());
        for (const auto *bad : {"\x1b[31m", "\xc2\x9b", "\xe2\x80\xae", "\x7f"})
            QVERIFY2(!run.out.contains(bad), run.out.toPercentEncoding().constData());
    }
#endif

    void aFileWithoutItsSignIsExplained()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(u"token.txt"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        const auto run = runCli({u"inspect"_s, file.fileName()});
        QCOMPARE(run.exitCode, 40);
        QVERIFY2(run.err.contains(QByteArray('@' + file.fileName().toUtf8())), run.err.constData());
    }

    void whatIsNoTokenExitsWith40()
    {
        const auto run = runCli({u"inspect"_s, u"hello world"_s, u"-o"_s, u"json"_s});
        QCOMPARE(run.exitCode, 40);
        QVERIFY(run.out.isEmpty());
        const auto error = run.error();
        QCOMPARE(error[u"schema"].toString(), u"countersign.error/1"_s);
        QCOMPARE(error[u"exit"].toInt(), 40);
    }

    void aFileThatIsNotThereIsWrongUsage()
    {
        const auto run = runCli({u"inspect"_s, u"@/nowhere/token"_s});
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.err.contains("/nowhere/token"));
    }

    void claimsAreTakenOutForScripts()
    {
        const auto one = runCli({u"inspect"_s, u"-"_s, u"--claims=iss"_s}, token);
        QCOMPARE(one.out, QByteArray("https://op.example\n"));
        const auto two = runCli({u"inspect"_s, u"-"_s, u"--claims=sub,exp"_s}, token);
        QCOMPARE(two.out, QByteArray("sub: 1\nexp: 1\n"));
        const auto json = runCli({u"inspect"_s, u"-"_s, u"--claims=sub,exp"_s, u"-o"_s, u"json"_s}, token);
        QCOMPARE(json.out, QByteArray("{\"sub\":\"1\",\"exp\":1}\n"));
        const auto part = runCli({u"inspect"_s, u"-"_s, u"--query=tokens[0].claims.aud"_s}, token);
        QCOMPARE(part.out, QByteArray("app\n"));
        const auto missing = runCli({u"inspect"_s, u"-"_s, u"--claims=subb"_s}, token);
        QCOMPARE(missing.exitCode, 44);
        QVERIFY(missing.out.isEmpty());
        QVERIFY2(missing.err.contains("'sub'"), missing.err.constData());
    }

    void claimsAreExplained()
    {
        const auto run = runCli({u"inspect"_s, u"-"_s, u"--explain"_s}, token);
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QVERIFY2(run.out.contains("Whom the token is about."), run.out.constData());
        QVERIFY(run.out.contains("[RFC 7519 \xc2\xa7"
                                 "4.1.2]"));
        const auto lines = run.out.split('\n');
        const auto inJson = runCli({u"inspect"_s, u"-"_s, u"--json"_s}, token);
        QCOMPARE(inJson.out, runCli({u"inspect"_s, u"-"_s, u"-o"_s, u"json"_s}, token).out);
        QVERIFY(lines.size() > runCli({u"inspect"_s, u"-"_s}, token).out.split('\n').size());
    }

    void timesAreShownAsAsked()
    {
        const auto relative = runCli({u"inspect"_s, u"-"_s, u"--time=rel"_s}, token);
        QVERIFY2(relative.out.contains("exp: 1  (") && relative.out.contains("d ago)"), relative.out.constData());
        const auto local = runCli({u"inspect"_s, u"-"_s, u"--time=local"_s}, token, {{u"TZ"_s, u"Asia/Kolkata"_s}});
        QVERIFY2(local.out.contains("1970-01-01T05:30:01+05:30"), local.out.constData());
    }

    void tokensAreFoundInAnyText()
    {
        const QByteArray log = "GET /a?access_token=" + token + " 200\nnothing here\n";
        const auto found = runCli({u"inspect"_s, u"-"_s, u"--find"_s}, log);
        QCOMPARE(found.out, QByteArray(token + '\n'));
        const auto json = runCli({u"inspect"_s, u"-"_s, u"--find"_s, u"-o"_s, u"json"_s}, log);
        QCOMPARE(json.json()[u"found"].toArray().first()[u"token"].toString().toLatin1(), token);
        QCOMPARE(runCli({u"inspect"_s, u"-"_s, u"--find"_s}, "nothing here").exitCode, 40);
    }

    void theWholeAnswerIsAsEver()
    {
        QVERIFY(isGolden(u"inspect.text"_s, runCli({u"inspect"_s, u"-"_s}, token).out));
        QVERIFY(isGolden(u"inspect.json"_s, runCli({u"inspect"_s, u"-"_s, u"-o"_s, u"json"_s}, token).out));
    }

    void whatDoesNotWorkYetIsNotOffered()
    {
        for (const auto &verb : {u"diff"_s, u"serve"_s, u"agent"_s}) {
            QCOMPARE(runCli({verb}).exitCode, 2);
            QVERIFY(!runCli({u"--help"_s}).out.contains(QByteArray("\n  " + verb.toUtf8())));
        }
    }

    void theVersionIsThePackages()
    {
        const auto run = runCli({u"version"_s});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.out.startsWith("countersign 0.1.0"));
    }
};

QTEST_GUILESS_MAIN(TestInspectVerb)
#include "tst_inspectverb.moc"

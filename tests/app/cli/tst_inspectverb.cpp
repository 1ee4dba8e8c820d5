// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>

using namespace Qt::StringLiterals;

namespace {

struct Run
{
    int exitCode;
    QByteArray out;
    QByteArray err;
};

Run countersign(const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.start(qEnvironmentVariable("COUNTERSIGN_BIN_DIR") + u"/countersign"_s, arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

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
        const auto run = countersign({u"inspect"_s, u"-"_s}, "Authorization: Bearer " + token + "\n");
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
        const auto run = countersign({u"inspect"_s, QString::fromLatin1(token), u"-o"_s, u"json"_s});
        QCOMPARE(run.exitCode, 0);
        const auto root = QJsonDocument::fromJson(run.out).object();
        QCOMPARE(root[u"schema"].toString(), u"countersign.inspect/1"_s);
        const auto first = root[u"tokens"].toArray().first().toObject();
        QCOMPARE(first[u"verified"].toBool(true), false);
        QCOMPARE(first[u"claims"].toObject()[u"sub"].toString(), u"1"_s);
    }

    void whatIsNoTokenExitsWith40()
    {
        const auto run = countersign({u"inspect"_s, u"hello world"_s, u"-o"_s, u"json"_s});
        QCOMPARE(run.exitCode, 40);
        QVERIFY(run.out.isEmpty());
        const auto error = QJsonDocument::fromJson(run.err).object();
        QCOMPARE(error[u"schema"].toString(), u"countersign.error/1"_s);
        QCOMPARE(error[u"exit"].toInt(), 40);
    }

    void aFileThatIsNotThereIsWrongUsage()
    {
        const auto run = countersign({u"inspect"_s, u"@/nowhere/token"_s});
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.err.contains("/nowhere/token"));
    }

    void whatDoesNotWorkYetIsNotOffered()
    {
        for (const auto &verb : {u"diff"_s, u"serve"_s, u"agent"_s}) {
            QCOMPARE(countersign({verb}).exitCode, 2);
            QVERIFY(!countersign({u"--help"_s}).out.contains(QByteArray("\n  " + verb.toUtf8())));
        }
    }

    void theVersionIsThePackages()
    {
        const auto run = countersign({u"version"_s});
        QCOMPARE(run.exitCode, 0);
        QVERIFY(run.out.startsWith("countersign 0.1.0"));
    }
};

QTEST_GUILESS_MAIN(TestInspectVerb)
#include "tst_inspectverb.moc"

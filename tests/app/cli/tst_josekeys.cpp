// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "josetest.h"
#include "terminalprocess.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

//! A P-256 key of nobody, which "sesame" opens.
constexpr auto lockedKey = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                           "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjZ+MO325HTQgICCAAw\n"
                           "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEENadPmFLwbuWgpLXqTGKqlYEgZBO\n"
                           "R6Lj5gwPjrwhCOn9EnTzGq2Td7UMRl1qWDHfPO4+94mwluHT1UFi+BKQEI1EdedU\n"
                           "5W7uztOPYrshjnYlfMw+d9LIvWhoAgc6smLw8Dr2z3ayim0JjG7i+oPwtl74a+Ir\n"
                           "GaJLCOJ6vI/rpW3l7sVXaQIacwV8COmBd17zjFdH7rfYbKlDK35ohRwRaHQM6NE=\n"
                           "-----END ENCRYPTED PRIVATE KEY-----\n";

} // namespace

class TestJoseKeys : public JoseTest
{
    Q_OBJECT

private Q_SLOTS:
    void aKeyThatProvesNothingExitsWith41_data();
    void aKeyThatProvesNothingExitsWith41();
    void aMissingKeyIsWrongUsage();
    void aFileWithoutAKeySaysWhatIsWanted_data();
    void aFileWithoutAKeySaysWhatIsWanted();
    void aLockedKeyAsksForItsPassphrase();
    void aFileIsGivenWithItsSign_data();
    void aFileIsGivenWithItsSign();
    void aKeyFileMayHaveTheSignToo();
    void severalKeysBecomeASet();
    void whatAKeyHasNotIsNotWritten();
    void aKeyInTheArgumentsIsRefusedAndNotRepeated_data();
    void aKeyInTheArgumentsIsRefusedAndNotRepeated();
    void aDocumentInPlaceOfAFileIsNotRepeated();
    void aKeyIsConvertedBothWays();
    void theThumbprintIsThatOfTheRfc();
    void aPrivateKeyIsNoCertificate();
    void aPrivateKeyIsShownOnlyIfThatIsAskedFor();
    void aNameOfNoFileIsExplained();
};

void TestJoseKeys::aKeyThatProvesNothingExitsWith41_data()
{
    QTest::addColumn<QByteArray>("key");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("words") << QByteArray("key");
    QTest::newRow("unknown type") << QByteArray(R"({"kty":"x"})");
    QTest::newRow("short secret") << QByteArray(R"({"kty":"oct","k":"AAAA"})");
    QTest::newRow("empty set") << QByteArray(R"({"keys":[]})");
    QTest::newRow("mixed set") << QByteArray(
        R"({"keys":[{"kty":"oct","k":"AAAA"},{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]})");
    QTest::newRow("broken PEM") << QByteArray("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n");
}

void TestJoseKeys::aKeyThatProvesNothingExitsWith41()
{
    QFETCH(const QByteArray, key);
    const QByteArray token = text(m_jws.value("jws"_L1).toArray().at(0).toObject(), "compact"_L1);
    QCOMPARE(jose({u"verify"_s, u"--key"_s, keep(key), u"-"_s}, token).exitCode, 41);
}

void TestJoseKeys::aMissingKeyIsWrongUsage()
{
    QCOMPARE(jose({u"verify"_s, u"-"_s}, "a.b.c").exitCode, 2);
    QCOMPARE(jose({u"verify"_s, u"--key"_s, u"/nowhere"_s, u"-"_s}, "a.b.c").exitCode, 2);
    QCOMPARE(jose({}).exitCode, 2);
    QCOMPARE(jose({u"verify"_s, u"--passphrase"_s, u"x"_s, u"-"_s}).exitCode, 2);
}

void TestJoseKeys::aFileWithoutAKeySaysWhatIsWanted_data()
{
    QTest::addColumn<QStringList>("tool");
    QTest::addColumn<QByteArray>("said");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("verify") << QStringList{u"verify"_s, u"-"_s, u"--key"_s} << QByteArray("--key") << 41;
    QTest::newRow("decrypt") << QStringList{u"decrypt"_s, u"-"_s, u"--key"_s} << QByteArray("--key") << 41;
    QTest::newRow("sign") << QStringList{u"sign"_s, u"-"_s, u"--key"_s} << QByteArray("--key") << 41;
    // Here it is the input itself that is not what it should be.
    QTest::newRow("thumbprint") << QStringList{u"thumbprint"_s} << QByteArray("@FILE") << 40;
    QTest::newRow("jwk") << QStringList{u"jwk"_s} << QByteArray("@FILE") << 40;
}

void TestJoseKeys::aFileWithoutAKeySaysWhatIsWanted()
{
    QFETCH(const QStringList, tool);
    QFETCH(const QByteArray, said);
    QFETCH(const int, exitCode);
    const QByteArray token = text(m_jws.value("jws"_L1).toArray().at(0).toObject(), "compact"_L1);
    for (const QByteArray &content : {QByteArray("no key"), QByteArray(), QByteArray(R"({"kty":"x"})")}) {
        const auto file = keep(content);
        const auto run = jose(tool + QStringList{tool.last() == "--key"_L1 ? file : QString(u'@' + file)}, token);
        // A key of a kind that nobody knows is a key.
        QCOMPARE(run.exitCode, content.startsWith('{') ? 41 : exitCode);
        QVERIFY2(run.err.contains(said) && run.err.contains("JWK"), run.err.constData());
        // Nothing is wrong with a token.
        QVERIFY2(!run.err.contains("inspect"), run.err.constData());
    }
}

void TestJoseKeys::aLockedKeyAsksForItsPassphrase()
{
    const auto key = keep(lockedKey);
    for (const auto &tool : {QStringList{u"verify"_s, u"-"_s, u"--key"_s, key},
                             QStringList{u"sign"_s, u"-"_s, u"--key"_s, key}, QStringList{u"jwk"_s, u'@' + key}}) {
        const auto run = jose(tool, "a.b.c");
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(run.err.contains("--passphrase-file"), run.err.constData());
        const auto wrong = jose(tool + QStringList{u"--passphrase-file"_s, keep("melon\n")}, "a.b.c");
        QCOMPARE(wrong.exitCode, 41);
        QVERIFY2(wrong.err.contains("--passphrase-file"), wrong.err.constData());
    }
    const auto open = jose({u"jwk"_s, u'@' + key, u"--passphrase-file"_s, keep("sesame\n")});
    QVERIFY2(open.exitCode == 0, open.err.constData());
}

void TestJoseKeys::aFileIsGivenWithItsSign_data()
{
    QTest::addColumn<QStringList>("tool");
    const QString key = keyOfJws(1);
    QTest::newRow("verify") << QStringList{u"verify"_s, u"--key"_s, key};
    QTest::newRow("decrypt") << QStringList{u"decrypt"_s, u"--key"_s, key};
    for (const auto &tool : {u"thumbprint"_s, u"jwk"_s, u"certs"_s})
        QTest::newRow(qPrintable(tool)) << QStringList{tool};
}

void TestJoseKeys::aFileIsGivenWithItsSign()
{
    QFETCH(const QStringList, tool);
    const auto file = keep("whatever it holds");
    const auto run = jose(tool + QStringList{file});
    QCOMPARE(run.exitCode, 2);
    QVERIFY2(run.err.contains(QByteArray('@' + file.toUtf8())), run.err.constData());
}

void TestJoseKeys::aKeyFileMayHaveTheSignToo()
{
    const QJsonObject vector = m_jws.value("jws"_L1).toArray().at(1).toObject();
    const auto run = jose({u"verify"_s, u"--key"_s, u'@' + keyOf(vector), u"-"_s}, text(vector, "compact"_L1));
    QVERIFY2(run.exitCode == 0, run.err.constData());
}

void TestJoseKeys::severalKeysBecomeASet()
{
    QByteArray pem;
    for (const int index : {1, 2}) // RSA and P-256
        pem += jose({u"jwk"_s, u"--private"_s, u"--pem"_s, u'@' + keyOfJws(index)}).out;
    const auto set = jose({u"jwk"_s, u"-"_s}, pem);
    QVERIFY2(set.exitCode == 0, set.err.constData());
    const auto keys = set.json().value("keys"_L1).toArray();
    QCOMPARE(keys.size(), 2);
    QCOMPARE(keys.at(0)["kty"_L1].toString(), u"RSA"_s);
    QCOMPARE(keys.at(1)["kty"_L1].toString(), u"EC"_s);
    QVERIFY(!keys.at(0).toObject().contains("d"_L1));
    QVERIFY2(set.err.contains("2 keys"), set.err.constData());
    const auto whole = jose({u"jwk"_s, u"--private"_s, u"-"_s}, pem);
    for (const auto &key : whole.json().value("keys"_L1).toArray())
        QVERIFY(key.toObject().contains("d"_L1));
    // And back again.
    QCOMPARE(jose({u"jwk"_s, u"--private"_s, u"--pem"_s, u"-"_s}, whole.out).out, pem);
    const auto json = jose({u"jwk"_s, u"-"_s, u"-o"_s, u"json"_s}, pem).json();
    QCOMPARE(json.value("schema"_L1).toString(), u"countersign.keys/1"_s);
    QCOMPARE(json.value("keys"_L1).toArray().size(), 2);
}

void TestJoseKeys::whatAKeyHasNotIsNotWritten()
{
    const QString key = keyOfJws(2);
    const auto half = jose({u"jwk"_s, u'@' + key}).out;
    for (const auto &form : {QStringList{}, QStringList{u"--pem"_s}, QStringList{u"-o"_s, u"json"_s}}) {
        const auto run = jose(QStringList{u"jwk"_s, u"--private"_s, u"-"_s} + form, half);
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.out.isEmpty());
        QVERIFY2(run.err.contains("--private"), run.err.constData());
    }
    const QByteArray secret =
        R"({"kty":"oct","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"})";
    const auto nothing = jose({u"jwk"_s, u"-"_s}, secret);
    QCOMPARE(nothing.exitCode, 2);
    QVERIFY2(nothing.err.contains("--private"), nothing.err.constData());
    QCOMPARE(jose({u"jwk"_s, u"--private"_s, u"-"_s}, secret).exitCode, 0);
    QCOMPARE(jose({u"jwk"_s, u"--private"_s, u"--pem"_s, u"-"_s}, secret).exitCode, 2);
}

void TestJoseKeys::aKeyInTheArgumentsIsRefusedAndNotRepeated_data()
{
    const auto secret = R"({"kty":"oct","k":"CANARYCANARYCANARYCANARYCANARYCANARYCANARY0"})"_L1;
    const auto privateKey = R"({"kty":"OKP","crv":"Ed25519","x":"AAAA", "d" :"CANARY"})"_L1;
    const auto pem = "-----BEGIN PRIVATE KEY-----\nCANARY\n-----END PRIVATE KEY-----"_L1;
    QTest::addColumn<QStringList>("arguments");
    QTest::newRow("RFC 7518 6.4, as the key") << QStringList{u"verify"_s, u"--key"_s, secret, u"a.b.c"_s};
    QTest::newRow("with an equals sign") << QStringList{u"verify"_s, u"--key="_s + secret, u"a.b.c"_s};
    QTest::newRow("RFC 8037 2, as the input") << QStringList{u"thumbprint"_s, privateKey};
    QTest::newRow("RFC 7468 10, to convert") << QStringList{u"jwk"_s, pem};
    QTest::newRow("as JSON is asked for") << QStringList{u"sign"_s, u"-k"_s, secret, u"x"_s, u"-o"_s, u"json"_s};
}

void TestJoseKeys::aKeyInTheArgumentsIsRefusedAndNotRepeated()
{
    QFETCH(const QStringList, arguments);
    const auto run = jose(arguments);
    QCOMPARE(run.exitCode, 2);
    QVERIFY(run.out.isEmpty());
    QVERIFY2(!run.err.contains("CANARY"), run.err.constData());
    QVERIFY2(run.err.contains("list of processes"), run.err.constData());
}

void TestJoseKeys::aDocumentInPlaceOfAFileIsNotRepeated()
{
    for (const auto &word : {u"{\"password\":\"CANARY\"}"_s, u"CANARY-shared-secret"_s}) {
        const auto run = jose({u"verify"_s, u"--key"_s, word, u"a.b.c"_s});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(!run.err.contains("CANARY"), run.err.constData());
        QVERIFY2(run.err.contains("--key"), run.err.constData());
    }
}

void TestJoseKeys::aKeyIsConvertedBothWays()
{
    const QString key = keyOfJws(2);
    const CliRun pem = jose({u"jwk"_s, u"--private"_s, u"--pem"_s, u'@' + key});
    QCOMPARE(pem.exitCode, 0);
    QVERIFY(pem.out.startsWith("-----BEGIN PRIVATE KEY-----"));
    const CliRun again = jose({u"jwk"_s, u"--private"_s, u"-"_s}, pem.out);
    QCOMPARE(again.exitCode, 0);
    QFile original(key);
    QVERIFY(original.open(QIODevice::ReadOnly));
    QCOMPARE(QJsonDocument::fromJson(again.out), QJsonDocument::fromJson(original.readAll()));
    const CliRun half = jose({u"jwk"_s, u'@' + key});
    QCOMPARE(half.exitCode, 0);
    QVERIFY(!half.out.contains("\"d\""));
}

void TestJoseKeys::theThumbprintIsThatOfTheRfc()
{
    const QJsonObject vector = joseVectors(u"rfc7517.json"_s).value("thumbprints"_L1).toArray().first().toObject();
    const CliRun run = jose({u"thumbprint"_s, u"-"_s}, QJsonDocument(vector.value("key"_L1).toObject()).toJson());
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.out.trimmed(), text(vector, "sha256"_L1));
}

void TestJoseKeys::aPrivateKeyIsNoCertificate()
{
    const CliRun run = jose({u"certs"_s, u"-"_s}, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    QCOMPARE(run.exitCode, 41);
    QVERIFY(run.err.contains("private key"));
    QCOMPARE(jose({u"certs"_s, u"-"_s}, "no certificate").exitCode, 40);
}

void TestJoseKeys::aPrivateKeyIsShownOnlyIfThatIsAskedFor()
{
#ifdef Q_OS_WIN
    QSKIP("there are no pseudo-terminals");
#endif
    const QStringList convert{u"jose"_s, u"jwk"_s, u"--private"_s, QString(u'@' + keyOfJws(2))};
    for (const auto &form : {QStringList{}, QStringList{u"--pem"_s}, QStringList{u"-o"_s, u"json"_s}}) {
        const auto hidden = runOnTerminal(convert + form, {});
        QCOMPARE(hidden.exitCode, 2);
        QVERIFY2(hidden.out.contains("--show") && !hidden.out.contains("PRIVATE KEY--"), hidden.out.constData());
        QVERIFY2(!hidden.out.contains("\"d\""), hidden.out.constData());
    }
    const auto shown = runOnTerminal(convert + QStringList{u"--show"_s}, {});
    QVERIFY2(shown.exitCode == 0 && shown.out.contains("\"d\""), shown.out.constData());
    QCOMPARE(runOnTerminal({u"jose"_s, u"jwk"_s, QString(u'@' + keyOfJws(2))}, {}).exitCode, 0);
}

void TestJoseKeys::aNameOfNoFileIsExplained()
{
    const auto named = [](const QString &name) { return jose({u"verify"_s, u"--key"_s, name, u"a.b.c"_s}); };
    const auto word = named(u"mykey"_s);
    QCOMPARE(word.exitCode, 2);
    QVERIFY2(word.err.contains("none of that name") && !word.err.contains("mykey"), word.err.constData());
    QVERIFY(named(u"./mykey"_s).err.contains("'./mykey' cannot be read: No such file"));
    // What is there is no secret that was typed by mistake.
    QDir(m_folder.path()).mkdir(u"folder"_s);
    const auto folder = m_folder.filePath(u"folder"_s);
    const auto relative = QDir::current().relativeFilePath(folder);
    QVERIFY2(named(relative).err.contains("folder"), named(relative).err.constData());
}

QTEST_GUILESS_MAIN(TestJoseKeys)
#include "tst_josekeys.moc"

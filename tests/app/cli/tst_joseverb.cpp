// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <QtCore/QCryptographicHash>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;

namespace {

//! SHAKE256 of "token", 114 bytes.
constexpr auto shakeOfToken =
    "669b15b0f1f20b1c3e2fce78b47d41487a3fbb27a8b59794f467039e045e0986db18035f850d162acef40cd79bdebe5a"
    "116076e9ffc7f821aac36a08a182fb2df3ac2c8fd8727ced8550b981292065f0c78feea89eab23dab221cefbeb21b5dc"
    "f241fc5804d047012e29c2108a5da07a6586";

//! A P-256 key of nobody, which "sesame" opens.
constexpr auto lockedKey = "-----BEGIN ENCRYPTED PRIVATE KEY-----\n"
                           "MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAjZ+MO325HTQgICCAAw\n"
                           "DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEENadPmFLwbuWgpLXqTGKqlYEgZBO\n"
                           "R6Lj5gwPjrwhCOn9EnTzGq2Td7UMRl1qWDHfPO4+94mwluHT1UFi+BKQEI1EdedU\n"
                           "5W7uztOPYrshjnYlfMw+d9LIvWhoAgc6smLw8Dr2z3ayim0JjG7i+oPwtl74a+Ir\n"
                           "GaJLCOJ6vI/rpW3l7sVXaQIacwV8COmBd17zjFdH7rfYbKlDK35ohRwRaHQM6NE=\n"
                           "-----END ENCRYPTED PRIVATE KEY-----\n";

struct Run
{
    int exitCode;
    QByteArray out;
    QByteArray err;

    QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
};

Run jose(const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.start(qEnvironmentVariable("COUNTERSIGN_BIN_DIR") + u"/countersign"_s, QStringList{u"jose"_s} + arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished();
    return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1, process.readAllStandardOutput(),
            process.readAllStandardError()};
}

QJsonObject vectors(const QString &file)
{
    QFile data(QStringLiteral(COUNTERSIGN_TEST_DATA "/jose/") + file);
    return data.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(data.readAll()).object() : QJsonObject();
}

QByteArray text(const QJsonObject &object, QLatin1StringView name)
{
    return object.value(name).toString().toUtf8();
}

QByteArray bytes(const QJsonObject &object, QLatin1StringView name)
{
    return QByteArray::fromBase64(text(object, name), QByteArray::Base64UrlEncoding);
}

} // namespace

class TestJoseVerb : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void aGoodSignatureGivesThePayload_data();
    void aGoodSignatureGivesThePayload();
    void aGoodEncryptionGivesThePlaintext_data();
    void aGoodEncryptionGivesThePlaintext();
    void aForgedTokenExitsWith41();
    void whatIsNoTokenExitsWith40_data();
    void whatIsNoTokenExitsWith40();
    void aKeyThatProvesNothingExitsWith41_data();
    void aKeyThatProvesNothingExitsWith41();
    void theDangerousNeedsItsFlag();
    void aMissingKeyIsWrongUsage();
    void aFileWithoutAKeySaysWhatIsWanted_data();
    void aFileWithoutAKeySaysWhatIsWanted();
    void aLockedKeyAsksForItsPassphrase();
    void aFileIsGivenWithItsSign_data();
    void aFileIsGivenWithItsSign();
    void aKeyFileMayHaveTheSignToo();
    void whatIsSignedByItsNameIsSaid();
    void severalKeysBecomeASet();
    void whatAKeyHasNotIsNotWritten();
    void whatWasVerifiedIsAnObjectToo_data();
    void whatWasVerifiedIsAnObjectToo();
    void whatWasDecryptedIsAnObjectToo();
    void everyToolAnswersInJson();
    void whatHasNoJsonSaysWhichOptionIsWrong();
    void aKeyInTheArgumentsIsRefusedAndNotRepeated_data();
    void aKeyInTheArgumentsIsRefusedAndNotRepeated();
    void aDocumentInPlaceOfAFileIsNotRepeated();
    void aRefusedTokenBlamesNoProvider();
    void aKeyIsConvertedBothWays();
    void whatIsSignedVerifies();
    void theThumbprintIsThatOfTheRfc();
    void aPrivateKeyIsNoCertificate();
    void theChallengeIsThatOfTheRfc();
    void aNewVerifierFitsItsChallenge();
    void base64UrlGoesBothWays();
    void theHashIsThatOfTheSpecification();
    void whatIsSecretIsNotTakenFromTheArguments();

private:
    QString keep(const QByteArray &content);
    QString keyOf(const QJsonObject &vector);

    QTemporaryDir m_folder;
    int m_files = 0;
    QJsonObject m_jws;
    QJsonObject m_jwe;
};

void TestJoseVerb::initTestCase()
{
    QVERIFY(m_folder.isValid());
    m_jws = vectors(u"rfc7515.json"_s);
    m_jwe = vectors(u"rfc7516.json"_s);
    QVERIFY(!m_jws.isEmpty() && !m_jwe.isEmpty());
}

QString TestJoseVerb::keep(const QByteArray &content)
{
    QFile file(m_folder.filePath(QString::number(++m_files)));
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        return {};
    return file.fileName();
}

QString TestJoseVerb::keyOf(const QJsonObject &vector)
{
    return keep(QJsonDocument(vector.value("key"_L1).toObject()).toJson());
}

void TestJoseVerb::aGoodSignatureGivesThePayload_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < m_jws.value("jws"_L1).toArray().size(); ++i)
        QTest::addRow("RFC 7515 appendix A, %d", i) << i;
}

void TestJoseVerb::aGoodSignatureGivesThePayload()
{
    QFETCH(const int, index);
    const QJsonObject vector = m_jws.value("jws"_L1).toArray().at(index).toObject();
    const QString key = keyOf(vector);
    for (const auto form : {"compact"_L1, "flattened"_L1, "general"_L1}) {
        const QByteArray token = text(vector, form);
        if (token.isEmpty())
            continue;
        for (const QByteArray &input : {token, QByteArray(token + '\n')}) {
            const Run run = jose({u"verify"_s, u"--key"_s, key, u"-"_s}, input);
            QVERIFY2(run.exitCode == 0, run.err.constData());
            QCOMPARE(run.out, bytes(vector, "payload"_L1));
        }
    }
}

void TestJoseVerb::aGoodEncryptionGivesThePlaintext_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < m_jwe.value("jwe"_L1).toArray().size(); ++i)
        QTest::addRow("RFC 7516 appendix A, %d", i) << i;
}

void TestJoseVerb::aGoodEncryptionGivesThePlaintext()
{
    QFETCH(const int, index);
    const QJsonObject vector = m_jwe.value("jwe"_L1).toArray().at(index).toObject();
    const QString key = keyOf(vector);
    for (const auto form : {"compact"_L1, "flattened"_L1, "general"_L1}) {
        const QByteArray token = text(vector, form);
        if (token.isEmpty())
            continue;
        const Run run = jose({u"decrypt"_s, u"--allow-rsa1_5"_s, u"--key"_s, key, u"-"_s}, token);
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(run.out, bytes(vector, "plaintext"_L1));
    }
}

void TestJoseVerb::aForgedTokenExitsWith41()
{
    const QJsonObject vector = m_jws.value("jws"_L1).toArray().at(1).toObject();
    QByteArray token = text(vector, "compact"_L1);
    token[token.size() - 10] = token[token.size() - 10] == 'A' ? 'B' : 'A';
    const Run run = jose({u"verify"_s, u"--key"_s, keyOf(vector), u"-"_s}, token);
    QCOMPARE(run.exitCode, 41);
    QVERIFY(run.out.isEmpty());
    QVERIFY(!run.err.isEmpty());
}

void TestJoseVerb::whatIsNoTokenExitsWith40_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::newRow("words") << QByteArray("hello");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("broken JSON") << QByteArray("{");
    QTest::newRow("bytes") << QByteArray("\0\xff.\x01.", 5);
    QTest::newRow("dots") << QByteArray(1000, '.');
}

void TestJoseVerb::whatIsNoTokenExitsWith40()
{
    QFETCH(const QByteArray, input);
    const QString key = keyOf(m_jws.value("jws"_L1).toArray().at(1).toObject());
    for (const auto &tool : {u"verify"_s, u"decrypt"_s}) {
        const Run run = jose({tool, u"--key"_s, key, u"-"_s}, input);
        QCOMPARE(run.exitCode, 40);
        QVERIFY(run.out.isEmpty());
    }
}

void TestJoseVerb::aKeyThatProvesNothingExitsWith41_data()
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

void TestJoseVerb::aKeyThatProvesNothingExitsWith41()
{
    QFETCH(const QByteArray, key);
    const QByteArray token = text(m_jws.value("jws"_L1).toArray().at(0).toObject(), "compact"_L1);
    QCOMPARE(jose({u"verify"_s, u"--key"_s, keep(key), u"-"_s}, token).exitCode, 41);
}

void TestJoseVerb::theDangerousNeedsItsFlag()
{
    const QJsonObject vector = m_jwe.value("jwe"_L1).toArray().at(1).toObject();
    const QByteArray token = text(vector, "compact"_L1);
    const QString key = keyOf(vector);
    QCOMPARE(jose({u"decrypt"_s, u"--key"_s, key, u"-"_s}, token).exitCode, 41);
    QCOMPARE(jose({u"decrypt"_s, u"--allow-rsa1_5"_s, u"--key"_s, key, u"-"_s}, token).exitCode, 0);
}

void TestJoseVerb::aMissingKeyIsWrongUsage()
{
    QCOMPARE(jose({u"verify"_s, u"-"_s}, "a.b.c").exitCode, 2);
    QCOMPARE(jose({u"verify"_s, u"--key"_s, u"/nowhere"_s, u"-"_s}, "a.b.c").exitCode, 2);
    QCOMPARE(jose({}).exitCode, 2);
    QCOMPARE(jose({u"verify"_s, u"--passphrase"_s, u"x"_s, u"-"_s}).exitCode, 2);
}

void TestJoseVerb::aFileWithoutAKeySaysWhatIsWanted_data()
{
    QTest::addColumn<QStringList>("tool");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("verify") << QStringList{u"verify"_s, u"-"_s, u"--key"_s} << QByteArray("--key");
    QTest::newRow("decrypt") << QStringList{u"decrypt"_s, u"-"_s, u"--key"_s} << QByteArray("--key");
    QTest::newRow("sign") << QStringList{u"sign"_s, u"-"_s, u"--key"_s} << QByteArray("--key");
    QTest::newRow("thumbprint") << QStringList{u"thumbprint"_s} << QByteArray("@FILE");
    QTest::newRow("jwk") << QStringList{u"jwk"_s} << QByteArray("@FILE");
}

void TestJoseVerb::aFileWithoutAKeySaysWhatIsWanted()
{
    QFETCH(const QStringList, tool);
    QFETCH(const QByteArray, said);
    const QByteArray token = text(m_jws.value("jws"_L1).toArray().at(0).toObject(), "compact"_L1);
    for (const QByteArray &content : {QByteArray("no key"), QByteArray(), QByteArray(R"({"kty":"x"})")}) {
        const auto file = keep(content);
        const auto run = jose(tool + QStringList{tool.last() == "--key"_L1 ? file : QString(u'@' + file)}, token);
        QCOMPARE(run.exitCode, 41);
        QVERIFY2(run.err.contains(said) && run.err.contains("JWK"), run.err.constData());
        // Nothing is wrong with a token.
        QVERIFY2(!run.err.contains("inspect"), run.err.constData());
    }
}

void TestJoseVerb::aLockedKeyAsksForItsPassphrase()
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

void TestJoseVerb::aFileIsGivenWithItsSign_data()
{
    QTest::addColumn<QStringList>("tool");
    const QString key = keyOf(m_jws.value("jws"_L1).toArray().at(1).toObject());
    QTest::newRow("verify") << QStringList{u"verify"_s, u"--key"_s, key};
    QTest::newRow("decrypt") << QStringList{u"decrypt"_s, u"--key"_s, key};
    for (const auto &tool : {u"thumbprint"_s, u"jwk"_s, u"certs"_s})
        QTest::newRow(qPrintable(tool)) << QStringList{tool};
}

void TestJoseVerb::aFileIsGivenWithItsSign()
{
    QFETCH(const QStringList, tool);
    const auto file = keep("whatever it holds");
    const auto run = jose(tool + QStringList{file});
    QCOMPARE(run.exitCode, 2);
    QVERIFY2(run.err.contains(QByteArray('@' + file.toUtf8())), run.err.constData());
}

void TestJoseVerb::aKeyFileMayHaveTheSignToo()
{
    const QJsonObject vector = m_jws.value("jws"_L1).toArray().at(1).toObject();
    const auto run = jose({u"verify"_s, u"--key"_s, u'@' + keyOf(vector), u"-"_s}, text(vector, "compact"_L1));
    QVERIFY2(run.exitCode == 0, run.err.constData());
}

void TestJoseVerb::whatIsSignedByItsNameIsSaid()
{
    const auto file = keep("payload");
    const QString key = keyOf(m_jws.value("jws"_L1).toArray().at(2).toObject());
    const auto byName = jose({u"sign"_s, u"--key"_s, key, file});
    QCOMPARE(byName.exitCode, 0);
    QVERIFY2(byName.err.contains(QByteArray('@' + file.toUtf8())), byName.err.constData());
    QVERIFY(jose({u"sign"_s, u"--key"_s, key, u'@' + file}).err.isEmpty());
}

void TestJoseVerb::severalKeysBecomeASet()
{
    QByteArray pem;
    for (const int index : {1, 2}) // RSA and P-256
        pem += jose({u"jwk"_s, u"--private"_s, u"--pem"_s,
                     u'@' + keyOf(m_jws.value("jws"_L1).toArray().at(index).toObject())})
                   .out;
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

void TestJoseVerb::whatAKeyHasNotIsNotWritten()
{
    const QString key = keyOf(m_jws.value("jws"_L1).toArray().at(2).toObject());
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

void TestJoseVerb::whatWasVerifiedIsAnObjectToo_data()
{
    QTest::addColumn<QByteArray>("payload");
    QTest::addColumn<QJsonValue>("shown");
    QTest::addColumn<QString>("encoding");
    QTest::newRow("JSON") << QByteArray(R"({"sub":"ada","n":[1]})")
                          << QJsonValue(QJsonObject{{u"sub"_s, u"ada"_s}, {u"n"_s, QJsonArray{1}}}) << u"json"_s;
    QTest::newRow("RFC 7519 3.1, JSON on several lines")
        << QByteArray("{\"iss\":\"joe\",\r\n \"exp\":1300819380}")
        << QJsonValue(QJsonObject{{u"iss"_s, u"joe"_s}, {u"exp"_s, 1300819380}}) << u"json"_s;
    QTest::newRow("text") << QByteArray("payload") << QJsonValue(u"payload"_s) << u"utf8"_s;
    QTest::newRow("bytes") << QByteArray("\xff\xfe") << QJsonValue(u"__4"_s) << u"base64url"_s;
    // What names a member twice is not one thing: it stays text.
    QTest::newRow("ambiguous JSON") << QByteArray(R"({"a":1,"a":2})") << QJsonValue(uR"({"a":1,"a":2})"_s) << u"utf8"_s;
}

void TestJoseVerb::whatWasVerifiedIsAnObjectToo()
{
    QFETCH(const QByteArray, payload);
    const QString key = keyOf(m_jws.value("jws"_L1).toArray().at(2).toObject());
    const auto token = jose({u"sign"_s, u"--typ"_s, u"JWT"_s, u"--key"_s, key, u"-"_s}, payload).out;
    const auto run = jose({u"verify"_s, u"--key"_s, key, u"-"_s, u"-o"_s, u"json"_s}, token);
    QVERIFY2(run.exitCode == 0, run.err.constData());
    const auto json = run.json();
    QCOMPARE(json.value("schema"_L1).toString(), u"countersign.jose-verify/1"_s);
    QCOMPARE(json.value("header"_L1), QJsonValue(QJsonObject{{u"alg"_s, u"ES256"_s}, {u"typ"_s, u"JWT"_s}}));
    QTEST(json.value("payload"_L1), "shown");
    QTEST(json.value("payload_encoding"_L1).toString(), "encoding");
    QCOMPARE(json["key"_L1]["crv"_L1].toString(), u"P-256"_s);
    QCOMPARE(json["key"_L1]["thumbprint"_L1].toString().toUtf8(), jose({u"thumbprint"_s, u'@' + key}).out.trimmed());
    QCOMPARE(jose({u"verify"_s, u"--key"_s, key, u"-"_s, u"--query"_s, u"header.alg"_s}, token).out,
             QByteArray("ES256\n"));
    QCOMPARE(run.out.count('\n'), 1);
}

void TestJoseVerb::whatWasDecryptedIsAnObjectToo()
{
    const QJsonObject vector = m_jwe.value("jwe"_L1).toArray().at(0).toObject();
    const auto run =
        jose({u"decrypt"_s, u"--key"_s, keyOf(vector), u"-"_s, u"-o"_s, u"json"_s}, text(vector, "compact"_L1));
    QVERIFY2(run.exitCode == 0, run.err.constData());
    const auto json = run.json();
    QCOMPARE(json.value("schema"_L1).toString(), u"countersign.jose-decrypt/1"_s);
    QCOMPARE(json.value("plaintext"_L1).toString().toUtf8(), bytes(vector, "plaintext"_L1));
    QCOMPARE(json["header"_L1]["enc"_L1], json.value("enc"_L1));
    QCOMPARE(json["key"_L1]["kty"_L1].toString(), u"RSA"_s);
}

void TestJoseVerb::everyToolAnswersInJson()
{
    const QString key = keyOf(m_jws.value("jws"_L1).toArray().at(2).toObject());
    const auto sign = jose({u"sign"_s, u"--key"_s, key, u"-"_s, u"-o"_s, u"json"_s}, "payload").json();
    QCOMPARE(sign["header"_L1]["alg"_L1].toString(), u"ES256"_s);
    QCOMPARE(jose({u"verify"_s, u"--key"_s, key, u"-"_s}, text(sign, "token"_L1)).out, QByteArray("payload"));
    const auto print = jose({u"thumbprint"_s, u'@' + key, u"--query"_s, u"thumbprints[0].thumbprint"_s});
    QCOMPARE(print.out, jose({u"thumbprint"_s, u'@' + key}).out);
    const auto lines = jose({u"thumbprint"_s, u'@' + key, u"-o"_s, u"jsonl"_s});
    QCOMPARE(lines.json().value("hash"_L1).toString(), u"sha256"_s);
    QFile certificate(QStringLiteral(COUNTERSIGN_TEST_DATA "/crypto/certificate.pem"));
    QVERIFY(certificate.open(QIODevice::ReadOnly));
    const auto pem = certificate.readAll();
    const auto plain = jose({u"certs"_s, u"-"_s}, pem).json();
    auto answer = jose({u"certs"_s, u"-"_s, u"-o"_s, u"json"_s}, pem).json();
    QCOMPARE(answer.take("schema"_L1).toString(), u"countersign.certificates/1"_s);
    QCOMPARE(answer, plain);
}

void TestJoseVerb::whatHasNoJsonSaysWhichOptionIsWrong()
{
    const QString key = keyOf(m_jws.value("jws"_L1).toArray().at(2).toObject());
    const std::pair<QStringList, QByteArray> rows[] = {
        {{u"jwk"_s, u'@' + key, u"--pem"_s, u"-o"_s, u"json"_s}, "--pem"},
        {{u"jwk"_s, u'@' + key, u"--pem"_s, u"--query"_s, u"keys"_s}, "--pem"},
        {{u"b64u"_s, u"x"_s, u"--query"_s, u"a"_s}, "--query"},
        {{u"at-hash"_s, u"-"_s, u"--query"_s, u"a"_s}, "--query"},
        {{u"verify"_s, u"-"_s, u"--key"_s, key, u"-o"_s, u"text"_s, u"--query"_s, u"a"_s}, "--query"}};
    for (const auto &[arguments, said] : rows) {
        const auto run = jose(arguments, "x");
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.out.isEmpty());
        QVERIFY2(run.err.contains(said), run.err.constData());
    }
}

void TestJoseVerb::aKeyInTheArgumentsIsRefusedAndNotRepeated_data()
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

void TestJoseVerb::aKeyInTheArgumentsIsRefusedAndNotRepeated()
{
    QFETCH(const QStringList, arguments);
    const auto run = jose(arguments);
    QCOMPARE(run.exitCode, 2);
    QVERIFY(run.out.isEmpty());
    QVERIFY2(!run.err.contains("CANARY"), run.err.constData());
    QVERIFY2(run.err.contains("list of processes"), run.err.constData());
}

void TestJoseVerb::aDocumentInPlaceOfAFileIsNotRepeated()
{
    for (const auto &word : {u"{\"password\":\"CANARY\"}"_s, u"CANARY-shared-secret"_s}) {
        const auto run = jose({u"verify"_s, u"--key"_s, word, u"a.b.c"_s});
        QCOMPARE(run.exitCode, 2);
        QVERIFY2(!run.err.contains("CANARY"), run.err.constData());
        QVERIFY2(run.err.contains("--key"), run.err.constData());
    }
}

//! The token came from the person's own hands: nobody else has just answered with it.
void TestJoseVerb::aRefusedTokenBlamesNoProvider()
{
    const QJsonObject vector = m_jws.value("jws"_L1).toArray().at(1).toObject();
    const auto run =
        jose({u"verify"_s, u"--key"_s, keyOf(vector), u"-"_s}, text(vector, "compact"_L1).chopped(4) + "AAAA");
    QCOMPARE(run.exitCode, 41);
    QVERIFY2(!run.err.contains("provider"), run.err.constData());
    QVERIFY2(run.err.contains("countersign inspect -\n"), run.err.constData());
    // Whatever it was given as, it is looked at again.
    const auto file = keep("no token");
    const auto none = jose({u"verify"_s, u"--key"_s, keyOf(vector), u'@' + file});
    QCOMPARE(none.exitCode, 40);
    QVERIFY2(none.err.contains(QByteArray("countersign inspect @" + file.toUtf8())), none.err.constData());
}

void TestJoseVerb::aKeyIsConvertedBothWays()
{
    const QString key = keyOf(m_jws.value("jws"_L1).toArray().at(2).toObject());
    const Run pem = jose({u"jwk"_s, u"--private"_s, u"--pem"_s, u'@' + key});
    QCOMPARE(pem.exitCode, 0);
    QVERIFY(pem.out.startsWith("-----BEGIN PRIVATE KEY-----"));
    const Run again = jose({u"jwk"_s, u"--private"_s, u"-"_s}, pem.out);
    QCOMPARE(again.exitCode, 0);
    QFile original(key);
    QVERIFY(original.open(QIODevice::ReadOnly));
    QCOMPARE(QJsonDocument::fromJson(again.out), QJsonDocument::fromJson(original.readAll()));
    const Run half = jose({u"jwk"_s, u'@' + key});
    QCOMPARE(half.exitCode, 0);
    QVERIFY(!half.out.contains("\"d\""));
}

void TestJoseVerb::whatIsSignedVerifies()
{
    const QString key = keyOf(m_jws.value("jws"_L1).toArray().at(2).toObject());
    const Run token = jose({u"sign"_s, u"--typ"_s, u"JWT"_s, u"--key"_s, key, u"-"_s}, "payload");
    QVERIFY2(token.exitCode == 0, token.err.constData());
    const Run run = jose({u"verify"_s, u"--key"_s, key, u"-"_s}, token.out);
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.out, QByteArray("payload"));
    QCOMPARE(jose({u"sign"_s, u"--alg"_s, u"RS256"_s, u"--key"_s, key, u"-"_s}, "payload").exitCode, 41);
}

void TestJoseVerb::theThumbprintIsThatOfTheRfc()
{
    const QJsonObject vector = vectors(u"rfc7517.json"_s).value("thumbprints"_L1).toArray().first().toObject();
    const Run run = jose({u"thumbprint"_s, u"-"_s}, QJsonDocument(vector.value("key"_L1).toObject()).toJson());
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.out.trimmed(), text(vector, "sha256"_L1));
}

void TestJoseVerb::aPrivateKeyIsNoCertificate()
{
    const Run run = jose({u"certs"_s, u"-"_s}, "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
    QCOMPARE(run.exitCode, 41);
    QVERIFY(run.err.contains("private key"));
}

void TestJoseVerb::theChallengeIsThatOfTheRfc() // RFC 7636 appendix B
{
    const auto run = jose({u"pkce"_s, u"-"_s, u"-o"_s, u"json"_s}, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk\n");
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(QJsonDocument::fromJson(run.out)["code_challenge"_L1].toString(),
             u"E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"_s);
    QCOMPARE(jose({u"pkce"_s, u"-"_s}, "short").exitCode, 40);
}

void TestJoseVerb::aNewVerifierFitsItsChallenge()
{
    const auto made = QJsonDocument::fromJson(jose({u"pkce"_s, u"-o"_s, u"json"_s}).out);
    const auto verifier = made["code_verifier"_L1].toString().toUtf8();
    QCOMPARE(verifier.size(), 43);
    const auto again = QJsonDocument::fromJson(jose({u"pkce"_s, u"-"_s, u"-o"_s, u"json"_s}, verifier).out);
    QCOMPARE(again["code_challenge"_L1], made["code_challenge"_L1]);
    QVERIFY(QJsonDocument::fromJson(jose({u"pkce"_s, u"-o"_s, u"json"_s}).out) != made);
}

void TestJoseVerb::base64UrlGoesBothWays()
{
    const QByteArray bytes("\x00\xff\xfe?>\n", 6);
    const auto encoded = jose({u"b64u"_s, u"-"_s}, bytes);
    QCOMPARE(encoded.out, QByteArray("AP_-Pz4K\n"));
    QCOMPARE(jose({u"b64u"_s, u"-d"_s, u"-"_s}, encoded.out).out, bytes);
    QCOMPARE(jose({u"b64u"_s, u"--decode"_s, u"AP/+"_s}).exitCode, 40);
}

void TestJoseVerb::theHashIsThatOfTheSpecification() // OpenID Connect Core appendix A.3
{
    const auto run = jose({u"at-hash"_s, u"-"_s}, "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y");
    QCOMPARE(run.out, QByteArray("77QmUPtjPfzWtF2AnpK9RQ\n"));
    QCOMPARE(jose({u"at-hash"_s, u"--alg"_s, u"none"_s, u"-"_s}, "x").exitCode, 2);
    // The curve decides: SHA-512 for Ed25519, SHAKE256 of 114 bytes for Ed448 (RFC 8032 §5.2.6).
    const auto halfOf = [](const QByteArray &hash) -> QByteArray {
        return hash.first(hash.size() / 2).toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)
            + '\n';
    };
    const auto sha512 = halfOf(QCryptographicHash::hash("token", QCryptographicHash::Sha512));
    for (const auto &name : {u"EdDSA"_s, u"Ed25519"_s})
        QCOMPARE(jose({u"at-hash"_s, u"--alg"_s, name, u"-"_s}, "token").out, sha512);
    QCOMPARE(jose({u"at-hash"_s, u"--alg"_s, u"Ed448"_s, u"-"_s}, "token").out,
             halfOf(QByteArray::fromHex(shakeOfToken)));
}

void TestJoseVerb::whatIsSecretIsNotTakenFromTheArguments()
{
    for (const auto &tool : {u"pkce"_s, u"at-hash"_s}) {
        const auto run = jose({tool, u"CANARYCANARYCANARYCANARYCANARYCANARYCANARY0"_s});
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.out.isEmpty());
        QVERIFY2(!run.err.contains("CANARY"), run.err.constData());
    }
}

QTEST_GUILESS_MAIN(TestJoseVerb)
#include "tst_joseverb.moc"

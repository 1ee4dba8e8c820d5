// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "josetest.h"
#include "terminalprocess.h"

#include <QtCore/QFile>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

class TestJoseVerb : public JoseTest
{
    Q_OBJECT

private Q_SLOTS:
    void aGoodSignatureGivesThePayload_data();
    void aGoodSignatureGivesThePayload();
    void aGoodEncryptionGivesThePlaintext_data();
    void aGoodEncryptionGivesThePlaintext();
    void aForgedTokenExitsWith41();
    void whatIsNoTokenExitsWith40_data();
    void whatIsNoTokenExitsWith40();
    void theDangerousNeedsItsFlag();
    void whatIsSignedByItsNameIsSaid();
    void whatWasVerifiedIsAnObjectToo_data();
    void whatWasVerifiedIsAnObjectToo();
    void whatWasDecryptedIsAnObjectToo();
    void everyToolAnswersInJson();
    void whatHasNoJsonSaysWhichOptionIsWrong();
    void aRefusedTokenBlamesNoProvider();
    void whatIsSignedVerifies();
    void aSignedTokenIsShownOnlyIfThatIsAskedFor();
};

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
            const CliRun run = jose({u"verify"_s, u"--key"_s, key, u"-"_s}, input);
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
        const CliRun run = jose({u"decrypt"_s, u"--allow-rsa1_5"_s, u"--key"_s, key, u"-"_s}, token);
        QVERIFY2(run.exitCode == 0, run.err.constData());
        QCOMPARE(run.out, bytes(vector, "plaintext"_L1));
    }
}

void TestJoseVerb::aForgedTokenExitsWith41()
{
    const QJsonObject vector = m_jws.value("jws"_L1).toArray().at(1).toObject();
    QByteArray token = text(vector, "compact"_L1);
    token[token.size() - 10] = token[token.size() - 10] == 'A' ? 'B' : 'A';
    const CliRun run = jose({u"verify"_s, u"--key"_s, keyOf(vector), u"-"_s}, token);
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
    const QString key = keyOfJws(1);
    for (const auto &tool : {u"verify"_s, u"decrypt"_s}) {
        const CliRun run = jose({tool, u"--key"_s, key, u"-"_s}, input);
        QCOMPARE(run.exitCode, 40);
        QVERIFY(run.out.isEmpty());
    }
}

void TestJoseVerb::theDangerousNeedsItsFlag()
{
    const QJsonObject vector = m_jwe.value("jwe"_L1).toArray().at(1).toObject();
    const QByteArray token = text(vector, "compact"_L1);
    const QString key = keyOf(vector);
    QCOMPARE(jose({u"decrypt"_s, u"--key"_s, key, u"-"_s}, token).exitCode, 41);
    QCOMPARE(jose({u"decrypt"_s, u"--allow-rsa1_5"_s, u"--key"_s, key, u"-"_s}, token).exitCode, 0);
}

void TestJoseVerb::whatIsSignedByItsNameIsSaid()
{
    const auto file = keep("payload");
    const QString key = keyOfJws(2);
    const auto byName = jose({u"sign"_s, u"--key"_s, key, file});
    QCOMPARE(byName.exitCode, 0);
    QVERIFY2(byName.err.contains(QByteArray('@' + file.toUtf8())), byName.err.constData());
    QVERIFY(jose({u"sign"_s, u"--key"_s, key, u'@' + file}).err.isEmpty());
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
    const QString key = keyOfJws(2);
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
    const QString key = keyOfJws(2);
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
    const QString key = keyOfJws(2);
    const std::pair<QStringList, QByteArray> rows[] = {
        {{u"jwk"_s, u'@' + key, u"--pem"_s, u"-o"_s, u"json"_s}, "--pem"},
        {{u"jwk"_s, u'@' + key, u"--pem"_s, u"--query"_s, u"keys"_s}, "--pem"},
        {{u"verify"_s, u"-"_s, u"--key"_s, key, u"-o"_s, u"text"_s, u"--query"_s, u"a"_s}, "--query"}};
    for (const auto &[arguments, said] : rows) {
        const auto run = jose(arguments, "x");
        QCOMPARE(run.exitCode, 2);
        QVERIFY(run.out.isEmpty());
        QVERIFY2(run.err.contains(said), run.err.constData());
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

void TestJoseVerb::whatIsSignedVerifies()
{
    const QString key = keyOfJws(2);
    const CliRun token = jose({u"sign"_s, u"--typ"_s, u"JWT"_s, u"--key"_s, key, u"-"_s}, "payload");
    QVERIFY2(token.exitCode == 0, token.err.constData());
    const CliRun run = jose({u"verify"_s, u"--key"_s, key, u"-"_s}, token.out);
    QCOMPARE(run.exitCode, 0);
    QCOMPARE(run.out, QByteArray("payload"));
    QCOMPARE(jose({u"sign"_s, u"--alg"_s, u"RS256"_s, u"--key"_s, key, u"-"_s}, "payload").exitCode, 41);
}

void TestJoseVerb::aSignedTokenIsShownOnlyIfThatIsAskedFor()
{
#ifdef Q_OS_WIN
    QSKIP("there are no pseudo-terminals");
#endif
    const QStringList sign{u"jose"_s, u"sign"_s, u"--key"_s, keyOfJws(2), u"payload"_s};
    const auto hidden = runOnTerminal(sign, {});
    QCOMPARE(hidden.exitCode, 0);
    QVERIFY2(hidden.out.contains("--show"), hidden.out.constData());
    QVERIFY2(!hidden.out.contains(".cGF5bG9hZA."), hidden.out.constData());
    const auto json = runOnTerminal(sign + QStringList{u"-o"_s, u"json"_s}, {});
    QVERIFY2(json.out.contains("\"ES256\"") && !json.out.contains("\"token\""), json.out.constData());
    for (const auto &form : {QStringList{}, QStringList{u"-o"_s, u"json"_s}}) {
        const auto shown = runOnTerminal(sign + QStringList{u"--show"_s} + form, {});
        QVERIFY2(shown.out.contains(".cGF5bG9hZA."), shown.out.constData());
    }
}

QTEST_GUILESS_MAIN(TestJoseVerb)
#include "tst_joseverb.moc"

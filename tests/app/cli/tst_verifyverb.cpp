// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "cliprocess.h"

#include "support/codeflow.h"
#include "support/sandboxprocess.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QTemporaryDir>
#include <QtCore/QXmlStreamReader>

using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

// The private key of RFC 7515 A.3.
const QByteArray key = R"({"kty":"EC","crv":"P-256","d":"jpsQnnGQmL-YBIffH1136cspYG6-0iY7X1fCE9-E9LI",)"
                       R"("x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU",)"
                       R"("y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"})";
const QByteArray claims = R"({"iss":"https://op.example","aud":"api","sub":"1","exp":1900000000,"iat":1700000000,)"
                          R"("jti":"a","client_id":"app","scope":"read write","roles":["Admin"]})";
const auto at = u"--at=1800000000"_s;

} // namespace

class TestVerifyVerb : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void whatIsMissingToDecideIsNamed();
    void everyRuleIsReported_data();
    void everyRuleIsReported();
    void theFirstOf41And43And42And44IsTheExit_data();
    void theFirstOf41And43And42And44IsTheExit();
    void whatIsNoTokenExitsWith40();
    void wrongUsageIsNamed_data();
    void wrongUsageIsNamed();
    void aFileWithoutKeysDecidesNothing();
    void nobodyAsksAnEntraTokenForRfc9068();
    void ciServersReadJunit();
    void codeHostsReadSarif();
    void aPolicyIsAFileOfExpectations_data();
    void aPolicyIsAFileOfExpectations();
    void aProfileSaysWhatIsExpectedToo_data();
    void aProfileSaysWhatIsExpectedToo();
    void keysComeFromTheProviderOnlyWhenAsked();
    void aTokenOfAProviderIsBelievedByItsPublishedKeys();

private:
    CliRun verify(const QStringList &more, const QByteArray &token = {});

    QTemporaryDir m_folder;
    QString m_key;
    QByteArray m_token;
};

void TestVerifyVerb::initTestCase()
{
    m_key = m_folder.filePath(u"key.json"_s);
    QFile file(m_key);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(key);
    file.close();
    const auto signedToken = runCli({u"jose"_s, u"sign"_s, u"--typ"_s, u"at+jwt"_s, u"-k"_s, m_key, u"-"_s}, claims);
    QCOMPARE(signedToken.exitCode, 0);
    m_token = signedToken.out.trimmed();
}

CliRun TestVerifyVerb::verify(const QStringList &more, const QByteArray &token)
{
    return runCli(QStringList{u"verify"_s, u"-"_s} + more, token.isEmpty() ? m_token : token);
}

void TestVerifyVerb::whatIsMissingToDecideIsNamed()
{
    const auto open = verify({u"--jwks"_s, m_key, at, u"-o"_s, u"json"_s});
    QCOMPARE(open.exitCode, 2);
    const auto command = u"countersign verify - --jwks %1 %2 -o json --issuer URL --client-id ID"_s.arg(m_key, at);
    QCOMPARE(open.error()[u"fixes"][0][u"command"].toString(), command);
    const auto half = verify({u"--jwks"_s, m_key, at, u"--issuer=https://op.example"_s});
    QCOMPARE(half.exitCode, 2);
    QVERIFY2(half.err.contains("--issuer=https://op.example --client-id ID\n"), half.err.constData());
    const auto nobody = verify({at});
    QCOMPARE(nobody.exitCode, 41);
    QVERIFY2(nobody.err.count('\n') == 2, "what failed, and what helps; neither is said again");
    QVERIFY2(nobody.err.count("no keys") == 1, nobody.err.constData());
}

void TestVerifyVerb::everyRuleIsReported_data()
{
    QTest::addColumn<QString>("format");
    for (const auto *format : {"text", "json", "jsonl", "junit", "sarif", "tap"})
        QTest::newRow(format) << QString::fromLatin1(format);
}

void TestVerifyVerb::everyRuleIsReported()
{
    QFETCH(const QString, format);
    const QStringList rules{u"--jwks"_s,
                            m_key,
                            u"--issuer"_s,
                            u"https://op.example"_s,
                            u"--audience"_s,
                            u"api"_s,
                            u"--scope=read"_s,
                            u"--role=Admin"_s,
                            at,
                            u"-o"_s,
                            format};
    const auto good = verify(rules);
    QVERIFY2(good.exitCode == 0, good.err.constData());
    QVERIFY2(good.err.isEmpty(), good.err.constData());
    QVERIFY(isGolden(u"verify-good."_s + format, good.out));
    const auto bad = verify(rules + QStringList{u"--scope=delete"_s, u"--acr=mfa"_s});
    QCOMPARE(bad.exitCode, 44);
    QVERIFY(isGolden(u"verify-bad."_s + format, bad.out));
}

//! Of a token that is believed otherwise; the options of the last row do not take a policy's demand away.
void TestVerifyVerb::aPolicyIsAFileOfExpectations_data()
{
    QTest::addColumn<QByteArray>("policy");
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<int>("exitCode");
    QTest::addColumn<QByteArray>("said");
    const auto row = [](const char *name, const QByteArray &policy, int exitCode, const QByteArray &said,
                        const QStringList &more = {}) { QTest::newRow(name) << policy << more << exitCode << said; };
    row("met",
        "issuer = 'https://op.example'\naudience = 'api'\ntype = 'access'\nscope = ['read', 'write']\n"
        "role = 'Admin'\nclient_id = 'app'\nleeway = '30s'\n"
        "[claims]\nsub = '1'\niat = 1700000000\nroles = ['Admin']\n",
        0, "passed");
    row("a scope", "scope = 'delete'", 44, "delete");
    row("a role", "role = ['Owner']", 44, "Owner");
    row("a claim that is another one", "[claims]\nsub = '2'", 44, "claim:sub");
    row("a claim of another type", "[claims]\nsub = 1", 44, "claim:sub");
    row("a claim that is missing", "[claims]\nemail_verified = true", 44, "The claim is missing");
    row("a word of a list", "[claims]\nroles = ['Admin', 'Owner']", 44, "Missing: Owner");
    row("the issuer", "issuer = 'https://other.example'", 44, "claim:iss");
    row("the audience", "audience = 'other'", 44, "claim:aud", {u"--audience=api"_s});
    row("the client", "client_id = 'other'", 44, "client", {u"--client-id=app"_s});
    row("a client that the token was not given to", "client_id = 'other'\naudience = 'api'", 44, "Missing: other");
    row("a client of an option", "audience = 'api'", 44, "Missing: other", {u"--client-id=other"_s});
    row("the type", "type = 'logout'", 44, "type", {u"--type=access"_s});
    row("no TOML", "scope", 2, "line 1");
    row("a slip", "scopes = 'read'", 2, "Did you mean 'scope'?");
    row("an empty word", "audience = ''", 2, "audience");
    row("a key", "jwks = 'https://evil.example/jwks'", 2, "'jwks' is not one of");
    row("a control character", "audience = \"a\\u001b[2J\"", 2, "control character");
    row("no table", "claims = 'sub'", 2, "[claims]");
    row("no type", "type = 'acces'", 2, "Did you mean 'access'?");
    row("no span", "leeway = 'soon'", 2, "'soon'");
    row("too much leeway", "leeway = '1h'", 2, "5 minutes");
}

void TestVerifyVerb::aPolicyIsAFileOfExpectations()
{
    QFETCH(const QByteArray, policy);
    QFETCH(const QStringList, more);
    QFETCH(const int, exitCode);
    QFETCH(const QByteArray, said);
    QFile file(m_folder.filePath(u"policy.toml"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(policy);
    file.close();
    QStringList rules{u"--jwks"_s, m_key, u"--issuer"_s, u"https://op.example"_s, at, u"--policy"_s, file.fileName()};
    if (!policy.contains("audience") && more.isEmpty())
        rules.append(u"--audience=api"_s);
    if (more.value(0).startsWith("--client-id"_L1) || more.value(0).startsWith("--type"_L1))
        rules.append(u"--audience=api"_s);
    const auto run = verify(rules + more);
    QVERIFY2(run.exitCode == exitCode, QByteArray(run.out + run.err).constData());
    QVERIFY2(QByteArray(run.out + run.err).contains(said), QByteArray(run.out + run.err).constData());
    QVERIFY(exitCode != 2 || run.out.isEmpty());
    QVERIFY(!run.err.contains('\x1b'));
}

void TestVerifyVerb::aProfileSaysWhatIsExpectedToo_data()
{
    QTest::addColumn<QByteArray>("expectations");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("met") << QByteArray(R"({"audience":"api","scope":["read"],"role":["Admin"],"claims":{"sub":"1"}})")
                         << 0;
    QTest::newRow("another audience") << QByteArray(R"({"audience":"other"})") << 43;
    QTest::newRow("RFC 9068 2.2.3 a scope is missing") << QByteArray(R"({"audience":"api","scope":["delete"]})") << 44;
    QTest::newRow("RFC 9068 2.2.3.1 a role is missing") << QByteArray(R"({"audience":"api","role":["Owner"]})") << 44;
    QTest::newRow("RFC 9470 not as strong") << QByteArray(R"({"audience":"api","acr":["high"]})") << 44;
    QTest::newRow("of another client") << QByteArray(R"({"audience":"api","client_id":"other"})") << 44;
    QTest::newRow("another claim") << QByteArray(R"({"audience":"api","claims":{"sub":"2"}})") << 44;
}

void TestVerifyVerb::aProfileSaysWhatIsExpectedToo()
{
    QFETCH(QByteArray, expectations);
    QFETCH(int, exitCode);
    QFile file(m_folder.filePath(u"profiles.json"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(R"({"profiles":[{"id":"lab","issuer":"https://op.example","client_id":"app","expectations":)"
               + expectations + "}]}");
    file.close();
    const auto run =
        runCli({u"verify"_s, u"-"_s, u"--profile"_s, u"lab"_s, u"--jwks"_s, m_key, u"--type"_s, u"access"_s, at},
               m_token, {{u"COUNTERSIGN_PROFILES"_s, file.fileName()}});
    QVERIFY2(run.exitCode == exitCode, QByteArray(run.out + run.err).constData());
}

void TestVerifyVerb::theFirstOf41And43And42And44IsTheExit_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<int>("exitCode");
    const QStringList sound{u"--jwks"_s, u"KEY"_s, u"--issuer=https://op.example"_s, u"--audience=api"_s};
    QTest::newRow("believed") << (sound + QStringList{at}) << 0;
    QTest::newRow("expired") << (sound + QStringList{u"--at=2000000000"_s}) << 42;
    QTest::newRow("not yet") << (sound + QStringList{u"--at=2020-01-01T00:00:00Z"_s}) << 42;
    QTest::newRow("expired within the leeway") << (sound + QStringList{u"--at=1900000200"_s, u"--leeway=5m"_s}) << 0;
    QTest::newRow("policy") << (sound + QStringList{at, u"--role=Owner"_s}) << 44;
    QTest::newRow("time before policy") << (sound + QStringList{u"--at=2000000000"_s, u"--role=Owner"_s}) << 42;
    QTest::newRow("audience before time") << QStringList{u"--jwks"_s, u"KEY"_s, u"--issuer=https://op.example"_s,
                                                         u"--audience=other"_s, u"--at=2000000000"_s}
                                          << 43;
    QTest::newRow("issuer") << QStringList{u"--jwks"_s, u"KEY"_s, u"--issuer=https://evil.example"_s,
                                           u"--audience=api"_s, at}
                            << 43;
    QTest::newRow("signature before all")
        << QStringList{u"--jwks"_s, u"OTHER"_s, u"--issuer=https://evil.example"_s, u"--audience=other"_s} << 41;
    QTest::newRow("nobody said which issuer") << QStringList{u"--jwks"_s, u"KEY"_s, u"--audience=api"_s, at} << 2;
}

void TestVerifyVerb::theFirstOf41And43And42And44IsTheExit()
{
    QFETCH(QStringList, more);
    QFETCH(const int, exitCode);
    const auto other = m_folder.filePath(u"other.json"_s);
    QFile file(other);
    QVERIFY(file.open(QIODevice::WriteOnly));
    // The public key of RFC 7515 A.4 stands for a wrong one.
    file.write(R"({"kty":"EC","crv":"P-256","x":"MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",)"
               R"("y":"4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM"})");
    file.close();
    more.replaceInStrings(u"KEY"_s, m_key).replaceInStrings(u"OTHER"_s, other);
    const auto run = verify(more + QStringList{u"-o"_s, u"json"_s});
    QVERIFY2(run.exitCode == exitCode, QByteArray(run.out + run.err).constData());
    QCOMPARE(run.json()[u"exit"].toInt(), exitCode);
    QCOMPARE(run.json()[u"passed"].toBool(), exitCode == 0);
    QCOMPARE(run.err.isEmpty(), exitCode == 0);
    if (exitCode != 0)
        QCOMPARE(run.error()[u"exit"].toInt(), exitCode);
}

void TestVerifyVerb::whatIsNoTokenExitsWith40()
{
    for (const QByteArray input : {"hello", "a.b.c", "eyJhbGciOiJub25lIn0.e30"}) {
        const auto run = verify({u"--jwks"_s, m_key, u"-o"_s, u"json"_s}, input);
        QCOMPARE(run.exitCode, 40);
        QVERIFY(run.out.isEmpty());
        QCOMPARE(run.error()[u"reason"].toString(), u"token_malformed"_s);
    }
}

void TestVerifyVerb::wrongUsageIsNamed_data()
{
    QTest::addColumn<QStringList>("more");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("a time") << QStringList{u"--at=tomorrow"_s} << QByteArray("'tomorrow'");
    QTest::newRow("too much leeway") << QStringList{u"--leeway=1h"_s} << QByteArray("--leeway");
    QTest::newRow("no such file") << QStringList{u"--jwks=/nowhere"_s} << QByteArray("'/nowhere'");
    QTest::newRow("a format") << QStringList{u"-o"_s, u"junti"_s} << QByteArray("'junit'");
    QTest::newRow("an issuer") << QStringList{u"--issuer=op"_s} << QByteArray("'op'");
}

void TestVerifyVerb::wrongUsageIsNamed()
{
    QFETCH(const QStringList, more);
    QFETCH(const QByteArray, word);
    const auto run = verify(more);
    QCOMPARE(run.exitCode, 2);
    QVERIFY(run.out.isEmpty());
    QVERIFY2(run.err.contains(word), run.err.constData());
}

//! As `jose verify` says: there is no key to decide it.
void TestVerifyVerb::aFileWithoutKeysDecidesNothing()
{
    const auto run = verify({u"--jwks=/dev/null"_s, u"-o"_s, u"json"_s});
    QCOMPARE(run.exitCode, 41);
    QVERIFY(run.out.isEmpty());
    QCOMPARE(run.error()[u"reason"].toString(), u"key_not_found"_s);
    QVERIFY2(run.err.contains("'/dev/null' holds no keys") && run.err.contains("countersign issuer keys"),
             run.err.constData());
}

void TestVerifyVerb::nobodyAsksAnEntraTokenForRfc9068()
{
    const auto made = runCli({u"jose"_s, u"sign"_s, u"-k"_s, m_key, u"-"_s},
                             R"({"iss":"https://sts.windows.net/7a433bfc-2514-4697-b467-e0933190487f/","aud":"api",)"
                             R"("sub":"1","exp":1900000000,"iat":1700000000,"appid":"app","scp":"read","ver":"1.0"})");
    QCOMPARE(made.exitCode, 0);
    const QStringList rules{u"--jwks"_s, m_key,
                            u"--issuer=https://sts.windows.net/7a433bfc-2514-4697-b467-e0933190487f/"_s,
                            u"--audience=api"_s, at};
    const auto guessed = verify(rules, made.out.trimmed());
    QVERIFY2(guessed.exitCode == 0, guessed.out.constData());
    // Who asks for it by name gets it.
    QCOMPARE(verify(rules + QStringList{u"--type=access"_s}, made.out.trimmed()).exitCode, 44);
}

void TestVerifyVerb::ciServersReadJunit()
{
    const auto run =
        verify({u"--jwks"_s, m_key, u"--issuer=https://op.example"_s, u"--audience=other"_s, at, u"-o"_s, u"junit"_s});
    QCOMPARE(run.exitCode, 43);
    QXmlStreamReader xml(run.out);
    int cases = 0;
    int failures = 0;
    int announced = -1;
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement)
            continue;
        if (xml.name() == "testsuite"_L1)
            announced = xml.attributes().value("tests"_L1).toInt();
        cases += xml.name() == "testcase"_L1 ? 1 : 0;
        failures += xml.name() == "failure"_L1 ? 1 : 0;
    }
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
    QCOMPARE(cases, announced);
    QCOMPARE(failures, 1);
}

void TestVerifyVerb::codeHostsReadSarif()
{
    const auto run =
        verify({u"--jwks"_s, m_key, u"--issuer=https://op.example"_s, u"--audience=other"_s, at, u"-o"_s, u"sarif"_s});
    QCOMPARE(run.json()[u"version"].toString(), u"2.1.0"_s);
    const auto first = run.json()[u"runs"].toArray().first().toObject();
    QStringList rules;
    for (const auto &rule : first[u"tool"][u"driver"][u"rules"].toArray())
        rules.append(rule[u"id"].toString());
    int failures = 0;
    const auto results = first[u"results"].toArray();
    for (const auto &result : results) {
        QVERIFY(rules.contains(result[u"ruleId"].toString()));
        QVERIFY(!result[u"message"][u"text"].toString().isEmpty());
        const bool isFailure = result[u"kind"].toString() == "fail"_L1;
        failures += isFailure ? 1 : 0;
        // SARIF 2.1.0 §3.27.10
        QCOMPARE(result[u"level"].toString() == "none"_L1, !isFailure);
    }
    QCOMPARE(failures, 1);
}

void TestVerifyVerb::keysComeFromTheProviderOnlyWhenAsked()
{
    // Port 9 of this machine answers nobody: a request would fail with 20.
    const QStringList named{u"--issuer=http://127.0.0.1:9"_s, u"--audience=api"_s, at};
    QCOMPARE(verify(named).exitCode, 20);
    const auto offline = verify(named + QStringList{u"--offline"_s});
    QCOMPARE(offline.exitCode, 41);
    QVERIFY2(offline.err.contains("no keys"), offline.err.constData());
    const auto json = verify({u"--offline"_s, u"-o"_s, u"json"_s});
    QCOMPARE(json.exitCode, 41);
    QVERIFY2(json.err.count('\n') == 1, "standard error is for the JSON of the failure alone");
    QCOMPARE(verify(named + QStringList{u"--jwks"_s, m_key}).exitCode, 43);
    QCOMPARE(verify(named + QStringList{u"--jwks=http://127.0.0.1:9/keys"_s}).exitCode, 20);
}

void TestVerifyVerb::aTokenOfAProviderIsBelievedByItsPublishedKeys()
{
    SandboxProcess sandbox;
    QVERIFY2(sandbox.start({u"--approve"_s, u"ada"_s}), qPrintable(sandbox.problem()));
    const CodeFlow flow{.issuer = sandbox.issuer(),
                        .authorizationEndpoint = sandbox.endpoint(u"/authorize"_s).toString(),
                        .tokenEndpoint = sandbox.endpoint(u"/token"_s).toString(),
                        .clientId = u"sandbox-native"_s};
    const auto redirect = httpCall("GET", flow.authorizationUrl()).location();
    const auto answer = flow.redeem(parameter(redirect, u"code"_s)).json();
    const auto token = answer[u"id_token"].toString().toUtf8();
    QVERIFY(!token.isEmpty());
    const auto good =
        verify({u"--issuer"_s, sandbox.issuer(), u"--client-id=sandbox-native"_s, u"-o"_s, u"json"_s}, token);
    QVERIFY2(good.exitCode == 0, QByteArray(good.out + good.err).constData());
    QVERIFY2(good.err.contains("Fetching"), "whoever touches the network says so");
    const auto other = verify({u"--issuer"_s, sandbox.issuer(), u"--client-id=other"_s}, token);
    QCOMPARE(other.exitCode, 43);
}

QTEST_GUILESS_MAIN(TestVerifyVerb)
#include "tst_verifyverb.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "josevectors.h"

#include <countersign/jose/jws.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Jose;
using namespace Qt::StringLiterals;

Q_DECLARE_METATYPE(QJsonObject)

namespace {

const Jwk &keyOf(JwkKind kind)
{
    static std::map<JwkKind, Jwk> keys;
    auto found = keys.find(kind);
    if (found == keys.end())
        found = keys.emplace(kind, *Jwk::generate(kind, u"k"_s)).first;
    return found->second;
}

QByteArray signedBy(const Jwk &key, const QByteArray &header, const QByteArray &payload = "payload")
{
    const auto token = signCompact(header, payload, key);
    return token ? *token : QByteArray();
}

// A token whose signature is right for what stands before it, whatever the header says.
QByteArray forged(const QByteArray &header, const Jwk &key, Algorithm algorithm, const QByteArray &payload = "payload")
{
    const QByteArray input = encodeBase64Url(header) + '.' + encodeBase64Url(payload);
    return input + '.' + encodeBase64Url(*makeSignature(algorithm, input, key));
}

} // namespace

class TestJws final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theExamplesVerify_data();
    void theExamplesVerify();
    void theDeterministicExamplesAreReproduced_data() { theExamplesVerify_data(); }
    void theDeterministicExamplesAreReproduced();
    void aChangedExampleIsRefused_data() { theExamplesVerify_data(); }
    void aChangedExampleIsRefused();
    void whatWasSignedVerifies_data();
    void whatWasSignedVerifies();
    void theUnsecuredExampleIsRefused();
    void theExampleWithAnUnknownExtensionIsRefused();
    void noneNeverVerifies_data();
    void noneNeverVerifies();
    void aPublicKeyIsNoSecret_data();
    void aPublicKeyIsNoSecret();
    void keysInTheHeaderAreNotUsed();
    void aTokenOfAnotherShapeIsNone_data();
    void aTokenOfAnotherShapeIsNone();
    void headersOutsideTheRulesAreRefused_data();
    void headersOutsideTheRulesAreRefused();
    void anUnderstoodExtensionIsAccepted();
    void rsaPaddingsAreNotExchanged();
    void aDerSignatureIsRefused();
    void curvesAreNotExchanged();
    void theCallerDecidesTheAlgorithms();
    void generalNeedsOneOrEverySignature();
    void flattenedAndGeneralAreNotMixed_data();
    void flattenedAndGeneralAreNotMixed();
    void unencodedPayloadsNeedCrit();
    void detachedPayloadsComeFromTheCaller();
    void encryptionIsNoSignature();
};

void TestJws::theExamplesVerify_data()
{
    QTest::addColumn<QJsonObject>("vector");
    const QStringList files{u"rfc7515.json"_s, u"rfc7520.json"_s, u"rfc7797.json"_s, u"rfc8037.json"_s};
    for (const auto &[name, vector] : Vectors::examples("jws", files))
        QTest::newRow(name.constData()) << vector;
}

void TestJws::theExamplesVerify()
{
    QFETCH(const QJsonObject, vector);
    const JwkSet keys({Vectors::key(vector)});
    JwsRules rules;
    const QByteArray payload = Vectors::bytes(vector, "payload");
    if (vector.value("detached"_L1).toBool())
        rules.detachedPayload = payload;
    int forms = 0;
    for (const char *form : {"compact", "flattened", "general"}) {
        const QByteArray token = Vectors::text(vector, form);
        if (token.isEmpty())
            continue;
        ++forms;
        const auto verified = verifyJws(token, keys, rules);
        QVERIFY2(verified, form);
        QCOMPARE(verified->payload, payload);
    }
    QVERIFY(forms > 0);
}

void TestJws::theDeterministicExamplesAreReproduced()
{
    QFETCH(const QJsonObject, vector);
    if (!vector.contains("protected"_L1))
        return;
    const Jwk key = Vectors::key(vector);
    const QByteArray payload = Vectors::bytes(vector, "payload");
    const QByteArray header = Vectors::text(vector, "protected");
    const bool isDeterministic = vector.value("deterministic"_L1).toBool();
    const QByteArray compact = Vectors::text(vector, "compact");
    if (!compact.isEmpty() && !vector.value("detached"_L1).toBool()) {
        const auto token = signCompact(header, payload, key);
        QVERIFY(token);
        QCOMPARE(*token == compact, isDeterministic);
        QVERIFY(verifyJws(*token, JwkSet({key})));
    }
    const JwsSigner signer{header, Vectors::text(vector, "unprotected"), key};
    for (const auto &[name, form] : {std::pair{"flattened", JwsForm::Flattened}, {"general", JwsForm::General}}) {
        const QByteArray expected = Vectors::text(vector, name);
        if (expected.isEmpty())
            continue;
        const auto token = signJson(form, {signer}, payload);
        QVERIFY(token);
        QCOMPARE(QJsonDocument::fromJson(*token) == QJsonDocument::fromJson(expected), isDeterministic);
    }
}

void TestJws::aChangedExampleIsRefused()
{
    QFETCH(const QJsonObject, vector);
    const QByteArray token = Vectors::text(vector, "compact");
    if (token.isEmpty())
        return;
    const JwkSet keys({Vectors::key(vector)});
    JwsRules rules;
    if (vector.value("detached"_L1).toBool())
        rules.detachedPayload = Vectors::bytes(vector, "payload");
    for (qsizetype at = 0; at < token.size(); at += 7) {
        QByteArray changed = token;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        if (changed != token)
            QVERIFY(!verifyJws(changed, keys, rules));
    }
    QVERIFY(!verifyJws(token, JwkSet({*Jwk::generate(JwkKind::P256)}), rules));
    QVERIFY(!verifyJws(token, JwkSet(), rules));
}

void TestJws::whatWasSignedVerifies_data()
{
    QTest::addColumn<int>("algorithm");
    QTest::addColumn<int>("kind");
    const QList<std::pair<Algorithm, JwkKind>> rows{
        {Algorithm::RS256, JwkKind::Rsa2048}, {Algorithm::RS384, JwkKind::Rsa2048},
        {Algorithm::RS512, JwkKind::Rsa2048}, {Algorithm::PS256, JwkKind::Rsa2048},
        {Algorithm::PS384, JwkKind::Rsa2048}, {Algorithm::PS512, JwkKind::Rsa2048},
        {Algorithm::ES256, JwkKind::P256},    {Algorithm::ES384, JwkKind::P384},
        {Algorithm::ES512, JwkKind::P521},    {Algorithm::EdDSA, JwkKind::Ed25519},
        {Algorithm::EdDSA, JwkKind::Ed448},   {Algorithm::HS256, JwkKind::Oct512},
        {Algorithm::HS384, JwkKind::Oct512},  {Algorithm::HS512, JwkKind::Oct512}};
    for (const auto &[algorithm, kind] : rows)
        QTest::addRow("%s kind %d", name(algorithm).data(), int(kind)) << int(algorithm) << int(kind);
}

void TestJws::whatWasSignedVerifies()
{
    QFETCH(const int, algorithm);
    QFETCH(const int, kind);
    const Jwk &key = keyOf(JwkKind(kind));
    SigningHeader header;
    header.algorithm = Algorithm(algorithm);
    header.type = u"at+jwt"_s;
    header.keyId = u"k"_s;
    header.others = *JsonObject::parse(QByteArray(R"({"x":[1,{"y":null}]})"));
    const auto token = signCompact(header, "payload", key);
    QVERIFY(token);
    const auto verified = verifyJws(*token, JwkSet({key}));
    QVERIFY(verified);
    QCOMPARE(verified->payload, QByteArray("payload"));
    QCOMPARE(int(verified->algorithm), algorithm);
    QCOMPARE(verified->keyId, u"k"_s);
    QCOMPARE(verified->protectedHeader,
             QByteArray("{\"alg\":\"" + QByteArray(name(header.algorithm).data())
                        + R"(","typ":"at+jwt","kid":"k","x":[1,{"y":null}]})"));
}

void TestJws::theUnsecuredExampleIsRefused()
{
    // RFC 7515 appendix A.5: well formed, and believed by nobody here.
    const QByteArray token =
        "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLm"
        "NvbS9pc19yb290Ijp0cnVlfQ.";
    for (const JwkSet &keys : {JwkSet(), JwkSet({keyOf(JwkKind::Rsa2048)}), JwkSet({keyOf(JwkKind::Oct256)})}) {
        const auto verified = verifyJws(token, keys);
        QVERIFY(!verified);
        QCOMPARE(verified.error().code(), ErrorCode::SecurityCheckFailed);
    }
}

void TestJws::theExampleWithAnUnknownExtensionIsRefused()
{
    // RFC 7515 appendix E: "crit" names what nobody understands.
    const QByteArray token = "eyJhbGciOiJub25lIiwNCiAiY3JpdCI6WyJodHRwOi8vZXhhbXBsZS5jb20vVU5ERUZJTkVEIl0sDQogImh0dHA6L"
                             "y9leGFtcGxlLmNvbS9VTkRFRklORUQiOnRydWUNCn0.RkFJTA.";
    QVERIFY(decodeBase64Url(token.split('.').first())->contains(R"("crit":["http://example.com/UNDEFINED"])"));
    const auto refused = verifyJws(token, JwkSet({keyOf(JwkKind::Oct256)}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), ErrorCode::SecurityCheckFailed);
}

void TestJws::noneNeverVerifies_data()
{
    // D.1 row 1
    QTest::addColumn<QByteArray>("header");
    for (const char *value : {R"("none")", R"("None")", R"("NONE")", R"("nOnE")", R"("none ")", R"("")", "null", "0",
                              R"(["none"])", R"({})", "false"})
        QTest::newRow(value) << QByteArray(QByteArray(R"({"alg":)") + value + R"(,"kid":"k"})");
    QTest::newRow("missing") << QByteArray(R"({"kid":"k"})");
    QTest::newRow("empty") << QByteArray("{}");
}

void TestJws::noneNeverVerifies()
{
    QFETCH(const QByteArray, header);
    const Jwk &key = keyOf(JwkKind::Rsa2048);
    const QByteArray input = encodeBase64Url(header) + '.' + encodeBase64Url("payload") + '.';
    const QByteArray kept = signedBy(key, R"({"alg":"RS256"})").split('.').last();
    for (const QByteArray &signature : {QByteArray(), encodeBase64Url("random"), kept}) {
        const auto verified = verifyJws(QByteArray(input + signature), JwkSet({key}));
        QVERIFY(!verified);
        QCOMPARE(verified.error().code(), ErrorCode::SecurityCheckFailed);
    }
    QVERIFY(!signCompact(header, "payload", key));
}

void TestJws::aPublicKeyIsNoSecret_data()
{
    // D.1 rows 2 and 3 (CVE-2016-10555, CVE-2024-33663): what an attacker may take for the MAC secret.
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("secret");
    for (const JwkKind kind : {JwkKind::Rsa2048, JwkKind::P256, JwkKind::Ed25519}) {
        const Jwk &key = keyOf(kind);
        const QByteArray pem = key.asymmetricKey()->publicPem();
        QTest::addRow("PEM of kind %d", int(kind)) << int(kind) << pem;
        QTest::addRow("PEM without its last line end, kind %d", int(kind)) << int(kind) << pem.trimmed();
        QTest::addRow("DER of kind %d", int(kind)) << int(kind) << key.asymmetricKey()->publicDer();
        QTest::addRow("JWK of kind %d", int(kind)) << int(kind) << key.toJson();
        QTest::addRow("numbers of kind %d", int(kind))
            << int(kind) << QByteArray(key.asymmetricKey()->publicNumbers().n + key.asymmetricKey()->publicNumbers().x);
    }
}

void TestJws::aPublicKeyIsNoSecret()
{
    QFETCH(const int, kind);
    QFETCH(const QByteArray, secret);
    const QByteArray token = signedBy(Jwk::fromSecret(Secret::copyOf(secret)), R"({"alg":"HS256","kid":"k"})");
    QVERIFY(!token.isEmpty());
    const auto verified = verifyJws(token, JwkSet({keyOf(JwkKind(kind)).publicJwk()}));
    QVERIFY(!verified);
    QCOMPARE(verified.error().cause(), ErrorCause::KeyNotFound);
}

// Security rule B.115.
void TestJws::keysInTheHeaderAreNotUsed()
{
    // D.1 rows 4 to 6 (CVE-2018-0114)
    const Jwk &attacker = keyOf(JwkKind::P256);
    const Jwk victim = Jwk::generate(JwkKind::P256, u"k"_s)->publicJwk();
    const QByteArrayList headers{
        R"({"alg":"ES256","kid":"k","jwk":)" + attacker.toJson() + '}',
        R"({"alg":"ES256","kid":"k","jku":"https://attacker.example/jwks"})",
        R"({"alg":"ES256","kid":"k","jku":"http://169.254.169.254/"})",
        R"({"alg":"ES256","kid":"k","x5u":"file:///etc/passwd"})",
        R"({"alg":"ES256","kid":"k","x5c":["AAAA"]})",
    };
    for (const QByteArray &header : headers) {
        const QByteArray token = signedBy(attacker, header);
        QVERIFY(!verifyJws(token, JwkSet({victim})));
        QVERIFY(!verifyJws(token, JwkSet()));
        // With the right key they are no obstacle.
        QVERIFY(verifyJws(token, JwkSet({attacker.publicJwk()})));
    }
}

void TestJws::aTokenOfAnotherShapeIsNone_data()
{
    QTest::addColumn<QByteArray>("token");
    const Jwk &key = keyOf(JwkKind::P256);
    const QByteArray good = signedBy(key, R"({"alg":"ES256"})");
    const QByteArrayList parts = good.split('.');
    const auto withHeader = [&parts](const QByteArray &header) {
        return QByteArray(encodeBase64Url(header) + '.' + parts[1] + '.' + parts[2]);
    };
    // D.1 row 18
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("one part") << parts[0];
    QTest::newRow("two parts") << QByteArray(parts[0] + '.' + parts[1]);
    QTest::newRow("four parts") << QByteArray(good + '.' + parts[1]);
    QTest::newRow("five parts") << QByteArray(good + ".a.b");
    QTest::newRow("leading dot") << QByteArray('.' + good);
    QTest::newRow("trailing dot") << QByteArray(good + '.');
    QTest::newRow("dots only") << QByteArray("..");
    // row 19
    QTest::newRow("padding") << QByteArray(good + "==");
    QTest::newRow("space") << QByteArray(good + ' ');
    QTest::newRow("line end") << QByteArray(good + '\n');
    QTest::newRow("NUL") << QByteArray(good + '\0');
    QTest::newRow("standard alphabet") << QByteArray(parts[0] + '.' + parts[1] + ".++//");
    QTest::newRow("1 mod 4") << QByteArray(parts[0] + '.' + parts[1] + ".AAAAA");
    QTest::newRow("trailing bits") << QByteArray(parts[0] + ".YWF." + parts[2]);
    QTest::newRow("question mark in the payload") << QByteArray(parts[0] + ".YWFh?." + parts[2]);
    // rows 20, 22, 25, 26
    QTest::newRow("duplicate alg") << withHeader(R"({"alg":"ES256","alg":"none"})");
    QTest::newRow("escaped duplicate") << withHeader(R"({"alg":"ES256","\u0061lg":"none"})");
    QTest::newRow("byte order mark") << withHeader("\xef\xbb\xbf{\"alg\":\"ES256\"}");
    QTest::newRow("invalid UTF-8") << withHeader("{\"alg\":\"ES256\",\"x\":\"\xc0\xaf\"}");
    QTest::newRow("trailing data") << withHeader(R"({"alg":"ES256"}{})");
    QTest::newRow("no object") << withHeader(R"("ES256")");
    QTest::newRow("deep header") << withHeader(
        QByteArray(R"({"alg":"ES256","x":)" + QByteArray(1000, '[') + QByteArray(1000, ']') + '}'));
    QTest::newRow("1 MiB header") << withHeader(
        QByteArray(R"({"alg":"ES256","x":")" + QByteArray(1 << 20, 'x') + "\"}"));
    // row 7
    QTest::newRow("kid is a number") << withHeader(R"({"alg":"ES256","kid":1})");
    QTest::newRow("kid is an object") << withHeader(R"({"alg":"ES256","kid":{}})");
    // row 45
    QTest::newRow("SD-JWT") << QByteArray(good + "~WyJhIiwgImIiXQ~");
    QTest::newRow("PASETO") << QByteArray("v4.public.AAAA");
    QTest::newRow("too large") << QByteArray(5 * 1024 * 1024, 'A');
}

void TestJws::aTokenOfAnotherShapeIsNone()
{
    QFETCH(const QByteArray, token);
    const auto verified = verifyJws(token, JwkSet({keyOf(JwkKind::P256)}));
    QVERIFY(!verified);
    QCOMPARE(verified.error().cause(), ErrorCause::TokenMalformed);
}

void TestJws::headersOutsideTheRulesAreRefused_data()
{
    QTest::addColumn<QByteArray>("header");
    // D.1 row 28
    QTest::newRow("unknown extension") << QByteArray(R"({"alg":"ES256","crit":["x"],"x":1})");
    QTest::newRow("empty crit") << QByteArray(R"({"alg":"ES256","crit":[]})");
    QTest::newRow("crit twice the same") << QByteArray(R"({"alg":"ES256","crit":["b64","b64"],"b64":true})");
    QTest::newRow("crit is text") << QByteArray(R"({"alg":"ES256","crit":"b64","b64":true})");
    QTest::newRow("crit is null") << QByteArray(R"({"alg":"ES256","crit":null})");
    QTest::newRow("crit of numbers") << QByteArray(R"({"alg":"ES256","crit":[1]})");
    QTest::newRow("crit names alg") << QByteArray(R"({"alg":"ES256","crit":["alg"]})");
    QTest::newRow("crit names crit") << QByteArray(R"({"alg":"ES256","crit":["crit"]})");
    QTest::newRow("crit names what is not there") << QByteArray(R"({"alg":"ES256","crit":["b64"]})");
    // row 29
    QTest::newRow("b64 false without crit (RFC 7797 §6)") << QByteArray(R"({"alg":"ES256","b64":false})");
    QTest::newRow("b64 is text") << QByteArray(R"({"alg":"ES256","crit":["b64"],"b64":"false"})");
    QTest::newRow("b64 is null") << QByteArray(R"({"alg":"ES256","crit":["b64"],"b64":null})");
    // row 9, 12
    QTest::newRow("another algorithm") << QByteArray(R"({"alg":"ES384"})");
    QTest::newRow("ES256K") << QByteArray(R"({"alg":"ES256K"})");
    QTest::newRow("alg in another case") << QByteArray(R"({"alg":"es256"})");
    QTest::newRow("alg of encryption") << QByteArray(R"({"alg":"dir"})");
    // row 7
    QTest::newRow("kid of a path") << QByteArray(R"({"alg":"ES256","kid":"../../dev/null"})");
    QTest::newRow("kid with NUL") << QByteArray(R"({"alg":"ES256","kid":"k\u0000"})");
    QTest::newRow("kid of SQL") << QByteArray(R"({"alg":"ES256","kid":"' OR 1=1 --"})");
    QTest::newRow("empty kid") << QByteArray(R"({"alg":"ES256","kid":""})");
    QTest::newRow("10 kB kid") << QByteArray(R"({"alg":"ES256","kid":")" + QByteArray(10000, 'k') + "\"}");
}

// Security rule B.116.
void TestJws::headersOutsideTheRulesAreRefused()
{
    QFETCH(const QByteArray, header);
    const auto verified =
        verifyJws(forged(header, keyOf(JwkKind::P256), Algorithm::ES256), JwkSet({keyOf(JwkKind::P256)}));
    QVERIFY(!verified);
    QCOMPARE(verified.error().code(), ErrorCode::SecurityCheckFailed);
}

void TestJws::anUnderstoodExtensionIsAccepted()
{
    const Jwk &key = keyOf(JwkKind::P256);
    const QByteArray token = signedBy(key, R"({"alg":"ES256","crit":["http://x"],"http://x":1})");
    QVERIFY(!verifyJws(token, JwkSet({key})));
    JwsRules rules;
    rules.understood = QStringList{u"http://x"_s};
    QVERIFY(verifyJws(token, JwkSet({key}), rules));
}

void TestJws::rsaPaddingsAreNotExchanged()
{
    // D.1 row 15
    const Jwk &key = keyOf(JwkKind::Rsa2048);
    QVERIFY(!verifyJws(forged(R"({"alg":"PS256"})", key, Algorithm::RS256), JwkSet({key})));
    QVERIFY(!verifyJws(forged(R"({"alg":"RS256"})", key, Algorithm::PS256), JwkSet({key})));
    QVERIFY(!verifyJws(forged(R"({"alg":"RS512"})", key, Algorithm::RS256), JwkSet({key})));
    QVERIFY(!verifyJws(forged(R"({"alg":"PS512"})", key, Algorithm::PS256), JwkSet({key})));
    QVERIFY(verifyJws(forged(R"({"alg":"PS256"})", key, Algorithm::PS256), JwkSet({key})));
}

void TestJws::aDerSignatureIsRefused()
{
    // D.1 row 11
    const Jwk &key = keyOf(JwkKind::P256);
    const QByteArray input = encodeBase64Url(R"({"alg":"ES256"})") + ".YQ";
    const QByteArray rs = *makeSignature(Algorithm::ES256, input, key);
    QVERIFY(verifyJws(QByteArray(input + '.' + encodeBase64Url(rs)), JwkSet({key})));
    const auto integer = [](const QByteArray &value) {
        const QByteArray padded = '\0' + value;
        return QByteArray(QByteArray("\x02\x21") + padded);
    };
    const QByteArray body = integer(rs.first(32)) + integer(rs.last(32));
    const QByteArray der = "\x30" + QByteArray(1, static_cast<char>(body.size())) + body;
    for (const QByteArray &wrong :
         {der, rs.first(63), QByteArray(rs + '\0'), QByteArray(rs + rs), QByteArray(64, '\0')})
        QVERIFY(!verifyJws(QByteArray(input + '.' + encodeBase64Url(wrong)), JwkSet({key})));
}

void TestJws::curvesAreNotExchanged()
{
    // D.1 rows 12 and 17
    QVERIFY(!verifyJws(forged(R"({"alg":"ES256"})", keyOf(JwkKind::P384), Algorithm::ES384),
                       JwkSet({keyOf(JwkKind::P384)})));
    const QByteArray token = signedBy(keyOf(JwkKind::Ed25519), R"({"alg":"EdDSA"})");
    QVERIFY(!verifyJws(token, JwkSet({keyOf(JwkKind::Ed448)})));
    QVERIFY(!verifyJws(token, JwkSet({keyOf(JwkKind::X25519)})));
}

// Security rule B.113.
void TestJws::theCallerDecidesTheAlgorithms()
{
    const Jwk &key = keyOf(JwkKind::Rsa2048);
    const QByteArray token = signedBy(key, R"({"alg":"PS256"})");
    JwsRules rules;
    rules.allowed = Algorithms{Algorithm::RS256};
    QVERIFY(!verifyJws(token, JwkSet({key}), rules));
    rules.allowed.insert(Algorithm::PS256);
    QVERIFY(verifyJws(token, JwkSet({key}), rules));
    rules.allowed = {};
    QVERIFY(!verifyJws(token, JwkSet({key}), rules));
}

void TestJws::generalNeedsOneOrEverySignature()
{
    // D.1 row 30
    const Jwk &ec = keyOf(JwkKind::P256);
    const Jwk &rsa = keyOf(JwkKind::Rsa2048);
    const Jwk stranger = *Jwk::generate(JwkKind::P384);
    const auto token = signJson(JwsForm::General,
                                {{R"({"alg":"ES384"})", {}, stranger},
                                 {R"({"alg":"ES256"})", R"({"kid":"k"})", ec},
                                 {{}, R"({"alg":"RS256"})", rsa}},
                                "payload");
    QVERIFY(token);
    const auto verified = verifyJws(*token, JwkSet({ec, rsa}));
    QVERIFY(verified);
    QCOMPARE(verified->algorithm, Algorithm::ES256);
    JwsRules rules;
    rules.requireEverySignature = true;
    QVERIFY(!verifyJws(*token, JwkSet({ec, rsa}), rules));
    QVERIFY(verifyJws(*token, JwkSet({ec, rsa, stranger}), rules));
    QVERIFY(!verifyJws(*token, JwkSet({keyOf(JwkKind::Ed25519)})));
}

void TestJws::flattenedAndGeneralAreNotMixed_data()
{
    QTest::addColumn<QByteArray>("token");
    const QByteArray h = encodeBase64Url(R"({"alg":"ES256"})");
    const QByteArray s = signedBy(keyOf(JwkKind::P256), R"({"alg":"ES256"})").split('.').last();
    const QByteArray part = "\"protected\":\"" + h + "\",\"signature\":\"" + s + "\"";
    const QByteArray payload = "\"payload\":\"cGF5bG9hZA\"";
    QTest::newRow("both syntaxes") << QByteArray('{' + payload + ',' + part + ",\"signatures\":[{" + part + "}]}");
    QTest::newRow("no signature") << QByteArray('{' + payload + ",\"protected\":\"" + h + "\"}");
    QTest::newRow("no signatures") << QByteArray('{' + payload + ",\"signatures\":[]}");
    QTest::newRow("signatures is an object") << QByteArray('{' + payload + ",\"signatures\":{}}");
    QTest::newRow("a signature is text") << QByteArray('{' + payload + ",\"signatures\":[\"x\"]}");
    QTest::newRow("no payload") << QByteArray('{' + part + '}');
    QTest::newRow("payload is a number") << QByteArray("{\"payload\":1," + part + '}');
    QTest::newRow("empty protected") << QByteArray(
        '{' + payload + ",\"protected\":\"\",\"header\":{\"alg\":\"ES256\"},\"signature\":\"" + s + "\"}");
    QTest::newRow("header is text") << QByteArray('{' + payload + ',' + part + ",\"header\":\"x\"}");
    QTest::newRow("alg in both headers (D.1 row 30)")
        << QByteArray('{' + payload + ',' + part + ",\"header\":{\"alg\":\"ES256\"}}");
    QTest::newRow("duplicate member") << QByteArray('{' + payload + ',' + payload + ',' + part + '}');
}

void TestJws::flattenedAndGeneralAreNotMixed()
{
    QFETCH(const QByteArray, token);
    const auto verified = verifyJws(token, JwkSet({keyOf(JwkKind::P256)}));
    QVERIFY(!verified);
    QCOMPARE(verified.error().cause(), ErrorCause::TokenMalformed);
}

// Security rule B.116.
void TestJws::unencodedPayloadsNeedCrit()
{
    const Jwk &key = keyOf(JwkKind::Oct256);
    const QByteArray header = R"({"alg":"HS256","b64":false,"crit":["b64"]})";
    const QByteArray token = signedBy(key, header, "plain text");
    QVERIFY(token.contains(".plain text."));
    QVERIFY(verifyJws(token, JwkSet({key})));
    JwsRules rules;
    rules.allowUnencodedPayload = false;
    QVERIFY(!verifyJws(token, JwkSet({key}), rules));
    QVERIFY(signedBy(key, header, "a.b").isEmpty());
    QVERIFY(signedBy(key, R"({"alg":"HS256","b64":false})", "plain text").isEmpty());
    // RFC 7797 §3: the same for all signatures.
    QVERIFY(!signJson(JwsForm::General, {{header, {}, key}, {R"({"alg":"HS256"})", {}, key}}, "x"));
    QVERIFY(!signJson(JwsForm::Flattened, {{R"({"alg":"HS256"})", R"({"b64":false,"crit":["b64"]})", key}}, "x"));
}

void TestJws::detachedPayloadsComeFromTheCaller()
{
    const Jwk &key = keyOf(JwkKind::P256);
    const auto token = signJson(JwsForm::Flattened, {{R"({"alg":"ES256"})", {}, key}}, "payload", true);
    QVERIFY(token);
    QVERIFY(!token->contains("payload\""));
    QVERIFY(!verifyJws(*token, JwkSet({key})));
    JwsRules rules;
    rules.detachedPayload = "payload";
    QVERIFY(verifyJws(*token, JwkSet({key}), rules));
    rules.detachedPayload = "other";
    QVERIFY(!verifyJws(*token, JwkSet({key}), rules));
    // A token with a payload of its own has no second one.
    QVERIFY(!verifyJws(signedBy(key, R"({"alg":"ES256"})"), JwkSet({key}), rules));
}

void TestJws::encryptionIsNoSignature()
{
    // D.1 row 32
    const QByteArray header = encodeBase64Url(R"({"alg":"RSA-OAEP","enc":"A128GCM"})");
    const auto asJws = verifyJws(QByteArray(header + ".AAAA.AAAA"), JwkSet({keyOf(JwkKind::Rsa2048)}));
    QVERIFY(!asJws);
    QCOMPARE(asJws.error().code(), ErrorCode::SecurityCheckFailed);
    QVERIFY(!verifyJws(QByteArray(header + ".AAAA.AAAA.AAAA.AAAA"), JwkSet({keyOf(JwkKind::Rsa2048)})));
}

QTEST_GUILESS_MAIN(TestJws)
#include "tst_jws.moc"

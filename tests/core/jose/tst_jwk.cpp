// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "josevectors.h"

#include <countersign/jose/jwkset.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Countersign::Jose;
using namespace Qt::StringLiterals;

namespace {

const QList<JwkKind> everyKind{JwkKind::Rsa2048, JwkKind::P256,   JwkKind::P384, JwkKind::P521,   JwkKind::Ed25519,
                               JwkKind::Ed448,   JwkKind::X25519, JwkKind::X448, JwkKind::Oct256, JwkKind::Oct512};

const Jwk &keyOf(JwkKind kind)
{
    static std::map<JwkKind, Jwk> keys;
    auto found = keys.find(kind);
    if (found == keys.end())
        found = keys.emplace(kind, *Jwk::generate(kind)).first;
    return found->second;
}

// The private members of a generated key, changed.
QByteArray changed(const Jwk &key, const QList<std::pair<QString, QJsonValue>> &changes)
{
    QJsonObject object = QJsonDocument::fromJson(key.toPrivateJson().reveal().toByteArray()).object();
    for (const auto &[name, value] : changes) {
        if (value.isUndefined())
            object.remove(name);
        else
            object.insert(name, value);
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QByteArray publicChanged(const Jwk &key, const QList<std::pair<QString, QJsonValue>> &changes)
{
    return changed(*Jwk::parse(key.toJson()), changes);
}

QString base64(const QByteArray &bytes)
{
    return QString::fromLatin1(encodeBase64Url(bytes));
}

QByteArray setOf(const QByteArrayList &keys)
{
    return "{\"keys\":[" + keys.join(',') + "]}";
}

Result<JwkSet> keysIn(const QByteArray &file)
{
    return JwkSet::fromFile(file);
}

} // namespace

class TestJwk final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aKeySurvivesItsJson_data();
    void aKeySurvivesItsJson();
    void thePublicHalfHasNoSecret_data() { aKeySurvivesItsJson_data(); }
    void thePublicHalfHasNoSecret();
    void theExamplesAreRead_data();
    void theExamplesAreRead();
    void theThumbprintIsThatOfTheRfc_data();
    void theThumbprintIsThatOfTheRfc();
    void theThumbprintIgnoresOtherMembers();
    void aBadKeyIsRefused_data();
    void aBadKeyIsRefused();
    void aKeyIsOnlyForWhatItSays_data();
    void aKeyIsOnlyForWhatItSays();
    void aShortSecretIsForNoMac_data();
    void aShortSecretIsForNoMac();
    void pemBecomesAKey();
    void everyKeyOfAPemFileCounts();
    void onlyTheFirstCertificateIsAKey();
    void anUnknownKeyIsSkipped();
    void aSetOfBothKindsIsRefused();
    void aBrokenSetIsRefused_data();
    void aBrokenSetIsRefused();
    void theKeyIsSelectedByAllItSays();
    void ambiguityIsRefused();
    void aKeyWithoutANameMayBeMeant();
    void privateKeysInASetAreNoticed();
    void aSetShowsPublicMembersOnly();
    void debugOutputHasNoKey();
};

void TestJwk::aKeySurvivesItsJson_data()
{
    QTest::addColumn<int>("kind");
    for (const JwkKind kind : everyKind)
        QTest::addRow("kind %d", int(kind)) << int(kind);
}

void TestJwk::aKeySurvivesItsJson()
{
    QFETCH(const int, kind);
    const Jwk &key = keyOf(JwkKind(kind));
    const auto again = Jwk::parse(key.toPrivateJson().reveal());
    QVERIFY(again);
    QVERIFY(isSameKey(*again, key));
    QCOMPARE(again->keyId(), key.keyId());
    QCOMPARE(again->toPrivateJson().reveal(), key.toPrivateJson().reveal());
    QVERIFY(again->isPrivate());
    QCOMPARE(key.keyId(), key.thumbprintText());
}

void TestJwk::thePublicHalfHasNoSecret()
{
    QFETCH(const int, kind);
    const Jwk &key = keyOf(JwkKind(kind));
    const Jwk half = key.publicJwk();
    QVERIFY(!half.isPrivate());
    QCOMPARE(half.toJson(), key.toJson());
    const QJsonObject json = QJsonDocument::fromJson(key.toJson()).object();
    for (const char *name : {"d", "p", "q", "dp", "dq", "qi", "k"})
        QVERIFY2(!json.contains(QLatin1String(name)), name);
    QVERIFY(half.algorithms(KeyPurpose::Sign).isEmpty());
    if (key.isSymmetric())
        return;
    QCOMPARE(half.thumbprint(), key.thumbprint());
    const auto parsed = Jwk::parse(key.toJson());
    QVERIFY(parsed);
    QVERIFY(isSameKey(*parsed, half));
}

void TestJwk::theExamplesAreRead_data()
{
    QTest::addColumn<QByteArray>("json");
    for (const auto &[name, vector] : Vectors::examples("sets", {u"rfc7517.json"_s, u"rfc7520.json"_s}))
        QTest::newRow(name.constData()) << Vectors::json(vector.value("set"_L1));
}

void TestJwk::theExamplesAreRead()
{
    QFETCH(const QByteArray, json);
    const QJsonArray expected = QJsonDocument::fromJson(json).object().value("keys"_L1).toArray();
    const auto set = JwkSet::parse(json);
    QVERIFY(set);
    QVERIFY(set->skipped().isEmpty());
    QCOMPARE(set->keys().size(), expected.size());
    bool arePrivate = false;
    for (qsizetype i = 0; i < expected.size(); ++i) {
        const QJsonObject given = expected[i].toObject();
        const Jwk &key = set->keys()[i];
        QCOMPARE(key.isPrivate(), given.contains("d"_L1) || given.contains("k"_L1));
        QCOMPARE(key.keyId(), given.value("kid"_L1).toString());
        arePrivate = arePrivate || key.isPrivate();
        // What is written again says the same: all members of the key itself stand in the example.
        const QJsonObject written = QJsonDocument::fromJson(key.toPrivateJson().reveal().toByteArray()).object();
        for (const char *name : {"kty", "crv", "x", "y", "d", "n", "e", "p", "q", "dp", "dq", "qi", "k"})
            QCOMPARE(written.value(QLatin1String(name)), given.value(QLatin1String(name)));
    }
    QCOMPARE(set->hasPrivateKeys(), arePrivate);
}

void TestJwk::theThumbprintIsThatOfTheRfc_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("sha256");
    for (const QJsonValue &vector : Vectors::load(u"rfc7517.json"_s).value("thumbprints"_L1).toArray()) {
        const QJsonObject object = vector.toObject();
        QTest::newRow(Vectors::text(object, "section").constData())
            << Vectors::json(object.value("key"_L1)) << object.value("sha256"_L1).toString();
    }
}

void TestJwk::theThumbprintIsThatOfTheRfc()
{
    QFETCH(const QByteArray, json);
    QFETCH(const QString, sha256);
    const auto key = Jwk::parse(json);
    QVERIFY(key);
    QCOMPARE(key->thumbprintText(), sha256);
    QCOMPARE(key->thumbprint(HashAlgorithm::Sha512).size(), 64);
}

void TestJwk::theThumbprintIgnoresOtherMembers()
{
    const Jwk &key = keyOf(JwkKind::P256);
    const auto other = Jwk::parse(
        publicChanged(key, {{u"kid"_s, u"x"_s}, {u"use"_s, u"sig"_s}, {u"zzz"_s, 1}, {u"aaa"_s, QJsonArray{true}}}));
    QVERIFY(other);
    QCOMPARE(other->thumbprint(), key.thumbprint());
}

void TestJwk::aBadKeyIsRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<int>("code");
    const int invalid = int(ErrorCode::InvalidArgument);
    const int weak = int(ErrorCode::SecurityCheckFailed);
    const int unknown = int(ErrorCode::NotSupported);
    const QJsonValue none = QJsonValue(QJsonValue::Undefined);
    const Jwk &rsa = keyOf(JwkKind::Rsa2048);
    const Jwk &ec = keyOf(JwkKind::P256);
    const Jwk &okp = keyOf(JwkKind::Ed25519);
    const Jwk &oct = keyOf(JwkKind::Oct256);
    const QByteArray n = rsa.asymmetricKey()->publicNumbers().n;
    const QByteArray x = ec.asymmetricKey()->publicNumbers().x;
    const QByteArray p384 = keyOf(JwkKind::P384).asymmetricKey()->publicNumbers().x;

    QTest::newRow("nothing") << QByteArray() << invalid;
    QTest::newRow("a list") << QByteArray("[]") << invalid;
    QTest::newRow("no kty") << QByteArray("{}") << invalid;
    QTest::newRow("kty is a number") << QByteArray("{\"kty\":1}") << invalid;
    QTest::newRow("unknown kty") << QByteArray("{\"kty\":\"AKP\"}") << unknown;
    QTest::newRow("kty in another case") << publicChanged(rsa, {{u"kty"_s, u"rsa"_s}}) << unknown;
    QTest::newRow("duplicate member (D.1 row 20)") << QByteArray(R"({"kty":"oct","kty":"RSA","k":"AA"})") << invalid;
    QTest::newRow("escaped duplicate") << QByteArray(R"({"kty":"oct","k":"AA","\u006b":"BB"})") << invalid;
    QTest::newRow("kid is a number (row 7)") << publicChanged(rsa, {{u"kid"_s, 7}}) << invalid;
    QTest::newRow("kid is an object (row 7)") << publicChanged(rsa, {{u"kid"_s, QJsonObject()}}) << invalid;
    QTest::newRow("alg is a list") << publicChanged(rsa, {{u"alg"_s, QJsonArray()}}) << invalid;
    QTest::newRow("use is null") << publicChanged(rsa, {{u"use"_s, QJsonValue::Null}}) << invalid;
    QTest::newRow("key_ops is text") << publicChanged(rsa, {{u"key_ops"_s, u"verify"_s}}) << invalid;
    QTest::newRow("key_ops twice the same")
        << publicChanged(rsa, {{u"key_ops"_s, QJsonArray{u"verify"_s, u"verify"_s}}}) << invalid;

    QTest::newRow("RSA without n") << publicChanged(rsa, {{u"n"_s, none}}) << invalid;
    QTest::newRow("RSA with padding") << publicChanged(rsa, {{u"e"_s, u"AQAB="_s}}) << invalid;
    QTest::newRow("RSA 1024 (row 13)") << publicChanged(rsa, {{u"n"_s, base64(n.first(128))}}) << weak;
    QTest::newRow("RSA e = 1 (row 13)") << publicChanged(rsa, {{u"e"_s, u"AQ"_s}}) << weak;
    QTest::newRow("RSA e even (row 13)") << publicChanged(rsa, {{u"e"_s, u"BA"_s}}) << weak;
    QTest::newRow("RSA e = 0") << publicChanged(rsa, {{u"e"_s, u"AA"_s}}) << weak;
    QTest::newRow("leading zero in n (row 42)") << publicChanged(rsa, {{u"n"_s, base64('\0' + n)}}) << weak;
    QTest::newRow("leading zero in e (row 42)") << publicChanged(rsa, {{u"e"_s, u"AAEAAQ"_s}}) << weak;
    QTest::newRow("RSA with some private members") << changed(rsa, {{u"q"_s, none}}) << invalid;
    QTest::newRow("RSA with p but no d") << changed(rsa, {{u"d"_s, none}}) << invalid;
    QTest::newRow("RSA with swapped primes")
        << changed(rsa, {{u"qi"_s, base64(rsa.asymmetricKey()->privateNumbers().p.reveal().toByteArray())}}) << weak;
    QTest::newRow("RSA of three primes") << publicChanged(rsa, {{u"oth"_s, QJsonArray()}}) << unknown;

    QTest::newRow("EC without crv") << publicChanged(ec, {{u"crv"_s, none}}) << invalid;
    QTest::newRow("EC without y (row 36)") << publicChanged(ec, {{u"y"_s, none}}) << invalid;
    QTest::newRow("secp256k1 (row 12)") << publicChanged(ec, {{u"crv"_s, u"secp256k1"_s}}) << unknown;
    QTest::newRow("P-256 point as P-384 (row 12)") << publicChanged(ec, {{u"crv"_s, u"P-384"_s}}) << weak;
    QTest::newRow("point off the curve (row 12)") << publicChanged(ec, {{u"y"_s, base64(x)}}) << weak;
    QTest::newRow("coordinate too long (row 12)") << publicChanged(ec, {{u"x"_s, base64('\0' + x)}}) << weak;
    QTest::newRow("coordinate too short (row 12)") << publicChanged(ec, {{u"x"_s, base64(x.sliced(1))}}) << weak;
    QTest::newRow("coordinate of P-384") << publicChanged(ec, {{u"x"_s, base64(p384)}}) << weak;
    QTest::newRow("infinity (row 12)") << publicChanged(
        ec, {{u"x"_s, base64(QByteArray(32, '\0'))}, {u"y"_s, base64(QByteArray(32, '\0'))}})
                                       << weak;
    QTest::newRow("foreign d") << changed(ec, {{u"d"_s, base64(QByteArray(32, '\1'))}}) << weak;

    QTest::newRow("Ed25519 key as Ed448 (row 17)") << publicChanged(okp, {{u"crv"_s, u"Ed448"_s}}) << weak;
    QTest::newRow("Ed25519 as EC") << publicChanged(okp, {{u"kty"_s, u"EC"_s}}) << unknown;
    QTest::newRow("Ed25519 of small order (row 17)")
        << publicChanged(okp, {{u"x"_s, base64(QByteArray(32, '\0'))}}) << weak;
    QTest::newRow("Ed25519 with a foreign d") << changed(okp, {{u"d"_s, base64(QByteArray(32, '\1'))}}) << weak;

    QTest::newRow("oct without k") << changed(oct, {{u"k"_s, none}}) << invalid;
    QTest::newRow("oct with an empty k (row 16)") << changed(oct, {{u"k"_s, QString()}}) << invalid;
    QTest::newRow("oct in base64") << changed(oct, {{u"k"_s, u"++//"_s}}) << invalid;
}

// Security rule B.119.
void TestJwk::aBadKeyIsRefused()
{
    QFETCH(const QByteArray, json);
    QFETCH(const int, code);
    const auto key = Jwk::parse(json);
    QVERIFY(!key);
    QCOMPARE(int(key.error().code()), code);
}

void TestJwk::aKeyIsOnlyForWhatItSays_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<bool>("canVerify");
    QTest::addColumn<bool>("canSign");
    const Jwk &ec = keyOf(JwkKind::P256);
    const auto ops = [](const QStringList &operations) { return QJsonValue(QJsonArray::fromStringList(operations)); };
    QTest::newRow("says nothing") << changed(ec, {}) << true << true;
    QTest::newRow("alg") << changed(ec, {{u"alg"_s, u"ES256"_s}}) << true << true;
    QTest::newRow("use sig") << changed(ec, {{u"use"_s, u"sig"_s}}) << true << true;
    QTest::newRow("use enc (D.1 row 9)") << changed(ec, {{u"use"_s, u"enc"_s}}) << false << false;
    QTest::newRow("unknown use (row 9)") << changed(ec, {{u"use"_s, u"tls"_s}}) << false << false;
    QTest::newRow("use in another case (row 9)") << changed(ec, {{u"use"_s, u"SIG"_s}}) << false << false;
    QTest::newRow("verify only") << changed(ec, {{u"key_ops"_s, ops({u"verify"_s})}}) << true << false;
    QTest::newRow("sign only") << changed(ec, {{u"key_ops"_s, ops({u"sign"_s})}}) << false << true;
    QTest::newRow("no operations (row 9)") << changed(ec, {{u"key_ops"_s, ops({})}}) << false << false;
    QTest::newRow("encrypt only (row 9)") << changed(ec, {{u"key_ops"_s, ops({u"encrypt"_s})}}) << false << false;
    QTest::newRow("other alg (row 12)") << changed(ec, {{u"alg"_s, u"ES384"_s}}) << false << false;
    QTest::newRow("unknown alg") << changed(ec, {{u"alg"_s, u"ES224"_s}}) << false << false;
    QTest::newRow("alg none (row 1)") << changed(ec, {{u"alg"_s, u"none"_s}}) << false << false;
    QTest::newRow("alg of encryption") << changed(ec, {{u"alg"_s, u"ECDH-ES"_s}}) << false << false;
    QTest::newRow("public") << ec.toJson() << true << false;
}

// Security rule B.113.
void TestJwk::aKeyIsOnlyForWhatItSays()
{
    QFETCH(const QByteArray, json);
    QFETCH(const bool, canVerify);
    QFETCH(const bool, canSign);
    const auto key = Jwk::parse(json);
    QVERIFY(key);
    const auto signature = makeSignature(Algorithm::ES256, "input", keyOf(JwkKind::P256));
    QVERIFY(signature);
    QCOMPARE(bool(verifySignature(Algorithm::ES256, "input", *signature, *key)), canVerify);
    QCOMPARE(bool(makeSignature(Algorithm::ES256, "input", *key)), canSign);
    // The wrong algorithm of the right family never works.
    QVERIFY(!verifySignature(Algorithm::ES384, "input", *signature, *key));
    QVERIFY(!verifySignature(Algorithm::HS256, "input", *signature, *key));
}

void TestJwk::aShortSecretIsForNoMac_data()
{
    QTest::addColumn<int>("size");
    QTest::addColumn<int>("count");
    QTest::newRow("1 byte (D.1 row 16)") << 1 << 0;
    QTest::newRow("31 bytes (row 16)") << 31 << 0;
    QTest::newRow("32 bytes") << 32 << 1;
    QTest::newRow("47 bytes (row 16)") << 47 << 1;
    QTest::newRow("48 bytes") << 48 << 2;
    QTest::newRow("63 bytes (row 16)") << 63 << 2;
    QTest::newRow("64 bytes") << 64 << 3;
}

// Security rule B.119.
void TestJwk::aShortSecretIsForNoMac()
{
    QFETCH(const int, size);
    QFETCH(const int, count);
    const Jwk key = Jwk::fromSecret(Secret(QByteArray(size, 's')));
    int usable = 0;
    for (const Algorithm algorithm : {Algorithm::HS256, Algorithm::HS384, Algorithm::HS512})
        usable += makeSignature(algorithm, "input", key) ? 1 : 0;
    QCOMPARE(usable, count);
}

void TestJwk::pemBecomesAKey()
{
    for (const JwkKind kind : {JwkKind::Rsa2048, JwkKind::P521, JwkKind::Ed448, JwkKind::X25519}) {
        const Jwk &key = keyOf(kind);
        const auto pem = key.asymmetricKey()->privatePem();
        QVERIFY(pem);
        const auto again = JwkSet::fromFile(pem->reveal());
        QVERIFY(again);
        QCOMPARE(again->keys().size(), 1);
        QVERIFY(isSameKey(again->keys().first(), key));
        QVERIFY(isSameKey(*Jwk::fromPem(key.asymmetricKey()->publicPem()), key.publicJwk()));
    }
}

void TestJwk::everyKeyOfAPemFileCounts() // RFC 7468 §2: several in one text
{
    const auto privatePem = [](JwkKind kind) {
        return keyOf(kind).asymmetricKey()->privatePem()->reveal().toByteArray();
    };
    const auto publicPem = [](JwkKind kind) { return keyOf(kind).asymmetricKey()->publicPem(); };
    const auto two = keysIn(publicPem(JwkKind::P521) + "between\n" + privatePem(JwkKind::Ed448));
    QVERIFY(two);
    QCOMPARE(two->keys().size(), 2);
    QVERIFY(isSameKey(two->keys().first(), keyOf(JwkKind::P521).publicJwk()));
    QVERIFY(isSameKey(two->keys().last(), keyOf(JwkKind::Ed448)));
    // The halves of one key are one key.
    for (const auto &halves : {QByteArray(publicPem(JwkKind::P521) + privatePem(JwkKind::P521)),
                               QByteArray(privatePem(JwkKind::P521) + publicPem(JwkKind::P521))}) {
        const auto one = keysIn(halves);
        QVERIFY(one);
        QCOMPARE(one->keys().size(), 1);
        QVERIFY(one->keys().first().isPrivate());
    }
    const QByteArray broken = "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n";
    const auto partly = keysIn(broken + publicPem(JwkKind::P521));
    QVERIFY(partly);
    QCOMPARE(partly->keys().size(), 1);
    QCOMPARE(partly->skipped().size(), 1);
    QVERIFY(!keysIn(broken + broken));
    const auto closed = keyOf(JwkKind::P521).asymmetricKey()->privatePem(Secret(QByteArray("open")));
    QVERIFY(closed);
    const auto refused = keysIn(publicPem(JwkKind::Ed448) + closed->reveal().toByteArray());
    QVERIFY(!refused);
    QCOMPARE(refused.error().cause(), ErrorCause::PassphraseWrong);
}

void TestJwk::onlyTheFirstCertificateIsAKey() // a chain: whoever issued the leaf signs no tokens
{
    const auto content = [](const QString &name) {
        QFile file(QStringLiteral(COUNTERSIGN_TEST_DATA "/tls/") + name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const auto leaf = content(u"server.pem"_s);
    const auto chain = keysIn(leaf + content(u"ca.pem"_s));
    QVERIFY(chain);
    QCOMPARE(chain->keys().size(), 1);
    QVERIFY(isSameKey(chain->keys().first(), *Jwk::fromPem(leaf)));
    QCOMPARE(chain->skipped().size(), 1);
    const auto withKey = keysIn(leaf + content(u"server.key"_s));
    QVERIFY(withKey);
    QCOMPARE(withKey->keys().size(), 1);
    QVERIFY(withKey->keys().first().isPrivate());
}

void TestJwk::anUnknownKeyIsSkipped()
{
    const Jwk &ec = keyOf(JwkKind::P256);
    const auto set = JwkSet::parse(setOf({R"({"kty":"AKP","kid":"future"})", "7", ec.toJson(),
                                          publicChanged(ec, {{u"crv"_s, u"secp256k1"_s}, {u"kid"_s, u"k1"_s}}),
                                          publicChanged(ec, {{u"x"_s, u"AA"_s}, {u"kid"_s, u"broken"_s}})}));
    QVERIFY(set);
    QCOMPARE(set->keys().size(), 1);
    QCOMPARE(set->skipped().size(), 4);
    QCOMPARE(set->skipped()[0].keyId, u"future"_s);
    QCOMPARE(set->skipped()[0].reason.code(), ErrorCode::NotSupported);
    QCOMPARE(set->skipped()[1].index, 1);
    QCOMPARE(set->skipped()[2].keyId, u"k1"_s);
    QCOMPARE(set->skipped()[3].reason.code(), ErrorCode::SecurityCheckFailed);
}

void TestJwk::aSetOfBothKindsIsRefused()
{
    const auto set = JwkSet::parse(
        setOf({keyOf(JwkKind::P256).toJson(), keyOf(JwkKind::Oct256).toPrivateJson().reveal().toByteArray()}));
    QVERIFY(!set);
    QCOMPARE(set.error().cause(), ErrorCause::KeySetInvalid);
}

void TestJwk::aBrokenSetIsRefused_data()
{
    QTest::addColumn<QByteArray>("json");
    QByteArrayList many;
    for (qsizetype i = 0; i <= JwkSet::maximumKeys; ++i)
        many << R"({"kty":"x"})";
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("a list") << QByteArray("[]");
    QTest::newRow("no keys") << QByteArray("{}");
    QTest::newRow("keys is an object (D.1 row 41)") << QByteArray(R"({"keys":{}})");
    QTest::newRow("keys is null") << QByteArray(R"({"keys":null})");
    QTest::newRow("keys twice (row 20)") << QByteArray(R"({"keys":[],"keys":[]})");
    QTest::newRow("too many keys (row 41)") << setOf(many);
    QTest::newRow("too large") << QByteArray(R"({"keys":[],"x":")" + QByteArray(JwkSet::maximumBytes, 'x') + "\"}");
    QTest::newRow("trailing data") << QByteArray(R"({"keys":[]}{})");
}

void TestJwk::aBrokenSetIsRefused()
{
    QFETCH(const QByteArray, json);
    const auto set = JwkSet::parse(json);
    QVERIFY(!set);
    QCOMPARE(set.error().code(), ErrorCode::InvalidResponse);
    QCOMPARE(set.error().cause(), ErrorCause::KeySetInvalid);
}

void TestJwk::theKeyIsSelectedByAllItSays()
{
    // D.1 row 8: decoys with the same kid.
    const QString kid = u"same"_s;
    const Jwk ec = keyOf(JwkKind::P256).publicJwk().withKeyId(kid);
    const Jwk rsa = keyOf(JwkKind::Rsa2048).publicJwk().withKeyId(kid);
    const Jwk okp = keyOf(JwkKind::Ed25519).publicJwk().withKeyId(kid);
    const Jwk encryption = Jwk::generate(JwkKind::P256)->publicJwk().withKeyId(kid).withUse(KeyUse::Encryption);
    const Jwk otherAlgorithm =
        Jwk::generate(JwkKind::Rsa2048)->publicJwk().withKeyId(kid).withAlgorithm(Algorithm::PS512);
    const JwkSet set({encryption, otherAlgorithm, okp, rsa, ec});
    const auto isSelected = [&set, &kid](Algorithm algorithm, const Jwk &wanted) {
        const auto key = set.select({.algorithm = algorithm, .keyId = kid});
        return key && isSameKey(*key, wanted);
    };
    QVERIFY(isSelected(Algorithm::ES256, ec));
    QVERIFY(isSelected(Algorithm::RS256, rsa));
    QVERIFY(isSelected(Algorithm::EdDSA, okp));
    QVERIFY(!set.select({.algorithm = Algorithm::ES384, .keyId = kid}));
    QVERIFY(!set.select({.algorithm = Algorithm::HS256, .keyId = kid}));
    const auto other = set.select({.algorithm = Algorithm::ES256, .keyId = u"../../dev/null"_s});
    QVERIFY(!other);
    QCOMPARE(other.error().cause(), ErrorCause::KeyNotFound);
    // The only key of its kind needs no name (OIDC conformance, kid-absent-single-jwks).
    QVERIFY(set.select({.algorithm = Algorithm::EdDSA, .keyId = std::nullopt}));
}

void TestJwk::ambiguityIsRefused()
{
    const Jwk first = keyOf(JwkKind::P256).publicJwk().withKeyId(u"same"_s);
    const Jwk second = Jwk::generate(JwkKind::P256, u"same"_s)->publicJwk();
    QVERIFY(!JwkSet({first, second}).select({.algorithm = Algorithm::ES256, .keyId = u"same"_s}));
    QVERIFY(!JwkSet({first, second.withKeyId(u"other"_s)}).select({.algorithm = Algorithm::ES256, .keyId = {}}));
    QCOMPARE(JwkSet({first, second}).candidates({.algorithm = Algorithm::ES256, .keyId = {}}).size(), 2);
    // The same key twice is one key.
    QVERIFY(JwkSet({first, first}).select({.algorithm = Algorithm::ES256, .keyId = u"same"_s}));
}

void TestJwk::aKeyWithoutANameMayBeMeant()
{
    const Jwk unnamed = keyOf(JwkKind::P256).publicJwk().withKeyId({});
    const Jwk named = Jwk::generate(JwkKind::P256, u"a"_s)->publicJwk();
    QVERIFY(JwkSet({unnamed}).select({.algorithm = Algorithm::ES256, .keyId = u"x"_s}));
    const auto exact = JwkSet({unnamed, named}).select({.algorithm = Algorithm::ES256, .keyId = u"a"_s});
    QVERIFY(exact);
    QVERIFY(isSameKey(*exact, named));
    QVERIFY(!JwkSet({named}).select({.algorithm = Algorithm::ES256, .keyId = u"x"_s}));
    QVERIFY(!JwkSet({named}).select({.algorithm = Algorithm::ES256, .keyId = QString()}));
}

void TestJwk::privateKeysInASetAreNoticed()
{
    QVERIFY(JwkSet({keyOf(JwkKind::P256)}).hasPrivateKeys());
    QVERIFY(!JwkSet({keyOf(JwkKind::P256).publicJwk()}).hasPrivateKeys());
}

void TestJwk::aSetShowsPublicMembersOnly()
{
    const QByteArray json = JwkSet({keyOf(JwkKind::P256), keyOf(JwkKind::Oct256)}).toJson();
    const auto set = JwkSet::parse(json);
    QVERIFY(set);
    QCOMPARE(set->keys().size(), 1);
    QVERIFY(!set->hasPrivateKeys());
}

void TestJwk::debugOutputHasNoKey()
{
    QString text;
    QDebug(&text) << keyOf(JwkKind::Oct256) << keyOf(JwkKind::P256);
    QVERIFY(!text.contains(base64(keyOf(JwkKind::Oct256).secret().reveal().toByteArray())));
    QVERIFY(!text.contains(base64(keyOf(JwkKind::P256).asymmetricKey()->privateNumbers().d.reveal().toByteArray())));
    QVERIFY(text.contains(keyOf(JwkKind::P256).keyId()));
}

QTEST_GUILESS_MAIN(TestJwk)
#include "tst_jwk.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "josevectors.h"

#include <countersign/crypto/keywrap.h>
#include <countersign/crypto/systemrandom.h>
#include <countersign/jose/jwe.h>

#include <QtTest/QTest>

#include <deque>

using namespace Countersign;
using namespace Countersign::Jose;
using Countersign::Jose::Vectors::everythingAllowed;
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

Jwk secretOf(qsizetype size)
{
    return Jwk::fromSecret(Secret(QByteArray(size, 's')), u"k"_s);
}

QByteArray withHeader(const QByteArray &token, const QByteArray &header)
{
    QByteArrayList parts = token.split('.');
    parts[0] = encodeBase64Url(header);
    return parts.join('.');
}

QByteArray headerOf(const QByteArray &token)
{
    return *decodeBase64Url(token.split('.').first());
}

QByteArray encryptedFor(const Jwk &key, KeyManagement algorithm,
                        ContentEncryption encryption = ContentEncryption::A128Gcm)
{
    SystemRandom random;
    EncryptionHeader header;
    header.keyManagement = algorithm;
    header.encryption = encryption;
    header.passwordCount = 1000;
    const auto token = encryptCompact(header, "plaintext", key, random);
    return token ? *token : QByteArray();
}

} // namespace

class TestJwe final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theExamplesDecrypt_data();
    void theExamplesDecrypt();
    void aChangedExampleIsRefused_data() { theExamplesDecrypt_data(); }
    void aChangedExampleIsRefused();
    void agreementIsThatOfTheRfc();
    void whatWasEncryptedDecrypts_data();
    void whatWasEncryptedDecrypts();
    void anotherKeyDoesNotDecrypt_data() { whatWasEncryptedDecrypts_data(); }
    void anotherKeyDoesNotDecrypt();
    void aTokenOfAnotherShapeIsNone_data();
    void aTokenOfAnotherShapeIsNone();
    void headersOutsideTheRulesAreRefused_data();
    void headersOutsideTheRulesAreRefused();
    void rsa15NeedsConsent();
    void everyFailureSoundsTheSame();
    void passwordsNeedConsentAndACountWithinBounds_data();
    void passwordsNeedConsentAndACountWithinBounds();
    void ephemeralKeysThatProveNothingAreRefused_data();
    void ephemeralKeysThatProveNothingAreRefused();
    void decompressionNeedsConsentAndIsCapped();
    void aDirectKeyComesWithNoEncryptedOne();
    void aKeyIsOnlyForWhatItSays();
    void severalRecipientsReadTheSame();
    void associatedDataAreAuthenticated();
    void aParameterStandsInOnePlace();
    void aSignatureIsNoEncryption();

private:
    SystemRandom m_random;
};

void TestJwe::theExamplesDecrypt_data()
{
    QTest::addColumn<QJsonObject>("vector");
    for (const auto &[name, vector] : Vectors::encryptedExamples())
        QTest::newRow(name.constData()) << vector;
}

void TestJwe::theExamplesDecrypt()
{
    QFETCH(const QJsonObject, vector);
    const JwkSet keys({Vectors::key(vector)});
    int forms = 0;
    for (const char *form : {"compact", "flattened", "general"}) {
        const QByteArray token = Vectors::text(vector, form);
        if (token.isEmpty())
            continue;
        ++forms;
        const auto decrypted = decryptJwe(token, keys, everythingAllowed());
        QVERIFY2(decrypted, form);
        QCOMPARE(decrypted->plaintext.reveal(), QByteArrayView(Vectors::bytes(vector, "plaintext")));
    }
    QVERIFY(forms > 0);
}

void TestJwe::aChangedExampleIsRefused()
{
    QFETCH(const QJsonObject, vector);
    const JwkSet keys({Vectors::key(vector)});
    const QByteArray token = Vectors::text(vector, "compact");
    for (qsizetype at = 0; at < token.size(); at += 41) {
        QByteArray changed = token;
        changed[at] = changed[at] == 'A' ? 'B' : 'A';
        if (changed != token)
            QVERIFY(!decryptJwe(changed, keys, everythingAllowed()));
    }
}

void TestJwe::agreementIsThatOfTheRfc()
{
    // RFC 7518 appendix C
    const auto alice = Jwk::parse(R"({"kty":"EC","crv":"P-256","x":"gI0GAILBdu7T53akrFmMyGcsF3n5dO7MmwNBHKW5SV0",
        "y":"SLW_xSffzlPWrHEVI30DHM_4egVwt3NQqeUD7nMFpps","d":"0_NxaRPUMQoAJt50Gz8YiTr8gRTwyEaCumd-MToTmIo"})");
    const auto bob = Jwk::parse(R"({"kty":"EC","crv":"P-256","x":"weNJy2HscCSM6AEDTDg04biOvhFhyyWvOHQfeF_PxMQ",
        "y":"e8lnCO-AlStT-NJVX-crhB7QRYhiix03illJOVAOyck","d":"VEmDZpDXXK8p8N0Cndsxs924q6nS1RXFASRl6BfUqdw"})");
    QVERIFY(alice && bob);
    const auto shared = alice->asymmetricKey()->agree(*bob->publicJwk().asymmetricKey());
    QVERIFY(shared);
    const Secret key = deriveByConcatKdf(*shared, "A128GCM", "Alice", "Bob", 16);
    QCOMPARE(encodeBase64Url(key.reveal()), QByteArray("VqqN6vgjbSBcIijNcacQGg"));
}

void TestJwe::whatWasEncryptedDecrypts_data()
{
    using enum KeyManagement;
    QTest::addColumn<int>("algorithm");
    QTest::addColumn<Jwk *>("key");
    static std::deque<Jwk> kept; // its elements stay where they are
    const auto add = [](KeyManagement algorithm, const Jwk &key) {
        kept.push_back(key);
        QTest::addRow("%s %s", name(algorithm).data(), key.curve().data() ? key.curve().data() : key.type().data())
            << int(algorithm) << &kept.back();
    };
    for (const KeyManagement algorithm : {Rsa1_5, RsaOaep, RsaOaep256, RsaOaep384, RsaOaep512})
        add(algorithm, keyOf(JwkKind::Rsa2048));
    for (const auto &[algorithm, size] : {std::pair{A128Kw, 16},
                                          {A192Kw, 24},
                                          {A256Kw, 32},
                                          {A128GcmKw, 16},
                                          {A192GcmKw, 24},
                                          {A256GcmKw, 32},
                                          {Pbes2Hs256A128Kw, 7},
                                          {Pbes2Hs384A192Kw, 7},
                                          {Pbes2Hs512A256Kw, 7}})
        add(algorithm, secretOf(size));
    for (const KeyManagement algorithm : {EcdhEs, EcdhEsA128Kw, EcdhEsA192Kw, EcdhEsA256Kw}) {
        for (const JwkKind kind : {JwkKind::P256, JwkKind::P384, JwkKind::P521, JwkKind::X25519, JwkKind::X448})
            add(algorithm, keyOf(kind));
    }
}

void TestJwe::whatWasEncryptedDecrypts()
{
    QFETCH(const int, algorithm);
    QFETCH(Jwk *const, key);
    for (int encryption = 0; encryption <= int(ContentEncryption::A256Gcm); ++encryption) {
        EncryptionHeader header;
        header.keyManagement = KeyManagement(algorithm);
        header.encryption = ContentEncryption(encryption);
        header.contentType = u"JWT"_s;
        header.keyId = u"k"_s;
        header.partyUInfo = "Alice";
        header.passwordCount = 1000;
        header.compress = encryption == 0;
        const Jwk recipient = key->isSymmetric() ? *key : key->publicJwk();
        const auto compact = encryptCompact(header, "plaintext", recipient, m_random);
        QVERIFY(compact);
        QVERIFY(headerOf(*compact).contains(R"("cty":"JWT")"));
        const auto flattened = encryptJson(JweForm::Flattened, {{header, recipient}}, "plaintext", "aad", m_random);
        QVERIFY(flattened);
        for (const QByteArray &token : {*compact, *flattened}) {
            const auto decrypted = decryptJwe(token, JwkSet({*key}), everythingAllowed());
            QVERIFY(decrypted);
            QCOMPARE(decrypted->plaintext.reveal(), QByteArrayView("plaintext"));
            QCOMPARE(int(decrypted->keyManagement), algorithm);
            QCOMPARE(int(decrypted->encryption), encryption);
            QCOMPARE(decrypted->keyId, u"k"_s);
        }
        // Whoever encrypted cannot decrypt.
        if (!key->isSymmetric())
            QVERIFY(!decryptJwe(*compact, JwkSet({recipient}), everythingAllowed()));
    }
}

void TestJwe::anotherKeyDoesNotDecrypt()
{
    QFETCH(const int, algorithm);
    QFETCH(Jwk *const, key);
    const QByteArray token = encryptedFor(*key, KeyManagement(algorithm));
    QVERIFY(!token.isEmpty());
    const Jwk other = key->isSymmetric() ? Jwk::fromSecret(Secret(QByteArray(key->secret().size(), 'o')))
                                         : Jwk::fromKey(*AsymmetricKey::generate(key->asymmetricKey()->type()));
    const auto refused = decryptJwe(token, JwkSet({other}), everythingAllowed());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), ErrorCode::SecurityCheckFailed);
    QVERIFY(!decryptJwe(token, JwkSet(), everythingAllowed()));
}

void TestJwe::aTokenOfAnotherShapeIsNone_data()
{
    QTest::addColumn<QByteArray>("token");
    const QByteArray good = encryptedFor(secretOf(16), KeyManagement::A128Kw);
    const QByteArrayList parts = good.split('.');
    // D.1 rows 18 to 20
    for (qsizetype count = 0; count < 5; ++count)
        QTest::addRow("%d parts", int(count)) << parts.first(count).join('.');
    QTest::newRow("six parts") << QByteArray(good + ".a");
    QTest::newRow("100,000 dots") << QByteArray(100'000, '.');
    QTest::newRow("padding") << QByteArray(good + '=');
    QTest::newRow("space") << QByteArray(' ' + good);
    QTest::newRow("line end") << QByteArray(good + '\n');
    QTest::newRow("duplicate alg") << withHeader(good, R"({"alg":"A128KW","alg":"dir","enc":"A128GCM"})");
    QTest::newRow("enc is a number") << withHeader(good, R"({"alg":"A128KW","enc":1})");
    QTest::newRow("empty header") << withHeader(good, {});
    QTest::newRow("no ciphertext") << QByteArray(R"({"protected":"e30","iv":"AAAA","tag":"AAAA"})");
    QTest::newRow("both syntaxes") << QByteArray(
        R"({"protected":"e30","header":{},"recipients":[{}],"ciphertext":"AAAA"})");
    QTest::newRow("no recipients") << QByteArray(R"({"protected":"e30","recipients":[],"ciphertext":"AAAA"})");
    QTest::newRow("a recipient is text") << QByteArray(R"({"protected":"e30","recipients":["x"],"ciphertext":"AAAA"})");
    QTest::newRow("iv is a number") << QByteArray(R"({"protected":"e30","iv":1,"ciphertext":"AAAA"})");
    QTest::newRow("broken JSON") << QByteArray("{");
    QTest::newRow("too large") << QByteArray(5 * 1024 * 1024, 'A');
}

void TestJwe::aTokenOfAnotherShapeIsNone()
{
    QFETCH(const QByteArray, token);
    const auto refused = decryptJwe(token, JwkSet({secretOf(16)}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().cause(), ErrorCause::TokenMalformed);
}

void TestJwe::headersOutsideTheRulesAreRefused_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::newRow("no alg") << QByteArray(R"({"enc":"A128GCM"})");
    QTest::newRow("no enc") << QByteArray(R"({"alg":"A128KW"})");
    QTest::newRow("alg none") << QByteArray(R"({"alg":"none","enc":"A128GCM"})");
    QTest::newRow("unknown enc") << QByteArray(R"({"alg":"A128KW","enc":"A128CTR"})");
    QTest::newRow("alg of a signature") << QByteArray(R"({"alg":"HS256","enc":"A128GCM"})");
    // D.1 row 28
    QTest::newRow("unknown extension") << QByteArray(R"({"alg":"A128KW","enc":"A128GCM","crit":["x"],"x":1})");
    QTest::newRow("empty crit") << QByteArray(R"({"alg":"A128KW","enc":"A128GCM","crit":[]})");
    QTest::newRow("crit names enc") << QByteArray(R"({"alg":"A128KW","enc":"A128GCM","crit":["enc"]})");
    // row 38
    QTest::newRow("direct instead of wrapped") << QByteArray(R"({"alg":"dir","enc":"A128GCM"})");
    QTest::newRow("wrapped by GCM instead") << QByteArray(R"({"alg":"A128GCMKW","enc":"A128GCM"})");
    QTest::newRow("other enc") << QByteArray(R"({"alg":"A128KW","enc":"A256GCM"})");
    QTest::newRow("CBC instead of GCM") << QByteArray(R"({"alg":"A128KW","enc":"A128CBC-HS256"})");
    QTest::newRow("another header that says the same") << QByteArray(R"({"enc":"A128GCM","alg":"A128KW"})");
    QTest::newRow("unknown compression") << QByteArray(R"({"alg":"A128KW","enc":"A128GCM","zip":"GZ"})");
}

void TestJwe::headersOutsideTheRulesAreRefused()
{
    QFETCH(const QByteArray, header);
    const Jwk key = secretOf(16);
    const QByteArray token = encryptedFor(key, KeyManagement::A128Kw);
    QVERIFY(decryptJwe(token, JwkSet({key})));
    const auto refused = decryptJwe(withHeader(token, header), JwkSet({key}), everythingAllowed());
    QVERIFY(!refused);
    QCOMPARE(refused.error().code(), ErrorCode::SecurityCheckFailed);
}

void TestJwe::rsa15NeedsConsent()
{
    // D.1 row 35
    const Jwk &key = keyOf(JwkKind::Rsa2048);
    const QByteArray token = encryptedFor(key, KeyManagement::Rsa1_5);
    QVERIFY(!decryptJwe(token, JwkSet({key})));
    QVERIFY(decryptJwe(token, JwkSet({key}), everythingAllowed()));
    const QByteArray downgraded =
        withHeader(encryptedFor(key, KeyManagement::RsaOaep), R"({"alg":"RSA1_5","enc":"A128GCM"})");
    QVERIFY(!decryptJwe(downgraded, JwkSet({key}), everythingAllowed()));
}

void TestJwe::everyFailureSoundsTheSame()
{
    // D.1 row 35: a broken padding, a key of the wrong size and a forged text are told apart by nobody.
    const Jwk &key = keyOf(JwkKind::Rsa2048);
    const QByteArray token = encryptedFor(key, KeyManagement::Rsa1_5);
    QByteArrayList parts = token.split('.');
    QSet<QString> messages;
    const auto collect = [&messages, &key](const QByteArray &wrong) {
        const auto refused = decryptJwe(wrong, JwkSet({key}), everythingAllowed());
        QVERIFY(!refused);
        messages << refused.error().message();
    };
    const auto withKey = [&parts](const QByteArray &encryptedKey) {
        QByteArrayList changed = parts;
        changed[1] = encodeBase64Url(encryptedKey);
        return changed.join('.');
    };
    const AsymmetricKey &rsa = *key.asymmetricKey();
    collect(withKey(QByteArray(256, '\1')));
    collect(withKey(QByteArray(255, '\1')));
    collect(withKey(*rsa.encrypt(RsaEncryption::Pkcs1, HashAlgorithm::Sha1, "short")));
    collect(withKey(*rsa.encrypt(RsaEncryption::Pkcs1, HashAlgorithm::Sha1, QByteArray(16, 'x'))));
    collect(withKey(*rsa.encrypt(RsaEncryption::Oaep, HashAlgorithm::Sha1, QByteArray(16, 'x'))));
    parts[4] = encodeBase64Url(QByteArray(16, 'x'));
    collect(parts.join('.'));
    QCOMPARE(messages.size(), 1);
}

void TestJwe::passwordsNeedConsentAndACountWithinBounds_data()
{
    QTest::addColumn<QByteArray>("count");
    QTest::addColumn<QByteArray>("salt");
    // D.1 row 34
    for (const char *count : {"0", "-1", "999", "600001", "2147483648", "9223372036854775808", "1000.5", "1e4",
                              "\"1000\"", "null", "[]", "true"})
        QTest::newRow(count) << QByteArray(count) << QByteArray("AAAAAAAAAAAAAAAAAAAAAA");
    QTest::newRow("short salt") << QByteArray("1000") << QByteArray("AAAAAAAAAA");
    QTest::newRow("empty salt") << QByteArray("1000") << QByteArray();
}

void TestJwe::passwordsNeedConsentAndACountWithinBounds()
{
    QFETCH(const QByteArray, count);
    QFETCH(const QByteArray, salt);
    const Jwk password = Jwk::fromSecret(Secret::copyOf("hunter2"));
    const QByteArray token = encryptedFor(password, KeyManagement::Pbes2Hs256A128Kw);
    QVERIFY(decryptJwe(token, JwkSet({password}), everythingAllowed()));
    QVERIFY(!decryptJwe(token, JwkSet({password})));
    const QByteArray header =
        R"({"alg":"PBES2-HS256+A128KW","enc":"A128GCM","p2s":")" + salt + R"(","p2c":)" + count + '}';
    QVERIFY(!decryptJwe(withHeader(token, header), JwkSet({password}), everythingAllowed()));
}

void TestJwe::ephemeralKeysThatProveNothingAreRefused_data()
{
    // D.1 row 36
    QTest::addColumn<int>("kind");
    QTest::addColumn<QByteArray>("epk");
    const QByteArray x = encodeBase64Url(QByteArray(32, '\1'));
    QTest::newRow("off the curve") << int(JwkKind::P256)
                                   << QByteArray(R"({"kty":"EC","crv":"P-256","x":")" + x + R"(","y":")" + x + "\"}");
    QTest::newRow("other curve") << int(JwkKind::P256) << keyOf(JwkKind::P384).toJson();
    QTest::newRow("other type") << int(JwkKind::P256) << keyOf(JwkKind::X25519).toJson();
    QTest::newRow("RSA") << int(JwkKind::P256) << keyOf(JwkKind::Rsa2048).toJson();
    QTest::newRow("private") << int(JwkKind::P256) << keyOf(JwkKind::P256).toPrivateJson().reveal().toByteArray();
    QTest::newRow("no y") << int(JwkKind::P256) << QByteArray(R"({"kty":"EC","crv":"P-256","x":")" + x + "\"}");
    QTest::newRow("text") << int(JwkKind::P256) << QByteArray("\"x\"");
    QTest::newRow("all-zero X25519") << int(JwkKind::X25519)
                                     << QByteArray(R"({"kty":"OKP","crv":"X25519","x":")"
                                                   + encodeBase64Url(QByteArray(32, '\0')) + "\"}");
    QTest::newRow("all-zero X448") << int(JwkKind::X448)
                                   << QByteArray(R"({"kty":"OKP","crv":"X448","x":")"
                                                 + encodeBase64Url(QByteArray(56, '\0')) + "\"}");
    QTest::newRow("Ed25519") << int(JwkKind::X25519) << keyOf(JwkKind::Ed25519).toJson();
}

void TestJwe::ephemeralKeysThatProveNothingAreRefused()
{
    QFETCH(const int, kind);
    QFETCH(const QByteArray, epk);
    const Jwk &key = keyOf(JwkKind(kind));
    for (const auto *algorithm : {"ECDH-ES", "ECDH-ES+A128KW"}) {
        const QByteArray token =
            encryptedFor(key, QByteArray(algorithm) == "ECDH-ES" ? KeyManagement::EcdhEs : KeyManagement::EcdhEsA128Kw);
        const QByteArray header = QByteArray(R"({"alg":")") + algorithm + R"(","enc":"A128GCM","epk":)" + epk + '}';
        const auto refused = decryptJwe(withHeader(token, header), JwkSet({key}));
        QVERIFY(!refused);
        QCOMPARE(refused.error().code(), ErrorCode::SecurityCheckFailed);
    }
}

// Security rule B.117.
void TestJwe::decompressionNeedsConsentAndIsCapped()
{
    // D.1 row 33 (CVE-2024-28176)
    const Jwk key = secretOf(16);
    EncryptionHeader header;
    header.keyManagement = KeyManagement::Direct;
    header.encryption = ContentEncryption::A128Gcm;
    header.compress = true;
    const auto encrypt = [&](const QByteArray &text) { return *encryptCompact(header, text, key, m_random); };
    const QByteArray honest = encrypt("plaintext");
    QVERIFY(!decryptJwe(honest, JwkSet({key})));
    QVERIFY(decryptJwe(honest, JwkSet({key}), everythingAllowed()));
    QVERIFY(!decryptJwe(encrypt(QByteArray(64 * 1024, 'x')), JwkSet({key}), everythingAllowed()));
    QVERIFY(!decryptJwe(encrypt(QByteArray(100 * 1024 * 1024, 'x')), JwkSet({key}), everythingAllowed()));
    const QByteArray random = m_random.bytes(JweRules::maximumInflated);
    QVERIFY(!decryptJwe(encrypt(QByteArray(random + 'x')), JwkSet({key}), everythingAllowed()));
    const QByteArray halfRandom = random.first(100'000) + QByteArray(100'000, 'x');
    QVERIFY(decryptJwe(encrypt(halfRandom), JwkSet({key}), everythingAllowed()));
}

void TestJwe::aDirectKeyComesWithNoEncryptedOne()
{
    // D.1 row 38
    const Jwk key = secretOf(16);
    QByteArrayList parts = encryptedFor(key, KeyManagement::Direct).split('.');
    QVERIFY(decryptJwe(parts.join('.'), JwkSet({key})));
    parts[1] = "AAAA";
    QVERIFY(!decryptJwe(parts.join('.'), JwkSet({key})));
    parts = encryptedFor(keyOf(JwkKind::P256), KeyManagement::EcdhEs).split('.');
    parts[1] = "AAAA";
    QVERIFY(!decryptJwe(parts.join('.'), JwkSet({keyOf(JwkKind::P256)})));
}

void TestJwe::aKeyIsOnlyForWhatItSays()
{
    const Jwk &key = keyOf(JwkKind::Rsa2048);
    const QByteArray token = encryptedFor(key, KeyManagement::RsaOaep);
    QVERIFY(decryptJwe(token, JwkSet({key.withUse(KeyUse::Encryption)})));
    QVERIFY(!decryptJwe(token, JwkSet({key.withUse(KeyUse::Signature)})));
    QVERIFY(!decryptJwe(token, JwkSet({key.withAlgorithm(Algorithm::RS256)})));
    QVERIFY(encryptedFor(key.withUse(KeyUse::Signature), KeyManagement::RsaOaep).isEmpty());
    QVERIFY(encryptedFor(keyOf(JwkKind::Ed25519), KeyManagement::EcdhEs).isEmpty());
    QVERIFY(encryptedFor(secretOf(24), KeyManagement::A128Kw).isEmpty());
    QVERIFY(encryptedFor(secretOf(16), KeyManagement::RsaOaep).isEmpty());
}

void TestJwe::severalRecipientsReadTheSame()
{
    const Jwk &rsa = keyOf(JwkKind::Rsa2048);
    const Jwk &ec = keyOf(JwkKind::X25519);
    const Jwk shared = secretOf(32);
    const auto header = [](KeyManagement algorithm) {
        EncryptionHeader result;
        result.keyManagement = algorithm;
        result.encryption = ContentEncryption::A256CbcHs512;
        return result;
    };
    const auto token = encryptJson(JweForm::General,
                                   {{header(KeyManagement::RsaOaep512), rsa.publicJwk()},
                                    {header(KeyManagement::EcdhEsA256Kw), ec.publicJwk()},
                                    {header(KeyManagement::A256GcmKw), shared}},
                                   "plaintext", {}, m_random);
    QVERIFY(token);
    for (const Jwk &key : {rsa, ec, shared}) {
        const auto decrypted = decryptJwe(*token, JwkSet({key}));
        QVERIFY(decrypted);
        QCOMPARE(decrypted->plaintext.reveal(), QByteArrayView("plaintext"));
    }
    QVERIFY(!decryptJwe(*token, JwkSet({keyOf(JwkKind::P256)})));
    QVERIFY(!encryptJson(JweForm::General,
                         {{header(KeyManagement::Direct), secretOf(64)}, {header(KeyManagement::A256GcmKw), shared}},
                         "plaintext", {}, m_random));
    QVERIFY(!encryptJson(JweForm::Flattened, {}, "plaintext", {}, m_random));
}

void TestJwe::associatedDataAreAuthenticated()
{
    const Jwk key = secretOf(16);
    EncryptionHeader header;
    header.keyManagement = KeyManagement::Direct;
    header.encryption = ContentEncryption::A128Gcm;
    const auto token = encryptJson(JweForm::Flattened, {{header, key}}, "plaintext", "associated", m_random);
    QVERIFY(token);
    QVERIFY(decryptJwe(*token, JwkSet({key})));
    QByteArray changed = *token;
    changed.replace(encodeBase64Url("associated"), encodeBase64Url("associatee"));
    QVERIFY(changed != *token);
    QVERIFY(!decryptJwe(changed, JwkSet({key})));
}

void TestJwe::aParameterStandsInOnePlace()
{
    // D.1 row 30
    const Jwk key = secretOf(16);
    EncryptionHeader header;
    header.keyManagement = KeyManagement::A128Kw;
    header.encryption = ContentEncryption::A128Gcm;
    QByteArray token = *encryptJson(JweForm::Flattened, {{header, key}}, "plaintext", {}, m_random);
    token.replace("\"header\":{", "\"header\":{\"enc\":\"A128GCM\",");
    const auto refused = decryptJwe(token, JwkSet({key}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().cause(), ErrorCause::TokenMalformed);
}

void TestJwe::aSignatureIsNoEncryption()
{
    // D.1 row 32
    const auto refused = decryptJwe("eyJhbGciOiJIUzI1NiJ9.e30.AAAA", JwkSet({secretOf(32)}));
    QVERIFY(!refused);
    QCOMPARE(refused.error().cause(), ErrorCause::TokenMalformed);
}

QTEST_GUILESS_MAIN(TestJwe)
#include "tst_jwe.moc"

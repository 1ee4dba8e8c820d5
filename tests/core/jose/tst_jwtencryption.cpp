// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
//
// Security rule B.73: decrypt first if encryption was registered; then an unencrypted token is refused.
#include "jwtfixture.h"

#include <countersign/crypto/systemrandom.h>
#include <countersign/jose/jwe.h>

using namespace Countersign;
using namespace Countersign::Jose;
using namespace Countersign::Jose::Tokens;
using namespace Qt::StringLiterals;

namespace {

const Jwk &recipient()
{
    static const Jwk key = Jwk::generate(JwkKind::Rsa2048, u"mine"_s).value();
    return key;
}

JwtEncryption registration()
{
    return {KeyManagement::RsaOaep256, ContentEncryption::A256Gcm, JwkSet({recipient()})};
}

JwtRules encryptedRules(const JwtEncryption &encryption = registration())
{
    auto demanding = rules();
    demanding.encryption = encryption;
    return demanding;
}

EncryptionHeader header()
{
    EncryptionHeader header;
    header.keyManagement = registration().keyManagement;
    header.encryption = registration().encryption;
    header.contentType = u"JWT"_s;
    header.keyId = recipient().keyId();
    return header;
}

QByteArray encrypt(QByteArrayView inside, const EncryptionHeader &how = header(), const Jwk &key = recipient())
{
    SystemRandom random;
    return encryptCompact(how, inside, key, random).value();
}

//! What fails with keys and tags sounds alike and has no cause of its own (RFC 7516 §11.5).
QString outcomeOf(const Result<VerifiedJwt> &result)
{
    const bool isUndecrypted = !result && result.error().code() == ErrorCode::SecurityCheckFailed
        && result.error().cause() == ErrorCause::Unspecified;
    return isUndecrypted ? u"not decrypted"_s : causeOf(result);
}

template <typename Change> QByteArray encryptedWith(Change change)
{
    auto how = header();
    change(how);
    return encrypt(sign(claims()), how);
}

} // namespace

class TestJwtEncryption : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void b73AnEncryptedTokenIsDecryptedThenVerified_data()
    {
        QTest::addColumn<int>("keyManagement");
        QTest::addColumn<int>("encryption");
        QTest::addColumn<int>("kind");
        const auto row = [](KeyManagement management, ContentEncryption encryption, JwkKind kind) {
            QTest::newRow(qPrintable(name(management) + u' ' + name(encryption)))
                << int(management) << int(encryption) << int(kind);
        };
        row(KeyManagement::RsaOaep, ContentEncryption::A128CbcHs256, JwkKind::Rsa2048);
        row(KeyManagement::RsaOaep256, ContentEncryption::A256Gcm, JwkKind::Rsa2048);
        row(KeyManagement::EcdhEs, ContentEncryption::A128Gcm, JwkKind::P256);
        row(KeyManagement::EcdhEsA128Kw, ContentEncryption::A128CbcHs256, JwkKind::X25519);
    }
    void b73AnEncryptedTokenIsDecryptedThenVerified()
    {
        QFETCH(const int, keyManagement);
        QFETCH(const int, encryption);
        QFETCH(const int, kind);
        const auto &own = key(JwkKind(kind));
        const JwtEncryption registered{KeyManagement(keyManagement), ContentEncryption(encryption), JwkSet({own})};
        auto how = header();
        how.keyManagement = registered.keyManagement;
        how.encryption = registered.encryption;
        how.keyId = own.keyId();
        const auto signedToken = sign(claims());
        const auto token = encrypt(signedToken, how, own);
        const auto verified = validate(token, encryptedRules(registered));
        QVERIFY2(verified, verified ? "" : qPrintable(verified.error().message()));
        QCOMPARE(verified->subject(), u"ada"_s);
        QCOMPARE(verified->compact(), QByteArrayView(signedToken));

        const JwtValidator validator(encryptedRules(registered));
        const auto opened = validator.open(token);
        QVERIFY(opened && opened->wasEncrypted());
        const auto examined = validator.examine(*opened, published({rsa()}), at());
        QCOMPARE(causeOf(examined.result), u"accepted"_s);
        QCOMPARE(examined.report.find(u"encryption")->outcome, CheckOutcome::Passed);
    }

    void b73AnOpenTokenIsRefusedWhereEncryptionWasRegistered()
    {
        const auto token = sign(claims());
        QCOMPARE(causeOf(validate(token)), u"accepted"_s);
        const JwtValidator validator(encryptedRules());
        const auto refused = validator.validate(token, published({rsa()}), at());
        QCOMPARE(causeOf(refused), u"policy_failed"_s);
        QCOMPARE(refused.error().code(), ErrorCode::SecurityCheckFailed);
        QVERIFY(!validator.open(token));
        // Nor when somebody else has parsed it before.
        const auto parsed = UnverifiedJwt::parse(token).value();
        QCOMPARE(causeOf(validator.validate(parsed, published({rsa()}), at())), u"policy_failed"_s);
        const auto examined = validator.examine(parsed, published({rsa()}), at());
        QCOMPARE(causeOf(examined.result), u"policy_failed"_s);
        QCOMPARE(examined.report.find(u"encryption")->outcome, CheckOutcome::Failed);
        QCOMPARE(examined.report.find(u"signature")->outcome, CheckOutcome::Passed);
    }

    void b73WithoutRegistrationAnEncryptedTokenIsRefused()
    {
        QCOMPARE(causeOf(validate(encrypt(sign(claims())))), u"token_malformed"_s);
        const auto examined =
            JwtValidator(rules()).examine(UnverifiedJwt::parse(sign(claims())).value(), published({rsa()}), at());
        QCOMPARE(examined.report.find(u"encryption")->outcome, CheckOutcome::NotApplicable);
    }

    void b73WhatWasRegisteredDecidesAndNotTheToken_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QString>("outcome");
        const auto row = [](const char *name, const QByteArray &token, const char *outcome) {
            QTest::newRow(name) << token << QString::fromLatin1(outcome);
        };
        using Header = EncryptionHeader;
        row("as registered", encryptedWith([](Header &) {}), "accepted");
        row("another alg", encryptedWith([](Header &how) { how.keyManagement = KeyManagement::RsaOaep; }),
            "policy_failed");
        row("another enc", encryptedWith([](Header &how) { how.encryption = ContentEncryption::A128Gcm; }),
            "policy_failed");
        row("RFC 7519 5.2: no cty", encryptedWith([](Header &how) { how.contentType.clear(); }), "policy_failed");
        row("RFC 7519 5.2: another cty", encryptedWith([](Header &how) { how.contentType = u"json"_s; }),
            "policy_failed");
        row("RFC 7515 4.1.10: cty in small letters", encryptedWith([](Header &how) { how.contentType = u"jwt"_s; }),
            "accepted");
        row("compressed", encryptedWith([](Header &how) { how.compress = true; }), "not decrypted");
        const auto otherKey = Jwk::generate(JwkKind::Rsa2048, recipient().keyId()).value();
        row("for another key", encrypt(sign(claims()), header(), otherKey), "not decrypted");
        auto parts = encrypt(sign(claims())).split('.');
        parts[3].front() = parts[3].front() == 'A' ? 'B' : 'A';
        row("changed on the way", parts.join('.'), "not decrypted");
        parts[0] = "!";
        row("header no base64url", parts.join('.'), "token_malformed");
    }
    void b73WhatWasRegisteredDecidesAndNotTheToken()
    {
        QFETCH(const QByteArray, token);
        QFETCH(const QString, outcome);
        QCOMPARE(outcomeOf(validate(token, encryptedRules())), outcome);
    }

    void b73EncryptionIsNoSignature_data()
    {
        QTest::addColumn<QByteArray>("inside");
        QTest::addColumn<QString>("outcome");
        const QByteArray none =
            encodeBase64Url(json({{u"alg"_s, u"none"_s}})) + '.' + encodeBase64Url(json(claims())) + '.';
        QTest::newRow("claims without a signature") << json(claims()) << u"token_malformed"_s;
        QTest::newRow("1: alg none") << none << u"signature_invalid"_s;
        QTest::newRow("signed by somebody else")
            << sign(claims(), u"RS256"_s, Jwk::generate(JwkKind::Rsa2048, rsa().keyId()).value())
            << u"signature_invalid"_s;
        QTest::newRow("signed for somebody else") << sign(with(claims(), u"aud"_s, u"x"_s)) << u"audience_mismatch"_s;
        QTest::newRow("encrypted once more") << encrypt(sign(claims())) << u"token_malformed"_s;
        QTest::newRow("too large") << QByteArray(UnverifiedJwt::maximumSize + 1, 'a') << u"token_malformed"_s;
        QTest::newRow("nothing") << QByteArray() << u"token_malformed"_s;
    }
    void b73EncryptionIsNoSignature()
    {
        QFETCH(const QByteArray, inside);
        QFETCH(const QString, outcome);
        QCOMPARE(outcomeOf(validate(encrypt(inside), encryptedRules())), outcome);
    }

    void b73RegisteringWhatIsDangerousDoesNotAllowIt()
    {
        auto how = header();
        how.keyManagement = KeyManagement::Rsa1_5;
        auto registered = registration();
        registered.keyManagement = KeyManagement::Rsa1_5;
        QCOMPARE(outcomeOf(validate(encrypt(sign(claims()), how), encryptedRules(registered))), u"not decrypted"_s);

        const auto password = Jwk::fromSecret(Secret(QByteArray("correct horse")));
        how.keyManagement = registered.keyManagement = KeyManagement::Pbes2Hs256A128Kw;
        how.keyId.clear();
        how.passwordCount = JweRules::minimumPasswordCount;
        registered.keys = JwkSet({password});
        QCOMPARE(outcomeOf(validate(encrypt(sign(claims()), how, password), encryptedRules(registered))),
                 u"not decrypted"_s);
    }
};

QTEST_GUILESS_MAIN(TestJwtEncryption)
#include "tst_jwtencryption.moc"

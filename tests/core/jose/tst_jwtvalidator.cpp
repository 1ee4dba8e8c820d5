// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
//
// What every JWT is held against: form, key and signature, issuer and audience, time.
#include "jwtfixture.h"

#include <countersign/jose/tokendocument.h>

using namespace Countersign;
using namespace Countersign::Jose;
using namespace Countersign::Jose::Tokens;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestJwtValidator : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aSoundIdTokenIsVerified()
    {
        const auto token = validate(sign(claims()));
        QVERIFY2(token, token ? "" : qPrintable(token.error().message()));
        QCOMPARE(token->subject(), u"ada"_s);
        QCOMPARE(token->issuer(), issuer);
        QCOMPARE(token->algorithm(), Algorithm::RS256);
        QCOMPARE(token->keyId(), rsa().keyId());
        QCOMPARE(token->expiresAt(), at(now + 3600));
    }

    void everyAlgorithmVerifies_data()
    {
        QTest::addColumn<QString>("algorithm");
        QTest::addColumn<int>("kind");
        for (const char *name : {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512"})
            QTest::newRow(name) << QString::fromLatin1(name) << int(JwkKind::Rsa2048);
        QTest::newRow("ES256") << u"ES256"_s << int(JwkKind::P256);
        QTest::newRow("ES384") << u"ES384"_s << int(JwkKind::P384);
        QTest::newRow("ES512") << u"ES512"_s << int(JwkKind::P521);
        QTest::newRow("EdDSA with Ed25519") << u"EdDSA"_s << int(JwkKind::Ed25519);
        QTest::newRow("EdDSA with Ed448") << u"EdDSA"_s << int(JwkKind::Ed448);
    }
    void everyAlgorithmVerifies()
    {
        QFETCH(QString, algorithm);
        QFETCH(int, kind);
        auto demanding = rules();
        demanding.allowed = Algorithms{*parseAlgorithm(algorithm)};
        const auto &signer = key(JwkKind(kind));
        const auto token = sign(claims(), algorithm, signer);
        QCOMPARE(causeOf(validate(token, demanding, published({signer}))), u"accepted"_s);
        // Modules invalid-sig-*: every byte of the signature XOR 0x5A.
        auto signature = decodeBase64Url(token.mid(token.lastIndexOf('.') + 1)).value();
        for (auto &byte : signature)
            byte = static_cast<char>(byte ^ 0x5a);
        QByteArray broken = token.left(token.lastIndexOf('.') + 1);
        broken += encodeBase64Url(signature);
        QCOMPARE(causeOf(validate(broken, demanding, published({signer}))), u"signature_invalid"_s);
        // Security rule B.78: the expected algorithm, not the token's.
        if (algorithm != u"RS256"_s)
            QCOMPARE(causeOf(validate(token, rules(), published({signer}))), u"signature_invalid"_s);
    }

    void claimsAreHeldAgainstTheRules_data()
    {
        QTest::addColumn<QJsonObject>("claims");
        QTest::addColumn<QString>("outcome");
        const auto row = [](const char *name, const QJsonObject &changed, const char *outcome) {
            QTest::newRow(name) << changed << QString::fromLatin1(outcome);
        };
        const auto c = claims();
        row("module nonce-invalid", with(c, u"nonce"_s, u"n-11"_s), "nonce_mismatch");
        row("B.82: nonce missing", without(c, u"nonce"_s), "nonce_mismatch");
        row("nonce of another type", with(c, u"nonce"_s, 1), "token_malformed");
        row("module missing-iat", without(c, u"iat"_s), "token_time");
        row("module missing-aud", without(c, u"aud"_s), "audience_mismatch");
        row("module invalid-aud", with(c, u"aud"_s, QString(client + u"1"_s)), "audience_mismatch");
        row("module valid-aud-as-array", with(c, u"aud"_s, QJsonArray{client}), "accepted");
        row("module invalid-secondary-aud", with(c, u"aud"_s, QJsonArray{client, u"other"_s}), "audience_mismatch");
        row("audience of another type", with(c, u"aud"_s, 7), "token_malformed");
        row("audience with a number", with(c, u"aud"_s, QJsonArray{client, 7}), "token_malformed");
        row("empty audience array", with(c, u"aud"_s, QJsonArray()), "audience_mismatch");
        row("B.76: azp the client", with(c, u"azp"_s, client), "accepted");
        row("B.76: azp another", with(c, u"azp"_s, u"other"_s), "audience_mismatch");
        row("module missing-sub", without(c, u"sub"_s), "issuer_mismatch");
        row("B.87: sub empty", with(c, u"sub"_s, u""_s), "issuer_mismatch");
        row("B.87: sub of 255", with(c, u"sub"_s, QString(255, u'a')), "accepted");
        row("B.87: sub of 256", with(c, u"sub"_s, QString(256, u'a')), "issuer_mismatch");
        row("B.87: sub not ASCII", with(c, u"sub"_s, u"ad\u00e4"_s), "issuer_mismatch");
        row("module invalid-iss", with(c, u"iss"_s, QString(issuer + u"1"_s)), "issuer_mismatch");
        row("module missing-iss", without(c, u"iss"_s), "issuer_mismatch");
        row("issuer with a slash more", with(c, u"iss"_s, QString(issuer + u"/"_s)), "issuer_mismatch");
        row("21: issuer in other normal form", with(c, u"iss"_s, u"https://op.example\u0301"_s), "issuer_mismatch");
        row("module expired-exp: six minutes", with(c, u"exp"_s, now - 360), "token_time");
        row("B.80: expired within the skew", with(c, u"exp"_s, now - 4), "accepted");
        row("B.80: at the border", with(c, u"exp"_s, now - 119), "token_time"); // before iat, too
        row("module missing-exp", without(c, u"exp"_s), "token_time");
        row("24: exp before iat", with(c, u"exp"_s, now - 6), "token_time");
        row("24: nbf in the future", with(c, u"nbf"_s, now + 121), "token_time");
        row("24: nbf within the skew", with(c, u"nbf"_s, now + 119), "accepted");
        row("24: iat in the future", with(c, u"iat"_s, now + 121), "token_time");
        row("24: iat within the skew", with(c, u"iat"_s, now + 119), "accepted");
        row("24: milliseconds", with(c, u"exp"_s, double(now) * 1000), "token_time");
        row("module iat-is-week-in-past", with(c, u"iat"_s, now - 604800), "token_time");
        row("23: exp a string", with(c, u"exp"_s, u"1700003600"_s), "token_malformed");
        row("23: exp null", with(c, u"exp"_s, QJsonValue::Null), "token_malformed");
        row("23: exp an array", with(c, u"exp"_s, QJsonArray{now}), "token_malformed");
        row("23: exp true", with(c, u"exp"_s, true), "token_malformed");
        row("23: exp negative", with(c, u"exp"_s, -1), "token_time");
        row("23: exp with a fraction", with(c, u"exp"_s, now + 3600.5), "accepted");
        row("39: logout event in an ID token",
            with(c, u"events"_s, QJsonObject{{QString::fromLatin1(logoutEvent), QJsonObject()}}), "policy_failed");
    }
    void claimsAreHeldAgainstTheRules()
    {
        QFETCH(QJsonObject, claims);
        QFETCH(QString, outcome);
        const auto token = sign(claims);
        const auto result = validate(token);
        QCOMPARE(causeOf(result), outcome);
        // Security rule B.93: the failure names the step; the full report agrees with the short way.
        const auto full = JwtValidator(rules()).examine(UnverifiedJwt::parse(token).value(), published({rsa()}), at());
        QCOMPARE(causeOf(full.result), outcome);
        QCOMPARE(full.report.hasFailures(), outcome != u"accepted"_s);
        if (!result)
            QVERIFY(!result.error().message().isEmpty() && !result.error().message().contains(u"n-1"_s));
    }

    void exactNumbersDecide_data()
    {
        QTest::addColumn<QByteArray>("number");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("23: 1e999") << QByteArray("1e999") << u"token_malformed"_s;
        QTest::newRow("23: 1e18") << QByteArray("1e18") << u"token_malformed"_s;
        QTest::newRow("23: 2^53+1") << QByteArray("9007199254740993") << u"token_malformed"_s;
        QTest::newRow("23: 2^63") << QByteArray("9223372036854775808") << u"token_malformed"_s;
        QTest::newRow("23: 2^64") << QByteArray("18446744073709551616") << u"token_malformed"_s;
        QTest::newRow("23: -0") << QByteArray("-0") << u"token_time"_s;
        QTest::newRow("23: 1.7000036e9") << QByteArray("1.7000036e9") << u"accepted"_s;
        QTest::newRow("23: NaN") << QByteArray("NaN") << u"token_malformed"_s;
        QTest::newRow("23: leading zero") << QByteArray("01700003600") << u"token_malformed"_s;
    }
    void exactNumbersDecide()
    {
        QFETCH(QByteArray, number);
        QFETCH(QString, outcome);
        QByteArray payload = json(without(claims(), u"exp"_s)).chopped(1);
        payload += ",\"exp\":" + number + "}";
        QCOMPARE(causeOf(validate(sign(payload, json({{u"alg"_s, u"RS256"_s}, {u"kid"_s, rsa().keyId()}})))), outcome);
    }

    void headersAreHeldAgainstTheRules_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QString>("outcome");
        const auto row = [](const char *name, const QByteArray &members, const char *outcome) {
            QByteArray header("{\"alg\":\"RS256\",\"kid\":\"");
            header += rsa().keyId().toLatin1() + '"' + members + '}';
            QTest::newRow(name) << header << QString::fromLatin1(outcome);
        };
        row("plain", "", "accepted");
        row("B.114: JWT", ",\"typ\":\"JWT\"", "accepted");
        row("B.114: in other case", ",\"typ\":\"jwt\"", "accepted");
        row("B.114: application/jwt", ",\"typ\":\"application/jwt\"", "accepted");
        row("39: access token", ",\"typ\":\"at+jwt\"", "policy_failed");
        row("39: logout token", ",\"typ\":\"logout+jwt\"", "policy_failed");
        row("39: DPoP proof", ",\"typ\":\"dpop+jwt\"", "policy_failed");
        row("39: request object", ",\"typ\":\"oauth-authz-req+jwt\"", "policy_failed");
        row("4: embedded key", ",\"jwk\":{\"kty\":\"RSA\",\"n\":\"AQ\",\"e\":\"AQAB\"}", "accepted");
        row("5: jku", ",\"jku\":\"http://169.254.169.254/\"", "accepted");
        row("5: x5u", ",\"x5u\":\"file:///etc/passwd\"", "accepted");
        row("6: x5c", ",\"x5c\":[\"AAAA\"]", "accepted");
        row("28: crit unknown", ",\"crit\":[\"x\"],\"x\":1", "signature_invalid");
        row("28: crit empty", ",\"crit\":[]", "signature_invalid");
        row("28: crit no array", ",\"crit\":\"x\"", "signature_invalid");
        row("28: crit lists what is registered", ",\"crit\":[\"alg\"]", "signature_invalid");
        row("28: crit lists what is absent", ",\"crit\":[\"y\"]", "signature_invalid");
        row("29: b64 true", ",\"b64\":true", "signature_invalid");
        row("20: duplicate", ",\"alg\":\"none\"", "token_malformed");
        row("7: kid an object", ",\"typ\":{}", "token_malformed");
    }
    void headersAreHeldAgainstTheRules()
    {
        QFETCH(QByteArray, header);
        QFETCH(QString, outcome);
        // Signed by hand: no signer makes some of these.
        QByteArray token = encodeBase64Url(header);
        token += '.' + encodeBase64Url(json(claims()));
        const auto signature = makeSignature(Algorithm::RS256, token, rsa()).value();
        token += '.' + encodeBase64Url(signature);
        QCOMPARE(causeOf(validate(token)), outcome);
    }

    void algorithmsCannotBeConfused_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QByteArray>("secret");
        const auto modulus = JsonObject::parse(rsa().toJson()).value().string("n").value().toLatin1();
        for (const char *none : {"none", "None", "NONE", "nOnE", "none ", ""})
            QTest::newRow(qPrintable(u"1: "_s + QLatin1StringView(none)))
                << QByteArray("{\"alg\":\"" + QByteArray(none) + "\"}") << QByteArray();
        QTest::newRow("2: JWK text as secret") << QByteArray("{\"alg\":\"HS256\"}") << rsa().toJson();
        QTest::newRow("2: modulus as secret") << QByteArray("{\"alg\":\"HS256\"}") << decodeBase64Url(modulus).value();
        QTest::newRow("3: EC JWK as secret") << QByteArray("{\"alg\":\"HS256\"}") << key(JwkKind::P256).toJson();
        QTest::newRow("3: Ed25519 JWK as secret")
            << QByteArray("{\"alg\":\"HS256\"}") << key(JwkKind::Ed25519).toJson();
        QTest::newRow("unknown") << QByteArray("{\"alg\":\"RS1\"}") << QByteArray("x");
    }
    void algorithmsCannotBeConfused()
    {
        QFETCH(QByteArray, header);
        QFETCH(QByteArray, secret);
        QByteArray input = encodeBase64Url(header);
        input += '.' + encodeBase64Url(json(claims()));
        const auto mac = hmac(HashAlgorithm::Sha256, secret, input);
        auto generous = rules();
        generous.allowed = Algorithms::all();
        for (const auto &signature : {QByteArray(), mac}) {
            QByteArray token = input;
            token += '.' + encodeBase64Url(signature);
            for (const auto &with : {rules(), generous}) {
                const auto result =
                    validate(token, with, published({rsa(), key(JwkKind::P256), key(JwkKind::Ed25519)}));
                QCOMPARE(causeOf(result), u"signature_invalid"_s);
            }
        }
    }

    // Security rule B.79.
    void aSharedSecretIsForConfidentialClients()
    {
        const auto secret = Jwk::fromSecret(Secret(QByteArray(32, 's')));
        const auto token = sign(json(claims()), "{\"alg\":\"HS256\"}", secret);
        auto confidential = rules();
        confidential.allowed = {Algorithm::HS256};
        QCOMPARE(causeOf(validate(token, confidential, JwkSet({secret}))), u"signature_invalid"_s);
        confidential.mayUseSecret = true;
        QCOMPARE(causeOf(validate(token, confidential, JwkSet({secret}))), u"accepted"_s);
        // Module invalid-sig-hs256.
        const auto wrong = Jwk::fromSecret(Secret(QByteArray(32, 't')));
        QCOMPARE(causeOf(validate(token, confidential, JwkSet({wrong}))), u"signature_invalid"_s);
    }

    void keysAreChosenWithCare()
    {
        const auto token = sign(claims());
        QCOMPARE(causeOf(validate(token, rules(), JwkSet())), u"key_not_found"_s);
        QCOMPARE(causeOf(validate(token, rules(), published({key(JwkKind::P256)}))), u"key_not_found"_s);
        // Attack 8: a decoy of another type is skipped, a second key of the same type refused.
        const auto decoy = key(JwkKind::P256).withKeyId(rsa().keyId());
        QCOMPARE(causeOf(validate(token, rules(), published({decoy, rsa()}))), u"accepted"_s);
        const auto twin = Jwk::generate(JwkKind::Rsa2048, rsa().keyId()).value();
        QCOMPARE(causeOf(validate(token, rules(), published({twin, rsa()}))), u"key_not_found"_s);
        // Attack 9: an encryption key does not verify.
        QCOMPARE(causeOf(validate(token, rules(), JwkSet({rsa().publicJwk().withUse(KeyUse::Encryption)}))),
                 u"key_not_found"_s);
        // Modules kid-absent-single-jwks and kid-absent-multiple-jwks.
        const auto anonymous = sign(json(claims()), "{\"alg\":\"RS256\"}");
        QCOMPARE(causeOf(validate(anonymous, rules(), published({key(JwkKind::P256), rsa(), key(JwkKind::Ed25519)}))),
                 u"accepted"_s);
        QCOMPARE(causeOf(validate(anonymous, rules(), published({twin, rsa()}))), u"accepted"_s);
        QCOMPARE(causeOf(validate(anonymous, rules(), published({twin}))), u"signature_invalid"_s);
    }

    // Security rules B.103 to B.108.
    void tenantsAreSubstitutedAndCompared()
    {
        const auto tenant = u"9188040d-6c67-4c5b-b112-36a304b66dad"_s;
        const auto other = u"72f988bf-86f1-41af-91ab-2d7cd011db47"_s;
        auto entra = rules();
        entra.issuer = IssuerRule::exactly(u"https://login.microsoftonline.com/{tenantid}/v2.0"_s);
        const auto issued = [](const QString &by, const QString &tid) {
            return sign(
                with(with(claims(), u"iss"_s, u"https://login.microsoftonline.com/%1/v2.0"_s.arg(by)), u"tid"_s, tid));
        };
        QCOMPARE(causeOf(validate(issued(tenant, tenant), entra)), u"accepted"_s);
        QCOMPARE(causeOf(validate(issued(tenant, other), entra)), u"issuer_mismatch"_s);
        QCOMPARE(causeOf(validate(issued(u"common"_s, u"common"_s), entra)), u"issuer_mismatch"_s);
        QCOMPARE(causeOf(validate(issued(u"{tenantid}"_s, u"{tenantid}"_s), entra)), u"issuer_mismatch"_s);
        entra.issuer = std::move(entra.issuer).withTenants({other});
        QCOMPARE(causeOf(validate(issued(tenant, tenant), entra)), u"issuer_mismatch"_s);
        QCOMPARE(causeOf(validate(issued(other, other), entra)), u"accepted"_s);
        auto several = rules();
        several.issuer = IssuerRule::oneOf({u"https://adfs.example/adfs"_s, issuer});
        QCOMPARE(causeOf(validate(sign(claims()), several)), u"accepted"_s);
    }

    //! B.107: version 1 tokens are held against version 1's issuer, and each version against its own alone.
    void b107TheVersionsOfEntraHaveIssuersOfTheirOwn()
    {
        const auto tenant = u"72f988bf-86f1-41af-91ab-2d7cd011db47"_s;
        const auto of = [&tenant](const QString &by, const QString &version) {
            return sign(
                with(with(with(claims(), u"iss"_s, QString(by).arg(tenant)), u"tid"_s, tenant), u"ver"_s, version));
        };
        const auto first = u"https://sts.windows.net/%1/"_s;
        const auto second = u"https://login.microsoftonline.com/%1/v2.0"_s;
        auto rulesOfFirst = rules();
        rulesOfFirst.issuer = IssuerRule::exactly(u"https://sts.windows.net/{tenantid}/"_s);
        auto rulesOfSecond = rules();
        rulesOfSecond.issuer = IssuerRule::exactly(u"https://login.microsoftonline.com/{tenantid}/v2.0"_s);
        QCOMPARE(causeOf(validate(of(first, u"1.0"_s), rulesOfFirst)), u"accepted"_s);
        QCOMPARE(causeOf(validate(of(second, u"2.0"_s), rulesOfFirst)), u"issuer_mismatch"_s);
        QCOMPARE(causeOf(validate(of(first, u"1.0"_s), rulesOfSecond)), u"issuer_mismatch"_s);
        QCOMPARE(causeOf(validate(of(second, u"2.0"_s), rulesOfSecond)), u"accepted"_s);
    }

    void b104AKeyOfOneTenantSignsForNoOther_data()
    {
        QTest::addColumn<QString>("keyIssuer");
        QTest::addColumn<QString>("tokenIssuer");
        QTest::addColumn<QString>("outcome");
        const auto consumers = u"https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0"_s;
        const auto tenant = u"https://login.microsoftonline.com/72f988bf-86f1-41af-91ab-2d7cd011db47/v2.0"_s;
        const auto version1 = u"https://sts.windows.net/72f988bf-86f1-41af-91ab-2d7cd011db47/"_s;
        const auto any = u"https://login.microsoftonline.com/{tenantid}/v2.0"_s;
        QTest::newRow("no issuer in the key") << QString() << tenant << u"accepted"_s;
        QTest::newRow("for any tenant") << any << tenant << u"accepted"_s;
        QTest::newRow("for any tenant, version 1") << any << version1 << u"accepted"_s;
        QTest::newRow("for this tenant") << tenant << tenant << u"accepted"_s;
        QTest::newRow("for this tenant, version 1") << tenant << version1 << u"accepted"_s;
        QTest::newRow("the key of personal accounts signs a tenant's token")
            << consumers << tenant << u"issuer_mismatch"_s;
        QTest::newRow("an issuer without tenant, equal")
            << u"https://op.example"_s << u"https://op.example"_s << u"accepted"_s;
        QTest::newRow("an issuer without tenant, another") << u"https://op.example"_s << tenant << u"issuer_mismatch"_s;
    }
    void b104AKeyOfOneTenantSignsForNoOther()
    {
        QFETCH(QString, keyIssuer);
        QFETCH(QString, tokenIssuer);
        QFETCH(QString, outcome);
        auto document = QJsonDocument::fromJson(published({rsa()}).toJson()).object();
        auto key = document.value(u"keys"_s).toArray().first().toObject();
        if (!keyIssuer.isEmpty())
            key.insert(u"issuer"_s, keyIssuer);
        document.insert(u"keys"_s, QJsonArray{key});
        const auto keys = JwkSet::parse(QJsonDocument(document).toJson());
        QVERIFY(keys.hasValue());
        QCOMPARE(JwkSet::parse(keys->toJson())->keys().first().issuer(), keyIssuer);
        auto expected = rules();
        expected.issuer = IssuerRule::exactly(tokenIssuer);
        QCOMPARE(causeOf(validate(sign(with(claims(), u"iss"_s, tokenIssuer)), expected, *keys)), outcome);
    }

    void theChecklistNamesEveryRule()
    {
        auto generous = JwtRules::forIdToken({}, {}, {});
        generous.nonceRule = NonceRule::NotKnown;
        const auto token = UnverifiedJwt::parse(sign(with(claims(), u"exp"_s, now - 4000))).value();
        const auto validation = JwtValidator(generous).examine(token, published({rsa()}), at());
        const auto outcome = [&](QStringView id) { return identifier(validation.report.find(id)->outcome); };
        QCOMPARE(outcome(u"signature"), u"passed"_s);
        QCOMPARE(outcome(u"issuer"), u"not_possible"_s);
        QCOMPARE(outcome(u"audience"), u"not_possible"_s);
        QCOMPARE(outcome(u"nonce"), u"not_possible"_s);
        QCOMPARE(outcome(u"lifetime"), u"failed"_s);
        QCOMPARE(outcome(u"acr"), u"not_applicable"_s);
        QCOMPARE(causeOf(validation.result), u"token_time"_s);
        for (const auto &check : validation.report.checks())
            QVERIFY(!check.id.isEmpty() && !check.reference.isEmpty());
        // Without expectations a sound token is not verified either.
        const auto sound = JwtValidator(generous).validate(sign(claims()), published({rsa()}), at());
        QCOMPARE(sound.error().code(), ErrorCode::InvalidArgument);
    }

    //! Security rule B.120: nothing but a validator makes a verified token; what decodes leniently cannot.
    void b120OnlyTheValidatorMakesAVerifiedToken()
    {
        static_assert(!std::is_default_constructible_v<VerifiedJwt>);
        static_assert(!std::is_constructible_v<VerifiedJwt, UnverifiedJwt>);
        static_assert(!std::is_constructible_v<VerifiedJwt, UnverifiedJwt, Algorithm, QString>);
        static_assert(!std::is_constructible_v<VerifiedJwt, QByteArray>);
        static_assert(!std::is_constructible_v<VerifiedJwt, TokenDocument>);
        static_assert(!std::is_convertible_v<TokenDocument, UnverifiedJwt>);
        // The lenient one opens it, the strict ones do not.
        const QByteArray foreign = sign(claims()) + '=';
        QVERIFY(!TokenDocument::read(foreign).parts().isEmpty());
        QVERIFY(!UnverifiedJwt::parse(foreign));
        QVERIFY(!JwtValidator(rules()).validate(foreign, published({rsa()}), at()));
    }

    void theWorstFailureIsTheError()
    {
        auto payload = with(with(claims(), u"exp"_s, now - 4000), u"aud"_s, u"other"_s);
        QCOMPARE(causeOf(validate(sign(payload))), u"audience_mismatch"_s);
        const auto result = validate(sign(payload));
        QCOMPARE(result.error().code(), ErrorCode::SecurityCheckFailed);
        QCOMPARE(result.error().expected(), client);
        QCOMPARE(result.error().actual(), u"other"_s);
    }

    void theSkewHasALimit()
    {
        auto lax = rules();
        lax.clockSkew = 10h;
        const auto old = with(with(claims(), u"exp"_s, now - 301), u"iat"_s, now - 600);
        QCOMPARE(causeOf(validate(sign(old), lax)), u"token_time"_s);
        QCOMPARE(causeOf(validate(sign(with(old, u"exp"_s, now - 299)), lax)), u"accepted"_s);
    }
};

QTEST_GUILESS_MAIN(TestJwtValidator)
#include "tst_jwtvalidator.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
//
// What one use of a JWT demands beyond that: ID token, logout token, access token, authorization response, UserInfo,
// proofs.
#include "jwtfixture.h"

using namespace Countersign;
using namespace Countersign::Jose;
using namespace Countersign::Jose::Tokens;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

QJsonObject logoutClaims()
{
    return {{u"iss"_s, issuer},
            {u"aud"_s, client},
            {u"iat"_s, now},
            {u"jti"_s, u"j"_s},
            {u"exp"_s, now + 60},
            {u"sid"_s, u"s"_s},
            {u"events"_s, QJsonObject{{QString::fromLatin1(logoutEvent), QJsonObject()}}}};
}

} // namespace

class TestJwtUses : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    //! Security rules B.85, B.86.
    void hashesBindTheTokenToItsCompany_data()
    {
        QTest::addColumn<QString>("claim");
        QTest::addColumn<QString>("value");
        QTest::addColumn<bool>("isRequired");
        QTest::addColumn<QString>("outcome");
        const auto half = [](const QByteArray &text) {
            return QString::fromLatin1(encodeBase64Url(digest(HashAlgorithm::Sha256, text).left(16)));
        };
        for (const QString &claim : {u"at_hash"_s, u"c_hash"_s, u"s_hash"_s}) {
            QTest::newRow(qPrintable(claim + u" right"_s)) << claim << half("partner") << true << u"accepted"_s;
            QTest::newRow(qPrintable(u"module invalid-"_s + claim))
                << claim << QString(half("partner") + u"1"_s) << false << u"hash_mismatch"_s;
            QTest::newRow(qPrintable(u"module missing-"_s + claim)) << claim << QString() << true << u"hash_mismatch"_s;
            QTest::newRow(qPrintable(claim + u" absent where it may be"_s))
                << claim << QString() << false << u"accepted"_s;
        }
    }
    void hashesBindTheTokenToItsCompany()
    {
        QFETCH(QString, claim);
        QFETCH(QString, value);
        QFETCH(bool, isRequired);
        QFETCH(QString, outcome);
        auto demanding = rules();
        const auto partner = HashPartner::of("partner", isRequired);
        (claim == u"at_hash"_s      ? demanding.accessToken
             : claim == u"c_hash"_s ? demanding.code
                                    : demanding.state) = partner;
        QCOMPARE(causeOf(validate(sign(value.isNull() ? claims() : with(claims(), claim, value)), demanding)), outcome);
    }

    // Security rule B.85.
    void edwardsCurvesHashTheirOwnWay()
    {
        const auto check = [](JwkKind kind, const QByteArray &hashed) {
            auto demanding = rules();
            demanding.allowed = {Algorithm::EdDSA};
            demanding.accessToken = HashPartner::of("token", true);
            const auto value = QString::fromLatin1(encodeBase64Url(hashed.left(hashed.size() / 2)));
            const auto token = sign(with(claims(), u"at_hash"_s, value), u"EdDSA"_s, key(kind));
            return causeOf(validate(token, demanding, published({key(kind)})));
        };
        QCOMPARE(check(JwkKind::Ed25519, digest(HashAlgorithm::Sha512, "token")), u"accepted"_s);
        QCOMPARE(check(JwkKind::Ed448, shake256("token", 114)), u"accepted"_s);
        QCOMPARE(check(JwkKind::Ed448, digest(HashAlgorithm::Sha512, "token")), u"hash_mismatch"_s);
    }

    // MSAL contract C26, security rules B.83 and B.84.
    void freshnessAndStrengthAreChecked()
    {
        auto demanding = rules();
        demanding.maximumAge = 60s;
        QCOMPARE(causeOf(validate(sign(claims()), demanding)), u"policy_failed"_s);
        QCOMPARE(causeOf(validate(sign(with(claims(), u"auth_time"_s, now - 181)), demanding)), u"policy_failed"_s);
        QCOMPARE(causeOf(validate(sign(with(claims(), u"auth_time"_s, now - 179)), demanding)), u"accepted"_s);
        QCOMPARE(causeOf(validate(sign(with(claims(), u"auth_time"_s, now + 200)), demanding)), u"policy_failed"_s);
        auto strong = rules();
        strong.authenticationContexts = {u"mfa"_s, u"phr"_s};
        QCOMPARE(causeOf(validate(sign(claims()), strong)), u"policy_failed"_s);
        QCOMPARE(causeOf(validate(sign(with(claims(), u"acr"_s, u"0"_s)), strong)), u"policy_failed"_s);
        QCOMPARE(causeOf(validate(sign(with(claims(), u"acr"_s, u"phr"_s)), strong)), u"accepted"_s);
    }

    // Security rule B.88, modules refresh-token-invalid-issuer and -invalid-sub.
    void aRenewedTokenTellsOfTheSamePerson()
    {
        auto renewed = rules();
        renewed.nonceRule = NonceRule::EqualIfPresent;
        renewed.subject = u"ada"_s;
        renewed.previouslyIssuedAt = at(now - 100);
        renewed.authenticatedAt = now - 500;
        const auto c = without(claims(), u"nonce"_s);
        QCOMPARE(causeOf(validate(sign(c), renewed)), u"accepted"_s);
        QCOMPARE(causeOf(validate(sign(claims()), renewed)), u"accepted"_s);
        QCOMPARE(causeOf(validate(sign(with(c, u"nonce"_s, u"x"_s)), renewed)), u"nonce_mismatch"_s);
        QCOMPARE(causeOf(validate(sign(with(c, u"sub"_s, u"ada1"_s)), renewed)), u"wrong_account"_s);
        QCOMPARE(causeOf(validate(sign(with(c, u"iss"_s, QString(issuer + u"1"_s))), renewed)), u"issuer_mismatch"_s);
        QCOMPARE(causeOf(validate(sign(with(c, u"iat"_s, now - 101)), renewed)), u"policy_failed"_s);
        QCOMPARE(causeOf(validate(sign(with(c, u"auth_time"_s, now - 400)), renewed)), u"policy_failed"_s);
        QCOMPARE(causeOf(validate(sign(with(c, u"auth_time"_s, now - 500)), renewed)), u"accepted"_s);
    }

    void aRequestWithoutNonceWantsATokenWithout()
    {
        auto silent = rules();
        silent.nonce.reset();
        QCOMPARE(causeOf(validate(sign(claims()), silent)), u"nonce_mismatch"_s);
        QCOMPARE(causeOf(validate(sign(without(claims(), u"nonce"_s)), silent)), u"accepted"_s);
    }

    // Security rule B.72, plan oidcc-client-logout-test-plan.
    void logoutTokensAreOfTheirOwnKind_data()
    {
        QTest::addColumn<QJsonObject>("claims");
        QTest::addColumn<QString>("outcome");
        const auto row = [](const char *name, const QJsonObject &changed, const char *outcome) {
            QTest::newRow(name) << changed << QString::fromLatin1(outcome);
        };
        const auto c = logoutClaims();
        row("sound", c, "accepted");
        row("sub instead of sid", with(without(c, u"sid"_s), u"sub"_s, u"ada"_s), "accepted");
        row("without exp, as in drafts", without(c, u"exp"_s), "accepted");
        row("module no-event", without(c, u"events"_s), "policy_failed");
        row("module wrong-event",
            with(c, u"events"_s, QJsonObject{{u"http://schemas.openid.net/event/foobar"_s, QJsonObject()}}),
            "policy_failed");
        row("event no object", with(c, u"events"_s, QJsonObject{{QString::fromLatin1(logoutEvent), 1}}),
            "policy_failed");
        row("module with-nonce", with(c, u"nonce"_s, u"n"_s), "nonce_mismatch");
        row("module wrong-aud", with(c, u"aud"_s, u"other"_s), "audience_mismatch");
        row("module wrong-iss", with(c, u"iss"_s, u"https://other"_s), "issuer_mismatch");
        row("no jti", without(c, u"jti"_s), "policy_failed");
        row("no iat", without(c, u"iat"_s), "token_time");
        row("neither sub nor sid", without(c, u"sid"_s), "policy_failed");
        row("an ID token", claims(), "nonce_mismatch");
    }
    void logoutTokensAreOfTheirOwnKind()
    {
        QFETCH(QJsonObject, claims);
        QFETCH(QString, outcome);
        const auto logout = JwtRules::forLogoutToken(IssuerRule::exactly(issuer), client);
        const auto header = json({{u"alg"_s, u"RS256"_s}, {u"typ"_s, u"logout+jwt"_s}});
        QCOMPARE(causeOf(validate(sign(json(claims), header), logout)), outcome);
        // Modules alg-none and wrong-alg.
        const auto es256 = json({{u"alg"_s, u"ES256"_s}, {u"typ"_s, u"logout+jwt"_s}});
        QCOMPARE(
            causeOf(validate(sign(json(claims), es256, key(JwkKind::P256)), logout, published({key(JwkKind::P256)}))),
            u"signature_invalid"_s);
    }

    //! RFC 9701 §5, §8.1: signed introspection answers pass for no other token, and no other token for one.
    void introspectionAnswersAreOfTheirOwnKind()
    {
        const QJsonObject answer{{u"iss"_s, issuer},
                                 {u"aud"_s, client},
                                 {u"iat"_s, now},
                                 {u"token_introspection"_s, QJsonObject{{u"active"_s, true}}}};
        const auto typed = [](const QByteArray &type, const QJsonObject &what) {
            return sign(json(what), "{\"alg\":\"RS256\",\"typ\":\"" + type + "\"}");
        };
        const auto introspection = JwtRules::forIntrospection(IssuerRule::exactly(issuer), client);
        const QByteArray type = "token-introspection+jwt";
        QCOMPARE(causeOf(validate(typed(type, answer), introspection)), u"accepted"_s);
        QCOMPARE(causeOf(validate(typed("JWT", answer), introspection)), u"policy_failed"_s);
        QCOMPARE(causeOf(validate(typed(type, without(answer, u"iat"_s)), introspection)), u"token_time"_s);
        QCOMPARE(causeOf(validate(typed(type, with(answer, u"aud"_s, u"x"_s)), introspection)), u"audience_mismatch"_s);
        QCOMPARE(causeOf(validate(typed(type, claims()))), u"policy_failed"_s);
    }

    void accessTokensNeedTheirType()
    {
        const auto access = JwtRules::forAccessToken(IssuerRule::exactly(issuer), u"https://api"_s);
        const QJsonObject c{{u"iss"_s, issuer},      {u"sub"_s, u"ada"_s}, {u"aud"_s, u"https://api"_s},
                            {u"exp"_s, now + 60},    {u"iat"_s, now},      {u"jti"_s, u"j"_s},
                            {u"client_id"_s, client}};
        const auto typed = json({{u"alg"_s, u"RS256"_s}, {u"typ"_s, u"at+jwt"_s}});
        QCOMPARE(causeOf(validate(sign(json(c), typed), access)), u"accepted"_s);
        QCOMPARE(causeOf(validate(sign(c), access)), u"policy_failed"_s); // attack 39: an ID token in its place
        QCOMPARE(causeOf(validate(sign(json(without(c, u"client_id"_s)), typed), access)), u"policy_failed"_s);
        QCOMPARE(causeOf(validate(sign(json(without(c, u"jti"_s)), typed), access)), u"policy_failed"_s);
        // Security rule B.109: Microsoft's own tokens cannot be verified, and that is no failure of theirs.
        const auto graph = sign(json(c), json({{u"alg"_s, u"RS256"_s}, {u"typ"_s, u"at+jwt"_s}, {u"nonce"_s, u"x"_s}}));
        const auto validation =
            JwtValidator(access).examine(UnverifiedJwt::parse(graph).value(), published({rsa()}), at());
        QVERIFY(!validation.result);
        QCOMPARE(validation.report.find(u"signature")->outcome, CheckOutcome::NotPossible);
        QVERIFY(!validation.report.hasFailures());
    }

    void olderAccessTokensAreAcceptedOnlyWhenTheRulesSaySo()
    {
        auto lenient = JwtRules::forAccessToken(IssuerRule::exactly(issuer), u"https://api"_s);
        lenient.isProfileRequired = false;
        const QJsonObject c{{u"iss"_s, issuer},
                            {u"sub"_s, u"ada"_s},
                            {u"aud"_s, u"https://api"_s},
                            {u"exp"_s, now + 60},
                            {u"iat"_s, now}};
        QCOMPARE(causeOf(validate(sign(c), lenient)), u"accepted"_s);
        const auto report =
            JwtValidator(lenient).examine(UnverifiedJwt::parse(sign(c)).value(), published({rsa()}), at()).report;
        for (const auto *id : {u"type", u"client_id", u"jti"}) {
            QCOMPARE(report.find(id)->outcome, CheckOutcome::NotApplicable);
            QCOMPARE(report.find(id)->reason, u"RFC 9068 was not asked for"_s);
        }
        // OpenID Connect, Entra's version 1.0 and Okta name the client in other places.
        for (const auto &name : {u"azp"_s, u"appid"_s, u"cid"_s}) {
            const auto named =
                JwtValidator(lenient)
                    .examine(UnverifiedJwt::parse(sign(with(c, name, u"x"_s))).value(), published({rsa()}), at())
                    .report;
            QCOMPARE(named.find(u"client_id")->outcome, CheckOutcome::Passed);
            QCOMPARE(named.find(u"client_id")->actual, u"x"_s);
        }
        // What is there has to be right.
        QCOMPARE(causeOf(validate(sign(with(c, u"jti"_s, 1)), lenient)), u"token_malformed"_s);
        // Another kind stays another kind.
        const auto proof = json({{u"alg"_s, u"RS256"_s}, {u"typ"_s, u"dpop+jwt"_s}});
        QCOMPARE(causeOf(validate(sign(json(c), proof), lenient)), u"policy_failed"_s);
    }

    // FAPI 2 message signing: the eight JARM modules.
    void authorizationResponsesAreChecked()
    {
        const auto jarm = JwtRules::forAuthorizationResponse(IssuerRule::exactly(issuer), client);
        const QJsonObject c{{u"iss"_s, issuer}, {u"aud"_s, client}, {u"exp"_s, now + 60}, {u"code"_s, u"c"_s}};
        QCOMPARE(causeOf(validate(sign(c), jarm)), u"accepted"_s);
        QCOMPARE(causeOf(validate(sign(without(c, u"iss"_s)), jarm)), u"issuer_mismatch"_s);
        QCOMPARE(causeOf(validate(sign(with(c, u"iss"_s, u"x"_s)), jarm)), u"issuer_mismatch"_s);
        QCOMPARE(causeOf(validate(sign(without(c, u"aud"_s)), jarm)), u"audience_mismatch"_s);
        QCOMPARE(causeOf(validate(sign(with(c, u"aud"_s, u"x"_s)), jarm)), u"audience_mismatch"_s);
        QCOMPARE(causeOf(validate(sign(without(c, u"exp"_s)), jarm)), u"token_time"_s);
        QCOMPARE(causeOf(validate(sign(with(c, u"exp"_s, now - 121)), jarm)), u"token_time"_s);
    }

    // Module userinfo-invalid-sub, security rule B.89.
    void userInfoIsAboutTheSamePerson()
    {
        const auto info = JwtRules::forUserInfo(IssuerRule::exactly(issuer), client, u"ada"_s);
        const QJsonObject c{{u"iss"_s, issuer}, {u"aud"_s, client}, {u"sub"_s, u"ada"_s}};
        QCOMPARE(causeOf(validate(sign(c), info)), u"accepted"_s);
        QCOMPARE(causeOf(validate(sign(with(c, u"sub"_s, u"adainvalid"_s)), info)), u"wrong_account"_s);
        QCOMPARE(causeOf(validate(sign(without(c, u"iss"_s)), info)), u"issuer_mismatch"_s);
        QCOMPARE(causeOf(validate(sign(without(c, u"aud"_s)), info)), u"audience_mismatch"_s);
    }

    // RFC 9449 section 4.3, attack 43.
    void dpopProofsAreChecked()
    {
        const auto &signer = key(JwkKind::P256);
        QByteArray header("{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":");
        header += signer.toJson() + '}';
        const QJsonObject c{
            {u"jti"_s, u"j"_s}, {u"htm"_s, u"POST"_s}, {u"htu"_s, u"https://op.example/token"_s}, {u"iat"_s, now}};
        auto proof = JwtRules::forDpopProof("POST", QUrl(u"https://op.example/token?x=1"_s));
        const auto outcome = [&](const QJsonObject &payload) {
            return causeOf(validate(sign(json(payload), header, signer), proof, JwkSet()));
        };
        QCOMPARE(outcome(c), u"accepted"_s);
        QCOMPARE(outcome(with(c, u"htu"_s, u"HTTPS://OP.example:443/token"_s)), u"accepted"_s);
        QCOMPARE(outcome(with(c, u"htu"_s, u"https://op.example./token"_s)), u"policy_failed"_s);
        QCOMPARE(outcome(with(c, u"htu"_s, u"https://op.example:8443/token"_s)), u"policy_failed"_s);
        QCOMPARE(outcome(with(c, u"htu"_s, u"https://op.example/Token"_s)), u"policy_failed"_s);
        QCOMPARE(outcome(with(c, u"htu"_s, u"https://op.example/token?x=1"_s)), u"policy_failed"_s);
        QCOMPARE(outcome(with(c, u"htm"_s, u"post"_s)), u"policy_failed"_s);
        QCOMPARE(outcome(with(c, u"iat"_s, now - 421)), u"token_time"_s);
        QCOMPARE(outcome(with(c, u"iat"_s, now + 121)), u"token_time"_s);
        QCOMPARE(outcome(without(c, u"jti"_s)), u"policy_failed"_s);
        proof.keyThumbprint = signer.thumbprintText().toLatin1();
        proof.accessToken = HashPartner::of("AT");
        QCOMPARE(outcome(c), u"hash_mismatch"_s);
        const auto ath = QString::fromLatin1(encodeBase64Url(digest(HashAlgorithm::Sha256, "AT")));
        QCOMPARE(outcome(with(c, u"ath"_s, ath)), u"accepted"_s);
        proof.nonce = u"server"_s;
        QCOMPARE(outcome(with(c, u"ath"_s, ath)), u"nonce_mismatch"_s);
        proof.nonce.reset();
        proof.keyThumbprint = rsa().thumbprintText().toLatin1();
        QCOMPARE(outcome(with(c, u"ath"_s, ath)), u"hash_mismatch"_s);
    }

    void aProofMustNotShowAPrivateKey()
    {
        const auto &signer = key(JwkKind::P256);
        QByteArray header("{\"typ\":\"dpop+jwt\",\"alg\":\"ES256\",\"jwk\":");
        header += signer.toPrivateJson().reveal().toByteArray() + '}';
        const QJsonObject c{{u"jti"_s, u"j"_s}, {u"htm"_s, u"GET"_s}, {u"htu"_s, u"https://a/"_s}, {u"iat"_s, now}};
        QCOMPARE(causeOf(validate(sign(json(c), header, signer), JwtRules::forDpopProof("GET", QUrl(u"https://a/"_s)),
                                  JwkSet())),
                 u"key_not_found"_s);
    }

    // Security A.4: the three layouts in use.
    void signedHttpRequestsOfAllLayoutsAreChecked_data()
    {
        QTest::addColumn<QByteArray>("header");
        QTest::addColumn<QJsonObject>("extra");
        const auto thumbprint = rsa().thumbprintText();
        const auto wrapped = QString::fromLatin1(encodeBase64Url(QByteArray(json({{u"kid"_s, thumbprint}}))));
        QTest::newRow("MSAL.NET") << json({{u"alg"_s, u"PS256"_s}, {u"typ"_s, u"pop"_s}, {u"kid"_s, thumbprint}})
                                  << QJsonObject{{u"u"_s, u"graph.example:443"_s}, {u"p"_s, u"/v1.0/me"_s}};
        QTest::newRow("msal-common") << json({{u"alg"_s, u"RS256"_s}, {u"typ"_s, u"pop"_s}, {u"kid"_s, wrapped}})
                                     << QJsonObject{{u"u"_s, u"graph.example"_s},
                                                    {u"p"_s, u"/v1.0/me"_s},
                                                    {u"q"_s, QJsonArray{QJsonArray(), u"a=b"_s}}};
        QTest::newRow("Objective-C") << json({{u"alg"_s, u"RS256"_s}, {u"typ"_s, u"JWT"_s}, {u"kid"_s, thumbprint}})
                                     << QJsonObject{{u"u"_s, u"graph.example"_s}};
    }
    void signedHttpRequestsOfAllLayoutsAreChecked()
    {
        QFETCH(QByteArray, header);
        QFETCH(QJsonObject, extra);
        const auto publicKey = QJsonDocument::fromJson(rsa().toJson()).object();
        const auto bound =
            QString::fromLatin1(sign(QJsonObject{{u"cnf"_s, QJsonObject{{u"kid"_s, rsa().thumbprintText()}}}}));
        QJsonObject c{
            {u"at"_s, bound}, {u"ts"_s, now}, {u"m"_s, u"GET"_s}, {u"cnf"_s, QJsonObject{{u"jwk"_s, publicKey}}}};
        for (auto member = extra.begin(); member != extra.end(); ++member)
            c.insert(member.key(), member.value());
        const auto request = JwtRules::forSignedHttpRequest("GET", QUrl(u"https://graph.example/v1.0/me?a=b"_s));
        const auto outcome = [&](const QJsonObject &payload) {
            return causeOf(validate(sign(json(payload), header), request, JwkSet()));
        };
        QCOMPARE(outcome(c), u"accepted"_s);
        QCOMPARE(outcome(without(c, u"cnf"_s)), u"key_not_found"_s);
        QCOMPARE(outcome(with(c, u"ts"_s, now - 1000)), u"token_time"_s);
        QCOMPARE(outcome(with(c, u"m"_s, u"POST"_s)), u"policy_failed"_s);
        QCOMPARE(outcome(with(c, u"u"_s, u"evil.example"_s)), u"policy_failed"_s);
        QCOMPARE(outcome(without(c, u"at"_s)), u"hash_mismatch"_s);
        const auto foreign = QString::fromLatin1(
            sign(QJsonObject{{u"cnf"_s, QJsonObject{{u"kid"_s, key(JwkKind::P256).thumbprintText()}}}}));
        QCOMPARE(outcome(with(c, u"at"_s, foreign)), u"hash_mismatch"_s);
    }
};

QTEST_GUILESS_MAIN(TestJwtUses)
#include "tst_jwtuses.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/base64url.h>
#include <countersign/jose/tokendocument.h>
#include <countersign/jose/unverifiedjwt.h>

using namespace Countersign;
using namespace Countersign::Jose;
using namespace Qt::StringLiterals;

namespace {

const QByteArray plainHeader("{\"alg\":\"RS256\",\"kid\":\"1\"}");
const QByteArray
    plainClaims("{\"iss\":\"https://op.example\",\"sub\":\"s\",\"aud\":\"c\",\"exp\":1700003600,\"iat\":1700000000}");
const QByteArray signature(256, '\x5a');

// Whole arrays, so that the builders of "a" + b become one.
QByteArray b64(const QByteArray &bytes)
{
    return encodeBase64Url(bytes);
}

TokenDocument open(const QByteArray &text)
{
    return TokenDocument::read(text);
}

QByteArray compact(const QByteArray &header, const QByteArray &payload, const QByteArray &sig = signature)
{
    return b64(header) + '.' + b64(payload) + '.' + b64(sig);
}

QByteArray withHeader(const QByteArray &header)
{
    return compact(header, plainClaims);
}

QByteArray withClaims(const QByteArray &claims)
{
    return compact(plainHeader, claims);
}

QByteArray withClaim(const QByteArray &member)
{
    return withClaims(plainClaims.chopped(1) + ',' + member + '}');
}

} // namespace

class TestTokenDocument : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aTokenShowsItsPartsInPlace()
    {
        const auto token = withClaims(plainClaims);
        const auto document = open("  " + token + "\n");
        QCOMPARE(document.kind(), TokenKind::IdToken);
        QVERIFY(document.isWellFormed());
        QVERIFY(document.warnings().isEmpty());
        QCOMPARE(document.parts().size(), 3);
        for (const auto &part : document.parts())
            QCOMPARE(b64(part.bytes), token.mid(part.offset, part.size));
        QCOMPARE(document.claims().names(), QStringList({u"iss"_s, u"sub"_s, u"aud"_s, u"exp"_s, u"iat"_s}));
        QCOMPARE(document.header().string("alg"), u"RS256"_s);
        QCOMPARE(document.part(u"signature")->bytes, signature);
        QVERIFY(!document.part(u"nothing"));
    }

    // Security D.1: the inspector opens each of them, says what is wrong, and the strict parser's verdict is shown.
    void attacksAreOpenedAndNamed_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QString>("warning");
        QTest::addColumn<bool>("isWellFormed");
        const auto refused = [](const char *name, const QByteArray &token, const QString &warning) {
            QTest::newRow(name) << token << warning << false;
        };
        // Well formed, and refused by the validator's rules only.
        const auto formed = [](const char *name, const QByteArray &token, const QString &warning) {
            QTest::newRow(name) << token << warning << true;
        };
        for (const char *none : {"none", "None", "NONE", "nOnE", "none "})
            formed(qPrintable(u"1: alg "_s + QLatin1StringView(none)),
                   withHeader("{\"alg\":\"" + QByteArray(none) + "\",\"kid\":\"1\"}"), u"algorithm_none"_s);
        formed("1: alg none, no signature", compact("{\"alg\":\"none\"}", plainClaims, ""), u"signature_missing"_s);
        formed("1: alg empty", withHeader("{\"alg\":\"\"}"), u"algorithm_unknown"_s);
        refused("1: alg missing", withHeader("{\"kid\":\"1\"}"), u"algorithm_missing"_s);
        refused("1: alg null", withHeader("{\"alg\":null}"), u"algorithm_wrong_type"_s);
        refused("1: alg a number", withHeader("{\"alg\":256}"), u"algorithm_wrong_type"_s);
        refused("1: alg an array", withHeader("{\"alg\":[\"RS256\"]}"), u"algorithm_wrong_type"_s);
        formed("2: HS256", withHeader("{\"alg\":\"HS256\"}"), u"algorithm_symmetric"_s);
        formed("4: jwk", withHeader("{\"alg\":\"RS256\",\"jwk\":{\"kty\":\"RSA\"}}"), u"embedded_key"_s);
        formed("4: private jwk", withHeader("{\"alg\":\"RS256\",\"jwk\":{\"kty\":\"RSA\",\"d\":\"x\"}}"),
               u"private_key_exposed"_s);
        formed("5: jku", withHeader("{\"alg\":\"RS256\",\"jku\":\"http://169.254.169.254/k\"}"), u"key_url"_s);
        formed("5: x5u", withHeader("{\"alg\":\"RS256\",\"x5u\":\"file:///etc/passwd\"}"), u"certificate_url"_s);
        formed("6: x5c", withHeader("{\"alg\":\"RS256\",\"x5c\":[\"AA==\"]}"), u"certificate_chain"_s);
        formed("7: kid path", withHeader("{\"alg\":\"RS256\",\"kid\":\"../../dev/null\"}"), u"key_id_suspicious"_s);
        formed("7: kid SQL", withHeader("{\"alg\":\"RS256\",\"kid\":\"' OR 1=1;--\"}"), u"key_id_suspicious"_s);
        formed("7: kid NUL", withHeader("{\"alg\":\"RS256\",\"kid\":\"a\\u0000b\"}"), u"key_id_suspicious"_s);
        formed("7: kid HTML", withHeader("{\"alg\":\"RS256\",\"kid\":\"<b>\"}"), u"key_id_suspicious"_s);
        formed("7: kid long", withHeader("{\"alg\":\"RS256\",\"kid\":\"" + QByteArray(10000, 'k') + "\"}"),
               u"key_id_long"_s);
        refused("7: kid a number", withHeader("{\"alg\":\"RS256\",\"kid\":1}"), u"key_id_wrong_type"_s);
        refused("7: kid an object", withHeader("{\"alg\":\"RS256\",\"kid\":{}}"), u"key_id_wrong_type"_s);
        const auto good = withClaims(plainClaims);
        refused("18: two parts", good.left(good.lastIndexOf('.')), u"segment_count"_s);
        refused("18: four parts", good + ".AA", u"segment_count"_s);
        refused("18: five parts", good + ".AA.AA", u"segment_count"_s);
        refused("18: six parts", good + ".AA.AA.AA", u"segment_count"_s);
        refused("18: leading dot", '.' + good, u"segment_count"_s);
        refused("18: trailing dot", good + '.', u"segment_count"_s);
        refused("18: a million dots", good + QByteArray(1000000, '.'), u"segment_count"_s);
        refused("19: padding", b64(plainHeader + ' ') + "==." + good.mid(good.indexOf('.') + 1), u"base64_padding"_s);
        refused("19: standard alphabet", good + "+/", u"base64_standard_alphabet"_s);
        refused("19: white space", good.left(20) + ' ' + good.mid(20), u"base64_white_space"_s);
        refused("19: newline", good.left(20) + '\n' + good.mid(20), u"base64_white_space"_s);
        refused("19: foreign character", good + '?', u"base64_foreign_character"_s);
        refused("19: NUL", good.left(20) + QByteArray(1, '\0') + good.mid(20), u"base64_foreign_character"_s);
        refused("19: trailing bits", compact(plainHeader, plainClaims, "a").chopped(1) + 'R',
                u"base64_trailing_bits"_s);
        refused("19: length 1 mod 4", compact(plainHeader, plainClaims, "abc") + 'A', u"base64_impossible_length"_s);
        refused("20: duplicate in the header", withHeader("{\"alg\":\"RS256\",\"alg\":\"none\"}"),
                u"json_duplicate_name"_s);
        refused("20: escaped duplicate", withHeader("{\"alg\":\"RS256\",\"\\u0061lg\":\"none\"}"),
                u"json_duplicate_name"_s);
        refused("20: duplicate claim", withClaim("\"sub\":\"other\""), u"json_duplicate_name"_s);
        refused("20: nested duplicate", withClaim("\"a\":{\"b\":1,\"b\":2}"), u"json_duplicate_name"_s);
        formed("21: homoglyph name", withClaim("\"\xd1\x95ub\":\"x\""), u"name_not_ascii"_s);
        formed("21: direction override", withClaim("\"name\":\"a\xe2\x80\xae b\""), u"text_direction"_s);
        formed("21: zero width", withClaim("\"name\":\"a\xe2\x80\x8b b\""), u"text_invisible"_s);
        refused("22: overlong", withClaim("\"a\":\"\xc0\xaf\""), u"json_invalid_utf8"_s);
        refused("22: lone surrogate", withClaim("\"a\":\"\\ud800\""), u"json_lone_surrogate"_s);
        refused("22: byte order mark", withClaims("\xef\xbb\xbf" + plainClaims), u"json_byte_order_mark"_s);
        refused("22: UTF-16", withClaims(QByteArray("\xff\xfe{\0}\0", 6)), u"json_utf16"_s);
        formed("23: exp negative", withClaims("{\"exp\":-1}"), u"time_out_of_range"_s);
        formed("23: exp 1e999", withClaims("{\"exp\":1e999}"), u"time_out_of_range"_s);
        formed("23: exp 2^64", withClaims("{\"exp\":18446744073709551616}"), u"time_out_of_range"_s);
        refused("23: exp NaN", withClaims("{\"exp\":NaN}"), u"json_broken_number"_s);
        formed("23: exp a string", withClaims("{\"exp\":\"123\"}"), u"time_wrong_type"_s);
        formed("23: exp null", withClaims("{\"exp\":null}"), u"time_wrong_type"_s);
        formed("23: exp an array", withClaims("{\"exp\":[1]}"), u"time_wrong_type"_s);
        refused("23: leading zero", withClaims("{\"exp\":01}"), u"json_broken_number"_s);
        formed("24: milliseconds", withClaims("{\"exp\":1700000000000}"), u"time_in_milliseconds"_s);
        formed("24: exp before iat", withClaims("{\"exp\":1,\"iat\":2}"), u"expires_before_issued"_s);
        formed("24: no exp", withClaims("{}"), u"no_expiry"_s);
        refused("25: trailing data", withClaims(plainClaims + 'x'), u"json_trailing_data"_s);
        refused("25: comment", withClaims("{/*x*/}"), u"json_comment"_s);
        refused("25: single quotes", withClaims("{'a':1}"), u"json_single_quotes"_s);
        refused("25: NUL after", withClaims(plainClaims + QByteArray(1, '\0')), u"json_trailing_data"_s);
        refused("26: depth 1000", withClaim("\"a\":" + QByteArray(1000, '[') + QByteArray(1000, ']')),
                u"json_too_deep"_s);
        refused("26: depth 100000", withClaim("\"a\":" + QByteArray(100000, '[') + QByteArray(100000, ']')),
                u"json_too_deep"_s);
        refused("26: 100000 items", withClaim("\"a\":[" + QByteArray("1,").repeated(100000) + "1]"),
                u"json_too_many_values"_s);
        refused("26: header of a megabyte",
                withHeader("{\"alg\":\"RS256\",\"x\":\"" + QByteArray(1 << 20, 'x') + "\"}"), u"too_large_to_verify"_s);
        refused("27: 64 KiB and more", withClaim("\"a\":\"" + QByteArray(1 << 16, 'a') + "\""),
                u"too_large_to_verify"_s);
        refused("27: a megabyte", withClaim("\"a\":\"" + QByteArray(1 << 20, 'a') + "\""), u"too_large_to_verify"_s);
        refused("27: six megabytes", "eyJhbGciOiJSUzI1NiJ9." + QByteArray(6 << 20, 'A'), u"too_large"_s);
        formed("28: crit", withHeader("{\"alg\":\"RS256\",\"crit\":[\"x\"],\"x\":1}"), u"critical_header"_s);
        formed("28: crit no array", withHeader("{\"alg\":\"RS256\",\"crit\":\"x\"}"), u"critical_header"_s);
        formed("29: b64 with crit", withHeader("{\"alg\":\"RS256\",\"b64\":false,\"crit\":[\"b64\"]}"),
               u"unencoded_payload"_s);
        formed("29: b64 without crit", withHeader("{\"alg\":\"RS256\",\"b64\":true}"), u"unencoded_payload"_s);
        refused("32: encrypted", b64("{\"alg\":\"RSA-OAEP\",\"enc\":\"A128GCM\"}") + ".AA.AA.AA.AA",
                u"encrypted_not_authenticated"_s);
        refused("33: compressed", b64("{\"alg\":\"dir\",\"enc\":\"A128GCM\",\"zip\":\"DEF\"}") + "..AA.AA.AA",
                u"compressed"_s);
        for (const char *count : {"2147483648", "0", "-1", "1.5", "\"1000\""})
            refused(qPrintable(u"34: p2c "_s + QLatin1StringView(count)),
                    b64("{\"alg\":\"PBES2-HS256+A128KW\",\"enc\":\"A128GCM\",\"p2c\":" + QByteArray(count) + "}")
                        + ".AA.AA.AA.AA",
                    u"password_count"_s);
        refused("35: RSA1_5", b64("{\"alg\":\"RSA1_5\",\"enc\":\"A128GCM\"}") + ".AA.AA.AA.AA", u"algorithm_rsa1_5"_s);
        formed("43: SHR without cnf", compact("{\"alg\":\"RS256\",\"typ\":\"pop\"}", "{\"at\":\"x\",\"ts\":1}"),
               u"confirmation_missing"_s);
        formed("44: HTML", withClaim("\"name\":\"<script>x</script>\""), u"text_markup"_s);
        formed("44: terminal escape", withClaim("\"name\":\"\\u001b[31m\""), u"text_control"_s);
        formed("44: newline", withClaim("\"name\":\"a\\nb\""), u"text_control"_s);
        formed("44: script address", withClaim("\"picture\":\"javascript:alert(1)\""), u"text_markup"_s);
        formed("44: long", withClaim("\"name\":\"" + QByteArray(20000, 'a') + "\""), u"text_long"_s);
        refused("a payload cut off", good.left(good.indexOf('.') + 60), u"json_truncated"_s);
    }
    void attacksAreOpenedAndNamed()
    {
        QFETCH(QByteArray, token);
        QFETCH(QString, warning);
        QFETCH(bool, isWellFormed);
        const auto document = open(token);
        QStringList ids;
        for (const auto &each : document.warnings())
            ids.append(each.id);
        QVERIFY2(ids.contains(warning), qPrintable(ids.join(u", ")));
        QCOMPARE(document.isWellFormed(), isWellFormed);
        QCOMPARE(UnverifiedJwt::parse(token).hasValue(), isWellFormed);
        QVERIFY(document.text().size() <= TokenDocument::maximumSize);
        QVERIFY(document.warnings().size() <= TokenDocument::maximumWarnings);
    }

    void kindsAreRecognized_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<int>("kind");
        const auto row = [](const char *name, const QByteArray &token, TokenKind kind) {
            QTest::newRow(name) << token << int(kind);
        };
        const auto typed = [](const char *type) {
            return withHeader("{\"alg\":\"RS256\",\"typ\":\"" + QByteArray(type) + "\"}");
        };
        row("nothing", "", TokenKind::Empty);
        row("ID token", withClaim("\"nonce\":\"n\""), TokenKind::IdToken);
        row("at+jwt", typed("at+jwt"), TokenKind::AccessToken);
        row("application/at+JWT", typed("application/at+JWT"), TokenKind::AccessToken);
        row("logout+jwt", typed("logout+jwt"), TokenKind::LogoutToken);
        row("logout by event", withClaim("\"events\":{\"http://schemas.openid.net/event/backchannel-logout\":{}}"),
            TokenKind::LogoutToken);
        row("dpop+jwt", typed("dpop+jwt"), TokenKind::DpopProof);
        row("DPoP by claims", withClaims("{\"htm\":\"GET\",\"htu\":\"https://a\",\"jti\":\"1\"}"),
            TokenKind::DpopProof);
        row("SHR", compact("{\"alg\":\"PS256\",\"typ\":\"pop\"}", "{\"at\":\"x\",\"cnf\":{}}"),
            TokenKind::SignedHttpRequest);
        row("SHR of Objective-C", compact("{\"alg\":\"RS256\",\"typ\":\"JWT\"}", "{\"at\":\"x\",\"cnf\":{},\"ts\":1}"),
            TokenKind::SignedHttpRequest);
        row("client assertion", withClaims("{\"iss\":\"c\",\"sub\":\"c\",\"aud\":\"t\",\"exp\":1,\"jti\":\"1\"}"),
            TokenKind::ClientAssertion);
        row("request object", typed("oauth-authz-req+jwt"), TokenKind::RequestObject);
        row("request object by claims", withClaims("{\"client_id\":\"c\",\"response_type\":\"code\"}"),
            TokenKind::RequestObject);
        row("JARM", withClaims("{\"iss\":\"i\",\"aud\":\"c\",\"exp\":1,\"code\":\"x\",\"state\":\"s\"}"),
            TokenKind::AuthorizationResponse);
        row("introspection", typed("token-introspection+jwt"), TokenKind::IntrospectionResponse);
        row("security event", typed("secevent+jwt"), TokenKind::SecurityEvent);
        row("Entra v1",
            withClaims("{\"iss\":\"https://sts.windows.net/9188040d-6c67-4c5b-b112-36a304b66dad/\",\"ver\":\"1.0\","
                       "\"appid\":\"a\",\"scp\":\"User.Read\"}"),
            TokenKind::EntraAccessTokenV1);
        row("Entra v2",
            withClaims("{\"iss\":\"https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0\","
                       "\"ver\":\"2.0\",\"azp\":\"a\",\"azpacr\":\"0\",\"scp\":\"x\"}"),
            TokenKind::EntraAccessTokenV2);
        row("45: SD-JWT", withClaim("\"_sd\":[]") + '~' + b64("[\"salt\",\"name\",\"Ada\"]") + '~', TokenKind::SdJwt);
        row("JWE", b64("{\"alg\":\"dir\",\"enc\":\"A128GCM\"}") + "..AA.AA.AA", TokenKind::Jwe);
        row("30: JWS in JSON", "{\"payload\":\"e30\",\"protected\":\"e30\",\"signature\":\"AA\"}", TokenKind::JwsJson);
        row("30: JWE in JSON", "{\"protected\":\"e30\",\"ciphertext\":\"AA\"}", TokenKind::JweJson);
        row("JSON", "{\"access_token\":\"x\"}", TokenKind::Json);
        row("a JWT of no kind", withClaims("{\"a\":1}"), TokenKind::Jwt);
        row("31: payload a token", compact("{\"alg\":\"RS256\",\"cty\":\"JWT\"}", withClaims("{}")), TokenKind::Jws);
        row("45: PASETO", "v4.public.eyJkYXRhIjoidGhpcyBpcyBhIHNpZ25lZCBtZXNzYWdlIn0", TokenKind::Paseto);
        row("45: PASETO local", "v2.local.abc", TokenKind::Paseto);
        row("45: macaroon", b64(QByteArray("\x02\x01\x0ahttp://loc/\x02\x04here", 20)), TokenKind::Macaroon);
        row("45: old macaroon", "MDAyMWxvY2F0aW9uIGh0dHA6Ly9leGFtcGxlLw", TokenKind::Macaroon);
        row("SAML", QByteArray("<saml:Assertion xmlns:saml=\"x\"/>").toBase64(), TokenKind::SamlAssertion);
        row("opaque", "0123456789abcdef", TokenKind::Opaque);
    }
    void kindsAreRecognized()
    {
        QFETCH(QByteArray, token);
        QFETCH(int, kind);
        QCOMPARE(identifier(open(token).kind()), identifier(TokenKind(kind)));
    }

    void opaqueTokensNameTheirProvider_data()
    {
        QTest::addColumn<QByteArray>("token");
        QTest::addColumn<QString>("provider");
        QTest::newRow("gho_") << QByteArray("gho_16C7e42F292c6912E7710c838347Ae178B4a") << u"GitHub"_s;
        QTest::newRow("glpat-") << QByteArray("glpat-abcdefghijklmnop") << u"GitLab"_s;
        QTest::newRow("ya29.") << QByteArray("ya29.a0AfH6SMBx") << u"Google"_s;
        QTest::newRow("xoxb-") << QByteArray("xoxb-1-2-abc") << u"Slack"_s;
        QTest::newRow("0.A") << QByteArray("0.AXoAbcdefgh") << u"Microsoft Entra"_s;
        QTest::newRow("1.A") << QByteArray("1.AXoAbcdefgh") << u"Microsoft Entra"_s;
        QTest::newRow("Auth0") << QByteArray("v1.MabcdefgHIJ") << u"Auth0"_s;
        QTest::newRow("Okta") << QByteArray("00QCjAl4MlV-WPXM-ABCDEFGHIJKLMNOPQRSTUVWXY") << u"Okta"_s;
        QTest::newRow("nobody's") << QByteArray("abcdefghijklmnop") << QString();
    }
    void opaqueTokensNameTheirProvider()
    {
        QFETCH(QByteArray, token);
        QFETCH(QString, provider);
        const auto document = open(token);
        QCOMPARE(document.kind(), TokenKind::Opaque);
        QCOMPARE(document.provider(), provider);
        QCOMPARE(document.providerKind().isEmpty(), provider.isEmpty());
    }

    void nestedTokensAreOpened()
    {
        const auto inner = withClaim("\"nonce\":\"n\"");
        const auto outer = withClaims("{\"at\":\"" + inner + "\",\"cnf\":{},\"_claim_sources\":{\"src1\":{\"JWT\":\""
                                      + inner + "\"}}}");
        const auto document = open(outer);
        QCOMPARE(document.nested().size(), 2);
        QCOMPARE(document.nested()[0].path, u"at"_s);
        QCOMPARE(document.nested()[1].path, u"_claim_sources.src1.JWT"_s);
        QCOMPARE(document.nested()[0].document->kind(), TokenKind::IdToken);
    }

    // Security attack 31.
    void nestingEndsAtFour()
    {
        QByteArray token = withClaims("{}");
        for (int i = 0; i < 9; ++i)
            token = compact("{\"alg\":\"RS256\",\"cty\":\"JWT\"}", token);
        const auto outermost = open(token);
        const TokenDocument *document = &outermost;
        int depth = 1;
        for (; !document->nested().isEmpty(); ++depth)
            document = document->nested().first().document.get();
        QCOMPARE(depth, TokenDocument::maximumNesting);
        QVERIFY(document->hasWarning(u"nested_too_deep"));
    }

    // Security attack 30.
    void jsonSerializationsShowEachSignature()
    {
        const auto document =
            open("{\"payload\":\"" + b64(plainClaims) + "\",\"signatures\":[{\"protected\":\"" + b64(plainHeader)
                 + "\",\"header\":{\"kid\":\"2\"},\"signature\":\"AAAA\"},{\"protected\":\"" + b64("{\"alg\":\"none\"}")
                 + "\",\"signature\":\"\"}]}");
        QCOMPARE(document.kind(), TokenKind::JwsJson);
        QCOMPARE(std::count_if(document.parts().begin(), document.parts().end(),
                               [](const TokenPart &part) { return part.name == u"header"; }),
                 2);
        QVERIFY(document.hasWarning(u"header_in_both_places"));
        QVERIFY(document.hasWarning(u"algorithm_none"));
        QCOMPARE(document.claims().string("sub"), u"s"_s);
        QVERIFY(!document.isWellFormed());
    }

    void unprotectedHeadersAreReadToo()
    {
        const auto parts = withClaims(plainClaims).split('.');
        const auto opened = [&parts](const QByteArray &closed, const QByteArray &unprotected) {
            return open("{\"payload\":\"" + parts[1] + "\"" + closed + ",\"header\":" + unprotected
                        + ",\"signature\":\"" + parts[2] + "\"}");
        };
        const QByteArray closed = ",\"protected\":\"" + parts[0] + "\"";
        QVERIFY(opened(closed, "{\"crit\":[\"x\"]}").hasWarning(u"critical_header"));
        QVERIFY(opened(closed, "{\"jku\":\"https://a\"}").hasWarning(u"key_url"));
        QVERIFY(!opened(closed, "{\"x\":1}").hasWarning(u"algorithm_missing"));
        QVERIFY(!opened({}, "{\"alg\":\"RS256\"}").hasWarning(u"algorithm_missing"));
        QVERIFY(opened({}, "{\"alg\":\"none\"}").hasWarning(u"algorithm_none"));
        QVERIFY(opened({}, "{\"kid\":\"1\"}").hasWarning(u"algorithm_missing"));
    }

    void brokenMembersStayVisible()
    {
        const auto document = open(withHeader("{\"alg\":\"RS256\",\"alg\":\"none\"}"));
        QCOMPARE(document.header().size(), 2);
        QCOMPARE(document.warnings().first().offset, 15);
        QCOMPARE(document.warnings().first().part, u"header"_s);
    }
};

QTEST_GUILESS_MAIN(TestTokenDocument)
#include "tst_tokendocument.moc"

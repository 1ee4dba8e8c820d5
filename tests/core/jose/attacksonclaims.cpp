// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Rows 21, 23, 24, 39, 43, 44: a sound signature over claims that must not count, or must not be shown as they are.
#include "attackcorpus.h"

using namespace Qt::StringLiterals;

namespace Countersign::Jose::Attacks {

namespace {

Attack attack(int row, const QByteArray &name, const QByteArray &claims, const QString &warning = {},
              bool isSound = false)
{
    const auto token = signedClaims(claims);
    return {row, name, token, validated(token), warning, isSound};
}

List unicode()
{
    return {attack(21, "homoglyph of sub", claimsWithout("sub").chopped(1) + ",\"\xd1\x95ub\":\"ada\"}",
                   u"name_not_ascii"_s),
            attack(21, "issuer with a combining accent", claimsWith("\"iss\":\"https://op.example\xcc\x81\"")),
            attack(21, "issuer of look-alikes", claimsWith("\"iss\":\"https://\xd0\xbep.example\"")),
            attack(21, "full-width digits for a time", claimsWith("\"exp\":\"\xef\xbc\x91\xef\xbc\x92\""),
                   u"time_wrong_type"_s),
            attack(21, "zero width in sub",
                   claimsWith("\"sub\":\"a\xe2\x80\x8b"
                              "da\""),
                   u"text_invisible"_s),
            attack(21, "direction override in a name",
                   claimsWith("\"name\":\"a\xe2\x80\xae"
                              "da\""),
                   u"text_direction"_s, true),
            attack(21, "zero width in a name",
                   claimsWith("\"name\":\"a\xe2\x80\x8b"
                              "da\""),
                   u"text_invisible"_s, true),
            attack(21, "audience in other case", claimsWith("\"aud\":\"Client\""))};
}

List numbers()
{
    const auto exp = [](const QByteArray &value, const QString &warning = {}, bool isSound = false) {
        return attack(23, "exp " + value, claimsWith("\"exp\":" + value), warning, isSound);
    };
    const auto range = u"time_out_of_range"_s;
    const auto type = u"time_wrong_type"_s;
    const auto broken = u"json_broken_number"_s;
    return {exp("-1", range),
            exp("1e999", range),
            exp("1e18", range),
            exp("9007199254740991", range),
            exp("9007199254740993", range),
            exp("9223372036854775808", range),
            exp("18446744073709551616", range),
            exp("-0", {}),
            exp("1.5"),
            exp("\"1700003600\"", type),
            exp("null", type),
            exp("[1700003600]", type),
            exp("true", type),
            exp("{}", type),
            exp("NaN", broken),
            exp("Infinity", broken),
            exp("01700003600", broken),
            exp("+1700003600", broken),
            exp("0x7fffffff", broken),
            exp("1700003600.9", {}, true),
            exp("1.7000036e9", {}, true)};
}

List times()
{
    const auto at = [](const char *name, qint64 value) -> QByteArray {
        return QByteArray("\"") + name + "\":" + QByteArray::number(value);
    };
    return {attack(24, "exp = now, without skew left", claimsWith(at("exp", now - 120)), u"expires_before_issued"_s),
            attack(24, "exp = now, within the skew", claimsWith(at("exp", now)), {}, true),
            attack(24, "nbf in the future", claimsWith(at("nbf", now + 3600))),
            attack(24, "iat in the future", claimsWith(at("iat", now + 3600))),
            attack(24, "exp before iat", claimsWith(at("exp", now - 6)), u"expires_before_issued"_s),
            attack(24, "no exp", claimsWithout("exp"), u"no_expiry"_s),
            attack(24, "milliseconds", claimsWith(at("exp", (now + 3600) * 1000)), u"time_in_milliseconds"_s),
            attack(24, "no iat", claimsWithout("iat")),
            attack(24, "iat of last year", claimsWith(at("iat", now - 365 * 86400)))};
}

List confusions()
{
    List list;
    const auto add = [&list](const QByteArray &name, const QByteArray &token, const JwtRules &rules) {
        list.append({39, name, token, validated(token, rules)});
    };
    const auto issuer = IssuerRule::exactly(u"https://op.example"_s);
    const QByteArray event = R"("events":{"http://schemas.openid.net/event/backchannel-logout":{}})";
    const auto idToken = signedWithHeader(R"(,"typ":"JWT")");
    for (const char *type : {"at+jwt", "logout+jwt", "dpop+jwt", "oauth-authz-req+jwt", "secevent+jwt", "kb+jwt"})
        add(QByteArray(type) + " as ID token", signedWithHeader(QByteArray(R"(,"typ":")") + type + '"'),
            idTokenRules());
    add("logout token without type as ID token", signedClaims(claimsWith(event)), idTokenRules());
    add("ID token as access token", idToken, JwtRules::forAccessToken(issuer, u"client"_s));
    add("ID token as logout token", idToken, JwtRules::forLogoutToken(issuer, u"client"_s));
    add("ID token as DPoP proof", idToken, JwtRules::forDpopProof("GET", QUrl(u"https://rs.example/"_s)));
    add("ID token as signed request", idToken, JwtRules::forSignedHttpRequest("GET", QUrl(u"https://rs.example/"_s)));
    const auto other = signedClaims(claimsWith("\"aud\":\"another client\""));
    add("ID token of another client", other, idTokenRules());
    const auto state = signedClaims(R"({"rfp":"x","target_link_uri":"https://app.example"})");
    add("state JWT as ID token", state, idTokenRules());
    return list;
}

List proofs()
{
    List list;
    const auto &signer = keyOf(JwkKind::P256);
    const auto proofOf = [&signer](const QByteArray &claims) {
        return forged(R"({"typ":"dpop+jwt","alg":"ES256","jwk":)" + signer.toJson() + '}', claims, Algorithm::ES256,
                      signer);
    };
    auto rules = JwtRules::forDpopProof("POST", QUrl(u"https://op.example/token"_s));
    rules.accessToken = HashPartner::of("AT");
    const auto ath = encodeBase64Url(digest(HashAlgorithm::Sha256, "AT"));
    const auto claims = [&ath](const QByteArray &method, const QByteArray &url, qint64 at,
                               const QByteArray &hash) -> QByteArray {
        return R"({"jti":"j","htm":")" + method + R"(","htu":")" + url + R"(","iat":)" + QByteArray::number(at)
            + R"(,"ath":")" + hash + "\"}";
    };
    const auto add = [&](const QByteArray &name, const QByteArray &payload, bool isSound = false) {
        const auto token = proofOf(payload);
        list.append({43, name, token, validated(token, rules, JwkSet()), {}, isSound});
    };
    const QByteArray url = "https://op.example/token";
    add("the sound proof", claims("POST", url, now, ath), true);
    add("htu in other case, with the default port", claims("POST", "HTTPS://OP.example:443/token", now, ath), true);
    add("htu with a port", claims("POST", "https://op.example:8443/token", now, ath));
    add("htu with a trailing dot", claims("POST", "https://op.example./token", now, ath));
    add("htu with another path", claims("POST", "https://op.example/Token", now, ath));
    add("htm in small letters", claims("post", url, now, ath));
    add("ath of another token", claims("POST", url, now, encodeBase64Url(digest(HashAlgorithm::Sha256, "BT"))));
    add("of last week", claims("POST", url, now - 7 * 86400, ath));
    add("of next week", claims("POST", url, now + 7 * 86400, ath));
    const auto request = JwtRules::forSignedHttpRequest("GET", QUrl(u"https://rs.example/a"_s));
    const auto bare = signedWithHeader(R"(,"typ":"pop")", R"({"at":"x","ts":1700000000,"m":"GET","u":"rs.example"})");
    list.append(
        {43, "signed request without cnf", bare, validated(bare, request, JwkSet()), u"confirmation_missing"_s});
    const auto late = signedWithHeader(R"(,"typ":"pop")",
                                       R"({"at":"x","ts":1500000000,"m":"GET","cnf":{"jwk":)"
                                           + keyOf(JwkKind::Rsa2048).toJson() + "}}");
    list.append({43, "signed request of long ago", late, validated(late, request, JwkSet())});
    return list;
}

//! Row 44: the validator has nothing against a name; whoever shows it must.
List display()
{
    const auto name = [](const QByteArray &value) { return claimsWith("\"name\":\"" + value + '"'); };
    return {attack(44, "HTML", name("<img src=x onerror=alert(1)>"), u"text_markup"_s, true),
            attack(44, "terminal escape", name("\\u001b[31mred"), u"text_control"_s, true),
            attack(44, "line end", name("Ada\\nverified: yes"), u"text_control"_s, true),
            attack(44, "20 kB", name(QByteArray(20'000, 'a')), u"text_long"_s, true),
            attack(44, "script address", claimsWith("\"picture\":\"javascript:alert(1)\""), u"text_markup"_s, true)};
}

} // namespace

List onClaims()
{
    return unicode() + numbers() + times() + confusions() + proofs() + display();
}

} // namespace Countersign::Jose::Attacks

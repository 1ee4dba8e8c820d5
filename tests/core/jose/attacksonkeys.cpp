// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Rows 7 to 9, 12, 13, 16, 17, 40 to 42: which key is taken, and which is none.
#include "attackcorpus.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

using namespace Qt::StringLiterals;

namespace Countersign::Jose::Attacks {

namespace {

QJsonObject object(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

QByteArray changed(const QByteArray &jwk, const QList<std::pair<QString, QJsonValue>> &members)
{
    auto key = object(jwk);
    for (const auto &[name, value] : members)
        key.insert(name, value);
    return QJsonDocument(key).toJson(QJsonDocument::Compact);
}

QByteArray setOf(const QByteArrayList &keys)
{
    return "{\"keys\":[" + keys.join(',') + "]}";
}

QString encoded(const QByteArray &bytes)
{
    return QString::fromLatin1(encodeBase64Url(bytes));
}

//! What a provider publishes, as text; a set that is refused is no set.
std::function<bool()> validatedWith(const QByteArray &set, const QByteArray &token)
{
    return [set, token] {
        const auto keys = JwkSet::parse(set);
        return keys && validated(token, idTokenRules(), *keys)();
    };
}

QByteArray withKeyId(const QByteArray &kid, JwkKind kind = JwkKind::P256)
{
    const QByteArray algorithm = kind == JwkKind::P256 ? "ES256" : "RS256";
    return forged("{\"alg\":\"" + algorithm + "\",\"kid\":" + kid + '}', soundClaims(),
                  kind == JwkKind::P256 ? Algorithm::ES256 : Algorithm::RS256, keyOf(kind));
}

List keyIds()
{
    List list;
    const auto add = [&list](const QByteArray &name, const QByteArray &kid, const QString &warning) {
        const auto token = withKeyId(kid);
        list.append({7, name, token, validated(token), warning});
    };
    const auto suspicious = u"key_id_suspicious"_s;
    add("a path", "\"../../../dev/null\"", suspicious);
    add("SQL", "\"x' UNION SELECT 'k' --\"", suspicious);
    add("NUL", "\"k1\\u0000\"", suspicious);
    add("HTML", "\"<img src=x onerror=alert(1)>\"", suspicious);
    add("a line end", "\"k1\\nk2\"", suspicious);
    add("10 kB", '"' + QByteArray(10000, 'k') + '"', u"key_id_long"_s);
    add("a number", "1", u"key_id_wrong_type"_s);
    add("an object", "{}", u"key_id_wrong_type"_s);
    add("null", "null", u"key_id_wrong_type"_s);
    return list;
}

List choices()
{
    List list;
    const auto &ec = keyOf(JwkKind::P256);
    const auto token = withKeyId("\"same\"");
    const auto mine = ec.publicJwk().withKeyId(u"same"_s);
    const auto twin = Jwk::generate(JwkKind::P256, u"same"_s)->publicJwk();
    const auto decoys = publicSet({keyOf(JwkKind::Rsa2048).withKeyId(u"same"_s),
                                   keyOf(JwkKind::P384).withKeyId(u"same"_s), twin.withUse(KeyUse::Encryption), mine});
    list.append({8, "decoys of other type, curve and use", token, validated(token, idTokenRules(), decoys), {}, true});
    list.append({8, "two keys that fit", token, validated(token, idTokenRules(), publicSet({twin, mine}))});
    list.append({8, "two keys that fit, the right one first", token,
                 validated(token, idTokenRules(), publicSet({mine, twin}))});
    const auto restricted = [&](const QByteArray &name, const QList<std::pair<QString, QJsonValue>> &members) {
        list.append({9, name, token, validatedWith(setOf({changed(mine.toJson(), members)}), token)});
    };
    restricted("use enc", {{u"use"_s, u"enc"_s}});
    restricted("unknown use", {{u"use"_s, u"tls"_s}});
    restricted("use in capitals", {{u"use"_s, u"SIG"_s}});
    restricted("key_ops encrypt", {{u"key_ops"_s, QJsonArray{u"encrypt"_s}}});
    restricted("key_ops sign", {{u"key_ops"_s, QJsonArray{u"sign"_s}}});
    restricted("key_ops empty", {{u"key_ops"_s, QJsonArray()}});
    restricted("alg of another curve", {{u"alg"_s, u"ES384"_s}});
    restricted("alg of encryption", {{u"alg"_s, u"ECDH-ES"_s}});
    return list;
}

List curves()
{
    List list;
    const auto &ec = keyOf(JwkKind::P256);
    const auto numbers = ec.asymmetricKey()->publicNumbers();
    const auto token = withKeyId('"' + ec.keyId().toLatin1() + '"');
    const auto add = [&](const QByteArray &name, const QList<std::pair<QString, QJsonValue>> &members) {
        list.append({12, name, token, validatedWith(setOf({changed(ec.toJson(), members)}), token)});
    };
    add("off the curve", {{u"y"_s, encoded(numbers.x)}});
    add("infinity", {{u"x"_s, encoded(QByteArray(32, '\0'))}, {u"y"_s, encoded(QByteArray(32, '\0'))}});
    add("x too short", {{u"x"_s, encoded(numbers.x.sliced(1))}});
    add("x too long", {{u"x"_s, encoded('\0' + numbers.x)}});
    add("secp256k1", {{u"crv"_s, u"secp256k1"_s}});
    add("P-384", {{u"crv"_s, u"P-384"_s}});
    add("x above the prime", {{u"x"_s, encoded(QByteArray(32, '\xff'))}});
    const auto &larger = keyOf(JwkKind::P384);
    const auto mismatched = forged("{\"alg\":\"ES256\"}", soundClaims(), Algorithm::ES384, larger);
    list.append({12, "ES256 with a P-384 key", mismatched, validated(mismatched, idTokenRules(), publicSet({larger}))});
    for (const char *point : {"0000000000000000000000000000000000000000000000000000000000000000",
                              "0100000000000000000000000000000000000000000000000000000000000000",
                              "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                              "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                              "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                              "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"}) {
        const QByteArray key =
            R"({"kty":"OKP","crv":"Ed25519","x":")" + encodeBase64Url(QByteArray::fromHex(point)) + "\"}";
        // With such a key, R = the neutral point and S = 0 "sign" whatever there is.
        const auto any = assembled("{\"alg\":\"EdDSA\"}", soundClaims(), '\x01' + QByteArray(63, '\0'));
        list.append(
            {17, QByteArray("small order ") + QByteArray(point).first(4), any, validatedWith(setOf({key}), any)});
    }
    return list;
}

List weakKeys()
{
    List list;
    const auto &rsa = keyOf(JwkKind::Rsa2048);
    const auto n = rsa.asymmetricKey()->publicNumbers().n;
    const auto token = signedClaims(soundClaims());
    const auto add = [&](const QByteArray &name, const QList<std::pair<QString, QJsonValue>> &members) {
        list.append({13, name, token, validatedWith(setOf({changed(rsa.toJson(), members)}), token)});
    };
    auto even = n;
    even.back() = static_cast<char>(even.back() & ~1);
    add("512 bits", {{u"n"_s, encoded(n.first(64))}});
    add("1024 bits", {{u"n"_s, encoded(n.first(128))}});
    add("e = 1", {{u"e"_s, u"AQ"_s}});
    add("e even", {{u"e"_s, u"BA"_s}});
    add("n even", {{u"n"_s, encoded(even)}});
    // Public moduli of broken smart cards are recognized by their residues; one made in the same way.
    const QByteArray broken = QByteArray(255, '\0') + '\x01';
    add("ROCA's residues", {{u"n"_s, encoded('\x80' + broken.sliced(1))}});
    const auto withSignature = [&](const QByteArray &name, const QByteArray &signature) {
        const auto parts = token.split('.');
        const QByteArray forgedToken = parts[0] + '.' + parts[1] + '.' + encodeBase64Url(signature);
        list.append({13, name, forgedToken, validated(forgedToken)});
    };
    const auto signature = decodeBase64Url(token.split('.').last()).value();
    withSignature("signature above n", QByteArray(256, '\xff'));
    withSignature("signature n", n);
    withSignature("a leading zero", '\0' + signature);
    withSignature("a byte less", signature.sliced(1));
    withSignature("signature 0", QByteArray(256, '\0'));
    withSignature("signature 1", QByteArray(255, '\0') + '\x01');
    for (const int size : {1, 8, 31}) {
        const auto secret = Jwk::fromSecret(Secret(QByteArray(size, 's')));
        const QByteArray input = encodeBase64Url("{\"alg\":\"HS256\"}") + '.' + encodeBase64Url(soundClaims());
        const QByteArray mac = input + '.' + encodeBase64Url(hmac(HashAlgorithm::Sha256, QByteArray(size, 's'), input));
        auto rules = idTokenRules();
        rules.allowed = Algorithms{Algorithm::HS256};
        rules.mayUseSecret = true;
        list.append({16, "key of " + QByteArray::number(size), mac, validated(mac, rules, JwkSet({secret})),
                     u"algorithm_symmetric"_s});
    }
    const QByteArray unkeyed = encodeBase64Url("{\"alg\":\"HS256\"}") + '.' + encodeBase64Url(soundClaims());
    const QByteArray mac = unkeyed + '.' + encodeBase64Url(hmac(HashAlgorithm::Sha256, {}, unkeyed));
    list.append({16, "empty key in a set", mac, validatedWith(R"({"keys":[{"kty":"oct","k":""}]})", mac),
                 u"algorithm_symmetric"_s});
    return list;
}

//! Row 40: Entra signs for all tenants with the same keys, so the issuer alone tells them apart.
List tenants()
{
    const QByteArray home = "11111111-1111-4111-8111-111111111111";
    const QByteArray other = "22222222-2222-4222-8222-222222222222";
    const auto tokenOf = [](const QByteArray &issuerTenant, const QByteArray &tenant) {
        auto claims = claimsWithout("iss").chopped(1);
        claims += R"(,"iss":"https://login.microsoftonline.com/)" + issuerTenant + R"(/v2.0","tid":")" + tenant + "\"}";
        return signedClaims(claims);
    };
    auto fixed = idTokenRules();
    fixed.issuer =
        IssuerRule::exactly(u"https://login.microsoftonline.com/"_s + QString::fromLatin1(home) + u"/v2.0"_s);
    auto common = idTokenRules();
    common.issuer = IssuerRule::exactly(u"https://login.microsoftonline.com/{tenantid}/v2.0"_s);
    auto restricted = common;
    restricted.issuer = IssuerRule(common.issuer).withTenants({QString::fromLatin1(home)});
    const auto mine = tokenOf(home, home);
    const auto foreign = tokenOf(other, other);
    const auto split = tokenOf(home, other);
    return {{40, "the tenant that was asked", mine, validated(mine, fixed), {}, true},
            {40, "another tenant, same key", foreign, validated(foreign, fixed)},
            {40, "another tenant where all may", foreign, validated(foreign, common), {}, true},
            {40, "another tenant where some may", foreign, validated(foreign, restricted)},
            {40, "iss and tid of two tenants", split, validated(split, common)},
            {40, "tid a path", tokenOf("../x", "../x"), validated(tokenOf("../x", "../x"), common)},
            {40, "the placeholder itself", tokenOf("{tenantid}", "{tenantid}"),
             validated(tokenOf("{tenantid}", "{tenantid}"), common)}};
}

List hostileSets()
{
    List list;
    const auto &rsa = keyOf(JwkKind::Rsa2048);
    const auto token = signedClaims(soundClaims());
    const auto add = [&](int row, const QByteArray &name, const QByteArray &set, bool isSound = false) {
        // The set itself is what is pasted into the inspector.
        list.append({row, name, set, validatedWith(set, token), {}, isSound});
    };
    add(41, "10 000 keys", setOf(QByteArrayList(10000, rsa.toJson())));
    add(41, "private members", setOf({rsa.toPrivateJson().reveal().toByteArray()}), true);
    add(41, "a secret beside a public key", setOf({rsa.toJson(), R"({"kty":"oct","k":"c2VjcmV0c2VjcmV0"})"}));
    add(41, "an unknown type beside", setOf({R"({"kty":"AKP","x":"AA"})", rsa.toJson()}), true);
    add(41, "rubbish beside", setOf({"1", "null", "{}", "[]", rsa.toJson()}), true);
    add(41, "keys an object", "{\"keys\":{}}");
    add(41, "keys text", "{\"keys\":\"x\"}");
    add(41, "no keys", "{}");
    // Somebody else's certificate beside the numbers: the numbers count, the certificate is inert.
    add(41, "x5c of another key", setOf({changed(rsa.toJson(), {{u"x5c"_s, QJsonArray{u"MIIB"_s}}})}), true);
    const auto &ec = keyOf(JwkKind::P256);
    const auto numbers = rsa.asymmetricKey()->publicNumbers();
    const auto thumbprint = [&](const QByteArray &name, const QByteArray &key) {
        list.append({42,
                     name,
                     key,
                     [key, expected = rsa.thumbprint()] {
                         const auto read = Jwk::parse(key);
                         return read && read->thumbprint() == expected;
                     },
                     {},
                     true});
    };
    const auto n = encodeBase64Url(numbers.n);
    thumbprint("members in another order", "{\"n\":\"" + n + R"(","kty":"RSA","e":"AQAB"})");
    thumbprint("members more", "{\"e\":\"AQAB\",\"x\":{\"kty\":1},\"n\":\"" + n + R"(","use":"sig","kty":"RSA"})");
    const auto refused = [&](const QByteArray &name, const QByteArray &key) {
        list.append({42, name, key, [key] { return Jwk::parse(key).hasValue(); }});
    };
    refused("leading zero in n", changed(rsa.toJson(), {{u"n"_s, encoded('\0' + numbers.n)}}));
    refused("leading zero in e", changed(rsa.toJson(), {{u"e"_s, u"AAEAAQ"_s}}));
    refused("padded coordinate",
            changed(ec.toJson(), {{u"x"_s, encoded('\0' + ec.asymmetricKey()->publicNumbers().x)}}));
    refused("base64 padding", changed(rsa.toJson(), {{u"e"_s, u"AQAB=="_s}}));
    return list;
}

} // namespace

List onKeys()
{
    return keyIds() + choices() + curves() + weakKeys() + tenants() + hostileSets();
}

} // namespace Countersign::Jose::Attacks

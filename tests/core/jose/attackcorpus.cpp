// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "attackcorpus.h"

#include <map>

using namespace Qt::StringLiterals;

namespace Countersign::Jose::Attacks {

const Jwk &keyOf(JwkKind kind)
{
    static std::map<JwkKind, Jwk> keys;
    auto found = keys.find(kind);
    if (found == keys.end())
        found = keys.emplace(kind, Jwk::generate(kind, u"k%1"_s.arg(int(kind))).value()).first;
    return found->second;
}

JwkSet publicSet(const QList<Jwk> &keys)
{
    QList<Jwk> open;
    for (const auto &key : keys)
        open.append(key.publicJwk());
    return JwkSet(open);
}

JwkSet providerKeys()
{
    return publicSet({keyOf(JwkKind::Rsa2048), keyOf(JwkKind::P256), keyOf(JwkKind::Ed25519)});
}

JwtRules idTokenRules()
{
    auto rules = JwtRules::forIdToken(IssuerRule::exactly(u"https://op.example"_s), u"client"_s, {});
    rules.allowed = Algorithms::asymmetric();
    return rules;
}

namespace {

QList<std::pair<QByteArray, QByteArray>> soundMembers()
{
    return {{"iss", "\"https://op.example\""},
            {"sub", "\"ada\""},
            {"aud", "\"client\""},
            {"exp", QByteArray::number(now + 3600)},
            {"iat", QByteArray::number(now - 5)}};
}

QByteArray objectOf(const QList<std::pair<QByteArray, QByteArray>> &members)
{
    QByteArrayList texts;
    for (const auto &[name, value] : members)
        texts.append('"' + name + "\":" + value);
    return '{' + texts.join(',') + '}';
}

} // namespace

QByteArray soundClaims()
{
    return objectOf(soundMembers());
}

QByteArray claimsWithout(const QByteArray &name)
{
    auto members = soundMembers();
    members.removeIf([&name](const auto &member) { return member.first == name; });
    return objectOf(members);
}

QByteArray claimsWith(const QByteArray &member)
{
    const auto name = member.mid(1, member.indexOf('"', 1) - 1);
    return claimsWithout(name).chopped(1) + ',' + member + '}';
}

QByteArray assembled(const QByteArray &header, const QByteArray &payload, const QByteArray &signature)
{
    return encodeBase64Url(header) + '.' + encodeBase64Url(payload) + '.' + encodeBase64Url(signature);
}

QByteArray forged(const QByteArray &header, const QByteArray &payload, Algorithm algorithm, const Jwk &key)
{
    const QByteArray input = encodeBase64Url(header) + '.' + encodeBase64Url(payload);
    return input + '.' + encodeBase64Url(makeSignature(algorithm, input, key).value());
}

QByteArray signedWithHeader(const QByteArray &members, const QByteArray &payload)
{
    const auto &key = keyOf(JwkKind::Rsa2048);
    const QByteArray header = R"({"alg":"RS256","kid":")" + key.keyId().toLatin1() + '"' + members + '}';
    return forged(header, payload, Algorithm::RS256, key);
}

QByteArray signedClaims(const QByteArray &payload)
{
    return signedWithHeader({}, payload);
}

std::function<bool()> validated(const QByteArray &token, const JwtRules &rules, const JwkSet &keys)
{
    return [token, rules, keys] {
        const JwtValidator validator(rules);
        const auto result = validator.validate(token, keys, clock());
        const auto parsed = UnverifiedJwt::parse(QByteArrayView(token));
        if (parsed && validator.examine(*parsed, keys, clock()).result.hasValue() != result.hasValue())
            qFatal("The checklist tells something else than the verdict");
        return result.hasValue();
    };
}

} // namespace Countersign::Jose::Attacks

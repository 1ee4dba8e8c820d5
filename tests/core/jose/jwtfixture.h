// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/base64url.h>
#include <countersign/jose/jws.h>
#include <countersign/jose/jwtvalidator.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QTimeZone>

//! Tokens of one provider for one client, at one moment, and the rules that a sound one of them meets.
namespace Countersign::Jose::Tokens {

using namespace Qt::StringLiterals;

inline constexpr qint64 now = 1700000000;
inline const QString issuer = u"https://op.example"_s;
inline const QString client = u"client-1"_s;

inline QDateTime at(qint64 seconds = now)
{
    return QDateTime::fromSecsSinceEpoch(seconds, QTimeZone::utc());
}

inline const Jwk &key(JwkKind kind)
{
    static QHash<int, Jwk> keys;
    if (!keys.contains(int(kind)))
        keys.insert(int(kind), Jwk::generate(kind, u"k%1"_s.arg(int(kind))).value());
    return *keys.constFind(int(kind));
}

inline const Jwk &rsa()
{
    return key(JwkKind::Rsa2048);
}

inline JwkSet published(const QList<Jwk> &keys)
{
    QList<Jwk> open;
    for (const auto &each : keys)
        open.append(each.publicJwk());
    return JwkSet(open);
}

inline QJsonObject claims()
{
    return {{u"iss"_s, issuer},     {u"sub"_s, u"ada"_s},   {u"aud"_s, client},
            {u"nonce"_s, u"n-1"_s}, {u"exp"_s, now + 3600}, {u"iat"_s, now - 5}};
}

inline QJsonObject with(QJsonObject object, const QString &name, const QJsonValue &value)
{
    object.insert(name, value);
    return object;
}

inline QJsonObject without(QJsonObject object, const QString &name)
{
    object.remove(name);
    return object;
}

inline QByteArray json(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

inline QByteArray sign(const QByteArray &payload, const QByteArray &header, const Jwk &signer = rsa())
{
    return signCompact(header, payload, signer).value();
}

inline QByteArray sign(const QJsonObject &payload, const QString &algorithm = u"RS256"_s, const Jwk &signer = rsa())
{
    return sign(json(payload), json({{u"alg"_s, algorithm}, {u"kid"_s, signer.keyId()}}), signer);
}

inline JwtRules rules()
{
    return JwtRules::forIdToken(IssuerRule::exactly(issuer), client, u"n-1"_s);
}

inline Result<VerifiedJwt> validate(const QByteArray &token, const JwtRules &with = rules(),
                                    const JwkSet &keys = published({rsa()}))
{
    return JwtValidator(with).validate(token, keys, at());
}

inline QString causeOf(const Result<VerifiedJwt> &result)
{
    return result ? u"accepted"_s : identifier(result.error().cause());
}

inline constexpr auto logoutEvent = "http://schemas.openid.net/event/backchannel-logout";

} // namespace Countersign::Jose::Tokens

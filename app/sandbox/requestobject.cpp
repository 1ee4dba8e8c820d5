// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "requestobject.h"

#include <countersign/jose/jws.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>

using namespace Qt::StringLiterals;
using Countersign::Error;
using Countersign::ErrorCode;
using Countersign::Result;

namespace CountersignSandbox {

namespace {

Error invalid(const QString &why)
{
    return Error{ErrorCode::ServerRejected, u"invalid_request_object: "_s + why};
}

QString textOf(const QJsonValue &value)
{
    if (value.isObject())
        return QString::fromUtf8(compactJson(value.toObject()));
    return value.isDouble() ? QString::number(value.toInteger()) : value.toString();
}

Parameters parametersIn(const QJsonObject &claims)
{
    Parameters parameters;
    for (auto claim = claims.begin(); claim != claims.end(); ++claim) {
        static const QStringList ofTheToken{u"iss"_s, u"aud"_s, u"exp"_s, u"nbf"_s, u"iat"_s, u"jti"_s};
        if (ofTheToken.contains(claim.key()))
            continue;
        if (!claim->isArray()) {
            parameters.add(claim.key(), textOf(*claim));
        } else if (claim.key() == u"authorization_details") {
            parameters.add(claim.key(),
                           QString::fromUtf8(QJsonDocument(claim->toArray()).toJson(QJsonDocument::Compact)));
        } else {
            const QJsonArray values = claim->toArray();
            for (const QJsonValue &value : values)
                parameters.add(claim.key(), textOf(value));
        }
    }
    return parameters;
}

} // namespace

Result<Parameters> openedRequestObject(const Context &context, const Client &client, const QString &issuer,
                                       const Parameters &sent)
{
    const auto verified = Countersign::Jose::verifyJws(sent.value(u"request").toLatin1(), client.keys,
                                                       {.allowed = Countersign::Jose::Algorithms::asymmetric()});
    if (!verified)
        return invalid(verified.error().message());
    const auto header = QJsonDocument::fromJson(verified->protectedHeader).object();
    if (header.value("typ"_L1).toString() != u"oauth-authz-req+jwt")
        return invalid(u"typ is not oauth-authz-req+jwt"_s);
    const auto claims = QJsonDocument::fromJson(verified->payload).object();
    if (claims.value("iss"_L1).toString() != client.id || claims.value("client_id"_L1).toString() != client.id)
        return invalid(u"iss and client_id must be the client"_s);
    if (claims.value("aud"_L1).toString() != issuer)
        return invalid(u"aud must be the issuer"_s);
    const auto now = context.now().toSecsSinceEpoch();
    const auto expiry = claims.value("exp"_L1).toInteger();
    if (expiry <= now || expiry > now + 3600 || claims.value("nbf"_L1).toInteger(now + 60) > now + 10)
        return invalid(u"exp and nbf must hold now, for an hour at most"_s);
    if (claims.value("jti"_L1).toString().isEmpty())
        return invalid(u"jti is missing"_s);
    for (const auto name : {"request"_L1, "request_uri"_L1, "sub"_L1}) {
        if (claims.contains(name))
            return invalid(u"this has no place in it: "_s + name);
    }
    return parametersIn(claims);
}

} // namespace CountersignSandbox

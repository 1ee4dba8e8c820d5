// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/requestobject.h>

#include <countersign/jose/formcodec.h>
#include <countersign/jose/jsonwriter.h>
#include <countersign/jose/jws.h>
#include <countersign/protocol/parameters.h>
#include <countersign/protocol/pkce.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

//! Of the JWT itself (RFC 7519 §4.1). RFC 9101 §10.8: no "sub", so that the object passes for no client assertion.
bool isReserved(QByteArrayView name)
{
    static constexpr QByteArrayView reserved[] = {"iss", "sub", "aud", "exp", "nbf", "iat", "jti"};
    return std::find(std::begin(reserved), std::end(reserved), name) != std::end(reserved);
}

//! RFC 9101 §4: numbers as numbers; OpenID Connect Core §6.1 and RFC 9396 §2: JSON as JSON.
void writeValue(Jose::JsonWriter &writer, const Jose::FormParameter &parameter)
{
    writer.name(parameter.name);
    if (parameter.name == Parameter::maxAge)
        writer.integer(parameter.value.toLongLong());
    else if (parameter.name == Parameter::claims || parameter.name == Parameter::authorizationDetails)
        writer.raw(parameter.value);
    else
        writer.utf8(parameter.value);
}

//! What stands several times becomes an array (RFC 8707 §2.1).
void writeAll(Jose::JsonWriter &writer, const QList<Jose::FormParameter> &parameters)
{
    QList<QByteArray> done;
    for (const auto &parameter : parameters) {
        if (done.contains(parameter.name))
            continue;
        done.append(parameter.name);
        const auto isSame = [&parameter](const Jose::FormParameter &other) { return other.name == parameter.name; };
        if (std::count_if(parameters.begin(), parameters.end(), isSame) == 1) {
            writeValue(writer, parameter);
            continue;
        }
        writer.name(parameter.name).beginArray();
        for (const auto &other : parameters) {
            if (isSame(other))
                writer.utf8(other.value);
        }
        writer.endArray();
    }
}

} // namespace

Result<void> signRequest(StartedAuthorization &started, const ProviderMetadata &metadata, const RequestSigning &signing,
                         RandomSource &random, const QDateTime &at)
{
    const auto &listed = metadata.requestObjectSigningAlgorithms;
    const QString algorithm = Jose::name(signing.algorithm);
    if (!listed.isEmpty() && !listed.contains(algorithm))
        return Error{ErrorCode::NotSupported, u"the provider does not take requests signed with %1"_s.arg(algorithm)};
    const auto parameters = Jose::FormParameters::parse(started.parameters);
    if (!parameters)
        return parameters.error();
    for (const auto &parameter : parameters->parameters()) {
        if (isReserved(parameter.name))
            return Error{ErrorCode::InvalidArgument,
                         u"'%1' cannot be a parameter of a signed request"_s.arg(QLatin1StringView(parameter.name))};
    }
    Jose::JsonWriter writer;
    writer.beginObject()
        .string("iss", started.pending.clientId.value)
        .string("aud", metadata.issuer)
        .integer("iat", at.toSecsSinceEpoch())
        .integer("nbf", at.toSecsSinceEpoch())
        .integer("exp", at.addSecs(signing.lifetime.count()).toSecsSinceEpoch())
        .secret("jti", makeRandomText(random));
    writeAll(writer, parameters->parameters());
    writer.endObject();
    const auto signedRequest = Jose::signCompact(Jose::SigningHeader{.algorithm = signing.algorithm,
                                                                     .type = u"oauth-authz-req+jwt"_s,
                                                                     .keyId = signing.key.keyId(),
                                                                     .others = {}},
                                                 writer.view(), signing.key);
    if (!signedRequest)
        return signedRequest.error();
    Jose::FormEncoder form;
    form.add(Parameter::clientId, started.pending.clientId.value)
        .add(Parameter::responseType, QByteArrayView("code"))
        .addUnlessEmpty(Parameter::scope, started.pending.consentScopes.toString())
        .add(Parameter::request, *signedRequest);
    started.parameters = form.take();
    return {};
}

} // namespace Countersign::Protocol

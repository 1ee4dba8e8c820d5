// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/instancediscovery.h>

#include <countersign/jose/formcodec.h>
#include <countersign/jose/json.h>
#include <countersign/model/clouds.h>
#include <countersign/protocol/erroranswer.h>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

Error invalid(const QString &why)
{
    return Error{ErrorCode::InvalidResponse, ErrorCause::DiscoveryInvalid, why};
}

QStringList aliasesIn(const Jose::JsonObject &document, const QString &host)
{
    const auto metadata = document.array("metadata");
    if (!metadata)
        return {host};
    for (const auto item : *metadata) {
        const auto cloud = item.object();
        const auto aliases = cloud ? cloud->stringList("aliases") : std::nullopt;
        if (aliases && aliases->contains(host))
            return *aliases;
    }
    return {host};
}

} // namespace

bool needsInstanceDiscovery(const Authority &authority)
{
    return authority.kind() == Authority::Kind::Entra && !cloudOf(authority.url().host());
}

QUrl instanceDiscoveryUrl(const Authority &authority)
{
    Jose::FormEncoder query;
    query.add("authorization_endpoint", QString(authority.issuer() + "/oauth2/v2.0/authorize"_L1))
        .add("api-version", QByteArrayView("1.1"));
    return QUrl::fromEncoded("https://login.microsoftonline.com/common/discovery/instance?" + query.take());
}

Result<InstanceMetadata> parseInstanceMetadata(const Authority &authority, const HttpAnswer &answer,
                                               const QDateTime &at)
{
    const auto document = Jose::JsonObject::parse(answer.body.toByteArray(), {.maximumSize = 256 * 1024});
    const auto error = document ? parseOAuthError(*document) : OAuthError();
    if (error.error == "invalid_instance"_L1)
        return Error{
            ErrorCode::InvalidArgument, ErrorCause::DiscoveryInvalid,
            u"Microsoft does not know the host '%1'. A provider that is not Microsoft's is named by its issuer."_s.arg(
                authority.host())}
            .withOAuth(error)
            .withHttpStatus(answer.status);
    if (!answer.isSuccess())
        return parseErrorAnswer(answer, at);
    if (!document)
        return invalid(u"the answer to instance discovery is no JSON object"_s);
    const QUrl endpoint(document->string("tenant_discovery_endpoint").value_or(QString()), QUrl::StrictMode);
    if (!endpoint.isValid() || endpoint.scheme() != "https"_L1 || endpoint.host().isEmpty()
        || !endpoint.userInfo().isEmpty() || endpoint.hasFragment())
        return invalid(u"instance discovery names no usable tenant_discovery_endpoint"_s);
    return InstanceMetadata{endpoint, aliasesIn(*document, authority.url().host())};
}

} // namespace Countersign::Protocol

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/resourcemetadata.h>

#include <countersign/jose/json.h>
#include <countersign/protocol/erroranswer.h>
#include <countersign/protocol/webaddress.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

Error invalid(const QString &why)
{
    return Error{ErrorCode::InvalidResponse, u"the resource's metadata %1"_s.arg(why)};
}

bool isIssuer(const QString &text)
{
    const QUrl url(text, QUrl::StrictMode);
    return isPlainAddress(url) && !url.hasQuery(); // RFC 8414 §2
}

Result<void> readLists(const Jose::JsonObject &document, ResourceMetadata &metadata)
{
    struct Row
    {
        const char *name;
        QStringList ResourceMetadata::*member;
    };
    static constexpr Row rows[] = {
        {"authorization_servers", &ResourceMetadata::authorizationServers},
        {"scopes_supported", &ResourceMetadata::scopes},
        {"bearer_methods_supported", &ResourceMetadata::bearerMethods},
        {"authorization_details_types_supported", &ResourceMetadata::authorizationDetailsTypes},
        {"dpop_signing_alg_values_supported", &ResourceMetadata::dpopAlgorithms},
    };
    for (const auto &row : rows) {
        auto list = document.stringListIfPresent(row.name);
        if (!list)
            return invalid(u"is malformed: %1"_s.arg(list.error().message()));
        metadata.*row.member = list->value_or(QStringList());
    }
    const auto &servers = metadata.authorizationServers;
    if (!std::all_of(servers.begin(), servers.end(), isIssuer))
        return invalid(u"names an authorization server that is no https issuer"_s);
    return {};
}

Result<void> readFlags(const Jose::JsonObject &document, ResourceMetadata &metadata)
{
    for (const auto &[name, flag] :
         {std::pair{"dpop_bound_access_tokens_required", &metadata.requiresDpop},
          std::pair{"tls_client_certificate_bound_access_tokens", &metadata.requiresMutualTls}}) {
        const auto value = document.booleanIfPresent(name);
        if (!value)
            return invalid(u"is malformed: %1"_s.arg(value.error().message()));
        *flag = value->value_or(false);
    }
    return {};
}

} // namespace

Result<QUrl> wellKnownResourceMetadata(const QUrl &resource)
{
    if (!isPlainAddress(resource))
        return Error{ErrorCode::InvalidArgument, u"the resource is no https address without a fragment"_s};
    QUrl url = resource;
    const auto path = resource.path(QUrl::FullyEncoded);
    url.setPath("/.well-known/oauth-protected-resource"_L1 + (path == "/"_L1 ? QString() : path), QUrl::TolerantMode);
    return url;
}

Result<ResourceMetadata> parseResourceMetadata(const QUrl &resource, const HttpAnswer &answer, const QDateTime &at)
{
    if (answer.status == 429 || answer.status >= 500)
        return parseErrorAnswer(answer, at);
    if (answer.status != 200)
        return Error{invalid(u"was answered with status %1"_s.arg(answer.status))}.withHttpStatus(answer.status);
    if (answer.mediaType() != "application/json")
        return invalid(u"is not application/json"_s);
    const auto document =
        Jose::JsonObject::parse(answer.body.toByteArray(), {.maximumSize = 256 * 1024, .maximumDepth = 16});
    if (!document)
        return invalid(u"is no usable JSON object: %1"_s.arg(document.error().message()));
    ResourceMetadata metadata;
    metadata.resource = document->string("resource").value_or(QString());
    // Anything more forgiving would let one API speak for another on the same host.
    if (metadata.resource.toUtf8() != resource.toEncoded())
        return Error{ErrorCode::SecurityCheckFailed, u"the metadata speaks for another resource"_s}.withComparison(
            resource.toString(), metadata.resource.left(300));
    if (const auto read = readLists(*document, metadata); !read)
        return read.error();
    if (const auto read = readFlags(*document, metadata); !read)
        return read.error();
    constexpr qsizetype longestName = 200;
    metadata.name = document->string("resource_name").value_or(QString()).left(longestName);
    const QUrl documentation(document->string("resource_documentation").value_or(QString()), QUrl::StrictMode);
    if (isPlainAddress(documentation) && documentation.scheme() == "https"_L1)
        metadata.documentation = documentation;
    return metadata;
}

} // namespace Countersign::Protocol

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/discovery.h>

#include <countersign/model/clouds.h>
#include <countersign/protocol/erroranswer.h>
#include <countersign/protocol/webaddress.h>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

Error invalid(const QString &why)
{
    return Error{ErrorCode::InvalidResponse, ErrorCause::DiscoveryInvalid, why};
}

struct Context
{
    const Authority &authority;
    const Jose::JsonObject &document;
};

Result<QUrl> endpoint(const Context &context, const char *name, bool isBoundToCloud)
{
    const auto text = context.document.stringIfPresent(name);
    if (!text)
        return text.error();
    if (!*text)
        return QUrl();
    const QUrl url(**text, QUrl::StrictMode);
    const QUrl home = context.authority.url();
    const bool http = url.scheme() == "http"_L1 && home.scheme() == "http"_L1 && isLoopback(home) && isLoopback(url);
    if (!url.isValid() || url.host().isEmpty() || (url.scheme() != "https"_L1 && !http) || !url.userInfo().isEmpty()
        || url.hasFragment())
        return invalid(u"the metadata's %1 is no plain https address"_s.arg(QLatin1StringView(name)));
    if (isBoundToCloud && cloudOf(home.host()) && !isSameCloud(home.host(), url.host()))
        return Error{ErrorCode::SecurityCheckFailed, ErrorCause::DiscoveryIssuerMismatch,
                     u"the metadata's %1 lies in another cloud than the authority"_s.arg(QLatin1StringView(name))}
            .withComparison(home.host(), url.host());
    return url;
}

Result<void> readEndpoints(const Context &context, ProviderMetadata &metadata)
{
    struct Row
    {
        const char *name;
        QUrl ProviderMetadata::*member;
        bool isBoundToCloud;
    };
    // Entra's userinfo lies at Graph's host.
    static constexpr Row rows[] = {
        {"authorization_endpoint", &ProviderMetadata::authorizationEndpoint, true},
        {"token_endpoint", &ProviderMetadata::tokenEndpoint, true},
        {"jwks_uri", &ProviderMetadata::jwksUri, true},
        {"device_authorization_endpoint", &ProviderMetadata::deviceAuthorizationEndpoint, true},
        {"userinfo_endpoint", &ProviderMetadata::userinfoEndpoint, false},
        {"revocation_endpoint", &ProviderMetadata::revocationEndpoint, true},
        {"introspection_endpoint", &ProviderMetadata::introspectionEndpoint, true},
        {"end_session_endpoint", &ProviderMetadata::endSessionEndpoint, true},
        {"pushed_authorization_request_endpoint", &ProviderMetadata::pushedAuthorizationRequestEndpoint, true},
    };
    for (const auto &row : rows) {
        auto url = endpoint(context, row.name, row.isBoundToCloud);
        if (!url)
            return url.error();
        metadata.*row.member = std::move(*url);
    }
    if (metadata.tokenEndpoint.isEmpty())
        return invalid(u"the metadata has no token_endpoint"_s);
    return {};
}

Result<void> readLists(const Jose::JsonObject &document, ProviderMetadata &metadata)
{
    struct Row
    {
        const char *name;
        QStringList ProviderMetadata::*member;
    };
    static constexpr Row rows[] = {
        {"scopes_supported", &ProviderMetadata::scopesSupported},
        {"response_types_supported", &ProviderMetadata::responseTypesSupported},
        {"response_modes_supported", &ProviderMetadata::responseModesSupported},
        {"grant_types_supported", &ProviderMetadata::grantTypesSupported},
        {"code_challenge_methods_supported", &ProviderMetadata::codeChallengeMethodsSupported},
        {"id_token_signing_alg_values_supported", &ProviderMetadata::idTokenSigningAlgorithms},
        {"userinfo_signing_alg_values_supported", &ProviderMetadata::userinfoSigningAlgorithms},
        {"authorization_signing_alg_values_supported", &ProviderMetadata::authorizationSigningAlgorithms},
        {"introspection_signing_alg_values_supported", &ProviderMetadata::introspectionSigningAlgorithms},
        {"request_object_signing_alg_values_supported", &ProviderMetadata::requestObjectSigningAlgorithms},
        {"authorization_details_types_supported", &ProviderMetadata::authorizationDetailsTypes},
        {"token_endpoint_auth_methods_supported", &ProviderMetadata::tokenEndpointAuthMethods},
        {"token_endpoint_auth_signing_alg_values_supported", &ProviderMetadata::tokenEndpointAuthAlgorithms},
        {"dpop_signing_alg_values_supported", &ProviderMetadata::dpopSigningAlgorithms},
        {"prompt_values_supported", &ProviderMetadata::promptValuesSupported},
        {"acr_values_supported", &ProviderMetadata::acrValuesSupported},
    };
    for (const auto &row : rows) {
        auto list = document.stringListIfPresent(row.name);
        if (!list)
            return list.error();
        metadata.*row.member = list->value_or(QStringList());
    }
    const auto flag = [&document](QByteArrayView name) { return document.boolean(name).value_or(false); };
    metadata.isIssuerParameterSupported = flag("authorization_response_iss_parameter_supported");
    metadata.requiresPushedRequests = flag("require_pushed_authorization_requests");
    metadata.requiresSignedRequests = flag("require_signed_request_object");
    metadata.isClaimsParameterSupported = flag("claims_parameter_supported");
    return {};
}

} // namespace

QUrl discoveryUrl(const Authority &authority)
{
    QString base = authority.issuer();
    while (base.endsWith(u'/'))
        base.chop(1);
    switch (authority.kind()) {
    case Authority::Kind::Entra:
    case Authority::Kind::B2c:
    case Authority::Kind::Ciam: base += "/v2.0"_L1; break;
    case Authority::Kind::Adfs:
    case Authority::Kind::Dsts:
    case Authority::Kind::Oidc: break;
    }
    return QUrl(base + "/.well-known/openid-configuration"_L1);
}

QUrl authorizationServerUrl(const Authority &authority)
{
    QUrl url = authority.url();
    QString path = url.path(QUrl::FullyEncoded);
    if (path == "/"_L1)
        path.clear(); // RFC 8414 §3.1: a terminating slash is removed
    url.setPath("/.well-known/oauth-authorization-server"_L1 + path, QUrl::TolerantMode);
    return url;
}

Result<ProviderMetadata> parseMetadata(const Authority &authority, QByteArrayView document, IssuerMatch match)
{
    // Security rule B.96.
    const auto object =
        Jose::JsonObject::parse(document.toByteArray(), {.maximumSize = 256 * 1024, .maximumDepth = 16});
    if (!object)
        return invalid(u"the metadata is no usable JSON object: %1"_s.arg(object.error().message()));
    ProviderMetadata metadata;
    metadata.issuer = object->string("issuer").value_or(QString());
    if (!isIssuerOf(authority, metadata.issuer, match))
        return Error{ErrorCode::SecurityCheckFailed, ErrorCause::DiscoveryIssuerMismatch,
                     u"the metadata speaks for another issuer"_s}
            .withComparison(authority.issuer(), metadata.issuer.left(300));
    const Context context{authority, *object};
    if (const auto read = readEndpoints(context, metadata); !read)
        return read.error();
    if (const auto read = readLists(*object, metadata); !read)
        return invalid(read.error().message());
    return metadata;
}

Result<ProviderMetadata> parseMetadata(const Authority &authority, const HttpAnswer &answer, const QDateTime &at,
                                       IssuerMatch match)
{
    if (answer.status == 429 || answer.status >= 500)
        return parseErrorAnswer(answer, at);
    if (answer.status != 200)
        return Error{invalid(u"the metadata was answered with status %1"_s.arg(answer.status))}.withHttpStatus(
            answer.status);
    return parseMetadata(authority, answer.body, match);
}

} // namespace Countersign::Protocol

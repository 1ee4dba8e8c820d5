// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "provider.h"

#include "text.h"
#include "words.h"

#include <common/serviceset.h>

#include <countersign/protocol/discovery.h>
#include <countersign/protocol/erroranswer.h>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

Protocol::HttpAnswer answerOf(const HttpResponse &response)
{
    return {.status = response.status, .headers = response.headers.fields(), .body = response.body};
}

Result<std::optional<Authority>> wrapped(Result<Authority> authority)
{
    if (!authority)
        return authority.error();
    return std::optional(*std::move(authority));
}

} // namespace

Result<std::optional<Authority>> namedAuthority(const GlobalOptions &global)
{
    if (!global.issuer.isEmpty())
        return wrapped(Authority::oidc(global.issuer));
    if (!global.authority.isEmpty())
        return wrapped(Authority::parse(global.authority));
    if (global.tenant.isEmpty())
        return std::optional<Authority>();
    const auto host = global.authorityHost.isEmpty() ? u"login.microsoftonline.com"_s : global.authorityHost;
    return wrapped(Authority::parse(u"https://"_s + host + u'/' + global.tenant));
}

Result<HttpResponse> fetch(Context &context, HttpPurpose purpose, const QUrl &url)
{
    if (context.global().offline)
        return Error{ErrorCode::NetworkUnavailable, Text::tr("--offline forbids the request to %1.").arg(url.host())};
    const auto network = context.network();
    if (!network)
        return network.error();
    HttpTransport &http = **network;
    return context.awaitAnswer<HttpResponse>(
        [&http, purpose, &url](auto handler) { return http.send(HttpRequest::get(purpose, url), std::move(handler)); });
}

Result<Protocol::ProviderMetadata> fetchMetadata(Context &context, const Authority &authority)
{
    const auto response = fetch(context, HttpPurpose::Discovery, Protocol::discoveryUrl(authority));
    if (!response)
        return response.error();
    return Protocol::parseMetadata(authority, answerOf(*response), context.now());
}

Result<Jose::JwkSet> fetchKeys(Context &context, const QUrl &url)
{
    const auto response = fetch(context, HttpPurpose::Keys, url);
    if (!response)
        return response.error();
    if (!response->isSuccess())
        return Protocol::parseErrorAnswer(answerOf(*response), context.now()).withPrefix(u"The key set: ");
    return Jose::JwkSet::parse(response->body);
}

} // namespace Countersign::Cli

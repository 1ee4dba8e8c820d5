// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/beginflow.h>

#include <countersign/flows/httpanswers.h>
#include <countersign/flows/interactiveflow.h>
#include <countersign/flows/pendingstate.h>

using namespace Qt::StringLiterals;

namespace Countersign {

Result<QUrl> settledRedirect(const RedirectPreference &preference)
{
    if (preference.kind == RedirectPreference::Kind::Exact)
        return preference.uri;
    if (preference.ports.size() != 1)
        return Error{ErrorCode::InvalidArgument, u"Say on which port the answer will be waited for."_s};
    QUrl uri;
    uri.setScheme(u"http"_s);
    uri.setHost(preference.host);
    uri.setPort(preference.ports.first());
    uri.setPath(preference.path);
    return uri;
}

BeginFlow::BeginFlow(FlowContext &context, InteractiveParameters parameters, QObject *parent)
    : AuthorizationCodeFlowOperation(parent), m_context(context), m_parameters(std::move(parameters)),
      m_authority(context.authorityFor(m_parameters.authority))
{
    run<BeginFlow>({
        &BeginFlow::discover,
        &BeginFlow::startRequest,
        &BeginFlow::pushRequest,
        &BeginFlow::deliver,
    });
}

void BeginFlow::release()
{
    m_ticket.reset();
    m_exchange.reset();
}

void BeginFlow::discover()
{
    enter(Stage::Discovering);
    if (const auto known = m_context.providers.metadata(m_authority)) {
        m_metadata = *known;
        return next();
    }
    setDeadline(m_context.configuration.requestTimeout + std::chrono::seconds(1), u"Asking the provider"_s);
    m_ticket =
        m_context.providers.fetchMetadata(m_authority, {}, [this](const Result<Protocol::ProviderMetadata> &metadata) {
            if (!metadata)
                return fail(metadata.error());
            m_metadata = *metadata;
            next();
        });
}

void BeginFlow::startRequest()
{
    auto request = authorizationRequest(m_context, m_authority, m_parameters);
    if (!request)
        return fail(request.error());
    const auto redirect = settledRedirect(m_parameters.redirect.value_or(m_context.configuration.redirect));
    if (!redirect)
        return fail(redirect.error());
    request->redirectUri = *redirect;
    auto started =
        Protocol::startAuthorization(m_authority, m_metadata, *request, m_context.services.random, m_context.now());
    if (!started)
        return fail(started.error());
    m_started = *std::move(started);
    next();
}

void BeginFlow::pushRequest()
{
    const auto &endpoint = m_metadata.pushedAuthorizationRequestEndpoint;
    const bool isWanted = m_metadata.requiresPushedRequests
        || (m_parameters.pushedRequests == PushedRequests::WhenPossible && !endpoint.isEmpty());
    if (!isWanted) {
        m_page = Protocol::authorizationUrl(m_metadata, m_started);
        return next();
    }
    if (endpoint.isEmpty())
        return fail(Error{ErrorCode::NotSupported, ErrorCause::EndpointMissing,
                          u"The provider demands pushed requests, but names no endpoint for them."_s});
    auto request =
        HttpRequest::postForm(HttpPurpose::PushedAuthorization, endpoint, Secret::copyOf(m_started.parameters));
    request.timeout = m_context.configuration.requestTimeout;
    m_exchange = m_context.services.http.send(std::move(request), [this](const Result<HttpResponse> &response) {
        if (!response)
            return fail(response.error());
        const auto pushed = Protocol::parsePushedAuthorization(answerOf(*response), m_context.now());
        if (!pushed)
            return fail(pushed.error());
        m_page = Protocol::authorizationUrl(m_metadata, m_context.configuration.clientId, *pushed);
        next();
    });
}

void BeginFlow::deliver()
{
    AuthorizationCodeFlow flow;
    flow.url = std::move(m_page);
    flow.redirectUri = m_started.pending.redirectUri;
    flow.state = encode(PendingState{std::move(m_started.pending), m_parameters.scopes});
    enter(Stage::Done);
    succeed(std::move(flow));
}

} // namespace Countersign

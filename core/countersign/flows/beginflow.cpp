// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/beginflow.h>

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
    : ProviderFlow(context, context.authorityFor(parameters.authority), parent), m_parameters(std::move(parameters))
{
    run<BeginFlow>({
        &BeginFlow::openStore,
        &BeginFlow::discover,
        &BeginFlow::startRequest,
        &BeginFlow::pushRequest,
        &BeginFlow::deliver,
    });
}

void BeginFlow::startRequest()
{
    const auto preference = m_context.redirectFor(m_authority, m_parameters.redirect);
    if (!preference)
        return failNamed(preference.error());
    const auto redirect = settledRedirect(*preference);
    if (!redirect)
        return failNamed(redirect.error());
    auto started = startedAuthorization(m_context, m_authority, m_metadata, m_parameters, *redirect);
    if (!started)
        return failNamed(started.error());
    m_started = *std::move(started);
    next();
}

void BeginFlow::pushRequest()
{
    findPage(m_started, m_parameters.pushedRequests, m_page);
}

void BeginFlow::deliver()
{
    AuthorizationCodeFlow flow;
    flow.url = std::move(m_page);
    flow.redirectUri = m_started.pending.redirectUri;
    flow.state = encode(PendingState{.pending = std::move(m_started.pending),
                                     .scopes = m_parameters.scopes,
                                     .expectedAccount = m_parameters.expectedAccount,
                                     .isEveryScopeRequired = m_parameters.isEveryScopeRequired});
    if (!enter(Stage::Done))
        return;
    succeed(std::move(flow));
}

} // namespace Countersign

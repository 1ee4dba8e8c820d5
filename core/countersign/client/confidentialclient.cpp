// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/confidentialclient.h>

#include <countersign/client/clientparts.h>
#include <countersign/flows/clientremovalflow.h>
#include <countersign/flows/clienttokenflow.h>
#include <countersign/flows/joinedoperation.h>
#include <countersign/flows/silentflow.h>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

using JoinedClient = JoinedOperation<TokenOperation, ClientTokenFlow>;

QString requestText(const FlowContext &context, const ClientTokenParameters &p)
{
    RequestText text;
    text << u"client"_s << textOf(context.authorityFor(p.authority)) << p.scopes.toString() << p.claimsChallenge
         << p.resources << p.authorizationDetails << p.isRefreshForced
         << (p.minimumLifetime ? p.minimumLifetime->count() : -1) << p.extra;
    return text.text();
}

} // namespace

Result<std::unique_ptr<ConfidentialClient>> ConfidentialClient::create(ClientConfiguration configuration,
                                                                       Services services)
{
    if (const auto checked = checkConfiguration(configuration); !checked)
        return checked.error();
    if (const auto checked = checkApplicationsPlace(configuration.authority); !checked)
        return checked.error();
    // Contract C37: 60 s are for people's devices.
    if (configuration.throttling == ThrottleRules())
        configuration.throttling.busyPause = std::chrono::seconds(5);
    return std::unique_ptr<ConfidentialClient>(new ConfidentialClient(std::move(configuration), services));
}

ConfidentialClient::ConfidentialClient(ClientConfiguration configuration, Services services)
    : m_context(std::make_unique<FlowContext>(std::move(configuration), services))
{
}

ConfidentialClient::~ConfidentialClient()
{
    endOperationsOf(*this);
}

const ClientConfiguration &ConfidentialClient::configuration() const
{
    return m_context->configuration;
}

PersistentTokenCache &ConfidentialClient::cache() const
{
    return m_context->services.cache;
}

TokenOperation *ConfidentialClient::acquireTokenForClient(ClientTokenParameters parameters)
{
    return new JoinedClient(
        [this, parameters = std::move(parameters)](JoinedClient &) {
            return joined<ClientTokenFlow>(*m_context, requestText(*m_context, parameters), [this, &parameters] {
                return new ClientTokenFlow(*m_context, parameters, this);
            });
        },
        this);
}

std::optional<AuthenticationResult> ConfidentialClient::cachedToken(const ClientTokenParameters &parameters) const
{
    const auto &snapshot = cache().snapshot();
    const auto found = findFreshToken(snapshot, m_context->query(parameters), m_context->now());
    if (!found)
        return {};
    return resultOf(*found, snapshot, m_context->authorityFor(parameters.authority), m_context->configuration.clientId);
}

DecisionTrace ConfidentialClient::explain(const ClientTokenParameters &parameters) const
{
    return decideSilently(cache().snapshot(), m_context->query(parameters), m_context->now()).trace;
}

CountOperation *ConfidentialClient::removeTokensForClient()
{
    return new ClientRemovalFlow(*m_context, this);
}

} // namespace Countersign

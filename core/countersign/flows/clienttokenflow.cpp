// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/clienttokenflow.h>

#include <countersign/flows/silentflow.h>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr std::chrono::minutes turnDeadline{2};

} // namespace

Result<void> checkApplicationsPlace(const Authority &authority)
{
    const auto &tenant = authority.tenant().value;
    const bool isForPeople = tenant == "common"_L1 || tenant == "organizations"_L1 || tenant == "consumers"_L1;
    if (authority.kind() != Authority::Kind::Entra || !isForPeople)
        return {};
    return Error{ErrorCode::InvalidArgument,
                 u"'%1' stands for the tenant of whoever signs in, and nobody does: name the tenant whose token the "
                 "application wants."_s.arg(tenant)};
}

ClientTokenFlow::ClientTokenFlow(FlowContext &context, ClientTokenParameters parameters, QObject *parent)
    : ProviderFlow(context, context.authorityFor(parameters.authority), parent), m_parameters(std::move(parameters)),
      m_startedAt(context.now())
{
    run<ClientTokenFlow>({
        &ClientTokenFlow::openStore,
        &ClientTokenFlow::answerFromCache,
        &ClientTokenFlow::findPlace,
        &ClientTokenFlow::waitForTurn,
        &ClientTokenFlow::answerFromOthers,
        &ClientTokenFlow::askProvider,
    });
}

ClientTokenFlow::~ClientTokenFlow() = default;

void ClientTokenFlow::release()
{
    m_lease.reset();
    ProviderFlow::release();
    if (!m_grant)
        return;
    m_grant->disconnect(this);
    m_grant->cancel();
}

void ClientTokenFlow::decide()
{
    m_decision = decideSilently(m_context.services.cache.snapshot(), m_context.query(m_parameters), m_context.now());
    m_trace = m_decision.trace;
}

void ClientTokenFlow::answerFromCache()
{
    if (const auto checked = checkApplicationsPlace(m_authority); !checked)
        return failNamed(checked.error());
    decide();
    if (m_decision.isHit())
        return answerWith(*m_decision.steps.front().use);
    next();
}

//! A tenant that is named by its domain keeps its tokens under its GUID.
void ClientTokenFlow::findPlace()
{
    if (m_context.isPlaceKnown(m_authority))
        return next();
    m_decision = {};
    if (!enter(Stage::Discovering))
        return;
    findMetadata([this](const Result<void> &found) {
        if (!found)
            return failNamed(found.error());
        decide();
        if (m_decision.isHit())
            return answerWith(*m_decision.steps.front().use);
        next();
    });
}

//! One request at a time for an application, in all processes: the others take what it brings.
void ClientTokenFlow::waitForTurn()
{
    setDeadline(turnDeadline, u"Another request for the application"_s);
    const auto key = m_context.refreshLockKey({{}, m_authority.environment()});
    m_decision = {};
    m_context.services.cache.withRefreshLock(key, this, [this](Result<std::unique_ptr<RefreshLease>> lease) {
        if (isFinished())
            return;
        if (!lease)
            return failNamed(lease.error());
        m_lease = *std::move(lease);
        next();
    });
}

void ClientTokenFlow::answerFromOthers()
{
    if (m_parameters.isRefreshForced && m_parameters.claimsChallenge.isEmpty()) {
        auto query = m_context.query(m_parameters);
        query.forceRefresh = false;
        const auto fresh = findFreshToken(m_context.services.cache.snapshot(), query, m_context.now());
        if (fresh && fresh->cachedAt() > m_startedAt)
            return answerWith(*fresh);
    }
    decide();
    if (m_decision.isHit())
        return answerWith(*m_decision.steps.front().use);
    next();
}

void ClientTokenFlow::askProvider()
{
    m_grant = new ClientCredentialsFlow(m_context, m_parameters, m_decision.trace.reason, this);
    m_grant->setCorrelationId(m_correlationId);
    setDeadline(newStoreDeadline + storeDeadline + 4 * m_context.configuration.requestTimeout, u"The request"_s);
    QObject::connect(m_grant, &Operation::stageChanged, this,
                     [this](Stage stage) { return stage == Stage::Done || enter(stage); });
    QObject::connect(m_grant, &Operation::finished, this, &ClientTokenFlow::settleGrant);
}

//! A token that is merely aging is better than none (contracts C3 and C32).
void ClientTokenFlow::settleGrant()
{
    auto result = m_grant->takeResult();
    m_grant = nullptr;
    if (!result && m_decision.fallback)
        return answerWith(*m_decision.fallback, result.error());
    m_decision = {};
    if (!result)
        return fail(result.error());
    if (!enter(Stage::Done))
        return;
    succeed(*std::move(result));
}

void ClientTokenFlow::answerWith(const AccessTokenEntry &entry, std::optional<Error> warning)
{
    auto result = resultOf(entry, m_context.services.cache.snapshot(), m_authority, m_context.configuration.clientId);
    m_context.telemetry.cacheHit();
    result.correlationId = m_correlationId;
    result.warning = std::move(warning);
    m_decision = {};
    if (!enter(Stage::Done))
        return;
    succeed(std::move(result));
}

} // namespace Countersign

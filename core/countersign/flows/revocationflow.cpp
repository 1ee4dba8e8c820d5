// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/revocationflow.h>

#include <countersign/flows/httpanswers.h>
#include <countersign/protocol/signout.h>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

bool isAmong(const std::vector<Secret> &tokens, const Secret &token)
{
    return std::any_of(tokens.begin(), tokens.end(), [&token](const Secret &one) { return one == token; });
}

//! Takes \p revoked out of what the cache holds of \p account.
void forgetTokens(TokenCache &cache, const AccountId &account, const ClientId &client,
                  const std::vector<Secret> &revoked)
{
    std::vector<AccessTokenEntry> entries;
    cache.visitAccessTokens(account, client, {}, [&entries, &revoked](const AccessTokenEntry &entry) {
        if (isAmong(revoked, entry.secret()))
            entries.push_back(entry);
        return true;
    });
    for (const auto &entry : entries)
        cache.removeAccessToken(entry);
    const auto candidates = cache.findRefreshTokens(account, client);
    for (const auto &candidate : candidates) {
        if (isAmong(revoked, candidate.token.secret()))
            cache.removeRefreshToken(candidate.token);
    }
}

} // namespace

RevocationFlow::RevocationFlow(FlowContext &context, RevocationParameters parameters, QObject *parent)
    : ProviderFlow(context, context.configuration.authority, parent), m_parameters(std::move(parameters)),
      m_isAccessToken(!m_parameters.accessToken.isEmpty())
{
    run<RevocationFlow>({
        &RevocationFlow::openStore,
        &RevocationFlow::waitForRefreshes,
        &RevocationFlow::find,
        &RevocationFlow::discover,
        &RevocationFlow::checkEndpoint,
        &RevocationFlow::revoke,
        &RevocationFlow::forget,
    });
}

//! A refresh under way would bring a successor that nobody takes back.
void RevocationFlow::waitForRefreshes()
{
    if (m_isAccessToken)
        return next();
    setDeadline(std::chrono::minutes(2), u"A refresh of the account"_s);
    m_context.services.cache.withRefreshLock(m_context.refreshLockKey(m_parameters.account), this,
                                             [this](Result<std::unique_ptr<RefreshLease>> lease) {
                                                 if (isFinished())
                                                     return;
                                                 if (lease)
                                                     m_lease = *std::move(lease);
                                                 next();
                                             });
}

//! Nobody is shown a token that is not theirs.
void RevocationFlow::find()
{
    if (!m_context.environmentsOf(m_authority).contains(m_parameters.account.environment))
        return failNamed(
            Error{ErrorCode::InvalidArgument, u"The account belongs to another provider than this client's."_s});
    if (m_isAccessToken)
        findAccessToken();
    else
        findRefreshTokens();
    if (m_tokens.empty())
        return failNamed(Error{ErrorCode::InvalidArgument, u"There is no such token of this client."_s});
    next();
}

void RevocationFlow::findAccessToken()
{
    const auto &client = m_context.configuration.clientId;
    m_context.services.cache.snapshot().visitAccessTokens(
        m_parameters.account, client, {}, [this, &client](const AccessTokenEntry &entry) {
            if (entry.clientId() != client || entry.secret() != m_parameters.accessToken)
                return true;
            m_tokens.push_back(std::move(m_parameters.accessToken));
            return false;
        });
}

void RevocationFlow::findRefreshTokens()
{
    const auto &client = m_context.configuration.clientId;
    const auto candidates = m_context.services.cache.snapshot().findRefreshTokens(m_parameters.account, client);
    for (const auto &candidate : candidates) {
        // The family's token signs other applications in: they did not ask for this.
        if (candidate.token.clientId() == client)
            m_tokens.push_back(candidate.token.secret());
    }
}

void RevocationFlow::checkEndpoint()
{
    if (requireEndpoint(m_metadata.revocationEndpoint, "revocation_endpoint"_L1))
        next();
}

void RevocationFlow::revoke()
{
    if (m_tokens.empty())
        return next();
    if (!enter(Stage::Redeeming))
        return;
    Protocol::RevocationRequest request{.clientId = m_context.configuration.clientId,
                                        .authentication = m_authentication,
                                        .token = m_tokens.back().clone(),
                                        .typeHint = m_isAccessToken ? u"access_token"_s : u"refresh_token"_s};
    m_revoked.push_back(std::move(m_tokens.back()));
    m_tokens.pop_back();
    send(formRequest(HttpPurpose::Revocation, m_metadata.revocationEndpoint, Protocol::encode(request)),
         [this](const HttpResponse &response) {
             const auto revoked = Protocol::parseRevocation(answerOf(response), m_context.now());
             if (!revoked)
                 return failNamed(revoked.error());
             revoke();
         });
}

void RevocationFlow::forget()
{
    if (!enter(Stage::Saving))
        return;
    setDeadline(storeDeadline, u"Removing the token"_s);
    // Shared because a std::function is copied, and secrets cannot be.
    const auto revoked = std::make_shared<const std::vector<Secret>>(std::move(m_revoked));
    m_context.services.cache.update(
        [revoked, account = m_parameters.account, client = m_context.configuration.clientId](TokenCache &cache) {
            forgetTokens(cache, account, client, *revoked);
        },
        this,
        [this](const Result<void> &removed) {
            if (isFinished())
                return;
            if (!removed)
                return failNamed(removed.error());
            m_lease.reset();
            if (enter(Stage::Done))
                succeed();
        });
}

void RevocationFlow::release()
{
    m_lease.reset();
    ProviderFlow::release();
}

} // namespace Countersign

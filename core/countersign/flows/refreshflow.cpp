// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/refreshflow.h>

#include <countersign/jose/unverifiedjwt.h>
#include <countersign/protocol/idtokenrules.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

RefreshFlow::RefreshFlow(FlowContext &context, Authority authority, ScopeSet scopes, Token token, QObject *parent)
    : TokenFlow(context, std::move(authority), std::move(scopes), parent), m_token(std::move(token))
{
    m_call = {m_token.account.isEmpty() ? Protocol::ApiId::RefreshToken : Protocol::ApiId::Silent,
              static_cast<int>(m_token.reason)};
    m_anchorMailbox = Protocol::anchorMailbox(m_token.account.homeAccountId);
    run<RefreshFlow>({
        &RefreshFlow::openStore,
        &RefreshFlow::discover,
        &RefreshFlow::redeem,
        &RefreshFlow::validate,
        &RefreshFlow::checkAccount,
        &RefreshFlow::save,
        &RefreshFlow::deliver,
    });
}

//! Of a token from elsewhere nobody knows what was granted: the caller's word counts.
Result<ScopeSet> RefreshFlow::requestScopes() const
{
    const bool isImported = m_token.account.isEmpty();
    return Protocol::scopesForRefresh(m_authority, m_scopes, isImported ? m_scopes : m_token.granted,
                                      m_context.scopePolicy());
}

void RefreshFlow::redeem()
{
    if (!enter(Stage::Redeeming))
        return;
    const auto &algorithms = m_metadata.dpopSigningAlgorithms;
    if (isBoundByDpop() && !algorithms.isEmpty() && !algorithms.contains("ES256"_L1))
        return failNamed(Error{ErrorCode::NotSupported,
                               u"The provider takes no proof of a key that is signed with ES256, only: %1."_s.arg(
                                   algorithms.join(u", "_s))});
    auto scopes = requestScopes();
    if (!scopes)
        return failNamed(scopes.error());
    Protocol::RefreshGrant grant{.refreshToken = std::move(m_token.secret), .scopes = *std::move(scopes)};
    if (isFinished())
        return; // cancelled by whoever watches the progress: the token is not spent
    if (m_token.account.isEmpty())
        m_imported = grant.refreshToken.clone();
    m_isSent = true;
    auto context = tokenRequestContext();
    context.authorizationDetails = m_authorizationDetails;
    if (m_binding && !isBoundByDpop())
        context.extra += {{u"token_type"_s, u"pop"_s},
                          {u"req_cnf"_s, QString::fromLatin1(Protocol::requestedConfirmation(m_binding->key))}};
    sendTokenRequest(Protocol::encode(grant, context));
}

Jose::JwtRules RefreshFlow::idTokenRules() const
{
    std::optional<Jose::JsonObject> previous;
    if (!m_token.account.isEmpty()) {
        const auto entry = m_context.services.cache.snapshot().findIdToken(m_token.account, configuration().clientId,
                                                                           realmOf(m_authority, m_metadata));
        if (entry) {
            if (const auto token = Jose::UnverifiedJwt::parse(entry->secret().reveal()))
                previous = token->claims();
        }
    }
    auto rules = Protocol::refreshedIdTokenRules(m_authority, m_metadata, configuration().clientId, previous,
                                                 m_response.accessToken);
    // The ID token that is kept is the newest sign-in's, and the refresh token may be another's: only the person is
    // the same.
    if (isOneOfSeveral()) {
        rules.nonce.reset();
        rules.previouslyIssuedAt.reset();
        rules.authenticatedAt.reset();
    }
    return rules;
}

//! Whether the client has refresh tokens of more than one sign-in of the account.
bool RefreshFlow::isOneOfSeveral() const
{
    if (m_token.account.isEmpty())
        return false;
    const auto &client = configuration().clientId;
    const auto candidates = m_context.services.cache.snapshot().findRefreshTokens(m_token.account, client);
    return std::count_if(candidates.begin(), candidates.end(),
                         [&client](const RefreshCandidate &candidate) { return candidate.token.clientId() == client; })
        > 1;
}

void RefreshFlow::complete(TokenGrant &grant) const
{
    grant.spentRefreshTokenKey = m_token.key;
    // A sign-out that happened while the request was under way must not be undone (contract C9).
    grant.createAccount = m_token.account.isEmpty();
    if (m_token.account.isEmpty()) {
        if (grant.refreshToken.isEmpty())
            grant.refreshToken = m_imported.clone();
        return;
    }
    grant.environment = m_token.account.environment;
    if (grant.homeAccountId.isEmpty())
        grant.homeAccountId = m_token.account.homeAccountId;
}

TokenSource RefreshFlow::source() const
{
    return m_token.account.isEmpty() ? TokenSource::IdentityProvider : TokenSource::Refresh;
}

} // namespace Countersign

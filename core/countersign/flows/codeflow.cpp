// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/codeflow.h>

#include <countersign/flows/pendingstate.h>
#include <countersign/protocol/clientinfo.h>
#include <countersign/protocol/idtokenrules.h>
#include <countersign/protocol/parameters.h>

using namespace Qt::StringLiterals;

namespace Countersign {

void CodeFlow::readAnswer()
{
    if (Protocol::isSigned(m_pending.responseMode))
        return readSignedAnswer();
    useCode(Protocol::parseRedirect(m_answer.reveal(), m_pending));
}

void CodeFlow::release()
{
    m_signedAnswer.reset();
    TokenFlow::release();
}

void CodeFlow::useCode(Result<Protocol::AuthorizationCode> code)
{
    m_answer.clear();
    if (!code)
        return failNamed(code.error());
    m_code = *std::move(code);
    next();
}

//! Spec: JARM §2.4; security rule B.60.
void CodeFlow::readSignedAnswer()
{
    auto response = Protocol::signedResponse(m_answer.reveal());
    if (!response)
        return failNamed(response.error());
    auto rules = Jose::JwtRules::forAuthorizationResponse(Protocol::issuerRule(m_authority, m_metadata),
                                                          configuration().clientId.value);
    rules.allowed = Protocol::signingAlgorithms(m_metadata.authorizationSigningAlgorithms);
    rules.encryption = configuration().responseEncryption;
    setDeadline(2 * requestDeadline(), u"Fetching the provider's keys"_s);
    m_signedAnswer =
        std::make_unique<Verification>(m_context, Verification::Provider{m_authority, m_metadata, correlation()},
                                       std::move(rules), *std::move(response));
    m_signedAnswer->start([this](const Result<Jose::VerifiedJwt> &verified) {
        if (!verified)
            return failNamed(verified.error());
        useCode(Protocol::parseSignedRedirect(verified->claims(), m_pending));
    });
}

void CodeFlow::redeemCode()
{
    if (!enter(Stage::Redeeming))
        return;
    // The code goes where it was meant to go when the sign-in began, or nowhere (security rule B.19).
    if (m_metadata.tokenEndpoint != m_pending.tokenEndpoint)
        return failNamed(Error{ErrorCode::SecurityCheckFailed, ErrorCause::DiscoveryInvalid,
                               u"The provider's token endpoint changed during the sign-in."_s});
    if (const auto info = Protocol::parseClientInfo(m_code.clientInfo))
        m_anchorMailbox = Protocol::anchorMailbox(info->homeAccountId());
    const auto context = tokenRequestContext();
    Protocol::CodeGrant grant{.code = std::move(m_code.code),
                              .redirectUri = m_pending.redirectUri,
                              .verifier = m_pending.verifier.clone(),
                              .scopes = m_authority.isMicrosoft() ? m_pending.scopes : ScopeSet()};
    sendTokenRequest(Protocol::encode(grant, context));
}

Jose::JwtRules CodeFlow::idTokenRules() const
{
    return Protocol::idTokenRules(m_authority, m_metadata, m_pending, m_response.accessToken);
}

void CodeFlow::complete(TokenGrant &grant) const
{
    grant.accountSource = QString::fromLatin1(Protocol::GrantType::authorizationCode);
}

CompletionFlow::CompletionFlow(FlowContext &context, Secret state, Secret answer, QObject *parent)
    : CodeFlow(context, context.configuration.authority, {}, parent), m_state(std::move(state))
{
    m_answer = std::move(answer);
    m_call.id = Protocol::ApiId::AuthorizationCode;
    run<CompletionFlow>({
        &CompletionFlow::readState,
        &CompletionFlow::openStore,
        &CompletionFlow::discover,
        &CompletionFlow::readAnswer,
        &CompletionFlow::redeemCode,
        &CompletionFlow::validate,
        &CompletionFlow::checkAccount,
        &CompletionFlow::askUserInfo,
        &CompletionFlow::save,
        &CompletionFlow::deliver,
    });
}

void CompletionFlow::readState()
{
    auto state = parsePendingState(m_state);
    m_state.clear();
    if (!state)
        return failNamed(state.error());
    m_pending = std::move(state->pending);
    m_scopes = std::move(state->scopes);
    m_claims = m_pending.claims;
    m_resources = m_pending.resources;
    m_authorizationDetails = m_pending.authorizationDetails;
    if (m_pending.clientId != configuration().clientId)
        return failNamed(Error{ErrorCode::InvalidArgument, u"The sign-in was begun by another client."_s});
    if (m_pending.authority != m_authority.issuer()) {
        auto other =
            m_authority.isMicrosoft() ? Authority::parse(m_pending.authority) : Authority::oidc(m_pending.authority);
        if (!other)
            return failNamed(other.error());
        m_authority = *std::move(other);
    }
    m_expectedAccount = std::move(state->expectedAccount);
    m_isEveryScopeRequired = state->isEveryScopeRequired;
    next();
}

} // namespace Countersign

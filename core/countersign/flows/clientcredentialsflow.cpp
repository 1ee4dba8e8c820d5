// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/clientcredentialsflow.h>

#include <countersign/flows/httpanswers.h>
#include <countersign/model/region.h>
#include <countersign/protocol/idtokenrules.h>
#include <countersign/protocol/ownparameters.h>

using namespace Qt::StringLiterals;

namespace Countersign {

ClientCredentialsFlow::ClientCredentialsFlow(FlowContext &context, ClientTokenParameters parameters,
                                             RefreshReason reason, QObject *parent)
    : TokenFlow(context, context.authorityFor(parameters.authority), parameters.scopes, parent),
      m_parameters(std::move(parameters))
{
    m_claims = m_parameters.claimsChallenge;
    m_resources = m_parameters.resources;
    m_authorizationDetails = m_parameters.authorizationDetails;
    m_extra = m_parameters.extra;
    m_call = {Protocol::ApiId::ClientCredentials, static_cast<int>(reason)};
    run<ClientCredentialsFlow>({
        &ClientCredentialsFlow::openStore,
        &ClientCredentialsFlow::prepareStore,
        &ClientCredentialsFlow::discover,
        &ClientCredentialsFlow::checkProof,
        &ClientCredentialsFlow::redeem,
        &ClientCredentialsFlow::leavePeopleOut,
        &ClientCredentialsFlow::validate,
        &ClientCredentialsFlow::checkAccount,
        &ClientCredentialsFlow::save,
        &ClientCredentialsFlow::deliver,
    });
}

//! RFC 6749 §4.4: only a client that can prove itself; without a proof the provider would merely say so later.
void ClientCredentialsFlow::checkProof()
{
    if (const auto checked = Protocol::checkExtra(m_extra); !checked)
        return failNamed(checked.error());
    if (m_authentication.method() == Protocol::ClientAuthentication::Method::None)
        return failNamed(Error{ErrorCode::InvalidArgument, ErrorCause::ClientSecretMissing,
                               u"An application gets tokens of its own with a client secret, a certificate or an "
                               "assertion, and there is none."_s});
    next();
}

void ClientCredentialsFlow::redeem()
{
    if (!enter(Stage::Redeeming))
        return;
    if (!requireEndpoint(m_metadata.tokenEndpoint, "token_endpoint"_L1))
        return;
    auto context = tokenRequestContext();
    context.wantsClientInfo = false; // there is no person
    context.authorizationDetails = m_authorizationDetails;
    auto request = Protocol::encode(Protocol::ClientCredentialsGrant{.scopes = m_scopes}, context);
    // The assertion's audience stays the global service, and so does the place in the cache (contract C40).
    if (m_authority.kind() == Authority::Kind::Entra)
        m_metadata.tokenEndpoint.setHost(regionalHost(m_metadata.tokenEndpoint.host(), configuration().region));
    sendTokenRequest(std::move(request));
}

//! RFC 6749 §4.4.3: no refresh token should come, and an ID token would be about nobody. What comes all the same would
//! make a person of the application.
void ClientCredentialsFlow::leavePeopleOut()
{
    m_response.refreshToken.clear();
    m_response.idToken.clear();
    m_response.clientInfo.clear();
    m_response.familyId.clear();
    next();
}

Jose::JwtRules ClientCredentialsFlow::idTokenRules() const
{
    return Protocol::idTokenRules(m_authority, m_metadata, configuration().clientId, m_response.accessToken);
}

void ClientCredentialsFlow::complete(TokenGrant &grant) const
{
    grant.createAccount = false;
    grant.extension = FlowContext::extensionFor(m_parameters);
}

} // namespace Countersign

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/passwordflow.h>

#include <countersign/flows/httpanswers.h>
#include <countersign/protocol/idtokenrules.h>
#include <countersign/protocol/parameters.h>

using namespace Qt::StringLiterals;

namespace Countersign {

PasswordFlow::PasswordFlow(FlowContext &context, UsernamePasswordParameters parameters, QObject *parent)
    : TokenFlow(context, context.authorityFor(parameters.authority), std::move(parameters.scopes), parent),
      m_password(std::move(parameters.password))
{
    m_typedUsername = std::move(parameters.username);
    m_claims = std::move(parameters.claimsChallenge);
    m_call.id = Protocol::ApiId::Password;
    m_anchorMailbox = Protocol::anchorMailbox(m_typedUsername);
    run<PasswordFlow>({
        &PasswordFlow::openStore,
        &PasswordFlow::discover,
        &PasswordFlow::findRealm,
        &PasswordFlow::findEndpoint,
        &PasswordFlow::requestAssertion,
        &PasswordFlow::redeem,
        &PasswordFlow::validate,
        &PasswordFlow::checkAccount,
        &PasswordFlow::askUserInfo,
        &PasswordFlow::save,
        &PasswordFlow::deliver,
    });
}

void PasswordFlow::release()
{
    m_password.clear();
    TokenFlow::release();
}

//! Only Entra knows of organisations that keep their passwords themselves.
void PasswordFlow::findRealm()
{
    auto scopes = Protocol::decorateScopes(m_authority, m_scopes, m_context.scopePolicy());
    if (!scopes)
        return failNamed(scopes.error());
    m_sentScopes = *std::move(scopes);
    const auto host = m_authority.host();
    if (m_authority.kind() != Authority::Kind::Entra || m_context.hostsWithoutUserRealm.contains(host))
        return next();
    send(HttpRequest::get(HttpPurpose::Federation, Protocol::userRealmUrl(m_authority, m_typedUsername)),
         [this, host](const HttpResponse &response) {
             auto realm = Protocol::parseUserRealm(answerOf(response), m_context.now());
             if (!realm)
                 return failNamed(realm.error());
             if (response.status >= 400)
                 m_context.hostsWithoutUserRealm.insert(host);
             m_realm = *std::move(realm);
             next();
         });
}

void PasswordFlow::findEndpoint()
{
    if (!m_realm.isFederated)
        return next();
    const auto use = [this](Result<Protocol::WsTrustEndpoint> endpoint) {
        if (!endpoint)
            return failNamed(endpoint.error());
        m_endpoint = *std::move(endpoint);
        next();
    };
    if (m_realm.metadataUrl.isEmpty())
        return use(Protocol::wsTrustEndpoint(m_realm.activeUrl));
    send(HttpRequest::get(HttpPurpose::Federation, m_realm.metadataUrl), [this, use](const HttpResponse &response) {
        if (!response.isSuccess())
            return failNamed(
                Error{ErrorCode::ServerUnavailable,
                      u"The organisation's sign-in service answered with status %1."_s.arg(response.status)}
                    .withHttpStatus(response.status));
        use(Protocol::parseFederationMetadata(response.body));
    });
}

void PasswordFlow::requestAssertion()
{
    if (!m_endpoint)
        return next();
    auto soap = Protocol::wsTrustRequest(*m_endpoint, m_realm.audience, m_typedUsername, m_password,
                                         QUuid::createUuid(), m_context.now());
    m_password.clear();
    HttpRequest request;
    request.method = HttpRequest::Method::Post;
    request.purpose = HttpPurpose::Federation;
    request.url = m_endpoint->address;
    request.headers.add("Content-Type", "application/soap+xml; charset=utf-8");
    request.headers.add("SOAPAction", soap.action);
    request.body = std::move(soap.body);
    request.carriesCredentials = true;
    send(std::move(request), [this](const HttpResponse &response) {
        // A fault comes with status 500 and says more than that.
        auto assertion = Protocol::parseWsTrustAnswer(response.body);
        if (!assertion)
            return failNamed(assertion.error());
        m_assertion = *std::move(assertion);
        next();
    });
}

void PasswordFlow::redeem()
{
    if (!enter(Stage::Redeeming))
        return;
    auto context = tokenRequestContext();
    if (m_assertion) {
        m_assertion->scopes = m_sentScopes;
        return sendTokenRequest(Protocol::encode(*m_assertion, context));
    }
    Protocol::PasswordGrant grant{
        .username = m_typedUsername, .password = std::move(m_password), .scopes = m_sentScopes};
    sendTokenRequest(Protocol::encode(grant, context));
}

Jose::JwtRules PasswordFlow::idTokenRules() const
{
    return Protocol::idTokenRules(m_authority, m_metadata, configuration().clientId, m_response.accessToken);
}

void PasswordFlow::complete(TokenGrant &grant) const
{
    grant.accountSource = QString::fromLatin1(Protocol::GrantType::password);
}

} // namespace Countersign

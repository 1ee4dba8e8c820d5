// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/interactiveflow.h>

#include <countersign/protocol/claims.h>
#include <countersign/protocol/clientauthentication.h>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

//! The request that \p parameters ask for.
Result<Protocol::AuthorizationRequest> authorizationRequest(const FlowContext &context, const Authority &authority,
                                                            const InteractiveParameters &parameters)
{
    auto scopes = Protocol::decorateScopes(authority, parameters.scopes, context.scopePolicy());
    if (!scopes)
        return scopes.error();
    auto claims = Protocol::mergeClaims(context.configuration.capabilities, parameters.claimsChallenge);
    if (!claims)
        return claims.error();
    Protocol::AuthorizationRequest request;
    request.clientId = context.configuration.clientId;
    request.scopes = *std::move(scopes);
    request.extraScopesToConsent = parameters.extraScopesToConsent;
    request.prompts = parameters.prompts;
    request.loginHint = parameters.loginHint;
    request.domainHint = parameters.domainHint;
    request.maxAge = parameters.maxAge;
    request.acrValues = parameters.acrValues;
    request.claims = *std::move(claims);
    request.uiLocales = parameters.uiLocales;
    request.display = parameters.display;
    request.idTokenHint = parameters.idTokenHint;
    request.resources = parameters.resources;
    request.authorizationDetails = parameters.authorizationDetails;
    request.responseMode = parameters.responseMode;
    request.extra = parameters.extra;
    return request;
}

} // namespace

Result<Protocol::StartedAuthorization> startedAuthorization(const FlowContext &context, const Authority &authority,
                                                            const Protocol::ProviderMetadata &metadata,
                                                            const InteractiveParameters &parameters,
                                                            const QUrl &redirectUri)
{
    auto request = authorizationRequest(context, authority, parameters);
    if (!request)
        return request.error();
    request->redirectUri = redirectUri;
    const auto &signing = context.configuration.requestSigning;
    if (metadata.requiresSignedRequests && !signing)
        return Error{ErrorCode::NotSupported,
                     u"The provider demands signed requests, and this client has no key to sign them with."_s};
    auto started = Protocol::startAuthorization(authority, metadata, *request, context.services.random, context.now());
    if (!started || !signing)
        return started;
    if (const auto done = Protocol::signRequest(*started, metadata, *signing, context.services.random, context.now());
        !done)
        return done.error();
    return started;
}

InteractiveFlow::InteractiveFlow(FlowContext &context, InteractiveParameters parameters, QObject *parent)
    : CodeFlow(context, context.authorityFor(parameters.authority), parameters.scopes, parent),
      m_parameters(std::move(parameters))
{
    m_resources = m_parameters.resources;
    m_authorizationDetails = m_parameters.authorizationDetails;
    m_call.id = Protocol::ApiId::Interactive;
    m_expectedAccount = m_parameters.expectedAccount;
    m_isEveryScopeRequired = m_parameters.isEveryScopeRequired;
    run<InteractiveFlow>({
        &InteractiveFlow::openStore,
        &InteractiveFlow::prepareStore,
        &InteractiveFlow::bindRedirect,
        &InteractiveFlow::discover,
        &InteractiveFlow::startRequest,
        &InteractiveFlow::pushRequest,
        &InteractiveFlow::showPage,
        &InteractiveFlow::readAnswer,
        &InteractiveFlow::redeemCode,
        &InteractiveFlow::validate,
        &InteractiveFlow::checkAccount,
        &InteractiveFlow::askUserInfo,
        &InteractiveFlow::save,
        &InteractiveFlow::deliver,
    });
}

InteractiveFlow::~InteractiveFlow() = default;

void InteractiveFlow::release()
{
    if (m_session)
        m_navigations = m_session->navigations();
    m_session.reset();
    CodeFlow::release();
}

AccountEvent::Way InteractiveFlow::way() const
{
    if (agent().name() == "embedded"_L1)
        return AccountEvent::Way::Embedded;
    return agent().name() == "browser"_L1 ? AccountEvent::Way::Browser : AccountEvent::Way::Unknown;
}

AuthorizationAgent &InteractiveFlow::agent() const
{
    return m_parameters.agent ? *m_parameters.agent : m_context.services.agent;
}

ResponseMode InteractiveFlow::responseMode() const
{
    if (m_parameters.responseMode != ResponseMode::Default || !agent().receivesPosts())
        return m_parameters.responseMode;
    // Microsoft is moving codes on loopback out of the query.
    return m_authority.kind() == Authority::Kind::Entra ? ResponseMode::FormPost : ResponseMode::Default;
}

AnswerMode InteractiveFlow::answerMode() const
{
    switch (m_pending.responseMode) {
    case ResponseMode::FormPost:
    case ResponseMode::FormPostJwt: return AnswerMode::FormPost;
    case ResponseMode::Jwt: return AnswerMode::Either;
    case ResponseMode::Default:
    case ResponseMode::Query:
    case ResponseMode::QueryJwt: return AnswerMode::Query;
    }
    Q_UNREACHABLE();
}

//! The listener is bound first: a port that cannot be had must not cost a request.
void InteractiveFlow::bindRedirect()
{
    const auto redirect = m_context.redirectFor(m_authority, m_parameters.redirect);
    if (!redirect)
        return failNamed(redirect.error());
    auto session = agent().begin(*redirect, [this](Result<RedirectAnswer> answer) { useAnswer(std::move(answer)); });
    if (!session)
        return failNamed(session.error());
    m_session = *std::move(session);
    next();
}

void InteractiveFlow::startRequest()
{
    m_parameters.responseMode = responseMode();
    auto started = startedAuthorization(m_context, m_authority, m_metadata, m_parameters, m_session->redirectUri());
    if (!started)
        return failNamed(started.error());
    m_started = *std::move(started);
    m_claims = m_started.pending.claims;
    next();
}

void InteractiveFlow::pushRequest()
{
    findPage(m_started, m_parameters.pushedRequests, m_page);
}

void InteractiveFlow::showPage()
{
    m_pending = std::move(m_started.pending);
    m_started.parameters.clear();
    if (!enter(Stage::WaitingForPerson))
        return; // cancelled by whoever watches the progress
    if (const auto beforeOpening = std::exchange(m_parameters.beforeOpening, nullptr)) {
        const QPointer<InteractiveFlow> self(this);
        beforeOpening(agent().name());
        if (!self)
            return; // the caller took the client away
    }
    if (isFinished())
        return;
    // While the person types; nobody waits for it. Opening comes last: whoever shows the page may take the client away.
    if (m_pending.expectsIdToken())
        prefetchKeys();
    const auto timeout = m_parameters.timeout.value_or(configuration().interactionTimeout);
    // The user agent ends the wait and knows why; this is for one that does not.
    setDeadline(timeout + std::chrono::seconds(5), u"The sign-in"_s);
    m_session->open({.url = std::exchange(m_page, {}),
                     .title = m_parameters.windowTitle,
                     .parentWindow = m_parameters.parentWindow,
                     .mode = answerMode(),
                     .belongs =
                         [this](QByteArrayView parameters) {
                             return Protocol::answersState(parameters, m_pending, configuration().responseEncryption);
                         },
                     .timeout = timeout});
}

void InteractiveFlow::useAnswer(Result<RedirectAnswer> answer)
{
    if (isFinished())
        return;
    m_navigations = m_session->navigations();
    // The listener goes with the session, before the code is spent.
    m_session.reset();
    if (!answer)
        return failNamed(answer.error());
    m_answer = std::move(answer->parameters);
    next();
}

} // namespace Countersign

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/signoutflow.h>

#include <countersign/flows/httpanswers.h>
#include <countersign/protocol/pkce.h>
#include <countersign/protocol/signout.h>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

using Kind = SignOutStep::Kind;
using Outcome = SignOutStep::Outcome;

} // namespace

SignOutFlow::SignOutFlow(FlowContext &context, AccountId account, SignOutParameters parameters, QObject *parent)
    : ProviderFlow(context, context.configuration.authority, parent), m_account(std::move(account)),
      m_parameters(std::move(parameters))
{
    run<SignOutFlow>({
        &SignOutFlow::openStore,
        &SignOutFlow::waitForRefreshes,
        &SignOutFlow::collect,
        &SignOutFlow::askProvider,
        &SignOutFlow::revoke,
        &SignOutFlow::removeLocally,
        &SignOutFlow::endSession,
    });
}

SignOutFlow::~SignOutFlow() = default;

void SignOutFlow::release()
{
    m_session.reset();
    m_lease.reset();
    ProviderFlow::release();
}

AuthorizationAgent &SignOutFlow::agent() const
{
    return m_parameters.agent ? *m_parameters.agent : m_context.services.agent;
}

bool SignOutFlow::isOwnWindow() const
{
    return agent().name() == "embedded"_L1;
}

void SignOutFlow::report(Kind kind, Outcome outcome, std::optional<Error> error)
{
    m_report.steps.append({kind, outcome, std::move(error)});
}

//! A refresh under way would bring a token that nobody revokes.
void SignOutFlow::waitForRefreshes()
{
    if (!m_parameters.revokesTokens)
        return next();
    setDeadline(std::chrono::minutes(2), u"A refresh of the account"_s);
    m_context.services.cache.withRefreshLock(m_context.refreshLockKey(m_account), this,
                                             [this](Result<std::unique_ptr<RefreshLease>> lease) {
                                                 if (isFinished())
                                                     return;
                                                 if (lease)
                                                     m_lease = *std::move(lease);
                                                 next(); // without it the tokens at hand are revoked all the same
                                             });
}

void SignOutFlow::collect()
{
    const auto &cache = m_context.services.cache.snapshot();
    const auto &client = m_context.configuration.clientId;
    const auto candidates = cache.findRefreshTokens(m_account, client);
    for (const auto &candidate : candidates) {
        // The family's token signs other applications in: they did not ask for this.
        if (candidate.token.clientId() == client)
            m_refreshTokens.push_back(candidate.token.secret());
    }
    const auto idTokens = cache.idTokens();
    for (const auto &idToken : idTokens) {
        if (idToken.clientId() == client && idToken.homeAccountId() == m_account.homeAccountId
            && idToken.environment() == m_account.environment)
            m_idToken = idToken.secret();
    }
    next();
}

bool SignOutFlow::belongsToProvider() const
{
    return m_context.environmentsOf(m_authority).contains(m_account.environment);
}

void SignOutFlow::askProvider()
{
    const bool isNeeded = m_parameters.endsSession || (m_parameters.revokesTokens && !m_refreshTokens.empty());
    if (!isNeeded)
        return next();
    if (!belongsToProvider()) {
        m_providerError =
            Error{ErrorCode::InvalidArgument, u"The account belongs to another provider than this client's."_s};
        return next();
    }
    if (!enter(Stage::Discovering))
        return;
    const auto goOn = [this](const Error &error) {
        m_providerError = error;
        next();
    };
    m_withoutAnswer = goOn;
    findMetadata([this, goOn](const Result<void> &found) {
        m_withoutAnswer = nullptr;
        if (!found)
            return goOn(found.error());
        if (const auto settled = authenticate(); !settled)
            return goOn(settled.error());
        next();
    });
}

//! A provider that says nothing in time is reported; the account goes all the same.
void SignOutFlow::concludeWith(Error error)
{
    const auto goOn =
        error.code() == ErrorCode::TimedOut ? std::exchange(m_withoutAnswer, nullptr) : std::function<void(Error)>();
    if (!goOn)
        return ProviderFlow::concludeWith(std::move(error));
    ProviderFlow::release();
    goOn(named(error));
}

void SignOutFlow::revoke()
{
    if (!enter(Stage::Redeeming))
        return;
    if (!m_parameters.revokesTokens)
        report(Kind::Revocation, Outcome::NotWanted);
    else if (m_refreshTokens.empty())
        report(Kind::Revocation, Outcome::Done);
    else if (m_providerError)
        report(Kind::Revocation, Outcome::Failed, m_providerError);
    else if (m_metadata.revocationEndpoint.isEmpty())
        report(Kind::Revocation, Outcome::NotSupported);
    else
        return revokeNext();
    next();
}

void SignOutFlow::revokeNext()
{
    if (m_refreshTokens.empty()) {
        report(Kind::Revocation, m_revocationError ? Outcome::Failed : Outcome::Done, m_revocationError);
        return next();
    }
    Protocol::RevocationRequest request{.clientId = m_context.configuration.clientId,
                                        .authentication = m_authentication,
                                        .token = std::move(m_refreshTokens.back()),
                                        .typeHint = u"refresh_token"_s};
    m_refreshTokens.pop_back();
    const auto goOn = [this](const Error &error) {
        m_revocationError = error;
        revokeNext();
    };
    m_withoutAnswer = goOn;
    exchange(formRequest(HttpPurpose::Revocation, m_metadata.revocationEndpoint, Protocol::encode(request)),
             [this, goOn](const Result<HttpResponse> &response) {
                 m_withoutAnswer = nullptr;
                 const auto revoked = response ? Protocol::parseRevocation(answerOf(*response), m_context.now())
                                               : Result<void>(response.error());
                 if (!revoked)
                     return goOn(named(revoked.error()));
                 revokeNext();
             });
}

void SignOutFlow::removeLocally()
{
    if (!enter(Stage::Saving))
        return;
    setDeadline(storeDeadline, u"Removing the account"_s);
    m_context.services.cache.update(
        [account = m_account, client = m_context.configuration.clientId](TokenCache &cache) {
            cache.removeAccount(account, client);
            cache.setAttention(account, std::nullopt);
        },
        this,
        [this](const Result<void> &removed) {
            if (isFinished())
                return;
            if (!removed)
                return failNamed(removed.error());
            report(Kind::LocalRemoval, Outcome::Done);
            m_lease.reset();
            next();
        });
}

void SignOutFlow::endSession()
{
    if (!m_parameters.endsSession)
        report(Kind::EndSession, Outcome::NotWanted);
    else if (m_providerError)
        report(Kind::EndSession, Outcome::Failed, m_providerError);
    else if (m_metadata.endSessionEndpoint.isEmpty())
        report(Kind::EndSession, Outcome::NotSupported);
    else
        return openEndSessionPage();
    finish();
}

void SignOutFlow::openEndSessionPage()
{
    auto session = agent().begin(m_parameters.redirect.value_or(RedirectPreference{}),
                                 [this](Result<RedirectAnswer> answer) { useReturn(answer); });
    if (!session) {
        report(Kind::EndSession, Outcome::Failed, session.error());
        return finish();
    }
    m_session = *std::move(session);
    m_state = Protocol::makeRandomText(m_context.services.random);
    Protocol::EndSessionRequest request{.clientId = m_context.configuration.clientId,
                                        .idToken = std::move(m_idToken),
                                        .logoutHint = {},
                                        .redirectUri = m_parameters.redirect ? m_session->redirectUri() : QUrl(),
                                        .state = m_state.clone(),
                                        .uiLocales = {}};
    if (!enter(Stage::WaitingForPerson))
        return;
    const bool isHandOver = !m_parameters.redirect && !isOwnWindow();
    const auto timeout =
        isHandOver ? std::chrono::milliseconds(signOutHandOver) : m_context.configuration.interactionTimeout;
    setDeadline(timeout + std::chrono::seconds(5), u"The sign-out"_s);
    m_session->open({.url = Protocol::endSessionUrl(m_metadata, request),
                     .title = {},
                     .mode = AnswerMode::Query,
                     // With another state or none the browser came back all the same (security rule B.68).
                     .belongs = [](QByteArrayView) { return true; },
                     .timeout = timeout});
}

void SignOutFlow::useReturn(const Result<RedirectAnswer> &answer)
{
    if (isFinished())
        return;
    m_session.reset();
    if (!m_parameters.redirect) {
        const bool isShown = !answer
            && (answer.error().code() == ErrorCode::TimedOut || answer.error().cause() == ErrorCause::WindowClosed);
        report(Kind::EndSession, isShown || answer ? Outcome::Done : Outcome::Failed,
               isShown || answer ? std::optional<Error>() : answer.error());
    } else if (!answer) {
        report(Kind::EndSession, Outcome::Failed, answer.error());
    } else if (Protocol::answersSignOut(answer->parameters.reveal(), m_state)) {
        report(Kind::EndSession, Outcome::Done);
    } else {
        report(
            Kind::EndSession, Outcome::Failed,
            Error{ErrorCode::SecurityCheckFailed, ErrorCause::StateMismatch,
                  u"The browser came back, but without the state of this sign-out: the session may still be open."_s});
    }
    finish();
}

void SignOutFlow::finish()
{
    if (!enter(Stage::Done))
        return;
    succeed(m_report);
}

} // namespace Countersign

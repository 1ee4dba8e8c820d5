// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientattempt.h"

#include "accountcollector.h"

#include <countersign/cache/tokencache.h>

namespace Countersign::Desktop {

namespace {

//! How long the browser may take to fetch the page that says good-bye.
constexpr std::chrono::seconds farewell{5};

//! Whether a policy stands in the way that no sign-in of the person's satisfies. Words of Microsoft Entra.
bool isPolicy(const Error &error)
{
    const auto &said = error.oauth().subError;
    return said == QLatin1StringView("protection_policy_required") || said == QLatin1StringView("message_only");
}

} // namespace

ClientAttempt::ClientAttempt(ClientSession &session, QString profileId, ScopeSet asked)
    : Attempt(&session), m_session(&session), m_profileId(std::move(profileId)), m_asked(std::move(asked))
{
}

ClientAttempt::~ClientAttempt()
{
    if (!m_operation)
        return;
    m_operation->disconnect(this);
    m_operation->cancel();
}

void ClientAttempt::cancel()
{
    if (m_operation)
        m_operation->cancel();
    else
        end(Error{ErrorCode::Cancelled, QStringLiteral("Cancelled.")});
}

Jose::CheckReport ClientAttempt::checks() const
{
    const auto *running = qobject_cast<const TokenOperation *>(m_operation.data());
    return running ? running->checks() : m_checks;
}

QList<SignOutStep> ClientAttempt::steps() const
{
    const auto *running = qobject_cast<const SignOutOperation *>(m_operation.data());
    return running ? running->reportSoFar().steps : m_steps;
}

void ClientAttempt::waitWithoutBrowser()
{
    m_browser->launcher.notOpened = [this](const Error &error) { Q_EMIT pageNotOpened(error); };
}

QUrl ClientAttempt::page() const
{
    return m_browser ? m_browser->launcher.page() : QUrl();
}

void ClientAttempt::openPage(const QString &browserId)
{
    if (m_browser)
        m_browser->launcher.launchAgain(browserId);
}

Result<void> ClientAttempt::pasteAnswer(const Secret &address)
{
    if (!m_browser)
        return Attempt::pasteAnswer(address);
    return m_browser->agent.paste(address.reveal());
}

void ClientAttempt::showIn(WebViewAgent &agent, quintptr parentWindow)
{
    m_embedded = &agent;
    m_parentWindow = parentWindow;
}

void ClientAttempt::raiseWindow()
{
    if (m_embedded)
        m_embedded->raise(m_parentWindow);
}

AuthorizationAgent &ClientAttempt::browserAgent(BrowserLauncher &usual)
{
    m_browser = std::make_unique<Browser>(usual);
    m_browser->launcher.opened = [this] { Q_EMIT pageOpened(); };
    return m_browser->agent;
}

void ClientAttempt::begin(Operation *operation, const AccountId &account)
{
    m_operation = operation;
    m_busyAccount = account;
    connect(operation, &Operation::stageChanged, this, &Attempt::stageChanged);
    if (!account.isEmpty())
        m_session->setBusy(m_profileId, account, 1);
}

void ClientAttempt::follow(TokenOperation *operation, const AccountId &account)
{
    begin(operation, account);
    m_isRefresh = !account.isEmpty();
    connect(operation, &Operation::finished, this, [this, operation] {
        m_checks = operation->checks();
        if (!operation->decisionTrace().rows.isEmpty())
            m_trace = operation->decisionTrace();
        const auto &result = operation->result();
        if (result)
            end(outcomeOf(*result));
        else
            end(result.error());
    });
}

void ClientAttempt::followDevice(DeviceCodeOperation *operation)
{
    connect(operation, &DeviceCodeOperation::codeReady, this, [this](const DeviceCode &code) {
        Q_EMIT deviceCodeReady({.userCode = code.userCode,
                                .verificationUri = code.verificationUri,
                                .completeUri = code.verificationUriComplete.value_or(QUrl()),
                                .expiresAt = code.expiresAt});
    });
    connect(operation, &DeviceCodeOperation::slowedDown, this, &Attempt::slowedDown);
    follow(operation);
}

void ClientAttempt::followSignOut(SignOutOperation *operation, const SignOutRequest &request)
{
    begin(operation, request.account);
    connect(operation, &Operation::finished, this, [this, operation, request] {
        m_steps = operation->reportSoFar().steps;
        const auto &result = operation->result();
        if (!result)
            return end(result.error());
        Outcome outcome{.profileId = m_profileId, .steps = result->steps};
        outcome.account.id = request.account;
        if (request.forgetEmbedded)
            outcome.isEmbeddedForgotten = m_session->embeddedSessions().forget(m_profileId).hasValue();
        end(outcome);
    });
}

void ClientAttempt::failLater(const Error &error)
{
    QMetaObject::invokeMethod(
        this, [this, error] { end(error); }, Qt::QueuedConnection);
}

Outcome ClientAttempt::outcomeOf(const AuthenticationResult &result) const
{
    Outcome outcome{.profileId = m_profileId,
                    .account = result.account,
                    .asked = m_asked,
                    .granted = result.grantedScopes,
                    .expiresAt = result.expiresAt,
                    .isIdTokenVerified = result.idToken.has_value(),
                    .checks = m_checks,
                    .trace = m_trace,
                    .warning = result.warning};
    switch (result.source) {
    case TokenSource::Cache: outcome.origin = TokenOrigin::Cache; break;
    case TokenSource::Refresh: outcome.origin = TokenOrigin::Refresh; break;
    case TokenSource::IdentityProvider:
    case TokenSource::ClientCredentials: outcome.origin = TokenOrigin::Provider; break;
    }
    if (result.idToken)
        outcome.methods = methodsIn(result.idToken->claims());
    const auto &cache = m_session->cacheOf(m_profileId, result.account.id);
    if (result.idToken)
        outcome.idTokenId = idTokenIdOf(cache, result.account.id, result.clientId);
    cache.visitAccessTokens(result.account.id, result.clientId, {}, [&](const AccessTokenEntry &token) {
        if (token.clientId() != result.clientId || !(token.secret() == result.accessToken))
            return true;
        outcome.tokenId = tokenIdOf(token);
        return false;
    });
    return outcome;
}

void ClientAttempt::end(const Result<Outcome> &result)
{
    if (std::exchange(m_isEnded, true))
        return;
    m_operation = nullptr;
    if (!m_busyAccount.isEmpty())
        m_session->setBusy(m_profileId, m_busyAccount, -1);
    const auto account = m_busyAccount.isEmpty() && result ? result->account.id : m_busyAccount;
    // What lies in the cache says nothing of what the provider allows now.
    const bool isNew = result && result->origin != TokenOrigin::Cache;
    if (!account.isEmpty() && (isNew || (!result && isPolicy(result.error()))))
        m_session->noteBlock(m_profileId, account, !isNew);
    if (isNew && result->steps.isEmpty())
        m_session->noteAnswer(m_profileId);
    else if (!result && result.error().code() != ErrorCode::Cancelled)
        m_session->noteFailure(m_profileId, result.error(), m_isRefresh ? m_busyAccount : AccountId());
    if (m_browser) {
        // It outlives the attempt a little. Its launcher tells nobody any more.
        m_browser->launcher.opened = nullptr;
        m_browser->launcher.notOpened = nullptr;
        const std::shared_ptr<Browser> browser(std::move(m_browser));
        QTimer::singleShot(farewell, m_session, [browser] {});
    }
    Q_EMIT finished(result);
    deleteLater();
}

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/client/publicclient.h>

#include <countersign/client/clientparts.h>
#include <countersign/flows/accountsflow.h>
#include <countersign/flows/beginflow.h>
#include <countersign/flows/deviceflow.h>
#include <countersign/flows/interactiveflow.h>
#include <countersign/flows/introspectionflow.h>
#include <countersign/flows/joinedoperation.h>
#include <countersign/flows/passwordflow.h>
#include <countersign/flows/pendingstate.h>
#include <countersign/flows/resourcemetadataflow.h>
#include <countersign/flows/revocationflow.h>
#include <countersign/flows/signoutflow.h>
#include <countersign/flows/silentflow.h>
#include <countersign/flows/userinfoflow.h>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

using JoinedInteractive = JoinedOperation<TokenOperation, InteractiveFlow>;
using JoinedSilent = JoinedOperation<TokenOperation, SilentFlow>;
//! Joined by nobody, but what was sent may outlive the caller's interest.
using JoinedImport = JoinedOperation<TokenOperation, RefreshFlow>;
using JoinedDevice = JoinedOperation<DeviceCodeOperation, DeviceFlow>;

QString requestText(const FlowContext &context, const InteractiveParameters &p)
{
    RequestText text;
    text << u"interactive"_s << textOf(context.authorityFor(p.authority)) << p.scopes.toString()
         << p.extraScopesToConsent.toString() << p.prompts << p.loginHint << p.domainHint
         << (p.maxAge ? p.maxAge->count() : -1) << p.acrValues << p.claimsChallenge << p.uiLocales << p.display
         << p.idTokenHint << p.resources << p.authorizationDetails << static_cast<int>(p.responseMode)
         << static_cast<int>(p.pushedRequests)
         << reinterpret_cast<quintptr>(p.agent) // NOLINT: compared, never used as a pointer again
         << p.isEveryScopeRequired;
    text << p.extra;
    if (p.redirect)
        text << static_cast<int>(p.redirect->kind) << p.redirect->host << p.redirect->ports << p.redirect->path
             << p.redirect->uri;
    if (p.expectedAccount)
        text << p.expectedAccount->homeAccountId.value << p.expectedAccount->environment.value;
    return text.text();
}

QString requestText(const FlowContext &context, const SilentParameters &p)
{
    RequestText text;
    text << u"silent"_s << textOf(context.authorityFor(p.authority)) << p.scopes.toString()
         << p.account.homeAccountId.value << p.account.environment.value << p.claimsChallenge << p.resources
         << p.authorizationDetails << p.isRefreshForced << (p.minimumLifetime ? p.minimumLifetime->count() : -1);
    if (p.proof) // a part of the result, and good for one request: nobody shares it
        text << QUuid::createUuid();
    return text.text();
}

QString requestText(const FlowContext &context, const DeviceCodeParameters &p)
{
    RequestText text;
    text << u"device"_s << textOf(context.authorityFor(p.authority)) << p.scopes.toString() << p.claimsChallenge
         << p.resources << p.authorizationDetails << p.extra;
    return text.text();
}

} // namespace

Result<std::unique_ptr<PublicClient>> PublicClient::create(ClientConfiguration configuration, Services services)
{
    if (const auto checked = checkConfiguration(configuration); !checked)
        return checked.error();
    return std::unique_ptr<PublicClient>(new PublicClient(std::move(configuration), services));
}

PublicClient::PublicClient(ClientConfiguration configuration, Services services)
    : m_context(std::make_unique<FlowContext>(std::move(configuration), services))
{
    QObject::connect(&services.cache, &PersistentTokenCache::changed, this, &PublicClient::accountsChanged);
}

PublicClient::~PublicClient()
{
    endOperationsOf(*this);
}

const ClientConfiguration &PublicClient::configuration() const
{
    return m_context->configuration;
}

PersistentTokenCache &PublicClient::cache() const
{
    return m_context->services.cache;
}

QList<ThrottledAnswer> PublicClient::throttledAnswers() const
{
    return m_context->throttling.answers();
}

bool PublicClient::clearThrottledAnswer(quint64 number)
{
    return m_context->throttling.clear(number);
}

void PublicClient::clearThrottledAnswers()
{
    m_context->throttling.clear();
}

TokenOperation *PublicClient::acquireToken(InteractiveParameters parameters)
{
    return new JoinedInteractive(
        [this, parameters = std::move(parameters)](JoinedInteractive &) {
            const auto request = requestText(*m_context, parameters);
            return joined<InteractiveFlow>(
                *m_context, request, [this, &parameters] { return new InteractiveFlow(*m_context, parameters, this); });
        },
        this);
}

TokenOperation *PublicClient::acquireTokenSilently(SilentParameters parameters)
{
    return new JoinedSilent(
        [this, parameters = std::move(parameters)](JoinedSilent &operation) -> SilentFlow * {
            // The common case needs no worker and no second turn of the event loop.
            if (!cache().isOutdated()) {
                const auto decision =
                    decideSilently(cache().snapshot(), m_context->query(parameters), m_context->now());
                if (decision.isHit()) {
                    auto known =
                        fullResultOf(*decision.steps.front().use, cache().snapshot(),
                                     m_context->authorityFor(parameters.authority), m_context->configuration.clientId);
                    known.correlationId = QUuid::createUuid();
                    m_context->telemetry.cacheHit();
                    operation.setTrace(decision.trace);
                    if (const auto proved = addProof(known, parameters, *m_context); !proved) {
                        operation.settle(proved.error());
                        return nullptr;
                    }
                    if (operation.enter(Operation::Stage::Done))
                        operation.settle(std::move(known));
                    return nullptr;
                }
            }
            const auto request = requestText(*m_context, parameters);
            return joined<SilentFlow>(*m_context, request,
                                      [this, &parameters] { return new SilentFlow(*m_context, parameters, this); });
        },
        this);
}

std::optional<AuthenticationResult> PublicClient::cachedToken(const SilentParameters &parameters) const
{
    const auto &snapshot = cache().snapshot();
    const auto found = findFreshToken(snapshot, m_context->query(parameters), m_context->now());
    if (!found)
        return {};
    auto result =
        resultOf(*found, snapshot, m_context->authorityFor(parameters.authority), m_context->configuration.clientId);
    if (!addProof(result, parameters, *m_context))
        return {};
    return result;
}

DeviceCodeOperation *PublicClient::acquireTokenByDeviceCode(DeviceCodeParameters parameters)
{
    return new JoinedDevice(
        [this, parameters = std::move(parameters)](JoinedDevice &operation) {
            const auto request = requestText(*m_context, parameters);
            auto *worker = joined<DeviceFlow>(
                *m_context, request, [this, &parameters] { return new DeviceFlow(*m_context, parameters, this); });
            QObject::connect(worker, &DeviceFlow::codeReady, &operation, &DeviceCodeOperation::codeReady);
            QObject::connect(worker, &DeviceFlow::slowedDown, &operation, &DeviceCodeOperation::slowedDown);
            // From the event loop: whoever is shown the code may delete the operation.
            if (worker->code())
                QMetaObject::invokeMethod(
                    &operation,
                    [&operation, code = *worker->code()] {
                        if (!operation.isFinished())
                            Q_EMIT operation.codeReady(code);
                    },
                    Qt::QueuedConnection);
            return worker;
        },
        this);
}

DecisionTrace PublicClient::explain(const SilentParameters &parameters) const
{
    return decideSilently(cache().snapshot(), m_context->query(parameters), m_context->now()).trace;
}

std::optional<KnownProvider> PublicClient::knownProvider() const
{
    const auto &authority = configuration().authority;
    const auto metadata = m_context->providers.metadata(authority);
    if (!metadata)
        return {};
    return KnownProvider{.issuer = metadata->issuer,
                         .keys = m_context->providers.keys(authority, *metadata),
                         .scopes = metadata->scopesSupported,
                         .takesTokensBack = !metadata->revocationEndpoint.isEmpty(),
                         .endsSessions = !metadata->endSessionEndpoint.isEmpty()};
}

TokenOperation *PublicClient::acquireTokenByRefreshToken(RefreshTokenParameters parameters)
{
    // Shared because a std::function is copied, and a secret cannot be.
    const auto taken = std::make_shared<RefreshTokenParameters>(std::move(parameters));
    return new JoinedImport(
        [this, taken](JoinedImport &) {
            return new RefreshFlow(*m_context, m_context->authorityFor(taken->authority), taken->scopes,
                                   {.secret = std::move(taken->refreshToken)}, this);
        },
        this);
}

TokenOperation *PublicClient::acquireTokenByUsernamePassword(UsernamePasswordParameters parameters)
{
    return new PasswordFlow(*m_context, std::move(parameters), this);
}

AuthorizationCodeFlowOperation *PublicClient::beginAuthCodeFlow(InteractiveParameters parameters)
{
    return new BeginFlow(*m_context, std::move(parameters), this);
}

TokenOperation *PublicClient::completeAuthCodeFlow(Secret state, Secret answer)
{
    return new CompletionFlow(*m_context, std::move(state), std::move(answer), this);
}

AccountsOperation *PublicClient::accounts(AccountFilter filter)
{
    return new AccountsFlow(*m_context, std::move(filter), this);
}

SignOutOperation *PublicClient::signOut(const AccountId &account, SignOutParameters parameters)
{
    return new SignOutFlow(*m_context, account, std::move(parameters), this);
}

VoidOperation *PublicClient::revoke(RevocationParameters parameters)
{
    return new RevocationFlow(*m_context, std::move(parameters), this);
}

IntrospectionOperation *PublicClient::introspect(IntrospectionParameters parameters)
{
    return new IntrospectionFlow(*m_context, std::move(parameters), this);
}

ResourceMetadataOperation *PublicClient::resourceMetadata(ResourceMetadataParameters parameters)
{
    return new ResourceMetadataFlow(*m_context, std::move(parameters), this);
}

UserInfoOperation *PublicClient::userInfo(const AccountId &account)
{
    return new UserInfoFlow(*m_context, account, this);
}

QList<Account> PublicClient::knownAccounts(const AccountFilter &filter) const
{
    return accountsIn(*m_context, filter);
}

} // namespace Countersign

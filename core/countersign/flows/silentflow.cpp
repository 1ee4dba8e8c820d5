// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/silentflow.h>

#include <countersign/base/background.h>
#include <countersign/model/clouds.h>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr std::chrono::minutes turnDeadline{2};

Error nothingUsable()
{
    return Error{ErrorCode::InteractionRequired, ErrorCause::AccountNotFound,
                 u"Nothing usable is cached for this account and these scopes."_s};
}

Error keyGone()
{
    return Error{ErrorCode::InteractionRequired,
                 u"The key that the refresh token is bound to is gone; a new sign-in brings another token."_s};
}

Error nothingUsable(const DecisionTrace &trace)
{
    const bool isBound = std::any_of(trace.rows.begin(), trace.rows.end(),
                                     [](const TraceRow &row) { return row.verdict == TraceVerdict::BoundToKey; });
    return isBound ? keyGone() : nothingUsable();
}

//! By the provider, which may want a proof, and not for a while.
bool isRefusal(const Result<AuthenticationResult> &result)
{
    return !result && !result.error().oauth().isEmpty()
        && (result.error().code() == ErrorCode::InteractionRequired
            || result.error().code() == ErrorCode::ServerRejected);
}

//! RFC 9449 §5. Nothing is wrong with the account: its bound tokens are refreshed as before.
Error boundToKey(const Error &refusal)
{
    return Error{ErrorCode::InteractionRequired,
                 u"The refresh token is bound: the provider takes it only with the proof of a key, and then it brings "
                 "no bearer tokens; a new sign-in does."_s}
        .withHttpStatus(refusal.httpStatus())
        .withCorrelationId(refusal.correlationId());
}

} // namespace

AuthenticationResult resultOf(const AccessTokenEntry &entry, const TokenCache &cache, const Authority &authority,
                              const ClientId &client)
{
    auto account = cache.accountOf(entry);
    AuthenticationResult result;
    result.accessToken = entry.secret();
    result.tokenType = entry.tokenType();
    result.keyId = entry.keyId();
    result.grantedScopes = entry.scopes();
    result.authorizationDetails = entry.authorizationDetails();
    result.expiresAt = entry.expiresAt();
    result.refreshAt = entry.refreshAt();
    result.account = account ? *std::move(account) : Account{.id = {entry.homeAccountId(), entry.environment()}};
    result.authority = authority;
    result.clientId = client;
    result.source = TokenSource::Cache;
    return result;
}

AuthenticationResult fullResultOf(const AccessTokenEntry &entry, const TokenCache &cache, const Authority &authority,
                                  const ClientId &client)
{
    auto result = resultOf(entry, cache, authority, client);
    if (const auto idToken = cache.idTokenOf(entry))
        result.idTokenText = idToken->secret();
    return result;
}

SilentFlow::SilentFlow(FlowContext &context, SilentParameters parameters, QObject *parent)
    : ProviderFlow(context, context.authorityFor(parameters.authority), parent), m_parameters(std::move(parameters)),
      m_startedAt(context.now())
{
    run<SilentFlow>({
        &SilentFlow::checkProof,
        &SilentFlow::openStore,
        &SilentFlow::answerFromCache,
        &SilentFlow::findPlace,
        &SilentFlow::waitForTurn,
        &SilentFlow::answerFromOthers,
        &SilentFlow::prepareKey,
        &SilentFlow::spendRefreshTokens,
    });
}

SilentFlow::~SilentFlow() = default;

void SilentFlow::release()
{
    m_lease.reset();
    ProviderFlow::release();
    if (!m_refresh)
        return;
    m_refresh->disconnect(this);
    m_refresh->cancel();
}

void SilentFlow::decide()
{
    m_decision = decideSilently(m_context.services.cache.snapshot(), m_context.query(m_parameters), m_context.now());
    m_trace = m_decision.trace;
}

void SilentFlow::checkProof()
{
    if (!m_parameters.proof)
        return next();
    if (const auto checked = Protocol::checkProof(*m_parameters.proof); !checked)
        return failNamed(checked.error());
    if (m_parameters.proof->scheme == ProofScheme::SignedHttpRequest && !m_authority.isEntraFamily())
        return failNamed(Error{ErrorCode::NotSupported,
                               u"Signed HTTP requests are Microsoft's; other providers bind tokens by DPoP."_s});
    next();
}

void SilentFlow::answerFromCache()
{
    decide();
    if (m_decision.isHit())
        return answerWith(*m_decision.steps.front().use);
    next();
}

//! A tenant that is named by its domain keeps its tokens under its GUID: without the provider's word they are not
//! found, and a refresh token would be spent for one that is there.
void SilentFlow::findPlace()
{
    const auto goOn = [this] {
        if (m_decision.isHit())
            return answerWith(*m_decision.steps.front().use);
        if (m_decision.steps.empty() && !m_decision.fallback)
            return failNamed(nothingUsable(m_trace));
        next();
    };
    if (m_context.isPlaceKnown(m_authority) || !m_context.services.cache.snapshot().account(m_parameters.account))
        return goOn();
    m_decision = {};
    if (!enter(Stage::Discovering))
        return;
    // Whoever cannot be asked now will not be there for the refresh either, which says so.
    findMetadata([this, goOn](const Result<void> &) {
        decide();
        goOn();
    });
}

//! One refresh at a time for an account, in all processes: two that spend one rotating refresh token look like theft
//! to the provider, which then revokes both.
void SilentFlow::waitForTurn()
{
    setDeadline(turnDeadline, u"Another refresh of the account"_s);
    const auto key = m_context.refreshLockKey(m_parameters.account);
    // What is looked at while waiting would be copied by every change of the cache.
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

void SilentFlow::answerFromOthers()
{
    // Forced, but somebody refreshed while this one waited for its turn: that token is as fresh as can be.
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

//! The key is kept before anything is bound to it: whoever lost it would have to sign in again.
void SilentFlow::prepareKey()
{
    if (!m_parameters.proof || m_decision.steps.empty())
        return next();
    const auto scheme = m_parameters.proof->scheme;
    const auto kept = m_context.services.cache.snapshot().proofKey(m_context.proofKeyPlace(m_parameters));
    auto key = kept ? std::optional(Jose::Jwk::parse(kept->secret().reveal())) : std::nullopt;
    if (key && *key) {
        m_binding = TokenBinding{scheme, **std::move(key)};
        return next();
    }
    m_decision = {};
    setDeadline(storeDeadline, u"Keeping the key"_s);
    inBackground<Result<Jose::Jwk>>(
        this, [scheme] { return Jose::Jwk::generate(Protocol::keyKindFor(scheme)); },
        [this](const Result<Jose::Jwk> &made) {
            if (isFinished())
                return;
            if (!made)
                return failNamed(made.error());
            keepKey(*made);
        });
}

void SilentFlow::keepKey(const Jose::Jwk &key)
{
    // Shared because a std::function is copied, and a secret cannot be.
    const auto secret = std::make_shared<Secret>(key.toPrivateJson());
    m_context.services.cache.update(
        [place = m_context.proofKeyPlace(m_parameters), secret, id = key.thumbprintText()](TokenCache &cache) {
            if (cache.account(place.account)) // otherwise signed out meanwhile
                cache.setProofKey(place, *secret, id);
        },
        this,
        [this, key](const Result<void> &saved) {
            if (isFinished())
                return;
            if (!saved)
                return failNamed(saved.error());
            m_binding = TokenBinding{m_parameters.proof->scheme, key};
            decide();
            next();
        });
}

void SilentFlow::spendRefreshTokens()
{
    while (m_nextRefresh < m_decision.steps.size()) {
        const auto &step = m_decision.steps[m_nextRefresh++];
        if (!step.spend)
            continue;
        m_sent = {.subject = TraceRow::Subject::RefreshToken,
                  .key = step.spend->key(),
                  .environment = step.spend->environment()};
        if (!step.isFamilyProbe || !m_isFamilyOver)
            return spend(step);
        note(TraceVerdict::PassedOver);
    }
    if (m_decision.fallback)
        return answerWith(*m_decision.fallback, m_lastError);
    giveUp(m_lastError.value_or(nothingUsable(m_trace)));
}

void SilentFlow::note(TraceVerdict verdict, const QString &detail)
{
    m_sent.verdict = verdict;
    m_sent.detail = detail;
    m_trace.rows.append(m_sent);
}

//! A token of an alias goes to the alias (contract C8).
Authority SilentFlow::authorityIn(const Environment &environment) const
{
    if (m_authority.kind() != Authority::Kind::Entra || environment == m_authority.environment())
        return m_authority;
    const auto alias = Authority::parse(u"https://%1/%2"_s.arg(environment.value, m_authority.tenant().value));
    return alias && isSameCloud(alias->host(), m_authority.host()) ? *alias : m_authority;
}

void SilentFlow::spend(const SilentStep &step)
{
    RefreshFlow::Token token{.secret = step.spend->secret(),
                             .key = step.spend->key(),
                             .account = {step.spend->homeAccountId(), step.spend->environment()},
                             .granted = step.spend->scopes(),
                             .familyId = step.spend->familyId(),
                             .reason = step.reason};
    m_refresh =
        new RefreshFlow(m_context, authorityIn(step.spend->environment()), m_parameters.scopes, std::move(token), this);
    m_refresh->setClaims(m_parameters.claimsChallenge);
    m_refresh->setResources(m_parameters.resources);
    m_refresh->setAuthorizationDetails(m_parameters.authorizationDetails);
    m_refresh->setCorrelationId(m_correlationId);
    if (m_binding)
        m_refresh->setBinding(*m_binding);
    setDeadline(2 * storeDeadline + 4 * m_context.configuration.requestTimeout, u"The refresh"_s);
    QObject::connect(m_refresh, &Operation::stageChanged, this,
                     [this](Stage stage) { return stage == Stage::Done || enter(stage); });
    const bool isUnproved = !m_binding && !step.spend->keyId().isEmpty();
    QObject::connect(m_refresh, &Operation::finished, this, [this, isFamilyProbe = step.isFamilyProbe, isUnproved] {
        m_checks = m_refresh->checks();
        auto result = m_refresh->takeResult();
        settleRefresh(isUnproved && isRefusal(result) ? boundToKey(result.error()) : std::move(result), isFamilyProbe);
    });
}

void SilentFlow::settleRefresh(Result<AuthenticationResult> result, bool isFamilyProbe)
{
    m_refresh = nullptr;
    if (result) {
        note(TraceVerdict::Redeemed);
        return finishWith(*std::move(result));
    }
    m_lastError = result.error();
    const auto &said = result.error().oauth().error;
    note(TraceVerdict::Refused, said.isEmpty() ? identifier(result.error().code()) : said);
    if (isFamilyProbe && result.error().oauth().subError == "client_mismatch"_L1)
        m_isFamilyOver = true;
    // Without the network the next token fares no better, and a store that cannot save must not see another one spent.
    const auto code = result.error().code();
    if (code == ErrorCode::NetworkUnavailable || code == ErrorCode::NotSupported || code == ErrorCode::TimedOut
        || code == ErrorCode::StorageUnavailable)
        m_nextRefresh = m_decision.steps.size();
    spendRefreshTokens();
}

void SilentFlow::answerWith(const AccessTokenEntry &entry, std::optional<Error> warning)
{
    auto result =
        fullResultOf(entry, m_context.services.cache.snapshot(), m_authority, m_context.configuration.clientId);
    m_context.telemetry.cacheHit();
    result.correlationId = m_correlationId;
    result.warning = std::move(warning);
    m_decision = {};
    finishWith(std::move(result));
}

void SilentFlow::finishWith(AuthenticationResult result)
{
    if (const auto proved = addProof(result, m_parameters, m_context); !proved)
        return failNamed(proved.error());
    if (!enter(Stage::Done))
        return;
    succeed(std::move(result));
}

//! The refresh token stays (contract C6); what the account needs is written beside it.
void SilentFlow::giveUp(const Error &error)
{
    m_decision = {};
    if (!error.needsPerson() || error.oauth().isEmpty())
        return fail(error);
    const AccountAttention attention{
        .error = error.oauth().error, .subError = error.oauth().subError, .since = m_context.now()};
    const AccountEvent event{.kind = AccountEvent::Kind::RefreshFailed,
                             .at = m_context.now(),
                             .clientId = m_context.configuration.clientId,
                             .detail = error.oauth().error};
    m_context.services.cache.update(
        [account = m_parameters.account, attention, event](TokenCache &cache) {
            if (!cache.account(account))
                return; // signed out meanwhile
            cache.setAttention(account, attention);
            cache.addEvent(account, event);
        },
        this,
        // Whether the note could be taken does not change the answer.
        [this, error](const Result<void> &) { fail(error); });
}

} // namespace Countersign

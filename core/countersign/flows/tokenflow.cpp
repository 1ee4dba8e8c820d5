// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/tokenflow.h>

#include <countersign/base/logging.h>
#include <countersign/flows/httpanswers.h>
#include <countersign/flows/verification.h>
#include <countersign/jose/jwtvalidator.h>
#include <countersign/protocol/authorizationdetails.h>
#include <countersign/protocol/claims.h>
#include <countersign/protocol/clientinfo.h>
#include <countersign/protocol/erroranswer.h>
#include <countersign/protocol/idtokenrules.h>
#include <countersign/protocol/userinfo.h>

#include <QtCore/QCoreApplication>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

//! RFC 9449 §8.
bool demandsNonce(const HttpResponse &response, const QDateTime &at)
{
    return !response.isSuccess()
        && Protocol::parseErrorAnswer(answerOf(response), at).oauth().error == "use_dpop_nonce"_L1;
}

} // namespace

TokenFlow::TokenFlow(FlowContext &context, Authority authority, ScopeSet scopes, QObject *parent)
    : ProviderFlow(context, std::move(authority), parent), m_scopes(std::move(scopes))
{
}

TokenFlow::~TokenFlow()
{
    *m_mayWrite = false;
}

void TokenFlow::release()
{
    *m_mayWrite = false;
    m_keysTicket.reset();
    m_userInfo.reset();
    ProviderFlow::release();
}

void TokenFlow::useOpenStore()
{
    m_context.services.cache.probe(this, [this](const Result<void> &writable) {
        if (isFinished())
            return;
        if (!writable)
            return failNamed(writable.error());
        next();
    });
}

void TokenFlow::discover()
{
    auto claims = Protocol::mergeClaims(configuration().capabilities, m_claims);
    if (!claims)
        return failNamed(claims.error());
    m_claims = *std::move(claims);
    if (!m_authorizationDetails.isEmpty()) {
        if (const auto checked = Protocol::checkAuthorizationDetails(m_authorizationDetails, {}); !checked)
            return failNamed(checked.error());
    }
    ProviderFlow::discover();
}

void TokenFlow::exchange(HttpRequest request, AnswerHandler handler)
{
    const bool isTold = m_authority.isEntraFamily()
        && (request.purpose == HttpPurpose::Token || request.purpose == HttpPurpose::DeviceAuthorization);
    if (!isTold)
        return ProviderFlow::exchange(std::move(request), std::move(handler));
    addTelemetry(request);
    ProviderFlow::exchange(std::move(request),
                           [this, handler = std::move(handler)](const Result<HttpResponse> &response) {
                               if (response)
                                   learnTelemetry(*response);
                               handler(response);
                           });
}

//! Spec: contract C36.
void TokenFlow::addTelemetry(HttpRequest &request) const
{
    const auto fields = Protocol::clientFields({.applicationName = configuration().applicationName,
                                                .applicationVersion = configuration().applicationVersion,
                                                .correlationId = correlation()});
    for (const auto &[name, value] : fields)
        request.headers.add(name, value);
    if (request.purpose != HttpPurpose::Token)
        return;
    request.headers.add("x-client-current-telemetry", Protocol::ServerTelemetry::current(m_call));
    request.headers.add("x-client-last-telemetry", m_context.telemetry.last());
    if (!m_anchorMailbox.isEmpty())
        request.headers.add("X-AnchorMailbox", m_anchorMailbox);
}

void TokenFlow::learnTelemetry(const HttpResponse &response)
{
    if (response.isSuccess())
        return m_context.telemetry.succeeded();
    const auto error = Protocol::parseErrorAnswer(answerOf(response), m_context.now());
    const auto &said = error.oauth().error;
    if (said == "authorization_pending"_L1 || said == "slow_down"_L1)
        return; // RFC 8628 §3.5: the person has not decided yet
    m_context.telemetry.failed(m_call.id, correlation(), said.isEmpty() ? QString::number(response.status) : said);
}

HttpRequest TokenFlow::tokenRequest(Protocol::TokenRequest request) const
{
    return formRequest(HttpPurpose::Token, m_metadata.tokenEndpoint, std::move(request));
}

void TokenFlow::sendTokenRequest(Protocol::TokenRequest request)
{
    sendProven(tokenRequest(std::move(request)), true);
}

//! With a proof of the key where one is to be proved; once more with the nonce that the provider demands.
//! Spec: RFC 9449 §5, §8; security rule B.44.
void TokenFlow::sendProven(HttpRequest request, bool mayRepeat)
{
    std::shared_ptr<HttpRequest> again; // shared because a std::function is copied, and a request cannot be
    if (isBoundByDpop()) {
        const auto proof = proveTo(request.url, *m_binding, m_context);
        if (!proof)
            return failNamed(proof.error());
        request.headers.set("DPoP", *proof);
        if (mayRepeat)
            again = std::make_shared<HttpRequest>(request.clone());
    }
    send(std::move(request), [this, again](const HttpResponse &response) {
        const bool isNonceNew = m_context.proofNonces.learn(m_metadata.tokenEndpoint, response.headers);
        if (again && isNonceNew && demandsNonce(response, m_context.now()))
            return sendProven(std::move(*again), false);
        useTokenAnswer(response);
    });
}

void TokenFlow::useTokenAnswer(const HttpResponse &response)
{
    noteReceipt(response);
    auto tokens = Protocol::parseTokenResponse(answerOf(response), m_receivedAt);
    if (!tokens)
        return failNamed(tokens.error());
    m_response = *std::move(tokens);
    next();
}

void TokenFlow::noteReceipt(const HttpResponse &response)
{
    m_receivedAt = m_context.now();
    if (response.serverDate.isValid())
        m_clockOffset = std::chrono::seconds(m_receivedAt.secsTo(response.serverDate));
}

Protocol::TokenRequestContext TokenFlow::tokenRequestContext() const
{
    return {.clientId = configuration().clientId,
            .authentication = m_authentication,
            .wantsClientInfo = m_authority.isMicrosoft(),
            .claims = m_claims,
            .resources = m_resources,
            .authorizationDetails = {},
            .extra = m_extra};
}

void TokenFlow::prefetchKeys()
{
    if (m_metadata.jwksUri.isEmpty() || m_keysTicket)
        return;
    if (m_context.providers.keys(m_authority, m_metadata) && !m_context.providers.areKeysAging(m_authority))
        return;
    fetchKeys();
}

void TokenFlow::fetchKeys()
{
    m_keysTicket = m_context.providers.fetchKeys(m_authority, m_metadata, correlation(),
                                                 [this](const Result<Jose::JwkSet> &keys) { useKeys(keys); });
}

void TokenFlow::useKeys(const Result<Jose::JwkSet> &keys)
{
    m_keysTicket.reset();
    if (!m_isWaitingForKeys)
        return; // kept by the provider cache; a failure shows again when the keys are needed
    m_isWaitingForKeys = false;
    if (keys)
        return checkIdToken(*keys);
    // Those at hand were only aging: that newer ones cannot be had now makes them no worse.
    const auto known = m_hasRefetched ? std::nullopt : m_context.providers.keys(m_authority, m_metadata);
    if (!known)
        return failNamed(keys.error());
    m_hasRefetched = true;
    checkIdToken(*known);
}

void TokenFlow::validate()
{
    if (!enter(Stage::Validating))
        return;
    if (!isOfRightType())
        return failNamed(Error{ErrorCode::InvalidResponse,
                               u"The provider sent a token of the type %1, which nobody asked for."_s.arg(
                                   Protocol::identifier(m_response.tokenType))});
    if (m_response.idToken.isEmpty()) {
        // No ID token, no check: that is how a stripped answer would slip through (contract C26).
        if (isIdTokenRequired())
            return failNamed(Error{ErrorCode::SecurityCheckFailed, ErrorCause::TokenMalformed,
                                   u"openid was asked for, but the provider sent no ID token."_s});
        return next();
    }
    if (!configuration().idTokenEncryption && Jose::isEncrypted(m_response.idToken.reveal()))
        return failNamed(encryptedForNobody(u"the ID token"_s));
    if (!requireEndpoint(m_metadata.jwksUri, "jwks_uri"_L1))
        return;
    // A prefetch under way is waited for: the provider may have rotated since the kept ones.
    if (!m_keysTicket) {
        if (const auto known = m_context.providers.keys(m_authority, m_metadata))
            return checkIdToken(*known);
    }
    setDeadline(requestDeadline(), u"Fetching the provider's keys"_s);
    m_isWaitingForKeys = true;
    if (!m_keysTicket)
        fetchKeys();
}

//! RFC 6749 §7.1; security rules B.25, B.49. A bearer token in place of a bound one is refused by deliver(), after its
//! refresh token was saved: the one that was spent for it may be gone.
bool TokenFlow::isOfRightType()
{
    m_isUnbound = m_binding && m_response.tokenType == Protocol::TokenType::Bearer;
    const auto wanted = m_binding ? tokenTypeOf(m_binding->scheme) : Protocol::TokenType::Bearer;
    return m_isUnbound || m_response.tokenType == wanted;
}

//! Of the key that the access token is bound to.
QString TokenFlow::keyId() const
{
    return m_binding && !m_isUnbound ? m_binding->key.thumbprintText() : QString();
}

void TokenFlow::checkIdToken(const Jose::JwkSet &keys)
{
    auto rules = idTokenRules();
    rules.encryption = configuration().idTokenEncryption;
    const Jose::JwtValidator validator(std::move(rules));
    const auto token = validator.open(m_response.idToken.reveal());
    if (!token)
        return failNamed(token.error());
    auto examined = validator.examine(*token, keys, m_context.now());
    m_checks = std::move(examined.report);
    if (examined.result) {
        m_idToken = *std::move(examined.result);
        // Kept is the signed token within: hints and refreshes need it.
        if (token->wasEncrypted())
            m_response.idToken = Secret::copyOf(token->compact());
        return next();
    }
    const auto &error = examined.result.error();
    if (isKeyMissing(*token, error) && !m_hasRefetched && m_context.providers.takeRefetch(m_authority)) {
        m_hasRefetched = true;
        m_isWaitingForKeys = true;
        return fetchKeys();
    }
    failNamed(error);
}

void TokenFlow::checkAccount()
{
    identify();
    if (m_expectedAccount && !m_identity.homeAccountId.isEmpty()
        && m_identity.homeAccountId != m_expectedAccount->homeAccountId)
        return failNamed(Error{ErrorCode::SecurityCheckFailed, ErrorCause::WrongAccount,
                               u"Somebody else signed in than was asked for."_s});
    if (m_isEveryScopeRequired && !grantedScopes().contains(m_scopes))
        return failNamed(
            Error{ErrorCode::ScopesDeclined, u"The provider granted less than was asked for."_s}.withComparison(
                m_scopes.toString(), grantedScopes().toString()));
    next();
}

void TokenFlow::identify()
{
    Protocol::ClientInfo info;
    if (m_authority.isMicrosoft() && !m_response.clientInfo.isEmpty()) {
        if (const auto parsed = Protocol::parseClientInfo(m_response.clientInfo))
            info = *parsed;
    }
    m_identity = Protocol::identify(m_authority,
                                    m_idToken ? std::optional(m_idToken->claims()) : std::optional<Jose::JsonObject>(),
                                    info, m_typedUsername);
    // A provider without OpenID says not who signed in: the account gets a name of its own, so that it can be told
    // from others, signed out and refreshed.
    if (m_identity.homeAccountId.isEmpty() && makesAccount())
        m_identity.homeAccountId = m_expectedAccount
            ? m_expectedAccount->homeAccountId
            : HomeAccountId{u"unnamed-"_s + QUuid::createUuid().toString(QUuid::WithoutBraces)};
}

//! Costs a round trip, so only when the ID token has nothing to show the account by. A token for some other resource
//! than the provider itself would be refused.
bool TokenFlow::needsUserInfo() const
{
    return m_authority.kind() == Authority::Kind::Oidc && m_idToken && m_identity.username.isEmpty()
        && m_identity.name.isEmpty() && m_resources.isEmpty() && !m_metadata.userinfoEndpoint.isEmpty()
        && m_response.tokenType == Protocol::TokenType::Bearer;
}

void TokenFlow::askUserInfo()
{
    if (!needsUserInfo())
        return next();
    setDeadline(2 * configuration().requestTimeout + std::chrono::seconds(1), u"Asking for the person's details"_s);
    m_userInfo = std::make_unique<UserInfoRequest>(m_context,
                                                   UserInfoRequest::Subject{.authority = m_authority,
                                                                            .metadata = m_metadata,
                                                                            .subject = m_idToken->subject(),
                                                                            .correlationId = correlation()},
                                                   m_response.accessToken,
                                                   [this](const Result<UserInfo> &answer) { useUserInfo(answer); });
}

//! The sign-in is good without it: what went wrong is said, and nothing of the answer is kept.
void TokenFlow::useUserInfo(const Result<UserInfo> &answer)
{
    m_userInfo.reset();
    const auto claims = answer ? Jose::JsonObject::parse(answer->json) : Result<Jose::JsonObject>(answer.error());
    if (claims)
        Protocol::addDisplayNames(*claims, m_identity);
    else
        m_warning = Error(claims.error()).withCorrelationId(correlation());
    next();
}

ScopeSet TokenFlow::grantedScopes() const
{
    return m_response.scope.value_or(m_scopes);
}

QDateTime TokenFlow::expiresAt() const
{
    // Ten minutes is what MSAL assumes of a provider that does not say (contract C15).
    return m_receivedAt.addSecs(m_response.expiresIn.value_or(std::chrono::minutes(10)).count());
}

TokenGrant TokenFlow::makeGrant() const
{
    TokenGrant grant;
    grant.clientId = configuration().clientId;
    grant.environment = m_authority.environment();
    grant.realm = realmOf(m_authority, m_metadata);
    grant.homeAccountId = m_identity.homeAccountId;
    grant.localAccountId = m_identity.localAccountId;
    grant.username = m_identity.username;
    grant.name = m_identity.name;
    grant.authorityType = m_authority.authorityType();
    grant.requestedScopes = m_scopes;
    grant.grantedScopes = grantedScopes();
    grant.tokenType = Protocol::identifier(m_response.tokenType);
    grant.keyId = keyId();
    // RFC 9449 §5: a client that proves itself otherwise has its refresh tokens bound to that.
    const bool isPublic = m_authentication.method() == Protocol::ClientAuthentication::Method::None;
    if (isBoundByDpop() && isPublic)
        grant.refreshKeyId = grant.keyId;
    grant.extension = FlowContext::extensionFor(m_resources, m_authorizationDetails);
    grant.authorizationDetails = m_response.authorizationDetails;
    grant.accessToken = m_response.accessToken.clone();
    grant.refreshToken = m_response.refreshToken.clone();
    grant.idToken = m_response.idToken.clone();
    grant.expiresAt = expiresAt();
    if (m_response.extendedExpiresIn)
        grant.extendedExpiresAt = m_receivedAt.addSecs(m_response.extendedExpiresIn->count());
    if (m_response.refreshIn)
        grant.refreshAt = m_receivedAt.addSecs(m_response.refreshIn->count());
    if (m_response.refreshTokenExpiresIn)
        grant.refreshTokenExpiresAt = m_receivedAt.addSecs(m_response.refreshTokenExpiresIn->count());
    grant.familyId = m_response.familyId;
    complete(grant);
    return grant;
}

void TokenFlow::save()
{
    if (!enter(Stage::Saving))
        return;
    setDeadline(storeDeadline, u"Saving the tokens"_s);
    // Shared because a std::function is copied, and a grant cannot be.
    const auto grant = std::make_shared<TokenGrant>(makeGrant());
    const auto stored = std::make_shared<AccountId>();
    const auto event = AccountEvent{.kind = source() == TokenSource::Refresh ? AccountEvent::Kind::Refreshed
                                                                             : AccountEvent::Kind::SignedIn,
                                    .at = m_receivedAt,
                                    .clientId = grant->clientId,
                                    .detail = QCoreApplication::applicationName(),
                                    .way = way()};
    m_context.services.cache.update(
        [grant, stored, event, mayWrite = m_mayWrite, at = m_receivedAt](TokenCache &cache) {
            if (!*mayWrite)
                return; // cancelled while another process held the store
            const auto outcome = cache.merge(*grant, at);
            *stored = outcome.account;
            if (!outcome.isStored || outcome.account.isEmpty())
                return;
            cache.setAttention(outcome.account, std::nullopt);
            cache.addEvent(outcome.account, event);
        },
        this,
        [this, stored](const Result<void> &saved) {
            if (isFinished())
                return;
            if (!saved)
                return failNamed(saved.error());
            m_account = *stored;
            next();
        });
}

void TokenFlow::deliver()
{
    if (m_isUnbound)
        return failNamed(Error{ErrorCode::NotSupported,
                               u"The provider does not bind tokens to keys in this way: it sent a bearer token."_s});
    if (!enter(Stage::Done))
        return;
    AuthenticationResult result;
    result.accessToken = std::move(m_response.accessToken);
    result.tokenType = Protocol::identifier(m_response.tokenType);
    result.keyId = keyId();
    result.grantedScopes = grantedScopes();
    result.authorizationDetails = m_response.authorizationDetails;
    result.expiresAt = expiresAt();
    if (m_response.refreshIn)
        result.refreshAt = m_receivedAt.addSecs(m_response.refreshIn->count());
    if (const auto account = m_context.services.cache.snapshot().account(m_account)) {
        result.account = *account;
    } else {
        result.account.id = {m_identity.homeAccountId, m_authority.environment()};
        result.account.username = m_identity.username;
        result.account.name = m_identity.name;
    }
    result.authority = m_authority;
    result.clientId = configuration().clientId;
    result.idToken = m_idToken;
    result.idTokenText = std::move(m_response.idToken);
    result.checks = m_checks;
    result.source = source();
    result.correlationId = m_correlationId;
    result.clockOffset = m_clockOffset;
    result.warning = m_warning;
    succeed(std::move(result));
}

} // namespace Countersign

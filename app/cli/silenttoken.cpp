// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "silenttoken.h"

#include "service.h"
#include "signinlease.h"
#include "terminal.h"
#include "text.h"
#include "tokenanswer.h"
#include "words.h"

#include <QtCore/QScopeGuard>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

SilentParameters silentParameters(const TokenWish &wish, const Account &account)
{
    SilentParameters parameters;
    parameters.scopes = wish.request.scopes;
    parameters.account = account.id;
    parameters.claimsChallenge = wish.request.claimsChallenge;
    parameters.resources = wish.request.resources;
    parameters.isRefreshForced = wish.isForced;
    parameters.minimumLifetime = wish.minimumLifetime;
    parameters.proof = wish.proof;
    return parameters;
}

//! Whether the refresh tokens of \p account may bring bound tokens alone. Spec: RFC 9449 §5.
bool isRefreshTokenBound(Session &session, const Account &account)
{
    const auto candidates =
        session.client().cache().snapshot().findRefreshTokens(account.id, session.client().configuration().clientId);
    return !candidates.empty()
        && std::all_of(candidates.begin(), candidates.end(),
                       [](const RefreshCandidate &candidate) { return !candidate.token.keyId().isEmpty(); });
}

ObtainedToken obtained(Session &session, AuthenticationResult result, bool wasBound)
{
    const auto source = identifier(result.source);
    const bool isBound = !wasBound && !result.keyId.isEmpty() && isRefreshTokenBound(session, result.account);
    return {.result = std::move(result), .source = source, .isRefreshTokenNowBound = isBound};
}

//! What \p result lacks although the wish does not go without it.
QStringList unmetOf(const TokenWish &wish, const AuthenticationResult &result)
{
    return wish.mustMeetChallenge ? unmetDemands(wish.request, result) : QStringList();
}

//! The cache keeps access tokens apart by scopes and resource; the ID token beside a good one may be dead.
bool isWhatWasWished(const TokenWish &wish, const AuthenticationResult &result, const QDateTime &at)
{
    if (!unmetOf(wish, result).isEmpty())
        return false;
    if (!wish.isIdToken)
        return true;
    const auto expiresAt = expiryOf(TokenAnswer{.result = result.clone(), .isIdToken = true});
    const auto margin = wish.minimumLifetime.value_or(std::chrono::seconds(0));
    return expiresAt.isValid() && expiresAt > at.addDuration(margin);
}

void explain(Session &session, const SilentParameters &parameters)
{
    auto &context = session.context();
    const auto trace = session.client().explain(parameters);
    for (const auto &row : trace.rows)
        context.hint(u"  "_s + harmless(describe(row)));
    if (trace.rows.isEmpty())
        context.hint(u"  "_s + Text::tr("nothing is cached for this account"));
}

Error offline()
{
    return {ErrorCode::NetworkUnavailable, Text::tr("No token in the cache will do, and --offline is on.")};
}

//! A challenge that only a person can meet, as opposed to a sign-in that is merely due.
Error asStepUp(const TokenWish &wish, const Error &error)
{
    const bool isStepUp =
        wish.request.isChallenged() || !wish.request.demandedScopes.isEmpty() || !error.oauth().claims.isEmpty();
    if (error.code() != ErrorCode::InteractionRequired || !isStepUp)
        return error;
    return Error{ErrorCode::InteractionRequired, ErrorCause::ChallengeUnsatisfied, error.message()}
        .withOAuth(error.oauth())
        .withHttpStatus(error.httpStatus())
        .withCorrelationId(error.correlationId());
}

Result<AuthenticationResult> silently(Session &session, const TokenWish &wish, const Account &account)
{
    auto &context = session.context();
    // Step-up by acr or age is the provider's page's business: no refresh brings it.
    if (!wish.request.acrValues.isEmpty() || wish.request.maxAge)
        return Error{ErrorCode::InteractionRequired, ErrorCause::ChallengeUnsatisfied,
                     Text::tr("The challenge asks for another authentication, which needs the person.")};
    auto parameters = silentParameters(wish, account);
    if (wish.isExplained)
        explain(session, parameters);
    if (context.global().offline) {
        auto cached = session.client().cachedToken(parameters);
        if (!cached || !isWhatWasWished(wish, *cached, context.now()))
            return offline();
        return *std::move(cached);
    }
    auto result = context.await(session.client().acquireTokenSilently(parameters));
    const bool isCached = result && result->source == TokenSource::Cache;
    if (!isCached || isWhatWasWished(wish, *result, context.now()))
        return result;
    parameters.isRefreshForced = true;
    return context.await(session.client().acquireTokenSilently(parameters));
}

//! Whether somebody would see a sign-in: one who asked for it by --via, or who sits at a terminal.
bool isPersonExpected(const Session &session, const TokenWish &wish, const Context &context)
{
    Q_UNUSED(session)
    if (!wish.signIn || context.global().noInteraction || context.global().offline)
        return false;
    return wish.signIn->isAnySaid() || context.errIsTerminal();
}

} // namespace

namespace {

//! The token that the cache would give whatever the challenge.
std::optional<AuthenticationResult> cachedWhatever(Session &session, const TokenWish &wish, const Account &account)
{
    auto parameters = silentParameters(wish, account);
    parameters.claimsChallenge.clear();
    parameters.isRefreshForced = false;
    parameters.proof.reset(); // a sign-in brings a bearer token
    return session.client().cachedToken(parameters);
}

//! What the process that was waited for left in the store: another token than \p before, which meets the same
//! challenge. Nothing when its person gave up.
std::optional<ObtainedToken> afterAnothersSignIn(Session &session, const TokenWish &wish,
                                                 const std::optional<AuthenticationResult> &before)
{
    const auto account = session.account(); // looks into the store again
    if (!account || !*account)
        return std::nullopt;
    const auto now = cachedWhatever(session, wish, **account);
    if (!now || (before && before->accessToken == now->accessToken))
        return std::nullopt;
    TokenWish asFound = wish;
    asFound.isForced = false;
    asFound.request.claimsChallenge.clear();
    asFound.request.acrValues.clear();
    asFound.request.maxAge.reset();
    auto result = silently(session, asFound, **account);
    if (!result || !unmetOf(wish, *result).isEmpty())
        return std::nullopt;
    return obtained(session, *std::move(result), false);
}

//! A sign-in brings a bearer token; the refresh token that came with it brings one that is bound.
Result<ObtainedToken> boundAfterSignIn(Session &session, const TokenWish &wish, const Account &account)
{
    TokenWish bound = wish;
    bound.isForced = false;
    bound.request.acrValues.clear();
    bound.request.maxAge.reset();
    auto result = silently(session, bound, account);
    if (!result)
        return result.error();
    return obtained(session, *std::move(result), false);
}

} // namespace

Result<ObtainedToken> obtainToken(Session &session, const TokenWish &wish)
{
    if (session.profile().isService)
        return obtainServiceToken(session, wish);
    const auto account = session.account();
    if (!account)
        return account.error();
    const auto &clientId = session.profile().clientId;
    if (!*account && applicationsIn(session.client().cache().snapshot()).contains(clientId))
        session.context().hint(
            Text::tr("With --service the application '%1' itself is meant, which is here.").arg(harmless(clientId)));
    Result<AuthenticationResult> result = Error{ErrorCode::InteractionRequired, ErrorCause::AccountNotFound,
                                                Text::tr("Nobody is signed in at %1.").arg(session.profile().issuer)};
    const bool wasBound = *account && isRefreshTokenBound(session, **account);
    if (*account)
        result = silently(session, wish, **account);
    if (const auto unmet = result ? unmetOf(wish, *result) : QStringList(); !unmet.isEmpty())
        result =
            Error{ErrorCode::InteractionRequired, ErrorCause::ChallengeUnsatisfied,
                  Text::tr("What can be had without the person is not what is demanded: %1.").arg(unmet.join(u", "_s))};
    if (result)
        return obtained(session, *std::move(result), wasBound);
    const auto error = asStepUp(wish, result.error());
    if (error.code() != ErrorCode::InteractionRequired || !isPersonExpected(session, wish, session.context()))
        return error;
    session.context().hint(harmless(error.message()));
    const auto before = *account ? cachedWhatever(session, wish, **account) : std::nullopt;
    const auto lease = SignInLease::take(session, wish.request, *account);
    if (!lease)
        return lease.error();
    if (lease->hasWaited()) {
        if (auto found = afterAnothersSignIn(session, wish, before))
            return *std::move(found);
    }
    auto signedIn = signIn(session, wish.request, *wish.signIn, *account);
    if (!signedIn)
        return signedIn.error();
    if (const auto unmet = unmetOf(wish, signedIn->result); !unmet.isEmpty())
        return notWhatWasDemanded(unmet);
    if (wish.proof)
        return boundAfterSignIn(session, wish, signedIn->result.account);
    return ObtainedToken{.result = std::move(signedIn->result), .source = identifier(signedIn->way)};
}

Result<Secret> cachedToken(Context &context, bool isIdToken)
{
    const bool wasOffline = context.global().offline;
    context.adjust().offline = true;
    const auto restore = qScopeGuard([&context, wasOffline] { context.adjust().offline = wasOffline; });
    auto opened = Session::open(context);
    if (!opened)
        return opened.error();
    // Only this answer is the cache's: what comes after it may ask the provider, unless the person said otherwise.
    (*opened)->services().setOffline(wasOffline || (*opened)->settings().isOffline());
    context.setFlags((*opened)->chosen().flags());
    if ((*opened)->profile().isService)
        return wrongUsage(Text::tr("A service has no account, so --account names nobody here. Its own token comes from "
                                   "'countersign token%1'; pipe it in.")
                              .arg((*opened)->chosen().flags()));
    const auto request = TokenRequestOptions().resolve(context, (*opened)->profile());
    if (!request)
        return request.error();
    const TokenWish wish{.request = *request};
    auto token = obtainToken(**opened, wish);
    if (!token && !wasOffline && token.error().code() == ErrorCode::NetworkUnavailable) {
        const auto &account = context.global().account;
        context.suggest({{Text::tr("Get a new one first"),
                          u"countersign token -o none"_s + (*opened)->chosen().flags()
                              + (account.isEmpty() ? QString() : u" --account "_s + shellQuoted(account))
                              + context.global().surroundings,
                          {}}});
        return Error{ErrorCode::NetworkUnavailable,
                     Text::tr("The cache holds no token of this account that still lives, and none is fetched here.")};
    }
    if (!token)
        return token.error();
    if (!isIdToken)
        return std::move(token->result.accessToken);
    // The access token is fresh, so this sends nothing either, and it brings the ID token along.
    auto whole = context.await((*opened)->client().acquireTokenSilently(silentParameters(wish, token->result.account)));
    if (!whole)
        return whole.error();
    if (whole->idTokenText.isEmpty())
        return Error{ErrorCode::InteractionRequired, Text::tr("The provider gave no ID token for this account.")};
    return std::move(whole->idTokenText);
}

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientsession.h"

#include "clientattempt.h"
#include "foreigncaches.h"
#include "returncheck.h"

#include <countersign/cache/silentdecision.h>
#include <countersign/client/extraparameters.h>
#include <countersign/storage/foreigncache.h>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

//! As long as a device code usually lives, so that all ways of one sign-in end together.
constexpr std::chrono::minutes patience{15};

template <typename Handler> void answerLater(const Error &error, QObject *context, Handler handler)
{
    QMetaObject::invokeMethod(
        context, [error, handler = std::move(handler)] { handler(error); }, Qt::QueuedConnection);
}

} // namespace

QStringList ClientSession::scopeSuggestions(const QString &profileId)
{
    auto scopes = Session::scopeSuggestions(profileId);
    for (const auto &entry : m_accounts) {
        if (entry.profileId != profileId)
            continue;
        for (const auto &token : entry.tokens)
            scopes += token.scopes.sorted();
    }
    if (const auto provider = knownProvider(profileId))
        scopes += provider->scopes;
    scopes.removeDuplicates();
    return scopes;
}

std::optional<KnownProvider> ClientSession::knownProvider(const QString &profileId)
{
    const auto asked = client({profileId, false, true});
    return asked ? (*asked)->knownProvider() : std::nullopt;
}

std::optional<RedirectPreference> ClientSession::wayBack(const QString &profileId)
{
    const auto asked = client({profileId, false, true});
    return asked ? std::optional((*asked)->configuration().redirect) : std::nullopt;
}

void ClientSession::testReturn(const QUrl &redirect, QObject *context, DoneHandler handler)
{
    checkReturn(redirect, context, std::move(handler));
}

QStringList ClientSession::foreignCaches() const
{
    return ForeignCache::usualPlaces();
}

void ClientSession::readForeignCache(const QString &path, QObject *context, ForeignHandler handler)
{
    readForeignCacheFile(path, context, std::move(handler));
}

LocalOperation *ClientSession::findProfilesHere()
{
    return new LocalSearch(LocalPlaces::ofThisProcess(), std::chrono::seconds(10), this);
}

void ClientSession::testStore(QObject *context, DoneHandler handler)
{
    if (isStoreLeft()) {
        QMetaObject::invokeMethod(
            context, [handler = std::move(handler)] { handler(storeLeft()); }, Qt::QueuedConnection);
        return;
    }
    m_services->cache().open(context, [this, context, handler = std::move(handler)](const Result<void> &opened) {
        if (!opened)
            return handler(opened);
        m_services->cache().probe(context, handler);
    });
}

bool ClientSession::isKeptInMemory(const SignInRequest &request) const
{
    const bool hasNoKeychain =
        m_store.kind == StoreState::Kind::Failed && m_store.error && m_store.error->cause() == ErrorCause::StoreMissing;
    return request.isSessionOnly || m_store.isSessionOnly || (hasNoKeychain && m_settings.usesMemoryWithoutKeychain);
}

Attempt *ClientSession::signIn(const SignInRequest &request)
{
    const auto *profile = profileOf(request.profileId);
    const auto asked = request.scopes.isEmpty() && profile ? profile->scopes : request.scopes;
    auto *attempt = new ClientAttempt(*this, request.profileId, asked);
    if (isOffline()) {
        // What is known of the provider would be enough to open a page whose answer could not be redeemed.
        attempt->failLater(Error{ErrorCode::NetworkUnavailable, u"Offline mode is on: nothing is sent."_s});
        return attempt;
    }
    const auto made = client({request.profileId, isKeptInMemory(request), request.keepsSignedIn});
    if (!made) {
        attempt->failLater(made.error());
        return attempt;
    }
    Q_ASSERT(profile); // a client is made only for one that is there
    auto parameters = profile->interactiveParameters();
    parameters.scopes = asked;
    if (!request.loginHint.isEmpty())
        parameters.loginHint = request.loginHint;
    if (!request.domainHint.isEmpty())
        parameters.domainHint = request.domainHint;
    if (!request.prompts.isEmpty())
        parameters.prompts = request.prompts;
    if (!request.acrValues.isEmpty())
        parameters.acrValues = request.acrValues;
    if (!request.resources.isEmpty())
        parameters.resources = request.resources;
    parameters.extra = mergedParameters(parameters.extra, request.extra);
    parameters.maxAge = request.maxAge;
    parameters.claimsChallenge = request.claims;
    parameters.expectedAccount = request.expectedAccount;
    parameters.timeout = patience;
    parameters.parentWindow = request.parentWindow;
    switch (request.way) {
    case SignInWay::Browser:
        parameters.agent = m_settings.launcher ? &attempt->browserAgent(*m_settings.launcher)
                                               : &attempt->browserAgent(m_services->launcher());
        attempt->waitWithoutBrowser();
        break;
    case SignInWay::Embedded: {
        // What shall leave nothing behind leaves no cookies, either.
        auto &embedded = m_settings.keepsEmbeddedSessions && !isKeptInMemory(request)
            ? m_services->embedded(m_embedded.folderOf(request.profileId))
            : m_services->embedded();
        parameters.agent = &embedded;
        attempt->showIn(embedded, request.parentWindow);
        break;
    }
    case SignInWay::DeviceCode: {
        auto device = profile->deviceCodeParameters();
        device.scopes = asked;
        device.claimsChallenge = request.claims;
        device.extra = mergedParameters(device.extra, request.extra);
        if (!request.resources.isEmpty())
            device.resources = request.resources;
        attempt->followDevice((*made)->acquireTokenByDeviceCode(std::move(device)));
        return attempt;
    }
    }
    attempt->follow((*made)->acquireToken(std::move(parameters)));
    return attempt;
}

Attempt *ClientSession::getToken(const TokenRequest &request)
{
    auto *attempt = new ClientAttempt(*this, request.profileId, request.scopes);
    const auto made = client({request.profileId, isSessionOnly(request.profileId, request.account), true});
    if (!made) {
        attempt->failLater(made.error());
        return attempt;
    }
    const auto &configuration = (*made)->configuration();
    // A hit is answered without a trace. The same question to the same rules says why it was one.
    SilentQuery query;
    query.clientId = configuration.clientId;
    for (const auto &scope : m_scopes) {
        if (scope.profileId == request.profileId)
            query.environments = scope.environments;
    }
    const auto &cache = cacheOf(request.profileId, request.account);
    const auto account = cache.account(request.account);
    query.realm = account ? account->realm.value : configuration.authority.realm();
    query.homeAccountId = request.account.homeAccountId;
    query.scopes = request.scopes;
    query.forceRefresh = request.forceRefresh;
    query.hasClaimsChallenge = !request.claims.isEmpty();
    query.refreshMargin = std::max(configuration.refreshMargin, request.minimumLifetime);
    attempt->setTrace(decideSilently(cache, query, m_services->clock().now()).trace);

    SilentParameters parameters;
    parameters.account = request.account;
    parameters.scopes = request.scopes;
    parameters.resources = request.resources;
    parameters.claimsChallenge = request.claims;
    parameters.isRefreshForced = request.forceRefresh;
    if (request.minimumLifetime > std::chrono::seconds(0))
        parameters.minimumLifetime = request.minimumLifetime;
    attempt->follow((*made)->acquireTokenSilently(std::move(parameters)), request.account);
    return attempt;
}

Attempt *ClientSession::signOut(const SignOutRequest &request)
{
    auto *attempt = new ClientAttempt(*this, request.profileId, {});
    const auto made = client({request.profileId, isSessionOnly(request.profileId, request.account), true});
    if (!made) {
        attempt->failLater(made.error());
        return attempt;
    }
    SignOutParameters parameters;
    parameters.revokesTokens = request.revoke;
    parameters.endsSession = request.endSession;
    if (request.endSession)
        parameters.agent = &attempt->browserAgent(m_settings.launcher ? *m_settings.launcher : m_services->launcher());
    attempt->followSignOut((*made)->signOut(request.account, std::move(parameters)), request);
    return attempt;
}

void ClientSession::fetchToken(const QString &tokenId, QObject *context, TokenHandler handler)
{
    // Later, like everything that takes time: a store may come to be asked here.
    QMetaObject::invokeMethod(
        context,
        [session = QPointer<ClientSession>(this), tokenId, handler = std::move(handler)] {
            if (!session)
                return;
            handler(session->keptToken(tokenId));
        },
        Qt::QueuedConnection);
}

Result<Secret> ClientSession::keptToken(const QString &tokenId) const
{
    for (const auto &entry : m_accounts) {
        const bool isIn = std::any_of(entry.tokens.cbegin(), entry.tokens.cend(),
                                      [&tokenId](const TokenEntry &token) { return token.id == tokenId; });
        const auto *profile = isIn ? profileOf(entry.profileId) : nullptr;
        if (!profile)
            continue;
        auto token = findToken(entry.isSessionOnly ? m_sessionOnly->cache().snapshot() : m_services->cache().snapshot(),
                               entry.account.id, {profile->clientId}, tokenId);
        if (!token.isEmpty())
            return token;
    }
    if (m_isStoreLeft)
        return storeLeft();
    return Error{ErrorCode::InteractionRequired, ErrorCause::AccountNotFound,
                 u"The token is not in the cache any more."_s};
}

Operation *ClientSession::askUserInfo(const QString &profileId, const AccountId &account, QObject *context,
                                      AnswerHandler handler)
{
    const auto made = client({profileId, isSessionOnly(profileId, account), true});
    if (!made) {
        answerLater(made.error(), context, std::move(handler));
        return nullptr;
    }
    auto *operation = (*made)->userInfo(account);
    operation->whenFinished(context, [handler = std::move(handler)](const Result<UserInfo> &info) {
        if (!info)
            return handler(info.error());
        handler(ProviderAnswer{.json = info->json, .isSigned = info->isSigned});
    });
    return operation;
}

Operation *ClientSession::revoke(const QString &tokenId, RevokedToken which, QObject *context, DoneHandler handler)
{
    const auto entry = accountOfToken(tokenId);
    auto token = which == RevokedToken::ThisOne ? keptToken(tokenId) : Result<Secret>(Secret());
    const auto made = !token ? Result<PublicClient *>(token.error())
        : entry              ? client({entry->profileId, entry->isSessionOnly, true})
                             : Result<PublicClient *>(storeLeft());
    if (!made) {
        answerLater(made.error(), context, std::move(handler));
        return nullptr;
    }
    auto *operation = (*made)->revoke({.account = entry->account.id, .accessToken = *std::move(token)});
    operation->whenFinished(context, std::move(handler));
    return operation;
}

Operation *ClientSession::introspect(const QString &tokenId, const QString &confirmedHost, QObject *context,
                                     AnswerHandler handler)
{
    auto token = keptToken(tokenId);
    const auto entry = accountOfToken(tokenId);
    const auto made = token && entry ? client({entry->profileId, entry->isSessionOnly, true})
                                     : Result<PublicClient *>(token ? storeLeft() : token.error());
    if (!made) {
        answerLater(made.error(), context, std::move(handler));
        return nullptr;
    }
    auto *operation = (*made)->introspect(
        {.token = *std::move(token), .typeHint = u"access_token"_s, .confirmedHost = confirmedHost});
    operation->whenFinished(context, [handler = std::move(handler)](const Result<Introspection> &said) {
        if (!said)
            return handler(said.error());
        handler(ProviderAnswer{.json = said->json, .isActive = said->isActive, .isSigned = said->isSigned});
    });
    return operation;
}

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/flowcontext.h>

#include <countersign/model/clouds.h>

#include <QtCore/QStandardPaths>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

QString ClientConfiguration::defaultProviderFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + u"/countersign/providers"_s;
}

void ClientConfiguration::forgetProvider(const Authority &authority, const QString &folder)
{
    ProviderFiles(folder).forget(authority);
}

FlowContext::FlowContext(ClientConfiguration configured, Services used)
    : configuration(std::move(configured)),
      m_retrying(used.http, used.clock, used.random, m_timers, configuration.retry),
      throttling(m_retrying, used.clock, configuration.throttling, used.observer), services{.http = throttling,
                                                                                            .cache = used.cache,
                                                                                            .agent = used.agent,
                                                                                            .clock = used.clock,
                                                                                            .random = used.random,
                                                                                            .observer = used.observer,
                                                                                            .clientSecrets =
                                                                                                used.clientSecrets},
      providers(services.http, services.clock,
                {.folder = configuration.providerFolder,
                 .isOpenId = configuration.isOpenId,
                 .isInstanceDiscoveryAllowed = configuration.isInstanceDiscoveryAllowed,
                 .issuerMatch = configuration.issuerMatch,
                 .timeout = configuration.requestTimeout})
{
}

QString realmOf(const Authority &authority, const std::optional<Protocol::ProviderMetadata> &metadata)
{
    const bool isTenant = authority.kind() == Authority::Kind::Entra || authority.kind() == Authority::Kind::Ciam;
    if (!isTenant || !metadata)
        return authority.realm();
    const auto tenant = metadata->tokenEndpoint.path().section(u'/', 1, 1);
    return tenant.isEmpty() ? authority.realm() : tenant;
}

QList<Environment> FlowContext::environmentsOf(const Authority &authority) const
{
    QList<Environment> environments{authority.environment()};
    if (authority.kind() != Authority::Kind::Entra)
        return environments;
    const auto aliases = providers.aliases(authority);
    for (const auto &alias : aliases) {
        if (!environments.contains(Environment{alias}))
            environments.append({alias});
    }
    return environments;
}

QString FlowContext::refreshLockKey(const AccountId &account) const
{
    return account.homeAccountId.value + u'\n' + account.environment.value + u'\n' + configuration.clientId.value;
}

Result<RedirectPreference> FlowContext::redirectFor(const Authority &authority,
                                                    const std::optional<RedirectPreference> &preference) const
{
    auto redirect = preference.value_or(configuration.redirect);
    if (!authority.isEntraFamily() || redirect.kind != RedirectPreference::Kind::Loopback)
        return redirect;
    if (redirect == RedirectPreference())
        return RedirectPreference::loopback(u"localhost"_s, {}, {});
    if (redirect.host == "::1"_L1)
        return Error{ErrorCode::InvalidArgument,
                     u"Microsoft takes no redirect URI on [::1]; use http://localhost, with any port."_s};
    return redirect;
}

Result<Protocol::ClientAuthentication> FlowContext::authentication(const Authority &authority,
                                                                   const Protocol::ProviderMetadata &metadata) const
{
    const auto environments = environmentsOf(authority);
    std::shared_ptr<const Secret> secret;
    // A request may name another authority: what the client proves itself with is for the one it was given for.
    const bool isOwn = environmentsOf(configuration.authority).contains(authority.environment());
    if (isOwn && (configuration.assertionSource || configuration.assertionKey)) {
        auto assertion = makeAssertion(authority, metadata);
        if (!assertion)
            return assertion.error();
        return Protocol::ClientAuthentication::assertion(*std::move(assertion));
    }
    if (isOwn)
        secret = configuration.clientSecret;
    const auto &kept = services.clientSecrets ? *services.clientSecrets : services.cache;
    for (auto it = environments.begin(); !secret && it != environments.end(); ++it) {
        auto found = kept.snapshot().clientSecret({*it, configuration.clientId});
        if (found)
            secret = std::make_shared<const Secret>(*std::move(found));
    }
    return Protocol::chooseAuthentication(configuration.clientSecretUse, std::move(secret), metadata);
}

ProofKeyPlace FlowContext::proofKeyPlace(const SilentParameters &parameters) const
{
    return {.account = parameters.account,
            .client = configuration.clientId,
            .scheme = Protocol::identifier(parameters.proof->scheme)};
}

Result<Secret> FlowContext::makeAssertion(const Authority &authority, const Protocol::ProviderMetadata &metadata) const
{
    if (!configuration.assertionSource)
        return Protocol::signClientAssertion(*configuration.assertionKey,
                                             {.clientId = configuration.clientId,
                                              .authority = authority,
                                              .metadata = metadata,
                                              .audience = configuration.assertionAudience,
                                              .at = now()},
                                             services.random);
    auto assertion =
        configuration.assertionSource({.clientId = configuration.clientId, .tokenEndpoint = metadata.tokenEndpoint});
    if (assertion && assertion->isEmpty())
        return Error{ErrorCode::InvalidArgument, ErrorCause::ClientSecretMissing,
                     u"The client's assertion is empty."_s};
    return assertion;
}

namespace {

QList<std::pair<QString, QString>> distinguishing(const QStringList &resources, const QString &authorizationDetails)
{
    QList<std::pair<QString, QString>> parameters;
    if (!authorizationDetails.isEmpty())
        parameters.append({u"authorization_details"_s, authorizationDetails});
    for (const auto &resource : resources)
        parameters.append({u"resource"_s, resource});
    return parameters;
}

} // namespace

QString FlowContext::extensionFor(const QStringList &resources, const QString &authorizationDetails)
{
    return extensionKey(distinguishing(resources, authorizationDetails));
}

QString FlowContext::extensionFor(const ClientTokenParameters &parameters)
{
    auto all = distinguishing(parameters.resources, parameters.authorizationDetails);
    for (const auto &[name, value] : parameters.extra)
        all.append({name, value});
    return extensionKey(std::move(all));
}

namespace {

//! Whether the provider's own words change nothing: there a domain becomes the tenant's GUID, and an unknown host gets
//! its aliases.
bool isSettled(const Authority &authority)
{
    const auto &tenant = authority.tenant().value;
    const bool isRealm =
        isGuid(tenant) || tenant == "common"_L1 || tenant == "organizations"_L1 || tenant == "consumers"_L1;
    if (authority.kind() == Authority::Kind::Ciam)
        return isRealm;
    return authority.kind() != Authority::Kind::Entra || (isRealm && !Protocol::needsInstanceDiscovery(authority));
}

} // namespace

bool FlowContext::isPlaceKnown(const Authority &authority) const
{
    return isSettled(authority) || providers.metadata(authority);
}

FlowContext::Place &FlowContext::placeOf(const Authority &authority) const
{
    constexpr std::size_t maximumPlaces = 64;
    const auto known = std::find_if(m_places.begin(), m_places.end(),
                                    [&authority](const Place &place) { return place.authority == authority; });
    if (known != m_places.end() && known->isSettled)
        return *known;
    const bool settled = isSettled(authority);
    const auto metadata = settled ? std::optional<Protocol::ProviderMetadata>() : providers.metadata(authority);
    const Place place{authority,
                      {.clientId = configuration.clientId,
                       .environments = environmentsOf(authority),
                       .realm = realmOf(authority, metadata),
                       .needsAccount = true},
                      settled};
    if (known != m_places.end())
        return *known = place;
    if (m_places.size() == maximumPlaces)
        m_places.clear();
    m_places.push_back(place);
    return m_places.back();
}

// A query is not made anew each time: counting the references to a dozen texts up and down again would take longer than
// the look-up.
const SilentQuery &FlowContext::query(const SilentParameters &parameters) const
{
    SilentQuery &query = placeOf(authorityFor(parameters.authority)).query;
    query.homeAccountId = parameters.account.homeAccountId;
    query.scopes = parameters.scopes;
    const bool isPlain = parameters.resources.isEmpty() && parameters.authorizationDetails.isEmpty();
    query.extension = isPlain ? QString() : extensionFor(parameters.resources, parameters.authorizationDetails);
    const auto key = parameters.proof ? services.cache.snapshot().proofKey(proofKeyPlace(parameters)) : std::nullopt;
    query.keyId = key ? key->keyId() : QString();
    // Without a key nothing can be bound to it: then no token is of this type and free of a key.
    query.tokenType = parameters.proof ? Protocol::identifier(tokenTypeOf(parameters.proof->scheme)) : QString();
    query.forceRefresh = parameters.isRefreshForced;
    query.hasClaimsChallenge = !parameters.claimsChallenge.isEmpty();
    query.refreshMargin =
        std::max(configuration.refreshMargin, parameters.minimumLifetime.value_or(std::chrono::seconds(0)));
    return query;
}

SilentQuery FlowContext::query(const ClientTokenParameters &parameters) const
{
    SilentQuery query = placeOf(authorityFor(parameters.authority)).query;
    query.homeAccountId = {};
    query.keyId.clear();
    query.tokenType.clear();
    query.needsAccount = false;
    query.scopes = parameters.scopes;
    query.extension = extensionFor(parameters);
    query.forceRefresh = parameters.isRefreshForced;
    query.hasClaimsChallenge = !parameters.claimsChallenge.isEmpty();
    query.refreshMargin =
        std::max(configuration.refreshMargin, parameters.minimumLifetime.value_or(std::chrono::seconds(0)));
    return query;
}

Protocol::ScopePolicy FlowContext::scopePolicy() const
{
    return {.excluded = configuration.excludedScopes,
            .wantsRefreshToken = configuration.wantsRefreshToken,
            .wantsIdToken = configuration.isOpenId};
}

} // namespace Countersign

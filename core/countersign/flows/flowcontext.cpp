// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/flows/flowcontext.h>

#include <countersign/model/clouds.h>

#include <QtCore/QStandardPaths>

using namespace Qt::StringLiterals;

namespace Countersign {

QString ClientConfiguration::defaultProviderFolder()
{
    return QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + u"/countersign/providers"_s;
}

FlowContext::FlowContext(ClientConfiguration configured, Services used)
    : configuration(std::move(configured)),
      m_retrying(used.http, used.clock, used.random, m_timers, configuration.retry),
      throttling(m_retrying, used.clock, configuration.throttling, used.observer), services{.http = throttling,
                                                                                            .cache = used.cache,
                                                                                            .agent = used.agent,
                                                                                            .clock = used.clock,
                                                                                            .random = used.random,
                                                                                            .observer = used.observer},
      providers(services.http, services.clock,
                {.folder = configuration.providerFolder,
                 .isOpenId = configuration.isOpenId,
                 .timeout = configuration.requestTimeout})
{
}

QString realmOf(const Authority &authority, const std::optional<Protocol::ProviderMetadata> &metadata)
{
    if (authority.kind() != Authority::Kind::Entra || !metadata)
        return authority.realm();
    const auto tenant = metadata->tokenEndpoint.path().section(u'/', 1, 1);
    return tenant.isEmpty() ? authority.realm() : tenant;
}

QList<Environment> FlowContext::environmentsOf(const Authority &authority)
{
    QList<Environment> environments{authority.environment()};
    if (authority.kind() != Authority::Kind::Entra)
        return environments;
    const auto aliases = aliasesOf(authority.host());
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

QString FlowContext::extensionFor(const QStringList &resources)
{
    QList<std::pair<QString, QString>> parameters;
    for (const auto &resource : resources)
        parameters.append({u"resource"_s, resource});
    return extensionKey(std::move(parameters));
}

SilentQuery FlowContext::query(const SilentParameters &parameters)
{
    const auto authority = authorityFor(parameters.authority);
    SilentQuery query;
    query.clientId = configuration.clientId;
    query.environments = environmentsOf(authority);
    query.realm = realmOf(authority,
                          authority.kind() == Authority::Kind::Entra ? providers.metadata(authority)
                                                                     : std::optional<Protocol::ProviderMetadata>());
    query.homeAccountId = parameters.account.homeAccountId;
    query.scopes = parameters.scopes;
    query.extension = extensionFor(parameters.resources);
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

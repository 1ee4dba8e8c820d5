// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/cache/silentdecision.h>
#include <countersign/flows/clientconfiguration.h>
#include <countersign/flows/parameters.h>
#include <countersign/flows/providercache.h>
#include <countersign/flows/tokenbinding.h>
#include <countersign/protocol/scopes.h>
#include <countersign/protocol/servertelemetry.h>
#include <countersign/storage/persistenttokencache.h>

#include <QtCore/QPointer>
#include <QtCore/QSet>

#include <vector>

namespace Countersign {

class TokenOperation;

//! The unified schema's `realm`. For Entra and CIAM the tenant of the token endpoint, as MSAL has it: a domain becomes
//! the tenant's GUID there.
QString realmOf(const Authority &authority, const std::optional<Protocol::ProviderMetadata> &metadata);

//! For waiting on the person's keychain and on other processes; each has its own, shorter deadline.
inline constexpr std::chrono::minutes storeDeadline{3};
//! Longer than the keychain itself waits for somebody who is asked for the password of a new one.
inline constexpr std::chrono::minutes newStoreDeadline{11};

//! What the flows of one client share. Outlives every one of them.
class FlowContext
{
public:
    FlowContext(ClientConfiguration configured, Services used);

    Protocol::ScopePolicy scopePolicy() const;
    QDateTime now() const { return services.clock.now(); }
    //! \p other or the client's own.
    const Authority &authorityFor(const std::optional<Authority> &other) const
    {
        return other ? *other : configuration.authority;
    }
    const Authority &authorityFor(std::optional<Authority> &&other) const = delete;
    //! Where entries of an authority lie.
    struct Place
    {
        Authority authority;
        SilentQuery query; //!< that names the place; the rest is the last caller's
        bool isSettled = true; //!< the provider has nothing to add
    };
    //! Worked out once for each authority as far as that can be known: taking an address apart takes longer than a
    //! token takes out of the cache. Valid until the next call.
    Place &placeOf(const Authority &authority) const;
    //! False: only the provider's metadata say under which realm and names entries of \p authority lie.
    bool isPlaceKnown(const Authority &authority) const;
    //! The question to the cache that \p parameters ask. Valid until the next call.
    const SilentQuery &query(const SilentParameters &parameters) const;
    //! The same for a token of the application itself.
    SilentQuery query(const ClientTokenParameters &parameters) const;
    //! For PersistentTokenCache::withRefreshLock(): one refresh at a time of \p account by this client.
    QString refreshLockKey(const AccountId &account) const;
    //! Whose key a proof for \p parameters is made with. Valid only with SilentParameters::proof.
    ProofKeyPlace proofKeyPlace(const SilentParameters &parameters) const;
    //! SilentQuery::extension: tokens for different resources (security rule B.33) or for other authorization details
    //! are different tokens.
    static QString extensionFor(const QStringList &resources, const QString &authorizationDetails);
    //! The same with parameters of the caller's own, which are sent with every request for a token of the application.
    static QString extensionFor(const ClientTokenParameters &parameters);
    //! Where answers arrive: \p preference or the client's own, as \p authority takes it.
    //!
    //! Errors: InvalidArgument for what its provider never takes. Spec: security rule B.112.
    Result<RedirectPreference> redirectFor(const Authority &authority,
                                           const std::optional<RedirectPreference> &preference) const;
    //! What the client proves itself with at \p authority's own endpoints. The store has to be open.
    //!
    //! Errors: those of Protocol::chooseAuthentication().
    Result<Protocol::ClientAuthentication> authentication(const Authority &authority,
                                                          const Protocol::ProviderMetadata &metadata) const;
    //! Under which names entries of \p authority may lie, its own first.
    QList<Environment> environmentsOf(const Authority &authority) const;

    const ClientConfiguration configuration;

private:
    SystemTimers m_timers;
    RetryingTransport m_retrying;

public:
    ThrottlingTransport throttling;
    //! Whose transport repeats and spares, over the caller's.
    const Services services;
    mutable ProviderCache providers;
    //! What Microsoft is told of the calls before. Spec: contract C36.
    Protocol::ServerTelemetry telemetry;

    ProofNonces proofNonces;

    //! A worker in flight and what it was asked for, for others to join.
    struct InFlight
    {
        QString request;
        QPointer<TokenOperation> worker;
    };
    std::vector<InFlight> inFlight;
    //! Entra-like hosts that answered 404 to a question after a user's realm.
    QSet<QString> hostsWithoutUserRealm;

private:
    Result<Secret> makeAssertion(const Authority &authority, const Protocol::ProviderMetadata &metadata) const;

    mutable std::vector<Place> m_places;
};

} // namespace Countersign

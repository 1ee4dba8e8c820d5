// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientsession.h"

// What the ends of requests tell of the store, the network and the providers.

namespace Countersign::Desktop {

void ClientSession::noteStore(const Error &error)
{
    // It was open, and somebody locked it since.
    if (error.cause() == ErrorCause::StoreLocked && m_store.kind == StoreState::Kind::Open)
        setStore(StoreState::Kind::Failed, error);
}

void ClientSession::noteAnswer(const QString &profileId)
{
    setNetworkFailure({});
    if (m_failures.remove(environmentOf(profileId).value) > 0)
        tellNetwork();
}

void ClientSession::noteFailure(const QString &profileId, const Error &error, const AccountId &refreshed)
{
    noteStore(error);
    const bool isCutShort = error.code() == ErrorCode::NetworkUnavailable
        || (error.code() == ErrorCode::SecurityCheckFailed && error.cause() == ErrorCause::TlsFailed)
        // Where somebody was waited for, that says nothing of the provider.
        || (error.code() == ErrorCode::TimedOut && !refreshed.isEmpty());
    if (!isCutShort) {
        if (error.httpStatus() != 0 || !error.oauth().isEmpty())
            noteAnswer(profileId);
        return;
    }
    if (isOffline())
        return;
    m_failures.insert(environmentOf(profileId).value, {profileId, error, m_services->clock().now()});
    if (!refreshed.isEmpty())
        keepFailure(profileId, error, refreshed);
    // A host that refuses or hangs up says nothing about the others, neither good nor bad.
    if (error.cause() == ErrorCause::NameNotResolved || error.cause() == ErrorCause::ProxyFailed)
        m_networkFailure = error;
    tellNetwork();
}

//! Whether the note can be taken changes nothing.
void ClientSession::keepFailure(const QString &profileId, const Error &error, const AccountId &account)
{
    const auto *profile = profileOf(profileId);
    if (!profile || m_isStoreLeft)
        return;
    const AccountEvent event{.kind = AccountEvent::Kind::RefreshFailed,
                             .at = m_services->clock().now(),
                             .clientId = {profile->clientId},
                             .detail = error.cause() == ErrorCause::Unspecified ? identifier(error.code())
                                                                                : identifier(error.cause())};
    auto &cache = isSessionOnly(profileId, account) ? m_sessionOnly->cache() : m_services->cache();
    cache.update(
        [account, event](TokenCache &content) {
            if (content.account(account))
                content.addEvent(account, event);
        },
        this, [](const Result<void> &) {});
}

Environment ClientSession::environmentOf(const QString &profileId) const
{
    const auto *profile = profileOf(profileId);
    const auto authority = profile ? profile->authority() : Error{ErrorCode::InvalidArgument, QString()};
    return authority ? authority->environment() : Environment();
}

std::optional<ProviderFailure> ClientSession::failureOf(const QString &profileId) const
{
    if (m_failures.isEmpty())
        return {};
    const auto found = m_failures.constFind(environmentOf(profileId).value);
    return found == m_failures.cend() ? std::nullopt : std::optional(*found);
}

QList<ProviderFailure> ClientSession::providerFailures() const
{
    auto failures = m_failures.values();
    failures.removeIf([this](const ProviderFailure &failure) { return !profileOf(failure.profileId); });
    std::sort(failures.begin(), failures.end(),
              [](const ProviderFailure &a, const ProviderFailure &b) { return a.at > b.at; });
    return failures;
}

void ClientSession::setNetworkFailure(const std::optional<Error> &failure)
{
    if (failure == m_networkFailure)
        return;
    m_networkFailure = failure;
    tellNetwork();
}

void ClientSession::tellNetwork()
{
    Q_EMIT networkChanged();
    describeAgain();
}

Result<void> ClientSession::renameAccount(const AccountId &account, const QString &name)
{
    return noteInBook(m_book.rename(account, name));
}

Result<void> ClientSession::useAsDefault(const AccountId &account)
{
    return noteInBook(m_book.setDefault(account));
}

Result<void> ClientSession::noteInBook(const Result<void> &changed)
{
    if (changed)
        describeAgain();
    return changed;
}

void ClientSession::describeAgain()
{
    bool isNews = false;
    for (auto &entry : m_accounts) {
        const auto before = entry;
        describe(entry);
        isNews |= entry != before;
    }
    if (isNews)
        Q_EMIT accountsChanged();
}

} // namespace Countersign::Desktop

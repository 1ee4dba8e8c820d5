// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "clientsession.h"

#include "browsers.h"
#include "clientattempt.h"
#include "lostprofiles.h"

#include <common/lockedfilestore.h>

#include <countersign/protocol/webaddress.h>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

//! A frame of 60 Hz is 16 ms: half of it at most for this.
constexpr std::chrono::milliseconds sliceBudget{6};

//! The library speaks English to everybody.
QString nameOf(const TokenStore &store)
{
    switch (store.kind()) {
    case TokenStore::Kind::Keychain:
        return ClientSession::tr("Keychain (%1)").arg(store.name().section(u'(', 1).chopped(1));
    case TokenStore::Kind::Memory: return ClientSession::tr("Memory");
    case TokenStore::Kind::SealedFile:
    case TokenStore::Kind::MsalFile: return store.name();
    }
    Q_UNREACHABLE();
}

} // namespace

Result<std::unique_ptr<ClientSession>> ClientSession::create(SessionSettings settings)
{
    auto services = App::ServiceSet::create(settings.services);
    if (!services)
        return services.error();
    return std::unique_ptr<ClientSession>(new ClientSession(std::move(settings), *std::move(services)));
}

ClientSession::ClientSession(SessionSettings settings, std::unique_ptr<App::ServiceSet> services)
    : m_settings(std::move(settings)), m_services(std::move(services)), m_profiles(m_settings.profilePath)
{
    m_collecting.setInterval(0);
    connect(&m_collecting, &QTimer::timeout, this, &ClientSession::collectMore);
    connect(&m_services->cache(), &PersistentTokenCache::changed, this, &ClientSession::collect);
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, &ClientSession::reloadProfiles);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, &ClientSession::reloadProfiles);
    m_store.name = nameOf(m_services->store());
    m_store.isPlain = m_services->store().kind() == TokenStore::Kind::MsalFile;
    // Accounts without the names given to them are the same accounts; whoever renames one is told what is wrong.
    (void)m_book.load();
    m_services->watchClock([this](const QString &host, std::chrono::milliseconds offset) { noteClock(host, offset); });
    reloadProfiles();
}

ClientSession::~ClientSession()
{
    // Attempts let go of their operations before the clients take these along.
    const auto attempts = findChildren<Attempt *>(QString(), Qt::FindDirectChildrenOnly);
    qDeleteAll(attempts);
    m_clients.clear();
    m_retired.clear();
}

void ClientSession::setKeepsEmbeddedSessions(bool keeps)
{
    m_settings.keepsEmbeddedSessions = keeps;
    if (keeps)
        return;
    if (const auto forgotten = m_embedded.forgetAll(); !forgotten)
        Q_EMIT problem(forgotten.error());
}

void ClientSession::setStore(StoreState::Kind kind, std::optional<Error> error)
{
    m_store.kind = kind;
    m_store.error = std::move(error);
    m_store.isSessionOnly = m_store.isSessionOnly && kind != StoreState::Kind::Open;
    m_store.name = nameOf(m_services->store());
    Q_EMIT storeChanged();
    bool isNews = false;
    for (auto &entry : m_accounts) {
        const bool isLocked = isStoreLocked() && !entry.isSessionOnly;
        isNews |= std::exchange(entry.isLocked, isLocked) != isLocked;
    }
    if (isNews)
        Q_EMIT accountsChanged();
}

bool ClientSession::isStoreLocked() const
{
    return m_store.kind == StoreState::Kind::Failed && m_store.error
        && m_store.error->cause() == ErrorCause::StoreLocked;
}

void ClientSession::noteBlock(const QString &profileId, const AccountId &account, bool isBlocked)
{
    const std::pair key{profileId, account};
    if (m_blocked.contains(key) == isBlocked)
        return;
    if (isBlocked)
        m_blocked.insert(key);
    else
        m_blocked.remove(key);
    for (auto &entry : m_accounts) {
        if (entry.profileId == profileId && entry.account.id == account)
            entry.isBlocked = isBlocked;
    }
    Q_EMIT accountsChanged();
}

void ClientSession::openStore()
{
    if (m_store.kind == StoreState::Kind::Opening || m_isStoreLeft)
        return;
    setStore(StoreState::Kind::Opening);
    askToUnlock(this, [this] { openCache(); });
}

void ClientSession::askToUnlock(QObject *context, std::function<void()> then)
{
    auto *locked = m_services->lockedStore();
    if (!locked || !locked->isLocked() || !m_asksPassphrase)
        return then();
    m_asksPassphrase(context, [locked, then = std::move(then)](Result<Secret> passphrase) {
        if (passphrase)
            locked->unlock(*std::move(passphrase));
        then();
    });
}

void ClientSession::useSessionOnly()
{
    if (m_store.kind != StoreState::Kind::Failed || m_store.isSessionOnly)
        return;
    m_store.isSessionOnly = true;
    Q_EMIT storeChanged();
}

void ClientSession::openCache()
{
    m_services->cache().open(this, [this](const Result<void> &opened) {
        if (!opened) {
            setStore(StoreState::Kind::Failed, opened.error());
            Q_EMIT problem(opened.error());
            return;
        }
        setStore(StoreState::Kind::Open);
        collect();
    });
}

void ClientSession::setOffline(bool offline)
{
    if (offline == isOffline())
        return;
    m_services->setOffline(offline);
    if (m_sessionOnly)
        m_sessionOnly->setOffline(offline);
    tellNetwork();
}

void ClientSession::setHistoryLength(std::optional<std::chrono::days> length)
{
    if (length == m_settings.historyLength)
        return;
    m_settings.historyLength = length;
    if (m_services->cache().isLoaded())
        trimHistory();
}

bool ClientSession::hasOldEvents(const QDateTime &oldest) const
{
    const auto &cache = m_services->cache().snapshot();
    const auto accounts = cache.accounts();
    return std::any_of(accounts.cbegin(), accounts.cend(), [&cache, &oldest](const Account &account) {
        const auto events = cache.history(account.id);
        return std::any_of(events.cbegin(), events.cend(),
                           [&oldest](const AccountEvent &event) { return event.at < oldest; });
    });
}

void ClientSession::trimHistory()
{
    if (!m_settings.historyLength || m_isStoreLeft || m_isTrimming)
        return;
    const auto oldest = m_services->clock().now().addDuration(-*m_settings.historyLength);
    if (!hasOldEvents(oldest))
        return;
    m_isTrimming = true;
    m_services->cache().update([oldest](TokenCache &cache) { cache.forgetEventsBefore(oldest); }, this,
                               [this](const Result<void> &trimmed) {
                                   m_isTrimming = false;
                                   if (!trimmed)
                                       Q_EMIT problem(trimmed.error());
                               });
}

void ClientSession::noteClock(const QString &host, std::chrono::milliseconds offset)
{
    // Whoever tells the time has been reached.
    setNetworkFailure({});
    // Less than what the header can tell is no news.
    constexpr std::chrono::milliseconds precision{500};
    const bool isNews = !m_clock || m_clock->host != host || std::chrono::abs(m_clock->offset - offset) > precision;
    if (!isNews)
        return;
    m_clock = ClockState{offset, host, m_services->clock().now()};
    Q_EMIT clockChanged();
}

void ClientSession::setStoreLeft(bool left)
{
    m_isStoreLeft = left;
    if (!left && m_services->cache().isLoaded())
        collect();
}

void ClientSession::collect()
{
    // Emptied, the old store would look as if everybody had been signed out.
    if (m_isStoreLeft)
        return;
    // The cache tells of every change; when it was opened by a request, that is news as well.
    if (m_services->cache().isLoaded() && m_store.kind != StoreState::Kind::Open)
        setStore(StoreState::Kind::Open);
    const auto memory = m_sessionOnly ? m_sessionOnly->cache().snapshot() : TokenCache();
    auto scopes = m_scopes;
    m_lost.clear();
    for (const auto *cache : {&m_services->cache().snapshot(), &memory}) {
        for (const auto &profile : lostProfilesOf(*cache, scopes)) {
            if (auto scope = scopeOf(profile)) {
                scopes.append(*std::move(scope));
                m_lost.append(profile);
            }
        }
    }
    m_collector.emplace(std::move(scopes), m_services->cache().snapshot(), memory);
    collectMore();
}

void ClientSession::collectMore()
{
    if (!m_collector->work(sliceBudget)) {
        m_collecting.start();
        return;
    }
    m_collecting.stop();
    auto entries = m_collector->takeEntries();
    m_collector.reset();
    trimHistory();
    for (auto &entry : entries)
        describe(entry);
    if (entries == m_accounts)
        return;
    m_accounts = std::move(entries);
    describeLost();
    Q_EMIT accountsChanged();
}

void ClientSession::describe(AccountEntry &entry) const
{
    entry.nickname = m_book.nameOf(entry.account.id);
    entry.isDefault = m_book.isDefault(entry.account.id);
    entry.isBusy = m_busy.contains({entry.profileId, entry.account.id});
    entry.failure = failureOf(entry.profileId);
    entry.isOffline = isCutOff() || entry.failure;
    entry.isLocked = isStoreLocked() && !entry.isSessionOnly;
    entry.isBlocked = m_blocked.contains({entry.profileId, entry.account.id});
}

void ClientSession::setBusy(const QString &profileId, const AccountId &account, int step)
{
    const std::pair key{profileId, account};
    const auto count = m_busy.value(key) + step;
    if (count > 0)
        m_busy.insert(key, count);
    else
        m_busy.remove(key);
    for (auto &entry : m_accounts) {
        if (entry.profileId != profileId || entry.account.id != account || entry.isBusy == (count > 0))
            continue;
        entry.isBusy = count > 0;
        Q_EMIT busyChanged(AccountEntry(entry)); // whoever hears of it may change the list
        return;
    }
}

Result<App::ServiceSet *> ClientSession::sessionOnlyServices()
{
    if (!m_sessionOnly) {
        auto settings = m_settings.services;
        settings.store = u"memory"_s;
        settings.isOffline = isOffline();
        settings.clientSecrets = &m_services->cache();
        auto made = App::ServiceSet::create(std::move(settings));
        if (!made)
            return made.error();
        m_sessionOnly = *std::move(made);
        connect(&m_sessionOnly->cache(), &PersistentTokenCache::changed, this, &ClientSession::collect);
    }
    return m_sessionOnly.get();
}

Error ClientSession::storeLeft()
{
    return Error{ErrorCode::StorageUnavailable, ErrorCause::StoreBusy,
                 u"The store is being moved, or was: the program has to start anew."_s};
}

Result<PublicClient *> ClientSession::client(const ClientKey &key)
{
    if (m_isStoreLeft)
        return storeLeft();
    if (const auto known = m_clients.find(key); known != m_clients.end())
        return known->second.get();
    const auto *profile = profileOf(key.profileId);
    if (!profile)
        return Error{ErrorCode::InvalidArgument, u"There is no such profile any more."_s};
    auto *services = m_services.get();
    if (key.isSessionOnly) {
        const auto memory = sessionOnlyServices();
        if (!memory)
            return memory.error();
        services = *memory;
    }
    auto wanted = *profile;
    // A lost one has an id that no file may hold.
    if (!m_profiles.find(wanted.id))
        wanted.id = u"lost"_s;
    wanted.wantsRefreshToken = wanted.wantsRefreshToken && key.keepsSignedIn;
    auto made = services->makeClient(wanted);
    if (!made)
        return made.error();
    return m_clients.emplace(key, *std::move(made)).first->second.get();
}

bool ClientSession::isSessionOnly(const QString &profileId, const AccountId &account) const
{
    if (!m_sessionOnly || !m_sessionOnly->cache().snapshot().account(account))
        return false;
    const auto known = std::find_if(m_accounts.cbegin(), m_accounts.cend(), [&](const AccountEntry &entry) {
        return entry.profileId == profileId && entry.account.id == account && !entry.isSessionOnly;
    });
    return known == m_accounts.cend();
}

const TokenCache &ClientSession::cacheOf(const QString &profileId, const AccountId &account) const
{
    return isSessionOnly(profileId, account) ? m_sessionOnly->cache().snapshot() : m_services->cache().snapshot();
}

AccountDetail ClientSession::detail(const QString &profileId, const AccountId &account) const
{
    const auto *profile = profileOf(profileId);
    if (!profile)
        return {};
    auto detail = detailOf(cacheOf(profileId, account), account, {profile->clientId});
    detail.storeName = isSessionOnly(profileId, account) ? tr("memory, until the program ends") : m_store.name;
    return detail;
}

QList<BrowserEntry> ClientSession::browsers() const
{
    return installedBrowsers();
}

void ClientSession::openPage(const QUrl &page)
{
    if (page.scheme() != "https"_L1 && !(page.scheme() == "http"_L1 && Protocol::isLoopback(page)))
        return;
    auto &launcher = m_settings.launcher ? *m_settings.launcher : m_services->launcher();
    launcher.launch(page, this, [this](const Error &error) { Q_EMIT problem(error); });
}

bool ClientSession::canRevoke(const QString &profileId)
{
    if (const auto provider = knownProvider(profileId))
        return provider->takesTokensBack;
    // Entra has no address for it. Others are asked, and what they said is told.
    const auto *profile = profileOf(profileId);
    return profile && profile->kind != Profile::Kind::Entra;
}

bool ClientSession::canEndSession(const QString &profileId)
{
    if (const auto provider = knownProvider(profileId))
        return provider->endsSessions;
    const auto *profile = profileOf(profileId);
    return profile && profile->isOpenId;
}

} // namespace Countersign::Desktop

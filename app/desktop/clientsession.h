// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accountcollector.h"

#include <accounts/session.h>

#include <common/accountbook.h>
#include <common/embeddedsessions.h>
#include <common/serviceset.h>

#include <QtCore/QFileSystemWatcher>
#include <QtCore/QPointer>
#include <QtCore/QSet>
#include <QtCore/QTimer>

#include <map>
#include <memory>
#include <tuple>
#include <vector>

namespace Countersign::Desktop {

//! Asks the person for the passphrase of the sealed file that tokens are kept in, and answers later, unless the context
//! is gone by then. Errors: StoreLocked when they gave up.
using PassphraseAsker = std::function<void(QObject *context, std::function<void(Result<Secret>)> handler)>;

//! What a session is made of.
struct SessionSettings
{
    App::ServiceSettings services;
    QString profilePath = ProfileStore::defaultPath();
    //! Opens pages for sign-ins; must outlive the session. Unset: as \p services says.
    BrowserLauncher *launcher = nullptr;
    //! Where there is no keychain: keep what is signed in until the program ends, without asking.
    bool usesMemoryWithoutKeychain = false;
    //! The sign-in window of our own keeps the provider's cookies for the next sign-in through the same profile.
    bool keepsEmbeddedSessions = false;
    QString defaultWay; //!< "browser", "embedded", "device": for profiles that do not say; empty or "auto": the browser
    std::optional<std::chrono::days> historyLength; //!< unset: as long as there is room
};

//! The windows' view of the library: profiles from their file, accounts from the cache, requests to the client.
//!
//! Two caches: the store's, and one in memory for sign-ins that shall leave nothing behind.
class ClientSession final : public Session
{
    Q_OBJECT
public:
    //! Touches neither network nor keychain; openStore() does.
    //!
    //! Errors: those of App::ServiceSet::create().
    [[nodiscard]] static Result<std::unique_ptr<ClientSession>> create(SessionSettings settings);
    ~ClientSession() override;

    QList<ProfileEntry> profiles() const override { return m_profileEntries; }
    QList<ProfileEntry> lostProfiles() const override { return m_lostEntries; }
    [[nodiscard]] Result<void> makeProfileOf(const QString &lostId) override;
    QList<AccountEntry> accounts() const override { return m_accounts; }
    AccountDetail detail(const QString &profileId, const AccountId &account) const override;
    StoreState store() const override { return m_store; }
    void openStore() override;
    void askToUnlock(QObject *context, std::function<void()> then) override;
    void useSessionOnly() override;
    QList<WayState> ways(const QString &profileId) const override;
    QList<BrowserEntry> browsers() const override;
    void openPage(const QUrl &page) override;
    std::optional<KnownProvider> knownProvider(const QString &profileId) override;
    bool canRevoke(const QString &profileId) override;
    bool canEndSession(const QString &profileId) override;
    [[nodiscard]] Result<void> renameAccount(const AccountId &account, const QString &name) override;
    [[nodiscard]] Result<void> useAsDefault(const AccountId &account) override;
    std::optional<Error> networkFailure() const override { return m_networkFailure; }
    QList<ProviderFailure> providerFailures() const override;
    bool keepsEmbeddedSessions() const override { return m_settings.keepsEmbeddedSessions; }
    bool hasEmbeddedSession(const QString &profileId) const override { return m_embedded.has(profileId); }
    bool isOffline() const override { return m_services->isOffline(); }
    std::optional<ClockState> clock() const override { return m_clock; }
    QStringList foreignCaches() const override;
    void readForeignCache(const QString &path, QObject *context, ForeignHandler handler) override;
    [[nodiscard]] LocalOperation *findProfilesHere() override;
    void testStore(QObject *context, DoneHandler handler) override;
    QStringList scopeSuggestions(const QString &profileId) override;
    std::optional<RedirectPreference> wayBack(const QString &profileId) override;
    void testReturn(const QUrl &redirect, QObject *context, DoneHandler handler) override;
    [[nodiscard]] Attempt *signIn(const SignInRequest &request) override;
    [[nodiscard]] Attempt *getToken(const TokenRequest &request) override;
    [[nodiscard]] Attempt *signOut(const SignOutRequest &request) override;
    void fetchToken(const QString &tokenId, QObject *context, TokenHandler handler) override;
    Operation *askUserInfo(const QString &profileId, const AccountId &account, QObject *context,
                           AnswerHandler handler) override;
    Operation *revoke(const QString &tokenId, RevokedToken which, QObject *context, DoneHandler handler) override;
    Operation *introspect(const QString &tokenId, const QString &confirmedHost, QObject *context,
                          AnswerHandler handler) override;

    //! Reads the profiles' file anew; other programs' changes to it are noticed without.
    void reloadProfiles();
    ProfileStore &profileStore() { return m_profiles; }
    App::ServiceSet &services() { return *m_services; }
    //! Those of sign-ins that shall leave nothing behind; null as long as there was none.
    App::ServiceSet *memoryServices() { return m_sessionOnly.get(); }
    //! Whether the store is being moved, or was: then every request fails with StoreBusy and nothing is written, or it
    //! would be written where nobody looks any more.
    bool isStoreLeft() const { return m_isStoreLeft; }
    //! Accounts are shown as they were before.
    void setStoreLeft(bool left);
    static Error storeLeft();
    //! Sends nothing from now on; cached tokens are still there.
    void setOffline(bool offline);
    //! Forgets older events at once, whenever the store is opened, and when they come.
    void setHistoryLength(std::optional<std::chrono::days> length);
    //! From the next sign-in on. What was kept goes when nothing shall be kept any more.
    void setKeepsEmbeddedSessions(bool keeps);
    const App::EmbeddedSessions &embeddedSessions() const { return m_embedded; }
    //! Who is asked for the passphrase of a sealed file, see App::ServiceSettings::unlocksLater.
    void setPassphraseAsker(PassphraseAsker asker) { m_asksPassphrase = std::move(asker); }
    void setUsesMemoryWithoutKeychain(bool uses) { m_settings.usesMemoryWithoutKeychain = uses; }
    //! See SessionSettings::defaultWay.
    void setDefaultWay(const QString &way);

private:
    friend class ClientAttempt;
    struct ClientKey
    {
        QString profileId;
        bool isSessionOnly = false;
        bool keepsSignedIn = true;
        friend bool operator<(const ClientKey &a, const ClientKey &b)
        {
            return std::tie(a.profileId, a.isSessionOnly, a.keepsSignedIn)
                < std::tie(b.profileId, b.isSessionOnly, b.keepsSignedIn);
        }
    };

    Result<Secret> keptToken(const QString &tokenId) const;
    ClientSession(SessionSettings settings, std::unique_ptr<App::ServiceSet> services);
    const Profile *profileOf(const QString &id) const;
    Result<PublicClient *> client(const ClientKey &key);
    Result<App::ServiceSet *> sessionOnlyServices();
    //! The cache that knows \p account: the store's, unless the other one does.
    const TokenCache &cacheOf(const QString &profileId, const AccountId &account) const;
    bool isSessionOnly(const QString &profileId, const AccountId &account) const;
    void watchProfiles();
    void describeProfiles();
    void collect();
    void collectMore();
    void setBusy(const QString &profileId, const AccountId &account, int step);
    void noteBlock(const QString &profileId, const AccountId &account, bool isBlocked);
    bool isStoreLocked() const;
    void openCache();
    void setStore(StoreState::Kind kind, std::optional<Error> error = {});
    void noteStore(const Error &error);
    void noteAnswer(const QString &profileId);
    //! \p refreshed: whose token was to be renewed; empty: nobody's.
    void noteFailure(const QString &profileId, const Error &error, const AccountId &refreshed);
    void keepFailure(const QString &profileId, const Error &error, const AccountId &account);
    Environment environmentOf(const QString &profileId) const;
    std::optional<ProviderFailure> failureOf(const QString &profileId) const;
    void setNetworkFailure(const std::optional<Error> &failure);
    bool isCutOff() const { return isOffline() || m_networkFailure; }
    void describe(AccountEntry &entry) const;
    void describeAgain();
    Result<void> noteInBook(const Result<void> &changed);
    void describeLost();
    void tellNetwork();
    void noteClock(const QString &host, std::chrono::milliseconds offset);
    void trimHistory();
    bool hasOldEvents(const QDateTime &oldest) const;
    bool isKeptInMemory(const SignInRequest &request) const;

    SessionSettings m_settings;
    App::EmbeddedSessions m_embedded;
    App::AccountBook m_book;
    std::unique_ptr<App::ServiceSet> m_services;
    std::unique_ptr<App::ServiceSet> m_sessionOnly;
    ProfileStore m_profiles;
    QList<Profile> m_known; //!< as the lists below were made of them; the store may be changed by others
    QFileSystemWatcher m_watcher;
    QList<ProfileEntry> m_profileEntries;
    QList<ProfileScope> m_scopes;
    QList<Profile> m_lost; //!< see lostProfilesOf()
    QList<ProfileEntry> m_lostEntries; //!< of those that have accounts
    QHash<QString, ProviderFailure> m_failures; //!< by the provider's environment
    QList<AccountEntry> m_accounts;
    std::optional<AccountCollector> m_collector;
    QTimer m_collecting;
    QHash<QPair<QString, AccountId>, int> m_busy;
    QSet<QPair<QString, AccountId>> m_blocked;
    PassphraseAsker m_asksPassphrase;
    StoreState m_store;
    bool m_isStoreLeft = false;
    bool m_isTrimming = false;
    std::optional<Error> m_networkFailure;
    std::optional<ClockState> m_clock;
    std::map<ClientKey, std::unique_ptr<PublicClient>> m_clients;
    std::vector<std::unique_ptr<PublicClient>> m_retired; //!< of profiles that changed, with requests in flight
};

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/cache/tokencache.h>
#include <countersign/storage/tokenstore.h>

#include <chrono>
#include <functional>
#include <memory>

namespace Countersign {

//! The right to refresh one account's token, held by one caller of all processes. Ends with the object.
//!
//! Whoever gets it looks again in the cache first: somebody may have refreshed while it was waited for.
class COUNTERSIGN_EXPORT RefreshLease
{
public:
    virtual ~RefreshLease();
};

//! A token cache tied to its store and shared by processes: what one saves, the others see at once.
//!
//! Every handler is called once, later than the call, unless its context is gone by then. Nothing waits forever.
//!
//! Thread: its own only.
class COUNTERSIGN_EXPORT PersistentTokenCache final : public QObject
{
    Q_OBJECT
public:
    struct Options
    {
        std::chrono::milliseconds unlockDeadline = std::chrono::minutes{2}; //!< for a person to unlock the keychain
        std::chrono::milliseconds lockDeadline = std::chrono::seconds{10}; //!< for another process to finish its save
        std::chrono::milliseconds refreshDeadline = std::chrono::seconds{60}; //!< for another process's refresh
    };
    using DoneHandler = std::function<void(const Result<void> &)>;

    //! \p store must outlive this object.
    explicit PersistentTokenCache(TokenStore &store, QObject *parent = nullptr);
    PersistentTokenCache(TokenStore &store, Options options, QObject *parent = nullptr);
    ~PersistentTokenCache() override;

    TokenStore &store() const;
    //! What was last loaded or saved. Empty before the first successful open().
    const TokenCache &snapshot() const;
    bool isLoaded() const;
    //! Whether another process changed the store since the last load. Costs one look at a file's time.
    bool isOutdated() const;
    //! See TokenStore::lastWarning().
    QString lastWarning() const;

    //! Loads the cache if that was never done or another process changed it; otherwise it only reports success.
    //! A locked keychain is waited for.
    //!
    //! Errors: as TokenStore; StoreBusy as cause when another process holds the store too long.
    void open(QObject *context, DoneHandler done);
    //! Under the store's lock: loads what others saved, applies \p change, saves, reads back. The snapshot shows the
    //! change from then on; when anything fails it stays as it was. A change that changes nothing saves nothing.
    void update(std::function<void(TokenCache &)> change, QObject *context, DoneHandler done);
    //! Whether a save would work now. To be asked before a refresh token is spent.
    void probe(QObject *context, DoneHandler done);
    //! Before the first sign-in: whatever TokenStore::prepare() has to ask. Does nothing once something is kept there.
    void prepare(QObject *context, DoneHandler done);
    //! Waits until nobody else refreshes \p key (for example the account), loads what they saved, hands out the lease.
    void withRefreshLock(const QString &key, QObject *context,
                         std::function<void(Result<std::unique_ptr<RefreshLease>>)> handler);

    // For callers who keep the document themselves, over a MemoryStore -----------------------------------
    //! Whether anything was stored or removed since the last serialize() or deserialize(): then it is time to keep the
    //! document. Reading changes nothing. Spec: MSAL contract C18.
    bool hasStateChanged() const;
    //! The whole document. It holds every token: keep it where secrets belong.
    [[nodiscard]] Secret serialize();
    //! Takes over a document that was kept, in place of everything that is here. Empty: an empty cache.
    //!
    //! Errors: StorageDamaged if it is no cache; as update().
    void deserialize(QByteArrayView document, QObject *context, DoneHandler done);

Q_SIGNALS:
    //! The snapshot differs from before, by this process or another.
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace Countersign

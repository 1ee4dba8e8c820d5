// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/storage/persistenttokencache.h>

#include <countersign/base/background.h>
#include <countersign/base/logging.h>
#include <countersign/crypto/digest.h>
#include <countersign/storage/storefiles.h>
#include <countersign/storage/storelock.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QFileSystemWatcher>
#include <QtCore/QSet>
#include <QtCore/QTimer>
#include <QtCore/QUuid>

#include <deque>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Countersign {

namespace {

// Lets go of the store's lock, whoever else still has a copy of this.
using Release = std::function<void()>;

class FileLease final : public RefreshLease
{
public:
    explicit FileLease(std::unique_ptr<StoreLock> lock) : m_lock(std::move(lock)) { }

private:
    std::unique_ptr<StoreLock> m_lock;
};

// For stores of this process alone.
class LocalLease final : public RefreshLease
{
public:
    LocalLease(std::shared_ptr<QSet<QString>> held, QString key) : m_held(std::move(held)), m_key(std::move(key)) { }
    ~LocalLease() override { m_held->remove(m_key); }

private:
    std::shared_ptr<QSet<QString>> m_held;
    QString m_key;
};

} // namespace

RefreshLease::~RefreshLease() = default;

class PersistentTokenCache::Private
{
public:
    Private(PersistentTokenCache *owner, TokenStore &used, Options chosen)
        : q(owner), store(used), options(chosen), isShared(!used.folder().isEmpty()),
          stamps(used.folder() + u'/' + used.id() + u".stamp"_s)
    {
    }

    // One thing at a time: a job calls its argument when it is over.
    using Job = std::function<void(std::function<void()>)>;
    void enqueue(Job job)
    {
        queue.push_back(std::move(job));
        if (!isBusy)
            runNext();
    }
    void runNext()
    {
        isBusy = !queue.empty();
        if (!isBusy)
            return;
        auto job = std::move(queue.front());
        queue.pop_front();
        later(q, [this, job = std::move(job)] { job([this] { runNext(); }); });
    }
    // Runs \p work in its turn, waits while the keychain is locked, and tells the caller if it is still there.
    void run(std::function<void(DoneHandler)> work, QObject *context, DoneHandler done)
    {
        enqueue([this, work = std::move(work), guard = QPointer<QObject>(context),
                 done = std::move(done)](const std::function<void()> &finished) {
            whileLocked(work, QDeadlineTimer(options.unlockDeadline),
                        [guard, done, finished](const Result<void> &result) {
                            // The next job starts later in any case: the handler may ask for another one first.
                            finished();
                            if (guard)
                                done(result);
                        });
        });
    }

    // Between two attempts the store's lock is free, and the keychain is only looked at: no second question pops up.
    void whileLocked(const std::function<void(DoneHandler)> &work, QDeadlineTimer until, const DoneHandler &done)
    {
        work([this, work, until, done](const Result<void> &result) {
            if (result || result.error().cause() != ErrorCause::StoreLocked || until.hasExpired())
                return done(result);
            waitForUnlock(result.error(), until, [this, work, until, done](const Result<void> &unlocked) {
                if (!unlocked)
                    return done(unlocked);
                whileLocked(work, until, done);
            });
        });
    }
    void waitForUnlock(const Error &why, QDeadlineTimer until, const DoneHandler &done)
    {
        const auto pause = std::min<std::chrono::milliseconds>(
            500ms,
            std::max(1ms, std::chrono::duration_cast<std::chrono::milliseconds>(until.remainingTimeAsDuration())));
        QTimer::singleShot(pause, q, [this, why, until, done] {
            store.probe(q, [this, why, until, done](const Result<void> &probed) {
                const bool isLocked = !probed && probed.error().cause() == ErrorCause::StoreLocked;
                if (isLocked && until.hasExpired())
                    return done(why);
                if (isLocked)
                    return waitForUnlock(why, until, done);
                done({});
            });
        });
    }

    void withLock(const DoneHandler &done, std::function<void(Release)> work)
    {
        if (!isShared)
            return work([] {});
        StoreLock::lock(
            store.lockPath(), options.lockDeadline, q,
            [done, work = std::move(work)](Result<std::unique_ptr<StoreLock>> lock) {
                if (!lock)
                    return done(lock.error());
                work([held = std::make_shared<std::unique_ptr<StoreLock>>(std::move(*lock))] { held->reset(); });
            });
    }

    QByteArray readStamp() const
    {
        if (!isShared)
            return {};
        return fileMark(stamps) + '|' + store.revision();
    }

    // Under the lock.
    void load(const DoneHandler &done)
    {
        const QByteArray current = readStamp();
        if (isLoaded && current == stamp)
            return done({});
        store.load(q, [this, current, done](Result<StoredBlob> blob) {
            if (!blob)
                return done(blob.error());
            auto cache = TokenCache::deserialize(std::move(blob->bytes));
            if (!cache)
                return done(cache.error());
            generation = blob->generation;
            warning = store.lastWarning();
            if (!warning.isEmpty())
                qCWarning(lcStorage).noquote() << warning;
            replaceSnapshot(std::move(*cache), current);
            done({});
        });
    }

    void replaceSnapshot(TokenCache cache, const QByteArray &newStamp)
    {
        snapshot = std::move(cache);
        snapshot.wipeRemoved();
        stamp = newStamp;
        isLoaded = true;
        watch();
        Q_EMIT q->changed();
    }

    void save(TokenCache changed, const DoneHandler &done)
    {
        // The stamp first: if this process dies while it saves, the others look again instead of trusting what they
        // have.
        if (isShared) {
            const QByteArray text = QByteArray::number(generation + 1) + ' ' + QUuid::createUuid().toByteArray();
            if (auto stamped = replaceStamp(stamps, text); !stamped)
                return done(stamped);
        }
        auto kept = std::make_shared<TokenCache>(std::move(changed));
        store.save({kept->document(), generation + 1, kept->hasForgotten()}, q,
                   [this, kept, done](const Result<void> &saved) {
                       if (!saved) {
                           // Whether anything reached the store is not known: the next one loads it again.
                           stamp.clear();
                           return done(saved);
                       }
                       ++generation;
                       kept->markSaved();
                       isChangedForCaller = true;
                       replaceSnapshot(std::move(*kept), readStamp());
                       done({});
                   });
    }

    // Not at once: for Linux to let go of a watch takes longer than a program needs that wants one token and ends.
    // Whatever needs a token looks at the stamp itself.
    void watch()
    {
        if (isWatching || !isShared)
            return;
        isWatching = true;
        QTimer::singleShot(1s, q, [this] {
            auto *const watcher = new QFileSystemWatcher({store.folder()}, q);
            QObject::connect(watcher, &QFileSystemWatcher::directoryChanged, q, [this] { followOthers(); });
            followOthers(); // who wrote before the watch began
        });
    }
    void followOthers()
    {
        if (isReloadPending || stamp == readStamp())
            return;
        isReloadPending = true;
        q->open(q, [this](const Result<void> &result) {
            isReloadPending = false;
            if (!result)
                qCInfo(lcStorage) << "another process changed the store, but it cannot be read now:"
                                  << result.error().message();
        });
    }

    void lease(const QString &key, QDeadlineTimer until, const QPointer<QObject> &context,
               const std::function<void(Result<std::unique_ptr<RefreshLease>>)> &handler)
    {
        if (!context)
            return;
        if (isShared) {
            const QString name = QString::fromLatin1(digest(HashAlgorithm::Sha256, key.toUtf8()).toHex().first(24));
            StoreLock::lock(
                store.folder() + u'/' + store.id() + u".refresh-"_s + name + u".lock"_s, options.refreshDeadline,
                context,
                [this, alive = QPointer<QObject>(q), context, handler](Result<std::unique_ptr<StoreLock>> lock) {
                    if (!alive)
                        return;
                    if (!lock)
                        return handler(lock.error());
                    handOut(
                        std::make_shared<std::unique_ptr<RefreshLease>>(std::make_unique<FileLease>(std::move(*lock))),
                        context, handler);
                });
            return;
        }
        if (!heldLocally->contains(key)) {
            heldLocally->insert(key);
            return handOut(
                std::make_shared<std::unique_ptr<RefreshLease>>(std::make_unique<LocalLease>(heldLocally, key)),
                context, handler);
        }
        if (until.hasExpired())
            return handler(Error{ErrorCode::StorageUnavailable, ErrorCause::StoreBusy,
                                 u"another request refreshes the same account"_s});
        QTimer::singleShot(5ms, q, [this, key, until, context, handler] { lease(key, until, context, handler); });
    }
    void handOut(const std::shared_ptr<std::unique_ptr<RefreshLease>> &lease, const QPointer<QObject> &context,
                 const std::function<void(Result<std::unique_ptr<RefreshLease>>)> &handler)
    {
        if (!context)
            return;
        q->open(context, [lease, handler](const Result<void> &opened) {
            if (!opened)
                return handler(opened.error());
            handler(std::move(*lease));
        });
    }

    PersistentTokenCache *const q;
    TokenStore &store;
    const Options options;
    const bool isShared; // with other processes
    const QString stamps; // the file that tells them of a change
    TokenCache snapshot;
    quint64 generation = 0;
    QByteArray stamp;
    QString warning;
    bool isLoaded = false;
    bool isBusy = false;
    bool isReloadPending = false;
    bool isWatching = false;
    bool isChangedForCaller = false;
    std::deque<Job> queue;
    std::shared_ptr<QSet<QString>> heldLocally = std::make_shared<QSet<QString>>();
};

PersistentTokenCache::PersistentTokenCache(TokenStore &store, QObject *parent)
    : PersistentTokenCache(store, Options(), parent)
{
}

PersistentTokenCache::PersistentTokenCache(TokenStore &store, Options options, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, store, options))
{
}

PersistentTokenCache::~PersistentTokenCache() = default;

TokenStore &PersistentTokenCache::store() const
{
    return d->store;
}

const TokenCache &PersistentTokenCache::snapshot() const
{
    return d->snapshot;
}

bool PersistentTokenCache::isLoaded() const
{
    return d->isLoaded;
}

bool PersistentTokenCache::isOutdated() const
{
    return !d->isLoaded || d->stamp != d->readStamp();
}

QString PersistentTokenCache::lastWarning() const
{
    return d->warning;
}

void PersistentTokenCache::open(QObject *context, DoneHandler done)
{
    d->run(
        [this](const DoneHandler &finished) {
            if (!isOutdated())
                return finished({});
            d->withLock(finished, [this, finished](const Release &release) {
                d->load([finished, release](const Result<void> &result) {
                    release();
                    finished(result);
                });
            });
        },
        context, std::move(done));
}

void PersistentTokenCache::update(std::function<void(TokenCache &)> change, QObject *context, DoneHandler done)
{
    d->run(
        [this, change = std::move(change)](const DoneHandler &finished) {
            d->withLock(finished, [this, change, finished](const Release &release) {
                d->load([this, change, finished, release](const Result<void> &loaded) {
                    if (!loaded) {
                        release();
                        return finished(loaded);
                    }
                    TokenCache changedCache = d->snapshot;
                    change(changedCache);
                    if (!changedCache.hasStateChanged()) {
                        release();
                        return finished({});
                    }
                    d->save(std::move(changedCache), [finished, release](const Result<void> &saved) {
                        release();
                        finished(saved);
                    });
                });
            });
        },
        context, std::move(done));
}

bool PersistentTokenCache::hasStateChanged() const
{
    return d->isChangedForCaller;
}

Secret PersistentTokenCache::serialize()
{
    d->isChangedForCaller = false;
    return Secret(d->snapshot.serialize());
}

void PersistentTokenCache::deserialize(QByteArrayView document, QObject *context, DoneHandler done)
{
    auto read = TokenCache::deserialize(document);
    if (!read)
        return later(context, [done = std::move(done), error = read.error()] { done(error); });
    read->markChanged();
    update([read = *std::move(read)](TokenCache &cache) { cache = read; }, context,
           [this, done = std::move(done)](const Result<void> &result) {
               if (result)
                   d->isChangedForCaller = false;
               done(result);
           });
}

void PersistentTokenCache::probe(QObject *context, DoneHandler done)
{
    d->store.probe(context, std::move(done));
}

void PersistentTokenCache::prepare(QObject *context, DoneHandler done)
{
    // In its turn: two sign-ins at once ask one question.
    d->run(
        [this](const DoneHandler &finished) {
            if (!d->snapshot.isEmpty())
                return finished({});
            d->store.prepare(this, finished);
        },
        context, std::move(done));
}

void PersistentTokenCache::withRefreshLock(const QString &key, QObject *context,
                                           std::function<void(Result<std::unique_ptr<RefreshLease>>)> handler)
{
    later(this, [this, key, guard = QPointer<QObject>(context), handler = std::move(handler)] {
        d->lease(key, QDeadlineTimer(d->options.refreshDeadline), guard, handler);
    });
}

} // namespace Countersign

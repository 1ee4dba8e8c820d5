// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/storage/storemigration.h>

#include <countersign/storage/storefiles.h>
#include <countersign/storage/storelock.h>

#include <QtCore/QPointer>
#include <QtCore/QUuid>

#include <memory>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

QByteArrayView withoutPadding(const Secret &bytes)
{
    QByteArrayView text = bytes.reveal();
    while (!text.isEmpty() && text.back() == ' ')
        text.chop(1);
    return text;
}

class Migration final : public std::enable_shared_from_this<Migration>
{
public:
    Migration(TokenStore &from, TokenStore &to, QObject *context, TokenStore::DoneHandler done,
              std::function<Result<void>()> adopt)
        : m_from(from), m_to(to), m_context(context), m_done(std::move(done)), m_adopt(std::move(adopt))
    {
    }

    void start()
    {
        // Always in the same order, or two migrations in opposite directions would wait for each other.
        m_paths = {m_from.lockPath(), m_to.lockPath()};
        m_paths.removeAll({});
        m_paths.sort();
        m_paths.removeDuplicates();
        lockNext();
    }

private:
    void lockNext()
    {
        if (m_paths.isEmpty())
            return loadSource();
        StoreLock::lock(m_paths.takeFirst(), std::chrono::seconds{10}, m_context,
                        [self = shared_from_this()](Result<std::unique_ptr<StoreLock>> lock) {
                            if (!lock)
                                return self->m_done(lock.error());
                            self->m_locks.push_back(std::move(*lock));
                            self->lockNext();
                        });
    }

    void loadSource()
    {
        m_from.load(m_context, [self = shared_from_this()](Result<StoredBlob> blob) {
            if (!blob)
                return self->m_done(blob.error());
            self->m_blob = std::move(*blob);
            self->m_to.load(self->m_context, [self](Result<StoredBlob> target) {
                if (!target)
                    return self->m_done(target.error());
                // A move that was cut off after its proof goes on from there.
                if (!target->bytes.isEmpty() && withoutPadding(target->bytes) == withoutPadding(self->m_blob.bytes))
                    return self->prove();
                if (!target->bytes.isEmpty())
                    return self->m_done(Error{ErrorCode::InvalidArgument,
                                              u"the store to move to is not empty: "_s + self->m_to.name()});
                self->copy();
            });
        });
    }

    void copy()
    {
        m_to.save({m_blob.bytes.clone(), m_blob.generation}, m_context,
                  [self = shared_from_this()](const Result<void> &saved) {
                      if (!saved)
                          return self->m_done(saved);
                      self->prove();
                  });
    }

    void prove()
    {
        m_to.load(m_context, [self = shared_from_this()](Result<StoredBlob> copy) {
            if (!copy)
                return self->m_done(copy.error());
            if (withoutPadding(copy->bytes) != withoutPadding(self->m_blob.bytes))
                return self->m_done(Error{ErrorCode::StorageUnavailable, ErrorCause::StoreWriteNotVerified,
                                          u"the new store did not give back what was saved"_s});
            if (const auto adopted = self->m_adopt ? self->m_adopt() : Result<void>(); !adopted)
                return self->takeBack(adopted.error());
            self->tellOthers();
            self->m_from.clear(self->m_context, [self](const Result<void> &cleared) { self->m_done(cleared); });
        });
    }

    // Nobody will look for the copy.
    void takeBack(const Error &error)
    {
        m_to.clear(m_context, [self = shared_from_this(), error](const Result<void> &) { self->m_done(error); });
    }

    // Programs that still use the old store are to notice that it is empty. The stamp first: they look once the locks
    // are free, whether this process lives until then or not.
    void tellOthers()
    {
        for (const TokenStore *store : {&m_from, &m_to}) {
            if (store->folder().isEmpty())
                continue;
            static_cast<void>(
                replaceStamp(store->folder() + u'/' + store->id() + u".stamp"_s, QUuid::createUuid().toByteArray())
                    .hasValue());
        }
    }

    TokenStore &m_from;
    TokenStore &m_to;
    QPointer<QObject> m_context;
    TokenStore::DoneHandler m_done;
    std::function<Result<void>()> m_adopt;
    QStringList m_paths;
    std::vector<std::unique_ptr<StoreLock>> m_locks;
    StoredBlob m_blob;
};

} // namespace

void migrateStore(TokenStore &from, TokenStore &to, QObject *context, TokenStore::DoneHandler done,
                  std::function<Result<void>()> adopt)
{
    std::make_shared<Migration>(from, to, context, std::move(done), std::move(adopt))->start();
}

} // namespace Countersign

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/lockedfilestore.h>

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

Error locked()
{
    return {ErrorCode::StorageUnavailable, ErrorCause::StoreLocked,
            u"the sealed file is locked: its passphrase was not given"_s};
}

template <typename Handler> void refuse(QObject *context, Handler handler)
{
    QMetaObject::invokeMethod(
        context, [handler = std::move(handler)] { handler(locked()); }, Qt::QueuedConnection);
}

} // namespace

LockedFileStore::LockedFileStore(RandomSource &random, const QString &path)
    : m_random(random), m_path(path), m_file(std::make_unique<SealedFileStore>(Secret(), random, path))
{
}

LockedFileStore::~LockedFileStore() = default;

void LockedFileStore::unlock(Secret passphrase)
{
    m_file = std::make_unique<SealedFileStore>(std::move(passphrase), m_random, m_path);
    m_isLocked = false;
}

void LockedFileStore::load(QObject *context, LoadHandler handler)
{
    if (m_isLocked)
        return refuse(context, std::move(handler));
    m_file->load(context, std::move(handler));
}

void LockedFileStore::save(StoredBlob blob, QObject *context, DoneHandler handler)
{
    if (m_isLocked)
        return refuse(context, std::move(handler));
    m_file->save(std::move(blob), context, std::move(handler));
}

void LockedFileStore::probe(QObject *context, DoneHandler handler)
{
    if (m_isLocked)
        return refuse(context, std::move(handler));
    m_file->probe(context, std::move(handler));
}

void LockedFileStore::clear(QObject *context, DoneHandler handler)
{
    if (m_isLocked)
        return refuse(context, std::move(handler));
    m_file->clear(context, std::move(handler));
}

} // namespace Countersign::App

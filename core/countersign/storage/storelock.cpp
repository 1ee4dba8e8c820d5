// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/storage/storelock.h>

#include <countersign/storage/storefiles.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDeadlineTimer>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QLockFile>
#include <QtCore/QTimer>

#include <cerrno>

#ifndef Q_OS_WIN
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Countersign {

#ifndef Q_OS_WIN
struct StoreLock::Handle
{
    int descriptor = -1;
    ~Handle()
    {
        if (descriptor >= 0)
            ::close(descriptor);
    }
};
#else
struct StoreLock::Handle
{
    std::unique_ptr<QLockFile> file;
};
#endif

StoreLock::~StoreLock() = default;

Result<std::unique_ptr<StoreLock>> StoreLock::tryLock(const QString &path)
{
    if (auto made = makePrivateFolder(QFileInfo(path).path(), OpenFolder::Leave); !made)
        return made.error();
    std::unique_ptr<StoreLock> lock(new StoreLock);
    lock->m_handle = std::make_unique<Handle>();
#ifndef Q_OS_WIN
    // Never removed: a lock on a file that has lost its name protects nobody.
    const QByteArray name = QFile::encodeName(path);
    int descriptor = ::open(name.constData(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
    // Where nothing can be written any more, what is there can still be read, under the same lock.
    const int why = descriptor < 0 ? errno : 0; // of the first attempt: that the file is not there says nothing
    if (why == EROFS || why == ENOSPC || why == EDQUOT)
        descriptor = ::open(name.constData(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (descriptor < 0)
        return systemError(u"the lock file cannot be opened"_s, path, why);
    lock->m_handle->descriptor = descriptor;
    // flock and not fcntl: it belongs to the open file, so that two holders in one process exclude each other, too.
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return std::unique_ptr<StoreLock>();
    const QByteArray holder = QByteArray::number(QCoreApplication::applicationPid()) + ' '
        + QFileInfo(QCoreApplication::applicationFilePath()).fileName().toUtf8() + '\n';
    // The name is a courtesy: on a full disk the lock still holds. Cut off behind it, never emptied: ext4 sends a file
    // that was emptied to the disk when it is closed, and with it makes everybody wait who wants but to read.
    const auto size = static_cast<std::size_t>(holder.size());
    [[maybe_unused]] const bool isNamed = ::pwrite(descriptor, holder.constData(), size, 0) == holder.size()
        && ::ftruncate(descriptor, holder.size()) == 0;
#else
    lock->m_handle->file = std::make_unique<QLockFile>(path);
    lock->m_handle->file->setStaleLockTime(0);
    if (!lock->m_handle->file->tryLock(0))
        return std::unique_ptr<StoreLock>();
#endif
    return lock;
}

QString StoreLock::holder(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QString::fromUtf8(file.read(256)).section(u'\n', 0, 0);
}

void StoreLock::lock(const QString &path, std::chrono::milliseconds deadline, QObject *context,
                     std::function<void(Result<std::unique_ptr<StoreLock>>)> handler)
{
    constexpr std::chrono::milliseconds shortest{2};
    constexpr std::chrono::milliseconds longest{20};
    auto *const timer = new QTimer(context);
    timer->setSingleShot(true);
    const QDeadlineTimer until(deadline);
    // Asks again and again: a thread that sleeps in flock() could be neither cancelled nor given a deadline.
    QObject::connect(timer, &QTimer::timeout, context,
                     [timer, until, path, handler = std::move(handler), pause = shortest, longest]() mutable {
                         auto lock = tryLock(path);
                         if (lock && !*lock && !until.hasExpired()) {
                             pause = std::min(pause * 2, longest);
                             return timer->start(pause);
                         }
                         timer->deleteLater();
                         const auto deliver = std::move(handler);
                         if (lock && !*lock)
                             return deliver(Error{ErrorCode::StorageUnavailable, ErrorCause::StoreBusy,
                                                  u"another process holds the store: "_s + holder(path)});
                         deliver(std::move(lock));
                     });
    timer->start(0);
}

} // namespace Countersign

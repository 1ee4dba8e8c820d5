// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/storage/storefiles.h>

#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>
#include <QtCore/QUuid>

#include <array>
#include <cerrno>
#include <cstring>

#ifndef Q_OS_WIN
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

Error unavailable(ErrorCause cause, const QString &what, const QString &path)
{
    return {ErrorCode::StorageUnavailable, cause, what + u": "_s + path};
}

} // namespace

#ifndef Q_OS_WIN

Error systemError(const QString &what, const QString &path, int number)
{
    const QString reason = QString::fromLocal8Bit(std::strerror(number)); // NOLINT(concurrency-mt-unsafe) glibc's is
    ErrorCause cause = ErrorCause::Unspecified;
    switch (number) {
    case ENOSPC:
    case EDQUOT:
    case EFBIG: cause = ErrorCause::StoreFull; break;
    case EACCES:
    case EPERM:
    case EROFS:
    case ELOOP:
    case ENOTDIR: cause = ErrorCause::StoreDenied; break;
    default: break;
    }
    return unavailable(cause, what + u" ("_s + reason + u')', path);
}

namespace {

class Descriptor
{
public:
    explicit Descriptor(int number) : m_number(number) { }
    ~Descriptor() { close(); }
    Q_DISABLE_COPY_MOVE(Descriptor)
    bool isOpen() const { return m_number >= 0; }
    int number() const { return m_number; }
    int close()
    {
        const int result = m_number >= 0 ? ::close(m_number) : 0;
        m_number = -1;
        return result;
    }

private:
    int m_number;
};

int openAgain(const char *path, int flags, mode_t mode = 0)
{
    int number = -1;
    do
        number = ::open(path, flags | O_CLOEXEC, mode);
    while (number < 0 && errno == EINTR);
    return number;
}

bool writeAll(int number, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(number, bytes.data(), static_cast<std::size_t>(bytes.size()));
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes = bytes.sliced(written);
    }
    return true;
}

void syncFolder(const QString &path)
{
    // Some file systems refuse to flush a folder; the rename itself has happened all the same.
    const Descriptor folder(openAgain(QFile::encodeName(path).constData(), O_RDONLY | O_DIRECTORY));
    if (folder.isOpen())
        ::fsync(folder.number());
}

// Parents included, each one's name flushed: a file that is safe in a folder which is not would go with it. Gives
// errno.
int makeFolder(const QString &path)
{
    const QString parent = QFileInfo(path).path();
    if (!QFileInfo::exists(parent)) {
        if (const int number = makeFolder(parent); number != 0)
            return number;
    }
    if (::mkdir(QFile::encodeName(path).constData(), 0700) != 0)
        return errno == EEXIST ? 0 : errno;
    syncFolder(parent);
    return 0;
}

Result<void> refuseWritable(const struct stat &status, const QString &path)
{
    // In a sticky folder, as /tmp is, others can add files and rename none of ours.
    if ((status.st_mode & 022) != 0 && (status.st_mode & S_ISVTX) == 0)
        return unavailable(ErrorCause::StoreDenied, u"others can write into the folder; chmod 700 it"_s, path);
    return {};
}

} // namespace

Result<void> checkFolder(const QString &path)
{
    struct stat status = {};
    const bool isThere = ::stat(QFile::encodeName(path).constData(), &status) == 0;
    return isThere ? refuseWritable(status, path) : Result<void>();
}

Result<void> makePrivateFolder(const QString &path, OpenFolder open)
{
    struct stat status = {};
    const QByteArray name = QFile::encodeName(path);
    if (::lstat(name.constData(), &status) != 0) {
        if (const int number = makeFolder(path); number != 0)
            return systemError(u"the folder cannot be made"_s, path, number);
        if (::lstat(name.constData(), &status) != 0)
            return systemError(u"the folder cannot be read"_s, path, errno);
    }
    if (!S_ISDIR(status.st_mode))
        return unavailable(ErrorCause::StoreDenied, u"this is not a folder"_s, path);
    if (status.st_uid != ::geteuid())
        return unavailable(ErrorCause::StoreDenied, u"the folder belongs to somebody else"_s, path);
    if ((status.st_mode & 077) == 0 || open == OpenFolder::Leave)
        return {};
    if (open == OpenFolder::Refuse)
        return unavailable(ErrorCause::StoreDenied, u"the folder is open to others; chmod 700 it"_s, path);
    return refuseWritable(status, path);
}

Result<std::optional<Secret>> readPrivateFile(const QString &path, qsizetype padding)
{
    const Descriptor file(openAgain(QFile::encodeName(path).constData(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK));
    if (!file.isOpen()) {
        if (errno == ENOENT)
            return std::optional<Secret>();
        if (errno == ELOOP)
            return unavailable(ErrorCause::StoreDenied, u"the file is a symbolic link"_s, path);
        return systemError(u"the file cannot be read"_s, path, errno);
    }
    struct stat status = {};
    if (::fstat(file.number(), &status) != 0)
        return systemError(u"the file cannot be read"_s, path, errno);
    if (!S_ISREG(status.st_mode))
        return unavailable(ErrorCause::StoreDenied, u"this is not a plain file"_s, path);
    if (status.st_uid != ::geteuid())
        return unavailable(ErrorCause::StoreDenied, u"the file belongs to somebody else"_s, path);
    if (status.st_nlink != 1)
        return unavailable(ErrorCause::StoreDenied, u"the file has a second name (hard link)"_s, path);
    if ((status.st_mode & 077) != 0)
        return unavailable(ErrorCause::StoreDenied, u"the file can be read by others; chmod 600 it"_s, path);
    constexpr qint64 maximumSize = 1LL << 30;
    if (status.st_size > maximumSize)
        return unavailable(ErrorCause::StoreDenied, u"the file is larger than a cache can be"_s, path);
    Secret bytes = Secret::ofSize(static_cast<qsizetype>(status.st_size) + padding);
    char *const to = reinterpret_cast<char *>(bytes.writable().data());
    qint64 read = 0;
    while (read < status.st_size) {
        const ssize_t count = ::read(file.number(), to + read, static_cast<std::size_t>(status.st_size - read));
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return systemError(u"the file cannot be read"_s, path, count < 0 ? errno : EIO);
        read += count;
    }
    if (padding > 0)
        std::memset(to + read, ' ', static_cast<std::size_t>(padding));
    return std::optional<Secret>(std::move(bytes));
}

Result<void> replacePrivateFile(const QString &path, QByteArrayView bytes, const QString &previousPath)
{
    const QByteArray target = QFile::encodeName(path);
    const QByteArray temporary = target + ".new";
    ::unlink(temporary.constData()); // of a writer that was killed; the lock says that nobody else writes now
    Descriptor file(openAgain(temporary.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600));
    if (!file.isOpen())
        return systemError(u"the file cannot be written"_s, path, errno);
    const auto failed = [&temporary, &path](int number) -> Result<void> {
        ::unlink(temporary.constData());
        return systemError(u"the file cannot be written"_s, path, number);
    };
    if (!writeAll(file.number(), bytes) || ::fsync(file.number()) != 0)
        return failed(errno);
    if (file.close() != 0)
        return failed(errno);
    // Read back before anything is given up for it.
    const auto written = readPrivateFile(path + u".new"_s);
    if (!written || !*written || (*written)->reveal() != bytes) {
        ::unlink(temporary.constData());
        return unavailable(ErrorCause::StoreWriteNotVerified, u"what was written could not be read back"_s, path);
    }
    // Between the two renames the document has no name but its previous generation has: readers fall back to it.
    if (!previousPath.isEmpty() && ::rename(target.constData(), QFile::encodeName(previousPath).constData()) != 0
        && errno != ENOENT)
        return failed(errno);
    if (::rename(temporary.constData(), target.constData()) != 0)
        return failed(errno);
    syncFolder(QFileInfo(path).path());
    return {};
}

Result<void> removePrivateFile(const QString &path)
{
    if (::unlink(QFile::encodeName(path).constData()) == 0)
        syncFolder(QFileInfo(path).path());
    else if (errno != ENOENT && errno != ENOTDIR)
        return systemError(u"the file cannot be removed"_s, path, errno);
    return {};
}

Result<void> probeFolder(const QString &folder, OpenFolder open)
{
    if (auto made = makePrivateFolder(folder, open); !made)
        return made;
    const QByteArray name = QFile::encodeName(folder + u"/probe-"_s + QUuid::createUuid().toString(QUuid::Id128));
    Descriptor file(openAgain(name.constData(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW, 0600));
    if (!file.isOpen())
        return systemError(u"the folder cannot be written to"_s, folder, errno);
    // Without its name it takes the same room, and a process that is killed now leaves nothing behind.
    ::unlink(name.constData());
    const bool isWritten = writeAll(file.number(), QByteArray(4096, ' ')) && ::fsync(file.number()) == 0;
    const int number = errno;
    if (!isWritten)
        return systemError(u"the folder cannot be written to"_s, folder, number);
    return {};
}

QByteArray fileMark(const QString &path)
{
    struct stat status = {};
    if (::stat(QFile::encodeName(path).constData(), &status) != 0)
        return {};
#ifdef Q_OS_DARWIN
    const auto &written = status.st_mtimespec;
    const auto &changed = status.st_ctimespec;
#else
    const auto &written = status.st_mtim;
    const auto &changed = status.st_ctim;
#endif
    const std::array<qint64, 7> mark{static_cast<qint64>(status.st_dev),   static_cast<qint64>(status.st_ino),
                                     static_cast<qint64>(status.st_size),  static_cast<qint64>(written.tv_sec),
                                     static_cast<qint64>(written.tv_nsec), static_cast<qint64>(changed.tv_sec),
                                     static_cast<qint64>(changed.tv_nsec)};
    return {reinterpret_cast<const char *>(mark.data()), static_cast<qsizetype>(sizeof mark)};
}

#else // Windows: the profile folder's access control list keeps others out.

Result<void> checkFolder(const QString &)
{
    return {};
}

Result<void> makePrivateFolder(const QString &path, OpenFolder)
{
    if (!QDir().mkpath(path))
        return unavailable(ErrorCause::StoreDenied, u"the folder cannot be made"_s, path);
    return {};
}

Result<std::optional<Secret>> readPrivateFile(const QString &path, qsizetype padding)
{
    const QFileInfo info(path);
    if (info.isSymLink())
        return unavailable(ErrorCause::StoreDenied, u"the file is a symbolic link"_s, path);
    if (!info.exists())
        return std::optional<Secret>();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return unavailable(ErrorCause::StoreDenied, u"the file cannot be read"_s, path);
    Secret bytes = Secret::ofSize(file.size() + padding);
    char *const to = reinterpret_cast<char *>(bytes.writable().data());
    if (file.read(to, file.size()) != file.size())
        return unavailable(ErrorCause::Unspecified, u"the file cannot be read"_s, path);
    std::memset(to + file.size(), ' ', static_cast<std::size_t>(padding));
    return std::optional<Secret>(std::move(bytes));
}

Result<void> replacePrivateFile(const QString &path, QByteArrayView bytes, const QString &previousPath)
{
    if (!previousPath.isEmpty() && QFile::exists(path)) {
        QFile::remove(previousPath);
        QFile::copy(path, previousPath);
    }
    QSaveFile file(path); // flushes to the disk before it renames
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes.data(), bytes.size()) != bytes.size() || !file.flush()
        || !file.commit())
        return unavailable(ErrorCause::StoreFull, u"the file cannot be written"_s, path);
    const auto written = readPrivateFile(path);
    if (!written || !*written || (*written)->reveal() != bytes)
        return unavailable(ErrorCause::StoreWriteNotVerified, u"what was written could not be read back"_s, path);
    return {};
}

Result<void> removePrivateFile(const QString &path)
{
    if (QFile::exists(path) && !QFile::remove(path))
        return unavailable(ErrorCause::StoreDenied, u"the file cannot be removed"_s, path);
    return {};
}

Result<void> probeFolder(const QString &folder, OpenFolder open)
{
    if (auto made = makePrivateFolder(folder, open); !made)
        return made;
    QSaveFile file(folder + u"/probe"_s);
    if (!file.open(QIODevice::WriteOnly))
        return unavailable(ErrorCause::StoreDenied, u"the folder cannot be written to"_s, folder);
    return {};
}

QByteArray fileMark(const QString &path)
{
    constexpr qint64 stampSize = 256; // of a stamp the text says more than the time
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QByteArray::number(file.fileTime(QFileDevice::FileModificationTime).toMSecsSinceEpoch()) + '/'
        + QByteArray::number(file.size()) + '/' + (file.size() <= stampSize ? file.readAll() : QByteArray());
}

#endif

QString keepAside(const QString &path)
{
    const QString aside = path + u".damaged-"_s + QDateTime::currentDateTimeUtc().toString(u"yyyyMMddHHmmsszzz"_s);
    return QFile::rename(path, aside) ? aside : QString();
}

QString fateOfDamaged(const QString &aside)
{
    return aside.isEmpty() ? u"could not be kept aside"_s : u"is kept as "_s + aside;
}

Result<void> replaceStamp(const QString &path, const QByteArray &text)
{
    QSaveFile file(path);
    const bool isOpen = file.open(QIODevice::WriteOnly);
    // Flushed by hand: the commit alone takes a full disk for success and leaves an empty file (Qt 6.4).
    if (isOpen && file.write(text) == text.size() && file.flush() && file.commit())
        return {};
    const QString what = u"the stamp file cannot be written ("_s + file.errorString() + u')';
    // Qt names a full disk, but calls a quota and a limit just errors of the write.
    const bool isFull =
        isOpen && (file.error() == QFileDevice::ResourceError || file.error() == QFileDevice::WriteError);
    return unavailable(isFull ? ErrorCause::StoreFull : ErrorCause::StoreDenied, what, path);
}

} // namespace Countersign

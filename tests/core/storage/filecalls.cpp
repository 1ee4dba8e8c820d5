// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "filecalls.h"

#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QMutex>

#include <array>
#include <csignal>
#include <cstdio>

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace Countersign::Test {

namespace {

QMutex mutex;
QString watched; // empty: nothing is
QList<FileCall> calls;
int remaining = -1;
thread_local bool isNoting = false; // noting makes no notes of itself

QString nameOf(int descriptor)
{
    std::array<char, 4096> path{};
    const QByteArray link = "/proc/self/fd/" + QByteArray::number(descriptor);
    const ssize_t size = ::readlink(link.constData(), path.data(), path.size());
    return size > 0 ? QFile::decodeName(QByteArray(path.data(), size)) : QString();
}

QString relative(const QString &path)
{
    if (path == watched)
        return QStringLiteral(".");
    return path.startsWith(watched + u'/') ? path.sliced(watched.size() + 1) : QString();
}

void count()
{
    if (remaining == 0)
        ::raise(SIGKILL);
    --remaining;
}

void note(const char *name, const QString &from, const QString &to, bool isFolder = false)
{
    const QMutexLocker locker(&mutex);
    if (watched.isEmpty() || relative(to).isEmpty())
        return;
    count();
    calls.append({name, relative(from), relative(to), isFolder});
}

void noteMessage()
{
    const QMutexLocker locker(&mutex);
    if (watched.isEmpty())
        return;
    count();
    calls.append({"sendmsg", {}, {}, false});
}

template <typename Noting> void noteOnce(Noting noting)
{
    if (isNoting)
        return;
    isNoting = true;
    noting();
    isNoting = false;
}

} // namespace

FileCalls::FileCalls(const QString &folder, int dieBefore)
{
    const QMutexLocker locker(&mutex);
    watched = QFileInfo(folder).canonicalFilePath();
    calls.clear();
    remaining = dieBefore;
}

FileCalls::~FileCalls()
{
    const QMutexLocker locker(&mutex);
    watched.clear();
}

QList<FileCall> FileCalls::list() const
{
    const QMutexLocker locker(&mutex);
    return calls;
}

} // namespace Countersign::Test

using namespace Countersign::Test;

extern "C" {

int fsync(int descriptor)
{
    noteOnce([descriptor] {
        struct stat status = {};
        note("fsync", {}, nameOf(descriptor), ::fstat(descriptor, &status) == 0 && S_ISDIR(status.st_mode));
    });
    return static_cast<int>(::syscall(SYS_fsync, descriptor));
}

ssize_t write(int descriptor, const void *bytes, size_t size)
{
    noteOnce([descriptor] { note("write", {}, nameOf(descriptor)); });
    return ::syscall(SYS_write, descriptor, bytes, size);
}

// The bus, as a keychain is spoken to. Called from libraries, so it has to be seen by them.
__attribute__((visibility("default"))) ssize_t sendmsg(int descriptor, const msghdr *message, int flags)
{
    noteOnce(noteMessage);
    return ::syscall(SYS_sendmsg, descriptor, message, flags);
}

int rename(const char *from, const char *to) noexcept
{
    noteOnce([from, to] { note("rename", QFile::decodeName(from), QFile::decodeName(to)); });
    return static_cast<int>(::syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int unlink(const char *path) noexcept
{
    noteOnce([path] { note("unlink", {}, QFile::decodeName(path)); });
    return static_cast<int>(::syscall(SYS_unlinkat, AT_FDCWD, path, 0));
}
}

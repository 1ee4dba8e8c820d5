// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/outputfile.h>

#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>
#include <QtCore/QStringList>
#include <QtCore/QTemporaryFile>

#include <cstdio>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#endif

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

Error unavailable(const QString &why)
{
    return {ErrorCode::StorageUnavailable, why};
}

//! Whether it is one of the names that the system has for what is open already. All of them are links.
bool isOpenFile(const QString &path)
{
    static const QStringList names{u"/dev/stdout"_s, u"/dev/stderr"_s};
    return names.contains(path) || path.startsWith("/dev/fd/"_L1) || path.startsWith("/proc/self/fd/"_L1);
}

Result<void> writeThrough(const QString &path, QByteArrayView content)
{
    QFile file(path);
#ifdef Q_OS_UNIX
    // Without waiting for a reader of a pipe, and after what stands in it by now.
    const int descriptor =
        ::open(QFile::encodeName(path).constData(), O_WRONLY | O_APPEND | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (descriptor < 0)
        return unavailable(qt_error_string());
    const bool isOpen =
        file.open(descriptor, QIODevice::WriteOnly | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle);
#else
    const bool isOpen = file.open(QIODevice::WriteOnly | QIODevice::Unbuffered);
#endif
    if (!isOpen || file.write(content.data(), content.size()) != content.size())
        return unavailable(file.errorString());
    return {};
}

#ifdef Q_OS_UNIX
//! Unlike QSaveFile this never looks where a link leads: a name that becomes one meanwhile is replaced.
Result<void> writeWhole(const QString &path, QByteArrayView content)
{
    QTemporaryFile file(path + u".XXXXXX"_s); // for its owner only
    if (!file.open() || file.write(content.data(), content.size()) != content.size() || !file.flush())
        return unavailable(file.errorString());
    if (::rename(QFile::encodeName(file.fileName()).constData(), QFile::encodeName(path).constData()) != 0)
        return unavailable(qt_error_string());
    file.setAutoRemove(false);
    return {};
}
#else
Result<void> writeWhole(const QString &path, QByteArrayView content)
{
    QSaveFile file(path);
    const bool isWritten = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(content.data(), content.size()) == content.size() && file.flush() && file.commit();
    return isWritten ? Result<void>() : Result<void>(unavailable(file.errorString()));
}
#endif

} // namespace

Result<void> writeOutputFile(const QString &path, QByteArrayView content)
{
    const QFileInfo there(path);
    const bool isOfSystem = isOpenFile(there.absoluteFilePath());
    if (there.isSymLink() && !isOfSystem)
        return unavailable(u"it is a symbolic link, and not followed: name the file itself"_s);
    if (isOfSystem || (there.exists() && !there.isFile() && !there.isDir()))
        return writeThrough(path, content);
    return writeWhole(path, content);
}

} // namespace Countersign::App

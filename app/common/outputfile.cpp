// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/outputfile.h>

#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>

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

Result<void> writeThrough(const QString &path, QByteArrayView content)
{
    QFile file(path);
#ifdef Q_OS_UNIX
    // Without waiting for a reader of a pipe.
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
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

} // namespace

Result<void> writeOutputFile(const QString &path, QByteArrayView content)
{
    const QFileInfo there(path);
    if (there.exists() && !there.isFile() && !there.isDir())
        return writeThrough(path, content);
    QSaveFile file(path);
    const bool isWritten = file.open(QIODevice::WriteOnly)
        && file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner)
        && file.write(content.data(), content.size()) == content.size() && file.flush() && file.commit();
    return isWritten ? Result<void>() : Result<void>(unavailable(file.errorString()));
}

} // namespace Countersign::App

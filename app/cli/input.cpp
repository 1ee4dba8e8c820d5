// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "input.h"

#include "text.h"

#include <QtCore/QFile>

#ifndef Q_OS_WIN
#include "inputwait.h"

#include <cerrno>
#include <fcntl.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Countersign::Cli {

QString whyClosed(const QFile &file)
{
    // Qt has no words for a descriptor that it does not get.
    return file.error() == QFileDevice::NoError ? Text::tr("it is not open for reading") : file.errorString();
}

bool isEndOfWaiting(const Error &error)
{
    return error.code() == ErrorCode::TimedOut || error.code() == ErrorCode::Cancelled;
}

#ifdef Q_OS_WIN

bool openInput(QFile &file, const QString &path)
{
    if (path == "-"_L1)
        return file.open(stdin, QIODevice::ReadOnly);
    file.setFileName(path);
    return file.open(QIODevice::ReadOnly);
}

Result<QByteArray> readInput(QFile &file, qint64 limit, const QDeadlineTimer &, bool &)
{
    auto bytes = file.read(limit + 1);
    if (file.error() != QFileDevice::NoError)
        return Error{ErrorCode::InvalidArgument, file.errorString()};
    return bytes;
}

#else

bool openInput(QFile &file, const QString &path)
{
    if (path == "-"_L1)
        return file.open(STDIN_FILENO, QIODevice::ReadOnly | QIODevice::Unbuffered);
    const int descriptor = ::open(QFile::encodeName(path).constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
    if (descriptor >= 0)
        return file.open(descriptor, QIODevice::ReadOnly | QIODevice::Unbuffered, QFileDevice::AutoCloseHandle);
    file.setFileName(path);
    return file.open(QIODevice::ReadOnly); // for its words
}

Result<QByteArray> readInput(QFile &file, qint64 limit, const QDeadlineTimer &deadline, bool &isTerminated)
{
    const InputWait input;
    QByteArray bytes(static_cast<qsizetype>(limit + 1), Qt::Uninitialized); // never grows: no copy is left behind
    qsizetype size = 0;
    while (size < bytes.size()) {
        auto outcome = input.wait(file.handle(), deadline);
        const bool isReady = outcome == InputWait::Outcome::Ready;
        const auto got =
            isReady ? ::read(file.handle(), bytes.data() + size, static_cast<std::size_t>(bytes.size() - size)) : -1;
        const int error = errno;
        if (got == 0)
            outcome = input.outcome();
        isTerminated = outcome == InputWait::Outcome::Terminated;
        if (outcome == InputWait::Outcome::TimedOut)
            return Error{ErrorCode::TimedOut, Text::tr("The time given by --timeout is over; no more input came.")};
        if (outcome != InputWait::Outcome::Ready)
            return interruptedWait();
        if (got == 0)
            break;
        if (got > 0)
            size += got;
        else if (error != EINTR && error != EAGAIN)
            return Error{ErrorCode::InvalidArgument, qt_error_string(error)};
    }
    bytes.resize(size);
    return bytes;
}

#endif

} // namespace Countersign::Cli

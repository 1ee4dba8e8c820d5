// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "logoutput.h"
#include "program.h"

#include <countersign/base/logging.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QCoreApplication>

#ifndef Q_OS_WIN
#include <cerrno>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace {

//! A standard stream that came closed would become the next file that is opened, a token store perhaps, and hints would
//! be written into that. Opened the wrong way round, it still fails for whoever uses it.
void occupyStandardStreams()
{
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) < 0 && errno == EBADF)
            (void)::open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY);
    }
}

} // namespace
#endif

int main(int argc, char **argv)
{
#ifndef Q_OS_WIN
    occupyStandardStreams();
    // A reader of hints that goes away must not end a refresh between its answer and the store.
    std::signal(SIGPIPE, SIG_IGN);
#endif
    Countersign::initializeSecureHeap();
    Countersign::Cli::installLogOutput();
    Countersign::installRedactingLogSink();
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("countersign"));
    QCoreApplication::setApplicationVersion(QStringLiteral(COUNTERSIGN_VERSION));
    return Countersign::Cli::run(QCoreApplication::arguments().value(0), QCoreApplication::arguments().mid(1));
}

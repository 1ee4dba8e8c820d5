// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "processwatch.h"

#include <QtCore/QSocketNotifier>
#include <QtCore/QTimer>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>
#ifdef Q_OS_LINUX
#include <sys/prctl.h>
#endif

namespace CountersignSandbox {

namespace {

std::array<int, 2> signalPair{-1, -1};

// Only what is safe in a handler: one byte to the event loop (signal-safety(7)).
void passOn(int)
{
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(signalPair[0], &byte, 1);
}

} // namespace

void stopOnSignals(QObject *context, std::function<void()> stop)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, signalPair.data()) != 0)
        return; // the default action still ends the process
    for (const int descriptor : signalPair)
        ::fcntl(descriptor, F_SETFD, FD_CLOEXEC);
    auto *const notifier = new QSocketNotifier(signalPair[1], QSocketNotifier::Read, context);
    QObject::connect(notifier, &QSocketNotifier::activated, context, [stop = std::move(stop)] { stop(); });
    struct sigaction action = {};
    action.sa_handler = passOn;
    action.sa_flags = SA_RESTART;
    for (const int signal : {SIGTERM, SIGINT, SIGHUP})
        ::sigaction(signal, &action, nullptr);
}

bool stopWithParent(QObject *context, std::function<void()> stop)
{
    const pid_t parent = ::getppid();
#ifdef Q_OS_LINUX
    ::prctl(PR_SET_PDEATHSIG, SIGTERM);
#endif
    // Elsewhere, and for a parent that was gone before the call: an orphan has another parent.
    auto *const timer = new QTimer(context);
    QObject::connect(timer, &QTimer::timeout, context, [parent, stop = std::move(stop)] {
        if (::getppid() != parent)
            stop();
    });
    timer->start(std::chrono::seconds(1));
    return true;
}

void stopOnEndOfInput(QObject *context, std::function<void()> stop)
{
    auto *const notifier = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, context);
    QObject::connect(notifier, &QSocketNotifier::activated, context, [notifier, stop = std::move(stop)] {
        std::array<char, 256> ignored{};
        if (::read(STDIN_FILENO, ignored.data(), ignored.size()) > 0)
            return;
        notifier->setEnabled(false);
        stop();
    });
}

} // namespace CountersignSandbox

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/interruption.h>

#include <QtCore/QSocketNotifier>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace Countersign::App {
namespace {

std::array<int, 2> ends{-1, -1}; // a signal handler can reach nothing but what is static

void handleSignal(int number)
{
    const char byte = number == SIGTERM ? 'T' : 'I';
    // Nothing can be done about a failure here; the pipe is never full before the first byte is read.
    if (::write(ends[1], &byte, 1) != 1)
        ::_exit(128 + number);
}

void setHandler(int number, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    // Once: the second signal meets the default and ends the process.
    action.sa_flags = static_cast<int>(SA_RESETHAND);
    ::sigaction(number, &action, nullptr);
}

} // namespace

Interruption::Interruption()
{
    if (::pipe(ends.data()) != 0)
        return;
    for (const int end : ends)
        ::fcntl(end, F_SETFD, FD_CLOEXEC);
    auto *const notifier = new QSocketNotifier(ends[0], QSocketNotifier::Read, this);
    connect(notifier, &QSocketNotifier::activated, this, &Interruption::read);
    setHandler(SIGINT, handleSignal);
    setHandler(SIGTERM, handleSignal);
}

Interruption::~Interruption()
{
    setHandler(SIGINT, SIG_DFL);
    setHandler(SIGTERM, SIG_DFL);
    for (int &end : ends) {
        if (end >= 0)
            ::close(end);
        end = -1;
    }
}

void Interruption::read()
{
    char byte = 0;
    if (::read(ends[0], &byte, 1) == 1)
        Q_EMIT requested(byte == 'T' ? Kind::Terminated : Kind::Interrupted);
}

} // namespace Countersign::App

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inputwait.h"

#include "text.h"

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <sys/select.h>

namespace Countersign::Cli {
namespace {

volatile std::sig_atomic_t lastSignal = 0; // a signal handler can reach nothing but what is static

void noteSignal(int signal)
{
    lastSignal = signal;
}

} // namespace

InputWait::InputWait()
{
    lastSignal = 0;
    // Blocked except while wait() waits: one that comes right before would be noted and then waited for.
    sigset_t both;
    sigemptyset(&both);
    sigaddset(&both, SIGINT);
    sigaddset(&both, SIGTERM);
    ::pthread_sigmask(SIG_BLOCK, &both, &m_mask);
    struct sigaction action = {};
    action.sa_handler = noteSignal;
    ::sigaction(SIGINT, &action, &m_interrupt);
    ::sigaction(SIGTERM, &action, &m_termination);
}

InputWait::~InputWait()
{
    ::sigaction(SIGINT, &m_interrupt, nullptr);
    ::sigaction(SIGTERM, &m_termination, nullptr);
    ::pthread_sigmask(SIG_SETMASK, &m_mask, nullptr);
}

InputWait::Outcome InputWait::wait(int descriptor, const QDeadlineTimer &deadline) const
{
    while (true) {
        fd_set readable;
        FD_ZERO(&readable);
        FD_SET(descriptor, &readable);
        const auto left = std::chrono::nanoseconds(std::max<qint64>(0, deadline.remainingTimeNSecs()));
        const auto seconds = std::chrono::floor<std::chrono::seconds>(left);
        const timespec span{.tv_sec = static_cast<time_t>(seconds.count()),
                            .tv_nsec = static_cast<long>((left - seconds).count())};
        const int ready =
            ::pselect(descriptor + 1, &readable, nullptr, nullptr, deadline.isForever() ? nullptr : &span, &m_mask);
        const int error = errno;
        if (const auto signal = outcome(); signal != Outcome::Ready)
            return signal;
        if (ready == 0)
            return Outcome::TimedOut;
        // Any other signal, for example that the window has another size now, is no answer. What else is wrong with
        // the descriptor, the reading says.
        if (ready > 0 || error != EINTR)
            return Outcome::Ready;
    }
}

InputWait::Outcome InputWait::outcome() const
{
    // One that came together with the input is blocked until now.
    sigset_t blocked;
    ::pthread_sigmask(SIG_SETMASK, &m_mask, &blocked);
    ::pthread_sigmask(SIG_SETMASK, &blocked, nullptr);
    if (lastSignal == 0)
        return Outcome::Ready;
    return lastSignal == SIGTERM ? Outcome::Terminated : Outcome::Interrupted;
}

Error interruptedWait()
{
    return Error{ErrorCode::Cancelled, Text::tr("Interrupted.")};
}

} // namespace Countersign::Cli

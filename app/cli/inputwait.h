// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/error.h>

#include <QtCore/QDeadlineTimer>

#include <csignal>

namespace Countersign::Cli {

//! Waits for input without an event loop (POSIX). While it lives, Ctrl+C and termination only end the waiting: whoever
//! waits has an answer to write, or a terminal to give its echo back. One at a time.
class InputWait
{
public:
    enum class Outcome : quint8 { Ready, Interrupted, Terminated, TimedOut };

    InputWait();
    ~InputWait();
    Q_DISABLE_COPY_MOVE(InputWait)

    //! Until there is something to read, its end included, or something else came first.
    Outcome wait(int descriptor, const QDeadlineTimer &deadline) const;
    //! What has come by now: Ready, if nothing has. Ctrl+C ends a whole pipeline, and so the input, at the same moment.
    Outcome outcome() const;

private:
    struct sigaction m_interrupt = {};
    struct sigaction m_termination = {};
    sigset_t m_mask{};
};

//! What to say of a waiting that was interrupted, in either way.
Error interruptedWait();

} // namespace Countersign::Cli

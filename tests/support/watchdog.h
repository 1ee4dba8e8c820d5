// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QObject>
#include <QtCore/QTimer>

#include <algorithm>
#include <chrono>
#include <utility>
#ifdef Q_OS_UNIX
#include <ctime>
#endif

namespace CountersignTest {

//! Measures how long one turn of the event loop takes at most, by a timer that should come every two milliseconds.
//!
//! The time that this thread computed counts: another program on the same core is no fault of ours. Where a system
//! cannot tell, it is the time that passed. A thread that sleeps or waits for another computes nothing; so a turn that
//! took longer than mostBlocked() by the clock on the wall counts whole.
class Watchdog final : public QObject
{
public:
    Watchdog()
    {
        m_timer.setTimerType(Qt::PreciseTimer);
        m_timer.setInterval(2);
        connect(&m_timer, &QTimer::timeout, this, [this] { look(); });
        m_timer.start();
        m_last = now();
    }

    //! More than a busy machine makes of a turn that is short.
    static constexpr std::chrono::milliseconds mostBlocked() { return std::chrono::seconds(1); }

    //! Since the last call.
    std::chrono::microseconds takeLongest()
    {
        look();
        return std::chrono::duration_cast<std::chrono::microseconds>(std::exchange(m_longest, {}));
    }

private:
    static std::chrono::nanoseconds now()
    {
#ifdef Q_OS_UNIX
        timespec time{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec);
#else
        return std::chrono::steady_clock::now().time_since_epoch();
#endif
    }
    void look()
    {
        const auto at = now();
        const auto wall = std::chrono::steady_clock::now();
        const std::chrono::nanoseconds passed = wall - std::exchange(m_lastWall, wall);
        m_longest = std::max({m_longest, at - std::exchange(m_last, at), passed > mostBlocked() ? passed : m_longest});
    }

    QTimer m_timer;
    std::chrono::nanoseconds m_last{0};
    std::chrono::steady_clock::time_point m_lastWall = std::chrono::steady_clock::now();
    std::chrono::nanoseconds m_longest{0};
};

} // namespace CountersignTest

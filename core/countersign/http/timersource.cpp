// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/http/timersource.h>

#include <QtCore/QTimer>

namespace Countersign {

namespace {

class QtRunningTimer final : public RunningTimer
{
public:
    QtRunningTimer(std::chrono::milliseconds after, std::function<void()> handler)
    {
        m_timer.setSingleShot(true);
        QObject::connect(&m_timer, &QTimer::timeout, &m_timer, [handler = std::move(handler)]() mutable {
            // Moved out first: the handler may destroy this timer, and itself with it.
            const auto called = std::move(handler);
            called();
        });
        m_timer.start(after);
    }

private:
    QTimer m_timer;
};

} // namespace

RunningTimer::~RunningTimer() = default;
TimerSource::~TimerSource() = default;

std::unique_ptr<RunningTimer> SystemTimers::start(std::chrono::milliseconds after, std::function<void()> handler)
{
    return std::make_unique<QtRunningTimer>(after, std::move(handler));
}

} // namespace Countersign

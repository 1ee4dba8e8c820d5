// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <chrono>
#include <functional>
#include <memory>

namespace Countersign {

//! A timer that runs. Destroying it stops it.
class COUNTERSIGN_EXPORT RunningTimer
{
public:
    virtual ~RunningTimer();
    RunningTimer(const RunningTimer &) = delete;
    RunningTimer &operator=(const RunningTimer &) = delete;

protected:
    RunningTimer() = default;
};

//! Wakes somebody later. A seam, so that no test waits.
class COUNTERSIGN_EXPORT TimerSource
{
public:
    virtual ~TimerSource();
    //! Calls \p handler once, from the event loop, unless the timer was destroyed. The handler may destroy it.
    [[nodiscard]] virtual std::unique_ptr<RunningTimer> start(std::chrono::milliseconds after,
                                                              std::function<void()> handler) = 0;
};

//! Qt's timers.
class COUNTERSIGN_EXPORT SystemTimers final : public TimerSource
{
public:
    [[nodiscard]] std::unique_ptr<RunningTimer> start(std::chrono::milliseconds after,
                                                      std::function<void()> handler) override;
};

} // namespace Countersign

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/clock.h>
#include <countersign/base/randomsource.h>
#include <countersign/http/httptransport.h>
#include <countersign/http/timersource.h>

#include <algorithm>
#include <optional>
#include <vector>

namespace CountersignTest {

using namespace Countersign;

//! Sends nothing: the test answers.
class FakeTransport final : public HttpTransport
{
public:
    std::unique_ptr<HttpExchange> send(HttpRequest request, Handler handler) override
    {
        auto exchange = std::make_unique<Exchange>(*this);
        m_open.push_back({exchange.get(), std::move(handler)});
        sent.push_back(std::move(request));
        return exchange;
    }

    static HttpResponse response(int status, const QByteArray &body = {}, const QByteArray &retryAfter = {})
    {
        HttpResponse response{.status = status, .headers = {}, .body = body, .serverDate = {}};
        if (!retryAfter.isEmpty())
            response.headers.add("Retry-After", retryAfter);
        return response;
    }
    //! Answers the request that has waited longest. False when none waits.
    bool answer(const Result<HttpResponse> &outcome)
    {
        if (m_open.empty())
            return false;
        const auto handler = std::move(m_open.front().handler);
        m_open.erase(m_open.begin());
        handler(outcome);
        return true;
    }
    qsizetype waiting() const { return static_cast<qsizetype>(m_open.size()); }

    std::vector<HttpRequest> sent;

private:
    class Exchange final : public HttpExchange
    {
    public:
        explicit Exchange(FakeTransport &owner) : m_owner(owner) { }
        ~Exchange() override
        {
            std::erase_if(m_owner.m_open, [this](const Open &open) { return open.exchange == this; });
        }

    private:
        FakeTransport &m_owner;
    };
    struct Open
    {
        Exchange *exchange;
        Handler handler;
    };
    std::vector<Open> m_open;
};

//! Timers that ring when the test says so.
class ManualTimers final : public TimerSource
{
public:
    std::unique_ptr<RunningTimer> start(std::chrono::milliseconds after, std::function<void()> handler) override
    {
        pauses.append(after);
        m_handler = std::move(handler);
        return std::make_unique<Timer>(*this, ++m_started);
    }
    bool ring()
    {
        const auto handler = std::exchange(m_handler, {});
        if (handler)
            handler();
        return bool(handler);
    }
    bool isRunning() const { return bool(m_handler); }

    QList<std::chrono::milliseconds> pauses;

private:
    class Timer final : public RunningTimer
    {
    public:
        Timer(ManualTimers &owner, int number) : m_owner(owner), m_number(number) { }
        ~Timer() override
        {
            if (m_owner.m_started == m_number)
                m_owner.m_handler = {};
        }

    private:
        ManualTimers &m_owner;
        int m_number;
    };
    std::function<void()> m_handler;
    int m_started = 0;
};

class StoppedClock final : public Clock
{
public:
    QDateTime now() const override { return at; }
    void pass(std::chrono::milliseconds span) { at = at.addMSecs(span.count()); }
    QDateTime at{QDate(2026, 1, 1), QTime(12, 0), Qt::UTC};
};

class FixedRandom final : public RandomSource
{
public:
    void fill(std::span<std::byte> bytes) override { std::fill(bytes.begin(), bytes.end(), byte); }
    std::byte byte{0};
};

} // namespace CountersignTest

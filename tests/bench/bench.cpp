// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "bench.h"

#include <algorithm>
#include <cstdio>

namespace Countersign::Bench {

namespace {

using Seconds = std::chrono::duration<double>;
using Ticks = std::chrono::steady_clock;

//! Calls between two looks at the clock.
constexpr qsizetype batch = 20;
constexpr qsizetype warmUp = 50;

//! One operation's share of a round.
class Share
{
public:
    explicit Share(const std::function<void(qsizetype)> &operation) : m_operation(operation)
    {
        for (qsizetype i = 0; i < warmUp; ++i)
            m_operation(i);
    }

    void run(Seconds slice)
    {
        const auto start = Ticks::now();
        Seconds took{};
        do {
            for (qsizetype i = 0; i < batch; ++i)
                m_operation(m_calls++);
            took = Ticks::now() - start;
        } while (took < slice);
        m_took += took;
    }

    Seconds took() const { return m_took; }

    double takeRate()
    {
        const auto rate = static_cast<double>(m_calls - m_counted) / m_took.count();
        m_counted = m_calls;
        m_took = {};
        return rate;
    }

private:
    const std::function<void(qsizetype)> &m_operation;
    qsizetype m_calls = 0;
    qsizetype m_counted = 0;
    Seconds m_took{};
};

} // namespace

void print(const Figure &figure, std::vector<double> samples)
{
    if (samples.empty())
        return;
    std::sort(samples.begin(), samples.end());
    const auto version = figure.version.isEmpty() ? QByteArray(COUNTERSIGN_VERSION) : figure.version;
    const auto median = (samples[(samples.size() - 1) / 2] + samples[samples.size() / 2]) / 2;
    std::printf("{\"impl\": \"%s\", \"version\": \"%s\", \"bench\": \"%s\", \"n\": %lld, \"unit\": \"%s\", "
                "\"median\": %.6g, \"min\": %.6g, \"max\": %.6g, \"samples\": %zu}\n",
                figure.implementation.constData(), version.constData(), figure.bench.constData(), figure.count,
                figure.unit, median, samples.front(), samples.back(), samples.size());
    std::fflush(stdout);
}

std::vector<double> rates(const std::function<void(qsizetype)> &operation, const Rounds &rounds)
{
    Share share(operation);
    std::vector<double> result;
    for (int round = 0; round < rounds.count; ++round) {
        share.run(rounds.each);
        result.push_back(share.takeRate());
    }
    return result;
}

PairedRates pairedRates(const std::function<void(qsizetype)> &first, const std::function<void(qsizetype)> &second,
                        const Rounds &rounds)
{
    constexpr auto slice = std::chrono::milliseconds(5);
    Share one(first);
    Share other(second);
    PairedRates result;
    for (int round = 0; round < rounds.count; ++round) {
        while (one.took() < rounds.each) {
            one.run(slice);
            other.run(slice);
        }
        result.first.push_back(one.takeRate());
        result.second.push_back(other.takeRate());
        result.ratios.push_back(result.first.back() / result.second.back());
    }
    return result;
}

std::vector<double> timings(const std::function<void()> &operation, const Calls &calls,
                            const std::function<void()> &prepare)
{
    std::vector<double> result;
    const auto start = Ticks::now();
    while (static_cast<int>(result.size()) < calls.maximum
           && (static_cast<int>(result.size()) < calls.minimum || Ticks::now() - start < calls.budget)) {
        if (prepare)
            prepare();
        const auto before = Ticks::now();
        operation();
        result.push_back(Seconds(Ticks::now() - before).count());
    }
    return result;
}

std::vector<double> scaled(std::vector<double> samples, double factor)
{
    for (auto &sample : samples)
        sample *= factor;
    return samples;
}

} // namespace Countersign::Bench

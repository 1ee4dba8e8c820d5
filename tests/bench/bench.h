// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <chrono>
#include <functional>
#include <vector>

//! How everything here is measured and printed.
namespace Countersign::Bench {

//! What a figure is about.
struct Figure
{
    QByteArray bench; //!< as the peers call the same job
    const char *unit = ""; //!< "ops/s", "ms", "us", "MiB", "requests"
    qint64 count = 1; //!< "n": how large the input is, 1 where that has no meaning
    QByteArray implementation = "countersign"; //!< who did it
    QByteArray version = {}; //!< of that; empty: this program's
};

//! One JSON line: {"impl","version","bench","n","unit","median","min","max","samples"}. Nothing for no samples.
void print(const Figure &figure, std::vector<double> samples);

//! For how long a rate is measured.
struct Rounds
{
    int count = 9;
    std::chrono::duration<double> each = std::chrono::milliseconds(300);
};

//! The rates of \p operation, one a round, after a warm-up. It is called with 0, 1, 2 … Units: operations a second.
std::vector<double> rates(const std::function<void(qsizetype)> &operation, const Rounds &rounds = {});

struct PairedRates
{
    std::vector<double> first;
    std::vector<double> second;
    std::vector<double> ratios; //!< first over second, one a round
};

//! The same for two operations by turns of a few milliseconds, so that a slow spell of the machine hits both.
PairedRates pairedRates(const std::function<void(qsizetype)> &first, const std::function<void(qsizetype)> &second,
                        const Rounds &rounds = {});

//! For how long single calls are measured: until \p budget is spent, but \p minimum of them and \p maximum at most.
struct Calls
{
    std::chrono::duration<double> budget = std::chrono::seconds(1);
    int minimum = 3;
    int maximum = 20000;
};

//! How long each call of \p operation took. \p prepare runs before each, unmeasured. Units: seconds; see scaled().
std::vector<double> timings(const std::function<void()> &operation, const Calls &calls = {},
                            const std::function<void()> &prepare = {});

//! Seconds as milliseconds (1e3) or microseconds (1e6).
std::vector<double> scaled(std::vector<double> samples, double factor);

//! Keeps the compiler from leaving out what made \p value.
template <typename T> void keep(const T &value)
{
#if defined(__GNUC__)
    asm volatile("" : : "g"(&value) : "memory");
#else
    static volatile const void *sink;
    sink = &value;
#endif
}

} // namespace Countersign::Bench

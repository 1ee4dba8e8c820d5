// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// countersign-bench-cold FILE: what a new process needs for one token out of a cache file. Prints milliseconds from
// main() to the token, and MiB resident before, with the token, and at most.
#include "cacheclient.h"

#include <countersign/cache/tokencache.h>
#include <countersign/crypto/secret.h>
#include <countersign/storage/persistenttokencache.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>

#include <chrono>
#include <cstdio>

using namespace Countersign;
using namespace Countersign::Bench;
using namespace Qt::StringLiterals;

namespace {

//! Units: MiB.
double memory(const char *name)
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    constexpr double kibibytes = 1024;
    const auto lines = file.readAll().split('\n');
    for (const auto &line : lines) {
        if (line.startsWith(name))
            return line.simplified().split(' ').value(1).toDouble() / kibibytes;
    }
    return 0;
}

int fail(const Error &error)
{
    std::fprintf(stderr, "countersign-bench-cold: %s\n", qPrintable(error.message()));
    return 1;
}

} // namespace

int main(int argc, char **argv)
{
    const auto begin = std::chrono::steady_clock::now();
    initializeSecureHeap(); // as the programs do
    const QCoreApplication application(argc, argv);
    const double atStart = memory("VmRSS:");
    const auto client = CacheClient::open(QCoreApplication::arguments().value(1));
    if (!client)
        return fail(client.error());
    const auto known = (*client)->client().cache().snapshot().firstAccessToken();
    const AccountId account{known->homeAccountId(), known->environment()};
    const auto token =
        outcome((*client)->client().acquireTokenSilently({.scopes = known->scopes(), .account = account}));
    if (!token)
        return fail(token.error());
    const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - begin;
    std::printf("%.4f %.3f %.3f %.3f\n", took.count(), atStart, memory("VmRSS:"), memory("VmHWM:"));
    return 0;
}

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "coldcache.h"

#include "cacheclient.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>

#include <array>
#include <chrono>
#include <cstdio>

#ifdef Q_OS_LINUX
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Countersign::Bench {

#ifdef Q_OS_LINUX

namespace {

//! Runs \p program on \p path and gives what it prints. posix_spawn, because a fork of a large process would be
//! measured, too.
QByteArray run(const QString &program, const QString &path)
{
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0)
        return {};
    posix_spawn_file_actions_t actions{};
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addclose(&actions, ends[0]);
    QByteArray name = QFile::encodeName(program);
    QByteArray file = QFile::encodeName(path);
    char *const arguments[] = {name.data(), file.data(), nullptr};
    pid_t child = 0;
    const int failed = ::posix_spawn(&child, name.constData(), &actions, nullptr, arguments, environ);
    posix_spawn_file_actions_destroy(&actions);
    ::close(ends[1]);
    std::array<char, 256> text{};
    const auto size = failed ? 0 : ::read(ends[0], text.data(), text.size());
    ::close(ends[0]);
    int status = 1;
    if (!failed)
        ::waitpid(child, &status, 0);
    return status == 0 && size > 0 ? QByteArray(text.data(), size) : QByteArray();
}

} // namespace

Result<ColdStarts> coldStarts(const QString &path)
{
    constexpr int runs = 8;
    const PrivateCopy copy(path);
    if (copy.path().isEmpty())
        return Error{ErrorCode::StorageUnavailable, u"cannot copy "_s + path};
    const QString program = QCoreApplication::applicationFilePath() + u"-cold"_s;
    ColdStarts starts;
    for (int i = 0; i < runs; ++i) {
        const auto before = std::chrono::steady_clock::now();
        const QByteArray text = run(program, copy.path());
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - before;
        double inProcess = 0;
        double start = 0;
        double loaded = 0;
        double peak = 0;
        if (std::sscanf(text.constData(), "%lf %lf %lf %lf", &inProcess, &start, &loaded, &peak) != 4)
            return Error{ErrorCode::StorageUnavailable, u"cannot run "_s + program};
        if (i == 0)
            continue; // warmed the disk
        starts.wall.push_back(took.count());
        starts.inProcess.push_back(inProcess);
        starts.atStart.push_back(start);
        starts.loaded.push_back(loaded);
        starts.peak.push_back(peak);
    }
    return starts;
}

#else

Result<ColdStarts> coldStarts(const QString &)
{
    return ColdStarts();
}

#endif

} // namespace Countersign::Bench

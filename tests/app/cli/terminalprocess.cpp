// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "terminalprocess.h"

#include <QtCore/QElapsedTimer>

#include <array>
#include <cerrno>
#include <csignal>
#include <poll.h>
#include <pty.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

using namespace Qt::StringLiterals;

namespace CountersignTest {

namespace {

constexpr qint64 patience = 60'000; // milliseconds

[[noreturn]] void becomeCountersign(const QStringList &arguments, const Environment &environment)
{
    for (const auto *unwanted : {"CI", "COUNTERSIGN_NO_INTERACTION", "COUNTERSIGN_ISSUER"})
        qunsetenv(unwanted);
    for (auto it = environment.begin(); it != environment.end(); ++it)
        qputenv(it.key().toLatin1().constData(), it.value().toUtf8());
    const QByteArray program = qgetenv("COUNTERSIGN_BIN_DIR") + "/countersign";
    std::vector<QByteArray> words{program};
    for (const auto &argument : arguments)
        words.push_back(argument.toUtf8());
    std::vector<char *> pointers;
    for (auto &word : words)
        pointers.push_back(word.data());
    pointers.push_back(nullptr);
    ::execv(program.constData(), pointers.data());
    ::_exit(127);
}

} // namespace

CliRun runOnTerminal(const QStringList &arguments, const Environment &environment, const QByteArray &prompt,
                     const QByteArray &input, int signal)
{
    const bool isTyped = !input.isEmpty() || signal != 0;
    return runOnTerminal(arguments, environment, prompt, isTyped ? QByteArrayList{input} : QByteArrayList(), signal);
}

CliRun runOnTerminal(const QStringList &arguments, const Environment &environment, const QByteArray &prompt,
                     const QByteArrayList &inputs, int signal)
{
    int terminal = -1;
    const winsize size{.ws_row = 60, .ws_col = 200, .ws_xpixel = 0, .ws_ypixel = 0};
    const pid_t child = ::forkpty(&terminal, nullptr, nullptr, &size);
    if (child < 0)
        return {};
    if (child == 0)
        becomeCountersign(arguments, environment);
    CliRun run;
    qsizetype typed = 0;
    QElapsedTimer clock;
    clock.start();
    std::array<char, 4096> buffer{};
    while (clock.elapsed() < patience) {
        pollfd wait{.fd = terminal, .events = POLLIN, .revents = 0};
        if (::poll(&wait, 1, 100) == 0)
            continue;
        const auto count = ::read(terminal, buffer.data(), buffer.size());
        if (count <= 0)
            break; // the terminal says so when its last user has gone
        run.out.append(buffer.data(), count);
        if (typed < inputs.size() && run.out.count(prompt) > typed) {
            const auto &input = inputs.at(typed++);
            if (::write(terminal, input.constData(), size_t(input.size())) != input.size())
                break;
            if (signal != 0)
                ::kill(child, signal);
        }
    }
    if (clock.elapsed() >= patience)
        ::kill(child, SIGKILL);
    int status = 0;
    while (::waitpid(child, &status, 0) < 0 && errno == EINTR) { }
    ::close(terminal);
    run.exitCode = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    return run;
}

} // namespace CountersignTest

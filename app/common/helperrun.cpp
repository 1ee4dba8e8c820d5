// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/helperrun.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QProcess>
#include <QtCore/QTimer>

namespace Countersign::App {

namespace {

//! Not destroyed at once: that would wait for its end.
void end(QProcess *process)
{
    if (process->state() == QProcess::NotRunning)
        return process->deleteLater();
    QObject::connect(process, &QProcess::finished, process, &QObject::deleteLater);
    process->kill();
}

} // namespace

void runHelper(const HelperCall &call, QObject *context, std::function<void(HelperEnd end)> handler)
{
    using Kind = HelperEnd::Kind;
    auto *process = new QProcess(QCoreApplication::instance());
    // With the context, the answers die, and then the program.
    auto *listener = new QObject(context);
    QObject::connect(listener, &QObject::destroyed, process, [process] { end(process); });
    const auto answer = [listener, handler = std::move(handler)](HelperEnd &&how) {
        listener->deleteLater(); // first: with its answer, whoever asked may go
        handler(std::move(how));
    };
    QObject::connect(process, &QProcess::errorOccurred, listener, [answer](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            answer({.kind = Kind::NotStarted});
    });
    QObject::connect(process, &QProcess::finished, listener, [answer, process](int code, QProcess::ExitStatus status) {
        answer({.kind = status == QProcess::CrashExit ? Kind::Crashed : Kind::Exited,
                .code = code,
                .output = process->readAllStandardOutput(),
                .errors = process->readAllStandardError()});
    });
    QTimer::singleShot(call.deadline, listener, [answer] { answer({.kind = Kind::TooLate}); });
    // A program that is not there would be answered for within this call.
    QTimer::singleShot(0, listener, [process, call] {
        process->start(call.program, call.arguments);
        process->write(call.input);
        process->closeWriteChannel();
    });
}

} // namespace Countersign::App

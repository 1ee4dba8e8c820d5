// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/viewcheck.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QProcess>
#include <QtCore/QTimer>

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

//! The program gives itself less.
constexpr std::chrono::seconds deadline{20};

Error viewFailed(const QString &why)
{
    return {ErrorCode::NotSupported, ErrorCause::WebViewFailed, u"the embedded view "_s + why};
}

//! What it said, in one line that is not too long.
QString lastWords(QProcess &process)
{
    constexpr qsizetype mostWords = 200;
    const auto lines = QString::fromUtf8(process.readAllStandardError()).split(u'\n', Qt::SkipEmptyParts);
    const auto own = lines.filter(u"countersign-webview: "_s);
    return own.isEmpty() ? QString() : own.constLast().section(u": "_s, 1).left(mostWords);
}

//! Not destroyed at once: that would wait for its end.
void end(QProcess *process)
{
    if (process->state() == QProcess::NotRunning)
        return process->deleteLater();
    QObject::connect(process, &QProcess::finished, process, &QObject::deleteLater);
    process->kill();
}

} // namespace

void checkView(const QString &program, QObject *context, std::function<void(const Result<void> &)> handler)
{
    auto *process = new QProcess(QCoreApplication::instance());
    // With the context, the answers die, and then the program.
    auto *listener = new QObject(context);
    QObject::connect(listener, &QObject::destroyed, process, [process] { end(process); });
    const auto answer = [listener, handler = std::move(handler)](const Result<void> &result) {
        listener->deleteLater(); // first: with its answer, whoever asked may go
        handler(result);
    };
    QObject::connect(process, &QProcess::errorOccurred, listener, [answer](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            answer(Error{ErrorCode::NotSupported, ErrorCause::WebViewMissing,
                         u"the program of the embedded view cannot be started"_s});
    });
    QObject::connect(process, &QProcess::finished, listener, [answer, process](int code, QProcess::ExitStatus status) {
        if (status == QProcess::CrashExit)
            return answer(viewFailed(u"crashed"_s));
        if (code == 0)
            return answer({});
        const auto words = lastWords(*process);
        answer(viewFailed(words.isEmpty() ? u"ended with status %1"_s.arg(code) : u"does not work: "_s + words));
    });
    QTimer::singleShot(deadline, listener, [answer] { answer(viewFailed(u"did not answer in time"_s)); });
    process->setStandardOutputFile(QProcess::nullDevice());
    process->start(program, {u"--check"_s});
    process->closeWriteChannel();
}

} // namespace Countersign::App

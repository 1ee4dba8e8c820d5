// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "pipe.h"

#include <countersign/crypto/constanttime.h>

#include <array>
#include <thread>

#ifdef Q_OS_WIN
#include <fcntl.h>
#include <io.h>
#else
#include <fcntl.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

#ifdef Q_OS_WIN
using Count = unsigned int;
int readSome(int fd, char *to, Count size)
{
    return ::_read(fd, to, size);
}
int writeSome(int fd, const char *from, Count size)
{
    return ::_write(fd, from, size);
}
bool isTerminal(int fd)
{
    return ::_isatty(fd) != 0;
}
int duplicate(int fd)
{
    return ::_dup(fd);
}
void replace(int with, int fd)
{
    ::_dup2(with, fd);
}
void makeBinary(int fd)
{
    ::_setmode(fd, _O_BINARY);
}
#else
using Count = std::size_t;
ssize_t readSome(int fd, char *to, Count size)
{
    return ::read(fd, to, size);
}
ssize_t writeSome(int fd, const char *from, Count size)
{
    return ::write(fd, from, size);
}
bool isTerminal(int fd)
{
    return ::isatty(fd) != 0;
}
// Not inherited: Chromium's own processes must neither hold the pipe open nor write to it.
int duplicate(int fd)
{
    return ::fcntl(fd, F_DUPFD_CLOEXEC, 3);
}
void replace(int with, int fd)
{
    ::dup2(with, fd);
}
void makeBinary(int)
{
}
#endif

constexpr int standardInput = 0;
constexpr int standardOutput = 1;
constexpr int standardError = 2;

int s_input = -1;
int s_output = -1;

Error noRequest()
{
    return {ErrorCode::InvalidResponse, ErrorCause::WebViewFailed, u"no request arrived on standard input"_s};
}

// True when the message completes the request.
Result<bool> apply(const WebViewMessage &message, WebViewRequest &request)
{
    using Kind = WebViewMessage::Kind;
    const QByteArray value = message.value.reveal().toByteArray();
    switch (message.kind) {
    case Kind::Title: request.title = QString::fromUtf8(value); return false;
    case Kind::Redirect: request.redirectUri = QUrl::fromEncoded(value, QUrl::StrictMode); return false;
    case Kind::Proxy:
        request.usesProxy = value != "none";
        request.proxy = request.usesProxy ? QUrl::fromEncoded(value, QUrl::StrictMode) : QUrl();
        return false;
    case Kind::Authorities: request.caFile = QString::fromUtf8(value); return false;
    case Kind::Language: request.language = QString::fromUtf8(value); return false;
    case Kind::Look: request.look = value; return false;
    case Kind::Session: request.sessionFolder = QString::fromUtf8(value); return false;
    case Kind::Parent: request.parentWindow = static_cast<quintptr>(value.toULongLong()); return false;
    case Kind::Start: request.start = QUrl::fromEncoded(value, QUrl::StrictMode); return true;
    case Kind::Raise:
    case Kind::Visited:
    case Kind::Answer:
    case Kind::Closed:
    case Kind::BrowserRequested:
    case Kind::Failed: break;
    }
    return noRequest();
}

} // namespace

Result<void> claimPipe()
{
    if (isTerminal(standardInput) || isTerminal(standardOutput))
        return Error{ErrorCode::InvalidArgument, u"countersign-webview is started by countersign, not by hand"_s};
    s_input = duplicate(standardInput);
    s_output = duplicate(standardOutput);
    if (s_input < 0 || s_output < 0)
        return Error{ErrorCode::NotSupported, ErrorCause::WebViewFailed, u"the pipe cannot be taken over"_s};
    makeBinary(s_input);
    makeBinary(s_output);
    // Whatever a library prints goes where the log goes.
    replace(standardError, standardOutput);
    return {};
}

Result<WebViewRequest> readRequest()
{
    WebViewRequest request;
    QByteArray bytes;
    std::array<char, 4096> chunk;
    for (;;) {
        const auto count = readSome(s_input, chunk.data(), static_cast<Count>(chunk.size()));
        if (count <= 0)
            return noRequest();
        bytes.append(chunk.data(), static_cast<qsizetype>(count));
        for (;;) {
            const auto message = takeWebViewMessage(bytes);
            if (!message)
                return message.error();
            if (!message->has_value())
                break;
            const auto isWhole = apply(**message, request);
            if (!isWhole)
                return isWhole.error();
            if (!*isWhole)
                continue;
            if (!request.start.isValid() || !request.redirectUri.isValid() || request.redirectUri.scheme().isEmpty())
                return noRequest();
            return request;
        }
    }
}

void send(WebViewMessage::Kind kind, QByteArrayView value)
{
    QByteArray bytes = encode(kind, value);
    QByteArrayView rest = bytes;
    while (!rest.isEmpty()) {
        const auto count = writeSome(s_output, rest.data(), static_cast<Count>(rest.size()));
        if (count <= 0)
            break; // nobody waits any more; watchPipe() says so
        rest = rest.sliced(static_cast<qsizetype>(count));
    }
    wipe(bytes);
}

void watchPipe(std::function<void(WebViewMessage::Kind)> said, std::function<void()> ended)
{
    // A thread, because a socket notifier cannot watch a pipe on Windows. It ends with the process.
    std::thread([said = std::move(said), ended = std::move(ended)] {
        QByteArray bytes;
        std::array<char, 64> chunk;
        for (;;) {
            const auto count = readSome(s_input, chunk.data(), static_cast<Count>(chunk.size()));
            if (count <= 0)
                break;
            bytes.append(chunk.data(), static_cast<qsizetype>(count));
            auto message = takeWebViewMessage(bytes);
            while (message && message->has_value()) {
                said((*message)->kind);
                message = takeWebViewMessage(bytes);
            }
            if (!message)
                bytes.clear(); // nonsense; the end of the pipe is still worth waiting for
        }
        ended();
    }).detach();
}

} // namespace Countersign

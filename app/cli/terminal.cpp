// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "terminal.h"

#include "context.h"
#include "text.h"

#include <QtCore/QScopeGuard>
#include <QtCore/QSocketNotifier>

#include <algorithm>

#ifndef Q_OS_WIN
#include "inputwait.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

// What a terminal takes as one line in its canonical mode; a longer one would be cut.
constexpr int longestLine = 4096;

#ifndef Q_OS_WIN

//! The echo of the terminal is off while it lives, if that is wanted and possible.
class Silence
{
public:
    Silence(int descriptor, bool isWanted)
        : m_descriptor(descriptor), m_isSilent(isWanted && ::tcgetattr(descriptor, &m_before) == 0)
    {
        if (!m_isSilent)
            return;
        auto silent = m_before;
        silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        ::tcsetattr(m_descriptor, TCSAFLUSH, &silent);
    }
    ~Silence()
    {
        if (m_isSilent)
            ::tcsetattr(m_descriptor, TCSAFLUSH, &m_before);
    }
    Q_DISABLE_COPY_MOVE(Silence)

private:
    int m_descriptor;
    termios m_before{};
    bool m_isSilent;
};

//! One line, read byte by byte: what follows it belongs to whoever reads next.
Secret readLine(int descriptor)
{
    QByteArray line;
    line.reserve(longestLine); // never grows, so that no copy of a secret is left behind
    char c = 0;
    while (line.size() < longestLine && ::read(descriptor, &c, 1) == 1) {
        if (c == '\n')
            break;
        line.append(c);
    }
    return Secret(std::move(line));
}

#endif

} // namespace

Terminal::Terminal() : m_isTerminal(Context::isTerminal(stderr))
{
#ifndef Q_OS_WIN
    if (m_isTerminal)
        return;
    const int descriptor = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (descriptor < 0)
        return;
    if (auto *stream = ::fdopen(descriptor, "w")) {
        m_stream = stream;
        m_isTerminal = true;
    } else {
        ::close(descriptor);
    }
#endif
}

Terminal::~Terminal()
{
    endLine();
    if (m_stream != stderr)
        std::fclose(m_stream);
}

bool Terminal::hasColor() const
{
    return m_isTerminal && Context::wantsColor();
}

bool Terminal::canAnswer() const
{
    return m_isTerminal && Context::isTerminal(stdin);
}

void Terminal::write(const QString &text)
{
    endLine();
    const auto bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), m_stream);
    std::fflush(m_stream);
}

void Terminal::replaceLine(const QString &text)
{
    if (!m_isTerminal)
        return write(text + u'\n');
    const auto blanks = QString(std::max<qsizetype>(0, m_replaceable - text.size()), u' ');
    const auto bytes = QString(u'\r' + text + blanks).toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), m_stream);
    std::fflush(m_stream);
    m_replaceable = std::max<qsizetype>(text.size(), 1);
}

void Terminal::endLine()
{
    if (m_replaceable == 0)
        return;
    std::fputc('\n', m_stream);
    std::fflush(m_stream);
    m_replaceable = 0;
}

Result<Secret> Terminal::ask(const QString &question, bool isSecret, const QDeadlineTimer &deadline)
{
    m_isTerminated = false;
    const Error nobody{ErrorCode::InteractionRequired,
                       Text::tr("Nobody is here to answer: %1").arg(question.trimmed())};
#ifdef Q_OS_WIN
    Q_UNUSED(isSecret)
    Q_UNUSED(deadline)
    return nobody;
#else
    if (!m_isTerminal)
        return nobody;
    // Not standard input: that may be the payload of something else.
    const int descriptor = ::open("/dev/tty", O_RDWR | O_CLOEXEC);
    if (descriptor < 0)
        return nobody;
    const auto close = qScopeGuard([descriptor] { ::close(descriptor); });
    Secret line;
    auto outcome = InputWait::Outcome::Ready;
    {
        // First, so that no signal leaves the person with a terminal that shows nothing.
        const InputWait answer;
        // Before the question: what is typed ahead must neither be seen nor get lost.
        const Silence silence(descriptor, isSecret);
        write(question);
        // A line is whole when it can be read at all: only its beginning has to be waited for.
        outcome = answer.wait(descriptor, deadline);
        if (outcome == InputWait::Outcome::Ready)
            line = readLine(descriptor);
    }
    if (isSecret || outcome != InputWait::Outcome::Ready)
        write(u"\n"_s);
    m_isTerminated = outcome == InputWait::Outcome::Terminated;
    if (outcome == InputWait::Outcome::TimedOut)
        return Error{ErrorCode::TimedOut, Text::tr("The time given by --timeout is over, and nobody answered.")};
    if (outcome != InputWait::Outcome::Ready)
        return interruptedWait();
    if (line.isEmpty())
        return Error{ErrorCode::Cancelled, Text::tr("Nothing was entered.")};
    return line;
#endif
}

std::unique_ptr<QSocketNotifier> Terminal::watchLines(std::function<void(Secret line)> handler)
{
#ifdef Q_OS_WIN
    Q_UNUSED(handler)
    return {};
#else
    if (!canAnswer())
        return {};
    auto notifier = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
    QObject::connect(notifier.get(), &QSocketNotifier::activated, notifier.get(),
                     [notifier = notifier.get(), handler = std::move(handler)] {
                         auto line = readLine(STDIN_FILENO);
                         if (line.isEmpty())
                             return notifier->setEnabled(false); // the end, or an empty line: nobody pastes that
                         handler(std::move(line));
                     });
    return notifier;
#endif
}

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QString>

#include <cstdio>
#include <functional>
#include <memory>

QT_BEGIN_NAMESPACE
class QSocketNotifier;
QT_END_NAMESPACE

namespace Countersign::Cli {

//! Where a person sits: standard error, or the controlling terminal when standard error is redirected.
class Terminal
{
public:
    Terminal();
    ~Terminal();
    Q_DISABLE_COPY_MOVE(Terminal)

    //! Whether somebody can read what is written here right now. Lines still go to standard error where nobody can.
    bool isPerson() const { return m_isTerminal; }
    //! Whether it shows colours, and they are wanted.
    bool hasColor() const;
    //! Whether somebody can also type.
    bool canAnswer() const;
    void write(const QString &text);
    //! In place of the line written like this before; a line of its own where lines cannot be replaced.
    void replaceLine(const QString &text);
    //! Ends a line that was replaced.
    void endLine();

    //! Asks and waits for one line. Without echo when it is a secret. Context::ask() knows the deadline, and what to
    //! exit with.
    //!
    //! Errors: InteractionRequired where nobody can answer; TimedOut; Cancelled at the end of input, by Ctrl+C and by a
    //! termination.
    [[nodiscard]] Result<Secret> ask(const QString &question, bool isSecret, const QDeadlineTimer &deadline);
    //! Whether the last question ended by a termination.
    bool isTerminated() const { return m_isTerminated; }
    //! Calls \p handler with each line that is typed, without its end, while the returned object lives. Null where
    //! standard input is no terminal.
    [[nodiscard]] std::unique_ptr<QSocketNotifier> watchLines(std::function<void(Secret line)> handler);

private:
    std::FILE *m_stream = stderr;
    bool m_isTerminal = false;
    bool m_isTerminated = false;
    qsizetype m_replaceable = 0;
};

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "errorreport.h"
#include "exitcode.h"
#include "globaloptions.h"

#include <countersign/base/operation.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QDeadlineTimer>
#include <QtCore/QEventLoop>
#include <QtCore/QStringList>

#include <cstdio>
#include <memory>

QT_BEGIN_NAMESPACE
class QFile;
QT_END_NAMESPACE

namespace Countersign {
class HttpTransport;
class PublicClient;
} // namespace Countersign
namespace Countersign::App {
class HarTrace;
class ServiceSet;
class UserSettings;
struct ServiceSettings;
} // namespace Countersign::App

namespace Countersign::Cli {

class CommandLine;
class Terminal;

//! What a verb works with: the global options, the standard streams, and the way to wait.
//!
//! Standard output gets the payload and nothing else; everything for people goes to standard error.
class Context
{
public:
    Context(GlobalOptions global, const CommandLine &commandLine);
    ~Context();
    Q_DISABLE_COPY_MOVE(Context)

    const GlobalOptions &global() const { return m_global; }
    //! For a verb that has words of its own for a global option. Before services() is called.
    GlobalOptions &adjust() { return m_global; }
    //! The flags that name the provider, the token, what is to be satisfied and what a service proves itself with once
    //! more, for the commands that a failure suggests.
    void setFlags(const QString &provider, const QString &token = {}, const QString &challenge = {},
                  const QString &service = {})
    {
        m_serviceFlags = service;
        m_providerFlags = provider;
        m_tokenFlags = token;
        m_challengeFlags = challenge;
    }
    //! What helps against the failure that is about to be reported, better than what usually helps.
    void suggest(const QList<Fix> &fixes) { m_fixes = fixes; }
    const CommandLine &commandLine() const { return m_commandLine; }
    //! The one clock of the command line.
    QDateTime now() const { return QDateTime::currentDateTimeUtc(); }

    // Streams -----------------------------------------------------------------------------------------
    static bool isTerminal(std::FILE *stream);
    bool outIsTerminal() const { return isTerminal(stdout); }
    bool errIsTerminal() const { return isTerminal(stderr); }
    //! Whether a terminal may be coloured: it can, and there is no NO_COLOR.
    static bool wantsColor();
    bool hasColor(std::FILE *stream) const { return isTerminal(stream) && wantsColor(); }

    //! The payload, byte by byte. Nothing with `-o none`.
    void write(QByteArrayView text);
    //! Whether a part of the payload could not be written: a full disk, for example.
    bool hasLostOutput() const { return m_hasLostOutput; }
    //! Whether that is so because nobody reads it any more, as in `countersign help | head -1`.
    bool isReaderGone() const { return m_isReaderGone; }
    //! A JSON answer with a line end, or the part of it that --query names. With `-o jsonl` each element of the member
    //! \p list is an answer and a line of its own, with the answer's schema; an answer without a list is one line.
    //!
    //! Errors: wrong usage if --query finds nothing; use the exit code.
    [[nodiscard]] ExitCode writeJson(QByteArrayView json, const char *list = nullptr);
    //! For people, unless --quiet. A line end is added.
    void hint(const QString &text);

    //! Reports \p error on standard error, as text or as JSON, and says what to exit with.
    [[nodiscard]] ExitCode fail(const Error &error);
    [[nodiscard]] ExitCode fail(const Error &error, ExitCode exitCode);
    [[nodiscard]] ExitCode fail(const Error &error, ExitCode exitCode, const QList<Fix> &fixes);

    //! What the person named: the word itself, @FILE, or - for standard input.
    //!
    //! Errors: InvalidArgument if there is no word, the file cannot be read or is larger than \p limit bytes.
    [[nodiscard]] Result<Secret> readInput(const QString &word, qint64 limit = largestInput) const;
    //! The file, or - for standard input.
    [[nodiscard]] Result<Secret> readFile(const QString &path, qint64 limit = largestInput) const;
    //! What is left of an open file. Errors: those of Cli::readInput().
    [[nodiscard]] Result<QByteArray> readOpen(QFile &file, qint64 limit) const;
    static constexpr qint64 largestInput = 4 * 1024 * 1024;

    // Waiting -----------------------------------------------------------------------------------------
    //! Runs the event loop until \p operation has its outcome, --timeout is over or the person presses Ctrl+C. In the
    //! latter two the operation is cancelled; the outcome is TimedOut (exit 124) or Cancelled (130, 143).
    template <typename T> [[nodiscard]] Result<T> await(OperationOf<T> *operation)
    {
        std::optional<Result<T>> outcome;
        Waiting waiting(*this);
        QObject::connect(operation, &Operation::finished, waiting.loop(), [&outcome, &waiting, operation] {
            outcome.emplace(operation->takeResult());
            waiting.loop()->quit();
        });
        const QPointer<Operation> guard(operation);
        if (auto stopped = waiting.run()) {
            if (guard)
                guard->cancel();
            return *std::move(stopped);
        }
        return *std::move(outcome);
    }
    //! The same for what answers by a handler. \p start gets the handler and returns what keeps the request alive:
    //! letting it go is cancelling.
    template <typename T, typename Start> [[nodiscard]] Result<T> awaitAnswer(Start start)
    {
        std::optional<Result<T>> outcome;
        Waiting waiting(*this); // before what it waits for begins: that is to be ended, too
        [[maybe_unused]] const auto request = start([&outcome, &waiting](const Result<T> &answer) {
            outcome.emplace(answer);
            waiting.loop()->quit();
        });
        if (!outcome) {
            if (auto stopped = waiting.run())
                return *std::move(stopped);
        }
        return *std::move(outcome);
    }
    //! Network, store and browser as options and settings want them, made by the first call. A sealed store's
    //! passphrase is asked for then.
    //!
    //! Errors: InvalidArgument naming the option that cannot be used; those of settings() and the passphrase.
    [[nodiscard]] Result<App::ServiceSet *> services();
    //! The network alone, for what needs no store.
    //!
    //! Errors: as services(), without the store's.
    [[nodiscard]] Result<HttpTransport *> network();
    //! What the person set for our programs; read by the first call.
    //!
    //! Errors: those of the file.
    [[nodiscard]] Result<App::UserSettings *> settings();
    //! Whether the computer's policy has anything against the options, for what writes them down.
    //!
    //! Errors: those of settings() and UserSettings::checkPolicy().
    [[nodiscard]] Result<void> checkPolicy();
    //! Waits until what \p client's operations have sent is answered and saved: a refresh token that was spent must not
    //! get lost. As long as the client's requests may take, whatever --timeout says; that is said, and a second Ctrl+C
    //! ends it.
    void settle(const PublicClient &client);
    //! Asks the person at \p terminal for a line, until --timeout is over.
    //!
    //! Errors: those of Terminal::ask().
    [[nodiscard]] Result<Secret> ask(Terminal &terminal, const QString &question, bool isSecret);
    //! What is left of --timeout.
    const QDeadlineTimer &deadline() const { return m_deadline; }

    //! Writes what --trace wants, if it is wanted. Once, at the end.
    //!
    //! Errors: StorageUnavailable.
    [[nodiscard]] Result<void> saveTrace() const;

    //! Where tokens live, as options and settings say. What cannot be read counts as the keychain.
    TokenStore::Kind storeKind() const;
    //! The services with another store than the configured one. Errors: as services().
    [[nodiscard]] Result<std::unique_ptr<App::ServiceSet>> servicesWith(const QString &store);

private:
    [[nodiscard]] ExitCode writeJsonLine(QByteArrayView json);
    //! What the options say of the services.
    App::ServiceSettings wantedServices() const;
    [[nodiscard]] Result<std::unique_ptr<App::ServiceSet>> makeServices(App::ServiceSettings wanted);
    //! What the failed command was about.
    FixContext failed() const;
    //! While it lives Ctrl+C, a termination and --timeout end the waiting, and not the process.
    class Waiting
    {
    public:
        explicit Waiting(Context &context);
        ~Waiting();
        Q_DISABLE_COPY_MOVE(Waiting)

        QEventLoop *loop();
        //! Runs until the loop quits; why it stopped before, otherwise nothing.
        std::optional<Error> run();

    private:
        struct Private;
        std::unique_ptr<Private> d;
    };

    GlobalOptions m_global;
    const CommandLine &m_commandLine;
    QDeadlineTimer m_deadline;
    QString m_providerFlags;
    QString m_tokenFlags;
    QString m_serviceFlags;
    QString m_challengeFlags;
    QList<Fix> m_fixes;
    std::unique_ptr<App::HarTrace> m_trace; // before what reports to it
    std::unique_ptr<App::UserSettings> m_settings;
    std::unique_ptr<App::ServiceSet> m_services;
    std::unique_ptr<App::ServiceSet> m_network;
    mutable QString m_nameOfFile; // given where its content was probably meant
    mutable bool m_isTerminated = false; // also while input is read
    bool m_hasLostOutput = false;
    bool m_isReaderGone = false;
    bool m_wasPassphraseWanted = false; // by a sealed store, be it another than the configured one
};

//! Without the line end of a file: a token on a line of its own.
QByteArrayView withoutLineEnd(QByteArrayView text);
//! The first line without its end: the secret in a file of secrets.
QByteArrayView firstLineOf(QByteArrayView text);

} // namespace Countersign::Cli

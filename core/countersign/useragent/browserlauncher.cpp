// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/browserlauncher.h>

#include <countersign/base/logging.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QFileInfo>
#include <QtCore/QPointer>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>

#include <chrono>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif
#ifdef Q_OS_WIN
#include <qt_windows.h>
#include <shellapi.h>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace Countersign {

namespace {

// An opener that fails does so at once. Later it is the browser itself that ends, with whatever status it likes.
constexpr auto openerFailsWithin = std::chrono::milliseconds(10s);

Error notOpened(const QString &why)
{
    return {ErrorCode::NotSupported, ErrorCause::BrowserNotOpened, u"no browser could be opened: "_s + why};
}

// Tries the candidates one after the other. Belongs to nobody: the browser must survive whoever asked for it, and
// QProcess kills its child when it is destroyed, so an attempt lives until its program ends. Those that have not ended
// when we do are never destroyed; the list keeps them known, so that nobody takes them for forgotten.
class Attempt final : public QObject
{
    Q_OBJECT
public:
    Attempt(QList<QStringList> candidates, QString url, QObject *context, BrowserLauncher::FailureHandler failed)
        : m_candidates(std::move(candidates)), m_url(std::move(url)), m_context(context), m_failed(std::move(failed))
    {
        connect(&m_process, &QProcess::errorOccurred, this, &Attempt::handleError);
        connect(&m_process, &QProcess::finished, this, &Attempt::handleExit);
        m_process.setStandardInputFile(QProcess::nullDevice());
        m_process.setStandardOutputFile(QProcess::nullDevice());
        m_process.setStandardErrorFile(QProcess::nullDevice());
#ifdef Q_OS_UNIX
        // Away from our terminal: Ctrl-C here must not close the person's browser.
        m_process.setChildProcessModifier([] { ::setsid(); });
#endif
        alive().append(this);
    }

    ~Attempt() override
    {
        alive().removeOne(this);
    }
    Q_DISABLE_COPY_MOVE(Attempt)

    void tryNext()
    {
        if (m_candidates.isEmpty())
            return giveUp();
        QStringList command = m_candidates.takeFirst();
        m_name = command.join(u' ');
        const QString program = command.takeFirst();
        m_running.start();
        m_process.start(program, command << m_url);
    }

private:
    static QList<Attempt *> &alive()
    {
        static auto *list = new QList<Attempt *>;
        return *list;
    }

    void handleError(QProcess::ProcessError error)
    {
        if (error != QProcess::FailedToStart)
            return;
        m_why = m_name + u" cannot be started"_s;
        tryNextSoon();
    }

    void handleExit(int code, QProcess::ExitStatus status)
    {
        const bool failed = status != QProcess::NormalExit || code != 0;
        if (!failed || m_running.hasExpired(openerFailsWithin.count()))
            return deleteLater();
        m_why = m_name + u" failed with status %1"_s.arg(code);
        tryNextSoon();
    }

    // A QProcess is not ready for another program while it reports on the last one.
    void tryNextSoon()
    {
        QMetaObject::invokeMethod(this, &Attempt::tryNext, Qt::QueuedConnection);
    }

    void giveUp()
    {
        deleteLater();
        if (m_context && m_failed)
            m_failed(notOpened(m_why));
    }

    QProcess m_process;
    QElapsedTimer m_running;
    QList<QStringList> m_candidates;
    QString m_url;
    QString m_name;
    QString m_why = u"none is known here"_s;
    QPointer<QObject> m_context;
    BrowserLauncher::FailureHandler m_failed;
};

#ifdef Q_OS_WIN
void openWithShell(const QString &url, const BrowserLauncher::FailureHandler &failed)
{
    const auto answer = ::ShellExecuteW(nullptr, L"open", reinterpret_cast<const wchar_t *>(url.utf16()), nullptr,
                                        nullptr, SW_SHOWNORMAL); // the API's own string type
    // The documentation defines success as a value above 32, of a type that is a handle for historical reasons.
    if (const auto status = reinterpret_cast<std::intptr_t>(answer); status <= 32)
        failed(notOpened(u"ShellExecute failed with status %1"_s.arg(status)));
}
#endif

} // namespace

BrowserLauncher::~BrowserLauncher() = default;

CommandLauncher::CommandLauncher(const QString &command)
    // A program whose path has a space in it needs no quotes.
    : m_candidates{QFileInfo(command).isFile() ? QStringList{command} : QProcess::splitCommand(command)}
{
}

CommandLauncher::CommandLauncher(QList<QStringList> candidates) : m_candidates(std::move(candidates))
{
}

void CommandLauncher::launch(const QUrl &url, QObject *context, FailureHandler failed)
{
    // Only web pages: the URL comes from a provider's metadata, and openers start programs for other schemes. It also
    // means that the last argument can never be taken for an option.
    if (!url.isValid() || (url.scheme() != "https"_L1 && url.scheme() != "http"_L1))
        return failed({ErrorCode::InvalidArgument, u"only http and https pages are opened in a browser"_s});
    QList<QStringList> candidates = m_candidates;
    candidates.removeIf([](const QStringList &command) { return command.isEmpty() || command.first().isEmpty(); });
    auto *const attempt =
        new Attempt(std::move(candidates), url.toString(QUrl::FullyEncoded), context, std::move(failed));
    attempt->tryNext();
}

void SystemLauncher::launch(const QUrl &url, QObject *context, FailureHandler failed)
{
#ifdef Q_OS_WIN
    Q_UNUSED(context)
    if (url.scheme() != "https"_L1 && url.scheme() != "http"_L1)
        return failed({ErrorCode::InvalidArgument, u"only http and https pages are opened in a browser"_s});
    openWithShell(url.toString(QUrl::FullyEncoded), failed);
#else
    CommandLauncher(candidates()).launch(url, context, std::move(failed));
#endif
}

QList<QStringList> SystemLauncher::candidates()
{
    QList<QStringList> found;
    // By convention $BROWSER is a colon-separated list of commands.
    const auto wished = qEnvironmentVariable("BROWSER").split(u':', Qt::SkipEmptyParts);
    for (const QString &command : wished)
        found.append(QProcess::splitCommand(QString(command).remove(u"%s"_s)));
#if defined(Q_OS_MACOS)
    found.append({u"/usr/bin/open"_s});
#elif defined(Q_OS_UNIX)
    // wslview: inside the Windows Subsystem for Linux the person's browser is the one of Windows.
    const QList<QStringList> known = {{u"wslview"_s}, {u"xdg-open"_s}, {u"gio"_s, u"open"_s}, {u"x-www-browser"_s}};
    for (const QStringList &command : known) {
        if (!QStandardPaths::findExecutable(command.first()).isEmpty())
            found.append(command);
    }
#endif
    return found;
}

FunctionLauncher::FunctionLauncher(std::function<void(const QUrl &)> show) : m_show(std::move(show))
{
}

void FunctionLauncher::launch(const QUrl &url, QObject *, FailureHandler)
{
    m_show(url);
}

} // namespace Countersign

#include "browserlauncher.moc"

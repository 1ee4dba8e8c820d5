// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/webviewagent.h>

#include <countersign/base/logging.h>
#include <countersign/base/redaction.h>
#include <countersign/crypto/constanttime.h>
#include <countersign/useragent/heldredirect.h>
#include <countersign/useragent/pendinganswer.h>
#include <countersign/useragent/redirectmatch.h>
#include <countersign/useragent/webviewmessage.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QLocale>
#include <QtCore/QPointer>
#include <QtCore/QProcess>
#include <QtNetwork/QTcpSocket>

#include <algorithm>
#include <vector>

#ifdef Q_OS_UNIX
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

// The list is for a person to read; a page that redirects to itself must not fill the memory.
constexpr qsizetype maximumNavigations = 200;

bool isRoot()
{
#ifdef Q_OS_UNIX
    return ::geteuid() == 0;
#else
    return false;
#endif
}

bool hasDisplay()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
        || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

Error viewFailed(const QString &why)
{
    return {ErrorCode::NotSupported, ErrorCause::WebViewFailed, u"the embedded view "_s + why};
}

class WebViewSession;

//! Keeps views that were told to end until they have. What is left when the program ends is waited for here: a QProcess
//! that is destroyed earlier than its program complains.
class DyingViews final : public QObject
{
public:
    static void take(QProcess *process)
    {
        static QPointer<DyingViews> keeper;
        if (!keeper)
            keeper = new DyingViews;
        process->setParent(keeper);
    }
    ~DyingViews() override
    {
        constexpr int patience = 2000; // milliseconds; they were killed
        const auto dying = findChildren<QProcess *>(QString(), Qt::FindDirectChildrenOnly);
        for (auto *const process : dying) {
            process->disconnect();
            process->waitForFinished(patience);
        }
    }

private:
    DyingViews() : QObject(QCoreApplication::instance()) { }
};

} // namespace

struct WebViewAgent::Shared
{
    Settings settings;
    std::shared_ptr<std::vector<WebViewSession *>> sessions; // a session may outlive its agent
};

namespace {

using Sessions = std::vector<WebViewSession *>;

class WebViewSession final : public PendingAnswer
{
public:
    WebViewSession(WebViewAgent::Settings settings, HeldRedirect redirect, std::shared_ptr<Sessions> sessions,
                   AuthorizationAgent::Handler handler)
        : PendingAnswer(std::move(handler)), m_settings(std::move(settings)), m_redirect(std::move(redirect)),
          m_sessions(std::move(sessions))
    {
        m_sessions->push_back(this);
    }
    ~WebViewSession() override
    {
        std::erase(*m_sessions, this);
        letGo();
    }

    void raise(quintptr parentWindow)
    {
        if (m_process && (parentWindow == 0 || page().parentWindow == parentWindow))
            m_process->write(encode(WebViewMessage::Kind::Raise, {}));
    }

    QUrl redirectUri() const override { return m_redirect.uri; }
    QStringList navigations() const override { return m_navigations; }

protected:
    void show() override
    {
        if (page().mode == AnswerMode::FormPost)
            return deliverSoon(
                Error{ErrorCode::NotSupported, u"the embedded view cannot read an answer that is posted"_s});
        m_process = new QProcess;
        connect(m_process, &QProcess::readyReadStandardOutput, this, &WebViewSession::read);
        connect(m_process, &QProcess::errorOccurred, this, &WebViewSession::handleError);
        connect(m_process, &QProcess::finished, this, &WebViewSession::handleExit);
        // What Chromium prints may quote addresses.
        m_process->setStandardErrorFile(QProcess::nullDevice());
        m_process->setProcessEnvironment(environment());
        qCInfo(lcUserAgent) << "opening" << redacted(page().url) << "in the embedded view";
        m_process->start(m_settings.program, QStringList());
        m_process->write(request());
        // The pipe stays open: its end tells the view that nobody waits any more.
    }
    void hide() override { letGo(); }

private:
    QByteArray request() const
    {
        using Kind = WebViewMessage::Kind;
        QByteArray bytes = encode(Kind::Title, page().title.toUtf8());
        // The program may speak another language than the system.
        bytes += encode(Kind::Language, QLocale().bcp47Name().toUtf8());
        if (const auto look = m_settings.look ? m_settings.look() : QByteArray(); !look.isEmpty())
            bytes += encode(Kind::Look, look);
        if (!m_settings.usesProxy)
            bytes += encode(Kind::Proxy, "none");
        else if (!m_settings.proxy.isEmpty())
            bytes += encode(Kind::Proxy, m_settings.proxy.toEncoded());
        if (!m_settings.caFile.isEmpty())
            bytes += encode(Kind::Authorities, m_settings.caFile.toUtf8());
        if (!m_settings.sessionFolder.isEmpty())
            bytes += encode(Kind::Session, m_settings.sessionFolder.toUtf8());
        if (page().parentWindow != 0)
            bytes += encode(Kind::Parent, QByteArray::number(static_cast<qulonglong>(page().parentWindow)));
        bytes += encode(Kind::Redirect, m_redirect.uri.toEncoded());
        return bytes + encode(Kind::Start, page().url.toEncoded());
    }

    static QProcessEnvironment environment()
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        // Both would open the page, and the person's password in it, to other programs.
        environment.remove(u"QTWEBENGINE_REMOTE_DEBUGGING"_s);
        environment.remove(u"QTWEBENGINE_CHROMIUM_FLAGS"_s);
        return environment;
    }

    void letGo()
    {
        wipe(m_bytes);
        m_redirect.port.reset();
        if (!m_process)
            return;
        QProcess *const process = std::exchange(m_process, nullptr);
        process->disconnect(this);
        // Not deleted here: that would wait for the end of the process.
        if (process->state() == QProcess::NotRunning)
            return process->deleteLater();
        DyingViews::take(process);
        connect(process, &QProcess::finished, process, &QObject::deleteLater);
        connect(process, &QProcess::errorOccurred, process, &QObject::deleteLater);
        process->kill();
    }

    void read()
    {
        m_bytes += m_process->readAllStandardOutput();
        while (m_process) {
            auto message = takeWebViewMessage(m_bytes);
            if (!message)
                return deliverSoon(message.error());
            if (!message->has_value())
                return;
            handle(**message);
        }
    }

    void handle(const WebViewMessage &message)
    {
        using Kind = WebViewMessage::Kind;
        switch (message.kind) {
        case Kind::Visited:
            if (m_navigations.size() < maximumNavigations)
                m_navigations.append(QString::fromUtf8(message.value.reveal()));
            return;
        case Kind::Answer: return handleAnswer(message.value);
        case Kind::Closed:
            return deliverSoon(Error{ErrorCode::Cancelled, ErrorCause::WindowClosed, u"the window was closed"_s});
        case Kind::BrowserRequested:
            return deliverSoon(Error{ErrorCode::Cancelled, ErrorCause::BrowserRequested,
                                     u"the person asked for the system browser instead"_s});
        case Kind::Failed: return deliverSoon(viewFailed(u"could not show the page"_s));
        case Kind::Title:
        case Kind::Redirect:
        case Kind::Start:
        case Kind::Proxy:
        case Kind::Authorities:
        case Kind::Parent:
        case Kind::Language:
        case Kind::Look:
        case Kind::Session:
        case Kind::Raise: break;
        }
        deliverSoon(viewFailed(u"said something that only this side says"_s));
    }

    void handleAnswer(const Secret &address)
    {
        // Checked again: the view runs a provider's JavaScript and is believed nothing.
        const QUrl url = QUrl::fromEncoded(address.reveal().toByteArray(), QUrl::StrictMode);
        if (!isRedirect(url, m_redirect.uri))
            return deliverSoon(viewFailed(u"stopped at another address than the redirect URI"_s));
        Secret parameters = answerIn(url);
        // The page cannot go on after its redirect, and no other tab shares the window: waiting would help nobody.
        if (!belongs(parameters.reveal()))
            return deliverSoon(Error{ErrorCode::SecurityCheckFailed, ErrorCause::StateMismatch,
                                     u"the answer carries the state of another sign-in"_s});
        deliverSoon(
            RedirectAnswer{.redirectUri = m_redirect.uri, .parameters = std::move(parameters), .posted = false});
    }

    void handleError(QProcess::ProcessError error)
    {
        if (error == QProcess::FailedToStart)
            deliverSoon(Error{ErrorCode::NotSupported, ErrorCause::WebViewMissing,
                              u"the program of the embedded view cannot be started"_s});
    }

    void handleExit(int code, QProcess::ExitStatus status)
    {
        // Its last words, if there are any, were read before; what they said is on its way and wins.
        deliverSoon(viewFailed(status == QProcess::CrashExit ? u"crashed"_s : u"ended with status %1"_s.arg(code)));
    }

    WebViewAgent::Settings m_settings;
    HeldRedirect m_redirect;
    std::shared_ptr<Sessions> m_sessions;
    QProcess *m_process = nullptr;
    QByteArray m_bytes;
    QStringList m_navigations;
};

} // namespace

WebViewAgent::WebViewAgent(QString program) : WebViewAgent(Settings{.program = std::move(program)})
{
}

WebViewAgent::WebViewAgent(Settings settings)
    : d(new Shared{.settings = std::move(settings), .sessions = std::make_shared<Sessions>()})
{
}

WebViewAgent::~WebViewAgent() = default;

void WebViewAgent::raise(quintptr parentWindow)
{
    for (WebViewSession *const session : *d->sessions)
        session->raise(parentWindow);
}

QString WebViewAgent::name() const
{
    return u"embedded"_s;
}

QString WebViewAgent::program() const
{
    return d->settings.program.isEmpty() ? findProgram() : d->settings.program;
}

QString WebViewAgent::findProgram()
{
#ifdef Q_OS_WIN
    const QString name = u"countersign-webview.exe"_s;
#else
    const QString name = u"countersign-webview"_s;
#endif
    const QDir here(QCoreApplication::applicationDirPath());
    for (const QString &folder : {u"."_s, u"../libexec"_s, u"../libexec/countersign"_s, u"../lib/countersign"_s}) {
        const QFileInfo candidate(here.filePath(folder + u'/' + name));
        if (candidate.isFile() && candidate.isExecutable())
            return candidate.canonicalFilePath();
    }
    return {};
}

Result<void> WebViewAgent::availability() const
{
    const QFileInfo file(program());
    if (program().isEmpty() || !file.isFile() || !file.isExecutable())
        return Error{ErrorCode::NotSupported, ErrorCause::WebViewMissing,
                     u"the embedded view is not installed; use the system browser"_s};
    if (isRoot() && qEnvironmentVariable("QTWEBENGINE_DISABLE_SANDBOX") != "1"_L1)
        return Error{ErrorCode::NotSupported, ErrorCause::WebViewForbidden,
                     u"the embedded view refuses to run as root, where its sandbox cannot work; use the system "
                     "browser"_s};
    if (!hasDisplay())
        return viewFailed(u"needs a display, and there is none here"_s);
    return {};
}

Result<std::unique_ptr<AuthorizationSession>> WebViewAgent::begin(const RedirectPreference &preference, Handler handler)
{
    if (const auto available = availability(); !available)
        return available.error();
    auto redirect = holdRedirect(preference);
    if (!redirect)
        return redirect.error();
    auto settings = d->settings;
    settings.program = program();
    return std::unique_ptr<AuthorizationSession>(
        std::make_unique<WebViewSession>(std::move(settings), *std::move(redirect), d->sessions, std::move(handler)));
}

} // namespace Countersign

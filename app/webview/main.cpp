// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "pipe.h"
#include "sessionfolder.h"
#include "viewcheck.h"

#include <authview/authwindow.h>
#include <authview/signinprofile.h>
#include <text/language.h>
#include <widgets/theme.h>

#include <countersign/base/logging.h>
#include <countersign/crypto/secret.h>

#include <QtNetwork/QNetworkProxy>
#include <QtNetwork/QSslCertificate>
#include <QtWidgets/QApplication>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>
#include <optional>

using namespace Countersign;
using namespace Qt::StringLiterals;

namespace {

constexpr int exitUsage = 2;

int fail(const Error &error)
{
    std::fprintf(stderr, "countersign-webview: %s\n", qPrintable(error.message()));
    return exitUsage;
}

//! The same proxy as for the program's own requests.
void useProxy(const WebViewRequest &request)
{
    if (!request.usesProxy)
        return QNetworkProxy::setApplicationProxy(QNetworkProxy::NoProxy);
    if (request.proxy.isEmpty())
        return QNetworkProxyFactory::setUseSystemConfiguration(true);
    const bool isSocks = request.proxy.scheme() == "socks5"_L1;
    QNetworkProxy::setApplicationProxy({isSocks ? QNetworkProxy::Socks5Proxy : QNetworkProxy::HttpProxy,
                                        request.proxy.host(),
                                        static_cast<quint16>(request.proxy.port(isSocks ? 1080 : 8080)),
                                        request.proxy.userName(), request.proxy.password()});
}

//! The colours and the text size of the program that signs in.
void wear(const QByteArray &bytes)
{
    const auto look = Desktop::Theme::fromBytes(bytes);
    if (!look)
        return;
    QApplication::setStyle(u"Fusion"_s); // it takes its colours from the palette alone
    QApplication::setPalette(look->palette());
    if (const auto points = Desktop::Theme::pointsFromBytes(bytes)) {
        auto font = QApplication::font();
        font.setPointSizeF(*points);
        QApplication::setFont(font);
    }
}

//! The window's last word.
struct Ending
{
    WebViewMessage::Kind kind = WebViewMessage::Kind::Failed;
    Secret value;
};

//! The window, for the thread that listens to the pipe.
struct ShownWindow
{
    void hear(WebViewMessage::Kind kind)
    {
        const std::scoped_lock lock(mutex);
        if (window && kind == WebViewMessage::Kind::Raise)
            QMetaObject::invokeMethod(window, &AuthWindow::comeForward, Qt::QueuedConnection);
    }

    std::mutex mutex;
    AuthWindow *window = nullptr; //!< null when it is gone
};

//! Shows the window until it has said its last word, which is kept instead of sent if \p ending is given.
int show(char **argv, const WebViewRequest &request, const QString &sessionFolder, std::optional<Ending> *ending)
{
    // No arguments reach Qt or Chromium: some of them open a debugging port.
    int argc = 1;
    QApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"countersign-webview"_s);
    QGuiApplication::setApplicationDisplayName(u"Countersign"_s);
    QGuiApplication::setDesktopFileName(u"io.github.countersign.Countersign"_s);
    Desktop::installTranslations(application, request.language);
    wear(request.look);
    useProxy(request);
    using Kind = WebViewMessage::Kind;
    AuthWindow window(request.start, request.redirectUri, request.title, sessionFolder);
    const auto leave = [ending, &window](Kind kind, QByteArrayView value = {}) {
        if (ending)
            ending->emplace(Ending{kind, Secret::copyOf(value)});
        else
            send(kind, value);
        window.hide();
        QCoreApplication::quit();
    };
    QObject::connect(&window, &AuthWindow::visited, &window,
                     [](const QString &page) { send(Kind::Visited, page.toUtf8()); });
    QObject::connect(&window, &AuthWindow::answered, &window,
                     [leave](const QUrl &url) { leave(Kind::Answer, url.toEncoded()); });
    QObject::connect(&window, &AuthWindow::closed, &window, [leave] { leave(Kind::Closed); });
    QObject::connect(&window, &AuthWindow::browserRequested, &window, [leave] { leave(Kind::BrowserRequested); });
    const auto shown = std::make_shared<ShownWindow>();
    shown->window = &window;
    // Without quick exit the event loop might be busy with a page that nobody waits for.
    watchPipe([shown](Kind kind) { shown->hear(kind); }, [] { std::_Exit(0); });
    if (!request.caFile.isEmpty())
        window.trust(QSslCertificate::fromPath(request.caFile, QSsl::Pem));
    window.stayInFrontOf(request.parentWindow);
    window.comeForward();
    window.start();
    const int code = QCoreApplication::exec();
    const std::scoped_lock lock(shown->mutex);
    shown->window = nullptr;
    return code;
}

int run(char **argv, const WebViewRequest &request)
{
    const auto folder = SessionFolder::take(request.sessionFolder);
    if (!folder)
        return show(argv, request, {}, nullptr);
    // Whoever waits ends this process with its last word. Chromium writes cookies down when it is shut down, so that
    // comes first.
    std::optional<Ending> ending;
    const int code = show(argv, request, folder->path(), &ending);
    folder->tidy();
    if (ending)
        send(ending->kind, ending->value.reveal());
    return code;
}

} // namespace

int main(int argc, char **argv)
{
    // Both let other programs into the page. Qt's own QTWEBENGINE_DISABLE_SANDBOX is honoured: it is the developer's
    // explicit wish, and without it Chromium refuses to run as root.
    qunsetenv("QTWEBENGINE_REMOTE_DEBUGGING");
    qunsetenv("QTWEBENGINE_CHROMIUM_FLAGS");
#ifdef SIGPIPE
    std::signal(SIGPIPE, SIG_IGN);
#endif
    installRedactingLogSink();
    if (argc == 2 && std::strcmp(argv[1], viewCheckArgument) == 0)
        return checkView(argv);
    if (const auto claimed = claimPipe(); !claimed)
        return fail(claimed.error());
    const auto request = readRequest();
    if (!request)
        return fail(request.error());
    registerRedirectScheme(request->redirectUri);
    return run(argv, *request);
}

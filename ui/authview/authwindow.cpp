// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <authview/authwindow.h>

#include <authview/originbar.h>
#include <authview/prompts.h>
#include <authview/refusals.h>
#include <authview/signinprofile.h>

#include <QtCore/QPointer>
#include <QtGui/QAction>
#include <QtGui/QCloseEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtGui/QShortcut>
#include <QtGui/QWindow>
#include <QtNetwork/QAuthenticator>
#include <QtNetwork/QSslCertificate>
#include <QtWebEngineCore/QWebEngineClientCertificateSelection>
#include <QtWebEngineCore/QWebEngineHistory>
#include <QtWebEngineCore/QWebEngineScript>
#include <QtWebEngineWidgets/QWebEngineView>
#include <QtWidgets/QFrame>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr double zoomStep = 1.1;
// A page that opens windows in a loop stops here.
constexpr std::size_t maximumWindows = 8;

//! Drawn: the style's own are dark on every ground.
QIcon drawnIcon(const QWidget &window, const QPainterPath &path)
{
    constexpr int side = 16;
    constexpr int sharpness = 4;
    QPixmap pixmap(side * sharpness, side * sharpness);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(sharpness, sharpness);
    painter.setPen(QPen(window.palette().color(QPalette::ButtonText), 1.7, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPath(path);
    return QIcon(pixmap);
}

//! An arrow that points to the left, turned by \p degrees.
QIcon arrowIcon(const QWidget &window, double degrees)
{
    QPainterPath path(QPointF(5, 0));
    path.lineTo(-5, 0);
    path.moveTo(-1, -4);
    path.lineTo(-5, 0);
    path.lineTo(-1, 4);
    return drawnIcon(window, QTransform::fromTranslate(8, 8).rotate(degrees).map(path));
}

QIcon reloadIcon(const QWidget &window)
{
    constexpr double begin = 40;
    constexpr double sweep = 290;
    const QRectF circle(3, 3, 10, 10);
    QPainterPath path;
    path.arcMoveTo(circle, begin);
    const auto tip = path.currentPosition();
    path.arcTo(circle, begin, sweep);
    path.moveTo(tip + QPointF(-0.2, -3.6));
    path.lineTo(tip);
    path.lineTo(tip + QPointF(-3.6, 0.2));
    return drawnIcon(window, path);
}

QIcon closeIcon(const QWidget &window)
{
    QPainterPath path(QPointF(4, 4));
    path.lineTo(12, 12);
    path.moveTo(12, 4);
    path.lineTo(4, 12);
    return drawnIcon(window, path);
}

//! The focus is a frame that is seen on every ground, and what has to be found has one always. The colours are those
//! that the program gave this window with its palette: border and accent.
QString framesOfFocus()
{
    return uR"(
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 5px 8px; color: palette(button-text); }
QToolButton#framed { border-color: palette(mid); background: palette(base); }
QToolButton:hover, QToolButton#framed:hover { border-color: palette(link); }
QToolButton:focus, QToolButton#framed:focus { border: 2px solid palette(link); padding: 4px 7px; }
QLineEdit { border: 1px solid palette(mid); border-radius: 6px; background: palette(base); padding: 5px 8px; }
QLineEdit:focus { border: 2px solid palette(link); padding: 4px 7px; }
QFrame#origin_bar { border: 1px solid palette(mid); border-radius: 6px; background: palette(base); }
QFrame#banner { border: 1px solid palette(mid); border-radius: 6px; background: palette(tooltip-base); }
)"_s;
}

QToolButton *button(const QString &text, const QIcon &icon, QWidget *parent)
{
    auto *const made = new QToolButton(parent);
    made->setText(text);
    made->setToolTip(text);
    made->setAccessibleName(text);
    made->setIcon(icon);
    const int side = std::max(16, made->fontMetrics().height()); // as tall as the text
    made->setIconSize({side, side});
    made->setAutoRaise(true);
    made->setToolButtonStyle(icon.isNull() ? Qt::ToolButtonTextOnly : Qt::ToolButtonIconOnly);
    return made;
}

} // namespace

AuthWindow::AuthWindow(const QUrl &start, const QUrl &redirectUri, const QString &title, const QString &sessionFolder)
    : m_start(start), m_rules(start, redirectUri),
      m_profile(sessionFolder.isEmpty() ? new SignInProfile(m_rules, this)
                                        : new SignInProfile(m_rules, sessionFolder, this)),
      m_view(new QWebEngineView(this)), m_originBar(new OriginBar(this))
{
    setWindowTitle(title.isEmpty() ? tr("Sign in") : title);
    constexpr int titleBar = 40;
    resize(QSize(566, 720).boundedTo(screen()->availableSize() - QSize(0, titleBar)));
    setStyleSheet(framesOfFocus());
    buildBars();
    // No menu: what is on it (view source, save, new tab) leads out of a sign-in. Paste works by keyboard.
    m_view->setContextMenuPolicy(Qt::NoContextMenu);
    connect(m_profile, &SignInProfile::downloadRefused, this,
            [this] { notify(tr("The page tried to download a file. That is not allowed here.")); });
    m_watchdog.setSingleShot(true);
    connect(&m_watchdog, &QTimer::timeout, this,
            [this] { offerBrowser(tr("The page is taking a long time to appear.")); });
    m_emptyCheck.setSingleShot(true);
    m_emptyCheck.setInterval(emptyPatience);
    connect(&m_emptyCheck, &QTimer::timeout, this, &AuthWindow::lookWhetherEmpty);
    adopt(new GatedPage(m_rules, m_profile, this));
    new QShortcut(QKeySequence::ZoomIn, this, this, [this] { zoomBy(zoomStep); });
    new QShortcut(QKeySequence::ZoomOut, this, this, [this] { zoomBy(1 / zoomStep); });
    new QShortcut(QKeySequence(Qt::CTRL | Qt::Key_0), this, this, [this] { m_view->setZoomFactor(1); });
    new QShortcut(QKeySequence::Refresh, this, this, [this] { m_view->reload(); });
    new QShortcut(QKeySequence::Back, this, this, [this] { goBack(); });
    new QShortcut(QKeySequence::Find, this, this, [this] { showFindBar(); });
    // The way out of a page that takes every Tab for itself.
    new QShortcut(QKeySequence(Qt::Key_F6), this, this, [this] { leavePage(); });
}

AuthWindow::~AuthWindow()
{
    // Pages before their profile, or Chromium complains that a profile went while it was in use.
    delete m_view;
    for (GatedPage *const page : m_pages)
        delete page;
}

void AuthWindow::buildBars()
{
    m_back = button(tr("Back"), arrowIcon(*this, isRightToLeft() ? 180 : 0), this);
    auto *const reload = button(tr("Reload"), reloadIcon(*this), this);
    auto *const smaller = button(tr("Zoom out"), {}, this);
    smaller->setText(u"−"_s);
    auto *const larger = button(tr("Zoom in"), {}, this);
    larger->setText(u"+"_s);
    m_browser = button(tr("Open in browser instead"), {}, this);
    m_browser->setObjectName(u"framed"_s);
    connect(m_back, &QToolButton::clicked, this, &AuthWindow::goBack);
    connect(reload, &QToolButton::clicked, this, [this] { m_view->reload(); });
    connect(smaller, &QToolButton::clicked, this, [this] { zoomBy(1 / zoomStep); });
    connect(larger, &QToolButton::clicked, this, [this] { zoomBy(zoomStep); });
    const auto leave = [this] {
        if (!std::exchange(m_isOver, true))
            Q_EMIT browserRequested();
    };
    connect(m_browser, &QToolButton::clicked, this, leave);

    m_banner = new QFrame(this);
    m_banner->setObjectName(u"banner"_s);
    m_banner->setAutoFillBackground(true);
    m_banner->setBackgroundRole(QPalette::ToolTipBase);
    m_bannerText = new QLabel(m_banner);
    m_bannerText->setTextFormat(Qt::PlainText);
    m_bannerText->setForegroundRole(QPalette::ToolTipText);
    m_bannerText->setWordWrap(true);
    m_bannerAction = button(tr("Open in browser"), {}, m_banner);
    m_bannerAction->setObjectName(u"framed"_s);
    connect(m_bannerAction, &QToolButton::clicked, this, leave);
    auto *const dismissBanner = button(tr("Hide this message"), {}, m_banner);
    dismissBanner->setText(u"✕"_s);
    connect(dismissBanner, &QToolButton::clicked, m_banner, &QWidget::hide);
    auto *const bannerLayout = new QHBoxLayout(m_banner);
    bannerLayout->addWidget(m_bannerText, 1);
    bannerLayout->addWidget(m_bannerAction);
    bannerLayout->addWidget(dismissBanner);
    m_banner->hide();

    buildFindBar();
    m_progress = new QProgressBar(this);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(std::max(3, fontMetrics().height() / 5));
    m_progress->setAccessibleName(tr("Loading"));
    m_progress->setRange(0, 0);
    // Keeps its place, so that the page does not jump.
    QSizePolicy policy = m_progress->sizePolicy();
    policy.setRetainSizeWhenHidden(true);
    m_progress->setSizePolicy(policy);

    auto *const tools = new QHBoxLayout;
    tools->setContentsMargins(6, 6, 6, 4);
    tools->setSpacing(2);
    for (QToolButton *const each : {m_back, reload, smaller, larger})
        tools->addWidget(each);
    tools->addStretch(1);
    tools->addWidget(m_browser);
    auto *const origin = new QHBoxLayout;
    origin->setContentsMargins(6, 0, 6, 6);
    origin->addWidget(m_originBar);
    connect(m_originBar, &OriginBar::detailsRequested, this, &AuthWindow::showConnectionDetails);
    auto *const layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(tools);
    layout->addLayout(origin);
    layout->addWidget(m_banner);
    layout->addWidget(m_progress);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_findBar);
}

void AuthWindow::buildFindBar()
{
    m_findBar = new QFrame(this);
    m_findText = new QLineEdit(m_findBar);
    m_findText->setPlaceholderText(tr("Find in the page"));
    m_findText->setAccessibleName(tr("Find in the page"));
    auto *const previous = button(tr("Previous match"), arrowIcon(*this, 90), m_findBar);
    auto *const next = button(tr("Next match"), arrowIcon(*this, -90), m_findBar);
    auto *const done = button(tr("Close the search"), closeIcon(*this), m_findBar);
    connect(m_findText, &QLineEdit::textChanged, this, [this] { find(false); });
    connect(m_findText, &QLineEdit::returnPressed, this, [this] { find(false); });
    connect(previous, &QToolButton::clicked, this, [this] { find(true); });
    connect(next, &QToolButton::clicked, this, [this] { find(false); });
    const auto close = [this] {
        m_view->findText({});
        m_findBar->hide();
        m_view->setFocus();
    };
    connect(done, &QToolButton::clicked, this, close);
    auto *const escape = new QShortcut(QKeySequence(Qt::Key_Escape), m_findBar);
    escape->setContext(Qt::WidgetWithChildrenShortcut);
    connect(escape, &QShortcut::activated, this, close);
    auto *const layout = new QHBoxLayout(m_findBar);
    layout->setContentsMargins(6, 4, 6, 4);
    layout->addWidget(m_findText, 1);
    for (QToolButton *const each : {previous, next, done})
        layout->addWidget(each);
    m_findBar->hide();
}

void AuthWindow::showFindBar()
{
    m_findBar->show();
    m_findText->selectAll();
    m_findText->setFocus();
}

void AuthWindow::find(bool backward)
{
    m_view->findText(m_findText->text(), backward ? QWebEnginePage::FindBackward : QWebEnginePage::FindFlags());
}

void AuthWindow::leavePage()
{
    if (m_view->isAncestorOf(focusWidget()) || m_view->hasFocus())
        m_browser->setFocus(Qt::TabFocusReason);
    else
        m_view->setFocus();
}

void AuthWindow::trust(const QList<QSslCertificate> &authorities)
{
    m_profile->trust(authorities);
}

void AuthWindow::stayInFrontOf(quintptr window)
{
    // Wayland has no names for other programs' windows, and macOS no transient ones.
    const auto platform = QGuiApplication::platformName();
    if (window == 0 || (platform != "xcb"_L1 && platform != "windows"_L1))
        return;
    // X11 tells window managers of owners for dialogs only; this one keeps the buttons of a window.
    setWindowFlags(Qt::Dialog | Qt::WindowTitleHint | Qt::WindowSystemMenuHint | Qt::WindowMinMaxButtonsHint
                   | Qt::WindowCloseButtonHint);
    m_owner = QWindow::fromWinId(static_cast<WId>(window));
    if (!m_owner)
        return;
    connect(this, &QObject::destroyed, m_owner, &QObject::deleteLater);
    winId(); // makes the native window exist
    windowHandle()->setTransientParent(m_owner);
}

bool AuthWindow::event(QEvent *event)
{
    // The page draws in another way than widgets do, for which Qt makes the native window anew: that one has no owner.
    if (event->type() == QEvent::WinIdChange && m_owner && windowHandle())
        windowHandle()->setTransientParent(m_owner);
    return QWidget::event(event);
}

void AuthWindow::comeForward()
{
    setWindowState((windowState() & ~Qt::WindowMinimized) | Qt::WindowActive);
    show();
    raise();
    activateWindow();
}

void AuthWindow::start()
{
    // Whoever wants to type their name wants to do it in the page.
    m_view->setFocus();
    m_progress->show();
    m_view->load(m_start);
}

void AuthWindow::adopt(GatedPage *page)
{
    m_pages.push_back(page);
    // Until a page is there: white would be glaring in a dark window.
    page->setBackgroundColor(palette().color(QPalette::Base));
    connect(page, &GatedPage::answered, this, &AuthWindow::handleAnswer);
    connect(page, &GatedPage::refused, this, &AuthWindow::handleRefusal);
    connect(page, &GatedPage::visited, this, [this](const QUrl &url) {
        m_untrusted.clear();
        m_banner->hide();
        if (!url.host().isEmpty())
            Q_EMIT visited(OriginBar::originOf(url) + url.path(QUrl::FullyEncoded));
    });
    connect(page, &GatedPage::opened, this, [this](GatedPage *child) {
        adopt(child);
        // More windows than a sign-in can need: the page gets one that nobody sees.
        if (m_pages.size() > maximumWindows)
            QMetaObject::invokeMethod(
                this, [this, child] { dismiss(child); }, Qt::QueuedConnection);
    });
    connect(page, &QWebEnginePage::windowCloseRequested, this, [this, page] { dismiss(page); });
    connect(page, &QWebEnginePage::loadStarted, this, [this] {
        m_progress->show();
        m_emptyCheck.stop();
        m_watchdog.start(patience);
    });
    connect(page, &QWebEnginePage::loadFinished, this, &AuthWindow::handleLoaded);
    connect(page, &QWebEnginePage::urlChanged, this, [this, page](const QUrl &url) {
        // Pages that say nothing of colours write black on what they take for white.
        page->setBackgroundColor(Qt::white);
        if (page == current() && m_untrusted.isEmpty())
            m_originBar->showOrigin(url);
    });
    connect(page, &QWebEnginePage::renderProcessTerminated, this,
            [this] { offerBrowser(tr("The page stopped working.")); });
    connect(page, &GatedPage::passkeyWanted, this, [this] {
        offerBrowser(tr("This page asked for a passkey. They cannot be used in this window; your browser can."));
    });
    connectPrompts(page);
    present(page);
}

void AuthWindow::connectPrompts(GatedPage *page)
{
    connect(page, &QWebEnginePage::authenticationRequired, this,
            [this](const QUrl &url, QAuthenticator *authenticator) {
                askForCredentials(this, OriginBar::originOf(url), authenticator);
            });
    connect(page, &QWebEnginePage::proxyAuthenticationRequired, this,
            [this](const QUrl &, QAuthenticator *authenticator, const QString &proxy) {
                askForCredentials(this, tr("The proxy %1").arg(proxy), authenticator);
            });
    connect(page, &QWebEnginePage::selectClientCertificate, this, &AuthWindow::chooseClientCertificate);
}

void AuthWindow::chooseClientCertificate(QWebEngineClientCertificateSelection selection)
{
    const auto certificates = selection.certificates();
    const int chosen = chooseCertificate(this, selection.host().host(), certificates);
    if (chosen < 0 || chosen >= certificates.size())
        return selection.selectNone();
    selection.select(certificates.at(chosen));
}

void AuthWindow::showConnectionDetails()
{
    const auto url = m_untrusted.isEmpty() ? current()->url() : m_untrusted;
    ConnectionFacts facts{.origin = OriginBar::originOf(url), .chain = m_profile->certificatesOf(url)};
    facts.state = !m_untrusted.isEmpty() ? ConnectionFacts::State::Untrusted
        : url.scheme() == "http"_L1      ? ConnectionFacts::State::Plain
        : facts.chain.isEmpty()          ? ConnectionFacts::State::Encrypted
                                         : ConnectionFacts::State::VouchedFor;
    showConnection(this, facts);
}

void AuthWindow::present(GatedPage *page)
{
    m_view->setPage(page);
    m_originBar->showOrigin(page->url());
}

void AuthWindow::dismiss(GatedPage *page)
{
    if (m_pages.size() < 2 || std::erase(m_pages, page) == 0)
        return; // the first page stays: closing it is the person's business
    present(m_pages.back());
    page->deleteLater();
}

void AuthWindow::goBack()
{
    if (current()->history()->canGoBack())
        return m_view->back();
    if (m_pages.size() > 1)
        dismiss(current());
}

void AuthWindow::zoomBy(double factor)
{
    m_view->setZoomFactor(std::clamp(m_view->zoomFactor() * factor, 0.5, 3.0));
}

void AuthWindow::handleAnswer(const QUrl &url)
{
    if (std::exchange(m_isOver, true))
        return;
    m_watchdog.stop();
    // Out of the hook first: Chromium is in the middle of a navigation.
    QMetaObject::invokeMethod(
        this, [this, url] { Q_EMIT answered(url); }, Qt::QueuedConnection);
}

void AuthWindow::handleRefusal(GatedPage::Refusal what, const QUrl &url)
{
    switch (what) {
    case GatedPage::Refusal::Address:
        return offerBrowser(tr("The page tried to go to an address that is not allowed in a sign-in: %1")
                                .arg(OriginBar::originOf(url)));
    case GatedPage::Refusal::Certificate:
        m_untrusted = url;
        m_originBar->showUntrusted(url);
        m_watchdog.stop();
        return offerBrowser(tr("%1 cannot prove who it is: its certificate is not trusted. The sign-in stops here.")
                                .arg(OriginBar::originOf(url)));
    case GatedPage::Refusal::Permission:
        return notify(tr("The page asked for a device or a permission. That is never granted here."));
    }
}

void AuthWindow::handleLoaded(bool ok)
{
    m_watchdog.stop();
    m_progress->hide();
    m_back->setEnabled(current()->history()->canGoBack() || m_pages.size() > 1);
    if (m_isOver)
        return;
    if (!ok && m_banner->isHidden())
        return offerBrowser(tr("The page could not be loaded."));
    lookForRefusals();
}

void AuthWindow::lookForRefusals()
{
    const QPointer<AuthWindow> self(this);
    current()->toPlainText([self](const QString &text) {
        if (!self)
            return;
        if (text.trimmed().isEmpty())
            self->m_emptyCheck.start();
        switch (providerRefusal(text)) {
        case ProviderRefusal::None: return;
        case ProviderRefusal::EmbeddedAgent:
            return self->offerBrowser(tr("This provider does not allow signing in inside an application."));
        case ProviderRefusal::DeviceRequired:
            return self->offerBrowser(tr("This provider wants to see that the device is managed. Your browser can "
                                         "prove that; this window cannot."));
        }
    });
}

//! A page of pictures has no text, either: only one without anything to look at or to click is empty.
void AuthWindow::lookWhetherEmpty()
{
    static const QString count =
        u"document.body ? document.body.innerText.trim().length"
        " + document.querySelectorAll('input,button,img,svg,canvas,iframe,video').length : 0"_s;
    const QPointer<AuthWindow> self(this);
    current()->runJavaScript(count, QWebEngineScript::ApplicationWorld, [self](const QVariant &seen) {
        if (self && !self->m_isOver && seen.toInt() == 0)
            self->offerBrowser(tr("The page stays empty."));
    });
}

void AuthWindow::offerBrowser(const QString &why)
{
    notify(why);
    m_bannerAction->show();
}

void AuthWindow::notify(const QString &what)
{
    m_bannerText->setText(what);
    m_bannerAction->hide();
    m_banner->setAccessibleName(what);
    m_banner->show();
}

void AuthWindow::closeEvent(QCloseEvent *event)
{
    event->accept();
    if (!std::exchange(m_isOver, true))
        Q_EMIT closed();
}

} // namespace Countersign

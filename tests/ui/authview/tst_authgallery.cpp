// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// The sign-in window in every state that a page can bring it into, under the walks that the other windows are under.
// It is a program of its own, and so is its gallery: nothing else maps Qt WebEngine.
#include "ui/inspection.h"

#include <authview/authwindow.h>

#include <QtCore/QScopeGuard>
#include <QtGui/QCursor>
#include <QtGui/QScreen>
#include <QtNetwork/QTcpServer>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWebEngineCore/QWebEnginePage>
#include <QtWebEngineWidgets/QWebEngineView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QFrame>
#include <QtWidgets/QLabel>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QToolButton>

#include <support/pageserver.h>

#ifdef Q_OS_UNIX
#include <csignal>
#endif

using namespace Countersign;
using namespace CountersignTest;
using namespace Qt::StringLiterals;

namespace {

constexpr int patience = 30000; // milliseconds: Chromium starts slowly on a busy machine

//! A page, and what the window says of it.
struct State
{
    QString name;
    QByteArray page;
    bool hasNotice = true;
    bool offersBrowser = true;
};

const QList<State> &states()
{
    static const QList<State> all{
        {u"page"_s, "<h1>Sign in</h1><input autofocus>"_ba, false, false},
        {u"passkey"_s,
         "<p>Sign in</p><script>navigator.credentials.get({publicKey: {challenge: new Uint8Array(16)}})"
         ".catch(() => 0)</script>"_ba},
        {u"agent-refused"_s, "<h1>Error 403: disallowed_useragent</h1>"_ba},
        {u"managed-device"_s, "<p>AADSTS53000: not compliant</p>"_ba},
        {u"empty"_s, "<div></div>"_ba},
        {u"forbidden-address"_s, "<p>Sign in</p><script>location = 'http://elsewhere.example/'</script>"_ba},
        {u"permission"_s, "<p>Sign in</p><script>navigator.geolocation.getCurrentPosition(() => 0)</script>"_ba, true,
         false},
        {u"download"_s, "<p>Sign in</p><a id=a download=x href='data:text/plain,x'>x</a><script>a.click()</script>"_ba,
         true, false},
        {u"dead-renderer"_s, "<p>Sign in</p>"_ba},
        {u"not-there"_s, {}},
    };
    return all;
}

//! The window over a provider whose page has done what it does.
struct Exhibit
{
    explicit Exhibit(const State &state)
    {
        provider.html("/start", state.page);
        const auto origin = QString::fromLatin1(provider.origin());
        const QUrl start(state.page.isEmpty() ? u"http://127.0.0.1:1/"_s : QString(origin + u"/start"_s));
        window = std::make_unique<AuthWindow>(start, QUrl(u"http://127.0.0.1:4711/cb"_s), u"Keycloak lab"_s);
        auto *view = window->findChild<QWebEngineView *>();
        QSignalSpy loaded(view, &QWebEngineView::loadFinished);
        window->show();
        window->start();
        const bool isLoaded = QTest::qWaitFor([&loaded] { return !loaded.isEmpty(); }, patience);
#ifdef Q_OS_UNIX
        if (isLoaded && state.name == "dead-renderer"_L1)
            ::kill(pid_t(view->page()->renderProcessPid()), SIGKILL);
#endif
        isThere = isLoaded && QTest::qWaitFor([this, &state] { return hasNotice() == state.hasNotice; }, patience);
    }
    QFrame *banner() const
    {
        return window->findChild<QFrame *>(u"banner"_s);
    }
    bool hasNotice() const
    {
        return banner()->isVisible();
    }
    bool offersBrowser() const
    {
        const auto buttons = banner()->findChildren<QToolButton *>();
        return std::count_if(buttons.cbegin(), buttons.cend(), [](const auto *each) { return each->isVisible(); }) == 2;
    }

    PageServer provider;
    std::unique_ptr<AuthWindow> window;
    bool isThere = false;
};

QString pictureFolder()
{
    return qEnvironmentVariable("COUNTERSIGN_SCREENSHOTS");
}

void savePicture(QWidget &window, const QString &name)
{
    if (!pictureFolder().isEmpty())
        QVERIFY(window.grab().save(pictureFolder() + u'/' + name + u".png"_s));
}

} // namespace

class TestAuthGallery : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void everyStateStandsTheWalks_data();
    void everyStateStandsTheWalks();
    void nothingIsCutInThePseudoLocale_data() { everyStateStandsTheWalks_data(); }
    void nothingIsCutInThePseudoLocale();
    void aLargeDarkWindowWaitsInTheDarkAndShowsPagesAsTheyAre();
    void theFocusAndTheFramesAreSeenOnEveryGround_data();
    void theFocusAndTheFramesAreSeenOnEveryGround();
    void theKeyboardLeavesThePageAndComesBack();
    void tour_data() { everyStateStandsTheWalks_data(); }
    void tour();
};

void TestAuthGallery::everyStateStandsTheWalks_data()
{
    QTest::addColumn<int>("index");
    for (int i = 0; i < states().size(); ++i)
        QTest::newRow(qPrintable(states().at(i).name)) << i;
}

void TestAuthGallery::everyStateStandsTheWalks()
{
    QFETCH(int, index);
    const auto &state = states().at(index);
    const Exhibit exhibit(state);
    QVERIFY(exhibit.isThere);
    QCOMPARE(exhibit.hasNotice() && exhibit.offersBrowser(), state.offersBrowser);
    const auto found =
        namelessControls(*exhibit.window) + unreachableControls(*exhibit.window) + sharedMnemonics(*exhibit.window);
    QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
}

void TestAuthGallery::nothingIsCutInThePseudoLocale()
{
    QFETCH(int, index);
    const auto before = QApplication::font();
    auto font = before;
    font.setPointSizeF(font.pointSizeF() * 2);
    QApplication::setFont(font);
    PseudoTranslator pseudo;
    QCoreApplication::installTranslator(&pseudo);
    const Exhibit exhibit(states().at(index));
    QCoreApplication::processEvents();
    const auto cut = cutTexts(*exhibit.window);
    const auto plain = untranslatedTexts(*exhibit.window, [](const QString &text) { return text.size() == 1; });
    QCoreApplication::removeTranslator(&pseudo);
    QApplication::setFont(before);
    QVERIFY(exhibit.isThere);
    QVERIFY2(cut.isEmpty(), qPrintable(cut.join(u'\n')));
    QVERIFY2(plain.isEmpty(), qPrintable(plain.join(u'\n')));
}

void TestAuthGallery::aLargeDarkWindowWaitsInTheDarkAndShowsPagesAsTheyAre()
{
    const auto usualFont = QApplication::font();
    const auto usualPalette = QApplication::palette();
    auto font = usualFont;
    font.setPointSizeF(font.pointSizeF() * 2);
    QApplication::setFont(font);
    QPalette dark(QColor(0x1b1e23U));
    dark.setColor(QPalette::Base, QColor(0x24282eU));
    dark.setColor(QPalette::Text, Qt::white);
    QApplication::setPalette(dark);
    const auto restore = qScopeGuard([&usualFont, &usualPalette] {
        QApplication::setFont(usualFont);
        QApplication::setPalette(usualPalette);
    });
    const auto colorOfPage = [](AuthWindow &window) {
        auto *view = window.findChild<QWebEngineView *>();
        return view->grab().toImage().pixelColor(view->width() / 2, view->height() - 20);
    };
    {
        QTcpServer silent; // takes the request and says nothing
        QVERIFY(silent.listen(QHostAddress::LocalHost));
        const QUrl start(u"http://127.0.0.1:%1/"_s.arg(silent.serverPort()));
        AuthWindow window(start, QUrl(u"http://127.0.0.1:4711/cb"_s), u"Keycloak lab"_s);
        window.show();
        window.start();
        QTRY_VERIFY_WITH_TIMEOUT(silent.hasPendingConnections(), patience);
        QTRY_VERIFY(colorOfPage(window).lightness() < 128);
        const auto *progress = window.findChild<QProgressBar *>();
        QVERIFY(progress->isVisible());
        QVERIFY(progress->height() > 3);
        for (const auto *each : window.findChildren<QToolButton *>())
            QVERIFY(each->icon().isNull() || each->iconSize().height() >= each->fontMetrics().height());
        savePicture(window, u"embedded-waiting-dark-large"_s);
    }
    // Black text on what it takes for white: a page without colours of its own.
    const Exhibit exhibit(states().constFirst());
    QVERIFY(exhibit.isThere);
    QTRY_COMPARE(colorOfPage(*exhibit.window), QColor(Qt::white));
    QVERIFY(!exhibit.window->findChild<QProgressBar *>()->isVisible());
    savePicture(*exhibit.window, u"embedded-page-dark-large"_s);
}

void TestAuthGallery::theFocusAndTheFramesAreSeenOnEveryGround_data()
{
    QTest::addColumn<QColor>("ground");
    QTest::addColumn<QColor>("border");
    QTest::addColumn<QColor>("accent");
    QTest::newRow("light") << QColor(0xf4f5f7U) << QColor(0x7c8087U) << QColor(0x0b5cadU);
    QTest::newRow("dark") << QColor(0x1b1e23U) << QColor(0x747b85U) << QColor(0x79b8ffU);
    QTest::newRow("high contrast") << QColor(Qt::black) << QColor(Qt::white) << QColor(Qt::yellow);
}

void TestAuthGallery::theFocusAndTheFramesAreSeenOnEveryGround()
{
    QFETCH(const QColor, ground);
    QFETCH(const QColor, border);
    QFETCH(const QColor, accent);
    const auto usual = QApplication::palette();
    QPalette palette(ground);
    palette.setColor(QPalette::Base, ground);
    palette.setColor(QPalette::Mid, border);
    palette.setColor(QPalette::Link, accent);
    QApplication::setPalette(palette);
    const auto restore = qScopeGuard([&usual] { QApplication::setPalette(usual); });
    const QUrl nobody(u"http://127.0.0.1:1/"_s);
    AuthWindow window(nobody, nobody, u"Keycloak lab"_s);
    // What is under the mouse wears the same frame.
    QCursor::setPos(window.screen()->geometry().bottomRight());
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    auto *browser = window.findChild<QToolButton *>(u"framed"_s);
    const auto *address = window.findChild<QFrame *>(u"origin_bar"_s);
    QVERIFY(browser && address);
    const auto edgeOf = [&window](const QWidget &part) {
        const auto shown = window.grab().toImage();
        const auto at = part.mapTo(&window, QPoint(part.width() / 2, 0)) * shown.devicePixelRatio();
        return shown.pixelColor(at);
    };
    QCOMPARE(edgeOf(*address), border);
    QCOMPARE(edgeOf(*browser), border);
    browser->setFocus(Qt::TabFocusReason);
    QTRY_COMPARE(edgeOf(*browser), accent);
    const auto buttons = window.findChildren<QToolButton *>(QString(), Qt::FindDirectChildrenOnly);
    for (auto *each : buttons) {
        if (each == browser || !each->isVisible() || !each->isEnabled())
            continue;
        QVERIFY(edgeOf(*each) != accent);
        each->setFocus(Qt::TabFocusReason);
        QTRY_COMPARE(edgeOf(*each), accent);
    }
    savePicture(window, u"authview-focus-"_s + QString::fromLatin1(QTest::currentDataTag()));
}

void TestAuthGallery::theKeyboardLeavesThePageAndComesBack()
{
    const Exhibit exhibit(states().constFirst());
    QVERIFY(exhibit.isThere);
    auto &window = *exhibit.window;
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    auto *view = window.findChild<QWebEngineView *>();
    const auto isInPage = [&window, view] {
        const auto *focus = window.focusWidget();
        return focus && (focus == view || view->isAncestorOf(focus));
    };
    view->setFocus();
    QVERIFY(isInPage());
    QTest::keyClick(&window, Qt::Key_F6);
    QVERIFY(!isInPage());
    // Every button of the bar, from there.
    QSet<QString> visited;
    for (int tab = 0; tab < 20 && !isInPage(); ++tab) {
        visited.insert(window.focusWidget()->accessibleName());
        QTest::keyClick(window.focusWidget(), Qt::Key_Tab, Qt::ShiftModifier);
    }
    for (const auto *name : {"Open in browser instead", "Zoom in", "Zoom out", "Reload"})
        QVERIFY2(visited.contains(QString::fromLatin1(name)), name);
    // There and back again.
    view->setFocus();
    QTest::keyClick(&window, Qt::Key_F6);
    QVERIFY(!isInPage());
    QTest::keyClick(&window, Qt::Key_F6);
    QTRY_VERIFY(isInPage());
}

void TestAuthGallery::tour()
{
    if (pictureFolder().isEmpty())
        QSKIP("set COUNTERSIGN_SCREENSHOTS to a folder to save pictures of every state");
    QFETCH(int, index);
    const auto &state = states().at(index);
    const Exhibit exhibit(state);
    QVERIFY(exhibit.isThere);
    QTest::qWait(200);
    savePicture(*exhibit.window, u"embedded-"_s + state.name);
}

QTEST_MAIN(TestAuthGallery)
#include "tst_authgallery.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <authview/authwindow.h>
#include <authview/originbar.h>
#include <authview/signinprofile.h>

#include <QtWebEngineCore/QWebEngineSettings>
#include <QtWidgets/QApplication>
#include <QtWidgets/QToolButton>

using namespace Countersign;
using namespace Qt::StringLiterals;

class TestAuthWindow : public QObject
{
    Q_OBJECT

    const QUrl m_start = QUrl(u"https://op.example/authorize?state=s"_s);
    const QUrl m_redirect = QUrl(u"http://127.0.0.1:4711/cb"_s);

    static QToolButton *buttonNamed(const QWidget &window, const QString &name)
    {
        const auto buttons = window.findChildren<QToolButton *>();
        for (QToolButton *const button : buttons) {
            if (button->accessibleName() == name)
                return button;
        }
        return nullptr;
    }

private Q_SLOTS:
    void closingIsReportedOnce()
    {
        AuthWindow window(m_start, m_redirect, u"Sign in"_s);
        QSignalSpy closed(&window, &AuthWindow::closed);
        QSignalSpy browser(&window, &AuthWindow::browserRequested);
        window.show();
        window.close();
        window.close();
        QCOMPARE(closed.count(), 1);
        buttonNamed(window, u"Open in browser instead"_s)->click();
        QCOMPARE(browser.count(), 0);
    }

    void theBrowserIsAlwaysOneClickAway()
    {
        AuthWindow window(m_start, m_redirect, u"Sign in"_s);
        QSignalSpy closed(&window, &AuthWindow::closed);
        QSignalSpy browser(&window, &AuthWindow::browserRequested);
        window.show();
        auto *const button = buttonNamed(window, u"Open in browser instead"_s);
        QVERIFY(button && button->isVisible() && button->isEnabled());
        button->click();
        button->click();
        window.close();
        QCOMPARE(browser.count(), 1);
        QCOMPARE(closed.count(), 0);
    }

    void everyButtonHasAName()
    {
        const AuthWindow window(m_start, m_redirect, {});
        const auto buttons = window.findChildren<QToolButton *>();
        QVERIFY(buttons.size() >= 5);
        for (const QToolButton *const button : buttons)
            QVERIFY(!button->accessibleName().isEmpty());
        QVERIFY(!window.windowTitle().isEmpty());
    }

    void showsWhoseThePageIs_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("origin");
        QTest::newRow("plain") << u"https://op.example/a?b#c"_s << u"https://op.example"_s;
        QTest::newRow("port") << u"https://op.example:8443/"_s << u"https://op.example:8443"_s;
        QTest::newRow("IPv6") << u"http://[::1]:80/"_s << u"http://[::1]:80"_s;
        QTest::newRow("F.3 18 homograph") << u"https://xn--80ak6aa92e.com/"_s << u"https://xn--80ak6aa92e.com"_s;
        QTest::newRow("F.3 18 homograph in Unicode")
            << u"https://\u0430pple.example/"_s << u"https://xn--pple-43d.example"_s;
        QTest::newRow("user info") << u"https://op.example@evil.example/"_s << u"https://evil.example"_s;
    }
    void showsWhoseThePageIs()
    {
        QFETCH(QString, url);
        QTEST(OriginBar::originOf(QUrl(url)), "origin");
        OriginBar bar;
        bar.showOrigin(QUrl(url));
        QVERIFY(bar.accessibleName().contains(OriginBar::originOf(QUrl(url))));
    }

    void theProfileGrantsAndKeepsNothing()
    {
        // F.3 16
        SignInProfile profile(GateRules(m_start, m_redirect), nullptr);
        QVERIFY(profile.isOffTheRecord());
        using Settings = QWebEngineSettings;
        for (const auto attribute :
             {Settings::PluginsEnabled, Settings::PdfViewerEnabled, Settings::LocalContentCanAccessFileUrls,
              Settings::LocalContentCanAccessRemoteUrls, Settings::JavascriptCanAccessClipboard,
              Settings::ScreenCaptureEnabled, Settings::AllowRunningInsecureContent, Settings::NavigateOnDropEnabled})
            QVERIFY(!profile.settings()->testAttribute(attribute));
        QCOMPARE(profile.settings()->unknownUrlSchemePolicy(), Settings::DisallowUnknownUrlSchemes);
    }
};

QTEST_MAIN(TestAuthWindow)
#include "tst_authwindow.moc"

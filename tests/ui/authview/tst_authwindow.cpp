// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <authview/authwindow.h>
#include <authview/originbar.h>
#include <authview/prompts.h>
#include <authview/signinprofile.h>

#include <QtCore/QFile>
#include <QtCore/QPointer>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslKey>
#include <QtNetwork/QSslServer>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWebEngineCore/QWebEngineSettings>
#include <QtWebEngineCore/qtwebenginecoreglobal.h>
#include <QtWebEngineWidgets/QWebEngineView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QDialog>
#include <QtWidgets/QFrame>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QToolButton>

#include <support/pageserver.h>

using namespace Countersign;
using namespace Qt::StringLiterals;
using CountersignTest::PageServer;

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
    static QString notice(const QWidget &window)
    {
        const auto *const banner = window.findChild<QFrame *>(u"banner"_s);
        return banner && banner->isVisible() ? banner->accessibleName() : QString();
    }
    static bool offersBrowser(const QWidget &window)
    {
        const auto *const button = buttonNamed(window, u"Open in browser"_s);
        return button && button->isVisible();
    }
    //! Puts \p values into the fields of every dialog and accepts it; rejects it when there are none. Every: Chromium
    //! may ask again when a connection breaks.
    static void answerDialog(QObject *context, QStringList values)
    {
        auto *const timer = new QTimer(context);
        timer->callOnTimeout(context, [values = std::move(values)] {
            auto *const dialog = qobject_cast<QDialog *>(QApplication::activeModalWidget());
            if (!dialog)
                return;
            const auto fields = dialog->findChildren<QLineEdit *>();
            for (qsizetype i = 0; i < std::min(fields.size(), values.size()); ++i)
                fields.at(i)->setText(values.at(i));
            values.isEmpty() ? dialog->reject() : dialog->accept();
        });
        timer->start(20);
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

    // D4: what this window cannot do is noticed, said, and answered with the browser.
    void offersTheBrowserWhereThePageCannotGoOn_data()
    {
        QTest::addColumn<QByteArray>("page");
        QTest::addColumn<QString>("words");
        QTest::newRow("a passkey is wanted")
            << "<p>Sign in</p><script>navigator.credentials.get({publicKey: {challenge: new Uint8Array(16)}})"
               ".catch(() => 0)</script>"_ba
            << u"passkey"_s;
        QTest::newRow("the embedded agent is refused")
            << "<h1>Error 403: disallowed_useragent</h1>"_ba << u"does not allow"_s;
        QTest::newRow("a managed device is wanted") << "<p>AADSTS53000: not compliant</p>"_ba << u"managed"_s;
        QTest::newRow("nothing is shown") << "<div></div>"_ba << u"empty"_s;
    }
    void offersTheBrowserWhereThePageCannotGoOn()
    {
        QFETCH(QByteArray, page);
        QFETCH(QString, words);
        PageServer provider;
        provider.html("/start", page);
        AuthWindow window(QUrl(QString::fromLatin1(provider.origin() + "/start")), m_redirect, u"Sign in"_s);
        window.show();
        window.start();
        QTRY_VERIFY_WITH_TIMEOUT(notice(window).contains(words), 20000);
        QVERIFY(offersBrowser(window));
    }

    void leavesAnOrdinaryPageAlone()
    {
        PageServer provider;
        // A conditional request for passkeys only fills the list of a name field.
        provider.html("/start",
                      "<input autofocus><script>navigator.credentials.get({mediation: 'conditional',"
                      " publicKey: {challenge: new Uint8Array(16)}}).catch(() => 0)</script>");
        AuthWindow window(QUrl(QString::fromLatin1(provider.origin() + "/start")), m_redirect, u"Sign in"_s);
        window.show();
        window.start();
        QTRY_VERIFY_WITH_TIMEOUT(!provider.asked.isEmpty(), 20000);
        QTest::qWait(int(AuthWindow::emptyPatience.count()) + 500);
        QCOMPARE(notice(window), QString());
    }

    void asksForTheNameAndPasswordThatAServerWants()
    {
        PageServer provider;
        provider.answers["/start"] =
            "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"<b>staff</b>\"\r\n\r\n<p>Who are you?</p>";
        provider.answersToTheAuthorized["/start"] = "200 OK\r\nContent-Type: text/html\r\n\r\n<p>Hello</p>";
        AuthWindow window(QUrl(QString::fromLatin1(provider.origin() + "/start")), m_redirect, u"Sign in"_s);
        window.show();
        window.start();
        answerDialog(&window, {u"ada"_s, u"lovelace"_s});
        const QByteArray credentials = "Authorization: Basic " + QByteArray("ada:lovelace").toBase64();
        const auto isSent = [&provider, &credentials] {
            return std::any_of(provider.requests.cbegin(), provider.requests.cend(),
                               [&credentials](const QByteArray &request) { return request.contains(credentials); });
        };
        QTRY_VERIFY_WITH_TIMEOUT(isSent(), 20000);
    }

    void aRefusedPasswordPromptEndsWithThePageOfTheServer()
    {
        PageServer provider;
        provider.answers["/start"] =
            "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"staff\"\r\n\r\n<p>Who are you?</p>";
        AuthWindow window(QUrl(QString::fromLatin1(provider.origin() + "/start")), m_redirect, u"Sign in"_s);
        window.show();
        window.start();
        answerDialog(&window, {});
        QTRY_VERIFY_WITH_TIMEOUT(!provider.asked.isEmpty() && !QApplication::activeModalWidget(), 20000);
        for (const QByteArray &request : std::as_const(provider.requests))
            QVERIFY(!request.contains("Authorization:"));
    }

    void findsTextInThePage()
    {
        PageServer provider;
        provider.html("/start", "<p>needle</p>");
        AuthWindow window(QUrl(QString::fromLatin1(provider.origin() + "/start")), m_redirect, u"Sign in"_s);
        window.show();
        window.start();
        QTRY_VERIFY_WITH_TIMEOUT(!provider.asked.isEmpty(), 20000);
        QLineEdit *field = nullptr;
        const auto fields = window.findChildren<QLineEdit *>();
        for (QLineEdit *const each : fields) {
            if (each->accessibleName() == u"Find in the page"_s)
                field = each;
        }
        QVERIFY(field && !field->isVisible());
        QTest::keyClick(&window, Qt::Key_F, Qt::ControlModifier);
        QTRY_VERIFY(field->isVisible());
        QTest::keyClick(field, Qt::Key_Escape);
        QTRY_VERIFY(!field->isVisible());
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

    void theLockSaysWhatIsKnown_data()
    {
        QTest::addColumn<int>("state");
        QTest::addColumn<bool>("hasChain");
        QTest::addColumn<QStringList>("words");
        using State = ConnectionFacts::State;
        QTest::newRow("a good page has no certificate to show")
            << int(State::Encrypted) << false
            << QStringList{u"https://op.example"_s, u"encrypted"_s, QString::fromLatin1(qWebEngineVersion()),
                           u"in your browser"_s};
        QTest::newRow("vouched for") << int(State::VouchedFor) << true
                                     << QStringList{u"you named"_s, u"Countersign test CA"_s, u"For: localhost"_s};
        QTest::newRow("untrusted") << int(State::Untrusted) << true
                                   << QStringList{u"cannot be trusted"_s, u"localhost"_s, u"SHA-256: "_s};
        QTest::newRow("plain") << int(State::Plain) << false << QStringList{u"not encrypted"_s, u"this computer"_s};
    }
    void theLockSaysWhatIsKnown()
    {
        QFETCH(int, state);
        QFETCH(bool, hasChain);
        QFETCH(QStringList, words);
        ConnectionFacts facts{.state = ConnectionFacts::State(state), .origin = u"https://op.example"_s};
        if (hasChain)
            facts.chain = QSslCertificate::fromPath(QStringLiteral(COUNTERSIGN_TEST_DATA "/tls/server.pem"));
        const auto text = connectionText(facts);
        for (const auto &word : words)
            QVERIFY2(text.contains(word), qPrintable(text));
        QCOMPARE(text.contains(u"only when something is wrong"_s), state == int(ConnectionFacts::State::Encrypted));
    }

    void theLockOpensWhatIsKnown()
    {
        PageServer provider;
        provider.html("/start", "<p>Sign in</p>");
        AuthWindow window(QUrl(QString::fromLatin1(provider.origin() + "/start")), m_redirect, u"Lab"_s);
        auto *const lock = buttonNamed(window, u"What protects this page"_s);
        QVERIFY(lock && !lock->isEnabled()); // no page is there yet
        window.show();
        window.start();
        QTRY_VERIFY_WITH_TIMEOUT(lock->isEnabled(), 20000);
        lock->click();
        QPointer<QDialog> dialog = window.findChild<QDialog *>();
        QVERIFY(dialog && dialog->isVisible());
        QVERIFY(dialog->findChild<QLabel *>()->text().contains(u"not encrypted"_s));
        dialog->reject();
        QTRY_VERIFY(!dialog);
    }

    void theCertificateCanBeLookedAtWhereChromiumToldOfIt_data()
    {
        QTest::addColumn<bool>("isNamed");
        QTest::addColumn<QString>("words");
        QTest::newRow("of an authority that nobody named") << false << u"cannot be trusted"_s;
        QTest::newRow("of one that the person named") << true << u"you named besides the system’s"_s;
    }
    void theCertificateCanBeLookedAtWhereChromiumToldOfIt()
    {
        QFETCH(bool, isNamed);
        QFETCH(QString, words);
        const auto file = [](const QString &name) {
            QFile opened(QStringLiteral(COUNTERSIGN_TEST_DATA "/tls/") + name);
            return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
        };
        const QSslCertificate own(file(u"server.pem"_s));
        QSslServer server;
        auto configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(own);
        configuration.setPrivateKey(QSslKey(file(u"server.key"_s), QSsl::Ec));
        server.setSslConfiguration(configuration);
        QVERIFY(server.listen(QHostAddress::LocalHost));
        connect(&server, &QTcpServer::pendingConnectionAvailable, &server, [&server] {
            while (auto *const socket = server.nextPendingConnection())
                connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                    socket->readAll();
                    socket->write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n<p>Sign in</p>");
                    socket->disconnectFromHost();
                });
        });
        const auto url = u"https://localhost:%1/start"_s.arg(server.serverPort());
        AuthWindow window(QUrl(url), m_redirect, u"Lab"_s);
        window.trust(isNamed ? QList{QSslCertificate(file(u"ca.pem"_s))} : QList<QSslCertificate>());
        window.show();
        window.start();
        auto *const lock = buttonNamed(window, u"What protects this page"_s);
        if (isNamed)
            QTRY_VERIFY_WITH_TIMEOUT(lock->isEnabled(), 20000);
        else
            QTRY_VERIFY_WITH_TIMEOUT(notice(window).contains(u"not trusted"_s), 20000);
        lock->click();
        auto *const dialog = window.findChild<QDialog *>();
        QVERIFY(dialog);
        const auto text = dialog->findChild<QLabel *>()->text();
        const auto digest = own.digest(QCryptographicHash::Sha256).toHex(':').toUpper();
        for (const auto &word : {words, u"Countersign test CA"_s, QString::fromLatin1(digest)})
            QVERIFY2(text.contains(word), qPrintable(text));
        if (const auto folder = qEnvironmentVariable("COUNTERSIGN_SCREENSHOTS"); !folder.isEmpty()) {
            QTest::qWait(300);
            dialog->grab().save(folder + (isNamed ? u"/connection-vouched.png"_s : u"/connection-untrusted.png"_s));
            window.grab().save(folder + u"/connection-window.png"_s);
        }
    }

    void aLongNameKeepsItsEnd()
    {
        OriginBar bar;
        bar.resize(300, 60);
        bar.show();
        const QUrl url(u"https://login.microsoftonline.com.common.oauth2.authorize.an.attacker.example:8443/x"_s);
        bar.showOrigin(url);
        const auto *const origin = bar.findChild<QLabel *>(u"origin"_s);
        QVERIFY(origin->fontMetrics().horizontalAdvance(origin->text()) <= origin->width());
        QVERIFY(origin->text().endsWith(u"attacker.example:8443"_s));
        QVERIFY(bar.accessibleName().contains(OriginBar::originOf(url)));
        bar.resize(1200, 60);
        QTRY_COMPARE(origin->text(), OriginBar::originOf(url));
    }

    void theProfileGrantsAndKeepsNothing()
    {
        // F.3 16; B.71: cookies live in this profile's memory and end with it, long before anybody signs out.
        SignInProfile profile(GateRules(m_start, m_redirect), nullptr);
        QVERIFY(profile.isOffTheRecord());
        QCOMPARE(profile.persistentCookiesPolicy(), QWebEngineProfile::NoPersistentCookies);
        QVERIFY(profile.httpCacheType() != QWebEngineProfile::DiskHttpCache);
        using Settings = QWebEngineSettings;
        for (const auto attribute :
             {Settings::PluginsEnabled, Settings::PdfViewerEnabled, Settings::LocalContentCanAccessFileUrls,
              Settings::LocalContentCanAccessRemoteUrls, Settings::JavascriptCanAccessClipboard,
              Settings::ScreenCaptureEnabled, Settings::AllowRunningInsecureContent, Settings::NavigateOnDropEnabled})
            QVERIFY(!profile.settings()->testAttribute(attribute));
        QCOMPARE(profile.settings()->unknownUrlSchemePolicy(), Settings::DisallowUnknownUrlSchemes);
    }

    void aChosenFolderKeepsWhatTheProviderWantsKept()
    {
        const QTemporaryDir folder;
        PageServer provider;
        provider.answers["/start"] = "200 OK\r\nContent-Type: text/html\r\nSet-Cookie: lasting=1; Max-Age=86400\r\n"
                                     "Set-Cookie: passing=1\r\n\r\n<p>Hello</p>";
        const QUrl start(QString::fromLatin1(provider.origin() + "/start"));
        //! What the page was asked with.
        const auto visit = [&](const QString &sessionFolder) {
            provider.requests.clear();
            AuthWindow window(start, m_redirect, u"Sign in"_s, sessionFolder);
            QSignalSpy loaded(window.findChild<QWebEngineView *>(), &QWebEngineView::loadFinished);
            window.show();
            window.start();
            (void)QTest::qWaitFor([&loaded] { return !loaded.isEmpty(); }, 20000);
            return provider.requests.value(0);
        };
        QVERIFY(!visit(folder.path()).contains("Cookie:"));
        // Chromium writes them down in its own time.
        QByteArray second;
        QTRY_VERIFY_WITH_TIMEOUT((second = visit(folder.path())).contains("lasting=1"), 60000);
        QVERIFY(!second.contains("passing=1"));
        QVERIFY(!visit({}).contains("Cookie:"));
        SignInProfile profile(GateRules(m_start, m_redirect), folder.path(), nullptr);
        QCOMPARE(profile.persistentCookiesPolicy(), QWebEngineProfile::AllowPersistentCookies);
        QVERIFY(profile.httpCacheType() != QWebEngineProfile::DiskHttpCache);
        QVERIFY(!profile.settings()->testAttribute(QWebEngineSettings::LocalContentCanAccessFileUrls));
    }
};

QTEST_MAIN(TestAuthWindow)
#include "tst_authwindow.moc"

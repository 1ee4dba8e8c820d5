// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/webviewagent.h>
#include <countersign/useragent/webviewmessage.h>

#include <QtCore/QDirIterator>
#include <QtCore/QFileInfo>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtNetwork/QSslKey>
#include <QtNetwork/QSslServer>

#include <support/pageserver.h>

using namespace Countersign;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CountersignTest::PageServer;

namespace {

QString program()
{
    return qEnvironmentVariable("COUNTERSIGN_BIN_DIR") + u"/countersign-webview"_s;
}

constexpr auto custom = "org.example.countersign://auth";
constexpr auto outOfBand = "urn:ietf:wg:oauth:2.0:oob";

} // namespace

class TestWebView : public QObject
{
    Q_OBJECT

    std::optional<Result<RedirectAnswer>> m_outcome;

    static QByteArray tlsFile(const char *name)
    {
        QFile file(QStringLiteral(COUNTERSIGN_TEST_DATA "/tls/") + QLatin1StringView(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    static QSslConfiguration serverConfiguration()
    {
        auto configuration = QSslConfiguration::defaultConfiguration();
        configuration.setLocalCertificate(QSslCertificate(tlsFile("server.pem")));
        configuration.setPrivateKey(QSslKey(tlsFile("server.key"), QSsl::Ec));
        return configuration;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (!QFileInfo(program()).isExecutable())
            QSKIP("countersign-webview is not built");
        qputenv("QTWEBENGINE_DISABLE_SANDBOX", "1");
        qunsetenv("QTWEBENGINE_REMOTE_DEBUGGING");
    }
    void init() { m_outcome.reset(); }

    // What Qt WebEngine does in each of the situations of security rule A.3. The redirect URI points to a server that
    // really listens, and must never be contacted. Every page goes on to the right answer after what it tried, so that
    // each row ends by itself: an answer with code=stolen, or a contact, is the failure.
    void stopsAtTheRedirectUriAndNowhereElse_data()
    {
        QTest::addColumn<QByteArray>("redirect"); // empty: the trap
        QTest::addColumn<QByteArray>("page"); // @ stands for the redirect URI
        QTest::addColumn<QByteArray>("status"); // of /go, which leads to the right answer
        const QByteArray trap;
        const QByteArray go = "<script>setTimeout(() => location = '/go', 300)</script>";
        const QByteArray post = "<form id=f method=post action=/go></form><script>f.submit()</script>";
        QTest::newRow("1 302") << trap << go << "302"_ba;
        QTest::newRow("2 chain") << trap << "<script>location = '/chain'</script>"_ba
                                 << "302"_ba;
        QTest::newRow("3 303 after POST") << trap << post << "303"_ba;
        QTest::newRow("4 meta refresh") << trap << "<meta http-equiv=refresh content='0;url=@?code=right&state=s'>"_ba
                                        << "302"_ba;
        QTest::newRow("5 JavaScript") << trap << "<script>location = '@?code=right&state=s'</script>"_ba
                                      << "302"_ba;
        QTest::newRow("6 fragment beside the answer")
            << trap << "<script>location = '@?code=right&state=s#x'</script>"_ba
            << "302"_ba;
        QTest::newRow("7 form with method GET")
            << trap
            << "<form id=f action=@><input name=code value=right><input name=state value=s></form>"
               "<script>f.submit()</script>"_ba
            << "302"_ba;
        QTest::newRow("8 307 after POST") << trap << post << "307"_ba;
        QTest::newRow("9 frame") << trap << "<iframe src='@?code=stolen&state=s'></iframe>"_ba + go << "302"_ba;
        QTest::newRow("10 frame that is redirected") << trap << "<iframe src='/steal'></iframe>"_ba + go << "302"_ba;
        QTest::newRow("11 image") << trap << "<img src='@?code=stolen&state=s'>"_ba + go << "302"_ba;
        QTest::newRow("12 fetch") << trap
                                  << "<script>fetch('@?code=stolen&state=s', {mode: 'no-cors'})</script>"_ba + go
                                  << "302"_ba;
        QTest::newRow("13 pop-up that ends there") << trap << "<script>window.open('/go')</script>"_ba
                                                   << "302"_ba;
        QTest::newRow("14 custom scheme, 302") << QByteArray(custom) << go << "302"_ba;
        QTest::newRow("15 custom scheme, JavaScript")
            << QByteArray(custom) << "<script>location = '@?code=right&state=s'</script>"_ba
            << "302"_ba;
        QTest::newRow("16 urn") << QByteArray(outOfBand) << go << "302"_ba;
        QTest::newRow("17 file") << trap << "<script>location = 'file:///etc/hostname'</script>"_ba + go << "302"_ba;
        QTest::newRow("18 user info") << trap << go + "<script>location = '%'</script>"
                                      << "302"_ba;
        QTest::newRow("19 foreign scheme") << trap << go + "<script>location = 'mailto:x(at)y.example'</script>"
                                           << "302"_ba;
        QTest::newRow("A.2 longer path") << trap << "<iframe src='@.evil'></iframe>"_ba + go << "302"_ba;
        QTest::newRow("F.3 16 data in the main frame")
            << trap << "<script>location = 'data:text/html,<h1>x'</script>"_ba + go << "302"_ba;
        QTest::newRow("F.3 16 download") << trap << "<iframe src=/file></iframe>"_ba + go << "302"_ba;
        QTest::newRow("F.3 16 permission")
            << trap
            << "<script>navigator.geolocation.getCurrentPosition(() => location = '@?code=stolen&state=s')</script>"_ba
                + go
            << "302"_ba;
    }
    void stopsAtTheRedirectUriAndNowhereElse()
    {
        QFETCH(QByteArray, redirect);
        QFETCH(QByteArray, page);
        QFETCH(QByteArray, status);
        PageServer provider;
        PageServer trap;
        const auto preference = redirect.isEmpty()
            ? RedirectPreference::loopback(u"127.0.0.1"_s, {trap.serverPort()}, u"/cb"_s)
            : RedirectPreference::exactly(QUrl(QString::fromLatin1(redirect)));
        WebViewAgent agent(program());
        const auto session =
            agent.begin(preference, [this](Result<RedirectAnswer> result) { m_outcome.emplace(std::move(result)); });
        QVERIFY(session);
        const QByteArray uri = (*session)->redirectUri().toEncoded();
        QByteArray disguised = uri + "?code=stolen&state=s";
        disguised.replace("http://", "http://x@");
        page.replace('@', uri).replace('%', disguised);
        provider.html("/start", page);
        provider.redirect("/chain", "302", "/go");
        provider.redirect("/go", status, uri + "?code=right&state=s");
        provider.redirect("/steal", "302", uri + "?code=stolen&state=s");
        provider.answers["/file"] = "200 OK\r\nContent-Type: application/octet-stream\r\n"
                                    "Content-Disposition: attachment; filename=x.bin\r\n\r\nx";

        AuthorizationPage start{.url = QUrl(QString::fromLatin1(provider.origin() + "/start")), .title = u"Test"_s};
        start.belongs = [](QByteArrayView answer) { return answer.endsWith("state=s"); };
        (*session)->open(std::move(start));
        QTRY_VERIFY_WITH_TIMEOUT(m_outcome, 20000);
        QVERIFY2(bool(*m_outcome), qPrintable(*m_outcome ? QString() : m_outcome->error().message()));
        QCOMPARE((*m_outcome)->parameters.reveal(), QByteArrayView("code=right&state=s"));
        // The one path that is not the redirect URI may be loaded: it is an ordinary page of a local issuer.
        trap.asked.removeIf([](const QByteArray &path) { return path == "/cb.evil" || path == "/favicon.ico"; });
        QCOMPARE(trap.asked, QByteArrayList());
        const QStringList way = (*session)->navigations();
        QVERIFY(way.contains(QString::fromLatin1(provider.origin() + "/start")));
        for (const QString &step : way)
            QVERIFY(!step.contains(u'?'));
    }

    void aWrongStateEndsTheSignInWithItsOwnError()
    {
        PageServer provider;
        WebViewAgent agent(program());
        const auto session = agent.begin(RedirectPreference::loopback(), [this](Result<RedirectAnswer> result) {
            m_outcome.emplace(std::move(result));
        });
        QVERIFY(session);
        provider.redirect("/start", "302", (*session)->redirectUri().toEncoded() + "?code=c&state=wrong");
        AuthorizationPage start{.url = QUrl(QString::fromLatin1(provider.origin() + "/start"))};
        start.belongs = [](QByteArrayView answer) { return answer.endsWith("state=s"); };
        (*session)->open(std::move(start));
        QTRY_VERIFY_WITH_TIMEOUT(m_outcome, 20000);
        QCOMPARE(m_outcome->error().cause(), ErrorCause::StateMismatch);
    }

    // The proxy and the certificate authorities are one model for the program's requests and for the page.
    void believesTheNamedAuthoritiesAndNobodyElse_data()
    {
        QTest::addColumn<QString>("caFile");
        QTest::addColumn<QString>("host");
        QTest::addColumn<bool>("isBelieved");
        const auto ca = QStringLiteral(COUNTERSIGN_TEST_DATA "/tls/ca.pem");
        QTest::newRow("named") << ca << u"localhost"_s << true;
        QTest::newRow("not named") << QString() << u"localhost"_s << false;
        QTest::newRow("B.28 named, but the name is another's") << ca << u"127.0.0.2"_s << false;
    }
    void believesTheNamedAuthoritiesAndNobodyElse()
    {
        QFETCH(QString, caFile);
        QFETCH(QString, host);
        QFETCH(bool, isBelieved);
        QSslServer server;
        server.setSslConfiguration(serverConfiguration());
        QVERIFY(server.listen(QHostAddress::Any));
        WebViewAgent agent(WebViewAgent::Settings{.program = program(), .caFile = caFile});
        const auto session = agent.begin(RedirectPreference::loopback(), [this](Result<RedirectAnswer> result) {
            m_outcome.emplace(std::move(result));
        });
        QVERIFY(session);
        const QByteArray answer = "HTTP/1.1 302 X\r\nLocation: " + (*session)->redirectUri().toEncoded()
            + "?code=c&state=s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        int served = 0;
        QObject::connect(&server, &QTcpServer::pendingConnectionAvailable, &server, [&server, &served, answer] {
            while (auto *const socket = server.nextPendingConnection()) {
                QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, &served, answer] {
                    ++served;
                    socket->readAll();
                    socket->write(answer);
                    socket->disconnectFromHost();
                });
            }
        });
        AuthorizationPage start{.url = QUrl(u"https://%1:%2/start"_s.arg(host).arg(server.serverPort()))};
        start.belongs = [](QByteArrayView parameters) { return parameters.endsWith("state=s"); };
        start.timeout = isBelieved ? 30s : 4s;
        (*session)->open(std::move(start));
        QTRY_VERIFY_WITH_TIMEOUT(m_outcome, 30000);
        QCOMPARE(m_outcome->hasValue(), isBelieved);
        QCOMPARE(served > 0, isBelieved);
        if (!isBelieved)
            QCOMPARE(m_outcome->error().code(), ErrorCode::TimedOut);
    }

    void goesThroughTheNamedProxy()
    {
        PageServer proxy;
        WebViewAgent agent(
            WebViewAgent::Settings{.program = program(), .proxy = QUrl(QString::fromLatin1(proxy.origin()))});
        const auto session = agent.begin(RedirectPreference::loopback(), [this](Result<RedirectAnswer> result) {
            m_outcome.emplace(std::move(result));
        });
        QVERIFY(session);
        AuthorizationPage start{.url = QUrl(u"https://op.example/start"_s)};
        start.belongs = [](QByteArrayView) { return true; };
        (*session)->open(std::move(start));
        QTRY_VERIFY_WITH_TIMEOUT(!proxy.requests.isEmpty(), 20000);
        QVERIFY(proxy.requests.constFirst().startsWith("CONNECT op.example:443 "));
    }

    // What one sign-in leaves to the next through the same profile, and to nobody else.
    void keepsCookiesOnlyInTheFolderThatIsNamed()
    {
        const QTemporaryDir home;
        const auto folder = home.filePath(u"embedded/lab"_s);
        PageServer provider;
        //! The cookies that a sign-in came with.
        const auto signIn = [&](const QString &sessionFolder) -> QByteArray {
            provider.requests.clear();
            m_outcome.reset();
            WebViewAgent agent(WebViewAgent::Settings{.program = program(), .sessionFolder = sessionFolder});
            const auto session = agent.begin(RedirectPreference::loopback(), [this](Result<RedirectAnswer> result) {
                m_outcome.emplace(std::move(result));
            });
            if (!session)
                return "no session";
            provider.answers["/start"] = "302 X\r\nSet-Cookie: lasting=1; Max-Age=86400\r\nSet-Cookie: passing=1\r\n"
                                         "Location: "
                + (*session)->redirectUri().toEncoded() + "?code=c&state=s\r\n\r\n";
            AuthorizationPage start{.url = QUrl(QString::fromLatin1(provider.origin() + "/start?login_hint=ada"))};
            start.belongs = [](QByteArrayView answer) { return answer.endsWith("state=s"); };
            provider.answers["/start?login_hint=ada"] = provider.answers["/start"];
            (*session)->open(std::move(start));
            if (!QTest::qWaitFor([this] { return m_outcome.has_value(); }, 30000) || !*m_outcome)
                return "no answer";
            const auto request = provider.requests.value(0);
            const auto at = request.indexOf("\r\nCookie: ");
            return at < 0 ? QByteArray() : request.mid(at + 10).split('\r').constFirst();
        };
        QCOMPARE(signIn(folder), QByteArray());
        QCOMPARE(signIn(folder), "lasting=1"_ba);
        QCOMPARE(signIn(home.filePath(u"embedded/other"_s)), QByteArray());
        QCOMPARE(signIn({}), QByteArray());
        const auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        QCOMPARE(QFileInfo(folder).permissions() & others, QFile::Permissions());
        // No address that was visited, and nothing but what is meant to be kept.
        QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("login_hint"), qPrintable(file.fileName()));
        }
        QVERIFY(!QFile::exists(folder + u"/History"_s));
    }

    void endsWithTheProgramThatWaitsForIt()
    {
        PageServer provider;
        provider.html("/start", "waiting");
        QProcess view;
        view.setStandardErrorFile(QProcess::nullDevice());
        view.start(program(), QStringList());
        using Kind = WebViewMessage::Kind;
        view.write(encode(Kind::Redirect, "http://127.0.0.1:9/cb")
                   + encode(Kind::Start, QByteArray(provider.origin() + "/start")));
        QTRY_VERIFY_WITH_TIMEOUT(!provider.asked.isEmpty(), 20000);
        view.closeWriteChannel();
        QTRY_COMPARE_WITH_TIMEOUT(view.state(), QProcess::NotRunning, 5000);
    }

    void refusesWhatIsNoRequest_data()
    {
        QTest::addColumn<QByteArray>("said");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("noise") << "https://op.example/\n"_ba;
        QTest::newRow("no redirect URI") << encode(WebViewMessage::Kind::Start, "https://op.example/");
        QTest::newRow("the answer of a view") << encode(WebViewMessage::Kind::Closed, {});
    }
    void refusesWhatIsNoRequest()
    {
        QFETCH(QByteArray, said);
        QProcess view;
        view.start(program(), QStringList());
        view.write(said);
        view.closeWriteChannel();
        QTRY_COMPARE_WITH_TIMEOUT(view.state(), QProcess::NotRunning, 5000);
        QCOMPARE(view.exitCode(), 2);
        QVERIFY(view.readAllStandardOutput().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestWebView)
#include "tst_webview.moc"

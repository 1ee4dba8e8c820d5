// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "scriptedserver.h"

#include <countersign/base/redaction.h>
#include <countersign/http/networktransport.h>

#include <QtCore/QFile>
#include <QtCore/QTemporaryFile>
#include <QtCore/QTimer>
#include <QtNetwork/QSslConfiguration>
#include <QtNetwork/QSslKey>

using namespace Countersign;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CountersignTest::ScriptedServer;

namespace {

class Recorder final : public ExchangeObserver
{
public:
    void exchangeStarted(const ExchangeRecord &) override { ++started; }
    void exchangeFinished(const ExchangeRecord &record) override { records.append(record); }
    int started = 0;
    QList<ExchangeRecord> records;
};

//! One request and what became of it.
struct Call
{
    std::optional<Result<HttpResponse>> outcome;
    int answers = 0;
    std::unique_ptr<HttpExchange> exchange;

    void send(HttpTransport &transport, HttpRequest request)
    {
        exchange = transport.send(std::move(request), [this](const Result<HttpResponse> &result) {
            ++answers;
            outcome.emplace(result);
        });
    }
    const Error &error() const { return outcome->error(); }
    bool failed() const { return outcome && !*outcome; }
};

std::unique_ptr<NetworkTransport> transport(NetworkSettings settings = {}, ExchangeObserver *observer = nullptr)
{
    if (settings.proxy == NetworkSettings::Proxy::System)
        settings.proxy = NetworkSettings::Proxy::None;
    auto made = NetworkTransport::create(std::move(settings), observer);
    return made ? *std::move(made) : nullptr;
}

HttpRequest tokenRequest(const QUrl &url)
{
    auto request = HttpRequest::postForm(HttpPurpose::Token, url,
                                         Secret::copyOf("grant_type=refresh_token&refresh_token=canary-rt"));
    request.headers.add("Authorization", "Basic canary-basic");
    return request;
}

QSslServer *tlsListener()
{
    const auto read = [](const char *name) {
        QFile file(QStringLiteral(COUNTERSIGN_TEST_DATA "/tls/") + QLatin1StringView(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    auto configuration = QSslConfiguration::defaultConfiguration();
    configuration.setLocalCertificate(QSslCertificate(read("server.pem")));
    configuration.setPrivateKey(QSslKey(read("server.key"), QSsl::Ec));
    auto *listener = new QSslServer;
    listener->setSslConfiguration(configuration);
    return listener;
}

} // namespace

class TestNetworkTransport : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void anAnswerArrivesWithStatusHeadersAndBody()
    {
        ScriptedServer server([](QTcpSocket &socket, const QByteArray &) {
            socket.write(ScriptedServer::answer("400 Bad Request", R"({"error":"invalid_grant"})",
                                                "Date: Tue, 15 Nov 1994 08:12:31 GMT\r\nX-Thing: a\r\n"));
        });
        Recorder recorder;
        const auto http = transport({}, &recorder);
        Call call;
        call.send(*http, tokenRequest(server.url(u"/token?secret=canary-query"_s)));
        QVERIFY(!call.outcome);
        QTRY_VERIFY(call.outcome);
        QVERIFY(call.outcome->hasValue());
        QCOMPARE((*call.outcome)->status, 400);
        QCOMPARE((*call.outcome)->headers.value("x-thing"), QByteArray("a"));
        QCOMPARE((*call.outcome)->body, QByteArray(R"({"error":"invalid_grant"})"));
        QCOMPARE((*call.outcome)->serverDate, QDateTime({1994, 11, 15}, {8, 12, 31}, Qt::UTC));
        QVERIFY(server.requests().first().endsWith("grant_type=refresh_token&refresh_token=canary-rt"));

        QCOMPARE(recorder.started, 1);
        QCOMPARE(recorder.records.size(), 1);
        const auto &record = recorder.records.first();
        QCOMPARE(record.status, 400);
        QCOMPARE(record.oauthError, u"invalid_grant"_s);
        QCOMPARE(record.parameters, (QStringList{u"grant_type"_s, u"refresh_token"_s}));
        QVERIFY(record.url.endsWith(u"/token"_s));
        QVERIFY(!record.url.contains(u"canary"_s));
    }

    //! Security rules B.26, B.27, F.3.23; finding 1: the body and the Authorization header would be replayed.
    void aRedirectIsAnErrorAndNoSecondRequestIsSent_data()
    {
        QTest::addColumn<QByteArray>("status");
        QTest::addColumn<bool>("isSameOrigin");
        for (const QByteArray status : {"301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"}) {
            QTest::addRow("%s, same origin", status.constData()) << status << true;
            QTest::addRow("%s, another origin", status.constData()) << status << false;
        }
    }
    void aRedirectIsAnErrorAndNoSecondRequestIsSent()
    {
        QFETCH(QByteArray, status);
        QFETCH(bool, isSameOrigin);
        ScriptedServer other(
            [](QTcpSocket &socket, const QByteArray &) { socket.write(ScriptedServer::answer("200 OK", "{}")); });
        const auto target = isSameOrigin ? QByteArray("/elsewhere") : other.url(u"/steal"_s).toEncoded();
        ScriptedServer server([status, target](QTcpSocket &socket, const QByteArray &) {
            socket.write(ScriptedServer::answer(status, "{}", "Location: " + target + "\r\n"));
        });
        const auto http = transport();
        for (const bool isPost : {true, false}) {
            Call call;
            const auto before = server.requests().size();
            call.send(*http,
                      isPost ? tokenRequest(server.url(u"/token"_s))
                             : HttpRequest::get(HttpPurpose::Discovery, server.url(u"/d"_s)));
            QTRY_VERIFY(call.failed());
            QCOMPARE(call.error().code(), ErrorCode::SecurityCheckFailed);
            QCOMPARE(call.error().cause(), ErrorCause::Redirected);
            QTest::qWait(50);
            QCOMPARE(server.requests().size(), before + 1);
            QCOMPARE(other.connections(), 0);
        }
    }

    //! Security rule B.98. Spec: RFC 9110 §15.4.5.
    void unchangedIsAnAnswerToThoseWhoAskedForIt()
    {
        ScriptedServer server([](QTcpSocket &socket, const QByteArray &) {
            socket.write("HTTP/1.1 304 Not Modified\r\nETag: \"v1\"\r\n\r\n");
        });
        const auto http = transport();
        Call asked;
        auto request = HttpRequest::get(HttpPurpose::Keys, server.url());
        request.headers.add("If-None-Match", "\"v1\"");
        asked.send(*http, std::move(request));
        QTRY_VERIFY(asked.outcome.has_value());
        QVERIFY2(asked.outcome->hasValue(), asked.failed() ? qPrintable(asked.error().message()) : "");
        QCOMPARE(asked.outcome->value().status, 304);
        QCOMPARE(asked.outcome->value().headers.value("ETag"), QByteArray("\"v1\""));
        Call unasked;
        unasked.send(*http, HttpRequest::get(HttpPurpose::Keys, server.url()));
        QTRY_VERIFY(unasked.failed());
        QCOMPARE(unasked.error().cause(), ErrorCause::Redirected);
    }

    //! F.3.23.
    void noCookieIsKeptOrSent()
    {
        ScriptedServer server([](QTcpSocket &socket, const QByteArray &) {
            socket.write(ScriptedServer::answer("200 OK", "{}", "Set-Cookie: canary=1; Path=/\r\n"));
        });
        const auto http = transport();
        for (int i = 0; i < 2; ++i) {
            Call call;
            call.send(*http, HttpRequest::get(HttpPurpose::Discovery, server.url()));
            QTRY_VERIFY(call.outcome);
        }
        QCOMPARE(server.requests().size(), 2);
        for (const auto &request : server.requests()) {
            QVERIFY(!request.toLower().contains("\r\ncookie:"));
            QVERIFY(!request.toLower().contains("\r\nreferer:"));
        }
    }

    void nothingIsAnsweredFromACache()
    {
        ScriptedServer server([](QTcpSocket &socket, const QByteArray &) {
            socket.write(ScriptedServer::answer("200 OK", "{}", "Cache-Control: max-age=3600\r\nETag: \"1\"\r\n"));
        });
        const auto http = transport();
        for (int i = 0; i < 2; ++i) {
            Call call;
            call.send(*http, HttpRequest::get(HttpPurpose::Keys, server.url()));
            QTRY_VERIFY(call.outcome);
        }
        QCOMPARE(server.requests().size(), 2);
        QVERIFY(!server.requests().last().contains("If-None-Match"));
    }

    void askingForAPasswordIsAnAnswerLikeAnyOther()
    {
        ScriptedServer server([](QTcpSocket &socket, const QByteArray &) {
            socket.write(ScriptedServer::answer("401 Unauthorized", R"({"error":"invalid_client"})",
                                                "WWW-Authenticate: Basic realm=\"x\"\r\n"));
        });
        const auto http = transport();
        Call call;
        call.send(*http, tokenRequest(server.url()));
        QTRY_VERIFY(call.outcome);
        QVERIFY(call.outcome->hasValue());
        QCOMPARE((*call.outcome)->status, 401);
        QCOMPARE(server.requests().size(), 1);
    }

    //! F.3.22.
    void aDripOfBytesDoesNotOutliveTheDeadline()
    {
        ScriptedServer server([](QTcpSocket &socket, const QByteArray &) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
            auto *drip = new QTimer(&socket);
            QObject::connect(drip, &QTimer::timeout, &socket, [&socket] { socket.write("x"); });
            drip->start(20ms);
        });
        const auto http = transport();
        Call call;
        auto request = HttpRequest::get(HttpPurpose::Token, server.url());
        request.timeout = 300ms;
        call.send(*http, std::move(request));
        QTRY_VERIFY(call.failed());
        QCOMPARE(call.error().code(), ErrorCode::TimedOut);
        QTRY_COMPARE(server.open(), 0);
    }

    void aServerThatNeverAnswersIsGivenUp()
    {
        ScriptedServer server([](QTcpSocket &, const QByteArray &) {});
        const auto http = transport();
        Call call;
        auto request = HttpRequest::get(HttpPurpose::Token, server.url());
        request.timeout = 200ms;
        call.send(*http, std::move(request));
        QTRY_VERIFY(call.failed());
        QCOMPARE(call.error().code(), ErrorCode::TimedOut);
    }

    //! F.3.22.
    void anAnswerLargerThanItsPurposeAllowsIsDroppedWhileItComes_data()
    {
        QTest::addColumn<int>("purpose");
        QTest::newRow("metadata, 256 KiB") << int(HttpPurpose::Discovery);
        QTest::newRow("token, 256 KiB") << int(HttpPurpose::Token);
        QTest::newRow("keys, 1 MiB") << int(HttpPurpose::Keys);
    }
    void anAnswerLargerThanItsPurposeAllowsIsDroppedWhileItComes()
    {
        QFETCH(int, purpose);
        const auto limit = bodyLimit(static_cast<HttpPurpose>(purpose));
        qint64 size = limit;
        ScriptedServer server([&size](QTcpSocket &socket, const QByteArray &) {
            // Said to be endless, so that only counting helps.
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 4000000000\r\n\r\n" + QByteArray(size + 1, 'x'));
        });
        const auto http = transport();
        Call call;
        call.send(*http, HttpRequest::get(static_cast<HttpPurpose>(purpose), server.url()));
        QTRY_VERIFY(call.failed());
        QCOMPARE(call.error().cause(), ErrorCause::ResponseTooLarge);
        QTRY_COMPARE(server.open(), 0);
    }

    void anAnswerOfExactlyTheLimitIsRead()
    {
        ScriptedServer server([](QTcpSocket &socket, const QByteArray &) {
            socket.write(ScriptedServer::answer("200 OK", QByteArray(bodyLimit(HttpPurpose::Token), 'x')));
        });
        const auto http = transport();
        Call call;
        call.send(*http, HttpRequest::get(HttpPurpose::Token, server.url()));
        QTRY_VERIFY(call.outcome);
        QVERIFY(call.outcome->hasValue());
        QCOMPARE((*call.outcome)->body.size(), bodyLimit(HttpPurpose::Token));
    }

    //! F.3.22: decompression bounded.
    void aCompressionBombIsRefused()
    {
        // zlib as Qt writes it, without Qt's four bytes of length: what "deflate" means.
        const auto bomb = qCompress(QByteArray(64 * 1024 * 1024, '\0'), 9).sliced(4);
        ScriptedServer server([bomb](QTcpSocket &socket, const QByteArray &) {
            socket.write(ScriptedServer::answer("200 OK", bomb, "Content-Encoding: deflate\r\n"));
        });
        const auto http = transport();
        Call call;
        call.send(*http, HttpRequest::get(HttpPurpose::Token, server.url()));
        QTRY_VERIFY(call.failed());
        QCOMPARE(call.error().code(), ErrorCode::InvalidResponse);
        QCOMPARE(call.error().cause(), ErrorCause::ResponseTooLarge);
    }

    void destroyingTheExchangeAbortsAndSilencesIt()
    {
        ScriptedServer server([](QTcpSocket &, const QByteArray &) {});
        Recorder recorder;
        const auto http = transport({}, &recorder);
        Call call;
        call.send(*http, tokenRequest(server.url()));
        QTRY_COMPARE(server.requests().size(), 1);
        call.exchange.reset();
        QTRY_COMPARE(server.open(), 0);
        QCOMPARE(call.answers, 0);
        QCOMPARE(recorder.records.size(), 1);
        QCOMPARE(recorder.records.first().error->code(), ErrorCode::Cancelled);
    }

    //! A program that ends with a cancellation has it in its trace.
    void theObserverHearsOfTheEndBeforeTheTransportGoes()
    {
        ScriptedServer server([](QTcpSocket &, const QByteArray &) {});
        Recorder recorder;
        auto http = transport({}, &recorder);
        Call call;
        call.send(*http, tokenRequest(server.url()));
        QCOMPARE(recorder.started, 0); // never from within send()
        call.exchange.reset();
        QVERIFY(recorder.records.isEmpty()); // nor from within the end
        http.reset();
        QCOMPARE(recorder.started, 1);
        QCOMPARE(recorder.records.size(), 1);
        QCOMPARE(recorder.records.first().error->code(), ErrorCode::Cancelled);
    }

    void theHandlerMayDestroyItsExchange()
    {
        ScriptedServer server(
            [](QTcpSocket &socket, const QByteArray &) { socket.write(ScriptedServer::answer("200 OK", "{}")); });
        const auto http = transport();
        std::unique_ptr<HttpExchange> exchange;
        int answers = 0;
        exchange = http->send(HttpRequest::get(HttpPurpose::Discovery, server.url()),
                              [&exchange, &answers](const Result<HttpResponse> &) {
                                  exchange.reset();
                                  ++answers;
                              });
        QTRY_COMPARE(answers, 1);
    }

    void anExchangeMayOutliveItsTransport()
    {
        ScriptedServer server([](QTcpSocket &, const QByteArray &) {});
        Recorder recorder;
        auto http = transport({}, &recorder);
        Call call;
        call.send(*http, tokenRequest(server.url()));
        QTRY_COMPARE(server.requests().size(), 1);
        http.reset();
        QTRY_COMPARE(server.open(), 0);
        call.exchange.reset();
        QCOMPARE(call.answers, 0);
    }

    void connectionsThatFailSayHow()
    {
        const auto http = transport();
        QUrl dead;
        {
            ScriptedServer server([](QTcpSocket &, const QByteArray &) {});
            dead = server.url();
        }
        Call refused;
        dead.setPath(u"/token"_s);
        refused.send(*http, HttpRequest::get(HttpPurpose::Discovery, dead));
        QTRY_VERIFY(refused.failed());
        QCOMPARE(refused.error().code(), ErrorCode::NetworkUnavailable);
        QCOMPARE(refused.error().cause(), ErrorCause::ConnectionRefused);
        QVERIFY2(redacted(refused.error().message()).contains(u"nobody answers there"_s),
                 "what went wrong is no secret");

        Call unknown;
        unknown.send(*http, HttpRequest::get(HttpPurpose::Discovery, QUrl(u"https://nobody.invalid/"_s)));
        QTRY_VERIFY_WITH_TIMEOUT(unknown.failed(), 15000);
        QCOMPARE(unknown.error().code(), ErrorCode::NetworkUnavailable);
        QCOMPARE(unknown.error().cause(), ErrorCause::NameNotResolved);

        ScriptedServer closing([](QTcpSocket &socket, const QByteArray &) {
            socket.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            socket.disconnectFromHost();
        });
        Call lost;
        lost.send(*http, HttpRequest::get(HttpPurpose::Discovery, closing.url()));
        QTRY_VERIFY(lost.failed());
        QCOMPARE(lost.error().cause(), ErrorCause::ConnectionLost);
    }

    //! Neither a lost connection nor a wrong certificate: whoever typed https instead of http has to be told so.
    void aServerWithoutTlsIsNamed_data()
    {
        QTest::addColumn<QByteArray>("answer");
        QTest::newRow("hangs up") << QByteArray();
        QTest::newRow("answers in plain text") << QByteArray("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
    }
    void aServerWithoutTlsIsNamed()
    {
        QFETCH(QByteArray, answer);
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        QObject::connect(&server, &QTcpServer::newConnection, &server, [&server, answer] {
            auto *socket = server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [socket, answer] {
                socket->readAll();
                socket->write(answer);
                socket->disconnectFromHost();
            });
        });
        const auto http = transport();
        Call call;
        call.send(*http, tokenRequest(QUrl(u"https://127.0.0.1:%1/token"_s.arg(server.serverPort()))));
        QTRY_VERIFY(call.failed());
        QCOMPARE(call.error().code(), ErrorCode::NetworkUnavailable);
        QCOMPARE(call.error().cause(), ErrorCause::TlsFailed);
        QVERIFY(!call.error().isWorthRetrying());
    }

    //! B.31: http only on loopback; nothing else at all.
    void addressesThatMustNotBeAskedAreNot_data()
    {
        QTest::addColumn<QString>("url");
        QTest::newRow("http elsewhere") << u"http://example.com/"_s;
        QTest::newRow("user info") << u"https://user:password@example.com/"_s;
        QTest::newRow("file") << u"file:///etc/passwd"_s;
        QTest::newRow("no host") << u"https:///x"_s;
        QTest::newRow("looks like loopback") << u"http://127.evil.example/"_s;
    }
    void addressesThatMustNotBeAskedAreNot()
    {
        QFETCH(QString, url);
        const auto http = transport();
        Call call;
        call.send(*http, HttpRequest::get(HttpPurpose::Discovery, QUrl(url)));
        QCOMPARE(call.answers, 0);
        QTRY_VERIFY(call.failed());
        QCOMPARE(call.error().code(), ErrorCode::InvalidArgument);
        QVERIFY(!call.error().message().contains(u"password"_s));
    }

    //! B.28: TLS errors are fatal; a custom file of authorities makes them right.
    void anUntrustedCertificateIsFatal()
    {
        ScriptedServer server(
            [](QTcpSocket &socket, const QByteArray &) { socket.write(ScriptedServer::answer("200 OK", "{}")); },
            tlsListener());
        const auto http = transport();
        Call refused;
        refused.send(*http, tokenRequest(server.url()));
        QTRY_VERIFY(refused.failed());
        QCOMPARE(refused.error().code(), ErrorCode::SecurityCheckFailed);
        QCOMPARE(refused.error().cause(), ErrorCause::TlsFailed);
        QCOMPARE(server.requests().size(), 0);

        const auto trusting = transport({.caFile = QStringLiteral(COUNTERSIGN_TEST_DATA "/tls/ca.pem")});
        QVERIFY(trusting);
        Call trusted;
        trusted.send(*trusting, tokenRequest(server.url()));
        QTRY_VERIFY(trusted.outcome);
        QVERIFY2(trusted.outcome->hasValue(), "the file of authorities is not used");
    }

    void aBadFileOfAuthoritiesIsNamed()
    {
        QVERIFY(!NetworkTransport::create({.caFile = u"/nowhere/ca.pem"_s}));
        QVERIFY(!NetworkTransport::create({.caFile = QStringLiteral(COUNTERSIGN_TEST_DATA "/tls/server.key")}));
#ifdef Q_OS_UNIX
        QVERIFY(!NetworkTransport::create({.caFile = u"/dev/zero"_s})); // has no end
#endif
        // Not cut where it becomes too long: the authority that is needed might be behind.
        QFile known(QStringLiteral(COUNTERSIGN_TEST_DATA "/tls/ca.pem"));
        QTemporaryFile large;
        QVERIFY(known.open(QIODevice::ReadOnly) && large.open());
        QVERIFY(large.write(known.readAll() + QByteArray(4 * 1024 * 1024, '\n')) > 0 && large.flush());
        const auto refused = NetworkTransport::create({.caFile = large.fileName()});
        QVERIFY(!refused);
        QCOMPARE(refused.error().cause(), ErrorCause::TlsFailed);
        QVERIFY(refused.error().message().contains(u"4 MiB"_s));
        QVERIFY(
            !NetworkTransport::create({.proxy = NetworkSettings::Proxy::Custom, .proxyUrl = QUrl(u"ftp://proxy"_s)}));
    }

    void aProxyThatIsNotThereIsAProxyProblem()
    {
        QUrl dead;
        {
            ScriptedServer server([](QTcpSocket &, const QByteArray &) {});
            dead = server.url({});
        }
        const auto http = transport({.proxy = NetworkSettings::Proxy::Custom, .proxyUrl = dead});
        QVERIFY(http);
        Call call;
        call.send(*http, HttpRequest::get(HttpPurpose::Discovery, QUrl(u"https://provider.example/"_s)));
        QTRY_VERIFY(call.failed());
        QCOMPARE(call.error().cause(), ErrorCause::ProxyFailed);
    }

    //! Performance part 4: round trips rule; one connection is kept.
    void theConnectionIsKept()
    {
        ScriptedServer server(
            [](QTcpSocket &socket, const QByteArray &) { socket.write(ScriptedServer::answer("200 OK", "{}")); });
        const auto http = transport();
        for (int i = 0; i < 3; ++i) {
            Call call;
            call.send(*http, tokenRequest(server.url()));
            QTRY_VERIFY(call.outcome);
        }
        QCOMPARE(server.requests().size(), 3);
        QCOMPARE(server.connections(), 1);
    }

    //! RFC 9110 §9.2.2, RFC 9700 §4.14.2: Qt alone would send it up to four times.
    void aFormIsNeverSentTwice_data()
    {
        QTest::addColumn<bool>("isWarm");
        QTest::newRow("on a new connection") << false;
        QTest::newRow("on one that was kept") << true;
    }
    void aFormIsNeverSentTwice()
    {
        QFETCH(bool, isWarm);
        ScriptedServer server([](QTcpSocket &socket, const QByteArray &request) {
            if (request.startsWith("GET"))
                socket.write(ScriptedServer::answer("200 OK", "{}"));
            else
                socket.abort();
        });
        const auto http = transport();
        if (isWarm) {
            Call warm;
            warm.send(*http, HttpRequest::get(HttpPurpose::Discovery, server.url()));
            QTRY_VERIFY(warm.outcome);
        }
        Call call;
        call.send(*http, tokenRequest(server.url()));
        QTRY_VERIFY(call.failed());
        QCOMPARE(call.error().code(), ErrorCode::NetworkUnavailable);
        QCOMPARE(call.error().cause(), ErrorCause::ConnectionLost);
        QTest::qWait(200);
        QCOMPARE(server.requests().size(), isWarm ? 2 : 1);
    }

    void retryAfterIsReadAsSecondsAndAsDate()
    {
        const QDateTime now({2026, 1, 1}, {0, 0}, Qt::UTC);
        HttpResponse response;
        QVERIFY(!response.retryAfter(now));
        response.headers.add("Retry-After", "120");
        QCOMPARE(response.retryAfter(now), 120s);
        response.headers = {};
        response.headers.add("retry-after", "Thu, 01 Jan 2026 00:01:00 GMT");
        QCOMPARE(response.retryAfter(now), 60s);
    }
};

QTEST_GUILESS_MAIN(TestNetworkTransport)
#include "tst_networktransport.moc"

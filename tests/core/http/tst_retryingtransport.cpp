// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "support/faketransport.h"

#include <countersign/http/retryingtransport.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CountersignTest::FakeTransport;

namespace {

const QUrl address(QStringLiteral("https://op.example/x"));

HttpRequest post(HttpPurpose purpose, QByteArrayView form)
{
    return HttpRequest::postForm(purpose, address, Secret::copyOf(form));
}

Error failure(ErrorCause cause)
{
    return {ErrorCode::NetworkUnavailable, cause, u"no"_s};
}

struct Fixture
{
    FakeTransport next;
    CountersignTest::StoppedClock clock;
    CountersignTest::FixedRandom random;
    CountersignTest::ManualTimers timers;
    RetryPolicy policy;
    std::optional<Result<HttpResponse>> outcome;
    std::unique_ptr<HttpExchange> exchange;

    void send(HttpRequest request)
    {
        m_transport = std::make_unique<RetryingTransport>(next, clock, random, timers, policy);
        exchange =
            m_transport->send(std::move(request), [this](const Result<HttpResponse> &result) { outcome = result; });
    }

private:
    std::unique_ptr<RetryingTransport> m_transport;
};

} // namespace

class TestRetryingTransport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void onlyWhatIsSafeIsRepeated_data()
    {
        QTest::addColumn<HttpPurpose>("purpose");
        QTest::addColumn<QByteArray>("form"); // empty: a GET
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<bool>("isRepeated");
        const auto row = [](const char *name, HttpPurpose purpose, const QByteArray &form, int status, bool isRepeated,
                            const QByteArray &body = {}) {
            QTest::newRow(name) << purpose << form << status << body << isRepeated;
        };
        for (const int status : {429, 500, 502, 503, 504})
            row(qPrintable(u"discovery, %1"_s.arg(status)), HttpPurpose::Discovery, {}, status, true);
        row("discovery, 404", HttpPurpose::Discovery, {}, 404, false);
        row("discovery, 501", HttpPurpose::Discovery, {}, 501, false);
        row("a code, 503: the server did nothing", HttpPurpose::Token, "grant_type=authorization_code&code=c", 503,
            true);
        row("a code, 429", HttpPurpose::Token, "grant_type=authorization_code&code=c", 429, true);
        row("RFC 6749 §4.1.2: a code, 500: it may be spent", HttpPurpose::Token, "grant_type=authorization_code&code=c",
            500, false);
        row("RFC 9700 §4.14.2: a refresh token, 502: it may be rotated", HttpPurpose::Token,
            "grant_type=refresh_token&refresh_token=r", 502, false);
        row("a refresh token, 503", HttpPurpose::Token, "grant_type=refresh_token&refresh_token=r", 503, true);
        row("temporarily_unavailable in a 400", HttpPurpose::Token, "grant_type=refresh_token", 400, true,
            R"({"error":"temporarily_unavailable"})");
        row("server_error in a 400", HttpPurpose::Token, "grant_type=refresh_token", 400, false,
            R"({"error":"server_error"})");
        row("server_error in a 400 for a pushed request", HttpPurpose::PushedAuthorization, "client_id=c", 400, true,
            R"({"error":"server_error"})");
        row("invalid_grant", HttpPurpose::Token, "grant_type=refresh_token", 400, false,
            R"({"error":"invalid_grant"})");
        row("RFC 8628 §3.5: polling is the flow's own", HttpPurpose::Token,
            "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code", 503, false);
        row("RFC 7009 §2.2: revocation", HttpPurpose::Revocation, "token=t", 500, true);
        row("a call to an API", HttpPurpose::Resource, {}, 503, false);
    }

    void onlyWhatIsSafeIsRepeated()
    {
        QFETCH(const HttpPurpose, purpose);
        QFETCH(const QByteArray, form);
        QFETCH(const int, status);
        QFETCH(const QByteArray, body);
        QFETCH(const bool, isRepeated);
        Fixture f;
        f.send(form.isEmpty() ? HttpRequest::get(purpose, address) : post(purpose, form));
        QVERIFY(f.next.answer(FakeTransport::response(status, body)));
        QCOMPARE(f.timers.isRunning(), isRepeated);
        QCOMPARE(f.outcome.has_value(), !isRepeated);
        if (!isRepeated)
            return;
        QVERIFY(f.timers.ring());
        QCOMPARE(f.next.sent.size(), 2U);
        QCOMPARE(f.next.sent.at(1).body.reveal(), QByteArrayView(form));
        QVERIFY(f.next.answer(FakeTransport::response(200, "ok")));
        QCOMPARE(f.outcome->value().body, QByteArray("ok"));
    }

    //! RFC 9449 §11.1: the server that is busy may have seen it already.
    void aProofOfAKeyIsSentOnce()
    {
        Fixture f;
        auto request = post(HttpPurpose::Token, "grant_type=refresh_token");
        request.headers.set("DPoP", "a proof");
        QCOMPARE(repetitionOf(request), Repetition::Never);
        f.send(std::move(request));
        QVERIFY(f.next.answer(FakeTransport::response(429, {}, "1")));
        QVERIFY(f.outcome.has_value());
        QCOMPARE(f.next.sent.size(), 1U);
    }

    void pausesGrowAndEnd()
    {
        Fixture f;
        f.policy.maximumRetries = 3;
        f.send(HttpRequest::get(HttpPurpose::Keys, address));
        for (int i = 0; i < 3; ++i) {
            QVERIFY(f.next.answer(FakeTransport::response(503)));
            QVERIFY(f.timers.ring());
        }
        QCOMPARE(f.timers.pauses, QList<std::chrono::milliseconds>({1s, 2s, 4s}));
        QVERIFY(f.next.answer(FakeTransport::response(502)));
        QVERIFY(!f.timers.isRunning());
        QCOMPARE(f.outcome->value().status, 502); // the last answer is handed on as it is
    }

    void jitterOnlyLengthens()
    {
        Fixture f;
        f.random.byte = std::byte{255};
        f.send(HttpRequest::get(HttpPurpose::Keys, address));
        QVERIFY(f.next.answer(FakeTransport::response(503)));
        QCOMPARE(f.timers.pauses, QList<std::chrono::milliseconds>({1250ms}));
    }

    void retryAfterIsObeyed_data()
    {
        QTest::addColumn<QByteArray>("field");
        QTest::addColumn<int>("seconds"); // 0: not waited for
        QTest::newRow("RFC 9110 §10.2.3: seconds") << QByteArray("5") << 5;
        QTest::newRow("RFC 9110 §10.2.3: a date") << QByteArray("Thu, 01 Jan 2026 12:00:07 GMT") << 7;
        QTest::newRow("RFC 9110 §5.6.7: RFC 850's form") << QByteArray("Thursday, 01-Jan-26 12:00:07 GMT") << 7;
        QTest::newRow("RFC 9110 §5.6.7: asctime's form") << QByteArray("Thu Jan  1 12:00:07 2026") << 7;
        QTest::newRow("a date that has passed") << QByteArray("Thu, 01 Jan 2026 11:00:00 GMT") << 1;
        QTest::newRow("shorter than the usual pause") << QByteArray("0") << 1;
        QTest::newRow("longer than anybody waits") << QByteArray("11") << 0;
        QTest::newRow("rubbish") << QByteArray("soon") << 1;
    }

    void retryAfterIsObeyed()
    {
        QFETCH(const QByteArray, field);
        QFETCH(const int, seconds);
        Fixture f;
        f.send(HttpRequest::get(HttpPurpose::Keys, address));
        QVERIFY(f.next.answer(FakeTransport::response(503, {}, field)));
        QCOMPARE(f.outcome.has_value(), seconds == 0);
        if (seconds > 0)
            QCOMPARE(f.timers.pauses.first(), std::chrono::seconds(seconds));
    }

    void theTimeoutHoldsForAllAttempts()
    {
        Fixture f;
        auto request = HttpRequest::get(HttpPurpose::Keys, address);
        request.timeout = 4s;
        f.send(std::move(request));
        QCOMPARE(f.next.sent.at(0).timeout, 4s);
        f.clock.pass(1s);
        QVERIFY(f.next.answer(FakeTransport::response(503)));
        f.clock.pass(1s);
        QVERIFY(f.timers.ring());
        QCOMPARE(f.next.sent.at(1).timeout, 2s);
        f.clock.pass(500ms);
        QVERIFY(f.next.answer(FakeTransport::response(503))); // 2 s of pause do not fit into 1.5 s
        QVERIFY(!f.timers.isRunning());
        QVERIFY(f.outcome.has_value());
    }

    void aClockThatIsTurnedBackMakesNoLongerWait()
    {
        Fixture f;
        f.send(HttpRequest::get(HttpPurpose::Keys, address));
        f.clock.pass(-1h);
        QVERIFY(f.next.answer(FakeTransport::response(503)));
        QVERIFY(f.timers.ring());
        QCOMPARE(f.next.sent.at(1).timeout, 30s);
    }

    void aLostConnectionIsTriedOnceMoreAndAMissingNetworkIsNot_data()
    {
        QTest::addColumn<ErrorCause>("cause");
        QTest::addColumn<bool>("isPost");
        QTest::addColumn<bool>("isRepeated");
        QTest::newRow("lost") << ErrorCause::ConnectionLost << false << true;
        QTest::newRow("lost with a refresh token") << ErrorCause::ConnectionLost << true << false;
        QTest::newRow("refused") << ErrorCause::ConnectionRefused << false << false;
        QTest::newRow("no such name") << ErrorCause::NameNotResolved << false << false;
        QTest::newRow("TLS") << ErrorCause::TlsFailed << false << false;
    }

    void aLostConnectionIsTriedOnceMoreAndAMissingNetworkIsNot()
    {
        QFETCH(const ErrorCause, cause);
        QFETCH(const bool, isPost);
        QFETCH(const bool, isRepeated);
        Fixture f;
        f.send(isPost ? post(HttpPurpose::Token, "grant_type=refresh_token")
                      : HttpRequest::get(HttpPurpose::Keys, address));
        QVERIFY(f.next.answer(failure(cause)));
        QCOMPARE(f.timers.isRunning(), isRepeated);
        if (!isRepeated)
            return;
        QCOMPARE(f.timers.pauses.first(), 0ms);
        QVERIFY(f.timers.ring());
        QVERIFY(f.next.answer(failure(cause)));
        QCOMPARE(f.outcome->error().cause(), cause);
    }

    void cancellingEndsAttemptAndPause()
    {
        Fixture f;
        f.send(HttpRequest::get(HttpPurpose::Keys, address));
        QCOMPARE(f.next.waiting(), 1);
        f.exchange.reset();
        QCOMPARE(f.next.waiting(), 0);
        f.send(HttpRequest::get(HttpPurpose::Keys, address));
        QVERIFY(f.next.answer(FakeTransport::response(503)));
        QVERIFY(f.timers.isRunning());
        f.exchange.reset();
        QVERIFY(!f.timers.isRunning());
        QVERIFY(!f.outcome);
    }

    void theHandlerMayDestroyItsExchange()
    {
        FakeTransport next;
        CountersignTest::StoppedClock clock;
        CountersignTest::FixedRandom random;
        CountersignTest::ManualTimers timers;
        RetryingTransport transport(next, clock, random, timers, RetryPolicy::none());
        int answers = 0;
        std::unique_ptr<HttpExchange> exchange;
        exchange =
            transport.send(HttpRequest::get(HttpPurpose::Keys, address), [&](const Result<HttpResponse> &result) {
                exchange.reset();
                answers += result ? 1 : 0;
            });
        QVERIFY(next.answer(FakeTransport::response(503)));
        QCOMPARE(answers, 1);
    }

    void theSystemsTimersRingOnceOrNotAtAll()
    {
        SystemTimers timers;
        int rings = 0;
        auto stopped = timers.start(0ms, [&rings] { rings += 100; });
        stopped.reset();
        std::unique_ptr<RunningTimer> timer;
        timer = timers.start(0ms, [&] {
            timer.reset();
            ++rings;
        });
        QTRY_COMPARE(rings, 1);
    }
};

QTEST_GUILESS_MAIN(TestRetryingTransport)
#include "tst_retryingtransport.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "support/faketransport.h"

#include <countersign/http/throttlingtransport.h>

#include <QtTest/QTest>

using namespace Countersign;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using CountersignTest::FakeTransport;

namespace {

const QUrl address(QStringLiteral("https://login.microsoftonline.com/t/oauth2/v2.0/token"));
const QByteArray refresh = "client_id=app&scope=s1+s2&grant_type=refresh_token&refresh_token=canary-rt";

HttpRequest post(QByteArrayView form, HttpPurpose purpose = HttpPurpose::Token)
{
    return HttpRequest::postForm(purpose, address, Secret::copyOf(form));
}

class Recorder final : public ExchangeObserver
{
public:
    void exchangeFinished(const ExchangeRecord &record) override { records.append(record); }
    QList<ExchangeRecord> records;
};

struct Fixture
{
    FakeTransport next;
    CountersignTest::StoppedClock clock;
    Recorder recorder;
    ThrottleRules rules;
    std::unique_ptr<ThrottlingTransport> transport;
    std::optional<Result<HttpResponse>> outcome;
    std::unique_ptr<HttpExchange> exchange;

    //! Sends; true when the wire was used, and then answered with \p answer.
    bool send(HttpRequest request, const HttpResponse &answer)
    {
        if (!transport)
            transport = std::make_unique<ThrottlingTransport>(next, clock, rules, &recorder);
        outcome.reset();
        exchange =
            transport->send(std::move(request), [this](const Result<HttpResponse> &result) { outcome = result; });
        if (next.answer(answer))
            return true;
        return !QTest::qWaitFor([this] { return outcome.has_value(); });
    }
};

} // namespace

class TestThrottlingTransport : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    //! RFC 9449 §8: the same request follows, with the nonce that came.
    void aDemandForANonceIsNotRepeatedFromMemory()
    {
        Fixture f;
        const auto demand = FakeTransport::response(400, R"({"error":"use_dpop_nonce"})");
        QVERIFY(f.send(post(refresh), demand));
        QVERIFY(f.send(post(refresh), demand));
        QVERIFY(f.transport->answers().isEmpty());
    }

    //! What was refused without the proof of a key may be granted with it.
    void aRefusalSaysNothingAboutTheSameRequestWithAProof()
    {
        Fixture f;
        const auto refused = FakeTransport::response(400, R"({"error":"invalid_grant"})");
        const auto proven = [] {
            auto request = post(refresh);
            request.headers.set("DPoP", "a proof");
            return request;
        };
        QVERIFY(f.send(post(refresh), refused));
        QVERIFY(!f.send(post(refresh), refused));
        QVERIFY(f.send(proven(), refused));
        QVERIFY(!f.send(proven(), refused));
    }

    void contractC37RetryAfterIsObeyedBySimilarRequests_data()
    {
        QTest::addColumn<int>("status");
        QTest::newRow("429") << 429;
        QTest::newRow("503") << 503;
        QTest::newRow("400 with Retry-After") << 400;
    }

    void contractC37RetryAfterIsObeyedBySimilarRequests()
    {
        QFETCH(const int, status);
        Fixture f;
        const auto answer = FakeTransport::response(status, R"({"error":"x"})", "2");
        QVERIFY(f.send(post(refresh), answer));
        QVERIFY(!f.send(post(refresh), answer));
        QCOMPARE(f.outcome->value().status, status);
        QCOMPARE(f.outcome->value().body, QByteArray(R"({"error":"x"})"));
        // Similar: another claims parameter makes no difference to a busy server.
        QVERIFY(!f.send(post(QByteArray(refresh + "&claims=x")), answer));
        f.clock.pass(1s);
        QVERIFY(!f.send(post(refresh), answer));
        QCOMPARE(f.outcome->value().headers.values("retry-after"), QList<QByteArray>({"1"}));
        f.clock.pass(1s);
        QVERIFY(f.send(post(refresh), answer));
    }

    void contractC37OtherRequestsAreNotHeldUp_data()
    {
        QTest::addColumn<QByteArray>("form");
        QTest::addColumn<bool>("isSent");
        QTest::newRow("the same scope, another grant without token")
            << QByteArray("client_id=app&scope=s1&grant_type=other") << false;
        QTest::newRow("another scope") << QByteArray("client_id=app&scope=s2&grant_type=client_credentials") << true;
        QTest::newRow("another client") << QByteArray("client_id=b&scope=s1&grant_type=client_credentials") << true;
        QTest::newRow("a refresh token") << QByteArray("client_id=app&scope=s1&refresh_token=a") << true;
        QTest::newRow("a code") << QByteArray("client_id=app&scope=s1&code=a") << true;
        QTest::newRow("a user name") << QByteArray("client_id=app&scope=s1&username=a") << true;
    }

    void contractC37OtherRequestsAreNotHeldUp()
    {
        QFETCH(const QByteArray, form);
        QFETCH(const bool, isSent);
        Fixture f;
        const auto busy = FakeTransport::response(429);
        QVERIFY(f.send(post("client_id=app&scope=s1&grant_type=client_credentials"), busy));
        QCOMPARE(f.send(post(form), busy), isSent);
    }

    void contractC37Lifetimes_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("retryAfter");
        QTest::addColumn<int>("busyPause");
        QTest::addColumn<int>("seconds"); // 0: not throttled
        QTest::newRow("429, public client") << 429 << QByteArray() << 60 << 60;
        QTest::newRow("500, public client") << 500 << QByteArray() << 60 << 60;
        QTest::newRow("503, confidential client") << 503 << QByteArray() << 5 << 5;
        QTest::newRow("seconds") << 503 << QByteArray("90") << 60 << 90;
        QTest::newRow("at most an hour") << 503 << QByteArray("7200") << 60 << 3600;
        QTest::newRow("a date [MSAL: the default]") << 503 << QByteArray("Thu, 01 Jan 2026 12:01:30 GMT") << 60 << 90;
        QTest::newRow("rubbish") << 503 << QByteArray("soon") << 60 << 60;
        QTest::newRow("0 seconds") << 503 << QByteArray("0") << 60 << 0;
        QTest::newRow("400") << 400 << QByteArray() << 60 << 60;
        QTest::newRow("401") << 401 << QByteArray() << 60 << 0;
        QTest::newRow("403") << 403 << QByteArray() << 60 << 0;
        QTest::newRow("200") << 200 << QByteArray() << 60 << 0;
        QTest::newRow("200 with Retry-After [MSAL: kept, tokens and all]") << 200 << QByteArray("60") << 60 << 0;
    }

    void contractC37Lifetimes()
    {
        QFETCH(const int, status);
        QFETCH(const QByteArray, retryAfter);
        QFETCH(const int, busyPause);
        QFETCH(const int, seconds);
        Fixture f;
        f.rules.busyPause = std::chrono::seconds(busyPause);
        const auto answer = FakeTransport::response(status, "{}", retryAfter);
        QVERIFY(f.send(post(refresh), answer));
        if (seconds > 0) {
            f.clock.pass(std::chrono::seconds(seconds) - 1ms);
            QVERIFY(!f.send(post(refresh), answer));
            f.clock.pass(1ms);
        }
        QVERIFY(f.send(post(refresh), answer));
    }

    void contractC37ARefusalHoldsForExactlyTheSameRequest()
    {
        Fixture f;
        const auto refusal = FakeTransport::response(400, R"({"error":"invalid_grant"})");
        QVERIFY(f.send(post(refresh), refusal));
        QVERIFY(!f.send(post(refresh), refusal));
        QVERIFY(f.send(post(QByteArray(refresh + "&claims=x")), refusal));
    }

    void contractC37PollingIsNeverHeldUp()
    {
        Fixture f;
        const QByteArray poll =
            "client_id=app&grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&device_code=d";
        QVERIFY(f.send(post(poll), FakeTransport::response(400, R"({"error":"authorization_pending"})")));
        QVERIFY(f.send(post(poll), FakeTransport::response(429, {}, "60")));
        QVERIFY(f.send(post(poll), FakeTransport::response(200)));
    }

    void contractC37GetsThatSucceededAreKeptForADay()
    {
        Fixture f;
        const auto get = [](HttpPurpose purpose) { return HttpRequest::get(purpose, address); };
        QVERIFY(f.send(get(HttpPurpose::InstanceDiscovery), FakeTransport::response(200, "aliases")));
        QVERIFY(!f.send(get(HttpPurpose::InstanceDiscovery), FakeTransport::response(200)));
        QCOMPARE(f.outcome->value().body, QByteArray("aliases"));
        QVERIFY(f.outcome->value().headers.value("Retry-After").isEmpty());
        f.clock.pass(24h);
        QVERIFY(f.send(get(HttpPurpose::InstanceDiscovery), FakeTransport::response(404)));
        QVERIFY(f.send(get(HttpPurpose::InstanceDiscovery), FakeTransport::response(404)));
        // Keys must be had anew when they roll over, and a discovery document is checked before it is kept.
        f.clock.pass(24h);
        for (const auto purpose : {HttpPurpose::Keys, HttpPurpose::UserInfo, HttpPurpose::Discovery}) {
            QVERIFY(f.send(get(purpose), FakeTransport::response(200)));
            QVERIFY(f.send(get(purpose), FakeTransport::response(200)));
        }
    }

    void whatIsHeldIsVisibleAndCanBeCleared()
    {
        Fixture f;
        QVERIFY(f.send(post(refresh), FakeTransport::response(503, {}, "90")));
        QVERIFY(f.send(post("client_id=b"), FakeTransport::response(400, R"({"error":"invalid_grant"})")));
        const auto answers = f.transport->answers();
        QCOMPARE(answers.size(), 2);
        QCOMPARE(identifier(answers.first().reason), u"refused"_s);
        QCOMPARE(answers.first().oauthError, u"invalid_grant"_s);
        QCOMPARE(answers.last().status, 503);
        QCOMPARE(answers.last().url, u"https://login.microsoftonline.com/t/oauth2/v2.0/token"_s);
        QCOMPARE(answers.last().until, f.clock.at.addSecs(90));
        QVERIFY(f.transport->clear(answers.last().number));
        QVERIFY(!f.transport->clear(answers.last().number));
        QVERIFY(f.send(post(refresh), FakeTransport::response(200)));
        QVERIFY(!f.send(post("client_id=b"), FakeTransport::response(200)));
        f.transport->clear();
        QVERIFY(f.transport->answers().isEmpty());
        QVERIFY(f.send(post("client_id=b"), FakeTransport::response(200)));
    }

    void aReplayIsToldToTheObserverWithoutSecrets()
    {
        Fixture f;
        QVERIFY(f.send(post(refresh), FakeTransport::response(503, {}, "90")));
        f.clock.pass(48s);
        QVERIFY(!f.send(post(refresh), FakeTransport::response(503)));
        QCOMPARE(f.recorder.records.size(), 1);
        const auto &record = f.recorder.records.first();
        QCOMPARE(record.note, u"answer replayed, 42 s left"_s);
        QCOMPARE(record.status, 503);
        QCOMPARE(record.parameters, QStringList({u"client_id"_s, u"scope"_s, u"grant_type"_s, u"refresh_token"_s}));
    }

    void theAnswerThatEndsSoonestMakesRoom()
    {
        Fixture f;
        f.rules.capacity = 2;
        QVERIFY(f.send(post("client_id=a"), FakeTransport::response(503, {}, "300")));
        QVERIFY(f.send(post("client_id=b"), FakeTransport::response(503, {}, "100")));
        QVERIFY(f.send(post("client_id=c"), FakeTransport::response(503, {}, "200")));
        QCOMPARE(f.transport->answers().size(), 2);
        QVERIFY(f.send(post("client_id=b"), FakeTransport::response(200)));
        QVERIFY(!f.send(post("client_id=a"), FakeTransport::response(200)));
    }

    void answersFromTheFutureAreForgotten()
    {
        Fixture f;
        QVERIFY(f.send(post(refresh), FakeTransport::response(503, {}, "90")));
        f.clock.pass(-1s);
        QVERIFY(f.send(post(refresh), FakeTransport::response(200)));
    }

    void aReplayIsNeverDeliveredFromWithinSendAndCanBeDropped()
    {
        Fixture f;
        QVERIFY(f.send(post(refresh), FakeTransport::response(503)));
        int answers = 0;
        auto exchange = f.transport->send(post(refresh), [&answers](const Result<HttpResponse> &) { ++answers; });
        QCOMPARE(answers, 0);
        exchange.reset();
        QCoreApplication::processEvents();
        QCOMPARE(answers, 0);
        exchange = f.transport->send(post(refresh), [&](const Result<HttpResponse> &) {
            exchange.reset();
            ++answers;
        });
        QTRY_COMPARE(answers, 1);
    }

    void anAnswerMayComeAfterTheTransportHasGone()
    {
        FakeTransport next;
        CountersignTest::StoppedClock clock;
        auto transport = std::make_unique<ThrottlingTransport>(next, clock);
        int answers = 0;
        const auto exchange = transport->send(post(refresh), [&answers](const Result<HttpResponse> &) { ++answers; });
        transport.reset();
        QVERIFY(next.answer(FakeTransport::response(503)));
        QCOMPARE(answers, 1);
    }

    void switchedOffNothingIsHeld()
    {
        Fixture f;
        f.rules.isEnabled = false;
        QVERIFY(f.send(post(refresh), FakeTransport::response(503, {}, "90")));
        QVERIFY(f.send(post(refresh), FakeTransport::response(200)));
        QVERIFY(f.transport->answers().isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestThrottlingTransport)
#include "tst_throttlingtransport.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/http/retryingtransport.h>

#include <countersign/base/logging.h>
#include <countersign/base/redaction.h>
#include <countersign/http/peek.h>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using std::chrono::milliseconds;

namespace Countersign {

namespace {

//! Whether the server says, or the failure shows, that it did nothing with the request.
bool isUntouched(const HttpResponse &response)
{
    // RFC 6585 §4, RFC 9110 §15.6.4.
    return response.status == 429 || response.status == 503
        || oauthErrorIn(response.body) == "temporarily_unavailable"_L1;
}

bool isTemporary(const RetryPolicy &policy, const HttpResponse &response)
{
    if (policy.statuses.contains(response.status))
        return true;
    return response.status >= 400 && policy.errors.contains(oauthErrorIn(response.body));
}

milliseconds withJitter(milliseconds pause, double jitter, RandomSource &random)
{
    const QByteArray bytes = random.bytes(2);
    const auto number = static_cast<unsigned char>(bytes[0]) * 256U + static_cast<unsigned char>(bytes[1]);
    const double share = jitter * number / 65535.0;
    return pause + milliseconds(static_cast<qint64>(static_cast<double>(pause.count()) * share));
}

//! One request with all of its attempts.
class RetryingExchange final : public HttpExchange
{
public:
    struct Means
    {
        HttpTransport &next;
        const Clock &clock;
        RandomSource &random;
        TimerSource &timers;
        RetryPolicy policy;
    };

    RetryingExchange(Means means, HttpRequest request, HttpTransport::Handler handler)
        : m_means(std::move(means)), m_request(std::move(request)), m_handler(std::move(handler)),
          m_repetition(repetitionOf(m_request)), m_deadline(m_means.clock.now().addMSecs(m_request.timeout.count()))
    {
        attempt();
    }

private:
    void attempt()
    {
        ++m_attempts;
        auto request = m_request.clone();
        request.timeout = std::min(m_request.timeout, left());
        m_exchange =
            m_means.next.send(std::move(request), [this](const Result<HttpResponse> &outcome) { consider(outcome); });
    }

    milliseconds left() const
    {
        // A clock that was turned back must not make a wait without end.
        return std::clamp(milliseconds(m_means.clock.now().msecsTo(m_deadline)), milliseconds(1), m_request.timeout);
    }

    void consider(const Result<HttpResponse> &outcome)
    {
        const auto pause =
            pauseBeforeRetry(m_means.policy, m_repetition, outcome, m_attempts, m_means.clock.now(), m_means.random);
        if (!pause || *pause >= left()) {
            // Moved out first: the handler may destroy this exchange.
            const auto handler = std::move(m_handler);
            return handler(outcome);
        }
        qCInfo(lcHttp) << redacted(m_request.url) << "is asked again in" << pause->count() << "ms";
        m_timer = m_means.timers.start(*pause, [this] { attempt(); });
    }

    Means m_means;
    HttpRequest m_request;
    HttpTransport::Handler m_handler;
    Repetition m_repetition;
    QDateTime m_deadline;
    int m_attempts = 0;
    std::unique_ptr<HttpExchange> m_exchange;
    std::unique_ptr<RunningTimer> m_timer;
};

} // namespace

Repetition repetitionOf(const HttpRequest &request)
{
    // RFC 9449 §11.1: a server may have seen the proof and takes it once.
    if (request.purpose == HttpPurpose::Resource || request.headers.contains("DPoP"))
        return Repetition::Never;
    if (request.method == HttpRequest::Method::Get)
        return Repetition::Harmless;
    switch (request.purpose) {
    case HttpPurpose::Revocation: // RFC 7009 §2.2: an unknown token is revoked, too
    case HttpPurpose::Introspection:
    case HttpPurpose::UserInfo:
    case HttpPurpose::PushedAuthorization: // RFC 9126 §2.2: another request_uri
    case HttpPurpose::DeviceAuthorization: // RFC 8628 §3.2: another code
    case HttpPurpose::Discovery:
    case HttpPurpose::InstanceDiscovery:
    case HttpPurpose::Keys:
    case HttpPurpose::Authorization:
    case HttpPurpose::ManagedIdentity: return Repetition::Harmless;
    case HttpPurpose::Token:
        // RFC 8628 §3.5: the flow itself asks again, at the pace the server sets.
        return rawParameter(request.body.reveal(), "grant_type").endsWith("device_code") ? Repetition::Never
                                                                                         : Repetition::IfUntouched;
    case HttpPurpose::EndSession:
    case HttpPurpose::Federation: return Repetition::IfUntouched;
    case HttpPurpose::Resource: return Repetition::Never;
    }
    Q_UNREACHABLE();
    return Repetition::Never;
}

std::optional<milliseconds> pauseBeforeRetry(const RetryPolicy &policy, Repetition repetition,
                                             const Result<HttpResponse> &outcome, int attempts, const QDateTime &now,
                                             RandomSource &random)
{
    if (repetition == Repetition::Never || attempts > policy.maximumRetries)
        return {};
    if (!outcome) {
        // A kept connection that the other side had closed meanwhile. Nobody waits for a network that is not there.
        const bool isLost = outcome.error().cause() == ErrorCause::ConnectionLost;
        const bool mayRepeat = isLost && repetition == Repetition::Harmless && attempts == 1;
        return mayRepeat ? std::optional(milliseconds(0)) : std::nullopt;
    }
    if (!isTemporary(policy, *outcome) || (repetition == Repetition::IfUntouched && !isUntouched(*outcome)))
        return {};
    const auto usual = static_cast<double>(policy.backoff.count()) * std::pow(policy.factor, attempts - 1);
    const auto asked = outcome->retryAfter(now);
    if (asked && *asked > policy.maximumPause)
        return {};
    const auto limited = milliseconds(
        static_cast<qint64>(std::min(std::max(usual, 0.0), static_cast<double>(policy.maximumPause.count()))));
    return withJitter(std::max(limited, asked ? milliseconds(*asked) : milliseconds(0)), policy.jitter, random);
}

RetryingTransport::RetryingTransport(HttpTransport &next, const Clock &clock, RandomSource &random, TimerSource &timers,
                                     RetryPolicy policy)
    : m_next(next), m_clock(clock), m_random(random), m_timers(timers), m_policy(std::move(policy))
{
}

std::unique_ptr<HttpExchange> RetryingTransport::send(HttpRequest request, Handler handler)
{
    return std::make_unique<RetryingExchange>(RetryingExchange::Means{m_next, m_clock, m_random, m_timers, m_policy},
                                              std::move(request), std::move(handler));
}

} // namespace Countersign

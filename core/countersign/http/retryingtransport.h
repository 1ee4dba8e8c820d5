// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/clock.h>
#include <countersign/base/randomsource.h>
#include <countersign/http/httptransport.h>
#include <countersign/http/timersource.h>

#include <QtCore/QStringList>

namespace Countersign {

//! When a request is sent again. A plain value.
struct RetryPolicy
{
    int maximumRetries = 2; //!< after the first attempt; 0: nothing is ever repeated
    std::chrono::milliseconds backoff = std::chrono::seconds(1); //!< before the first repetition
    double factor = 2; //!< each further pause is that much longer
    double jitter = 0.25; //!< every pause is longer by a random part of itself, up to this
    std::chrono::milliseconds maximumPause = std::chrono::seconds(10); //!< a longer Retry-After is not waited for
    QList<int> statuses{429, 500, 502, 503, 504};
    //! OAuth errors that mean the same, whatever the status. Spec: RFC 6749 §4.1.2.1.
    QStringList errors{QStringLiteral("server_error"), QStringLiteral("temporarily_unavailable")};

    static RetryPolicy none() { return {.maximumRetries = 0}; }
    friend bool operator==(const RetryPolicy &, const RetryPolicy &) = default;
};

//! Whether sending a request twice can do harm.
enum class Repetition : quint8 {
    Harmless, //!< a GET, and what only asks or only revokes
    IfUntouched, //!< only when the server surely did nothing: a code or a refresh token must not be spent twice
    Never, //!< repeated by somebody else: polling, a call to an API
};
[[nodiscard]] COUNTERSIGN_EXPORT Repetition repetitionOf(const HttpRequest &request);

//! How long to wait before \p request is sent again; no value when it must not be, or is not worth it.
//!
//! \p attempts counts the ones made so far, the first included. A date in Retry-After is measured at \p now.
//! Spec: RFC 6749 §4.1.2 (a code is spent once), RFC 9700 §4.14.2 (so is a rotated refresh token), RFC 9110 §10.2.3.
[[nodiscard]] COUNTERSIGN_EXPORT std::optional<std::chrono::milliseconds>
pauseBeforeRetry(const RetryPolicy &policy, Repetition repetition, const Result<HttpResponse> &outcome, int attempts,
                 const QDateTime &now, RandomSource &random);

//! Sends what failed for the moment again, as far as that is harmless and the request's own timeout allows.
//!
//! The timeout of a request holds for all of its attempts and the pauses between them.
class COUNTERSIGN_EXPORT RetryingTransport final : public HttpTransport
{
public:
    //! Everything referred to must outlive the exchanges.
    RetryingTransport(HttpTransport &next, const Clock &clock, RandomSource &random, TimerSource &timers,
                      RetryPolicy policy = {});

    [[nodiscard]] std::unique_ptr<HttpExchange> send(HttpRequest request, Handler handler) override;

private:
    HttpTransport &m_next;
    const Clock &m_clock;
    RandomSource &m_random;
    TimerSource &m_timers;
    RetryPolicy m_policy;
};

} // namespace Countersign

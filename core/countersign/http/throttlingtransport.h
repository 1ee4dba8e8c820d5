// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/clock.h>
#include <countersign/http/exchangeobserver.h>
#include <countersign/http/httptransport.h>

#include <QtCore/QHash>

namespace Countersign {

//! How long an answer stands for the same request sent again. A plain value. Spec: contract C37.
struct ThrottleRules
{
    bool isEnabled = true;
    //! After 429 or 5xx without Retry-After. MSAL: 60 s for public clients, 5 s for all others.
    std::chrono::seconds busyPause{60};
    std::chrono::seconds maximumPause{3600}; //!< what a Retry-After may ask for
    std::chrono::seconds refusedPause{60}; //!< after a 400, for exactly the same request
    std::chrono::seconds keptAnswer = std::chrono::hours(24); //!< a successful GET for instance discovery or realms
    qsizetype capacity = 1024; //!< then the answer that ends soonest goes

    friend bool operator==(const ThrottleRules &, const ThrottleRules &) = default;
};

//! An answer that is given again instead of asking.
struct ThrottledAnswer
{
    enum class Reason : quint8 {
        Busy, //!< 429, 5xx, or any refusal with Retry-After: holds for similar requests, too
        Refused, //!< a 400: holds for exactly the same request
        Kept, //!< a success that need not be asked for again
    };
    quint64 number = 0; //!< for clear()
    Reason reason = Reason::Busy;
    HttpPurpose purpose = HttpPurpose::Token;
    QString url; //!< origin and path
    int status = 0;
    QString oauthError; //!< when the answer had one
    QDateTime since;
    QDateTime until;
};
//! The reason in snake_case, for example "busy".
COUNTERSIGN_EXPORT QString identifier(ThrottledAnswer::Reason reason);

//! Spares a provider that asked for a pause, and one that has just said no: the answer is given again from memory,
//! with what is left of the pause as Retry-After.
//!
//! MSAL's rules: 429, 5xx and refusals with Retry-After hold for the same address, client, scope and grant (the
//! digest of its refresh token, code, user name or, for revocation, token); a 400 holds for exactly the same request.
//! Polling with a device code and calls to APIs are never throttled. Unlike MSAL, a successful token answer is never
//! kept: it would be handed out twice; nor is a discovery document or a key set: those have a cache of their own, which
//! checks them first. Secrets: keys are digests; kept answers are refusals and public documents. Spec:    contract C37.
class COUNTERSIGN_EXPORT ThrottlingTransport final : public HttpTransport
{
public:
    //! Everything referred to must outlive the transport and its exchanges.
    ThrottlingTransport(HttpTransport &next, const Clock &clock, ThrottleRules rules = {},
                        ExchangeObserver *observer = nullptr);
    ~ThrottlingTransport() override;

    [[nodiscard]] std::unique_ptr<HttpExchange> send(HttpRequest request, Handler handler) override;

    //! What would be answered from memory now, the one that ends first first.
    QList<ThrottledAnswer> answers() const;
    //! Lets the next request through. False when there is no such answer any more.
    bool clear(quint64 number);
    void clear();

    class Memory;

private:
    HttpTransport &m_next;
    ExchangeObserver *m_observer;
    std::shared_ptr<Memory> m_memory; // exchanges in flight may outlive the transport
    quint64 m_replays = 0;
};

} // namespace Countersign

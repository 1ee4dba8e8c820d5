// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/error.h>
#include <countersign/http/httptransport.h>

namespace Countersign {

//! One exchange as a trace may show it.
//!
//! Secrets: redacted at the source: no query, no header values but the media type, no body.
struct ExchangeRecord
{
    quint64 number = 0; //!< counts up within the transport
    HttpPurpose purpose = HttpPurpose::Discovery;
    HttpRequest::Method method = HttpRequest::Method::Get;
    QString url; //!< origin and path
    QStringList parameters; //!< the names of the form's parameters, never a value
    QDateTime startedAt;
    std::chrono::microseconds duration{0};
    qint64 sentBytes = 0;
    qint64 receivedBytes = 0;
    int status = 0; //!< 0: no answer
    QString contentType;
    QString oauthError; //!< RFC 6749 §5.2 `error`, when the answer carried one that looks like an error code
    QString correlationId;
    //! Set when there is no answer to use.
    std::optional<Error> error;
    //! Why the wire was not used, for example "answer replayed, 42 s left"; empty when it was.
    QString note;
};

//! Is told of every exchange, for the trace pane and for tests.
//!
//! Thread: the one that sent the request, from its event loop: never from within a call of the library. What is told of
//!         may be ended from there.
class COUNTERSIGN_EXPORT ExchangeObserver
{
public:
    virtual ~ExchangeObserver();
    virtual void exchangeStarted(const ExchangeRecord &record);
    //! Called for every exchange that was started, aborted ones included, with the same number.
    virtual void exchangeFinished(const ExchangeRecord &record) = 0;
};

} // namespace Countersign

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/httpdate.h>
#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QByteArray>
#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QUrl>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <utility>

namespace Countersign {

//! What a request is for. Names it in logs and traces, and chooses the limit of its answer.
enum class HttpPurpose : quint8 {
    Discovery,
    InstanceDiscovery,
    Keys,
    Token,
    PushedAuthorization,
    DeviceAuthorization,
    UserInfo,
    Revocation,
    EndSession,
    Introspection,
    ManagedIdentity,
    Federation,
    Resource,
    //! An authorization request without a person (`prompt=none`): where its redirect leads is the answer. It is not
    //! followed, either.
    Authorization,
};

//! For example "token". Stable: scripts read it from traces.
COUNTERSIGN_EXPORT QString identifier(HttpPurpose purpose);

//! The largest answer that is read. Spec: security rule F.3.22.
COUNTERSIGN_EXPORT qint64 bodyLimit(HttpPurpose purpose);

//! Header fields in order. Names are compared without regard to case. Spec: RFC 9110 §5.1.
class COUNTERSIGN_EXPORT HttpHeaders
{
public:
    using Field = std::pair<QByteArray, QByteArray>;

    void add(QByteArray name, QByteArray value) { m_fields.append({std::move(name), std::move(value)}); }
    //! The only field of that name from now on.
    void set(QByteArray name, QByteArray value);
    bool contains(QByteArrayView name) const;
    //! The first field of that name; empty if there is none.
    QByteArray value(QByteArrayView name) const;
    //! Every field of that name, in order: one header may come several times.
    QList<QByteArray> values(QByteArrayView name) const;
    const QList<Field> &fields() const { return m_fields; }

private:
    QList<Field> m_fields;
};

//! One request. Move-only: its body may be a secret.
//!
//! Secrets: the values of the Authorization, DPoP and Cookie headers and the body are never logged.
struct COUNTERSIGN_EXPORT HttpRequest
{
    enum class Method : quint8 { Get, Post };

    Method method = Method::Get;
    QUrl url;
    HttpHeaders headers;
    Secret body;
    HttpPurpose purpose = HttpPurpose::Discovery;
    //! From the first byte sent to the last byte received.
    std::chrono::milliseconds timeout = std::chrono::seconds(30);
    //! Carries something that must not go anywhere else or twice: never repeated unless the protocol allows it.
    bool carriesCredentials = false;
    //! For logs and the provider's support: one operation's requests share it.
    QString correlationId;

    static HttpRequest get(HttpPurpose purpose, QUrl url);
    //! An application/x-www-form-urlencoded POST that carries credentials.
    static HttpRequest postForm(HttpPurpose purpose, QUrl url, Secret form);
    //! A second one, on purpose and by name: the body is copied.
    HttpRequest clone() const;
};

//! An answer, whatever its status below 300 or from 400 on, and 304 for a request with If-None-Match; a redirect for
//! HttpPurpose::Authorization alone.
struct COUNTERSIGN_EXPORT HttpResponse
{
    int status = 0;
    HttpHeaders headers;
    //! Secrets: a token endpoint's body holds tokens.
    QByteArray body;
    //! The `Date` header. UTC; invalid when absent or malformed.
    QDateTime serverDate;

    bool isSuccess() const { return status >= 200 && status < 300; }
    //! The media type in lower case without parameters.
    QByteArray contentType() const;
    //! From seconds or a date (RFC 9110 §10.2.3), measured at \p now; never negative.
    std::optional<std::chrono::seconds> retryAfter(const QDateTime &now) const;
};

//! A request in flight. Destroying it aborts the request and silences the handler.
class COUNTERSIGN_EXPORT HttpExchange
{
public:
    virtual ~HttpExchange();
    HttpExchange(const HttpExchange &) = delete;
    HttpExchange &operator=(const HttpExchange &) = delete;

protected:
    HttpExchange() = default;
};

//! Sends requests. The seam for fakes, proxies and a caller's own HTTP client.
//!
//! An implementation never follows a redirect, keeps no cookies, caches nothing and sends no referrer.
//! Thread: the handler is called on the thread that called send(), from its event loop, never from within send().
class COUNTERSIGN_EXPORT HttpTransport
{
public:
    //! Errors: NetworkUnavailable (NameNotResolved, ConnectionRefused, ConnectionLost, ProxyFailed), TimedOut,
    //!         SecurityCheckFailed (TlsFailed, Redirected), InvalidResponse (ResponseTooLarge), InvalidArgument.
    using Handler = std::function<void(const Result<HttpResponse> &)>;

    virtual ~HttpTransport();
    HttpTransport(const HttpTransport &) = delete;
    HttpTransport &operator=(const HttpTransport &) = delete;

    //! The handler is called at most once, and never after the exchange was destroyed. It may destroy the exchange.
    [[nodiscard]] virtual std::unique_ptr<HttpExchange> send(HttpRequest request, Handler handler) = 0;

protected:
    HttpTransport() = default;
};

} // namespace Countersign

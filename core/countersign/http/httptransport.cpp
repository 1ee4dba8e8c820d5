// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/http/exchangeobserver.h>
#include <countersign/http/httptransport.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

bool sameName(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size() && qstrnicmp(a.data(), a.size(), b.data(), b.size()) == 0;
}

} // namespace

HttpExchange::~HttpExchange() = default;
HttpTransport::~HttpTransport() = default;
ExchangeObserver::~ExchangeObserver() = default;

void ExchangeObserver::exchangeStarted(const ExchangeRecord &)
{
}

QString identifier(HttpPurpose purpose)
{
    switch (purpose) {
    case HttpPurpose::Discovery: return u"discovery"_s;
    case HttpPurpose::InstanceDiscovery: return u"instance_discovery"_s;
    case HttpPurpose::Keys: return u"keys"_s;
    case HttpPurpose::Token: return u"token"_s;
    case HttpPurpose::PushedAuthorization: return u"pushed_authorization"_s;
    case HttpPurpose::DeviceAuthorization: return u"device_authorization"_s;
    case HttpPurpose::UserInfo: return u"userinfo"_s;
    case HttpPurpose::Revocation: return u"revocation"_s;
    case HttpPurpose::EndSession: return u"end_session"_s;
    case HttpPurpose::Introspection: return u"introspection"_s;
    case HttpPurpose::ManagedIdentity: return u"managed_identity"_s;
    case HttpPurpose::Federation: return u"federation"_s;
    case HttpPurpose::Resource: return u"resource"_s;
    case HttpPurpose::Authorization: return u"authorization"_s;
    }
    Q_UNREACHABLE();
}

qint64 bodyLimit(HttpPurpose purpose)
{
    constexpr qint64 kibibyte = 1024;
    switch (purpose) {
    case HttpPurpose::Keys:
    case HttpPurpose::UserInfo:
    case HttpPurpose::Authorization: // a page, where it is no redirect
    case HttpPurpose::Federation: return 1024 * kibibyte;
    case HttpPurpose::Resource: return 8 * 1024 * kibibyte;
    case HttpPurpose::Discovery:
    case HttpPurpose::InstanceDiscovery:
    case HttpPurpose::Token:
    case HttpPurpose::PushedAuthorization:
    case HttpPurpose::DeviceAuthorization:
    case HttpPurpose::Revocation:
    case HttpPurpose::EndSession:
    case HttpPurpose::Introspection:
    case HttpPurpose::ManagedIdentity: return 256 * kibibyte;
    }
    Q_UNREACHABLE();
}

void HttpHeaders::set(QByteArray name, QByteArray value)
{
    m_fields.removeIf([&name](const Field &f) { return sameName(f.first, name); });
    add(std::move(name), std::move(value));
}

bool HttpHeaders::contains(QByteArrayView name) const
{
    return std::any_of(m_fields.begin(), m_fields.end(), [name](const Field &f) { return sameName(f.first, name); });
}

QByteArray HttpHeaders::value(QByteArrayView name) const
{
    for (const auto &[key, value] : m_fields) {
        if (sameName(key, name))
            return value;
    }
    return {};
}

QList<QByteArray> HttpHeaders::values(QByteArrayView name) const
{
    QList<QByteArray> found;
    for (const auto &[key, value] : m_fields) {
        if (sameName(key, name))
            found.append(value);
    }
    return found;
}

HttpRequest HttpRequest::get(HttpPurpose purpose, QUrl url)
{
    HttpRequest request;
    request.url = std::move(url);
    request.purpose = purpose;
    request.headers.add("Accept", "application/json");
    return request;
}

HttpRequest HttpRequest::postForm(HttpPurpose purpose, QUrl url, Secret form)
{
    auto request = get(purpose, std::move(url));
    request.method = Method::Post;
    request.headers.add("Content-Type", "application/x-www-form-urlencoded");
    request.body = std::move(form);
    request.carriesCredentials = true;
    return request;
}

HttpRequest HttpRequest::clone() const
{
    HttpRequest copy;
    copy.method = method;
    copy.url = url;
    copy.headers = headers;
    copy.body = body.clone();
    copy.purpose = purpose;
    copy.timeout = timeout;
    copy.carriesCredentials = carriesCredentials;
    copy.correlationId = correlationId;
    return copy;
}

QByteArray HttpResponse::contentType() const
{
    const auto value = headers.value("Content-Type");
    const auto end = value.indexOf(';');
    return (end < 0 ? value : value.first(end)).trimmed().toLower();
}

std::optional<std::chrono::seconds> HttpResponse::retryAfter(const QDateTime &now) const
{
    return parseRetryAfter(headers.value("Retry-After"), now);
}

} // namespace Countersign

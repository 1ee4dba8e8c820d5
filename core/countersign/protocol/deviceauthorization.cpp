// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/deviceauthorization.h>

#include <countersign/jose/formcodec.h>
#include <countersign/jose/json.h>
#include <countersign/protocol/erroranswer.h>
#include <countersign/protocol/parameters.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

constexpr std::chrono::seconds standardInterval{5};
constexpr std::chrono::seconds standardLifetime{1800};

Error invalid(const QString &why)
{
    return Error{ErrorCode::InvalidResponse, u"the device authorization's answer: %1"_s.arg(why)};
}

//! A person will type or open it: https, or plain http where the provider itself is on this machine.
bool isShowable(const Authority &authority, const QUrl &url)
{
    const bool plain =
        url.scheme() == "http"_L1 && authority.url().scheme() == "http"_L1 && url.host() == authority.url().host();
    return url.isValid() && !url.host().isEmpty() && url.userInfo().isEmpty() && (url.scheme() == "https"_L1 || plain);
}

bool isSameOrigin(const QUrl &a, const QUrl &b)
{
    return a.scheme() == b.scheme() && a.host() == b.host() && a.port() == b.port();
}

Result<std::chrono::seconds> secondsIn(const Jose::JsonObject &document, QByteArrayView name, qint64 minimum,
                                       std::chrono::seconds otherwise)
{
    const auto member = document.value(name);
    if (member.isUndefined() || member.isNull())
        return otherwise;
    constexpr qint64 year = 366LL * 24 * 3600;
    const auto seconds = document.integerOrDigits(name, minimum, year);
    if (!seconds)
        return invalid(u"'%1' is no usable number of seconds"_s.arg(QLatin1StringView(name)));
    return std::chrono::seconds(*seconds);
}

Result<QUrl> verificationUri(const Authority &authority, const Jose::JsonObject &document)
{
    auto text = document.string("verification_uri");
    if (!text)
        text = document.string("verification_url"); // Google's, from before RFC 8628
    const QUrl url(text.value_or(QString()), QUrl::StrictMode);
    if (!isShowable(authority, url))
        return invalid(u"the address to show is no https address"_s);
    return url;
}

} // namespace

TokenRequest encode(const DeviceAuthorizationRequest &request)
{
    Jose::FormEncoder form;
    request.authentication.addTo(form, request.clientId);
    form.addUnlessEmpty(Parameter::scope, request.scopes.toString())
        .addUnlessEmpty(Parameter::claims, request.claims)
        .addUnlessEmpty(Parameter::authorizationDetails, request.authorizationDetails);
    for (const auto &resource : request.resources)
        form.addUnlessEmpty(Parameter::resource, resource);
    for (const auto &[name, value] : request.extra)
        form.add(name.toUtf8(), QStringView(value));
    TokenRequest encoded;
    encoded.form = form.takeSecret();
    encoded.headers = {{"Accept", "application/json"}};
    encoded.headers += request.authentication.headers(request.clientId);
    return encoded;
}

Result<DeviceAuthorization> parseDeviceAuthorization(const Authority &authority, const HttpAnswer &answer,
                                                     const QDateTime &at)
{
    if (!answer.isSuccess())
        return parseErrorAnswer(answer, at);
    const auto document = Jose::JsonObject::parse(Secret::copyOf(answer.body));
    if (!document)
        return document.error();
    if (auto oauth = parseOAuthError(*document); !oauth.isEmpty())
        return errorFrom(std::move(oauth), answer.status);
    DeviceAuthorization device;
    device.deviceCode = document->secret(Parameter::deviceCode).value_or(Secret());
    device.userCode = document->string("user_code").value_or(QString());
    if (device.deviceCode.isEmpty() || device.userCode.isEmpty())
        return invalid(u"device_code or user_code is missing, or no text"_s);
    constexpr qsizetype longestCode = 200;
    if (device.userCode.size() > longestCode)
        return invalid(u"user_code has more than %1 characters"_s.arg(longestCode));
    auto uri = verificationUri(authority, *document);
    if (!uri)
        return uri.error();
    device.verificationUri = *std::move(uri);
    const QUrl complete(document->string("verification_uri_complete").value_or(QString()), QUrl::StrictMode);
    if (isShowable(authority, complete) && isSameOrigin(complete, device.verificationUri))
        device.verificationUriComplete = complete;
    constexpr qsizetype longestMessage = 2000;
    device.message = document->string("message").value_or(QString()).left(longestMessage);
    const auto interval = secondsIn(*document, "interval", 0, standardInterval);
    if (!interval)
        return interval.error();
    device.interval = *interval;
    const auto lifetime = secondsIn(*document, Parameter::expiresIn, 1, standardLifetime);
    if (!lifetime)
        return lifetime.error();
    device.expiresAt = at.addSecs(lifetime->count());
    return device;
}

DevicePolling::DevicePolling(std::chrono::seconds interval)
    // Without a pause of some kind this would be an attack.
    : m_interval(std::max(interval, std::chrono::seconds(1))), m_wait(m_interval)
{
}

bool DevicePolling::goesOnAfter(const Error &error)
{
    const auto &oauth = error.oauth().error;
    if (oauth == "authorization_pending"_L1 || oauth == "slow_down"_L1) {
        if (oauth == "slow_down"_L1)
            m_interval += slowDownStep;
        m_failures = 0;
        m_wait = m_interval;
        return true;
    }
    const bool isPassing = error.code() == ErrorCode::NetworkUnavailable || error.code() == ErrorCode::ServerUnavailable
        || (error.code() == ErrorCode::TimedOut && oauth.isEmpty());
    if (!isPassing)
        return false;
    constexpr int mostDoublings = 10;
    m_failures = std::min(m_failures + 1, mostDoublings);
    m_wait = std::max(m_interval, std::min(m_interval * (1 << m_failures), longestBackOff));
    m_wait = std::max(m_wait, error.retryAfter().value_or(std::chrono::seconds(0)));
    return true;
}

Error expiredDeviceCode()
{
    return Error{ErrorCode::TimedOut, ErrorCause::CodeExpired, u"nobody used the code before it expired"_s}.withOAuth(
        {.error = u"expired_token"_s});
}

} // namespace Countersign::Protocol

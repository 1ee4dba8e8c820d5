// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/model/authority.h>
#include <countersign/protocol/grants.h>

#include <QtCore/QUrl>

namespace Countersign::Protocol {

//! Asks for a code that a person types on another device. Spec: RFC 8628 §3.1.
struct DeviceAuthorizationRequest
{
    ClientId clientId;
    ClientAuthentication authentication;
    ScopeSet scopes; //!< as sent: see decorateScopes()
    QString claims; //!< JSON, capabilities merged in
    QString authorizationDetails; //!< RFC 9396, a JSON array
    QStringList resources; //!< RFC 8707
    QList<ExtraParameter> extra; //!< sent as they are
};
[[nodiscard]] COUNTERSIGN_EXPORT TokenRequest encode(const DeviceAuthorizationRequest &request);

//! The answer. Spec: RFC 8628 §3.2.
struct DeviceAuthorization
{
    Secret deviceCode; //!< never shown, never logged (security rule B.40)
    QString userCode;
    QUrl verificationUri;
    //! With the code in it; kept only when it leads to the very host that is shown (security rule B.39).
    std::optional<QUrl> verificationUriComplete;
    QString message; //!< Microsoft's words for the person, or empty
    QDateTime expiresAt; //!< UTC
    std::chrono::seconds interval{5};
};

//! Reads the answer of the device authorization endpoint. Numbers may come as text; an absent interval is 5 s, an
//! absent lifetime half an hour (contract C30).
//!
//! Errors: those of parseErrorAnswer(); InvalidResponse for anything malformed, and when the address to show is
//!         neither https nor, for an \p authority on loopback, http on loopback.
[[nodiscard]] COUNTERSIGN_EXPORT Result<DeviceAuthorization>
parseDeviceAuthorization(const Authority &authority, const HttpAnswer &answer, const QDateTime &at);

//! When to ask again whether the person has decided. Spec: RFC 8628 §3.5; security rules B.35-B.38.
class COUNTERSIGN_EXPORT DevicePolling
{
public:
    static constexpr std::chrono::seconds slowDownStep{5};
    static constexpr std::chrono::seconds longestBackOff{300};

    explicit DevicePolling(std::chrono::seconds interval);

    //! Takes note of an answer without a token. False: the code will never bring one, \p error is the reason.
    [[nodiscard]] bool goesOnAfter(const Error &error);
    //! How long to wait before the next request.
    std::chrono::seconds wait() const { return m_wait; }

private:
    std::chrono::seconds m_interval;
    std::chrono::seconds m_wait;
    int m_failures = 0;
};

//! What a device code that nobody used in time ends with: TimedOut, cause CodeExpired, `expired_token`.
[[nodiscard]] COUNTERSIGN_EXPORT Error expiredDeviceCode();

} // namespace Countersign::Protocol

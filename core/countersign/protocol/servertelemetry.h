// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/model/authority.h>
#include <countersign/protocol/httpanswer.h>

#include <QtCore/QList>
#include <QtCore/QString>

namespace Countersign::Protocol {

//! What a request to Microsoft is made for, in MSAL's numbers.
enum class ApiId : int {
    Unknown = 0,
    Silent = 84,
    RefreshToken = 85,
    Interactive = 169,
    Password = 301,
    OnBehalfOf = 523,
    DeviceCode = 622,
    ClientCredentials = 730,
    AuthorizationCode = 832,
};

struct ApiCall
{
    ApiId id = ApiId::Unknown;
    int refreshReason = 0; //!< 0 none, 1 forced, 2 no token, 3 expired, 4 aging

    friend bool operator==(const ApiCall &, const ApiCall &) = default;
};

//! What Microsoft is told of the calls before this one: how often the cache answered, and what failed. One a client.
//!
//! For Authority::isEntraFamily() only: nobody else understands these fields.
//!
//! Secrets: numbers, correlation ids and error codes only.
//! Spec:    contract C36.
class COUNTERSIGN_EXPORT ServerTelemetry
{
public:
    void cacheHit() { ++m_hits; }
    //! The provider refused with \p error: told with the next request. Nothing more is added beyond 350 characters.
    void failed(ApiId id, const QString &correlationId, const QString &error);
    //! What was told has arrived.
    void succeeded();

    //! x-client-current-telemetry.
    static QByteArray current(const ApiCall &call);
    //! x-client-last-telemetry.
    QByteArray last() const;

private:
    static constexpr qsizetype longest = 350;

    int m_hits = 0;
    QByteArray m_calls;
    QByteArray m_errors;
};

//! Who asks. Nothing of it identifies the person or the machine.
struct ClientDescription
{
    QString applicationName;
    QString applicationVersion;
    QString correlationId;
};
//! client-request-id, x-client-sku, x-client-ver, x-client-os, x-ms-lib-capability, x-app-name, x-app-ver.
[[nodiscard]] COUNTERSIGN_EXPORT HeaderFields clientFields(const ClientDescription &client);

//! X-AnchorMailbox for an account, "Oid:uid@utid", which routes the request to where its data lies; empty when the id
//! is none of Microsoft's. Personal data.
[[nodiscard]] COUNTERSIGN_EXPORT QByteArray anchorMailbox(const HomeAccountId &account);
//! The same for a user name: "upn:name".
[[nodiscard]] COUNTERSIGN_EXPORT QByteArray anchorMailbox(const QString &username);

} // namespace Countersign::Protocol

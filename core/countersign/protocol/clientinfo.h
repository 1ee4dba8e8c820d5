// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/model/identities.h>

namespace Countersign::Protocol {

//! Microsoft's client_info: who signed in, across tenants. Personal data.
struct ClientInfo
{
    QString uid;
    QString utid;

    bool isEmpty() const { return uid.isEmpty(); }
    //! "uid.utid".
    HomeAccountId homeAccountId() const { return {uid + u'.' + utid}; }
    friend bool operator==(const ClientInfo &, const ClientInfo &) = default;
};

//! Encoding: base64url of JSON, with or without padding.
//! Errors:   InvalidResponse.
[[nodiscard]] COUNTERSIGN_EXPORT Result<ClientInfo> parseClientInfo(QStringView text);

} // namespace Countersign::Protocol

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

namespace Countersign::Desktop {

//! What to ask a provider for, to call an API.
struct ApiAccess
{
    QString name; //!< the API's own, or its host
    ScopeSet scopes; //!< to take the place of the request's
    QStringList resources; //!< RFC 8707; where the provider tells APIs apart by scopes, there are none

    friend bool operator==(const ApiAccess &, const ApiAccess &) = default;
};

//! Reads the address of an API, whole or as its host alone: at Entra `<resource>/.default`, elsewhere the resource, and
//! the profile's own scopes. The known APIs are resources/apis.json.
//!
//! Errors: InvalidArgument when \p address is none, or is not encrypted and not on this computer.
[[nodiscard]] Result<ApiAccess> accessFor(const QString &address, const ProfileEntry &profile);
//! The scopes that the known APIs of \p profile's provider have.
QStringList usualScopes(const ProfileEntry &profile);

} // namespace Countersign::Desktop

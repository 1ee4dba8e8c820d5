// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/jose/json.h>
#include <countersign/model/account.h>
#include <countersign/model/authority.h>
#include <countersign/protocol/clientinfo.h>

namespace Countersign::Protocol {

//! Who a token response is about. Empty ids: the application itself, or nobody was named.
struct AccountIdentity
{
    HomeAccountId homeAccountId; //!< uid.utid, otherwise the ID token's sub
    LocalAccountId localAccountId; //!< oid, otherwise sub
    TenantId tenant; //!< tid, otherwise tfp, otherwise acr; otherwise the authority's
    QString
        username; //!< preferred_username, otherwise upn, elsewhere than at Microsoft email, otherwise what was given
    QString name;

    friend bool operator==(const AccountIdentity &, const AccountIdentity &) = default;
};

//! From the claims of a verified ID token and Microsoft's client info. MSAL's precedence, contract C13.
//! \p typedUsername is what the person entered, for when the claims name nobody.
[[nodiscard]] COUNTERSIGN_EXPORT AccountIdentity identify(const Authority &authority,
                                                          const std::optional<Jose::JsonObject> &idTokenClaims,
                                                          const ClientInfo &clientInfo,
                                                          const QString &typedUsername = {});

} // namespace Countersign::Protocol

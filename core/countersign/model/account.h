// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>
#include <countersign/model/identities.h>

#include <QtCore/QDateTime>
#include <QtCore/QList>

namespace Countersign {

//! Which account: the person and where the entries of that person belong.
struct AccountId
{
    HomeAccountId homeAccountId;
    Environment environment;

    bool isEmpty() const { return homeAccountId.isEmpty(); }
    friend bool operator==(const AccountId &, const AccountId &) = default;
    friend size_t qHash(const AccountId &id, size_t seed = 0) noexcept
    {
        return qHashMulti(seed, id.homeAccountId, id.environment);
    }
};

//! The account as one tenant knows it.
struct TenantProfile
{
    TenantId realm;
    LocalAccountId localAccountId;
    QString username;
    QString name;
    bool isHome = false;

    friend bool operator==(const TenantProfile &, const TenantProfile &) = default;
};

//! Somebody who signed in. Never identified by mail address or user name: those can change.
struct Account
{
    AccountId id;
    LocalAccountId localAccountId;
    TenantId realm;
    QString username; //!< for display: preferred_username, upn, or empty
    QString name; //!< for display: the ID token's `name`, or empty
    QString authorityType; //!< "MSSTS" or "ADFS", as the unified schema spells it
    QString source; //!< how the account came: "authorization_code", a device code grant's URN …, or empty
    QList<TenantProfile> tenantProfiles;

    friend bool operator==(const Account &, const Account &) = default;
};

} // namespace Countersign

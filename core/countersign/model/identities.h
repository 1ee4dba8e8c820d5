// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QHashFunctions>
#include <QtCore/QString>

namespace Countersign {

//! A string that says what it identifies: two ids cannot be swapped by accident. Compared byte for byte.
template <typename Tag> struct Identity
{
    QString value;

    bool isEmpty() const { return value.isEmpty(); }
    friend bool operator==(const Identity &, const Identity &) = default;
    friend auto operator<=>(const Identity &a, const Identity &b) { return a.value.compare(b.value) <=> 0; }
    friend size_t qHash(const Identity &id, size_t seed = 0) noexcept { return qHash(id.value, seed); }
};

//! The application's registration at the provider. Spec: RFC 6749 §2.2.
using ClientId = Identity<struct ClientIdTag>;
//! The person across tenants: "uid.utid" at Microsoft, the `sub` elsewhere. Personal data.
using HomeAccountId = Identity<struct HomeAccountIdTag>;
//! The person within one tenant: `oid`, otherwise `sub`. Personal data.
using LocalAccountId = Identity<struct LocalAccountIdTag>;
//! A tenant: a GUID, a domain, or common, organizations, consumers.
using TenantId = Identity<struct TenantIdTag>;
//! Where cached entries belong: the authority's host for Microsoft, the whole issuer for any other provider.
//! See Authority::environment().
using Environment = Identity<struct EnvironmentTag>;

} // namespace Countersign

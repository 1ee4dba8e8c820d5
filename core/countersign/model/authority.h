// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/model/identities.h>

#include <QtCore/QUrl>

namespace Countersign {

//! Who is asked for tokens. A plain value: making one touches no network.
//!
//! Entra, B2C, CIAM (External ID), ADFS and dSTS are recognised by the address, as MSAL does; every other provider is
//! named by its issuer with oidc().
class COUNTERSIGN_EXPORT Authority
{
public:
    enum class Kind : quint8 { Entra, B2c, Ciam, Adfs, Dsts, Oidc };

    //! https://login.microsoftonline.com/common
    static Authority common();
    //! A Microsoft authority, host and tenant: https, at least one path segment (a CIAM host needs none).
    //! Errors: InvalidArgument naming what is wrong.
    static Result<Authority> parse(const QString &url);
    //! Any OpenID or OAuth 2.0 provider by its exact issuer identifier: https, or http on loopback; path optional;
    //! no query, fragment or user info. Spec: OpenID Connect Discovery §3, RFC 8414 §2.
    static Result<Authority> oidc(const QString &issuer);

    Kind kind() const { return m_kind; }
    bool isMicrosoft() const { return m_kind != Kind::Oidc; }
    //! Microsoft's own service under any of its names: Entra, B2C, CIAM; not ADFS, dSTS or another provider.
    bool isEntraFamily() const { return m_kind == Kind::Entra || m_kind == Kind::B2c || m_kind == Kind::Ciam; }
    //! For oidc() exactly the text given: issuers are compared byte for byte.
    const QString &issuer() const { return m_text; }
    QUrl url() const { return QUrl(m_text); }
    //! Lower-case host with the port if it is not the scheme's own.
    QString host() const;
    //! The first path segment for Microsoft's; empty for oidc().
    const TenantId &tenant() const { return m_tenant; }
    //! The same authority for another tenant. Entra only; otherwise unchanged.
    Authority withTenant(const TenantId &tenant) const;

    //! Where cached entries of this authority belong: the host for Microsoft's; for oidc() the issuer without its
    //! scheme, in a form that survives the schema's lower-casing, so that two realms on one host never share entries.
    Environment environment() const;
    //! The unified schema's `realm`: the tenant for Entra; "adfs" …; for oidc() always "oidc".
    QString realm() const;
    //! The unified schema's `authority_type`.
    QString authorityType() const;

    friend bool operator==(const Authority &, const Authority &) = default;

private:
    Authority(Kind kind, QString text, TenantId tenant)
        : m_kind(kind), m_text(std::move(text)), m_tenant(std::move(tenant))
    {
    }

    Kind m_kind;
    QString m_text;
    TenantId m_tenant;
};

} // namespace Countersign

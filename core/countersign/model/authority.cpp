// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/model/authority.h>

using namespace Qt::StringLiterals;

namespace Countersign {
namespace {

Error invalid(const QString &why)
{
    return Error{ErrorCode::InvalidArgument, why};
}

bool isLoopback(const QString &host)
{
    // RFC 6761 §6.3, RFC 8252 §7.3.
    return host == "localhost"_L1 || host == "127.0.0.1"_L1 || host == "::1"_L1;
}

//! The checks that hold for every authority, whoever runs it.
Result<QUrl> checkedUrl(const QString &text, bool loopbackMayBeHttp)
{
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.host().isEmpty())
        return invalid(u"'%1' is not an absolute address."_s.arg(text));
    if (!url.userInfo().isEmpty() || text.contains(u'@'))
        return invalid(u"'%1' carries user information; take it out."_s.arg(url.toString(QUrl::RemoveUserInfo)));
    const bool http = url.scheme() == "http"_L1 && loopbackMayBeHttp && isLoopback(url.host());
    if (url.scheme() != "https"_L1 && !http)
        return invalid(u"'%1' must begin with https:// (http is for loopback issuers only)."_s.arg(text));
    return url;
}

QStringList segments(const QUrl &url)
{
    return url.path(QUrl::FullyEncoded).split(u'/', Qt::SkipEmptyParts);
}

bool isB2cHost(const QString &host)
{
    for (const auto suffix : {".b2clogin.com"_L1, ".b2clogin.cn"_L1, ".b2clogin.us"_L1, ".b2clogin.de"_L1}) {
        if (host.endsWith(suffix))
            return true;
    }
    return false;
}

QString portSuffix(const QUrl &url)
{
    const int usual = url.scheme() == "http"_L1 ? 80 : 443;
    return url.port(usual) == usual ? QString() : u":%1"_s.arg(url.port());
}

//! Injective and made of lower-case characters only: the schema lower-cases keys, paths are case-sensitive.
QString lowerCaseSafe(const QByteArray &path)
{
    static constexpr char hex[] = "0123456789abcdef";
    QString out;
    for (const char c : path) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '/' || c == '.' || c == '_'
            || c == '~' || c == '-';
        if (plain) {
            out += QLatin1Char(c);
            continue;
        }
        const auto byte = static_cast<unsigned char>(c);
        out += u'%';
        out += QLatin1Char(hex[byte >> 4U]);
        out += QLatin1Char(hex[byte & 15U]);
    }
    return out;
}

} // namespace

Authority Authority::common()
{
    return {Kind::Entra, u"https://login.microsoftonline.com/common"_s, TenantId{u"common"_s}};
}

Result<Authority> Authority::parse(const QString &text)
{
    const auto checked = checkedUrl(text, false);
    if (!checked)
        return checked.error();
    QUrl url = *checked;
    url.setQuery(QString());
    url.setFragment(QString());
    const QString host = url.host().toLower();
    QStringList path = segments(url);
    if (host.endsWith(".ciamlogin.com"_L1)) {
        // A path-less CIAM authority means the tenant of the same name.
        const QString tenant = path.isEmpty() ? host.section(u'.', 0, 0) + ".onmicrosoft.com"_L1 : path.first();
        return Authority(Kind::Ciam, "https://"_L1 + host + portSuffix(url) + u'/' + tenant, TenantId{tenant});
    }
    if (path.isEmpty())
        return invalid(u"'%1' names no tenant: add one, for example https://%2/common. For a provider that is not "
                       "Microsoft's give its issuer instead."_s.arg(text, host));
    const QString base = "https://"_L1 + host + portSuffix(url) + u'/';
    if (path.first().compare("adfs"_L1, Qt::CaseInsensitive) == 0)
        return Authority(Kind::Adfs, base + path.first(), TenantId{u"adfs"_s});
    if (path.first().compare("dstsv2"_L1, Qt::CaseInsensitive) == 0)
        return Authority(Kind::Dsts, base + path.join(u'/'), TenantId{path.last()});
    if (isB2cHost(host) || path.value(1).startsWith("b2c_"_L1, Qt::CaseInsensitive)) {
        if (path.size() < 2)
            return invalid(u"'%1' names no user flow: a B2C authority is https://HOST/TENANT/POLICY."_s.arg(text));
        return Authority(Kind::B2c, base + path.first() + u'/' + path.at(1), TenantId{path.first()});
    }
    return Authority(Kind::Entra, base + path.first(), TenantId{path.first()});
}

Result<Authority> Authority::oidc(const QString &issuer)
{
    const auto url = checkedUrl(issuer, true);
    if (!url)
        return url.error();
    if (url->hasQuery() || url->hasFragment())
        return invalid(u"'%1' is no issuer: an issuer has neither query nor fragment."_s.arg(issuer));
    return Authority(Kind::Oidc, issuer, {});
}

QString Authority::host() const
{
    const QUrl address = url();
    return address.host().toLower() + portSuffix(address);
}

Authority Authority::withTenant(const TenantId &tenant) const
{
    if (m_kind != Kind::Entra || tenant.isEmpty())
        return *this;
    return {m_kind, "https://"_L1 + host() + u'/' + tenant.value, tenant};
}

Environment Authority::environment() const
{
    if (m_kind != Kind::Oidc)
        return {host()};
    const QUrl address = url();
    // http and https on one loopback host are different providers.
    const auto scheme = address.scheme() == "http"_L1 ? "http:"_L1 : ""_L1;
    // The path as it was written: QUrl would take %4f and O for the same.
    const auto path = m_text.indexOf(u'/', m_text.indexOf("://"_L1) + 3);
    return {scheme + host() + lowerCaseSafe(path < 0 ? QByteArray() : m_text.mid(path).toUtf8())};
}

QString Authority::realm() const
{
    return m_kind == Kind::Oidc ? u"oidc"_s : m_tenant.value;
}

QString Authority::authorityType() const
{
    switch (m_kind) {
    case Kind::Adfs: return u"ADFS"_s;
    case Kind::Entra:
    case Kind::B2c:
    case Kind::Ciam:
    case Kind::Dsts:
    case Kind::Oidc:
        // MSAL knows no other word for whatever is not ADFS, and lists accounts of these two types only.
        return u"MSSTS"_s;
    }
    Q_UNREACHABLE();
    return {};
}

} // namespace Countersign

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/model/clouds.h>
#include <countersign/protocol/discovery.h>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

QStringList segmentsOf(const QUrl &url)
{
    return url.path(QUrl::FullyEncoded).split(u'/', Qt::SkipEmptyParts);
}

bool isPlainHttps(const QUrl &url)
{
    return url.isValid() && url.scheme() == "https"_L1 && url.userInfo().isEmpty() && !url.hasQuery()
        && !url.hasFragment();
}

//! Spec: security rules B.103, B.105, B.106.
bool isEntraIssuer(const Authority &authority, const QString &issuer)
{
    const QString tenant = authority.tenant().value.toLower();
    // QUrl would encode the braces of the template: it is taken apart as text.
    const QStringList parts = issuer.split(u'/');
    if (parts.size() != 5 || parts.at(0) != "https:"_L1 || !parts.at(1).isEmpty() || parts.at(4) != "v2.0"_L1)
        return false;
    const QString host = parts.at(2);
    if (host != authority.host() && !isSameCloud(host, authority.host()))
        return false;
    const QString named = parts.at(3);
    if (tenant == "common"_L1 || tenant == "organizations"_L1)
        return named == "{tenantid}"_L1;
    if (tenant == "consumers"_L1)
        return named == QLatin1StringView(consumersTenant);
    if (isGuid(tenant))
        return named.compare(tenant, Qt::CaseInsensitive) == 0;
    return isGuid(named); // a domain: resolved once to the tenant's GUID
}

//! Spec: security rule B.108.
bool isB2cIssuer(const Authority &authority, const QString &issuer)
{
    const QUrl url(issuer);
    if (!isPlainHttps(url) || url.host().toLower() != authority.url().host().toLower())
        return false;
    const QStringList path = segmentsOf(url);
    const QString policy = segmentsOf(authority.url()).value(1);
    if (path.size() == 2)
        return isGuid(path.at(0)) && path.at(1) == "v2.0"_L1;
    return path.size() == 4 && path.at(0) == "tfp"_L1 && isGuid(path.at(1))
        && path.at(2).compare(policy, Qt::CaseInsensitive) == 0 && path.at(3) == "v2.0"_L1;
}

bool isCiamIssuer(const Authority &authority, const QString &issuer)
{
    const QUrl url(issuer);
    const QStringList path = segmentsOf(url);
    if (!isPlainHttps(url) || path.size() != 2 || path.at(1) != "v2.0"_L1 || !isGuid(path.at(0)))
        return false;
    const QString tenant = path.at(0).toLower();
    if (isGuid(authority.tenant().value) && authority.tenant().value.toLower() != tenant)
        return false;
    return url.host() == tenant + ".ciamlogin.com"_L1 || url.host() == authority.url().host();
}

//! One region's label before \p host.
bool isRegionOf(const QString &candidate, const QString &host)
{
    const auto dot = candidate.indexOf(u'.');
    return dot > 0 && isRegionLabel(QStringView(candidate).first(dot))
        && QStringView(candidate).sliced(dot + 1) == host;
}

QString withoutSlashes(QString text)
{
    while (text.endsWith(u'/'))
        text.chop(1);
    return text;
}

//! {tenant}.ciamlogin.com speaks for an authority that names the same tenant in its path or its host.
bool isCiamIssuerAsMsal(const QUrl &authority, const QUrl &issuer)
{
    const QString tenant =
        segmentsOf(authority).isEmpty() ? authority.host().section(u'.', 0, 0) : segmentsOf(authority).first();
    const QStringList path = segmentsOf(issuer);
    const bool isPath = path.isEmpty() || path == QStringList{tenant} || path == QStringList{tenant, u"v2.0"_s};
    return issuer.host() == tenant + ".ciamlogin.com"_L1 && isPath;
}

//! What MSAL Python accepts for an `oidc_authority`, in its order. Spec: contract C38.
bool isIssuerAsMsal(const QString &authorityText, const QString &issuerText)
{
    if (withoutSlashes(issuerText) == withoutSlashes(authorityText))
        return true;
    const QUrl authority(authorityText);
    const QUrl issuer(issuerText, QUrl::StrictMode);
    if (!issuer.isValid() || issuer.host().isEmpty() || !issuer.userInfo().isEmpty())
        return false;
    if (issuer.scheme() == authority.scheme() && issuer.host() == authority.host())
        return true;
    if (issuer.scheme() != "https"_L1)
        return false;
    if (issuer.host().endsWith(".ciamlogin.com"_L1))
        return isCiamIssuerAsMsal(authority, issuer);
    if (cloudOf(issuer.host()))
        return !cloudOf(authority.host()) || isSameCloud(issuer.host(), authority.host());
    if (isRegionOf(issuer.host(), authority.host()))
        return true;
    for (const auto suffix : {".b2clogin.com"_L1, ".b2clogin.cn"_L1, ".b2clogin.us"_L1, ".b2clogin.de"_L1}) {
        if (issuer.host().endsWith(suffix))
            return true;
    }
    return false;
}

} // namespace

bool isIssuerOf(const Authority &authority, const QString &issuer, IssuerMatch match)
{
    if (issuer.isEmpty())
        return false;
    switch (authority.kind()) {
    case Authority::Kind::Entra: return isEntraIssuer(authority, issuer);
    case Authority::Kind::B2c: return isB2cIssuer(authority, issuer);
    case Authority::Kind::Ciam: return isCiamIssuer(authority, issuer);
    case Authority::Kind::Adfs:
    case Authority::Kind::Dsts:
    case Authority::Kind::Oidc: break;
    }
    switch (match) {
    case IssuerMatch::Exact: return issuer == authority.issuer();
    case IssuerMatch::AsMsal: return isIssuerAsMsal(authority.issuer(), issuer);
    }
    Q_UNREACHABLE();
    return false;
}

} // namespace Countersign::Protocol

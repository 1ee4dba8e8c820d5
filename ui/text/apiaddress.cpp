// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "text/apiaddress.h"

#include <dictionary/datafile.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

struct KnownApi
{
    QString name;
    QString provider; //!< "entra" or an issuer
    QStringList hosts; //!< "*." in front: every host below it
    QString resource;
    QStringList scopes;

    bool isOf(const ProfileEntry &profile) const
    {
        return provider == "entra"_L1 ? profile.isMicrosoft : profile.issuer.startsWith(provider);
    }
    bool hasHost(const QString &host) const
    {
        return std::any_of(hosts.cbegin(), hosts.cend(), [&host](const QString &pattern) {
            return pattern.startsWith(u"*."_s) ? host.endsWith(QStringView(pattern).sliced(1)) : host == pattern;
        });
    }
};

QStringList textsOf(const QJsonValue &list)
{
    QStringList texts;
    const auto items = list.toArray();
    for (const auto item : items)
        texts.append(item.toString());
    return texts;
}

const QList<KnownApi> &knownApis()
{
    static const auto apis = [] {
        QList<KnownApi> read;
        const auto items = readDataFile(u"apis"_s).value("apis"_L1).toArray();
        for (const auto item : items) {
            const auto json = item.toObject();
            read.append({json.value("name"_L1).toString(), json.value("provider"_L1).toString(),
                         textsOf(json.value("hosts"_L1)), json.value("resource"_L1).toString(),
                         textsOf(json.value("scopes"_L1))});
        }
        return read;
    }();
    return apis;
}

Error noAddress()
{
    return Error{ErrorCode::InvalidArgument, u"This is no address of an API."_s};
}

//! People copy hosts without their scheme.
QUrl urlOf(const QString &address)
{
    const auto text = address.trimmed();
    if (text.isEmpty() || text.contains(u' '))
        return {};
    const bool hasScheme = text.contains("://"_L1);
    return QUrl(hasScheme ? text : u"https://"_s + text, QUrl::StrictMode);
}

} // namespace

Result<ApiAccess> accessFor(const QString &address, const ProfileEntry &profile)
{
    const auto url = urlOf(address);
    const auto host = url.host();
    const bool isHere = host == "localhost"_L1 || host == "127.0.0.1"_L1 || host == "::1"_L1;
    if (!url.isValid() || host.isEmpty() || !url.userInfo().isEmpty())
        return noAddress();
    // api://<application id> is how Entra calls an application's own API.
    if (profile.isMicrosoft && url.scheme() == "api"_L1) {
        const QString resource = u"api://"_s + url.authority();
        return ApiAccess{resource, {resource + u"/.default"_s}, {}};
    }
    if (url.scheme() != "https"_L1 && !(url.scheme() == "http"_L1 && isHere))
        return noAddress();
    if (!isHere && !host.contains(u'.'))
        return noAddress();
    const auto &apis = knownApis();
    const auto known = std::find_if(apis.cbegin(), apis.cend(),
                                    [&](const KnownApi &api) { return api.isOf(profile) && api.hasHost(host); });
    const auto name = known == apis.cend() ? host : known->name;
    const QString origin = url.scheme() + u"://"_s + url.authority();
    if (profile.isMicrosoft) {
        const auto resource = known == apis.cend() ? origin : known->resource;
        return ApiAccess{name, {resource + u"/.default"_s}, {}};
    }
    // Who is known tells APIs apart by their scopes.
    if (known != apis.cend())
        return ApiAccess{name, profile.scopes, {}};
    // RFC 8707 §2: absolute, no fragment; a query is left out as well, because one resource has many.
    return ApiAccess{name, profile.scopes, {url.adjusted(QUrl::RemoveQuery | QUrl::RemoveFragment).toString()}};
}

QStringList usualScopes(const ProfileEntry &profile)
{
    QStringList scopes;
    for (const auto &api : knownApis()) {
        if (!api.isOf(profile))
            continue;
        scopes += api.scopes;
        if (profile.isMicrosoft)
            scopes.append(api.resource + u"/.default"_s);
    }
    scopes.removeDuplicates();
    return scopes;
}

} // namespace Countersign::Desktop

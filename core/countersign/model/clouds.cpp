// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/model/clouds.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

const QList<Cloud> &knownClouds()
{
    static const QList<Cloud> clouds{
        {u"login.microsoftonline.com"_s,
         u"login.windows.net"_s,
         {u"login.microsoftonline.com"_s, u"login.windows.net"_s, u"login.microsoft.com"_s, u"sts.windows.net"_s}},
        {u"login.partner.microsoftonline.cn"_s,
         u"login.partner.microsoftonline.cn"_s,
         {u"login.partner.microsoftonline.cn"_s, u"login.chinacloudapi.cn"_s}},
        {u"login.microsoftonline.us"_s,
         u"login.microsoftonline.us"_s,
         {u"login.microsoftonline.us"_s, u"login.usgovcloudapi.net"_s}},
        {u"login-us.microsoftonline.com"_s, u"login-us.microsoftonline.com"_s, {u"login-us.microsoftonline.com"_s}},
        {u"login.microsoftonline.de"_s, u"login.microsoftonline.de"_s, {u"login.microsoftonline.de"_s}},
        {u"login.sovcloud-identity.fr"_s, u"login.sovcloud-identity.fr"_s, {u"login.sovcloud-identity.fr"_s}},
        {u"login.sovcloud-identity.de"_s, u"login.sovcloud-identity.de"_s, {u"login.sovcloud-identity.de"_s}},
        {u"login.sovcloud-identity.sg"_s, u"login.sovcloud-identity.sg"_s, {u"login.sovcloud-identity.sg"_s}},
    };
    return clouds;
}

bool isRegionLabel(QStringView text)
{
    constexpr qsizetype longest = 63; // RFC 1035 §2.3.4
    if (text.isEmpty() || text.size() > longest || text.startsWith(u'-') || text.endsWith(u'-'))
        return false;
    return std::all_of(text.begin(), text.end(),
                       [](QChar c) { return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'-'; });
}

const Cloud *cloudOf(QStringView host)
{
    const QString name = host.toString().toLower();
    const auto dot = name.indexOf(u'.');
    const QString withoutRegion = dot > 0 && isRegionLabel(QStringView(name).first(dot)) ? name.mid(dot + 1) : name;
    for (const auto &cloud : knownClouds()) {
        if (cloud.hosts.contains(name) || cloud.hosts.contains(withoutRegion))
            return &cloud;
    }
    return nullptr;
}

QStringList aliasesOf(const QString &host)
{
    const Cloud *const cloud = cloudOf(host);
    if (!cloud || !cloud->hosts.contains(host.toLower()))
        return {host};
    return cloud->hosts;
}

bool isSameCloud(QStringView a, QStringView b)
{
    const Cloud *const cloud = cloudOf(a);
    return cloud && cloud == cloudOf(b);
}

bool isGuid(QStringView text)
{
    constexpr qsizetype length = 36; // RFC 9562 §4
    if (text.size() != length)
        return false;
    for (qsizetype i = 0; i < length; ++i) {
        const char16_t c = text.at(i).unicode();
        if (i == 8 || i == 13 || i == 18 || i == 23) {
            if (c != u'-')
                return false;
            continue;
        }
        const bool hex = (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
        if (!hex)
            return false;
    }
    return true;
}

} // namespace Countersign

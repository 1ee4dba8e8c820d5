// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/model/region.h>

#include <countersign/model/clouds.h>

using namespace Qt::StringLiterals;

namespace Countersign {
namespace {

//! "East Us 2" is what Azure shows, eastus2 what it means.
QString label(QString name)
{
    name = name.remove(u' ').toLower();
    return isRegionLabel(name) ? name : QString();
}

} // namespace

QString RegionChoice::resolve(const QString &forced, const QString &detected) const
{
    switch (kind) {
    case Kind::Unset: return label(forced);
    case Kind::Named: return label(name);
    case Kind::Detected: return label(detected);
    case Kind::Never: return {};
    }
    Q_UNREACHABLE();
    return {};
}

QString regionalHost(const QString &host, const QString &region)
{
    if (region.isEmpty())
        return host;
    const Cloud *const cloud = cloudOf(host);
    const bool isPublic = cloud && cloud == cloudOf(u"login.microsoftonline.com"_s);
    return region + u'.' + (isPublic ? u"login.microsoft.com"_s : host);
}

} // namespace Countersign

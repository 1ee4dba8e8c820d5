// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "foreigncaches.h"

#include <countersign/storage/foreigncache.h>

#include <QtCore/QDir>
#include <QtCore/QThreadPool>

#include <memory>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

Result<ForeignContent> contentOf(const QString &path)
{
    const auto opened = ForeignCache::open(path);
    if (!opened)
        return opened.error();
    return ForeignContent{path, inventoryOf(opened->cache(), QDateTime::currentDateTimeUtc())};
}

} // namespace

QStringList foundForeignCaches(const QString &home)
{
    const QDir folder(home.isEmpty() ? QDir::homePath() : home);
    // Azure CLI, PowerShell and the Azure SDKs, the Azure Developer CLI.
    const std::pair<QString, QString> places[] = {{u".azure"_s, u"msal_token_cache.*"_s},
                                                  {u".azure"_s, u"msal.cache*"_s},
                                                  {u".IdentityService"_s, u"msal.cache*"_s},
                                                  {u".local/.IdentityService"_s, u"msal.cache*"_s},
                                                  {u".local/share/.IdentityService"_s, u"msal.cache*"_s},
                                                  {u"AppData/Local/.IdentityService"_s, u"msal.cache*"_s},
                                                  {u".azd/auth/msal"_s, u"*.json"_s}};
    QStringList found;
    for (const auto &[place, pattern] : places) {
        const QDir there(folder.filePath(place));
        const auto files = there.entryList({pattern}, QDir::Files, QDir::Name);
        for (const auto &file : files) {
            if (!file.endsWith(u".lockfile"_s) && !file.endsWith(u".lock"_s))
                found.append(there.filePath(file));
        }
    }
    return found;
}

void readForeignCacheFile(const QString &path, QObject *context, Session::ForeignHandler handler)
{
    auto answer = std::make_shared<std::optional<Result<ForeignContent>>>();
    // Lives here, and is only ever told to go from the other thread: its end is the delivery.
    auto *bridge = new QObject;
    QObject::connect(bridge, &QObject::destroyed, context, [answer, handler = std::move(handler)] {
        if (*answer)
            handler(**answer);
    });
    QThreadPool::globalInstance()->start([bridge, answer, path] {
        answer->emplace(contentOf(path));
        bridge->deleteLater();
    });
}

} // namespace Countersign::Desktop

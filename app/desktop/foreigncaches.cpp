// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "foreigncaches.h"

#include <countersign/storage/foreigncache.h>

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

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/storage/foreigncache.h>

#include <QtCore/QDir>
#include <QtCore/QFile>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace Countersign {

Result<ForeignCache> ForeignCache::open(const QString &path)
{
    constexpr qsizetype blanks = 64;
    constexpr qint64 maximumSize = 1LL << 30;
    QFile file(path);
    // The person picked it: whose it is and who else may read it is theirs to judge.
    if (!file.open(QIODevice::ReadOnly | QIODevice::Unbuffered) || file.isSequential() || file.size() > maximumSize)
        return Error{ErrorCode::StorageUnavailable, u"the file cannot be read: "_s + path};
    Secret text = Secret::ofSize(file.size() + blanks);
    char *const to = reinterpret_cast<char *>(text.writable().data());
    const qint64 size = file.read(to, file.size());
    if (size < 0)
        return Error{ErrorCode::StorageUnavailable, u"the file cannot be read: "_s + path};
    std::memset(to + size, ' ', static_cast<std::size_t>(text.size() - size));
    constexpr QByteArrayView byteOrderMark = "\xef\xbb\xbf"; // .NET's tools write one
    if (text.reveal().startsWith(byteOrderMark))
        std::memset(to, ' ', static_cast<std::size_t>(byteOrderMark.size()));
    const QByteArrayView trimmed = text.reveal().trimmed();
    if (!trimmed.isEmpty() && trimmed.front() != '{')
        return Error{ErrorCode::NotSupported,
                     u"this is no plain JSON; an encrypted cache can be opened by its program only"_s};
    auto cache = TokenCache::deserialize(std::move(text));
    if (!cache)
        return cache.error();
    return ForeignCache(path, std::move(*cache));
}

QStringList ForeignCache::usualPlaces(const QString &home)
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

} // namespace Countersign

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/cache/tokencache.h>

namespace Countersign {

//! Somebody else's cache in plain JSON (MSAL Python, MSAL Node, Azure CLI), to look at. Nothing is ever written to it.
class COUNTERSIGN_EXPORT ForeignCache
{
public:
    //! Waits for the disk: not for the GUI thread when the file is large.
    //!
    //! Errors: StorageUnavailable if it cannot be read; NotSupported if it is encrypted; StorageDamaged if it is no
    //! cache.
    [[nodiscard]] static Result<ForeignCache> open(const QString &path);

    //! Where other programs keep such caches, as far as there is a file now; \p home empty: the person's. Looks into
    //! folders, opens nothing.
    [[nodiscard]] static QStringList usualPlaces(const QString &home = {});

    const QString &path() const { return m_path; }
    const TokenCache &cache() const { return m_cache; }

private:
    ForeignCache(QString path, TokenCache cache) : m_path(std::move(path)), m_cache(std::move(cache)) { }
    QString m_path;
    TokenCache m_cache;
};

} // namespace Countersign

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer.
#pragma once

#include <countersign/cache/cachedata.h>
#include <countersign/cache/tokengrant.h>

#include <QtCore/QDateTime>

namespace Countersign {

//! What one grant stores, section by section, in MSAL's order.
class CacheMerge
{
public:
    CacheMerge(CacheData &data, const TokenGrant &grant, const AccountId &account, const QDateTime &at);

    void accessToken();
    void account();
    void idToken();
    //! A rotated token takes the place of the spent one and keeps its scopes, as MSAL's does.
    void refreshToken(quint32 spent);
    void appMetadata();
    //! Remembers what the provider made of a request, when it is something else (C10).
    void scopeMemory();

private:
    void addHome(EntryText &entry) const;
    QByteArray identity(const QString &target, const QString &keyId) const;

private:
    CacheData &m_data;
    const TokenGrant &m_grant;
    const QString m_home;
    const QString m_environment;
    const QString m_client;
    const BucketKey m_bucket;
    const QDateTime m_at;
};

} // namespace Countersign

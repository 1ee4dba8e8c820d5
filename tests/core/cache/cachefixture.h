// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/cache/tokencache.h>

namespace Countersign::Test {

inline QDateTime at(qint64 seconds)
{
    return QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
}

inline Secret secretOf(const char *text)
{
    return Secret::copyOf(QByteArrayView(text));
}

//! What MSAL Python's own test adds. Spec: contract C12.
inline TokenGrant contosoGrant(qint64 now = 1000)
{
    TokenGrant grant;
    grant.clientId = {QStringLiteral("my_client_id")};
    grant.environment = {QStringLiteral("login.example.com")};
    grant.realm = QStringLiteral("contoso");
    grant.homeAccountId = {QStringLiteral("uid.utid")};
    grant.localAccountId = {QStringLiteral("object1234")};
    grant.username = QStringLiteral("John Doe");
    grant.authorityType = QStringLiteral("MSSTS");
    grant.requestedScopes = grant.grantedScopes = ScopeSet::parse(u"s2 s1 s3");
    grant.accessToken = secretOf("an access token");
    grant.refreshToken = secretOf("a refresh token");
    grant.idToken = secretOf("header.payload.signature");
    grant.expiresAt = at(now + 3600);
    return grant;
}

inline AccountId contosoAccount()
{
    return {{QStringLiteral("uid.utid")}, {QStringLiteral("login.example.com")}};
}

inline SilentQuery contosoQuery(const char *scopes = "s1")
{
    SilentQuery query;
    query.clientId = {QStringLiteral("my_client_id")};
    query.environments = {{QStringLiteral("login.example.com")}};
    query.realm = QStringLiteral("contoso");
    query.homeAccountId = {QStringLiteral("uid.utid")};
    query.scopes = ScopeSet::parse(QString::fromLatin1(scopes));
    return query;
}

} // namespace Countersign::Test

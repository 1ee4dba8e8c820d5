// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/cache/tokencache.h>

#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>

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

inline QJsonObject parsed(const QByteArray &json)
{
    return QJsonDocument::fromJson(json).object();
}

//! One section of what the cache writes.
inline QJsonObject section(TokenCache &cache, const char *name)
{
    return parsed(cache.serialize()).value(QLatin1StringView(name)).toObject();
}

//! The whole cache after contosoGrant().
inline constexpr auto contosoDocument = R"({
    "AccessToken": {
        "uid.utid-login.example.com-accesstoken-my_client_id-contoso-s1 s2 s3": {
            "credential_type": "AccessToken",
            "secret": "an access token",
            "home_account_id": "uid.utid",
            "environment": "login.example.com",
            "client_id": "my_client_id",
            "target": "s1 s2 s3",
            "realm": "contoso",
            "token_type": "Bearer",
            "cached_at": "1000",
            "expires_on": "4600",
            "extended_expires_on": "4600"
        }
    },
    "Account": {
        "uid.utid-login.example.com-contoso": {
            "home_account_id": "uid.utid",
            "environment": "login.example.com",
            "realm": "contoso",
            "local_account_id": "object1234",
            "username": "John Doe",
            "authority_type": "MSSTS"
        }
    },
    "IdToken": {
        "uid.utid-login.example.com-idtoken-my_client_id-contoso-": {
            "credential_type": "IdToken",
            "secret": "header.payload.signature",
            "home_account_id": "uid.utid",
            "environment": "login.example.com",
            "realm": "contoso",
            "client_id": "my_client_id"
        }
    },
    "RefreshToken": {
        "uid.utid-login.example.com-refreshtoken-my_client_id--s1 s2 s3": {
            "credential_type": "RefreshToken",
            "secret": "a refresh token",
            "home_account_id": "uid.utid",
            "environment": "login.example.com",
            "client_id": "my_client_id",
            "target": "s1 s2 s3",
            "last_modification_time": "1000"
        }
    },
    "AppMetadata": {
        "appmetadata-login.example.com-my_client_id": {
            "client_id": "my_client_id",
            "environment": "login.example.com"
        }
    }
})";

} // namespace Countersign::Test

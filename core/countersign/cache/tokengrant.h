// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/crypto/secret.h>
#include <countersign/model/identities.h>
#include <countersign/model/scopeset.h>

#include <QtCore/QDateTime>

#include <optional>

namespace Countersign {

//! What one validated token response brings, in the words of the cache. TokenCache::merge() stores it as a whole.
struct TokenGrant
{
    ClientId clientId;
    Environment environment;
    QString realm; //!< Authority::realm(), or the tenant asked for

    //! Empty for a token of the application itself, and for a refresh reply that names nobody: then the account of
    //! the spent refresh token is meant.
    HomeAccountId homeAccountId;
    LocalAccountId localAccountId;
    QString username; //!< preferred_username, otherwise upn, otherwise what the person typed, otherwise empty
    QString name; //!< for display
    QString authorityType; //!< Authority::authorityType()
    QString accountSource; //!< "authorization_code", "password", a device code grant's URN …, or empty
    //! False for a refresh: a sign-out that happened meanwhile must not be undone.
    bool createAccount = true;

    ScopeSet requestedScopes; //!< as the caller asked, without openid, profile, offline_access
    ScopeSet grantedScopes; //!< the response's scope, otherwise those asked for

    QString tokenType = QStringLiteral("Bearer");
    QString keyId; //!< of the confirmation key, for proof of possession
    QString refreshKeyId; //!< of the key without which the refresh token may be refused (RFC 9449 §5), or empty
    QString extension; //!< of the access token: see extensionKey(); usually empty
    QByteArray authorizationDetails; //!< granted to the access token (RFC 9396): a JSON array, or empty
    Secret accessToken; //!< empty: none
    Secret refreshToken; //!< empty: none, a spent one stays
    Secret idToken; //!< empty: none
    QDateTime expiresAt; //!< null: unknown, 600 s are assumed
    QDateTime extendedExpiresAt; //!< null: as expiresAt
    std::optional<QDateTime> refreshAt;
    std::optional<QDateTime> refreshTokenExpiresAt; //!< absent: the provider does not say

    QString familyId; //!< the response's `foci`, or empty
    //! RefreshTokenEntry::key() of the token that was spent, or empty. A rotated token takes its place. If the entry
    //! is gone when the response is stored, the person signed out meanwhile and nothing is stored.
    QString spentRefreshTokenKey;
};

} // namespace Countersign

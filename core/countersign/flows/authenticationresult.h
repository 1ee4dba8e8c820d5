// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/error.h>
#include <countersign/crypto/secret.h>
#include <countersign/jose/checkreport.h>
#include <countersign/jose/verifiedjwt.h>
#include <countersign/model/account.h>
#include <countersign/model/authority.h>
#include <countersign/model/scopeset.h>

#include <QtCore/QUuid>

#include <chrono>
#include <optional>

namespace Countersign {

//! Where a token came from.
enum class TokenSource : quint8 {
    Cache,
    Refresh,
    IdentityProvider, //!< a sign-in
    ClientCredentials, //!< the application's own, without a person
};

//! In snake_case: "cache", "refresh", "identity_provider", "client_credentials".
COUNTERSIGN_EXPORT QString identifier(TokenSource source);

//! A token and what is known about it. Move-only.
struct COUNTERSIGN_EXPORT AuthenticationResult
{
    Secret accessToken;
    QString tokenType = QStringLiteral("Bearer");
    //! The RFC 7638 thumbprint of the key that the token is bound to; empty for a bearer token.
    QString keyId;
    //! For the one request of SilentParameters::proof: the value of its DPoP field, or the signed request that stands
    //! for the token in PoP. Empty when no proof was asked for.
    Secret proof;
    ScopeSet grantedScopes;
    QByteArray authorizationDetails; //!< as granted, not as asked for: a JSON array, or empty. Spec: RFC 9396 §7
    QDateTime expiresAt; //!< UTC
    std::optional<QDateTime> refreshAt; //!< UTC; when the provider wants it refreshed
    Account account; //!< nobody's, with an empty home account id, for a token of the application itself
    Authority authority = Authority::common();
    ClientId clientId;
    //! Verified in this operation; absent when it brought none, or from the cache.
    std::optional<Jose::VerifiedJwt> idToken;
    //! As received now, or as it was when it was verified and stored; empty: none.
    Secret idTokenText;
    //! Every check that was made of the ID token in this operation.
    Jose::CheckReport checks;
    TokenSource source = TokenSource::IdentityProvider;
    QUuid correlationId;
    //! How far the provider's clock is ahead of this one, by the answer that brought the token; absent from the cache
    //! and where the provider does not say.
    std::optional<std::chrono::seconds> clockOffset;
    //! The token is good, but something failed on the way: the refresh of an aging token, or UserInfo.
    std::optional<Error> warning;

    //! What goes into the request's Authorization field: the type and the token, or the signed request around it. A
    //! DPoP token needs \a proof in the DPoP field as well. Spec: RFC 6750 §2.1, RFC 9449 §7.1.
    [[nodiscard]] Secret authorization() const;
    //! A second copy, on purpose and by name.
    [[nodiscard]] AuthenticationResult clone() const;
};

} // namespace Countersign

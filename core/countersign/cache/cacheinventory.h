// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/cache/tokencache.h>

namespace Countersign {

//! One entry of a cache as a tool shows it. No secret; account ids, names and scopes are personal data.
struct CacheRow
{
    enum class Kind : quint8 {
        Account,
        AccessToken,
        RefreshToken,
        IdToken,
        AppMetadata,
        ProofKey,
        ClientSecret,
        Unknown
    };
    enum class State : quint8 {
        Usable,
        Aging, //!< good, but the provider wants it refreshed
        Expiring, //!< within the margin of a silent request
        Expired,
        Ownerless, //!< of a person whose account the cache does not hold: nobody is offered it
        NotUnderstood, //!< kept as it is
    };
    Kind kind = Kind::Unknown;
    State state = State::NotUnderstood;
    QString key; //!< as the document lists it; of Unknown: "section" or "section/key"
    QString username; //!< of the account, or empty
    AccountId account; //!< empty: the application's own
    ClientId clientId;
    QString realm;
    ScopeSet scopes;
    QString familyId;
    QDateTime expiresAt; //!< of an access token
    qsizetype secretSize = 0; //!< bytes

    friend bool operator==(const CacheRow &, const CacheRow &) = default;
};

//! Every entry of \p cache, section by section in the document's order, as of \p at.
[[nodiscard]] COUNTERSIGN_EXPORT QList<CacheRow> inventoryOf(const TokenCache &cache, const QDateTime &at);
//! English, one sentence: what it is, whose, and what it is good for now.
COUNTERSIGN_EXPORT QString describe(const CacheRow &row, const QDateTime &at);
//! As scripts spell it, for example "access_token" and "expired".
COUNTERSIGN_EXPORT QString identifier(CacheRow::Kind kind);
COUNTERSIGN_EXPORT QString identifier(CacheRow::State state);

} // namespace Countersign

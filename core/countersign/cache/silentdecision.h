// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/cache/cacheentries.h>
#include <countersign/model/identities.h>
#include <countersign/model/scopeset.h>

#include <QtCore/QList>

#include <chrono>
#include <optional>
#include <vector>

namespace Countersign {

class TokenCache;

//! A request for a token without a person. An empty homeAccountId asks for a token of the application itself.
struct SilentQuery
{
    ClientId clientId;
    //! The authority's own environment first, then its aliases.
    QList<Environment> environments;
    QString realm;
    HomeAccountId homeAccountId;
    bool needsAccount = false; //!< without an account nothing is looked for: the application's own tokens are not meant
    ScopeSet scopes; //!< as the caller asked, undecorated
    QString keyId; //!< for proof of possession; empty asks for tokens that are not bound to a key
    QString tokenType; //!< compared ignoring case; empty takes any
    QString extension; //!< see extensionKey(); empty asks for tokens without one
    bool forceRefresh = false;
    bool hasClaimsChallenge = false; //!< a challenge has to reach the provider: no cached token will do
    std::chrono::seconds refreshMargin = std::chrono::seconds{300};
};

//! Keeps tokens apart that differ in nothing but further parameters of their requests, for example `resource`. Empty
//! for none. Spec: MSAL's `ext_cache_key`: base64url of the SHA-256 over sorted names and values, in lower case.
[[nodiscard]] COUNTERSIGN_EXPORT QString extensionKey(QList<std::pair<QString, QString>> parameters);

//! Why a refresh is due; the values are those of MSAL's telemetry. Spec: MSAL contract C2, C3.
enum class RefreshReason : quint8 {
    NotNeeded = 0,
    Forced = 1, //!< by the caller, or a claims challenge
    NoToken = 2,
    Expired = 3, //!< or within the margin
    Aging = 4, //!< still good, but the provider wants it refreshed
};

//! What was thought of one row, or of the whole. TraceRow::value means seconds where the enumerator says so.
enum class TraceVerdict : quint8 {
    // Access tokens.
    Taken, //!< value: seconds left
    TakenByMemory, //!< the scopes differ, but were granted for the same request before; value: seconds left
    KeptAsFallback, //!< aging; value: seconds since refresh_on
    TooOld, //!< value: seconds left, less than the margin
    OtherClient,
    OtherRealm,
    OtherScopes,
    OtherKey,
    OtherType,
    NotLookedAt, //!< forced, or a claims challenge
    // Refresh tokens.
    ToBeSent, //!< value: its place in the order, from 1
    ToBeProbed, //!< as ToBeSent, of the family, for a client that is not known to belong to it
    OtherFamily,
    BoundToKey, //!< to another than the one asked for: RFC 9449 §5
    // What became of those that were sent.
    Redeemed,
    Refused, //!< TraceRow::detail: why
    PassedOver, //!< the family's turn was over
    // The whole.
    NoAccount,
    NothingCached,
    AliasLooked, //!< another environment's rows follow
};

//! One row that was looked at. No secret; account ids and scopes are personal data.
struct TraceRow
{
    enum class Subject : quint8 { AccessToken, RefreshToken, Query };
    Subject subject = Subject::Query;
    QString key;
    Environment environment;
    TraceVerdict verdict = TraceVerdict::NothingCached;
    qint64 value = 0;
    QString detail; //!< an OAuth error or an ErrorCode's identifier, or empty

    friend bool operator==(const TraceRow &, const TraceRow &) = default;
};

//! Why a silent request went as it went, row by row.
struct DecisionTrace
{
    QList<TraceRow> rows;
    RefreshReason reason = RefreshReason::NotNeeded;
};

//! English, one sentence, for logs and the command line. No secret.
COUNTERSIGN_EXPORT QString describe(const TraceRow &row);
//! As scripts spell it, for example "too_old".
COUNTERSIGN_EXPORT QString identifier(TraceVerdict verdict);

//! One thing to try.
struct SilentStep
{
    //! Exactly one of the two is set.
    std::optional<AccessTokenEntry> use; //!< answer with it, send nothing
    std::optional<RefreshTokenEntry> spend; //!< send it to the authority in its environment
    //! A family token of a client not known to belong: a failure with `client_mismatch` ends the family's turn.
    bool isFamilyProbe = false;
    RefreshReason reason = RefreshReason::NotNeeded; //!< for telemetry, when it is sent
};

//! What to do for a silent request: the steps in the order to try them, until one gives a token.
struct SilentDecision
{
    std::vector<SilentStep> steps;
    //! Good, but aging: the answer when every refresh fails, with the failure as a diagnostic. Spec: C3.
    std::optional<AccessTokenEntry> fallback;
    DecisionTrace trace;

    //! No request is needed.
    bool isHit() const { return !steps.empty() && steps.front().use.has_value(); }
    bool isEmpty() const { return steps.empty() && !fallback; }
};

//! Decides by MSAL's rules and order (contracts C1-C8, C10). Reads only, waits for nothing.
[[nodiscard]] COUNTERSIGN_EXPORT SilentDecision decideSilently(const TokenCache &cache, const SilentQuery &query,
                                                               const QDateTime &at);

//! The token of a hit and nothing else: the same rules without trace, refresh tokens or allocation for them.
[[nodiscard]] COUNTERSIGN_EXPORT std::optional<AccessTokenEntry>
findFreshToken(const TokenCache &cache, const SilentQuery &query, const QDateTime &at);

} // namespace Countersign

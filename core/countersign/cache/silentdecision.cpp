// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/cache/silentdecision.h>

#include <countersign/cache/cachedata.h>
#include <countersign/cache/tokencache.h>
#include <countersign/crypto/digest.h>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

//! Takes the first scope off \p target.
QByteArrayView takeScope(QByteArrayView &target)
{
    const auto *const space =
        static_cast<const char *>(std::memchr(target.data(), ' ', static_cast<std::size_t>(target.size())));
    const qsizetype size = space ? space - target.data() : target.size();
    const QByteArrayView scope = target.first(size);
    target = space ? target.sliced(size + 1) : QByteArrayView();
    return scope;
}

bool containsScope(QByteArrayView target, QByteArrayView scope)
{
    while (!target.isEmpty()) {
        if (isSameBytes(takeScope(target), scope))
            return true;
    }
    return false;
}

} // namespace

//! The query in the cache's own encoding, and what was found for it in one environment.
struct SilentSearch
{
    enum class Found : quint8 { Nothing, Fresh, Aging };

    SilentSearch(const TokenCache &in, const SilentQuery &request, const QDateTime &at)
        : cache(in), data(in.m_data), query(request), now(at.toSecsSinceEpoch()), client(request.clientId.value),
          realm(request.realm), keyId(request.keyId), extension(request.extension)
    {
        for (const QString &scope : request.scopes.sorted()) {
            if (!targetText.view().empty())
                targetText.append(' ');
            targetText.append(scope);
        }
        target = targetText;
    }

    // A type alone: the key that it needs is not there.
    bool isForKey() const { return !query.keyId.isEmpty() || !query.tokenType.isEmpty(); }
    bool mayBeSpent(const RefreshCandidate &candidate) const
    {
        const QString boundTo = candidate.token.keyId();
        return !isForKey() || boundTo.isEmpty() || boundTo == query.keyId;
    }
    AccountId accountIn(const Environment &environment) const { return {query.homeAccountId, environment}; }

    const CacheBucket *bucketIn(const Environment &environment) const
    {
        return data->bucket(query.homeAccountId.isEmpty() ? BucketKey(environment, query.clientId.value, query.realm)
                                                          : BucketKey(query.homeAccountId, environment));
    }

    // What speaks against a row whatever its lifetime, or Taken.
    TraceVerdict matches(const CacheRecord &record, const QByteArray *granted) const
    {
        if (!isText(record.raw(ClientSlot), client))
            return TraceVerdict::OtherClient;
        if (!isText(record.raw(RealmSlot), realm))
            return TraceVerdict::OtherRealm;
        if (!isText(record.raw(KeySlot), keyId) || !isText(record.raw(NameSlot), extension))
            return TraceVerdict::OtherKey;
        if (Q_UNLIKELY(!query.tokenType.isEmpty())) {
            const QByteArray type = record.has(TypeSlot) ? unescaped(record.raw(TypeSlot)) : QByteArray("Bearer");
            if (query.tokenType.compare(QString::fromUtf8(type), Qt::CaseInsensitive) != 0)
                return TraceVerdict::OtherType;
        }
        if (granted)
            return isText(record.raw(TargetSlot), *granted) ? TraceVerdict::TakenByMemory : TraceVerdict::OtherScopes;
        return hasScopes(record) ? TraceVerdict::Taken : TraceVerdict::OtherScopes;
    }

    bool hasScopes(const CacheRecord &record) const
    {
        const QByteArrayView raw = record.raw(TargetSlot);
        if (isSameBytes(raw, target))
            return true;
        const QByteArray plain = hasEscapes(raw) ? unescaped(raw) : QByteArray();
        const QByteArrayView text = plain.isEmpty() ? raw : QByteArrayView(plain);
        QByteArrayView wanted = target;
        while (!wanted.isEmpty()) {
            if (!containsScope(text, takeScope(wanted)))
                return false;
        }
        return true;
    }

    // Judges one row. A row that is taken or kept ends the search, as in MSAL.
    Found judge(quint32 index, TraceVerdict verdict, DecisionTrace *trace)
    {
        const CacheRecord &record = data->at(AccessTokenSection, index);
        qint64 value = 0;
        Found outcome = Found::Nothing;
        if (verdict == TraceVerdict::Taken || verdict == TraceVerdict::TakenByMemory) {
            const qint64 left = record.time(ExpiresTime) == noTime ? 0 : record.time(ExpiresTime) - now;
            const qint64 refreshAt = record.time(RefreshTime);
            value = left;
            // The boundary itself is still a hit (C2). A token from the future is as doubtful as an old one.
            if (left < query.refreshMargin.count()) {
                verdict = TraceVerdict::TooOld;
                reason = RefreshReason::Expired;
            } else if (refreshAt != noTime && refreshAt < now) {
                verdict = TraceVerdict::KeptAsFallback;
                value = now - refreshAt;
                reason = RefreshReason::Aging;
                outcome = Found::Aging;
            } else {
                outcome = Found::Fresh;
            }
        }
        if (outcome != Found::Nothing)
            found = index;
        if (trace)
            note(*trace, TraceRow::Subject::AccessToken, record, verdict, value);
        return outcome;
    }

    static void note(DecisionTrace &trace, TraceRow::Subject subject, const CacheRecord &record, TraceVerdict verdict,
                     qint64 value)
    {
        trace.rows.append({subject,
                           QString::fromUtf8(unescaped(record.rawKey())),
                           {QString::fromUtf8(unescaped(record.raw(EnvironmentSlot)))},
                           verdict,
                           value,
                           {}});
    }

    // Rows with exactly the scopes first, then those with more, then those that the same request got before (C10).
    Found search(const Environment &environment, DecisionTrace *trace)
    {
        found = noRecord;
        reason = RefreshReason::NoToken;
        const CacheBucket *const bucket = bucketIn(environment);
        owner = bucket;
        if (!bucket)
            return Found::Nothing;
        const quint32 head = bucket->head[AccessTokenSection];
        for (const bool isExact : {true, false}) {
            for (quint32 i = head; i != noRecord; i = data->at(AccessTokenSection, i).next) {
                const CacheRecord &record = data->at(AccessTokenSection, i);
                if (isSameBytes(record.raw(TargetSlot), target) != isExact)
                    continue;
                const Found outcome = judge(i, matches(record, nullptr), trace);
                if (outcome != Found::Nothing)
                    return outcome;
            }
        }
        // An old token with every scope does not speak against a newer one with those that are granted today.
        if (bucket->head[ScopeMemorySection] == noRecord)
            return Found::Nothing;
        const auto granted = cache.grantedFor(accountIn(environment), query.clientId, query.realm, query.scopes);
        const QByteArray text = granted ? granted->toString().toUtf8() : QByteArray();
        for (quint32 i = granted ? head : noRecord; i != noRecord; i = data->at(AccessTokenSection, i).next) {
            const TraceVerdict verdict = matches(data->at(AccessTokenSection, i), &text);
            if (verdict != TraceVerdict::TakenByMemory)
                continue;
            const Found outcome = judge(i, verdict, trace);
            if (outcome != Found::Nothing)
                return outcome;
        }
        return Found::Nothing;
    }

    // Those of the account that \p taken leaves out.
    void noteOtherRefreshTokens(const Environment &environment, const std::vector<RefreshCandidate> &taken,
                                DecisionTrace &trace) const
    {
        const CacheBucket *const bucket = query.homeAccountId.isEmpty() ? nullptr : bucketIn(environment);
        if (!bucket)
            return;
        for (quint32 i = bucket->head[RefreshTokenSection]; i != noRecord; i = data->at(RefreshTokenSection, i).next) {
            const bool isTaken = std::any_of(taken.begin(), taken.end(), [this, i](const RefreshCandidate &candidate) {
                return cache.isAt(candidate.token, i);
            });
            if (!isTaken)
                note(trace, TraceRow::Subject::RefreshToken, data->at(RefreshTokenSection, i),
                     TraceVerdict::OtherFamily, 0);
        }
    }

    // Whether there is anything to spend where search() looked last: as findRefreshTokens(), without the list.
    bool hasRefreshTokens(const Environment &environment) const
    {
        if (!owner || query.homeAccountId.isEmpty())
            return false;
        bool isFamilyThere = false;
        for (quint32 i = owner->head[RefreshTokenSection]; i != noRecord; i = data->at(RefreshTokenSection, i).next) {
            const CacheRecord &record = data->at(RefreshTokenSection, i);
            if (isForKey() && record.has(TypeSlot) && !isText(record.raw(TypeSlot), keyId))
                continue;
            if (isText(record.raw(ClientSlot), client))
                return true;
            isFamilyThere = isFamilyThere || record.has(KeySlot);
        }
        if (!isFamilyThere)
            return false;
        const auto candidates = cache.findRefreshTokens(accountIn(environment), query.clientId);
        return std::any_of(candidates.begin(), candidates.end(),
                           [this](const RefreshCandidate &candidate) { return mayBeSpent(candidate); });
    }

    AccessTokenEntry entry() const { return cache.entryAt(found, owner); }

    const TokenCache &cache;
    const std::shared_ptr<CacheData> &data;
    const SilentQuery &query;
    const qint64 now;
    const Utf8Text client, realm, keyId, extension;
    Utf8Text targetText;
    QByteArrayView target;
    const CacheBucket *owner = nullptr;
    quint32 found = noRecord;
    RefreshReason reason = RefreshReason::NoToken;
};

namespace {

//! Puts what was granted for \p scopes before what was not: several sign-ins of a person may have been for different
//! things. A family's order is Microsoft's, whose tokens are good for any scope (C7).
void preferGranted(std::vector<RefreshCandidate> &candidates, const ScopeSet &scopes)
{
    const bool isFamily = std::any_of(candidates.begin(), candidates.end(), [](const RefreshCandidate &candidate) {
        return candidate.isFamilyProbe || !candidate.token.familyId().isEmpty();
    });
    if (isFamily || candidates.size() < 2)
        return;
    // About the person and the grant itself: not every provider repeats them.
    const auto wanted = scopes.without({u"openid"_s, u"profile"_s, u"email"_s, u"offline_access"_s});
    std::stable_partition(candidates.begin(), candidates.end(), [&wanted](const RefreshCandidate &candidate) {
        return candidate.token.scopes().contains(wanted);
    });
}

void addRefreshSteps(const SilentSearch &search, const TokenCache &cache, const Environment &environment,
                     RefreshReason reason, SilentDecision &decision)
{
    auto candidates = cache.findRefreshTokens(search.accountIn(environment), search.query.clientId);
    preferGranted(candidates, search.query.scopes);
    // Only the provider knows whether it bound what came for a proof (RFC 9449 §5 leaves room, and some keep what was
    // unbound that way): for a token without a key such a one is tried, after all others.
    if (!search.isForKey())
        std::stable_partition(candidates.begin(), candidates.end(),
                              [](const RefreshCandidate &candidate) { return candidate.token.keyId().isEmpty(); });
    for (const RefreshCandidate &candidate : candidates) {
        if (!search.mayBeSpent(candidate)) {
            decision.trace.rows.append(
                {TraceRow::Subject::RefreshToken, candidate.token.key(), environment, TraceVerdict::BoundToKey, 0, {}});
            continue;
        }
        decision.steps.push_back({std::nullopt, candidate.token, candidate.isFamilyProbe, reason});
        decision.trace.rows.append({TraceRow::Subject::RefreshToken,
                                    candidate.token.key(),
                                    environment,
                                    candidate.isFamilyProbe ? TraceVerdict::ToBeProbed : TraceVerdict::ToBeSent,
                                    static_cast<qint64>(decision.steps.size()),
                                    {}});
    }
    search.noteOtherRefreshTokens(environment, candidates, decision.trace);
}

} // namespace

QString extensionKey(QList<std::pair<QString, QString>> parameters)
{
    if (parameters.isEmpty())
        return {};
    std::sort(parameters.begin(), parameters.end());
    QString text;
    for (const auto &[name, value] : std::as_const(parameters))
        text += name + value;
    const auto hash = digest(HashAlgorithm::Sha256, text.toUtf8());
    return QString::fromLatin1(hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals)).toLower();
}

SilentDecision decideSilently(const TokenCache &cache, const SilentQuery &query, const QDateTime &at)
{
    SilentDecision decision;
    if (query.needsAccount && query.homeAccountId.isEmpty()) {
        decision.trace.reason = RefreshReason::NoToken;
        decision.trace.rows.append(
            {TraceRow::Subject::Query, {}, query.environments.value(0), TraceVerdict::NoAccount, 0, {}});
        return decision;
    }
    SilentSearch search(cache, query, at);
    const bool isForced = query.forceRefresh || query.hasClaimsChallenge;
    decision.trace.reason = isForced ? RefreshReason::Forced : RefreshReason::NoToken;
    if (isForced)
        decision.trace.rows.append(
            {TraceRow::Subject::Query, {}, query.environments.value(0), TraceVerdict::NotLookedAt, 0, {}});
    for (const Environment &environment : query.environments) {
        const bool isAlias = environment != query.environments.first();
        if (isAlias && !search.bucketIn(environment))
            continue;
        if (isAlias)
            decision.trace.rows.append({TraceRow::Subject::Query, {}, environment, TraceVerdict::AliasLooked, 0, {}});
        RefreshReason reason = RefreshReason::Forced;
        if (!isForced) {
            const auto found = search.search(environment, &decision.trace);
            reason = search.reason;
            if (!isAlias || reason != RefreshReason::NoToken)
                decision.trace.reason = reason;
            if (found == SilentSearch::Found::Fresh) {
                decision.steps.push_back({search.entry(), std::nullopt, false, RefreshReason::NotNeeded});
                if (decision.isHit())
                    decision.trace.reason = RefreshReason::NotNeeded;
                return decision; // nothing can fail behind it
            }
            if (found == SilentSearch::Found::Aging && !decision.fallback)
                decision.fallback = search.entry();
        }
        addRefreshSteps(search, cache, environment, reason, decision);
    }
    if (decision.isEmpty())
        decision.trace.rows.append(
            {TraceRow::Subject::Query, {}, query.environments.value(0), TraceVerdict::NothingCached, 0, {}});
    return decision;
}

std::optional<AccessTokenEntry> findFreshToken(const TokenCache &cache, const SilentQuery &query, const QDateTime &at)
{
    if (query.forceRefresh || query.hasClaimsChallenge || (query.needsAccount && query.homeAccountId.isEmpty()))
        return std::nullopt;
    SilentSearch search(cache, query, at);
    for (const Environment &environment : query.environments) {
        switch (search.search(environment, nullptr)) {
        case SilentSearch::Found::Fresh: return search.entry();
        case SilentSearch::Found::Aging: return std::nullopt;
        case SilentSearch::Found::Nothing: break;
        }
        // A refresh in this environment comes before a look at the next one.
        if (search.hasRefreshTokens(environment))
            return std::nullopt;
    }
    return std::nullopt;
}

QString identifier(TraceVerdict verdict)
{
    switch (verdict) {
    case TraceVerdict::Taken: return u"taken"_s;
    case TraceVerdict::TakenByMemory: return u"taken_by_memory"_s;
    case TraceVerdict::KeptAsFallback: return u"kept_as_fallback"_s;
    case TraceVerdict::TooOld: return u"too_old"_s;
    case TraceVerdict::OtherClient: return u"other_client"_s;
    case TraceVerdict::OtherRealm: return u"other_realm"_s;
    case TraceVerdict::OtherScopes: return u"other_scopes"_s;
    case TraceVerdict::OtherKey: return u"other_key"_s;
    case TraceVerdict::OtherType: return u"other_type"_s;
    case TraceVerdict::NotLookedAt: return u"not_looked_at"_s;
    case TraceVerdict::ToBeSent: return u"to_be_sent"_s;
    case TraceVerdict::ToBeProbed: return u"to_be_probed"_s;
    case TraceVerdict::OtherFamily: return u"other_family"_s;
    case TraceVerdict::BoundToKey: return u"bound_to_key"_s;
    case TraceVerdict::Redeemed: return u"redeemed"_s;
    case TraceVerdict::Refused: return u"refused"_s;
    case TraceVerdict::PassedOver: return u"passed_over"_s;
    case TraceVerdict::NoAccount: return u"no_account"_s;
    case TraceVerdict::NothingCached: return u"nothing_cached"_s;
    case TraceVerdict::AliasLooked: return u"alias_looked"_s;
    }
    Q_UNREACHABLE();
}

QString describe(const TraceRow &row)
{
    const auto withValue = [&row](const char *text) { return QString::fromLatin1(text).arg(row.value); };
    switch (row.verdict) {
    case TraceVerdict::Taken: return withValue("The cached access token is used; it is good for %1 more seconds.");
    case TraceVerdict::TakenByMemory:
        return withValue(
            "The cached access token is used: it was granted for this request before; it is good for %1 more seconds.");
    case TraceVerdict::KeptAsFallback:
        return withValue("The access token is still good, but has been due for a refresh for %1 seconds; it is kept in "
                         "case the refresh fails.");
    case TraceVerdict::TooOld: return withValue("The access token has %1 seconds left, less than the margin.");
    case TraceVerdict::OtherClient: return u"The access token belongs to another client."_s;
    case TraceVerdict::OtherRealm: return u"The access token belongs to another tenant."_s;
    case TraceVerdict::OtherScopes: return u"The access token lacks a scope that was asked for."_s;
    case TraceVerdict::OtherKey:
        return u"An access token is passed over: it is bound to no key or another one, or to another resource."_s;
    case TraceVerdict::OtherType: return u"The access token is of another type."_s;
    case TraceVerdict::NotLookedAt: return u"Cached access tokens are passed over: a refresh was demanded."_s;
    case TraceVerdict::ToBeSent: return withValue("The refresh token is number %1 to be sent.");
    case TraceVerdict::ToBeProbed:
        return withValue("The family's refresh token is number %1 to be tried: the client may belong to the family.");
    case TraceVerdict::OtherFamily: return u"The refresh token belongs to another client or family."_s;
    case TraceVerdict::BoundToKey:
        return u"The refresh token is bound to another key than the one that is to be proved."_s;
    case TraceVerdict::Redeemed: return u"The refresh token was sent and brought a new access token."_s;
    case TraceVerdict::Refused: return u"The refresh token was sent, but brought no token: %1."_s.arg(row.detail);
    case TraceVerdict::PassedOver:
        return u"The family's refresh token is not sent: the client does not belong to the family."_s;
    case TraceVerdict::NoAccount: return u"No account was named."_s;
    case TraceVerdict::NothingCached: return u"Nothing usable is cached."_s;
    case TraceVerdict::AliasLooked: return u"The same cloud is looked up under %1."_s.arg(row.environment.value);
    }
    Q_UNREACHABLE();
}

} // namespace Countersign

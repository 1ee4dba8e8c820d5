// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/cache/tokencache.h>

using namespace Countersign;

namespace {

void require(bool condition)
{
    if (!condition)
        __builtin_trap();
}

QDateTime now()
{
    return QDateTime::fromSecsSinceEpoch(1000, Qt::UTC);
}

//! Whatever can be asked of one entry.
template <typename Entry> SilentQuery lookAt(const Entry &entry)
{
    SilentQuery query;
    query.clientId = entry.clientId();
    query.environments = {entry.environment(), {QStringLiteral("alias.example.com")}};
    query.realm = entry.realm();
    query.homeAccountId = entry.homeAccountId();
    require(!entry.key().isNull() || entry.key().isEmpty());
    return query;
}

void askFor(const TokenCache &cache, const AccessTokenEntry &token)
{
    SilentQuery query = lookAt(token);
    query.scopes = token.scopes();
    query.keyId = token.keyId();
    const auto decision = decideSilently(cache, query, now());
    const auto fresh = findFreshToken(cache, query, now());
    // The short way and the long way agree.
    require(decision.isHit() == fresh.has_value());
    if (fresh)
        require(fresh->secret() == decision.steps.front().use->secret());
    for (const auto &row : decision.trace.rows)
        require(!describe(row).isEmpty());
    static_cast<void>(token.secret());
    static_cast<void>(token.tokenType());
    static_cast<void>(token.refreshAt());
    static_cast<void>(cache.accountOf(token));
    static_cast<void>(cache.idTokenOf(token));
}

void readAll(const TokenCache &cache)
{
    for (const auto &token : cache.accessTokens())
        askFor(cache, token);
    for (const auto &token : cache.refreshTokens()) {
        static_cast<void>(lookAt(token));
        static_cast<void>(token.secret());
        require(cache.refreshToken(token.key()).has_value());
    }
    for (const auto &token : cache.idTokens())
        static_cast<void>(token.secret());
    for (const auto &key : cache.proofKeys()) {
        static_cast<void>(lookAt(key));
        const ProofKeyPlace place{{key.homeAccountId(), key.environment()}, key.clientId(), key.scheme()};
        require(key.homeAccountId().isEmpty() || cache.proofKey(place).has_value());
        static_cast<void>(key.secret());
    }
    for (const auto &entry : cache.appMetadataEntries())
        static_cast<void>(entry.familyId());
    for (const auto &account : cache.accounts()) {
        require(cache.account(account.id).has_value());
        static_cast<void>(cache.attention(account.id));
        static_cast<void>(cache.history(account.id));
    }
}

void change(TokenCache &cache)
{
    TokenGrant grant;
    grant.clientId = {QStringLiteral("my_client_id")};
    grant.environment = {QStringLiteral("login.example.com")};
    grant.realm = QStringLiteral("contoso");
    grant.homeAccountId = {QStringLiteral("uid.utid")};
    grant.requestedScopes = {QStringLiteral("s1")};
    grant.grantedScopes = {QStringLiteral("s2")};
    grant.accessToken = Secret::copyOf("an access token");
    grant.refreshToken = Secret::copyOf("a refresh token");
    grant.idToken = Secret::copyOf("an ID token");
    grant.familyId = QStringLiteral("1");
    require(cache.merge(grant, now()).isStored);
    cache.wipeRemoved();
    const AccountId account{grant.homeAccountId, grant.environment};
    cache.setAttention(account, AccountAttention{QStringLiteral("e"), {}, now()});
    require(cache.account(account).has_value());
    const auto summary = cache.previewRemoval(account, grant.clientId);
    require(summary == cache.removeAccount(account, grant.clientId));
    cache.wipeRemoved();
    require(!cache.account(account).has_value());
}

//! What is written can be read, and is written the same again.
TokenCache reread(TokenCache &cache)
{
    const QByteArray text = cache.serialize();
    auto again = TokenCache::deserialize(QByteArrayView(text));
    require(again.hasValue());
    require(again->serialize() == text);
    require(!again->hasStateChanged());
    return *std::move(again);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    auto cache = TokenCache::deserialize(QByteArrayView(data, static_cast<qsizetype>(size)));
    if (!cache)
        return 0;
    readAll(*cache);
    TokenCache copy = reread(*cache);
    require(copy.accounts() == cache->accounts());
    require(TokenCache::deserialize(QByteArrayView(copy.exportWithoutSecrets())).hasValue());
    change(copy);
    const TokenCache changed = reread(copy);
    readAll(changed);
    return 0;
}

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accountcollector.h"

#include <countersign/jose/unverifiedjwt.h>
#include <countersign/model/clouds.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QSet>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QString idTokenId(const IdTokenEntry &entry)
{
    return u"id:"_s + entry.key();
}

//! The realms under which an account's ID tokens may lie.
QStringList realmsOf(const TokenCache &cache, const AccountId &id)
{
    QStringList realms;
    if (const auto account = cache.account(id)) {
        realms.append(account->realm.value);
        for (const auto &tenant : account->tenantProfiles) {
            if (!realms.contains(tenant.realm.value))
                realms.append(tenant.realm.value);
        }
    }
    return realms;
}

//! One or several. Spec: RFC 7519 §4.1.3.
QStringList audiencesOf(const Jose::UnverifiedJwt &jwt)
{
    if (auto one = jwt.claims().string("aud"))
        return {*std::move(one)};
    return jwt.claims().stringList("aud").value_or(QStringList());
}

//! What happened when the token came, as far as that is kept.
std::optional<AccountEvent::Kind> sourceOf(const AccessTokenEntry &token, const QList<AccountEvent> &history)
{
    constexpr qint64 precision = 1; // seconds: both are kept in whole ones
    const auto at = token.cachedAt();
    for (const auto &event : history) {
        const bool brought = event.kind == AccountEvent::Kind::SignedIn || event.kind == AccountEvent::Kind::Refreshed;
        if (brought && at.isValid() && event.clientId == token.clientId() && std::abs(event.at.secsTo(at)) <= precision)
            return event.kind;
    }
    return {};
}

TokenEntry tokenEntryOf(const AccessTokenEntry &token, const QList<AccountEvent> &history)
{
    const auto secret = token.secret();
    TokenEntry entry{.id = tokenIdOf(token),
                     .use = TokenUse::Access,
                     .scopes = token.scopes(),
                     .type = token.tokenType(),
                     .expiresAt = token.expiresAt(),
                     .size = secret.size(),
                     .receivedAt = token.cachedAt(),
                     .source = sourceOf(token, history),
                     .keyId = token.keyId()};
    if (const auto jwt = Jose::UnverifiedJwt::parse(secret.reveal()))
        entry.audiences = audiencesOf(*jwt);
    return entry;
}

AccountEntry entryOf(const TokenCache &cache, const Account &account, const ProfileScope &profile, bool isSessionOnly)
{
    AccountEntry entry{.profileId = profile.profileId, .account = account, .isSessionOnly = isSessionOnly};
    const auto history = cache.history(account.id);
    cache.visitAccessTokens(account.id, profile.client, {},
                            [&entry, &profile, &history](const AccessTokenEntry &token) {
                                if (token.clientId() == profile.client)
                                    entry.tokens.append(tokenEntryOf(token, history));
                                return true;
                            });
    for (const auto &realm : realmsOf(cache, account.id)) {
        const auto token = cache.findIdToken(account.id, profile.client, realm);
        if (!token)
            continue;
        const auto secret = token->secret();
        TokenEntry row{.id = idTokenId(*token), .use = TokenUse::Id, .type = u"JWT"_s, .size = secret.size()};
        if (const auto jwt = Jose::UnverifiedJwt::parse(secret.reveal())) {
            row.expiresAt = jwt->claims().time("exp").value_or(QDateTime());
            row.audiences = audiencesOf(*jwt);
        }
        entry.tokens.append(std::move(row));
    }
    if (const auto refresh = cache.findRefreshTokens(account.id, profile.client); !refresh.empty()) {
        entry.canRefresh = true;
        entry.sessionEndsAt = refresh.front().token.expiresAt().value_or(QDateTime());
        entry.usedAt = refresh.front().token.lastModifiedAt();
    }
    entry.attention = cache.attention(account.id);
    return entry;
}

} // namespace

Result<ProfileScope> scopeOf(const Profile &profile)
{
    const auto authority = profile.authority();
    if (!authority)
        return authority.error();
    ProfileScope scope{profile.id, {profile.clientId}, {authority->environment()}};
    if (authority->kind() == Authority::Kind::Entra) {
        for (const auto &alias : aliasesOf(authority->host())) {
            if (!scope.environments.contains(Environment{alias}))
                scope.environments.append({alias});
        }
    }
    return scope;
}

AccountCollector::AccountCollector(QList<ProfileScope> profiles, TokenCache persistent, TokenCache sessionOnly)
    : m_persistent(std::move(persistent)), m_sessionOnly(std::move(sessionOnly))
{
    for (const bool isSessionOnly : {false, true}) {
        if ((isSessionOnly ? m_sessionOnly : m_persistent).isEmpty())
            continue;
        const auto first = m_parts.size();
        for (const auto &profile : profiles) {
            const auto same = std::find_if(m_parts.begin() + first, m_parts.end(), [&profile](const Part &part) {
                return part.profiles.constFirst().environments == profile.environments;
            });
            if (same != m_parts.end())
                same->profiles.append(profile);
            else
                m_parts.append({{profile}, isSessionOnly});
        }
    }
}

bool AccountCollector::work(std::chrono::microseconds budget)
{
    QElapsedTimer clock;
    clock.start();
    while (!m_parts.isEmpty()) {
        if (m_next < 0)
            beginPart();
        while (m_next < m_accounts.size()) {
            collect(m_accounts.at(m_next++));
            if (clock.nsecsElapsed() > std::chrono::nanoseconds(budget).count())
                return false;
        }
        m_parts.removeFirst();
        m_next = -1;
    }
    return true;
}

void AccountCollector::beginPart()
{
    const auto &part = m_parts.constFirst();
    m_accounts = (part.isSessionOnly ? m_sessionOnly : m_persistent).accounts(part.profiles.constFirst().environments);
    m_next = 0;
}

void AccountCollector::collect(const Account &account)
{
    const auto &part = m_parts.constFirst();
    const auto &cache = part.isSessionOnly ? m_sessionOnly : m_persistent;
    std::optional<AccountEntry> ownerless;
    bool isOwned = false;
    for (const auto &profile : part.profiles) {
        auto entry = entryOf(cache, account, profile, part.isSessionOnly);
        if (!entry.tokens.isEmpty() || entry.canRefresh) {
            isOwned = true;
            m_entries.append(std::move(entry));
        } else if (!ownerless) {
            ownerless = std::move(entry);
        }
    }
    // Nobody's tokens are left, but the account is: it needs its person, and that has to be seen somewhere.
    if (!isOwned && ownerless)
        m_entries.append(*std::move(ownerless));
}

Secret findToken(const TokenCache &cache, const AccountId &account, const ClientId &client, const QString &tokenId)
{
    Secret found;
    if (tokenId.startsWith("id:"_L1)) {
        for (const auto &realm : realmsOf(cache, account)) {
            const auto token = cache.findIdToken(account, client, realm);
            if (token && idTokenId(*token) == tokenId)
                found = token->secret();
        }
        return found;
    }
    cache.visitAccessTokens(account, client, {}, [&found, &tokenId](const AccessTokenEntry &token) {
        if (tokenIdOf(token) != tokenId)
            return true;
        found = token.secret();
        return false;
    });
    return found;
}

QString tokenIdOf(const AccessTokenEntry &entry)
{
    return u"at:"_s + entry.key();
}

QString idTokenIdOf(const TokenCache &cache, const AccountId &account, const ClientId &client)
{
    for (const auto &realm : realmsOf(cache, account)) {
        if (const auto token = cache.findIdToken(account, client, realm))
            return idTokenId(*token);
    }
    return {};
}

QStringList methodsIn(const Jose::JsonObject &claims)
{
    if (const auto text = claims.string("amr"))
        return text->split(u' ', Qt::SkipEmptyParts);
    return claims.stringList("amr").value_or(QStringList());
}

AccountDetail detailOf(const TokenCache &cache, const AccountId &account, const ClientId &client)
{
    AccountDetail detail;
    detail.history = cache.history(account);
    if (const auto tokens = cache.findRefreshTokens(account, client); !tokens.empty()) {
        detail.refreshTokenAt = tokens.front().token.lastModifiedAt();
        detail.refreshScopes = tokens.front().token.scopes();
    }
    for (const auto &realm : realmsOf(cache, account)) {
        const auto token = cache.findIdToken(account, client, realm);
        if (!token)
            continue;
        // It was verified before it was stored.
        const auto secret = token->secret();
        const auto jwt = Jose::UnverifiedJwt::parse(secret.reveal());
        if (!jwt)
            continue;
        const auto &claims = jwt->claims();
        detail.authenticatedAt = claims.time("auth_time").value_or(claims.time("iat").value_or(QDateTime()));
        detail.methods = methodsIn(claims);
        detail.contextClass = claims.string("acr").value_or(QString());
        detail.sessionId = claims.string("sid").value_or(QString());
        break;
    }
    return detail;
}

} // namespace Countersign::Desktop

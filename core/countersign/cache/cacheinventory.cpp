// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/cache/cacheinventory.h>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

class Inventory
{
public:
    Inventory(const TokenCache &cache, const QDateTime &at) : m_cache(cache), m_at(at) { }

    QList<CacheRow> rows()
    {
        for (const auto &entry : m_cache.accountEntries()) {
            auto row = rowOf(CacheRow::Kind::Account, entry);
            row.username = entry.username();
            m_rows.append(row);
        }
        for (const auto &entry : m_cache.accessTokens()) {
            auto row = rowOf(CacheRow::Kind::AccessToken, entry);
            row.scopes = entry.scopes();
            row.expiresAt = entry.expiresAt();
            row.secretSize = entry.secret().size();
            if (row.state == CacheRow::State::Usable)
                row.state = stateOf(entry);
            m_rows.append(row);
        }
        for (const auto &entry : m_cache.refreshTokens()) {
            auto row = rowOf(CacheRow::Kind::RefreshToken, entry);
            row.scopes = entry.scopes();
            row.familyId = entry.familyId();
            row.secretSize = entry.secret().size();
            m_rows.append(row);
        }
        for (const auto &entry : m_cache.idTokens()) {
            auto row = rowOf(CacheRow::Kind::IdToken, entry);
            row.secretSize = entry.secret().size();
            m_rows.append(row);
        }
        for (const auto &entry : m_cache.appMetadataEntries()) {
            auto row = rowOf(CacheRow::Kind::AppMetadata, entry);
            row.familyId = entry.familyId();
            m_rows.append(row);
        }
        for (const auto &entry : m_cache.proofKeys()) {
            auto row = rowOf(CacheRow::Kind::ProofKey, entry);
            row.secretSize = entry.secret().size();
            m_rows.append(row);
        }
        const auto clients = m_cache.clientsWithSecret();
        for (const auto &client : clients)
            m_rows.append(rowOf(client));
        for (const QString &part : m_cache.unknownParts())
            m_rows.append(CacheRow{.key = part});
        return m_rows;
    }

private:
    CacheRow rowOf(CacheRow::Kind kind, const CacheEntry &entry) const
    {
        CacheRow row{.kind = kind, .state = CacheRow::State::Usable, .key = entry.key()};
        row.account = {entry.homeAccountId(), entry.environment()};
        row.clientId = entry.clientId();
        row.realm = entry.realm();
        if (row.account.isEmpty())
            return row;
        if (const auto account = m_cache.account(row.account))
            row.username = account->username;
        else
            row.state = CacheRow::State::Ownerless;
        return row;
    }

    //! Of a client's secret, which belongs to nobody who signs in. How long it is would help whoever guesses.
    static CacheRow rowOf(const ClientRegistration &client)
    {
        CacheRow row{.kind = CacheRow::Kind::ClientSecret, .state = CacheRow::State::Usable};
        row.key = u"clientsecret-"_s + client.environment.value + u'-' + client.client.value;
        row.account.environment = client.environment;
        row.clientId = client.client;
        return row;
    }

    CacheRow::State stateOf(const AccessTokenEntry &entry) const
    {
        const qint64 left = entry.expiresAt().isValid() ? m_at.secsTo(entry.expiresAt()) : 0;
        if (left <= 0)
            return CacheRow::State::Expired;
        if (left < SilentQuery().refreshMargin.count())
            return CacheRow::State::Expiring;
        return entry.refreshAt() && *entry.refreshAt() < m_at ? CacheRow::State::Aging : CacheRow::State::Usable;
    }

    const TokenCache &m_cache;
    const QDateTime m_at;
    QList<CacheRow> m_rows;
};

QString subjectOf(const CacheRow &row)
{
    if (row.account.isEmpty())
        return u"the application %1"_s.arg(row.clientId.value);
    return row.username.isEmpty() ? row.account.homeAccountId.value : row.username;
}

QString stateText(const CacheRow &row, const QDateTime &at)
{
    const qint64 left = row.expiresAt.isValid() ? at.secsTo(row.expiresAt) : 0;
    switch (row.state) {
    case CacheRow::State::Usable: return u"good for %1 more seconds"_s.arg(left);
    case CacheRow::State::Aging: return u"good for %1 more seconds, but due for a refresh"_s.arg(left);
    case CacheRow::State::Expiring: return u"%1 seconds left, too few to be handed out"_s.arg(left);
    case CacheRow::State::Expired:
        return row.expiresAt.isValid() ? u"expired %1 seconds ago"_s.arg(-left) : u"without a known end"_s;
    case CacheRow::State::Ownerless: return u"of somebody whose account is not here"_s;
    case CacheRow::State::NotUnderstood: return u"not understood"_s;
    }
    Q_UNREACHABLE();
}

} // namespace

QList<CacheRow> inventoryOf(const TokenCache &cache, const QDateTime &at)
{
    return Inventory(cache, at).rows();
}

QString describe(const CacheRow &row, const QDateTime &at)
{
    const QString place = row.account.environment.value;
    switch (row.kind) {
    case CacheRow::Kind::Account: return u"The account %1 at %2, tenant %3."_s.arg(subjectOf(row), place, row.realm);
    case CacheRow::Kind::AccessToken:
        return u"An access token of %1 at %2 for %3 (client %4, tenant %5): %6."_s.arg(
            subjectOf(row), place, row.scopes.isEmpty() ? u"no named scope"_s : row.scopes.toString(),
            row.clientId.value, row.realm, stateText(row, at));
    case CacheRow::Kind::RefreshToken:
        return u"A refresh token of %1 at %2 (client %3%4)%5."_s.arg(
            subjectOf(row), place, row.clientId.value,
            row.familyId.isEmpty() ? QString() : u", shared by family "_s + row.familyId,
            row.state == CacheRow::State::Ownerless ? u": "_s + stateText(row, at) : QString());
    case CacheRow::Kind::IdToken:
        return u"The ID token of %1 at %2 as it was received (client %3, tenant %4)."_s.arg(
            subjectOf(row), place, row.clientId.value, row.realm);
    case CacheRow::Kind::AppMetadata:
        return u"What is known of client %1 at %2: %3."_s.arg(
            row.clientId.value, place,
            row.familyId.isEmpty() ? u"it belongs to no family"_s : u"it belongs to family "_s + row.familyId);
    case CacheRow::Kind::ProofKey:
        return u"The key that tokens of %1 at %2 are bound to (client %3)%4."_s.arg(
            subjectOf(row), place, row.clientId.value,
            row.state == CacheRow::State::Ownerless ? u": "_s + stateText(row, at) : QString());
    case CacheRow::Kind::ClientSecret:
        return u"The secret that client %1 was registered with at %2."_s.arg(row.clientId.value, place);
    case CacheRow::Kind::Unknown: return u"%1 is not understood; it is kept as it is."_s.arg(row.key);
    }
    Q_UNREACHABLE();
}

QString identifier(CacheRow::Kind kind)
{
    switch (kind) {
    case CacheRow::Kind::Account: return u"account"_s;
    case CacheRow::Kind::AccessToken: return u"access_token"_s;
    case CacheRow::Kind::RefreshToken: return u"refresh_token"_s;
    case CacheRow::Kind::IdToken: return u"id_token"_s;
    case CacheRow::Kind::AppMetadata: return u"app_metadata"_s;
    case CacheRow::Kind::ProofKey: return u"proof_key"_s;
    case CacheRow::Kind::ClientSecret: return u"client_secret"_s;
    case CacheRow::Kind::Unknown: return u"unknown"_s;
    }
    Q_UNREACHABLE();
}

QString identifier(CacheRow::State state)
{
    switch (state) {
    case CacheRow::State::Usable: return u"usable"_s;
    case CacheRow::State::Aging: return u"aging"_s;
    case CacheRow::State::Expiring: return u"expiring"_s;
    case CacheRow::State::Expired: return u"expired"_s;
    case CacheRow::State::Ownerless: return u"ownerless"_s;
    case CacheRow::State::NotUnderstood: return u"not_understood"_s;
    }
    Q_UNREACHABLE();
}

} // namespace Countersign

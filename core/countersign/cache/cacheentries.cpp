// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/cache/cacheentries.h>

#include <countersign/cache/cachedata.h>

#include <countersign/crypto/constanttime.h>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

QDateTime timeOf(qint64 seconds)
{
    return seconds == noTime ? QDateTime() : QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC);
}

} // namespace

const CacheRecord &CacheEntry::record() const
{
    return m_data->at(m_section, m_index);
}

QString CacheEntry::text(int slot) const
{
    return QString::fromUtf8(unescaped(record().raw(slot)));
}

Secret CacheEntry::secretText(int slot) const
{
    const QByteArrayView raw = record().raw(slot);
    if (!raw.contains('\\'))
        return Secret::copyOf(raw);
    return Secret(unescaped(raw));
}

QString CacheEntry::key() const
{
    return QString::fromUtf8(unescaped(record().rawKey()));
}

HomeAccountId CacheEntry::homeAccountId() const
{
    return {text(HomeSlot)};
}

Environment CacheEntry::environment() const
{
    return {text(EnvironmentSlot)};
}

ClientId CacheEntry::clientId() const
{
    return {text(ClientSlot)};
}

QString CacheEntry::realm() const
{
    return text(RealmSlot);
}

Secret AccessTokenEntry::secret() const
{
    return secretText(SecretSlot);
}

ScopeSet AccessTokenEntry::scopes() const
{
    return m_data->scopesOf(record().raw(TargetSlot));
}

QString AccessTokenEntry::tokenType() const
{
    constexpr QByteArrayView usual = "Bearer";
    return record().has(TypeSlot) && record().raw(TypeSlot) != usual ? text(TypeSlot) : u"Bearer"_s;
}

QString AccessTokenEntry::keyId() const
{
    return text(KeySlot);
}

QDateTime AccessTokenEntry::cachedAt() const
{
    return timeOf(record().time(CachedAtTime));
}

QDateTime AccessTokenEntry::expiresAt() const
{
    return timeOf(record().time(ExpiresTime));
}

QDateTime AccessTokenEntry::extendedExpiresAt() const
{
    return timeOf(record().time(ExtendedExpiresTime));
}

std::optional<QDateTime> AccessTokenEntry::refreshAt() const
{
    if (record().time(RefreshTime) == noTime)
        return std::nullopt;
    return timeOf(record().time(RefreshTime));
}

QByteArray AccessTokenEntry::authorizationDetails() const
{
    // Rare, so it has no slot in the index: only a token that was asked for with details, and so has a key of its own,
    // is looked into.
    if (!record().has(NameSlot))
        return {};
    const auto members = foreignMembers(m_section, record());
    for (const auto &[name, value] : members) {
        if (name == detailsMember && value.size() > 2)
            return unescaped(QByteArrayView(value).sliced(1).chopped(1));
    }
    return {};
}

Secret RefreshTokenEntry::secret() const
{
    return secretText(SecretSlot);
}

ScopeSet RefreshTokenEntry::scopes() const
{
    return m_data->scopesOf(record().raw(TargetSlot));
}

QString RefreshTokenEntry::familyId() const
{
    return text(KeySlot);
}

QString RefreshTokenEntry::keyId() const
{
    return text(TypeSlot);
}

QDateTime RefreshTokenEntry::lastModifiedAt() const
{
    return timeOf(record().time(CachedAtTime));
}

std::optional<QDateTime> RefreshTokenEntry::expiresAt() const
{
    if (record().time(ExpiresTime) == noTime)
        return std::nullopt;
    return timeOf(record().time(ExpiresTime));
}

Secret IdTokenEntry::secret() const
{
    return secretText(SecretSlot);
}

LocalAccountId AccountEntry::localAccountId() const
{
    return {text(TargetSlot)};
}

QString AccountEntry::username() const
{
    return text(SecretSlot);
}

QString AccountEntry::name() const
{
    return text(NameSlot);
}

QString AccountEntry::authorityType() const
{
    return text(TypeSlot);
}

QString AccountEntry::source() const
{
    return text(KeySlot);
}

QString AppMetadataEntry::familyId() const
{
    return text(KeySlot);
}

} // namespace Countersign

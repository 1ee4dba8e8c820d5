// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/cache/cachemerge.h>

#include <countersign/crypto/digest.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

QByteArray seconds(const QDateTime &at)
{
    return QByteArray::number(at.toSecsSinceEpoch());
}

// MSAL's keys: parts joined by '-', in lower case.
QByteArray joined(std::initializer_list<QString> parts)
{
    return QStringList(parts).join(u'-').toLower().toUtf8();
}

// The key, made unlike that of an entry with other identifying fields: keys are lower-cased and joined without
// quoting, so that two different accounts can have the same. MSAL finds entries by their fields as well.
QByteArray uniqueKey(const CacheData &data, int section, const QByteArray &key, quint32 replaced,
                     const QByteArray &identity)
{
    QByteArray quoted;
    appendQuoted(quoted, key);
    quint32 holder = data.indexOfKey(section, QByteArrayView(quoted).sliced(1, quoted.size() - 2));
    if (holder == noRecord && quoted.size() - 2 != key.size())
        holder = data.indexOfKey(section, key); // as others write it, without escapes
    if (holder == noRecord || holder == replaced)
        return key;
    return key + '-' + digest(HashAlgorithm::Sha256, identity).toHex().first(16);
}

void keepForeignMembers(const CacheData &data, int section, quint32 replaced, EntryText &entry)
{
    if (replaced == noRecord)
        return;
    for (const auto &[name, value] : foreignMembers(section, data.at(section, replaced)))
        entry.addRaw(name, value);
}

} // namespace

CacheMerge::CacheMerge(CacheData &data, const TokenGrant &grant, const AccountId &account, const QDateTime &at)
    : m_data(data), m_grant(grant), m_home(account.homeAccountId.value),
      m_environment(grant.environment.value.toLower()), m_client(grant.clientId.value),
      m_bucket(m_home.isEmpty() ? BucketKey(grant.environment, m_client, grant.realm) : BucketKey(account)), m_at(at)
{
}

void CacheMerge::accessToken()
{
    const QString target = m_grant.grantedScopes.toString();
    const quint32 same = m_data.findSame(AccessTokenSection, m_bucket,
                                         {{ClientSlot, m_client.toUtf8()},
                                          {RealmSlot, m_grant.realm.toUtf8()},
                                          {TargetSlot, target.toUtf8()},
                                          {KeySlot, m_grant.keyId.toUtf8()},
                                          {NameSlot, m_grant.extension.toUtf8()}});
    const auto type = m_grant.extension.isEmpty() ? u"accesstoken"_s : u"atext"_s;
    QByteArray key = joined({m_home, m_environment, type, m_client, m_grant.realm, target});
    if (!m_grant.extension.isEmpty())
        key += '-' + m_grant.extension.toUtf8();
    if (!m_grant.keyId.isEmpty())
        key += '-' + m_grant.keyId.toLower().toUtf8();
    const QDateTime expiresAt = m_grant.expiresAt.isValid() ? m_grant.expiresAt : m_at.addSecs(600);
    EntryText entry(
        uniqueKey(m_data, AccessTokenSection, key, same, identity(target, m_grant.keyId + m_grant.extension)));
    entry.add("credential_type", "AccessToken");
    entry.add("secret", m_grant.accessToken.reveal());
    addHome(entry);
    entry.add("environment", m_environment.toUtf8());
    entry.add("client_id", m_client.toUtf8());
    entry.add("target", target.toUtf8());
    entry.add("realm", m_grant.realm.toUtf8());
    entry.add("token_type", m_grant.tokenType.toUtf8());
    entry.add("cached_at", seconds(m_at));
    entry.add("expires_on", seconds(expiresAt));
    entry.add("extended_expires_on",
              seconds(m_grant.extendedExpiresAt.isValid() ? m_grant.extendedExpiresAt : expiresAt));
    entry.addIfAny("key_id", m_grant.keyId.toUtf8());
    entry.addIfAny("ext_cache_key", m_grant.extension.toUtf8());
    entry.addIfAny(detailsMember.sliced(1).chopped(1), m_grant.authorizationDetails);
    if (m_grant.refreshAt)
        entry.add("refresh_on", seconds(*m_grant.refreshAt));
    m_data.put(AccessTokenSection, entry.finish(), same);
}

void CacheMerge::account()
{
    const quint32 same = m_data.findSame(AccountSection, m_bucket, {{RealmSlot, m_grant.realm.toUtf8()}});
    const QByteArray key = joined({m_home, m_environment, m_grant.realm});
    EntryText entry(uniqueKey(m_data, AccountSection, key, same, identity({}, {})));
    addHome(entry);
    entry.add("environment", m_environment.toUtf8());
    entry.add("realm", m_grant.realm.toUtf8());
    entry.add("local_account_id", m_grant.localAccountId.value.toUtf8());
    entry.add("username", m_grant.username.toUtf8());
    entry.add("authority_type", m_grant.authorityType.toUtf8());
    entry.addIfAny("account_source", m_grant.accountSource.toUtf8());
    entry.addIfAny("name", m_grant.name.toUtf8());
    keepForeignMembers(m_data, AccountSection, same, entry);
    m_data.put(AccountSection, entry.finish(), same);
}

void CacheMerge::idToken()
{
    const quint32 same = m_data.findSame(IdTokenSection, m_bucket,
                                         {{ClientSlot, m_client.toUtf8()}, {RealmSlot, m_grant.realm.toUtf8()}});
    const QByteArray key = joined({m_home, m_environment, u"idtoken"_s, m_client, m_grant.realm, {}});
    EntryText entry(uniqueKey(m_data, IdTokenSection, key, same, identity({}, {})));
    entry.add("credential_type", "IdToken");
    entry.add("secret", m_grant.idToken.reveal());
    addHome(entry);
    entry.add("environment", m_environment.toUtf8());
    entry.add("realm", m_grant.realm.toUtf8());
    entry.add("client_id", m_client.toUtf8());
    m_data.put(IdTokenSection, entry.finish(), same);
}

void CacheMerge::refreshToken(quint32 spent)
{
    const bool isOfThisClient =
        spent != noRecord && isText(m_data.at(RefreshTokenSection, spent).raw(ClientSlot), m_client.toUtf8());
    QString target = m_grant.grantedScopes.toString();
    quint32 same = noRecord;
    if (isOfThisClient) {
        target = QString::fromUtf8(unescaped(m_data.at(RefreshTokenSection, spent).raw(TargetSlot)));
        same = spent;
    } else {
        same = m_data.findSame(RefreshTokenSection, m_bucket,
                               {{ClientSlot, m_client.toUtf8()}, {TargetSlot, target.toUtf8()}});
    }
    QString family = m_grant.familyId;
    if (family.isEmpty() && isOfThisClient)
        family = QString::fromUtf8(unescaped(m_data.at(RefreshTokenSection, spent).raw(KeySlot)));
    const QByteArray key = joined({m_home, m_environment, u"refreshtoken"_s, m_client, {}, target});
    EntryText entry(uniqueKey(m_data, RefreshTokenSection, key, same, identity(target, {})));
    entry.add("credential_type", "RefreshToken");
    entry.add("secret", m_grant.refreshToken.reveal());
    addHome(entry);
    entry.add("environment", m_environment.toUtf8());
    entry.add("client_id", m_client.toUtf8());
    entry.add("target", target.toUtf8());
    entry.add("last_modification_time", seconds(m_at));
    entry.addIfAny("family_id", family.toUtf8());
    entry.addIfAny("cs_key_id", m_grant.refreshKeyId.toUtf8());
    if (m_grant.refreshTokenExpiresAt)
        entry.add("expires_on", seconds(*m_grant.refreshTokenExpiresAt));
    keepForeignMembers(m_data, RefreshTokenSection, same, entry);
    m_data.put(RefreshTokenSection, entry.finish(), same);
}

void CacheMerge::appMetadata()
{
    const BucketKey bucket(m_grant.environment, m_client, {});
    const quint32 same = m_data.findSame(AppMetadataSection, bucket, {});
    // A response that says nothing of a family does not take the client out of one.
    const QByteArray family = !m_grant.familyId.isEmpty() || same == noRecord
        ? m_grant.familyId.toUtf8()
        : unescaped(m_data.at(AppMetadataSection, same).raw(KeySlot));
    if (same != noRecord && isText(m_data.at(AppMetadataSection, same).raw(KeySlot), family))
        return;
    const QByteArray key = "appmetadata-" + m_environment.toUtf8() + '-' + m_client.toUtf8();
    EntryText entry(key);
    entry.add("client_id", m_client.toUtf8());
    entry.add("environment", m_environment.toUtf8());
    entry.addIfAny("family_id", family);
    keepForeignMembers(m_data, AppMetadataSection, same, entry);
    m_data.put(AppMetadataSection, entry.finish(), same);
}

void CacheMerge::scopeMemory()
{
    if (m_grant.requestedScopes.isEmpty() || m_grant.grantedScopes.contains(m_grant.requestedScopes))
        return;
    const QString requested = m_grant.requestedScopes.toString();
    const QByteArray granted = m_grant.grantedScopes.toString().toUtf8();
    const quint32 same = m_data.findSame(
        ScopeMemorySection, m_bucket,
        {{ClientSlot, m_client.toUtf8()}, {RealmSlot, m_grant.realm.toUtf8()}, {TargetSlot, requested.toUtf8()}});
    if (same != noRecord && isText(m_data.at(ScopeMemorySection, same).raw(SecretSlot), granted))
        return;
    const QByteArray key = joined({m_home, m_environment, u"scopes"_s, m_client, m_grant.realm, requested});
    EntryText entry(uniqueKey(m_data, ScopeMemorySection, key, same, identity(requested, {})));
    addHome(entry);
    entry.add("environment", m_environment.toUtf8());
    entry.add("client_id", m_client.toUtf8());
    entry.add("realm", m_grant.realm.toUtf8());
    entry.add("requested", requested.toUtf8());
    entry.add("granted", granted);
    m_data.put(ScopeMemorySection, entry.finish(), same);
}

void CacheMerge::addHome(EntryText &entry) const
{
    if (m_home.isEmpty())
        entry.addNull("home_account_id");
    else
        entry.add("home_account_id", m_home.toUtf8());
}

QByteArray CacheMerge::identity(const QString &target, const QString &keyId) const
{
    return QStringList({m_home, m_environment, m_client, m_grant.realm, target, keyId}).join(u'\n').toUtf8();
}

} // namespace Countersign

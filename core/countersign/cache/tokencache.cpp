// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/cache/tokencache.h>

#include <countersign/cache/cachedata.h>

#include <countersign/crypto/constanttime.h>
#include <countersign/crypto/digest.h>
#include <countersign/crypto/largepages.h>

#include <algorithm>
#include <cstring>

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

// The record of the account's chain whose identifying fields are all equal, whatever its key is.
quint32 findSame(const CacheData &data, int section, std::string_view bucketKey,
                 std::initializer_list<std::pair<int, QByteArray>> fields)
{
    const CacheBucket *const bucket = data.bucket(bucketKey);
    if (!bucket)
        return noRecord;
    for (quint32 i = bucket->head[static_cast<std::size_t>(section)]; i != noRecord; i = data.at(section, i).next) {
        const CacheRecord &record = data.at(section, i);
        if (std::all_of(fields.begin(), fields.end(),
                        [&record](const auto &field) { return isText(record.raw(field.first), field.second); }))
            return i;
    }
    return noRecord;
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

// What one grant stores, section by section, in MSAL's order.
class Merge
{
public:
    Merge(CacheData &data, const TokenGrant &grant, const AccountId &account, const QDateTime &at)
        : m_data(data), m_grant(grant), m_home(account.homeAccountId.value),
          m_environment(grant.environment.value.toLower()), m_client(grant.clientId.value),
          m_bucket(m_home.isEmpty() ? BucketKey(grant.environment, m_client, grant.realm) : BucketKey(account)),
          m_at(at)
    {
    }

    void accessToken()
    {
        const QString target = m_grant.grantedScopes.toString();
        const quint32 same = findSame(m_data, AccessTokenSection, m_bucket,
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
        if (m_grant.refreshAt)
            entry.add("refresh_on", seconds(*m_grant.refreshAt));
        m_data.put(AccessTokenSection, entry.finish(), same);
    }

    void account()
    {
        const quint32 same = findSame(m_data, AccountSection, m_bucket, {{RealmSlot, m_grant.realm.toUtf8()}});
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

    void idToken()
    {
        const quint32 same = findSame(m_data, IdTokenSection, m_bucket,
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

    // A rotated token takes the place of the spent one and keeps its scopes, as MSAL's does.
    void refreshToken(quint32 spent)
    {
        const bool isOfThisClient =
            spent != noRecord && isText(m_data.at(RefreshTokenSection, spent).raw(ClientSlot), m_client.toUtf8());
        QString target = m_grant.grantedScopes.toString();
        quint32 same = noRecord;
        if (isOfThisClient) {
            target = QString::fromUtf8(unescaped(m_data.at(RefreshTokenSection, spent).raw(TargetSlot)));
            same = spent;
        } else {
            same = findSame(m_data, RefreshTokenSection, m_bucket,
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
        keepForeignMembers(m_data, RefreshTokenSection, same, entry);
        m_data.put(RefreshTokenSection, entry.finish(), same);
    }

    void appMetadata()
    {
        const BucketKey bucket(m_grant.environment, m_client, {});
        const quint32 same = findSame(m_data, AppMetadataSection, bucket, {});
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

    // Remembers what the provider made of a request, when it is something else (C10).
    void scopeMemory()
    {
        if (m_grant.requestedScopes.isEmpty() || m_grant.grantedScopes.contains(m_grant.requestedScopes))
            return;
        const QString requested = m_grant.requestedScopes.toString();
        const QByteArray granted = m_grant.grantedScopes.toString().toUtf8();
        const quint32 same = findSame(
            m_data, ScopeMemorySection, m_bucket,
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

private:
    void addHome(EntryText &entry) const
    {
        if (m_home.isEmpty())
            entry.addNull("home_account_id");
        else
            entry.add("home_account_id", m_home.toUtf8());
    }
    QByteArray identity(const QString &target, const QString &keyId) const
    {
        return QStringList({m_home, m_environment, m_client, m_grant.realm, target, keyId}).join(u'\n').toUtf8();
    }

    CacheData &m_data;
    const TokenGrant &m_grant;
    const QString m_home;
    const QString m_environment;
    const QString m_client;
    const BucketKey m_bucket;
    const QDateTime m_at;
};

quint32 indexOf(const CacheData &data, int section, const QString &key)
{
    const QByteArray utf8 = key.toUtf8();
    QByteArray quoted;
    appendQuoted(quoted, utf8);
    const quint32 found = data.indexOfKey(section, QByteArrayView(quoted).sliced(1, quoted.size() - 2));
    if (found != noRecord)
        return found;
    // A key that another program wrote with other escapes, or with none where this library has some.
    const auto &list = data.records[static_cast<std::size_t>(section)];
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!list[i].isRemoved && isText(list[i].rawKey(), utf8))
            return static_cast<quint32>(i);
    }
    return noRecord;
}

} // namespace

TokenCache::TokenCache() : m_data(std::make_shared<CacheData>())
{
}
TokenCache::~TokenCache() = default;
TokenCache::TokenCache(const TokenCache &) = default;
TokenCache &TokenCache::operator=(const TokenCache &) = default;
TokenCache::TokenCache(TokenCache &&other) noexcept = default;
TokenCache &TokenCache::operator=(TokenCache &&other) noexcept = default;

CacheData &TokenCache::change()
{
    if (m_data.use_count() > 1)
        m_data = std::make_shared<CacheData>(*m_data);
    return *m_data;
}

AccessTokenEntry TokenCache::entryAt(quint32 index, const CacheBucket *owner) const
{
    return AccessTokenEntry(m_data, AccessTokenSection, index, owner);
}

Result<TokenCache> TokenCache::deserialize(QByteArrayView json)
{
    Secret text = Secret::ofSize(json.size() + cachePadding);
    char *const to = reinterpret_cast<char *>(text.writable().data());
    std::copy(json.begin(), json.end(), to);
    std::memset(to + json.size(), ' ', static_cast<std::size_t>(cachePadding));
    return deserialize(std::move(text));
}

Result<TokenCache> TokenCache::deserialize(Secret json)
{
    const QByteArrayView text = json.reveal();
    const bool isPadded = text.size() >= cachePadding && text.last(cachePadding).trimmed().isEmpty();
    if (!isPadded && !text.isEmpty())
        return deserialize(text);
    TokenCache cache;
    if (text.isEmpty())
        return cache;
    auto data = readCache(std::make_shared<Secret>(std::move(json)));
    if (!data)
        return data.error();
    cache.m_data = std::move(*data);
    return cache;
}

QByteArray TokenCache::serialize()
{
    QByteArray text(cacheTextSize(*m_data), Qt::Uninitialized);
    preferLargePages(text.data(), text.size());
    writeCache(*m_data, text.data());
    markSaved();
    return text;
}

Secret TokenCache::document() const
{
    const qsizetype size = cacheTextSize(*m_data);
    Secret text = Secret::ofSize(size + cachePadding);
    char *const to = reinterpret_cast<char *>(text.writable().data());
    writeCache(*m_data, to);
    std::memset(to + size, ' ', static_cast<std::size_t>(cachePadding));
    return text;
}

bool TokenCache::hasStateChanged() const
{
    return m_data->isChanged;
}

bool TokenCache::hasForgotten() const
{
    return m_data->hasForgotten;
}

void TokenCache::markSaved()
{
    if (!m_data->isChanged)
        return;
    CacheData &data = change();
    data.isChanged = false;
    data.hasForgotten = false;
}

void TokenCache::markChanged()
{
    change().isChanged = true;
}

bool TokenCache::isEmpty() const
{
    return std::all_of(m_data->records.begin(), m_data->records.end(), [](const std::vector<CacheRecord> &list) {
        return std::all_of(list.begin(), list.end(), [](const CacheRecord &record) { return record.isRemoved; });
    });
}

TokenCache::MergeOutcome TokenCache::merge(const TokenGrant &grant, const QDateTime &at)
{
    quint32 spent = noRecord;
    AccountId account{grant.homeAccountId, {grant.environment.value.toLower()}};
    if (!grant.spentRefreshTokenKey.isEmpty()) {
        spent = indexOf(*m_data, RefreshTokenSection, grant.spentRefreshTokenKey);
        if (spent == noRecord)
            return {false, account};
        // A reply that names nobody is about the account whose token was spent (C11).
        if (account.homeAccountId.isEmpty())
            account.homeAccountId.value =
                QString::fromUtf8(unescaped(m_data->at(RefreshTokenSection, spent).raw(HomeSlot)));
    }
    CacheData &data = change();
    Merge merge(data, grant, account, at);
    if (!grant.accessToken.isEmpty()) {
        merge.accessToken();
        merge.scopeMemory();
    }
    if (grant.createAccount && !account.homeAccountId.isEmpty())
        merge.account();
    if (!grant.idToken.isEmpty())
        merge.idToken();
    if (!grant.refreshToken.isEmpty())
        merge.refreshToken(spent);
    merge.appMetadata();
    data.isChanged = true;
    return {true, account};
}

int TokenCache::removeAppTokens(const ClientId &client, const QList<Environment> &environments)
{
    int removed = 0;
    const QByteArray id = client.value.toUtf8();
    const auto count = m_data->records[AccessTokenSection].size();
    for (std::size_t i = 0; i < count; ++i) {
        const CacheRecord &record = m_data->records[AccessTokenSection][i];
        if (record.isRemoved || record.isOpaque || record.has(HomeSlot) || !isText(record.raw(ClientSlot), id))
            continue;
        const QString host = QString::fromUtf8(unescaped(record.raw(EnvironmentSlot))).toLower();
        if (!environments.isEmpty() && !environments.contains(Environment{host}))
            continue;
        change().remove(AccessTokenSection, static_cast<quint32>(i));
        change().hasForgotten = true;
        ++removed;
    }
    return removed;
}

bool TokenCache::removeAccessToken(const AccessTokenEntry &entry)
{
    // By text, not by key: another entry may have come under the same key since it was looked up.
    const auto &list = m_data->records[AccessTokenSection];
    const CacheRecord &wanted = entry.record();
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!list[i].isRemoved && list[i].slice() == wanted.slice()) {
            change().remove(AccessTokenSection, static_cast<quint32>(i));
            return true;
        }
    }
    return false;
}

bool TokenCache::removeRefreshToken(const RefreshTokenEntry &entry)
{
    const auto &list = m_data->records[RefreshTokenSection];
    const CacheRecord &wanted = entry.record();
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!list[i].isRemoved && list[i].slice() == wanted.slice()) {
            change().remove(RefreshTokenSection, static_cast<quint32>(i));
            return true;
        }
    }
    return false;
}

void TokenCache::wipeRemoved()
{
    if (m_data.use_count() > 1)
        return;
    std::vector<CacheData::DeadText> left;
    for (const CacheData::DeadText &text : m_data->dead) {
        auto &buffer = m_data->buffers[text.buffer];
        if (!buffer)
            continue;
        if (text.buffer > 0)
            buffer.reset(); // holds this entry alone
        else if (buffer.use_count() == 1)
            std::memset(buffer->writable().data() + (text.text - buffer->reveal().data()), ' ', text.size);
        else
            left.push_back(text);
    }
    m_data->dead.swap(left);
}

void TokenCache::visitAccessTokens(const AccountId &account, const ClientId &client, const QString &realm,
                                   const std::function<bool(const AccessTokenEntry &)> &visit) const
{
    const CacheBucket *const bucket = m_data->bucket(
        account.homeAccountId.isEmpty() ? BucketKey(account.environment, client.value, realm) : BucketKey(account));
    if (!bucket)
        return;
    for (quint32 i = bucket->head[AccessTokenSection]; i != noRecord; i = m_data->at(AccessTokenSection, i).next) {
        if (!visit(AccessTokenEntry(m_data, AccessTokenSection, i)))
            return;
    }
}

std::vector<RefreshCandidate> TokenCache::findRefreshTokens(const AccountId &account, const ClientId &client) const
{
    std::vector<RefreshCandidate> family;
    std::vector<RefreshCandidate> own;
    const CacheBucket *const bucket = m_data->bucket(BucketKey(account));
    if (!bucket || account.homeAccountId.isEmpty())
        return own;
    const auto known = appMetadata(account.environment, client);
    // A client that nobody has seen here may belong to Microsoft's only family (C7).
    const QString wanted = known ? known->familyId() : u"1"_s;
    for (quint32 i = bucket->head[RefreshTokenSection]; i != noRecord; i = m_data->at(RefreshTokenSection, i).next) {
        const CacheRecord &record = m_data->at(RefreshTokenSection, i);
        const RefreshTokenEntry entry(m_data, RefreshTokenSection, i);
        if (isText(record.raw(ClientSlot), client.value.toUtf8()))
            own.push_back({entry, false});
        else if (!wanted.isEmpty() && isText(record.raw(KeySlot), wanted.toUtf8()))
            family.push_back({entry, !known});
    }
    const auto isNewer = [](const RefreshCandidate &a, const RefreshCandidate &b) {
        return a.token.record().time(CachedAtTime) > b.token.record().time(CachedAtTime);
    };
    std::stable_sort(family.begin(), family.end(), isNewer);
    std::stable_sort(own.begin(), own.end(), isNewer);
    family.insert(family.end(), own.begin(), own.end());
    return family;
}

std::optional<RefreshTokenEntry> TokenCache::refreshToken(const QString &key) const
{
    const quint32 index = indexOf(*m_data, RefreshTokenSection, key);
    if (index == noRecord)
        return std::nullopt;
    return RefreshTokenEntry(m_data, RefreshTokenSection, index);
}

std::optional<IdTokenEntry> TokenCache::findIdToken(const AccountId &account, const ClientId &client,
                                                    const QString &realm) const
{
    const quint32 index = findSame(*m_data, IdTokenSection, BucketKey(account),
                                   {{ClientSlot, client.value.toUtf8()}, {RealmSlot, realm.toUtf8()}});
    if (index == noRecord)
        return std::nullopt;
    return IdTokenEntry(m_data, IdTokenSection, index);
}

std::optional<AppMetadataEntry> TokenCache::appMetadata(const Environment &environment, const ClientId &client) const
{
    const CacheBucket *const bucket = m_data->bucket(BucketKey(environment, client.value, {}));
    if (!bucket || bucket->head[AppMetadataSection] == noRecord)
        return std::nullopt;
    return AppMetadataEntry(m_data, AppMetadataSection, bucket->head[AppMetadataSection]);
}

std::optional<ScopeSet> TokenCache::grantedFor(const AccountId &account, const ClientId &client, const QString &realm,
                                               const ScopeSet &requested) const
{
    const BucketKey bucket =
        account.homeAccountId.isEmpty() ? BucketKey(account.environment, client.value, realm) : BucketKey(account);
    const quint32 index = findSame(*m_data, ScopeMemorySection, bucket,
                                   {{ClientSlot, client.value.toUtf8()},
                                    {RealmSlot, realm.toUtf8()},
                                    {TargetSlot, requested.toString().toUtf8()}});
    if (index == noRecord)
        return std::nullopt;
    return ScopeSet::parse(QString::fromUtf8(unescaped(m_data->at(ScopeMemorySection, index).raw(SecretSlot))));
}

} // namespace Countersign

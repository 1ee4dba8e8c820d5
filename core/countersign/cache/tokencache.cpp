// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/cache/tokencache.h>

#include <countersign/cache/cachedata.h>
#include <countersign/cache/cachemerge.h>

#include <countersign/crypto/largepages.h>

#include <algorithm>
#include <cstring>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

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
    CacheMerge merge(data, grant, account, at);
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
    const quint32 index = m_data->findSame(IdTokenSection, BucketKey(account),
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
    const quint32 index = m_data->findSame(ScopeMemorySection, bucket,
                                           {{ClientSlot, client.value.toUtf8()},
                                            {RealmSlot, realm.toUtf8()},
                                            {TargetSlot, requested.toString().toUtf8()}});
    if (index == noRecord)
        return std::nullopt;
    return ScopeSet::parse(QString::fromUtf8(unescaped(m_data->at(ScopeMemorySection, index).raw(SecretSlot))));
}

} // namespace Countersign

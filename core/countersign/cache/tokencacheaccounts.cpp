// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/cache/tokencache.h>

#include <countersign/cache/cachedata.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr qsizetype maximumEvents = 50;

QString textOf(const CacheRecord &record, int slot)
{
    return QString::fromUtf8(unescaped(record.raw(slot)));
}

// Makes accounts one after the other: what is the same as in the one before is shared with it.
class AccountMaker
{
public:
    explicit AccountMaker(const CacheData &data) : m_data(data) { }

    Account make(quint32 first)
    {
        Account account;
        const CacheRecord &head = m_data.at(AccountSection, first);
        account.id = {{text(head, HomeSlot)}, {text(head, EnvironmentSlot).toLower()}};
        for (quint32 i = first; i != noRecord; i = m_data.at(AccountSection, i).next)
            addProfile(account, m_data.at(AccountSection, i));
        return account;
    }

private:
    QString text(const CacheRecord &record, int slot)
    {
        Last &last = m_last[static_cast<std::size_t>(slot)];
        const QByteArrayView raw = record.raw(slot);
        if (raw != last.raw)
            last = {raw, textOf(record, slot)};
        return last.text;
    }

    void addProfile(Account &account, const CacheRecord &record)
    {
        TenantProfile profile{{text(record, RealmSlot)},
                              {text(record, TargetSlot)},
                              text(record, SecretSlot),
                              text(record, NameSlot),
                              false};
        // "uid.utid": at home the tenant is utid.
        const QStringView home = account.id.homeAccountId.value;
        const QStringView realm = profile.realm.value;
        profile.isHome =
            home.size() > realm.size() && home.endsWith(realm) && home.at(home.size() - realm.size() - 1) == u'.';
        // Later realms overwrite what is the realm's own, as MSAL's grouping does (C19).
        account.localAccountId = profile.localAccountId;
        account.realm = profile.realm;
        if (account.username.isEmpty() || !profile.username.isEmpty())
            account.username = profile.username;
        if (account.name.isEmpty() || !profile.name.isEmpty())
            account.name = profile.name;
        account.authorityType = text(record, TypeSlot);
        account.source = text(record, KeySlot);
        account.tenantProfiles.append(std::move(profile));
    }

    struct Last
    {
        QByteArrayView raw;
        QString text;
    };
    const CacheData &m_data;
    std::array<Last, cacheSlotCount> m_last;
};

const QList<Account> &allAccounts(const CacheData &data)
{
    if (data.memo.accountList)
        return *data.memo.accountList;
    QList<Account> all;
    AccountMaker maker(data);
    const auto &records = data.records[AccountSection];
    all.reserve(static_cast<qsizetype>(records.size()));
    for (std::size_t i = 0; i < records.size(); ++i) {
        const CacheRecord &record = records[i];
        if (record.isRemoved || record.isOpaque || !record.has(HomeSlot))
            continue;
        const CacheBucket *const bucket = data.bucket(BucketKey(AccountSection, record));
        if (bucket && bucket->head[AccountSection] == i)
            all.append(maker.make(static_cast<quint32>(i)));
    }
    data.memo.accountList = std::move(all);
    return *data.memo.accountList;
}

// Which records of the account a sign-out takes (C20).
struct Removal
{
    const CacheData &data;
    QByteArray client; // empty: of every client
    QByteArray family;

    bool takes(int section, const CacheRecord &record) const
    {
        if (section == ProofKeySection && !client.isEmpty())
            return isText(record.raw(ClientSlot), client); // the others' refresh tokens may need theirs
        if (section != RefreshTokenSection || client.isEmpty())
            return section != AppMetadataSection;
        return isText(record.raw(ClientSlot), client) || (!family.isEmpty() && isText(record.raw(KeySlot), family));
    }
    std::vector<std::pair<int, quint32>> rows(const AccountId &account, RemovalSummary &summary) const
    {
        std::vector<std::pair<int, quint32>> found;
        const CacheBucket *const bucket = account.isEmpty() ? nullptr : data.bucket(BucketKey(account));
        if (!bucket)
            return found;
        for (int section = 0; section < cacheSectionCount; ++section) {
            for (quint32 i = bucket->head[static_cast<std::size_t>(section)]; i != noRecord;
                 i = data.at(section, i).next) {
                if (!takes(section, data.at(section, i)))
                    continue;
                found.emplace_back(section, i);
                summary.accessTokens += section == AccessTokenSection;
                summary.refreshTokens += section == RefreshTokenSection;
                summary.idTokens += section == IdTokenSection;
                summary.accounts += section == AccountSection;
            }
        }
        return found;
    }
};

// The account's own row: attention and history. Kinds are spelled for other programs and later versions.
constexpr std::array<const char *, 4> eventNames = {"signed_in", "refreshed", "refresh_failed", "signed_out"};
constexpr std::array<const char *, 4> wayNames = {"", "browser", "embedded", "device"};

struct AccountState
{
    std::optional<AccountAttention> attention;
    QStringList events; // newest first: "kind seconds client detail", each part percent-encoded

    static quint32 find(const CacheData &data, const AccountId &account)
    {
        const CacheBucket *const bucket = account.isEmpty() ? nullptr : data.bucket(BucketKey(account));
        return bucket ? bucket->head[AccountStateSection] : noRecord;
    }
    static AccountState read(const CacheData &data, const AccountId &account)
    {
        AccountState state;
        const quint32 index = find(data, account);
        if (index == noRecord)
            return state;
        const CacheRecord &record = data.at(AccountStateSection, index);
        if (record.has(KeySlot) && record.time(CachedAtTime) != noTime)
            state.attention = {textOf(record, KeySlot), textOf(record, NameSlot),
                               QDateTime::fromSecsSinceEpoch(record.time(CachedAtTime), Qt::UTC)};
        state.events = textOf(record, SecretSlot).split(u'\n', Qt::SkipEmptyParts);
        return state;
    }
    void write(CacheData &data, const AccountId &account) const
    {
        const QString environment = account.environment.value.toLower();
        EntryText entry(QString(account.homeAccountId.value + u'-' + environment).toLower().toUtf8());
        entry.add("home_account_id", account.homeAccountId.value.toUtf8());
        entry.add("environment", environment.toUtf8());
        if (attention) {
            entry.add("attention_error", attention->error.toUtf8());
            entry.add("attention_sub_error", attention->subError.toUtf8());
            entry.add("attention_since", QByteArray::number(attention->since.toSecsSinceEpoch()));
        }
        entry.add("history", events.join(u'\n').toUtf8());
        data.put(AccountStateSection, entry.finish(), find(data, account));
    }
};

QString encoded(const QString &text)
{
    return QString::fromLatin1(text.toUtf8().toPercentEncoding());
}

QString decoded(const QString &text)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text.toLatin1()));
}

std::optional<AccountEvent> parseEvent(const QString &line)
{
    const QStringList parts = line.split(u' ');
    const auto kind = std::find_if(eventNames.begin(), eventNames.end(),
                                   [&parts](const char *name) { return parts.first() == QLatin1StringView(name); });
    if (parts.size() < 4 || parts.size() > 5 || kind == eventNames.end())
        return std::nullopt;
    const auto way = std::find_if(wayNames.begin(), wayNames.end(),
                                  [&parts](const char *name) { return parts.value(4) == QLatin1StringView(name); });
    return AccountEvent{static_cast<AccountEvent::Kind>(kind - eventNames.begin()),
                        QDateTime::fromSecsSinceEpoch(parts.at(1).toLongLong(), Qt::UTC),
                        {decoded(parts.at(2))},
                        decoded(parts.at(3)),
                        way == wayNames.end() ? AccountEvent::Way::Unknown
                                              : static_cast<AccountEvent::Way>(way - wayNames.begin())};
}

template <typename Entry, typename Make> std::vector<Entry> entriesOf(const CacheData &data, int section, Make make)
{
    std::vector<Entry> found;
    const auto &records = data.records[static_cast<std::size_t>(section)];
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (!records[i].isRemoved && !records[i].isOpaque)
            found.push_back(make(static_cast<quint32>(i)));
    }
    return found;
}

} // namespace

const Account &CacheData::accountAt(quint32 first) const
{
    if (memo.accounts.isEmpty())
        memo.accounts.resize(static_cast<qsizetype>(records[AccountSection].size()));
    auto &kept = memo.accounts[static_cast<qsizetype>(first)];
    if (!kept)
        kept = std::make_shared<const Account>(AccountMaker(*this).make(first));
    return *kept;
}

QList<Account> TokenCache::accounts(const QList<Environment> &environments) const
{
    const QList<Account> &all = allAccounts(*m_data);
    const auto isWanted = [&environments](const Account &account) {
        return environments.isEmpty() || environments.contains(account.id.environment);
    };
    // Mostly all are wanted: then the list is shared.
    if (std::all_of(all.begin(), all.end(), isWanted))
        return all;
    QList<Account> some;
    std::copy_if(all.begin(), all.end(), std::back_inserter(some), isWanted);
    return some;
}

QList<Account> TokenCache::accountsNamed(const QString &username, const QList<Environment> &environments) const
{
    QList<Account> named = accounts(environments);
    named.removeIf(
        [&username](const Account &account) { return account.username.compare(username, Qt::CaseInsensitive) != 0; });
    return named;
}

std::optional<Account> TokenCache::account(const AccountId &id) const
{
    const CacheBucket *const bucket = id.isEmpty() ? nullptr : m_data->bucket(BucketKey(id));
    if (!bucket || bucket->head[AccountSection] == noRecord)
        return std::nullopt;
    return m_data->accountAt(bucket->head[AccountSection]);
}

const CacheBucket *TokenCache::ownerOf(const CacheEntry &entry)
{
    return entry.m_owner ? entry.m_owner : entry.m_data->bucket(BucketKey(entry.m_section, entry.record()));
}

// Of the data the entry was found in: the cache may have changed since.
std::optional<Account> TokenCache::accountOf(const AccessTokenEntry &token) const
{
    const CacheBucket *const owner = ownerOf(token);
    if (!owner || owner->head[AccountSection] == noRecord)
        return std::nullopt;
    return token.m_data->accountAt(owner->head[AccountSection]);
}

std::optional<IdTokenEntry> TokenCache::idTokenOf(const AccessTokenEntry &token) const
{
    const CacheBucket *const owner = ownerOf(token);
    const quint32 index =
        owner ? token.m_data->findLike(*owner, IdTokenSection, token.record(), {ClientSlot, RealmSlot}) : noRecord;
    if (index == noRecord)
        return std::nullopt;
    return IdTokenEntry(token.m_data, IdTokenSection, index);
}

RemovalSummary TokenCache::previewRemoval(const AccountId &account, const ClientId &client) const
{
    RemovalSummary summary;
    const auto known = appMetadata(account.environment, client);
    const Removal removal{*m_data, client.value.toUtf8(), known ? known->familyId().toUtf8() : QByteArray()};
    removal.rows(account, summary);
    return summary;
}

RemovalSummary TokenCache::removeAccount(const AccountId &account, const ClientId &client)
{
    RemovalSummary summary;
    const auto known = appMetadata(account.environment, client);
    const Removal removal{*m_data, client.value.toUtf8(), known ? known->familyId().toUtf8() : QByteArray()};
    const auto rows = removal.rows(account, summary);
    if (rows.empty())
        return summary;
    CacheData &data = change();
    for (const auto &[section, index] : rows)
        data.remove(section, index);
    data.hasForgotten = true;
    return summary;
}

RemovalSummary TokenCache::forgetAccount(const AccountId &account)
{
    return removeAccount(account, {});
}

std::optional<AccountAttention> TokenCache::attention(const AccountId &account) const
{
    return AccountState::read(*m_data, account).attention;
}

void TokenCache::setAttention(const AccountId &account, const std::optional<AccountAttention> &attention)
{
    AccountState state = AccountState::read(*m_data, account);
    if (account.isEmpty() || state.attention == attention)
        return;
    state.attention = attention;
    state.write(change(), account);
}

void TokenCache::addEvent(const AccountId &account, const AccountEvent &event)
{
    if (account.isEmpty())
        return;
    AccountState state = AccountState::read(*m_data, account);
    QStringList parts{QLatin1StringView(eventNames[static_cast<std::size_t>(event.kind)]),
                      QString::number(event.at.toSecsSinceEpoch()), encoded(event.clientId.value),
                      encoded(event.detail)};
    if (event.way != AccountEvent::Way::Unknown)
        parts.append(QLatin1StringView(wayNames[static_cast<std::size_t>(event.way)]));
    state.events.prepend(parts.join(u' '));
    if (state.events.size() > maximumEvents)
        state.events.resize(maximumEvents);
    state.write(change(), account);
}

bool TokenCache::forgetEventsBefore(const QDateTime &moment)
{
    bool hasForgotten = false;
    const auto known = accounts();
    for (const auto &account : known) {
        AccountState state = AccountState::read(*m_data, account.id);
        const auto removed = state.events.removeIf([&moment](const QString &line) {
            const auto event = parseEvent(line);
            return event && event->at < moment;
        });
        if (removed == 0)
            continue;
        state.write(change(), account.id);
        hasForgotten = true;
    }
    return hasForgotten;
}

QList<AccountEvent> TokenCache::history(const AccountId &account) const
{
    QList<AccountEvent> events;
    for (const QString &line : AccountState::read(*m_data, account).events) {
        if (auto event = parseEvent(line))
            events.append(*std::move(event));
    }
    return events;
}

std::optional<AccessTokenEntry> TokenCache::firstAccessToken() const
{
    const auto &records = m_data->records[AccessTokenSection];
    for (std::size_t i = 0; i < records.size(); ++i) {
        if (!records[i].isRemoved && !records[i].isOpaque)
            return entryAt(static_cast<quint32>(i));
    }
    return std::nullopt;
}

std::vector<AccessTokenEntry> TokenCache::accessTokens() const
{
    return entriesOf<AccessTokenEntry>(*m_data, AccessTokenSection,
                                       [this](quint32 i) { return AccessTokenEntry(m_data, AccessTokenSection, i); });
}

std::vector<RefreshTokenEntry> TokenCache::refreshTokens() const
{
    return entriesOf<RefreshTokenEntry>(
        *m_data, RefreshTokenSection, [this](quint32 i) { return RefreshTokenEntry(m_data, RefreshTokenSection, i); });
}

std::vector<IdTokenEntry> TokenCache::idTokens() const
{
    return entriesOf<IdTokenEntry>(*m_data, IdTokenSection,
                                   [this](quint32 i) { return IdTokenEntry(m_data, IdTokenSection, i); });
}

std::vector<AccountEntry> TokenCache::accountEntries() const
{
    return entriesOf<AccountEntry>(*m_data, AccountSection,
                                   [this](quint32 i) { return AccountEntry(m_data, AccountSection, i); });
}

std::vector<AppMetadataEntry> TokenCache::appMetadataEntries() const
{
    return entriesOf<AppMetadataEntry>(*m_data, AppMetadataSection,
                                       [this](quint32 i) { return AppMetadataEntry(m_data, AppMetadataSection, i); });
}

QStringList TokenCache::unknownParts() const
{
    QStringList parts;
    for (const CacheMember &member : m_data->members) {
        const QString name = QString::fromUtf8(unescaped(member.rawName));
        if (member.section < 0) {
            parts.append(name);
            continue;
        }
        for (const CacheRecord &record : m_data->records[static_cast<std::size_t>(member.section)]) {
            if (record.isOpaque && !record.isRemoved)
                parts.append(name + u'/' + QString::fromUtf8(unescaped(record.rawKey())));
        }
    }
    return parts;
}

QByteArray TokenCache::exportWithoutSecrets() const
{
    TokenCache copy = *this;
    CacheData &data = copy.change();
    // Foreign sections and entries could hold anything: they are left out.
    std::erase_if(data.members, [](const CacheMember &member) { return member.section < 0; });
    for (int section = 0; section < cacheSectionCount; ++section) {
        for (quint32 i = 0; i < data.records[static_cast<std::size_t>(section)].size(); ++i) {
            CacheRecord &record = data.at(section, i);
            record.isContinuing = false;
            if (record.isRemoved)
                continue;
            if (record.isOpaque) {
                record.isRemoved = true;
                continue;
            }
            EntryText entry(unescaped(record.rawKey()));
            for (int slot = 0; slot < cacheSlotCount; ++slot) {
                if (!record.has(slot) || slotName(section, slot).isEmpty())
                    continue;
                const bool isSecret =
                    slot == SecretSlot && (section <= IdTokenSection || section >= ClientSecretSection);
                const QByteArray value = isSecret
                    ? "<secret, " + QByteArray::number(record.raw(slot).size()) + " bytes>"
                    : unescaped(record.raw(slot));
                entry.add(slotName(section, slot), value);
            }
            for (int time = 0; time < cacheTimeCount; ++time) {
                if (record.time(time) != noTime && !timeName(section, time).isEmpty())
                    entry.add(timeName(section, time), QByteArray::number(record.time(time)));
            }
            data.put(section, entry.finish(), i);
        }
    }
    return copy.serialize();
}

} // namespace Countersign

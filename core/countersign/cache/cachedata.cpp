// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/cache/cachedata.h>

#include <countersign/crypto/constanttime.h>

#include <cstring>

namespace Countersign {

namespace {

constexpr std::array<const char *, cacheSectionCount> sectionNames = {
    "AccessToken", "RefreshToken", "IdToken", "Account", "AppMetadata", "CountersignScopes", "CountersignAccounts"};

// Spec: the unified schema; the last two rows are this library's own.
constexpr std::array<std::array<const char *, cacheSlotCount>, cacheSectionCount> slotNames = {{
    {"home_account_id", "environment", "client_id", "realm", "secret", "target", "token_type", "key_id",
     "ext_cache_key"},
    {"home_account_id", "environment", "client_id", "", "secret", "target", "", "family_id", ""},
    {"home_account_id", "environment", "client_id", "realm", "secret", "", "", "", ""},
    {"home_account_id", "environment", "", "realm", "username", "local_account_id", "authority_type", "account_source",
     "name"},
    {"", "environment", "client_id", "", "", "", "", "family_id", ""},
    {"home_account_id", "environment", "client_id", "realm", "granted", "requested", "", "", ""},
    {"home_account_id", "environment", "", "", "history", "", "", "attention_error", "attention_sub_error"},
}};

constexpr std::array<std::array<const char *, cacheTimeCount>, cacheSectionCount> timeNames = {{
    {"cached_at", "expires_on", "extended_expires_on", "refresh_on"},
    {"last_modification_time", "", "", ""},
    {"", "", "", ""},
    {"", "", "", ""},
    {"", "", "", ""},
    {"", "", "", ""},
    {"attention_since", "", "", ""},
}};

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const int letter = (c | 0x20) - 'a';
    return letter >= 0 && letter < 6 ? letter + 10 : -1;
}

// Four hexadecimal digits at \p at, or -1.
int codeUnitAt(QByteArrayView raw, qsizetype at)
{
    if (at + 4 > raw.size())
        return -1;
    int unit = 0;
    for (qsizetype i = at; i < at + 4; ++i) {
        const int digit = hexValue(raw[i]);
        if (digit < 0)
            return -1;
        unit = unit * 16 + digit;
    }
    return unit;
}

} // namespace

QByteArrayView sectionName(int section)
{
    return sectionNames[static_cast<std::size_t>(section)];
}

int sectionNamed(QByteArrayView name)
{
    for (int section = 0; section < cacheSectionCount; ++section) {
        if (sectionName(section) == name)
            return section;
    }
    return -1;
}

QByteArrayView slotName(int section, int slot)
{
    return slotNames[static_cast<std::size_t>(section)][static_cast<std::size_t>(slot)];
}

QByteArrayView timeName(int section, int time)
{
    return timeNames[static_cast<std::size_t>(section)][static_cast<std::size_t>(time)];
}

QByteArray unescaped(QByteArrayView raw)
{
    if (!raw.contains('\\'))
        return raw.toByteArray();
    QByteArray out;
    out.reserve(raw.size());
    for (qsizetype i = 0; i < raw.size(); ++i) {
        if (raw[i] != '\\' || i + 1 >= raw.size()) {
            out.append(raw[i]);
            continue;
        }
        const char escape = raw[++i];
        if (escape != 'u') {
            constexpr QByteArrayView from = "bfnrt";
            constexpr QByteArrayView to = "\b\f\n\r\t";
            const qsizetype which = from.indexOf(escape);
            out.append(which >= 0 ? to[which] : escape);
            continue;
        }
        const int unit = codeUnitAt(raw, i + 1);
        i += 4;
        QString text(QChar(static_cast<char16_t>(unit < 0 ? 0xfffd : unit)));
        if (text.at(0).isHighSurrogate() && raw.sliced(qMin(i + 1, raw.size())).startsWith("\\u")) {
            const int low = codeUnitAt(raw, i + 3);
            if (low >= 0 && QChar::isLowSurrogate(static_cast<char32_t>(low))) {
                text.append(QChar(static_cast<char16_t>(low)));
                i += 6;
            }
        }
        out.append(text.toUtf8());
    }
    return out;
}

bool isText(QByteArrayView raw, QByteArrayView utf8)
{
    if (raw.size() == utf8.size() && std::memcmp(raw.data(), utf8.data(), static_cast<std::size_t>(raw.size())) == 0)
        return !raw.contains('\\') || unescaped(raw) == utf8;
    // An escaped text is longer than what it means.
    return raw.size() > utf8.size() && raw.contains('\\') && unescaped(raw) == utf8;
}

void appendQuoted(QByteArray &out, QByteArrayView utf8)
{
    constexpr QByteArrayView digits = "0123456789abcdef";
    const auto unit = [&out, digits](char16_t c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4)
            out.append(digits[(c >> shift) & 0xf]);
    };
    out.append('"');
    const bool isPlain =
        std::all_of(utf8.begin(), utf8.end(), [](char c) { return c >= 0x20 && c != 0x7f && c != '"' && c != '\\'; });
    if (isPlain) {
        out.append(utf8);
        out.append('"');
        return;
    }
    const QString text = QString::fromUtf8(utf8);
    for (const QChar c : text) {
        switch (c.unicode()) {
        case u'"': out.append("\\\""); break;
        case u'\\': out.append("\\\\"); break;
        case u'\b': out.append("\\b"); break;
        case u'\f': out.append("\\f"); break;
        case u'\n': out.append("\\n"); break;
        case u'\r': out.append("\\r"); break;
        case u'\t': out.append("\\t"); break;
        default:
            if (c.unicode() >= 0x20 && c.unicode() < 0x80)
                out.append(c.toLatin1());
            else
                unit(c.unicode());
        }
    }
    out.append('"');
}

std::string bucketKeyOf(const AccountId &account)
{
    // A host name: its case means nothing (and the issuer form of Authority::environment() has none).
    const QByteArray home = account.homeAccountId.value.toUtf8();
    const QByteArray environment = account.environment.value.toLower().toUtf8();
    std::string key;
    key.reserve(static_cast<std::size_t>(home.size() + environment.size() + 1));
    key.append(home.constData(), static_cast<std::size_t>(home.size()));
    key.push_back('\0');
    key.append(environment.constData(), static_cast<std::size_t>(environment.size()));
    return key;
}

std::string appBucketKeyOf(const Environment &environment, const QString &client, const QString &realm)
{
    std::string key = bucketKeyOf(AccountId{{}, environment});
    key.push_back('\0');
    key.append(client.toStdString());
    key.push_back('\0');
    key.append(realm.toStdString());
    return key;
}

std::string bucketKeyOf(int section, const CacheRecord &record)
{
    const auto append = [&record](std::string &key, int slot, bool isHost) {
        const QByteArrayView raw = record.raw(slot);
        if (!isHost && !raw.contains('\\')) {
            key.append(raw.data(), static_cast<std::size_t>(raw.size()));
            return;
        }
        const QByteArray text = unescaped(raw);
        key.append(isHost ? QString::fromUtf8(text).toLower().toStdString() : text.toStdString());
    };
    std::string key;
    append(key, HomeSlot, false);
    key.push_back('\0');
    append(key, EnvironmentSlot, true);
    if (section == AppMetadataSection || !record.has(HomeSlot)) {
        key.push_back('\0');
        append(key, ClientSlot, false);
        key.push_back('\0');
        if (section != AppMetadataSection)
            append(key, RealmSlot, false);
    }
    return key;
}

const CacheBucket *CacheData::bucket(const std::string &key) const
{
    const auto found = buckets.find(key);
    return found == buckets.end() ? nullptr : &found->second;
}

void CacheData::appendToChain(int section, quint32 index)
{
    const auto s = static_cast<std::size_t>(section);
    CacheRecord &record = at(section, index);
    record.next = noRecord;
    CacheBucket &owner = buckets[bucketKeyOf(section, record)];
    if (owner.head[s] == noRecord)
        owner.head[s] = index;
    else
        at(section, owner.tail[s]).next = index;
    owner.tail[s] = index;
}

void CacheData::rebuildChain(const std::string &bucketKey, int section)
{
    const auto s = static_cast<std::size_t>(section);
    const auto found = buckets.find(bucketKey);
    if (found == buckets.end())
        return;
    CacheBucket &owner = found->second;
    quint32 index = owner.head[s];
    owner.head[s] = owner.tail[s] = noRecord;
    while (index != noRecord) {
        CacheRecord &record = at(section, index);
        const quint32 next = record.next;
        record.next = noRecord;
        if (!record.isRemoved) {
            if (owner.head[s] == noRecord)
                owner.head[s] = index;
            else
                at(section, owner.tail[s]).next = index;
            owner.tail[s] = index;
        }
        index = next;
    }
    const bool isEmpty = std::all_of(owner.head.begin(), owner.head.end(), [](quint32 i) { return i == noRecord; });
    if (isEmpty)
        buckets.erase(found);
}

void CacheData::remove(int section, quint32 index)
{
    CacheRecord &record = at(section, index);
    const std::string key = bucketKeyOf(section, record);
    record.isRemoved = true;
    dead.push_back({record.buffer, record.text, record.size});
    rebuildChain(key, section);
    isChanged = true;
    accountList.reset();
}

quint32 CacheData::addBuffer(std::shared_ptr<Secret> buffer)
{
    for (std::size_t i = 1; i < buffers.size(); ++i) {
        if (!buffers[i]) {
            buffers[i] = std::move(buffer);
            return static_cast<quint32>(i);
        }
    }
    if (buffers.empty())
        buffers.push_back(nullptr); // the first place is the document's
    buffers.push_back(std::move(buffer));
    return static_cast<quint32>(buffers.size() - 1);
}

void CacheData::put(int section, const QByteArray &entry, quint32 replaced)
{
    auto &list = records[static_cast<std::size_t>(section)];
    if (!hasMember(section))
        members.push_back({sectionName(section).toByteArray(), section, {}});

    auto buffer = std::make_shared<Secret>(Secret::ofSize(entry.size() + cachePadding));
    std::memcpy(buffer->writable().data(), entry.constData(), static_cast<std::size_t>(entry.size()));
    CacheRecord record;
    const bool isRead = readEntry(section, buffer->reveal().data(), entry.size(), record);
    Q_ASSERT(isRead);
    record.isIndented = true;
    record.buffer = addBuffer(std::move(buffer));
    isChanged = true;
    accountList.reset();
    if (!isRead)
        return;
    if (replaced == noRecord) {
        list.push_back(record);
        appendToChain(section, static_cast<quint32>(list.size() - 1));
        return;
    }
    // Takes the place of the old one, in the document and in its account's chain: both name the same account.
    CacheRecord &old = list[replaced];
    dead.push_back({old.buffer, old.text, old.size});
    record.next = old.next;
    old = record;
}

quint32 CacheData::indexOfKey(int section, QByteArrayView rawKey) const
{
    const auto &list = records[static_cast<std::size_t>(section)];
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!list[i].isRemoved && list[i].rawKey() == rawKey)
            return static_cast<quint32>(i);
    }
    return noRecord;
}

bool CacheData::hasMember(int section) const
{
    return std::any_of(members.begin(), members.end(),
                       [section](const CacheMember &member) { return member.section == section; });
}

} // namespace Countersign

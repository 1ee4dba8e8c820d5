// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/cache/cachedata.h>

#include <countersign/crypto/constanttime.h>

#include <algorithm>
#include <cstring>

namespace Countersign {

namespace {

constexpr std::array<const char *, cacheSectionCount> sectionNames = {"AccessToken",
                                                                      "RefreshToken",
                                                                      "IdToken",
                                                                      "Account",
                                                                      "AppMetadata",
                                                                      "CountersignScopes",
                                                                      "CountersignAccounts",
                                                                      "CountersignClientSecrets",
                                                                      "CountersignProofKeys"};

// Spec: the unified schema; the last four rows are this library's own.
constexpr std::array<std::array<const char *, cacheSlotCount>, cacheSectionCount> slotNames = {{
    {"home_account_id", "environment", "client_id", "realm", "secret", "target", "token_type", "key_id",
     "ext_cache_key"},
    {"home_account_id", "environment", "client_id", "", "secret", "target", "cs_key_id", "family_id", ""},
    {"home_account_id", "environment", "client_id", "realm", "secret", "", "", "", ""},
    {"home_account_id", "environment", "", "realm", "username", "local_account_id", "authority_type", "account_source",
     "name"},
    {"", "environment", "client_id", "", "", "", "", "family_id", ""},
    {"home_account_id", "environment", "client_id", "realm", "granted", "requested", "", "", ""},
    {"home_account_id", "environment", "", "", "history", "", "", "attention_error", "attention_sub_error"},
    {"", "environment", "client_id", "", "secret", "", "", "", ""},
    {"home_account_id", "environment", "client_id", "", "secret", "", "scheme", "key_id", ""},
}};

constexpr std::array<std::array<const char *, cacheTimeCount>, cacheSectionCount> timeNames = {{
    {"cached_at", "expires_on", "extended_expires_on", "refresh_on"},
    {"last_modification_time", "expires_on", "", ""},
    {"", "", "", ""},
    {"", "", "", ""},
    {"", "", "", ""},
    {"", "", "", ""},
    {"attention_since", "", "", ""},
    {"", "", "", ""},
    {"", "", "", ""},
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

void Utf8Text::append(QStringView text)
{
    const char16_t *const from = text.utf16();
    const qsizetype size = text.size();
    const qsizetype start = m_text.size();
    m_text.resize(start + size);
    char *const to = m_text.data() + start;
    // Four at a time: these texts are too short for what a compiler makes of a loop over single ones.
    constexpr qsizetype step = 4;
    quint64 all = 0;
    qsizetype i = 0;
    for (; i + step <= size; i += step) {
        quint64 units = 0;
        std::memcpy(&units, from + i, sizeof units);
        all |= units;
        for (qsizetype k = 0; k < step; ++k)
            to[i + k] = static_cast<char>(from[i + k]);
    }
    for (; i < size; ++i) {
        all |= from[i];
        to[i] = static_cast<char>(from[i]);
    }
    if ((all & 0xff80'ff80'ff80'ff80U) == 0)
        return;
    m_text.resize(start);
    append(QByteArrayView(text.toUtf8()));
}

BucketKey::BucketKey(const HomeAccountId &home, const Environment &environment)
{
    m_text.append(home.value);
    m_text.append('\0');
    appendHost(environment.value);
}

BucketKey::BucketKey(const Environment &environment, QStringView client, QStringView realm)
{
    m_text.append('\0');
    appendHost(environment.value);
    m_text.append('\0');
    m_text.append(client);
    m_text.append('\0');
    m_text.append(realm);
}

BucketKey::BucketKey(int section, const CacheRecord &record)
{
    appendRaw(record.raw(HomeSlot));
    m_text.append('\0');
    appendRawHost(record.raw(EnvironmentSlot));
    // Tokens of an application itself are kept apart by client and realm as well.
    const bool isOfClient = section == AppMetadataSection || section == ClientSecretSection;
    if (!isOfClient && record.has(HomeSlot))
        return;
    m_text.append('\0');
    appendRaw(record.raw(ClientSlot));
    m_text.append('\0');
    if (!isOfClient)
        appendRaw(record.raw(RealmSlot));
}

void BucketKey::appendRaw(QByteArrayView raw)
{
    if (!raw.contains('\\'))
        m_text.append(raw);
    else
        m_text.append(QByteArrayView(unescaped(raw)));
}

// A host name: its case means nothing (and the issuer form of Authority::environment() has none).
void BucketKey::appendHost(QStringView host)
{
    const bool isPlain =
        std::all_of(host.begin(), host.end(), [](QChar c) { return c < u'\x80' && (c < u'A' || c > u'Z'); });
    if (isPlain)
        m_text.append(host);
    else
        m_text.append(host.toString().toLower());
}

void BucketKey::appendRawHost(QByteArrayView raw)
{
    const bool isPlain =
        std::all_of(raw.begin(), raw.end(), [](char c) { return c > 0 && c != '\\' && (c < 'A' || c > 'Z'); });
    if (isPlain)
        m_text.append(raw);
    else
        appendHost(QString::fromUtf8(unescaped(raw)));
}

const CacheBucket *CacheData::bucket(std::string_view key) const
{
    const auto found = buckets.find(key);
    return found == buckets.end() ? nullptr : &found->second;
}

void CacheData::appendToChain(int section, quint32 index)
{
    const auto s = static_cast<std::size_t>(section);
    CacheRecord &record = at(section, index);
    record.next = noRecord;
    const BucketKey key(section, record);
    auto found = buckets.find(std::string_view(key));
    if (found == buckets.end())
        found = buckets.emplace(std::string(std::string_view(key)), CacheBucket()).first;
    CacheBucket &owner = found->second;
    if (owner.head[s] == noRecord)
        owner.head[s] = index;
    else
        at(section, owner.tail[s]).next = index;
    owner.tail[s] = index;
}

void CacheData::rebuildChain(std::string_view bucketKey, int section)
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
    const BucketKey key(section, record);
    record.isRemoved = true;
    record.isContinuing = false;
    dead.push_back({record.buffer, record.text, record.size});
    auto &list = records[static_cast<std::size_t>(section)];
    if (index + 1 < list.size())
        list[index + 1].isContinuing = false;
    rebuildChain(key, section);
    noteChange(section);
}

void CacheData::noteChange(int section)
{
    isChanged = true;
    if (section != AccountSection)
        return;
    memo.accountList.reset();
    memo.accounts.clear();
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
    record.buffer = addBuffer(std::move(buffer));
    noteChange(section);
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
    if (replaced + 1 < list.size())
        list[replaced + 1].isContinuing = false;
}

quint32 CacheData::findLike(const CacheBucket &owner, int section, const CacheRecord &like,
                            std::initializer_list<int> slots) const
{
    for (quint32 i = owner.head[static_cast<std::size_t>(section)]; i != noRecord; i = at(section, i).next) {
        const CacheRecord &record = at(section, i);
        if (std::all_of(slots.begin(), slots.end(),
                        [&record, &like](int slot) { return isSameText(record.raw(slot), like.raw(slot)); }))
            return i;
    }
    return noRecord;
}

quint32 CacheData::findSame(int section, std::string_view bucketKey,
                            std::initializer_list<std::pair<int, QByteArray>> fields) const
{
    const CacheBucket *const owner = bucket(bucketKey);
    if (!owner)
        return noRecord;
    for (quint32 i = owner->head[static_cast<std::size_t>(section)]; i != noRecord; i = at(section, i).next) {
        const CacheRecord &record = at(section, i);
        if (std::all_of(fields.begin(), fields.end(),
                        [&record](const auto &field) { return isText(record.raw(field.first), field.second); }))
            return i;
    }
    return noRecord;
}

ScopeSet CacheData::scopesOf(QByteArrayView rawTarget) const
{
    const std::string_view text(rawTarget.data(), static_cast<std::size_t>(rawTarget.size()));
    const auto known = memo.scopes.find(text);
    if (known != memo.scopes.end())
        return known->second;
    if (memo.scopes.size() >= CacheMemo::maximumScopes)
        memo.scopes.clear();
    return memo.scopes.emplace(std::string(text), ScopeSet::parse(QString::fromUtf8(unescaped(rawTarget))))
        .first->second;
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

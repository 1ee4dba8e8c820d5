// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer: the index over the document's text.
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>
#include <countersign/model/account.h>
#include <countersign/model/scopeset.h>

#include <QtCore/QByteArray>
#include <QtCore/QVarLengthArray>

#include <array>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace Countersign {

//! The sections this library understands. The last four are its own and lie beside the shared ones.
enum CacheSection : int {
    AccessTokenSection,
    RefreshTokenSection,
    IdTokenSection,
    AccountSection,
    AppMetadataSection,
    ScopeMemorySection,
    AccountStateSection,
    ClientSecretSection,
    ProofKeySection,
    cacheSectionCount
};

//! Where a record keeps a text field. What a slot means depends on the section; see slotNames() in cachedata.cpp.
enum CacheSlot : int {
    HomeSlot,
    EnvironmentSlot,
    ClientSlot,
    RealmSlot,
    SecretSlot,
    TargetSlot,
    TypeSlot,
    KeySlot,
    NameSlot,
    cacheSlotCount
};

enum CacheTime : int { CachedAtTime, ExpiresTime, ExtendedExpiresTime, RefreshTime, cacheTimeCount };

inline constexpr qint64 noTime = std::numeric_limits<qint64>::min();
inline constexpr quint32 noRecord = std::numeric_limits<quint32>::max();
inline constexpr qsizetype cachePadding = 64; // SIMDJSON_PADDING; checked in cachereader.cpp

//! Raw JSON text within a record: between the quotes, escapes unresolved.
struct CacheSpan
{
    quint32 offset = 0;
    quint32 size = 0;
};

//! One entry: `"key": { … }` within a buffer, and where its fields lie. No owner of text, so that ten thousand
//! accounts cost one buffer.
struct CacheRecord
{
    const char *text = nullptr; // the key's opening quote
    quint32 size = 0; // up to and with the closing brace
    quint32 keySize = 0; // without quotes
    quint32 next = noRecord; // of the same account and section
    quint32 buffer = 0;
    bool isRemoved = false;
    bool isOpaque = false; // not an object, or without the fields that say whose it is: kept, never found
    bool isContinuing = false; // stands behind the record before it exactly as serialize() would write it
    std::array<CacheSpan, cacheSlotCount> spans;
    std::array<qint64, cacheTimeCount> times{noTime, noTime, noTime, noTime};

    QByteArrayView raw(int slot) const
    {
        const CacheSpan span = spans[static_cast<std::size_t>(slot)];
        return {text + span.offset, static_cast<qsizetype>(span.size)};
    }
    QByteArrayView rawKey() const { return {text + 1, static_cast<qsizetype>(keySize)}; }
    QByteArrayView slice() const { return {text, static_cast<qsizetype>(size)}; }
    qint64 time(int which) const { return times[static_cast<std::size_t>(which)]; }
    bool has(int slot) const { return spans[static_cast<std::size_t>(slot)].size > 0; }
};

//! The records of one account in one environment: a chain a section, in the document's order.
struct CacheBucket
{
    std::array<quint32, cacheSectionCount> head;
    std::array<quint32, cacheSectionCount> tail;
    CacheBucket()
    {
        head.fill(noRecord);
        tail.fill(noRecord);
    }
};

//! A top-level member of the document: one of ours, or text that is kept as it is.
struct CacheMember
{
    QByteArray rawName;
    int section = -1;
    QByteArray rawValue; // only of foreign ones
};

//! UTF-8 on the stack: what a lookup compares with is short, and made anew each time.
class Utf8Text
{
public:
    Utf8Text() = default;
    explicit Utf8Text(QStringView text) { append(text); }
    void append(QStringView text);
    void append(QByteArrayView utf8) { m_text.append(utf8.data(), utf8.size()); }
    void append(char c) { m_text.append(c); }

    operator QByteArrayView() const { return {m_text.data(), m_text.size()}; } // NOLINT(google-explicit-constructor)
    std::string_view view() const { return {m_text.data(), static_cast<std::size_t>(m_text.size())}; }

private:
    QVarLengthArray<char, 256> m_text;
};

//! What a bucket is called: whose records it holds.
class BucketKey
{
public:
    BucketKey(const HomeAccountId &home, const Environment &environment);
    explicit BucketKey(const AccountId &account) : BucketKey(account.homeAccountId, account.environment) { }
    //! Of the tokens an application got for itself; without \p realm of what is known of the client.
    BucketKey(const Environment &environment, QStringView client, QStringView realm);
    //! Of the bucket that holds \p record.
    BucketKey(int section, const CacheRecord &record);

    operator std::string_view() const { return m_text.view(); } // NOLINT(google-explicit-constructor)

private:
    void appendRaw(QByteArrayView raw);
    void appendHost(QStringView host);
    void appendRawHost(QByteArrayView raw);
    Utf8Text m_text;
};

//! Lets a map of std::string be asked with a view.
struct TextHash
{
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
};
template <typename Value> using TextMap = std::unordered_map<std::string, Value, TextHash, std::equal_to<>>;

//! What was worked out of the text and may be asked for again. A change drops what it concerns.
struct CacheMemo
{
    std::optional<QList<Account>> accountList;
    QList<std::shared_ptr<const Account>> accounts; // by the account's first record
    TextMap<ScopeSet> scopes; // by the raw target

    static constexpr std::size_t maximumScopes = 512;
};

struct CacheData
{
    std::vector<CacheMember> members; // in the document's order
    std::array<std::vector<CacheRecord>, cacheSectionCount> records;
    std::vector<std::shared_ptr<Secret>> buffers;
    TextMap<CacheBucket> buckets;
    struct DeadText
    {
        quint32 buffer;
        const char *text;
        quint32 size;
    };
    std::vector<DeadText> dead;
    bool isChanged = false;
    bool hasForgotten = false; //!< what is gone may not be found in older copies either
    mutable CacheMemo memo;

    const CacheBucket *bucket(std::string_view key) const;
    const CacheRecord &at(int section, quint32 index) const
    {
        return records[static_cast<std::size_t>(section)][index];
    }
    CacheRecord &at(int section, quint32 index) { return records[static_cast<std::size_t>(section)][index]; }
    void appendToChain(int section, quint32 index);
    void rebuildChain(std::string_view bucketKey, int section);
    void remove(int section, quint32 index);
    //! Stores `"key": { … }` in the place of \p replaced, or at the section's end.
    void put(int section, const QByteArray &entry, quint32 replaced);
    //! The live record of \p section with this raw key, or noRecord. Looks at all of the section.
    quint32 indexOfKey(int section, QByteArrayView rawKey) const;
    bool hasMember(int section) const;
    quint32 addBuffer(std::shared_ptr<Secret> buffer);
    //! Of the account whose first record this is.
    const Account &accountAt(quint32 first) const;
    //! The record of the account's chain that means the same in every one of \p slots, or noRecord.
    quint32 findLike(const CacheBucket &owner, int section, const CacheRecord &like,
                     std::initializer_list<int> slots) const;
    //! The record of the account's chain whose \p fields are all equal, whatever its key is, or noRecord.
    quint32 findSame(int section, std::string_view bucketKey,
                     std::initializer_list<std::pair<int, QByteArray>> fields) const;
    //! The scopes that a record's target lists.
    ScopeSet scopesOf(QByteArrayView rawTarget) const;

private:
    void noteChange(int section);
};

//! The section's name in the document.
QByteArrayView sectionName(int section);
//! The section with this name, or -1.
int sectionNamed(QByteArrayView name);
//! The JSON name of a slot or time in a section; empty where it has none.
QByteArrayView slotName(int section, int slot);
QByteArrayView timeName(int section, int time);

//! Text with JSON's escapes resolved.
QByteArray unescaped(QByteArrayView raw);
//! Whether the bytes are the same. In place, where a lookup compares a dozen short texts.
inline bool isSameBytes(QByteArrayView a, QByteArrayView b)
{
    return a.size() == b.size()
        && (a.isEmpty() || std::memcmp(a.data(), b.data(), static_cast<std::size_t>(a.size())) == 0);
}
inline bool hasEscapes(QByteArrayView raw)
{
    return !raw.isEmpty() && std::memchr(raw.data(), '\\', static_cast<std::size_t>(raw.size())) != nullptr;
}
//! Whether \p raw, its escapes resolved, is \p utf8.
inline bool isText(QByteArrayView raw, QByteArrayView utf8)
{
    if (raw.size() == utf8.size())
        return isSameBytes(raw, utf8) && (!hasEscapes(utf8) || unescaped(raw) == utf8);
    // An escaped text is longer than what it means.
    return raw.size() > utf8.size() && hasEscapes(raw) && unescaped(raw) == utf8;
}
//! Whether two raw texts mean the same.
inline bool isSameText(QByteArrayView a, QByteArrayView b)
{
    return isSameBytes(a, b) || ((hasEscapes(a) || hasEscapes(b)) && unescaped(a) == unescaped(b));
}
//! As a JSON string, quotes included, in ASCII as Python's json.dumps writes it.
void appendQuoted(QByteArray &out, QByteArrayView utf8);

//! Reads a whole document. \p text ends with cachePadding blanks.
Result<std::shared_ptr<CacheData>> readCache(std::shared_ptr<Secret> text);
//! Reads one `"key": { … }` of \p size bytes followed by cachePadding bytes.
bool readEntry(int section, const char *text, qsizetype size, CacheRecord &record);
//! How many bytes writeCache() writes.
qsizetype cacheTextSize(const CacheData &data);
//! The document: what this library stored is laid out as MSAL Python does, what it did not touch is as it was.
void writeCache(const CacheData &data, char *to);

//! Writes one entry member by member.
class EntryText
{
public:
    explicit EntryText(QByteArrayView key);
    ~EntryText();
    Q_DISABLE_COPY_MOVE(EntryText)
    void add(QByteArrayView name, QByteArrayView utf8);
    void addNull(QByteArrayView name);
    void addRaw(QByteArrayView rawName, QByteArrayView rawValue);
    void addIfAny(QByteArrayView name, QByteArrayView utf8)
    {
        if (!utf8.isEmpty())
            add(name, utf8);
    }
    const QByteArray &finish();

private:
    void name(QByteArrayView quotedName);
    QByteArray m_text;
    bool m_isFirst = true;
};

//! An access token's granted authorization details, with quotes: the shared schema has no place for them, and other
//! libraries keep a member they do not know.
inline constexpr QByteArrayView detailsMember = "\"cs_authorization_details\"";

//! Members of an entry that this library does not know, as raw name (with quotes) and raw value.
std::vector<std::pair<QByteArray, QByteArray>> foreignMembers(int section, const CacheRecord &record);

} // namespace Countersign

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/cache/cachedata.h>

#include <simdjson.h>

#include <cstring>

using namespace Qt::StringLiterals;

namespace Countersign {

static_assert(cachePadding >= static_cast<qsizetype>(simdjson::SIMDJSON_PADDING));

namespace {

namespace ondemand = simdjson::ondemand;

bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

QByteArrayView trimmedEnd(std::string_view token)
{
    while (!token.empty() && isBlank(token.back()))
        token.remove_suffix(1);
    return {token.data(), static_cast<qsizetype>(token.size())};
}

// The bytes of a name, whose closing quote is the first that no backslash escapes.
QByteArrayView rawName(ondemand::raw_json_string name)
{
    const char *const start = name.raw();
    const char *at = start;
    while (true) {
        at = static_cast<const char *>(std::memchr(at, '"', std::numeric_limits<quint32>::max()));
        const char *backslash = at;
        while (backslash > start && backslash[-1] == '\\')
            --backslash;
        if ((at - backslash) % 2 == 0)
            return {start, at - start};
        ++at;
    }
}

// The JSON text of a value of any type.
simdjson::error_code rawText(ondemand::value value, QByteArrayView &raw)
{
    ondemand::json_type type = ondemand::json_type::null;
    std::string_view text;
    auto error = value.type().get(type);
    if (!error && type == ondemand::json_type::object) {
        ondemand::object object;
        error = value.get_object().get(object);
        if (!error)
            error = object.raw_json().get(text);
    } else if (!error && type == ondemand::json_type::array) {
        ondemand::array array;
        error = value.get_array().get(array);
        if (!error)
            error = array.raw_json().get(text);
    } else if (!error) {
        text = value.raw_json_token();
    }
    raw = trimmedEnd(text);
    return error;
}

// Seconds since the epoch, written as a string (MSAL) or as a number (others); fractions are dropped.
qint64 readTime(QByteArrayView token)
{
    if (token.size() >= 2 && token.front() == '"')
        token = token.sliced(1, token.size() - 2);
    const qsizetype dot = token.indexOf('.');
    bool isNumber = false;
    const qint64 value = (dot > 0 ? token.first(dot) : token).toLongLong(&isNumber);
    // Four-digit years: what QDateTime and everybody else can show.
    constexpr qint64 latest = 253402300799;
    return isNumber && value >= 0 && value <= latest ? value : noTime;
}

// Whoever writes a cache writes the members of a section's entries in one order. The guess is right nearly always.
class MemberNames
{
public:
    explicit MemberNames(int section) : m_section(section) { }

    //! A slot, cacheSlotCount and a time above it, or -1.
    int find(QByteArrayView name)
    {
        for (std::size_t step = 0; step < m_order.size(); ++step) {
            const std::size_t place = (m_next + step) % m_order.size();
            if (m_order[place].name != name)
                continue;
            m_next = place + 1;
            return m_order[place].field;
        }
        const int field = look(name);
        if (m_order.size() < maximumNames)
            m_order.push_back({name.toByteArray(), field});
        m_next = 0;
        return field;
    }

private:
    int look(QByteArrayView name) const
    {
        for (int slot = 0; slot < cacheSlotCount; ++slot) {
            if (!name.isEmpty() && name == slotName(m_section, slot))
                return slot;
        }
        for (int time = 0; time < cacheTimeCount; ++time) {
            if (!name.isEmpty() && name == timeName(m_section, time))
                return cacheSlotCount + time;
        }
        return -1;
    }

    struct Known
    {
        QByteArray name;
        int field;
    };
    static constexpr std::size_t maximumNames = 32;
    const int m_section;
    std::vector<Known> m_order;
    std::size_t m_next = 0;
};

void readMember(CacheRecord &record, int field, QByteArrayView token)
{
    if (field < 0)
        return;
    if (field >= cacheSlotCount) {
        record.times[static_cast<std::size_t>(field - cacheSlotCount)] = readTime(token);
        return;
    }
    CacheSpan &span = record.spans[static_cast<std::size_t>(field)];
    span = {};
    if (token.size() >= 2 && token.front() == '"')
        span = {static_cast<quint32>(token.data() + 1 - record.text), static_cast<quint32>(token.size() - 2)};
}

simdjson::error_code readMembers(ondemand::object object, int section, MemberNames &names, CacheRecord &record)
{
    for (auto field : object) {
        ondemand::raw_json_string name;
        if (const auto error = field.key().get(name))
            return error;
        std::string_view token;
        if (const auto error = field.value().raw_json_token().get(token))
            return error;
        readMember(record, names.find(rawName(name)), trimmedEnd(token));
    }
    // Whose it is has to be known, or it can only be kept.
    record.isOpaque = !record.has(EnvironmentSlot)
        || (section != AccountSection && section != AccountStateSection && !record.has(ClientSlot));
    return simdjson::SUCCESS;
}

// What serialize() writes between two entries.
bool isContinuing(const CacheRecord &record, const CacheRecord &before)
{
    constexpr QByteArrayView between = ",\n        ";
    const char *const end = before.text + before.size;
    return record.text - end == between.size() && QByteArrayView(end, between.size()) == between;
}

Error damaged(const char *what)
{
    return {ErrorCode::StorageDamaged, u"the token cache is not readable: "_s + QString::fromLatin1(what)};
}

class Reader
{
public:
    explicit Reader(CacheData &data) : m_data(data) { }

    simdjson::error_code read(ondemand::document &document)
    {
        m_document = &document;
        ondemand::object root;
        if (const auto error = document.get_object().get(root))
            return error;
        for (auto field : root) {
            ondemand::raw_json_string name;
            if (const auto error = field.key().get(name))
                return error;
            ondemand::value value;
            if (const auto error = field.value().get(value))
                return error;
            if (const auto error = readTop(rawName(name), value))
                return error;
        }
        const char *rest = nullptr;
        return document.current_location().get(rest) ? simdjson::SUCCESS : simdjson::INCORRECT_TYPE;
    }

private:
    simdjson::error_code readTop(QByteArrayView name, ondemand::value value)
    {
        const int section = sectionNamed(name);
        if (section >= 0 && m_data.hasMember(section))
            return simdjson::INCORRECT_TYPE; // twice the same section: nobody can say which one counts
        m_data.members.push_back({name.toByteArray(), section, {}});
        if (section >= 0) {
            ondemand::object entries;
            if (const auto error = value.get_object().get(entries))
                return error;
            return readSection(section, entries);
        }
        QByteArrayView raw;
        const auto error = rawText(value, raw);
        m_data.members.back().rawValue = raw.toByteArray();
        return error;
    }

    simdjson::error_code readSection(int section, ondemand::object entries)
    {
        auto &list = m_data.records[static_cast<std::size_t>(section)];
        MemberNames names(section);
        for (auto field : entries) {
            ondemand::raw_json_string name;
            if (const auto error = field.key().get(name))
                return error;
            ondemand::value value;
            if (const auto error = field.value().get(value))
                return error;
            CacheRecord record;
            if (const auto error = readOne(section, names, rawName(name), value, record))
                return error;
            record.isContinuing = !list.empty() && isContinuing(record, list.back());
            list.push_back(record);
            if (!record.isOpaque)
                m_data.appendToChain(section, static_cast<quint32>(list.size() - 1));
        }
        return simdjson::SUCCESS;
    }

    simdjson::error_code readOne(int section, MemberNames &names, QByteArrayView key, ondemand::value value,
                                 CacheRecord &record)
    {
        record.text = key.data() - 1;
        record.keySize = static_cast<quint32>(key.size());
        ondemand::json_type type = ondemand::json_type::null;
        if (const auto error = value.type().get(type))
            return error;
        const char *end = nullptr;
        if (type == ondemand::json_type::object) {
            ondemand::object object;
            if (const auto error = value.get_object().get(object))
                return error;
            if (const auto error = readMembers(object, section, names, record))
                return error;
            // The parser stands on what follows the entry: its closing brace is the last byte before that.
            if (const auto error = m_document->current_location().get(end))
                return error;
            while (isBlank(end[-1]))
                --end;
        } else {
            record.isOpaque = true;
            QByteArrayView token;
            if (const auto error = rawText(value, token))
                return error;
            end = token.data() + token.size();
        }
        record.size = static_cast<quint32>(end - record.text);
        return simdjson::SUCCESS;
    }

    CacheData &m_data;
    ondemand::document *m_document = nullptr;
};

} // namespace

Result<std::shared_ptr<CacheData>> readCache(std::shared_ptr<Secret> text)
{
    auto data = std::make_shared<CacheData>();
    QByteArrayView json = text->reveal().chopped(cachePadding);
    while (!json.isEmpty() && isBlank(json.back()))
        json.chop(1);
    if (json.isEmpty())
        return data;
    ondemand::parser parser;
    ondemand::document document;
    const auto size = static_cast<std::size_t>(json.size());
    const auto capacity = size + static_cast<std::size_t>(cachePadding);
    if (const auto error = parser.iterate(json.data(), size, capacity).get(document))
        return damaged(simdjson::error_message(error));
    data->buffers.push_back(std::move(text));
    if (const auto error = Reader(*data).read(document))
        return damaged(simdjson::error_message(error));
    return data;
}

bool readEntry(int section, const char *text, qsizetype size, CacheRecord &record)
{
    record.text = text;
    record.size = static_cast<quint32>(size);
    record.keySize = static_cast<quint32>(
        rawName(ondemand::raw_json_string(reinterpret_cast<const std::uint8_t *>(text + 1))).size());
    const char *brace = static_cast<const char *>(
        std::memchr(text + record.keySize + 2, '{', static_cast<std::size_t>(size) - record.keySize - 2));
    if (!brace)
        return false;
    ondemand::parser parser;
    ondemand::document document;
    const auto length = static_cast<std::size_t>(text + size - brace);
    if (parser.iterate(brace, length, length + static_cast<std::size_t>(cachePadding)).get(document))
        return false;
    ondemand::object object;
    MemberNames names(section);
    return !document.get_object().get(object) && readMembers(object, section, names, record) == simdjson::SUCCESS;
}

std::vector<std::pair<QByteArray, QByteArray>> foreignMembers(int section, const CacheRecord &record)
{
    std::vector<std::pair<QByteArray, QByteArray>> found;
    const QByteArrayView slice = record.slice();
    const qsizetype brace = slice.indexOf('{', static_cast<qsizetype>(record.keySize) + 2);
    if (record.isOpaque || brace < 0)
        return found;
    const simdjson::padded_string text(slice.data() + brace, static_cast<std::size_t>(slice.size() - brace));
    ondemand::parser parser;
    ondemand::document document;
    ondemand::object object;
    if (parser.iterate(text).get(document) || document.get_object().get(object))
        return found;
    for (auto field : object) {
        ondemand::raw_json_string name;
        ondemand::value value;
        if (field.key().get(name) || field.value().get(value))
            return found;
        const QByteArray known = rawName(name).toByteArray();
        bool isKnown = known == "credential_type";
        for (int slot = 0; slot < cacheSlotCount && !isKnown; ++slot)
            isKnown = known == slotName(section, slot);
        for (int time = 0; time < cacheTimeCount && !isKnown; ++time)
            isKnown = known == timeName(section, time);
        if (isKnown)
            continue;
        QByteArrayView raw;
        if (rawText(value, raw))
            return found;
        found.emplace_back('"' + known + '"', raw.toByteArray());
    }
    return found;
}

} // namespace Countersign

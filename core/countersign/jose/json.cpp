// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/json.h>

#include <countersign/jose/jsontape.h>

#include <QtCore/QTimeZone>

#include <charconv>
#include <cmath>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

template <typename Bytes> Result<JsonValue> parseDocument(Bytes bytes, const JsonLimits &limits)
{
    auto tape = std::make_shared<JsonTape>(std::move(bytes));
    if (readStrictly(*tape, limits))
        return JsonTape::rootOf(std::move(tape));
    // The strict reader is fast because it does not know what is wrong; the lenient one does.
    const auto warnings = readLeniently(*tape, limits);
    if (warnings.isEmpty())
        return Error{ErrorCode::InvalidResponse, u"not JSON"_s};
    const auto &first = warnings.first();
    auto message = u"not JSON: %1 at offset %2"_s.arg(identifier(first.kind)).arg(first.offset);
    if (first.kind == JsonWarning::Kind::DuplicateName)
        message += u" (\"%1\")"_s.arg(first.detail.left(32));
    return Error{ErrorCode::InvalidResponse, message};
}

Result<JsonObject> asObject(Result<JsonValue> document)
{
    if (!document)
        return std::move(document).error();
    if (auto object = document->object())
        return std::move(*object);
    return Error{ErrorCode::InvalidResponse,
                 u"the JSON document is no object but a %1"_s.arg(identifier(document->type()))};
}

Error wrongType(QByteArrayView name, const QString &expected, const JsonValue &actual)
{
    return Error{
        ErrorCode::InvalidResponse,
        u"member \"%1\" should be %2 but is %3"_s.arg(QString::fromUtf8(name), expected, identifier(actual.type()))};
}

template <typename T>
Result<T> required(std::optional<T> value, QByteArrayView name, const QString &expected, const JsonValue &actual)
{
    if (value)
        return std::move(*value);
    return wrongType(name, expected, actual);
}

template <typename T> Result<std::optional<T>> ifPresent(std::optional<T> value, QByteArrayView name,
                                                         const QString &expected, const JsonValue &actual)
{
    if (value || actual.isUndefined() || actual.isNull())
        return value;
    return wrongType(name, expected, actual);
}

QString rangeName(qint64 minimum, qint64 maximum)
{
    if (minimum == std::numeric_limits<qint64>::min() && maximum == std::numeric_limits<qint64>::max())
        return u"an integer"_s;
    return u"an integer from %1 to %2"_s.arg(minimum).arg(maximum);
}

std::optional<qint64> integerFrom(QByteArrayView digits)
{
    // Points in time and lifetimes are short and bare; from_chars looks at more than that.
    constexpr qsizetype surelyFits = 18;
    if (!digits.isEmpty() && digits.size() <= surelyFits && digits.front() != '-') {
        qint64 sum = 0;
        unsigned worst = 0;
        for (const char c : digits) {
            const unsigned digit = static_cast<unsigned char>(c) - unsigned{'0'};
            worst = std::max(worst, digit);
            sum = sum * 10 + static_cast<qint64>(digit & 15U);
        }
        return worst <= 9 ? std::optional(sum) : std::nullopt;
    }
    qint64 value = 0;
    const auto parsed = std::from_chars(digits.begin(), digits.end(), value);
    if (digits.isEmpty() || parsed.ec != std::errc() || parsed.ptr != digits.end())
        return {};
    return value;
}

} // namespace

QString identifier(JsonType type)
{
    switch (type) {
    case JsonType::Undefined: return u"missing"_s;
    case JsonType::Null: return u"null"_s;
    case JsonType::Boolean: return u"boolean"_s;
    case JsonType::Number: return u"number"_s;
    case JsonType::String: return u"string"_s;
    case JsonType::Array: return u"array"_s;
    case JsonType::Object: return u"object"_s;
    case JsonType::Broken: return u"broken"_s;
    }
    Q_UNREACHABLE(); // all enumerators are above
    return {};
}

QString identifier(JsonWarning::Kind kind)
{
    using Kind = JsonWarning::Kind;
    switch (kind) {
    case Kind::Empty: return u"empty"_s;
    case Kind::ByteOrderMark: return u"byte_order_mark"_s;
    case Kind::Utf16: return u"utf16"_s;
    case Kind::InvalidUtf8: return u"invalid_utf8"_s;
    case Kind::ControlCharacter: return u"control_character"_s;
    case Kind::BrokenEscape: return u"broken_escape"_s;
    case Kind::LoneSurrogate: return u"lone_surrogate"_s;
    case Kind::DuplicateName: return u"duplicate_name"_s;
    case Kind::MissingComma: return u"missing_comma"_s;
    case Kind::TrailingComma: return u"trailing_comma"_s;
    case Kind::MissingColon: return u"missing_colon"_s;
    case Kind::Comment: return u"comment"_s;
    case Kind::SingleQuotes: return u"single_quotes"_s;
    case Kind::UnquotedName: return u"unquoted_name"_s;
    case Kind::BrokenNumber: return u"broken_number"_s;
    case Kind::UnknownWord: return u"unknown_word"_s;
    case Kind::UnexpectedCharacter: return u"unexpected_character"_s;
    case Kind::Truncated: return u"truncated"_s;
    case Kind::TrailingData: return u"trailing_data"_s;
    case Kind::TooLarge: return u"too_large"_s;
    case Kind::TooDeep: return u"too_deep"_s;
    case Kind::TooManyValues: return u"too_many_values"_s;
    }
    Q_UNREACHABLE(); // all enumerators are above
    return {};
}

Result<JsonValue> JsonValue::parse(QByteArray text, const JsonLimits &limits)
{
    return parseDocument(std::move(text), limits);
}

Result<JsonValue> JsonValue::parse(Secret text, const JsonLimits &limits)
{
    return parseDocument(std::move(text), limits);
}

JsonType JsonValue::type() const
{
    return m_tape ? m_tape->type(m_node) : JsonType::Undefined;
}

std::optional<bool> JsonValue::boolean() const
{
    if (!isBoolean())
        return {};
    return raw().startsWith('t');
}

std::optional<QString> JsonValue::string() const
{
    const auto bytes = utf8();
    return bytes ? std::optional(QString::fromUtf8(*bytes)) : std::nullopt;
}

std::optional<QByteArrayView> JsonValue::utf8() const
{
    if (!isString())
        return {};
    return m_tape->utf8(m_node);
}

std::optional<Secret> JsonValue::secret() const
{
    const auto bytes = utf8();
    return bytes ? std::optional(Secret::copyOf(*bytes)) : std::nullopt;
}

std::optional<qint64> JsonValue::integer() const
{
    return isNumber() ? integerFrom(raw()) : std::nullopt;
}

std::optional<qint64> JsonValue::flooredInteger() const
{
    constexpr qint64 exact = qint64{1} << 53;
    auto value = integer();
    if (!value) {
        const auto rounded = std::floor(number().value_or(std::nan("")));
        if (!(std::abs(rounded) <= static_cast<double>(exact)))
            return {};
        value = static_cast<qint64>(rounded);
    }
    if (*value < -exact || *value > exact)
        return {};
    return value;
}

std::optional<double> JsonValue::number() const
{
    if (!isNumber())
        return {};
    bool isNumeric = false;
    const double value = raw().toDouble(&isNumeric);
    if (!isNumeric || !std::isfinite(value))
        return {};
    return value;
}

std::optional<JsonObject> JsonValue::object() const
{
    return isObject() ? std::optional(JsonObject(*this)) : std::nullopt;
}

std::optional<JsonArray> JsonValue::array() const
{
    return isArray() ? std::optional(JsonArray(*this)) : std::nullopt;
}

std::optional<QStringList> JsonValue::stringList() const
{
    const auto items = array();
    if (!items)
        return {};
    QStringList strings;
    for (const auto item : *items) {
        auto text = item.string();
        if (!text)
            return {};
        strings.append(std::move(*text));
    }
    return strings;
}

QByteArrayView JsonValue::raw() const
{
    return m_tape ? m_tape->raw(m_node) : QByteArrayView();
}

qsizetype JsonValue::offset() const
{
    return m_tape ? qsizetype{m_tape->nodes[m_node].offset} : 0;
}

JsonValue JsonArray::Iterator::operator*() const
{
    return JsonValue(m_array->m_value.m_tape, m_node);
}

JsonArray::Iterator &JsonArray::Iterator::operator++()
{
    m_node = m_array->m_value.m_tape->nodes[m_node].next;
    return *this;
}

qsizetype JsonArray::size() const
{
    return m_value.m_tape ? qsizetype{m_value.m_tape->nodes[m_value.m_node].count} : 0;
}

JsonArray::Iterator JsonArray::begin() const
{
    return {this, m_value.m_tape ? m_value.m_node + 1 : 0};
}

JsonArray::Iterator JsonArray::end() const
{
    return {this, m_value.m_tape ? m_value.m_tape->nodes[m_value.m_node].next : 0};
}

JsonValue JsonArray::at(qsizetype index) const
{
    if (index < 0 || index >= size())
        return {};
    return *std::next(begin(), index);
}

bool JsonArray::containsString(QByteArrayView utf8) const
{
    return std::any_of(begin(), end(), [utf8](const JsonValue &item) { return item.isString(utf8); });
}

JsonMember JsonObject::Iterator::operator*() const
{
    const auto &tape = m_object->m_value.m_tape;
    return {tape->utf8(m_node), JsonValue(tape, m_node + 1), tape->nodes[m_node].offset};
}

JsonObject::Iterator &JsonObject::Iterator::operator++()
{
    m_node = m_object->m_value.m_tape->nodes[m_node + 1].next;
    return *this;
}

Result<JsonObject> JsonObject::parse(QByteArray text, const JsonLimits &limits)
{
    return asObject(JsonValue::parse(std::move(text), limits));
}

Result<JsonObject> JsonObject::parse(Secret text, const JsonLimits &limits)
{
    return asObject(JsonValue::parse(std::move(text), limits));
}

qsizetype JsonObject::size() const
{
    return m_value.m_tape ? qsizetype{m_value.m_tape->nodes[m_value.m_node].count} : 0;
}

JsonObject::Iterator JsonObject::begin() const
{
    return {this, m_value.m_tape ? m_value.m_node + 1 : 0};
}

JsonObject::Iterator JsonObject::end() const
{
    return {this, m_value.m_tape ? m_value.m_tape->nodes[m_value.m_node].next : 0};
}

QStringList JsonObject::names() const
{
    QStringList names;
    for (const auto member : *this)
        names.append(member.nameString());
    return names;
}

quint32 JsonObject::find(QByteArrayView name) const
{
    return m_value.m_tape ? m_value.m_tape->findMember(m_value.m_node, name) : 0;
}

bool JsonObject::contains(QByteArrayView name) const
{
    return find(name) != 0;
}

JsonValue JsonObject::value(QByteArrayView name) const
{
    const auto node = find(name);
    return node == 0 ? JsonValue() : JsonValue(m_value.m_tape, node + 1);
}

std::optional<QByteArrayView> JsonObject::utf8(QByteArrayView name) const
{
    // Without a handle in between: it would count references for nothing.
    const auto node = find(name);
    if (node == 0 || m_value.m_tape->type(node + 1) != JsonType::String)
        return {};
    return m_value.m_tape->utf8(node + 1);
}

std::optional<QString> JsonObject::string(QByteArrayView name) const
{
    const auto bytes = utf8(name);
    return bytes ? std::optional(QString::fromUtf8(*bytes)) : std::nullopt;
}

std::optional<JsonObject> JsonObject::object(QByteArrayView name) const
{
    return value(name).object();
}

std::optional<JsonArray> JsonObject::array(QByteArrayView name) const
{
    return value(name).array();
}

std::optional<qint64> JsonObject::integer(QByteArrayView name, qint64 minimum, qint64 maximum) const
{
    const auto number = value(name).integer();
    return number && *number >= minimum && *number <= maximum ? number : std::nullopt;
}

std::optional<qint64> JsonObject::integerOrDigits(QByteArrayView name, qint64 minimum, qint64 maximum) const
{
    const auto digits = utf8(name);
    const auto number = digits ? integerFrom(*digits) : value(name).integer();
    return number && *number >= minimum && *number <= maximum ? number : std::nullopt;
}

std::optional<QDateTime> JsonObject::time(QByteArrayView name) const
{
    const auto seconds = value(name).flooredInteger();
    return seconds ? std::optional(QDateTime::fromSecsSinceEpoch(*seconds, QTimeZone::utc())) : std::nullopt;
}

Result<QString> JsonObject::requireString(QByteArrayView name) const
{
    return required(string(name), name, u"a string"_s, value(name));
}

Result<QStringList> JsonObject::requireStringList(QByteArrayView name) const
{
    return required(stringList(name), name, u"an array of strings"_s, value(name));
}

Result<qint64> JsonObject::requireInteger(QByteArrayView name, qint64 minimum, qint64 maximum) const
{
    return required(integer(name, minimum, maximum), name, rangeName(minimum, maximum), value(name));
}

Result<bool> JsonObject::requireBoolean(QByteArrayView name) const
{
    return required(boolean(name), name, u"a boolean"_s, value(name));
}

Result<JsonObject> JsonObject::requireObject(QByteArrayView name) const
{
    return required(object(name), name, u"an object"_s, value(name));
}

Result<JsonArray> JsonObject::requireArray(QByteArrayView name) const
{
    return required(array(name), name, u"an array"_s, value(name));
}

Result<Secret> JsonObject::requireSecret(QByteArrayView name) const
{
    return required(secret(name), name, u"a string"_s, value(name));
}

Result<std::optional<QString>> JsonObject::stringIfPresent(QByteArrayView name) const
{
    return ifPresent(string(name), name, u"a string"_s, value(name));
}

Result<std::optional<QStringList>> JsonObject::stringListIfPresent(QByteArrayView name) const
{
    return ifPresent(stringList(name), name, u"an array of strings"_s, value(name));
}

Result<std::optional<qint64>> JsonObject::integerIfPresent(QByteArrayView name, qint64 minimum, qint64 maximum) const
{
    return ifPresent(integer(name, minimum, maximum), name, rangeName(minimum, maximum), value(name));
}

Result<std::optional<bool>> JsonObject::booleanIfPresent(QByteArrayView name) const
{
    return ifPresent(boolean(name), name, u"a boolean"_s, value(name));
}

Result<std::optional<JsonObject>> JsonObject::objectIfPresent(QByteArrayView name) const
{
    return ifPresent(object(name), name, u"an object"_s, value(name));
}

QByteArrayView JsonObject::raw() const
{
    return m_value.isUndefined() ? QByteArrayView("{}") : m_value.raw();
}

} // namespace Countersign::Jose

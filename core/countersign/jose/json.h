// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/countersign_export.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>
#include <QtCore/QDateTime>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <iterator>
#include <limits>
#include <memory>
#include <optional>

namespace Countersign::Jose {

class JsonArray;
class JsonObject;
class JsonTape;

enum class JsonType : quint8 {
    Undefined, //!< not there
    Null,
    Boolean,
    Number,
    String,
    Array,
    Object,
    Broken, //!< only from readJsonLeniently(): text that is no JSON value; raw() has it
};

//! The type's name in JSON's words, for example "number".
COUNTERSIGN_EXPORT QString identifier(JsonType type);

//! What a document may cost. Beyond it, reading stops at once.
struct JsonLimits
{
    qsizetype maximumSize = 1024 * 1024; //!< bytes
    int maximumDepth = 16; //!< containers within containers, at most 128
    qsizetype maximumValues = 100'000;
};

//! One value of a parsed document: a light handle that keeps the document alive. Text is decoded when asked for.
//!
//! The strict reader refuses duplicate names (escaped ones too), a byte order mark, control characters in strings, lone
//! surrogates, invalid UTF-8, trailing data and whatever else is no JSON. Members keep their order, numbers their text.
//!
//! Spec: RFC 8259, RFC 7493 §2 (I-JSON).
class COUNTERSIGN_EXPORT JsonValue
{
public:
    JsonValue() = default; //!< Undefined

    //! Errors: InvalidResponse, naming the first problem and its offset.
    [[nodiscard]] static Result<JsonValue> parse(QByteArray text, const JsonLimits &limits = {});
    //! Secrets: the document's text stays in \p text's memory and is wiped with the last handle.
    [[nodiscard]] static Result<JsonValue> parse(Secret text, const JsonLimits &limits = {});

    JsonType type() const;
    bool isUndefined() const { return !m_tape; }
    bool isNull() const { return type() == JsonType::Null; }
    bool isBoolean() const { return type() == JsonType::Boolean; }
    bool isNumber() const { return type() == JsonType::Number; }
    bool isString() const { return type() == JsonType::String; }
    bool isArray() const { return type() == JsonType::Array; }
    bool isObject() const { return type() == JsonType::Object; }

    // No value when the type is another one: nothing is converted.
    std::optional<bool> boolean() const;
    std::optional<QString> string() const;
    //! The string's bytes, escapes resolved. Valid as long as any handle on the document lives.
    std::optional<QByteArrayView> utf8() const;
    std::optional<Secret> secret() const;
    //! A number without fraction and exponent that fits.
    std::optional<qint64> integer() const;
    //! A finite number, rounded down, within ±2^53. Spec: NumericDate of RFC 7519 §2.
    std::optional<qint64> flooredInteger() const;
    //! A finite number.
    std::optional<double> number() const;
    std::optional<JsonObject> object() const;
    std::optional<JsonArray> array() const;
    //! An array of nothing but strings.
    std::optional<QStringList> stringList() const;

    //! Whether this is a string of exactly these bytes.
    bool isString(QByteArrayView utf8) const { return this->utf8() == utf8; }

    //! The JSON text as it stood in the document, quotes and escapes included.
    QByteArrayView raw() const;
    //! Units: bytes from the start of the document.
    qsizetype offset() const;

    //! The same JSON text.
    friend bool operator==(const JsonValue &a, const JsonValue &b) { return a.raw() == b.raw(); }

private:
    friend class JsonArray;
    friend class JsonObject;
    friend class JsonTape;
    JsonValue(std::shared_ptr<const JsonTape> tape, quint32 node) : m_tape(std::move(tape)), m_node(node) { }

    std::shared_ptr<const JsonTape> m_tape;
    quint32 m_node = 0;
};

//! The items of an array, in order.
class COUNTERSIGN_EXPORT JsonArray
{
public:
    class COUNTERSIGN_EXPORT Iterator
    {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = JsonValue;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = JsonValue;

        JsonValue operator*() const;
        Iterator &operator++();
        friend bool operator==(const Iterator &a, const Iterator &b) { return a.m_node == b.m_node; }

    private:
        friend class JsonArray;
        Iterator(const JsonArray *array, quint32 node) : m_array(array), m_node(node) { }
        const JsonArray *m_array;
        quint32 m_node;
    };

    JsonArray() = default; //!< empty

    qsizetype size() const;
    bool isEmpty() const { return size() == 0; }
    Iterator begin() const;
    Iterator end() const;
    //! Undefined when out of range. Walks from the start: iterate where order matters.
    JsonValue at(qsizetype index) const;
    //! Whether one of the items is this string.
    bool containsString(QByteArrayView utf8) const;
    JsonValue toValue() const { return m_value; }

    friend bool operator==(const JsonArray &, const JsonArray &) = default;

private:
    friend class JsonValue;
    explicit JsonArray(JsonValue value) : m_value(std::move(value)) { }
    JsonValue m_value;
};

struct JsonMember;

//! The members of an object, in order.
class COUNTERSIGN_EXPORT JsonObject
{
public:
    class COUNTERSIGN_EXPORT Iterator
    {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = JsonMember;
        using difference_type = std::ptrdiff_t;
        using pointer = void;
        using reference = JsonMember;

        JsonMember operator*() const;
        Iterator &operator++();
        friend bool operator==(const Iterator &a, const Iterator &b) { return a.m_node == b.m_node; }

    private:
        friend class JsonObject;
        Iterator(const JsonObject *object, quint32 node) : m_object(object), m_node(node) { }
        const JsonObject *m_object;
        quint32 m_node;
    };

    JsonObject() = default; //!< empty

    //! As JsonValue::parse(), and the document is an object.
    [[nodiscard]] static Result<JsonObject> parse(QByteArray text, const JsonLimits &limits = {});
    [[nodiscard]] static Result<JsonObject> parse(Secret text, const JsonLimits &limits = {});

    qsizetype size() const;
    bool isEmpty() const { return size() == 0; }
    Iterator begin() const;
    Iterator end() const;
    QStringList names() const;

    bool contains(QByteArrayView name) const;
    //! Undefined when there is no such member.
    JsonValue value(QByteArrayView name) const;

    // No value when the member is missing or of another type.
    std::optional<bool> boolean(QByteArrayView name) const { return value(name).boolean(); }
    std::optional<QString> string(QByteArrayView name) const;
    std::optional<QByteArrayView> utf8(QByteArrayView name) const;
    std::optional<Secret> secret(QByteArrayView name) const { return value(name).secret(); }
    std::optional<JsonObject> object(QByteArrayView name) const;
    std::optional<JsonArray> array(QByteArrayView name) const;
    std::optional<QStringList> stringList(QByteArrayView name) const { return value(name).stringList(); }
    //! An integer from \p minimum to \p maximum.
    std::optional<qint64> integer(QByteArrayView name, qint64 minimum = std::numeric_limits<qint64>::min(),
                                  qint64 maximum = std::numeric_limits<qint64>::max()) const;
    //! The same, also from a string of digits: some providers send "expires_in":"3600".
    std::optional<qint64> integerOrDigits(QByteArrayView name, qint64 minimum = std::numeric_limits<qint64>::min(),
                                          qint64 maximum = std::numeric_limits<qint64>::max()) const;
    //! A NumericDate. Units: UTC.
    std::optional<QDateTime> time(QByteArrayView name) const;

    // The member must be there and of that type.
    // Errors: InvalidResponse, naming the member and what it is instead.
    [[nodiscard]] Result<QString> requireString(QByteArrayView name) const;
    [[nodiscard]] Result<QStringList> requireStringList(QByteArrayView name) const;
    [[nodiscard]] Result<qint64> requireInteger(QByteArrayView name,
                                                qint64 minimum = std::numeric_limits<qint64>::min(),
                                                qint64 maximum = std::numeric_limits<qint64>::max()) const;
    [[nodiscard]] Result<bool> requireBoolean(QByteArrayView name) const;
    [[nodiscard]] Result<JsonObject> requireObject(QByteArrayView name) const;
    [[nodiscard]] Result<JsonArray> requireArray(QByteArrayView name) const;
    [[nodiscard]] Result<Secret> requireSecret(QByteArrayView name) const;

    // The member may be missing, but if it is there it is of that type. An explicit null counts as missing.
    // Errors: InvalidResponse, naming the member and what it is instead.
    [[nodiscard]] Result<std::optional<QString>> stringIfPresent(QByteArrayView name) const;
    [[nodiscard]] Result<std::optional<QStringList>> stringListIfPresent(QByteArrayView name) const;
    [[nodiscard]] Result<std::optional<qint64>>
    integerIfPresent(QByteArrayView name, qint64 minimum = std::numeric_limits<qint64>::min(),
                     qint64 maximum = std::numeric_limits<qint64>::max()) const;
    [[nodiscard]] Result<std::optional<bool>> booleanIfPresent(QByteArrayView name) const;
    [[nodiscard]] Result<std::optional<JsonObject>> objectIfPresent(QByteArrayView name) const;

    //! The JSON text as it stood in the document; "{}" for a default-constructed object.
    QByteArrayView raw() const;
    JsonValue toValue() const { return m_value; }

    friend bool operator==(const JsonObject &a, const JsonObject &b) { return a.raw() == b.raw(); }

private:
    friend class JsonValue;
    explicit JsonObject(JsonValue value) : m_value(std::move(value)) { }
    //! The node of the member's name, or 0.
    quint32 find(QByteArrayView name) const;
    JsonValue m_value;
};

//! One member of an object.
struct JsonMember
{
    QByteArrayView name; //!< UTF-8, escapes resolved; valid as long as the document
    JsonValue value;
    qsizetype offset = 0; //!< of the name

    QString nameString() const { return QString::fromUtf8(name); }
};

//! Something the lenient reader had to overlook, or the reason why the strict one refused.
struct JsonWarning
{
    enum class Kind : quint8 {
        Empty,
        ByteOrderMark,
        Utf16, //!< looks like UTF-16 or UTF-32: nothing was read
        InvalidUtf8,
        ControlCharacter, //!< unescaped, in a string
        BrokenEscape,
        LoneSurrogate,
        DuplicateName,
        MissingComma,
        TrailingComma,
        MissingColon,
        Comment,
        SingleQuotes,
        UnquotedName,
        BrokenNumber, //!< for example a leading zero, NaN
        UnknownWord, //!< for example undefined
        UnexpectedCharacter,
        Truncated, //!< the text ends inside a value
        TrailingData,
        TooLarge,
        TooDeep,
        TooManyValues,
    };
    Kind kind = Kind::Empty;
    qsizetype offset = 0;
    QString detail; //!< for DuplicateName the name; for Truncated what was open; else empty

    friend bool operator==(const JsonWarning &, const JsonWarning &) = default;
};

//! The problem in snake_case, for example "duplicate_name".
COUNTERSIGN_EXPORT QString identifier(JsonWarning::Kind kind);

//! What could be read of a text that may be no JSON at all.
struct LenientJson
{
    JsonValue root; //!< Undefined when nothing could be read
    QList<JsonWarning> warnings; //!< at most maximumWarnings, in the order of their offsets; empty: strict JSON
    static constexpr qsizetype maximumWarnings = 100;
};

//! Reads \p text as far as it goes. For showing to people, never for trust. Duplicate members are all there.
[[nodiscard]] COUNTERSIGN_EXPORT LenientJson readJsonLeniently(const QByteArray &text, const JsonLimits &limits);

} // namespace Countersign::Jose

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/json.h>
#include <countersign/jose/jsonwriter.h>

using namespace Countersign::Jose;

namespace {

void require(bool condition)
{
    if (!condition)
        __builtin_trap();
}

//! Visits everything and writes it again.
void copy(const JsonValue &value, JsonWriter &writer)
{
    if (const auto object = value.object()) {
        writer.beginObject();
        qsizetype members = 0;
        for (const auto member : *object) {
            writer.name(member.name);
            copy(member.value, writer);
            ++members;
        }
        require(members == object->size());
        writer.endObject();
    } else if (const auto array = value.array()) {
        writer.beginArray();
        for (const auto item : *array)
            copy(item, writer);
        writer.endArray();
    } else if (const auto text = value.utf8()) {
        writer.utf8(*text);
    } else {
        require(!value.isNumber() || value.flooredInteger().has_value() || !value.raw().isEmpty());
        writer.raw(value.raw());
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const auto strict = JsonValue::parse(text);
    const auto lenient = readJsonLeniently(text, {});
    // Two readers written apart agree on what is JSON.
    require(strict.hasValue() == lenient.warnings.isEmpty());
    JsonWriter shown;
    copy(lenient.root, shown);
    if (strict) {
        JsonWriter first;
        copy(*strict, first);
        const auto again = JsonValue::parse(first.take());
        require(again.hasValue());
        JsonWriter second;
        copy(*again, second);
        require(second.view() == again->raw());
    }
    return 0;
}

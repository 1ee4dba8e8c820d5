// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/formcodec.h>

#include <countersign/jose/wiping.h>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr char hexDigits[] = "0123456789ABCDEF";

constexpr std::array<bool, 256> unreservedTable()
{
    std::array<bool, 256> table{};
    for (const char c : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
        table[static_cast<unsigned char>(c)] = c != '\0';
    return table;
}
constexpr auto unreserved = unreservedTable();

int hexValue(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

//! False for a '%' that two hexadecimal digits do not follow.
bool decodeInto(QByteArrayView text, QByteArray &out)
{
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c != '%') {
            out.append(c == '+' ? ' ' : c);
            continue;
        }
        if (i + 2 >= text.size())
            return false;
        const int high = hexValue(text[i + 1]);
        const int low = hexValue(text[i + 2]);
        if (high < 0 || low < 0)
            return false;
        out.append(static_cast<char>(high * 16 + low));
        i += 2;
    }
    return true;
}

Error malformed(qsizetype offset, const QString &what)
{
    return Error{ErrorCode::InvalidResponse, u"%1 in form data at offset %2"_s.arg(what).arg(offset)};
}

} // namespace

FormEncoder::~FormEncoder()
{
    wipeUnlessShared(m_text);
}

FormEncoder::FormEncoder(FormEncoder &&other) noexcept = default;

FormEncoder &FormEncoder::operator=(FormEncoder &&other) noexcept
{
    m_text.swap(other.m_text);
    return *this;
}

FormEncoder &FormEncoder::add(QByteArrayView name, QByteArrayView utf8)
{
    reserveFor(3 * (name.size() + utf8.size()) + 2);
    if (!m_text.isEmpty())
        m_text.append('&');
    append(name);
    m_text.append('=');
    append(utf8);
    return *this;
}

FormEncoder &FormEncoder::add(QByteArrayView name, QStringView value)
{
    return add(name, QByteArrayView(value.toUtf8()));
}

FormEncoder &FormEncoder::add(QByteArrayView name, const Secret &value)
{
    return add(name, value.reveal());
}

FormEncoder &FormEncoder::addUnlessEmpty(QByteArrayView name, QStringView value)
{
    return value.isEmpty() ? *this : add(name, value);
}

QByteArray FormEncoder::take()
{
    return std::exchange(m_text, {});
}

Secret FormEncoder::takeSecret()
{
    return Secret(std::exchange(m_text, {}));
}

QByteArray FormEncoder::encoded(QByteArrayView utf8)
{
    FormEncoder encoder;
    encoder.reserveFor(3 * utf8.size());
    encoder.append(utf8);
    return encoder.take();
}

void FormEncoder::append(QByteArrayView utf8)
{
    for (const char c : utf8) {
        const auto byte = static_cast<unsigned char>(c);
        if (unreserved[byte]) {
            m_text.append(c);
        } else if (c == ' ') {
            m_text.append('+');
        } else {
            const char escape[] = {'%', hexDigits[byte >> 4], hexDigits[byte & 15U]};
            m_text.append(escape, 3);
        }
    }
}

void FormEncoder::reserveFor(qsizetype more)
{
    growWiping(m_text, more);
}

FormParameters::~FormParameters()
{
    if (!m_parameters.isDetached())
        return;
    for (auto &parameter : m_parameters)
        wipeUnlessShared(parameter.value);
}

Result<FormParameters> FormParameters::parse(QByteArrayView text)
{
    FormParameters result;
    for (qsizetype start = 0; start <= text.size();) {
        auto end = text.indexOf('&', start);
        if (end < 0)
            end = text.size();
        const auto pair = text.sliced(start, end - start);
        const auto offset = std::exchange(start, end + 1);
        if (pair.isEmpty())
            continue;
        if (result.m_parameters.size() == maximumParameters)
            return malformed(offset, u"too many parameters"_s);
        const auto equals = pair.indexOf('=');
        FormParameter parameter;
        parameter.offset = offset;
        const bool decoded = decodeInto(equals < 0 ? pair : pair.first(equals), parameter.name)
            && (equals < 0 || decodeInto(pair.sliced(equals + 1), parameter.value));
        if (!decoded)
            return malformed(offset, u"broken percent escape"_s);
        if (!parameter.name.isValidUtf8() || !parameter.value.isValidUtf8())
            return malformed(offset, u"invalid UTF-8"_s);
        result.m_parameters.append(std::move(parameter));
    }
    return result;
}

Result<FormParameters> FormParameters::parseUnique(QByteArrayView text)
{
    auto result = parse(text);
    if (!result)
        return result;
    const auto duplicates = result->duplicates();
    if (duplicates.isEmpty())
        return result;
    return Error{ErrorCode::InvalidResponse,
                 u"form parameter '%1' occurs more than once"_s.arg(QString::fromUtf8(duplicates.first().left(64)))};
}

std::optional<QString> FormParameters::value(QByteArrayView name) const
{
    const auto *parameter = find(name);
    return parameter ? std::optional(QString::fromUtf8(parameter->value)) : std::nullopt;
}

std::optional<QByteArray> FormParameters::utf8(QByteArrayView name) const
{
    const auto *parameter = find(name);
    return parameter ? std::optional(parameter->value) : std::nullopt;
}

std::optional<Secret> FormParameters::secret(QByteArrayView name) const
{
    const auto *parameter = find(name);
    return parameter ? std::optional(Secret::copyOf(parameter->value)) : std::nullopt;
}

QList<QByteArray> FormParameters::duplicates() const
{
    QList<QByteArray> names;
    names.reserve(m_parameters.size());
    for (const auto &parameter : m_parameters)
        names.append(parameter.name);
    std::sort(names.begin(), names.end());
    QList<QByteArray> repeated;
    for (qsizetype i = 1; i < names.size(); ++i) {
        if (names[i] == names[i - 1] && (repeated.isEmpty() || repeated.last() != names[i]))
            repeated.append(names[i]);
    }
    return repeated;
}

const FormParameter *FormParameters::find(QByteArrayView name) const
{
    for (const auto &parameter : m_parameters) {
        if (QByteArrayView(parameter.name) == name)
            return &parameter;
    }
    return nullptr;
}

} // namespace Countersign::Jose

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/joseheader.h>

#include <countersign/jose/base64url.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr JsonLimits headerLimits{.maximumSize = JoseHeader::maximumSize, .maximumDepth = 8, .maximumValues = 1000};

// What RFC 7515 §4.1, RFC 7516 §4.1 and RFC 7518 §4 register: an extension cannot have one of these names.
constexpr std::array<QByteArrayView, 20> registeredNames{"alg", "jku", "jwk",  "kid", "x5u", "x5c",      "x5t",
                                                         "typ", "cty", "crit", "enc", "zip", "x5t#S256", "epk",
                                                         "apu", "apv", "iv",   "tag", "p2s", "p2c"};

constexpr std::array<QByteArrayView, 9> textNames{"jku", "kid", "x5u", "x5t", "typ", "cty", "zip", "x5t#S256", "enc"};

bool areDisjoint(const JsonObject &a, const JsonObject &b)
{
    return std::none_of(a.begin(), a.end(), [&b](const JsonMember &member) { return b.contains(member.name); });
}

} // namespace

Error malformedToken(const QString &reason)
{
    return {ErrorCode::InvalidArgument, ErrorCause::TokenMalformed, reason};
}

Error refusedToken(const QString &reason)
{
    return {ErrorCode::SecurityCheckFailed, reason};
}

Result<JsonObject> JoseHeader::decode(QByteArrayView base64Url)
{
    if (base64Url.size() > maximumSize)
        return malformedToken(u"The header is too large"_s);
    auto bytes = decodeBase64Url(base64Url);
    if (!bytes)
        return malformedToken(u"The header is no base64url"_s);
    auto object = JsonObject::parse(*std::move(bytes), headerLimits);
    if (!object)
        return malformedToken(u"The header is no JSON object: "_s + object.error().message());
    return object;
}

Result<JoseHeader> JoseHeader::merge(JsonObject protectedPart, JsonObject sharedPart, JsonObject ownPart)
{
    JoseHeader header;
    header.m_parts = {std::move(protectedPart), std::move(sharedPart), std::move(ownPart)};
    const auto &[first, second, third] = header.m_parts;
    if (!areDisjoint(second, first) || !areDisjoint(third, first) || !areDisjoint(third, second))
        return malformedToken(u"A header parameter stands in two places"_s);
    for (const QByteArrayView name : textNames) {
        const JsonValue value = header.value(name);
        if (!value.isUndefined() && !value.isString())
            return malformedToken(u"The header parameter %1 is no text"_s.arg(QString::fromUtf8(name)));
    }
    return header;
}

JsonValue JoseHeader::value(QByteArrayView name) const
{
    for (const JsonObject &part : m_parts) {
        if (const JsonValue value = part.value(name); !value.isUndefined())
            return value;
    }
    return {};
}

bool JoseHeader::isCritical(QByteArrayView name) const
{
    const auto names = protectedPart().array("crit");
    return names && names->containsString(name);
}

Result<void> JoseHeader::checkCritical(const QStringList &understood) const
{
    if (m_parts[1].contains("crit") || m_parts[2].contains("crit"))
        return refusedToken(u"The header parameter crit is not protected"_s);
    const JsonValue critical = protectedPart().value("crit");
    if (critical.isUndefined())
        return {};
    const auto names = critical.stringList();
    if (!names || names->isEmpty() || QStringList(*names).removeDuplicates() > 0)
        return refusedToken(u"The header parameter crit is no list of different names"_s);
    for (const QString &name : *names) {
        const QByteArray utf8 = name.toUtf8();
        const bool isRegistered =
            std::find(registeredNames.begin(), registeredNames.end(), QByteArrayView(utf8)) != registeredNames.end();
        if (isRegistered || !protectedPart().contains(utf8))
            return refusedToken(u"The header parameter crit names what it must not"_s);
        if (!understood.contains(name))
            return refusedToken(u"The header has a critical extension that is not understood"_s);
    }
    return {};
}

} // namespace Countersign::Jose

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/unverifiedjwt.h>

#include <countersign/jose/base64url.h>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

// Deeper than any claim in use, and far from what hurts (RFC 8725 §3.4 is silent on it).
constexpr JsonLimits tokenLimits{UnverifiedJwt::maximumSize, 16, 10'000};

Error malformed(const QString &what)
{
    return Error{ErrorCode::InvalidResponse, ErrorCause::TokenMalformed, what};
}

Result<JsonObject> readPart(QByteArrayView encoded, const QString &part)
{
    auto bytes = decodeBase64Url(encoded);
    if (!bytes)
        return malformed(u"the token's %1 is %2"_s.arg(part, bytes.error().message()));
    auto object = JsonObject::parse(std::move(*bytes), tokenLimits);
    if (!object)
        return malformed(u"the token's %1 is %2"_s.arg(part, object.error().message()));
    return object;
}

Result<JsonObject> readHeader(QByteArrayView encoded)
{
    auto header = readPart(encoded, u"header"_s);
    if (!header)
        return header;
    if (!header->utf8("alg"))
        return malformed(u"the token's header names no algorithm"_s);
    for (const auto name : {QByteArrayView("kid"), QByteArrayView("typ"), QByteArrayView("cty")}) {
        if (header->contains(name) && !header->utf8(name))
            return malformed(u"header parameter \"%1\" is no string"_s.arg(QString::fromLatin1(name)));
    }
    return header;
}

//! As readHeader(). One provider's tokens share their header byte by byte, so the last one of the thread is kept.
Result<JsonObject> readHeaderAgain(QByteArrayView encoded)
{
    struct Last
    {
        QByteArray encoded;
        JsonObject header;
    };
    constexpr qsizetype usual = 512;
    thread_local Last last;
    if (encoded == last.encoded && !encoded.isEmpty())
        return last.header;
    auto header = readHeader(encoded);
    if (header && encoded.size() <= usual)
        last = {encoded.toByteArray(), *header};
    return header;
}

QString describe(qsizetype parts)
{
    return parts == 5 ? u"the token is encrypted (five parts)"_s
                      : u"a signed token has three parts, not %1"_s.arg(parts);
}

} // namespace

Result<UnverifiedJwt> UnverifiedJwt::parse(QByteArrayView compact)
{
    if (compact.size() > maximumSize)
        return malformed(u"the token has %1 bytes; at most %2 are read"_s.arg(compact.size()).arg(maximumSize));
    return parse(compact.toByteArray());
}

Result<UnverifiedJwt> UnverifiedJwt::parse(QByteArray compact)
{
    if (compact.size() > maximumSize)
        return malformed(u"the token has %1 bytes; at most %2 are read"_s.arg(compact.size()).arg(maximumSize));
    const auto first = compact.indexOf('.');
    const auto second = first < 0 ? first : compact.indexOf('.', first + 1);
    if (second < 0 || compact.indexOf('.', second + 1) >= 0)
        return malformed(describe(compact.count('.') + 1));

    const QByteArrayView text(compact);
    UnverifiedJwt token;
    auto header = readHeaderAgain(text.first(first));
    if (!header)
        return std::move(header).error();
    auto claims = readPart(text.sliced(first + 1, second - first - 1), u"payload"_s);
    if (!claims)
        return std::move(claims).error();
    auto signature = decodeBase64Url(text.sliced(second + 1));
    if (!signature)
        return malformed(u"the token's signature is %1"_s.arg(signature.error().message()));

    token.m_header = std::move(*header);
    token.m_claims = std::move(*claims);
    token.m_signature = std::move(*signature);
    token.m_signingInputSize = second;
    token.m_compact = std::move(compact);
    return token;
}

std::optional<Algorithm> UnverifiedJwt::algorithm() const
{
    return parseAlgorithm(m_header.utf8("alg").value_or(QByteArrayView()));
}

QByteArray UnverifiedJwt::type() const
{
    auto type = m_header.utf8("typ").value_or(QByteArrayView()).toByteArray();
    type = std::move(type).toLower();
    if (type.startsWith("application/") && type.count('/') == 1)
        type.remove(0, 12);
    return type;
}

} // namespace Countersign::Jose

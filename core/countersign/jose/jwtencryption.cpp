// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/jwtencryption.h>

#include <countersign/jose/joseheader.h>
#include <countersign/jose/jwe.h>
#include <countersign/jose/unverifiedjwt.h>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

constexpr qsizetype dotsOfJwe = 4;
// base64url once more around the largest signed token, with room for the other parts.
constexpr qsizetype largestJwe = 2 * UnverifiedJwt::maximumSize;

Error notRegistered(const QString &what, const QString &expected, const QString &actual)
{
    return Error{ErrorCode::SecurityCheckFailed, ErrorCause::PolicyFailed, what}.withComparison(expected, actual);
}

QString shown(const JsonValue &value)
{
    return value.string().value_or(u"none"_s).left(64);
}

//! A JWE that a person pasted is an argument; the one that this is about was received, as UnverifiedJwt::parse() has
//! it.
Error received(const Error &error)
{
    return error.cause() == ErrorCause::TokenMalformed
        ? Error{ErrorCode::InvalidResponse, ErrorCause::TokenMalformed, error.message()}
        : error;
}

//! "JWT" or its full name; media types know no case (RFC 7515 §4.1.10).
bool saysJwt(QByteArrayView contentType)
{
    return contentType.compare("JWT", Qt::CaseInsensitive) == 0
        || contentType.compare("application/jwt", Qt::CaseInsensitive) == 0;
}

} // namespace

bool isEncrypted(QByteArrayView compact)
{
    return compact.count('.') == dotsOfJwe;
}

Result<UnverifiedJwt> UnverifiedJwt::decrypt(QByteArrayView compact, const JwtEncryption &registered)
{
    if (!isEncrypted(compact))
        return notRegistered(u"the token is not encrypted, but that was registered"_s, u"five parts"_s,
                             u"%1 parts"_s.arg(compact.count('.') + 1));
    if (compact.size() > largestJwe)
        return received(malformedToken(u"The token is too large"_s));
    const auto header = JoseHeader::decode(compact.first(compact.indexOf('.')));
    if (!header)
        return received(header.error());
    const auto algorithm = header->value("alg");
    const auto encryption = header->value("enc");
    // The registered ones decide, never the token (RFC 8725 §3.1).
    if (algorithm.utf8() != QByteArrayView(name(registered.keyManagement)))
        return notRegistered(u"the token's key is encrypted in another way than was registered"_s,
                             name(registered.keyManagement), shown(algorithm));
    if (encryption.utf8() != QByteArrayView(name(registered.encryption)))
        return notRegistered(u"the token is encrypted in another way than was registered"_s,
                             name(registered.encryption), shown(encryption));
    if (!saysJwt(header->utf8("cty").value_or(QByteArrayView())))
        return notRegistered(u"the encrypted token does not say that a signed one is inside"_s, u"cty JWT"_s,
                             shown(header->value("cty")));
    const auto decrypted = decryptJwe(compact, registered.keys);
    if (!decrypted)
        return received(decrypted.error());
    auto token = parse(decrypted->plaintext.reveal());
    if (token)
        token->m_wasEncrypted = true;
    return token;
}

} // namespace Countersign::Jose

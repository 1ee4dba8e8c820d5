// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/jose/msalcompat.h>

#include <countersign/jose/base64url.h>
#include <countersign/jose/jwtvalidator.h>

using namespace Qt::StringLiterals;

namespace Countersign::Jose {

namespace {

//! MSAL compares the issuer only when it is given one. Here the signature is checked all the same, so that a token's
//! own issuer is at least the one whose keys the caller trusts.
IssuerRule issuerOr(const IssuerRule &issuer, const UnverifiedJwt &token)
{
    return issuer.isEmpty() ? IssuerRule::exactly(token.claims().string("iss").value_or(QString())) : issuer;
}

QString firstAudience(const UnverifiedJwt &token)
{
    const auto value = token.claims().value("aud");
    const auto several = value.stringList().value_or(QStringList());
    return value.string().value_or(several.isEmpty() ? QString() : several.first());
}

} // namespace

QByteArray decodePart(QByteArrayView raw)
{
    return decodeBase64UrlLeniently(raw).bytes;
}

Result<QString> decodePartAsText(QByteArrayView raw)
{
    const auto bytes = decodePart(raw);
    if (!bytes.isValidUtf8())
        return Error{ErrorCode::InvalidResponse, ErrorCause::TokenMalformed, u"the part is no UTF-8"_s};
    return QString::fromUtf8(bytes);
}

Result<DecodedIdToken> decodeIdToken(QByteArrayView idToken, const JwkSet &keys, const QDateTime &now,
                                     const QString &clientId, const IssuerRule &issuer,
                                     const std::optional<QString> &nonce)
{
    auto token = UnverifiedJwt::parse(idToken);
    if (!token)
        return std::move(token).error();
    // MSAL does not compare the audience either when it gets no client id, and knows no rule against further ones.
    auto rules =
        JwtRules::forIdToken(issuerOr(issuer, *token), clientId.isEmpty() ? firstAudience(*token) : clientId, nonce);
    rules.otherAudiences = token->claims().stringList("aud").value_or(QStringList());
    rules.isPartyRequired = false;
    rules.allowed = Algorithms::asymmetric();
    rules.maximumTokenAge.reset();
    rules.isExpiryTolerated = true;
    if (!nonce)
        rules.nonceRule = NonceRule::NotKnown;

    auto validation = JwtValidator(std::move(rules)).examine(*token, keys, now);
    if (!validation.result)
        return std::move(validation.result).error();
    DecodedIdToken decoded{std::move(*validation.result), {}};
    for (const auto &check : validation.report.checks()) {
        if (check.outcome == CheckOutcome::Warning)
            decoded.timeWarnings.append(u"%1: %2 (%3)"_s.arg(check.id, check.reason, check.actual));
    }
    return decoded;
}

} // namespace Countersign::Jose

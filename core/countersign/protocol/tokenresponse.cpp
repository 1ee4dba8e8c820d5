// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/tokenresponse.h>

#include <countersign/jose/json.h>
#include <countersign/protocol/authorizationdetails.h>
#include <countersign/protocol/erroranswer.h>
#include <countersign/protocol/parameters.h>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

Error invalid(const QString &why)
{
    return Error{ErrorCode::InvalidResponse, why};
}

//! Absent or null: no value. Anything that is no whole number of seconds is refused.
Result<std::optional<std::chrono::seconds>> lifetime(const Jose::JsonObject &document, QByteArrayView name,
                                                     qint64 minimum)
{
    const auto member = document.value(name);
    if (member.isUndefined() || member.isNull())
        return std::optional<std::chrono::seconds>();
    constexpr qint64 hundredYears = 100LL * 366 * 24 * 3600;
    const auto seconds = document.integerOrDigits(name, minimum, hundredYears);
    if (!seconds)
        return invalid(u"'%1' in the token response is no usable number of seconds"_s.arg(QLatin1StringView(name)));
    return std::optional(std::chrono::seconds(*seconds));
}

Result<Secret> optionalSecret(const Jose::JsonObject &document, QByteArrayView name)
{
    const auto member = document.value(name);
    if (member.isUndefined() || member.isNull())
        return Secret();
    auto secret = member.secret();
    if (!secret)
        return invalid(u"'%1' in the token response is no text"_s.arg(QLatin1StringView(name)));
    return std::move(*secret);
}

Result<void> readTokens(const Jose::JsonObject &document, TokenResponse &response)
{
    for (const auto &[name, target] : {std::pair{Parameter::accessToken, &response.accessToken},
                                       std::pair{Parameter::refreshToken, &response.refreshToken},
                                       std::pair{Parameter::idToken, &response.idToken}}) {
        auto secret = optionalSecret(document, name);
        if (!secret)
            return secret.error();
        *target = std::move(*secret);
    }
    if (response.accessToken.isEmpty())
        return invalid(u"the token response has no access_token"_s);
    if (!document.contains(Parameter::tokenType))
        return {}; // Bearer, as MSAL takes it (contract C11); RFC 6749 §5.1 demands it, but nothing is weaker than that
    const auto known = parseTokenType(document.string(Parameter::tokenType).value_or(QString()));
    if (!known)
        return invalid(u"the token response has an unknown token_type"_s);
    response.tokenType = *known;
    return {};
}

Result<void> readLifetimes(const Jose::JsonObject &document, TokenResponse &response)
{
    const auto expires = lifetime(document, Parameter::expiresIn, 1);
    if (!expires)
        return expires.error();
    response.expiresIn = *expires;
    // The rest are hints of the provider's: what cannot be read is left out.
    if (const auto extended = lifetime(document, "ext_expires_in", 0))
        response.extendedExpiresIn = *extended;
    if (const auto refresh = lifetime(document, "refresh_in", 0))
        response.refreshIn = *refresh;
    // Microsoft and others say the first, Keycloak the second, with 0 for one that does not end.
    for (const char *name : {"refresh_token_expires_in", "refresh_expires_in"}) {
        const auto token = lifetime(document, name, 1);
        if (token && *token)
            response.refreshTokenExpiresIn = *token;
    }
    return {};
}

} // namespace

QString identifier(TokenType type)
{
    switch (type) {
    case TokenType::Bearer: return u"Bearer"_s;
    case TokenType::Dpop: return u"DPoP"_s;
    case TokenType::Pop: return u"PoP"_s;
    case TokenType::SshCertificate: return u"ssh-cert"_s;
    case TokenType::MtlsPop: return u"mtls_pop"_s;
    }
    Q_UNREACHABLE();
    return {};
}

std::optional<TokenType> parseTokenType(QStringView text)
{
    for (const auto type :
         {TokenType::Bearer, TokenType::Dpop, TokenType::Pop, TokenType::SshCertificate, TokenType::MtlsPop}) {
        if (text.compare(identifier(type), Qt::CaseInsensitive) == 0)
            return type;
    }
    return {};
}

Result<TokenResponse> parseTokenResponse(const HttpAnswer &answer, const QDateTime &at)
{
    if (!answer.isSuccess())
        return parseErrorAnswer(answer, at);
    const auto document = Jose::JsonObject::parse(Secret::copyOf(answer.body), {.maximumSize = 256 * 1024});
    if (!document)
        return invalid(u"the token endpoint's answer is no JSON object"_s);
    if (document->contains(Parameter::error))
        return parseErrorAnswer(answer, at);
    TokenResponse response;
    if (const auto read = readTokens(*document, response); !read)
        return read.error();
    if (const auto read = readLifetimes(*document, response); !read)
        return read.error();
    const auto scope = document->stringIfPresent(Parameter::scope);
    if (!scope)
        return scope.error();
    if (*scope)
        response.scope = ScopeSet::parse(**scope);
    auto details = grantedAuthorizationDetails(*document);
    if (!details)
        return details.error();
    response.authorizationDetails = *std::move(details);
    response.clientInfo = document->string(Parameter::clientInfo).value_or(QString());
    response.familyId = document->string("foci").value_or(QString());
    return response;
}

} // namespace Countersign::Protocol

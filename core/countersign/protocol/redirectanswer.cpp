// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/redirectanswer.h>

#include <countersign/crypto/constanttime.h>
#include <countersign/jose/formcodec.h>
#include <countersign/jose/unverifiedjwt.h>
#include <countersign/protocol/erroranswer.h>
#include <countersign/protocol/parameters.h>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

//! The parameters of an answer, wherever they came from.
struct Answer
{
    std::optional<QString> state;
    std::optional<QString> issuer;
    std::optional<Secret> code;
    OAuthError error;
    QString clientInfo;
};

bool isStateOf(const PendingAuthorization &pending, const std::optional<QString> &state)
{
    return state && !pending.state.isEmpty() && equalInConstantTime(state->toUtf8(), pending.state.reveal());
}

Result<AuthorizationCode> accept(Answer answer, const PendingAuthorization &pending)
{
    if (!isStateOf(pending, answer.state))
        return Error{ErrorCode::SecurityCheckFailed, ErrorCause::StateMismatch,
                     answer.state ? u"the answer carries another state than the request"_s
                                  : u"the answer carries no state"_s};
    // RFC 9207 §2.4: simple string comparison; absence is an error only where the metadata announces it.
    if (answer.issuer ? *answer.issuer != pending.issuer : pending.isIssuerRequired)
        return Error{ErrorCode::SecurityCheckFailed, ErrorCause::IssuerMismatch,
                     u"the answer comes from another issuer than the request went to"_s}
            .withComparison(pending.issuer, answer.issuer.value_or(QString()).left(300));
    if (answer.code && !answer.code->isEmpty())
        return AuthorizationCode{std::move(*answer.code), answer.clientInfo};
    if (!answer.error.isEmpty())
        return errorFrom(std::move(answer.error));
    return Error{ErrorCode::InvalidResponse, u"the answer carries neither a code nor an error"_s};
}

//! Spec: contract C24: an answer that is an error says these three things and no more.
OAuthError errorIn(QString error, QString description, QString uri)
{
    OAuthError oauth;
    constexpr qsizetype longest = 2000;
    oauth.error = error.left(longest);
    oauth.description = description.left(longest);
    oauth.uri = uri.left(longest);
    oauth.serverCodes = aadstsNumbers(oauth.description);
    return oauth;
}

} // namespace

bool answersState(QByteArrayView encodedParameters, const PendingAuthorization &pending,
                  const std::optional<Jose::JwtEncryption> &encryption)
{
    const auto parameters = Jose::FormParameters::parse(encodedParameters);
    if (!parameters)
        return false;
    if (!isSigned(pending.responseMode))
        return isStateOf(pending, parameters->value(Parameter::state));
    const auto response = parameters->secret(Parameter::response);
    if (!response)
        return false;
    const auto token = encryption && Jose::isEncrypted(response->reveal())
        ? Jose::UnverifiedJwt::decrypt(response->reveal(), *encryption)
        : Jose::UnverifiedJwt::parse(response->reveal());
    return token && isStateOf(pending, token->claims().string(Parameter::state));
}

Result<AuthorizationCode> parseRedirect(QByteArrayView encodedParameters, const PendingAuthorization &pending)
{
    if (isSigned(pending.responseMode))
        return Error{ErrorCode::SecurityCheckFailed, u"a signed answer was asked for and this is none"_s};
    const auto parameters = Jose::FormParameters::parseUnique(encodedParameters);
    if (!parameters)
        return parameters.error();
    const auto text = [&parameters](const char *name) { return parameters->value(name).value_or(QString()); };
    Answer answer;
    answer.state = parameters->value(Parameter::state);
    answer.issuer = parameters->value(Parameter::issuer);
    answer.code = parameters->secret(Parameter::code);
    answer.clientInfo = text(Parameter::clientInfo);
    answer.error = errorIn(text(Parameter::error), text(Parameter::errorDescription), text(Parameter::errorUri));
    return accept(std::move(answer), pending);
}

Result<Secret> signedResponse(QByteArrayView encodedParameters)
{
    const auto parameters = Jose::FormParameters::parseUnique(encodedParameters);
    if (!parameters)
        return parameters.error();
    auto response = parameters->secret(Parameter::response);
    if (!response || response->isEmpty())
        return Error{ErrorCode::InvalidResponse, u"the answer carries no signed response"_s};
    return std::move(*response);
}

Result<AuthorizationCode> parseSignedRedirect(const Jose::JsonObject &verifiedClaims,
                                              const PendingAuthorization &pending)
{
    const auto text = [&verifiedClaims](const char *name) { return verifiedClaims.string(name).value_or(QString()); };
    Answer answer;
    answer.state = verifiedClaims.string(Parameter::state);
    answer.issuer = verifiedClaims.string(Parameter::issuer);
    answer.code = verifiedClaims.secret(Parameter::code);
    answer.error = errorIn(text(Parameter::error), text(Parameter::errorDescription), text(Parameter::errorUri));
    return accept(std::move(answer), pending);
}

} // namespace Countersign::Protocol

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/introspection.h>

#include <countersign/jose/formcodec.h>
#include <countersign/protocol/erroranswer.h>
#include <countersign/protocol/idtokenrules.h>
#include <countersign/protocol/parameters.h>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

constexpr char signedType[] = "application/token-introspection+jwt";

Result<std::optional<Jose::JsonObject>> activeIn(Jose::JsonObject members)
{
    const auto isActive = members.requireBoolean("active");
    if (!isActive)
        return isActive.error();
    return *isActive ? std::optional(std::move(members)) : std::nullopt;
}

} // namespace

TokenRequest encode(const IntrospectionRequest &request)
{
    Jose::FormEncoder form;
    form.add(Parameter::token, request.token).addUnlessEmpty(Parameter::tokenTypeHint, request.typeHint);
    request.authentication.addTo(form, request.clientId);
    TokenRequest encoded;
    encoded.form = form.takeSecret();
    encoded.headers = {{"Accept", request.wantsSignature ? signedType : "application/json"}};
    encoded.headers += request.authentication.headers(request.clientId);
    return encoded;
}

Result<IntrospectionAnswer> parseIntrospection(const HttpAnswer &answer, const QDateTime &at)
{
    if (!answer.isSuccess())
        return parseErrorAnswer(answer, at);
    if (answer.mediaType() == signedType && answer.body.trimmed().isEmpty())
        return Error{ErrorCode::InvalidResponse, ErrorCause::TokenMalformed, u"the signed answer is empty"_s};
    if (answer.mediaType() == signedType)
        return IntrospectionAnswer{.active = {}, .signedAnswer = Secret::copyOf(answer.body.trimmed())};
    auto document = Jose::JsonObject::parse(Secret::copyOf(answer.body));
    if (!document)
        return document.error();
    auto active = activeIn(*std::move(document));
    if (!active)
        return active.error();
    return IntrospectionAnswer{.active = *std::move(active), .signedAnswer = {}};
}

Jose::JwtRules introspectionRules(const Authority &authority, const ProviderMetadata &metadata,
                                  const ClientId &clientId)
{
    auto rules = Jose::JwtRules::forIntrospection(issuerRule(authority, metadata), clientId.value);
    rules.allowed = signingAlgorithms(metadata.introspectionSigningAlgorithms);
    return rules;
}

Result<std::optional<Jose::JsonObject>> introspectionIn(const Jose::JsonObject &verifiedClaims)
{
    auto members = verifiedClaims.requireObject("token_introspection");
    if (!members)
        return members.error();
    return activeIn(*std::move(members));
}

} // namespace Countersign::Protocol

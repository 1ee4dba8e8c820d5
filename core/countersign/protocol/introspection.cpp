// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/introspection.h>

#include <countersign/jose/formcodec.h>
#include <countersign/protocol/erroranswer.h>
#include <countersign/protocol/parameters.h>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {

TokenRequest encode(const IntrospectionRequest &request)
{
    Jose::FormEncoder form;
    form.add(Parameter::token, request.token).addUnlessEmpty(Parameter::tokenTypeHint, request.typeHint);
    request.authentication.addTo(form, request.clientId);
    TokenRequest encoded;
    encoded.form = form.takeSecret();
    encoded.headers = {{"Accept", "application/json"}};
    encoded.headers += request.authentication.headers(request.clientId);
    return encoded;
}

Result<std::optional<Jose::JsonObject>> parseIntrospection(const HttpAnswer &answer, const QDateTime &at)
{
    if (!answer.isSuccess())
        return parseErrorAnswer(answer, at);
    if (answer.mediaType() == "application/token-introspection+jwt")
        return Error{ErrorCode::NotSupported, u"the provider signed its answer, and nobody asked for that"_s};
    auto document = Jose::JsonObject::parse(Secret::copyOf(answer.body));
    if (!document)
        return document.error();
    const auto isActive = document->requireBoolean("active");
    if (!isActive)
        return isActive.error();
    return *isActive ? std::optional(*std::move(document)) : std::nullopt;
}

} // namespace Countersign::Protocol

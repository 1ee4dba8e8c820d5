// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/signout.h>

#include <countersign/jose/formcodec.h>
#include <countersign/protocol/authorization.h>
#include <countersign/protocol/erroranswer.h>
#include <countersign/protocol/parameters.h>

namespace Countersign::Protocol {

TokenRequest encode(const RevocationRequest &request)
{
    Jose::FormEncoder form;
    form.add(Parameter::token, request.token).addUnlessEmpty(Parameter::tokenTypeHint, request.typeHint);
    request.authentication.addTo(form, request.clientId);
    TokenRequest encoded;
    encoded.form = form.takeSecret();
    encoded.headers = request.authentication.headers(request.clientId);
    return encoded;
}

Result<void> parseRevocation(const HttpAnswer &answer, const QDateTime &at)
{
    if (answer.isSuccess())
        return {};
    return parseErrorAnswer(answer, at);
}

QUrl endSessionUrl(const ProviderMetadata &metadata, const EndSessionRequest &request)
{
    Jose::FormEncoder form;
    if (!request.idToken.isEmpty())
        form.add(Parameter::idTokenHint, request.idToken);
    form.addUnlessEmpty(Parameter::logoutHint, request.logoutHint).add(Parameter::clientId, request.clientId.value);
    if (!request.redirectUri.isEmpty())
        form.add(Parameter::postLogoutRedirectUri, request.redirectUri.toEncoded())
            .add(Parameter::state, request.state);
    form.addUnlessEmpty(Parameter::uiLocales, request.uiLocales);
    return withParameters(metadata.endSessionEndpoint, form.take());
}

bool answersSignOut(QByteArrayView encodedParameters, const Secret &state)
{
    const auto parameters = Jose::FormParameters::parseUnique(encodedParameters);
    if (!parameters)
        return false;
    const auto returned = parameters->secret(Parameter::state);
    return returned && !state.isEmpty() && *returned == state;
}

} // namespace Countersign::Protocol

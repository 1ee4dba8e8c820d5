// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/protocol/authorization.h>

#include <countersign/jose/formcodec.h>
#include <countersign/protocol/authorizationdetails.h>
#include <countersign/protocol/erroranswer.h>
#include <countersign/protocol/ownparameters.h>
#include <countersign/protocol/parameters.h>
#include <countersign/protocol/pkce.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Protocol {
namespace {

Error refused(const QString &why)
{
    return Error{ErrorCode::InvalidArgument, why};
}

Result<void> check(const ProviderMetadata &metadata, const AuthorizationRequest &request)
{
    if (metadata.authorizationEndpoint.isEmpty() || metadata.tokenEndpoint.isEmpty())
        return Error{ErrorCode::NotSupported, ErrorCause::EndpointMissing,
                     u"the provider has no authorization or no token endpoint"_s};
    if (!metadata.allowsS256())
        return Error{ErrorCode::NotSupported, u"the provider does not allow PKCE with S256"_s};
    if (request.clientId.isEmpty())
        return refused(u"the client id is missing"_s);
    if (!request.redirectUri.isValid() || request.redirectUri.scheme().isEmpty() || request.redirectUri.hasFragment())
        return refused(u"the redirect URI is not absolute or has a fragment"_s);
    if (request.prompts.size() > 1 && request.prompts.contains("none"_L1))
        return refused(u"prompt 'none' cannot be combined with another one"_s); // OpenID Connect Core §3.1.2.1
    if (const auto checked = checkExtra(request.extra); !checked)
        return checked.error();
    if (request.authorizationDetails.isEmpty())
        return {};
    return checkAuthorizationDetails(request.authorizationDetails, metadata.authorizationDetailsTypes);
}

PendingAuthorization remember(const Authority &authority, const ProviderMetadata &metadata,
                              const AuthorizationRequest &request, RandomSource &random, const QDateTime &at)
{
    PendingAuthorization pending;
    pending.clientId = request.clientId;
    pending.authority = authority.issuer();
    pending.issuer = metadata.issuer;
    pending.tokenEndpoint = metadata.tokenEndpoint;
    pending.redirectUri = request.redirectUri;
    pending.scopes = request.scopes;
    pending.consentScopes = request.scopes.united(request.extraScopesToConsent);
    pending.state = request.state.isEmpty() ? makeRandomText(random) : Secret(request.state.toUtf8());
    if (pending.expectsIdToken())
        pending.nonce = makeRandomText(random);
    pending.maxAge = request.maxAge;
    pending.acrValues = request.acrValues;
    pending.claims = request.claims;
    pending.resources = request.resources;
    pending.authorizationDetails = request.authorizationDetails;
    pending.responseMode = request.responseMode;
    pending.isIssuerRequired = metadata.isIssuerParameterSupported;
    pending.startedAt = at;
    return pending;
}

} // namespace

QUrl withParameters(const QUrl &endpoint, const QByteArray &parameters)
{
    // RFC 6749 §3.1: a query of the endpoint's own is kept. Built from bytes: QUrlQuery would decode values again.
    const QByteArray base = endpoint.toEncoded(QUrl::RemoveFragment);
    return QUrl::fromEncoded(base + (endpoint.hasQuery() ? '&' : '?') + parameters, QUrl::StrictMode);
}

QString identifier(ResponseMode mode)
{
    switch (mode) {
    case ResponseMode::Default: return {};
    case ResponseMode::Query: return u"query"_s;
    case ResponseMode::FormPost: return u"form_post"_s;
    case ResponseMode::QueryJwt: return u"query.jwt"_s;
    case ResponseMode::FormPostJwt: return u"form_post.jwt"_s;
    case ResponseMode::Jwt: return u"jwt"_s;
    }
    Q_UNREACHABLE();
    return {};
}

std::optional<ResponseMode> parseResponseMode(QStringView text)
{
    for (const auto mode : {ResponseMode::Default, ResponseMode::Query, ResponseMode::FormPost, ResponseMode::QueryJwt,
                            ResponseMode::FormPostJwt, ResponseMode::Jwt}) {
        if (text == identifier(mode))
            return mode;
    }
    return {};
}

bool isSigned(ResponseMode mode)
{
    return mode == ResponseMode::QueryJwt || mode == ResponseMode::FormPostJwt || mode == ResponseMode::Jwt;
}

bool PendingAuthorization::expectsIdToken() const
{
    return consentScopes.contains(u"openid"_s);
}

Result<StartedAuthorization> startAuthorization(const Authority &authority, const ProviderMetadata &metadata,
                                                const AuthorizationRequest &request, RandomSource &random,
                                                const QDateTime &at)
{
    if (const auto checked = check(metadata, request); !checked)
        return checked.error();
    StartedAuthorization started{remember(authority, metadata, request, random, at), {}};
    PendingAuthorization &pending = started.pending;
    Pkce pkce = makePkce(random);
    pending.verifier = std::move(pkce.verifier);

    Jose::FormEncoder form;
    form.add(Parameter::clientId, request.clientId.value)
        .add(Parameter::responseType, QByteArrayView("code"))
        .add(Parameter::redirectUri, request.redirectUri.toEncoded())
        .addUnlessEmpty(Parameter::scope, pending.consentScopes.toString())
        .add(Parameter::state, pending.state)
        .add(Parameter::codeChallenge, pkce.challenge)
        .add(Parameter::codeChallengeMethod, QByteArrayView("S256"));
    if (!pending.nonce.isEmpty())
        form.add(Parameter::nonce, nonceOnTheWire(pending.nonce));
    form.addUnlessEmpty(Parameter::responseMode, identifier(request.responseMode))
        .addUnlessEmpty(Parameter::prompt, request.prompts.join(u' '))
        .addUnlessEmpty(Parameter::loginHint, request.loginHint)
        .addUnlessEmpty(Parameter::acrValues, request.acrValues)
        .addUnlessEmpty(Parameter::claims, request.claims)
        .addUnlessEmpty(Parameter::authorizationDetails, request.authorizationDetails)
        .addUnlessEmpty(Parameter::uiLocales, request.uiLocales)
        .addUnlessEmpty(Parameter::display, request.display)
        .addUnlessEmpty(Parameter::idTokenHint, request.idTokenHint)
        .addUnlessEmpty(Parameter::dpopJkt, request.dpopKeyThumbprint);
    if (request.maxAge)
        form.add(Parameter::maxAge, QByteArray::number(qint64{request.maxAge->count()}));
    for (const auto &resource : request.resources)
        form.addUnlessEmpty(Parameter::resource, resource);
    if (authority.isMicrosoft()) {
        form.add(Parameter::clientInfo, QByteArrayView("1"));
        form.addUnlessEmpty(Parameter::domainHint, request.domainHint);
        if (!request.loginHint.isEmpty())
            form.add(Parameter::anchorMailbox, QString("UPN:"_L1 + request.loginHint));
    }
    for (const auto &[name, value] : request.extra)
        form.add(name.toUtf8(), QStringView(value));
    started.parameters = form.take();
    return started;
}

QUrl authorizationUrl(const ProviderMetadata &metadata, const StartedAuthorization &started)
{
    return withParameters(metadata.authorizationEndpoint, started.parameters);
}

QUrl authorizationUrl(const ProviderMetadata &metadata, const ClientId &clientId, const PushedAuthorization &pushed)
{
    Jose::FormEncoder form;
    form.add(Parameter::clientId, clientId.value).add(Parameter::requestUri, pushed.requestUri);
    return withParameters(metadata.authorizationEndpoint, form.take());
}

Result<PushedAuthorization> parsePushedAuthorization(const HttpAnswer &answer, const QDateTime &at)
{
    if (!answer.isSuccess())
        return parseErrorAnswer(answer, at);
    const auto document = Jose::JsonObject::parse(Secret::copyOf(answer.body));
    if (!document)
        return document.error();
    auto uri = document->requireString(Parameter::requestUri);
    if (!uri)
        return uri.error();
    const auto lifetime = document->integerOrDigits(Parameter::expiresIn, 1, 24 * 3600);
    if (uri->isEmpty() || !lifetime)
        return Error{ErrorCode::InvalidResponse, u"the pushed request's answer lacks request_uri or expires_in"_s};
    return PushedAuthorization{std::move(*uri), at.addSecs(*lifetime)};
}

} // namespace Countersign::Protocol

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "tokenendpoint.h"

#include "authorizationrequest.h"
#include "proof.h"

#include <countersign/crypto/digest.h>

#include <QtCore/QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace CountersignSandbox {

namespace {

//! What of \p grant's details \p form asks for; all of them when it asks for none. Spec: RFC 9396 §6.1.
std::variant<QJsonArray, Refusal> narrowedDetails(const Grant &grant, const Parameters &form)
{
    auto asked = authorizationDetailsIn(form);
    const auto *const details = std::get_if<QJsonArray>(&asked);
    if (!details)
        return asked;
    const QJsonArray &granted = grant.authorizationDetails;
    const bool areGranted = std::all_of(details->begin(), details->end(),
                                        [&granted](const QJsonValue &detail) { return granted.contains(detail); });
    if (!areGranted)
        return Refusal{.error = u"invalid_authorization_details"_s,
                       .description = u"more is asked for than was granted"_s};
    return details->isEmpty() ? granted : *details;
}

Response invalidGrant(const QString &description)
{
    return Response::ofError(u"invalid_grant"_s, description);
}

// RFC 7636 §4.6.
bool provesChallenge(const QString &verifier, const QString &challenge)
{
    static const QRegularExpression shape(u"\\A[A-Za-z0-9._~-]{43,128}\\z"_s);
    if (!shape.match(verifier).hasMatch())
        return false;
    const QByteArray hash = Countersign::digest(Countersign::HashAlgorithm::Sha256, verifier.toLatin1());
    return hash.toBase64(QByteArray::Base64UrlEncoding | QByteArray::OmitTrailingEquals) == challenge.toLatin1();
}

bool isSubset(const QStringList &part, const QStringList &whole)
{
    return std::all_of(part.cbegin(), part.cend(), [&whole](const QString &word) { return whole.contains(word); });
}

} // namespace

Response TokenEndpoint::exchange(const Request &request)
{
    auto response = answer(request);
    speakAnswer(m_context.settings.dialect, m_context.now(), response);
    return response;
}

Response TokenEndpoint::answer(const Request &request)
{
    if (request.method != "POST"_ba)
        return Response::ofError(u"invalid_request"_s, u"the token endpoint takes POST"_s, 405);
    if (!request.form.duplicate().isEmpty())
        return Response::ofError(u"invalid_request"_s, u"a parameter is repeated: "_s + request.form.duplicate());
    Refusal refusal;
    const Client *const client = authenticateClient(m_context, request, refusal);
    if (!client) {
        Response response = refusal.response();
        if (!request.header("authorization"_ba).isEmpty()) // RFC 6749 §5.2
            response.setHeader("WWW-Authenticate"_ba, "Basic realm=\"sandbox\""_ba);
        return response;
    }
    Response unproven;
    const auto key = provenKey(m_context, request, {}, unproven);
    if (!key)
        return unproven;
    m_keyId = *key;
    const QString grantType = request.form.value(u"grant_type");
    if (grantType == u"authorization_code")
        return exchangeCode(*client, request);
    if (grantType == u"refresh_token")
        return refresh(*client, request);
    if (grantType == u"urn:ietf:params:oauth:grant-type:device_code")
        return pollDevice(*client, request);
    if (grantType == u"client_credentials")
        return actForItself(*client, request);
    return Response::ofError(u"unsupported_grant_type"_s, u"this grant_type is not known here"_s);
}

Response TokenEndpoint::exchangeCode(const Client &client, const Request &request)
{
    const auto code = m_context.state.codes.find(request.form.value(u"code"));
    if (code == m_context.state.codes.end())
        return invalidGrant(u"the code is unknown"_s);
    if (code->grant->clientId != client.id)
        return invalidGrant(u"the code was issued to another client"_s);
    if (code->isSpent) {
        // RFC 6749 §4.1.2: a second use revokes what the first one brought.
        code->grant->isRevoked = true;
        return invalidGrant(u"the code was used before"_s);
    }
    code->isSpent = true;
    if (code->expiresAt <= m_context.now())
        return invalidGrant(u"the code is expired"_s);
    if (code->grant->issuer != issuerOf(request))
        return invalidGrant(u"the code belongs to another issuer"_s);
    if (code->redirectUri != request.form.value(u"redirect_uri"))
        return invalidGrant(u"redirect_uri is not that of the authorization request"_s);
    if (!provesChallenge(request.form.value(u"code_verifier"), code->codeChallenge))
        return invalidGrant(u"code_verifier does not fit code_challenge"_s);
    const QStringList asked = request.form.values(u"resource");
    return issue({.grant = code->grant,
                  .scopes = code->grant->scopes,
                  .resources = asked.isEmpty() ? code->grant->resources : asked},
                 request);
}

Response TokenEndpoint::refresh(const Client &client, const Request &request)
{
    const auto token = m_context.state.refreshTokens.find(request.form.value(u"refresh_token"));
    if (token == m_context.state.refreshTokens.end())
        return invalidGrant(u"the refresh token is unknown"_s);
    if (token->grant->clientId != client.id)
        return invalidGrant(u"the refresh token was issued to another client"_s);
    if (token->isSpent) {
        // RFC 9700 §4.14.2: somebody uses an old one, so nobody can tell who is who.
        token->grant->isRevoked = true;
        return invalidGrant(u"the refresh token was used before; its whole family is revoked"_s);
    }
    if (token->grant->isRevoked)
        return invalidGrant(u"the refresh token is revoked"_s);
    if (token->expiresAt <= m_context.now())
        return invalidGrant(u"the refresh token is expired"_s);
    if (!token->keyId.isEmpty() && token->keyId != m_keyId) // RFC 9449 §5
        return invalidGrant(u"the refresh token is bound to a key that was not proved"_s);
    const QStringList scopes =
        request.form.contains(u"scope") ? words(request.form.value(u"scope")) : token->grant->scopes;
    if (!isSubset(scopes, token->grant->scopes))
        return Response::ofError(u"invalid_scope"_s, u"a refresh cannot widen the scope"_s);
    const auto details = narrowedDetails(*token->grant, request.form);
    if (const auto *const refusal = std::get_if<Refusal>(&details))
        return refusal->response();
    token->isSpent = true;
    const QStringList asked = request.form.values(u"resource");
    return issue({.grant = token->grant,
                  .scopes = scopes,
                  .resources = asked.isEmpty() ? token->grant->resources : asked,
                  .isRefreshed = true},
                 request);
}

Response TokenEndpoint::pollDevice(const Client &client, const Request &request)
{
    const auto device = m_context.state.devices.find(request.form.value(u"device_code"));
    if (device == m_context.state.devices.end() || device->clientId != client.id)
        return invalidGrant(u"the device code is unknown"_s);
    const QDateTime now = m_context.now();
    if (device->expiresAt <= now)
        return Response::ofError(u"expired_token"_s, u"the device code is expired"_s);
    const bool isTooSoon = device->lastPollAt && device->lastPollAt->addSecs(device->interval) > now.addMSecs(250);
    device->lastPollAt = now;
    if (isTooSoon && device->status == DeviceRequest::Status::Pending) {
        device->interval += 5; // RFC 8628 §3.5
        return Response::ofError(u"slow_down"_s, u"poll less often"_s);
    }
    switch (device->status) {
    case DeviceRequest::Status::Pending:
        return Response::ofError(u"authorization_pending"_s, u"the person has not decided yet"_s);
    case DeviceRequest::Status::Denied: return Response::ofError(u"access_denied"_s, u"the person declined"_s);
    case DeviceRequest::Status::Spent: return invalidGrant(u"the device code was used before"_s);
    case DeviceRequest::Status::Approved: break;
    }
    device->status = DeviceRequest::Status::Spent;
    const auto grant = std::make_shared<Grant>(Grant{.issuer = device->issuer,
                                                     .clientId = client.id,
                                                     .subject = device->subject,
                                                     .scopes = device->scopes,
                                                     .acr = u"urn:countersign:sandbox:picked"_s,
                                                     .authenticatedAt = device->authenticatedAt,
                                                     .resources = device->resources,
                                                     .authorizationDetails = device->authorizationDetails});
    return issue({.grant = grant, .scopes = grant->scopes, .resources = grant->resources}, request);
}

Response TokenEndpoint::actForItself(const Client &client, const Request &request)
{
    if (client.isPublic() || !client.mayActForItself)
        return Response::ofError(u"unauthorized_client"_s, u"this client cannot act for itself"_s);
    const auto details = authorizationDetailsIn(request.form);
    if (const auto *const refusal = std::get_if<Refusal>(&details))
        return refusal->response();
    const auto grant = std::make_shared<Grant>(Grant{.issuer = issuerOf(request),
                                                     .clientId = client.id,
                                                     .scopes = words(request.form.value(u"scope")),
                                                     .resources = request.form.values(u"resource"),
                                                     .authorizationDetails = std::get<QJsonArray>(details)});
    return issue({.grant = grant, .scopes = grant->scopes, .resources = grant->resources}, request);
}

Response TokenEndpoint::issue(const Issue &issue, const Request &request)
{
    const auto narrowed = narrowedDetails(*issue.grant, request.form);
    if (const auto *const refusal = std::get_if<Refusal>(&narrowed))
        return refusal->response();
    const auto &details = std::get<QJsonArray>(narrowed);
    const Parameters parameters = request.parameters();
    const QString accessToken = m_mint.accessToken(issue.grant, issue.scopes, issue.resources, parameters, m_keyId);
    QJsonObject body{{u"access_token"_s, accessToken},
                     {u"token_type"_s, m_keyId.isEmpty() ? u"Bearer"_s : u"DPoP"_s},
                     {u"expires_in"_s, static_cast<qint64>(m_context.settings.accessTokenLifetime.count())},
                     {u"scope"_s, issue.scopes.join(u' ')}};
    // RFC 9449 §5: another client's refresh tokens are bound to what it proves itself with.
    const Client *const client = m_context.directory.client(issue.grant->clientId);
    const bool isPublic = client && client->isPublic();
    const bool isPerson = !issue.grant->subject.isEmpty();
    if (isPerson && issue.scopes.contains(u"openid"_s))
        body.insert("id_token"_L1, m_mint.idToken(issue.grant, accessToken, issue.isRefreshed, parameters));
    if (isPerson && issue.grant->scopes.contains(u"offline_access"_s)) {
        body.insert("refresh_token"_L1, m_mint.refreshToken(issue.grant, isPublic ? m_keyId : QString()));
        body.insert("refresh_token_expires_in"_L1,
                    static_cast<qint64>(m_context.settings.refreshTokenLifetime.count()));
    }
    if (!details.isEmpty())
        body.insert("authorization_details"_L1, details);
    Response response = Response::ofJson(body);
    response.setHeader("Pragma"_ba, "no-cache"_ba);
    return response;
}

} // namespace CountersignSandbox

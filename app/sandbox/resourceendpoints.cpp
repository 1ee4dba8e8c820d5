// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "resourceendpoints.h"

#include "proof.h"

using namespace Qt::StringLiterals;

namespace CountersignSandbox {

namespace {

// RFC 6750 §3: without a token there is no error code.
Response challenge(const Request &request)
{
    const bool sentNone = request.header("authorization"_ba).isEmpty();
    Response response = sentNone
        ? Response::ofJson({}, 401)
        : Response::ofError(u"invalid_token"_s, u"the token is unknown, expired or revoked"_s, 401);
    QByteArray field = "Bearer realm=\"sandbox\"";
    if (!sentNone)
        field += ", error=\"invalid_token\"";
    if (request.path.endsWith(u"/api")) // RFC 9728 §5.1
        field += ", resource_metadata=\"" + request.origin.toLatin1() + "/.well-known/oauth-protected-resource"
            + request.path.toLatin1() + '"';
    response.setHeader("WWW-Authenticate"_ba, field);
    return response;
}

} // namespace

bool ResourceEndpoints::isActive(const AccessToken &token) const
{
    return !token.isRevoked && !token.grant->isRevoked && token.expiresAt > m_context.now();
}

const AccessToken *ResourceEndpoints::presented(const Request &request, Response &refusal) const
{
    refusal = challenge(request);
    const QByteArray authorization = request.header("authorization"_ba);
    const auto space = authorization.indexOf(' ');
    const auto scheme = authorization.left(space).toLower();
    const auto text = QString::fromLatin1(authorization.mid(space + 1).trimmed());
    const auto token = m_context.state.accessTokens.constFind(text);
    if (token == m_context.state.accessTokens.cend() || !isActive(*token))
        return nullptr;
    if (scheme == "bearer"_ba && token->keyId.isEmpty())
        return &*token;
    if (scheme != "dpop"_ba || token->keyId.isEmpty())
        return nullptr;
    refusal.setHeader("WWW-Authenticate"_ba, "DPoP error=\"invalid_token\", algs=\"ES256 RS256 PS256\""_ba);
    const auto key = provenKey(m_context, request, text, refusal);
    return key == token->keyId ? &*token : nullptr;
}

Response ResourceEndpoints::userInfo(const Request &request)
{
    Response refusal;
    const AccessToken *const token = presented(request, refusal);
    const User *const user = token ? m_context.directory.userBySubject(token->grant->subject) : nullptr;
    if (!user)
        return refusal;
    if (!token->scopes.contains(u"openid"_s)) {
        Response response = Response::ofError(u"insufficient_scope"_s, u"the scope openid is missing"_s, 403);
        response.setHeader("WWW-Authenticate"_ba, "Bearer error=\"insufficient_scope\", scope=\"openid\""_ba);
        return response;
    }
    QJsonObject claims = user->claimsFor(token->scopes);
    const QJsonObject requested = token->grant->claims.value("userinfo"_L1).toObject();
    for (auto claim = requested.begin(); claim != requested.end(); ++claim) {
        if (user->claims.contains(claim.key()))
            claims.insert(claim.key(), user->claims.value(claim.key()));
    }
    claims.insert("sub"_L1, user->subject);
    return Response::ofJson(claims);
}

Response ResourceEndpoints::api(const Request &request)
{
    Response refusal;
    const AccessToken *const token = presented(request, refusal);
    if (!token)
        return refusal;
    return Response::ofJson({{u"sub"_s, token->grant->subject},
                             {u"client_id"_s, token->grant->clientId},
                             {u"scope"_s, token->scopes.join(u' ')},
                             {u"method"_s, QString::fromLatin1(request.method)}});
}

Response ResourceEndpoints::introspect(const Request &request)
{
    Refusal refusal;
    const Client *const client = authenticateClient(m_context, request, refusal);
    if (!client)
        return refusal.response();
    const QJsonObject members = introspectionOf(request.form.value(u"token"));
    static constexpr auto signedType = "application/token-introspection+jwt";
    if (!request.header("accept"_ba).contains(signedType))
        return Response::ofJson(members);
    QJsonObject claims{{u"iss"_s, issuerOf(request)},
                       {u"aud"_s, client->id},
                       {u"iat"_s, m_context.now().toSecsSinceEpoch()},
                       {u"token_introspection"_s, members}};
    m_context.hooks.apply(HookPoint::IntrospectionClaims, request.form, claims);
    using Countersign::Jose::Algorithm;
    QJsonObject header{{u"alg"_s, u"RS256"_s},
                       {u"typ"_s, u"token-introspection+jwt"_s},
                       {u"kid"_s, m_context.keys.keyId(Algorithm::RS256)},
                       {u"cs_sandbox"_s, true}};
    m_context.hooks.apply(HookPoint::IntrospectionHeader, request.form, header);
    Response response = Response::text(m_context.keys.sign(Algorithm::RS256, header, compactJson(claims)), 200);
    response.setHeader("Content-Type"_ba, signedType);
    return response;
}

QJsonObject ResourceEndpoints::introspectionOf(const QString &text) const
{
    if (const auto token = m_context.state.accessTokens.constFind(text); token != m_context.state.accessTokens.cend()) {
        if (!isActive(*token))
            return {{u"active"_s, false}};
        const bool isBound = !token->keyId.isEmpty();
        QJsonObject members{{u"active"_s, true},
                            {u"token_type"_s, isBound ? u"DPoP"_s : u"Bearer"_s},
                            {u"iss"_s, token->grant->issuer},
                            {u"sub"_s, token->grant->subject},
                            {u"client_id"_s, token->grant->clientId},
                            {u"scope"_s, token->scopes.join(u' ')},
                            {u"jti"_s, token->id},
                            {u"iat"_s, token->issuedAt.toSecsSinceEpoch()},
                            {u"exp"_s, token->expiresAt.toSecsSinceEpoch()}};
        if (isBound) // RFC 9449 §6.2
            members.insert("cnf"_L1, QJsonObject{{u"jkt"_s, token->keyId}});
        return members;
    }
    const auto refresh = m_context.state.refreshTokens.constFind(text);
    const bool isActiveRefresh = refresh != m_context.state.refreshTokens.cend() && !refresh->isSpent
        && !refresh->grant->isRevoked && refresh->expiresAt > m_context.now();
    if (!isActiveRefresh)
        return {{u"active"_s, false}};
    return {{u"active"_s, true},
            {u"iss"_s, refresh->grant->issuer},
            {u"sub"_s, refresh->grant->subject},
            {u"client_id"_s, refresh->grant->clientId},
            {u"scope"_s, refresh->grant->scopes.join(u' ')},
            {u"exp"_s, refresh->expiresAt.toSecsSinceEpoch()}};
}

Response ResourceEndpoints::metadata(const Request &request)
{
    return Response::ofJson({{u"resource"_s, QString(issuerOf(request) + u"/api"_s)},
                             {u"authorization_servers"_s, QJsonArray{issuerOf(request)}},
                             {u"scopes_supported"_s, QJsonArray{u"openid"_s, u"groups"_s}},
                             {u"bearer_methods_supported"_s, QJsonArray{u"header"_s}},
                             {u"resource_name"_s, u"The sandbox's API"_s}});
}

Response ResourceEndpoints::revoke(const Request &request)
{
    Refusal refusal;
    const Client *const client = authenticateClient(m_context, request, refusal);
    if (!client)
        return refusal.response();
    const QString text = request.form.value(u"token");
    if (text.isEmpty())
        return Response::ofError(u"invalid_request"_s, u"token is missing"_s);
    const auto refresh = m_context.state.refreshTokens.find(text);
    const auto access = m_context.state.accessTokens.find(text);
    const bool isRefresh = refresh != m_context.state.refreshTokens.end();
    const bool isAccess = access != m_context.state.accessTokens.end();
    const Grant *const grant = isRefresh ? refresh->grant.get() : (isAccess ? access->grant.get() : nullptr);
    if (grant && grant->clientId != client->id)
        return Response::ofError(u"unauthorized_client"_s, u"the token was issued to another client"_s);
    if (isRefresh)
        refresh->grant->isRevoked = true;
    if (isAccess)
        access->isRevoked = true;
    return Response::text({}, 200); // RFC 7009 §2.2: also for a token that nobody knows
}

} // namespace CountersignSandbox

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "authorizationendpoint.h"

#include "authorizationrequest.h"
#include "pages.h"
#include "requestobject.h"

#include <algorithm>

using namespace Qt::StringLiterals;
using Countersign::Error;
using Countersign::ErrorCode;
using Countersign::Result;

namespace CountersignSandbox {

namespace {

constexpr QLatin1StringView sessionCookie("cs_sandbox_session");
constexpr QLatin1StringView requestUriPrefix("urn:ietf:params:oauth:request_uri:");

QString consentKey(const AuthorizationRequest &asked, const QString &scope)
{
    return asked.clientId + u' ' + scope;
}

// The strong level is granted when asked for: what a person would do for it has no place in a sandbox.
QString acrFor(const AuthorizationRequest &asked)
{
    const QJsonObject acr = asked.claims.value("id_token"_L1).toObject().value("acr"_L1).toObject();
    if (acr.contains("value"_L1))
        return acr.value("value"_L1).toString();
    if (acr.contains("values"_L1))
        return acr.value("values"_L1).toArray().at(0).toString();
    return asked.acrValues.value(0, u"urn:countersign:sandbox:picked"_s);
}

Response problemPage(const QString &description)
{
    return Pages::message(u"This sign-in cannot start"_s,
                          u"The application sent a request that is refused: "_s + description, 400);
}

void setSessionCookie(Response &response, const QString &id)
{
    response.setHeader("Set-Cookie"_ba,
                       QByteArray(sessionCookie.data(), sessionCookie.size()) + '=' + id.toLatin1()
                           + "; Path=/sandbox; HttpOnly; SameSite=Lax");
}

} // namespace

Result<Parameters> AuthorizationEndpoint::resolved(const Request &request)
{
    const Parameters sent = request.parameters();
    const QString clientId = sent.value(u"client_id");
    const Client *const client = m_context.directory.client(clientId);
    if (!sent.contains(u"request_uri")) {
        if (client && client->requirePushedAuthorization)
            return Error{ErrorCode::ServerRejected, u"this client has to push its requests (RFC 9126)"_s};
        if (client && !client->keys.isEmpty() && sent.contains(u"request"))
            return openedRequestObject(m_context, *client, issuerOf(request), sent);
        return sent;
    }
    // RFC 9126 §4: used once, by the client that pushed it, before it expires.
    const PushedRequest pushed = m_context.state.pushed.take(sent.value(u"request_uri"));
    if (pushed.clientId.isEmpty() || pushed.clientId != clientId || pushed.expiresAt <= m_context.now())
        return Error{ErrorCode::ServerRejected, u"this request_uri is unknown, used or expired"_s};
    return pushed.parameters;
}

Response AuthorizationEndpoint::authorize(const Request &request)
{
    const auto parameters = resolved(request);
    if (!parameters)
        return problemPage(parameters.error().message());
    auto checked = checkAuthorizationRequest(m_context, issuerOf(request), *parameters);
    if (const auto *const problem = std::get_if<AuthorizationProblem>(&checked)) {
        return problem->answerTo ? refuse(*problem->answerTo, problem->refusal.error, problem->refusal.description)
                                 : problemPage(problem->refusal.description);
    }
    return begin(request, std::get<AuthorizationRequest>(checked));
}

Response AuthorizationEndpoint::push(const Request &request)
{
    Refusal refusal;
    const Client *const client = authenticateClient(m_context, request, refusal);
    if (!client)
        return refusal.response();
    Parameters parameters = request.form;
    parameters.remove(u"client_secret");
    parameters.set(u"client_id"_s, client->id);
    if (parameters.contains(u"request_uri"))
        return Response::ofError(u"invalid_request"_s, u"request_uri has no place in a pushed request"_s);
    if (!client->keys.isEmpty() && parameters.contains(u"request")) {
        auto opened = openedRequestObject(m_context, *client, issuerOf(request), parameters);
        if (!opened)
            return Response::ofError(u"invalid_request_object"_s, opened.error().message());
        parameters = *std::move(opened);
    }
    auto checked = checkAuthorizationRequest(m_context, issuerOf(request), parameters);
    if (const auto *const problem = std::get_if<AuthorizationProblem>(&checked))
        return problem->refusal.response();
    const QString requestUri = requestUriPrefix + randomName();
    const auto lifetime = m_context.settings.pushedRequestLifetime.count();
    m_context.state.pushed.insert(
        requestUri, {.clientId = client->id, .parameters = parameters, .expiresAt = m_context.now().addSecs(lifetime)});
    return Response::ofJson({{u"request_uri"_s, requestUri}, {u"expires_in"_s, static_cast<qint64>(lifetime)}}, 201);
}

bool AuthorizationEndpoint::needsSignIn(const AuthorizationRequest &asked, const Session *session) const
{
    if (!session || asked.prompts.contains(u"login"_s) || asked.prompts.contains(u"select_account"_s))
        return true;
    return asked.maxAge && session->authenticatedAt.addSecs(*asked.maxAge) < m_context.now();
}

bool AuthorizationEndpoint::needsConsent(const AuthorizationRequest &asked, const Session &session) const
{
    if (asked.prompts.contains(u"consent"_s))
        return true;
    return !std::all_of(asked.scopes.cbegin(), asked.scopes.cend(), [&asked, &session](const QString &scope) {
        return session.consents.contains(consentKey(asked, scope));
    });
}

Session &AuthorizationEndpoint::makeSession(const User &user)
{
    const QString id = randomName();
    return *m_context.state.sessions.insert(id,
                                            {.id = id, .subject = user.subject, .authenticatedAt = m_context.now()});
}

Response AuthorizationEndpoint::begin(const Request &request, const AuthorizationRequest &asked)
{
    if (const User *const user = m_context.directory.user(m_context.settings.approve))
        return grant(asked, makeSession(*user));

    const auto found = m_context.state.sessions.constFind(request.cookie(sessionCookie));
    const Session *const session = found == m_context.state.sessions.cend() ? nullptr : &*found;
    const bool isSilent = asked.prompts.contains(u"none"_s);
    const bool mustSignIn = needsSignIn(asked, session);
    if (isSilent && mustSignIn)
        return refuse(asked, u"login_required"_s, u"nobody is signed in, or not recently enough"_s);
    if (!mustSignIn && !needsConsent(asked, *session))
        return grant(asked, *session);
    if (isSilent)
        return refuse(asked, u"consent_required"_s, u"the person has not allowed this yet"_s);

    const QString interaction = randomName();
    m_context.state.interactions.insert(interaction, {.request = asked});
    if (!mustSignIn)
        return askConsent(interaction, asked, *session);
    return Pages::picker(issuerPath + u"/picked"_s, interaction, *m_context.directory.client(asked.clientId),
                         m_context.offeredUsers(), asked.loginHint);
}

Response AuthorizationEndpoint::askConsent(const QString &interaction, const AuthorizationRequest &asked,
                                           const Session &session)
{
    m_context.state.interactions[interaction].sessionId = session.id;
    const User *const user = m_context.directory.userBySubject(session.subject);
    if (!user)
        return problemPage(u"the person is known no longer"_s);
    return Pages::consent(issuerPath + u"/decided"_s, interaction, *m_context.directory.client(asked.clientId), *user,
                          asked.scopes);
}

Response AuthorizationEndpoint::picked(const Request &request)
{
    const QString interaction = request.form.value(u"interaction");
    const auto found = m_context.state.interactions.constFind(interaction);
    if (found == m_context.state.interactions.cend())
        return Pages::message(u"This page is too old"_s, u"Start the sign-in again in the application."_s, 400);
    const AuthorizationRequest asked = found->request;
    if (request.form.value(u"decision") == u"deny") {
        m_context.state.interactions.remove(interaction);
        return refuse(asked, u"access_denied"_s, u"the person cancelled"_s);
    }
    const User *const user = m_context.directory.user(request.form.value(u"user"));
    if (!user)
        return Pages::message(u"Nobody was chosen"_s, u"Go back and choose an account."_s, 400);

    Session &session = makeSession(*user);
    const auto previous = m_context.state.sessions.constFind(request.cookie(sessionCookie));
    if (previous != m_context.state.sessions.cend() && previous->subject == session.subject)
        session.consents = previous->consents;
    Response response;
    if (needsConsent(asked, session)) {
        response = askConsent(interaction, asked, session);
    } else {
        m_context.state.interactions.remove(interaction);
        response = grant(asked, session);
    }
    setSessionCookie(response, session.id);
    return response;
}

Response AuthorizationEndpoint::decided(const Request &request)
{
    const Interaction interaction = m_context.state.interactions.take(request.form.value(u"interaction"));
    const auto session = m_context.state.sessions.find(interaction.sessionId);
    // The cookie ties the decision to the browser that the person was picked in.
    if (interaction.sessionId.isEmpty() || session == m_context.state.sessions.end()
        || request.cookie(sessionCookie) != interaction.sessionId)
        return Pages::message(u"This page is too old"_s, u"Start the sign-in again in the application."_s, 400);
    if (request.form.value(u"decision") != u"allow")
        return refuse(interaction.request, u"access_denied"_s, u"the person declined"_s);
    for (const QString &scope : interaction.request.scopes) {
        if (!session->consents.contains(consentKey(interaction.request, scope)))
            session->consents.append(consentKey(interaction.request, scope));
    }
    return grant(interaction.request, *session);
}

Response AuthorizationEndpoint::grant(const AuthorizationRequest &asked, const Session &session)
{
    const auto grant = std::make_shared<Grant>(Grant{.issuer = asked.issuer,
                                                     .clientId = asked.clientId,
                                                     .subject = session.subject,
                                                     .sessionId = session.id,
                                                     .scopes = asked.scopes,
                                                     .nonce = asked.nonce,
                                                     .acr = acrFor(asked),
                                                     .authenticatedAt = session.authenticatedAt,
                                                     .claims = asked.claims,
                                                     .resources = asked.resources,
                                                     .authorizationDetails = asked.authorizationDetails});
    Parameters parameters;
    parameters.add(u"code"_s, m_mint.authorizationCode(grant, asked));
    return answer(asked, parameters);
}

Response AuthorizationEndpoint::refuse(const AuthorizationRequest &asked, const QString &error,
                                       const QString &description)
{
    Parameters parameters;
    parameters.add(u"error"_s, error);
    parameters.add(u"error_description"_s, description);
    return answer(asked, parameters);
}

Response AuthorizationEndpoint::answer(const AuthorizationRequest &asked, Parameters parameters)
{
    if (asked.state)
        parameters.add(u"state"_s, *asked.state);
    const bool isToken = asked.responseMode.endsWith(u".jwt");
    if (!isToken)
        parameters.add(u"iss"_s, asked.issuer); // RFC 9207 §2: JARM carries it inside
    const QList<HookProgram> programs = m_context.hooks.taken(HookPoint::AuthorizationResponse, asked.raw);
    for (const HookProgram &program : programs) {
        program.alter(parameters);
        if (program.value("rotate"_L1).toBool())
            m_context.keys.rotate();
    }
    if (isToken) {
        const QString token = m_mint.responseToken(asked, parameters);
        parameters = {};
        parameters.add(u"response"_s, token);
    }
    if (asked.responseMode.startsWith(u"form_post"))
        return Pages::formPost(asked.redirectUri, parameters);
    const bool isFragment = asked.responseMode.startsWith(u"fragment");
    const char separator = isFragment ? '#' : (asked.redirectUri.contains(u'?') ? '&' : '?');
    return Response::redirect(asked.redirectUri.toUtf8() + separator + parameters.encode());
}

} // namespace CountersignSandbox

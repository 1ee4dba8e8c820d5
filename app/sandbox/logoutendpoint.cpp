// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "logoutendpoint.h"

#include "pages.h"

using namespace Qt::StringLiterals;

namespace CountersignSandbox {

Response LogoutEndpoint::endSession(const Request &request)
{
    const Parameters parameters = request.parameters();
    const auto hint = m_context.state.idTokens.value(parameters.value(u"id_token_hint"));
    if (parameters.contains(u"id_token_hint") && !hint)
        return Pages::message(u"Cannot sign out"_s, u"The application sent an ID token that is not from here."_s, 400);
    const QString clientId = parameters.value(u"client_id");
    if (hint && !clientId.isEmpty() && hint->clientId != clientId)
        return Pages::message(u"Cannot sign out"_s, u"The ID token belongs to another application."_s, 400);
    const Client *const client = m_context.directory.client(hint ? hint->clientId : clientId);
    const QString redirect = parameters.value(u"post_logout_redirect_uri");
    if (!redirect.isEmpty() && (!client || !client->acceptsPostLogoutRedirect(redirect)))
        return Pages::message(u"Cannot sign out"_s, u"The application did not register where to go afterwards."_s, 400);

    const auto session = m_context.state.sessions.constFind(request.cookie(u"cs_sandbox_session"_s));
    const bool hasSession = session != m_context.state.sessions.cend();
    const QString decision = request.form.value(u"decision");
    if (decision == u"stay")
        return Pages::message(u"Still signed in"_s, u"Nothing was changed. You can close this page."_s);
    // §2: the hint of the person's own session is consent enough; anything else is asked about.
    const bool isOwn = hint && (!hasSession || hint->subject == session->subject);
    if (decision == u"leave" || isOwn || !m_context.settings.approve.isEmpty())
        return leave(request, hasSession ? session->id : (hint ? hint->sessionId : QString()));
    const User *const user = hasSession ? m_context.directory.userBySubject(session->subject) : nullptr;
    return Pages::signOut(issuerPath + u"/end_session"_s, parameters,
                          user ? user->claims.value("name"_L1).toString() : QString());
}

Response LogoutEndpoint::leave(const Request &request, const QString &sessionId)
{
    m_context.state.sessions.remove(sessionId);
    const Parameters asked = request.parameters();
    const QString redirect = asked.value(u"post_logout_redirect_uri");
    if (redirect.isEmpty())
        return Pages::message(u"Signed out"_s, u"You can close this page."_s);
    Parameters parameters;
    if (asked.contains(u"state"))
        parameters.add(u"state"_s, asked.value(u"state"));
    m_context.hooks.apply(HookPoint::EndSessionResponse, asked, parameters);
    if (parameters.isEmpty())
        return Response::redirect(redirect.toUtf8());
    return Response::redirect(redirect.toUtf8() + (redirect.contains(u'?') ? '&' : '?') + parameters.encode());
}

} // namespace CountersignSandbox

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sandbox.h"

#include "metadata.h"
#include "pages.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QLocale>

#include <algorithm>
#include <array>
#include <functional>

using namespace Qt::StringLiterals;
using Countersign::Result;

namespace CountersignSandbox {

namespace {

struct EndpointHook
{
    QLatin1StringView endpoint;
    HookPoint point;
};

// Where a hook acts on the HTTP answer as a whole. The key set applies its own.
constexpr std::array endpointHooks = {
    EndpointHook{"/.well-known/openid-configuration"_L1, HookPoint::Discovery},
    EndpointHook{"/authorize"_L1, HookPoint::AuthorizationPage},
    EndpointHook{"/picked"_L1, HookPoint::AuthorizationPage},
    EndpointHook{"/decided"_L1, HookPoint::AuthorizationPage},
    EndpointHook{"/par"_L1, HookPoint::PushedAuthorization},
    EndpointHook{"/token"_L1, HookPoint::TokenResponse},
    EndpointHook{"/userinfo"_L1, HookPoint::UserInfo},
    EndpointHook{"/device_authorization"_L1, HookPoint::DeviceAuthorization},
    EndpointHook{"/revoke"_L1, HookPoint::Revocation},
    EndpointHook{"/introspect"_L1, HookPoint::Introspection},
    EndpointHook{"/end_session"_L1, HookPoint::EndSession},
    EndpointHook{"/api"_L1, HookPoint::Resource},
    EndpointHook{"/.well-known/oauth-protected-resource"_L1, HookPoint::ResourceMetadata},
};

// The part of the path below the issuer; both well-known forms come out as the appended one (RFC 8414 §3.1).
QString endpointOf(const QString &path)
{
    static constexpr QLatin1StringView discovery("/.well-known/openid-configuration");
    if (path == u"/.well-known/oauth-authorization-server"_s + issuerPath || path == discovery + issuerPath)
        return discovery;
    static constexpr QLatin1StringView resource("/.well-known/oauth-protected-resource"); // RFC 9728 §3.1
    if (path == resource + issuerPath + u"/api"_s)
        return resource;
    if (!path.startsWith(issuerPath + u"/"_s))
        return {};
    const QString endpoint = path.sliced(issuerPath.size());
    return endpoint == u"/.well-known/oauth-authorization-server" ? QString(discovery) : endpoint;
}

} // namespace

Sandbox::Sandbox(const Settings &settings, QObject *parent)
    : QObject(parent), m_context{.settings = settings}, m_mint(m_context), m_authorization(m_context, m_mint),
      m_token(m_context, m_mint), m_device(m_context), m_resources(m_context), m_logout(m_context),
      m_control(m_context, m_device), m_server([this](const Request &request) { return handle(request); })
{
}

Result<void> Sandbox::start(quint16 port)
{
    const auto taken = m_server.start(port);
    if (!taken)
        return taken.error();
    m_port = *taken;
    m_control.setSummary(summary());
    return {};
}

QString Sandbox::issuer() const
{
    return u"http://127.0.0.1:"_s + QString::number(m_port) + issuerPath;
}

QUrl Sandbox::controlUrl() const
{
    return QUrl(u"http://127.0.0.1:"_s + QString::number(m_port) + controlPath);
}

QJsonObject Sandbox::summary() const
{
    QJsonArray clients;
    for (const Client &client : m_context.directory.clients())
        clients.append(client.toJson());
    QJsonArray users;
    for (const User &user : m_context.directory.users())
        users.append(QJsonObject{{u"name"_s, user.name}, {u"sub"_s, user.subject}});
    return {{u"schema"_s, u"countersign.sandbox/1"_s},
            {u"issuer"_s, issuer()},
            {u"clients"_s, clients},
            {u"users"_s, users},
            {u"control"_s, controlUrl().toString()},
            {u"pid"_s, QCoreApplication::applicationPid()}};
}

QByteArray Sandbox::readyLine() const
{
    return compactJson(summary());
}

Response Sandbox::handle(const Request &request)
{
    if (request.path == controlPath || request.path.startsWith(controlPath + u"/"_s))
        return m_control.handle(request);
    const QString endpoint = endpointOf(request.path);
    QList<HookProgram> programs;
    for (const EndpointHook &hook : endpointHooks) {
        if (hook.endpoint == endpoint)
            programs += m_context.hooks.taken(hook.point, request.parameters());
    }
    const bool isReplaced = std::any_of(programs.cbegin(), programs.cend(), std::mem_fn(&HookProgram::isInstead));
    Response response = isReplaced ? Response() : route(request, endpoint);
    // RFC 9110 6.6.1: whoever has a clock says what it shows.
    const auto date = QLocale::c().toString(m_context.now(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s);
    response.setHeader("Date"_ba, date.toLatin1());
    for (const HookProgram &program : std::as_const(programs))
        program.alter(response);
    m_control.record(request, response.status);
    return response;
}

Response Sandbox::route(const Request &request, const QString &endpoint)
{
    if (endpoint == u"/.well-known/openid-configuration")
        return Response::ofJson(discoveryDocument(issuerOf(request)));
    if (endpoint == u"/jwks" || endpoint.startsWith(u"/jwks/")) // below it for a jwks_uri that is new each time
        return keySet(m_context, request);
    if (endpoint == u"/authorize")
        return m_authorization.authorize(request);
    if (endpoint == u"/picked")
        return m_authorization.picked(request);
    if (endpoint == u"/decided")
        return m_authorization.decided(request);
    if (endpoint == u"/par")
        return m_authorization.push(request);
    if (endpoint == u"/token")
        return m_token.exchange(request);
    if (endpoint == u"/device_authorization")
        return m_device.start(request);
    if (endpoint == u"/device")
        return m_device.page(request);
    if (endpoint == u"/userinfo")
        return m_resources.userInfo(request);
    if (endpoint == u"/api")
        return m_resources.api(request);
    if (endpoint == u"/.well-known/oauth-protected-resource")
        return ResourceEndpoints::metadata(request);
    if (endpoint == u"/introspect")
        return m_resources.introspect(request);
    if (endpoint == u"/revoke")
        return m_resources.revoke(request);
    if (endpoint == u"/end_session")
        return m_logout.endSession(request);
    return Pages::message(u"Nothing is here"_s, u"The sandbox's issuer is "_s + issuer() + u"."_s, 404);
}

} // namespace CountersignSandbox

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "control.h"

#include "modules.h"
#include "tokenmint.h"

#include <QtCore/QJsonDocument>

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace CountersignSandbox {

namespace {

// Enough for any test; an endless soak must not eat the memory.
constexpr qsizetype maximumLogEntries = 10000;

Response done()
{
    return Response::ofJson({{u"ok"_s, true}});
}

Response problem(const QString &text, int status = 400)
{
    return Response::ofError(u"invalid_control_request"_s, text, status);
}

Response outcome(const Countersign::Result<void> &result)
{
    return result ? done() : problem(result.error().message());
}

QJsonValue bodyOf(const Request &request)
{
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

const QString &nameOf(const User &user)
{
    return user.name;
}

const QString &nameOf(const Client &client)
{
    return client.id;
}

template <typename Entry> QString namesOf(const QList<Entry> &entries)
{
    QStringList names;
    for (const Entry &entry : entries)
        names.append(nameOf(entry));
    return names.join(u", "_s);
}

struct Setting
{
    QLatin1StringView name;
    std::chrono::seconds Settings::*member;
};

constexpr std::array durations = {
    Setting{"accessTokenLifetime"_L1, &Settings::accessTokenLifetime},
    Setting{"idTokenLifetime"_L1, &Settings::idTokenLifetime},
    Setting{"codeLifetime"_L1, &Settings::codeLifetime},
    Setting{"refreshTokenLifetime"_L1, &Settings::refreshTokenLifetime},
    Setting{"deviceCodeLifetime"_L1, &Settings::deviceCodeLifetime},
    Setting{"pushedRequestLifetime"_L1, &Settings::pushedRequestLifetime},
    Setting{"clockOffset"_L1, &Settings::clockOffset},
};

QJsonObject headersForLog(const Request &request)
{
    QJsonObject headers;
    for (const auto &[name, value] : request.headers)
        headers.insert(QString::fromLatin1(name), QString::fromUtf8(value));
    return headers;
}

} // namespace

void Control::record(const Request &request, int status)
{
    if (m_log.size() >= maximumLogEntries)
        m_log.removeFirst();
    m_log.append(QJsonObject{{u"method"_s, QString::fromLatin1(request.method)},
                             {u"path"_s, request.path},
                             {u"query"_s, request.query.toJson()},
                             {u"form"_s, request.form.toJson()},
                             {u"headers"_s, headersForLog(request)},
                             {u"status"_s, status},
                             {u"at"_s, m_context.now().toString(Qt::ISODateWithMs)}});
}

Response Control::handle(const Request &request)
{
    if (!request.header("origin"_ba).isEmpty() || request.header("sec-fetch-site"_ba) == "cross-site"_ba)
        return problem(u"no web page controls the sandbox"_s, 403);
    const QString what = request.path.section(u'/', 2, 2);
    const QString rest = request.path.section(u'/', 3);
    if (what.isEmpty())
        return Response::ofJson(m_summary);
    if (what == u"log") {
        if (request.method == "DELETE"_ba)
            clearLog();
        return Response::ofJson({{u"requests"_s, m_log}});
    }
    if (what == u"hooks")
        return hooks(request, rest);
    if (what == u"modules")
        return modules(request, rest);
    if (what == u"approve")
        return approve(request);
    if (what == u"deny")
        return m_device.deny(request.query.value(u"user_code")) ? done() : problem(u"no such code waits"_s, 404);
    if (what == u"settings" || what == u"clock")
        return settings(request);
    if (what == u"keys" && rest == u"rotate" && request.method == "POST"_ba) {
        m_context.keys.rotate();
        return done();
    }
    if (what == u"clients" || what == u"users")
        return clients(request, rest);
    if (what == u"revoke" && request.method == "POST"_ba)
        return revoke(request);
    if (what == u"mint" && request.method == "POST"_ba)
        return mint(request);
    if (what == u"repair" && request.method == "POST"_ba) {
        m_context.hooks.clear();
        return done();
    }
    if (what == u"state" && request.method == "DELETE"_ba) {
        m_context.state = {};
        return done();
    }
    return problem(u"there is no such control"_s, 404);
}

Response Control::hooks(const Request &request, const QString &pointName)
{
    if (pointName.isEmpty()) {
        if (request.method == "DELETE"_ba)
            m_context.hooks.clear();
        return Response::ofJson(m_context.hooks.toJson());
    }
    const auto point = hookPoint(pointName);
    if (!point)
        return problem(u"there is no hook point "_s + pointName, 404);
    if (request.method == "DELETE"_ba)
        m_context.hooks.clear(*point);
    else if (request.method == "PUT"_ba)
        return outcome(m_context.hooks.set(*point, bodyOf(request)));
    else if (request.method == "POST"_ba)
        return outcome(m_context.hooks.add(*point, bodyOf(request).toObject()));
    return Response::ofJson({{pointName, m_context.hooks.toJson(*point)}});
}

Response Control::modules(const Request &request, const QString &name)
{
    if (request.method == "PUT"_ba)
        return outcome(applyModule(m_context, name));
    QJsonArray list;
    const QStringList names = moduleNames();
    for (const QString &module : names)
        list.append(QJsonObject{{u"name"_s, module}, {u"rejected"_s, moduleExpectsRejection(module)}});
    return Response::ofJson({{u"modules"_s, list}});
}

Response Control::approve(const Request &request)
{
    const QString userCode = request.query.value(u"user_code");
    if (!userCode.isEmpty()) {
        const QString user = request.query.contains(u"user") ? request.query.value(u"user") : u"ada"_s;
        return m_device.approve(userCode, user) ? done() : problem(u"no such code waits, or no such user"_s, 404);
    }
    if (request.method == "DELETE"_ba) {
        m_context.settings.approve.clear();
        return done();
    }
    const QString user = bodyOf(request).toObject().value("user"_L1).toString();
    if (!m_context.directory.user(user))
        return problem(u"there is no such user"_s, 404);
    m_context.settings.approve = user;
    return done();
}

Response Control::settings(const Request &request)
{
    const QJsonObject changes = request.method == "PUT"_ba ? bodyOf(request).toObject() : QJsonObject();
    QJsonObject all;
    for (const Setting &setting : durations) {
        auto &value = m_context.settings.*setting.member;
        if (changes.contains(setting.name))
            value = std::chrono::seconds(changes.value(setting.name).toInteger());
        all.insert(setting.name, static_cast<qint64>(value.count()));
    }
    if (changes.contains("offset"_L1))
        m_context.settings.clockOffset = std::chrono::seconds(changes.value("offset"_L1).toInteger());
    if (changes.contains("deviceInterval"_L1))
        m_context.settings.deviceInterval = changes.value("deviceInterval"_L1).toInteger();
    all.insert("clockOffset"_L1, static_cast<qint64>(m_context.settings.clockOffset.count()));
    all.insert("deviceInterval"_L1, m_context.settings.deviceInterval);
    all.insert("approve"_L1, m_context.settings.approve);
    return Response::ofJson(all);
}

Response Control::clients(const Request &request, const QString &id)
{
    if (request.method == "PUT"_ba && request.path.startsWith(u"/control/clients/") && !id.isEmpty()) {
        auto client = Client::parse(id, bodyOf(request).toObject());
        if (!client)
            return problem(client.error().message());
        m_context.directory.putClient(*std::move(client));
    }
    QJsonArray clients;
    for (const Client &client : m_context.directory.clients())
        clients.append(client.toJson());
    QJsonArray users;
    for (const User &user : m_context.directory.users())
        users.append(QJsonObject{{u"name"_s, user.name}, {u"sub"_s, user.subject}, {u"claims"_s, user.claims}});
    return Response::ofJson({{u"clients"_s, clients}, {u"users"_s, users}});
}

Response Control::revoke(const Request &request)
{
    const User *const user = m_context.directory.user(request.query.value(u"user"));
    if (request.query.contains(u"user") && !user)
        return problem(u"there is no such user"_s, 404);
    const auto matches = [user](const Grant &grant) { return !user || grant.subject == user->subject; };
    for (const RefreshToken &token : std::as_const(m_context.state.refreshTokens)) {
        if (matches(*token.grant))
            token.grant->isRevoked = true;
    }
    for (const AccessToken &token : std::as_const(m_context.state.accessTokens)) {
        if (matches(*token.grant))
            token.grant->isRevoked = true;
    }
    return done();
}

Response Control::mint(const Request &request)
{
    const QJsonObject wish = bodyOf(request).toObject();
    const User *const user = m_context.directory.user(wish.value("user"_L1).toString(u"ada"_s));
    const QString clientId = wish.value("client"_L1).toString(u"sandbox-native"_s);
    if (!user)
        return problem(u"there is no user '%1', only %2"_s.arg(wish.value("user"_L1).toString(),
                                                               namesOf(m_context.directory.users())),
                       404);
    if (!m_context.directory.client(clientId))
        return problem(u"there is no client '%1', only %2"_s.arg(clientId, namesOf(m_context.directory.clients())),
                       404);
    const auto spoken = dialect(wish.value("as"_L1).toString(name(m_context.settings.dialect)));
    if (!spoken)
        return problem(u"it speaks "_s + dialectNames().join(u", "_s));
    const auto grant = std::make_shared<Grant>(
        Grant{.issuer = m_summary.value("issuer"_L1).toString(),
              .clientId = clientId,
              .subject = user->subject,
              .scopes = wish.value("scope"_L1).toString(u"openid"_s).split(u' ', Qt::SkipEmptyParts),
              .acr = u"urn:countersign:sandbox:minted"_s,
              .authenticatedAt = m_context.now()});
    const bool isIdToken = wish.value("type"_L1).toString() == "id"_L1;
    QJsonObject changes;
    QJsonArray removed;
    const QJsonObject claims = wish.value("claims"_L1).toObject();
    for (auto claim = claims.begin(); claim != claims.end(); ++claim) {
        if (claim.value().isNull())
            removed.append(claim.key());
        else
            changes.insert(claim.key(), claim.value());
    }
    const Hooks before = m_context.hooks;
    const auto added = m_context.hooks.add(isIdToken ? HookPoint::IdTokenClaims : HookPoint::AccessTokenClaims,
                                           {{u"set"_s, changes}, {u"remove"_s, removed}});
    if (!added)
        return outcome(added);
    const auto usual = std::exchange(m_context.settings.dialect, *spoken);
    const QString audience = wish.value("audience"_L1).toString();
    TokenMint mint(m_context);
    QString token =
        mint.accessToken(grant, grant->scopes, audience.isEmpty() ? QStringList() : QStringList{audience}, {});
    if (isIdToken)
        token = mint.idToken(grant, token, false, {});
    m_context.hooks = before;
    m_context.settings.dialect = usual;
    return Response::ofJson({{u"token"_s, token}});
}

} // namespace CountersignSandbox

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "dialect.h"

#include <QtCore/QUuid>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace CountersignSandbox {

namespace {

struct DialectName
{
    Dialect dialect;
    QLatin1StringView name;
};

constexpr std::array dialectTable{DialectName{Dialect::Standard, "standard"_L1},
                                  DialectName{Dialect::EntraV2, "entra-v2"_L1},
                                  DialectName{Dialect::Keycloak, "keycloak"_L1}, DialectName{Dialect::Okta, "okta"_L1},
                                  DialectName{Dialect::Auth0, "auth0"_L1}};

// The same thing has the same id in every run, so that a test can name it.
QString stableId(const QString &of)
{
    static const QUuid sandbox(u"7a0c1f52-3f6e-5d1b-9d1c-2d6f0a9b4e11"_s);
    return QUuid::createUuidV5(sandbox, of).toString(QUuid::WithoutBraces);
}

QJsonValue claimOf(const TokenSubject &subject, QLatin1StringView name)
{
    return subject.user ? subject.user->claims.value(name) : QJsonValue(QJsonValue::Undefined);
}

// Undefined leaves the claim out.
void put(QJsonObject &claims, QLatin1StringView name, const QJsonValue &value)
{
    if (!value.isUndefined())
        claims.insert(name, value);
}

void copyClaims(QJsonObject &claims, const TokenSubject &subject, std::initializer_list<QLatin1StringView> names)
{
    for (const auto name : names)
        put(claims, name, claimOf(subject, name));
}

QStringList apiScopes(const QStringList &scopes)
{
    static const QStringList ofOpenId{u"openid"_s,  u"profile"_s, u"email"_s,
                                      u"address"_s, u"phone"_s,   u"offline_access"_s};
    QStringList rest;
    std::copy_if(scopes.cbegin(), scopes.cend(), std::back_inserter(rest),
                 [](const QString &scope) { return !ofOpenId.contains(scope); });
    return rest;
}

QJsonArray groupsOf(const TokenSubject &subject)
{
    return claimOf(subject, "groups"_L1).toArray();
}

// learn.microsoft.com: "Access token claims reference", "ID token claims reference".
void addEntraClaims(const TokenSubject &subject, QJsonObject &claims)
{
    claims.insert("ver"_L1, u"2.0"_s);
    claims.insert("tid"_L1, stableId(u"tenant"_s));
    claims.insert("nbf"_L1, claims.value("iat"_L1));
    claims.insert("uti"_L1, subject.id.left(22));
    claims.insert("oid"_L1, stableId(subject.grant.subject.isEmpty() ? subject.grant.clientId : subject.grant.subject));
    copyClaims(claims, subject, {"name"_L1, "preferred_username"_L1});
    for (const auto name : {"auth_time"_L1, "acr"_L1, "jti"_L1, "groups"_L1})
        claims.remove(name);
}

void speakEntra(const TokenSubject &subject, QJsonObject &claims)
{
    addEntraClaims(subject, claims);
    claims.insert("azp"_L1, subject.grant.clientId);
    claims.remove("client_id"_L1);
    claims.remove("scope"_L1);
    if (subject.user) {
        claims.insert("azpacr"_L1, u"0"_s);
        claims.insert("scp"_L1, apiScopes(subject.scopes).join(u' '));
    } else {
        claims.insert("azpacr"_L1, u"1"_s);
        claims.insert("idtyp"_L1, u"app"_s);
        claims.insert("roles"_L1, QJsonArray::fromStringList(apiScopes(subject.scopes)));
    }
}

// Keycloak's Server Administration Guide, "Protocol mappers" and the default client scopes.
void addKeycloakClaims(const TokenSubject &subject, QJsonObject &claims, const QString &type)
{
    claims.insert("typ"_L1, type);
    claims.insert("azp"_L1, subject.grant.clientId);
    if (!claims.contains("jti"_L1))
        claims.insert("jti"_L1, subject.id);
    if (claims.contains("acr"_L1))
        claims.insert("acr"_L1, u"1"_s);
    if (!subject.grant.sessionId.isEmpty())
        claims.insert("sid"_L1, subject.grant.sessionId);
    copyClaims(
        claims, subject,
        {"name"_L1, "given_name"_L1, "family_name"_L1, "preferred_username"_L1, "email"_L1, "email_verified"_L1});
}

void speakKeycloak(const TokenSubject &subject, QJsonObject &claims)
{
    addKeycloakClaims(subject, claims, u"Bearer"_s);
    claims.remove("client_id"_L1);
    claims.insert("realm_access"_L1, QJsonObject{{u"roles"_s, groupsOf(subject)}});
    claims.insert("resource_access"_L1,
                  QJsonObject{{u"account"_s, QJsonObject{{u"roles"_s, QJsonArray{u"view-profile"_s}}}}});
}

// developer.okta.com: "OpenID Connect & OAuth 2.0 API", access token and ID token payload.
void speakOkta(const TokenSubject &subject, QJsonObject &claims)
{
    claims.insert("ver"_L1, 1);
    claims.insert("jti"_L1, QString(u"AT."_s + subject.id));
    claims.insert("cid"_L1, subject.grant.clientId);
    claims.insert("scp"_L1, QJsonArray::fromStringList(subject.scopes));
    for (const auto name : {"client_id"_L1, "scope"_L1, "acr"_L1})
        claims.remove(name);
    if (!subject.user)
        return;
    claims.insert("uid"_L1, subject.grant.subject);
    put(claims, "sub"_L1, claimOf(subject, "preferred_username"_L1));
    claims.insert("groups"_L1, groupsOf(subject));
}

// auth0.com/docs: "Access token profiles" (the Auth0 profile), RBAC permissions.
void speakAuth0(const TokenSubject &subject, QJsonObject &claims)
{
    claims.insert("azp"_L1, subject.grant.clientId);
    for (const auto name : {"client_id"_L1, "jti"_L1, "acr"_L1, "auth_time"_L1})
        claims.remove(name);
    if (!subject.user) {
        claims.insert("gty"_L1, u"client-credentials"_s);
        return;
    }
    // With openid a token is good for the user information, too.
    if (subject.scopes.contains(u"openid"_s) && claims.value("aud"_L1).isString())
        claims.insert("aud"_L1, QJsonArray{claims.value("aud"_L1), QString(subject.grant.issuer + u"/userinfo"_s)});
    claims.insert("permissions"_L1, QJsonArray::fromStringList(apiScopes(subject.scopes)));
}

struct EntraError
{
    QLatin1StringView error;
    int code;
};

// learn.microsoft.com: "Microsoft Entra authentication and authorization error codes".
constexpr std::array entraErrors{
    EntraError{"authorization_pending"_L1, 70016}, EntraError{"authorization_declined"_L1, 65004},
    EntraError{"expired_token"_L1, 70019},         EntraError{"invalid_grant"_L1, 70008},
    EntraError{"invalid_client"_L1, 7000215},      EntraError{"unauthorized_client"_L1, 700016},
    EntraError{"invalid_scope"_L1, 70011},         EntraError{"unsupported_grant_type"_L1, 70003},
    EntraError{"invalid_request"_L1, 900144}};

void speakEntraError(const QDateTime &at, QJsonObject &body)
{
    if (body.value("error"_L1) == "access_denied"_L1)
        body.insert("error"_L1, u"authorization_declined"_s);
    const auto error = body.value("error"_L1).toString();
    const auto *const known = std::find_if(entraErrors.begin(), entraErrors.end(),
                                           [&error](const EntraError &e) { return e.error == error; });
    if (known == entraErrors.end())
        return;
    const auto trace = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const auto correlation = QUuid::createUuid().toString(QUuid::WithoutBraces);
    const auto stamp = at.toUTC().toString(u"yyyy-MM-dd HH:mm:ss'Z'"_s);
    body.insert(
        "error_description"_L1,
        u"AADSTS%1: %2. Trace ID: %3 Correlation ID: %4 Timestamp: %5"_s.arg(
            QString::number(known->code), body.value("error_description"_L1).toString(), trace, correlation, stamp));
    body.insert("error_codes"_L1, QJsonArray{known->code});
    body.insert("timestamp"_L1, stamp);
    body.insert("trace_id"_L1, trace);
    body.insert("correlation_id"_L1, correlation);
}

} // namespace

std::optional<Dialect> dialect(QStringView name)
{
    for (const auto &entry : dialectTable) {
        if (entry.name == name)
            return entry.dialect;
    }
    return {};
}

QString name(Dialect dialect)
{
    for (const auto &entry : dialectTable) {
        if (entry.dialect == dialect)
            return entry.name;
    }
    Q_UNREACHABLE(); // the table holds every enumerator
}

QStringList dialectNames()
{
    QStringList names;
    for (const auto &entry : dialectTable)
        names.append(entry.name);
    return names;
}

void speak(Dialect dialect, const TokenSubject &subject, QJsonObject &accessTokenClaims)
{
    switch (dialect) {
    case Dialect::Standard: return;
    case Dialect::EntraV2: return speakEntra(subject, accessTokenClaims);
    case Dialect::Keycloak: return speakKeycloak(subject, accessTokenClaims);
    case Dialect::Okta: return speakOkta(subject, accessTokenClaims);
    case Dialect::Auth0: return speakAuth0(subject, accessTokenClaims);
    }
    Q_UNREACHABLE();
}

void speakIdToken(Dialect dialect, const TokenSubject &subject, QJsonObject &claims)
{
    switch (dialect) {
    case Dialect::Standard:
    case Dialect::Auth0: return; // nothing of its own
    case Dialect::EntraV2: return addEntraClaims(subject, claims);
    case Dialect::Keycloak: return addKeycloakClaims(subject, claims, u"ID"_s);
    case Dialect::Okta:
        claims.insert("ver"_L1, 1);
        claims.insert("jti"_L1, QString(u"ID."_s + subject.id));
        claims.insert("idp"_L1, stableId(u"idp"_s));
        claims.insert("amr"_L1, QJsonArray{u"pwd"_s});
        return;
    }
    Q_UNREACHABLE();
}

QString accessTokenType(Dialect dialect)
{
    switch (dialect) {
    case Dialect::Standard: return u"at+jwt"_s; // RFC 9068 §2.1
    case Dialect::EntraV2:
    case Dialect::Keycloak:
    case Dialect::Okta:
    case Dialect::Auth0: return u"JWT"_s;
    }
    Q_UNREACHABLE();
    return {};
}

void speakAnswer(Dialect dialect, const QDateTime &at, Response &response)
{
    if (!response.json)
        return;
    auto &body = *response.json;
    const bool isError = body.contains("error"_L1);
    if (dialect == Dialect::EntraV2 && isError)
        speakEntraError(at, body);
    else if (dialect == Dialect::EntraV2)
        body.insert("ext_expires_in"_L1, body.value("expires_in"_L1));
    else if (dialect == Dialect::Keycloak && !isError)
        body.insert("not-before-policy"_L1, 0);
}

} // namespace CountersignSandbox

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "directory.h"

#include <countersign/crypto/systemrandom.h>
#include <countersign/jose/jwe.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;
using Countersign::Error;
using Countersign::ErrorCode;
using Countersign::Result;

namespace CountersignSandbox {

namespace {

// OpenID Connect Core §5.4.
QStringList claimNames(QStringView scope)
{
    if (scope == u"profile") {
        return {u"name"_s,   u"given_name"_s, u"family_name"_s, u"preferred_username"_s,
                u"locale"_s, u"zoneinfo"_s,   u"birthdate"_s,   u"updated_at"_s};
    }
    if (scope == u"email")
        return {u"email"_s, u"email_verified"_s};
    if (scope == u"address")
        return {u"address"_s};
    if (scope == u"phone")
        return {u"phone_number"_s, u"phone_number_verified"_s};
    if (scope == u"groups")
        return {u"groups"_s};
    return {};
}

struct Profile
{
    QString name;
    QString subject;
    QString given;
    QString family;
    QString locale;
    QString zone;
    QString birthdate;
    QString phone;
    QJsonObject address;
    QStringList groups;
};

User makeUser(const Profile &profile)
{
    const QString mail = profile.name + u"@countersign.example"_s;
    return {.name = profile.name,
            .subject = profile.subject,
            .claims = {{u"name"_s, QString(profile.given + u' ' + profile.family)},
                       {u"given_name"_s, profile.given},
                       {u"family_name"_s, profile.family},
                       {u"preferred_username"_s, mail},
                       {u"locale"_s, profile.locale},
                       {u"zoneinfo"_s, profile.zone},
                       {u"birthdate"_s, profile.birthdate},
                       {u"updated_at"_s, 1735689600},
                       {u"email"_s, mail},
                       {u"email_verified"_s, profile.name != u"alan"},
                       {u"phone_number"_s, profile.phone},
                       {u"phone_number_verified"_s, false},
                       {u"address"_s, profile.address},
                       {u"groups"_s, QJsonArray::fromStringList(profile.groups)}}};
}

QList<User> firstUsers()
{
    return {
        makeUser({.name = u"ada"_s,
                  .subject = u"sandbox|7c1e2a90-ada"_s,
                  .given = u"Ada"_s,
                  .family = u"Lovelace"_s,
                  .locale = u"en-GB"_s,
                  .zone = u"Europe/London"_s,
                  .birthdate = u"1815-12-10"_s,
                  .phone = u"+44 20 7946 0001"_s,
                  .address = {{u"locality"_s, u"London"_s}, {u"country"_s, u"GB"_s}},
                  .groups = {u"analysts"_s, u"administrators"_s}}),
        makeUser({.name = u"grace"_s,
                  .subject = u"sandbox|b35d0f14-grace"_s,
                  .given = u"Grace"_s,
                  .family = u"Hopper"_s,
                  .locale = u"en-US"_s,
                  .zone = u"America/New_York"_s,
                  .birthdate = u"1906-12-09"_s,
                  .phone = u"+1 202 555 0102"_s,
                  .address = {{u"locality"_s, u"Arlington"_s}, {u"region"_s, u"VA"_s}, {u"country"_s, u"US"_s}},
                  .groups = {u"compilers"_s}}),
        // The one with an unverified address, no group and letters beyond ASCII.
        makeUser({.name = u"alan"_s,
                  .subject = u"sandbox|e9a4477d-alan"_s,
                  .given = u"Alan"_s,
                  .family = u"Türing-Müller"_s,
                  .locale = u"de-DE"_s,
                  .zone = u"Europe/Berlin"_s,
                  .birthdate = u"1912-06-23"_s,
                  .phone = u"+49 30 555 0103"_s,
                  .address = {{u"locality"_s, u"Köln"_s}, {u"country"_s, u"DE"_s}},
                  .groups = {}}),
    };
}

QStringList nativeRedirects()
{
    return {u"http://127.0.0.1/"_s,
            u"http://[::1]/"_s,
            u"http://localhost/"_s,
            u"dev.countersign.sandbox:/callback"_s,
            u"dev.countersign.sandbox://callback"_s,
            u"msauth.dev.countersign.sandbox://auth"_s,
            u"urn:ietf:wg:oauth:2.0:oob"_s,
            u"https://countersign.example/callback"_s};
}

QList<Client> firstClients()
{
    Client native{.id = u"sandbox-native"_s,
                  .name = u"Countersign"_s,
                  .redirectUris = nativeRedirects(),
                  .postLogoutRedirectUris = nativeRedirects()};
    Client es256 = native;
    es256.id = u"sandbox-native-es256"_s;
    es256.name = u"Countersign (ES256)"_s;
    es256.idTokenAlgorithm = u"ES256"_s;
    Client par = native;
    par.id = u"sandbox-par"_s;
    par.name = u"Countersign (pushed requests)"_s;
    par.requirePushedAuthorization = true;
    Client confidential = native;
    confidential.id = u"sandbox-web"_s;
    confidential.name = u"Sandbox web application"_s;
    confidential.secret = u"sandbox secret: 100% public +/="_s;
    confidential.authentication = Client::Authentication::SecretBasicOrPost;
    confidential.mayActForItself = true;
    return {native, es256, par, confidential};
}

bool isLoopback(const QUrl &url)
{
    return url.scheme() == u"http"
        && (url.host() == u"127.0.0.1" || url.host() == u"::1" || url.host() == u"localhost");
}

bool matches(const QStringList &registered, const QString &uri)
{
    const QUrl url(uri, QUrl::StrictMode);
    if (!url.isValid() || url.hasFragment() || !url.userInfo().isEmpty())
        return false;
    return std::any_of(registered.cbegin(), registered.cend(), [&uri, &url](const QString &candidate) {
        const QUrl known(candidate);
        return candidate == uri || (isLoopback(known) && isLoopback(url) && known.host() == url.host());
    });
}

QString spelling(Client::Authentication authentication)
{
    switch (authentication) {
    case Client::Authentication::None: return u"none"_s;
    case Client::Authentication::SecretBasic: return u"client_secret_basic"_s;
    case Client::Authentication::SecretPost: return u"client_secret_post"_s;
    case Client::Authentication::SecretBasicOrPost: return u"client_secret"_s;
    }
    Q_UNREACHABLE(); // every enumerator returns
}

std::optional<Client::Authentication> authenticationNamed(const QString &text)
{
    for (const auto candidate : {Client::Authentication::None, Client::Authentication::SecretBasic,
                                 Client::Authentication::SecretPost, Client::Authentication::SecretBasicOrPost}) {
        if (spelling(candidate) == text)
            return candidate;
    }
    return {};
}

QStringList strings(const QJsonValue &value)
{
    QStringList result;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &entry : array)
        result.append(entry.toString());
    return result;
}

} // namespace

QJsonObject User::claimsFor(const QStringList &scopes) const
{
    QJsonObject result;
    for (const QString &scope : scopes) {
        const QStringList names = claimNames(scope);
        for (const QString &claim : names) {
            if (claims.contains(claim))
                result.insert(claim, claims.value(claim));
        }
    }
    return result;
}

bool Client::acceptsRedirect(const QString &uri) const
{
    return matches(redirectUris, uri);
}

bool Client::acceptsPostLogoutRedirect(const QString &uri) const
{
    return matches(postLogoutRedirectUris, uri);
}

QJsonObject Client::toJson() const
{
    QJsonObject json{{u"client_id"_s, id},
                     {u"client_name"_s, name},
                     {u"authentication"_s, spelling(authentication)},
                     {u"id_token_signed_response_alg"_s, idTokenAlgorithm},
                     {u"redirect_uris"_s, QJsonArray::fromStringList(redirectUris)},
                     {u"post_logout_redirect_uris"_s, QJsonArray::fromStringList(postLogoutRedirectUris)},
                     {u"require_pushed_authorization_requests"_s, requirePushedAuthorization},
                     {u"client_credentials"_s, mayActForItself}};
    if (!keys.isEmpty())
        json.insert(u"jwks"_s, QJsonDocument::fromJson(keys.toJson()).object());
    if (!idTokenEncryption.isEmpty())
        json.insert(u"id_token_encrypted_response_alg"_s, idTokenEncryption);
    if (!secret.isEmpty())
        json.insert(u"client_secret"_s, secret);
    return json;
}

std::optional<QString> Client::encryptedIdToken(const QString &token) const
{
    using namespace Countersign;
    const auto management = Jose::parseKeyManagement(idTokenEncryption.toLatin1());
    if (!management)
        return {};
    Jose::EncryptionHeader header;
    header.keyManagement = *management;
    header.encryption = Jose::ContentEncryption::A128CbcHs256; // the registration's default
    header.contentType = u"JWT"_s;
    SystemRandom random;
    for (const Jose::Jwk &key : keys.keys()) {
        if (!key.permits(header.keyManagement, header.encryption, Jose::KeyPurpose::Encrypt))
            continue;
        header.keyId = key.keyId();
        if (const auto sealed = Jose::encryptCompact(header, token.toLatin1(), key, random))
            return QString::fromLatin1(*sealed);
    }
    return {};
}

Result<Client> Client::parse(const QString &id, const QJsonObject &json)
{
    Client client;
    client.id = id;
    client.name = json.value("client_name"_L1).toString(id);
    client.secret = json.value("client_secret"_L1).toString();
    const auto authentication = authenticationNamed(json.value("authentication"_L1).toString(u"none"_s));
    if (!authentication || (*authentication == Authentication::None) != client.secret.isEmpty())
        return Error{ErrorCode::InvalidArgument, u"authentication and client_secret do not fit together"_s};
    client.authentication = *authentication;
    client.idTokenAlgorithm = json.value("id_token_signed_response_alg"_L1).toString(u"RS256"_s);
    if (client.idTokenAlgorithm != u"RS256" && client.idTokenAlgorithm != u"ES256"
        && client.idTokenAlgorithm != u"HS256")
        return Error{ErrorCode::InvalidArgument, u"the sandbox signs with RS256, ES256 or HS256"_s};
    client.redirectUris =
        json.contains("redirect_uris"_L1) ? strings(json.value("redirect_uris"_L1)) : nativeRedirects();
    client.postLogoutRedirectUris = json.contains("post_logout_redirect_uris"_L1)
        ? strings(json.value("post_logout_redirect_uris"_L1))
        : client.redirectUris;
    client.requirePushedAuthorization = json.value("require_pushed_authorization_requests"_L1).toBool();
    client.mayActForItself = json.value("client_credentials"_L1).toBool();
    client.idTokenEncryption = json.value("id_token_encrypted_response_alg"_L1).toString();
    if (json.contains("jwks"_L1)) {
        auto keys = Countersign::Jose::JwkSet::parse(QJsonDocument(json.value("jwks"_L1).toObject()).toJson());
        if (!keys)
            return keys.error();
        client.keys = *std::move(keys);
    }
    if (!client.idTokenEncryption.isEmpty() && !client.encryptedIdToken(id))
        return Error{ErrorCode::InvalidArgument,
                     u"encrypted ID tokens need a known algorithm, and a key in jwks that fits it"_s};
    return client;
}

Directory::Directory() : m_users(firstUsers()), m_clients(firstClients())
{
}

const User *Directory::user(QStringView name) const
{
    const auto found =
        std::find_if(m_users.cbegin(), m_users.cend(), [name](const User &user) { return user.name == name; });
    return found == m_users.cend() ? nullptr : &*found;
}

const User *Directory::userBySubject(QStringView subject) const
{
    const auto found =
        std::find_if(m_users.cbegin(), m_users.cend(), [subject](const User &user) { return user.subject == subject; });
    return found == m_users.cend() ? nullptr : &*found;
}

const Client *Directory::client(QStringView id) const
{
    const auto found =
        std::find_if(m_clients.cbegin(), m_clients.cend(), [id](const Client &client) { return client.id == id; });
    return found == m_clients.cend() ? nullptr : &*found;
}

void Directory::putUser(User user)
{
    m_users.removeIf([&user](const User &other) { return other.name == user.name; });
    m_users.append(std::move(user));
}

void Directory::putClient(Client client)
{
    m_clients.removeIf([&client](const Client &other) { return other.id == client.id; });
    m_clients.append(std::move(client));
}

} // namespace CountersignSandbox

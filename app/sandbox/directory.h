// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/jose/jwkset.h>

#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <optional>

namespace CountersignSandbox {

//! A person who can sign in without a password.
struct User
{
    QString name; //!< what the picker and --approve call them, for example "ada"
    QString subject;
    QJsonObject claims; //!< every claim of the standard scopes

    //! The claims that \p scopes ask for. Spec: OpenID Connect Core §5.4.
    QJsonObject claimsFor(const QStringList &scopes) const;
};

//! A registered client.
struct Client
{
    //! How it proves at the token endpoint who it is.
    enum class Authentication : quint8 {
        None,
        SecretBasic,
        SecretPost,
        SecretBasicOrPost,
    };

    QString id;
    QString name;
    QString secret; //!< empty for a public client
    Authentication authentication = Authentication::None;
    QString idTokenAlgorithm = QStringLiteral("RS256");
    QStringList redirectUris; //!< exact; a loopback one matches with any port and any path (RFC 8252 §7.3)
    QStringList postLogoutRedirectUris;
    bool requirePushedAuthorization = false;
    bool mayActForItself = false; //!< client_credentials
    Countersign::Jose::JwkSet keys; //!< public: verify its request objects, encrypt its ID tokens
    //! ID tokens are encrypted with this for the client's key; empty: they are not. Spec: OpenID Connect Core §10.2.
    QString idTokenEncryption;

    //! \p token for the first of its keys that fits; none if no key does.
    std::optional<QString> encryptedIdToken(const QString &token) const;
    bool isPublic() const { return authentication == Authentication::None; }
    bool acceptsRedirect(const QString &uri) const;
    bool acceptsPostLogoutRedirect(const QString &uri) const;
    //! As the ready line and the control interface show it.
    QJsonObject toJson() const;
    //! Errors: InvalidArgument.
    static Countersign::Result<Client> parse(const QString &id, const QJsonObject &json);
};

//! Who can sign in, and with what.
class Directory
{
public:
    Directory();

    const QList<User> &users() const { return m_users; }
    const QList<Client> &clients() const { return m_clients; }
    const User *user(QStringView name) const;
    const User *userBySubject(QStringView subject) const;
    const Client *client(QStringView id) const;
    void putUser(User user);
    void putClient(Client client);

private:
    QList<User> m_users;
    QList<Client> m_clients;
};

} // namespace CountersignSandbox

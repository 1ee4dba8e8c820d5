// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "context.h"

using namespace Qt::StringLiterals;

namespace CountersignSandbox {

namespace {

struct Credentials
{
    QString id;
    QString secret;
    bool isBasic = false;
    bool isPost = false;
};

Credentials credentialsOf(const Request &request)
{
    Credentials credentials{.id = request.form.value(u"client_id"),
                            .secret = request.form.value(u"client_secret"),
                            .isPost = request.form.contains(u"client_secret")};
    const QByteArray authorization = request.header("authorization"_ba);
    if (authorization.left(6).compare("basic ", Qt::CaseInsensitive) != 0)
        return credentials;
    // RFC 6749 §2.3.1: identifier and secret are form-encoded before they are joined.
    const QByteArray pair = QByteArray::fromBase64(authorization.sliced(6).trimmed());
    const Parameters id = Parameters::decode("v=" + pair.left(pair.indexOf(':')));
    const Parameters secret = Parameters::decode("v=" + pair.sliced(pair.indexOf(':') + 1));
    credentials.id = id.value(u"v");
    credentials.secret = secret.value(u"v");
    credentials.isBasic = true;
    return credentials;
}

bool isAllowed(Client::Authentication registered, const Credentials &credentials)
{
    switch (registered) {
    case Client::Authentication::None: return !credentials.isBasic && !credentials.isPost;
    case Client::Authentication::SecretBasic: return credentials.isBasic && !credentials.isPost;
    case Client::Authentication::SecretPost: return credentials.isPost && !credentials.isBasic;
    case Client::Authentication::SecretBasicOrPost: return credentials.isBasic != credentials.isPost;
    }
    Q_UNREACHABLE(); // every enumerator returns
}

} // namespace

QList<User> Context::offeredUsers() const
{
    const User *const only = directory.user(settings.onlyUser);
    return only ? QList<User>{*only} : directory.users();
}

QString issuerOf(const Request &request)
{
    return request.origin + issuerPath;
}

QStringList words(const QString &text)
{
    return text.split(u' ', Qt::SkipEmptyParts);
}

const Client *authenticateClient(const Context &context, const Request &request, Refusal &refusal)
{
    const Credentials credentials = credentialsOf(request);
    const Client *const client = context.directory.client(credentials.id);
    if (!client) {
        refusal = {u"invalid_client"_s, u"no client is registered under this client_id"_s, 401};
        return nullptr;
    }
    if (!isAllowed(client->authentication, credentials)) {
        refusal = {u"invalid_client"_s, u"the client did not authenticate as it is registered to"_s, 401};
        return nullptr;
    }
    if (!client->isPublic() && credentials.secret != client->secret) {
        refusal = {u"invalid_client"_s, u"the client secret is wrong"_s, 401};
        return nullptr;
    }
    return client;
}

} // namespace CountersignSandbox

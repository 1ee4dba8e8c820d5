// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/authorizationagent.h>

#include <utility>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

bool isLoopbackHost(const QString &host)
{
    // RFC 8252 §7.3 and §8.3: these three and no other spelling, so that no resolver decides where a code goes.
    return host == "127.0.0.1"_L1 || host == "::1"_L1 || host == "localhost"_L1;
}

} // namespace

RedirectPreference RedirectPreference::loopback(QString host, QList<quint16> ports, QString path)
{
    RedirectPreference preference;
    preference.host = std::move(host);
    preference.ports = std::move(ports);
    preference.path = std::move(path);
    return preference;
}

RedirectPreference RedirectPreference::exactly(QUrl uri)
{
    RedirectPreference preference;
    preference.kind = Kind::Exact;
    preference.uri = std::move(uri);
    return preference;
}

Result<RedirectPreference> RedirectPreference::fromUri(const QUrl &uri)
{
    if (!uri.isValid() || uri.scheme().isEmpty())
        return Error{ErrorCode::InvalidArgument, u"the redirect URI is not an absolute URI"_s};
    if (uri.hasFragment())
        return Error{ErrorCode::InvalidArgument, u"the redirect URI has a fragment (RFC 6749 §3.1.2)"_s};
    if (!uri.userInfo().isEmpty())
        return Error{ErrorCode::InvalidArgument, u"the redirect URI has user info"_s};
    // What a browser means something else by is nobody's own scheme (RFC 8252 §7.1).
    for (const auto scheme : {"javascript"_L1, "data"_L1, "file"_L1, "about"_L1, "blob"_L1, "ftp"_L1}) {
        if (uri.scheme() == scheme)
            return Error{ErrorCode::InvalidArgument, u"the redirect URI's scheme belongs to no application"_s};
    }
    if (uri.scheme() != "http"_L1)
        return exactly(uri);
    if (!isLoopbackHost(uri.host()))
        return Error{ErrorCode::InvalidArgument, u"plain http is for loopback redirect URIs only (RFC 8252 §7.3)"_s};
    if (uri.hasQuery())
        return Error{ErrorCode::InvalidArgument, u"a loopback redirect URI has no query"_s};
    QList<quint16> ports;
    if (uri.port() > 0)
        ports.append(static_cast<quint16>(uri.port()));
    return loopback(uri.host(), ports, uri.path(QUrl::FullyEncoded));
}

AuthorizationSession::~AuthorizationSession() = default;

QStringList AuthorizationSession::navigations() const
{
    return {};
}

AuthorizationAgent::~AuthorizationAgent() = default;

bool AuthorizationAgent::receivesPosts() const
{
    return false;
}

} // namespace Countersign

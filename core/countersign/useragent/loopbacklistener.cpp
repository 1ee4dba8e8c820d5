// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/loopbacklistener.h>

#include <countersign/base/logging.h>
#include <countersign/crypto/constanttime.h>

#include <QtCore/QTimer>
#include <QtNetwork/QHostAddress>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr auto ipv4Loopback = "127.0.0.1"_L1;
constexpr auto ipv6Loopback = "::1"_L1;
constexpr auto localhost = "localhost"_L1;
// A free port of one family may be taken in the other: this often another one is tried.
constexpr int attemptsForAPairOfPorts = 16;

QByteArrayView reason(int status)
{
    switch (status) {
    case 200: return "OK";
    case 303: return "See Other";
    case 405: return "Method Not Allowed";
    case 413: return "Content Too Large";
    case 431: return "Request Header Fields Too Large";
    default: return "Bad Request";
    }
}

QByteArray response(int status, const QByteArray &page, const QByteArray &location = {})
{
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(status) + ' ' + reason(status).toByteArray() + "\r\n";
    if (!location.isEmpty())
        bytes += "Location: " + location + "\r\n";
    if (status == 405)
        bytes += "Allow: GET, POST\r\n";
    bytes += "Content-Type: text/html; charset=utf-8\r\n"
             "Content-Length: "
        + QByteArray::number(page.size())
        + "\r\n"
          "Content-Security-Policy: default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\r\n"
          "Referrer-Policy: no-referrer\r\n"
          "Cache-Control: no-store\r\n"
          "X-Content-Type-Options: nosniff\r\n"
          "Connection: close\r\n"
          "\r\n"
        + page;
    return bytes;
}

bool names(QByteArrayView parameters, QByteArrayView name)
{
    for (qsizetype start = 0; start <= parameters.size();) {
        const auto rest = parameters.sliced(start);
        if (rest.startsWith(name))
            return true;
        const auto end = rest.indexOf('&');
        if (end < 0)
            return false;
        start += end + 1;
    }
    return false;
}

//! With a code beside it, whatever it says has to leave the address bar like any other answer.
bool isRefusal(QByteArrayView parameters)
{
    return names(parameters, "error=") && !names(parameters, "code=");
}

} // namespace

//! One browser connection: read a request within the deadline, answer it, close.
class LoopbackConnection final : public QObject
{
    Q_OBJECT
public:
    LoopbackConnection(QTcpSocket *socket, QObject *parent) : QObject(parent), m_socket(socket)
    {
        socket->setParent(this);
        socket->setReadBufferSize(maximumLoopbackRequest + 1);
        m_bytes.reserve(maximumLoopbackRequest + 1);
        m_deadline.setSingleShot(true);
        connect(&m_deadline, &QTimer::timeout, this, &LoopbackConnection::abort);
        connect(socket, &QTcpSocket::disconnected, this, &LoopbackConnection::abort);
        connect(socket, &QTcpSocket::readyRead, this, &LoopbackConnection::read);
        m_deadline.start(LoopbackListener::readDeadline);
    }
    ~LoopbackConnection() override { wipe(m_bytes); }

    void start() { read(); }

    void answer(int status, const QByteArray &page, const QByteArray &location = {})
    {
        m_answered = true;
        m_socket->write(response(status, page, location));
        // Out before anybody acts on the request: the process may be about to end.
        m_socket->flush();
        m_socket->disconnectFromHost();
    }
    void abort()
    {
        if (std::exchange(m_isOver, true))
            return;
        m_socket->disconnect(this);
        m_socket->abort();
        Q_EMIT over();
    }

Q_SIGNALS:
    void over();
    void requested(Countersign::LoopbackRequest &request);

private:
    void read()
    {
        if (m_answered || m_isOver) {
            m_socket->skip(m_socket->bytesAvailable());
            return;
        }
        const qsizetype room = maximumLoopbackRequest + 1 - m_bytes.size();
        const qsizetype used = m_bytes.size();
        m_bytes.resize(used + room);
        const qint64 count = m_socket->read(m_bytes.data() + used, room);
        m_bytes.resize(used + std::max<qint64>(count, 0));
        LoopbackParse parse = parseLoopbackRequest(m_bytes);
        if (std::holds_alternative<LoopbackIncomplete>(parse))
            return;
        wipe(m_bytes);
        if (auto *const request = std::get_if<LoopbackRequest>(&parse))
            Q_EMIT requested(*request);
        else
            answer(std::get<LoopbackRefusal>(parse).status, {});
    }

    QTcpSocket *m_socket;
    QTimer m_deadline;
    QByteArray m_bytes;
    bool m_answered = false;
    bool m_isOver = false;
};

LoopbackListener::LoopbackListener(LoopbackPages pages) : m_pages(std::move(pages))
{
}

LoopbackListener::~LoopbackListener()
{
    close();
}

Result<std::unique_ptr<LoopbackListener>> LoopbackListener::bind(const RedirectPreference &preference,
                                                                 LoopbackPages pages)
{
    const bool knownHost =
        preference.host == ipv4Loopback || preference.host == ipv6Loopback || preference.host == localhost;
    if (preference.kind != RedirectPreference::Kind::Loopback || !knownHost)
        return Error{ErrorCode::InvalidArgument, u"a listener needs a loopback redirect URI"_s};
    QUrl uri;
    uri.setScheme(u"http"_s);
    uri.setHost(preference.host);
    uri.setPath(preference.path, QUrl::StrictMode);
    const bool pathHolds = preference.path.isEmpty() || preference.path.startsWith(u'/');
    if (!pathHolds || !uri.isValid() || uri.path(QUrl::FullyEncoded) != preference.path)
        return Error{ErrorCode::InvalidArgument, u"the path of the redirect URI is not an encoded path"_s};

    std::unique_ptr<LoopbackListener> listener(new LoopbackListener(std::move(pages)));
    const QList<quint16> ports = preference.ports.isEmpty() ? QList<quint16>{0} : preference.ports;
    for (const quint16 port : ports) {
        if (!listener->bindPort(preference, port))
            continue;
        const QTcpServer *const bound = listener->m_ipv4 ? listener->m_ipv4 : listener->m_ipv6;
        uri.setPort(bound->serverPort());
        listener->m_redirectUri = uri;
        qCDebug(lcUserAgent) << "listening on" << bound->serverPort();
        return listener;
    }
    return Error{ErrorCode::NotSupported, ErrorCause::PortUnavailable,
                 ports.contains(0) ? u"no port can be bound on loopback"_s
                                   : u"every port registered for the redirect URI is in use"_s};
}

LoopbackListener::Bound LoopbackListener::bindTo(QTcpServer &server, const QString &address, quint16 port)
{
    server.setMaxPendingConnections(maximumConnections);
    if (server.listen(QHostAddress(address), port))
        return Bound::Yes;
    switch (server.serverError()) {
    case QAbstractSocket::UnsupportedSocketOperationError:
    case QAbstractSocket::SocketAddressNotAvailableError: return Bound::NoSuchFamily;
    default: return Bound::InUse;
    }
}

bool LoopbackListener::bindPort(const RedirectPreference &preference, quint16 port)
{
    // A literal names its family; the other one is then a courtesy. With localhost the browser chooses, so that
    // somebody else's socket in the other family would receive the code (RFC 8252 §8.3).
    const bool needsIpv4 = preference.host != ipv6Loopback;
    const bool needsIpv6 = preference.host != ipv4Loopback;
    for (int attempt = 0; attempt < (port == 0 ? attemptsForAPairOfPorts : 1); ++attempt) {
        auto ipv4 = std::make_unique<QTcpServer>();
        auto ipv6 = std::make_unique<QTcpServer>();
        const Bound four = bindTo(*ipv4, ipv4Loopback, port);
        if (needsIpv4 && four == Bound::InUse)
            continue;
        const Bound six = bindTo(*ipv6, ipv6Loopback, four == Bound::Yes ? ipv4->serverPort() : port);
        if (needsIpv6 && six == Bound::InUse)
            continue;
        // A machine without the family of the literal cannot be reached by it; localhost resolves to the one there is.
        const bool isEnough = preference.host == ipv4Loopback ? four == Bound::Yes
            : preference.host == ipv6Loopback                 ? six == Bound::Yes
                                                              : four == Bound::Yes || six == Bound::Yes;
        if (!isEnough)
            return false;
        for (auto *const server :
             {four == Bound::Yes ? ipv4.release() : nullptr, six == Bound::Yes ? ipv6.release() : nullptr}) {
            if (!server)
                continue;
            server->setParent(this);
            (server->serverAddress().protocol() == QAbstractSocket::IPv4Protocol ? m_ipv4 : m_ipv6) = server;
            connect(server, &QTcpServer::newConnection, this, [this, server] { acceptFrom(*server); });
        }
        return true;
    }
    return false;
}

void LoopbackListener::expect(AnswerMode mode, Belongs belongs, Answered answered)
{
    m_mode = mode;
    m_belongs = std::move(belongs);
    m_answered = std::move(answered);
}

bool LoopbackListener::isListening() const
{
    return (m_ipv4 && m_ipv4->isListening()) || (m_ipv6 && m_ipv6->isListening());
}

void LoopbackListener::close()
{
    for (QTcpServer *const server : {m_ipv4, m_ipv6}) {
        if (server)
            server->close();
    }
    const auto connections = std::exchange(m_connections, {});
    for (LoopbackConnection *const connection : connections)
        connection->abort();
}

void LoopbackListener::endSoon()
{
    m_belongs = nullptr;
    m_answered = nullptr;
    if (!m_pageDue) {
        for (QTcpServer *const server : {m_ipv4, m_ipv6}) {
            if (server)
                server->close();
        }
    }
    QTimer::singleShot(farewell, this, [this] {
        close();
        deleteLater();
    });
}

void LoopbackListener::acceptFrom(QTcpServer &server)
{
    while (QTcpSocket *const socket = server.nextPendingConnection()) {
        // The oldest goes, not the newest: browsers open connections ahead of need, and a page that opens many must
        // not keep the answer out.
        if (m_connections.size() >= maximumConnections)
            m_connections.front()->abort();
        auto *const connection = new LoopbackConnection(socket, this);
        m_connections.push_back(connection);
        connect(connection, &LoopbackConnection::over, this, [this, connection] {
            std::erase(m_connections, connection);
            connection->deleteLater();
        });
        connect(connection, &LoopbackConnection::requested, this,
                [this, connection](LoopbackRequest &request) { handle(*connection, std::move(request)); });
        connection->start();
    }
}

bool LoopbackListener::isAnswer(const LoopbackRequest &request) const
{
    const bool posted = request.method == LoopbackRequest::Method::Post;
    switch (m_mode) {
    case AnswerMode::Query: return !posted;
    case AnswerMode::FormPost: return posted;
    case AnswerMode::Either: return true;
    }
    Q_UNREACHABLE();
}

void LoopbackListener::handle(LoopbackConnection &connection, LoopbackRequest request)
{
    const bool posted = request.method == LoopbackRequest::Method::Post;
    if (!request.isNavigationTo(m_redirectUri))
        return connection.answer(400, m_pages.stray);
    if (m_hasAnswer && m_pageDue && !posted && request.parameters.isEmpty()) {
        m_pageDue = false;
        connection.answer(200, m_goodbye);
        return endSoon();
    }
    if (m_hasAnswer || !m_belongs || !isAnswer(request))
        return connection.answer(400, m_pages.stray);
    if (!m_belongs(request.parameters.reveal())) {
        // A bare visit is no answer to anything: somebody typed the address.
        m_strays += request.parameters.isEmpty() ? 0 : 1;
        qCInfo(lcUserAgent) << "ignored an answer that belongs to another sign-in";
        return connection.answer(400, m_pages.stray);
    }

    m_hasAnswer = true;
    const bool isRefused = isRefusal(request.parameters.reveal());
    m_goodbye = isRefused ? m_pages.declined : m_pages.answered;
    // With nothing in the address there is nothing to take out of it; a refusal carries no code, and whoever gets it
    // may end before the browser comes again.
    m_pageDue = !posted && !isRefused && !request.parameters.isEmpty();
    if (!m_pageDue) {
        connection.answer(200, m_goodbye);
    } else {
        // RFC 9700 §4.2.4: the code leaves the address bar and the history before a person or an extension sees it.
        connection.answer(303, {}, request.path);
    }
    m_belongs = nullptr;
    const auto answered = std::exchange(m_answered, nullptr);
    answered({.redirectUri = m_redirectUri, .parameters = std::move(request.parameters), .posted = posted});
}

} // namespace Countersign

#include "loopbacklistener.moc"

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "server.h"

#include <QtCore/QPointer>
#include <QtCore/QTimer>
#include <QtHttpServer/QHttpServerRequest>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

using namespace Qt::StringLiterals;
using Countersign::Error;
using Countersign::ErrorCause;
using Countersign::ErrorCode;
using Countersign::Result;

namespace CountersignSandbox {

namespace {

QByteArray methodName(QHttpServerRequest::Method method)
{
    switch (method) {
    case QHttpServerRequest::Method::Get: return "GET"_ba;
    case QHttpServerRequest::Method::Put: return "PUT"_ba;
    case QHttpServerRequest::Method::Delete: return "DELETE"_ba;
    case QHttpServerRequest::Method::Post: return "POST"_ba;
    case QHttpServerRequest::Method::Head: return "HEAD"_ba;
    case QHttpServerRequest::Method::Options: return "OPTIONS"_ba;
    case QHttpServerRequest::Method::Patch: return "PATCH"_ba;
    case QHttpServerRequest::Method::Connect: return "CONNECT"_ba;
    case QHttpServerRequest::Method::Trace: return "TRACE"_ba;
    case QHttpServerRequest::Method::Unknown:
    case QHttpServerRequest::Method::AnyKnown: break;
    }
    return "UNKNOWN"_ba;
}

Request copied(const QHttpServerRequest &source)
{
    Request request;
    request.method = methodName(source.method());
    request.path = source.url().path();
    request.query = Parameters::decode(source.url().query(QUrl::FullyEncoded).toLatin1());
    const auto headers = source.headers();
    for (const auto &header : headers)
        request.headers.append({header.first.toLower(), header.second});
    request.body = source.body();
    if (request.header("content-type"_ba).startsWith("application/x-www-form-urlencoded"))
        request.form = Parameters::decode(request.body);
    request.origin = u"http://"_s + QString::fromLatin1(request.header("host"_ba));
    return request;
}

void deliver(const Response &response, bool withBody, QTcpSocket *socket)
{
    const QByteArray wire = response.toWire(withBody);
    switch (response.delivery) {
    case Response::Delivery::Complete: socket->write(wire); return;
    case Response::Delivery::DropBefore: socket->abort(); return;
    case Response::Delivery::DropMidway:
        socket->write(wire.first(wire.size() - response.payload().size() / 2 - 1));
        socket->disconnectFromHost();
        return;
    }
}

} // namespace

Server::Server(Handler handler, QObject *parent) : QAbstractHttpServer(parent), m_handler(std::move(handler))
{
}

Result<quint16> Server::start(quint16 port)
{
    // Not by QAbstractHttpServer::listen(): that writes what went wrong to standard error and keeps it to itself.
    auto *const server = new QTcpServer(this);
    if (!server->listen(QHostAddress(QHostAddress::LocalHost), port)) {
        const auto error = server->serverError();
        return Error{ErrorCode::NetworkUnavailable, ErrorCause::PortUnavailable,
                     error == QAbstractSocket::AddressInUseError ? u"port %1 is taken by another program"_s.arg(port)
                         : error == QAbstractSocket::SocketAccessError ? u"port %1 is the system's own"_s.arg(port)
                                                                       : server->errorString()};
    }
    m_port = server->serverPort();
    static_cast<void>(bind(server)); // nothing to know before Qt 6.8
    auto *const second = new QTcpServer(this);
    if (second->listen(QHostAddress(QHostAddress::LocalHostIPv6), m_port))
        static_cast<void>(bind(second));
    return m_port;
}

bool Server::isOurHost(const QByteArray &host) const
{
    const QByteArray port = ':' + QByteArray::number(m_port);
    return host == "127.0.0.1" + port || host == "localhost" + port || host == "[::1]" + port;
}

bool Server::handleRequest(const QHttpServerRequest &source, QTcpSocket *socket)
{
    const Request request = copied(source);
    // A page that had its name point here (DNS rebinding) gets nothing.
    const Response response = isOurHost(request.header("host"_ba))
        ? m_handler(request)
        : Response::text("This is the Countersign sandbox. It answers to 127.0.0.1 and localhost only.\n"_ba, 421);
    const bool withBody = request.method != "HEAD"_ba;
    if (response.delay.count() <= 0)
        deliver(response, withBody, socket);
    else
        QTimer::singleShot(response.delay, socket,
                           [response, withBody, socket] { deliver(response, withBody, socket); });
    return true;
}

void Server::missingHandler(const QHttpServerRequest &, QTcpSocket *socket)
{
    // handleRequest() answers everything; this is only here because it is pure virtual.
    socket->abort();
}

} // namespace CountersignSandbox

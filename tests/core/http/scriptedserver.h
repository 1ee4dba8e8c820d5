// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtNetwork/QSslServer>
#include <QtNetwork/QSslSocket>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

namespace CountersignTest {

//! A server of raw bytes: what it answers is up to the test, byte by byte.
class ScriptedServer final : public QObject
{
public:
    using Script = std::function<void(QTcpSocket &, const QByteArray &request)>;

    explicit ScriptedServer(Script script, QTcpServer *listener = nullptr)
        : m_script(std::move(script)), m_server(listener ? listener : new QTcpServer)
    {
        m_server->setParent(this);
        QObject::connect(m_server, &QTcpServer::pendingConnectionAvailable, this, [this] { accept(); });
        m_server->listen(QHostAddress::LocalHost);
    }

    QUrl url(const QString &path = QStringLiteral("/")) const
    {
        const bool isTls = qobject_cast<QSslServer *>(m_server) != nullptr;
        return QUrl(QStringLiteral("%1://127.0.0.1:%2%3")
                        .arg(isTls ? QStringLiteral("https") : QStringLiteral("http"))
                        .arg(m_server->serverPort())
                        .arg(path));
    }
    const QList<QByteArray> &requests() const { return m_requests; }
    int connections() const { return m_connections; }
    int open() const { return m_open; }

    static QByteArray answer(const QByteArray &status, const QByteArray &body, const QByteArray &headers = {})
    {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\n" + headers
            + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }

private:
    void accept()
    {
        while (auto *socket = m_server->nextPendingConnection()) {
            ++m_connections;
            ++m_open;
            QObject::connect(socket, &QTcpSocket::disconnected, this, [this] { --m_open; });
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            QObject::connect(socket, &QTcpSocket::readyRead, this, [this, socket] { read(*socket); });
            read(*socket);
        }
    }
    void read(QTcpSocket &socket)
    {
        auto &pending = m_pending[&socket];
        pending += socket.readAll();
        const auto end = pending.indexOf("\r\n\r\n");
        if (end < 0)
            return;
        const auto length = pending.toLower().indexOf("content-length: ");
        const auto body = length < 0 || length > end
            ? 0
            : pending.sliced(length + 16, pending.indexOf('\r', length) - length - 16).toLongLong();
        if (pending.size() < end + 4 + body)
            return;
        const auto request = std::exchange(pending, {});
        m_requests.append(request);
        m_script(socket, request);
    }

    Script m_script;
    QTcpServer *m_server;
    QHash<QTcpSocket *, QByteArray> m_pending;
    QList<QByteArray> m_requests;
    int m_connections = 0;
    int m_open = 0;
};

} // namespace CountersignTest

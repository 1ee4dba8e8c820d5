// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "gitserver.h"

#include <QtCore/QFile>
#include <QtNetwork/QTcpSocket>

using namespace Qt::StringLiterals;

namespace CountersignTest {

GitServer::GitServer(const QString &folder) : m_folder(folder)
{
    listen(QHostAddress::LocalHost);
    connect(this, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket *const socket = nextPendingConnection()) {
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] {
                if (socket->peek(64 * 1024).contains("\r\n\r\n"))
                    answer(socket);
            });
        }
    });
}

QString GitServer::origin() const
{
    return u"http://127.0.0.1:%1"_s.arg(serverPort());
}

bool GitServer::isLetIn(const QByteArray &authorization)
{
    if (authorization.startsWith("Bearer ") && m_tokens.contains(authorization.mid(7))) {
        userNames.append("");
        return true;
    }
    const auto pair = QByteArray::fromBase64(authorization.mid(6));
    const auto colon = pair.indexOf(':');
    if (!authorization.startsWith("Basic ") || !m_tokens.contains(pair.mid(colon + 1)))
        return false;
    userNames.append(pair.first(colon));
    return true;
}

void GitServer::answer(QTcpSocket *socket)
{
    const auto lines = socket->readAll().split('\n');
    const auto path = lines.first().split(' ').value(1).split('?').first();
    QByteArray authorization;
    for (const auto &line : lines) {
        if (line.toLower().startsWith("authorization: "))
            authorization = line.mid(15).trimmed();
    }
    QFile file(m_folder + QString::fromUtf8(path));
    QByteArray reply;
    if (!isLetIn(authorization)) {
        refusals += authorization.isEmpty() ? 0 : 1;
        reply = "401 Unauthorized\r\nWWW-Authenticate: Basic realm=\"git\"\r\nWWW-Authenticate: Bearer\r\n" + challenge
            + "Content-Length: 0\r\n\r\n";
    } else if (path.contains("..") || !file.open(QIODevice::ReadOnly)) {
        reply = "404 Not Found\r\nContent-Length: 0\r\n\r\n";
    } else {
        const auto content = file.readAll();
        reply = "200 OK\r\nContent-Type: text/plain\r\nContent-Length: " + QByteArray::number(content.size())
            + "\r\n\r\n" + content;
    }
    socket->write("HTTP/1.1 " + reply);
}

} // namespace CountersignTest

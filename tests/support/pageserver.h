// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QByteArrayList>
#include <QtCore/QHash>
#include <QtNetwork/QTcpServer>
#include <QtNetwork/QTcpSocket>

namespace CountersignTest {

//! A provider of one page after the other: answers each path with what the test wrote down.
class PageServer : public QTcpServer
{
    Q_OBJECT
public:
    QHash<QByteArray, QByteArray> answers; //!< path to everything after "HTTP/1.1 "
    QHash<QByteArray, QByteArray> answersToTheAuthorized; //!< the same, for requests with credentials
    QByteArrayList asked;
    QByteArrayList requests; //!< whole, as they came

    PageServer()
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this] {
            while (QTcpSocket *const socket = nextPendingConnection())
                connect(socket, &QTcpSocket::readyRead, this, [this, socket] { answer(socket); });
        });
    }
    QByteArray origin() const { return "http://127.0.0.1:" + QByteArray::number(serverPort()); }
    void html(const QByteArray &path, const QByteArray &body)
    {
        answers[path] = "200 OK\r\nContent-Type: text/html\r\n\r\n<!DOCTYPE html><html><body>" + body;
    }
    void redirect(const QByteArray &path, const QByteArray &status, const QByteArray &to)
    {
        answers[path] = status + " X\r\nLocation: " + to + "\r\n\r\n";
    }

private:
    void answer(QTcpSocket *socket)
    {
        const QByteArray request = socket->readAll();
        if (request.isEmpty())
            return;
        const QByteArray path = request.split(' ').value(1);
        requests.append(request);
        asked.append(path);
        QByteArray answer = answers.value(path, "404 Not Found\r\n\r\n");
        if (request.contains("\r\nAuthorization: "))
            answer = answersToTheAuthorized.value(path, answer);
        answer.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
        socket->write("HTTP/1.1 " + answer);
        socket->disconnectFromHost();
    }
};

} // namespace CountersignTest

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "singleinstance.h"

#include <QtCore/QCryptographicHash>
#include <QtCore/QDataStream>
#include <QtCore/QDir>
#include <QtCore/QStandardPaths>
#include <QtCore/QTimer>
#include <QtNetwork/QLocalSocket>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

// Milliseconds. Long enough for a first one that is just starting on a busy machine: who gives up too early becomes a
// second window, and a second writer of the session.
constexpr int patience = 5000;
constexpr qint64 longestMessage = 64 * 1024;
constexpr QDataStream::Version streamVersion = QDataStream::Qt_6_4;
const QByteArray acknowledgement = QByteArrayLiteral("ok\n");

// One by one: a list read whole would make room for as many as the sender claims.
QStringList argumentsIn(QDataStream &stream)
{
    quint32 count = 0;
    stream >> count;
    if (count > quint32(longestMessage) / sizeof(quint32))
        stream.setStatus(QDataStream::ReadCorruptData);
    QStringList arguments;
    for (quint32 i = 0; i < count && stream.status() == QDataStream::Ok; ++i) {
        QString argument;
        stream >> argument;
        arguments.append(argument);
    }
    return arguments;
}

} // namespace

SingleInstance::SingleInstance(QObject *parent) : QObject(parent)
{
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&m_server, &QLocalServer::newConnection, this, &SingleInstance::greet);
}

QString SingleInstance::socketName()
{
    const QString which = qEnvironmentVariable("COUNTERSIGN_INSTANCE") + u'\n' + QDir::homePath() + u'\n'
        + qEnvironmentVariable("WAYLAND_DISPLAY") + u'\n' + qEnvironmentVariable("DISPLAY");
    const auto digest = QCryptographicHash::hash(which.toUtf8(), QCryptographicHash::Sha256).toHex().first(16);
    const QString name = u"countersign-desktop-"_s + QString::fromLatin1(digest);
    // On Windows a pipe has no folder. Elsewhere the person's own one, where nobody else can have made the file.
#ifdef Q_OS_WIN
    return name;
#else
    const auto folder = QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation);
    return folder.isEmpty() ? name : QDir(folder).filePath(name);
#endif
}

bool SingleInstance::handOver(const QStringList &arguments)
{
    QLocalSocket socket;
    socket.connectToServer(socketName());
    if (!socket.waitForConnected(patience))
        return false;
    QByteArray message;
    QDataStream stream(&message, QIODevice::WriteOnly);
    stream.setVersion(streamVersion);
    stream << arguments;
    socket.write(message);
    socket.waitForBytesWritten(patience);
    // A first one that hangs must not keep a second one from starting.
    return socket.waitForReadyRead(patience) && socket.readAll() == acknowledgement;
}

bool SingleInstance::listen()
{
    if (m_server.listen(socketName()))
        return true;
    // Nobody answered, so the socket is what a crash left behind.
    QLocalServer::removeServer(socketName());
    return m_server.listen(socketName());
}

void SingleInstance::greet()
{
    while (auto *socket = m_server.nextPendingConnection()) {
        socket->setReadBufferSize(longestMessage);
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        QTimer::singleShot(patience, socket, &QLocalSocket::abort);
        connect(socket, &QLocalSocket::readyRead, socket, [this, socket] {
            QDataStream stream(socket);
            stream.setVersion(streamVersion);
            stream.startTransaction();
            const auto arguments = argumentsIn(stream);
            const bool isNonsense = stream.status() == QDataStream::ReadCorruptData;
            if (!stream.commitTransaction())
                return isNonsense ? socket->abort() : void(); // else the rest is on its way
            socket->write(acknowledgement);
            socket->flush();
            socket->disconnectFromServer();
            Q_EMIT argumentsArrived(arguments);
        });
    }
}

} // namespace Countersign::Desktop

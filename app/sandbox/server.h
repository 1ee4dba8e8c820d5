// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "httpmessage.h"

#include <countersign/base/result.h>

#include <QtHttpServer/QAbstractHttpServer>

#include <functional>

namespace CountersignSandbox {

//! HTTP on the loopback addresses, one handler for everything.
//!
//! The answers are written by hand: hooks must be able to break them in ways that a well-behaved responder refuses.
class Server final : public QAbstractHttpServer
{
    Q_OBJECT

public:
    using Handler = std::function<Response(const Request &request)>;

    explicit Server(Handler handler, QObject *parent = nullptr);

    //! 127.0.0.1, and ::1 too where there is one, for clients that try it first for "localhost". Gives the port.
    //!
    //! Errors: NetworkUnavailable, cause PortUnavailable, naming the port.
    [[nodiscard]] Countersign::Result<quint16> start(quint16 port);

protected:
    bool handleRequest(const QHttpServerRequest &request, QTcpSocket *socket) override;
    void missingHandler(const QHttpServerRequest &request, QTcpSocket *socket) override;

private:
    bool isOurHost(const QByteArray &host) const;

    Handler m_handler;
    quint16 m_port = 0;
};

} // namespace CountersignSandbox

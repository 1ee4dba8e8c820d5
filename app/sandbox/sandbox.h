// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "authorizationendpoint.h"
#include "context.h"
#include "control.h"
#include "deviceendpoint.h"
#include "logoutendpoint.h"
#include "resourceendpoints.h"
#include "server.h"
#include "tokenendpoint.h"
#include "tokenmint.h"

#include <QtCore/QObject>
#include <QtCore/QUrl>

namespace CountersignSandbox {

//! A local OpenID provider that tests can alter at every point. countersign-sandbox is a main() around one; a test may
//! have its own in process.
class Sandbox final : public QObject
{
    Q_OBJECT

public:
    explicit Sandbox(const Settings &settings = {}, QObject *parent = nullptr);

    //! \p port 0 takes any. Errors: NetworkUnavailable if the port is taken.
    Countersign::Result<void> start(quint16 port = 0);

    quint16 port() const { return m_port; }
    //! "http://127.0.0.1:PORT/sandbox". The same provider is http://localhost:PORT/sandbox to those who ask there.
    QString issuer() const;
    QUrl controlUrl() const;
    //! The one line that says everything, as JSON of schema countersign.sandbox/1.
    QByteArray readyLine() const;

    Context &context() { return m_context; }
    Hooks &hooks() { return m_context.hooks; }
    //! Every request so far, control apart: method, path, query, form, headers, status, at.
    QJsonArray log() const { return m_control.log(); }
    void clearLog() { m_control.clearLog(); }

private:
    Response handle(const Request &request);
    Response route(const Request &request, const QString &endpoint);
    QJsonObject summary() const;

    Context m_context;
    TokenMint m_mint;
    AuthorizationEndpoint m_authorization;
    TokenEndpoint m_token;
    DeviceEndpoint m_device;
    ResourceEndpoints m_resources;
    LogoutEndpoint m_logout;
    Control m_control;
    Server m_server;
    quint16 m_port = 0;
};

} // namespace CountersignSandbox

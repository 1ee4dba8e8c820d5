// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/httpcall.h"

#include <QtCore/QJsonValue>
#include <QtCore/QProcess>
#include <QtCore/QStringList>

namespace CountersignTest {

//! An OpenID provider in a process of its own that prints one JSON line when it is ready. It ends with this object.
class ProviderProcess
{
public:
    ProviderProcess() = default;
    ~ProviderProcess() { stop(); }
    Q_DISABLE_COPY_MOVE(ProviderProcess)

    //! False if no ready line came; problem() says why.
    bool start(const QString &program, const QStringList &arguments);
    //! Asks the process to end and waits; kills it after a while. True if it ended by itself with exit code 0.
    bool stop();

    bool isRunning() const { return m_process.state() == QProcess::Running; }
    const QString &problem() const { return m_problem; }
    const QJsonObject &readyLine() const { return m_readyLine; }
    QString issuer() const { return m_readyLine.value(QStringLiteral("issuer")).toString(); }
    qint64 processId() const { return m_process.processId(); }
    //! An endpoint below the issuer, for example "/token".
    QUrl endpoint(const QString &path) const { return QUrl(issuer() + path); }

    //! A call to the control interface, for example control("PUT", "/hooks/idTokenClaims", {...}).
    HttpAnswer control(const QByteArray &method, const QString &path, const QJsonValue &body = {}) const;

private:
    QProcess m_process;
    QJsonObject m_readyLine;
    QString m_problem;
};

} // namespace CountersignTest

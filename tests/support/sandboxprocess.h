// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "support/providerprocess.h"

#include <QtCore/QJsonArray>

namespace CountersignTest {

//! countersign-sandbox from the build, on a port of its own.
class SandboxProcess
{
public:
    //! \p arguments in addition to --port 0, for example {"--approve", "ada"}.
    bool start(const QStringList &arguments = {});
    bool stop() { return m_process.stop(); }
    const QString &problem() const { return m_process.problem(); }

    QString issuer() const { return m_process.issuer(); }
    QUrl endpoint(const QString &path) const { return m_process.endpoint(path); }
    ProviderProcess &process() { return m_process; }

    //! Puts a hook program (or an array of them) in force. False if the sandbox refuses it.
    bool setHook(const QString &point, const QJsonValue &program);
    bool clearHooks();
    //! Plays a module of the OpenID Foundation's conformance suite.
    bool applyModule(const QString &name);
    bool approveAs(const QString &user);
    bool setClockOffset(qint64 seconds);
    bool rotateKeys();
    //! Every request so far, control apart.
    QJsonArray log() const;
    bool clearLog();
    //! The requests of the log at one endpoint, for example "/token".
    QList<QJsonObject> requestsTo(const QString &endpoint) const;

private:
    ProviderProcess m_process;
};

} // namespace CountersignTest

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "support/sandboxprocess.h"

using namespace Qt::StringLiterals;

namespace CountersignTest {

bool SandboxProcess::start(const QStringList &arguments)
{
    const QString program = qEnvironmentVariable("COUNTERSIGN_BIN_DIR") + u"/countersign-sandbox"_s;
    return m_process.start(program, QStringList{u"--port"_s, u"0"_s} + arguments);
}

bool SandboxProcess::setHook(const QString &point, const QJsonValue &program)
{
    return m_process.control("PUT"_ba, u"/hooks/"_s + point, program).status == 200;
}

bool SandboxProcess::clearHooks()
{
    return m_process.control("DELETE"_ba, u"/hooks"_s).status == 200;
}

bool SandboxProcess::applyModule(const QString &name)
{
    return m_process.control("PUT"_ba, u"/modules/"_s + name, QJsonObject()).status == 200;
}

bool SandboxProcess::approveAs(const QString &user)
{
    return m_process.control("PUT"_ba, u"/approve"_s, QJsonObject{{u"user"_s, user}}).status == 200;
}

bool SandboxProcess::setClockOffset(qint64 seconds)
{
    return m_process.control("PUT"_ba, u"/clock"_s, QJsonObject{{u"offset"_s, seconds}}).status == 200;
}

bool SandboxProcess::rotateKeys()
{
    return m_process.control("POST"_ba, u"/keys/rotate"_s, QJsonObject()).status == 200;
}

QJsonArray SandboxProcess::log() const
{
    return m_process.control("GET"_ba, u"/log"_s).json().value("requests"_L1).toArray();
}

bool SandboxProcess::clearLog()
{
    return m_process.control("DELETE"_ba, u"/log"_s).status == 200;
}

QList<QJsonObject> SandboxProcess::requestsTo(const QString &endpoint) const
{
    QList<QJsonObject> found;
    const QJsonArray requests = log();
    for (const QJsonValue &request : requests) {
        if (request["path"_L1].toString() == u"/sandbox"_s + endpoint)
            found.append(request.toObject());
    }
    return found;
}

} // namespace CountersignTest

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "support/providerprocess.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

using namespace Qt::StringLiterals;

namespace CountersignTest {

namespace {

constexpr int patience = 30000; // milliseconds

QByteArray serialized(const QJsonValue &value)
{
    if (value.isArray())
        return QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact);
    return QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
}

} // namespace

bool ProviderProcess::start(const QString &program, const QStringList &arguments)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(program, arguments);
    if (!m_process.waitForStarted(patience)) {
        m_problem = program + u": "_s + m_process.errorString();
        return false;
    }
    const bool hasLine = QTest::qWaitFor(
        [this] { return m_process.canReadLine() || m_process.state() == QProcess::NotRunning; }, patience);
    const QByteArray line = m_process.readLine();
    m_readyLine = QJsonDocument::fromJson(line).object();
    if (!hasLine || issuer().isEmpty()) {
        m_problem = program + u" printed no ready line"_s;
        stop();
        return false;
    }
    return true;
}

bool ProviderProcess::stop()
{
    if (m_process.state() == QProcess::NotRunning)
        return m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0;
    m_process.closeWriteChannel();
    m_process.terminate();
    if (m_process.waitForFinished(patience))
        return m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == 0;
    m_process.kill();
    m_process.waitForFinished(patience);
    return false;
}

HttpAnswer ProviderProcess::control(const QByteArray &method, const QString &path, const QJsonValue &body) const
{
    const QUrl url(m_readyLine.value("control"_L1).toString() + path);
    if (body.isNull() || body.isUndefined())
        return httpCall(method, url);
    return httpCall(method, url, {{"Content-Type"_ba, "application/json"_ba}}, serialized(body));
}

} // namespace CountersignTest

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sandboxprocess.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QUrl>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr std::chrono::seconds startDeadline{20};
//! What ends sooner would end again.
constexpr std::chrono::milliseconds shortestLife{2000};
constexpr int portTaken = 20; // exit code of countersign-sandbox
constexpr int endPatience = 1500; // milliseconds

QString usualProgram()
{
    QString name = u"countersign-sandbox"_s;
#ifdef Q_OS_WIN
    name += u".exe"_s;
#endif
    return QDir(QCoreApplication::applicationDirPath()).filePath(name);
}

} // namespace

Result<Profile> sandboxProfile(const QByteArray &readyLine)
{
    const auto line = QJsonDocument::fromJson(readyLine).object();
    const auto issuer = line.value(u"issuer"_s).toString();
    QString clientId;
    const auto clients = line.value(u"clients"_s).toArray();
    for (const auto client : clients) {
        const auto id = client.toObject().value(u"client_id"_s).toString();
        if (id == "sandbox-native"_L1)
            clientId = id;
    }
    if (issuer.isEmpty() || clientId.isEmpty())
        return Error{ErrorCode::InvalidResponse, u"The sandbox did not say how to reach it."_s};
    Profile profile;
    profile.id = u"sandbox"_s;
    profile.name = QCoreApplication::translate("SandboxProcess", "Sandbox on this computer");
    profile.issuer = issuer;
    profile.clientId = clientId;
    profile.scopes = {u"openid"_s, u"profile"_s, u"email"_s, u"offline_access"_s};
    return profile;
}

bool isSandboxProfile(const Profile &profile)
{
    const QUrl issuer(profile.issuer);
    return profile.id == "sandbox"_L1 && profile.clientId == "sandbox-native"_L1 && issuer.host() == "127.0.0.1"_L1
        && issuer.path() == "/sandbox"_L1;
}

SandboxProcess::SandboxProcess(QString program, QObject *parent)
    : QObject(parent), m_program(program.isEmpty() ? usualProgram() : std::move(program))
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_deadline.setSingleShot(true);
    m_deadline.setInterval(startDeadline);
    connect(&m_deadline, &QTimer::timeout, this, [this] { fail(u"The sandbox took too long to start."_s); });
    connect(&m_process, &QProcess::readyReadStandardOutput, this, &SandboxProcess::readLine);
    connect(&m_process, &QProcess::finished, this, &SandboxProcess::handleEnd);
    connect(&m_process, &QProcess::errorOccurred, this, [this](QProcess::ProcessError error) {
        if (error == QProcess::FailedToStart)
            fail(u"countersign-sandbox could not be started."_s);
    });
}

SandboxProcess::~SandboxProcess()
{
    m_isOver = true;
    m_process.disconnect(this);
    // It ends when its input does, and at the latest when it is told to.
    m_process.closeWriteChannel();
    m_process.terminate();
    if (m_process.state() != QProcess::NotRunning && !m_process.waitForFinished(endPatience))
        m_process.kill();
}

void SandboxProcess::start()
{
    if (m_process.state() != QProcess::NotRunning)
        return;
    m_isOver = false;
    m_isRetried = false;
    m_deadline.start();
    // Profile and tokens name the port that it had.
    launch(m_profile ? quint16(QUrl(m_profile->issuer).port(usualPort)) : usualPort);
}

void SandboxProcess::launch(quint16 port)
{
    m_output.clear();
    m_process.start(m_program, {u"--port"_s, QString::number(port), u"--stop-on-eof"_s});
}

void SandboxProcess::readLine()
{
    m_output += m_process.readAllStandardOutput();
    const auto end = m_output.indexOf('\n');
    if (end < 0 || !m_deadline.isActive())
        return;
    m_deadline.stop();
    m_sinceReady.start();
    auto profile = sandboxProfile(m_output.first(end));
    if (!profile)
        return fail(profile.error().message());
    m_profile = *std::move(profile);
    Q_EMIT ready(*m_profile);
}

void SandboxProcess::handleEnd()
{
    if (m_isOver)
        return;
    if (!m_isRetried && m_process.exitStatus() == QProcess::NormalExit && m_process.exitCode() == portTaken) {
        m_isRetried = true;
        return launch(0);
    }
    const bool wasReady = m_sinceReady.isValid() && !m_deadline.isActive();
    if (!wasReady || !m_sinceReady.hasExpired(shortestLife.count()))
        return fail(u"The sandbox ended."_s);
    start();
    Q_EMIT restarted();
}

void SandboxProcess::fail(const QString &why)
{
    m_deadline.stop();
    if (std::exchange(m_isOver, true))
        return;
    m_process.kill(); // one that says nothing is as good as none
    Q_EMIT failed(Error{ErrorCode::ServerUnavailable, why});
}

} // namespace Countersign::Desktop

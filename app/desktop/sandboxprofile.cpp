// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sandboxprofile.h"

#include "clientsession.h"

#include <window/mainwindow.h>
#include <window/workbench.h>

#include <QtCore/QCoreApplication>

#include <utility>

namespace Countersign::Desktop {

SandboxProfile::SandboxProfile(ClientSession &session, Workbench &workbench, const QString &program)
    : m_session(session), m_workbench(workbench), m_process(program)
{
    connect(&m_process, &SandboxProcess::ready, this, [this](const Profile &profile) {
        if (const auto stored = m_session.profileStore().put(profile); !stored)
            m_workbench.window().showProblem(stored.error());
        m_session.reloadProfiles();
    });
    connect(&m_process, &SandboxProcess::restarted, this, [this] {
        m_workbench.window().say(
            QCoreApplication::translate("DesktopMain", "The sandbox had ended, and was started again"));
    });
    connect(&m_process, &SandboxProcess::failed, this, [this](const Error &error) {
        m_hasFailed = true;
        m_workbench.window().showProblem(error);
    });
    connect(&m_workbench.window(), &MainWindow::problemActionChosen, this, [this](ErrorAction action) {
        if (action == ErrorAction::TryAgain && std::exchange(m_hasFailed, false))
            m_process.start();
    });
    m_process.start();
}

SandboxProfile::~SandboxProfile()
{
    // Its address means nothing when it has gone. Tokens stay: it comes back at the same port.
    if (m_process.profile())
        (void)m_session.profileStore().remove(m_process.profile()->id);
}

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sandboxprocess.h"

namespace Countersign::Desktop {

class ClientSession;
class Workbench;

//! Puts the sandbox's profile among the person's while the sandbox runs, and says when it does not.
class SandboxProfile final : public QObject
{
    Q_OBJECT
public:
    //! Starts it. \p session and \p workbench outlive it; see SandboxProcess for \p program.
    SandboxProfile(ClientSession &session, Workbench &workbench, const QString &program = {});
    ~SandboxProfile() override;

private:
    ClientSession &m_session;
    Workbench &m_workbench;
    SandboxProcess m_process;
    bool m_hasFailed = false;
};

} // namespace Countersign::Desktop

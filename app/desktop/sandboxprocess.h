// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/client/profile.h>

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QProcess>
#include <QtCore/QTimer>

#include <functional>

namespace Countersign::Desktop {

//! countersign-sandbox beside the desktop: a provider for trying things out, which ends with this object.
class SandboxProcess final : public QObject
{
    Q_OBJECT
public:
    //! The port that is tried first, so that what was signed in last time is found again.
    static constexpr quint16 usualPort = 8766;

    //! \p program empty: beside this program.
    explicit SandboxProcess(QString program = {}, QObject *parent = nullptr);
    ~SandboxProcess() override;

    //! Also once more, when it ended or did not come up.
    void start();
    //! What one has to know to sign in there. Null before ready().
    const std::optional<Profile> &profile() const { return m_profile; }

Q_SIGNALS:
    void ready(const Countersign::Profile &profile);
    //! It ended by itself after it had been ready, and was started again at the same port.
    void restarted();
    //! It did not come up, or ended again and again.
    void failed(const Countersign::Error &error);

private:
    void launch(quint16 port);
    void readLine();
    void handleEnd();
    void fail(const QString &why);

    QString m_program;
    QProcess m_process;
    QTimer m_deadline;
    QByteArray m_output;
    std::optional<Profile> m_profile;
    QElapsedTimer m_sinceReady;
    bool m_isRetried = false;
    bool m_isOver = false; //!< nobody is told any more
};

//! The profile that the ready line of countersign-sandbox speaks of.
//!
//! Errors: InvalidResponse when the line is not one.
Result<Profile> sandboxProfile(const QByteArray &readyLine);
//! Whether \p profile was made by that, and not by a person.
bool isSandboxProfile(const Profile &profile);

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <clientsession.h>

#include <common/serviceset.h>
#include <common/usersettings.h>

#include <settings/preferences.h>
#include <settings/sharedsettings.h>

namespace Countersign::Desktop {

class Workbench;

//! The settings file that the command line shares, the store and the system's list of what starts at login, for the
//! settings dialog.
class LiveSettings final : public SharedSettings
{
public:
    //! \p session outlives it.
    explicit LiveSettings(ClientSession &session);
    QString value(const QString &name) const override { return m_settings.value(name); }
    QString lockedBy(const QString &name) const override
    {
        return m_settings.policy().isLocked(name) ? m_settings.policy().path() : QString();
    }
    [[nodiscard]] Result<void> set(const QString &name, const QString &value) override;
    bool startsAtLogin() const override;
    [[nodiscard]] Result<void> setStartsAtLogin(bool starts) override;
    QString storeName() const override;
    Content content() const override;
    bool hasEmbeddedSessions() const override;
    Result<void> forgetEmbeddedSessions() override;
    void testStore(QObject *context, DoneHandler handler) override;
    void moveStore(const QString &target, Secret passphrase, QObject *context, MoveHandler handler) override;
    void wipeStore(QObject *context, DoneHandler handler) override;

private:
    App::ServiceSet &services() const { return m_session.services(); }
    void apply();
    Result<std::shared_ptr<TokenStore>> storeToMoveTo(const App::StoreChoice &choice, Secret passphrase) const;

    ClientSession &m_session;
    App::UserSettings m_settings;
};

//! What ends QApplication::exec() when the program shall start anew.
inline constexpr int restartCode = 64;

//! What the person set once for every program of ours; \p settings keeps what it has already.
//!
//! Errors: those of App::UserSettings::load() and complete().
[[nodiscard]] Result<void> takeSharedSettings(SessionSettings &settings);
//! Adds the action that opens the settings, and lets the window follow them: look, size, times, shortcuts, clipboard,
//! masking, tray. Once, before the window is shown; \p preferences and \p shared outlive the workbench.
void followSettings(Workbench &workbench, Preferences &preferences, SharedSettings &shared);

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <common/serviceset.h>
#include <common/usersettings.h>

#include <settings/preferences.h>
#include <settings/sharedsettings.h>

namespace Countersign::Desktop {

class Workbench;

//! The settings file that the command line shares, and the store, for the settings dialog.
class LiveSettings final : public SharedSettings
{
public:
    //! \p services outlives it.
    explicit LiveSettings(App::ServiceSet &services);
    QString value(const QString &name) const override { return m_settings.value(name); }
    [[nodiscard]] Result<void> set(const QString &name, const QString &value) override
    {
        return m_settings.set(name, value);
    }
    QString storeName() const override;
    void testStore(QObject *context, std::function<void(const Result<void> &)> handler) override;

private:
    App::ServiceSet &m_services;
    App::UserSettings m_settings;
};

//! What the person set once for every program of ours; \p settings keeps what it has already.
//!
//! Errors: those of App::UserSettings::load().
[[nodiscard]] Result<void> takeSharedSettings(App::ServiceSettings &settings);
//! Adds the action that opens the settings, and lets the window follow them: look, size, times, shortcuts, clipboard,
//! masking. Once, before the window is shown; \p preferences and \p shared outlive the workbench.
void followSettings(Workbench &workbench, Preferences &preferences, SharedSettings &shared);

} // namespace Countersign::Desktop

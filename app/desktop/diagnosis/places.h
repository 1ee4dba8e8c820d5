// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "diagnosis.h"

#include <common/usersettings.h>

#include <settings/preferences.h>
#include <settings/sharedsettings.h>

namespace Countersign::Desktop {

class InspectorPage;
class ProfilesPage;
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

//! The places Profiles and Doctor and the settings: puts them into the window and connects them with the rest.
//!
//! It outlives the workbench that it furnished.
class Places final : public QObject
{
    Q_OBJECT
public:
    //! All outlive it.
    Places(App::ServiceSet &services, ProfileStore &profiles, Preferences &preferences);

    //! Once, before the window is shown.
    void furnish(Workbench &workbench);

Q_SIGNALS:
    //! The profiles' file was changed by a page.
    void profilesChanged();

private:
    void addSettings(Workbench &workbench);
    void follow(Workbench &workbench);

    ProfileStore &m_profiles;
    Preferences &m_preferences;
    LiveProbe m_probe;
    LiveDoctor m_doctor;
    LiveSettings m_settings;
};

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "places.h"

#include <doctor/doctorpage.h>
#include <inspector/inspectorpage.h>
#include <profiles/profilespage.h>
#include <settings/settingsdialog.h>
#include <widgets/clipboardguard.h>
#include <window/actions.h>
#include <window/mainwindow.h>
#include <window/workbench.h>

#include <QtGui/QAction>
#include <QtWidgets/QApplication>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

LiveSettings::LiveSettings(App::ServiceSet &services) : m_services(services)
{
    // A broken file is the Doctor's matter; until it is mended, nothing counts as set.
    (void)m_settings.load();
}

QString LiveSettings::storeName() const
{
    return m_services.store().name();
}

void LiveSettings::testStore(QObject *context, std::function<void(const Result<void> &)> handler)
{
    m_services.cache().open(context, [this, context, handler = std::move(handler)](const Result<void> &opened) {
        if (!opened)
            return handler(opened);
        m_services.cache().probe(context, handler);
    });
}

Places::Places(App::ServiceSet &services, ProfileStore &profiles, Preferences &preferences)
    : m_profiles(profiles), m_preferences(preferences), m_probe(services),
      m_doctor(services, {.profilePath = profiles.path()}), m_settings(services)
{
}

void Places::furnish(Workbench &workbench)
{
    auto *page = new ProfilesPage(m_profiles, &m_probe);
    workbench.addPage(page);
    workbench.addPage(new DoctorPage(m_doctor));
    auto *inspector = workbench.window().findChild<InspectorPage *>();
    inspector->setProviderProbe(&m_probe);
    inspector->setProfiles(m_profiles.profiles());
    connect(page, &ProfilesPage::profilesChanged, this, [this, inspector] {
        inspector->setProfiles(m_profiles.profiles());
        Q_EMIT profilesChanged();
    });
    connect(page, &ProfilesPage::signInRequested, &workbench, &Workbench::askForSignIn);
    connect(&workbench, &Workbench::newProfileRequested, page, [&workbench, page](const QString &preset) {
        workbench.window().showPage(page);
        page->createProfile(preset);
    });
    addSettings(workbench);
    follow(workbench);
    if (m_preferences.startsMasked())
        workbench.window().setMasked(true);
}

void Places::addSettings(Workbench &workbench)
{
    auto &window = workbench.window();
    auto *settings = window.actionRegistry().add({.id = u"file.settings"_s,
                                                  .menu = MenuKind::File,
                                                  .section = 8,
                                                  .text = tr("Se&ttings…"),
                                                  .shortcut = QKeySequence(Qt::CTRL | Qt::Key_Comma),
                                                  .symbol = u"settings"_s});
    settings->setMenuRole(QAction::PreferencesRole);
    connect(settings, &QAction::triggered, this, [this, &window] {
        auto *dialog = new SettingsDialog(m_preferences, m_settings, window.actionRegistry(), &window);
        dialog->open();
    });
    applyShortcuts(window.actionRegistry(), m_preferences);
}

void Places::follow(Workbench &workbench)
{
    auto &window = workbench.window();
    auto *inspector = window.findChild<InspectorPage *>();
    const auto apply = [this, &window, inspector] {
        applyAppearance(*qApp, m_preferences);
        window.clipboard().setHoldTime(m_preferences.clipboardHold());
        inspector->setTimeStyle(m_preferences.timeStyle());
    };
    apply();
    connect(&m_preferences, &Preferences::changed, &window, apply);
}

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "settingsplace.h"

#include <inspector/inspectorpage.h>
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

Result<void> takeSharedSettings(App::ServiceSettings &settings)
{
    App::UserSettings shared;
    if (const auto loaded = shared.load(); !loaded)
        return loaded;
    const auto take = [&shared](QString &value, const QString &name) {
        if (value.isEmpty())
            value = shared.value(name);
    };
    take(settings.store, u"store"_s);
    take(settings.proxy, u"proxy"_s);
    take(settings.caFile, u"ca_file"_s);
    take(settings.browserCommand, u"browser"_s);
    return {};
}

void followSettings(Workbench &workbench, Preferences &preferences, SharedSettings &shared)
{
    auto &window = workbench.window();
    auto &inspector = workbench.inspector();
    auto *settings = window.actionRegistry().add({.id = u"file.settings"_s,
                                                  .menu = MenuKind::File,
                                                  .section = 8,
                                                  .text = QCoreApplication::translate("SettingsPlace", "Se&ttings…"),
                                                  .shortcut = QKeySequence(Qt::CTRL | Qt::Key_Comma),
                                                  .symbol = u"settings"_s});
    settings->setMenuRole(QAction::PreferencesRole);
    QObject::connect(settings, &QAction::triggered, &window, [&preferences, &shared, &window] {
        (new SettingsDialog(preferences, shared, window.actionRegistry(), &window))->open();
    });
    applyShortcuts(window.actionRegistry(), preferences);
    const auto follow = [&preferences, &window, &inspector] {
        applyAppearance(*qApp, preferences);
        window.clipboard().setHoldTime(preferences.clipboardHold());
        inspector.setTimeStyle(preferences.timeStyle());
    };
    follow();
    QObject::connect(&preferences, &Preferences::changed, &window, follow);
    if (preferences.startsMasked())
        window.setMasked(true);
}

} // namespace Countersign::Desktop

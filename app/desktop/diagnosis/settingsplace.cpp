// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "settingsplace.h"

#include <autostart.h>

#include <common/storewipe.h>

#include <inspector/inspectorpage.h>
#include <settings/settingsdialog.h>
#include <widgets/clipboardguard.h>
#include <window/actions.h>
#include <window/mainwindow.h>
#include <window/workbench.h>

#include <countersign/storage/storemigration.h>

#include <QtCore/QPointer>
#include <QtGui/QAction>
#include <QtWidgets/QApplication>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

LiveSettings::LiveSettings(ClientSession &session) : m_session(session)
{
    // A broken file is the Doctor's matter; until it is mended, nothing counts as set.
    (void)m_settings.load();
}

Result<void> LiveSettings::set(const QString &name, const QString &value)
{
    const auto stored = m_settings.set(name, value);
    if (stored)
        apply();
    return stored;
}

//! What needs no new start.
void LiveSettings::apply()
{
    m_session.setOffline(m_settings.value(u"offline"_s) == "on"_L1);
    m_session.setHistoryLength(m_settings.historyLength());
    m_session.setUsesMemoryWithoutKeychain(m_settings.value(u"without_keychain"_s) == "memory"_L1);
    m_session.setDefaultWay(m_settings.value(u"via"_s));
}

bool LiveSettings::startsAtLogin() const
{
    return Desktop::startsAtLogin();
}

Result<void> LiveSettings::setStartsAtLogin(bool starts)
{
    return Desktop::setStartsAtLogin(starts);
}

QString LiveSettings::storeName() const
{
    return services().store().name();
}

SharedSettings::Content LiveSettings::content() const
{
    const auto &cache = services().cache().snapshot();
    return {.accounts = cache.accounts().size(),
            .tokens = qsizetype(cache.accessTokens().size() + cache.refreshTokens().size())};
}

void LiveSettings::testStore(QObject *context, DoneHandler handler)
{
    services().cache().open(context, [this, context, handler = std::move(handler)](const Result<void> &opened) {
        if (!opened)
            return handler(opened);
        services().cache().probe(context, handler);
    });
}

void LiveSettings::moveStore(const QString &target, Secret passphrase, QObject *context, DoneHandler handler)
{
    const auto fail = [context, handler](const Error &error) {
        QMetaObject::invokeMethod(
            context, [handler, error] { handler(error); }, Qt::QueuedConnection);
    };
    const auto choice = App::StoreChoice::parse(target);
    if (!choice)
        return fail(choice.error());
    auto made =
        App::makeStore(*choice, services().random(), [&passphrase] { return Result<Secret>(std::move(passphrase)); });
    if (!made)
        return fail(made.error());
    const auto &now = services().store();
    if ((*made)->id() == now.id() && (*made)->folder() == now.folder())
        return fail(Error{ErrorCode::InvalidArgument, u"That is the place that is used already."_s});
    if (!m_session.findChildren<Attempt *>(QString(), Qt::FindDirectChildrenOnly).isEmpty())
        return fail(Error{ErrorCode::StorageUnavailable, ErrorCause::StoreBusy, u"A token is being fetched."_s});
    m_target = *std::move(made);
    // It comes to its end whoever waits for it: the new place has to be set, too.
    const QPointer<QObject> listener(context);
    migrateStore(services().store(), *m_target, &m_session,
                 [this, listener, handler, choice = *choice](const Result<void> &moved) {
                     auto result = moved;
                     if (moved)
                         result = m_settings.set(u"store"_s, choice.toString());
                     if (listener)
                         handler(result);
                 });
}

void LiveSettings::wipeStore(QObject *context, DoneHandler handler)
{
    App::wipeStore(services().cache(), context, std::move(handler));
}

Result<void> takeSharedSettings(SessionSettings &settings)
{
    App::UserSettings shared;
    if (const auto loaded = shared.load(); !loaded)
        return loaded;
    shared.complete(settings.services);
    settings.historyLength = shared.historyLength();
    settings.usesMemoryWithoutKeychain = shared.value(u"without_keychain"_s) == "memory"_L1;
    settings.defaultWay = shared.value(u"via"_s);
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
    QObject::connect(settings, &QAction::triggered, &window, [&preferences, &shared, &workbench] {
        auto &parent = workbench.window();
        auto *dialog = new SettingsDialog(preferences, shared, parent.actionRegistry(), &parent);
        QObject::connect(dialog, &SettingsDialog::restartRequested, &workbench, [&workbench] {
            Q_EMIT workbench.window().aboutToClose();
            QApplication::exit(restartCode);
        });
        dialog->open();
    });
    applyShortcuts(window.actionRegistry(), preferences);
    const auto follow = [&preferences, &window, &inspector, &workbench] {
        applyAppearance(*qApp, preferences);
        workbench.setTray(preferences.showsTray(), preferences.closesToTray());
        window.clipboard().setHoldTime(preferences.clipboardHold());
        inspector.setTimeStyle(preferences.timeStyle());
    };
    follow();
    QObject::connect(&preferences, &Preferences::changed, &window, follow);
    if (preferences.startsMasked())
        window.setMasked(true);
}

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "settingsplace.h"

#include <autostart.h>
#include <systemlook.h>

#include <common/clientsecrets.h>
#include <common/storewipe.h>

#include <inspector/inspectorpage.h>
#include <settings/lookactions.h>
#include <settings/settingsdialog.h>
#include <widgets/clipboardguard.h>
#include <window/actions.h>
#include <window/mainwindow.h>
#include <window/workbench.h>

#include <countersign/storage/memorystore.h>
#include <countersign/storage/storemigration.h>

#include <QtCore/QPointer>
#include <QtGui/QAction>
#include <QtWidgets/QApplication>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

void answerLater(QObject *context, std::function<void()> answer)
{
    QMetaObject::invokeMethod(context, std::move(answer), Qt::QueuedConnection);
}

} // namespace

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
    m_session.setOffline(m_settings.isOffline());
    m_session.setHistoryLength(m_settings.historyLength());
    m_session.setUsesMemoryWithoutKeychain(m_settings.usesMemoryWithoutKeychain());
    m_session.setDefaultWay(m_settings.defaultWay());
    m_session.setKeepsEmbeddedSessions(m_settings.keepsEmbeddedSessions());
}

bool LiveSettings::hasEmbeddedSessions() const
{
    return !m_session.embeddedSessions().isEmpty();
}

Result<void> LiveSettings::forgetEmbeddedSessions()
{
    return m_session.embeddedSessions().forgetAll();
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
    return m_session.store().name;
}

SharedSettings::Content LiveSettings::content() const
{
    Content content;
    for (auto *set : {&services(), m_session.memoryServices()}) {
        if (!set)
            continue;
        const auto &cache = set->cache().snapshot();
        content.accounts += cache.accounts().size();
        content.tokens += qsizetype(cache.accessTokens().size() + cache.refreshTokens().size());
        content.clientSecrets += cache.clientsWithSecret().size();
    }
    return content;
}

void LiveSettings::testStore(QObject *context, DoneHandler handler)
{
    m_session.testStore(context, std::move(handler));
}

Result<std::shared_ptr<TokenStore>> LiveSettings::storeToMoveTo(const App::StoreChoice &choice, Secret passphrase) const
{
    if (m_settings.policy().isLocked(u"store"_s))
        return m_settings.policy().refusal(u"store"_s);
    if (m_session.isStoreLeft())
        return ClientSession::storeLeft();
    auto made =
        App::makeStore(choice, services().random(), [&passphrase] { return Result<Secret>(std::move(passphrase)); });
    if (!made)
        return made.error();
    const auto &now = services().store();
    if ((*made)->id() == now.id() && (*made)->folder() == now.folder())
        return Error{ErrorCode::InvalidArgument, u"That is the place that is used already."_s};
    if (!m_session.findChildren<Attempt *>(QString(), Qt::FindDirectChildrenOnly).isEmpty())
        return Error{ErrorCode::StorageUnavailable, ErrorCause::StoreBusy, u"A token is being fetched."_s};
    const bool hasSecrets = !services().cache().snapshot().clientsWithSecret().isEmpty();
    if (choice.kind == TokenStore::Kind::MsalFile && hasSecrets)
        return App::plainFileRefusal();
    return std::shared_ptr<TokenStore>(*std::move(made));
}

void LiveSettings::moveStore(const QString &target, Secret passphrase, QObject *context, MoveHandler handler)
{
    const auto choice = App::StoreChoice::parse(target);
    const auto to = choice ? storeToMoveTo(*choice, std::move(passphrase)) : choice.error();
    if (!to)
        return answerLater(context, [handler, error = to.error()] { handler(error); });
    m_session.setStoreLeft(true);
    // It comes to its end whoever waits for it.
    const auto isAdopted = std::make_shared<bool>(false);
    const auto adopt = [this, isAdopted, choice = *choice] {
        const auto stored = m_settings.set(u"store"_s, choice.toString());
        *isAdopted = stored.hasValue();
        return stored;
    };
    const QPointer<QObject> listener(context);
    // Without a keychain there is nothing to move, and the more reason to go elsewhere.
    const auto &store = m_session.store();
    const bool isMissing =
        store.kind == StoreState::Kind::Failed && store.error && store.error->cause() == ErrorCause::StoreMissing;
    const auto nothing = std::make_shared<MemoryStore>();
    const auto done = [this, to = *to, nothing, isMissing, isAdopted, listener, handler](const Result<void> &moved) {
        m_session.setStoreLeft(*isAdopted);
        if (*isAdopted)
            Q_EMIT m_session.restartNeeded();
        if (!listener)
            return;
        if (*isAdopted)
            handler(Moved{moved ? std::nullopt : std::optional(moved.error()), isMissing});
        else
            handler(moved.error());
    };
    migrateStore(isMissing ? static_cast<TokenStore &>(*nothing) : services().store(), **to, &m_session, done, adopt);
}

void LiveSettings::wipeStore(QObject *context, DoneHandler handler)
{
    if (m_session.isStoreLeft())
        return answerLater(context, [handler = std::move(handler)] { handler(ClientSession::storeLeft()); });
    const auto cookies = forgetEmbeddedSessions();
    handler = [cookies, handler = std::move(handler)](const Result<void> &wiped) { handler(wiped ? cookies : wiped); };
    const auto wipeLasting = [this, context, handler = std::move(handler)](const Result<void> &wiped) {
        if (wiped)
            App::wipeStore(services().cache(), context, handler);
        else
            handler(wiped);
    };
    if (auto *memory = m_session.memoryServices())
        App::wipeStore(memory->cache(), context, wipeLasting);
    else
        wipeLasting({});
}

Result<void> takeSharedSettings(SessionSettings &settings)
{
    App::UserSettings shared;
    const auto loaded = shared.load();
    if (!loaded && loaded.error().cause() == ErrorCause::ForbiddenByPolicy)
        return loaded;
    // What the policy says counts beside a broken file of the person's, too.
    if (const auto completed = shared.complete(settings.services); !completed)
        return completed;
    settings.historyLength = shared.historyLength();
    settings.usesMemoryWithoutKeychain = shared.usesMemoryWithoutKeychain();
    settings.defaultWay = shared.defaultWay();
    settings.keepsEmbeddedSessions = shared.keepsEmbeddedSessions();
    return loaded;
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
    const auto open = [&preferences, &shared, &workbench](const QString &group) {
        auto &parent = workbench.window();
        auto *dialog = new SettingsDialog(preferences, shared, parent.actionRegistry(), &parent);
        QObject::connect(dialog, &SettingsDialog::restartRequested, &workbench, &Workbench::restartRequested);
        dialog->showGroup(group);
        dialog->open();
    };
    QObject::connect(settings, &QAction::triggered, &window, [open] { open({}); });
    QObject::connect(&workbench, &Workbench::settingsRequested, &workbench, open);
    QObject::connect(&workbench, &Workbench::restartRequested, &workbench, [&workbench] {
        Q_EMIT workbench.window().aboutToClose();
        QApplication::exit(restartCode);
    });
    addLookActions(window, preferences);
    applyShortcuts(window.actionRegistry(), preferences);
    const auto follow = [&preferences, &window, &inspector, &workbench] {
        applyAppearance(*qApp, preferences);
        workbench.setTray(preferences.showsTray(), preferences.closesToTray());
        window.clipboard().setHoldTime(preferences.clipboardHold());
        inspector.setTimeStyle(preferences.timeStyle());
    };
    follow();
    QObject::connect(&preferences, &Preferences::changed, &window, follow);
    auto *look = new SystemLook(window);
    QObject::connect(look, &SystemLook::changed, &window, [&preferences](std::optional<ThemeKind> told) {
        preferences.setLastSystemTheme(told);
        applyAppearance(*qApp, preferences);
    });
    if (preferences.startsMasked())
        window.setMasked(true);
}

} // namespace Countersign::Desktop

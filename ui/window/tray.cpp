// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "window/tray.h"

#include "models/accountmodel.h"
#include "text/wording.h"
#include "widgets/symbol.h"
#include "window/notifier.h"

#include <QtWidgets/QMenu>
#include <QtWidgets/QSystemTrayIcon>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr qsizetype mostAccounts = 12;

//! Told apart by shape: trays are small, and some have no colour.
QIcon trayIcon(Tray::State state)
{
    switch (state) {
    case Tray::State::Plain: return symbol(u"token"_s);
    case Tray::State::NeedsPerson: return symbol(u"attention"_s, ColorRole::Warning);
    case Tray::State::Locked: return symbol(u"lock"_s);
    case Tray::State::Offline: return symbol(u"offline"_s);
    case Tray::State::Busy: return symbol(u"refresh"_s);
    }
    Q_UNREACHABLE();
}

} // namespace

Tray::Tray(Session &session, Notifier &notifier, QObject *parent)
    : QObject(parent), m_session(session), m_notifier(notifier), m_menu(std::make_unique<QMenu>())
{
    connect(m_menu.get(), &QMenu::aboutToShow, this, &Tray::fillMenu);
    connect(&session, &Session::accountsChanged, this, &Tray::refresh);
    connect(&session, &Session::busyChanged, this, &Tray::refresh);
    connect(&session, &Session::storeChanged, this, &Tray::refresh);
    connect(&session, &Session::networkChanged, this, &Tray::refresh);
}

Tray::~Tray() = default;

bool Tray::isShown() const
{
    return m_icon && m_icon->isVisible();
}

void Tray::setShown(bool shown)
{
    // Only now: the desktop is asked, and has to answer, whether it has a tray.
    if (shown && !m_icon && QSystemTrayIcon::isSystemTrayAvailable())
        makeIcon();
    if (m_icon)
        m_icon->setVisible(shown);
}

void Tray::makeIcon()
{
    m_icon = new QSystemTrayIcon(this);
    // Nothing personal: everybody who passes can read it.
    m_icon->setToolTip(tr("Countersign"));
    m_icon->setContextMenu(m_menu.get());
    connect(m_icon, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger)
            Q_EMIT openRequested();
    });
    connect(m_icon, &QSystemTrayIcon::messageClicked, &m_notifier, &Notifier::activate);
    refresh();
}

void Tray::tell(const Notice &notice)
{
    if (m_icon)
        m_icon->showMessage(notice.title, QString(notice.text + u' ' + notice.hint),
                            symbol(u"attention"_s, ColorRole::Warning));
}

Tray::State Tray::stateOfSession() const
{
    if (m_session.store().kind == StoreState::Kind::Failed)
        return State::Locked;
    if (m_session.isOffline())
        return State::Offline;
    const auto now = QDateTime::currentDateTimeUtc();
    bool isBusy = false;
    const auto accounts = m_session.accounts();
    for (const auto &entry : accounts) {
        if (entry.attention && Desktop::stateOf(entry, now) == AccountState::NeedsSignIn)
            return State::NeedsPerson;
        isBusy |= entry.isBusy;
    }
    if (m_session.networkFailure())
        return State::Offline;
    return isBusy ? State::Busy : State::Plain;
}

void Tray::refresh()
{
    if (m_icon)
        m_icon->setIcon(trayIcon(stateOfSession()));
}

void Tray::addAccount(const AccountEntry &entry)
{
    const auto now = QDateTime::currentDateTimeUtc();
    const auto profile = m_session.profile(entry.profileId);
    const auto name = m_isMasked ? (profile ? profile->name : maskedText()) : displayName(entry);
    const auto state = Desktop::stateOf(entry, now);
    auto *sub = m_menu->addMenu(stateIcon(state), tr("%1 – %2").arg(name, stateText(state, entry.expiresAt(), now)));
    for (const auto &token : entry.tokens) {
        if (token.use == TokenUse::Access)
            sub->addAction(symbol(u"copy"_s), tr("Copy token for %1").arg(token.scopes.toString()), this,
                           [this, id = token.id] { Q_EMIT copyRequested(id); });
    }
    if (sub->isEmpty())
        sub->addAction(tr("No token"))->setEnabled(false);
    sub->addSeparator();
    for (const auto &token : entry.tokens) {
        if (token.use == TokenUse::Access)
            sub->addAction(symbol(u"inspect"_s), tr("Inspect token for %1").arg(token.scopes.toString()), this,
                           [this, id = token.id] { Q_EMIT inspectRequested(id); });
    }
    auto *renew = sub->addAction(symbol(u"refresh"_s), tr("Refresh now"), this,
                                 [this, entry] { Q_EMIT refreshRequested(entry); });
    renew->setEnabled(m_session.canRefresh(entry));
}

void Tray::fillMenu()
{
    m_menu->clear();
    const auto accounts = m_session.accounts();
    for (const auto &entry : accounts.first(std::min(mostAccounts, accounts.size())))
        addAccount(entry);
    if (accounts.size() > mostAccounts)
        m_menu->addAction(tr("%n more in the window", nullptr, int(accounts.size() - mostAccounts)), this,
                          &Tray::openRequested);
    m_menu->addSeparator();
    m_menu->addAction(symbol(u"paste"_s), tr("Paste token"), this, &Tray::pasteRequested);
    m_menu->addAction(symbol(u"eye"_s), tr("Hide names and tokens now"), this, &Tray::hideRequested);
    m_menu->addAction(tr("No notifications for 8 hours"), &m_notifier, [this] { m_notifier.mute(Notifier::muteTime); });
    m_menu->addAction(tr("Open Countersign"), this, &Tray::openRequested);
    m_menu->addAction(tr("Quit"), this, &Tray::quitRequested);
}

} // namespace Countersign::Desktop

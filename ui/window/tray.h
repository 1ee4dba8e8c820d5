// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

#include <QtCore/QObject>

#include <memory>

QT_BEGIN_NAMESPACE
class QMenu;
class QSystemTrayIcon;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class Notifier;
struct Notice;

//! How everything stands, in the corner of the desktop, if that has one. All of it is in the window as well.
class Tray final : public QObject
{
    Q_OBJECT
public:
    enum class State : quint8 { Plain, NeedsPerson, Locked, Offline, Busy };

    //! \p session and \p notifier outlive it.
    Tray(Session &session, Notifier &notifier, QObject *parent = nullptr);
    ~Tray() override;

    bool isShown() const;
    //! Without an effect where the desktop has no tray.
    void setShown(bool shown);
    State state() const { return stateOfSession(); }
    //! What the menu holds when it opens. Its accounts are named unless names are hidden.
    QMenu *menu() const { return m_menu.get(); }
    //! Beside the icon, for desktops without a place for notifications.
    void tell(const Notice &notice);
    void setMasked(bool masked) { m_isMasked = masked; }

Q_SIGNALS:
    void openRequested();
    void pasteRequested();
    void copyRequested(const QString &tokenId);
    void inspectRequested(const QString &tokenId);
    void refreshRequested(const Countersign::Desktop::AccountEntry &entry);
    //! Somebody comes who shall see nothing.
    void hideRequested();
    void quitRequested();

private:
    void makeIcon();
    void refresh();
    void fillMenu();
    void addAccount(const AccountEntry &entry);
    State stateOfSession() const;

    Session &m_session;
    Notifier &m_notifier;
    std::unique_ptr<QMenu> m_menu;
    QSystemTrayIcon *m_icon = nullptr;
    bool m_isMasked = false;
};

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <window/notificationservice.h>

#include <QtCore/QHash>

namespace Countersign::Desktop {

//! Notifications on the desktops of freedesktop.org, with buttons where the server has them.
//!
//! Spec: Desktop Notifications Specification 1.2, org.freedesktop.Notifications.
class XdgNotifications final : public NotificationService
{
    Q_OBJECT
public:
    explicit XdgNotifications(QObject *parent = nullptr);

    bool show(const Notice &notice) override;

private Q_SLOTS:
    void takeAction(uint shown, const QString &key);
    void forget(uint shown);

private:
    void askForCapabilities();
    void send(const Notice &notice);

    enum class Knowledge : quint8 { None, Asked, There };
    Knowledge m_knowledge = Knowledge::None;
    bool m_hasButtons = false;
    bool m_hasMarkup = false;
    QList<Notice> m_waiting; //!< until the capabilities are known
    QHash<uint, int> m_shown; //!< our id by the server's
};

} // namespace Countersign::Desktop

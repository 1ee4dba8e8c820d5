// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "xdgnotifications.h"

#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusPendingReply>
#include <QtGui/QGuiApplication>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr auto service = "org.freedesktop.Notifications"_L1;
constexpr auto path = "/org/freedesktop/Notifications"_L1;
constexpr int patience = 5000; // milliseconds: it may have to be started first
constexpr int serversOwnTime = -1; // how long it is shown

//! What a click on the notification itself means, by the specification.
const auto defaultKey = u"default"_s;

QDBusMessage call(const QString &method)
{
    return QDBusMessage::createMethodCall(service, path, service, method);
}

//! The first button's key is that of the click as well: servers show a button for it, too, or not.
QStringList actionsOf(const Notice &notice)
{
    QStringList actions;
    if (!notice.buttons.isEmpty())
        actions << defaultKey << notice.buttons.constFirst();
    for (qsizetype i = 0; i < notice.buttons.size(); ++i)
        actions << QString::number(i) << notice.buttons.at(i);
    return actions;
}

} // namespace

XdgNotifications::XdgNotifications(QObject *parent) : NotificationService(parent)
{
}

bool XdgNotifications::show(const Notice &notice)
{
    if (!QDBusConnection::sessionBus().isConnected())
        return false;
    if (m_knowledge == Knowledge::There) {
        send(notice);
        return true;
    }
    m_waiting.append(notice);
    if (m_knowledge == Knowledge::None)
        askForCapabilities();
    return true;
}

void XdgNotifications::askForCapabilities()
{
    m_knowledge = Knowledge::Asked;
    auto bus = QDBusConnection::sessionBus();
    bus.connect(service, path, service, u"ActionInvoked"_s, this, SLOT(takeAction(uint, QString)));
    bus.connect(service, path, service, u"NotificationClosed"_s, this, SLOT(forget(uint)));
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call(u"GetCapabilities"_s), patience), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<QStringList> reply = *watcher;
        const auto waiting = std::exchange(m_waiting, {});
        // It may be there the next time.
        m_knowledge = reply.isValid() ? Knowledge::There : Knowledge::None;
        if (reply.isValid()) {
            m_hasButtons = reply.value().contains(u"actions"_s);
            m_hasMarkup = reply.value().contains(u"body-markup"_s);
        }
        for (const auto &notice : waiting) {
            if (reply.isValid())
                send(notice);
            else
                Q_EMIT failed(notice);
        }
    });
}

void XdgNotifications::send(const Notice &notice)
{
    const auto text = m_hasMarkup ? notice.text.toHtmlEscaped() : notice.text;
    const QVariantMap hints{{u"desktop-entry"_s, QGuiApplication::desktopFileName()}, {u"suppress-sound"_s, true}};
    auto message = call(u"Notify"_s);
    message << QGuiApplication::applicationDisplayName() << uint(0) << QGuiApplication::desktopFileName()
            << notice.title << text << (m_hasButtons ? actionsOf(notice) : QStringList()) << hints << serversOwnTime;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(message, patience), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, notice] {
        watcher->deleteLater();
        const QDBusPendingReply<uint> reply = *watcher;
        if (reply.isValid())
            m_shown.insert(reply.value(), notice.id);
        else
            Q_EMIT failed(notice);
    });
}

void XdgNotifications::takeAction(uint shown, const QString &key)
{
    const auto notice = m_shown.constFind(shown);
    if (notice == m_shown.cend())
        return; // another program's
    bool isOurs = true;
    const int button = key == defaultKey ? 0 : key.toInt(&isOurs);
    if (isOurs)
        Q_EMIT chosen(*notice, button);
}

void XdgNotifications::forget(uint shown)
{
    m_shown.remove(shown);
}

} // namespace Countersign::Desktop

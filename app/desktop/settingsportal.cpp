// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "settingsportal.h"

#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusMetaType>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusPendingReply>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

using Groups = QMap<QString, QVariantMap>;

constexpr auto service = "org.freedesktop.portal.Desktop"_L1;
constexpr auto path = "/org/freedesktop/portal/desktop"_L1;
constexpr auto settings = "org.freedesktop.portal.Settings"_L1;
constexpr auto appearance = "org.freedesktop.appearance"_L1;
constexpr int patience = 10000; // milliseconds: it may have to be started first

} // namespace

void SettingsPortal::open()
{
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return silent();
    qDBusRegisterMetaType<Groups>();
    qRegisterMetaType<QDBusVariant>("QDBusVariant"); // the connection looks for it by its name
    // Of any sender: to be told which program has the name would mean to wait for the bus, and whoever is on it may
    // choose our colours.
    bus.connect(QString(), path, settings, u"SettingChanged"_s, this, SLOT(takeChange(QString, QString, QDBusVariant)));
    auto call = QDBusMessage::createMethodCall(service, path, settings, u"ReadAll"_s);
    call << QStringList{appearance};
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call, patience), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        watcher->deleteLater();
        const QDBusPendingReply<Groups> reply = *watcher;
        const auto values = reply.isValid() ? reply.value().value(appearance) : QVariantMap();
        if (values.isEmpty())
            return silent();
        for (auto value = values.cbegin(); value != values.cend(); ++value)
            Q_EMIT told(value.key(), value.value());
    });
}

void SettingsPortal::takeChange(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == appearance)
        Q_EMIT told(key, value.variant());
}

} // namespace Countersign::Desktop

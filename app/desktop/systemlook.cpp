// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "systemlook.h"

#include <settings/preferences.h>
#include <widgets/theme.h>

#include <QtCore/QEvent>
#include <QtGui/QGuiApplication>
#include <QtGui/QStyleHints>
#include <QtWidgets/QWidget>

#ifdef COUNTERSIGN_HAS_DBUS
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusPendingReply>
#include <QtDBus/QDBusVariant>
#endif

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr auto appearance = "org.freedesktop.appearance"_L1;
constexpr auto colorScheme = "color-scheme"_L1;
constexpr auto contrast = "contrast"_L1;

#ifdef COUNTERSIGN_HAS_DBUS
constexpr auto portalService = "org.freedesktop.portal.Desktop"_L1;
constexpr auto portalPath = "/org/freedesktop/portal/desktop"_L1;
constexpr auto portalSettings = "org.freedesktop.portal.Settings"_L1;
constexpr int portalPatience = 3000; // milliseconds

//! Older portals put the value into two boxes.
QVariant unboxed(QVariant value)
{
    while (value.userType() == qMetaTypeId<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}
#endif

} // namespace

SystemLook::SystemLook(QWidget &window)
{
    window.installEventFilter(this);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &SystemLook::changed);
#endif
    // After the first picture: the portal may have to be started first.
    QMetaObject::invokeMethod(this, &SystemLook::askPortal, Qt::QueuedConnection);
}

bool SystemLook::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange) {
        // Our own look causes this event as well.
        const auto palette = QGuiApplication::palette();
        if (palette.color(QPalette::Window) != Theme::current().color(ColorRole::Window)) {
            setSystemTheme(Theme::detect(palette));
            Q_EMIT changed();
        }
    }
    return QObject::eventFilter(watched, event);
}

void SystemLook::take(const QString &key, const QVariant &value)
{
    if (key == colorScheme)
        m_colorScheme = value.toUInt();
    else if (key == contrast)
        m_contrast = value.toUInt();
    else
        return;
    if (m_contrast == 1)
        setSystemTheme(ThemeKind::HighContrast);
    else if (m_colorScheme == 1)
        setSystemTheme(ThemeKind::Dark);
    else if (m_colorScheme == 2)
        setSystemTheme(ThemeKind::Light);
    else
        setSystemTheme(std::nullopt);
    Q_EMIT changed();
}

#ifdef COUNTERSIGN_HAS_DBUS
void SystemLook::askPortal()
{
    auto bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(portalService, portalPath, portalSettings, u"SettingChanged"_s, this,
                SLOT(takePortalChange(QString, QString, QDBusVariant)));
    readFromPortal(contrast);
    readFromPortal(colorScheme);
}

void SystemLook::readFromPortal(const QString &key)
{
    auto call = QDBusMessage::createMethodCall(portalService, portalPath, portalSettings, u"Read"_s);
    call << QString(appearance) << key;
    auto *watcher = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, portalPatience), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, key] {
        watcher->deleteLater();
        const QDBusPendingReply<QDBusVariant> reply = *watcher;
        // No portal, or one that knows no appearance: the palette has told already.
        if (reply.isValid())
            take(key, unboxed(reply.value().variant()));
    });
}

void SystemLook::takePortalChange(const QString &group, const QString &key, const QDBusVariant &value)
{
    if (group == appearance)
        take(key, unboxed(value.variant()));
}
#else
void SystemLook::askPortal()
{
}

void SystemLook::readFromPortal(const QString &)
{
}

void SystemLook::takePortalChange(const QString &, const QString &, const QDBusVariant &)
{
}
#endif

} // namespace Countersign::Desktop

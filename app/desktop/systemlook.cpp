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

//! Asks the portal once and listens to it from then on.
class Portal final : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;
    void open()
    {
        auto bus = QDBusConnection::sessionBus();
        if (!bus.isConnected())
            return;
        bus.connect(portalService, portalPath, portalSettings, u"SettingChanged"_s, this,
                    SLOT(takeChange(QString, QString, QDBusVariant)));
        read(contrast);
        read(colorScheme);
    }

Q_SIGNALS:
    void told(const QString &key, const QVariant &value);

private Q_SLOTS:
    void takeChange(const QString &group, const QString &key, const QDBusVariant &value)
    {
        if (group == appearance)
            Q_EMIT told(key, unboxed(value.variant()));
    }

private:
    void read(const QString &key)
    {
        auto call = QDBusMessage::createMethodCall(portalService, portalPath, portalSettings, u"Read"_s);
        call << QString(appearance) << key;
        auto *watcher =
            new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, portalPatience), this);
        connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, key] {
            watcher->deleteLater();
            const QDBusPendingReply<QDBusVariant> reply = *watcher;
            // No portal, or one that knows no appearance: the palette has told already.
            if (reply.isValid())
                Q_EMIT told(key, unboxed(reply.value().variant()));
        });
    }
};
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
    // Our own look causes this event as well, more than once and half dressed: what came of it is looked at later.
    if (event->type() == QEvent::ApplicationPaletteChange)
        QMetaObject::invokeMethod(this, &SystemLook::comparePalette, Qt::QueuedConnection);
    return QObject::eventFilter(watched, event);
}

void SystemLook::comparePalette()
{
    const auto palette = QGuiApplication::palette();
    if (palette.color(QPalette::Window) == Theme::current().color(ColorRole::Window))
        return;
    setSystemTheme(Theme::detect(palette));
    Q_EMIT changed();
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

void SystemLook::askPortal()
{
#ifdef COUNTERSIGN_HAS_DBUS
    auto *portal = new Portal(this);
    connect(portal, &Portal::told, this, &SystemLook::take);
    portal->open();
#endif
}

} // namespace Countersign::Desktop

#ifdef COUNTERSIGN_HAS_DBUS
#include "systemlook.moc"
#endif

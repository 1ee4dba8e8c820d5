// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "systemlook.h"

#include <widgets/systemtheme.h>

#include <QtCore/QEvent>
#include <QtCore/QTimer>
#include <QtGui/QGuiApplication>
#include <QtGui/QStyleHints>

#ifdef COUNTERSIGN_HAS_PORTALS
#include "settingsportal.h"
#endif

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

SystemLook::SystemLook(QObject &window) : QObject(&window)
{
    window.installEventFilter(this);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, this, &SystemLook::tell);
#endif
    // After the first picture: the portal may have to be started first.
    constexpr std::chrono::milliseconds afterTheFirstPicture{200};
    QTimer::singleShot(afterTheFirstPicture, this, &SystemLook::askPortal);
}

bool SystemLook::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ThemeChange) {
        readSystemPalette();
        tell();
    }
    return QObject::eventFilter(watched, event);
}

void SystemLook::take(const QString &key, const QVariant &value)
{
    if (key == "color-scheme"_L1)
        m_colorScheme = value.toUInt();
    else if (key == "contrast"_L1)
        m_contrast = value.toUInt();
    else
        return;
    tell();
}

void SystemLook::tell()
{
    std::optional<ThemeKind> told;
    if (m_contrast == 1)
        told = ThemeKind::HighContrast;
    else if (m_colorScheme == 1)
        told = ThemeKind::Dark;
    else if (m_colorScheme == 2)
        told = ThemeKind::Light;
    setSystemTheme(told);
    Q_EMIT changed(told);
}

void SystemLook::askPortal()
{
#ifdef COUNTERSIGN_HAS_PORTALS
    auto *portal = new SettingsPortal(this);
    connect(portal, &SettingsPortal::told, this, &SystemLook::take);
    connect(portal, &SettingsPortal::silent, this, &SystemLook::tell);
    portal->open();
#endif
}

} // namespace Countersign::Desktop

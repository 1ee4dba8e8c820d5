// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/preferences.h"

#include "text/language.h"
#include "widgets/dialogfit.h"
#include "widgets/menukey.h"
#include "widgets/systemtheme.h"
#include "window/actions.h"

#include <QtCore/QDir>
#include <QtCore/QSettings>
#include <QtCore/QStandardPaths>
#include <QtGui/QAction>
#include <QtGui/QFont>
#include <QtWidgets/QApplication>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr auto ownShortcut = "countersign_own_shortcut"; // a dynamic property of each action

const QFont &systemFont()
{
    static const auto font = QApplication::font();
    return font;
}

Theme themeOf(ThemeChoice choice)
{
    // Asked for in any case: the first question has to come before the windows wear anything of ours.
    auto theme = systemTheme();
    switch (choice) {
    case ThemeChoice::Light: return Theme::of(ThemeKind::Light);
    case ThemeChoice::Dark: return Theme::of(ThemeKind::Dark);
    case ThemeChoice::HighContrast: return Theme::of(ThemeKind::HighContrast);
    case ThemeChoice::System: break;
    }
    return theme;
}

} // namespace

QString Preferences::defaultPath()
{
    const auto named = qEnvironmentVariable("COUNTERSIGN_PREFERENCES");
    if (!named.isEmpty())
        return named;
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/countersign/desktop.ini"_s;
}

Preferences::Preferences(QString path, QObject *parent) : QObject(parent), m_path(std::move(path))
{
}

QVariant Preferences::value(const QString &name) const
{
    return QSettings(m_path, QSettings::IniFormat).value(name);
}

void Preferences::set(const QString &name, const QVariant &value)
{
    QSettings settings(m_path, QSettings::IniFormat);
    if (settings.value(name) == value)
        return;
    settings.setValue(name, value);
    settings.sync();
    Q_EMIT changed();
}

ThemeChoice Preferences::theme() const
{
    const auto stored = value(u"theme"_s).toInt();
    return stored >= 0 && stored < themeChoiceCount ? ThemeChoice(stored) : ThemeChoice::System;
}

void Preferences::setTheme(ThemeChoice theme)
{
    set(u"theme"_s, int(theme));
}

std::optional<ThemeKind> Preferences::lastSystemTheme() const
{
    const auto stored = value(u"last_system_theme"_s);
    const auto kind = stored.toInt();
    return stored.isValid() && kind >= 0 && kind <= int(ThemeKind::HighContrast) ? std::optional(ThemeKind(kind))
                                                                                 : std::nullopt;
}

void Preferences::setLastSystemTheme(std::optional<ThemeKind> told)
{
    if (told == lastSystemTheme())
        return;
    // No choice of the person's, so nobody has to follow it.
    QSettings settings(m_path, QSettings::IniFormat);
    if (told)
        settings.setValue(u"last_system_theme"_s, int(*told));
    else
        settings.remove(u"last_system_theme"_s);
}

QString Preferences::language() const
{
    const auto stored = value(u"language"_s).toString();
    return availableLanguages().contains(stored) ? stored : QString();
}

void Preferences::setLanguage(const QString &language)
{
    set(u"language"_s, language);
}

int Preferences::textScale() const
{
    const auto stored = value(u"text_scale"_s).toInt();
    return stored == 0 ? minimumScale : std::clamp(stored, minimumScale, maximumScale);
}

void Preferences::setTextScale(int percent)
{
    set(u"text_scale"_s, std::clamp(percent, minimumScale, maximumScale));
}

TimeStyle Preferences::timeStyle() const
{
    const auto stored = value(u"times"_s).toInt();
    return stored >= 0 && stored < timeStyleCount ? TimeStyle(stored) : TimeStyle::Local;
}

void Preferences::setTimeStyle(TimeStyle style)
{
    set(u"times"_s, int(style));
}

bool Preferences::startsMasked() const
{
    return value(u"starts_masked"_s).toBool();
}

void Preferences::setStartsMasked(bool masked)
{
    set(u"starts_masked"_s, masked);
}

std::chrono::seconds Preferences::clipboardHold() const
{
    const auto stored = value(u"clipboard_hold"_s);
    if (!stored.isValid())
        return std::chrono::seconds(30);
    const std::chrono::seconds hold(stored.toInt());
    return hold == holdForever ? hold : std::clamp(hold, minimumHold, maximumHold);
}

void Preferences::setClipboardHold(std::chrono::seconds hold)
{
    set(u"clipboard_hold"_s, int((hold == holdForever ? hold : std::clamp(hold, minimumHold, maximumHold)).count()));
}

bool Preferences::showsTray() const
{
    const auto stored = value(u"shows_tray"_s);
    return !stored.isValid() || stored.toBool();
}

void Preferences::setShowsTray(bool shows)
{
    set(u"shows_tray"_s, shows);
}

bool Preferences::closesToTray() const
{
    return showsTray() && value(u"closes_to_tray"_s).toBool();
}

void Preferences::setClosesToTray(bool stays)
{
    set(u"closes_to_tray"_s, stays);
}

std::optional<QKeySequence> Preferences::shortcut(const QString &actionId) const
{
    const auto stored = value(u"shortcuts/"_s + actionId);
    return stored.isValid() ? std::optional(QKeySequence::fromString(stored.toString(), QKeySequence::PortableText))
                            : std::nullopt;
}

void Preferences::setShortcut(const QString &actionId, const std::optional<QKeySequence> &keys)
{
    if (keys)
        return set(u"shortcuts/"_s + actionId, keys->toString(QKeySequence::PortableText));
    QSettings(m_path, QSettings::IniFormat).remove(u"shortcuts/"_s + actionId);
    Q_EMIT changed();
}

void applyAppearance(QApplication &application, const Preferences &preferences)
{
    auto font = systemFont();
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * preferences.textScale() / 100.0);
    if (font != QApplication::font())
        QApplication::setFont(font);
    themeOf(preferences.theme()).apply(application);
    DialogFit::install(application);
    MenuKey::install(application);
}

void applyShortcuts(const ActionRegistry &actions, const Preferences &preferences)
{
    const auto all = actions.all();
    for (auto *action : all) {
        if (!action->property(ownShortcut).isValid())
            action->setProperty(ownShortcut, QKeySequence::listToString(action->shortcuts()));
        if (const auto chosen = preferences.shortcut(action->objectName()))
            action->setShortcut(*chosen);
        else
            action->setShortcuts(QKeySequence::listFromString(action->property(ownShortcut).toString()));
    }
}

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "text/timetext.h"
#include "widgets/theme.h"

#include <QtCore/QObject>
#include <QtGui/QKeySequence>

#include <chrono>
#include <optional>

QT_BEGIN_NAMESPACE
class QApplication;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class ActionRegistry;

enum class ThemeChoice : quint8 { System, Light, Dark, HighContrast };
inline constexpr int themeChoiceCount = 4;

//! How this person wants the windows, in one file of their own. What concerns sign-ins is in the settings that the
//! command line shares; see SharedSettings.
class Preferences final : public QObject
{
    Q_OBJECT
public:
    static constexpr int minimumScale = 100; //!< Units: percent
    static constexpr int maximumScale = 300;
    static constexpr std::chrono::seconds minimumHold{10};
    static constexpr std::chrono::seconds maximumHold{300};
    static constexpr std::chrono::seconds holdForever{0};

    //! \p path is an INI file; whatever it holds, the values are sane.
    explicit Preferences(QString path = defaultPath(), QObject *parent = nullptr);
    static QString defaultPath();

    ThemeChoice theme() const;
    void setTheme(ThemeChoice theme);
    //! What the system said about its look when it was last asked, so that the next start can wear it at once; absent:
    //! nothing.
    std::optional<ThemeKind> lastSystemTheme() const;
    void setLastSystemTheme(std::optional<ThemeKind> told);
    //! "de", "en"; empty: the system's. Takes effect with the next start.
    QString language() const;
    void setLanguage(const QString &language);
    //! Units: percent of the system's text size.
    int textScale() const;
    void setTextScale(int percent);
    TimeStyle timeStyle() const;
    void setTimeStyle(TimeStyle style);
    bool startsMasked() const;
    void setStartsMasked(bool masked);
    //! After how long a copied token leaves the clipboard; holdForever: somebody has to clear it.
    std::chrono::seconds clipboardHold() const;
    void setClipboardHold(std::chrono::seconds hold);
    //! Whether the desktop's tray has our icon.
    bool showsTray() const;
    void setShowsTray(bool shows);
    //! Closing the window leaves the program running, where there is a tray to bring the window back from.
    bool closesToTray() const;
    void setClosesToTray(bool stays);
    //! Absent: the action's own.
    std::optional<QKeySequence> shortcut(const QString &actionId) const;
    void setShortcut(const QString &actionId, const std::optional<QKeySequence> &keys);

Q_SIGNALS:
    void changed();

private:
    QVariant value(const QString &name) const;
    void set(const QString &name, const QVariant &value);

    QString m_path;
};

//! Makes every window wear the chosen look in the chosen size, and follow the system where that is chosen.
void applyAppearance(QApplication &application, const Preferences &preferences);
//! Gives actions the shortcuts that the person chose, and remembers their own.
void applyShortcuts(const ActionRegistry &actions, const Preferences &preferences);

} // namespace Countersign::Desktop

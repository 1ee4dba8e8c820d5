// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/systemtheme.h"

#include <QtGui/QStyleHints>
#include <QtWidgets/QApplication>

#ifdef Q_OS_WIN
#include <windows.h>
#endif

namespace Countersign::Desktop {

namespace {

std::optional<ThemeKind> s_told;

//! What the system looked like before we dressed up.
QPalette &systemPalette()
{
    static auto palette = QApplication::palette();
    return palette;
}

//! Whether the person chose a contrast theme, with colours of its own: light ones are none that a palette gives away.
bool hasContrastTheme()
{
#ifdef Q_OS_WIN
    HIGHCONTRASTW setting{};
    setting.cbSize = sizeof(setting);
    if (SystemParametersInfoW(SPI_GETHIGHCONTRAST, sizeof(setting), &setting, 0))
        return setting.dwFlags & HCF_HIGHCONTRASTON;
#endif
    return Theme::detect(systemPalette()) == ThemeKind::HighContrast;
}

} // namespace

Theme systemTheme()
{
    if (hasContrastTheme())
        return Theme::ofContrast(systemPalette());
    if (s_told)
        return Theme::of(*s_told);
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    // Once we wear a palette of our own, only this still tells what the system wants.
    const auto scheme = QApplication::styleHints()->colorScheme();
    if (scheme != Qt::ColorScheme::Unknown)
        return Theme::of(scheme == Qt::ColorScheme::Dark ? ThemeKind::Dark : ThemeKind::Light);
#endif
    return Theme::of(Theme::detect(systemPalette()));
}

void setSystemTheme(std::optional<ThemeKind> told)
{
    s_told = told;
}

void readSystemPalette()
{
    auto &system = systemPalette();
    const auto worn = QApplication::palette();
    QApplication::setPalette(QPalette());
    system = QApplication::palette();
    QApplication::setPalette(worn);
}

} // namespace Countersign::Desktop

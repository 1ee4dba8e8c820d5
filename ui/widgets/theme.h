// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QList>
#include <QtGui/QColor>
#include <QtGui/QPalette>

#include <optional>

QT_BEGIN_NAMESPACE
class QApplication;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! What a colour is for. Nothing in the windows names a colour in another way.
enum class ColorRole : quint8 {
    Window,
    Surface,
    Text,
    MutedText,
    Border,
    Accent,
    AccentText,
    Selection,
    SelectionText,
    Success,
    Warning,
    Danger,
    Info,
    Bar,
};
inline constexpr int colorRoleCount = 14;

enum class ThemeKind : quint8 { Light, Dark, HighContrast };

//! The fourteen colours of one look.
class Theme
{
public:
    static Theme of(ThemeKind kind);
    //! High contrast in the colours that the person chose in the system, and in no others.
    static Theme ofContrast(const QPalette &system);
    //! What the system's palette asks for, by its lightness and contrast.
    static ThemeKind detect(const QPalette &system);
    //! The look that was applied last.
    static const Theme &current();

    ThemeKind kind() const { return m_kind; }
    friend bool operator==(const Theme &, const Theme &) = default;
    QColor color(ColorRole role) const { return m_colors.at(int(role)); }
    QPalette palette() const;
    //! For a program that wears the same: the look, and the text size in points.
    QByteArray toBytes(double points) const;
    //! Null: these are no bytes of toBytes().
    static std::optional<Theme> fromBytes(const QByteArray &bytes);
    static std::optional<double> pointsFromBytes(const QByteArray &bytes);
    //! Makes every window of \p application wear it.
    void apply(QApplication &application) const;

private:
    Theme(ThemeKind kind, QList<QColor> colors) : m_kind(kind), m_colors(std::move(colors)) { }

    static Theme s_current;

    ThemeKind m_kind;
    QList<QColor> m_colors;
};

//! Spec: WCAG 2.2, relative luminance and contrast ratio.
double contrastRatio(const QColor &a, const QColor &b);

} // namespace Countersign::Desktop

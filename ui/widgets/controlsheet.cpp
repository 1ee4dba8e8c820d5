// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/controlsheet.h"

#include "widgets/lookstyle.h"
#include "widgets/theme.h"

#include <QtWidgets/QAbstractSpinBox>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QToolButton>

#include <algorithm>
#include <utility>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QString sheetOf(ControlKind kind)
{
    switch (kind) {
    case ControlKind::None: break;
    case ControlKind::Button:
        return uR"(
QPushButton { border: 1px solid {border}; border-radius: 6px; padding: 6px 14px; background: {surface};
  min-height: {button}px; }
QPushButton::menu-indicator { subcontrol-origin: padding; subcontrol-position: center right; right: 5px;
  width: {mark}px; height: {mark}px; }
QPushButton:hover { border-color: {accent}; }
QPushButton:focus { border: 2px solid {accent}; padding: 5px 13px; }
QPushButton:default { background: {accent}; color: {accent text}; border-color: {accent}; }
QPushButton:default:focus { border: 2px solid {text}; }
QPushButton:disabled, QPushButton:default:disabled { color: {muted}; background: {window}; border-color: {border}; }
)"_s;
    case ControlKind::ToolButton:
        return uR"(
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 5px 9px; }
QToolButton:hover, QToolButton:focus { border-color: {accent}; }
QToolButton#chip, QToolButton#action { background: {surface}; border: 1px solid {border}; border-radius: 6px;
  padding: 3px 6px; }
QToolButton#cross { padding: 3px; }
QToolButton#action { padding: 4px 10px; }
QToolButton#chip:hover, QToolButton#chip:focus, QToolButton#action:hover, QToolButton#action:focus {
  border-color: {accent}; }
)"_s;
    case ControlKind::Field:
        return uR"(
QLineEdit { border: 1px solid {border}; border-radius: 6px; background: {surface}; padding: 5px 8px;
  min-height: {field}px; }
QLineEdit:focus { border: 2px solid {accent}; padding: 4px 7px; }
)"_s;
    case ControlKind::Choice:
        // It keeps the padding above its text when it has the focus: Qt leaves so much room above its list, which is
        // measured once without the focus and once with it, and cuts the last entry when the two differ.
        return uR"(
QComboBox { border: 1px solid {border}; border-radius: 6px; background: {surface}; padding: 5px 8px;
  min-height: {field}px; }
QComboBox:hover { border-color: {accent}; }
QComboBox:focus { border: 2px solid {accent}; padding: 5px 7px; min-height: {choice}px; }
QComboBox:disabled { color: {muted}; background: {window}; }
QComboBox::drop-down { subcontrol-origin: padding; subcontrol-position: center right; width: {drop}px; border: none; }
QComboBox::down-arrow { image: url({arrow down}); width: {box}px; height: {box}px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: none; padding: 0; min-height: 0; background: transparent; }
QListView { border: 1px solid {border}; border-radius: 6px; background: {surface}; padding: 2px; }
QListView:focus { border-color: {accent}; }
)"_s;
    case ControlKind::SpinBox:
        return uR"(
QAbstractSpinBox { border: 1px solid {border}; border-radius: 6px; background: {surface}; padding: 5px 8px;
  min-height: {field}px; }
QAbstractSpinBox:focus { border: 2px solid {accent}; padding: 4px 7px; }
QAbstractSpinBox:disabled { color: {muted}; background: {window}; }
QAbstractSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: {drop}px; border: none; }
QAbstractSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: {drop}px;
  border: none; }
QAbstractSpinBox::up-arrow { image: url({arrow up}); width: {mark}px; height: {mark}px; }
QAbstractSpinBox::down-arrow { image: url({arrow down}); width: {mark}px; height: {mark}px; }
QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus { border: none; padding: 0; min-height: 0;
  background: transparent; }
)"_s;
    case ControlKind::CheckBox:
        return uR"(
QCheckBox { border: 1px solid transparent; border-radius: 4px; padding: 1px; }
QCheckBox:focus { border-color: {accent}; }
QCheckBox::indicator { width: {box}px; height: {box}px; border: 1px solid {border}; border-radius: 3px; }
QCheckBox::indicator { background: {surface}; }
QCheckBox::indicator:checked { background: {accent}; border-color: {accent}; image: url({check}); }
)"_s;
    case ControlKind::Tabs:
        return uR"(
QTabBar::tab { padding: 7px 13px; border: 1px solid transparent; border-bottom-width: 2px; color: {muted}; }
QTabBar::tab:selected { color: {text}; border-bottom-color: {accent}; }
QTabBar::tab:focus { border-color: {accent}; }
)"_s;
    case ControlKind::ScrollBar:
        return uR"(
QScrollBar { background: {window}; border: 1px solid {text}; }
QScrollBar:vertical { width: {bar}px; }
QScrollBar:horizontal { height: {bar}px; }
QScrollBar::handle { background: {text}; border-radius: 3px; margin: 2px; min-width: {handle}px;
  min-height: {handle}px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: {window}; }
)"_s;
    }
    return {};
}

QList<std::pair<QString, QString>> valuesOf(const Theme &theme)
{
    // Arrows stand on the surface, the check mark on the accent: each drawing is there for a light and a dark ground.
    const auto drawing = [&theme](const QString &name, ColorRole role) {
        const bool isLight = theme.color(role).lightness() > 127;
        return u":/icons/%1_on_%2.svg"_s.arg(name, isLight ? u"light"_s : u"dark"_s);
    };
    const auto color = [&theme](ColorRole role) { return theme.color(role).name(); };
    const auto size = [](int pixels) { return QString::number(pixels); };
    const int icon = lookIconSize();
    const int text = std::max(20, lookTextHeight());
    return {{u"window"_s, color(ColorRole::Window)},
            {u"surface"_s, color(ColorRole::Surface)},
            {u"text"_s, color(ColorRole::Text)},
            {u"muted"_s, color(ColorRole::MutedText)},
            {u"border"_s, color(ColorRole::Border)},
            {u"accent"_s, color(ColorRole::Accent)},
            {u"accent text"_s, color(ColorRole::AccentText)},
            {u"arrow down"_s, drawing(u"chevron_down"_s, ColorRole::Surface)},
            {u"arrow up"_s, drawing(u"chevron_up"_s, ColorRole::Surface)},
            {u"check"_s, drawing(u"check"_s, ColorRole::AccentText)},
            {u"box"_s, size(icon * 7 / 8)},
            {u"mark"_s, size(icon * 3 / 4)},
            {u"drop"_s, size(icon + 6)},
            {u"bar"_s, size(icon)},
            {u"handle"_s, size(icon * 3 / 2)},
            {u"button"_s, size(std::max(18, lookTextHeight()))},
            {u"field"_s, size(text)},
            {u"choice"_s, size(text - 2)}};
}

} // namespace

ControlKind controlKind(const QWidget &widget)
{
    const auto *parent = widget.parentWidget();
    if (qobject_cast<const QPushButton *>(&widget))
        return ControlKind::Button;
    if (qobject_cast<const QToolButton *>(&widget)) // those in a field draw themselves
        return qobject_cast<const QLineEdit *>(parent) ? ControlKind::None : ControlKind::ToolButton;
    if (qobject_cast<const QLineEdit *>(&widget)) {
        const bool isPart = qobject_cast<const QComboBox *>(parent) || qobject_cast<const QAbstractSpinBox *>(parent);
        return isPart ? ControlKind::None : ControlKind::Field;
    }
    if (qobject_cast<const QComboBox *>(&widget))
        return ControlKind::Choice;
    if (qobject_cast<const QAbstractSpinBox *>(&widget))
        return ControlKind::SpinBox;
    if (qobject_cast<const QCheckBox *>(&widget))
        return ControlKind::CheckBox;
    if (qobject_cast<const QTabBar *>(&widget))
        return ControlKind::Tabs;
    return qobject_cast<const QScrollBar *>(&widget) ? ControlKind::ScrollBar : ControlKind::None;
}

QString controlSheet(ControlKind kind, const Theme &theme)
{
    // Fusion draws scroll bars in shades of the ground, which black has none of. Elsewhere they can be seen.
    if (kind == ControlKind::ScrollBar && theme.kind() != ThemeKind::HighContrast)
        return {};
    auto sheet = sheetOf(kind);
    const auto values = valuesOf(theme);
    for (const auto &[name, value] : values)
        sheet.replace(u'{' + name + u'}', value);
    return sheet;
}

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/theme.h"

#include <QtCore/QEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QProxyStyle>
#include <QtWidgets/QStyleOption>
#include <QtWidgets/QWidget>

#include <algorithm>
#include <cmath>
#include <utility>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

Theme s_current = Theme::of(ThemeKind::Light);
QString s_styleSheet; //!< of the look that was applied last

double channel(double value)
{
    return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const QColor &color)
{
    return 0.2126 * channel(color.redF()) + 0.7152 * channel(color.greenF()) + 0.0722 * channel(color.blueF());
}

int textHeight()
{
    return QFontMetrics(QApplication::font()).height();
}

//! Of icons in buttons and lists, in pixels: as tall as a line of the chosen text.
int iconSize()
{
    return std::max(16, textHeight());
}

//! The one of lists and tables: Fusion's has the colour of the ground on black, and a style sheet that names it would
//! draw icons beside it twice.
void drawCheckBox(const QStyleOption &option, QPainter &painter)
{
    const bool isChecked = option.state.testFlag(QStyle::State_On);
    const auto box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(s_current.color(isChecked ? ColorRole::Accent : ColorRole::Border));
    painter.setBrush(s_current.color(isChecked ? ColorRole::Accent : ColorRole::Surface));
    constexpr qreal radius = 3;
    painter.drawRoundedRect(box, radius, radius);
    if (isChecked) {
        const auto at = [&box](qreal x, qreal y) { return box.topLeft() + QPointF(box.width() * x, box.height() * y); };
        painter.setPen(QPen(s_current.color(ColorRole::AccentText), std::max(1.5, box.width() / 8)));
        painter.drawPolyline(QPolygonF{at(0.22, 0.52), at(0.42, 0.72), at(0.78, 0.3)});
    }
    painter.restore();
}

//! The current line, where that is not what is chosen: Fusion washes over the text of it with a gradient, which cannot
//! be seen on black, and says nothing where the line is chosen already and the list has the frame of the focus.
void drawCurrentLine(const QStyleOption &option, QPainter &painter, const QAbstractItemView &view)
{
    const bool isChosen = option.state.testFlag(QStyle::State_Selected);
    if (isChosen && view.selectionMode() == QAbstractItemView::SingleSelection)
        return;
    painter.save();
    painter.setPen(s_current.color(isChosen ? ColorRole::SelectionText : ColorRole::Accent));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
    painter.restore();
}

//! The mark of what opens, unfolds or scrolls: Fusion's is seven pixels wide beside any text, and half transparent.
void drawArrow(QStyle::PrimitiveElement element, const QStyleOption &option, QPainter &painter)
{
    const auto room = QRectF(option.rect);
    const qreal half = std::min({std::max(7.0, textHeight() * 0.45), room.width(), room.height()}) / 2;
    const auto at = [&room, half](qreal x, qreal y) { return room.center() + QPointF(x, y) * half; };
    QPolygonF mark{at(-0.9, -0.45), at(0.9, -0.45), at(0, 0.5)};
    if (element == QStyle::PE_IndicatorArrowUp)
        mark = {at(-0.9, 0.45), at(0.9, 0.45), at(0, -0.5)};
    else if (element == QStyle::PE_IndicatorArrowRight)
        mark = {at(-0.45, -0.9), at(-0.45, 0.9), at(0.5, 0)};
    else if (element == QStyle::PE_IndicatorArrowLeft)
        mark = {at(0.45, -0.9), at(0.45, 0.9), at(-0.5, 0)};
    const bool isEnabled = option.state.testFlag(QStyle::State_Enabled);
    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(s_current.color(isSelected      ? ColorRole::SelectionText
                                         : isEnabled ? ColorRole::Text
                                                     : ColorRole::Border));
    painter.drawPolygon(mark);
    painter.restore();
}

//! Fusion, with icons as large as the text, and none on the buttons of dialogs: theirs are none of ours.
class ScaledStyle final : public QProxyStyle
{
public:
    ScaledStyle() : QProxyStyle(u"Fusion"_s) { }

    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override
    {
        switch (metric) {
        case PM_SmallIconSize:
        case PM_ButtonIconSize:
        case PM_ListViewIconSize: return iconSize();
        case PM_IndicatorWidth:
        case PM_IndicatorHeight: return iconSize() * 7 / 8;
        case PM_ToolBarIconSize: return iconSize() * 5 / 4;
        default: return QProxyStyle::pixelMetric(metric, option, widget);
        }
    }
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override
    {
        if (element == PE_IndicatorItemViewItemCheck)
            drawCheckBox(*option, *painter);
        else if (element == PE_IndicatorArrowDown || element == PE_IndicatorArrowUp || element == PE_IndicatorArrowLeft
                 || element == PE_IndicatorArrowRight)
            drawArrow(element, *option, *painter);
        else if (const auto *view = qobject_cast<const QAbstractItemView *>(widget);
                 view && element == PE_FrameFocusRect)
            drawCurrentLine(*option, *painter, *view);
        else
            QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returned) const override
    {
        // Etched text has a shadow, which is white on dark menus.
        if (hint == SH_DialogButtonBox_ButtonsHaveIcons || hint == SH_EtchDisabledText)
            return 0;
        return QProxyStyle::styleHint(hint, option, widget, returned);
    }
};

//! Gives every window the style sheet when it comes up. A sheet of the whole application would be worked out anew for
//! each part of a window that is put into another one.
class Wardrobe final : public QObject
{
public:
    using QObject::QObject;

    static void dress(QWidget &window) { window.setStyleSheet(s_styleSheet); }
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        // It is about to be shown for the first time. Whoever has a parent wears what that wears.
        if (event->type() == QEvent::WinIdChange && watched->isWidgetType() && !watched->parent()) {
            auto *window = static_cast<QWidget *>(watched);
            if (window->styleSheet().isEmpty())
                dress(*window);
        }
        return false;
    }
};

QString styleSheet(const Theme &theme)
{
    // A combo box keeps the padding above its text when it has the focus: Qt leaves so much room above its list, which
    // is measured once without the focus and once with it, and cuts the last entry when the two differ. Arrows stand on
    // the surface, the check mark on the accent: each drawing is there for a light and a dark ground.
    const bool isLight = theme.color(ColorRole::Surface).lightness() > 127;
    const bool hasDarkAccent = theme.color(ColorRole::AccentText).lightness() > 127;
    const auto name = [&theme](ColorRole role) { return theme.color(role).name(); };
    return uR"(
QToolTip { color: %3; background: %2; border: 1px solid %4; padding: 4px; }
QListView { border: 1px solid %4; border-radius: 6px; background: %2; padding: 2px; }
QListView::item { padding: 4px 6px; }
QListView:focus { border-color: %8; }
QListView#rail { background: %1; border: none; border-right: 1px solid %4; border-radius: 0; outline: none;
  padding: 6px 4px; }
QListView#rail:focus { border-right: 2px solid %8; padding: 6px 3px 6px 4px; }
QListView#rail::item { padding: 8px 10px; border-radius: 6px; margin: 1px 2px; }
QListView#rail::item:selected { background: %5; color: %6; }
QTreeView, QTableView, QPlainTextEdit, QLineEdit { border: 1px solid %4; border-radius: 6px; background: %2; }
QTreeView::item, QTableView::item { padding: 5px 6px; }
QHeaderView::section { background: %1; color: %7; border: none; border-bottom: 1px solid %4; padding: 6px; }
QLineEdit { padding: 5px 8px; min-height: %18px; }
QPlainTextEdit:focus, QTreeView:focus, QTableView:focus { border: 1px solid %8; }
QLineEdit:focus { border: 2px solid %8; padding: 4px 7px; }
QPushButton { border: 1px solid %4; border-radius: 6px; padding: 6px 14px; background: %2; min-height: %17px; }
QPushButton::menu-indicator { subcontrol-origin: padding; subcontrol-position: center right; right: 5px;
  width: %16px; height: %16px; }
QComboBox, QAbstractSpinBox { border: 1px solid %4; border-radius: 6px; background: %2; padding: 5px 8px;
  min-height: %18px; }
QComboBox:hover { border-color: %8; }
QAbstractSpinBox:focus { border: 2px solid %8; padding: 4px 7px; }
QComboBox:focus { border: 2px solid %8; padding: 5px 7px; min-height: %19px; }
QComboBox:disabled, QAbstractSpinBox:disabled { color: %7; background: %1; }
QComboBox::drop-down { subcontrol-origin: padding; subcontrol-position: center right; width: %15px; border: none; }
QComboBox::down-arrow { image: url(%11); width: %13px; height: %13px; }
QAbstractSpinBox::up-button { subcontrol-origin: border; subcontrol-position: top right; width: %15px; border: none; }
QAbstractSpinBox::down-button { subcontrol-origin: border; subcontrol-position: bottom right; width: %15px;
  border: none; }
QAbstractSpinBox::up-arrow { image: url(%12); width: %16px; height: %16px; }
QAbstractSpinBox::down-arrow { image: url(%11); width: %16px; height: %16px; }
QComboBox QLineEdit, QComboBox QLineEdit:focus, QAbstractSpinBox QLineEdit, QAbstractSpinBox QLineEdit:focus {
  border: none; padding: 0; min-height: 0; background: transparent; }
QListView#rail { icon-size: %14px; }
QPushButton:hover { border-color: %8; }
QPushButton:focus { border: 2px solid %8; padding: 5px 13px; }
QPushButton:default { background: %8; color: %9; border-color: %8; }
QPushButton:default:focus { border: 2px solid %3; }
QPushButton:disabled, QPushButton:default:disabled { color: %7; background: %1; border-color: %4; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 5px 9px; }
QToolButton:hover, QToolButton:focus { border-color: %8; }
QFrame#card { background: %2; border: 1px solid %4; border-radius: 10px; }
QTabWidget::pane { border: none; border-top: 1px solid %4; }
QTabBar::tab { padding: 7px 13px; border: 1px solid transparent; border-bottom-width: 2px; color: %7; }
QTabBar::tab:selected { color: %3; border-bottom-color: %8; }
QTabBar::tab:focus { border-color: %8; }
QCheckBox { border: 1px solid transparent; border-radius: 4px; padding: 1px; }
QCheckBox:focus { border-color: %8; }
QCheckBox::indicator { width: %13px; height: %13px; border: 1px solid %4; border-radius: 3px; }
QCheckBox::indicator { background: %2; }
QCheckBox::indicator:checked { background: %8; border-color: %8; image: url(%10); }
QToolButton#chip, QToolButton#action { background: %2; border: 1px solid %4; border-radius: 6px; padding: 3px 6px; }
QToolButton#cross { padding: 3px; }
QToolButton#action { padding: 4px 10px; }
QToolButton#chip:hover, QToolButton#chip:focus, QToolButton#action:hover, QToolButton#action:focus { border-color: %8; }
QMenu { background: %2; border: 1px solid %4; }
QMenu::separator { height: 1px; background: %4; margin: 4px 6px; }
QStatusBar { border-top: 1px solid %4; }
QStatusBar::item { border: none; }
QToolBar { border: none; border-bottom: 1px solid %4; spacing: 6px; padding: 5px; }
)"_s.arg(name(ColorRole::Window), name(ColorRole::Surface), name(ColorRole::Text), name(ColorRole::Border),
         name(ColorRole::Selection), name(ColorRole::SelectionText), name(ColorRole::MutedText),
         name(ColorRole::Accent), name(ColorRole::AccentText),
         hasDarkAccent ? u":/icons/check_on_light.svg"_s : u":/icons/check_on_dark.svg"_s)
        .arg(isLight ? u":/icons/chevron_down_on_light.svg"_s : u":/icons/chevron_down_on_dark.svg"_s,
             isLight ? u":/icons/chevron_up_on_light.svg"_s : u":/icons/chevron_up_on_dark.svg"_s)
        .arg(iconSize() * 7 / 8)
        .arg(iconSize() * 5 / 4)
        .arg(iconSize() + 6)
        .arg(iconSize() * 3 / 4)
        .arg(std::max(18, textHeight()))
        .arg(std::max(20, textHeight()))
        .arg(std::max(20, textHeight()) - 2);
}

//! Fusion draws scroll bars in shades of the ground, which black has none of. Elsewhere they can be seen, and styling
//! them would cost memory for each part of each of them.
QString scrollBarSheet(const Theme &theme)
{
    if (theme.kind() != ThemeKind::HighContrast)
        return {};
    return uR"(
QScrollBar { background: %1; border: 1px solid %2; }
QScrollBar:vertical { width: %3px; }
QScrollBar:horizontal { height: %3px; }
QScrollBar::handle { background: %2; border-radius: 3px; margin: 2px; min-width: %4px; min-height: %4px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: %1; }
)"_s.arg(theme.color(ColorRole::Window).name(), theme.color(ColorRole::Text).name())
        .arg(iconSize())
        .arg(iconSize() * 3 / 2);
}

} // namespace

Theme Theme::of(ThemeKind kind)
{
    switch (kind) {
    case ThemeKind::Light:
        return Theme(kind,
                     {QColor(0xf4f5f7U), QColor(0xffffffU), QColor(0x1b1f24U), QColor(0x57606aU), QColor(0x868e96U),
                      QColor(0x0b5cadU), QColor(0xffffffU), QColor(0xd3e5f8U), QColor(0x0b2a4aU), QColor(0x116329U),
                      QColor(0x7a4d00U), QColor(0xb3261eU), QColor(0x0b5cadU), QColor(0x2f7fd0U)});
    case ThemeKind::Dark:
        return Theme(kind,
                     {QColor(0x1b1e23U), QColor(0x24282eU), QColor(0xe8eaedU), QColor(0xaab2bdU), QColor(0x78818dU),
                      QColor(0x6cb2f7U), QColor(0x0b1a2aU), QColor(0x24486dU), QColor(0xf2f7fdU), QColor(0x6fd08cU),
                      QColor(0xf0c05aU), QColor(0xff9a92U), QColor(0x7cbcfaU), QColor(0x4f9be6U)});
    case ThemeKind::HighContrast:
        return Theme(kind,
                     {QColor(0x000000U), QColor(0x000000U), QColor(0xffffffU), QColor(0xc8c8c8U), QColor(0xffffffU),
                      QColor(0xffff00U), QColor(0x000000U), QColor(0x1aebffU), QColor(0x000000U), QColor(0x3ff23fU),
                      QColor(0xffff00U), QColor(0xff9a92U), QColor(0x1aebffU), QColor(0xffff00U)});
    }
    Q_UNREACHABLE();
}

Theme Theme::ofContrast(const QPalette &system)
{
    const auto window = system.color(QPalette::Window);
    const auto text = system.color(QPalette::WindowText);
    const auto highlight = system.color(QPalette::Highlight);
    // What is no text has to be told from the ground all the same.
    constexpr double readable = 4.5;
    const bool isSeen = contrastRatio(highlight, window) >= readable;
    const auto accent = isSeen ? highlight : text;
    return Theme(ThemeKind::HighContrast,
                 {window, system.color(QPalette::Base), text, text, text, accent,
                  isSeen ? system.color(QPalette::HighlightedText) : window, highlight,
                  system.color(QPalette::HighlightedText), text, text, text, text, accent});
}

ThemeKind Theme::detect(const QPalette &system)
{
    const auto window = system.color(QPalette::Window);
    const auto text = system.color(QPalette::WindowText);
    // Contrast themes of the systems use pure black and white, which no ordinary look does for both.
    if (contrastRatio(window, text) > 20.5 && window.lightness() < 10)
        return ThemeKind::HighContrast;
    return window.lightness() < text.lightness() ? ThemeKind::Dark : ThemeKind::Light;
}

const Theme &Theme::current()
{
    return s_current;
}

QPalette Theme::palette() const
{
    QPalette palette;
    palette.setColor(QPalette::Window, color(ColorRole::Window));
    palette.setColor(QPalette::WindowText, color(ColorRole::Text));
    palette.setColor(QPalette::Base, color(ColorRole::Surface));
    palette.setColor(QPalette::AlternateBase, color(ColorRole::Window));
    palette.setColor(QPalette::Text, color(ColorRole::Text));
    palette.setColor(QPalette::PlaceholderText, color(ColorRole::MutedText));
    palette.setColor(QPalette::Button, color(ColorRole::Window));
    palette.setColor(QPalette::ButtonText, color(ColorRole::Text));
    palette.setColor(QPalette::ToolTipBase, color(ColorRole::Surface));
    palette.setColor(QPalette::ToolTipText, color(ColorRole::Text));
    palette.setColor(QPalette::Highlight, color(ColorRole::Selection));
    palette.setColor(QPalette::HighlightedText, color(ColorRole::SelectionText));
    palette.setColor(QPalette::Link, color(ColorRole::Accent));
    palette.setColor(QPalette::Mid, color(ColorRole::Border));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, color(ColorRole::MutedText));
    return palette;
}

QByteArray Theme::toBytes(double points) const
{
    QByteArrayList words{QByteArray::number(int(m_kind)), QByteArray::number(points)};
    for (const auto &color : m_colors)
        words.append(color.name().toLatin1());
    return words.join(' ');
}

std::optional<Theme> Theme::fromBytes(const QByteArray &bytes)
{
    const auto words = bytes.split(' ');
    constexpr int before = 2; // the kind and the text size
    const int kind = words.first().toInt();
    if (words.size() != before + colorRoleCount || kind < 0 || kind > int(ThemeKind::HighContrast))
        return {};
    QList<QColor> colors;
    for (const auto &word : words.mid(before))
        colors.append(QColor(QLatin1StringView(word)));
    const bool isWhole = std::all_of(colors.begin(), colors.end(), [](const QColor &color) { return color.isValid(); });
    return isWhole ? std::optional(Theme(ThemeKind(kind), colors)) : std::nullopt;
}

std::optional<double> Theme::pointsFromBytes(const QByteArray &bytes)
{
    constexpr double least = 4;
    constexpr double most = 100;
    const auto points = bytes.split(' ').value(1).toDouble();
    return points >= least && points <= most ? std::optional(points) : std::nullopt;
}

void Theme::apply(QApplication &application) const
{
    const QString sheet = styleSheet(*this) + scrollBarSheet(*this);
    if (sheet == s_styleSheet)
        return;
    // Fusion is there on every system and takes its colours from the palette alone.
    if (s_styleSheet.isEmpty()) {
        QApplication::setStyle(new ScaledStyle);
        application.installEventFilter(new Wardrobe(&application));
    }
    const auto before = std::exchange(s_styleSheet, sheet);
    s_current = *this;
    QApplication::setPalette(palette());
    const auto windows = QApplication::topLevelWidgets();
    for (auto *window : windows) {
        const bool isOurs = before.isEmpty() ? window->testAttribute(Qt::WA_WState_Created) : true;
        if (!window->parent() && isOurs && window->styleSheet() == before)
            Wardrobe::dress(*window);
    }
}

double contrastRatio(const QColor &a, const QColor &b)
{
    const auto first = luminance(a);
    const auto second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

} // namespace Countersign::Desktop

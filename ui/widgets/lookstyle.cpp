// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/lookstyle.h"

#include "widgets/lookdrawing.h"
#include "widgets/theme.h"

#include <QtWidgets/QApplication>
#include <QtWidgets/QListView>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QStyleOption>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTreeView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

bool isRail(const QWidget *widget)
{
    return widget && widget->objectName() == "rail"_L1;
}

bool isCard(const QWidget *widget)
{
    return widget && widget->objectName() == "card"_L1;
}

bool isFramed(const QWidget *widget)
{
    return qobject_cast<const QListView *>(widget) || qobject_cast<const QTreeView *>(widget)
        || qobject_cast<const QTableView *>(widget) || qobject_cast<const QPlainTextEdit *>(widget);
}

//! Between the edge of a line and what stands in it.
QSize paddingOfLines(const QWidget *view)
{
    if (isRail(view))
        return {12, 9};
    if (qobject_cast<const QListView *>(view))
        return {6, 4};
    if (qobject_cast<const QTreeView *>(view) || qobject_cast<const QTableView *>(view))
        return {6, 5};
    return {};
}

//! What divides the entries of a menu, and says nothing.
bool isSeparator(const QStyleOption *option)
{
    const auto *entry = qstyleoption_cast<const QStyleOptionMenuItem *>(option);
    return entry && entry->menuItemType == QStyleOptionMenuItem::Separator && entry->text.isEmpty();
}

QRect shrunk(const QRect &rect, const QSize &padding)
{
    return rect.adjusted(padding.width(), padding.height(), -padding.width(), -padding.height());
}

//! Between the edge of a view and its lines: the frame with its round corners, and some room in lists.
QRect contentsOfFrame(const QRect &rect, const QWidget *widget)
{
    if (isRail(widget))
        return shrunk(rect, {5, 6});
    return qobject_cast<const QListView *>(widget) ? shrunk(rect, {3, 3}) : shrunk(rect, {2, 2});
}

} // namespace

int lookTextHeight()
{
    return QFontMetrics(QApplication::font()).height();
}

int lookIconSize()
{
    return std::max(16, lookTextHeight());
}

LookStyle::LookStyle() : QProxyStyle(u"Fusion"_s)
{
}

int LookStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_ListViewIconSize: return isRail(widget) ? lookIconSize() * 5 / 4 : lookIconSize();
    case PM_SmallIconSize:
    case PM_ButtonIconSize: return lookIconSize();
    case PM_IndicatorWidth:
    case PM_IndicatorHeight: return lookIconSize() * 7 / 8;
    case PM_ToolBarIconSize: return lookIconSize() * 5 / 4;
    case PM_HeaderMargin: return 8;
    case PM_ToolTipLabelFrameWidth: return 4;
    case PM_ToolBarItemSpacing: return 6;
    case PM_ToolBarItemMargin: return 5;
    case PM_MenuPanelWidth: return 1;
    case PM_ToolBarFrameWidth:
    case PM_TabBarBaseOverlap: return 0;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int LookStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                         QStyleHintReturn *returned) const
{
    // Etched text has a shadow, which is white on dark menus.
    if (hint == SH_DialogButtonBox_ButtonsHaveIcons || hint == SH_EtchDisabledText)
        return 0;
    return QProxyStyle::styleHint(hint, option, widget, returned);
}

QRect LookStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    switch (element) {
    case SE_FrameContents:
        if (isFramed(widget))
            return contentsOfFrame(option->rect, widget);
        break;
    case SE_TabWidgetTabContents: {
        const auto pane = QProxyStyle::subElementRect(SE_TabWidgetTabPane, option, widget);
        return pane.adjusted(0, 1, 0, 0);
    }
    case SE_ItemViewItemCheckIndicator:
    case SE_ItemViewItemDecoration:
    case SE_ItemViewItemText:
    case SE_ItemViewItemFocusRect:
        if (const auto *line = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            auto inner = *line;
            inner.rect = shrunk(line->rect, paddingOfLines(widget));
            return QProxyStyle::subElementRect(element, &inner, widget);
        }
        break;
    default: break;
    }
    return QProxyStyle::subElementRect(element, option, widget);
}

QSize LookStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                  const QWidget *widget) const
{
    if (type == CT_ItemViewItem) {
        if (const auto *line = qstyleoption_cast<const QStyleOptionViewItem *>(option)) {
            const auto padding = paddingOfLines(widget);
            auto inner = *line; // text that goes on in another line has only the room between the edges
            if (inner.rect.isValid())
                inner.rect = shrunk(inner.rect, padding);
            return QProxyStyle::sizeFromContents(type, &inner, size, widget) + 2 * padding;
        }
    }
    constexpr int separatorHeight = 9;
    if (type == CT_MenuItem && isSeparator(option))
        return {size.width(), separatorHeight};
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

bool LookStyle::drawGround(PrimitiveElement element, const QStyleOption &option, QPainter &painter,
                           const QWidget *widget) const
{
    constexpr qreal radius = 6;
    constexpr qreal cardRadius = 10;
    switch (element) {
    case PE_Frame:
        if (isRail(widget))
            drawRailFrame(option, painter);
        else if (isCard(widget))
            drawFrame(option, painter, cardRadius);
        else if (isFramed(widget))
            drawFrame(option, painter, radius);
        else
            return false;
        return true;
    case PE_FrameTabWidget: drawBar(option, painter, Qt::TopEdge); return true;
    case PE_PanelStatusBar: drawBar(option, painter, Qt::TopEdge); return true;
    case PE_FrameStatusBarItem: return true;
    case PE_PanelTipLabel:
    case PE_PanelMenu:
    case PE_FrameMenu: drawSheet(option, painter); return true;
    default: return false;
    }
}

void LookStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                              const QWidget *widget) const
{
    if (element == PE_IndicatorItemViewItemCheck || element == PE_IndicatorCheckBox)
        drawCheckBox(*option, *painter);
    else if (element == PE_IndicatorArrowDown || element == PE_IndicatorArrowUp || element == PE_IndicatorArrowLeft
             || element == PE_IndicatorArrowRight)
        drawArrow(element, *option, *painter);
    else if (const auto *view = qobject_cast<const QAbstractItemView *>(widget); view && element == PE_FrameFocusRect) {
        if (!isRail(view))
            drawCurrentLine(*option, *painter, *view);
    } else if (element == PE_PanelItemViewItem && isRail(widget))
        drawRailLine(*option, *painter);
    else if (!drawGround(element, *option, *painter, widget))
        QProxyStyle::drawPrimitive(element, option, painter, widget);
}

void LookStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                            const QWidget *widget) const
{
    if (element == CE_ToolBar || element == CE_HeaderSection || element == CE_HeaderEmptyArea)
        return drawBar(*option, *painter, Qt::BottomEdge);
    if (element == CE_MenuItem && isSeparator(option))
        return drawMenuSeparator(*option, *painter);
    if (const auto *header = qstyleoption_cast<const QStyleOptionHeader *>(option);
        header && element == CE_HeaderLabel) {
        auto label = *header;
        label.palette.setColor(QPalette::ButtonText, Theme::current().color(ColorRole::MutedText));
        return QProxyStyle::drawControl(element, &label, painter, widget);
    }
    QProxyStyle::drawControl(element, option, painter, widget);
}

} // namespace Countersign::Desktop

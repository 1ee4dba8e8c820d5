// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/lookdrawing.h"

#include "widgets/lookstyle.h"
#include "widgets/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QStyleOption>

#include <algorithm>

namespace Countersign::Desktop {

namespace {

QColor lookColor(ColorRole role)
{
    return Theme::current().color(role);
}

void drawRounded(const QRect &rect, QPainter &painter, qreal radius, const QPen &pen, const QBrush &brush)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(pen);
    painter.setBrush(brush);
    painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
    painter.restore();
}

} // namespace

void drawCheckBox(const QStyleOption &option, QPainter &painter)
{
    const bool isChecked = option.state.testFlag(QStyle::State_On);
    constexpr qreal radius = 3;
    drawRounded(option.rect, painter, radius, lookColor(isChecked ? ColorRole::Accent : ColorRole::Border),
                lookColor(isChecked ? ColorRole::Accent : ColorRole::Surface));
    if (!isChecked)
        return;
    const auto box = QRectF(option.rect).adjusted(0.5, 0.5, -0.5, -0.5);
    const auto at = [&box](qreal x, qreal y) { return box.topLeft() + QPointF(box.width() * x, box.height() * y); };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(lookColor(ColorRole::AccentText), std::max(1.5, box.width() / 8)));
    painter.drawPolyline(QPolygonF{at(0.22, 0.52), at(0.42, 0.72), at(0.78, 0.3)});
    painter.restore();
}

void drawCurrentLine(const QStyleOption &option, QPainter &painter, const QAbstractItemView &view)
{
    const bool isChosen = option.state.testFlag(QStyle::State_Selected);
    if (isChosen && view.selectionMode() == QAbstractItemView::SingleSelection)
        return;
    painter.save();
    painter.setPen(lookColor(isChosen ? ColorRole::SelectionText : ColorRole::Accent));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
    painter.restore();
}

void drawArrow(QStyle::PrimitiveElement element, const QStyleOption &option, QPainter &painter)
{
    const auto room = QRectF(option.rect);
    const qreal half = std::min({std::max(7.0, lookTextHeight() * 0.45), room.width(), room.height()}) / 2;
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
    painter.setBrush(lookColor(isSelected      ? ColorRole::SelectionText
                                   : isEnabled ? ColorRole::Text
                                               : ColorRole::Border));
    painter.drawPolygon(mark);
    painter.restore();
}

void drawFrame(const QStyleOption &option, QPainter &painter, qreal radius)
{
    const bool hasKeyboard = option.state.testFlag(QStyle::State_HasFocus);
    drawRounded(option.rect, painter, radius, lookColor(hasKeyboard ? ColorRole::Accent : ColorRole::Border),
                lookColor(ColorRole::Surface));
}

void drawRailFrame(const QStyleOption &option, QPainter &painter)
{
    const bool hasKeyboard = option.state.testFlag(QStyle::State_HasFocus);
    const int width = hasKeyboard ? 2 : 1;
    QRect line(option.rect.right() - width + 1, option.rect.top(), width, option.rect.height());
    line = QStyle::visualRect(option.direction, option.rect, line);
    painter.fillRect(option.rect, lookColor(ColorRole::Window));
    painter.fillRect(line, lookColor(hasKeyboard ? ColorRole::Accent : ColorRole::Border));
}

void drawRailLine(const QStyleOption &option, QPainter &painter)
{
    constexpr qreal radius = 6;
    if (option.state.testFlag(QStyle::State_Selected))
        drawRounded(option.rect.adjusted(2, 1, -2, -1), painter, radius, Qt::NoPen, lookColor(ColorRole::Selection));
}

void drawBar(const QStyleOption &option, QPainter &painter, Qt::Edge edge)
{
    auto line = option.rect;
    if (edge == Qt::TopEdge)
        line.setHeight(1);
    else
        line.setTop(line.bottom());
    painter.fillRect(option.rect, lookColor(ColorRole::Window));
    painter.fillRect(line, lookColor(ColorRole::Border));
}

void drawMenuSeparator(const QStyleOption &option, QPainter &painter)
{
    constexpr int margin = 6;
    auto line = option.rect.adjusted(margin, 0, -margin, 0);
    line.moveTop(option.rect.center().y());
    line.setHeight(1);
    painter.fillRect(line, lookColor(ColorRole::Border));
}

void drawSheet(const QStyleOption &option, QPainter &painter)
{
    painter.save();
    painter.setPen(lookColor(ColorRole::Border));
    painter.setBrush(lookColor(ColorRole::Surface));
    painter.drawRect(option.rect.adjusted(0, 0, -1, -1));
    painter.restore();
}

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "profiles/profiledelegate.h"

#include "models/roles.h"
#include "widgets/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

namespace Countersign::Desktop {

namespace {

constexpr int padding = 6;
constexpr int lineCount = 3;

} // namespace

void ProfileDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const auto title = std::exchange(option.text, {});
    const auto icon = std::exchange(option.icon, {});
    const auto *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);

    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const auto color = [isSelected](ColorRole role) {
        return Theme::current().color(isSelected ? ColorRole::SelectionText : role);
    };
    const int height = option.fontMetrics.height();
    const int iconSide = std::max(18, height);
    const auto area = option.rect.adjusted(padding, padding, -padding, -padding);
    const auto mirrored = [&](const QRect &rect) { return QStyle::visualRect(option.direction, area, rect); };
    icon.paint(painter, mirrored({area.left(), area.top(), iconSide, height}), Qt::AlignCenter,
               isSelected ? QIcon::Selected : QIcon::Normal);
    const auto lead = int(Qt::AlignVCenter) | int(option.direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    const int indent = iconSide + padding + 2;
    QRect line(area.left() + indent, area.top(), area.width() - indent, height);
    painter->save();
    auto bold = option.font;
    bold.setBold(true);
    painter->setFont(bold);
    painter->setPen(color(ColorRole::Text));
    painter->drawText(mirrored(line), lead, QFontMetrics(bold).elidedText(title, Qt::ElideMiddle, line.width()));
    painter->setFont(option.font);
    painter->setPen(color(ColorRole::MutedText));
    for (const auto &text : index.data(DetailRole).toString().split(u'\n')) {
        line.translate(0, height);
        painter->drawText(mirrored(line), lead, option.fontMetrics.elidedText(text, Qt::ElideMiddle, line.width()));
    }
    painter->restore();
}

QSize ProfileDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    Q_UNUSED(index) // one height for all
    return {180, lineCount * option.fontMetrics.height() + 2 * padding};
}

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounts/accountdelegate.h"

#include "models/roles.h"
#include "widgets/theme.h"

#include <QtGui/QPainter>
#include <QtWidgets/QApplication>

namespace Countersign::Desktop {

namespace {

constexpr int padding = 6;

} // namespace

void AccountDelegate::paint(QPainter *painter, const QStyleOptionViewItem &given, const QModelIndex &index) const
{
    QStyleOptionViewItem option = given;
    initStyleOption(&option, index);
    const auto title = option.text;
    const auto icon = option.icon;
    option.text.clear();
    option.icon = {};
    const auto *style = option.widget ? option.widget->style() : QApplication::style();
    style->drawControl(QStyle::CE_ItemViewItem, &option, painter, option.widget);

    const bool isSelected = option.state.testFlag(QStyle::State_Selected);
    const auto color = [isSelected](ColorRole role) {
        return Theme::current().color(isSelected ? ColorRole::SelectionText : role);
    };
    const int iconSide = std::max(18, option.fontMetrics.height());
    painter->save();
    auto area = option.rect.adjusted(padding, padding / 2, -padding, -padding / 2);
    const QRect iconArea = QStyle::visualRect(
        option.direction, area, QRect(area.left(), area.top() + (area.height() - iconSide) / 2, iconSide, iconSide));
    icon.paint(painter, iconArea, Qt::AlignCenter, isSelected ? QIcon::Selected : QIcon::Normal);
    area = QStyle::visualRect(option.direction, area, area.adjusted(iconSide + padding + 2, 0, 0, 0));

    const auto detail = index.parent().isValid() ? index.data(DetailRole).toString() : QString();
    auto font = option.font;
    font.setBold(!index.parent().isValid());
    const QFontMetrics bold(font);
    painter->setFont(font);
    painter->setPen(color(ColorRole::Text));
    const auto lead = int(Qt::AlignVCenter) | int(option.direction == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    const auto titleArea = detail.isEmpty() ? area : area.adjusted(0, 0, 0, -area.height() / 2);
    painter->drawText(titleArea, lead, bold.elidedText(title, Qt::ElideMiddle, area.width()));
    if (!detail.isEmpty()) {
        painter->setFont(option.font);
        painter->setPen(color(ColorRole::MutedText));
        painter->drawText(area.adjusted(0, area.height() / 2, 0, 0), lead,
                          option.fontMetrics.elidedText(detail, Qt::ElideRight, area.width()));
    }
    painter->restore();
}

QSize AccountDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    // One height for all, so that ten thousand rows need not be measured.
    Q_UNUSED(index)
    return {160, 2 * option.fontMetrics.height() + 2 * padding};
}

} // namespace Countersign::Desktop

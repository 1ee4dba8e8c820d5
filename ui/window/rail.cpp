// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "window/rail.h"

#include "widgets/fields.h"
#include "widgets/symbol.h"

#include <QtGui/QPainter>
#include <QtWidgets/QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

enum PlaceRole { CountRole = Qt::UserRole, AttentionRole, NameRole };

QString badgeText(const QModelIndex &index)
{
    const auto count = index.data(CountRole).toInt();
    if (count == 0)
        return {};
    // The mark, not the colour alone, says that somebody is waited for.
    return (index.data(AttentionRole).toBool() ? u"! "_s : QString()) + QLocale().toString(count);
}

class PlaceDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        const auto text = badgeText(index);
        if (text.isEmpty() || index.data(Qt::DisplayRole).toString().isEmpty())
            return;
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        const auto role = isSelected             ? ColorRole::SelectionText
            : index.data(AttentionRole).toBool() ? ColorRole::Danger
                                                 : ColorRole::MutedText;
        painter->save();
        painter->setPen(Theme::current().color(role));
        const bool isMirrored = option.direction == Qt::RightToLeft;
        painter->drawText(option.rect.adjusted(12, 0, -12, 0),
                          int(Qt::AlignVCenter | Qt::AlignAbsolute) | int(isMirrored ? Qt::AlignLeft : Qt::AlignRight),
                          text);
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        auto size = QStyledItemDelegate::sizeHint(option, index);
        if (!index.data(Qt::DisplayRole).toString().isEmpty())
            size.rwidth() += option.fontMetrics.horizontalAdvance(u"! 999"_s) + 16;
        return size;
    }
};

} // namespace

Rail::Rail(QWidget *parent) : QListWidget(parent)
{
    setObjectName(u"rail"_s);
    setAccessibleName(tr("Places"));
    setItemDelegate(new PlaceDelegate(this));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Expanding);
    setUniformItemSizes(true);
    keepRowChosen(*this);
}

void Rail::addPlace(const Page &page)
{
    auto *item = new QListWidgetItem(symbol(page.symbolName()), page.title(), this);
    item->setData(NameRole, page.title());
    setBadge(count() - 1, page.badge());
    fit();
}

void Rail::setBadge(int place, const Badge &badge)
{
    auto *entry = item(place);
    const auto name = entry->data(NameRole).toString();
    entry->setData(CountRole, badge.count);
    entry->setData(AttentionRole, badge.needsAttention);
    auto told = name;
    if (badge.count > 0)
        told = badge.needsAttention ? tr("%1, %n waiting for you", nullptr, badge.count).arg(name)
                                    : tr("%1, %n", nullptr, badge.count).arg(name);
    entry->setData(Qt::AccessibleTextRole, told);
    entry->setToolTip(told);
}

void Rail::setCollapsed(bool collapsed)
{
    m_isCollapsed = collapsed;
    for (int place = 0; place < count(); ++place)
        item(place)->setText(collapsed ? QString() : item(place)->data(NameRole).toString());
    fit();
}

void Rail::changeEvent(QEvent *event)
{
    QListWidget::changeEvent(event);
    // Icons and names have another size now.
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        fit();
}

void Rail::fit()
{
    setFixedWidth(sizeHintForColumn(0) + 2 * frameWidth() + 12);
}

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "window/rail.h"

#include "widgets/fields.h"
#include "widgets/symbol.h"

#include <QtCore/QEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

enum PlaceRole { CountRole = Qt::UserRole, WaitingRole, NameRole };

QString countText(const QModelIndex &index)
{
    const auto count = index.data(CountRole).toInt();
    return count == 0 ? QString() : QLocale().toString(count);
}

//! The mark, not the colour alone, says that somebody is waited for.
QString waitingText(const QModelIndex &index)
{
    const auto waiting = index.data(WaitingRole).toInt();
    return waiting == 0 ? QString() : QString(u"! "_s + QLocale().toString(waiting));
}

class PlaceDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        QStyledItemDelegate::paint(painter, option, index);
        if (index.data(Qt::DisplayRole).toString().isEmpty())
            return;
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        const bool isMirrored = option.direction == Qt::RightToLeft;
        auto room = option.rect.adjusted(12, 0, -12, 0);
        // From the edge inwards: how many there are, and how many of them wait.
        const auto draw = [painter, isSelected, isMirrored, &room, &option](const QString &text, ColorRole role) {
            if (text.isEmpty())
                return;
            painter->setPen(Theme::current().color(isSelected ? ColorRole::SelectionText : role));
            const auto edge = isMirrored ? Qt::AlignLeft : Qt::AlignRight;
            painter->drawText(room, int(Qt::AlignVCenter | Qt::AlignAbsolute | edge), text);
            const int taken = option.fontMetrics.horizontalAdvance(text) + gap;
            room.adjust(isMirrored ? taken : 0, 0, isMirrored ? 0 : -taken, 0);
        };
        painter->save();
        draw(countText(index), ColorRole::MutedText);
        draw(waitingText(index), ColorRole::Danger);
        painter->restore();
    }
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        auto size = QStyledItemDelegate::sizeHint(option, index);
        if (!index.data(Qt::DisplayRole).toString().isEmpty())
            size.rwidth() += option.fontMetrics.horizontalAdvance(u"! 99999"_s) + gap + 16;
        return size;
    }

private:
    static constexpr int gap = 8;
};

} // namespace

Rail::Rail(QWidget *parent) : QListWidget(parent)
{
    setObjectName(u"rail"_s);
    viewport()->setBackgroundRole(QPalette::Window);
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
    entry->setData(WaitingRole, badge.waiting);
    auto told = badge.count > 0 ? tr("%1, %n", nullptr, badge.count).arg(name) : name;
    if (badge.waiting > 0)
        told = tr("%1, %n waiting for you", nullptr, badge.waiting).arg(told);
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

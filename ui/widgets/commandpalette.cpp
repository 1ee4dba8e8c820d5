// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/commandpalette.h"

#include "widgets/announcement.h"
#include "widgets/fields.h"
#include "widgets/theme.h"
#include "window/actions.h"

#include <QtGui/QAction>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStyle>
#include <QtWidgets/QStyledItemDelegate>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr int actionRole = Qt::UserRole;
constexpr int shortcutRole = Qt::UserRole + 1;

//! The name at the beginning of the line, the shortcut at its end.
class CommandDelegate final : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    //! No line asks for more room than there is: a long name is shortened.
    QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        return {0, QStyledItemDelegate::sizeHint(option, index).height()};
    }
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        constexpr int margin = 8;
        const auto shortcut = index.data(shortcutRole).toString();
        auto line = option;
        initStyleOption(&line, index);
        const auto *style = option.widget->style();
        const auto room = style->subElementRect(QStyle::SE_ItemViewItemText, &line, option.widget).width();
        const int taken = shortcut.isEmpty() ? 0 : option.fontMetrics.horizontalAdvance(shortcut) + 2 * margin;
        line.text = option.fontMetrics.elidedText(line.text, Qt::ElideRight, room - taken);
        style->drawControl(QStyle::CE_ItemViewItem, &line, painter, option.widget);
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        painter->save();
        painter->setPen(Theme::current().color(isSelected ? ColorRole::SelectionText : ColorRole::MutedText));
        painter->drawText(option.rect.adjusted(margin, 0, -margin, 0),
                          int(QStyle::visualAlignment(option.direction, Qt::AlignRight | Qt::AlignVCenter)), shortcut);
        painter->restore();
    }
};

} // namespace

CommandPalette::CommandPalette(const QList<QAction *> &actions, QWidget *parent)
    : QDialog(parent), m_actions(actions), m_input(searchField(tr("Command"), tr("Type a command"), this)),
      m_list(new QListWidget(this)), m_nothing(new QWidget(this))
{
    setWindowTitle(tr("Commands"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(sizeInText(*this, 74, 28));
    m_input->installEventFilter(this);
    m_list->setAccessibleName(tr("Matching commands"));
    m_list->setItemDelegate(new CommandDelegate(m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_input);
    column->addWidget(m_list, 1);
    column->addWidget(m_nothing, 1);
    makeNothing();
    connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_input, &QLineEdit::returnPressed, this, &CommandPalette::run);
    connect(m_list, &QListWidget::itemActivated, this, &CommandPalette::run);
    filter({});
    setTabOrder(m_input, m_list);
    m_input->setFocus();
}

//! What stands in place of an empty list.
void CommandPalette::makeNothing()
{
    m_said = plainTextLabel(tr("Result of the search"));
    m_said->setAlignment(Qt::AlignCenter);
    auto *all = new QPushButton(tr("&Show all actions"));
    all->setAccessibleName(tr("Show all actions"));
    all->setAutoDefault(false);
    auto *column = new QVBoxLayout(m_nothing);
    column->addStretch(1);
    column->addWidget(m_said);
    column->addWidget(all, 0, Qt::AlignHCenter);
    column->addStretch(2);
    connect(all, &QPushButton::clicked, this, [this] {
        m_input->clear();
        m_input->setFocus();
    });
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_input && event->type() == QEvent::KeyPress) {
        const auto key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Down || key == Qt::Key_Up) {
            const auto row = m_list->currentRow() + (key == Qt::Key_Down ? 1 : -1);
            m_list->setCurrentRow(qBound(0, row, m_list->count() - 1));
            return true;
        }
    }
    return QDialog::eventFilter(watched, event);
}

void CommandPalette::filter(const QString &text)
{
    m_list->clear();
    const int size = m_list->style()->pixelMetric(QStyle::PM_LargeIconSize, nullptr, m_list);
    QPixmap blank(size, size);
    blank.fill(Qt::transparent);
    for (int i = 0; i < m_actions.size(); ++i) {
        const auto *action = m_actions.at(i);
        const auto name = ActionRegistry::fullText(*action);
        if (!name.contains(text, Qt::CaseInsensitive))
            continue;
        const auto shortcut = action->shortcut().toString(QKeySequence::NativeText);
        // An icon of nothing, so that every name begins at the same place.
        const auto icon = action->icon().isNull() ? QIcon(blank) : action->icon();
        auto *item = new QListWidgetItem(icon, name, m_list);
        item->setData(actionRole, i);
        item->setData(shortcutRole, shortcut);
        if (!shortcut.isEmpty())
            item->setData(Qt::AccessibleTextRole, tr("%1, %2").arg(name, shortcut));
        if (!action->isEnabled())
            item->setFlags(item->flags() & ~(Qt::ItemIsEnabled | Qt::ItemIsSelectable));
    }
    m_list->setCurrentRow(0);
    const bool isEmpty = m_list->count() == 0;
    m_list->setVisible(!isEmpty);
    m_nothing->setVisible(isEmpty);
    m_said->setText(tr("No action matches “%1”.").arg(text));
    if (isEmpty)
        announce(m_said, m_said->text(), Urgency::Polite);
}

void CommandPalette::run()
{
    const auto *item = m_list->currentItem();
    if (!item)
        return;
    auto *action = m_actions.at(item->data(actionRole).toInt());
    close();
    action->trigger();
}

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/commandpalette.h"

#include "widgets/fields.h"

#include <QtGui/QAction>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QStyle>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

CommandPalette::CommandPalette(const QList<QAction *> &actions, QWidget *parent)
    : QDialog(parent), m_actions(actions), m_input(searchField(tr("Command"), tr("Type a command"), this)),
      m_list(new QListWidget(this))
{
    setWindowTitle(tr("Commands"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(520, 360);
    m_input->installEventFilter(this);
    m_list->setAccessibleName(tr("Matching commands"));
    auto *column = new QVBoxLayout(this);
    column->addWidget(m_input);
    column->addWidget(m_list, 1);
    connect(m_input, &QLineEdit::textChanged, this, &CommandPalette::filter);
    connect(m_input, &QLineEdit::returnPressed, this, &CommandPalette::run);
    connect(m_list, &QListWidget::itemActivated, this, &CommandPalette::run);
    filter({});
    setTabOrder(m_input, m_list);
    m_input->setFocus();
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
        const auto name = action->text().remove(u'&');
        if (!name.contains(text, Qt::CaseInsensitive))
            continue;
        const auto shortcut = action->shortcut().toString(QKeySequence::NativeText);
        // An icon of nothing, so that every name begins at the same place.
        const auto icon = action->icon().isNull() ? QIcon(blank) : action->icon();
        auto *item = new QListWidgetItem(icon, shortcut.isEmpty() ? name : name + u"    "_s + shortcut, m_list);
        item->setData(Qt::UserRole, i);
        if (!action->isEnabled())
            item->setFlags(item->flags() & ~(Qt::ItemIsEnabled | Qt::ItemIsSelectable));
    }
    m_list->setCurrentRow(0);
}

void CommandPalette::run()
{
    const auto *item = m_list->currentItem();
    if (!item)
        return;
    auto *action = m_actions.at(item->data(Qt::UserRole).toInt());
    close();
    action->trigger();
}

} // namespace Countersign::Desktop

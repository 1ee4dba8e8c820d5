// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "settings/shortcutsgroup.h"

#include "settings/preferences.h"
#include "widgets/fields.h"
#include "window/actions.h"

#include <QtGui/QAction>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QKeySequenceEdit>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QTableWidget>

#include <functional>

namespace Countersign::Desktop {

namespace {

enum Column : int { NameColumn, KeysColumn, ColumnCount };
constexpr int idRole = Qt::UserRole;
constexpr int keysRole = Qt::UserRole + 1;

//! What Qt writes into an empty field of keys, for where Qt's own translations are missing.
[[maybe_unused]] constexpr auto emptyShortcut = QT_TRANSLATE_NOOP("QKeySequenceEdit", "Press shortcut");

//! A field of keys for the cell that somebody wants to change. One for every action would take megabytes.
class KeysDelegate final : public QStyledItemDelegate
{
public:
    KeysDelegate(std::function<void(int row, const QKeySequence &keys)> take, QObject *parent)
        : QStyledItemDelegate(parent), m_take(std::move(take))
    {
    }
    QWidget *createEditor(QWidget *parent, const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        auto *edit = new QKeySequenceEdit(parent);
        edit->setAccessibleName(
            ShortcutsGroup::tr("Shortcut of %1").arg(index.siblingAtColumn(NameColumn).data().toString()));
        const auto inner = edit->findChildren<QLineEdit *>();
        for (auto *line : inner)
            line->setAccessibleName(edit->accessibleName());
        // The keys are complete when nobody types any more.
        connect(edit, &QKeySequenceEdit::editingFinished, this, [this, edit] { finish(edit); });
        return edit;
    }
    void setEditorData(QWidget *editor, const QModelIndex &index) const override
    {
        static_cast<QKeySequenceEdit *>(editor)->setKeySequence(index.data(keysRole).value<QKeySequence>());
    }
    void setModelData(QWidget *editor, QAbstractItemModel *, const QModelIndex &index) const override
    {
        m_take(index.row(), static_cast<const QKeySequenceEdit *>(editor)->keySequence());
    }

private:
    void finish(QWidget *editor) const
    {
        auto *speaker = const_cast<KeysDelegate *>(this); // Qt's own delegates speak so
        Q_EMIT speaker->commitData(editor);
        Q_EMIT speaker->closeEditor(editor);
    }

    std::function<void(int, const QKeySequence &)> m_take;
};

QString nameOf(const QAction &action)
{
    return ActionRegistry::fullText(action);
}

} // namespace

ShortcutsGroup::ShortcutsGroup(Preferences &preferences, const ActionRegistry &actions, QWidget *parent)
    : QWidget(parent), m_preferences(preferences), m_actions(actions), m_table(new QTableWidget(0, ColumnCount))
{
    m_table->setHorizontalHeaderLabels({tr("Action"), tr("Shortcut")});
    m_table->setAccessibleName(tr("Shortcuts of the actions"));
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setSectionResizeMode(NameColumn, QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(KeysColumn, QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setMinimumHeight(240);
    m_table->setItemDelegate(new KeysDelegate([this](int row, const QKeySequence &keys) { take(row, keys); }, m_table));
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    for (const auto wanted : {&QTableWidget::cellDoubleClicked, &QTableWidget::cellActivated})
        connect(m_table, wanted, this, [this](int row) { m_table->editItem(m_table->item(row, KeysColumn)); });
    auto *how = noteLabel(tr("Press Enter or double-click to change a shortcut, then press its keys."));
    auto *resetButton = new QPushButton(tr("&Reset all"));
    resetButton->setAccessibleName(tr("Reset all shortcuts"));
    resetButton->setAutoDefault(false);
    auto *line = new QHBoxLayout;
    line->addWidget(resetButton);
    line->addStretch();
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(how);
    column->addWidget(m_table, 1);
    column->addLayout(line);
    connect(resetButton, &QPushButton::clicked, this, &ShortcutsGroup::reset);
    fill();
}

void ShortcutsGroup::fill()
{
    const auto all = m_actions.all();
    m_table->setRowCount(int(all.size()));
    for (int row = 0; row < all.size(); ++row) {
        const auto *action = all.at(row);
        auto *name = new QTableWidgetItem(action->icon(), nameOf(*action));
        name->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable);
        name->setData(idRole, action->objectName());
        m_table->setItem(row, NameColumn, name);
        auto *keys = new QTableWidgetItem(action->shortcut().toString(QKeySequence::NativeText));
        keys->setData(keysRole, QVariant::fromValue(action->shortcut()));
        m_table->setItem(row, KeysColumn, keys);
        m_table->setRowHeight(row, fontMetrics().lineSpacing() + 28); // a field with its frame
    }
}

void ShortcutsGroup::take(int row, const QKeySequence &keys)
{
    const auto id = m_table->item(row, NameColumn)->data(idRole).toString();
    const auto all = m_actions.all();
    for (const auto *other : all) {
        if (keys.isEmpty() || other->objectName() == id || !other->shortcuts().contains(keys))
            continue;
        Q_EMIT refused(tr("%1 belongs to “%2” already.").arg(keys.toString(QKeySequence::NativeText), nameOf(*other)));
        return;
    }
    Q_EMIT refused({});
    if (const auto *action = m_actions.find(id); action && action->shortcut() != keys)
        m_preferences.setShortcut(id, keys);
    applyShortcuts(m_actions, m_preferences);
    // Later: the field is still open.
    QMetaObject::invokeMethod(this, &ShortcutsGroup::fill, Qt::QueuedConnection);
}

void ShortcutsGroup::reset()
{
    const auto all = m_actions.all();
    for (const auto *action : all)
        m_preferences.setShortcut(action->objectName(), std::nullopt);
    applyShortcuts(m_actions, m_preferences);
    fill();
}

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "window/shortcutsdialog.h"

#include "widgets/fields.h"
#include "window/actions.h"

#include <QtGui/QAction>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>

namespace Countersign::Desktop {

namespace {

QTreeWidgetItem *addGroup(QTreeWidget &list, const QString &title)
{
    auto *group = new QTreeWidgetItem(&list, {title});
    group->setFirstColumnSpanned(true);
    auto font = group->font(0);
    font.setBold(true);
    group->setFont(0, font);
    return group;
}

void addLine(QTreeWidgetItem &group, const QString &what, const QList<QKeySequence> &keys)
{
    QStringList texts;
    for (const auto &key : keys)
        texts.append(key.toString(QKeySequence::NativeText));
    new QTreeWidgetItem(&group, {what, texts.join(ShortcutsDialog::tr(" or "))});
}

//! What belongs to a part of a page or to a dialog, and is no command of the window.
void addPlaces(QTreeWidget &list)
{
    auto *group = addGroup(list, ShortcutsDialog::tr("In some places"));
    addLine(*group, ShortcutsDialog::tr("Inspector: the first of the five views, and so on"),
            {QKeySequence(Qt::ALT | Qt::Key_1)});
    addLine(*group, ShortcutsDialog::tr("Inspector: look into what was typed"),
            {QKeySequence(Qt::CTRL | Qt::Key_Return)});
    addLine(*group, ShortcutsDialog::tr("Claims: find"), {QKeySequence(QKeySequence::Find)});
    addLine(*group, ShortcutsDialog::tr("Dialogs that do something: copy as command"),
            {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K)});
    addLine(*group, ShortcutsDialog::tr("Sign-in window: from the page to the bar, and back"),
            {QKeySequence(Qt::Key_F6)});
}

} // namespace

ShortcutsDialog::ShortcutsDialog(const ActionRegistry &actions, QWidget *parent) : QDialog(parent)
{
    setWindowTitle(tr("Keyboard shortcuts"));
    setAccessibleName(windowTitle());
    setAttribute(Qt::WA_DeleteOnClose);
    auto *list = new QTreeWidget;
    list->setAccessibleName(windowTitle());
    list->setHeaderLabels({tr("Command"), tr("Keys")});
    list->setRootIsDecorated(false);
    list->setItemsExpandable(false);
    list->setUniformRowHeights(true);
    list->header()->setStretchLastSection(true);
    for (int kind = 0; kind < menuKindCount; ++kind) {
        QTreeWidgetItem *group = nullptr;
        for (const auto *action : actions.actions(MenuKind(kind))) {
            if (action->shortcuts().isEmpty())
                continue;
            if (!group)
                group = addGroup(*list, ActionRegistry::title(MenuKind(kind)).remove(u'&'));
            addLine(*group, ActionRegistry::fullText(*action), action->shortcuts());
        }
    }
    addPlaces(*list);
    list->expandAll();
    list->resizeColumnToContents(0);
    auto *note = plainTextLabel(tr("Note"));
    note->setText(tr("The settings change those of the menus. The command palette finds every command by its name."));
    auto *buttons = new QDialogButtonBox;
    worded(buttons->addButton(QDialogButtonBox::Close), tr("Close"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->addWidget(list, 1);
    column->addWidget(note);
    column->addWidget(buttons);
    resize(sizeInText(*this, 84, 30));
}

} // namespace Countersign::Desktop

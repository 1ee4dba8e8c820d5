// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "window/pagecommands.h"

#include "window/actions.h"
#include "window/page.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QPointer>
#include <QtCore/QSet>
#include <QtGui/QAction>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTabBar>
#include <QtWidgets/QTabWidget>
#include <QtWidgets/QToolButton>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(PageCommands)
};

//! Without what tells menus and buttons apart.
QString plain(QString text)
{
    return text.remove(u'&').remove(u'…').trimmed();
}

QMenu *menuOf(const QAbstractButton &button)
{
    if (const auto *push = qobject_cast<const QPushButton *>(&button))
        return push->menu();
    const auto *tool = qobject_cast<const QToolButton *>(&button);
    return tool ? tool->menu() : nullptr;
}

//! The tabs that \p widget is a page of; null: none.
QTabWidget *tabsOf(const QWidget &widget)
{
    const auto *stack = qobject_cast<const QStackedWidget *>(widget.parentWidget());
    return stack ? qobject_cast<QTabWidget *>(stack->parentWidget()) : nullptr;
}

//! Whether nothing hides it but a tab in front of it.
bool isOffered(const QWidget &button, const Page &page)
{
    for (const auto *each = &button; each && each != &page; each = each->parentWidget()) {
        const bool isHidden = each->isHidden() && each->testAttribute(Qt::WA_WState_ExplicitShowHide);
        if (isHidden && !tabsOf(*each))
            return false;
    }
    return true;
}

//! A part of another control, or something that a person typed.
bool isInnerPart(const QAbstractButton &button)
{
    const auto *parent = button.parentWidget();
    return button.objectName().startsWith("qt_"_L1) || button.objectName() == "chip"_L1
        || qobject_cast<const QLineEdit *>(parent) || qobject_cast<const QTabBar *>(parent);
}

void bringIntoSight(QWidget *button)
{
    for (auto *each = button; each; each = each->parentWidget()) {
        if (auto *tabs = tabsOf(*each))
            tabs->setCurrentWidget(each);
    }
}

} // namespace

QList<QAbstractButton *> commandButtons(const Page &page)
{
    QList<QAbstractButton *> found;
    for (auto *button : page.findChildren<QAbstractButton *>()) {
        const bool isCommand = qobject_cast<QPushButton *>(button) || qobject_cast<QToolButton *>(button);
        if (isCommand && !isInnerPart(*button) && button->window() == page.window() && isOffered(*button, page))
            found.append(button);
    }
    return found;
}

QList<QAction *> pageCommands(const QList<Page *> &pages, const QList<QAction *> &known,
                              const std::function<void(Page *)> &show, QObject *owner)
{
    QSet<QString> names;
    for (const auto *action : known) {
        // One that cannot be chosen now may mean another place.
        if (action->isEnabled())
            names.insert(plain(ActionRegistry::fullText(*action)));
    }
    QList<QAction *> commands;
    const auto add = [&](const QString &text, Page *page, QAbstractButton *button, std::function<void()> run) {
        auto *command = new QAction(text, owner);
        command->setIcon(button->icon());
        command->setEnabled(button->isEnabled());
        QObject::connect(command, &QAction::triggered, button, [show, page, button, run = std::move(run)] {
            show(page);
            bringIntoSight(button);
            run();
        });
        commands.append(command);
    };
    for (auto *page : pages) {
        for (auto *button : commandButtons(*page)) {
            const auto name = plain(button->accessibleName().isEmpty() ? button->text() : button->accessibleName());
            if (name.isEmpty() || names.contains(name) || names.contains(plain(button->text())))
                continue;
            auto *menu = menuOf(*button);
            if (!menu) {
                add(Words::tr("%1: %2").arg(page->title(), name), page, button, [button] { button->click(); });
                continue;
            }
            for (auto *entry : menu->actions()) {
                if (!entry->isSeparator())
                    add(Words::tr("%1: %2 – %3").arg(page->title(), name, plain(entry->text())), page, button,
                        [entry = QPointer(entry)] {
                            if (entry)
                                entry->trigger();
                        });
            }
        }
    }
    return commands;
}

} // namespace Countersign::Desktop

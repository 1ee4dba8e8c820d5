// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "window/actions.h"

#include "widgets/symbol.h"

#include <QtGui/QAction>
#include <QtWidgets/QMenuBar>

#include <algorithm>

namespace Countersign::Desktop {

namespace {

constexpr auto tipProperty = "tip";
constexpr auto submenuProperty = "submenu";

} // namespace

ActionRegistry::ActionRegistry(QWidget *window) : QObject(window), m_window(window)
{
}

QString ActionRegistry::title(MenuKind menu)
{
    switch (menu) {
    case MenuKind::File: return tr("&File");
    case MenuKind::Account: return tr("&Account");
    case MenuKind::Token: return tr("&Token");
    case MenuKind::Tools: return tr("T&ools");
    case MenuKind::View: return tr("&View");
    case MenuKind::Help: return tr("&Help");
    }
    Q_UNREACHABLE();
}

void ActionRegistry::setReason(QAction &action, const QString &whyNot)
{
    const auto tip = whyNot.isEmpty() ? action.property(tipProperty).toString() : whyNot;
    action.setEnabled(whyNot.isEmpty());
    action.setToolTip(tip);
    action.setStatusTip(tip);
}

QString ActionRegistry::fullText(const QAction &action)
{
    const auto submenu = action.property(submenuProperty).toString().remove(u'&');
    const auto text = action.text().remove(u'&');
    return submenu.isEmpty() ? text : tr("%1: %2", "a menu inside a menu, and what is in it").arg(submenu, text);
}

QAction *ActionRegistry::entryOf(QAction *action) const
{
    const auto entry = std::find_if(m_entries.cbegin(), m_entries.cend(),
                                    [action](const Entry &each) { return each.action == action; });
    return entry == m_entries.cend() ? nullptr : entry->shown;
}

QMenu *ActionRegistry::submenuOf(const ActionSpec &spec)
{
    const QString name = QString::number(int(spec.menu)) + spec.submenu;
    auto *&menu = m_submenus[name];
    if (!menu) {
        menu = new QMenu(spec.submenu, m_window);
        menu->setAccessibleName(QString(spec.submenu).remove(u'&'));
        menu->setToolTipsVisible(true);
        if (!spec.symbol.isEmpty())
            menu->setIcon(symbol(spec.symbol));
    }
    return menu;
}

QAction *ActionRegistry::add(const ActionSpec &spec)
{
    Q_ASSERT(!m_byId.contains(spec.id));
    Q_ASSERT(spec.shortcut.isEmpty() || std::none_of(m_entries.cbegin(), m_entries.cend(), [&spec](const Entry &entry) {
                 return entry.action->shortcuts().contains(spec.shortcut);
             }));
    auto *action = new QAction(spec.text, this);
    action->setObjectName(spec.id);
    action->setProperty(tipProperty, spec.tip);
    action->setProperty(submenuProperty, spec.submenu);
    if (!spec.symbol.isEmpty())
        action->setIcon(symbol(spec.symbol));
    if (!spec.tip.isEmpty()) {
        action->setToolTip(spec.tip);
        action->setStatusTip(spec.tip);
    }
    if (spec.alternative.isEmpty())
        action->setShortcut(spec.shortcut);
    else
        action->setShortcuts({spec.shortcut, spec.alternative});
    // The menus of some desktops live outside the window: the window has to know the shortcut itself.
    m_window->addAction(action);

    const auto at =
        std::upper_bound(m_entries.cbegin(), m_entries.cend(), spec, [](const ActionSpec &added, const Entry &entry) {
            return std::pair(added.menu, added.section) < std::pair(entry.menu, entry.section);
        });
    const auto place = at - m_entries.cbegin();
    auto *submenu = spec.submenu.isEmpty() ? nullptr : submenuOf(spec);
    if (submenu)
        submenu->addAction(action);
    m_entries.insert(place, {action, spec.menu, spec.section, submenu ? submenu->menuAction() : action});
    m_byId.insert(spec.id, action);
    putIntoMenu(place);
    Q_EMIT added(action);
    return action;
}

QList<QAction *> ActionRegistry::actions(MenuKind menu) const
{
    QList<QAction *> found;
    for (const auto &entry : m_entries) {
        if (entry.menu == menu)
            found.append(entry.action);
    }
    return found;
}

QList<QAction *> ActionRegistry::all() const
{
    QList<QAction *> found;
    for (const auto &entry : m_entries)
        found.append(entry.action);
    return found;
}

void ActionRegistry::fill(QMenuBar *bar)
{
    m_bar = bar;
    for (int kind = 0; kind < menuKindCount; ++kind) {
        auto *menu = bar->addMenu(title(MenuKind(kind)));
        menu->setAccessibleName(menu->title().remove(u'&'));
        menu->menuAction()->setVisible(false);
        menu->setToolTipsVisible(true); // why something cannot be done
        m_menus.append(menu);
    }
    for (qsizetype place = 0; place < m_entries.size(); ++place)
        putIntoMenu(place);
}

//! After those of its section, which were added before it; a line divides sections.
void ActionRegistry::putIntoMenu(qsizetype place)
{
    if (!m_bar)
        return;
    const auto &entry = m_entries.at(place);
    auto *menu = m_menus.at(int(entry.menu));
    const auto present = menu->actions();
    if (present.contains(entry.shown))
        return; // in a menu inside the menu, which is there
    const auto neighbour = [&](qsizetype at) -> const Entry * {
        const bool isThere = at >= 0 && at < m_entries.size() && m_entries.at(at).menu == entry.menu
            && present.contains(m_entries.at(at).shown);
        return isThere ? &m_entries.at(at) : nullptr;
    };
    const auto *before = neighbour(place - 1);
    const auto *after = neighbour(place + 1);
    auto *follower = before ? present.value(present.indexOf(before->shown) + 1) : present.value(0);
    if (before && before->section != entry.section)
        menu->insertSeparator(follower);
    menu->insertAction(follower, entry.shown);
    if (!before && after && after->section != entry.section)
        menu->insertSeparator(follower);
    menu->menuAction()->setVisible(true);
}

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QHash>
#include <QtCore/QObject>
#include <QtGui/QKeySequence>

QT_BEGIN_NAMESPACE
class QMenu;
class QAction;
class QMenuBar;
QT_END_NAMESPACE

namespace Countersign::Desktop {

enum class MenuKind : quint8 { File, Account, Token, Tools, View, Help };
inline constexpr int menuKindCount = 6;

//! What an action is, before anybody connects to it.
struct ActionSpec
{
    QString id; //!< stable, for example "account.sign_in": shortcuts and session state name it
    MenuKind menu = MenuKind::File;
    int section = 0; //!< sections of a menu are divided by a line, lowest first
    QString text; //!< translated, with its mnemonic
    QString submenu = {}; //!< translated, with its mnemonic: in a menu of that name inside the menu; empty: in none
    QKeySequence shortcut = {};
    QKeySequence alternative = {}; //!< a second shortcut that does the same, until the person chooses their own
    QString symbol = {}; //!< a drawing of resources/icons
    QString tip = {}; //!< translated; empty: the text
};

//! Every action of the window, once. Menus, tool bar and command palette show what is in here and nothing else.
class ActionRegistry final : public QObject
{
    Q_OBJECT
public:
    //! \p window is where the shortcuts work.
    explicit ActionRegistry(QWidget *window);

    //! The action belongs to the registry. No two have the same id or the same shortcut.
    QAction *add(const ActionSpec &spec);
    QAction *find(const QString &id) const { return m_byId.value(id); }
    //! Those of one menu, in its order.
    QList<QAction *> actions(MenuKind menu) const;
    //! All, in the order of the menus.
    QList<QAction *> all() const;
    //! Keeps the menus of \p bar as the registry is, now and later. A menu without actions is not shown.
    void fill(QMenuBar *bar);
    static QString title(MenuKind menu);
    //! What \p action is called where no menu stands around it, without its mnemonic.
    static QString fullText(const QAction &action);
    //! What stands for \p action in its menu: itself, or the menu inside it that holds it.
    QAction *entryOf(QAction *action) const;
    //! What cannot be done now says why, where its tip would be. Empty: it can be done.
    static void setReason(QAction &action, const QString &whyNot);

Q_SIGNALS:
    void added(QAction *action);

private:
    struct Entry
    {
        QAction *action;
        MenuKind menu;
        int section;
        QAction *shown; //!< itself, or the menu inside the menu that it is in
    };
    void putIntoMenu(qsizetype place);
    QMenu *submenuOf(const ActionSpec &spec);

    QWidget *m_window;
    QMenuBar *m_bar = nullptr;
    QList<QMenu *> m_menus;
    QList<Entry> m_entries; //!< by menu, then section
    QHash<QString, QAction *> m_byId;
    QHash<QString, QMenu *> m_submenus; //!< by menu and name
};

} // namespace Countersign::Desktop

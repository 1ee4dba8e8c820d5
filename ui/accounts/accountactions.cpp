// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// What can be done with the account that is chosen.
#include "accounts/accountspage.h"

#include "models/accountmodel.h"
#include "window/actions.h"

#include <QtGui/QAction>
#include <QtWidgets/QMenu>
#include <QtWidgets/QTreeView>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

void AccountsPage::updateActions()
{
    const auto &entry = currentAccount();
    for (auto *action : std::as_const(m_accountActions))
        ActionRegistry::setReason(*action, entry ? QString() : tr("Choose an account first"));
    if (!entry)
        return;
    for (auto *action : std::as_const(m_accountActions)) {
        const auto id = action->objectName();
        if (id == "account.refresh"_L1 || id == "account.force"_L1)
            ActionRegistry::setReason(*action, whyNoRefresh(*entry));
        else if (id == "account.default"_L1 && entry->isDefault)
            ActionRegistry::setReason(*action, tr("It is the default of its provider already"));
    }
}

QString AccountsPage::whyNoRefresh(const AccountEntry &entry) const
{
    if (m_session.canRefresh(entry))
        return {};
    if (m_session.isOffline())
        return tr("Offline mode is on: nothing is sent");
    return entry.isBusy ? tr("A token is being fetched for it") : tr("There is no refresh token for this account");
}

void AccountsPage::contribute(ActionRegistry &actions)
{
    auto *signIn = actions.add({.id = u"account.sign_in"_s,
                                .menu = MenuKind::Account,
                                .text = tr("&Sign in…"),
                                .shortcut = QKeySequence(Qt::CTRL | Qt::Key_L),
                                .symbol = u"signin"_s,
                                .tip = tr("Signs somebody in through a profile")});
    connect(signIn, &QAction::triggered, this, [this] {
        if (const auto inFront = m_profileInFront ? m_profileInFront() : QString(); !inFront.isEmpty())
            Q_EMIT signInRequested(inFront);
        else if (const auto entry = currentAccount())
            Q_EMIT morePermissionsRequested(*entry);
        else
            Q_EMIT signInRequested(m_tree ? m_tree->currentIndex().data(ProfileIdRole).toString() : QString());
    });
    using Signal = void (AccountsPage::*)(const AccountEntry &);
    struct Row
    {
        ActionSpec spec;
        Signal signal;
    };
    const Row rows[] = {
        {{.id = u"account.get_token"_s,
          .text = tr("&Get token…"),
          .shortcut = QKeySequence(Qt::CTRL | Qt::Key_G),
          .symbol = u"token"_s,
          .tip = tr("Gets a token for the chosen account, and says where it came from")},
         &AccountsPage::getTokenRequested},
        {{.id = u"account.refresh"_s,
          .section = 1,
          .text = tr("&Refresh now"),
          .shortcut = QKeySequence(Qt::CTRL | Qt::Key_R),
          .alternative = QKeySequence(Qt::Key_F5),
          .symbol = u"refresh"_s,
          .tip = tr("Asks the provider for a new token of the chosen account")},
         &AccountsPage::refreshRequested},
        {{.id = u"account.force"_s,
          .section = 1,
          .text = tr("&Force new token"),
          .shortcut = QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_R),
          .symbol = u"token"_s,
          .tip = tr("Gets a token from the provider whatever the cache holds, and shows why and what came")},
         &AccountsPage::forceRequested},
        {{.id = u"account.sign_in_again"_s,
          .section = 1,
          .text = tr("Sign in &again…"),
          .symbol = u"signin"_s,
          .tip = tr("Signs the chosen account in once more")},
         &AccountsPage::signInAgainRequested},
        {{.id = u"account.default"_s,
          .section = 2,
          .text = tr("Use as &default"),
          .symbol = u"ok"_s,
          .tip = tr("The command line takes the chosen account when nobody says which")},
         &AccountsPage::defaultRequested},
        {{.id = u"account.rename"_s,
          .section = 2,
          .text = tr("Re&name…"),
          .shortcut = QKeySequence(Qt::Key_F2),
          .symbol = u"profile"_s,
          .tip = tr("Gives the chosen account a name of your own")},
         &AccountsPage::renameRequested},
        {{.id = u"account.sign_out"_s,
          .section = 3,
          .text = tr("Sign &out…"),
          .shortcut = QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_Q),
          .symbol = u"signout"_s,
          .tip = tr("Forgets the chosen account's tokens, and takes them back at the provider")},
         &AccountsPage::signOutRequested},
        {{.id = u"account.copy_command"_s,
          .section = 4,
          .text = tr("Copy as co&mmand"),
          .shortcut = QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_K),
          .symbol = u"copy"_s,
          .tip = tr("Copies the command line that gets the chosen account’s token")},
         &AccountsPage::commandRequested},
    };
    for (auto [spec, signal] : rows) {
        spec.menu = MenuKind::Account;
        auto *action = actions.add(spec);
        connect(action, &QAction::triggered, this, [this, signal = signal] {
            if (const auto entry = currentAccount())
                Q_EMIT(this->*signal)(*entry);
        });
        m_accountActions.append(action);
    }
    updateActions();
}

void AccountsPage::openContextMenu(const QPoint &at)
{
    if (!currentAccount())
        return;
    QMenu menu(this);
    menu.addActions(m_accountActions);
    menu.exec(m_tree->viewport()->mapToGlobal(at));
}

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"
#include "text/copyform.h"
#include "window/page.h"

#include <QtCore/QTimer>

#include <functional>

QT_BEGIN_NAMESPACE
class QAction;
class QLineEdit;
class QSortFilterProxyModel;
class QStackedWidget;
class QTreeView;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class AccountModel;
class AccountPanel;
class FoldingSide;
class WelcomePage;

//! The people and applications that are signed in, and everything about the one that is chosen.
class AccountsPage final : public Page
{
    Q_OBJECT
public:
    //! \p session outlives it.
    explicit AccountsPage(Session &session, Building building = Building::AtOnce, QWidget *parent = nullptr);

    const std::optional<AccountEntry> &currentAccount() const;
    void selectAccount(const QString &profileId, const AccountId &account);
    //! The profile chosen at the place in front, when that is another one: who signs in then means that profile.
    //! Empty: none is chosen there.
    void setProfileInFront(std::function<QString()> profile) { m_profileInFront = std::move(profile); }
    //! What is shown while nobody is signed in.
    WelcomePage *welcome();
    //! What can be done with the chosen token. They outlive the page.
    void setTokenActions(const QList<QAction *> &actions);
    //! Looks for what other programs of this computer know of sign-ins, whenever nobody is signed in here.
    void lookAround();

    void contribute(ActionRegistry &actions) override;
    QList<QWidget *> focusStops() const override;
    QString chosenToken() const override;
    void setMasked(bool masked) override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;

Q_SIGNALS:
    //! Empty id: which profile is not decided.
    void signInRequested(const QString &profileId);
    //! Of the welcome page.
    void newProfileRequested(const QString &preset);
    void inspectorRequested();
    void importRequested(const QList<Countersign::LocalFinding> &found);
    void signInAgainRequested(const Countersign::Desktop::AccountEntry &entry);
    //! The form, for the same account and more scopes.
    void morePermissionsRequested(const Countersign::Desktop::AccountEntry &entry);
    void getTokenRequested(const Countersign::Desktop::AccountEntry &entry);
    void refreshRequested(const Countersign::Desktop::AccountEntry &entry);
    //! From the provider, whatever the cache holds, with its answer shown.
    void forceRequested(const Countersign::Desktop::AccountEntry &entry);
    void defaultRequested(const Countersign::Desktop::AccountEntry &entry);
    void renameRequested(const Countersign::Desktop::AccountEntry &entry);
    void signOutRequested(const Countersign::Desktop::AccountEntry &entry);
    //! Copy what gets its token, as the command line spells it.
    void commandRequested(const Countersign::Desktop::AccountEntry &entry);
    //! For an account whose profile is lost.
    void profileRequested(const Countersign::Desktop::AccountEntry &entry);
    void tokenInspectRequested(const QString &tokenId);
    void tokenCopyRequested(const QString &tokenId, Countersign::Desktop::CopyForm form);

protected:
    void fill(QWidget &content) override;

private:
    //! Nobody needs it while there are accounts.
    void dropWelcome();
    void makeSide();
    QWidget *makeList();
    void connectTree();
    void connectPanel();
    void refresh();
    void takeBusy(const AccountEntry &entry);
    void updateActions();
    //! Empty: a new token can be asked for.
    QString whyNoRefresh(const AccountEntry &entry) const;
    void showCurrent();
    void selectKept();
    void openContextMenu(const QPoint &at);

    Session &m_session;
    AccountModel *m_model;
    QSortFilterProxyModel *m_filtered;
    QStackedWidget *m_stack = nullptr;
    // Of the two faces, whichever was not shown yet is not there yet.
    WelcomePage *m_welcome = nullptr;
    QWidget *m_welcomeArea = nullptr; //!< scrolls it
    FoldingSide *m_side = nullptr;
    QLineEdit *m_filter = nullptr;
    QTreeView *m_tree = nullptr;
    QStackedWidget *m_right = nullptr;
    AccountPanel *m_panel = nullptr;
    QJsonObject m_sideState; //!< for when it is there
    std::optional<std::pair<QString, AccountId>> m_kept; //!< who was chosen last time
    bool m_isAccountGone = false; //!< the chosen one, since the last refresh
    //! Before, a profile's row is nobody's choice: with the focus it became current.
    bool m_hasShownAccount = false;
    std::function<QString()> m_profileInFront;
    bool m_isMasked = false;
    bool m_looksAround = false;
    QList<QAction *> m_accountActions; //!< need an account
    QList<QAction *> m_tokenActions;
    QTimer m_clock;
};

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"
#include "text/copyform.h"

#include <QtCore/QTimer>
#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QAbstractItemModel;
class QFormLayout;
class QLabel;
class QPushButton;
class QTabWidget;
class QTableView;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class Banner;
class HistoryModel;
class PermissionModel;
class TokenModel;

//! Everything about one account: how it stands, its tokens, what was granted, its session and its history.
class AccountPanel final : public QWidget
{
    Q_OBJECT
public:
    //! \p session outlives it.
    explicit AccountPanel(Session &session, QWidget *parent = nullptr);

    void setAccount(const std::optional<AccountEntry> &entry);
    const std::optional<AccountEntry> &account() const { return m_entry; }
    //! The token that is chosen in the list; empty: none.
    QString currentToken() const;
    //! The one that is meant where the account is looked at: chosen in its list while that is in front, otherwise the
    //! access token that lasts longest.
    QString chosenToken() const;
    //! What can be done with the chosen token. They outlive the panel.
    void setTokenActions(const QList<QAction *> &actions);
    void setMasked(bool masked);
    QTabWidget *tabs() const { return m_tabs; }

Q_SIGNALS:
    void getTokenRequested();
    void refreshRequested();
    void signInRequested();
    void signOutRequested();
    //! The account's profile is lost: one shall take its place.
    void profileRequested();
    void morePermissionsRequested();
    void inspectRequested(const QString &tokenId);
    void copyRequested(const QString &tokenId, Countersign::Desktop::CopyForm form);
    //! chosenToken() may be another one.
    void tokenChosen();

private:
    QWidget *makeOverview();
    QWidget *makeTokens();
    QWidget *makePermissions();
    QWidget *makeSessions();
    QTableView *makeTable(QAbstractItemModel *model, const QString &name);
    QLabel *addFact(QFormLayout *form, const QString &name);
    void refresh();
    QString problemText() const;
    //! The access token that lasts longest; empty: there is none.
    QString longestToken() const;
    void refreshOverview(const AccountDetail &detail);
    void refreshSession(const AccountDetail &detail);

    Session &m_session;
    std::optional<AccountEntry> m_entry;
    bool m_isMasked = false;
    QLabel *m_icon;
    QLabel *m_name;
    QLabel *m_state;
    QPushButton *m_getToken;
    QPushButton *m_refresh;
    QPushButton *m_signIn;
    QPushButton *m_signOut;
    QPushButton *m_makeProfile; //!< where there is none
    QPushButton *m_inspect; //!< of the overview
    QPushButton *m_copy;
    Banner *m_attention;
    QTabWidget *m_tabs;
    TokenModel *m_tokens;
    QTableView *m_tokenTable = nullptr;
    PermissionModel *m_permissions;
    QPushButton *m_consent;
    HistoryModel *m_history;
    QHash<QString, QLabel *> m_facts;
    QTimer m_clock;
};

} // namespace Countersign::Desktop

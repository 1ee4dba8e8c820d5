// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"
#include "text/copyform.h"
#include "window/page.h"

QT_BEGIN_NAMESPACE
class QAction;
class QLineEdit;
class QSortFilterProxyModel;
class QStackedWidget;
class QTableView;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class AllTokensModel;

//! Every token of the cache in one table.
class TokensPage final : public Page
{
    Q_OBJECT
public:
    //! \p session outlives it.
    explicit TokensPage(Session &session, Building building = Building::AtOnce, QWidget *parent = nullptr);

    //! Empty: none is chosen.
    QString currentToken() const;

    //! Those of whose end somebody wants to be reminded.
    void setWatched(const QSet<QString> &tokenIds);

    void contribute(ActionRegistry &actions) override;
    QList<QWidget *> focusStops() const override;
    void setMasked(bool masked) override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    void activated() override;

Q_SIGNALS:
    void tokenInspectRequested(const QString &tokenId);
    void tokenCopyRequested(const QString &tokenId, Countersign::Desktop::CopyForm form);
    void tokenRedactionRequested(const QString &tokenId);
    void tokenIntrospectionRequested(const QString &tokenId);
    void tokenUserInfoRequested(const QString &tokenId);
    void tokenRevocationRequested(const QString &tokenId);
    void tokenReminderRequested(const QString &tokenId, bool isWanted);

protected:
    void fill(QWidget &content) override;

private:
    void makeTable();
    void refresh();
    void updateActions();

    //! Empty: \p action can be done with the chosen token.
    QString whyNot(const QAction &action) const;

    Session &m_session;
    AllTokensModel *m_model;
    QSortFilterProxyModel *m_filtered;
    QStackedWidget *m_stack = nullptr;
    QLineEdit *m_filter = nullptr;
    QTableView *m_table = nullptr;
    QList<QAction *> m_tokenActions;
    QAction *m_remind = nullptr;
    QSet<QString> m_watched;
};

} // namespace Countersign::Desktop

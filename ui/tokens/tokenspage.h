// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"
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

    //! What can be done with the chosen token. They outlive the page.
    void setTokenActions(const QList<QAction *> &actions);

    QString chosenToken() const override;
    QList<QWidget *> focusStops() const override;
    void setMasked(bool masked) override;
    QJsonObject saveState() const override;
    void restoreState(const QJsonObject &state) override;
    void activated() override;

Q_SIGNALS:
    void tokenInspectRequested(const QString &tokenId);

protected:
    void fill(QWidget &content) override;

private:
    void makeTable();
    void refresh();

    AllTokensModel *m_model;
    QSortFilterProxyModel *m_filtered;
    QStackedWidget *m_stack = nullptr;
    QLineEdit *m_filter = nullptr;
    QTableView *m_table = nullptr;
    QList<QAction *> m_tokenActions;
};

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/model/scopeset.h>

#include <QtCore/QAbstractTableModel>

namespace Countersign::Desktop {

//! What a profile asks for beside what was granted.
class PermissionModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { ScopeColumn, AskedColumn, GrantedColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setScopes(const ScopeSet &asked, const ScopeSet &granted);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    ScopeSet m_asked;
    ScopeSet m_granted;
    QStringList m_scopes;
};

} // namespace Countersign::Desktop

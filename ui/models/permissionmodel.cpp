// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "models/permissionmodel.h"

#include "widgets/symbol.h"

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

void PermissionModel::setScopes(const ScopeSet &asked, const ScopeSet &granted)
{
    if (asked == m_asked && granted == m_granted)
        return;
    beginResetModel();
    m_asked = asked;
    m_granted = granted;
    m_scopes = asked.united(granted).sorted();
    endResetModel();
}

int PermissionModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_scopes.size());
}

int PermissionModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant PermissionModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto &scope = m_scopes.at(index.row());
    const bool isYes = index.column() == AskedColumn ? m_asked.contains(scope) : m_granted.contains(scope);
    if (index.column() == ScopeColumn)
        return role == Qt::DisplayRole || role == Qt::ToolTipRole ? QVariant(scope) : QVariant();
    if (role == Qt::DisplayRole)
        return isYes ? tr("yes") : tr("no");
    if (role == Qt::DecorationRole && isYes)
        return symbol(u"ok"_s, ColorRole::Success);
    return {};
}

QVariant PermissionModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ScopeColumn: return tr("Scope");
    case AskedColumn: return tr("Asked for");
    case GrantedColumn: return tr("Granted");
    default: return {};
    }
}

} // namespace Countersign::Desktop

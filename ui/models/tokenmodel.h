// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"
#include "models/roles.h"

#include <QtCore/QAbstractTableModel>

namespace Countersign::Desktop {

//! The tokens of one account that the cache holds.
class TokenModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int {
        UseColumn,
        ResourceColumn,
        ScopesColumn,
        ExpiresColumn,
        SourceColumn,
        BoundColumn,
        SizeColumn,
        ColumnCount
    };

    using QAbstractTableModel::QAbstractTableModel;
    void setTokens(QList<TokenEntry> tokens);
    const TokenEntry *token(const QModelIndex &index) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<TokenEntry> m_tokens;
};

} // namespace Countersign::Desktop

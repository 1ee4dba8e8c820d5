// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/cache/cacheinventory.h>

#include <QtCore/QAbstractTableModel>

namespace Countersign::Desktop {

//! Every entry of a cache, without its secret.
class CacheModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { KindColumn, WhoColumn, ClientColumn, ScopesColumn, StateColumn, SizeColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    //! \p at is what "expired" was measured by.
    void setRows(const QList<CacheRow> &rows, const QDateTime &at);
    void setMasked(bool masked);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString text(const CacheRow &row, int column) const;

    QList<CacheRow> m_rows;
    QDateTime m_at;
    bool m_isMasked = false;
};

} // namespace Countersign::Desktop

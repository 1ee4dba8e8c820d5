// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/roles.h"

#include <countersign/jose/tokendocument.h>

#include <QtCore/QAbstractTableModel>

namespace Countersign::Desktop {

//! The members of a header or of claims, in their order, times made readable. Unknown ones are never left out.
class ClaimModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { NameColumn, ValueColumn, ReadableColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setObject(const Jose::JsonObject &object);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Row
    {
        QString name;
        QString value;
        QString readable;
    };
    QList<Row> m_rows;
};

} // namespace Countersign::Desktop

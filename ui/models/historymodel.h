// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

#include <QtCore/QAbstractTableModel>

namespace Countersign::Desktop {

//! What happened to an account, newest first.
class HistoryModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { TimeColumn, EventColumn, DetailColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setEvents(QList<AccountEvent> events);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QList<AccountEvent> m_events;
};

} // namespace Countersign::Desktop

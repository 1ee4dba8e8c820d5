// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/roles.h"
#include "text/timetext.h"

#include <countersign/jose/checkreport.h>

#include <QtCore/QAbstractTableModel>

namespace Countersign::Desktop {

//! The checks of a token in the order in which they matter, those that do not apply at the end.
class CheckModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { OutcomeColumn, CheckColumn, ComparisonColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;
    void setReport(const Jose::CheckReport &report);
    void setTimeStyle(TimeStyle style);
    const QList<Jose::Check> &checks() const { return m_checks; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString comparison(const Jose::Check &check) const;

    QList<Jose::Check> m_checks;
    QDateTime m_at; //!< of the report
    TimeStyle m_style = TimeStyle::Local;
};

//! "3 failed, 1 warning, 19 passed, 4 not possible".
QString reportText(const Jose::CheckReport &report);
//! At most \p count checks that stand in the way, the worst first.
QList<Jose::Check> worstChecks(const Jose::CheckReport &report, qsizetype count);

} // namespace Countersign::Desktop

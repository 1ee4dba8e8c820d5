// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtWidgets/QWidget>

QT_BEGIN_NAMESPACE
class QLabel;
class QTableView;
QT_END_NAMESPACE

namespace Countersign::Desktop {

class StepModel;

//! What was tried, as a table, and below it all that is known of the chosen row.
class StepList final : public QWidget
{
    Q_OBJECT
public:
    //! \p model outlives it.
    StepList(StepModel &model, const QString &accessibleName, QWidget *parent = nullptr);

private:
    void showDetail();

    QTableView *m_table;
    QLabel *m_detail;
};

} // namespace Countersign::Desktop

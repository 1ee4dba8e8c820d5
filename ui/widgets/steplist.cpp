// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/steplist.h"

#include "models/stepmodel.h"
#include "widgets/fields.h"
#include "widgets/texttable.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>

namespace Countersign::Desktop {

StepList::StepList(StepModel &model, const QString &accessibleName, QWidget *parent)
    : QWidget(parent), m_table(new TextTable(model, accessibleName)), m_detail(plainTextLabel(tr("About this line")))
{
    m_detail->setMinimumHeight(m_detail->fontMetrics().lineSpacing() * 3);
    m_detail->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_table, 1);
    column->addWidget(m_detail);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &StepList::showDetail);
    connect(&model, &QAbstractItemModel::modelReset, this, &StepList::showDetail);
    setFocusProxy(m_table);
}

void StepList::showDetail()
{
    m_detail->setText(m_table->currentIndex().data(DetailRole).toString());
}

} // namespace Countersign::Desktop

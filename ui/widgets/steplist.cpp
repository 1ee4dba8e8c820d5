// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/steplist.h"

#include "models/stepmodel.h"
#include "widgets/fields.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QTableView>

namespace Countersign::Desktop {

StepList::StepList(StepModel &model, const QString &accessibleName, QWidget *parent)
    : QWidget(parent), m_table(new QTableView), m_detail(plainTextLabel(tr("About this line")))
{
    m_table->setModel(&model);
    m_table->setAccessibleName(accessibleName);
    m_table->setShowGrid(false);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    auto *header = m_table->horizontalHeader();
    header->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    header->setSectionResizeMode(StepModel::OutcomeColumn, QHeaderView::ResizeToContents);
    header->setSectionResizeMode(StepModel::StepColumn, QHeaderView::ResizeToContents);
    header->setStretchLastSection(true);
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

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "widgets/texttable.h"

#include <QtCore/QEvent>
#include <QtWidgets/QHeaderView>

#include <algorithm>

namespace Countersign::Desktop {

TextTable::TextTable(QAbstractItemModel &model, const QString &accessibleName, QWidget *parent) : QTableView(parent)
{
    setModel(&model);
    setAccessibleName(accessibleName);
    setShowGrid(false);
    setWordWrap(true);
    setTabKeyNavigation(false);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    verticalHeader()->hide();
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setStretchLastSection(true);
    m_fitting.setSingleShot(true);
    m_fitting.setInterval(0);
    connect(&m_fitting, &QTimer::timeout, this, &TextTable::fit);
    const auto fitSoon = [this] { m_fitting.start(); };
    connect(&model, &QAbstractItemModel::modelReset, this, fitSoon);
    connect(&model, &QAbstractItemModel::rowsInserted, this, fitSoon);
    connect(&model, &QAbstractItemModel::rowsRemoved, this, fitSoon);
    connect(&model, &QAbstractItemModel::dataChanged, this, fitSoon);
    // Whoever makes a column wider by hand keeps it. Later: the widths are being given out.
    connect(horizontalHeader(), &QHeaderView::sectionResized, this, &TextTable::resizeRowsToContents,
            Qt::QueuedConnection);
}

void TextTable::resizeEvent(QResizeEvent *event)
{
    QTableView::resizeEvent(event);
    fit();
}

void TextTable::changeEvent(QEvent *event)
{
    QTableView::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange)
        m_fitting.start();
}

int TextTable::widthOfText(int column) const
{
    int width = horizontalHeader()->sectionSizeHint(column);
    for (int row = 0; row < model()->rowCount(); ++row)
        width = std::max(width, sizeHintForIndex(model()->index(row, column)).width());
    return width;
}

void TextTable::fit()
{
    const int last = model()->columnCount() - 1;
    int left = viewport()->width();
    for (int column = 0; column < last; ++column) {
        const int width = std::min(widthOfText(column), left / 2);
        setColumnWidth(column, width);
        left -= width;
    }
    resizeRowsToContents();
}

} // namespace Countersign::Desktop

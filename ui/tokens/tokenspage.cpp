// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "tokens/tokenspage.h"

#include "models/alltokensmodel.h"
#include "widgets/fields.h"

#include <QtCore/QSortFilterProxyModel>
#include <QtGui/QAction>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTableView>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

TokensPage::TokensPage(Session &session, Building building, QWidget *parent)
    : Page(u"tokens"_s, tr("Tokens"), u"token"_s, tr("Every token that is kept, and how long it lasts"), parent),
      m_model(new AllTokensModel(session, this)), m_filtered(new QSortFilterProxyModel(this))
{
    connect(m_model, &QAbstractItemModel::modelReset, this, &TokensPage::refresh);
    if (building == Building::AtOnce)
        build();
    refresh();
}

void TokensPage::fill(QWidget &content)
{
    m_filtered->setSourceModel(m_model);
    m_filtered->setSortRole(SortRole);
    m_filtered->setFilterKeyColumn(-1);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_stack = new QStackedWidget;
    m_filter = searchField(tr("Filter tokens"), tr("Filter by account, profile or scope"));
    m_table = new QTableView;
    auto *column = new QVBoxLayout(&content);
    column->setContentsMargins(14, 12, 14, 12);
    column->addWidget(m_stack);
    auto *empty = new QLabel(tr("No tokens yet. Sign in, and they appear here."));
    empty->setAlignment(Qt::AlignCenter);
    empty->setForegroundRole(QPalette::PlaceholderText);
    auto *list = new QWidget;
    auto *lines = new QVBoxLayout(list);
    lines->setContentsMargins(0, 0, 0, 0);
    makeTable();
    lines->addWidget(m_filter);
    lines->addWidget(m_table, 1);
    m_stack->addWidget(empty);
    m_stack->addWidget(list);
    connect(m_filter, &QLineEdit::textChanged, m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    refresh();
}

void TokensPage::makeTable()
{
    m_table->addActions(m_tokenActions);
    m_table->setModel(m_filtered);
    m_table->setAccessibleName(tr("Tokens"));
    m_table->setShowGrid(false);
    // As the accounts stand, until somebody wants another order: sorting many of them takes time.
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->setSortingEnabled(true);
    m_table->setTabKeyNavigation(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setContextMenuPolicy(Qt::ActionsContextMenu);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + 14);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Interactive);
    m_table->horizontalHeader()->setSectionResizeMode(AllTokensModel::ScopesColumn, QHeaderView::Stretch);
    m_table->horizontalHeader()->setMinimumSectionSize(sizeInText(*m_table, 10, 1).width());
    const std::array columns{21, 15, 16, 18, 16, 17, 12, 9, 12}; // characters; looking at every token would take time
    for (int section = 0; section < int(columns.size()); ++section)
        m_table->setColumnWidth(section, sizeInText(*m_table, columns.at(std::size_t(section)), 1).width());
    connect(m_table, &QTableView::activated, this,
            [this](const QModelIndex &index) { Q_EMIT tokenInspectRequested(index.data(IdRole).toString()); });
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &Page::tokenChosen);
}

QString TokensPage::chosenToken() const
{
    if (!m_table)
        return {};
    const auto rows = m_table->selectionModel()->selectedRows();
    return rows.isEmpty() ? QString() : rows.constFirst().data(IdRole).toString();
}

void TokensPage::refresh()
{
    setBadge({.count = m_model->rowCount()});
    if (m_stack)
        m_stack->setCurrentIndex(m_model->rowCount() > 0 ? 1 : 0);
    Q_EMIT tokenChosen();
}

void TokensPage::setTokenActions(const QList<QAction *> &actions)
{
    m_tokenActions = actions;
    if (m_table)
        m_table->addActions(actions);
}

void TokensPage::activated()
{
    m_model->refreshTimes();
}

QList<QWidget *> TokensPage::focusStops() const
{
    if (!isBuilt())
        return {};
    return {m_filter, m_table};
}

void TokensPage::setMasked(bool masked)
{
    m_model->setMasked(masked);
}

QJsonObject TokensPage::saveState() const
{
    return {{u"columns"_s, QString::fromLatin1(m_table->horizontalHeader()->saveState().toBase64())}};
}

void TokensPage::restoreState(const QJsonObject &state)
{
    m_table->horizontalHeader()->restoreState(QByteArray::fromBase64(state.value(u"columns"_s).toString().toLatin1()));
}

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "inspector/claimsview.h"

#include "models/claimmodel.h"
#include "widgets/choicebox.h"
#include "widgets/fields.h"

#include <QtCore/QSortFilterProxyModel>
#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QTreeView>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

ClaimsView::ClaimsView(QWidget *parent)
    : QWidget(parent), m_model(new ClaimModel(this)), m_filtered(new QSortFilterProxyModel(this)),
      m_filter(searchField(tr("Filter the claims"), tr("Filter"))), m_times(new ChoiceBox), m_tree(new QTreeView),
      m_detail(plainTextLabel(tr("About this claim")))
{
    m_times->setAccessibleName(tr("How times are shown"));
    for (int i = 0; i < timeStyleCount; ++i)
        m_times->addItem(timeStyleText(TimeStyle(i)));
    m_filtered->setSourceModel(m_model);
    m_filtered->setRecursiveFilteringEnabled(true);
    m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filtered->setFilterKeyColumn(-1);
    makeTree();
    makeMenu();

    auto *top = new QHBoxLayout;
    top->addWidget(m_filter, 1);
    top->addWidget(m_times);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 10, 0, 0);
    column->addLayout(top);
    column->addWidget(m_tree, 1);
    column->addWidget(m_detail);
    m_detail->setMinimumHeight(m_detail->fontMetrics().lineSpacing() * 3);
    m_detail->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        m_filtered->setFilterFixedString(text);
        unfold();
    });
    connect(m_times, &QComboBox::activated, this, [this](int style) {
        m_model->setTimeStyle(TimeStyle(style));
        unfold();
    });
}

void ClaimsView::makeTree()
{
    m_tree->setModel(m_filtered);
    m_tree->setAccessibleName(tr("Claims"));
    m_tree->setUniformRowHeights(true);
    m_tree->setAlternatingRowColors(false);
    m_tree->setAllColumnsShowFocus(true);
    m_tree->setTextElideMode(Qt::ElideRight);
    m_tree->header()->setStretchLastSection(true);
    m_tree->header()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    connect(m_tree->selectionModel(), &QItemSelectionModel::currentChanged, this, &ClaimsView::showDetail);
}

void ClaimsView::makeMenu()
{
    m_tree->setContextMenuPolicy(Qt::ActionsContextMenu);
    const auto add = [this](const QString &text, int column, int role) {
        auto *action = new QAction(text, m_tree);
        connect(action, &QAction::triggered, this, [this, column, role] { copyRole(column, role); });
        m_tree->addAction(action);
        return action;
    };
    auto *value = add(tr("Copy &value"), ClaimModel::ValueColumn, RawValueRole);
    value->setShortcut(QKeySequence::Copy);
    value->setShortcutContext(Qt::WidgetShortcut);
    add(tr("Copy &name"), ClaimModel::NameColumn, Qt::DisplayRole);
    add(tr("Copy &path"), ClaimModel::NameColumn, PathRole);
    add(tr("Copy &meaning"), ClaimModel::MeaningColumn, Qt::DisplayRole);
}

void ClaimsView::copyRole(int column, int role)
{
    const auto current = m_tree->currentIndex();
    const auto text = current.siblingAtColumn(column).data(role).toString();
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void ClaimsView::setToken(const Jose::TokenDocument &document, const QDateTime &at)
{
    m_model->setToken(document, at);
    unfold();
    m_tree->resizeColumnToContents(ClaimModel::NameColumn);
    const int widest = std::max(160, m_tree->viewport()->width() * 2 / 5);
    m_tree->setColumnWidth(ClaimModel::NameColumn, std::min(m_tree->columnWidth(ClaimModel::NameColumn) + 12, widest));
    m_tree->setColumnWidth(ClaimModel::ValueColumn, widest);
    showDetail();
}

void ClaimsView::clear()
{
    m_model->clear();
    m_filter->clear();
    showDetail();
}

void ClaimsView::setMasked(bool masked)
{
    m_model->setMasked(masked);
    unfold();
}

void ClaimsView::setTimeStyle(TimeStyle style)
{
    m_times->setCurrentIndex(int(style));
    m_model->setTimeStyle(style);
    unfold();
}

void ClaimsView::focusFilter()
{
    m_filter->setFocus(Qt::ShortcutFocusReason);
}

void ClaimsView::unfold()
{
    // Groups always, what they hold only when looked for: a list of 500 groups is no first impression.
    if (m_filter->text().isEmpty())
        m_tree->expandToDepth(0);
    else
        m_tree->expandAll();
}

void ClaimsView::showDetail()
{
    const auto current = m_tree->currentIndex().siblingAtColumn(ClaimModel::NameColumn);
    auto text = current.data(DetailRole).toString();
    if (current.isValid() && text.isEmpty() && current.parent().isValid())
        text = tr("Not in the dictionary: ask the issuer what it means.");
    m_detail->setText(text);
}

} // namespace Countersign::Desktop

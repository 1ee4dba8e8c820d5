// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "accounts/foreigncachedialog.h"

#include "models/cachemodel.h"
#include "models/roles.h"
#include "widgets/choicebox.h"
#include "widgets/fields.h"
#include "widgets/symbol.h"

#include <QtCore/QDir>
#include <QtCore/QSortFilterProxyModel>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTableView>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

ForeignCacheDialog::ForeignCacheDialog(Session &session, bool isMasked, QWidget *parent)
    : QDialog(parent), m_session(session), m_model(new CacheModel(this)), m_path(new ChoiceBox),
      m_summary(plainTextLabel(tr("What is in the cache"))), m_table(new QTableView)
{
    setWindowTitle(tr("Another program’s cache"));
    setAccessibleName(windowTitle());
    setAttribute(Qt::WA_DeleteOnClose);
    m_model->setMasked(isMasked);
    auto *sorted = new QSortFilterProxyModel(this);
    sorted->setSourceModel(m_model);
    sorted->setSortRole(SortRole);
    m_path->setAccessibleName(tr("File of the cache"));
    m_path->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    m_path->setLayoutDirection(Qt::LeftToRight);
    m_path->setPlaceholderText(tr("none was found"));
    auto *open = new QPushButton(symbol(u"import"_s), tr("&Open…"));
    open->setAccessibleName(tr("Open a cache file"));
    open->setAutoDefault(false);
    m_table->setModel(sorted);
    m_table->setAccessibleName(tr("Entries of the cache"));
    m_table->setShowGrid(false);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(CacheModel::KindColumn, Qt::AscendingOrder);
    m_table->setTabKeyNavigation(false);
    m_table->setWordWrap(false);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(CacheModel::ScopesColumn, QHeaderView::Stretch);
    auto *note = plainTextLabel(tr("Note"));
    note->setText(
        tr("It is only read: nothing is written there, and no token is shown. Encrypted caches can be opened by "
           "their own program only."));
    auto *buttons = new QDialogButtonBox;
    worded(buttons->addButton(QDialogButtonBox::Close), tr("Close"));
    auto *row = new QHBoxLayout;
    row->addWidget(m_path, 1);
    row->addWidget(open);
    auto *column = new QVBoxLayout(this);
    column->addWidget(note);
    column->addLayout(row);
    column->addWidget(m_summary);
    column->addWidget(m_table, 1);
    column->addWidget(buttons);
    resize(sizeInText(*this, 142, 35));
    connect(open, &QPushButton::clicked, this, &ForeignCacheDialog::choose);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    const auto found = session.foreignCaches();
    for (const auto &path : found)
        m_path->addItem(QDir::toNativeSeparators(path), path);
    if (!found.isEmpty())
        m_path->setCurrentIndex(0);
    connect(m_path, &QComboBox::activated, this, [this] { look(m_path->currentData().toString()); });
    if (found.isEmpty())
        m_summary->setText(tr("No cache of another program was found at the usual places."));
    else
        look(found.constFirst());
}

QString ForeignCacheDialog::summary() const
{
    return m_summary->text();
}

void ForeignCacheDialog::setMasked(bool masked)
{
    m_model->setMasked(masked);
}

void ForeignCacheDialog::choose()
{
    auto *dialog = new QFileDialog(this, tr("Open a cache file"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setFilter(QDir::AllDirs | QDir::Files | QDir::Hidden | QDir::NoDotAndDotDot);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        if (m_path->findData(path) < 0)
            m_path->addItem(QDir::toNativeSeparators(path), path);
        m_path->setCurrentIndex(m_path->findData(path));
        look(path);
    });
    dialog->open();
}

void ForeignCacheDialog::look(const QString &path)
{
    m_wanted = path;
    m_summary->setText(tr("Reading %1").arg(QDir::toNativeSeparators(path)));
    m_session.readForeignCache(path, this, [this, path](const Result<ForeignContent> &content) {
        if (path != m_wanted)
            return;
        if (content)
            showContent(*content);
        else
            showProblem(content.error());
    });
}

void ForeignCacheDialog::showContent(const ForeignContent &content)
{
    m_model->setRows(content.rows, QDateTime::currentDateTimeUtc());
    m_table->resizeColumnsToContents();
    constexpr int widest = 170; // identifiers are known by their beginning
    m_table->setColumnWidth(CacheModel::ClientColumn, std::min(widest, m_table->columnWidth(CacheModel::ClientColumn)));
    const auto accounts = std::count_if(content.rows.cbegin(), content.rows.cend(),
                                        [](const CacheRow &row) { return row.kind == CacheRow::Kind::Account; });
    m_summary->setText(tr("%n account(s)", nullptr, int(accounts)) + u", "_s
                       + tr("%n entry(s)", nullptr, int(content.rows.size())));
}

void ForeignCacheDialog::showProblem(const Error &error)
{
    m_model->setRows({}, {});
    switch (error.code()) {
    case ErrorCode::NotSupported:
        return m_summary->setText(tr("This cache is encrypted: only its own program can open it."));
    case ErrorCode::StorageDamaged: return m_summary->setText(tr("This file is no cache of MSAL."));
    default: return m_summary->setText(tr("This file cannot be read."));
    }
}

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "models/alltokensmodel.h"

#include "models/accountmodel.h"
#include "text/wording.h"

#include <QtCore/QLocale>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

AllTokensModel::AllTokensModel(const Session &session, QObject *parent)
    : QAbstractTableModel(parent), m_session(session)
{
    connect(&session, &Session::accountsChanged, this, &AllTokensModel::reload);
    connect(&session, &Session::profilesChanged, this, &AllTokensModel::reload);
    reload();
}

void AllTokensModel::reload()
{
    QHash<QString, QString> names;
    for (const auto &profile : m_session.profiles())
        names.insert(profile.id, profile.name);
    QList<Row> rows;
    for (const auto &entry : m_session.accounts()) {
        for (const auto &token : entry.tokens)
            rows.append({entry.profileId, names.value(entry.profileId), displayName(entry.account), token});
    }
    const bool areSame = std::equal(rows.cbegin(), rows.cend(), m_rows.cbegin(), m_rows.cend(),
                                    [](const Row &a, const Row &b) { return a.token.id == b.token.id; });
    if (!areSame) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    for (int row = 0; row < int(rows.size()); ++row) {
        if (rows.at(row) == m_rows.at(row))
            continue;
        m_rows[row] = rows.at(row);
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

const TokenEntry *AllTokensModel::token(const QModelIndex &index) const
{
    return index.isValid() && index.row() < m_rows.size() ? &m_rows.at(index.row()).token : nullptr;
}

void AllTokensModel::setMasked(bool masked)
{
    m_isMasked = masked;
    refreshTimes();
}

void AllTokensModel::refreshTimes()
{
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(int(m_rows.size()) - 1, ColumnCount - 1));
}

int AllTokensModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int AllTokensModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant AllTokensModel::text(const Row &row, int column, bool isLong) const
{
    switch (column) {
    case AccountColumn: return m_isMasked ? maskedText() : row.account;
    case ProfileColumn: return row.profile;
    case UseColumn: return row.token.use == TokenUse::Access ? tr("Access token") : tr("ID token");
    case ScopesColumn: return row.token.scopes.isEmpty() ? u"–"_s : row.token.scopes.toString();
    case ExpiresColumn:
        return isLong ? QLocale().toString(row.token.expiresAt.toLocalTime(), QLocale::LongFormat)
                      : expiryText(row.token.expiresAt, QDateTime::currentDateTimeUtc());
    case SizeColumn: return QLocale().formattedDataSize(row.token.size, 1, QLocale::DataSizeSIFormat);
    default: return {};
    }
}

QVariant AllTokensModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole: return text(row, index.column(), false);
    case Qt::ToolTipRole: return text(row, index.column(), true);
    case IdRole: return row.token.id;
    case ProfileIdRole: return row.profileId;
    case ExpiresAtRole: return row.token.expiresAt;
    case PersonalRole: return index.column() == AccountColumn;
    case SortRole:
        if (index.column() == ExpiresColumn)
            return row.token.expiresAt;
        if (index.column() == SizeColumn)
            return row.token.size;
        return text(row, index.column(), false);
    default: return {};
    }
}

QVariant AllTokensModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case AccountColumn: return tr("Account");
    case ProfileColumn: return tr("Profile");
    case UseColumn: return tr("Token");
    case ScopesColumn: return tr("Scopes");
    case ExpiresColumn: return tr("Expires");
    case SizeColumn: return tr("Size");
    default: return {};
    }
}

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "models/cachemodel.h"

#include "models/roles.h"
#include "text/foreigntext.h"
#include "text/wording.h"
#include "widgets/symbol.h"

#include <QtCore/QLocale>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QString kindText(CacheRow::Kind kind)
{
    switch (kind) {
    case CacheRow::Kind::Account: return CacheModel::tr("Account");
    case CacheRow::Kind::AccessToken: return CacheModel::tr("Access token");
    case CacheRow::Kind::RefreshToken: return CacheModel::tr("Refresh token");
    case CacheRow::Kind::IdToken: return CacheModel::tr("ID token");
    case CacheRow::Kind::AppMetadata: return CacheModel::tr("Application");
    case CacheRow::Kind::ProofKey: return CacheModel::tr("Key for proofs");
    case CacheRow::Kind::ClientSecret: return CacheModel::tr("Client secret");
    case CacheRow::Kind::Unknown: return CacheModel::tr("Something unknown");
    }
    Q_UNREACHABLE();
}

QString stateText(const CacheRow &row, const QDateTime &at)
{
    switch (row.state) {
    case CacheRow::State::Usable:
        return row.expiresAt.isValid() ? CacheModel::tr("expires %1").arg(expiryText(row.expiresAt, at))
                                       : CacheModel::tr("usable");
    case CacheRow::State::Aging: return CacheModel::tr("usable, but to be refreshed");
    case CacheRow::State::Expiring: return CacheModel::tr("expires %1").arg(expiryText(row.expiresAt, at));
    case CacheRow::State::Expired: return CacheModel::tr("expired %1").arg(expiryText(row.expiresAt, at));
    case CacheRow::State::Ownerless: return CacheModel::tr("its account is missing");
    case CacheRow::State::NotUnderstood: return CacheModel::tr("not understood");
    }
    Q_UNREACHABLE();
}

QIcon stateSymbol(CacheRow::State state)
{
    switch (state) {
    case CacheRow::State::Usable:
    case CacheRow::State::Aging: return symbol(u"ok"_s, ColorRole::Success);
    case CacheRow::State::Expiring: return symbol(u"clock"_s, ColorRole::Warning);
    case CacheRow::State::Expired: return symbol(u"none"_s, ColorRole::MutedText);
    case CacheRow::State::Ownerless:
    case CacheRow::State::NotUnderstood: return symbol(u"unknown"_s, ColorRole::Info);
    }
    Q_UNREACHABLE();
}

} // namespace

void CacheModel::setRows(const QList<CacheRow> &rows, const QDateTime &at)
{
    beginResetModel();
    m_rows = rows;
    m_at = at;
    endResetModel();
}

void CacheModel::setMasked(bool masked)
{
    beginResetModel();
    m_isMasked = masked;
    endResetModel();
}

int CacheModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int CacheModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString CacheModel::text(const CacheRow &row, int column) const
{
    switch (column) {
    case KindColumn: return kindText(row.kind);
    case WhoColumn: return m_isMasked && !row.username.isEmpty() ? maskedText() : harmless(row.username, 120);
    case ClientColumn: return harmless(row.clientId.value, 80);
    case ScopesColumn: return harmless(row.scopes.isEmpty() ? row.realm : row.scopes.toString(), 300);
    case StateColumn: return stateText(row, m_at);
    case SizeColumn: return row.secretSize > 0 ? QLocale().formattedDataSize(row.secretSize) : QString();
    default: return {};
    }
}

QVariant CacheModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const auto &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole: return text(row, index.column());
    case Qt::DecorationRole: return index.column() == StateColumn ? QVariant(stateSymbol(row.state)) : QVariant();
    case Qt::ToolTipRole: return text(row, index.column()).toHtmlEscaped();
    case SortRole: return index.column() == SizeColumn ? QVariant(row.secretSize) : QVariant(text(row, index.column()));
    case PersonalRole: return index.column() == WhoColumn;
    default: return {};
    }
}

QVariant CacheModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case KindColumn: return tr("Kind");
    case WhoColumn: return tr("Account");
    case ClientColumn: return tr("Application");
    case ScopesColumn: return tr("Scopes or tenant");
    case StateColumn: return tr("State");
    case SizeColumn: return tr("Size");
    default: return {};
    }
}

} // namespace Countersign::Desktop

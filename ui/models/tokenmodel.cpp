// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "models/tokenmodel.h"

#include "text/tokentext.h"
#include "text/wording.h"

#include <QtCore/QLocale>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

void TokenModel::setTokens(QList<TokenEntry> tokens)
{
    beginResetModel();
    m_tokens = std::move(tokens);
    endResetModel();
}

const TokenEntry *TokenModel::token(const QModelIndex &index) const
{
    return index.isValid() && index.row() < m_tokens.size() ? &m_tokens.at(index.row()) : nullptr;
}

int TokenModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_tokens.size());
}

int TokenModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TokenModel::data(const QModelIndex &index, int role) const
{
    const auto *entry = token(index);
    if (!entry)
        return {};
    if (role == IdRole)
        return entry->id;
    if (role == ExpiresAtRole)
        return entry->expiresAt;
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole)
        return {};
    switch (index.column()) {
    case UseColumn: return entry->use == TokenUse::Access ? tr("Access token") : tr("ID token");
    case ResourceColumn: return resourceText(*entry);
    case ScopesColumn: return entry->scopes.isEmpty() ? u"–"_s : entry->scopes.toString();
    case SourceColumn: return sourceText(*entry, role == Qt::ToolTipRole);
    case BoundColumn: return boundText(*entry);
    case ExpiresColumn:
        return role == Qt::ToolTipRole ? QLocale().toString(entry->expiresAt.toLocalTime(), QLocale::LongFormat)
                                       : expiryText(entry->expiresAt, QDateTime::currentDateTimeUtc());
    case SizeColumn: return QLocale().formattedDataSize(entry->size, 1, QLocale::DataSizeSIFormat);
    default: return {};
    }
}

QVariant TokenModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case UseColumn: return tr("Token");
    case ResourceColumn: return tr("Resource");
    case ScopesColumn: return tr("Scopes");
    case SourceColumn: return tr("Source");
    case BoundColumn: return tr("Bound");
    case ExpiresColumn: return tr("Expires");
    case SizeColumn: return tr("Size");
    default: return {};
    }
}

} // namespace Countersign::Desktop

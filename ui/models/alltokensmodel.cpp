// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "models/alltokensmodel.h"

#include "models/accountmodel.h"
#include "text/tokentext.h"
#include "text/wording.h"

#include <QtCore/QLocale>
#include <QtCore/QSet>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

AllTokensModel::AllTokensModel(const Session &session, QObject *parent)
    : QAbstractTableModel(parent), m_session(session)
{
    connect(&session, &Session::accountsChanged, this, &AllTokensModel::reload);
    connect(&session, &Session::profilesChanged, this, &AllTokensModel::reload);
    reload();
}

//! Takes over what became of the tokens that are there. False when any came, went or moved.
bool AllTokensModel::updateInPlace(const QHash<QString, QString> &names)
{
    const auto accounts = m_session.accounts();
    std::vector<std::pair<int, Row>> changes;
    int row = 0;
    QString profileId;
    auto profile = names.cend();
    for (const auto &entry : accounts) {
        const auto account = displayName(entry);
        if (profile == names.cend() || entry.profileId != profileId) { // they come by profile
            profileId = entry.profileId;
            profile = names.constFind(profileId);
        }
        for (const auto &token : entry.tokens) {
            if (row >= m_rows.size() || m_rows.at(row).token.id != token.id)
                return false;
            const auto &present = m_rows.at(row);
            const bool isSameProfile = profile != names.cend() && present.profile == *profile;
            if (!isSameProfile || present.account != account || present.token != token)
                changes.emplace_back(row, Row{entry.profileId, names.value(entry.profileId), account, token});
            ++row;
        }
    }
    if (row != m_rows.size())
        return false;
    for (auto &[place, changed] : changes) {
        m_rows[place] = std::move(changed);
        Q_EMIT dataChanged(index(place, 0), index(place, ColumnCount - 1));
    }
    return true;
}

void AllTokensModel::reload()
{
    QHash<QString, QString> names;
    QSet<QString> clients;
    const auto lost = m_session.lostProfiles();
    for (const auto &profile : lost)
        names.insert(profile.id, tr("without a profile (%1)").arg(profile.clientId));
    const auto profiles = m_session.profiles();
    for (const auto &profile : profiles) {
        names.insert(profile.id, profile.name);
        clients.insert(profile.clientId);
    }
    // Profiles of the same client show the same tokens: a token is listed once, with all of them.
    const bool canRepeat = clients.size() < profiles.size();
    if (!canRepeat && updateInPlace(names))
        return;
    QList<Row> rows;
    QHash<QString, qsizetype> places;
    const auto accounts = m_session.accounts();
    for (const auto &entry : accounts) {
        const auto profile = names.value(entry.profileId);
        for (const auto &token : entry.tokens) {
            if (const auto place = places.value(token.id, -1); place >= 0) {
                rows[place].profile = tr("%1, %2", "names of profiles").arg(rows.at(place).profile, profile);
                continue;
            }
            if (canRepeat)
                places.insert(token.id, rows.size());
            rows.append({entry.profileId, profile, displayName(entry), token});
        }
    }
    takeOver(std::move(rows));
}

void AllTokensModel::takeOver(QList<Row> rows)
{
    const bool haveStayed =
        std::equal(rows.cbegin(), rows.cend(), m_rows.cbegin(), m_rows.cend(),
                   [](const Row &now, const Row &before) { return now.token.id == before.token.id; });
    if (!haveStayed) {
        beginResetModel();
        m_rows = std::move(rows);
        endResetModel();
        return;
    }
    // What is chosen and scrolled to stays where it is.
    for (int row = 0; row < int(rows.size()); ++row) {
        if (rows.at(row) == m_rows.at(row))
            continue;
        m_rows[row] = std::move(rows[row]);
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

const TokenEntry *AllTokensModel::token(const QModelIndex &index) const
{
    return index.isValid() && index.row() < m_rows.size() ? &m_rows.at(index.row()).token : nullptr;
}

void AllTokensModel::setMasked(bool masked)
{
    if (std::exchange(m_isMasked, masked) == masked || m_rows.isEmpty())
        return;
    // The order stays as it was: it tells nobody a name.
    Q_EMIT dataChanged(index(0, AccountColumn), index(int(m_rows.size()) - 1, AccountColumn),
                       {Qt::DisplayRole, Qt::ToolTipRole});
}

void AllTokensModel::refreshTimes()
{
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, ExpiresColumn), index(int(m_rows.size()) - 1, ExpiresColumn),
                           {Qt::DisplayRole, Qt::ToolTipRole});
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
    case ResourceColumn: return resourceText(row.token);
    case ScopesColumn: return row.token.scopes.isEmpty() ? u"–"_s : row.token.scopes.toString();
    case SourceColumn: return sourceText(row.token, isLong);
    case BoundColumn: return boundText(row.token);
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
        if (index.column() == SourceColumn)
            return row.token.receivedAt;
        if (index.column() == AccountColumn)
            return row.account;
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

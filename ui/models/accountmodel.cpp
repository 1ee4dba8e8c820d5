// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "models/accountmodel.h"

#include "text/wording.h"

#include "widgets/symbol.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

#include <algorithm>
#include <vector>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr quintptr groupId = 0;
constexpr auto soon = std::chrono::minutes{5};

//! Whether nothing new comes without the person, whatever is asked for. A provider that misses consent for one request
//! says nothing about others. Spec: RFC 6749 §5.2.
bool isRefreshTokenOver(const AccountAttention &attention)
{
    return attention.error == "invalid_grant"_L1 && attention.subError != "consent_required"_L1;
}

} // namespace

QIcon stateIcon(AccountState state)
{
    switch (state) {
    case AccountState::Ready: return symbol(u"ok"_s, ColorRole::Success);
    case AccountState::ExpiresSoon: return symbol(u"clock"_s, ColorRole::Warning);
    case AccountState::Expired: return symbol(u"refresh"_s, ColorRole::Info);
    case AccountState::NeedsSignIn: return symbol(u"attention"_s, ColorRole::Danger);
    case AccountState::Refreshing: return symbol(u"refresh"_s, ColorRole::Accent);
    case AccountState::Locked: return symbol(u"lock"_s, ColorRole::Warning);
    case AccountState::Blocked: return symbol(u"fail"_s, ColorRole::Danger);
    case AccountState::Offline: return symbol(u"offline"_s, ColorRole::MutedText);
    }
    Q_UNREACHABLE();
}

bool hasUsableToken(const AccountEntry &entry, const QDateTime &at)
{
    const auto end = entry.expiresAt();
    return end.isValid() && end > at;
}

AccountState stateOf(const AccountEntry &entry, const QDateTime &at)
{
    if (entry.isBusy)
        return AccountState::Refreshing;
    if (entry.isBlocked)
        return AccountState::Blocked;
    const auto end = entry.expiresAt();
    if (entry.attention && (isRefreshTokenOver(*entry.attention) || !hasUsableToken(entry, at)))
        return AccountState::NeedsSignIn;
    if (entry.isLocked)
        return AccountState::Locked;
    if (entry.isOffline && ((end.isValid() && end > at) || entry.canRefresh))
        return AccountState::Offline;
    if (end.isValid() && end > at)
        return end > at.addDuration(soon) ? AccountState::Ready : AccountState::ExpiresSoon;
    return entry.canRefresh ? AccountState::Expired : AccountState::NeedsSignIn;
}

QString displayName(const Account &account)
{
    if (!account.username.isEmpty())
        return account.username;
    return account.name.isEmpty() ? account.id.homeAccountId.value : account.name;
}

QString displayName(const AccountEntry &entry)
{
    return entry.nickname.isEmpty() ? displayName(entry.account) : entry.nickname;
}

AccountModel::AccountModel(const Session &session, QObject *parent) : QAbstractItemModel(parent), m_session(session)
{
    connect(&session, &Session::accountsChanged, this, &AccountModel::reload);
    connect(&session, &Session::busyChanged, this, &AccountModel::takeBusy);
    connect(&session, &Session::profilesChanged, this, &AccountModel::reload);
    reload();
}

//! Most news are about one account: those that stand where they stood are neither copied nor looked up. False when
//! any came, went or moved.
bool AccountModel::updateInPlace()
{
    struct Change
    {
        int place;
        int row;
        const AccountEntry *entry;
    };
    const auto profiles = m_session.profiles() + m_session.lostProfiles();
    const auto accounts = m_session.accounts();
    if (!std::equal(profiles.cbegin(), profiles.cend(), m_groups.cbegin(), m_groups.cend(),
                    [](const ProfileEntry &profile, const Group &group) { return profile == group.profile; }))
        return false;
    std::vector<int> rows(std::size_t(m_groups.size()), 0);
    std::vector<Change> changes;
    int place = -1;
    for (const auto &entry : accounts) {
        // They come by profile.
        if (place < 0 || m_groups.at(place).profile.id != entry.profileId) {
            const auto group = std::find_if(m_groups.cbegin(), m_groups.cend(),
                                            [&entry](const Group &each) { return each.profile.id == entry.profileId; });
            if (group == m_groups.cend())
                continue;
            place = int(group - m_groups.cbegin());
        }
        const auto &present = m_groups.at(place).accounts;
        const int row = rows[std::size_t(place)]++;
        if (row >= present.size() || present.at(row).account.id != entry.account.id)
            return false;
        if (present.at(row) != entry)
            changes.push_back({place, row, &entry});
    }
    for (int at = 0; at < int(m_groups.size()); ++at) {
        if (rows[std::size_t(at)] != m_groups.at(at).accounts.size())
            return false;
    }
    for (const auto &change : changes) {
        m_groups[change.place].accounts[change.row] = *change.entry;
        const auto changed = index(change.row, 0, index(change.place, 0));
        Q_EMIT dataChanged(changed, changed);
    }
    return true;
}

void AccountModel::reload()
{
    if (updateInPlace())
        return;
    QList<Group> groups;
    QHash<QString, qsizetype> places;
    for (const auto &profile : m_session.profiles() + m_session.lostProfiles()) {
        places.insert(profile.id, groups.size());
        groups.append({profile, {}});
    }
    const auto accounts = m_session.accounts();
    for (const auto &account : accounts) {
        const auto place = places.constFind(account.profileId);
        if (place != places.constEnd())
            groups[*place].accounts.append(account);
    }
    if (!hasSameProfiles(groups)) {
        beginResetModel();
        m_groups = std::move(groups);
        endResetModel();
        return;
    }
    // What is open, chosen and scrolled to stays where it is.
    for (int place = 0; place < int(groups.size()); ++place)
        updateGroup(place, std::move(groups[place].accounts));
}

void AccountModel::takeBusy(const AccountEntry &entry)
{
    const auto place = indexOf(entry.profileId, entry.account.id);
    if (!place.isValid())
        return;
    m_groups[place.parent().row()].accounts[place.row()].isBusy = entry.isBusy;
    Q_EMIT dataChanged(place, place);
}

bool AccountModel::hasSameProfiles(const QList<Group> &groups) const
{
    return std::equal(groups.cbegin(), groups.cend(), m_groups.cbegin(), m_groups.cend(),
                      [](const Group &a, const Group &b) { return a.profile == b.profile; });
}

void AccountModel::updateGroup(int place, QList<AccountEntry> accounts)
{
    const auto parent = index(place, 0);
    auto &present = m_groups[place].accounts;
    // Ten thousand at once are one change, not ten thousand.
    constexpr qsizetype singleRows = 100;
    if (std::abs(accounts.size() - present.size()) > singleRows) {
        beginResetModel();
        present = std::move(accounts);
        endResetModel();
        return;
    }
    QSet<AccountId> wanted;
    for (const auto &entry : std::as_const(accounts))
        wanted.insert(entry.account.id);
    for (auto row = int(present.size()) - 1; row >= 0; --row) {
        if (wanted.contains(present.at(row).account.id))
            continue;
        beginRemoveRows(parent, row, row);
        present.removeAt(row);
        endRemoveRows();
    }
    QSet<AccountId> known;
    for (const auto &entry : std::as_const(present))
        known.insert(entry.account.id);
    int firstChanged = -1;
    int lastChanged = -1;
    for (int row = 0; row < int(accounts.size()); ++row) {
        const auto &entry = accounts.at(row);
        if (row < present.size() && present.at(row).account.id == entry.account.id) {
            if (present.at(row) == entry)
                continue;
            present[row] = entry;
            firstChanged = firstChanged < 0 ? row : firstChanged;
            lastChanged = row;
            continue;
        }
        if (known.contains(entry.account.id)) {
            // Only the order differs: rare enough to begin anew.
            beginResetModel();
            present = std::move(accounts);
            endResetModel();
            return;
        }
        beginInsertRows(parent, row, row);
        present.insert(row, entry);
        endInsertRows();
    }
    if (firstChanged >= 0)
        Q_EMIT dataChanged(index(firstChanged, 0, parent), index(lastChanged, 0, parent));
}

void AccountModel::refreshTimes()
{
    for (int place = 0; place < int(m_groups.size()); ++place) {
        const auto parent = index(place, 0);
        if (const auto rows = rowCount(parent); rows > 0)
            Q_EMIT dataChanged(index(0, 0, parent), index(rows - 1, 0, parent));
    }
}

template <typename Predicate> qsizetype AccountModel::countOnce(Predicate isMeant) const
{
    QHash<QString, QSet<AccountId>> known;
    qsizetype count = 0;
    for (const auto &group : m_groups) {
        const auto sameClient = [&group](const Group &other) {
            return other.profile.clientId == group.profile.clientId;
        };
        if (std::count_if(m_groups.cbegin(), m_groups.cend(), sameClient) < 2) {
            count += std::count_if(group.accounts.cbegin(), group.accounts.cend(), isMeant);
            continue;
        }
        auto &accounts = known[group.profile.clientId];
        for (const auto &entry : group.accounts) {
            if (!isMeant(entry))
                continue;
            count += accounts.contains(entry.account.id) ? 0 : 1;
            accounts.insert(entry.account.id);
        }
    }
    return count;
}

qsizetype AccountModel::attentionCount() const
{
    const auto now = QDateTime::currentDateTimeUtc();
    return countOnce([&now](const AccountEntry &entry) {
        // Whoever can refresh and was never refused needs nobody: no time has to be compared.
        return (entry.attention || !entry.canRefresh) && stateOf(entry, now) == AccountState::NeedsSignIn;
    });
}

const AccountEntry *AccountModel::account(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == groupId)
        return nullptr;
    return &m_groups.at(qsizetype(index.internalId()) - 1).accounts.at(index.row());
}

QModelIndex AccountModel::indexOf(const QString &profileId, const AccountId &account) const
{
    for (int group = 0; group < m_groups.size(); ++group) {
        if (m_groups.at(group).profile.id != profileId)
            continue;
        const auto &accounts = m_groups.at(group).accounts;
        for (int row = 0; row < accounts.size(); ++row) {
            if (accounts.at(row).account.id == account)
                return createIndex(row, 0, quintptr(group) + 1);
        }
    }
    return {};
}

qsizetype AccountModel::accountCount() const
{
    return countOnce([](const AccountEntry &) { return true; });
}

void AccountModel::setMasked(bool masked)
{
    if (m_isMasked == masked)
        return;
    m_isMasked = masked;
    refreshTimes();
}

QModelIndex AccountModel::index(int row, int column, const QModelIndex &parent) const
{
    if (!hasIndex(row, column, parent))
        return {};
    return createIndex(row, column, parent.isValid() ? quintptr(parent.row()) + 1 : groupId);
}

QModelIndex AccountModel::parent(const QModelIndex &index) const
{
    if (!index.isValid() || index.internalId() == groupId)
        return {};
    return createIndex(int(index.internalId()) - 1, 0, groupId);
}

int AccountModel::rowCount(const QModelIndex &parent) const
{
    if (!parent.isValid())
        return int(m_groups.size());
    if (parent.column() != 0 || parent.internalId() != groupId)
        return 0;
    return int(m_groups.at(parent.row()).accounts.size());
}

int AccountModel::columnCount(const QModelIndex &) const
{
    return 1;
}

QVariant AccountModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    if (const auto *entry = account(index))
        return accountData(*entry, role);
    return groupData(m_groups.at(index.row()), role);
}

QVariant AccountModel::groupData(const Group &group, int role) const
{
    const auto &profile = group.profile;
    switch (role) {
    case Qt::DisplayRole: return profile.isLost ? tr("Without a profile: %1").arg(profile.clientId) : profile.name;
    case Qt::ToolTipRole:
    case DetailRole: return profile.isLost ? tr("%1 at %2").arg(profile.clientId, profile.issuer) : profile.issuer;
    case Qt::DecorationRole: return symbol(u"profile"_s, profile.isLost ? ColorRole::Warning : ColorRole::Text);
    case Qt::AccessibleTextRole:
        return profile.isLost ? tr("Without a profile: %1 at %2").arg(profile.clientId, profile.issuer)
                              : tr("Profile %1").arg(profile.name);
    case IdRole:
    case ProfileIdRole: return group.profile.id;
    default: return {};
    }
}

QVariant AccountModel::accountData(const AccountEntry &entry, int role) const
{
    // A filter asks every account for its name: how it stands is found out only for those that are shown.
    const auto now = [] { return QDateTime::currentDateTimeUtc(); };
    const auto detail = [&entry](const QDateTime &at) { return stateText(stateOf(entry, at), entry.expiresAt(), at); };
    switch (role) {
    case Qt::DisplayRole: return m_isMasked ? maskedText() : displayName(entry);
    case Qt::DecorationRole: return stateIcon(stateOf(entry, now()));
    case Qt::ToolTipRole:
    case DetailRole: return detail(now());
    case Qt::AccessibleTextRole:
        return tr("Account %1, %2").arg(m_isMasked ? maskedText() : displayName(entry), detail(now()));
    case IdRole: return entry.account.id.homeAccountId.value;
    case ProfileIdRole: return entry.profileId;
    case ExpiresAtRole: return entry.expiresAt();
    case StateRole: return int(stateOf(entry, now()));
    case PersonalRole: return true;
    default: return {};
    }
}

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "models/profilemodel.h"

#include "text/foreigntext.h"
#include "widgets/symbol.h"

#include <countersign/client/presets.h>

#include <QtCore/QLocale>
#include <QtCore/QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr qsizetype longestHost = 253;

QString hostOf(const Profile &profile)
{
    return harmless(QUrl(profile.issuer).host(), longestHost);
}

} // namespace

QString providerName(const Profile &profile)
{
    const auto *preset = presetForIssuer(profile.issuer);
    return preset ? preset->name : harmless(QUrl(profile.issuer).host(), 80);
}

QString shortClientId(const QString &clientId)
{
    constexpr qsizetype longest = 20;
    const auto id = harmless(clientId, 300);
    return id.size() <= longest ? id : id.first(10) + u'…' + id.last(6);
}

void ProfileModel::setAccountCounts(QHash<QString, int> counts)
{
    if (counts == m_accounts)
        return;
    m_accounts = std::move(counts);
    if (!m_profiles.isEmpty())
        Q_EMIT dataChanged(index(0), index(int(m_profiles.size()) - 1));
}

void ProfileModel::setTestResult(const QString &id, const ProfileTestResult &result)
{
    const auto place = indexOf(id);
    if (const auto *tested = profile(place)) {
        m_tests.insert(id, {*tested, result});
        Q_EMIT dataChanged(place, place);
    }
}

//! The accounts, and what the last test of this run said of the profile as it is now.
QString ProfileModel::stateText(const Profile &profile) const
{
    QStringList parts;
    if (const int count = m_accounts.value(profile.id); count > 0)
        parts.append(tr("%n account(s)", nullptr, count));
    else
        parts.append(tr("No account"));
    const auto tested = m_tests.constFind(profile.id);
    if (tested == m_tests.constEnd() || !(tested->first == profile)) {
        parts.append(tr("not tested"));
        return parts.join(u" · "_s);
    }
    const auto at = QLocale().toString(tested->second.at.toLocalTime().time(), QLocale::ShortFormat);
    switch (tested->second.verdict) {
    case ProfileTestResult::Verdict::Works: parts.append(tr("works (tested %1)").arg(at)); break;
    case ProfileTestResult::Verdict::CannotTell: parts.append(tr("seems to work (tested %1)").arg(at)); break;
    case ProfileTestResult::Verdict::NotReached: parts.append(tr("not reached (%1)").arg(at)); break;
    case ProfileTestResult::Verdict::Broken: parts.append(tr("does not work (tested %1)").arg(at)); break;
    }
    return parts.join(u" · "_s);
}

void ProfileModel::setProfiles(QList<Profile> profiles, const QString &defaultId)
{
    beginResetModel();
    m_profiles = std::move(profiles);
    m_default = defaultId;
    std::stable_sort(m_profiles.begin(), m_profiles.end(), [](const Profile &a, const Profile &b) {
        return a.displayName().localeAwareCompare(b.displayName()) < 0;
    });
    endResetModel();
}

const Profile *ProfileModel::profile(const QModelIndex &index) const
{
    return index.isValid() && index.row() < m_profiles.size() ? &m_profiles.at(index.row()) : nullptr;
}

QModelIndex ProfileModel::indexOf(const QString &id) const
{
    for (int row = 0; row < m_profiles.size(); ++row) {
        if (m_profiles.at(row).id == id)
            return index(row);
    }
    return {};
}

int ProfileModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_profiles.size());
}

QVariant ProfileModel::data(const QModelIndex &index, int role) const
{
    const auto *found = profile(index);
    if (!found)
        return {};
    const auto name = harmless(found->displayName(), 80);
    const bool isUsable = found->configuration().hasValue();
    switch (role) {
    case Qt::DisplayRole: return found->id == m_default ? tr("%1 (default)").arg(name) : name;
    case Qt::DecorationRole: return isUsable ? symbol(u"profile"_s) : symbol(u"attention"_s, ColorRole::Danger);
    // What the row may have no room for.
    case Qt::ToolTipRole:
        return QStringList{name, harmless(found->issuer), harmless(found->clientId, 200), stateText(*found)}
            .join(u'\n')
            .toHtmlEscaped()
            .replace(u'\n', u"<br>"_s);
    case Qt::AccessibleTextRole:
        return isUsable
            ? tr("Profile %1, %2 at %3, %4").arg(name, providerName(*found), hostOf(*found), stateText(*found))
            : tr("Profile %1, %2 at %3, cannot be used as it is").arg(name, providerName(*found), hostOf(*found));
    case IdRole:
    case ProfileIdRole: return found->id;
    case DetailRole: {
        const auto host = hostOf(*found);
        const auto provider = providerName(*found);
        return QString((provider == host ? host : provider + u" · "_s + host) + u" · "_s
                       + shortClientId(found->clientId) + u'\n' + stateText(*found));
    }
    default: return {};
    }
}

} // namespace Countersign::Desktop

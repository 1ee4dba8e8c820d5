// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "models/profilemodel.h"

#include "text/foreigntext.h"
#include "widgets/symbol.h"

#include <countersign/client/presets.h>

#include <QtCore/QUrl>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

QString providerName(const Profile &profile)
{
    const auto *preset = presetForIssuer(profile.issuer);
    return preset ? preset->name : harmless(QUrl(profile.issuer).host(), 80);
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
    case Qt::ToolTipRole: return harmless(found->issuer).toHtmlEscaped();
    case Qt::AccessibleTextRole:
        return isUsable ? tr("Profile %1, %2").arg(name, providerName(*found))
                        : tr("Profile %1, %2, cannot be used as it is").arg(name, providerName(*found));
    case IdRole:
    case ProfileIdRole: return found->id;
    case DetailRole: return providerName(*found);
    default: return {};
    }
}

} // namespace Countersign::Desktop

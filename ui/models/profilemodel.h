// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/roles.h"

#include <countersign/client/profile.h>

#include <QtCore/QAbstractListModel>
#include <QtCore/QDateTime>
#include <QtCore/QHash>

namespace Countersign::Desktop {

//! What the last test of a profile ended with.
struct ProfileTestResult
{
    enum class Verdict : quint8 { Works, CannotTell, NotReached, Broken };
    Verdict verdict = Verdict::Works;
    QDateTime at; //!< UTC
};

//! The profiles by name.
class ProfileModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    void setProfiles(QList<Profile> profiles, const QString &defaultId);
    //! How many accounts signed in through each, by the profile's id.
    void setAccountCounts(QHash<QString, int> counts);
    //! A profile that is changed loses it.
    void setTestResult(const QString &id, const ProfileTestResult &result);
    const Profile *profile(const QModelIndex &index) const;
    QModelIndex indexOf(const QString &id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<Profile> m_profiles;
    QString stateText(const Profile &profile) const;

    QString m_default;
    QHash<QString, int> m_accounts;
    QHash<QString, std::pair<Profile, ProfileTestResult>> m_tests; //!< of the profile as it was then
};

//! A client ID that fits a line: its beginning and its end.
QString shortClientId(const QString &clientId);

//! The provider's name, as far as its address tells.
QString providerName(const Profile &profile);

} // namespace Countersign::Desktop

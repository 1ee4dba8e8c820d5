// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/roles.h"

#include <countersign/client/profile.h>

#include <QtCore/QAbstractListModel>

namespace Countersign::Desktop {

//! The profiles by name.
class ProfileModel final : public QAbstractListModel
{
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    void setProfiles(QList<Profile> profiles, const QString &defaultId);
    const Profile *profile(const QModelIndex &index) const;
    QModelIndex indexOf(const QString &id) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<Profile> m_profiles;
    QString m_default;
};

//! The provider's name, as far as its address tells.
QString providerName(const Profile &profile);

} // namespace Countersign::Desktop

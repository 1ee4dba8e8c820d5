// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QList>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace Countersign {

//! One of Microsoft's clouds as the hosts of its sign-in service. A plain value.
struct Cloud
{
    QString networkHost; //!< where requests go
    QString cacheHost; //!< under which entries are kept by preference
    QStringList hosts; //!< every alias, the two above included

    friend bool operator==(const Cloud &, const Cloud &) = default;
};

//! Every cloud that is known without asking the network.
[[nodiscard]] COUNTERSIGN_EXPORT const QList<Cloud> &knownClouds();
//! The cloud of \p host: an alias, or an alias with one region label before it. Null for any other host.
[[nodiscard]] COUNTERSIGN_EXPORT const Cloud *cloudOf(QStringView host);
//! \p host itself and its aliases.
[[nodiscard]] COUNTERSIGN_EXPORT QStringList aliasesOf(const QString &host);
//! Both hosts are known and belong to one cloud.
[[nodiscard]] COUNTERSIGN_EXPORT bool isSameCloud(QStringView a, QStringView b);
//! 1 to 63 of a-z, 0-9 and hyphen, none at the edges.
[[nodiscard]] COUNTERSIGN_EXPORT bool isRegionLabel(QStringView text);
//! Whether \p text is a GUID with hyphens, in any case.
[[nodiscard]] COUNTERSIGN_EXPORT bool isGuid(QStringView text);

//! The tenant that stands for personal Microsoft accounts.
inline constexpr char consumersTenant[] = "9188040d-6c67-4c5b-b112-36a304b66dad";

} // namespace Countersign

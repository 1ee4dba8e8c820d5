// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QString>

namespace Countersign {

//! Whether an application without a person asks a regional sign-in service of Microsoft's. A plain value.
struct COUNTERSIGN_EXPORT RegionChoice
{
    enum class Kind : quint8 {
        Unset, //!< the environment may force one
        Named,
        Detected, //!< where the program runs
        Never, //!< whatever the environment says
    };
    Kind kind = Kind::Unset;
    QString name; //!< of Named

    //! The region to ask; empty: the global service.
    //!
    //! \p forced is MSAL_FORCE_REGION, \p detected is REGION_NAME or what the machine's metadata service said; both may
    //! be empty. A name that cannot be part of a host is no region.
    //! Spec: contract C40.
    QString resolve(const QString &forced, const QString &detected) const;

    friend bool operator==(const RegionChoice &, const RegionChoice &) = default;
};

//! The regional host of \p host: one name for Microsoft's public cloud, a label before any other. Entries stay cached
//! under \p host. Spec: contract C40.
[[nodiscard]] COUNTERSIGN_EXPORT QString regionalHost(const QString &host, const QString &region);

} // namespace Countersign

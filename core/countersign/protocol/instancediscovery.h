// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/model/authority.h>
#include <countersign/protocol/httpanswer.h>

#include <QtCore/QStringList>
#include <QtCore/QUrl>

namespace Countersign::Protocol {

//! What Microsoft says of a host that no table here knows.
struct InstanceMetadata
{
    QUrl tenantDiscoveryEndpoint; //!< where the metadata of the asked tenant lies
    QStringList aliases; //!< of the asked host, itself included; just itself when the answer does not name it

    friend bool operator==(const InstanceMetadata &, const InstanceMetadata &) = default;
};

//! Whether \p authority has to be vouched for before its metadata is believed: an Entra authority on a host that is
//! in no table. B2C, CIAM, ADFS, dSTS and named issuers never are.
[[nodiscard]] COUNTERSIGN_EXPORT bool needsInstanceDiscovery(const Authority &authority);

//! Microsoft's public cloud is asked, whatever the host: the host itself cannot vouch for itself.
[[nodiscard]] COUNTERSIGN_EXPORT QUrl instanceDiscoveryUrl(const Authority &authority);

//! Reads the answer to a request for instanceDiscoveryUrl().
//!
//! Errors: InvalidArgument when Microsoft does not know the host (`invalid_instance`); InvalidResponse, cause
//!         DiscoveryInvalid; ServerUnavailable for 429 and 5xx.
//! Spec:   contract C38.
[[nodiscard]] COUNTERSIGN_EXPORT Result<InstanceMetadata>
parseInstanceMetadata(const Authority &authority, const HttpAnswer &answer, const QDateTime &at);

} // namespace Countersign::Protocol

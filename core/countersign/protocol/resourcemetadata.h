// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/protocol/httpanswer.h>

#include <QtCore/QDateTime>
#include <QtCore/QStringList>
#include <QtCore/QUrl>

namespace Countersign::Protocol {

//! What an API says of itself, checked. Made by parseResourceMetadata() only, apart from tests.
//!
//! Nobody vouches for it but the API itself: the servers it names are asked for tokens only after a person agreed
//! (security rule B.66). Spec: RFC 9728 §2.
struct COUNTERSIGN_EXPORT ResourceMetadata
{
    QString resource; //!< byte for byte
    QStringList authorizationServers; //!< issuers
    QStringList scopes; //!< to ask for
    QStringList bearerMethods; //!< "header", "body", "query"; only the first is ever used here
    QStringList authorizationDetailsTypes; //!< RFC 9396
    QStringList dpopAlgorithms;
    bool requiresDpop = false;
    bool requiresMutualTls = false;
    QString name; //!< for people, and the resource's own word
    QUrl documentation; //!< https, or empty

    friend bool operator==(const ResourceMetadata &, const ResourceMetadata &) = default;
};

//! Where the metadata of \p resource lies when no challenge says it. Spec: RFC 9728 §3.1.
//!
//! Errors: InvalidArgument unless \p resource is https (http on loopback) without user info and fragment.
[[nodiscard]] COUNTERSIGN_EXPORT Result<QUrl> wellKnownResourceMetadata(const QUrl &resource);

//! \p resource is what the metadata was asked for: the address that was called, or the resource's identifier.
//!
//! Errors: InvalidResponse for any status but 200 and for anything malformed; SecurityCheckFailed when the document
//!         speaks for another resource.
//! Spec:   RFC 9728 §3.2, §3.3.
[[nodiscard]] COUNTERSIGN_EXPORT Result<ResourceMetadata>
parseResourceMetadata(const QUrl &resource, const HttpAnswer &answer, const QDateTime &at);

} // namespace Countersign::Protocol

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/jose/json.h>

#include <QtCore/QByteArray>
#include <QtCore/QStringList>

namespace Countersign::Protocol {

//! `authorization_details` that may be sent: a JSON array of objects, each with a `type`.
//!
//! \p supported are the types that the provider announces; empty: it does not say.
//! Errors: InvalidArgument for any other JSON; NotSupported for a type the provider does not know.
//! Spec:   RFC 9396 §2, §10; security rule B.59.
[[nodiscard]] COUNTERSIGN_EXPORT Result<void> checkAuthorizationDetails(QStringView json, const QStringList &supported);

//! What a token response grants, as its JSON array; empty where it says nothing.
//!
//! Errors: InvalidResponse when it is anything else. Spec: RFC 9396 §7.
[[nodiscard]] COUNTERSIGN_EXPORT Result<QByteArray> grantedAuthorizationDetails(const Jose::JsonObject &response);

} // namespace Countersign::Protocol

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/protocol/authorization.h>

#include <QtCore/QStringView>

namespace Countersign::Protocol {

//! Whether the library sets the parameter of an authorization request itself, so that an extra one of that name would
//! undo a protection: `state`, `redirect_uri`, `code_challenge` …
[[nodiscard]] COUNTERSIGN_EXPORT bool isOwnParameter(QStringView name);
//! Whether it says what AuthorizationRequest has a member for: beside a value there, an extra one would be a second of
//! the same name, which RFC 6749 §3.1 forbids.
[[nodiscard]] COUNTERSIGN_EXPORT bool hasOwnMember(QStringView name);
//! Whether \p extra may go along with a request. `authorization_details` has its member as the only way: there it is
//! checked, and tokens that carry them are cached apart from plain ones.
//! Errors: InvalidArgument naming the parameter.
[[nodiscard]] Result<void> checkExtra(const QList<ExtraParameter> &extra);

} // namespace Countersign::Protocol

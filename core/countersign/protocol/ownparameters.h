// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/countersign_export.h>

#include <QtCore/QStringView>

namespace Countersign::Protocol {

//! Whether the library sets the parameter of an authorization request itself, so that an extra one of that name would
//! undo a protection: `state`, `redirect_uri`, `code_challenge` …
[[nodiscard]] COUNTERSIGN_EXPORT bool isOwnParameter(QStringView name);
//! Whether it says what AuthorizationRequest has a member for: beside a value there, an extra one would be a second of
//! the same name, which RFC 6749 §3.1 forbids.
[[nodiscard]] COUNTERSIGN_EXPORT bool hasOwnMember(QStringView name);

} // namespace Countersign::Protocol

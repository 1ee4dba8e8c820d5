// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

namespace Countersign::Desktop {

// What the tables of tokens say of one. No secret is ever in it.

//! Who takes the token: as it says itself, or else as its scopes do.
QString resourceText(const TokenEntry &token);
//! How it came and, if \p isLong, when.
QString sourceText(const TokenEntry &token, bool isLong);
//! What else has to be shown with it.
QString boundText(const TokenEntry &token);

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"

namespace Countersign::Desktop {

// What the windows do, as the command line spells it. No secret is ever in it; account names are personal data.

QString signInCommand(const SignInRequest &request, const ProfileEntry &profile);
QString tokenCommand(const TokenRequest &request, const QString &accountName);
QString signOutCommand(const SignOutRequest &request, const QString &accountName);
//! \p text as one word of a POSIX shell.
QString shellWord(const QString &text);

} // namespace Countersign::Desktop

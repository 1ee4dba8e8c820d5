// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accounts/session.h"
#include "models/roles.h"

namespace Countersign::Desktop {

// Sentences that more than one place needs.

//! "in 42 min", "12 minutes ago". Times by the reader's locale.
QString expiryText(const QDateTime &expiresAt, const QDateTime &at);
QString stateText(AccountState state, const QDateTime &expiresAt, const QDateTime &at);
//! What a sign-in is busy with. \p host is where, \p store where the result will lie.
QString stageText(Operation::Stage stage, SignInWay way, const QString &host, const QString &store);
QString wayText(SignInWay way);
//! One row of the cache's decision, for the person who asked for a token.
QString traceText(const TraceRow &row);
QString originText(TokenOrigin origin);
//! Stands for what is hidden while the screen is shared.
QString maskedText();

} // namespace Countersign::Desktop

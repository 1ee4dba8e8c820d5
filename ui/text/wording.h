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
//! What getting a token without its person is busy with. \p host is where, \p store where the result will lie.
//! \p isOtherUnderWay: another request for the account has to end first.
QString stageText(Operation::Stage stage, const QString &host, const StoreState &store, bool isOtherUnderWay);
QString wayText(SignInWay way);
//! One row of the cache's decision, for the person who asked for a token.
QString traceText(const TraceRow &row);
QString originText(TokenOrigin origin);
//! Stands for what is hidden while the screen is shared.
QString maskedText();

} // namespace Countersign::Desktop

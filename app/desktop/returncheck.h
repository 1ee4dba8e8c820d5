// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QObject>
#include <QtCore/QUrl>

#include <functional>

namespace Countersign::Desktop {

//! Asks the listener of a sign-in for a page that it does not have, past every proxy, as a browser on this computer
//! would. Whatever it answers in HTTP shows that answers arrive; the sign-in waits on.
//!
//! \p handler is called once, later, unless \p context is gone by then.
//!
//! Errors: NetworkUnavailable when there is no connection, with what the system said; TimedOut; InvalidResponse when
//!         something else answers; NotSupported when \p redirect is not on this computer.
void checkReturn(const QUrl &redirect, QObject *context, std::function<void(const Result<void> &)> handler);

} // namespace Countersign::Desktop

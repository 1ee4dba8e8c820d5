// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <accounts/session.h>

namespace Countersign::Desktop {

//! Reads a cache of another program on another thread. \p handler is called once, later, unless \p context is gone by
//! then. Nothing is ever written.
//!
//! Errors: those of ForeignCache::open().
void readForeignCacheFile(const QString &path, QObject *context, Session::ForeignHandler handler);

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>

#include <QtCore/QObject>

#include <functional>

namespace Countersign::App {

//! Starts \p program, the embedded sign-in window's, and lets it show a page of its own where nobody sees it.
//! \p handler is called once, later, unless \p context is gone by then; with \p context the program ends.
//!
//! Errors: NotSupported (WebViewMissing when it cannot be started, WebViewFailed otherwise), with its own words.
void checkView(const QString &program, QObject *context, std::function<void(const Result<void> &)> handler);

} // namespace Countersign::App

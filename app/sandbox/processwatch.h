// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QObject>

#include <functional>

namespace CountersignSandbox {

//! Calls \p stop on SIGTERM, SIGINT and SIGHUP. Nothing where there are no signals.
void stopOnSignals(QObject *context, std::function<void()> stop);
//! Ends this process when the one that started it ends. False where the platform has no way.
bool stopWithParent(QObject *context, std::function<void()> stop);
//! Calls \p stop when standard input ends: for parents that hold its other end.
void stopOnEndOfInput(QObject *context, std::function<void()> stop);

} // namespace CountersignSandbox

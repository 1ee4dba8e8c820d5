// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <common/storechoice.h>

QT_BEGIN_NAMESPACE
class QObject;
class QWidget;
QT_END_NAMESPACE

namespace Countersign::Desktop {

//! Asks the person for the passphrase of the sealed file that \p store ("file:PATH") names, in front of \p parent,
//! until it opens the file or they give up; for a file that is not there yet, a new one. \p handler is called once,
//! unless \p context is gone by then. \p random outlives both.
//!
//! Errors: StorageUnavailable (StoreLocked) when they gave up; what else the file answers.
void askForPassphrase(const QString &store, RandomSource &random, QWidget *parent, QObject *context,
                      std::function<void(Result<Secret>)> handler);

} // namespace Countersign::Desktop

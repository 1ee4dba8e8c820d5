// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QStringList>

namespace Countersign::Cli {

//! Runs the command line and says what to exit with. \p name is what the program was called by: some names are short
//! for a verb, as other programs expect of their helpers.
int run(const QString &name, const QStringList &arguments);

} // namespace Countersign::Cli

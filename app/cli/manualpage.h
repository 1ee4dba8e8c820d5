// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "commandline.h"

namespace Countersign::Cli {

//! The manual pages in roff: countersign(1) under an empty name, and one for each verb of the first level.
QList<std::pair<QString, QByteArray>> manualPages(const CommandLine &commandLine);

} // namespace Countersign::Cli

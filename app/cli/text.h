// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtCore/QCoreApplication>

namespace Countersign::Cli {

//! The words of the command line, for translators: one context for all of them.
class Text
{
    Q_DECLARE_TR_FUNCTIONS(CommandLine)
};

} // namespace Countersign::Cli

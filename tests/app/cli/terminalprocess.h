// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cliprocess.h"

namespace CountersignTest {

//! Runs `countersign` in a pseudo-terminal of its own, as a person at a keyboard sees it. `out` is everything that was
//! shown. As soon as \p prompt was shown, \p input is typed and \p signal, if it is one, is sent.
CliRun runOnTerminal(const QStringList &arguments, const Environment &environment, const QByteArray &prompt = {},
                     const QByteArray &input = {}, int signal = 0);

} // namespace CountersignTest

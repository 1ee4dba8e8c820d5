// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "cliprocess.h"

#include <QtCore/QByteArrayList>

namespace CountersignTest {

//! Runs `countersign` in a pseudo-terminal of its own, as a person at a keyboard sees it. `out` is everything that was
//! shown. As soon as \p prompt was shown, \p input is typed and \p signal, if it is one, is sent.
CliRun runOnTerminal(const QStringList &arguments, const Environment &environment, const QByteArray &prompt = {},
                     const QByteArray &input = {}, int signal = 0);
//! The same with several answers: the next of \p inputs each time \p prompt is shown once more.
CliRun runOnTerminal(const QStringList &arguments, const Environment &environment, const QByteArray &prompt,
                     const QByteArrayList &inputs, int signal = 0);

} // namespace CountersignTest

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace Countersign::Desktop {

//! Looks whether this installation is whole: icons, image formats, a window that can be drawn, the programs beside it,
//! TLS. Prints a line each; the answer is the exit code. Sends nothing, stores nothing.
int runSelfTest();

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/client/extraparameters.h>

namespace Countersign::Desktop {

//! What is wrong with extra parameters as they were typed, in one sentence; empty: nothing.
QString flawText(const ExtraParameterText &read);

} // namespace Countersign::Desktop

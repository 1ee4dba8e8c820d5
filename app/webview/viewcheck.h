// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

namespace Countersign {

//! The argument with which this program looks whether it can work.
inline constexpr char viewCheckArgument[] = "--check";

//! Shows a page of its own, which touches no network, where nobody sees it, and runs its script. Needs no pipe.
//!
//! \returns 0 when the page came out as it should; otherwise what is wrong stands on standard error.
int checkView(char **argv);

} // namespace Countersign

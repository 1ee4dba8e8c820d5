// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "accountcollector.h"

namespace Countersign::Desktop {

//! What takes the place of profiles that are gone: one for each client of which \p cache holds something and that none
//! of \p known names. With it, what is kept can still be seen, used and signed out.
//!
//! Their ids are those of no profile in a file, and the same every time. Not all of them need have an account.
QList<Profile> lostProfilesOf(const TokenCache &cache, const QList<ProfileScope> &known);

} // namespace Countersign::Desktop

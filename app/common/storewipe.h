// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/storage/persistenttokencache.h>

namespace Countersign::App {

//! Forgets every account, token and client secret of \p cache and clears its store: first as a change that other
//! programs see, or one that has the accounts in memory would save them again. A store that cannot be read is cleared
//! all the same.
//!
//! \p done is called once, later, unless \p context is gone by then. Errors: those of the store.
void wipeStore(PersistentTokenCache &cache, QObject *context, PersistentTokenCache::DoneHandler done);

} // namespace Countersign::App

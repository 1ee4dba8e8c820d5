// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/storage/tokenstore.h>

namespace Countersign {

//! Moves everything from one store to another, empty one. The source is cleared only when the target gave back, byte
//! for byte, what was saved to it. Both stores have to live until \p done is called.
//!
//! Errors: InvalidArgument if the target is not empty; otherwise those of the stores. On any error the source is whole.
COUNTERSIGN_EXPORT void migrateStore(TokenStore &from, TokenStore &to, QObject *context, TokenStore::DoneHandler done);

} // namespace Countersign

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/storage/tokenstore.h>

#include <functional>

namespace Countersign {

//! Moves everything from one store to another, empty one. The source is cleared only when the target gave back, byte
//! for byte, what was saved to it. Both stores have to live until \p done is called.
//!
//! \p adopt, if there is one, is called between the two: it writes down that \p to is the store from now on, so that
//! there is no moment at which the tokens lie where nobody looks. Its error ends the move.
//!
//! Errors: InvalidArgument if the target is not empty; those of \p adopt; otherwise those of the stores. On any error
//! the source was not cleared, or only clearing it failed: then \p adopt had been called, and the target has it all.
COUNTERSIGN_EXPORT void migrateStore(TokenStore &from, TokenStore &to, QObject *context, TokenStore::DoneHandler done,
                                     std::function<Result<void>()> adopt = {});

} // namespace Countersign

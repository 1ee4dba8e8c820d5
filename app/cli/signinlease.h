// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "session.h"
#include "tokenrequest.h"

#include <QtCore/QLockFile>

#include <memory>

namespace Countersign::Cli {

//! The right to ask the person for one certain sign-in, held by one process of all that share the store. Ends with the
//! object, or with the process however that ends.
//!
//! A build that runs git ten times at once is to open one page: the others wait, and find its token in the store.
class SignInLease
{
public:
    //! Waits for another process that asks for the same token of the same account. That it does is said.
    //!
    //! Errors: TimedOut after --wait-lock (60 s otherwise) or --timeout; Cancelled by Ctrl+C.
    [[nodiscard]] static Result<SignInLease> take(Session &session, const TokenRequest &request,
                                                  const std::optional<Account> &account);
    //! The same at once; without the right when another process has it.
    static SignInLease tryTake(Session &session, const TokenRequest &request, const std::optional<Account> &account);

    //! Whether somebody else was waited for: then the store may have what was wanted.
    bool hasWaited() const { return m_hasWaited; }

private:
    std::unique_ptr<QLockFile> m_file; //!< null: the store is this process's alone, or cannot have files beside it
    bool m_hasWaited = false;
};

} // namespace Countersign::Cli

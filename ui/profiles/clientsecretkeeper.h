// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/client/profile.h>

namespace Countersign::Desktop {

//! Where the secrets lie that clients were registered with: among the tokens, never in the profiles' file. The windows
//! never see one that is kept.
//!
//! Nothing waits: every handler is called later, unless \a context is gone by then.
class ClientSecretKeeper
{
public:
    using LookHandler = std::function<void(const Result<bool> &)>;
    using DoneHandler = std::function<void(const Result<void> &)>;

    virtual ~ClientSecretKeeper() = default;
    //! Whether one is kept for the registration of \p profile. Errors: those of the store.
    virtual void look(const Profile &profile, QObject *context, LookHandler handler) = 0;
    //! In place of the one before. Errors: InvalidArgument for what can be no secret; those of the store.
    virtual void keep(const Profile &profile, Secret secret, QObject *context, DoneHandler handler) = 0;
    //! Having none is no error. Errors: those of the store.
    virtual void forget(const Profile &profile, QObject *context, DoneHandler handler) = 0;
};

} // namespace Countersign::Desktop

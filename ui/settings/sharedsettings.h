// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QObject>
#include <QtCore/QString>

#include <functional>
#include <optional>

namespace Countersign::Desktop {

//! What the person set once for every program of ours, the place where tokens are kept, and what the system does for
//! the program. The windows do not know where any of it lies.
class SharedSettings
{
public:
    using DoneHandler = std::function<void(const Result<void> &)>;
    //! What became of a move that came to its end.
    struct Moved
    {
        std::optional<Error> leftover; //!< why the old place could not be emptied; unset: it is empty
        bool wasUnreachable = false; //!< the old place is not there: nothing was moved, and the new one is used
    };
    using MoveHandler = std::function<void(const Result<Moved> &)>;

    virtual ~SharedSettings() = default;

    //! \p name is one of those that `countersign config` knows, for example "store", "proxy", "offline"; empty when it
    //! is not set.
    virtual QString value(const QString &name) const = 0;
    //! The file by which the administrator of this computer locks \p name; empty: it is the person's to set.
    virtual QString lockedBy(const QString & /*name*/) const { return {}; }
    //! An empty \p value takes the setting back. "offline", "history_days", "without_keychain", "embedded_session" and
    //! "via" take effect at once, the others with the next start.
    //!
    //! Errors: InvalidArgument for a value that cannot be right; NotSupported (ForbiddenByPolicy) for a locked one;
    //!         StorageUnavailable when it cannot be written.
    [[nodiscard]] virtual Result<void> set(const QString &name, const QString &value) = 0;
    //! Whether the program is started when the person logs in.
    virtual bool startsAtLogin() const = 0;
    //! Errors: StorageUnavailable when the system's entry cannot be written.
    [[nodiscard]] virtual Result<void> setStartsAtLogin(bool starts) = 0;

    //! Where tokens are kept now, for people.
    virtual QString storeName() const = 0;
    //! What lies there and how much of it, as far as it was opened.
    struct Content
    {
        qsizetype accounts = 0;
        qsizetype tokens = 0;
        qsizetype clientSecrets = 0;
    };
    virtual Content content() const = 0;
    //! Whether the sign-in window of our own keeps anything of a provider on this computer now, and the end of that.
    //!
    //! Errors: StorageUnavailable.
    virtual bool hasEmbeddedSessions() const = 0;
    [[nodiscard]] virtual Result<void> forgetEmbeddedSessions() = 0;
    //! Writes to that place, reads back and deletes. \p handler is called unless \p context is gone by then.
    virtual void testStore(QObject *context, DoneHandler handler) = 0;
    //! Moves everything, unless the store that is used cannot be reached at all, to \p target ("keychain", "file:PATH",
    //! "msal:PATH") and sets it for the next start; the old place is cleared only when the new one gave back every byte
    //! and is set. \p passphrase is for file:PATH. \p handler is called unless \p context is gone by then; the move
    //! itself comes to its end. From its beginning until the program starts anew nothing else is done to the store,
    //! unless the move fails.
    //!
    //! Errors: InvalidArgument for a target that is no other place or is not empty; StorageUnavailable with StoreBusy
    //!         during or after another move; those of the stores and of set(). On any error nothing was moved.
    virtual void moveStore(const QString &target, Secret passphrase, QObject *context, MoveHandler handler) = 0;
    //! Forgets every account and token, here and at the store, and those that live in memory only, and what the sign-in
    //! window keeps. Nothing is revoked.
    virtual void wipeStore(QObject *context, DoneHandler handler) = 0;
};

} // namespace Countersign::Desktop

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/result.h>
#include <countersign/crypto/secret.h>

#include <QtCore/QObject>

#include <functional>

namespace Countersign {

//! What a store keeps: opaque bytes, and how often they were saved. Generation 0 with no bytes: nothing saved yet.
struct StoredBlob
{
    Secret bytes;
    quint64 generation = 0;
    bool forgetsPrevious = false; //!< no generation before this one may be left once it is saved
};

//! Keeps the cache's bytes at rest. It knows nothing of tokens.
//!
//! Every handler is called once, later than the call, on the caller's thread, unless \p context is gone by then.
//! Calls of one store must not overlap: PersistentTokenCache sees to that.
//!
//! Errors: StorageUnavailable with the cause StoreLocked, StoreMissing, StoreDenied, StoreFull, StoreWriteNotVerified,
//!         PassphraseWrong; StorageDamaged when nothing readable is left (what was damaged is kept aside).
class COUNTERSIGN_EXPORT TokenStore
{
public:
    enum class Kind : quint8 { Memory, Keychain, SealedFile, MsalFile };
    using LoadHandler = std::function<void(Result<StoredBlob>)>;
    using DoneHandler = std::function<void(const Result<void> &)>;

    virtual ~TokenStore();

    virtual Kind kind() const = 0;
    //! For people: where it is, for example "Keychain (countersign/default)" or a path.
    virtual QString name() const = 0;
    //! Where lock and stamp files lie, which tell other processes. Empty: the store belongs to this process alone.
    virtual QString folder() const = 0;
    //! Names lock and stamp files: the same for every program that uses the same store. ASCII letters, digits, '-'.
    virtual QString id() const = 0;

    //! The file that whoever saves holds locked. Empty if folder() is.
    virtual QString lockPath() const;
    //! What differs after another program, one that knows no stamp, changed the store. Cheap.
    virtual QByteArray revision() const { return {}; }

    virtual void load(QObject *context, LoadHandler handler) = 0;
    //! Saves \p blob.bytes under \p blob.generation and reads them back before it reports success.
    virtual void save(StoredBlob blob, QObject *context, DoneHandler handler) = 0;
    //! Whether a save would work now: present, unlocked, writable. Writes nothing that lasts.
    virtual void probe(QObject *context, DoneHandler handler) = 0;
    //! Does what the first save would have to ask a person for: a keychain that was never used asks for the password of
    //! a new one. Most stores have nothing to ask. Errors: StoreDenied when the person refuses or does not answer.
    virtual void prepare(QObject *context, DoneHandler handler);
    //! Removes everything this store keeps.
    virtual void clear(QObject *context, DoneHandler handler) = 0;
    //! What the last load found wrong and mended, for the person: empty when all was well.
    virtual QString lastWarning() const { return {}; }
};

//! English identifier, for example "keychain".
COUNTERSIGN_EXPORT QString identifier(TokenStore::Kind kind);

//! Where stores lie unless a program says otherwise: GenericDataLocation/countersign.
COUNTERSIGN_EXPORT QString defaultStoreFolder();

} // namespace Countersign

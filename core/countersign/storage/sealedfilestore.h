// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/randomsource.h>
#include <countersign/crypto/sealing.h>
#include <countersign/storage/tokenstore.h>

#include <memory>

namespace Countersign {

//! A file sealed with a passphrase (AES-256-GCM, scrypt), for machines without a keychain.
//!
//! Errors: StorageUnavailable, PassphraseWrong as cause if the passphrase does not open it.
class COUNTERSIGN_EXPORT SealedFileStore final : public TokenStore
{
public:
    //! "tokens.sealed" in defaultStoreFolder().
    static QString defaultPath();
    //! \p random must outlive this object. \p path empty: defaultPath().
    SealedFileStore(Secret passphrase, RandomSource &random, QString path = {}, ScryptCost cost = {});
    ~SealedFileStore() override;

    Kind kind() const override { return Kind::SealedFile; }
    QString name() const override;
    QString folder() const override;
    QString id() const override;
    void load(QObject *context, LoadHandler handler) override;
    void save(StoredBlob blob, QObject *context, DoneHandler handler) override;
    void probe(QObject *context, DoneHandler handler) override;
    void clear(QObject *context, DoneHandler handler) override;
    QString lastWarning() const override { return m_warning; }

private:
    struct Keys;
    std::shared_ptr<Keys> m_keys;
    RandomSource &m_random;
    QString m_path;
    QString m_warning;
};

} // namespace Countersign

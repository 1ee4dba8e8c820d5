// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/storage/sealedfilestore.h>

namespace Countersign::App {

//! A sealed file whose passphrase is not known yet: locked, like a keychain, until unlock(). It knows its name and
//! place all the same, and what is asked of it before then fails at once with StoreLocked.
class LockedFileStore final : public TokenStore
{
public:
    //! \p random must outlive this object. \p path empty: SealedFileStore::defaultPath().
    LockedFileStore(RandomSource &random, const QString &path);
    ~LockedFileStore() override;

    bool isLocked() const { return m_isLocked; }
    //! Whether it is the right one shows when the file is loaded; with another one it can be unlocked again.
    void unlock(Secret passphrase);

    Kind kind() const override { return Kind::SealedFile; }
    QString name() const override { return m_file->name(); }
    QString folder() const override { return m_file->folder(); }
    QString id() const override { return m_file->id(); }
    void load(QObject *context, LoadHandler handler) override;
    void save(StoredBlob blob, QObject *context, DoneHandler handler) override;
    void probe(QObject *context, DoneHandler handler) override;
    void clear(QObject *context, DoneHandler handler) override;
    QString lastWarning() const override { return m_file->lastWarning(); }

private:
    RandomSource &m_random;
    const QString m_path;
    std::unique_ptr<SealedFileStore> m_file; //!< while it is locked, only its name and place are good
    bool m_isLocked = true;
};

} // namespace Countersign::App

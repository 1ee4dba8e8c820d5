// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/base/randomsource.h>
#include <countersign/storage/tokenstore.h>

#include <optional>

namespace Countersign {

struct StoreEnvelope;

//! The platform's keychain: the default.
//!
//! One item holds the document itself while that fits, otherwise the key to a file sealed beside it (AES-256-GCM).
//! Once the key form is reached it is kept. The generation before the last is kept as well, and used when the last one
//! turns out to be damaged; the key is kept twice.
class COUNTERSIGN_EXPORT KeychainStore final : public TokenStore
{
public:
    struct Options
    {
        QString service = QStringLiteral("countersign");
        QString account = QStringLiteral("default");
        QString folder = defaultStoreFolder();
        //! The largest document to lie in the item itself. Units: bytes.
        qsizetype itemLimit = defaultItemLimit();
    };
    //! Windows takes 2560 bytes an item; elsewhere cost grows with the size, and 48 KiB are about thirty accounts.
    static qsizetype defaultItemLimit();

    //! \p random must outlive this object.
    explicit KeychainStore(RandomSource &random);
    KeychainStore(RandomSource &random, Options options);

    Kind kind() const override { return Kind::Keychain; }
    QString name() const override;
    QString folder() const override { return m_options.folder; }
    QString id() const override;
    void load(QObject *context, LoadHandler handler) override;
    void save(StoredBlob blob, QObject *context, DoneHandler handler) override;
    void probe(QObject *context, DoneHandler handler) override;
    void prepare(QObject *context, DoneHandler handler) override;
    void clear(QObject *context, DoneHandler handler) override;
    QString lastWarning() const override { return m_warning; }

    //! Where the sealed form lies.
    QString sealedPath() const;

private:
    struct Saving;
    void loadSealed(Secret key, QByteArray storeId, QObject *context, LoadHandler handler);
    void restoreCopy(Secret item, StoreEnvelope envelope, QObject *context, const LoadHandler &handler);
    void loadEnvelope(StoreEnvelope envelope, const QString &warning, QObject *context, LoadHandler handler);
    struct Damage
    {
        Error why;
        QString aside; // where the damaged item was copied to, or nothing
    };
    void loadPrevious(QObject *context, const Damage &damage, LoadHandler handler);
    void giveUp(QObject *context, const Damage &damage, const LoadHandler &handler);
    void saveDocument(std::shared_ptr<Saving> saving);
    void saveSealed(std::shared_ptr<Saving> saving);
    void writeVerified(std::shared_ptr<Saving> saving);

    RandomSource &m_random;
    Options m_options;
    QString m_warning;
};

} // namespace Countersign

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/storage/sealedfilestore.h>

#include <countersign/base/background.h>
#include <countersign/storage/sealedfile.h>
#include <countersign/storage/storefiles.h>

#include <QtCore/QFileInfo>
#include <QtCore/QMutex>

using namespace Qt::StringLiterals;

namespace Countersign {

//! The passphrase, and the key that was derived from it last: deriving takes half a second, on purpose.
struct SealedFileStore::Keys
{
    QMutex mutex;
    Secret passphrase;
    ScryptCost cost; // for a new file
    SealedHeader header; // of the file that was opened or made last
    Secret key;
    bool isProven = false; // the key has opened or made the file

    Result<Secret> keyFor(const SealedHeader &wanted)
    {
        const QMutexLocker locker(&mutex);
        if (!wanted.hasPassphrase)
            return Error{ErrorCode::StorageDamaged, u"the file was not sealed with a passphrase"_s};
        if (key.isEmpty() || header.salt != wanted.salt || header.cost != wanted.cost) {
            auto derived = deriveSealingKey(passphrase, wanted.salt, wanted.cost);
            if (!derived)
                return derived;
            key = std::move(*derived);
        }
        header = wanted;
        return key.clone();
    }
};

QString SealedFileStore::defaultPath()
{
    return defaultStoreFolder() + u"/tokens.sealed"_s;
}

SealedFileStore::SealedFileStore(Secret passphrase, RandomSource &random, QString path, ScryptCost cost)
    : m_keys(std::make_shared<Keys>()), m_random(random), m_path(path.isEmpty() ? defaultPath() : std::move(path))
{
    m_keys->passphrase = std::move(passphrase);
    m_keys->cost = cost;
}

SealedFileStore::~SealedFileStore() = default;

QString SealedFileStore::name() const
{
    return m_path;
}

QString SealedFileStore::folder() const
{
    return QFileInfo(m_path).absolutePath();
}

QString SealedFileStore::id() const
{
    return QFileInfo(m_path).fileName();
}

void SealedFileStore::load(QObject *context, LoadHandler handler)
{
    using Loaded = Result<std::optional<SealedFile::Content>>;
    m_warning.clear();
    inBackground<Loaded>(
        context,
        [file = SealedFile{m_path}, keys = m_keys]() -> Loaded {
            auto content = file.load([keys](const SealedHeader &header) { return keys->keyFor(header); });
            keys->isProven = content && *content;
            if (content || content.error().code() != ErrorCode::StorageDamaged)
                return content;
            // AES-GCM cannot tell a wrong key from a changed text. An intact head speaks for the passphrase.
            const auto bytes = readPrivateFile(file.path);
            const auto header =
                bytes && *bytes ? SealedHeader::parse((*bytes)->reveal()) : Result<SealedHeader>(content.error());
            if (!header || !header->hasPassphrase)
                return content;
            return Error{ErrorCode::StorageUnavailable, ErrorCause::PassphraseWrong,
                         u"the passphrase does not open the sealed file, or the file is damaged"_s};
        },
        [this, handler = std::move(handler)](Loaded content) {
            if (!content)
                return handler(std::move(content).error());
            if (!*content)
                return handler(StoredBlob());
            m_warning = (*content)->warning;
            handler(StoredBlob{std::move((*content)->bytes), (*content)->header.generation});
        });
}

void SealedFileStore::save(StoredBlob blob, QObject *context, DoneHandler handler)
{
    auto shared = std::make_shared<StoredBlob>(std::move(blob));
    inBackground<Result<void>>(
        context,
        [this, file = SealedFile{m_path}, keys = m_keys, shared]() -> Result<void> {
            SealedHeader header = keys->header;
            header.generation = shared->generation;
            if (!keys->isProven) {
                // A file that is there was not opened with this passphrase: it is not ours to replace.
                const auto there = readPrivateFile(file.path);
                if (!there)
                    return there.error();
                if (*there)
                    return Error{ErrorCode::StorageUnavailable, ErrorCause::PassphraseWrong,
                                 u"the sealed file has to be opened before it is replaced"_s};
                header.hasPassphrase = true;
                header.cost = keys->cost;
                header.salt = m_random.bytes(scryptSaltSize);
                header.storeId = m_random.bytes(storeIdSize);
            }
            const auto key = keys->keyFor(header);
            if (!key)
                return key.error();
            auto saved = file.save(header, *key, shared->bytes.reveal(), m_random, shared->forgetsPrevious);
            keys->isProven = keys->isProven || saved;
            return saved;
        },
        [handler = std::move(handler)](Result<void> saved) { handler(saved); });
}

void SealedFileStore::probe(QObject *context, DoneHandler handler)
{
    inBackground<Result<void>>(
        context, [folder = folder()] { return probeFolder(folder); },
        [handler = std::move(handler)](Result<void> result) { handler(result); });
}

void SealedFileStore::clear(QObject *context, DoneHandler handler)
{
    later(context, [handler = std::move(handler), removed = SealedFile{m_path}.remove()] { handler(removed); });
}

} // namespace Countersign

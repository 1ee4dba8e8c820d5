// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/storage/keychainstore.h>

#include <countersign/base/background.h>
#include <countersign/base/logging.h>
#include <countersign/storage/keychainitem.h>
#include <countersign/storage/sealedfile.h>
#include <countersign/storage/storeenvelope.h>
#include <countersign/storage/storefiles.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

QString previousKey(const QString &account)
{
    return account + u".previous"_s;
}

Error damaged(const QString &message)
{
    return {ErrorCode::StorageDamaged, message};
}

} // namespace

//! One save under way.
struct KeychainStore::Saving
{
    StoredBlob blob;
    QPointer<QObject> context;
    DoneHandler handler;
    Secret old; // the item's bytes before
    StoreEnvelope envelope; // the item's content afterwards
    Secret encoded;
};

qsizetype KeychainStore::defaultItemLimit()
{
#ifdef Q_OS_WIN
    return 2000;
#else
    return 48 * 1024;
#endif
}

KeychainStore::KeychainStore(RandomSource &random) : KeychainStore(random, Options())
{
}

KeychainStore::KeychainStore(RandomSource &random, Options options) : m_random(random), m_options(std::move(options))
{
}

QString KeychainStore::name() const
{
    return u"Keychain (%1/%2)"_s.arg(m_options.service, m_options.account);
}

QString KeychainStore::id() const
{
    QString id = u"keychain-"_s + m_options.service + u'-' + m_options.account;
    for (QChar &c : id) {
        if (c.unicode() >= 0x80 || !c.isLetterOrNumber())
            c = u'-';
    }
    return id;
}

QString KeychainStore::sealedPath() const
{
    return m_options.folder + u'/' + id() + u".sealed"_s;
}

void KeychainStore::load(QObject *context, LoadHandler handler)
{
    m_warning.clear();
    readSurely({m_options.service, m_options.account}, context,
               [this, context, handler = std::move(handler)](Result<std::optional<Secret>> item) {
                   if (!item)
                       return handler(std::move(item).error());
                   if (!*item)
                       return handler(StoredBlob());
                   auto envelope = StoreEnvelope::parse((*item)->reveal());
                   if (!envelope && envelope.error().code() != ErrorCode::StorageDamaged)
                       return handler(envelope.error());
                   if (!envelope) {
                       // What is damaged is kept for somebody to look at; a copy of before does not wait for it.
                       const KeychainItem aside{m_options.service, m_options.account + u".damaged"_s};
                       return aside.write(
                           **item, context,
                           [this, aside, context, why = envelope.error(), handler](const Result<void> &kept) {
                               if (!kept)
                                   qCWarning(lcStorage).noquote()
                                       << "a damaged item is not kept aside:" << kept.error().message();
                               const Damage damage{why, kept ? aside.key : QString()};
                               loadPrevious(context, damage, handler);
                           });
                   }
                   if (envelope->form == StoreEnvelope::Form::Key)
                       return restoreCopy(std::move(**item), std::move(*envelope), context, handler);
                   loadEnvelope(std::move(*envelope), {}, context, handler);
               });
}

// A key without its second copy is one damaged item away from a file that nobody can open. That the copy cannot be
// read or written is no reason not to load.
void KeychainStore::restoreCopy(Secret item, StoreEnvelope envelope, QObject *context, const LoadHandler &handler)
{
    const KeychainItem copy{m_options.service, previousKey(m_options.account)};
    const auto key = std::make_shared<Secret>(std::move(item));
    const auto found = std::make_shared<StoreEnvelope>(std::move(envelope));
    copy.read(context, [this, copy, key, found, context, handler](const Result<std::optional<Secret>> &read) {
        const bool isThere = !read || (*read && **read == *key);
        if (isThere)
            return loadEnvelope(std::move(*found), {}, context, handler);
        copy.write(*key, context, [this, found, context, handler](const Result<void> &written) {
            if (!written)
                qCWarning(lcStorage).noquote() << "the key has no second copy:" << written.error().message();
            loadEnvelope(std::move(*found), {}, context, handler);
        });
    });
}

void KeychainStore::loadEnvelope(StoreEnvelope envelope, const QString &warning, QObject *context, LoadHandler handler)
{
    m_warning = warning;
    if (envelope.form == StoreEnvelope::Form::Key)
        return loadSealed(std::move(envelope.payload), envelope.storeId, context, std::move(handler));
    handler(StoredBlob{std::move(envelope.payload), envelope.generation});
}

void KeychainStore::loadPrevious(QObject *context, const Damage &damage, LoadHandler handler)
{
    readSurely({m_options.service, previousKey(m_options.account)}, context,
               [this, context, damage, handler = std::move(handler)](Result<std::optional<Secret>> item) {
                   if (!item)
                       return handler(std::move(item).error()); // locked meanwhile: nothing is known about it yet
                   auto envelope = *item ? StoreEnvelope::parse((*item)->reveal()) : Result<StoreEnvelope>(damage.why);
                   if (!envelope)
                       return giveUp(context, damage, handler);
                   const QString what = u"The keychain item was damaged and "_s + fateOfDamaged(damage.aside);
                   if (envelope->form == StoreEnvelope::Form::Document)
                       return loadEnvelope(std::move(*envelope), what + u"; the generation before it is used."_s,
                                           context, handler);
                   // The copy takes the damaged one's place, or the next save would make a new key.
                   const auto found = std::make_shared<StoreEnvelope>(std::move(*envelope));
                   KeychainItem{m_options.service, m_options.account}.write(
                       **item, context, [this, context, found, what, handler](const Result<void> &) {
                           loadEnvelope(std::move(*found), what + u"; the copy of its key is used."_s, context,
                                        handler);
                       });
               });
}

// Nothing readable is left. The damaged item goes, or nobody could ever sign in again; but only when its copy stays.
void KeychainStore::giveUp(QObject *context, const Damage &damage, const LoadHandler &handler)
{
    const Error error = damaged(u"%1; the item %2"_s.arg(damage.why.message(), fateOfDamaged(damage.aside)));
    if (damage.aside.isEmpty())
        return handler(error);
    KeychainItem{m_options.service, m_options.account}.remove(
        context, [error, handler](const Result<void> &) { handler(error); });
}

void KeychainStore::loadSealed(Secret key, QByteArray storeId, QObject *context, LoadHandler handler)
{
    using Loaded = Result<std::optional<SealedFile::Content>>;
    auto shared = std::make_shared<Secret>(std::move(key));
    const SealedFile file{sealedPath()};
    inBackground<Loaded>(
        context,
        [file, shared, storeId]() -> Loaded {
            auto content =
                file.load([shared](const SealedHeader &) -> Result<Secret> { return shared->clone(); }, storeId);
            if (content || content.error().code() != ErrorCode::StorageDamaged)
                return content;
            const QString aside = keepAside(file.path);
            keepAside(file.previousPath()); // mostly there is none
            return damaged(u"%1; the file %2"_s.arg(content.error().message(), fateOfDamaged(aside)));
        },
        [this, handler = std::move(handler)](Loaded content) {
            if (!content)
                return handler(std::move(content).error());
            if (!*content) {
                m_warning = u"The sealed file is gone; the cache starts empty."_s;
                return handler(StoredBlob());
            }
            if (!(*content)->warning.isEmpty())
                m_warning = (*content)->warning;
            handler(StoredBlob{std::move((*content)->bytes), (*content)->header.generation});
        });
}

void KeychainStore::save(StoredBlob blob, QObject *context, DoneHandler handler)
{
    auto saving = std::make_shared<Saving>();
    saving->blob = std::move(blob);
    saving->context = context;
    saving->handler = std::move(handler);
    readSurely({m_options.service, m_options.account}, context, [this, saving](Result<std::optional<Secret>> item) {
        if (!item)
            return saving->handler(std::move(item).error());
        QByteArrayView text = saving->blob.bytes.reveal();
        while (!text.isEmpty() && text.back() == ' ')
            text.chop(1);
        auto old = *item ? StoreEnvelope::parse((*item)->reveal()) : Result<StoreEnvelope>(damaged({}));
        if (old && old->form == StoreEnvelope::Form::Key) {
            saving->old = std::move(**item);
            saving->envelope = std::move(*old);
            return saveSealed(saving);
        }
        if (old)
            saving->old = std::move(**item);
        if (text.size() > m_options.itemLimit)
            return saveSealed(saving);
        saving->envelope.generation = saving->blob.generation;
        saving->envelope.payload = Secret::copyOf(text);
        saveDocument(saving);
    });
}

// The old item is kept under another name before the new one takes its place. When somebody signed out, who has to
// leave for good, the copy goes instead: were it to go last and stay, the next attempt would find nobody to remove.
void KeychainStore::saveDocument(std::shared_ptr<Saving> saving)
{
    if (saving->old.isEmpty())
        return writeVerified(saving);
    const KeychainItem previous{m_options.service, previousKey(m_options.account)};
    const auto goOn = [this, saving](const Result<void> &done) {
        if (!done)
            return saving->handler(done);
        writeVerified(saving);
    };
    if (saving->blob.forgetsPrevious)
        return previous.remove(saving->context, goOn);
    previous.write(saving->old, saving->context, goOn);
}

// The file first: until the item names its key, the old item is what counts.
void KeychainStore::saveSealed(std::shared_ptr<Saving> saving)
{
    const bool isNewKey = saving->envelope.form != StoreEnvelope::Form::Key;
    if (isNewKey) {
        saving->envelope = {StoreEnvelope::Form::Key, saving->blob.generation, m_random.bytes(storeIdSize),
                            makeSealingKey(m_random)};
    }
    SealedHeader header;
    header.storeId = saving->envelope.storeId;
    header.generation = saving->blob.generation;
    inBackground<Result<void>>(
        saving->context,
        [this, saving, header, file = SealedFile{sealedPath()}] {
            return file.save(header, saving->envelope.payload, saving->blob.bytes.reveal(), m_random,
                             saving->blob.forgetsPrevious);
        },
        [this, saving, isNewKey](Result<void> written) {
            if (!written || !isNewKey)
                return saving->handler(written);
            // The document has moved into the file: in place of its last copy in the keychain the key gets a second
            // one, without which one damaged item would cost the whole file. First: once the item names the key, no
            // later save would write it.
            KeychainItem{m_options.service, previousKey(m_options.account)}.write(
                saving->envelope.encode(), saving->context, [this, saving](const Result<void> &copied) {
                    if (!copied)
                        return saving->handler(copied);
                    writeVerified(saving);
                });
        });
}

void KeychainStore::writeVerified(std::shared_ptr<Saving> saving)
{
    saving->encoded = saving->envelope.encode();
    const KeychainItem item{m_options.service, m_options.account};
    item.write(saving->encoded, saving->context, [this, item, saving](const Result<void> &written) {
        if (!written)
            return saving->handler(written);
        item.read(saving->context, [this, saving](const Result<std::optional<Secret>> &read) {
            if (!read)
                return saving->handler(read.error());
            if (!*read || !(**read == saving->encoded))
                return saving->handler(Error{ErrorCode::StorageUnavailable, ErrorCause::StoreWriteNotVerified,
                                             u"the keychain did not keep what was written"_s});
            // Beside a damaged item the copy was the only one, and went not before (see saveDocument()).
            const bool isCopyLeft = saving->blob.forgetsPrevious && saving->old.isEmpty()
                && saving->envelope.form == StoreEnvelope::Form::Document;
            if (!isCopyLeft)
                return saving->handler({});
            KeychainItem{m_options.service, previousKey(m_options.account)}.remove(
                saving->context, [saving](const Result<void> &removed) { saving->handler(removed); });
        });
    });
}

void KeychainStore::probe(QObject *context, DoneHandler handler)
{
    checkKeychain(
        context, [folder = m_options.folder, context, handler = std::move(handler)](const Result<void> &check) {
            if (!check)
                return handler(check);
            inBackground<Result<void>>(
                context, [folder] { return probeFolder(folder); }, [handler](Result<void> result) { handler(result); });
        });
}

void KeychainStore::prepare(QObject *context, DoneHandler handler)
{
    makeCollection({m_options.service, m_options.account + u" (first use)"_s}, context, std::move(handler));
}

void KeychainStore::clear(QObject *context, DoneHandler handler)
{
    checkKeychain(context, [this, context, handler = std::move(handler)](const Result<void> &check) {
        if (!check)
            return handler(check);
        KeychainItem{m_options.service, previousKey(m_options.account)}.remove(
            context, [this, context, handler](const Result<void> &) {
                KeychainItem{m_options.service, m_options.account}.remove(
                    context, [this, handler](const Result<void> &removed) {
                        handler(removed ? SealedFile{sealedPath()}.remove() : removed);
                    });
            });
    });
}

} // namespace Countersign

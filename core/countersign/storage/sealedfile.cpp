// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/storage/sealedfile.h>

#include <countersign/storage/storefiles.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

Result<std::optional<SealedFile::Content>> open(const QString &path, const SealedFile::KeyFor &keyFor,
                                                QByteArrayView storeId)
{
    const auto file = readPrivateFile(path);
    if (!file)
        return file.error();
    if (!*file)
        return std::optional<SealedFile::Content>();
    const QByteArrayView bytes = (*file)->reveal();
    auto header = SealedHeader::parse(bytes);
    if (!header)
        return header.error();
    if (!storeId.isEmpty() && header->storeId != storeId)
        return Error{ErrorCode::StorageDamaged, u"the sealed file belongs to another key"_s};
    const auto key = keyFor(*header);
    if (!key)
        return key.error();
    auto opened = unseal(*key, bytes.sliced(SealedHeader::size), bytes.first(SealedHeader::size));
    if (!opened)
        return opened.error();
    return std::optional<SealedFile::Content>({std::move(*opened), *header, {}});
}

} // namespace

QString SealedFile::previousPath() const
{
    return path + u".previous"_s;
}

Result<std::optional<SealedFile::Content>> SealedFile::load(const KeyFor &keyFor, QByteArrayView storeId) const
{
    auto current = open(path, keyFor, storeId);
    if (current ? current->has_value() : current.error().code() != ErrorCode::StorageDamaged)
        return current;
    auto previous = open(previousPath(), keyFor, storeId);
    if (current && previous && !*previous)
        return previous; // nothing was ever saved
    if (!previous || !*previous) {
        // Neither can be read. The current one stays where it is when its key may be wrong (a mistyped passphrase).
        if (!current)
            return current.error();
        return previous.error();
    }
    (*previous)->warning = current ? u"The last save was interrupted; the generation before it is used."_s
                                   : u"The sealed file was damaged and "_s + fateOfDamaged(keepAside(path))
            + u"; the generation before it is used."_s;
    return previous;
}

Result<void> SealedFile::save(const SealedHeader &header, const Secret &key, QByteArrayView bytes, RandomSource &random,
                              bool forgetsPrevious) const
{
    if (auto made = makePrivateFolder(QFileInfo(path).path()); !made)
        return made;
    const QByteArray head = header.encode();
    const auto sealed = seal(key, bytes, head, random);
    if (!sealed)
        return sealed.error();
    const QByteArray whole = head + *sealed;
    if (!forgetsPrevious)
        return replacePrivateFile(path, whole, previousPath());
    // Until the new one is there the previous generation may be the only one.
    if (QFile::exists(path)) {
        if (auto removed = removePrivateFile(previousPath()); !removed)
            return removed;
    }
    auto saved = replacePrivateFile(path, whole, {});
    return saved ? removePrivateFile(previousPath()) : saved;
}

// The current generation last: a removal that is cut off must not bring the one before it back.
Result<void> SealedFile::remove() const
{
    for (const QString &name : QStringList{path + u".new"_s, previousPath(), path}) {
        if (auto removed = removePrivateFile(name); !removed)
            return removed;
    }
    return {};
}

} // namespace Countersign

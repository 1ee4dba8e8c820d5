// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/storage/msalfilestore.h>

#include <countersign/base/background.h>
#include <countersign/storage/storefiles.h>

#include <QtCore/QFileInfo>

using namespace Qt::StringLiterals;

namespace Countersign {

MsalFileStore::MsalFileStore(QString path) : m_path(QFileInfo(path).absoluteFilePath())
{
}

QString MsalFileStore::folder() const
{
    return QFileInfo(m_path).absolutePath();
}

QString MsalFileStore::id() const
{
    return QFileInfo(m_path).fileName();
}

QString MsalFileStore::lockPath() const
{
    return m_path + u".lockfile"_s;
}

QByteArray MsalFileStore::revision() const
{
    return fileMark(m_path);
}

void MsalFileStore::load(QObject *context, LoadHandler handler)
{
    using Loaded = Result<std::optional<Secret>>;
    constexpr qsizetype blanks = 64; // what the cache wants behind its text
    constexpr qint64 smallSize = 256 * 1024;
    auto read = [path = m_path, folder = folder()]() -> Loaded {
        if (const auto checked = checkFolder(folder); !checked)
            return checked.error();
        return readPrivateFile(path, blanks);
    };
    auto deliver = [handler = std::move(handler)](Loaded bytes) {
        if (!bytes)
            return handler(std::move(bytes).error());
        if (!*bytes)
            return handler(StoredBlob());
        handler(StoredBlob{std::move(**bytes), 1});
    };
    // A small file is read before a thread has started, and a file is opened on this one for the lock as well.
    if (QFileInfo(m_path).size() > smallSize)
        return inBackground<Loaded>(context, std::move(read), std::move(deliver));
    later(context,
          [bytes = std::make_shared<Loaded>(read()), deliver = std::move(deliver)] { deliver(std::move(*bytes)); });
}

void MsalFileStore::save(StoredBlob blob, QObject *context, DoneHandler handler)
{
    auto bytes = std::make_shared<Secret>(std::move(blob.bytes));
    inBackground<Result<void>>(
        context,
        [path = m_path, folder = folder(), bytes]() -> Result<void> {
            if (auto made = makePrivateFolder(folder, OpenFolder::Refuse); !made)
                return made;
            // Somebody else's link or file is not replaced either.
            if (const auto there = readPrivateFile(path); !there)
                return there.error();
            QByteArrayView text = bytes->reveal();
            while (!text.isEmpty() && text.back() == ' ')
                text.chop(1);
            return replacePrivateFile(path, text, {});
        },
        [handler = std::move(handler)](Result<void> saved) { handler(saved); });
}

void MsalFileStore::probe(QObject *context, DoneHandler handler)
{
    inBackground<Result<void>>(
        context, [folder = folder()] { return probeFolder(folder, OpenFolder::Refuse); },
        [handler = std::move(handler)](Result<void> result) { handler(result); });
}

void MsalFileStore::clear(QObject *context, DoneHandler handler)
{
    later(context, [handler = std::move(handler), removed = removePrivateFile(m_path)] { handler(removed); });
}

} // namespace Countersign

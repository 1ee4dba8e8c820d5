// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "undorecord.h"

#include "filechange.h"
#include "text.h"

#include <countersign/crypto/digest.h>
#include <countersign/storage/tokenstore.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QSaveFile>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

constexpr auto ownerOnly = QFileDevice::ReadOwner | QFileDevice::WriteOwner;

QByteArray mark(const QByteArray &content)
{
    return digest(HashAlgorithm::Sha256, content).toHex();
}

QString targetOf(const QString &path)
{
    const QFileInfo file(path);
    return file.exists() ? file.canonicalFilePath() : file.absoluteFilePath();
}

std::optional<QJsonObject> readObject(const QString &path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return std::nullopt;
    const auto document = QJsonDocument::fromJson(file.readAll());
    return document.isObject() ? std::optional(document.object()) : std::nullopt;
}

UndoRecord recordIn(const QJsonObject &object)
{
    UndoRecord record{.original = QByteArray::fromBase64(object.value("original"_L1).toString().toLatin1()),
                      .left = object.value("left"_L1).toString().toLatin1()};
    const auto entries = object.value("entries"_L1).toArray();
    for (const auto &entry : entries)
        record.entries.append(entry.toString());
    return record;
}

//! A folder that is there keeps its rights: it may be shared on purpose, and the one below it is not.
bool makePrivate(const QString &folder)
{
    return QFileInfo(folder).isDir()
        || (QDir().mkpath(folder) && QFile::setPermissions(folder, ownerOnly | QFileDevice::ExeOwner));
}

Error unkept(const QString &path, const QString &why)
{
    return Error{ErrorCode::StorageUnavailable, ErrorCause::StoreDenied,
                 Text::tr("'%1' cannot be written: %2.").arg(path, why)};
}

} // namespace

bool UndoRecord::isOf(const QByteArray &content) const
{
    return left == mark(content);
}

UndoRecord UndoRecord::leaving(const QByteArray &content) const
{
    auto record = *this;
    record.left = mark(content);
    return record;
}

UndoRecords::UndoRecords() : m_folder(defaultStoreFolder() + u"/undo"_s)
{
}

QString UndoRecords::recordOf(const QString &path) const
{
    const auto name = digest(HashAlgorithm::Sha256, targetOf(path).toUtf8()).toHex();
    return m_folder + u'/' + QString::fromLatin1(name) + u".json"_s;
}

std::optional<UndoRecord> UndoRecords::find(const QString &path) const
{
    const auto object = readObject(recordOf(path));
    return object ? std::optional(recordIn(*object)) : std::nullopt;
}

Result<void> UndoRecords::replace(const QString &path, const std::optional<UndoRecord> &record) const
{
    const auto name = recordOf(path);
    if (!record) {
        QFile file(name);
        return !file.exists() || file.remove() ? Result<void>() : Result<void>(unkept(name, file.errorString()));
    }
    // The folders first: nobody can look at the file before it has its own rights.
    if (!makePrivate(QFileInfo(m_folder).path()) || !makePrivate(m_folder))
        return unkept(m_folder, Text::tr("it cannot be made a folder of yours alone"));
    const QJsonObject object{{u"path"_s, targetOf(path)},
                             {u"left"_s, QString::fromLatin1(record->left)},
                             {u"entries"_s, QJsonArray::fromStringList(record->entries)},
                             {u"original"_s, QString::fromLatin1(record->original.toBase64())}};
    QSaveFile file(name);
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(ownerOnly)
        || file.write(QJsonDocument(object).toJson()) < 0 || !file.commit())
        return unkept(name, file.errorString());
    return {};
}

void UndoRecords::sweep() const
{
    const auto names = QDir(m_folder).entryList({u"*.json"_s}, QDir::Files);
    for (const auto &name : names) {
        const auto object = readObject(m_folder + u'/' + name);
        const auto path = object ? object->value("path"_L1).toString() : QString();
        const auto now = path.isEmpty() ? Result<FileChange>(FileChange()) : beginChange(path);
        // What cannot be read now may be read later.
        if (now && !(now->existed && recordIn(*object).isOf(now->before)))
            QFile::remove(m_folder + u'/' + name);
    }
}

} // namespace Countersign::Cli

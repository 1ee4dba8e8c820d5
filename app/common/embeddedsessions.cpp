// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/embeddedsessions.h>

#include <countersign/storage/tokenstore.h>

#include <QtCore/QCryptographicHash>
#include <QtCore/QDir>

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

Result<void> removeFolder(const QString &path)
{
    QDir folder(path);
    if (!folder.exists() || folder.removeRecursively())
        return {};
    return Error{ErrorCode::StorageUnavailable, ErrorCause::StoreDenied, u"%1 cannot be deleted."_s.arg(path)};
}

} // namespace

EmbeddedSessions::EmbeddedSessions(QString folder) : m_folder(std::move(folder))
{
}

QString EmbeddedSessions::defaultFolder()
{
    return defaultStoreFolder() + u"/embedded"_s;
}

QString EmbeddedSessions::folderOf(const QString &profileId) const
{
    // An id may hold what no name of a folder can.
    const auto name = QCryptographicHash::hash(profileId.toUtf8(), QCryptographicHash::Sha256).toHex().first(32);
    return m_folder + u'/' + QString::fromLatin1(name);
}

bool EmbeddedSessions::has(const QString &profileId) const
{
    return QDir(folderOf(profileId)).exists();
}

bool EmbeddedSessions::isEmpty() const
{
    return QDir(m_folder).isEmpty(QDir::Dirs | QDir::NoDotAndDotDot);
}

Result<void> EmbeddedSessions::forget(const QString &profileId) const
{
    return removeFolder(folderOf(profileId));
}

Result<void> EmbeddedSessions::forgetAll() const
{
    return removeFolder(m_folder);
}

} // namespace Countersign::App

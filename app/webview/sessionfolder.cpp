// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "sessionfolder.h"

#include <QtCore/QDir>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

constexpr auto lockName = "in-use"_L1;

} // namespace

std::unique_ptr<SessionFolder> SessionFolder::take(const QString &path)
{
    if (path.isEmpty() || !QDir().mkpath(path)
        || !QFile::setPermissions(path, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
        return nullptr;
    auto folder = std::make_unique<SessionFolder>(path);
    if (!folder->m_lock.tryLock())
        return nullptr;
    // One that was killed left everything.
    folder->tidy();
    return folder;
}

SessionFolder::SessionFolder(QString path) : m_path(std::move(path)), m_lock(m_path + u'/' + lockName)
{
    // It is held as long as its process lives, however long somebody looks for their password.
    m_lock.setStaleLockTime(0);
}

void SessionFolder::tidy() const
{
    static const QStringList kept{u"Cookies"_s, u"Cookies-journal"_s, u"Local Storage"_s, u"IndexedDB"_s, lockName};
    const auto found =
        QDir(m_path).entryInfoList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    for (const auto &each : found) {
        if (kept.contains(each.fileName()))
            continue;
        if (each.isDir() && !each.isSymLink())
            QDir(each.filePath()).removeRecursively();
        else
            QFile::remove(each.filePath());
    }
}

} // namespace Countersign

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "autostartfile.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

Error unwritable(const QString &path, const QString &why)
{
    return Error{ErrorCode::StorageUnavailable, u"%1: %2"_s.arg(path, why)};
}

} // namespace

Result<void> writeAutostartFile(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.commit())
        return unwritable(path, file.errorString());
    return {};
}

Result<void> removeAutostartFile(const QString &path)
{
    QFile file(path);
    if (!file.exists() || file.remove())
        return {};
    return unwritable(path, file.errorString());
}

} // namespace Countersign::Desktop

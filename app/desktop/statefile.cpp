// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "statefile.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>
#include <QtCore/QSaveFile>
#include <QtCore/QStandardPaths>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

constexpr qint64 largest = 256 * 1024;

}

QString StateFile::defaultPath()
{
    if (const auto named = qEnvironmentVariable("COUNTERSIGN_STATE"); !named.isEmpty())
        return named;
    const auto folder = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return QDir(folder).filePath(u"countersign/desktop-state.json"_s);
}

QJsonObject StateFile::load() const
{
    QFile file(m_path);
    if (!file.open(QIODevice::ReadOnly) || file.size() > largest)
        return {};
    return QJsonDocument::fromJson(file.readAll()).object();
}

bool StateFile::save(const QJsonObject &state) const
{
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly))
        return false;
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    file.write(QJsonDocument(state).toJson());
    return file.flush() && file.commit();
}

} // namespace Countersign::Desktop

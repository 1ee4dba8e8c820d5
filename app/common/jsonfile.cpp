// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/jsonfile.h>

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QJsonDocument>
#include <QtCore/QLockFile>
#include <QtCore/QSaveFile>
#include <QtCore/QStandardPaths>

using namespace Qt::StringLiterals;

namespace Countersign::App {

namespace {

constexpr qint64 maximumSize = 1024 * 1024;
constexpr int lockWaitMs = 2000;

Error unavailable(const QString &path, const QString &why)
{
    return {ErrorCode::StorageUnavailable, u"%1: %2."_s.arg(path, why)};
}

} // namespace

Result<QJsonObject> JsonFile::read() const
{
    QFile file(m_path);
    if (!file.exists())
        return QJsonObject();
    // A pipe or a device in its place would be waited for.
    if (!QFileInfo(m_path).isFile())
        return unavailable(m_path, u"it is no file"_s);
    if (!file.open(QIODevice::ReadOnly))
        return unavailable(m_path, file.errorString());
    const auto text = file.read(maximumSize + 1);
    if (text.size() > maximumSize)
        return Error{ErrorCode::InvalidArgument, u"%1 is larger than %2 bytes."_s.arg(m_path).arg(maximumSize)};
    QJsonParseError problem;
    const auto document = QJsonDocument::fromJson(text, &problem);
    if (problem.error != QJsonParseError::NoError) {
        const auto line = text.first(std::min<qsizetype>(problem.offset, text.size())).count('\n') + 1;
        return Error{ErrorCode::InvalidArgument,
                     u"%1, line %2: %3."_s.arg(m_path).arg(line).arg(problem.errorString())};
    }
    if (!document.isObject())
        return Error{ErrorCode::InvalidArgument, u"%1 must hold a JSON object."_s.arg(m_path)};
    return document.object();
}

Result<void> JsonFile::change(const std::function<Result<void>(QJsonObject &)> &change) const
{
    if (!QDir().mkpath(QFileInfo(m_path).absolutePath()))
        return unavailable(m_path, u"its folder cannot be made"_s);
    QLockFile lock(m_path + u".lock"_s);
    const bool isLocked = lock.tryLock(lockWaitMs);
    if (!isLocked && lock.error() != QLockFile::LockFailedError)
        return unavailable(m_path, u"the folder %1 cannot be written to"_s.arg(QFileInfo(m_path).absolutePath()));
    if (!isLocked)
        return Error{ErrorCode::StorageUnavailable, ErrorCause::StoreBusy,
                     u"Another program is changing %1."_s.arg(m_path)};
    auto object = read();
    if (!object)
        return object.error();
    if (const auto changed = change(*object); !changed)
        return changed.error();
    return write(*object);
}

Result<void> JsonFile::write(const QJsonObject &object) const
{
    QSaveFile file(m_path);
    if (!file.open(QIODevice::WriteOnly))
        return unavailable(m_path, file.errorString());
    // No secret in it, but which providers and accounts somebody uses is nobody else's business.
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (file.write(QJsonDocument(object).toJson()) < 0 || !file.flush() || !file.commit())
        return unavailable(m_path, file.errorString());
    return {};
}

QString configurationPath(const QString &name, const char *variable)
{
    const auto named = qEnvironmentVariable(variable);
    if (!named.isEmpty())
        return named;
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/countersign/"_s + name;
}

} // namespace Countersign::App

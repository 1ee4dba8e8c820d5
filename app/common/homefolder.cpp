// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <common/homefolder.h>

#include <QtCore/QDir>
#include <QtCore/QFile>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::App {
namespace {

#ifndef Q_OS_WIN
bool isAbsolute(const char *variable)
{
    return QDir::isAbsolutePath(qEnvironmentVariable(variable));
}
#endif

} // namespace

QString chooseHome(const QString &said, const QString &entry)
{
    if (QDir::isAbsolutePath(said))
        return said;
    return QDir::isAbsolutePath(entry) ? entry : QString();
}

Result<void> settleHome()
{
#ifdef Q_OS_WIN
    return {}; // the system itself says where a profile lies
#else
    const auto folders = {"XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"};
    // The base directory specification: a relative path is ignored. Older Qt takes it.
    for (const auto *variable : folders) {
        if (!isAbsolute(variable))
            qunsetenv(variable);
    }
    const auto said = qEnvironmentVariable("HOME");
    if (QDir::isAbsolutePath(said))
        return {};
    const auto home = chooseHome(said, homeOfUserDatabase());
    if (!home.isEmpty() && qputenv("HOME", QFile::encodeName(home)))
        return {};
    if (std::all_of(folders.begin(), folders.end(), isAbsolute))
        return {};
    return Error{ErrorCode::StorageUnavailable,
                 u"HOME names no folder, and neither does the user database: set HOME to an absolute path."_s};
#endif
}

} // namespace Countersign::App

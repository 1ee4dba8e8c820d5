// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "autostart.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QSaveFile>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QString agentPath()
{
    return QDir::home().filePath(u"Library/LaunchAgents/io.github.countersign.Countersign.plist"_s);
}

Error unwritable(const QString &path, const QString &why)
{
    return Error{ErrorCode::StorageUnavailable, u"%1: %2"_s.arg(path, why)};
}

} // namespace

bool startsAtLogin()
{
    return QFileInfo::exists(agentPath());
}

Result<void> setStartsAtLogin(bool starts)
{
    const auto path = agentPath();
    if (!starts) {
        QFile file(path);
        if (!file.exists() || file.remove())
            return {};
        return unwritable(path, file.errorString());
    }
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    const auto agent =
        u"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict>\n"
        "<key>Label</key><string>io.github.countersign.Countersign</string>\n"
        "<key>ProgramArguments</key><array><string>%1</string><string>--hidden</string></array>\n"
        "<key>RunAtLoad</key><true/>\n</dict></plist>\n"_s.arg(QCoreApplication::applicationFilePath().toHtmlEscaped())
            .toUtf8();
    if (!file.open(QIODevice::WriteOnly) || file.write(agent) != agent.size() || !file.commit())
        return unwritable(path, file.errorString());
    return {};
}

} // namespace Countersign::Desktop

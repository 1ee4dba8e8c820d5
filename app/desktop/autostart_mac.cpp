// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "autostart.h"
#include "autostartfile.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>

using namespace Qt::StringLiterals;

namespace Countersign::Desktop {

namespace {

QString agentPath()
{
    return QDir::home().filePath(u"Library/LaunchAgents/io.github.countersign.Countersign.plist"_s);
}

} // namespace

bool startsAtLogin()
{
    return QFileInfo::exists(agentPath());
}

Result<void> setStartsAtLogin(bool starts)
{
    if (!starts)
        return removeAutostartFile(agentPath());
    const auto agent =
        u"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<plist version=\"1.0\"><dict>\n"
        "<key>Label</key><string>io.github.countersign.Countersign</string>\n"
        "<key>ProgramArguments</key><array><string>%1</string><string>--hidden</string></array>\n"
        "<key>RunAtLoad</key><true/>\n</dict></plist>\n"_s.arg(QCoreApplication::applicationFilePath().toHtmlEscaped())
            .toUtf8();
    return writeAutostartFile(agentPath(), agent);
}

} // namespace Countersign::Desktop

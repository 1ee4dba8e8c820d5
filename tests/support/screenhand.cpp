// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "support/screenhand.h"

#include <QtCore/QProcess>
#include <QtCore/QRegularExpression>
#include <QtGui/QGuiApplication>
#include <QtGui/QPixmap>
#include <QtGui/QScreen>

using namespace Qt::StringLiterals;

namespace CountersignTest {

namespace {

//! What xdotool prints; it waits for what it did.
std::optional<QByteArray> xdotool(const QStringList &arguments)
{
    QProcess tool;
    tool.start(u"xdotool"_s, arguments);
    if (!tool.waitForFinished(10000) || tool.exitCode() != 0)
        return std::nullopt;
    return tool.readAllStandardOutput();
}

} // namespace

bool ScreenHand::canWork()
{
    return !qEnvironmentVariableIsEmpty("DISPLAY") && !QStandardPaths::findExecutable(u"xdotool"_s).isEmpty();
}

quintptr ScreenHand::window(const QString &title)
{
    const auto found =
        xdotool({u"search"_s, u"--onlyvisible"_s, u"--name"_s, u'^' + QRegularExpression::escape(title) + u'$'});
    return found ? quintptr(found->split('\n').constFirst().toULongLong()) : 0;
}

bool ScreenHand::press(quintptr window, const QStringList &keys)
{
    return xdotool(
               QStringList{u"windowactivate"_s, u"--sync"_s, QString::number(window), u"key"_s, u"--clearmodifiers"_s}
               + keys)
        .has_value();
}

void ScreenHand::picture(const QString &name)
{
    const auto folder = qEnvironmentVariable("COUNTERSIGN_SCREENSHOTS");
    if (!folder.isEmpty())
        QGuiApplication::primaryScreen()->grabWindow(0).save(folder + u'/' + name + u".png"_s);
}

} // namespace CountersignTest

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

std::optional<QByteArray> run(const QString &program, const QStringList &arguments)
{
    QProcess tool;
    tool.start(program, arguments);
    if (!tool.waitForFinished(10000) || tool.exitCode() != 0)
        return std::nullopt;
    return tool.readAllStandardOutput();
}

//! What xdotool prints; it waits for what it did.
std::optional<QByteArray> xdotool(const QStringList &arguments)
{
    return run(u"xdotool"_s, arguments);
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

bool ScreenHand::minimize(quintptr window)
{
    return xdotool({u"windowminimize"_s, QString::number(window)}).has_value();
}

quintptr ScreenHand::ownerOf(quintptr window)
{
    const auto said = run(u"xprop"_s, {u"-id"_s, QString::number(window), u"WM_TRANSIENT_FOR"_s});
    return said ? quintptr(said->trimmed().split(' ').constLast().toULongLong(nullptr, 0)) : 0;
}

void ScreenHand::picture(const QString &name)
{
    const auto folder = qEnvironmentVariable("COUNTERSIGN_SCREENSHOTS");
    if (!folder.isEmpty())
        QGuiApplication::primaryScreen()->grabWindow(0).save(folder + u'/' + name + u".png"_s);
}

} // namespace CountersignTest

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include <countersign/useragent/installedbrowser.h>

#include <countersign/useragent/browserlauncher.h>

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QStringList>

using namespace Qt::StringLiterals;

namespace Countersign {

namespace {

bool isInstalled(const QString &program)
{
    return !program.isEmpty() && !QStandardPaths::findExecutable(program).isEmpty();
}

#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)

constexpr auto webHandler = "x-scheme-handler/https="_L1;

//! What stands behind \p key in a file of lines; empty when there is no such line.
QString valueIn(const QString &path, QLatin1StringView key)
{
    constexpr qint64 most = 1024 * 1024;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const auto lines = QString::fromUtf8(file.read(most)).split(u'\n');
    for (const auto &line : lines) {
        if (line.startsWith(key))
            return line.mid(key.size()).trimmed();
    }
    return {};
}

//! Whether \p entry, for example "firefox.desktop", stands for a program that is there.
bool isUsable(const QString &entry)
{
    const auto path = QStandardPaths::locate(QStandardPaths::ApplicationsLocation, entry);
    if (path.isEmpty())
        return false;
    const auto command = QProcess::splitCommand(valueIn(path, "Exec="_L1));
    return !command.isEmpty() && isInstalled(command.constFirst());
}

//! In the order of the specification: the person's choice, the desktop's, then what was installed.
QStringList associations()
{
    QStringList files = QStandardPaths::locateAll(QStandardPaths::GenericConfigLocation, u"mimeapps.list"_s);
    const auto desktops = qEnvironmentVariable("XDG_CURRENT_DESKTOP").toLower().split(u':', Qt::SkipEmptyParts);
    for (const auto &desktop : desktops)
        files += QStandardPaths::locateAll(QStandardPaths::GenericConfigLocation, desktop + u"-mimeapps.list"_s);
    for (const auto &name : {u"mimeapps.list"_s, u"defaults.list"_s, u"mimeinfo.cache"_s})
        files += QStandardPaths::locateAll(QStandardPaths::ApplicationsLocation, name);
    return files;
}

QString desktopBrowser()
{
    const auto files = associations();
    for (const auto &file : files) {
        const auto entries = valueIn(file, webHandler).split(u';', Qt::SkipEmptyParts);
        for (const auto &entry : entries) {
            if (isUsable(entry))
                return entry.chopped(entry.endsWith(".desktop"_L1) ? 8 : 0);
        }
    }
    return {};
}

QString knownBrowser()
{
    // Those that xdg-open tries by itself, without the ones that need a terminal.
    static const QStringList known{u"x-www-browser"_s, u"firefox"_s,  u"firefox-esr"_s,      u"epiphany"_s,
                                   u"konqueror"_s,     u"chromium"_s, u"chromium-browser"_s, u"google-chrome"_s};
    for (const auto &name : known) {
        if (isInstalled(name))
            return name;
    }
    return {};
}

#endif

} // namespace

QString installedBrowser(const QString &command)
{
    if (!command.isEmpty())
        return isInstalled(QProcess::splitCommand(command).value(0)) ? command : QString();
#if defined(Q_OS_WIN)
    return u"Windows"_s;
#elif defined(Q_OS_DARWIN)
    return u"macOS"_s;
#else
    const auto candidates = SystemLauncher::candidates();
    bool hasOpener = false;
    for (const auto &candidate : candidates) {
        const auto program = candidate.value(0);
        // They only pass addresses on. The Windows beside a Linux, for one, is never without a browser.
        const bool isOpener = program == "xdg-open"_L1 || program == "gio"_L1;
        if (!isOpener && isInstalled(program))
            return candidate.join(u' ');
        hasOpener = hasOpener || isOpener;
    }
    if (!hasOpener)
        return {};
    const auto chosen = desktopBrowser();
    return chosen.isEmpty() ? knownBrowser() : chosen;
#endif
}

} // namespace Countersign

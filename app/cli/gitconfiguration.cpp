// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "gitconfiguration.h"

#include "text.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

QByteArray beginMark(const QString &url)
{
    return u"# countersign begin %1"_s.arg(url).toUtf8();
}

QByteArray endMark(const QString &url)
{
    return u"# countersign end %1\n"_s.arg(url).toUtf8();
}

//! A value for git's configuration. Spec: git-config(1) "Syntax".
QString quoted(QString value)
{
    return u'"' + value.replace(u'\\', u"\\\\"_s).replace(u'"', u"\\\""_s) + u'"';
}

} // namespace

bool knowsAuthenticationSchemes(const QVersionNumber &git)
{
    return git >= QVersionNumber(2, 46);
}

QVersionNumber installedGit()
{
    constexpr int patience = 5000; // ms
    QProcess process;
    process.start(u"git"_s, {u"--version"_s});
    process.closeWriteChannel();
    if (!process.waitForFinished(patience))
        return {};
    // "git version 2.39.5 (Apple Git-154)"
    return QVersionNumber::fromString(QString::fromUtf8(process.readAllStandardOutput()).section(u' ', 2, 2).trimmed());
}

QString troubleWithGit(const QVersionNumber &git)
{
    if (git.isNull() || knowsAuthenticationSchemes(git))
        return {};
    return Text::tr("This git is %1. Before 2.46 git sends a token as a password (Basic): a host that wants it as "
                    "Bearer alone refuses it.")
        .arg(git.toString());
}

QStringList globalGitConfigurations()
{
    const auto named = qEnvironmentVariable("GIT_CONFIG_GLOBAL");
    if (!named.isEmpty())
        return {named};
    const QString home = QDir::homePath() + u"/.gitconfig"_s;
    const QString modern = QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + u"/git/config"_s;
    if (!QFileInfo::exists(modern))
        return {home};
    return QFileInfo::exists(home) ? QStringList{home, modern} : QStringList{modern};
}

QByteArray withGitHelper(const QByteArray &text, const QString &url, const QString &command, bool isNew)
{
    const auto earlier = withoutGitHelper(text, url);
    const auto &before = earlier ? earlier->text : text;
    QByteArray marks;
    if (isNew || (earlier && earlier->wasNew))
        marks += " new-file";
    const bool lacksLineEnd = !before.isEmpty() && !before.endsWith('\n');
    if (lacksLineEnd)
        marks += " no-line-end";
    // The empty helper keeps others from answering with what they stored before.
    return before + (lacksLineEnd ? "\n" : "") + beginMark(url) + marks + '\n'
        + u"[credential %1]\n\thelper =\n\thelper = %2\n"_s.arg(quoted(url), quoted(command)).toUtf8() + endMark(url);
}

QStringList gitHelperUrls(const QByteArray &text)
{
    constexpr QByteArrayView mark = "# countersign begin ";
    QStringList urls;
    for (const auto &line : text.split('\n')) {
        if (line.startsWith(mark))
            urls.append(QString::fromUtf8(line.mid(mark.size()).split(' ').first()));
    }
    return urls;
}

std::optional<WithoutGitHelper> withoutGitHelper(const QByteArray &text, const QString &url)
{
    auto begin = text.indexOf(beginMark(url));
    while (begin > 0 && text.at(begin - 1) != '\n')
        begin = text.indexOf(beginMark(url), begin + 1);
    if (begin < 0)
        return {};
    const auto lineEnd = text.indexOf('\n', begin);
    const auto marks = text.mid(begin + beginMark(url).size(), lineEnd - begin - beginMark(url).size()).split(' ');
    const auto end = text.indexOf(endMark(url), begin);
    // Another URL that begins like this one has other text between its mark and the end of the line.
    if (end < 0 || !marks.first().isEmpty())
        return {};
    auto before = text.first(begin);
    auto after = text.mid(end + endMark(url).size());
    if (after.startsWith("# countersign begin ")) {
        // What this block remembers of the file is the next one's to undo.
        for (const auto *mark : {"new-file", "no-line-end"}) {
            if (marks.contains(mark))
                after.insert(after.indexOf('\n'), QByteArray(" ") + mark);
        }
        return WithoutGitHelper{.text = before + after};
    }
    if (after.isEmpty() && marks.contains("no-line-end") && before.endsWith('\n'))
        before.chop(1);
    return WithoutGitHelper{.text = before + after, .wasNew = marks.contains("new-file")};
}

} // namespace Countersign::Cli

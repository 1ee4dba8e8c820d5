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

// What a block remembers of the file from before it.
constexpr QByteArrayView newFileMark = "new-file";
constexpr QByteArrayView newFoldersMark = "new-folders=";
constexpr QByteArrayView noLineEndMark = "no-line-end";

QByteArray marksOfNewFile(int folders)
{
    QByteArray marks = ' ' + newFileMark.toByteArray();
    if (folders > 0)
        marks += ' ' + newFoldersMark.toByteArray() + QByteArray::number(folders);
    return marks;
}

//! How many folders were made for the file that \p marks remember as ours. None: it is not.
std::optional<int> madeFoldersIn(const QByteArrayList &marks)
{
    if (!marks.contains(newFileMark))
        return {};
    for (const auto &mark : marks) {
        if (mark.startsWith(newFoldersMark))
            return mark.mid(newFoldersMark.size()).toInt();
    }
    return 0;
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

QByteArray withGitHelper(const QByteArray &text, const QString &url, const QString &command, std::optional<int> newFile)
{
    const auto earlier = withoutGitHelper(text, url);
    const auto &before = earlier ? earlier->text : text;
    if (!newFile && earlier)
        newFile = earlier->madeFolders;
    QByteArray marks = newFile ? marksOfNewFile(*newFile) : QByteArray();
    const bool lacksLineEnd = !before.isEmpty() && !before.endsWith('\n');
    if (lacksLineEnd)
        marks += ' ' + noLineEndMark.toByteArray();
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
        for (const auto &mark : marks.mid(1))
            after.insert(after.indexOf('\n'), ' ' + mark);
        return WithoutGitHelper{.text = before + after};
    }
    if (after.isEmpty() && marks.contains(noLineEndMark) && before.endsWith('\n'))
        before.chop(1);
    return WithoutGitHelper{.text = before + after, .madeFolders = madeFoldersIn(marks)};
}

} // namespace Countersign::Cli

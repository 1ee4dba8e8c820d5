// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "filechange.h"

#include "text.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QRegularExpression>
#include <QtCore/QSaveFile>

#include <algorithm>
#include <vector>

#ifdef Q_OS_UNIX
#include <sys/stat.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

QList<QByteArray> linesOf(const QByteArray &text)
{
    auto lines = text.split('\n');
    if (lines.last().isEmpty())
        lines.removeLast();
    return lines;
}

//! What a line of configuration says of a secret is nobody's business, whoever looks over the shoulder.
QByteArray shownLine(const QByteArray &line)
{
    static const QString names =
        u"(?:access-?token|id-?token|refresh-?token|token|password|client-key-data|client-secret|oauthtoken|secret|"
        "extraheader|authorization)"_s;
    constexpr auto options = QRegularExpression::CaseInsensitiveOption;
    // A line of its own has the value up to its end. Among others, as in YAML's flow style and JSON, it ends sooner.
    static const QRegularExpression own(u"^(\\s*(?:- )?[\"']?"_s + names + u"[\"']?\\s*[:=]\\s*)[^\\s{\\[].*$"_s,
                                        options);
    static const QRegularExpression among(
        u"((?:^|[\\s{,\\[])[\"']?"_s + names
            + u"[\"']?\\s*[:=]\\s*)(?:\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|[^\\s\"'{\\[,}\\]][^,}\\]]*)"_s,
        options);
    static const QRegularExpression inAddress(u"(://[^/@\\s:]*:)[^/@\\s]+@"_s);
    auto text = QString::fromUtf8(line);
    const auto whole = text;
    text.replace(own, u"\\1<hidden>"_s);
    if (text == whole)
        text.replace(among, u"\\1<hidden>"_s);
    return text.replace(inAddress, u"\\1<hidden>@"_s).toUtf8();
}

struct Edit
{
    char mark = ' '; //!< ' ', '-' or '+', as a diff writes it
    QByteArray line;
};

//! Lengths of the longest common subsequences of all tails, row by row.
class Tails
{
public:
    Tails(const QList<QByteArray> &a, const QList<QByteArray> &b)
        : m_width(size_t(b.size()) + 1), m_lengths((size_t(a.size()) + 1) * m_width)
    {
        for (auto i = a.size() - 1; i >= 0; --i) {
            for (auto j = b.size() - 1; j >= 0; --j)
                m_lengths[index(i, j)] =
                    a.at(i) == b.at(j) ? at(i + 1, j + 1) + 1 : std::max(at(i + 1, j), at(i, j + 1));
        }
    }
    int at(qsizetype i, qsizetype j) const { return m_lengths[index(i, j)]; }

private:
    size_t index(qsizetype i, qsizetype j) const { return size_t(i) * m_width + size_t(j); }

    size_t m_width;
    std::vector<int> m_lengths;
};

void addMiddle(QList<Edit> &edits, const QList<QByteArray> &a, const QList<QByteArray> &b)
{
    // Beyond that the table would take more memory than a prettier diff is worth.
    constexpr qsizetype largestTable = 4'000'000;
    const bool isSmall = a.size() * b.size() <= largestTable;
    const Tails tails(isSmall ? a : QList<QByteArray>(), isSmall ? b : QList<QByteArray>());
    qsizetype i = 0;
    qsizetype j = 0;
    while (i < a.size() || j < b.size()) {
        const bool hasBoth = i < a.size() && j < b.size();
        if (isSmall && hasBoth && a.at(i) == b.at(j)) {
            edits.append({' ', a.at(i++)});
            ++j;
        } else if (i < a.size() && (j == b.size() || !isSmall || tails.at(i + 1, j) >= tails.at(i, j + 1))) {
            edits.append({'-', a.at(i++)});
        } else {
            edits.append({'+', b.at(j++)});
        }
    }
}

QList<Edit> editsBetween(const QList<QByteArray> &a, const QList<QByteArray> &b)
{
    const auto shorter = std::min(a.size(), b.size());
    qsizetype head = 0;
    while (head < shorter && a.at(head) == b.at(head))
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && a.at(a.size() - 1 - tail) == b.at(b.size() - 1 - tail))
        ++tail;
    QList<Edit> edits;
    for (qsizetype i = 0; i < head; ++i)
        edits.append({' ', a.at(i)});
    addMiddle(edits, a.mid(head, a.size() - head - tail), b.mid(head, b.size() - head - tail));
    for (auto i = a.size() - tail; i < a.size(); ++i)
        edits.append({' ', a.at(i)});
    return edits;
}

Error unavailable(const QString &path, const QString &why)
{
    return Error{ErrorCode::StorageUnavailable, ErrorCause::StoreDenied,
                 Text::tr("'%1' cannot be changed: %2.").arg(path, why)};
}

//! The end of the hunk that begins with the change at \p first: changes with at most twice the context between.
qsizetype hunkEnd(const QList<Edit> &edits, qsizetype first, qsizetype context)
{
    auto last = first;
    for (auto i = first; i < edits.size() && i - last <= 2 * context; ++i) {
        if (edits.at(i).mark != ' ')
            last = i;
    }
    return std::min(edits.size(), last + 1 + context);
}

//! Where a change of \p path is written: a symbolic link stays one, for people keep these files in repositories. One
//! that leads to nothing yet gets its file.
QString targetOf(const QString &path)
{
    const QFileInfo file(path);
    if (!file.isSymLink())
        return path;
    return file.exists() ? file.canonicalFilePath() : file.symLinkTarget();
}

//! How many folders have to be made before \p path can be.
int missingFolders(const QString &path)
{
    int count = 0;
    for (QFileInfo folder(QFileInfo(path).absolutePath()); !folder.exists() && !folder.isRoot();
         folder.setFile(folder.absolutePath()))
        ++count;
    return count;
}

//! Takes away up to \p count folders above \p path, as long as nothing is in them.
void removeFolders(const QString &path, int count)
{
    QDir folder(QFileInfo(path).absolutePath());
    for (; count > 0; --count) {
        const auto name = folder.dirName();
        if (!folder.cdUp() || !folder.rmdir(name))
            return;
    }
}

//! Gives the file that takes the place of \p target the same owner and group.
bool keepsOwner([[maybe_unused]] const QSaveFile &file, [[maybe_unused]] const QString &target)
{
#ifdef Q_OS_UNIX
    struct stat theirs = {};
    struct stat ours = {};
    if (::stat(QFile::encodeName(target).constData(), &theirs) != 0 || ::fstat(file.handle(), &ours) != 0)
        return false;
    if (theirs.st_uid == ours.st_uid && theirs.st_gid == ours.st_gid)
        return true;
    return ::fchown(file.handle(), theirs.st_uid, theirs.st_gid) == 0;
#else
    return true;
#endif
}

} // namespace

QByteArray unifiedDiff(const QString &name, const QByteArray &before, const QByteArray &after)
{
    if (before == after)
        return {};
    constexpr qsizetype context = 3;
    const auto edits = editsBetween(linesOf(before), linesOf(after));
    QByteArray out = u"--- %1\n+++ %1\n"_s.arg(name).toUtf8();
    qsizetype lineA = 1;
    qsizetype lineB = 1;
    qsizetype done = 0;
    for (qsizetype i = 0; i < edits.size(); ++i) {
        if (edits.at(i).mark == ' ')
            continue;
        const auto begin = std::max(done, i - context);
        for (; done < begin; ++done, ++lineA, ++lineB) { }
        const auto end = hunkEnd(edits, i, context);
        QByteArray lines;
        qsizetype sizeA = 0;
        qsizetype sizeB = 0;
        for (; done < end; ++done) {
            const auto &edit = edits.at(done);
            sizeA += edit.mark == '+' ? 0 : 1;
            sizeB += edit.mark == '-' ? 0 : 1;
            lines += edit.mark + shownLine(edit.line) + '\n';
        }
        out += u"@@ -%1,%2 +%3,%4 @@\n"_s.arg(sizeA == 0 ? lineA - 1 : lineA)
                   .arg(sizeA)
                   .arg(sizeB == 0 ? lineB - 1 : lineB)
                   .arg(sizeB)
                   .toUtf8()
            + lines;
        lineA += sizeA;
        lineB += sizeB;
        i = end - 1;
    }
    return out;
}

Result<FileChange> beginChange(const QString &path)
{
    // Neither is a link that leads to nothing.
    if (!QFileInfo::exists(path))
        return FileChange{.path = path, .newFolders = missingFolders(targetOf(path))};
    QFile file(path);
    // A device, /dev/null for example, would be replaced by a file, and a pipe waited for.
    if (!QFileInfo(path).isFile())
        return unavailable(path, Text::tr("it is no file"));
    if (!file.open(QIODevice::ReadOnly))
        return unavailable(path, file.errorString());
    const auto content = file.readAll();
    return FileChange{.path = path, .before = content, .after = content, .existed = true};
}

Result<void> FileChange::apply() const
{
    const auto target = targetOf(path);
    if (const auto same = checkUnchanged(); !same)
        return same;
    if (!QDir().mkpath(QFileInfo(target).path()))
        return unavailable(path, Text::tr("its folder cannot be made"));
    const auto written = write(target);
    if (!written)
        removeFolders(target, newFolders);
    return written;
}

Result<void> FileChange::applyToOurs(int folders) const
{
    if (!after.isEmpty())
        return apply();
    const auto target = targetOf(path);
    if (const auto same = checkUnchanged(); !same)
        return same;
    if (!QFile::remove(target))
        return unavailable(path, Text::tr("it cannot be removed"));
    removeFolders(target, folders);
    return {};
}

Result<void> FileChange::checkUnchanged() const
{
    const auto now = beginChange(path);
    if (!now)
        return now.error();
    return now->before == before ? Result<void>()
                                 : Result<void>(unavailable(path, Text::tr("another program has just changed it")));
}

Result<void> FileChange::write(const QString &target) const
{
    QSaveFile file(target);
    if (!file.open(QIODevice::WriteOnly))
        return unavailable(path, file.errorString());
    if (existed && !keepsOwner(file, target))
        return unavailable(path, Text::tr("it would not belong to the same owner and group any more"));
    file.setPermissions(existed ? QFile::permissions(target) : QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (file.write(after) != after.size() || !file.flush() || !file.commit())
        return unavailable(path, file.errorString());
    return {};
}

} // namespace Countersign::Cli

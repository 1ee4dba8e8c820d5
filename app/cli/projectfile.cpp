// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "projectfile.h"

#include "text.h"
#include "words.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

#include <algorithm>

#define TOML_HEADER_ONLY 1
#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

constexpr auto fileName = ".countersign.toml"_L1;
constexpr qsizetype longestText = 1024;
constexpr qsizetype mostScopes = 100;

Error invalid(const QString &message)
{
    return Error{ErrorCode::InvalidResponse, message};
}

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

//! A text that can stand in a message and in a request as it is.
Result<QString> textAt(const toml::node &node, const QString &name)
{
    const auto *text = node.as_string();
    if (!text)
        return invalid(Text::tr("line %1: '%2' is no text").arg(node.source().begin.line).arg(name));
    const auto value = textOf(text->get());
    if (value.isEmpty() || value.size() > longestText || harmless(value) != value)
        return invalid(Text::tr("line %1: '%2' is empty, too long or holds a control character")
                           .arg(node.source().begin.line)
                           .arg(name));
    return value;
}

Result<QStringList> scopesAt(const toml::node &node)
{
    QStringList scopes;
    const auto *list = node.as_array();
    if (!list) {
        const auto text = textAt(node, u"scope"_s);
        if (!text)
            return text.error();
        return text->split(u' ', Qt::SkipEmptyParts);
    }
    for (const auto &element : *list) {
        const auto text = textAt(element, u"scope"_s);
        if (!text)
            return text.error();
        scopes += text->split(u' ', Qt::SkipEmptyParts);
        if (scopes.size() > mostScopes)
            return invalid(
                Text::tr("line %1: there are more than %2 scopes").arg(node.source().begin.line).arg(mostScopes));
    }
    return scopes;
}

Result<void> readMember(const QString &name, const toml::node &node, ProjectSettings &project)
{
    if (name == "scope"_L1) {
        auto scopes = scopesAt(node);
        if (!scopes)
            return scopes.error();
        project.scopes = *std::move(scopes);
        return {};
    }
    const QStringList known{u"profile"_s, u"account"_s, u"scope"_s};
    if (!known.contains(name))
        return invalid(Text::tr("line %1: a project may not say '%2', only profile, account and scope")
                           .arg(node.source().begin.line)
                           .arg(harmless(name.left(80))));
    auto text = textAt(node, name);
    if (!text)
        return text.error();
    (name == "profile"_L1 ? project.profile : project.account) = *std::move(text);
    return {};
}

} // namespace

Result<ProjectSettings> parseProjectFile(QByteArrayView toml)
{
    const auto parsed = toml::parse(std::string_view(toml.data(), static_cast<std::size_t>(toml.size())));
    if (!parsed)
        return invalid(Text::tr("line %1 is no TOML: %2")
                           .arg(parsed.error().source().begin.line)
                           .arg(harmless(textOf(parsed.error().description()))));
    ProjectSettings project;
    for (const auto &[name, node] : parsed.table()) {
        if (const auto read = readMember(textOf(name.str()), node, project); !read)
            return read.error();
    }
    return project;
}

bool isNameOfProjectFile(const QString &path)
{
    return QFileInfo(path).fileName() == fileName;
}

QString findProjectFile(const QString &folder)
{
    QDir at(folder);
    do {
        // A pipe or a device of that name would be waited for.
        const QFileInfo file(at.filePath(fileName));
        if (file.isFile())
            return file.canonicalFilePath();
    } while (at.cdUp());
    return {};
}

Result<QByteArray> readProjectFile(const QString &path)
{
    QFile file(path);
    // A pipe or a device would be waited for.
    if (file.exists() && !QFileInfo(path).isFile())
        return invalid(Text::tr("'%1' cannot be read: it is no file.").arg(path));
    if (!file.open(QIODevice::ReadOnly))
        return invalid(Text::tr("'%1' cannot be read: %2.").arg(path, file.errorString()));
    const auto content = file.read(largestProjectFile + 1);
    if (content.size() > largestProjectFile)
        return invalid(Text::tr("'%1' is larger than the %2 bytes that are read.").arg(path).arg(largestProjectFile));
    return content;
}

void applyProject(const ProjectSettings &project, GlobalOptions &global)
{
    if (global.namesProvider())
        return;
    global.profile = project.profile;
    if (global.account.isEmpty())
        global.account = project.account;
    global.projectScopes = project.scopes;
}

} // namespace Countersign::Cli

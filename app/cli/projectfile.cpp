// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "projectfile.h"

#include "text.h"
#include "tomltext.h"
#include "words.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

constexpr auto fileName = ".countersign.toml"_L1;

Error invalid(const QString &message)
{
    return Error{ErrorCode::InvalidResponse, message};
}

Result<void> readMember(const QString &name, const toml::node &node, ProjectSettings &project)
{
    if (name == "scope"_L1) {
        auto scopes = tomlWords(node, name);
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
    auto text = tomlText(node, name);
    if (!text)
        return text.error();
    (name == "profile"_L1 ? project.profile : project.account) = *std::move(text);
    return {};
}

} // namespace

Result<ProjectSettings> parseProjectFile(QByteArrayView toml)
{
    const auto table = parseToml(toml);
    if (!table)
        return table.error();
    ProjectSettings project;
    for (const auto &[name, node] : *table) {
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

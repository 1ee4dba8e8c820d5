// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../context.h"
#include "../projectfile.h"
#include "../projecttrust.h"
#include "../table.h"
#include "../text.h"
#include "../verbs.h"
#include "../words.h"

#include <countersign/jose/jsonwriter.h>

#include <QtCore/QDir>
#include <QtCore/QFileInfo>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! What works on one project file: the one that is named, or the nearest.
class TrustWord : public Verb
{
public:
    using Verb::Verb;
    void addOptions(OptionSet &options) override
    {
        options.file("FILE", m_file, Text::tr("The project's .countersign.toml or its folder; the nearest by default"));
    }

protected:
    const QString &named() const { return m_file; }
    //! Errors: wrong usage when there is none.
    Result<QString> file() const
    {
        const QFileInfo named(m_file);
        const auto found = m_file.isEmpty() ? findProjectFile(QDir::currentPath())
            : named.isDir()                 ? findProjectFile(m_file)
                                            : named.absoluteFilePath();
        if (found.isEmpty())
            return wrongUsage(Text::tr("There is no .countersign.toml in this folder or above it."));
        // One that is gone can still be forgotten.
        return QFileInfo::exists(found) ? QFileInfo(found).canonicalFilePath() : found;
    }

private:
    QString m_file;
};

class AddVerb final : public TrustWord
{
public:
    AddVerb() : TrustWord(u"add"_s, Text::tr("Let a project's file choose profile, account and scopes")) { }

    ExitCode run(Context &context) override
    {
        // By its name and not by that of what it links to: the former is looked up.
        if (!named().isEmpty() && !QFileInfo(named()).isDir() && !isNameOfProjectFile(named()))
            return context.fail(wrongUsage(
                Text::tr("'%1' would never be followed: only a file .countersign.toml is.").arg(harmless(named()))));
        const auto path = file();
        if (!path)
            return context.fail(path.error());
        const auto content = readProjectFile(*path);
        if (!content)
            return context.fail(content.error());
        const auto project = parseProjectFile(*content);
        if (!project)
            return context.fail(Error(project.error()).withPrefix(*path), ExitCode::ConfigurationInvalid, {});
        ProjectTrust trust;
        if (const auto added = trust.add(*path, *content); !added)
            return context.fail(added.error());
        return write(context, *path, *project);
    }

private:
    static ExitCode write(Context &context, const QString &path, const ProjectSettings &project)
    {
        if (context.global().isJson()) {
            Jose::JsonWriter json;
            json.beginObject().string("schema", u"countersign.trust/1"_s).string("path", path);
            json.string("profile", project.profile).string("account", project.account);
            json.strings("scopes", project.scopes).endObject();
            return context.writeJson(json.view());
        }
        Table table;
        table.addRow({Text::tr("file"), path});
        table.addRow({Text::tr("profile"), project.profile});
        table.addRow({Text::tr("account"), project.account});
        table.addRow({Text::tr("scopes"), project.scopes.join(u' ')});
        context.write(table.toText().toUtf8());
        context.hint(Text::tr("This counts here from now on, until the file changes."));
        return ExitCode::Done;
    }
};

class ListVerb final : public Verb
{
public:
    ListVerb() : Verb(u"list"_s, Text::tr("List the project files that are trusted")) { }

    ExitCode run(Context &context) override
    {
        ProjectTrust trust;
        if (const auto loaded = trust.load(); !loaded)
            return context.fail(loaded.error());
        if (context.global().isJson()) {
            Jose::JsonWriter json;
            json.beginObject().string("schema", u"countersign.trusted/1"_s).name("files").beginArray();
            for (const auto &path : trust.paths())
                json.beginObject().string("path", path).string("state", stateOf(trust, path)).endObject();
            json.endArray().endObject();
            return context.writeJson(json.view(), "files");
        }
        Table table;
        for (const auto &path : trust.paths())
            table.addRow({stateOf(trust, path), path});
        context.write(table.toText().toUtf8());
        return ExitCode::Done;
    }

private:
    static QString stateOf(const ProjectTrust &trust, const QString &path)
    {
        const auto content = readProjectFile(path);
        if (!content)
            return u"gone"_s;
        return trust.covers(path, *content) ? u"trusted"_s : u"changed"_s;
    }
};

class RemoveVerb final : public TrustWord
{
public:
    RemoveVerb() : TrustWord(u"remove"_s, Text::tr("Trust a project's file no longer")) { }

    ExitCode run(Context &context) override
    {
        const auto path = file();
        if (!path)
            return context.fail(path.error());
        ProjectTrust trust;
        if (const auto loaded = trust.load(); !loaded)
            return context.fail(loaded.error());
        if (!trust.paths().contains(*path))
            return context.fail(wrongUsage(Text::tr("'%1' was not trusted.").arg(*path)));
        const auto removed = trust.remove(*path);
        return removed ? ExitCode::Done : context.fail(removed.error());
    }
};

//! Without a word after it, it trusts the nearest one.
class TrustVerb final : public Verb
{
public:
    TrustVerb() : Verb(u"trust"_s, Text::tr("Let a project's .countersign.toml choose profile, account and scopes"))
    {
        addChild(std::make_unique<AddVerb>());
        addChild(std::make_unique<ListVerb>());
        addChild(std::make_unique<RemoveVerb>());
    }
    QString description() const override
    {
        return Text::tr(
            "A project may keep profile = \"NAME\", account = \"NAME\" and scope = [\"NAME\"] in a file\n"
            ".countersign.toml. It counts in its folder and below, once it is trusted, where no flag and no\n"
            "variable says otherwise. A file that changes has to be trusted again.");
    }
    QStringList examples() const override { return {u"countersign trust"_s, u"countersign trust remove"_s}; }
    ExitCode run(Context &context) override { return AddVerb().run(context); }
};

} // namespace

std::unique_ptr<Verb> makeTrustVerb()
{
    return std::make_unique<TrustVerb>();
}

} // namespace Countersign::Cli

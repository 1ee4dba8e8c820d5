// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../help.h"

#include "../completion.h"
#include "../context.h"
#include "../manualpage.h"
#include "../text.h"
#include "../verbs.h"
#include "../words.h"

#include <countersign/jose/jsonwriter.h>

#include <QtCore/QDir>
#include <QtCore/QSaveFile>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

Error noSuchTopic(const CommandLine &commandLine, const QStringList &words)
{
    QStringList topics{u"exit-codes"_s, u"environment"_s};
    for (const auto &verb : commandLine.describe())
        topics.append(verb.path.join(u' '));
    const auto topic = words.join(u' ');
    const auto near = nearest(topic, topics);
    return wrongUsage(Text::tr("There is no help on '%1'.").arg(topic) + u' '
                      + (near.isEmpty() ? Text::tr("'%1 --help' lists what there is.").arg(u"countersign"_s)
                                        : Text::tr("Did you mean '%1'?").arg(near)));
}

class HelpVerb final : public Verb
{
public:
    HelpVerb() : Verb(u"help"_s, Text::tr("Explain a verb, the exit codes or the environment")) { }

    QStringList examples() const override
    {
        return {u"countersign help challenge build"_s, u"countersign help exit-codes"_s};
    }
    void addOptions(OptionSet &options) override
    {
        options.rest("TOPIC", m_words, Text::tr("A verb, 'exit-codes' or 'environment'"));
    }
    ExitCode run(Context &context) override { return writeHelp(context, m_words); }

private:
    QStringList m_words;
};

//! For packagers: everything that is made of the parser, written into a folder as it is installed.
class DocumentsVerb final : public Verb
{
public:
    DocumentsVerb() : Verb(u"documents"_s, Text::tr("Write manual pages and completions into a folder")) { }

    bool isHidden() const override { return true; }
    void addOptions(OptionSet &options) override { options.file("FOLDER", m_folder, Text::tr("Where to write")); }
    ExitCode run(Context &context) override
    {
        if (m_folder.isEmpty())
            return context.fail(wrongUsage(Text::tr("documents needs a folder.")));
        const auto &commandLine = context.commandLine();
        for (const auto &[name, page] : manualPages(commandLine)) {
            const QString file = u"man1/countersign"_s + (name.isEmpty() ? QString() : u'-' + name) + u".1"_s;
            if (auto written = write(file, page); !written)
                return context.fail(written.error());
        }
        const std::pair<QString, QString> scripts[] = {{u"bash"_s, u"bash/countersign"_s},
                                                       {u"zsh"_s, u"zsh/_countersign"_s},
                                                       {u"fish"_s, u"fish/countersign.fish"_s},
                                                       {u"pwsh"_s, u"pwsh/countersign.ps1"_s},
                                                       {u"elvish"_s, u"elvish/countersign.elv"_s}};
        for (const auto &[shell, file] : scripts) {
            if (auto written = write(file, completionScript(commandLine, shell)); !written)
                return context.fail(written.error());
        }
        return ExitCode::Done;
    }

private:
    Result<void> write(const QString &name, const QByteArray &content) const
    {
        const QString path = m_folder + u'/' + name;
        if (!QDir().mkpath(QFileInfo(path).path()))
            return wrongUsage(Text::tr("'%1' cannot be written: its folder cannot be made.").arg(path));
        QSaveFile file(path);
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size() || !file.flush()
            || !file.commit())
            return wrongUsage(Text::tr("'%1' cannot be written: %2.").arg(path, file.errorString()));
        return {};
    }

    QString m_folder;
};

} // namespace

ExitCode writeHelp(Context &context, const QStringList &topic)
{
    const auto text = topic == QStringList{u"exit-codes"_s} ? exitCodeHelp()
        : topic == QStringList{u"environment"_s}            ? environmentHelp()
                                                            : helpText(context.commandLine(), topic);
    if (text.isEmpty())
        return context.fail(noSuchTopic(context.commandLine(), topic));
    if (!context.global().isJson()) {
        context.write(text.toUtf8());
        return ExitCode::Done;
    }
    Jose::JsonWriter json;
    json.beginObject().string("schema", u"countersign.help/1"_s).string("topic", topic.join(u' '));
    json.string("text", text).endObject();
    return context.writeJson(json.view());
}

std::unique_ptr<Verb> makeHelpVerb()
{
    return std::make_unique<HelpVerb>();
}

std::unique_ptr<Verb> makeDocumentsVerb()
{
    return std::make_unique<DocumentsVerb>();
}

} // namespace Countersign::Cli

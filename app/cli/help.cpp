// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "help.h"

#include "text.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using Rows = QList<std::pair<QString, QString>>;

constexpr qsizetype width = 100;
constexpr qsizetype widestTerm = 26;

//! The words of \p text, the first of which begin at \p column, as all further lines do; with a line end.
QString wrapped(const QString &text, qsizetype column)
{
    QString out;
    qsizetype at = column;
    for (const auto &word : text.split(u' ')) {
        if (at > column && at + 1 + word.size() > width) {
            out += u'\n' + QString(column, u' ');
            at = column;
        } else if (at > column) {
            out += u' ';
            ++at;
        }
        out += word;
        at += word.size();
    }
    return out + u'\n';
}

//! Two columns, the second one wrapped.
QString table(const Rows &rows)
{
    qsizetype column = 0;
    for (const auto &[term, text] : rows)
        column = std::max(column, std::min(term.size(), widestTerm));
    QString out;
    for (const auto &[term, text] : rows) {
        out += u"  "_s + term.leftJustified(column + 2);
        if (term.size() > column)
            out += u'\n' + QString(column + 4, u' ');
        out += wrapped(text, column + 4);
    }
    return out;
}

QString section(const QString &title, const QString &content)
{
    return content.isEmpty() ? QString() : u'\n' + title + u'\n' + content;
}

Rows optionRows(const QList<OptionDescription> &options, bool arePositional)
{
    Rows rows;
    for (const auto &option : options) {
        if (option.isPositional != arePositional)
            continue;
        auto text = option.help;
        if (!option.choices.isEmpty() && !text.contains(option.choices.last()))
            text += u" ("_s + option.choices.join(u", "_s) + u')';
        rows.append({optionUsage(option), text});
    }
    return rows;
}

//! The verbs right below \p path.
Rows verbRows(const QList<VerbDescription> &verbs, const QStringList &path)
{
    Rows rows;
    for (const auto &verb : verbs) {
        if (verb.path.size() == path.size() + 1 && verb.path.mid(0, path.size()) == path)
            rows.append({verb.path.last(), verb.verb->summary()});
    }
    return rows;
}

QString programHelp(const CommandLine &commandLine)
{
    return Text::tr("OAuth 2.0 and OpenID Connect on the command line") + u"\n\n"_s
        + Text::tr("Usage: countersign VERB [OPTIONS]") + u'\n'
        + section(Text::tr("Verbs"), table(verbRows(commandLine.describe(), {})))
        + section(Text::tr("Options of every verb"), table(optionRows(commandLine.globalOptions(), false)))
        + section(Text::tr("To begin with"),
                  u"  countersign sandbox start\n"
                  "  countersign login --issuer https://op.example --client-id ID --save work\n"
                  "  countersign token --profile work -o json\n"
                  "  countersign inspect --account ada@op.example --type id\n"_s)
        + u'\n'
        + Text::tr("'countersign VERB --help' says more about a verb, 'countersign help exit-codes' and\n"
                   "'countersign help environment' what scripts need.")
        + u'\n';
}

QString verbHelp(const CommandLine &commandLine, const VerbDescription &verb)
{
    const auto description = verb.verb->description();
    QString examples;
    for (const auto &example : verb.verb->examples())
        examples += u"  "_s + example + u'\n';
    return verb.verb->summary() + u"\n\n"_s + Text::tr("Usage: %1").arg(usageLine(verb)) + u'\n'
        + (description.isEmpty() ? QString() : u'\n' + description + u'\n')
        + section(Text::tr("Verbs"), table(verbRows(commandLine.describe(), verb.path)))
        + section(Text::tr("Arguments"), table(optionRows(verb.options, true)))
        + section(Text::tr("Options"), table(optionRows(verb.options, false))) + section(Text::tr("Examples"), examples)
        + u'\n' + wrapped(Text::tr("Answers (-o): %1.").arg(verb.verb->answerFormats().join(u", "_s)), 0)
        + Text::tr("Options of every verb: countersign --help") + u'\n';
}

} // namespace

QString usageLine(const VerbDescription &verb)
{
    QString line = u"countersign "_s + verb.path.join(u' ');
    if (!verb.verb->children().empty())
        line += u" VERB"_s;
    line += u" [OPTIONS]"_s;
    for (const auto &option : verb.options) {
        if (option.isPositional)
            line += u" ["_s + optionUsage(option) + u']';
    }
    return line;
}

QString optionUsage(const OptionDescription &option)
{
    auto text = option.names.join(u", "_s);
    if (!option.value.isEmpty())
        text += u' ' + option.value;
    return option.isRepeatable ? text + u"..."_s : text;
}

QString helpText(const CommandLine &commandLine, const QStringList &path)
{
    if (path.isEmpty())
        return programHelp(commandLine);
    const auto verbs = commandLine.describe();
    const auto found =
        std::find_if(verbs.begin(), verbs.end(), [&path](const auto &verb) { return verb.path == path; });
    return found == verbs.end() ? QString() : verbHelp(commandLine, *found);
}

QString exitCodeHelp()
{
    Rows rows;
    for (const auto &row : exitCodeTable())
        rows.append({QString::number(static_cast<int>(row.code)), Text::tr(row.meaning)});
    return table(rows);
}

QList<std::pair<QString, QString>> environmentVariables()
{
    return {{u"COUNTERSIGN_PROFILE"_s, Text::tr("as --profile")},
            {u"COUNTERSIGN_ACCOUNT"_s, Text::tr("as --account")},
            {u"COUNTERSIGN_ISSUER"_s, Text::tr("as --issuer")},
            {u"COUNTERSIGN_TENANT"_s, Text::tr("as --entra")},
            {u"COUNTERSIGN_CLIENT_ID"_s, Text::tr("as --client-id")},
            {u"COUNTERSIGN_STORE"_s, Text::tr("as --store")},
            {u"COUNTERSIGN_CA_FILE"_s, Text::tr("as --ca-file")},
            {u"COUNTERSIGN_PROXY"_s, Text::tr("as --proxy")},
            {u"COUNTERSIGN_NO_INTERACTION"_s,
             Text::tr("1 or true is --no-interaction; so it is in CI and AZUREAUTH_NO_USER")},
            {u"COUNTERSIGN_PROFILES"_s, Text::tr("the file with the saved profiles")},
            {u"COUNTERSIGN_SETTINGS"_s, Text::tr("the file with the settings")},
            {u"COUNTERSIGN_ACCOUNTS"_s, Text::tr("the file with the names of accounts")},
            {u"COUNTERSIGN_TRUSTED"_s, Text::tr("the file that says which project files are trusted")},
            {u"BROWSER"_s, Text::tr("the program that opens pages, before the desktop's own")},
            {u"NO_COLOR"_s, Text::tr("anything: no colours")}};
}

QString environmentHelp()
{
    return table(environmentVariables());
}

} // namespace Countersign::Cli

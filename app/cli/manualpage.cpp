// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "manualpage.h"

#include "help.h"
#include "text.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! Text for roff: hyphens that can be copied, no line that begins with a command.
QString roff(QString text)
{
    text.replace(u'\\', u"\\e"_s).replace(u'-', u"\\-"_s);
    auto lines = text.split(u'\n');
    for (auto &line : lines) {
        if (line.startsWith(u'.') || line.startsWith(u'\''))
            line.prepend(u"\\&"_s);
    }
    return lines.join(u'\n');
}

QString heading(const QString &title)
{
    return u".SH "_s + title + u'\n';
}

//! A term and what it means.
QString item(const QString &term, const QString &text)
{
    return u".TP\n\\fB"_s + roff(term) + u"\\fR\n"_s + roff(text) + u'\n';
}

QString options(const QList<OptionDescription> &list)
{
    QString text;
    for (const auto &option : list) {
        const auto choices = option.choices.isEmpty() ? QString() : u" ("_s + option.choices.join(u", "_s) + u')';
        text += item(optionUsage(option), option.help + choices);
    }
    return text;
}

QString examples(const QStringList &list)
{
    QString text;
    for (const auto &example : list)
        text += u".PP\n.nf\n"_s + roff(example) + u"\n.fi\n"_s;
    return text;
}

QString begin(const QString &name, const QString &summary)
{
    return u".TH %1 1 \"\" \"Countersign %2\" \"%3\"\n"_s.arg(name.toUpper(), QCoreApplication::applicationVersion(),
                                                              Text::tr("Countersign"))
        + heading(u"NAME"_s) + roff(name) + u" \\- "_s + roff(summary) + u'\n';
}

QString exitCodes()
{
    QString text = heading(u"EXIT STATUS"_s);
    for (const auto &row : exitCodeTable())
        text += item(QString::number(static_cast<int>(row.code)), Text::tr(row.meaning));
    return text;
}

QString mainPage(const CommandLine &commandLine, const QList<VerbDescription> &verbs)
{
    QString text = begin(u"countersign"_s, Text::tr("OAuth 2.0 and OpenID Connect on the command line"))
        + heading(u"SYNOPSIS"_s) + u".B countersign\n.I VERB\n[OPTIONS]\n"_s + heading(u"DESCRIPTION"_s)
        + roff(Text::tr("Signs people in, hands out their tokens, and explains tokens, challenges and providers. "
                        "Standard output carries the answer and nothing else; everything for people goes to "
                        "standard error."))
        + u'\n' + heading(u"VERBS"_s);
    for (const auto &verb : verbs) {
        if (verb.path.size() == 1)
            text += item(verb.path.first(), verb.verb->summary());
    }
    text += heading(u"OPTIONS"_s) + options(commandLine.globalOptions()) + exitCodes() + heading(u"ENVIRONMENT"_s);
    for (const auto &[name, meaning] : environmentVariables())
        text += item(name, meaning);
    text += heading(u"SEE ALSO"_s);
    QStringList others;
    for (const auto &verb : verbs) {
        if (verb.path.size() == 1)
            others.append(u"\\fBcountersign\\-%1\\fR(1)"_s.arg(roff(verb.path.first())));
    }
    return text + others.join(u",\n"_s) + u'\n';
}

QString verbSection(const VerbDescription &verb)
{
    const auto description = verb.verb->description();
    return (description.isEmpty() ? QString() : u".PP\n"_s + roff(description) + u'\n') + options(verb.options)
        + examples(verb.verb->examples());
}

QString verbPage(const VerbDescription &top, const QList<VerbDescription> &verbs)
{
    QString text = begin(u"countersign-"_s + top.path.first(), top.verb->summary()) + heading(u"SYNOPSIS"_s);
    for (const auto &verb : verbs) {
        if (verb.path.first() == top.path.first())
            text += u".PP\n.nf\n"_s + roff(usageLine(verb)) + u"\n.fi\n"_s;
    }
    text += heading(u"DESCRIPTION"_s) + roff(top.verb->summary()) + u".\n"_s + verbSection(top);
    for (const auto &verb : verbs) {
        if (verb.path.size() > 1 && verb.path.first() == top.path.first())
            text += u".SS "_s + roff(verb.path.mid(1).join(u' ')) + u'\n' + roff(verb.verb->summary()) + u".\n"_s
                + verbSection(verb);
    }
    return text + heading(u"SEE ALSO"_s) + u"\\fBcountersign\\fR(1)\n"_s;
}

} // namespace

QList<std::pair<QString, QByteArray>> manualPages(const CommandLine &commandLine)
{
    const auto verbs = commandLine.describe();
    QList<std::pair<QString, QByteArray>> pages{{{}, mainPage(commandLine, verbs).toUtf8()}};
    for (const auto &verb : verbs) {
        if (verb.path.size() == 1)
            pages.append({verb.path.first(), verbPage(verb, verbs).toUtf8()});
    }
    return pages;
}

} // namespace Countersign::Cli

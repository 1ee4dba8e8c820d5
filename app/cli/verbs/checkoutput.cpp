// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "checkoutput.h"

#include "../text.h"
#include "../words.h"

#include <countersign/jose/jsonwriter.h>

#include <QtCore/QXmlStreamWriter>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using Jose::Check;
using Jose::CheckOutcome;

struct Mark
{
    const char *word;
    const char *color;
};

Mark markOf(CheckOutcome outcome)
{
    switch (outcome) {
    case CheckOutcome::Passed: return {QT_TRANSLATE_NOOP("CommandLine", "ok"), "32"};
    case CheckOutcome::Failed: return {QT_TRANSLATE_NOOP("CommandLine", "FAILED"), "31"};
    case CheckOutcome::Warning: return {QT_TRANSLATE_NOOP("CommandLine", "warning"), "33"};
    case CheckOutcome::NotPossible: return {QT_TRANSLATE_NOOP("CommandLine", "unknown"), "33"};
    case CheckOutcome::NotApplicable: return {QT_TRANSLATE_NOOP("CommandLine", "-"), "2"};
    }
    Q_UNREACHABLE();
    return {};
}

QString sentence(const Check &check)
{
    QString text = check.reason.isEmpty() ? check.actual : check.reason;
    if (check.outcome == CheckOutcome::Failed && !check.expected.isEmpty())
        text = Text::tr("%1 (expected %2, got %3)").arg(text, check.expected, check.actual);
    return harmless(text);
}

QString line(const Check &check, bool hasColor)
{
    const auto mark = markOf(check.outcome);
    auto word = Text::tr(mark.word).leftJustified(8);
    if (hasColor)
        word = u"\x1b[%1m%2\x1b[0m"_s.arg(QLatin1StringView(mark.color), word);
    QString text = word + check.id.leftJustified(22);
    // A long name does not run into the words.
    if (!text.endsWith(u' '))
        text += u' ';
    text += sentence(check);
    if (check.outcome == CheckOutcome::Failed || check.outcome == CheckOutcome::Warning)
        text += u" ["_s + check.reference + u']';
    while (text.endsWith(u' '))
        text.chop(1);
    return text + u'\n';
}

void writeSarifRules(Jose::JsonWriter &json, const QList<Check> &checks)
{
    QStringList seen;
    json.name("rules").beginArray();
    for (const auto &check : checks) {
        if (seen.contains(check.id))
            continue;
        seen.append(check.id);
        json.beginObject().string("id", check.id).name("shortDescription").beginObject();
        json.string("text", check.reference.isEmpty() ? check.id : check.reference).endObject().endObject();
    }
    json.endArray();
}

//! SARIF 2.1.0 §3.27.9 and §3.27.10: a level other than none goes with kind "fail" only.
std::pair<QString, QString> sarifKindAndLevel(CheckOutcome outcome)
{
    switch (outcome) {
    case CheckOutcome::Passed: return {u"pass"_s, u"none"_s};
    case CheckOutcome::Failed: return {u"fail"_s, u"error"_s};
    case CheckOutcome::Warning: return {u"fail"_s, u"warning"_s};
    case CheckOutcome::NotPossible: return {u"open"_s, u"none"_s};
    case CheckOutcome::NotApplicable: return {u"notApplicable"_s, u"none"_s};
    }
    Q_UNREACHABLE();
    return {};
}

void writeJunitCase(QXmlStreamWriter &xml, const CheckList &list, const Check &check)
{
    xml.writeStartElement(u"testcase"_s);
    xml.writeAttribute(u"classname"_s, list.title + u'.' + list.subject);
    xml.writeAttribute(u"name"_s, check.id);
    xml.writeAttribute(u"time"_s, u"0"_s);
    if (check.outcome == CheckOutcome::Failed || (check.outcome == CheckOutcome::NotPossible && check.isMandatory)) {
        xml.writeStartElement(check.outcome == CheckOutcome::Failed ? u"failure"_s : u"error"_s);
        xml.writeAttribute(u"message"_s, sentence(check));
        xml.writeAttribute(u"type"_s, check.reference);
        xml.writeEndElement();
    } else if (check.outcome != CheckOutcome::Passed && check.outcome != CheckOutcome::Warning) {
        xml.writeStartElement(u"skipped"_s);
        xml.writeAttribute(u"message"_s, sentence(check));
        xml.writeEndElement();
    } else if (check.outcome == CheckOutcome::Warning) {
        xml.writeTextElement(u"system-out"_s, sentence(check));
    }
    xml.writeEndElement();
}

} // namespace

QByteArray checksAsText(const CheckList &list)
{
    QString text;
    for (const auto &check : list.report.checks())
        text += line(check, list.hasColor);
    const auto failed = list.report.count(CheckOutcome::Failed);
    if (list.exitCode == ExitCode::Done)
        text += Text::tr("passed: %1\n").arg(list.subject);
    else if (failed > 0)
        text += Text::tr("refused: %1, failed rules: %2\n").arg(list.subject).arg(failed);
    else
        text += Text::tr("not decided: %1, something to compare with is missing\n").arg(list.subject);
    return text.toUtf8();
}

QByteArray checksAsJson(const CheckList &list)
{
    Jose::JsonWriter json;
    json.beginObject().string("schema", list.schema).boolean("passed", list.exitCode == ExitCode::Done);
    json.integer("exit", static_cast<int>(list.exitCode)).string("subject", list.subject);
    json.string("at", list.at.toUTC().toString(Qt::ISODate)).name("checks").beginArray();
    for (const auto &check : list.report.checks()) {
        json.beginObject().string("id", check.id).string("outcome", identifier(check.outcome));
        json.boolean("mandatory", check.isMandatory).string("reference", check.reference);
        if (!check.expected.isEmpty())
            json.string("expected", check.expected);
        if (!check.actual.isEmpty())
            json.string("actual", check.actual);
        if (!check.reason.isEmpty())
            json.string("reason", check.reason);
        if (check.cause != ErrorCause::Unspecified)
            json.string("cause", identifier(check.cause));
        json.endObject();
    }
    json.endArray().endObject();
    return json.take();
}

QByteArray checksAsJunit(const CheckList &list)
{
    QByteArray out;
    QXmlStreamWriter xml(&out);
    xml.setAutoFormatting(true);
    xml.setAutoFormattingIndent(2);
    xml.writeStartDocument();
    xml.writeStartElement(u"testsuites"_s);
    xml.writeStartElement(u"testsuite"_s);
    qsizetype errors = 0;
    qsizetype skipped = list.report.count(CheckOutcome::NotApplicable);
    for (const auto &check : list.report.checks()) {
        if (check.outcome == CheckOutcome::NotPossible)
            ++(check.isMandatory ? errors : skipped);
    }
    xml.writeAttribute(u"name"_s, list.title);
    xml.writeAttribute(u"tests"_s, QString::number(list.report.checks().size()));
    xml.writeAttribute(u"failures"_s, QString::number(list.report.count(CheckOutcome::Failed)));
    xml.writeAttribute(u"errors"_s, QString::number(errors));
    xml.writeAttribute(u"skipped"_s, QString::number(skipped));
    xml.writeAttribute(u"timestamp"_s, list.at.toUTC().toString(u"yyyy-MM-ddTHH:mm:ss"_s));
    for (const auto &check : list.report.checks())
        writeJunitCase(xml, list, check);
    xml.writeEndElement();
    xml.writeEndElement();
    xml.writeEndDocument();
    return out.trimmed();
}

QByteArray checksAsSarif(const CheckList &list)
{
    Jose::JsonWriter json;
    json.beginObject().string("$schema", u"https://json.schemastore.org/sarif-2.1.0.json"_s);
    json.string("version", u"2.1.0"_s).name("runs").beginArray().beginObject();
    json.name("tool").beginObject().name("driver").beginObject();
    json.string("name", QString(u"countersign "_s + list.title));
    json.string("semanticVersion", QCoreApplication::applicationVersion());
    writeSarifRules(json, list.report.checks());
    json.endObject().endObject();
    json.name("results").beginArray();
    for (const auto &check : list.report.checks()) {
        const auto [kind, level] = sarifKindAndLevel(check.outcome);
        json.beginObject().string("ruleId", check.id).string("kind", kind).string("level", level);
        const auto text = sentence(check);
        json.name("message").beginObject().string("text", text.isEmpty() ? check.id : text).endObject();
        json.name("locations").beginArray().beginObject().name("logicalLocations").beginArray().beginObject();
        json.string("name", list.subject).endObject().endArray().endObject().endArray();
        json.endObject();
    }
    json.endArray().endObject().endArray().endObject();
    return json.take();
}

QByteArray checksAsTap(const CheckList &list)
{
    QByteArray out = "TAP version 14\n1.." + QByteArray::number(list.report.checks().size()) + '\n';
    qsizetype number = 0;
    for (const auto &check : list.report.checks()) {
        const bool isOpen = check.outcome == CheckOutcome::NotPossible;
        const bool isBad = check.outcome == CheckOutcome::Failed || (isOpen && check.isMandatory);
        out += (isBad ? "not ok " : "ok ") + QByteArray::number(++number) + " - " + check.id.toUtf8();
        if (!isBad && (isOpen || check.outcome == CheckOutcome::NotApplicable))
            out += " # SKIP " + sentence(check).toUtf8();
        out += '\n';
        if (!isBad && check.outcome != CheckOutcome::Warning)
            continue;
        // YAML reads JSON's strings.
        Jose::JsonWriter message;
        Jose::JsonWriter reference;
        message.string(sentence(check));
        reference.string(check.reference);
        out += "  ---\n  message: " + message.view().toByteArray() + "\n  severity: " + (isBad ? "fail" : "comment")
            + "\n  reference: " + reference.view().toByteArray() + "\n  ...\n";
    }
    return out;
}

QByteArray formatChecks(const CheckList &list, const QString &format)
{
    if (format == "junit"_L1)
        return checksAsJunit(list) + '\n';
    if (format == "sarif"_L1)
        return checksAsSarif(list) + '\n';
    if (format == "tap"_L1)
        return checksAsTap(list);
    return format == "json"_L1 ? checksAsJson(list) + '\n' : checksAsText(list);
}

ExitCode reportChecks(Context &context, CheckList list)
{
    const auto outcome = list.report.toResult();
    list.exitCode = outcome ? ExitCode::Done : exitCodeOf(outcome.error());
    list.hasColor = context.hasColor(stdout);
    if (!list.at.isValid())
        list.at = context.now();
    if (context.global().isJson()) {
        if (const auto written = context.writeJson(checksAsJson(list), "checks"); written != ExitCode::Done)
            return written;
    } else {
        context.write(formatChecks(list, context.global().output));
    }
    if (outcome)
        return ExitCode::Done;
    return context.fail(outcome.error(), list.exitCode,
                        list.fixes.isEmpty() ? fixesForGivenToken(list.exitCode, list.given) : list.fixes);
}

} // namespace Countersign::Cli

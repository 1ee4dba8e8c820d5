// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "commandline.h"
#include "exitcode.h"
#include "inspect.h"
#include "jose.h"

#include <countersign/base/logging.h>
#include <countersign/base/redaction.h>
#include <countersign/crypto/secret.h>
#include <countersign/jose/jsonwriter.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QRegularExpression>

#include <cstdio>

using namespace Countersign;
using namespace Countersign::Cli;
using namespace Qt::StringLiterals;

namespace {

// What works today. The parser knows more; what is not here is neither accepted nor listed.
const QList<CommandLine::Verb> offered{CommandLine::Verb::Inspect, CommandLine::Verb::Jose, CommandLine::Verb::Version};

void write(std::FILE *stream, const QByteArray &text)
{
    std::fwrite(text.constData(), 1, static_cast<std::size_t>(text.size()), stream);
    std::fflush(stream);
}

QByteArray errorJson(const Error &error)
{
    Jose::JsonWriter json;
    json.beginObject()
        .string("schema", u"countersign.error/1"_s)
        .string("code", identifier(error.code()))
        .integer("exit", static_cast<int>(exitCodeOf(error)))
        .string("message", redacted(error.message()));
    if (error.cause() != ErrorCause::Unspecified)
        json.string("reason", identifier(error.cause()));
    json.endObject();
    return json.take() + '\n';
}

int failed(const Error &error, bool asJson)
{
    write(stderr, asJson ? errorJson(error) : "countersign: " + redacted(error.message()).toUtf8() + '\n');
    return static_cast<int>(exitCodeOf(error));
}

//! The format is wanted even when the rest of the line is wrong.
bool wantsJson(const QStringList &arguments)
{
    const auto at = arguments.indexOf(QRegularExpression(u"^(-o|--output)$"_s));
    return (at >= 0 && arguments.value(at + 1) == "json"_L1) || arguments.contains(u"--output=json"_s)
        || arguments.contains(u"-ojson"_s);
}

int inspectVerb(const CommandLine &line)
{
    const bool asJson = line.global.output == OutputFormat::Json;
    if (line.inspect.input.isEmpty())
        return failed(Error{ErrorCode::InvalidArgument, u"inspect needs a token, @file, or - for standard input."_s},
                      asJson);
    const auto input = readInput(line.inspect.input);
    if (!input)
        return failed(input.error(), asJson);
    const auto payload = inspect(*input, line.inspect, line.global.output, QDateTime::currentDateTimeUtc());
    if (!payload)
        return failed(payload.error(), asJson);
    write(stdout, payload->text);
    return static_cast<int>(ExitCode::Done);
}

int joseVerb(const CommandLine &line)
{
    const auto answer = runJose(line.jose);
    if (!answer) {
        failed(answer.error(), line.global.output == OutputFormat::Json);
        return static_cast<int>(joseExitCodeOf(answer.error()));
    }
    if (line.global.output != OutputFormat::None)
        std::fwrite(answer->reveal().data(), 1, static_cast<std::size_t>(answer->size()), stdout);
    std::fflush(stdout);
    return static_cast<int>(ExitCode::Done);
}

int versionVerb(const CommandLine &line)
{
    const auto version = QCoreApplication::applicationVersion();
    if (line.global.output == OutputFormat::Json) {
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.version/1"_s).string("version", version);
        json.string("qt", QString::fromLatin1(qVersion())).endObject();
        write(stdout, json.take() + '\n');
    } else if (line.global.output != OutputFormat::None) {
        write(stdout, "countersign " + version.toUtf8() + '\n');
    }
    return static_cast<int>(ExitCode::Done);
}

} // namespace

int main(int argc, char **argv)
{
    initializeSecureHeap();
    installRedactingLogSink();
    const QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"countersign"_s);
    QCoreApplication::setApplicationVersion(QStringLiteral(COUNTERSIGN_VERSION));
    const auto arguments = QCoreApplication::arguments().mid(1);
    const auto line = parseCommandLine(arguments, offered);
    if (!line)
        return failed(line.error(), wantsJson(arguments));
    if (line->global.verbose)
        QLoggingCategory::setFilterRules(u"countersign.*=true"_s);
    switch (line->verb) {
    case CommandLine::Verb::Print: write(stdout, line->text.toUtf8()); return static_cast<int>(ExitCode::Done);
    case CommandLine::Verb::Inspect: return inspectVerb(*line);
    case CommandLine::Verb::Jose: return joseVerb(*line);
    case CommandLine::Verb::Version: return versionVerb(*line);
    case CommandLine::Verb::Login:
    case CommandLine::Verb::Logout:
    case CommandLine::Verb::Token:
    case CommandLine::Verb::Accounts: break; // not offered, so the parser refused it
    }
    Q_UNREACHABLE();
    return static_cast<int>(ExitCode::InternalError);
}

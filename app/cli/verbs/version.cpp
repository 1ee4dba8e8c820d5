// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../help.h"

#include "../context.h"
#include "../text.h"
#include "../verbs.h"

#include <countersign/jose/jsonwriter.h>
#include <countersign/useragent/webviewagent.h>

#include <QtCore/QSysInfo>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

class VersionVerb final : public Verb
{
public:
    VersionVerb() : Verb(u"version"_s, Text::tr("Print the version")) { }

    ExitCode run(Context &context) override { return writeVersion(context); }
};

} // namespace

ExitCode writeVersion(Context &context)
{
    const auto version = QCoreApplication::applicationVersion();
    if (!context.global().isJson()) {
        context.write(QByteArray("countersign " + version.toUtf8() + '\n'));
        return ExitCode::Done;
    }
    Jose::JsonWriter json;
    json.beginObject().string("schema", u"countersign.version/1"_s).string("version", version);
    json.string("qt", QString::fromLatin1(qVersion()));
    json.string("system", QSysInfo::prettyProductName()).string("architecture", QSysInfo::buildCpuArchitecture());
    json.boolean("webview", !WebViewAgent::findProgram().isEmpty()).endObject();
    return context.writeJson(json.view());
}

std::unique_ptr<Verb> makeVersionVerb()
{
    return std::make_unique<VersionVerb>();
}

} // namespace Countersign::Cli

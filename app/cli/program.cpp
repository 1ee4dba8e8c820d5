// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "program.h"

#include "commandline.h"
#include "context.h"
#include "help.h"
#include "logoutput.h"
#include "projectfile.h"
#include "projecttrust.h"
#include "text.h"
#include "verbs.h"
#include "words.h"

#include <common/homefolder.h>

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QLoggingCategory>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! What the file of the project in this folder says counts where the person agreed to it; otherwise that is said.
Result<void> adoptProject(Context &context, const Verb &verb)
{
    if (!verb.followsProject() || context.global().namesProvider())
        return {};
    const auto path = findProjectFile(QDir::currentPath());
    if (path.isEmpty())
        return {};
    ProjectTrust trust;
    if (const auto loaded = trust.load(); !loaded)
        return loaded.error();
    const auto content = readProjectFile(path);
    if (!content || !trust.covers(path, *content)) {
        context.hint(
            Text::tr("'%1' is not trusted and not followed. Look at it, then: countersign trust").arg(harmless(path)));
        return {};
    }
    const auto project = parseProjectFile(*content);
    if (!project)
        return Error(project.error()).withPrefix(path);
    applyProject(*project, context.adjust());
    return {};
}

//! What to exit with: an answer that did not arrive is no success.
int conclude(Context &context, ExitCode exitCode)
{
    if (exitCode != ExitCode::Done || !context.hasLostOutput())
        return static_cast<int>(exitCode);
    // Whoever has seen enough need not be told.
    if (context.isReaderGone() && !context.global().isJson())
        return static_cast<int>(ExitCode::InternalError);
    return static_cast<int>(
        context.fail(Error{ErrorCode::StorageUnavailable, Text::tr("Standard output cannot be written.")},
                     ExitCode::InternalError, {}));
}

} // namespace

int run(const QString &name, const QStringList &arguments)
{
    CommandLine commandLine(allVerbs());
    const auto words = wordsOfName(QFileInfo(name).completeBaseName()) + arguments;
    const auto invocation = commandLine.parse(words);
    if (!invocation) {
        GlobalOptions global;
        global.output = wantsJson(words) ? u"json"_s : u"text"_s;
        global.errorFile = errorFileIn(words);
        return static_cast<int>(Context(global, commandLine).fail(invocation.error()));
    }
    setLogFormat(invocation->global.logFormat == "json"_L1 ? LogFormat::Json : LogFormat::Text);
    if (invocation->global.verbose)
        QLoggingCategory::setFilterRules(u"countersign.*=true"_s);
    Context context(invocation->global, commandLine);
    if (!invocation->verb) {
        const bool isHelp = invocation->wish == Invocation::Wish::Help;
        return conclude(context, isHelp ? writeHelp(context, invocation->topic) : writeVersion(context));
    }
    if (const auto home = App::settleHome(); !home)
        return static_cast<int>(context.fail(home.error()));
    // An empty one at first: whether a file can be written is better known before than after a sign-in.
    const QFileInfo trace(invocation->global.traceFile);
    const bool isStream = trace.exists() && !trace.isFile();
    if (const auto traced = isStream ? Result<void>() : context.saveTrace(); !traced)
        return static_cast<int>(context.fail(wrongUsage(traced.error().message())));
    if (const auto adopted = adoptProject(context, *invocation->verb); !adopted)
        return static_cast<int>(context.fail(adopted.error()));
    const auto exitCode = invocation->verb->run(context);
    // Whatever came of it: a trace is wanted most when it went wrong.
    const auto traced = context.saveTrace();
    if (!traced && exitCode == ExitCode::Done)
        return static_cast<int>(context.fail(traced.error(), ExitCode::InternalError, {}));
    if (!traced)
        context.hint(traced.error().message());
    return conclude(context, exitCode);
}

} // namespace Countersign::Cli

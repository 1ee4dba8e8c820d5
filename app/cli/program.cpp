// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "program.h"

#include "commandline.h"
#include "context.h"
#include "text.h"
#include "verbs.h"

#include <QtCore/QFileInfo>
#include <QtCore/QLoggingCategory>

#include <cstdio>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {

int run(const QString &name, const QStringList &arguments)
{
    CommandLine commandLine(allVerbs());
    const auto words = wordsOfName(QFileInfo(name).completeBaseName()) + arguments;
    const auto invocation = commandLine.parse(words);
    if (!invocation) {
        GlobalOptions global;
        global.output = wantsJson(words) ? u"json"_s : u"text"_s;
        return static_cast<int>(Context(global, commandLine).fail(invocation.error()));
    }
    if (invocation->global.verbose)
        QLoggingCategory::setFilterRules(u"countersign.*=true"_s);
    Context context(invocation->global, commandLine);
    if (!invocation->verb) {
        context.write(invocation->text.toUtf8());
        return static_cast<int>(ExitCode::Done);
    }
    const auto exitCode = invocation->verb->run(context);
    if (exitCode == ExitCode::Done && context.hasLostOutput())
        return static_cast<int>(
            context.fail(Error{ErrorCode::StorageUnavailable, Text::tr("Standard output cannot be written.")},
                         ExitCode::InternalError, {}));
    return static_cast<int>(exitCode);
}

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "configure.h"

#include "../text.h"
#include "../verbs.h"

#include <countersign/jose/jsonwriter.h>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

ExitCode writeChange(Context &context, const ConfigureStep &step, bool isMade)
{
    const auto &change = step.change;
    Jose::JsonWriter json;
    json.beginObject().string("schema", u"countersign.configure/1"_s).string("path", change.path);
    json.boolean("made", isMade);
    if (step.isExact)
        json.boolean("exact", *step.isExact);
    json.string("diff", QString::fromUtf8(change.isEmpty() ? QByteArray() : change.diff()));
    json.endObject();
    return context.writeJson(json.view());
}

class ConfigureVerb final : public VerbGroup
{
public:
    ConfigureVerb() : VerbGroup(u"configure"_s, Text::tr("Set git or kubectl up to get tokens from here"))
    {
        addChild(makeConfigureGitVerb());
        addChild(makeConfigureKubernetesVerb());
    }
};

class UnconfigureVerb final : public VerbGroup
{
public:
    UnconfigureVerb() : VerbGroup(u"unconfigure"_s, Text::tr("Undo what 'configure' did"))
    {
        addChild(makeUnconfigureGitVerb());
        addChild(makeUnconfigureKubernetesVerb());
    }
};

} // namespace

ExitCode carryOut(Context &context, const ConfigureStep &step)
{
    const auto &change = step.change;
    if (context.global().isJson()) {
        const bool isMade = !step.isDry && !change.isEmpty();
        if (const auto applied = isMade ? step.apply() : Result<void>(); !applied)
            return context.fail(applied.error());
        return writeChange(context, step, isMade);
    }
    if (change.isEmpty()) {
        context.hint(Text::tr("Nothing to change in '%1'.").arg(change.path));
        return ExitCode::Done;
    }
    context.write(change.diff());
    // What could not be shown is not done.
    if (step.isDry || context.hasLostOutput())
        return ExitCode::Done;
    const auto applied = step.apply();
    if (!applied)
        return context.fail(applied.error());
    context.hint(Text::tr("'%1' is changed.").arg(change.path));
    return ExitCode::Done;
}

ExitCode printLines(Context &context, const QByteArray &text)
{
    if (!context.global().isJson()) {
        context.write(text);
        return ExitCode::Done;
    }
    Jose::JsonWriter json;
    json.beginObject().string("schema", u"countersign.configure/1"_s);
    json.string("text", QString::fromUtf8(text)).endObject();
    return context.writeJson(json.view());
}

std::unique_ptr<Verb> makeConfigureVerb()
{
    return std::make_unique<ConfigureVerb>();
}

std::unique_ptr<Verb> makeUnconfigureVerb()
{
    return std::make_unique<UnconfigureVerb>();
}

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../completion.h"

#include "../context.h"
#include "../text.h"
#include "../verbs.h"
#include "../words.h"

#include <countersign/jose/jsonwriter.h>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

class CompletionVerb final : public Verb
{
public:
    CompletionVerb() : Verb(u"completion"_s, Text::tr("Print the completions for a shell")) { }

    QStringList examples() const override
    {
        return {u"source <(countersign completion bash)"_s,
                u"countersign completion zsh > \"${fpath[1]}/_countersign\""_s,
                u"countersign completion fish | source"_s,
                u"countersign completion pwsh | Out-String | Invoke-Expression"_s,
                u"eval (countersign completion elvish | slurp)"_s};
    }
    void addOptions(OptionSet &options) override
    {
        options.choice("SHELL", m_shell, completionShells(), Text::tr("Whose completions"));
    }
    ExitCode run(Context &context) override
    {
        if (m_shell.isEmpty())
            return context.fail(wrongUsage(Text::tr("Name a shell: %1.").arg(completionShells().join(u", "_s))));
        const auto script = completionScript(context.commandLine(), m_shell);
        if (context.global().isJson()) {
            Jose::JsonWriter json;
            json.beginObject().string("schema", u"countersign.completion/1"_s).string("shell", m_shell);
            json.utf8("script", script).endObject();
            return context.writeJson(json.view());
        }
        context.write(script);
        return ExitCode::Done;
    }

private:
    QString m_shell;
};

} // namespace

std::unique_ptr<Verb> makeCompletionVerb()
{
    return std::make_unique<CompletionVerb>();
}

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../helpercommand.h"
#include "../kubeconfiguration.h"
#include "../text.h"
#include "../tokenrequest.h"
#include "../words.h"
#include "configure.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! As carryOut() of any file, with the record of what it was.
ExitCode carryOutWithRecord(Context &context, const KubeChange &change, bool isDry, std::optional<bool> isExact = {})
{
    const auto apply = [&context, &change] {
        return change.apply([&context](const Error &error) {
            context.hint(Text::tr("Undoing it will not be exact: %1").arg(error.message()));
        });
    };
    const auto done = carryOut(context, {.change = change.file, .apply = apply, .isDry = isDry, .isExact = isExact});
    // Copies that are of no use any more, which this one may be even where there was nothing to change.
    if (!isDry)
        UndoRecords().sweep();
    return done;
}

class ConfigureKubernetesVerb final : public Verb
{
public:
    ConfigureKubernetesVerb() : Verb(u"kubernetes"_s, Text::tr("Make this kubectl's exec plugin for a context")) { }

    QString description() const override
    {
        return Text::tr(
            "Adds a user to the kubeconfig and gives it to the context, by way of kubectl; shows the change\n"
            "as a diff first. kubectl writes the whole file in its own form. 'countersign unconfigure\n"
            "kubernetes' gives back the file as it was, byte by byte; if it was changed by something else\n"
            "meanwhile, only the user is taken away and the context gets back the one it had. For that the\n"
            "file as it was is kept among your own files until then, readable for you alone.");
    }
    QStringList examples() const override
    {
        return {u"countersign configure kubernetes --context prod --profile work"_s,
                u"countersign configure kubernetes --context prod --profile work --print"_s};
    }
    void addOptions(OptionSet &options) override
    {
        options.text("--context", m_kube.context, Text::tr("The kubeconfig's context; its current one by default"));
        options.file("--kubeconfig", m_kube.file,
                     Text::tr("The file; by default the one in $KUBECONFIG that has the context, or ~/.kube/config"));
        options.choice("--type", m_type, {u"id"_s, u"access"_s}, Text::tr("id (default) or access"));
        options.text("--server-id", m_serverId, Text::tr("Entra application of the API server, or 'aks'"));
        m_request.addLastingTo(options);
        options.flag("--dry-run", m_isDry, Text::tr("Only show the change"));
        options.flag("--print", m_isPrinted,
                     Text::tr("Print the user entry instead, for the kubectl that is here; change nothing"));
    }

    ExitCode run(Context &context) override
    {
        const auto flags = helperFlags(context);
        if (!flags)
            return context.fail(flags.error());
        QString text = *flags + m_request.flags();
        if (!m_type.isEmpty())
            text += u" --type "_s + m_type;
        if (!m_serverId.isEmpty())
            text += u" --server-id "_s + shellQuoted(m_serverId);
        if (const auto writable = checkCommand(text); !writable)
            return context.fail(writable.error());
        const KubeCommand command{.arguments = QStringList{u"credential"_s, u"kubernetes"_s} + unquotedWords(text),
                                  .variables = helperVariables()};
        if (m_isPrinted)
            return print(context, command);
        const auto change = withKubeUser(context, m_kube, command);
        return change ? carryOutWithRecord(context, *change, m_isDry) : context.fail(change.error());
    }

private:
    ExitCode print(Context &context, const KubeCommand &command) const
    {
        const auto entry = kubeUserEntry(context, m_kube, command);
        if (!entry)
            return context.fail(entry.error());
        const auto name = entry->context.isEmpty() ? u"CONTEXT"_s : shellQuoted(entry->context);
        context.hint(Text::tr("It belongs below 'users' in the kubeconfig. Then: %1")
                         .arg(u"kubectl config set-context %1 --user=%2"_s.arg(name, shellQuoted(entry->user))));
        return printLines(context, entry->yaml);
    }

    KubeTarget m_kube;
    QString m_type;
    QString m_serverId;
    TokenRequestOptions m_request;
    bool m_isDry = false;
    bool m_isPrinted = false;
};

class UnconfigureKubernetesVerb final : public Verb
{
public:
    UnconfigureKubernetesVerb() : Verb(u"kubernetes"_s, Text::tr("Take the user of 'configure kubernetes' away")) { }

    QString description() const override
    {
        return Text::tr(
            "Gives back the kubeconfig as it was before 'configure kubernetes', byte by byte; shows the change\n"
            "as a diff first. If the file was changed by something else meanwhile, only our user is taken\n"
            "away and the context gets back the one it had, and that is said.");
    }
    QStringList examples() const override { return {u"countersign unconfigure kubernetes --context prod"_s}; }
    void addOptions(OptionSet &options) override
    {
        options.text("--context", m_kube.context, Text::tr("The context; the current one by default"));
        options.file("--kubeconfig", m_kube.file,
                     Text::tr("The file; by default the one in $KUBECONFIG that has the context, or ~/.kube/config"));
        options.flag("--dry-run", m_isDry, Text::tr("Only show the change"));
    }

    ExitCode run(Context &context) override
    {
        const auto change = withoutKubeUser(context, m_kube);
        if (!change && change.error().cause() == ErrorCause::AccountNotFound)
            return context.fail(change.error(), ExitCode::NotFoundOrAmbiguous, {});
        if (!change)
            return context.fail(change.error());
        if (!change->isExact && !change->record)
            context.hint(whyNotExact(*change));
        return carryOutWithRecord(context, *change, m_isDry, change->isExact);
    }

private:
    static QString whyNotExact(const KubeChange &change)
    {
        const auto why = change.isRecorded
            ? Text::tr("'%1' has been changed by something else since.").arg(change.file.path)
            : Text::tr("How '%1' looked before is not known here.").arg(change.file.path);
        return why + u' '
            + Text::tr("Only our user is taken out of it; the rest stays as it is, in the form that kubectl writes.");
    }

    KubeTarget m_kube;
    bool m_isDry = false;
};

} // namespace

std::unique_ptr<Verb> makeConfigureKubernetesVerb()
{
    return std::make_unique<ConfigureKubernetesVerb>();
}

std::unique_ptr<Verb> makeUnconfigureKubernetesVerb()
{
    return std::make_unique<UnconfigureKubernetesVerb>();
}

} // namespace Countersign::Cli

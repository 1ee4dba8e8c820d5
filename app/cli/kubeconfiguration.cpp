// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "kubeconfiguration.h"

#include "text.h"
#include "words.h"

#include <countersign/jose/json.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QFileInfo>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

constexpr auto apiVersion = "client.authentication.k8s.io/v1"_L1;
constexpr auto replacesFlag = "--replaces"_L1;

QString userNameFor(const QString &context)
{
    return u"countersign-"_s + context;
}

//! A kubeconfig that is worked on beside the real one, in a folder of our own.
class Copy
{
public:
    static Result<std::unique_ptr<Copy>> of(const KubeTarget &target)
    {
        auto change = beginChange(target.path());
        if (!change)
            return change.error();
        if (!change->existed)
            return wrongUsage(Text::tr("There is no kubeconfig '%1'.").arg(change->path));
        auto copy = std::make_unique<Copy>();
        copy->m_change = *std::move(change);
        // The folder is nobody else's (0700): a kubeconfig may hold secrets.
        QFile file(copy->path());
        if (!copy->m_folder.isValid() || !file.open(QIODevice::WriteOnly)
            || file.write(copy->m_change.before) != copy->m_change.before.size())
            return Error{ErrorCode::StorageUnavailable, Text::tr("No copy of the kubeconfig can be made.")};
        return copy;
    }

    Result<QByteArray> kubectl(const QStringList &arguments) const
    {
        QProcess process;
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.remove(u"KUBECONFIG"_s);
        process.setProcessEnvironment(environment);
        process.start(u"kubectl"_s, QStringList{u"--kubeconfig"_s, path()} + arguments);
        process.closeWriteChannel();
        constexpr int deadline = 30000;
        if (!process.waitForStarted(deadline))
            return Error{ErrorCode::NotSupported,
                         Text::tr("kubectl is not there; --print writes the entry to paste instead.")};
        if (!process.waitForFinished(deadline) || process.exitCode() != 0)
            return wrongUsage(Text::tr("kubectl refuses: %1")
                                  .arg(harmless(QString::fromUtf8(process.readAllStandardError()).trimmed())));
        return process.readAllStandardOutput();
    }

    Result<void> run(const QStringList &arguments) const
    {
        const auto answer = kubectl(arguments);
        return answer ? Result<void>() : Result<void>(answer.error());
    }

    Result<FileChange> finish()
    {
        QFile file(path());
        if (!file.open(QIODevice::ReadOnly))
            return Error{ErrorCode::StorageUnavailable, Text::tr("The copy of the kubeconfig is gone.")};
        m_change.after = file.readAll();
        return std::move(m_change);
    }

private:
    QString path() const { return m_folder.filePath(u"config"_s); }

    QTemporaryDir m_folder;
    FileChange m_change;
};

//! A context and its user, as the kubeconfig says.
struct ContextUser
{
    QString context;
    QString user;
    QStringList execArguments; //!< of that user, if it is an exec plugin
};

Result<ContextUser> readContext(const Copy &copy, const KubeTarget &target)
{
    const auto text = copy.kubectl({u"config"_s, u"view"_s, u"-o"_s, u"json"_s});
    if (!text)
        return text.error();
    const auto config = Jose::JsonObject::parse(*text);
    if (!config)
        return wrongUsage(Text::tr("The kubeconfig cannot be read: %1").arg(config.error().message()));
    ContextUser found{.context = target.context.isEmpty() ? config->string("current-context").value_or(QString())
                                                          : target.context};
    QStringList names;
    for (const auto &entry : config->array("contexts").value_or(Jose::JsonArray())) {
        const auto object = entry.object().value_or(Jose::JsonObject());
        names.append(object.string("name").value_or(QString()));
        const auto context = object.object("context");
        if (names.last() == found.context && context)
            found.user = context->string("user").value_or(QString());
    }
    if (!names.contains(found.context))
        return wrongUsage(found.context.isEmpty() ? Text::tr("There is no current context: name one with --context.")
                                                  : notOneOf(found.context, names));
    for (const auto &entry : config->array("users").value_or(Jose::JsonArray())) {
        const auto object = entry.object().value_or(Jose::JsonObject());
        const auto user = object.object("user");
        const auto exec = user ? user->object("exec") : std::nullopt;
        if (exec && object.string("name") == found.user)
            found.execArguments = exec->stringList("args").value_or(QStringList());
    }
    return found;
}

//! The user that the context had before ours, by what our own entry remembers.
QString replacedUser(const ContextUser &found)
{
    const auto at = found.execArguments.indexOf(replacesFlag);
    return at < 0 ? QString() : found.execArguments.value(at + 1);
}

//! kubectl takes a value apart at commas unless it is quoted as in a CSV file.
QString csvQuoted(QString value)
{
    return value.contains(u',') || value.contains(u'"') ? u'"' + value.replace(u'"', u"\"\""_s) + u'"' : value;
}

QString yamlQuoted(QString value)
{
    return u'\'' + value.replace(u'\'', u"''"_s) + u'\'';
}

//! What kubectl says to somebody who has the kubeconfig but not this program.
QString installHint()
{
    return u"      installHint: "_s
        + yamlQuoted(Text::tr("This context gets its tokens from Countersign: install the package countersign."))
        + u'\n';
}

//! kubectl has no flag for the hint: it goes where kubectl itself would write it, in the entry of \p user alone.
QByteArray withInstallHint(const QByteArray &config, const QString &user)
{
    const auto entry = config.indexOf(QString(u"- name: "_s + user + u"\n  user:\n    exec:\n"_s).toUtf8());
    const auto next = config.indexOf("\n- ", entry + 1);
    const auto mode = entry < 0 ? -1 : config.indexOf("      interactiveMode:", entry);
    if (mode < 0 || (next >= 0 && next < mode))
        return config; // as kubectl has never written it; the entry works without
    auto changed = config;
    return changed.insert(mode, installHint().toUtf8());
}

} // namespace

QString KubeTarget::path() const
{
    if (!file.isEmpty())
        return file;
    const auto listed = qEnvironmentVariable("KUBECONFIG").split(QDir::listSeparator(), Qt::SkipEmptyParts);
    return listed.isEmpty() ? QDir::homePath() + u"/.kube/config"_s : listed.first();
}

QByteArray kubeUserEntry(const KubeTarget &target, const QStringList &arguments)
{
    QString text = u"- name: %1\n  user:\n    exec:\n      apiVersion: %2\n      command: %3\n      args:\n"_s.arg(
        yamlQuoted(userNameFor(target.context.isEmpty() ? u"user"_s : target.context)), apiVersion,
        yamlQuoted(QCoreApplication::applicationFilePath()));
    for (const auto &argument : arguments)
        text += u"      - "_s + yamlQuoted(argument) + u'\n';
    return (text + installHint() + u"      interactiveMode: IfAvailable\n      provideClusterInfo: false\n"_s).toUtf8();
}

Result<FileChange> withKubeUser(const KubeTarget &target, const QStringList &arguments)
{
    auto copy = Copy::of(target);
    if (!copy)
        return copy.error();
    const auto found = readContext(**copy, target);
    if (!found)
        return found.error();
    const auto user = userNameFor(found->context);
    const auto replaced = found->user == user ? replacedUser(*found) : found->user;
    QStringList all = arguments;
    if (!replaced.isEmpty())
        all += {QString(replacesFlag), replaced};
    // kubectl adds to the arguments that are there: ours of last time go first.
    if (found->user == user) {
        if (auto removed = (*copy)->run({u"config"_s, u"delete-user"_s, user}); !removed)
            return removed.error();
    }
    QStringList words{u"config"_s,
                      u"set-credentials"_s,
                      user,
                      u"--exec-command="_s + QCoreApplication::applicationFilePath(),
                      u"--exec-api-version="_s + apiVersion,
                      u"--exec-interactive-mode=IfAvailable"_s};
    for (const auto &argument : std::as_const(all))
        words.append(u"--exec-arg="_s + csvQuoted(argument));
    for (const auto &step : {words, QStringList{u"config"_s, u"set-context"_s, found->context, u"--user="_s + user}}) {
        if (auto done = (*copy)->run(step); !done)
            return done.error();
    }
    auto change = (*copy)->finish();
    if (change)
        change->after = withInstallHint(change->after, user);
    return change;
}

Result<FileChange> withoutKubeUser(const KubeTarget &target)
{
    auto copy = Copy::of(target);
    if (!copy)
        return copy.error();
    const auto found = readContext(**copy, target);
    if (!found)
        return found.error();
    if (found->user != userNameFor(found->context))
        return Error{ErrorCode::InvalidArgument, ErrorCause::AccountNotFound,
                     Text::tr("The context '%1' has no user of ours.").arg(found->context)};
    const auto replaced = replacedUser(*found);
    const auto restore = replaced.isEmpty()
        ? QStringList{u"config"_s, u"unset"_s, u"contexts."_s + found->context + u".user"_s}
        : QStringList{u"config"_s, u"set-context"_s, found->context, u"--user="_s + replaced};
    for (const auto &step : {restore, QStringList{u"config"_s, u"delete-user"_s, found->user}}) {
        if (auto done = (*copy)->run(step); !done)
            return done.error();
    }
    return (*copy)->finish();
}

} // namespace Countersign::Cli

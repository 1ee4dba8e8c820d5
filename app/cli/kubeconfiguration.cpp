// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "kubeconfiguration.h"

#include "input.h"
#include "kubectl.h"
#include "text.h"
#include "words.h"

#include <countersign/jose/json.h>

#include <QtCore/QCoreApplication>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QRegularExpression>

#include <algorithm>
#include <iterator>
#include <vector>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

constexpr auto apiVersion = "client.authentication.k8s.io/v1"_L1;
constexpr auto betaApiVersion = "client.authentication.k8s.io/v1beta1"_L1;
//! The first with `config delete-user` and an installHint.
constexpr KubectlVersion oldestKubectl{.major = 1, .minor = 20};
//! v1 is of 1.22 and demands an interactiveMode, for which `config set-credentials` has a flag no earlier than this.
//! v1beta1 means the same mode where none is said.
constexpr KubectlVersion kubectlForV1{.major = 1, .minor = 30};
//! An entry that is pasted has its mode without a flag.
constexpr KubectlVersion kubectlForPastedV1{.major = 1, .minor = 22};
constexpr auto replacesFlag = "--replaces"_L1;

QString userNameFor(const QString &context)
{
    return u"countersign-"_s + context;
}

//! A context and its user, as a kubeconfig says.
struct ContextUser
{
    QString context;
    QString user;
    QStringList execArguments; //!< of that user, if it is an exec plugin
    bool hasLeftover = false; //!< a user of our name is there that the context does not use
};

//! A kubeconfig as kubectl reads it.
class Reading
{
public:
    static Result<Reading> of(const KubeCopy &copy)
    {
        const auto text = copy.kubectl({u"config"_s, u"view"_s, u"-o"_s, u"json"_s});
        if (!text)
            return text.error();
        auto config = Jose::JsonObject::parse(*text);
        if (!config)
            return wrongUsage(Text::tr("The kubeconfig cannot be read: %1").arg(config.error().message()));
        return Reading(*std::move(config));
    }

    QString currentContext() const { return m_config.string("current-context").value_or(QString()); }
    QStringList contexts() const
    {
        QStringList names;
        for (const auto &entry : m_config.array("contexts").value_or(Jose::JsonArray()))
            names.append(entry.object().value_or(Jose::JsonObject()).string("name").value_or(QString()));
        return names;
    }
    ContextUser userOf(const QString &context) const
    {
        ContextUser found{.context = context};
        found.user = named("contexts", context, "context").string("user").value_or(QString());
        const auto exec = named("users", found.user, "user").object("exec");
        found.execArguments = exec ? exec->stringList("args").value_or(QStringList()) : QStringList();
        const auto ours = userNameFor(context);
        found.hasLeftover = found.user != ours && !named("users", ours, "user").isEmpty();
        return found;
    }

private:
    explicit Reading(Jose::JsonObject config) : m_config(std::move(config)) { }

    Jose::JsonObject named(const char *list, const QString &name, const char *member) const
    {
        for (const auto &entry : m_config.array(list).value_or(Jose::JsonArray())) {
            const auto object = entry.object().value_or(Jose::JsonObject());
            if (object.string("name") == name)
                return object.object(member).value_or(Jose::JsonObject());
        }
        return {};
    }

    Jose::JsonObject m_config;
};

//! The files that kubectl would read, first things first.
QStringList configFiles(const KubeTarget &target)
{
    if (!target.file.isEmpty())
        return {target.file};
    const auto listed = qEnvironmentVariable("KUBECONFIG").split(QDir::listSeparator(), Qt::SkipEmptyParts);
    if (listed.isEmpty())
        return {QDir::homePath() + u"/.kube/config"_s};
    QStringList there;
    std::copy_if(listed.begin(), listed.end(), std::back_inserter(there),
                 [](const QString &file) { return QFileInfo::exists(file); });
    return there.isEmpty() ? QStringList{listed.first()} : there;
}

//! The copy of the file that has the context, and what it says of it.
struct Located
{
    std::unique_ptr<KubeCopy> copy;
    ContextUser found;
};

//! As kubectl merges them: the first file that has a current context or a certain context decides.
Result<Located> locate(Context &context, const KubeTarget &target)
{
    std::vector<std::pair<std::unique_ptr<KubeCopy>, Reading>> configs;
    auto name = target.context;
    QStringList names;
    for (const auto &file : configFiles(target)) {
        auto copy = KubeCopy::of(context, file);
        if (!copy)
            return copy.error();
        auto reading = Reading::of(**copy);
        if (!reading)
            return reading.error();
        name = name.isEmpty() ? reading->currentContext() : name;
        names += reading->contexts();
        configs.emplace_back(*std::move(copy), *std::move(reading));
    }
    if (name.isEmpty())
        return wrongUsage(Text::tr("There is no current context: name one with --context."));
    for (auto &[copy, reading] : configs) {
        if (reading.contexts().contains(name))
            return Located{.copy = std::move(copy), .found = reading.userOf(name)};
    }
    names.removeDuplicates();
    return wrongUsage(notOneOf(name, names));
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
    const auto entry = config.indexOf(QString(u"- name: "_s + user + u"\n  user:\n"_s).toUtf8());
    if (entry < 0)
        return config; // as kubectl has never written it; the entry works without
    const auto next = config.indexOf("\n- ", entry);
    for (const auto *const member : {"\n      interactiveMode:", "\n      provideClusterInfo:"}) {
        const auto place = config.indexOf(member, entry);
        if (place >= 0 && (next < 0 || place < next))
            return QByteArray(config).insert(place + 1, installHint().toUtf8());
    }
    return config;
}

//! The record that undoes \p change, which gave \p found a user of ours.
std::optional<UndoRecord> recordOf(const FileChange &change, const ContextUser &found)
{
    auto record = UndoRecords().find(change.path);
    const bool isIntact = record && record->isOf(change.before);
    if (!isIntact) {
        // A file that has the user already is none to go back to.
        if (found.user == userNameFor(found.context))
            return std::nullopt;
        record = UndoRecord{.original = change.before};
    }
    if (!record->entries.contains(found.context))
        record->entries.append(found.context);
    return record->leaving(change.after);
}

QStringList credentialWords(const QString &user, const QStringList &arguments, const KubeCommand &command,
                            const KubectlVersion &version)
{
    QStringList words{u"config"_s, u"set-credentials"_s, user,
                      u"--exec-command="_s + QCoreApplication::applicationFilePath(),
                      u"--exec-api-version="_s + (version >= kubectlForV1 ? apiVersion : betaApiVersion)};
    if (version >= kubectlForV1)
        words.append(u"--exec-interactive-mode=IfAvailable"_s);
    for (const auto &argument : arguments)
        words.append(u"--exec-arg="_s + csvQuoted(argument));
    for (const auto &[name, value] : command.variables)
        words.append(u"--exec-env="_s + csvQuoted(name + u'=' + value));
    return words;
}

//! An empty entry. Debian 12's kubectl 1.20 crashes when `set-credentials` is to make one, but can fill it.
QList<QStringList> emptyEntry(const QString &user)
{
    const QString member = u"users."_s + user + u".token"_s;
    return {{u"config"_s, u"set"_s, member, u"none"_s}, {u"config"_s, u"unset"_s, member}};
}

//! Errors: NotSupported for one that is too old; those of KubectlVersion::installed().
Result<KubectlVersion> usableVersion(Context &context)
{
    auto version = KubectlVersion::installed(context);
    if (version && *version < oldestKubectl)
        return Error{ErrorCode::NotSupported,
                     Text::tr("kubectl %1 or newer is needed, this one is %2; --print writes the entry to paste.")
                         .arg(oldestKubectl.toString(), version->toString())};
    return version;
}

//! The entries alone are taken back, by kubectl.
Result<void> takeOut(const KubeCopy &copy, const ContextUser &found)
{
    const auto replaced = replacedUser(found);
    const auto restore = replaced.isEmpty()
        ? QStringList{u"config"_s, u"unset"_s, u"contexts."_s + found.context + u".user"_s}
        : QStringList{u"config"_s, u"set-context"_s, found.context, u"--user="_s + replaced};
    return copy.run({restore, {u"config"_s, u"delete-user"_s, found.user}});
}

//! What can be read of a kubeconfig without kubectl.
struct PlainReading
{
    QString currentContext;
    QByteArray others; //!< all but the line that says so
};

//! None where that line is not as kubectl itself writes a plain name.
std::optional<PlainReading> readPlainly(const QByteArray &config)
{
    constexpr QByteArrayView key = "current-context";
    PlainReading reading;
    for (const auto &line : config.split('\n')) {
        if (!line.contains(key)) {
            reading.others += line + '\n';
            continue;
        }
        static const QRegularExpression plain(u"\\Acurrent-context: ([\\w./@-]+)\r?\\z"_s);
        const auto match = plain.match(QString::fromUtf8(line));
        if (!match.hasMatch() || !reading.currentContext.isEmpty())
            return std::nullopt;
        reading.currentContext = match.captured(1);
    }
    return reading;
}

//! The file as it was, where that takes no kubectl: nobody has changed it since, and nothing else in it is ours.
std::optional<KubeChange> wholeUndo(const KubeTarget &target)
{
    std::vector<std::pair<FileChange, QByteArray>> files;
    auto name = target.context;
    for (const auto &path : configFiles(target)) {
        auto file = beginChange(path);
        const auto reading = file && file->existed ? readPlainly(file->before) : std::nullopt;
        if (!reading)
            return std::nullopt;
        name = name.isEmpty() ? reading->currentContext : name;
        files.emplace_back(*std::move(file), reading->others);
    }
    for (auto &[file, others] : files) {
        const auto record = UndoRecords().find(file.path);
        if (record && record->entries == QStringList{name} && record->isOf(file.before)) {
            file.after = record->original;
            return KubeChange{.file = std::move(file), .isExact = true, .isRecorded = true};
        }
        // Whether an earlier file has a context of that name, and so decides, kubectl alone can say.
        if (name.isEmpty() || others.contains(name.toUtf8()))
            return std::nullopt;
    }
    return std::nullopt;
}

//! Whose entry is to be pasted; empty where no kubeconfig says it. Errors: that nobody waits any longer.
Result<QString> nameToPaste(Context &context, const KubeTarget &target)
{
    if (!target.context.isEmpty())
        return target.context;
    const auto located = locate(context, target);
    if (!located && isEndOfWaiting(located.error()))
        return located.error();
    return located ? located->found.context : QString();
}

} // namespace

Result<void> KubeChange::apply(const std::function<void(const Error &)> &complain) const
{
    if (auto applied = file.apply(); !applied)
        return applied;
    if (const auto kept = UndoRecords().replace(file.path, record); !kept)
        complain(kept.error());
    return {};
}

Result<KubeEntry> kubeUserEntry(Context &context, const KubeTarget &target, const KubeCommand &command)
{
    const auto version = KubectlVersion::installed(context);
    // The entry may be for another computer: one without kubectl has no say in it.
    if (!version && version.error().code() != ErrorCode::NotSupported)
        return version.error();
    const auto spoken = version && *version < kubectlForPastedV1 ? betaApiVersion : apiVersion;
    const auto name = version ? nameToPaste(context, target) : Result<QString>(target.context);
    if (!name)
        return name.error();
    const auto user = userNameFor(name->isEmpty() ? u"user"_s : *name);
    QString text = u"- name: %1\n  user:\n    exec:\n      apiVersion: %2\n      command: %3\n      args:\n"_s.arg(
        yamlQuoted(user), spoken, yamlQuoted(QCoreApplication::applicationFilePath()));
    for (const auto &argument : command.arguments)
        text += u"      - "_s + yamlQuoted(argument) + u'\n';
    text += command.variables.isEmpty() ? QString() : u"      env:\n"_s;
    for (const auto &[variable, value] : command.variables)
        text += u"      - name: "_s + variable + u"\n        value: "_s + yamlQuoted(value) + u'\n';
    text += installHint() + u"      interactiveMode: IfAvailable\n      provideClusterInfo: false\n"_s;
    return KubeEntry{.context = *name, .user = user, .yaml = text.toUtf8()};
}

Result<KubeChange> withKubeUser(Context &context, const KubeTarget &target, const KubeCommand &command)
{
    const auto located = locate(context, target);
    if (!located)
        return located.error();
    const auto &[copy, found] = *located;
    const auto user = userNameFor(found.context);
    const bool isOurs = found.user == user;
    const auto replaced = isOurs ? replacedUser(found) : found.user;
    QStringList arguments = command.arguments;
    if (!replaced.isEmpty())
        arguments += {QString(replacesFlag), replaced};
    const auto version = usableVersion(context);
    if (!version)
        return version.error();
    // kubectl adds to the arguments that are there: ours of last time go first.
    if (auto done = isOurs ? takeOut(*copy, found) : Result<void>(); !done)
        return done.error();
    QList<QStringList> entry;
    if (found.hasLeftover)
        entry.append({u"config"_s, u"delete-user"_s, user});
    if (*version < kubectlForV1)
        entry += emptyEntry(user);
    entry.append(credentialWords(user, arguments, command, *version));
    if (auto done = copy->run(entry); !done)
        return done.error();
    if (auto done = copy->rewrite([&user](const QByteArray &config) { return withInstallHint(config, user); }); !done)
        return done.error();
    // Last, so that all of it has kubectl's own form, which the next change will give it anyway.
    if (auto done = copy->run({{u"config"_s, u"set-context"_s, found.context, u"--user="_s + user}}); !done)
        return done.error();
    auto file = copy->finish();
    if (!file)
        return file.error();
    auto record = recordOf(*file, found);
    return KubeChange{.file = *std::move(file), .record = std::move(record)};
}

Result<KubeChange> withoutKubeUser(Context &context, const KubeTarget &target)
{
    if (auto change = wholeUndo(target))
        return *std::move(change);
    const auto located = locate(context, target);
    if (!located)
        return located.error();
    const auto &[copy, found] = *located;
    if (found.user != userNameFor(found.context))
        return Error{ErrorCode::InvalidArgument, ErrorCause::AccountNotFound,
                     Text::tr("The context '%1' has no user of ours.").arg(found.context)};
    if (auto done = takeOut(*copy, found); !done)
        return done.error();
    auto file = copy->finish();
    if (!file)
        return file.error();
    auto record = UndoRecords().find(file->path);
    KubeChange change{.file = *std::move(file), .isRecorded = record.has_value()};
    // What was changed by others meanwhile is theirs, and a user from before the record is part of the original.
    if (!record || !record->isOf(change.file.before) || !record->entries.removeOne(found.context))
        return change;
    change.isExact = true;
    if (record->entries.isEmpty())
        change.file.after = record->original;
    else
        change.record = record->leaving(change.file.after);
    return change;
}

} // namespace Countersign::Cli

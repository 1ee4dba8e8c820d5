// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../commandline.h"
#include "../context.h"
#include "../filechange.h"
#include "../gitconfiguration.h"
#include "../kubeconfiguration.h"
#include "../proxyaddress.h"
#include "../session.h"
#include "../text.h"
#include "../tokenrequest.h"
#include "../verbs.h"
#include "../words.h"

#include <common/storechoice.h>

#include <countersign/jose/jsonwriter.h>

#include <QtCore/QDir>
#include <QtCore/QRegularExpression>
#include <QtCore/QUrl>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

ExitCode writeChange(Context &context, const FileChange &change, bool isMade)
{
    Jose::JsonWriter json;
    json.beginObject().string("schema", u"countersign.configure/1"_s).string("path", change.path);
    json.boolean("made", isMade).string("diff", QString::fromUtf8(change.isEmpty() ? QByteArray() : change.diff()));
    json.endObject();
    return context.writeJson(json.view());
}

//! What is to be pasted by whoever asked for it.
ExitCode print(Context &context, const QByteArray &text)
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

//! Shows the change, and makes it unless it is only to be looked at.
ExitCode carryOut(Context &context, const FileChange &change, bool isDry, bool removesEmpty)
{
    if (context.global().isJson()) {
        const bool isMade = !isDry && !change.isEmpty();
        if (const auto applied = isMade ? change.apply(removesEmpty) : Result<void>(); !applied)
            return context.fail(applied.error());
        return writeChange(context, change, isMade);
    }
    if (change.isEmpty()) {
        context.hint(Text::tr("Nothing to change in '%1'.").arg(change.path));
        return ExitCode::Done;
    }
    context.write(change.diff());
    // What could not be shown is not done.
    if (isDry || context.hasLostOutput())
        return ExitCode::Done;
    const auto applied = change.apply(removesEmpty);
    if (!applied)
        return context.fail(applied.error());
    context.hint(Text::tr("'%1' is changed.").arg(change.path));
    return ExitCode::Done;
}

//! The words of a command line as shellQuoted() wrote it.
QStringList unquotedWords(const QString &text)
{
    QStringList words;
    QString word;
    bool isQuoted = false;
    bool hasWord = false;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto c = text.at(i);
        if (c == u'\'') {
            isQuoted = !isQuoted;
            hasWord = true;
        } else if (c == u' ' && !isQuoted) {
            if (hasWord)
                words.append(word);
            word.clear();
            hasWord = false;
        } else {
            const bool isEscape = c == u'\\' && !isQuoted && i + 1 < text.size();
            word += isEscape ? text.at(++i) : c;
            hasWord = true;
        }
    }
    if (hasWord)
        words.append(word);
    return words;
}

//! The flags by which a helper gets the passphrase of a sealed store.
//!
//! Errors: wrong usage for a source that the helper can never have.
Result<QString> passphraseFlags(Context &context)
{
    static const QRegularExpression variable(u"\\A[A-Za-z_][A-Za-z0-9_]*\\z"_s);
    const auto &global = context.global();
    if (global.isSecretOnInput || global.secretDescriptor)
        return wrongUsage(Text::tr("A helper's standard input and open files are its caller's: name a variable of the "
                                   "environment with --secret-env instead."));
    const auto &name = global.secretEnvironment;
    if (name.isEmpty()) {
        if (context.storeKind() == TokenStore::Kind::SealedFile)
            context.hint(Text::tr("The helper will ask for the store's passphrase each time, and fail where nobody can "
                                  "be asked. To give it by a variable of the environment: %1")
                             .arg(context.commandLine().again({}, u" --secret-env COUNTERSIGN_PASSPHRASE"_s)));
        return QString();
    }
    // Not repeated: it may be the passphrase itself.
    if (!name.contains(variable))
        return wrongUsage(Text::tr("--secret-env wants the name of a variable, which the helper will read."));
    if (!qEnvironmentVariableIsSet(name.toLatin1().constData()))
        context.hint(
            Text::tr("The variable that --secret-env names is not set here; set it where the helper is called."));
    return QString(u" --secret-env "_s + name);
}

//! The flag by which a helper finds the store that is used now, whoever calls it from wherever.
//!
//! Errors: wrong usage for a store that the helper can never have.
Result<QString> storeFlags(Context &context)
{
    if (const auto settings = context.settings(); !settings)
        return settings.error();
    if (context.storeKind() == TokenStore::Kind::Memory)
        return wrongUsage(Text::tr("A store in memory is gone before a helper is called: name one that lasts with "
                                   "--store, keychain, file:PATH or msal:PATH."));
    if (context.global().store.isEmpty())
        return QString();
    auto store = App::StoreChoice::parse(context.global().store);
    if (!store)
        return wrongUsage(store.error().message());
    // Whoever calls the helper does it from another folder.
    if (!store->path.isEmpty())
        store->path = QDir::current().absoluteFilePath(store->path);
    return QString(u" --store "_s + shellQuoted(store->toString()));
}

//! The flags by which a helper reaches the provider as this command would.
Result<QString> networkFlags(const GlobalOptions &global)
{
    QString flags;
    if (!global.caFile.isEmpty())
        flags += u" --ca-file "_s + shellQuoted(QDir::current().absoluteFilePath(global.caFile));
    if (global.proxy.isEmpty())
        return flags;
    if (holdsPassword(global.proxy))
        return wrongUsage(Text::tr("The proxy's address has a password, which cannot be written into a configuration: "
                                   "unset COUNTERSIGN_PROXY for this command, and set it where the helper is called."));
    return QString(flags + u" --proxy "_s + shellQuoted(global.proxy));
}

//! The flags that make a helper find provider, account and store again.
Result<QString> helperFlags(Context &context)
{
    ProfileStore profiles;
    if (const auto loaded = profiles.load(); !loaded)
        return loaded.error();
    const auto chosen = chooseProfile(context, profiles);
    if (!chosen)
        return chosen.error();
    auto flags = chosen->flags();
    if (!context.global().account.isEmpty())
        flags += u" --account "_s + shellQuoted(context.global().account);
    for (const auto &more : {storeFlags(context), passphraseFlags(context), networkFlags(context.global())}) {
        if (!more)
            return more.error();
        flags += *more;
    }
    return flags;
}

//! Whether \p command can stand in a configuration. A line end in it would end the line there: git would read the rest
//! as settings of its own, or refuse the whole file.
Result<void> checkCommand(const QString &command)
{
    if (harmless(command) == command)
        return {};
    return wrongUsage(Text::tr("A control character cannot be written into a configuration; one is in an option."));
}

QString originOf(const QUrl &url)
{
    return url.toString(QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

//! "git.example.com" or its URL. Errors: InvalidArgument, also for the URL of one repository: git asks per host, and
//! the host would get tokens for more than was meant.
Result<QUrl> gitUrl(const QString &host)
{
    const QUrl url(host.contains("://"_L1) ? host : u"https://"_s + host, QUrl::StrictMode);
    const bool isSafe = url.scheme() == "https"_L1
        || (url.scheme() == "http"_L1 && (url.host() == "127.0.0.1"_L1 || url.host() == "localhost"_L1));
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty() || url.hasQuery() || !isSafe)
        return wrongUsage(Text::tr("'%1' is no host that tokens may go to: write git.example.com.").arg(host));
    if (!url.path().isEmpty() && url.path() != "/"_L1)
        return wrongUsage(Text::tr("'%1' names a path, and git asks for a whole host: write --host %2. Every "
                                   "repository there gets tokens then.")
                              .arg(host, originOf(url)));
    return url;
}

class ConfigureGitVerb final : public Verb
{
public:
    ConfigureGitVerb() : Verb(u"git"_s, Text::tr("Make this git's credential helper for a host")) { }

    QString description() const override
    {
        return Text::tr("Shows the change of git's global configuration as a diff and makes it. Other helpers are\n"
                        "not asked for this host any more. 'countersign unconfigure git' undoes exactly it.\n"
                        "A git before 2.46 sends the token as a password; a host that wants Bearer alone refuses it.");
    }
    QStringList examples() const override
    {
        return {u"countersign configure git --host git.example.com --profile work"_s,
                u"countersign configure git --host git.example.com --profile work --dry-run"_s};
    }
    void addOptions(OptionSet &options) override
    {
        options.text("--host", m_host,
                     Text::tr("Host that gets tokens, with all its repositories, for example git.example.com"));
        options.text("--username", m_username, Text::tr("User name to answer with; by default what the host expects"));
        m_request.addLastingTo(options);
        options.flag("--dry-run", m_isDry, Text::tr("Only show the change"));
        options.flag("--print", m_isPrinted, Text::tr("Print the lines to paste instead, change nothing"));
    }

    ExitCode run(Context &context) override
    {
        if (m_host.isEmpty())
            return context.fail(wrongUsage(Text::tr("--host is missing: which host is to get tokens?")));
        const auto url = gitUrl(m_host);
        if (!url)
            return context.fail(url.error());
        const auto flags = helperFlags(context);
        if (!flags)
            return context.fail(flags.error());
        const auto host = url->port() < 0 ? url->host() : u"%1:%2"_s.arg(url->host()).arg(url->port());
        QString command = u"!"_s + shellQuoted(QCoreApplication::applicationFilePath()) + u" credential git"_s + *flags
            + u" --host "_s + shellQuoted(host) + m_request.flags();
        if (!m_username.isEmpty())
            command += u" --username "_s + shellQuoted(m_username);
        if (const auto writable = checkCommand(command); !writable)
            return context.fail(writable.error());
        warnOfOldGit(context);
        if (m_isPrinted)
            return print(context, withGitHelper({}, originOf(*url), command, false));
        auto change = beginChange(globalGitConfiguration());
        if (!change)
            return context.fail(change.error());
        change->after = withGitHelper(change->before, originOf(*url), command, !change->existed);
        return carryOut(context, *change, m_isDry, false);
    }

private:
    static void warnOfOldGit(Context &context)
    {
        const auto git = installedGit();
        if (!git.isNull() && !knowsAuthenticationSchemes(git))
            context.hint(Text::tr("This git is %1. Before 2.46 git sends a token as a password (Basic): a host that "
                                  "wants it as Bearer alone refuses it.")
                             .arg(git.toString()));
    }

    QString m_host;
    QString m_username;
    TokenRequestOptions m_request;
    bool m_isDry = false;
    bool m_isPrinted = false;
};

class UnconfigureGitVerb final : public Verb
{
public:
    UnconfigureGitVerb() : Verb(u"git"_s, Text::tr("Undo what 'configure git' did for a host")) { }

    QStringList examples() const override { return {u"countersign unconfigure git --host git.example.com"_s}; }
    void addOptions(OptionSet &options) override
    {
        options.text("--host", m_host, Text::tr("The host, as it was configured"));
        options.flag("--dry-run", m_isDry, Text::tr("Only show the change"));
    }

    ExitCode run(Context &context) override
    {
        auto change = beginChange(globalGitConfiguration());
        if (!change)
            return context.fail(change.error());
        const auto hosts = gitHelperUrls(change->before);
        if (m_host.isEmpty())
            return context.fail(wrongUsage(Text::tr("--host is missing: which host is to get no tokens any more?")
                                           + u' ' + configured(hosts)));
        const auto url = gitUrl(m_host);
        if (!url)
            return context.fail(url.error());
        const auto without = withoutGitHelper(change->before, originOf(*url));
        if (!without)
            return context.fail(Error{ErrorCode::InvalidArgument, ErrorCause::AccountNotFound,
                                      Text::tr("'%1' makes Countersign no helper for %2: there is nothing to undo.")
                                              .arg(change->path, originOf(*url))
                                          + u' ' + configured(hosts)},
                                ExitCode::NotFoundOrAmbiguous, {});
        change->after = without->text;
        return carryOut(context, *change, m_isDry, without->wasNew);
    }

private:
    static QString configured(const QStringList &hosts)
    {
        return hosts.isEmpty() ? Text::tr("No host was configured.")
                               : Text::tr("Configured: %1.").arg(hosts.join(u", "_s));
    }

    QString m_host;
    bool m_isDry = false;
};

class ConfigureKubernetesVerb final : public Verb
{
public:
    ConfigureKubernetesVerb() : Verb(u"kubernetes"_s, Text::tr("Make this kubectl's exec plugin for a context")) { }

    QString description() const override
    {
        return Text::tr(
            "Adds a user to the kubeconfig and gives it to the context, by way of kubectl; shows the change\n"
            "as a diff first. 'countersign unconfigure kubernetes' takes the user away and gives the\n"
            "context back the one it had. kubectl writes the whole file in its own form: comments, order\n"
            "and indentation do not come back.");
    }
    QStringList examples() const override
    {
        return {u"countersign configure kubernetes --context prod --profile work"_s,
                u"countersign configure kubernetes --context prod --profile work --print"_s};
    }
    void addOptions(OptionSet &options) override
    {
        options.text("--context", m_kube.context, Text::tr("The kubeconfig's context; its current one by default"));
        options.text("--kubeconfig", m_kube.file, Text::tr("The file; $KUBECONFIG or ~/.kube/config by default"));
        options.choice("--type", m_type, {u"id"_s, u"access"_s}, Text::tr("id (default) or access"));
        options.text("--server-id", m_serverId, Text::tr("Entra application of the API server, or 'aks'"));
        m_request.addLastingTo(options);
        options.flag("--dry-run", m_isDry, Text::tr("Only show the change"));
        options.flag("--print", m_isPrinted, Text::tr("Print the user entry instead, change nothing"));
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
        const auto arguments = QStringList{u"credential"_s, u"kubernetes"_s} + unquotedWords(text);
        if (m_isPrinted)
            return print(context, kubeUserEntry(m_kube, arguments));
        const auto change = withKubeUser(m_kube, arguments);
        return change ? carryOut(context, *change, m_isDry, false) : context.fail(change.error());
    }

private:
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

    void addOptions(OptionSet &options) override
    {
        options.text("--context", m_kube.context, Text::tr("The context; the current one by default"));
        options.text("--kubeconfig", m_kube.file, Text::tr("The file; $KUBECONFIG or ~/.kube/config by default"));
        options.flag("--dry-run", m_isDry, Text::tr("Only show the change"));
    }

    ExitCode run(Context &context) override
    {
        const auto change = withoutKubeUser(m_kube);
        if (!change && change.error().cause() == ErrorCause::AccountNotFound)
            return context.fail(change.error(), ExitCode::NotFoundOrAmbiguous, {});
        return change ? carryOut(context, *change, m_isDry, false) : context.fail(change.error());
    }

private:
    KubeTarget m_kube;
    bool m_isDry = false;
};

class ConfigureVerb final : public VerbGroup
{
public:
    ConfigureVerb() : VerbGroup(u"configure"_s, Text::tr("Set git or kubectl up to get tokens from here"))
    {
        addChild(std::make_unique<ConfigureGitVerb>());
        addChild(std::make_unique<ConfigureKubernetesVerb>());
    }
};

class UnconfigureVerb final : public VerbGroup
{
public:
    UnconfigureVerb() : VerbGroup(u"unconfigure"_s, Text::tr("Undo what 'configure' did"))
    {
        addChild(std::make_unique<UnconfigureGitVerb>());
        addChild(std::make_unique<UnconfigureKubernetesVerb>());
    }
};

} // namespace

std::unique_ptr<Verb> makeConfigureVerb()
{
    return std::make_unique<ConfigureVerb>();
}

std::unique_ptr<Verb> makeUnconfigureVerb()
{
    return std::make_unique<UnconfigureVerb>();
}

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../gitconfiguration.h"
#include "../helpercommand.h"
#include "../text.h"
#include "../tokenrequest.h"
#include "../words.h"
#include "configure.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QUrl>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

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
        QString command =
            commandBeginning() + u" credential git"_s + *flags + u" --host "_s + shellQuoted(host) + m_request.flags();
        if (!m_username.isEmpty())
            command += u" --username "_s + shellQuoted(m_username);
        if (const auto writable = checkCommand(command); !writable)
            return context.fail(writable.error());
        if (const auto trouble = troubleWithGit(installedGit()); !trouble.isEmpty())
            context.hint(trouble);
        if (m_isPrinted)
            return printLines(context, withGitHelper({}, originOf(*url), command));
        auto change = beginChange(globalGitConfigurations().first());
        if (!change)
            return context.fail(change.error());
        const auto newFile = change->existed ? std::nullopt : std::optional(change->newFolders);
        change->after = withGitHelper(change->before, originOf(*url), command, newFile);
        return carryOut(context, {.change = *change, .apply = [&] { return change->apply(); }, .isDry = m_isDry});
    }

private:
    //! git has a shell read what comes after the '!'.
    static QString commandBeginning()
    {
        QString words = u"!"_s;
        for (const auto &[name, value] : helperVariables())
            words += name + u'=' + shellQuoted(value) + u' ';
        return words + shellQuoted(QCoreApplication::applicationFilePath());
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
        QList<FileChange> files;
        QStringList hosts;
        for (const auto &path : globalGitConfigurations()) {
            const auto file = beginChange(path);
            if (!file)
                return context.fail(file.error());
            files.append(*file);
            hosts += gitHelperUrls(file->before);
        }
        if (m_host.isEmpty())
            return context.fail(wrongUsage(Text::tr("--host is missing: which host is to get no tokens any more?")
                                           + u' ' + configured(hosts)));
        const auto url = gitUrl(m_host);
        if (!url)
            return context.fail(url.error());
        for (auto &change : files) {
            const auto without = withoutGitHelper(change.before, originOf(*url));
            if (!without)
                continue;
            change.after = without->text;
            const auto made = without->madeFolders;
            const auto apply = [&change, made] { return made ? change.applyToOurs(*made) : change.apply(); };
            return carryOut(context, {.change = change, .apply = apply, .isDry = m_isDry});
        }
        return context.fail(Error{ErrorCode::InvalidArgument, ErrorCause::AccountNotFound,
                                  Text::tr("'%1' makes Countersign no helper for %2: there is nothing to undo.")
                                          .arg(files.first().path, originOf(*url))
                                      + u' ' + configured(hosts)},
                            ExitCode::NotFoundOrAmbiguous, {});
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

} // namespace

std::unique_ptr<Verb> makeConfigureGitVerb()
{
    return std::make_unique<ConfigureGitVerb>();
}

std::unique_ptr<Verb> makeUnconfigureGitVerb()
{
    return std::make_unique<UnconfigureGitVerb>();
}

} // namespace Countersign::Cli

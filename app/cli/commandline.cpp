// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "commandline.h"

#include "argumentsecrets.h"
#include "proxyaddress.h"
#include "text.h"
#include "words.h"

#include <CLI/CLI.hpp>

#include <QtCore/QRegularExpression>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! Whether a variable says yes, in whichever words: to open a browser against somebody's word would be worse than not
//! to.
bool isOn(const char *variable)
{
    const QStringList no{u"0"_s, u"false"_s, u"no"_s, u"off"_s};
    const auto value = qEnvironmentVariable(variable);
    return !value.isEmpty() && !no.contains(value, Qt::CaseInsensitive);
}

QStringList longNames(const CLI::App &app)
{
    QStringList names;
    for (const auto *option : app.get_options()) {
        for (const auto &name : option->get_lnames())
            names.append(u"--"_s + QString::fromStdString(name));
    }
    return names;
}

OptionDescription describeOption(const CLI::Option &option)
{
    OptionDescription result;
    result.isPositional = option.get_positional();
    if (result.isPositional) {
        result.names.append(QString::fromStdString(option.get_name(true)));
    } else {
        for (const auto &name : option.get_snames())
            result.names.append(u'-' + QString::fromStdString(name));
        for (const auto &name : option.get_lnames())
            result.names.append(u"--"_s + QString::fromStdString(name));
    }
    result.help = QString::fromStdString(option.get_description());
    result.isRepeatable = option.get_items_expected_max() > std::max(1, option.get_items_expected_min());
    const auto type = QString::fromStdString(option.get_type_name());
    if (type.contains(u'|'))
        result.choices = type.split(u'|');
    if (type == QLatin1StringView(OptionSet::fileType))
        result.offer = OptionDescription::Offer::Files;
    if (type == QLatin1StringView(OptionSet::profileType))
        result.offer = OptionDescription::Offer::Profiles;
    if (option.get_items_expected_max() > 0 && !result.isPositional)
        result.value = result.choices.isEmpty() ? type : u"WORD"_s;
    return result;
}

QList<OptionDescription> describeOptions(const CLI::App &app)
{
    QList<OptionDescription> result;
    for (const auto *option : app.get_options()) {
        if (option->get_group() != OptionSet::hiddenGroup)
            result.append(describeOption(*option));
    }
    return result;
}

//! The option that got a token, which none of them wants; null: none did. What a verb is to look into may be one.
const CLI::Option *optionWithToken(const CLI::App &app)
{
    for (const auto *option : app.get_options()) {
        if (option->get_positional() && option->get_name(true) != OptionSet::accountName)
            continue;
        for (const auto &value : option->results()) {
            const auto text = QString::fromStdString(value);
            if (isCompactToken(text) || isCompactToken(text.section(u'=', 1))) // NAME=VALUE
                return option;
        }
    }
    return nullptr;
}

//! Whether somebody may have written the secret itself behind \p word.
bool readsSecretFromInput(const QString &word)
{
    return word == "--secret-stdin"_L1 || word == "--client-secret-stdin"_L1;
}

Error tokenInArguments(const CLI::Option &option)
{
    return wrongUsage(Text::tr("'%1' was given a token, which every user of this computer can see in the list of "
                               "processes. It is not used.")
                          .arg(QString::fromStdString(option.get_name(option.get_positional()))));
}

//! What --secret-env says if it is a variable that is there. Otherwise it may be the passphrase itself.
QString namedVariable(const GlobalOptions &global)
{
    const auto &name = global.secretEnvironment;
    return !name.isEmpty() && qEnvironmentVariableIsSet(name.toLocal8Bit().constData()) ? name : QString();
}

//! What was said by flags; the environment is still there for the next command.
QString surroundingsOf(const GlobalOptions &global)
{
    const std::pair<QString, QString> flags[] = {{u"--store"_s, global.store},
                                                 {u"--secret-env"_s, namedVariable(global)},
                                                 {u"--ca-file"_s, global.caFile},
                                                 {u"--proxy"_s, global.proxy}};
    QString text;
    for (const auto &[name, value] : flags) {
        if (!value.isEmpty())
            text += u' ' + name + u' ' + shellQuoted(value);
    }
    return text;
}

} // namespace

CommandLine::CommandLine(Verbs verbs)
    : m_verbs(std::move(verbs)),
      m_app(std::make_unique<CLI::App>(Text::tr("OAuth 2.0 and OpenID Connect on the command line").toStdString(),
                                       "countersign"))
{
    m_app->require_subcommand(0, 1);
    m_app->fallthrough();
    m_app->set_help_flag("-h,--help", Text::tr("Show this help").toStdString());
    addGlobals();
    for (const auto &verb : m_verbs)
        add(*verb, *m_app, {});
}

CommandLine::~CommandLine() = default;

void CommandLine::addGlobals()
{
    auto &g = m_global;
    OptionSet options(*m_app, m_wrongValue);
    // Not CLI11's own, which ends the reading before -o is known.
    options.flag("--version", m_isVersionWanted, Text::tr("Print the version"));
    options.filledText("-o,--output", g.output,
                       Text::tr("How to write the answer: text, json, jsonl (one object a line), none, and what the "
                                "verb adds"));
    options.filledText("--query", g.query, Text::tr("Only this member of the JSON answer, for example a.b[0]"));
    options.flag("-q,--quiet", g.quiet, Text::tr("No hints on standard error"));
    options.flag("-v,--verbose", g.verbose, Text::tr("Redacted log on standard error"));
    options.choice("--log-format", g.logFormat, {u"text"_s, u"json"_s},
                   Text::tr("With --verbose: text for people (default), or json, one object a line"));
    options.file("--trace", g.traceFile,
                 Text::tr("Write every exchange with a provider to this HAR file, without any secret"));
    options.file("--error-file", g.errorFile, Text::tr("Write the JSON error to this file, too"));
    options.duration("--timeout", g.timeout,
                     Text::tr("End the whole command after this time, for example 60s (exit 124)"));
    options.duration("--wait-lock", g.lockPatience,
                     Text::tr("Wait this long for another process that refreshes the same account, or asks for the "
                              "same sign-in; 60s otherwise"));
    options.flag("--no-interaction", g.noInteraction, Text::tr("Never open or ask anything: exit 10 instead"));
    options.filledText("--caller", g.caller,
                       Text::tr("What asks for the sign-in, in a few words for the person who is asked"));
    options.number("--parent-window", g.parentWindow,
                   Text::tr("Window that a sign-in window stays in front of, by the windowing system's number"));
    options.flag("--offline", g.offline, Text::tr("Send nothing over the network"));
    options.profile("-p,--profile", g.profile, Text::tr("Saved profile to use"));
    options.filledText("-a,--account", g.account,
                       Text::tr("Account: its name, user name, object id or account id; 'ask' lets the person choose"));
    options.filledText("--issuer", g.issuer, Text::tr("OpenID provider by its issuer URL"));
    options.filledText("--entra,--tenant", g.tenant,
                       Text::tr("Microsoft Entra ID by tenant: GUID, domain, common, organizations or consumers"));
    options.filledText("--authority", g.authority,
                       Text::tr("Microsoft authority by its URL (Entra, B2C, External ID, ADFS)"));
    options.filledText("--authority-host", g.authorityHost,
                       Text::tr("Host of Microsoft's cloud for --entra, for example login.microsoftonline.us"));
    options.filledText("--client-id", g.clientId, Text::tr("Client (application) id"));
    options.file("--ca-file", g.caFile,
                 Text::tr("PEM file with certificate authorities to trust besides the system's"));
    options.filledText("--proxy", g.proxy, Text::tr("Proxy URL, or 'none'"));
    options.filledText("--store", g.store,
                       Text::tr("Where tokens live: keychain (default), memory, file:PATH or msal:PATH"));
    options.flag(
        "--secret-stdin", g.isSecretOnInput,
        Text::tr("Read the passphrase of a file: store from standard input; with --service and another store, the "
                 "client secret"));
    options.number("--secret-fd", g.secretDescriptor, Text::tr("Read it from this open file descriptor"));
    options.filledText("--secret-env", g.secretEnvironment, Text::tr("Read it from this environment variable"));
}

void CommandLine::add(Verb &verb, CLI::App &parent, const QStringList &path)
{
    auto *const app = parent.add_subcommand(verb.name().toStdString(), verb.summary().toStdString());
    app->require_subcommand(0, 1);
    if (verb.isHidden())
        app->group("");
    m_entries.append({&verb, app, path + QStringList{verb.name()}});
    OptionSet options(*app, m_wrongValue);
    verb.addOptions(options);
    const QStringList below = m_entries.last().path;
    for (const auto &child : verb.children())
        add(*child, *app, below);
}

QStringList CommandLine::verbPath() const
{
    const auto *entry = parsedEntry();
    return entry ? entry->path : QStringList();
}

QString CommandLine::again(const QStringList &without, const QString &more) const
{
    const bool isNameDoubtful = !m_global.secretEnvironment.isEmpty() && namedVariable(m_global).isEmpty()
        && !without.contains(u"--secret-env="_s);
    if (isNameDoubtful || std::any_of(m_words.begin(), m_words.end(), mayBeSecret))
        return {};
    QString text = u"countersign"_s;
    QString rest;
    for (qsizetype i = 0; i < m_words.size(); ++i) {
        const auto &word = m_words.at(i);
        if (word == "--"_L1) {
            // From here on the words are another program's.
            for (const auto &foreign : m_words.mid(i))
                rest += u' ' + shellQuoted(foreign);
            break;
        }
        const bool isDropped = without.contains(word) || without.contains(QString(word.section(u'=', 0, 0) + u'='));
        if (!isDropped)
            text += u' ' + shellQuoted(word);
        else if (!without.contains(word) && !word.contains(u'='))
            ++i; // its value
    }
    return text + more + rest;
}

Result<Invocation> CommandLine::parse(const QStringList &arguments)
{
    if (auto refused = refusedSecret(arguments))
        return *std::move(refused);
    if (auto refused = emptyValue(arguments))
        return *std::move(refused);
    m_words = arguments;
    std::vector<std::string> words;
    for (auto it = arguments.rbegin(); it != arguments.rend(); ++it)
        words.push_back(it->toStdString());
    // CLI11 reports by exceptions; they end here.
    try {
        m_app->parse(words);
    } catch (const CLI::CallForHelp &) {
        return asked(Invocation::Wish::Help);
    } catch (const CLI::ExtrasError &error) {
        return explained(QString::fromStdString(error.what()), true, arguments);
    } catch (const CLI::ParseError &error) {
        return explained(QString::fromStdString(error.what()), false, arguments);
    }
    return finished();
}

std::optional<Error> CommandLine::emptyValue(const QStringList &arguments) const
{
    auto names = longNames(*m_app);
    for (const auto &entry : m_entries)
        names += longNames(*entry.app);
    for (const auto &argument : arguments) {
        if (argument == "--"_L1)
            break; // what follows is another program's
        if (argument.endsWith(u'=') && names.contains(argument.chopped(1)))
            return wrongUsage(Text::tr("The value of %1 is empty.").arg(argument.chopped(1)));
    }
    return std::nullopt;
}

const CommandLine::Entry *CommandLine::parsedEntry() const
{
    const Entry *deepest = nullptr;
    for (const auto &entry : m_entries) {
        if (entry.app->parsed() && (!deepest || entry.path.size() > deepest->path.size()))
            deepest = &entry;
    }
    return deepest;
}

QList<VerbDescription> CommandLine::describe() const
{
    QList<VerbDescription> result;
    for (const auto &entry : m_entries) {
        if (!entry.app->get_group().empty())
            result.append({entry.verb, entry.path, describeOptions(*entry.app)});
    }
    return result;
}

QList<OptionDescription> CommandLine::globalOptions() const
{
    return describeOptions(*m_app);
}

Error CommandLine::explained(const QString &what, bool isExtra, const QStringList &arguments) const
{
    if (const auto repeated = what.indexOf(": At Most 1 required"_L1); repeated > 0)
        return wrongUsage(Text::tr("'%1' can be given only once.").arg(what.left(repeated)));
    // What stands there may be a secret that somebody meant to give by that option.
    static const QRegularExpression unwanted(u"^(?:Could not convert: (\\S+) =|(\\S+): Should be true/false)"_s);
    if (const auto match = unwanted.match(what); match.hasMatch())
        return wrongUsage(Text::tr("'%1' takes no value.").arg(match.captured(match.lastCapturedIndex())));
    static const QRegularExpression missing(u"^(.+): (\\d+) required .*missing$"_s);
    if (const auto match = missing.match(what); match.hasMatch() && match.captured(2) != u'1')
        return wrongUsage(Text::tr("'%1' needs %2 values.").arg(match.captured(1), match.captured(2)));
    else if (match.hasMatch())
        return wrongUsage(Text::tr("'%1' needs a value.").arg(match.captured(1)));
    // Of two values, too few or twice as many.
    static const QRegularExpression incomplete(u"^(\\S+): At least (\\d+) required"_s,
                                               QRegularExpression::CaseInsensitiveOption);
    if (const auto match = incomplete.match(what); match.hasMatch())
        return wrongUsage(Text::tr("'%1' needs %2 values.").arg(match.captured(1), match.captured(2)));
    static const QRegularExpression doubled(u"^(\\S+): At most 2 required"_s,
                                            QRegularExpression::CaseInsensitiveOption);
    if (const auto match = doubled.match(what); match.hasMatch())
        return wrongUsage(Text::tr("'%1' can be given only once.").arg(match.captured(1)));
    if (!isExtra)
        return wrongUsage(what.endsWith(u'.') ? what : what + u'.');
    // CLI11 says only that something is extra; which word it was and what was meant is found here.
    const auto extras = m_app->remaining(true);
    const auto word = QString::fromStdString(extras.empty() ? std::string() : extras.front());
    if (const auto option = arguments.value(arguments.indexOf(word) - 1); readsSecretFromInput(option))
        return wrongUsage(Text::tr("'%1' takes no value: the secret is read from standard input. Among the arguments "
                                   "every user of this computer can see it.")
                              .arg(option));
    const auto *entry = parsedEntry();
    const bool isOption = word.startsWith(u'-');
    QStringList candidates = isOption ? longNames(*m_app) : QStringList();
    if (isOption && entry)
        candidates += longNames(*entry->app);
    for (const auto &other : m_entries) {
        const bool isBelow = other.path.size() == (entry ? entry->path.size() + 1 : 1)
            && (!entry || other.path.mid(0, entry->path.size()) == entry->path);
        if (!isOption && isBelow)
            candidates.append(other.path.last());
    }
    const auto near = !isOption && word.contains("://"_L1) ? QString(u"--issuer "_s + word) : nearest(word, candidates);
    const auto sentence = isOption                            ? Text::tr("There is no option '%1'.")
        : arguments.value(0) == word || !candidates.isEmpty() ? Text::tr("There is no verb '%1'.")
                                                              : Text::tr("There is no argument '%1'.");
    const auto command = (QStringList{u"countersign"_s} + (entry ? entry->path : QStringList())).join(u' ');
    // Words that stand before it are another program's by now, and so may be the option.
    const auto *foreign = entry ? entry->app->get_option_no_throw(OptionSet::commandName) : nullptr;
    if (isOption && near.isEmpty() && foreign && !foreign->empty())
        return wrongUsage(sentence.arg(word.section(u'=', 0, 0)) + u' '
                          + Text::tr("One of another program stands after '--': %1")
                                .arg(u"%1 -- %2 …"_s.arg(command, QString::fromStdString(foreign->results().front()))));
    return wrongUsage(sentence.arg(word.section(u'=', 0, 0)) + u' '
                      + (near.isEmpty() ? Text::tr("'%1 --help' lists what there is.").arg(command)
                                        : Text::tr("Did you mean '%1'?").arg(near)));
}

Result<Invocation> CommandLine::finished()
{
    if (m_isVersionWanted)
        return asked(Invocation::Wish::Version);
    const auto *entry = parsedEntry();
    for (const auto *app : {m_app.get(), entry ? entry->app : nullptr}) {
        if (const auto *option = app ? optionWithToken(*app) : nullptr)
            return tokenInArguments(*option);
    }
    if (!m_wrongValue.isEmpty())
        return wrongUsage(m_wrongValue);
    if (!entry)
        return asked(Invocation::Wish::Help);
    auto &g = m_global;
    if (holdsPassword(g.proxy))
        return passwordInArguments(true);
    g.isAccountGiven = !g.account.isEmpty();
    g.isOfflineTyped = g.offline;
    g.surroundings = surroundingsOf(g);
    const auto environment = [](const char *name, QString &target) {
        if (target.isEmpty())
            target = qEnvironmentVariable(name);
    };
    environment("COUNTERSIGN_PROFILE", g.profile);
    environment("COUNTERSIGN_ACCOUNT", g.account);
    environment("COUNTERSIGN_CLIENT_ID", g.clientId);
    environment("COUNTERSIGN_CA_FILE", g.caFile);
    environment("COUNTERSIGN_PROXY", g.proxy);
    environment("COUNTERSIGN_STORE", g.store);
    g.noInteraction = g.noInteraction || isOn("COUNTERSIGN_NO_INTERACTION") || isOn("CI") || isOn("AZUREAUTH_NO_USER");
    const int named = int(!g.issuer.isEmpty()) + int(!g.tenant.isEmpty()) + int(!g.authority.isEmpty());
    if (named > 1)
        return wrongUsage(Text::tr("Name the provider once: --issuer, --entra or --authority."));
    if (named == 0) {
        environment("COUNTERSIGN_ISSUER", g.issuer);
        if (g.issuer.isEmpty())
            environment("COUNTERSIGN_TENANT", g.tenant);
    }
    const auto formats = entry->verb->answerFormats();
    if (!g.query.isEmpty() && !g.output.isEmpty() && !g.isJson())
        return wrongUsage(Text::tr("--query takes a part of the JSON answer: leave -o %1 out.").arg(g.output));
    if (!g.query.isEmpty() && !formats.contains(u"json"_s))
        return wrongUsage(
            Text::tr("--query takes a part of a JSON answer, and '%1' gives none.").arg(entry->path.join(u' ')));
    if (g.output.isEmpty())
        g.output = g.query.isEmpty() ? formats.first() : u"json"_s;
    if (!formats.contains(g.output))
        return wrongUsage(notOneOf(g.output, formats));
    return Invocation{.verb = entry->verb, .global = g};
}

Invocation CommandLine::asked(Invocation::Wish wish) const
{
    Invocation invocation{.wish = wish, .topic = verbPath(), .global = m_global};
    auto &output = invocation.global.output;
    if (output.isEmpty() && !invocation.global.query.isEmpty())
        output = u"json"_s;
    // A form that only the verb itself knows, or nobody, is no reason to keep help back.
    if (!invocation.global.isJson() && output != "none"_L1)
        output = u"text"_s;
    return invocation;
}

bool wantsJson(const QStringList &arguments)
{
    for (qsizetype i = 0; i < arguments.size(); ++i) {
        const auto &word = arguments.at(i);
        if (word == "--"_L1)
            return false;
        const bool isNamed = word == "-o"_L1 || word == "--output"_L1;
        if ((isNamed && arguments.value(i + 1).startsWith("json"_L1)) || word.startsWith("--output=json"_L1)
            || word.startsWith("-ojson"_L1))
            return true;
    }
    return false;
}

QString errorFileIn(const QStringList &arguments)
{
    constexpr auto name = "--error-file"_L1;
    for (qsizetype i = 0; i < arguments.size() && arguments.at(i) != "--"_L1; ++i) {
        const auto &word = arguments.at(i);
        if (word == name)
            return arguments.value(i + 1);
        if (word.startsWith(QString(name + u'=')))
            return word.mid(name.size() + 1);
    }
    return {};
}

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "commandline.h"

#include <CLI/CLI.hpp>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

Error wrongUsage(const QString &message)
{
    return Error{ErrorCode::InvalidArgument, message};
}

//! Levenshtein's distance with a swap of neighbours as one step, for "did you mean".
qsizetype distance(QStringView a, QStringView b)
{
    std::vector<std::vector<qsizetype>> d(size_t(a.size() + 1), std::vector<qsizetype>(size_t(b.size() + 1)));
    for (qsizetype i = 0; i <= a.size(); ++i) {
        for (qsizetype j = 0; j <= b.size(); ++j) {
            auto &cell = d[size_t(i)][size_t(j)];
            if (i == 0 || j == 0) {
                cell = i + j;
                continue;
            }
            const bool same = a[i - 1] == b[j - 1];
            cell = std::min({d[size_t(i - 1)][size_t(j)] + 1, d[size_t(i)][size_t(j - 1)] + 1,
                             d[size_t(i - 1)][size_t(j - 1)] + (same ? 0 : 1)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                cell = std::min(cell, d[size_t(i - 2)][size_t(j - 2)] + 1);
        }
    }
    return d[size_t(a.size())][size_t(b.size())];
}

//! Options whose plain value would put a secret into the process list.
const QStringList &refusedSecrets()
{
    static const QStringList names{u"--secret"_s,        u"--client-secret"_s, u"--password"_s,  u"--passphrase"_s,
                                   u"--refresh-token"_s, u"--access-token"_s,  u"--assertion"_s, u"--private-key"_s};
    return names;
}

//! CLI11 fills standard strings; ours are Qt's.
class Parser
{
public:
    explicit Parser(const QList<CommandLine::Verb> &offered)
        : m_app("OAuth 2.0 and OpenID Connect on the command line", "countersign")
    {
        m_app.require_subcommand(0, 1);
        m_app.fallthrough();
        m_app.set_help_flag("-h,--help", "Show this help");
        using Verb = CommandLine::Verb;
        const bool signsIn = offered.contains(Verb::Login);
        addGlobals();
        if (signsIn)
            addSignInGlobals();
        const std::pair<Verb, void (Parser::*)()> verbs[] = {
            {Verb::Login, &Parser::addLogin},     {Verb::Logout, &Parser::addLogout},
            {Verb::Token, &Parser::addToken},     {Verb::Accounts, &Parser::addAccounts},
            {Verb::Inspect, &Parser::addInspect}, {Verb::Jose, &Parser::addJose},
            {Verb::Version, &Parser::addVersion}};
        for (const auto &[verb, add] : verbs) {
            if (offered.contains(verb))
                (this->*add)();
        }
    }

    Result<CommandLine> parse(const QStringList &arguments)
    {
        if (const auto refused = refusedSecret(arguments))
            return *refused;
        std::vector<std::string> words;
        for (auto it = arguments.rbegin(); it != arguments.rend(); ++it)
            words.push_back(it->toStdString());
        // CLI11 reports by exceptions; they end here.
        try {
            m_app.parse(words);
        } catch (const CLI::CallForHelp &) {
            m_line.text = QString::fromStdString(helpFor());
            return m_line;
        } catch (const CLI::ParseError &error) {
            return explained(error, arguments);
        }
        if (m_app.get_subcommands().empty()) {
            m_line.text = QString::fromStdString(m_app.help());
            return m_line;
        }
        return finished();
    }

private:
    void text(CLI::App *app, const char *names, QString &target, const char *help)
    {
        app->add_option_function<std::string>(
            names, [&target](const std::string &value) { target = QString::fromStdString(value); }, help);
    }
    void list(CLI::App *app, const char *names, QStringList &target, const char *help)
    {
        app->add_option_function<std::vector<std::string>>(
               names,
               [&target](const std::vector<std::string> &values) {
                   for (const auto &value : values)
                       target.append(QString::fromStdString(value).split(u' ', Qt::SkipEmptyParts));
               },
               help)
            ->allow_extra_args(false);
    }
    template <typename Duration>
    void duration(CLI::App *app, const char *names, std::optional<Duration> &target, const char *help)
    {
        app->add_option_function<std::string>(
            names,
            [this, &target](const std::string &value) {
                const auto parsed = parseDuration(QString::fromStdString(value));
                if (!parsed)
                    m_wrongValue = parsed.error().message();
                else
                    target = std::chrono::duration_cast<Duration>(*parsed);
            },
            help);
    }
    template <typename Value> CLI::Option *choice(CLI::App *app, const char *names,
                                                  const std::vector<std::pair<std::string, Value>> &choices,
                                                  std::function<void(Value)> take, const char *help)
    {
        return app
            ->add_option_function<std::vector<std::string>>(
                names,
                [this, choices, take](const std::vector<std::string> &words) {
                    for (const auto &word : words) {
                        const auto it = std::find_if(choices.begin(), choices.end(),
                                                     [&](const auto &c) { return c.first == word; });
                        if (it == choices.end()) {
                            m_wrongValue = notOneOf(word, choices);
                            return;
                        }
                        take(it->second);
                    }
                },
                help)
            ->allow_extra_args(false);
    }
    template <typename Value>
    static QString notOneOf(const std::string &word, const std::vector<std::pair<std::string, Value>> &choices)
    {
        QStringList names;
        for (const auto &[name, value] : choices)
            names.append(QString::fromStdString(name));
        const auto text = QString::fromStdString(word);
        const auto near = nearest(text, names);
        return u"'%1' is not one of %2."_s.arg(text, names.join(u", "_s))
            + (near.isEmpty() ? QString() : u" Did you mean '%1'?"_s.arg(near));
    }

    void addGlobals()
    {
        auto &g = m_line.global;
        m_app.add_flag("-v,--verbose", g.verbose, "Redacted log on standard error");
        static const std::vector<std::pair<std::string, OutputFormat>> formats{
            {"text", OutputFormat::Text},     {"json", OutputFormat::Json}, {"token", OutputFormat::Token},
            {"header", OutputFormat::Header}, {"env", OutputFormat::Env},   {"curl", OutputFormat::Curl},
            {"none", OutputFormat::None}};
        choice<OutputFormat>(
            &m_app, "-o,--output", formats, [&g](OutputFormat f) { g.output = f; },
            "How to write the answer: text, json or none");
    }

    void addSignInGlobals()
    {
        auto &g = m_line.global;
        m_app.add_flag("-q,--quiet", g.quiet, "No hints on standard error");
        text(&m_app, "-p,--profile", g.profile, "Saved profile to use");
        text(&m_app, "-a,--account", g.account, "Account: user name, object id or account id");
        text(&m_app, "--issuer", g.issuer, "OpenID provider by its issuer URL");
        text(&m_app, "--entra", g.tenant,
             "Microsoft Entra ID by tenant: GUID, domain, common, organizations or consumers");
        text(&m_app, "--authority", g.authority, "Microsoft authority by its URL (Entra, B2C, External ID, ADFS)");
        text(&m_app, "--client-id", g.clientId, "Client (application) id");
        text(&m_app, "--ca-file", g.caFile, "PEM file with certificate authorities to trust besides the system's");
        text(&m_app, "--proxy", g.proxy, "Proxy URL, or 'none'");
        text(&m_app, "--store", g.store, "Where tokens live: keychain (default), memory, file:PATH or msal:PATH");
        duration(&m_app, "--timeout", g.timeout, "End the whole command after this time, for example 60s (exit 124)");
        m_app.add_flag("--no-interaction", g.noInteraction, "Never open or ask anything: exit 10 instead");
    }

    void addRequest(CLI::App *app, TokenRequestOptions &request)
    {
        list(app, "-s,--scope", request.scopes, "Scope to ask for; repeat it or separate several by spaces");
        text(app, "--resource", request.resource, "Resource indicator (RFC 8707)");
        text(app, "--claims-challenge", request.claims,
             "Claims to satisfy: JSON, base64, a WWW-Authenticate header, @file or -");
    }

    void addLogin()
    {
        auto *app = m_app.add_subcommand("login", "Sign in and keep the tokens");
        auto &o = m_line.login;
        addRequest(app, o.request);
        static const std::vector<std::pair<std::string, Way>> ways{
            {"browser", Way::Browser}, {"embedded", Way::Embedded}, {"device", Way::Device}};
        choice<Way>(
            app, "--via", ways, [&o](Way way) { o.ways.append(way); },
            "browser, embedded or device; repeat it for an order of preference");
        text(app, "--browser", o.browser, "Program to open the address with; it gets the address as its last argument");
        app->add_flag("--no-open", o.noOpen, "Print the address and wait, open nothing");
        text(app, "--prompt", o.prompt, "none, login, consent, select_account or create");
        text(app, "--login-hint", o.loginHint, "User name to suggest to the provider");
        text(app, "--domain-hint", o.domainHint, "Domain to suggest to Microsoft Entra ID");
        list(app, "--acr", o.acrValues, "Authentication context to ask for");
        duration(app, "--max-age", o.maxAge, "Sign in again if the last time is longer ago");
        text(app, "--redirect-uri", o.redirectUri, "Registered redirect URI, if it is not http://127.0.0.1");
        app->add_flag("--ephemeral", o.ephemeral, "Keep nothing: print the result and forget it");
        m_verbs.push_back({app, CommandLine::Verb::Login});
    }

    void addLogout()
    {
        auto *app = m_app.add_subcommand("logout", "Forget an account");
        auto &o = m_line.logout;
        app->add_flag("--revoke", o.revoke, "Also revoke the refresh token at the provider (RFC 7009)");
        app->add_flag("--end-session", o.endSession, "Also end the provider's session in the browser");
        app->add_flag("--all", o.all, "All accounts of the profile");
        m_verbs.push_back({app, CommandLine::Verb::Logout});
    }

    void addToken()
    {
        auto *app = m_app.add_subcommand("token", "Print a token, refreshed when needed");
        auto &o = m_line.token;
        addRequest(app, o.request);
        duration(app, "-t,--min-ttl", o.minimumLifetime, "Least time the token must still live, for example 5m");
        app->add_flag("-f,--force", o.force, "Fetch a new token even if the cached one is good");
        static const std::vector<std::pair<std::string, bool>> types{{"access", false}, {"id", true}};
        choice<bool>(
            app, "--type", types, [&o](bool id) { o.idToken = id; }, "access (default) or id");
        app->add_flag("--show", o.show, "Write the token to a terminal");
        app->add_flag("--no-token", o.withoutToken, "Everything about the token but the token itself");
        app->add_flag("--explain", o.explain, "Say on standard error why the cache was used or not");
        m_verbs.push_back({app, CommandLine::Verb::Token});
    }

    void addAccounts()
    {
        auto *app = m_app.add_subcommand("accounts", "List the accounts");
        m_verbs.push_back({app, CommandLine::Verb::Accounts});
    }

    void addInspect()
    {
        auto *app = m_app.add_subcommand("inspect", "Decode and explain a token, offline");
        auto &o = m_line.inspect;
        text(app, "TOKEN", o.input, "A token, @file, or - for standard input");
        app->add_flag("--raw", o.raw, "Only the decoded header and payload, as they are");
        m_verbs.push_back({app, CommandLine::Verb::Inspect});
    }

    CLI::App *addTool(CLI::App *jose, const char *name, JoseOptions::Tool tool, const char *input, const char *help)
    {
        auto *app = jose->add_subcommand(name, help);
        app->callback([this, tool] { m_line.jose.tool = tool; });
        text(app, "INPUT", m_line.jose.input, input);
        text(app, "--passphrase-file", m_line.jose.passphraseFile, "File whose first line opens an encrypted key");
        return app;
    }

    void addJose()
    {
        using Tool = JoseOptions::Tool;
        auto *jose = m_app.add_subcommand("jose", "Verify, decrypt and sign tokens, convert keys, offline");
        jose->require_subcommand(1);
        auto &o = m_line.jose;
        auto *verify = addTool(jose, "verify", Tool::Verify, "A JWS, @file, or - for standard input",
                               "Verify a JWS and print its payload");
        auto *decrypt = addTool(jose, "decrypt", Tool::Decrypt, "A JWE, @file, or - for standard input",
                                "Decrypt a JWE and print what it holds");
        auto *sign = addTool(jose, "sign", Tool::Sign, "The payload, @file, or - for standard input",
                             "Sign a payload as a compact JWS");
        auto *thumbprint = addTool(jose, "thumbprint", Tool::Thumbprint, "A key: @file, or - for standard input",
                                   "Print the thumbprint of a key (RFC 7638)");
        addTool(jose, "certs", Tool::Certificates, "Certificates in PEM: @file, or - for standard input",
                "Print certificates as x5c, with x5t and x5t#S256");
        auto *convert = addTool(jose, "jwk", Tool::Convert, "A key: @file, or - for standard input",
                                "Convert a key between PEM and JWK");
        for (auto *app : {verify, decrypt, sign})
            text(app, "-k,--key", o.keyFile, "File with the key: a JWK, a JWK set or PEM");
        text(verify, "--payload", o.payloadFile, "File with the payload of a JWS that comes without it");
        decrypt->add_flag("--allow-rsa1_5", o.allowRsa15, "Accept RSA1_5, which invites padding attacks");
        decrypt->add_flag("--allow-zip", o.allowCompression, "Decompress, up to 256 KiB and ten times the size");
        text(sign, "--alg", o.algorithm, "Algorithm, if the key leaves a choice");
        text(sign, "--typ", o.type, "Type to name in the header, for example JWT");
        text(thumbprint, "--hash", o.hash, "sha256 (default), sha384, sha512 or sha1");
        convert->add_flag("--private", o.showPrivate, "With the private members");
        convert->add_flag("--pem", o.asPem, "Write PEM instead of JWK");
        m_verbs.push_back({jose, CommandLine::Verb::Jose});
    }

    void addVersion()
    {
        m_verbs.push_back({m_app.add_subcommand("version", "Print the version"), CommandLine::Verb::Version});
    }

    std::optional<Error> refusedSecret(const QStringList &arguments) const
    {
        for (const auto &argument : arguments) {
            const auto name = argument.section(u'=', 0, 0);
            if (refusedSecrets().contains(name))
                return wrongUsage(
                    u"'%1' would show a secret to every user of this computer in the list of processes. "
                    "Secrets are read from standard input, a file or the keychain, never from the command line."_s.arg(
                        name));
        }
        return std::nullopt;
    }

    std::string helpFor()
    {
        for (auto *app : m_app.get_subcommands()) {
            if (app->parsed() && !app->get_subcommands().empty())
                return app->get_subcommands().front()->help();
            if (app->parsed())
                return app->help() + "\n" + "Options of every verb: countersign --help\n";
        }
        return m_app.help();
    }

    Error explained(const CLI::ParseError &error, const QStringList &arguments)
    {
        // CLI11 says only that something is extra; which word it was and what was meant is found here.
        if (dynamic_cast<const CLI::ExtrasError *>(&error) != nullptr) {
            const auto extras = m_app.remaining(true);
            const auto word = QString::fromStdString(extras.empty() ? std::string() : extras.front());
            const auto near = nearest(word, word.startsWith(u'-') ? optionNames() : verbNames());
            const auto kind = word.startsWith(u'-') ? u"option"_s
                : arguments.value(0) == word        ? u"verb"_s
                                                    : u"argument"_s;
            return wrongUsage(u"There is no %1 '%2'."_s.arg(kind, word.section(u'=', 0, 0))
                              + (near.isEmpty() ? u" 'countersign --help' lists what there is."_s
                                                : u" Did you mean '%1'?"_s.arg(near)));
        }
        return wrongUsage(QString::fromStdString(error.what()) + u'.');
    }

    Result<CommandLine> finished()
    {
        if (!m_wrongValue.isEmpty())
            return wrongUsage(m_wrongValue);
        for (const auto &[app, verb] : m_verbs) {
            if (app->parsed())
                m_line.verb = verb;
        }
        auto &g = m_line.global;
        const auto environment = [](const char *name, QString &target) {
            if (target.isEmpty())
                target = qEnvironmentVariable(name);
        };
        environment("COUNTERSIGN_PROFILE", g.profile);
        environment("COUNTERSIGN_ACCOUNT", g.account);
        environment("COUNTERSIGN_ISSUER", g.issuer);
        environment("COUNTERSIGN_CLIENT_ID", g.clientId);
        environment("COUNTERSIGN_CA_FILE", g.caFile);
        environment("COUNTERSIGN_STORE", g.store);
        g.noInteraction = g.noInteraction || qEnvironmentVariableIntValue("COUNTERSIGN_NO_INTERACTION") == 1
            || qEnvironmentVariable("CI") == "true"_L1 || qEnvironmentVariableIntValue("AZUREAUTH_NO_USER") == 1;
        const int named = int(!g.issuer.isEmpty()) + int(!g.tenant.isEmpty()) + int(!g.authority.isEmpty());
        if (named > 1)
            return wrongUsage(u"Name the provider once: --issuer, --entra or --authority."_s);
        return m_line;
    }

    QStringList verbNames() const
    {
        QStringList names;
        for (const auto &[app, verb] : m_verbs)
            names.append(QString::fromStdString(app->get_name()));
        return names;
    }

    QStringList optionNames() const
    {
        QStringList names;
        const auto collect = [&names](const CLI::App *app) {
            for (const auto *option : app->get_options()) {
                for (const auto &name : option->get_lnames())
                    names.append(u"--"_s + QString::fromStdString(name));
            }
        };
        collect(&m_app);
        for (const auto &[app, verb] : m_verbs) {
            if (app->parsed())
                collect(app);
        }
        return names;
    }

    CLI::App m_app;
    CommandLine m_line;
    QString m_wrongValue;
    std::vector<std::pair<CLI::App *, CommandLine::Verb>> m_verbs;
};

} // namespace

const QList<CommandLine::Verb> &allVerbs()
{
    using Verb = CommandLine::Verb;
    static const QList<Verb> verbs{Verb::Login,   Verb::Logout, Verb::Token,  Verb::Accounts,
                                   Verb::Inspect, Verb::Jose,   Verb::Version};
    return verbs;
}

Result<CommandLine> parseCommandLine(const QStringList &arguments, const QList<CommandLine::Verb> &offered)
{
    return Parser(offered).parse(arguments);
}

Result<std::chrono::milliseconds> parseDuration(QStringView text)
{
    using namespace std::chrono;
    struct Unit
    {
        QLatin1StringView suffix;
        milliseconds length;
    };
    static constexpr Unit units[] = {
        {"ms"_L1, milliseconds(1)}, {"s"_L1, seconds(1)}, {"m"_L1, minutes(1)}, {"h"_L1, hours(1)}};
    milliseconds length = seconds(1);
    QStringView number = text;
    for (const auto &unit : units) {
        if (text.endsWith(unit.suffix)) {
            length = unit.length;
            number = text.chopped(unit.suffix.size());
            break;
        }
    }
    bool ok = false;
    const auto count = number.toLongLong(&ok);
    // A year is more than anybody means, and keeps the arithmetic within range.
    if (!ok || count < 0 || count > hours(24 * 366) / length)
        return wrongUsage(u"'%1' is no time span. Write for example 60s, 5m or 500ms."_s.arg(text));
    return milliseconds(count * length.count());
}

QString nearest(const QString &word, const QStringList &candidates)
{
    QString best;
    qsizetype least = std::max<qsizetype>(2, word.size() / 3) + 1;
    for (const auto &candidate : candidates) {
        const auto d = distance(word, candidate);
        if (d < least) {
            least = d;
            best = candidate;
        }
    }
    return best;
}

} // namespace Countersign::Cli

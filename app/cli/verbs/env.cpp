// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../environmentlines.h"
#include "../session.h"
#include "../text.h"
#include "../tokenanswer.h"
#include "../tokenoutput.h"
#include "../verbs.h"
#include "../words.h"

#include <QtCore/QRegularExpression>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! What a variable can be given.
QStringList sources()
{
    return {u"token"_s,    u"id_token"_s,   u"header"_s,     u"issuer"_s,     u"client_id"_s,
            u"username"_s, u"account_id"_s, u"expires_on"_s, u"expires_at"_s, u"scopes"_s};
}

class EnvVerb final : public Verb
{
public:
    EnvVerb() : Verb(u"env"_s, Text::tr("Hand a token to other programs by the environment")) { }

    QString description() const override
    {
        return Text::tr(
            "With a command after '--' the variables are set for that command alone: the better way, since\n"
            "nothing else sees them. Without one, lines for a shell to evaluate. The variables are\n"
            "ACCESS_TOKEN and ACCESS_TOKEN_EXPIRES_ON unless --map says otherwise. --timeout is for the\n"
            "token: the command takes as long as it takes, and its exit code is this one's.");
    }
    QStringList examples() const override
    {
        return {u"countersign env -- terraform plan"_s,
                u"countersign env --map VAULT_TOKEN=token --map ME=username -- ./deploy.sh"_s,
                u"eval \"$(countersign env --profile work)\""_s, u"countersign env --shell dotenv > .env"_s};
    }
    QStringList formats() const override { return {u"text"_s, u"json"_s, u"none"_s}; }

    bool followsProject() const override { return true; }
    void addOptions(OptionSet &options) override
    {
        options.choice("--shell", m_shell, environmentShells(), Text::tr("Whose lines to write; guessed by default"));
        options.texts("--map", m_maps,
                      Text::tr("NAME=WHAT; repeatable. WHAT is one of %1").arg(sources().join(u", "_s)));
        m_request.addTo(options);
        options.duration("-t,--min-ttl", m_minimumLifetime,
                         Text::tr("Least time the token must still live, for example 5m"));
        options.flag("--show", m_isShown, Text::tr("Write the lines to a terminal"));
        m_signIn.addWays(options);
        options.rest(OptionSet::commandName, m_command, Text::tr("After '--': what to run, and its arguments"));
    }

    ExitCode run(Context &context) override
    {
        const auto maps = parseMaps();
        if (!maps)
            return context.fail(maps.error());
        auto opened = Session::open(context);
        if (!opened)
            return context.fail(opened.error());
        auto &session = **opened;
        context.setFlags(session.chosen().flags(), m_request.flags(), m_request.challengeFlags());
        const auto request = m_request.resolve(context, session.profile());
        if (!request)
            return context.fail(request.error());
        TokenWish wish{.request = *request, .minimumLifetime = m_minimumLifetime, .signIn = &m_signIn};
        auto token = obtainToken(session, wish);
        if (!token)
            return context.fail(token.error());
        const auto variables = fill(session, *maps, token->result);
        if (!variables)
            return context.fail(variables.error());
        return m_command.isEmpty() ? writeLines(context, *variables) : runCommand(context, *variables);
    }

private:
    using Maps = QList<std::pair<QString, QString>>;

    Result<Maps> parseMaps() const
    {
        if (m_maps.isEmpty())
            return Maps{{u"ACCESS_TOKEN"_s, u"token"_s}, {u"ACCESS_TOKEN_EXPIRES_ON"_s, u"expires_on"_s}};
        static const QRegularExpression validName(u"^[A-Za-z_][A-Za-z0-9_]*$"_s);
        Maps maps;
        for (const auto &word : m_maps) {
            const auto name = word.section(u'=', 0, 0);
            const auto source = word.section(u'=', 1);
            if (!validName.match(name).hasMatch())
                return wrongUsage(Text::tr("'%1' is no name for a variable. Write --map NAME=token.").arg(name));
            if (!sources().contains(source))
                return wrongUsage(notOneOf(source, sources()));
            maps.append({name, source});
        }
        return maps;
    }

    static Result<Secret> valueOf(const Session &session, const QString &source, const AuthenticationResult &token)
    {
        if (source == "token"_L1)
            return token.accessToken.clone();
        if (source == "header"_L1) {
            const QByteArray prefix = "Authorization: " + token.tokenType.toUtf8() + ' ';
            Secret header = Secret::ofSize(prefix.size() + token.accessToken.size());
            auto *const out = reinterpret_cast<char *>(header.writable().data());
            std::copy_n(token.accessToken.reveal().data(), token.accessToken.size(),
                        std::copy_n(prefix.data(), prefix.size(), out));
            return header;
        }
        if (source == "id_token"_L1) {
            if (token.idTokenText.isEmpty())
                return Error{ErrorCode::InteractionRequired,
                             Text::tr("The provider gave no ID token for this account.")};
            return token.idTokenText.clone();
        }
        return Secret(plainValue(session, source, token).toUtf8());
    }

    static QString plainValue(const Session &session, const QString &source, const AuthenticationResult &token)
    {
        if (source == "issuer"_L1)
            return session.profile().issuer;
        if (source == "client_id"_L1)
            return session.profile().clientId;
        if (source == "username"_L1)
            return token.account.username;
        if (source == "account_id"_L1)
            return token.account.id.homeAccountId.value;
        if (source == "expires_on"_L1)
            return QString::number(token.expiresAt.toSecsSinceEpoch());
        if (source == "expires_at"_L1)
            return token.expiresAt.toUTC().toString(Qt::ISODate);
        return token.grantedScopes.toString();
    }

    static Result<Variables> fill(const Session &session, const Maps &maps, const AuthenticationResult &token)
    {
        Variables variables;
        for (const auto &[name, source] : maps) {
            auto value = valueOf(session, source, token);
            if (!value)
                return value.error();
            variables.push_back({name, *std::move(value)});
        }
        return variables;
    }

    ExitCode writeLines(Context &context, const Variables &variables) const
    {
        const auto shell = context.global().isJson() ? u"json"_s : m_shell.isEmpty() ? likelyShell() : m_shell;
        if (context.outIsTerminal() && !m_isShown) {
            for (const auto &variable : variables)
                context.write(QString(variable.name + u'\n').toUtf8());
            context.hint(Text::tr("A terminal gets the values only with --show. Meant is: eval \"$(countersign env)\", "
                                  "or better: countersign env -- COMMAND"));
            return ExitCode::Done;
        }
        const auto lines = environmentLines(variables, shell);
        if (!lines)
            return context.fail(lines.error());
        if (shell == "json"_L1)
            return context.writeJson(lines->reveal());
        context.write(lines->reveal());
        return ExitCode::Done;
    }

    ExitCode runCommand(Context &context, const Variables &variables) const
    {
        // The command takes this process's place: what is to be written down is written now.
        if (const auto traced = context.saveTrace(); !traced)
            return context.fail(traced.error(), ExitCode::InternalError, {});
        const auto ended = runWith(variables, m_command);
        return ended ? static_cast<ExitCode>(*ended) : context.fail(ended.error());
    }

    TokenRequestOptions m_request;
    SignInOptions m_signIn;
    QString m_shell;
    QStringList m_maps;
    QStringList m_command;
    std::optional<std::chrono::seconds> m_minimumLifetime;
    bool m_isShown = false;
};

} // namespace

std::unique_ptr<Verb> makeEnvVerb()
{
    return std::make_unique<EnvVerb>();
}

} // namespace Countersign::Cli

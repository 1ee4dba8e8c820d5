// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../session.h"
#include "../silenttoken.h"
#include "../text.h"
#include "../tokenanswer.h"
#include "../verbs.h"
#include "../words.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! What stands in place of a token on a terminal.
QString masked(const Secret &token)
{
    return Text::tr("<token, %1 characters>").arg(token.size());
}

//! Whether the token may be put on a line of a header, a configuration or a shell. Spec: RFC 6749 A.12.
bool isOnePrintableWord(const Secret &token)
{
    const auto bytes = token.reveal();
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c > ' ' && c <= '~'; });
}

class TokenVerb final : public Verb
{
public:
    TokenVerb() : Verb(u"token"_s, Text::tr("Print a token, refreshed when needed")) { }

    QString description() const override
    {
        return Text::tr("The cached token while it is good, otherwise a refreshed one. When only a person can help, "
                        "a person\nat a terminal (or --via) is asked to sign in; otherwise the exit code is 10, or 11 "
                        "for a challenge.\nA pipe gets the token; a terminal only with --show.");
    }
    QStringList examples() const override
    {
        return {
            u"curl -H \"$(countersign token -o header)\" https://api.example.com/"_s,
            u"countersign token -o curl | curl --config - https://api.example.com/"_s,
            u"countersign token --profile work --min-ttl 10m -o json --query expires_at"_s,
            u"countersign token --entra contoso.com --client-id ID --resource https://management.azure.com/ -o az"_s};
    }
    QStringList formats() const override { return tokenFormats(); }

    void addOptions(OptionSet &options) override
    {
        options.text("ACCOUNT", m_account, Text::tr("Account: its name, user name or id (as --account)"));
        m_request.addTo(options);
        options.duration("-t,--min-ttl", m_minimumLifetime,
                         Text::tr("Least time the token must still live, for example 5m"));
        options.flag("-f,--force", m_isForced, Text::tr("Fetch a new token even if the cached one is good"));
        options.choice("--type", m_type, {u"access"_s, u"id"_s}, Text::tr("access (default) or id"));
        options.flag("--show", m_isShown, Text::tr("Write the token to a terminal"));
        options.flag("--no-token", m_isWithheld, Text::tr("With -o json: everything but the token itself"));
        options.flag("--explain", m_isExplained, Text::tr("Say on standard error why the cache was used or not"));
        m_signIn.addWays(options);
        auto hidden = options.hidden();
        hidden.flag("-c", m_isEnvironment, Text::tr("oidc-token's word for -o env"));
        hidden.text("--client", m_client, Text::tr("azureauth's word for --client-id"));
    }

    ExitCode run(Context &context) override
    {
        adoptForeignWords(context);
        auto opened = Session::open(context);
        if (!opened)
            return context.fail(opened.error());
        auto &session = **opened;
        context.setFlags(session.chosen().flags() + m_request.flags());
        const auto request = m_request.resolve(context, session.profile());
        if (!request)
            return context.fail(request.error());
        TokenWish wish{.request = *request,
                       .minimumLifetime = m_minimumLifetime,
                       .isForced = m_isForced,
                       .isIdToken = m_type == "id"_L1,
                       .isExplained = m_isExplained,
                       .signIn = &m_signIn};
        auto token = obtainToken(session, wish);
        if (!token)
            return context.fail(token.error());
        return write(session, *request, *std::move(token));
    }

private:
    //! The short forms of other programs.
    void adoptForeignWords(Context &context) const
    {
        if (!m_account.isEmpty())
            context.adjust().account = m_account;
        if (!m_client.isEmpty())
            context.adjust().clientId = m_client;
        if (m_isEnvironment)
            context.adjust().output = u"env"_s;
    }

    ExitCode write(Session &session, const TokenRequest &request, ObtainedToken obtained)
    {
        auto &context = session.context();
        TokenAnswer answer{.result = std::move(obtained.result), .source = obtained.source};
        answer.isIdToken = m_type == "id"_L1;
        answer.isWithheld = m_isWithheld;
        if (request.isChallenged())
            answer.isChallengeMet = obtained.source != "cache"_L1;
        const auto token = tokenOf(answer);
        if (token.isEmpty())
            return context.fail(
                Error{ErrorCode::InteractionRequired, Text::tr("The provider gave no ID token for this account.")});
        const bool isHidden = context.outIsTerminal() && !m_isShown && context.global().output != "none"_L1;
        if (isHidden && !context.global().isJson()) {
            context.write(QString(masked(token) + u'\n').toUtf8());
            context.hint(Text::tr("%1. A terminal gets the token only with --show; a pipe always does.")
                             .arg(describe(answer, context.now())));
            return ExitCode::Done;
        }
        answer.isWithheld = answer.isWithheld || isHidden;
        if (context.global().isJson()) {
            if (isHidden && !m_isWithheld)
                context.hint(Text::tr("The token is left out on a terminal; --show writes it."));
            return context.writeJson(encodeToken(session, request, answer, context.now()).reveal());
        }
        if (!isOnePrintableWord(token))
            return context.fail(Error{ErrorCode::InvalidResponse, ErrorCause::TokenMalformed,
                                      Text::tr("The token holds characters that no token has; only -o json can say "
                                               "it.")});
        context.write(encodeToken(session, request, answer, context.now()).reveal());
        context.write("\n");
        return ExitCode::Done;
    }

    TokenRequestOptions m_request;
    SignInOptions m_signIn;
    QString m_account;
    QString m_client;
    QString m_type = u"access"_s;
    std::optional<std::chrono::seconds> m_minimumLifetime;
    bool m_isForced = false;
    bool m_isShown = false;
    bool m_isWithheld = false;
    bool m_isExplained = false;
    bool m_isEnvironment = false;
};

} // namespace

std::unique_ptr<Verb> makeTokenVerb()
{
    return std::make_unique<TokenVerb>();
}

} // namespace Countersign::Cli

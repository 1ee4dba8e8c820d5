// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../proofoptions.h"
#include "../refreshoutput.h"
#include "../service.h"
#include "../session.h"
#include "../silenttoken.h"
#include "../text.h"
#include "../tokenanswer.h"
#include "../tokenoutput.h"
#include "../verbs.h"
#include "../words.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

class TokenVerb final : public Verb
{
public:
    TokenVerb() : Verb(u"token"_s, Text::tr("Print a token, refreshed when needed")) { }

    QString description() const override
    {
        return Text::tr(
            "The cached token while it is good, otherwise a refreshed one. When only a person can help, "
            "a person\nat a terminal (or --via) is asked to sign in; otherwise the exit code is 10, or 11 "
            "for a challenge.\nA pipe gets the token; a terminal only with --show.\n\nWith --dpop or --pop "
            "the token is good only together with a proof of a key that is kept with the\ntokens. The proof "
            "is for one request, within some minutes: ask for another one each time.");
    }
    QStringList examples() const override
    {
        return {
            u"curl -H \"$(countersign token -o header)\" https://api.example.com/"_s,
            u"countersign token -o curl | curl --config - https://api.example.com/"_s,
            u"countersign token --dpop GET https://api.example.com/ -o curl | curl --config - https://api.example.com/"_s,
            u"countersign token --profile work --min-ttl 10m -o json --query expires_at"_s,
            u"countersign token --profile build --service --secret-env SECRET -o header"_s,
            u"countersign token --entra contoso.com --client-id ID --resource https://management.azure.com/ -o az"_s};
    }
    QStringList formats() const override { return tokenFormats(); }

    bool followsProject() const override { return true; }
    void addOptions(OptionSet &options) override
    {
        options.text("ACCOUNT", m_account, Text::tr("Account: its name, user name or id (as --account)"));
        m_request.addTo(options);
        options.duration("-t,--min-ttl", m_minimumLifetime,
                         Text::tr("Least time the token must still live, for example 5m"));
        options.flag("-f,--force", m_isForced, Text::tr("Fetch a new token even if the cached one is good"));
        options.choice("--type", m_type, {u"access"_s, u"id"_s, u"refresh"_s},
                       Text::tr("access (default) or id; refresh needs --unsafe-show-refresh-token"));
        options.flag("--unsafe-show-refresh-token", m_showsRefreshToken,
                     Text::tr("Write the refresh token itself, where the policy of this computer allows that"));
        m_proof.addTo(options);
        options.flag("--show", m_isShown, Text::tr("Write the token to a terminal"));
        options.flag("--no-token", m_isWithheld, Text::tr("With -o json: everything but the token itself"));
        options.flag("--explain", m_isExplained, Text::tr("Say on standard error why the cache was used or not"));
        m_signIn.addWays(options);
        m_service.addTo(options);
        auto hidden = options.hidden();
        hidden.flag("-c", m_isEnvironment, Text::tr("oidc-token's word for -o oidc-token"));
        hidden.text("--client", m_client, Text::tr("azureauth's word for --client-id"));
    }

    ExitCode run(Context &context) override
    {
        if (const auto adopted = adoptForeignWords(context); !adopted)
            return context.fail(adopted.error());
        if (m_showsRefreshToken || m_type == "refresh"_L1)
            return runForRefreshToken(context);
        if (const auto fitting = checkWithholding(context); !fitting)
            return context.fail(fitting.error());
        const auto proof = m_proof.resolve(context, m_type == "id"_L1);
        if (!proof)
            return context.fail(proof.error());
        auto opened = open(context);
        if (!opened)
            return context.fail(opened.error());
        auto &session = **opened;
        context.setFlags(session.chosen().flags(), m_request.flags(), m_request.challengeFlags(), m_service.flags());
        const auto request = m_request.resolve(context, session.profile());
        if (!request)
            return context.fail(request.error());
        TokenWish wish{.request = *request,
                       .minimumLifetime = m_minimumLifetime,
                       .isForced = m_isForced,
                       .isIdToken = m_type == "id"_L1,
                       .proof = *proof,
                       .isExplained = m_isExplained,
                       .signIn = &m_signIn,
                       .service = &m_service};
        auto token = obtainToken(session, wish);
        if (!token)
            return context.fail(token.error());
        return writeToken(session, *request, *std::move(token),
                          {.isIdToken = wish.isIdToken, .isShown = m_isShown, .isWithheld = m_isWithheld});
    }

private:
    ExitCode runForRefreshToken(Context &context) const
    {
        if (!m_showsRefreshToken)
            return context.fail(
                wrongUsage(Text::tr("A refresh token is worth the whole sign-in, and no API takes it: it is written "
                                    "only with --unsafe-show-refresh-token, and where the policy of this computer "
                                    "allows that.")));
        if (const auto word = meaninglessForRefreshToken(); !word.isEmpty())
            return context.fail(wrongUsage(
                Text::tr("%1 is about another token than --unsafe-show-refresh-token: leave one of them out.")
                    .arg(word)));
        if (const auto fitting = checkWithholding(context); !fitting)
            return context.fail(fitting.error());
        if (const auto allowed = checkRefreshOutput(context); !allowed)
            return context.fail(allowed.error());
        const auto opened = open(context);
        if (!opened)
            return context.fail(opened.error());
        context.setFlags((*opened)->chosen().flags());
        return writeRefreshToken(**opened, {.isShown = m_isShown, .isWithheld = m_isWithheld});
    }

    Result<void> checkWithholding(const Context &context) const
    {
        if (m_isWithheld && !context.global().isJson())
            return wrongUsage(Text::tr("--no-token goes with -o json: every other format is the token."));
        return {};
    }

    //! The refresh token lies there as it is: nothing is asked for, and nobody signs in.
    QString meaninglessForRefreshToken() const
    {
        if (!m_type.isEmpty() && m_type != "refresh"_L1)
            return u"--type "_s + m_type;
        for (const auto &[name, isSaid] :
             {std::pair{u"--min-ttl"_s, m_minimumLifetime.has_value()}, std::pair{u"--force"_s, m_isForced},
              std::pair{u"--explain"_s, m_isExplained}}) {
            if (isSaid)
                return name;
        }
        if (const auto ofSignIn = m_signIn.firstSaid(); !ofSignIn.isEmpty())
            return ofSignIn;
        const auto ofRequest = m_request.anySaid();
        return ofRequest.isEmpty() ? m_proof.anySaid() : ofRequest;
    }

    Result<std::unique_ptr<Session>> open(Context &context) const
    {
        ProfileStore profiles;
        if (const auto loaded = profiles.load(); !loaded)
            return loaded.error();
        auto chosen = chooseProfile(context, profiles);
        if (!chosen)
            return chosen.error();
        if (const auto checked = m_service.check(context, chosen->profile); !checked)
            return checked.error();
        if (m_service.isMeant(chosen->profile)) {
            if (context.global().isAccountGiven)
                return wrongUsage(Text::tr("A service has no account: leave --account out."));
            if (const auto said = m_signIn.firstSaid(); !said.isEmpty())
                return wrongUsage(Text::tr("Nobody signs in for a service: leave %1 out.").arg(said));
            m_service.apply(chosen->profile);
        }
        return Session::open(context, *std::move(chosen));
    }

    //! The short forms of other programs.
    Result<void> adoptForeignWords(Context &context) const
    {
        if (m_isEnvironment && !context.global().query.isEmpty())
            return wrongUsage(Text::tr("--query takes a part of the JSON answer: leave -c out."));
        if (!m_account.isEmpty()) {
            context.adjust().account = m_account;
            context.adjust().isAccountGiven = true;
        }
        if (!m_client.isEmpty())
            context.adjust().clientId = m_client;
        if (m_isEnvironment)
            context.adjust().output = u"oidc-token"_s;
        return {};
    }

    TokenRequestOptions m_request;
    SignInOptions m_signIn;
    ProofOptions m_proof;
    ServiceOptions m_service;
    QString m_account;
    QString m_client;
    QString m_type; //!< empty: access
    std::optional<std::chrono::seconds> m_minimumLifetime;
    bool m_isForced = false;
    bool m_isShown = false;
    bool m_isWithheld = false;
    bool m_isExplained = false;
    bool m_showsRefreshToken = false;
    bool m_isEnvironment = false;
};

} // namespace

std::unique_ptr<Verb> makeTokenVerb()
{
    return std::make_unique<TokenVerb>();
}

} // namespace Countersign::Cli

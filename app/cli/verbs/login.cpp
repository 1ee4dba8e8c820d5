// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../service.h"
#include "../session.h"
#include "../signin.h"
#include "../signinlease.h"
#include "../text.h"
#include "../tokenoutput.h"
#include "../verbs.h"
#include "../words.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

class LoginVerb final : public Verb
{
public:
    LoginVerb() : Verb(u"login"_s, Text::tr("Sign in and keep the tokens")) { }

    QString description() const override
    {
        return Text::tr("Name the provider by --profile, or by --issuer (--entra for Microsoft) and --client-id; no "
                        "saved\nprofile is needed. Without --via the browser is opened; over SSH or without a display "
                        "a code\nfor another device is shown.");
    }
    QStringList examples() const override
    {
        return {
            u"countersign login --issuer https://login.example.com --client-id my-app --scope email"_s,
            u"countersign login --entra contoso.com --client-id 11111111-2222-3333-4444-555555555555"_s,
            u"countersign login --profile work --via embedded --via browser"_s,
            u"countersign login --profile work --claims-challenge @response.txt"_s,
            u"countersign login --issuer https://login.example.com --client-id my-app --save work"_s,
            u"countersign login --service --profile build --certificate app.pem --resource https://api.example.com"_s};
    }
    QStringList formats() const override { return tokenFormats(); }

    bool followsProject() const override { return true; }
    void addOptions(OptionSet &options) override
    {
        m_request.addTo(options);
        m_signIn.addWays(options);
        m_signIn.addDetails(options);
        m_service.addTo(options);
        options.flag("--ephemeral", m_isEphemeral, Text::tr("Keep nothing: print the token and forget it"));
        options.flag("--show", m_isShown, Text::tr("With --ephemeral: write the token to a terminal"));
        options.text("--save", m_name, Text::tr("Save the provider as a profile of this name, once signed in"));
    }

    ExitCode run(Context &context) override
    {
        if (const auto read = m_signIn.extraParameters(); !read)
            return context.fail(read.error());
        if (const auto read = m_signIn.redirect({}); !read)
            return context.fail(read.error());
        const auto isService = isForService(context);
        if (!isService)
            return context.fail(isService.error());
        if (*isService)
            return runForService(context);
        if (context.global().noInteraction) {
            // Nothing is opened here, but the command to type instead needs the provider.
            if (const auto named = open(context))
                context.setFlags((*named)->chosen().flags(), m_request.flags(), m_request.challengeFlags());
            return context.fail(Error{ErrorCode::InteractionRequired,
                                      Text::tr("Signing in needs a person, and --no-interaction is on.")});
        }
        auto opened = open(context);
        if (!opened)
            return context.fail(opened.error());
        auto &session = **opened;
        context.setFlags(session.chosen().flags(), m_request.flags(), m_request.challengeFlags());
        auto request = m_request.resolve(context, session.profile());
        if (!request)
            return context.fail(request.error());
        if (const auto free = checkName(session.profile()); !free)
            return context.fail(free.error());
        // Nobody said what the token is for: then at least who it is.
        if (request->scopes.isEmpty() && session.profile().kind == Profile::Kind::Oidc && session.profile().isOpenId)
            request->scopes = {u"openid"_s, u"profile"_s, u"email"_s};
        const auto expected = expectedAccount(session);
        if (!expected)
            return context.fail(expected.error());
        // Whoever needs the same token at this moment waits for this sign-in.
        const auto lease = SignInLease::tryTake(session, *request, *expected);
        auto signedIn = signIn(session, *request, m_signIn, *expected);
        if (!signedIn)
            return context.fail(signedIn.error());
        return finish(session, *request, std::move(signedIn->result), identifier(signedIn->way));
    }

private:
    //! Whether it is an application that wants a token of its own. What is wrong with the profile is said later.
    Result<bool> isForService(Context &context) const
    {
        ProfileStore profiles;
        const auto loaded = profiles.load();
        const auto chosen = loaded ? chooseProfile(context.global(), profiles) : Result<ChosenProfile>(loaded.error());
        const auto profile = chosen ? chosen->profile : Profile();
        if (const auto checked = m_service.check(context, profile); !checked)
            return checked.error();
        return m_service.isMeant(profile);
    }

    //! Nobody is asked anything: a new token is fetched with what the application proves itself with.
    ExitCode runForService(Context &context)
    {
        if (context.global().isAccountGiven)
            return context.fail(wrongUsage(Text::tr("A service has no account: leave --account out.")));
        if (const auto said = m_signIn.firstSaid(); !said.isEmpty())
            return context.fail(wrongUsage(Text::tr("Nobody signs in for a service: leave %1 out.").arg(said)));
        auto opened = open(context);
        if (!opened)
            return context.fail(opened.error());
        auto &session = **opened;
        context.setFlags(session.chosen().flags(), m_request.flags(), m_request.challengeFlags(), m_service.flags());
        const auto request = m_request.resolve(context, session.profile());
        if (!request)
            return context.fail(request.error());
        if (const auto free = checkName(session.profile()); !free)
            return context.fail(free.error());
        auto token = obtainToken(session,
                                 {.request = *request,
                                  .isForced = true,
                                  .mustMeetChallenge = !m_request.challenge.isEmpty(),
                                  .service = &m_service});
        if (!token)
            return context.fail(token.error());
        const bool isKnown = session.chosen().isSaved && wasService(session.profile().id);
        const auto exitCode = finish(session, *request, std::move(token->result), token->source);
        if (exitCode == ExitCode::Done && !isKnown && m_name.isEmpty() && !m_isEphemeral)
            context.hint(Text::tr("The same token again: %1")
                             .arg(u"countersign token --service"_s + session.chosen().flags() + m_request.flags()));
        return exitCode;
    }

    //! Whether the saved profile says so by itself.
    static bool wasService(const QString &id)
    {
        ProfileStore profiles;
        const auto *saved = profiles.load() ? profiles.find(id) : nullptr;
        return saved && saved->isService;
    }

    Result<std::unique_ptr<Session>> open(Context &context)
    {
        ProfileStore profiles;
        if (const auto loaded = profiles.load(); !loaded)
            return loaded.error();
        auto chosen = chooseProfile(context, profiles);
        if (!chosen)
            return chosen.error();
        chosen->profile.capabilities += m_signIn.capabilities;
        if (m_service.isMeant(chosen->profile))
            m_service.apply(chosen->profile);
        if (m_isEphemeral)
            context.adjust().store = u"memory"_s;
        return Session::open(context, *std::move(chosen));
    }

    //! Whose sign-in it has to be, if --account names somebody who is here already.
    Result<std::optional<Account>> expectedAccount(Session &session)
    {
        if (session.context().global().account.isEmpty() || m_isEphemeral)
            return std::optional<Account>();
        auto account = session.account();
        // Somebody new: the name is a hint for the provider then.
        if (!account && account.error().cause() == ErrorCause::AccountNotFound)
            return std::optional<Account>();
        return account;
    }

    ExitCode finish(Session &session, const TokenRequest &request, AuthenticationResult result, const QString &source)
    {
        auto &context = session.context();
        TokenAnswer answer{.result = std::move(result), .source = source};
        const bool isHidden = m_isEphemeral && context.outIsTerminal() && !m_isShown;
        answer.isWithheld = !m_isEphemeral || isHidden;
        // It is lost then, so that has to be said.
        if (isHidden && context.global().output != "none"_L1)
            context.hint(Text::tr("The token is left out on a terminal; --show writes it."));
        if (!m_isEphemeral)
            answer.schema = u"countersign.login/1"_s;
        holdAgainstChallenge(request, answer);
        if (!m_name.isEmpty()) {
            if (const auto saved = saveProfile(session, request); !saved)
                return context.fail(saved.error());
        }
        // What --claims asks for is a wish; what an API demands is no use without.
        if (const auto unmet = unmetDemands(request, answer.result); !m_request.challenge.isEmpty() && !unmet.isEmpty())
            return failWithout(context, unmet, answer);
        return write(session, request, answer);
    }

    ExitCode failWithout(Context &context, const QStringList &unmet, const TokenAnswer &answer) const
    {
        if (!m_isEphemeral)
            context.hint(Text::tr("Signed in, and kept: %1").arg(describe(answer, context.now())));
        return context.fail(notWhatWasDemanded(unmet));
    }

    ExitCode write(Session &session, const TokenRequest &request, const TokenAnswer &answer)
    {
        auto &context = session.context();
        const auto at = context.now();
        const auto line = Text::tr("Signed in: %1").arg(describe(answer, at));
        const bool isText = context.global().output == "text"_L1;
        if (context.global().isJson())
            return context.writeJson(encodeToken(session, request, answer, at)->reveal());
        hintAtChallenge(context, answer);
        if (!m_isEphemeral && isText) {
            context.write(QString(line + u'\n').toUtf8());
            return ExitCode::Done;
        }
        context.hint(line);
        if (!m_isEphemeral || answer.isWithheld)
            return ExitCode::Done;
        return writeTokenText(session, request, answer);
    }

    //! Before a person signs in, not afterwards.
    Result<void> checkName(Profile profile) const
    {
        if (m_name.isEmpty())
            return {};
        profile.id = m_name;
        if (const auto usable = profile.configuration(); !usable)
            return usable.error();
        ProfileStore profiles;
        if (const auto loaded = profiles.load(); !loaded)
            return loaded;
        const auto *other = profiles.find(m_name);
        if (other && (other->issuer != profile.issuer || other->clientId != profile.clientId))
            return wrongUsage(Text::tr("There is a profile '%1' already, for %2.").arg(m_name, other->issuer));
        return {};
    }

    Result<void> saveProfile(Session &session, const TokenRequest &request)
    {
        ProfileStore profiles;
        auto profile = session.profile();
        profile.id = m_name;
        profile.scopes = request.scopes;
        if (profile.isService) {
            if (!request.audience.isEmpty())
                profile.audience = request.audience;
            if (const auto kept = m_service.keepSecret(session.context(), profile); !kept)
                return kept;
        }
        if (!m_signIn.redirectUri.isEmpty())
            profile.redirectUri = m_signIn.redirectUri;
        return profiles.put(profile);
    }

    TokenRequestOptions m_request;
    SignInOptions m_signIn;
    ServiceOptions m_service;
    QString m_name;
    bool m_isEphemeral = false;
    bool m_isShown = false;
};

} // namespace

std::unique_ptr<Verb> makeLoginVerb()
{
    return std::make_unique<LoginVerb>();
}

} // namespace Countersign::Cli

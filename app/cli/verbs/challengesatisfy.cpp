// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "challenge.h"

#include "../text.h"
#include "../tokenanswer.h"
#include "../tokenoutput.h"
#include "../words.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

using namespace Protocol;

class SatisfyVerb final : public Verb
{
public:
    SatisfyVerb() : Verb(u"satisfy"_s, Text::tr("Get the token that a challenge demands")) { }

    QString description() const override
    {
        return Text::tr("First silently, with the claims of the challenge; then, where a person can be asked, by a\n"
                        "sign-in. Without a person the exit code is 11; 12 if even the sign-in did not bring what is\n"
                        "demanded. The token comes as from 'countersign token'.");
    }
    QStringList examples() const override
    {
        return {u"curl -si https://api.example/orders | countersign challenge satisfy - --profile work"_s,
                u"countersign challenge satisfy @response.txt -o header --no-interaction"_s};
    }
    QStringList formats() const override { return tokenFormats(); }

    bool followsProject() const override { return true; }
    void addOptions(OptionSet &options) override
    {
        addChallengeInput(options, m_input);
        options.words("-s,--scope", m_request.scopes,
                      Text::tr("Scope to ask for; repeat it or separate several by spaces"));
        options.text("--resource", m_request.resource, Text::tr("Resource the token is for"));
        options.text("--audience", m_request.audience, Text::tr("Audience the token is for, as Auth0 wants it"));
        options.flag("--show", m_isShown, Text::tr("Write the token to a terminal"));
        m_signIn.addWays(options);
    }

    ExitCode run(Context &context) override
    {
        const auto document = readChallengeInput(context, m_input);
        if (!document)
            return context.fail(document.error());
        auto opened = Session::open(context);
        if (!opened)
            return context.fail(opened.error());
        auto &session = **opened;
        context.setFlags(session.chosen().flags(), m_request.flags(),
                         u" --claims-challenge "_s + shellQuoted(m_input.simplified()));
        auto request = m_request.resolve(context, session.profile());
        if (!request)
            return context.fail(request.error());
        const bool wantsFreshToken = demandsFreshToken(*document);
        if (!applyChallenge(*document, *request) && !wantsFreshToken)
            return context.fail(emptyChallenge());
        TokenWish wish{
            .request = *request, .isForced = wantsFreshToken, .mustMeetChallenge = true, .signIn = &m_signIn};
        auto token = obtainToken(session, wish);
        if (!token)
            return context.fail(token.error());
        if (request->isChallenged() && !isChallengeMet(*request, token->result))
            context.hint(Text::tr("Whether this token meets the challenge cannot be told here: the API decides."));
        return writeToken(session, *request, *std::move(token), {.isShown = m_isShown});
    }

private:
    static bool demandsFreshToken(const ChallengeDocument &document)
    {
        const auto *challenge = document.mostUseful();
        if (!challenge)
            return false;
        const auto demand = meaningOf(*challenge).demand;
        return demand == ChallengeMeaning::Demand::FreshToken || demand == ChallengeMeaning::Demand::Token;
    }

    QString m_input;
    TokenRequestOptions m_request;
    SignInOptions m_signIn;
    bool m_isShown = false;
};

} // namespace

std::unique_ptr<Verb> makeChallengeSatisfyVerb()
{
    return std::make_unique<SatisfyVerb>();
}

} // namespace Countersign::Cli

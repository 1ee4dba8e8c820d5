// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "credential.h"

#include "../gitcredential.h"
#include "../rejectedtokens.h"
#include "../silenttoken.h"
#include "../text.h"
#include "../tokenanswer.h"
#include "../tokenoutput.h"
#include "../words.h"

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

constexpr auto statePrefix = "countersign.token="_L1;

//! What git should show to nobody: that this helper has nothing is said by saying nothing, and the next one is asked.
bool isNothingToSay(const Error &error)
{
    return error.code() == ErrorCode::InteractionRequired || error.cause() == ErrorCause::AccountNotFound
        || error.cause() == ErrorCause::AccountAmbiguous;
}

//! The challenge among git's header values that a token can meet.
bool applyChallenges(const QStringList &fields, TokenRequest &request)
{
    for (const auto &field : fields) {
        const auto document = Protocol::readChallenge(QByteArray("WWW-Authenticate: " + field.toUtf8()));
        TokenRequest changed = request;
        if (document && applyChallenge(*document, changed) && changed.isChallenged()) {
            request = changed;
            return true;
        }
    }
    return false;
}

class GitCredentialVerb final : public Verb
{
public:
    GitCredentialVerb() : Verb(u"git"_s, Text::tr("Be git's credential helper")) { }

    QString description() const override
    {
        return Text::tr("Answers git on standard input and output, for the hosts named by --host alone, and only over\n"
                        "https (http on this machine). Without a token it says nothing and exits with 0, so that git\n"
                        "asks the next helper. 'erase' makes the next 'get' fetch another token. Other words are\n"
                        "passed over, as git wants it of helpers.");
    }
    QStringList examples() const override
    {
        return {
            u"countersign configure git --host git.example.com --profile work"_s,
            u"git config --global credential.https://git.example.com.helper 'countersign --host git.example.com'"_s};
    }

    void addOptions(OptionSet &options) override
    {
        options.text("ACTION", m_action, Text::tr("What git wants: get, store, erase or capability"));
        options.texts("--host", m_hosts,
                      Text::tr("Host that may get tokens, with port; *.DOMAIN for all below; repeatable"));
        options.text("--username", m_username, Text::tr("User name to answer with; by default what the host expects"));
        options.choice("--type", m_type, {u"access"_s, u"id"_s}, Text::tr("access (default) or id"));
        m_request.addTo(options);
        m_signIn.addWays(options);
    }

    ExitCode run(Context &context) override
    {
        if (m_action == "capability"_L1) {
            context.write("version 0\ncapability authtype\ncapability state\n");
            return ExitCode::Done;
        }
        if (m_action.isEmpty())
            return context.fail(wrongUsage(Text::tr("git's word is missing: get, store or erase.")));
        // gitcredentials(7): a helper is silent about a word that it does not know, for git may have learned it since.
        if (m_action != "get"_L1 && m_action != "erase"_L1)
            return ExitCode::Done; // store, too: tokens are kept where they live
        if (qEnvironmentVariable("GIT_TERMINAL_PROMPT") == "0"_L1)
            context.adjust().noInteraction = true;
        if (m_action == "get"_L1 && context.outIsTerminal()) {
            context.hint(Text::tr("This is for git; a terminal does not get the token. "
                                  "'countersign token --show' writes one."));
            return ExitCode::Done;
        }
        const auto input = context.readInput(u"-"_s);
        if (!input)
            return context.fail(input.error());
        const auto request = parseGitCredential(input->reveal());
        if (!request)
            return context.fail(request.error());
        return m_action == "get"_L1 ? get(context, *request) : erase(context, *request);
    }

private:
    bool isOurs(Context &context, const GitCredential &request) const
    {
        if (m_hosts.isEmpty())
            context.hint(Text::tr("countersign: no host is named by --host, so no token is given out."));
        return isAllowedHost(request.host, m_hosts) && isSafeForTokens(request.protocol, request.host);
    }

    ExitCode get(Context &context, const GitCredential &request)
    {
        if (!isOurs(context, request))
            return ExitCode::Done;
        auto answer = obtain(context, request);
        if (!answer && isNothingToSay(answer.error()))
            return ExitCode::Done;
        if (!answer) {
            // The next helper may know something; what went wrong here is said all the same.
            (void)context.fail(answer.error());
            return ExitCode::Done;
        }
        const auto token = tokenOf(*answer);
        if (!isOnePrintableWord(token))
            return ExitCode::Done;
        write(context, request, *answer, token);
        return ExitCode::Done;
    }

    Result<TokenAnswer> obtain(Context &context, const GitCredential &request)
    {
        const bool isAccountNamed = !context.global().account.isEmpty();
        if (!isAccountNamed)
            context.adjust().account = request.username;
        auto answer = obtainOnce(context, request);
        const bool isUnknown = !answer && answer.error().code() == ErrorCode::InvalidArgument
            && answer.error().cause() == ErrorCause::AccountNotFound;
        // The user part of an address need not be an account: an organisation at Azure Repos, "git" elsewhere.
        if (!isUnknown || isAccountNamed || request.username.isEmpty())
            return answer;
        context.adjust().account.clear();
        return obtainOnce(context, request);
    }

    Result<TokenAnswer> obtainOnce(Context &context, const GitCredential &request)
    {
        auto opened = Session::open(context);
        if (!opened)
            return opened.error();
        auto &session = **opened;
        auto wanted = m_request.resolve(context, session.profile());
        if (!wanted)
            return wanted.error();
        applyChallenges(request.challenges, *wanted);
        TokenWish wish{.request = *wanted,
                       .minimumLifetime = std::chrono::minutes(1),
                       .isIdToken = m_type == "id"_L1,
                       .signIn = &m_signIn};
        auto obtained = obtainToken(session, wish);
        if (!obtained)
            return obtained.error();
        TokenAnswer answer{
            .result = std::move(obtained->result), .source = obtained->source, .isIdToken = wish.isIdToken};
        if (!RejectedTokens().contains(RejectedTokens::mark(tokenOf(answer)), context.now()))
            return answer;
        wish.isForced = true;
        obtained = obtainToken(session, wish);
        if (!obtained)
            return obtained.error();
        return TokenAnswer{
            .result = std::move(obtained->result), .source = obtained->source, .isIdToken = wish.isIdToken};
    }

    void write(Context &context, const GitCredential &request, const TokenAnswer &answer, const Secret &token) const
    {
        const auto line = [&context](QByteArrayView key, QByteArrayView value) {
            context.write(key);
            context.write("=");
            context.write(value);
            context.write("\n");
        };
        if (request.understands(u"authtype"_s)) {
            line("capability[]", "authtype");
            line("authtype", answer.isIdToken ? QByteArray("Bearer") : answer.result.tokenType.toUtf8());
            line("credential", token.reveal());
            line("ephemeral", "1");
        } else {
            const auto name = m_username.isEmpty() ? gitUserName(request.host, request.username) : m_username;
            line("username", harmless(name).toUtf8());
            line("password", token.reveal());
        }
        if (request.understands(u"state"_s)) {
            line("capability[]", "state");
            line("state[]", QString(statePrefix + RejectedTokens::mark(token)).toUtf8());
        }
        const auto expiresAt = expiryOf(answer);
        if (expiresAt.isValid())
            line("password_expiry_utc", QByteArray::number(expiresAt.toSecsSinceEpoch()));
    }

    ExitCode erase(Context &context, const GitCredential &request) const
    {
        if (!isOurs(context, request))
            return ExitCode::Done;
        QString mark = request.secret().isEmpty() ? QString() : RejectedTokens::mark(request.secret());
        for (const auto &state : request.states) {
            if (mark.isEmpty() && state.startsWith(statePrefix))
                mark = state.mid(statePrefix.size());
        }
        if (mark.isEmpty())
            return ExitCode::Done;
        const auto added = RejectedTokens().add(mark, context.now());
        return added ? ExitCode::Done : context.fail(added.error());
    }

    QString m_action;
    QStringList m_hosts;
    QString m_username;
    QString m_type;
    TokenRequestOptions m_request;
    SignInOptions m_signIn;
};

} // namespace

std::unique_ptr<Verb> makeGitCredentialVerb()
{
    return std::make_unique<GitCredentialVerb>();
}

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../session.h"
#include "../signin.h"
#include "../table.h"
#include "../text.h"
#include "../verbs.h"
#include "../words.h"

#include <countersign/base/redaction.h>
#include <countersign/jose/jsonwriter.h>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

QString words(SignOutStep::Kind kind)
{
    switch (kind) {
    case SignOutStep::Kind::Revocation: return Text::tr("revoke the refresh token");
    case SignOutStep::Kind::EndSession: return Text::tr("end the provider's session");
    case SignOutStep::Kind::LocalRemoval: return Text::tr("forget the account here");
    }
    Q_UNREACHABLE();
}

QString words(const SignOutStep &step)
{
    switch (step.outcome) {
    case SignOutStep::Outcome::Done: return Text::tr("done");
    case SignOutStep::Outcome::NotSupported: return Text::tr("the provider does not offer it");
    case SignOutStep::Outcome::NotWanted: return Text::tr("not asked for");
    case SignOutStep::Outcome::Failed:
        return Text::tr("failed: %1").arg(step.error ? redacted(step.error->message()) : QString());
    }
    Q_UNREACHABLE();
}

//! What became of an account's tokens of one client.
struct SignedOut
{
    Account account;
    QString clientId;
    SignOutReport report;
};

class LogoutVerb final : public Verb
{
public:
    LogoutVerb() : Verb(u"logout"_s, Text::tr("Sign an account out: forget its tokens, revoke them, end the session"))
    {
    }
    QString description() const override
    {
        return Text::tr("Forgets the account's tokens of this client. The account is gone here even when the provider "
                        "cannot\nbe reached; each step is reported.");
    }
    QStringList examples() const override
    {
        return {u"countersign logout --profile work"_s, u"countersign logout ada@example.com --revoke --end-session"_s,
                u"countersign logout ada@example.com --everywhere"_s,
                u"countersign logout --profile work --all -o json"_s,
                u"countersign logout --profile build --service"_s};
    }

    bool followsProject() const override { return true; }
    void addOptions(OptionSet &options) override
    {
        options.text("ACCOUNT", m_account, Text::tr("Account: its name, user name or id (as --account)"));
        options.flag("--revoke", m_revokes, Text::tr("Also revoke the refresh token at the provider (RFC 7009)"));
        options.flag("--end-session", m_endsSession, Text::tr("Also end the provider's session in the browser"));
        options.flag(
            "--everywhere", m_isEverywhere,
            Text::tr("Also for every other saved profile of the provider, revoked, and forget all of it here"));
        options.flag("--all", m_isAll, Text::tr("All accounts of the profile"));
        options.flag("--service", m_isService,
                     Text::tr("The application's own tokens, not a person's; its secret stays"));
        options.text("--browser", m_signIn.browser, Text::tr("Program to open the provider's page with"));
        options.flag("--no-open", m_signIn.noOpen, Text::tr("Print the address of the provider's page, open nothing"));
    }

    ExitCode run(Context &context) override
    {
        if (m_isAll && (!m_account.isEmpty() || context.global().isAccountGiven))
            return context.fail(wrongUsage(Text::tr("Name an account, or all of them by --all, but not both.")));
        if (!m_account.isEmpty())
            context.adjust().account = m_account;
        if (m_endsSession && context.global().noInteraction)
            return context.fail(Error{ErrorCode::InteractionRequired,
                                      Text::tr("--end-session opens a page, and --no-interaction is on.")});
        auto opened = Session::open(context);
        if (!opened)
            return context.fail(opened.error());
        auto &session = **opened;
        context.setFlags(session.chosen().flags());
        if (m_isService || session.profile().isService)
            return logOutService(session);
        const auto accounts = chosenAccounts(session);
        if (!accounts)
            return context.fail(accounts.error());
        QList<SignedOut> done;
        for (const auto &account : *accounts) {
            if (const auto ended = signOutOthers(session, account, done); !ended)
                return context.fail(ended.error());
            auto report = signOut(session, session.client(), account, m_endsSession);
            if (!report)
                return context.fail(report.error());
            done.append({account, session.profile().clientId, *std::move(report)});
            if (const auto forgotten = forgetRest(session, account); !forgotten)
                return context.fail(forgotten.error());
            if (const auto forgotten = forgetName(session, account); !forgotten)
                return context.fail(forgotten.error());
        }
        if (session.services().isOffline())
            context.hint(Text::tr("Nothing was asked of the provider: --offline is on. What it gave stays valid there "
                                  "until it expires."));
        return write(context, done);
    }

private:
    //! What the provider gave an application it does not take back, so everything happens here.
    ExitCode logOutService(Session &session) const
    {
        auto &context = session.context();
        if (m_isAll)
            return context.fail(wrongUsage(Text::tr("A service has no accounts: leave --all out.")));
        if (!m_account.isEmpty() || context.global().isAccountGiven)
            return context.fail(wrongUsage(Text::tr("A service has no account: leave --account out.")));
        if (m_revokes || m_isEverywhere || m_endsSession)
            return context.fail(wrongUsage(Text::tr("A service has neither a refresh token to revoke nor a session: "
                                                    "its tokens are forgotten here, and end by themselves.")));
        const auto application = session.services().makeApplication(session.profile());
        if (!application)
            return context.fail(application.error());
        const auto count = context.await((*application)->removeTokensForClient());
        if (!count)
            return context.fail(count.error());
        Account account;
        account.localAccountId = {session.profile().clientId};
        const auto authority = session.profile().authority();
        if (authority) {
            account.id.environment = authority->environment();
            account.realm = {authority->realm()};
        }
        SignOutReport report;
        report.steps.append(
            {.kind = SignOutStep::Kind::LocalRemoval, .outcome = SignOutStep::Outcome::Done, .error = {}});
        if (*count == 0)
            context.hint(Text::tr("There was no token of the application itself."));
        return write(context, {{account, session.profile().clientId, report}});
    }

    Result<QList<Account>> chosenAccounts(Session &session)
    {
        if (m_isAll)
            return session.context().await(session.client().accounts());
        const auto account = session.account();
        if (!account)
            return account.error();
        if (!*account)
            return Error{ErrorCode::InvalidArgument, ErrorCause::AccountNotFound,
                         Text::tr("Nobody is signed in at %1.").arg(session.profile().issuer)};
        return QList<Account>{**account};
    }

    Result<SignOutReport> signOut(Session &session, PublicClient &client, const Account &account, bool endsSession)
    {
        SignOutParameters parameters;
        parameters.revokesTokens = m_revokes || m_isEverywhere;
        parameters.endsSession = endsSession;
        if (session.services().isOffline())
            return signOutOffline(session, client, account, parameters);
        PageOpener opener(session, m_signIn);
        if (endsSession)
            parameters.agent = &opener.agent();
        return session.context().await(client.signOut(account.id, parameters));
    }

    //! Forgets here; what \p wanted asks of the provider is reported as failed. A page would be opened all the same.
    static Result<SignOutReport> signOutOffline(Session &session, PublicClient &client, const Account &account,
                                                const SignOutParameters &wanted)
    {
        SignOutParameters local;
        local.revokesTokens = false;
        local.endsSession = false;
        auto report = session.context().await(client.signOut(account.id, local));
        if (!report)
            return report;
        for (auto &step : report->steps) {
            const bool isWanted = (step.kind == SignOutStep::Kind::Revocation && wanted.revokesTokens)
                || (step.kind == SignOutStep::Kind::EndSession && wanted.endsSession);
            if (!isWanted)
                continue;
            step.outcome = SignOutStep::Outcome::Failed;
            step.error = Error{ErrorCode::NetworkUnavailable, Text::tr("Nothing was sent: --offline is on.")};
        }
        return report;
    }

    //! With --everywhere: the account's tokens of other saved profiles' clients. The browser's session is ended once,
    //! by the chosen profile, which comes last.
    Result<void> signOutOthers(Session &session, const Account &account, QList<SignedOut> &done)
    {
        if (!m_isEverywhere)
            return {};
        ProfileStore profiles;
        if (const auto loaded = profiles.load(); !loaded)
            return loaded;
        QStringList clients{session.profile().clientId};
        for (const auto &profile : profiles.profiles()) {
            const auto authority = profile.authority();
            if (!authority || authority->environment() != account.id.environment || clients.contains(profile.clientId))
                continue;
            clients.append(profile.clientId);
            const auto client = session.services().makeClient(profile);
            if (!client)
                return client.error();
            auto report = signOut(session, **client, account, false);
            session.context().settle(**client);
            if (!report)
                return report.error();
            done.append({account, profile.clientId, *std::move(report)});
        }
        return {};
    }

    //! With --everywhere: also what clients that no profile names have of the account.
    Result<void> forgetRest(Session &session, const Account &account) const
    {
        if (!m_isEverywhere)
            return {};
        return session.context().awaitAnswer<void>([&session, &account](auto handler) {
            auto listener = std::make_unique<QObject>();
            session.services().cache().update([id = account.id](TokenCache &cache) { cache.forgetAccount(id); },
                                              listener.get(), handler);
            return listener;
        });
    }

    //! The name and the mark go with the account, unless another client still has tokens of it.
    static Result<void> forgetName(Session &session, const Account &account)
    {
        if (session.client().cache().snapshot().account(account.id))
            return {};
        return session.book().forget(account.id);
    }

    static ExitCode write(Context &context, const QList<SignedOut> &done)
    {
        if (context.global().isJson())
            return writeJson(context, done);
        const bool isSeveral = std::any_of(
            done.begin(), done.end(), [&done](const SignedOut &one) { return one.clientId != done.first().clientId; });
        Table table;
        for (const auto &[account, clientId, report] : done) {
            const auto name = elided(labelOf(account));
            const auto who = isSeveral ? Text::tr("%1 (client %2)").arg(name, clientId) : name;
            for (const auto &step : report.steps) {
                if (step.outcome != SignOutStep::Outcome::NotWanted)
                    table.addRow({who, words(step.kind), words(step)});
            }
        }
        context.write(table.toText().toUtf8());
        return ExitCode::Done;
    }

    static ExitCode writeJson(Context &context, const QList<SignedOut> &done)
    {
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.logout/1"_s).name("accounts").beginArray();
        for (const auto &[account, clientId, report] : done) {
            const auto &id = isService(account) ? account.localAccountId.value : account.id.homeAccountId.value;
            json.beginObject().string("id", id).string("username", account.username);
            json.string("name", account.name);
            json.string("home", homeOf(account)).string("client_id", clientId).name("steps").beginArray();
            for (const auto &step : report.steps) {
                json.beginObject().string("step", identifier(step.kind)).string("outcome", identifier(step.outcome));
                if (step.error)
                    json.string("code", identifier(step.error->code()))
                        .string("message", redacted(step.error->message()));
                json.endObject();
            }
            json.endArray().endObject();
        }
        json.endArray().endObject();
        return context.writeJson(json.view(), "accounts");
    }

    QString m_account;
    SignInOptions m_signIn;
    bool m_revokes = false;
    bool m_endsSession = false;
    bool m_isEverywhere = false;
    bool m_isAll = false;
    bool m_isService = false;
};

} // namespace

std::unique_ptr<Verb> makeLogoutVerb()
{
    return std::make_unique<LogoutVerb>();
}

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "profileword.h"

#include "../provider.h"
#include "../service.h"
#include "../table.h"

#include <common/clientcheck.h>

#include <countersign/base/clock.h>
#include <countersign/base/redaction.h>
#include <countersign/crypto/systemrandom.h>
#include <countersign/jose/jsonwriter.h>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

class TestVerb final : public ProfileWord
{
public:
    TestVerb() : ProfileWord(u"test"_s, Text::tr("Ask the provider whether a profile can work; nobody signs in")) { }
    QString description() const override
    {
        return Text::tr(
            "Fetches the provider's discovery document and holds the profile against it.\nThen asks for a sign-in "
            "without a person and for a device code, to see whether the provider knows the client.\nFor a service, a "
            "token is fetched and "
            "kept, as by 'token --force'.");
    }
    void addOptions(OptionSet &options) override
    {
        addName(options);
        m_service.addTo(options);
    }

protected:
    ExitCode act(Context &context, ProfileStore &profiles) override
    {
        auto options = context.global();
        if (!m_name.isEmpty())
            options.profile = m_name;
        auto chosen = chooseProfile(context, options, profiles);
        if (!chosen)
            return context.fail(chosen.error());
        context.setFlags(chosen->flags());
        if (const auto checked = m_service.check(context, chosen->profile); !checked)
            return context.fail(checked.error());
        if (m_service.isMeant(chosen->profile))
            m_service.apply(chosen->profile);
        if (context.global().caFile.isEmpty())
            context.adjust().caFile = chosen->profile.caFile;
        const auto authority = chosen->profile.authority();
        if (!authority)
            return context.fail(authority.error());
        const auto metadata = fetchMetadata(context, *authority);
        if (!metadata)
            return context.fail(metadata.error());
        return chosen->profile.isService ? testService(context, *chosen, *metadata)
                                         : testSignIn(context, chosen->profile, *metadata);
    }

private:
    struct Finding
    {
        QString id;
        QString outcome; //!< ok, warning, failure, unknown
        QString text;
    };

    //! It has neither a page nor a redirect address: its own proof is what can be right or wrong.
    ExitCode testService(Context &context, const ChosenProfile &chosen,
                         const Protocol::ProviderMetadata &metadata) const
    {
        auto list = findings(chosen.profile, metadata);
        context.adjust().noInteraction = true;
        const auto refused = askAsService(context, chosen);
        list.append({u"client_credentials"_s, outcomeOfService(refused), serviceWords(refused)});
        const auto written = write(context, chosen.profile, metadata, list);
        if (written != ExitCode::Done || outcomeOfService(refused) != "failure"_L1)
            return written;
        return context.fail(*refused);
    }

    //! Why the application of \p chosen gets no token; nothing: it gets one.
    std::optional<Error> askAsService(Context &context, const ChosenProfile &chosen) const
    {
        const auto opened = Session::open(context, chosen);
        if (!opened)
            return opened.error();
        const auto request = TokenRequestOptions().resolve(context, chosen.profile);
        if (!request)
            return request.error();
        const auto token = obtainServiceToken(**opened, {.request = *request, .isForced = true, .service = &m_service});
        return token ? std::nullopt : std::optional(token.error());
    }

    static QString outcomeOfService(const std::optional<Error> &refused)
    {
        if (!refused)
            return u"ok"_s;
        const bool isOfProof =
            refused->code() == ErrorCode::InvalidArgument || refused->code() == ErrorCode::NotSupported;
        if (refused->cause() == ErrorCause::ClientSecretMissing)
            return u"unknown"_s;
        return isOfProof || refused->code() == ErrorCode::ServerRejected ? u"failure"_s : u"unknown"_s;
    }

    static QString serviceWords(const std::optional<Error> &refused)
    {
        if (!refused)
            return Text::tr("the application proved itself and got a token");
        const auto why = redacted(refused->message());
        if (refused->cause() == ErrorCause::ClientSecretMissing)
            return Text::tr("the application was not tried: nothing here proves it. Name its secret, for example by "
                            "--secret-env, or its certificate in the profile (%1)")
                .arg(why);
        if (outcomeOfService(refused) == "failure"_L1)
            return Text::tr("the application gets no token (%1)").arg(why);
        return Text::tr("whether the application gets a token cannot be told (%1)").arg(why);
    }

    static ExitCode testSignIn(Context &context, const Profile &profile, const Protocol::ProviderMetadata &metadata)
    {
        const auto http = context.network();
        if (!http)
            return context.fail(http.error());
        // A store that would have to be unlocked first is done without: no secret then, which the provider's answer
        // shows.
        context.adjust().noInteraction = true;
        const auto services = context.services();
        auto *const cache = services ? &(*services)->cache() : nullptr;
        QList<App::Finding> asked;
        const SystemClock clock;
        SystemRandom random;
        const auto done = context.awaitAnswer<void>([&](auto handler) {
            auto check = std::make_unique<App::ClientCheck>(App::ClientCheck::Seams{**http, clock, random, cache},
                                                            profile, metadata);
            QObject::connect(check.get(), &App::ClientCheck::found, check.get(),
                             [&asked](const App::Finding &finding) { asked.append(finding); });
            QObject::connect(check.get(), &App::ClientCheck::finished, check.get(),
                             [handler] { handler(Result<void>()); });
            return check;
        });
        if (!done)
            return context.fail(done.error());
        return report(context, profile, metadata, asked);
    }

    static QList<Finding> findings(const Profile &profile, const Protocol::ProviderMetadata &metadata)
    {
        QList<Finding> list{{u"discovery"_s, u"ok"_s, Text::tr("the provider answers as %1").arg(metadata.issuer)}};
        if (!profile.isService)
            addSignInFindings(list, metadata);
        QStringList unknown;
        for (const auto &scope : profile.scopes.sorted()) {
            if (!metadata.scopesSupported.isEmpty() && !metadata.scopesSupported.contains(scope))
                unknown.append(scope);
        }
        if (!unknown.isEmpty() && profile.kind == Profile::Kind::Oidc)
            list.append(
                {u"scopes"_s, u"warning"_s, Text::tr("scopes the provider does not list: %1").arg(unknown.join(u' '))});
        return list;
    }

    //! What only people have.
    static void addSignInFindings(QList<Finding> &list, const Protocol::ProviderMetadata &metadata)
    {
        const auto offers = [&list](const QString &id, const QUrl &endpoint, const QString &what) {
            list.append({id, endpoint.isEmpty() ? u"warning"_s : u"ok"_s,
                         endpoint.isEmpty() ? Text::tr("not offered: %1").arg(what) : what});
        };
        offers(u"authorization_endpoint"_s, metadata.authorizationEndpoint, Text::tr("sign-in in a browser"));
        offers(u"device_authorization_endpoint"_s, metadata.deviceAuthorizationEndpoint,
               Text::tr("sign-in with a code on another device"));
        offers(u"revocation_endpoint"_s, metadata.revocationEndpoint, Text::tr("revocation (logout --revoke)"));
        offers(u"end_session_endpoint"_s, metadata.endSessionEndpoint,
               Text::tr("end of session (logout --end-session)"));
        list.append({u"pkce"_s, metadata.allowsS256() ? u"ok"_s : u"warning"_s,
                     metadata.allowsS256() ? Text::tr("PKCE with S256")
                                           : Text::tr("the provider says that it has no PKCE with S256")});
    }

    static QString outcomeOf(const App::Finding &finding)
    {
        switch (finding.outcome) {
        case Jose::CheckOutcome::Passed:
        case Jose::CheckOutcome::NotApplicable: return u"ok"_s;
        case Jose::CheckOutcome::Warning: return u"warning"_s;
        case Jose::CheckOutcome::Failed: return u"failure"_s;
        case Jose::CheckOutcome::NotPossible: return u"unknown"_s;
        }
        Q_UNREACHABLE();
    }

    //! What the answer to a request without a person says.
    static QString clientWords(const App::Finding &finding)
    {
        if (finding.detail == App::pushedRequestsWanted)
            return Text::tr("the provider takes this client's requests pushed alone, which its document does not say: "
                            "countersign profile edit --set require_pushed_authorization_requests=true");
        if (finding.error && finding.error->cause() == ErrorCause::ClientSecretMissing)
            return Text::tr("this provider may want a client secret: countersign profile edit --client-secret-stdin "
                            "keeps it (%1)")
                .arg(redacted(finding.error->message()));
        const auto what = finding.error ? redacted(finding.error->message()) : finding.detail;
        switch (finding.outcome) {
        case Jose::CheckOutcome::Passed:
            return Text::tr("the client id and the redirect address are known there (%1)").arg(what);
        case Jose::CheckOutcome::Warning:
            return Text::tr("the client id and the redirect address are known there, what is asked for is refused (%1)")
                .arg(what);
        case Jose::CheckOutcome::Failed:
            return Text::tr("the client id or the redirect address is not known there (%1)").arg(what);
        case Jose::CheckOutcome::NotPossible:
            return Text::tr("whether the client id and the redirect address are known there cannot be told (%1)")
                .arg(what);
        case Jose::CheckOutcome::NotApplicable: break;
        }
        return Text::tr("no sign-in in a browser, so no redirect address");
    }

    static QString deviceWords(const App::Finding &finding)
    {
        const auto what = finding.error ? redacted(finding.error->message()) : finding.detail;
        if (finding.error && finding.error->cause() == ErrorCause::ClientSecretMissing)
            return Text::tr("no code for another device: this provider may want a client secret (%1)").arg(what);
        return finding.outcome == Jose::CheckOutcome::Passed ? Text::tr("this client gets codes for another device")
                                                             : Text::tr("no code for another device: %1").arg(what);
    }

    static ExitCode report(Context &context, const Profile &profile, const Protocol::ProviderMetadata &metadata,
                           const QList<App::Finding> &asked)
    {
        auto list = findings(profile, metadata);
        bool isRefused = false;
        for (const auto &finding : asked) {
            isRefused |= finding.outcome == Jose::CheckOutcome::Failed;
            if (finding.id == "client"_L1)
                list.append({u"client"_s, outcomeOf(finding), clientWords(finding)});
            else if (!metadata.deviceAuthorizationEndpoint.isEmpty())
                list.append({u"device_code"_s, outcomeOf(finding), deviceWords(finding)});
        }
        const auto written = write(context, profile, metadata, list);
        if (written != ExitCode::Done || !isRefused)
            return written;
        return context.fail(Error{ErrorCode::ServerRejected,
                                  Text::tr("The provider does not take this client as the profile has it.")});
    }

    static ExitCode write(Context &context, const Profile &profile, const Protocol::ProviderMetadata &metadata,
                          const QList<Finding> &list)
    {
        Table table;
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.profile-test/1"_s).string("profile", profile.id);
        json.string("issuer", metadata.issuer).name("checks").beginArray();
        for (const auto &finding : list) {
            table.addRow({finding.outcome, finding.text});
            json.beginObject().string("id", finding.id).string("outcome", finding.outcome);
            json.string("text", finding.text).endObject();
        }
        json.endArray().endObject();
        if (context.global().isJson())
            return context.writeJson(json.view(), "checks");
        context.write(table.toText().toUtf8());
        return ExitCode::Done;
    }

    ServiceOptions m_service;
};

} // namespace

std::unique_ptr<Verb> makeProfileTestVerb()
{
    return std::make_unique<TestVerb>();
}

} // namespace Countersign::Cli

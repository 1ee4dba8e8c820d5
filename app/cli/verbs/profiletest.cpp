// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "profileword.h"

#include "../provider.h"
#include "../table.h"

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
        return Text::tr("Fetches the provider's discovery document and holds the profile against it.");
    }
    void addOptions(OptionSet &options) override { addName(options); }

protected:
    ExitCode act(Context &context, ProfileStore &profiles) override
    {
        auto options = context.global();
        if (!m_name.isEmpty())
            options.profile = m_name;
        const auto chosen = chooseProfile(context, options, profiles);
        if (!chosen)
            return context.fail(chosen.error());
        context.setFlags(chosen->flags());
        if (context.global().caFile.isEmpty())
            context.adjust().caFile = chosen->profile.caFile;
        const auto authority = chosen->profile.authority();
        if (!authority)
            return context.fail(authority.error());
        const auto metadata = fetchMetadata(context, *authority);
        if (!metadata)
            return context.fail(metadata.error());
        return report(context, chosen->profile, *metadata);
    }

private:
    struct Finding
    {
        QString id;
        QString outcome; //!< ok, warning
        QString text;
    };

    static QList<Finding> findings(const Profile &profile, const Protocol::ProviderMetadata &metadata)
    {
        QList<Finding> list{{u"discovery"_s, u"ok"_s, Text::tr("the provider answers as %1").arg(metadata.issuer)}};
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

    static ExitCode report(Context &context, const Profile &profile, const Protocol::ProviderMetadata &metadata)
    {
        const auto list = findings(profile, metadata);
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
        context.hint(Text::tr("Whether the client id and the redirect address are registered shows at the first "
                              "sign-in only."));
        return ExitCode::Done;
    }
};

} // namespace

std::unique_ptr<Verb> makeProfileTestVerb()
{
    return std::make_unique<TestVerb>();
}

} // namespace Countersign::Cli

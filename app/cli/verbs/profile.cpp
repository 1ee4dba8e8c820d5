// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../profileedit.h"
#include "../provider.h"
#include "../session.h"
#include "../table.h"
#include "../text.h"
#include "../verbs.h"
#include "../words.h"

#include <countersign/client/presets.h>
#include <countersign/client/profileimport.h>
#include <countersign/jose/jsonwriter.h>

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QProcessEnvironment>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QString labelOf(const Profile &profile)
{
    return profile.name.isEmpty() || profile.name == profile.id ? profile.id
                                                                : profile.id + u" ("_s + profile.name + u')';
}

//! A word below `profile`: the profiles are read.
class ProfileWord : public Verb
{
public:
    using Verb::Verb;
    ExitCode run(Context &context) override
    {
        ProfileStore profiles;
        if (const auto loaded = profiles.load(); !loaded)
            return context.fail(loaded.error());
        return act(context, profiles);
    }

protected:
    virtual ExitCode act(Context &context, ProfileStore &profiles) = 0;
    void addName(OptionSet &options) { options.text("NAME", m_name, Text::tr("The profile's id or name")); }
    //! The profile that NAME or --profile means, otherwise the default one.
    Result<Profile> named(const Context &context, const ProfileStore &profiles) const
    {
        GlobalOptions options;
        options.profile = m_name.isEmpty() ? context.global().profile : m_name;
        const auto chosen = chooseProfile(options, profiles);
        if (!chosen)
            return chosen.error();
        return chosen->profile;
    }
    static ExitCode conclude(Context &context, const Result<void> &result, const QString &done)
    {
        if (!result)
            return context.fail(result.error());
        context.hint(done);
        return ExitCode::Done;
    }

    QString m_name;
};

class ListVerb final : public ProfileWord
{
public:
    ListVerb() : ProfileWord(u"list"_s, Text::tr("List the profiles")) { }

protected:
    ExitCode act(Context &context, ProfileStore &profiles) override
    {
        const auto *marked = profiles.defaultProfile();
        if (context.global().isJson()) {
            QJsonArray list;
            for (const auto &profile : profiles.profiles())
                list.append(profile.toJson());
            QJsonObject answer{{u"schema"_s, u"countersign.profiles/1"_s}, {u"profiles"_s, list}};
            answer.insert(u"default"_s, marked ? QJsonValue(marked->id) : QJsonValue());
            return context.writeJson(compact(answer));
        }
        Table table;
        for (const auto &profile : profiles.profiles())
            table.addRow({marked && marked->id == profile.id ? u"*"_s : u" "_s, labelOf(profile), profile.issuer,
                          profile.clientId});
        context.write(table.toText().toUtf8());
        if (profiles.profiles().isEmpty())
            context.hint(Text::tr("There is none. 'countersign profile add --help' says how to make one."));
        return ExitCode::Done;
    }
};

class ShowVerb final : public ProfileWord
{
public:
    ShowVerb() : ProfileWord(u"show"_s, Text::tr("Print one profile")) { }
    void addOptions(OptionSet &options) override { addName(options); }

protected:
    ExitCode act(Context &context, ProfileStore &profiles) override
    {
        const auto profile = named(context, profiles);
        if (!profile)
            return context.fail(profile.error());
        const auto json = profile->toJson();
        if (context.global().isJson())
            return context.writeJson(compact(json));
        Table table;
        for (auto it = json.begin(); it != json.end(); ++it)
            table.addRow({it.key(), textOf(it.value())});
        context.write(table.toText().toUtf8());
        return ExitCode::Done;
    }
};

class PresetsVerb final : public ProfileWord
{
public:
    PresetsVerb() : ProfileWord(u"presets"_s, Text::tr("List the kinds of provider that 'add --preset' knows")) { }

protected:
    ExitCode act(Context &context, ProfileStore &) override
    {
        Table table;
        Jose::JsonWriter json;
        json.beginObject().string("schema", u"countersign.presets/1"_s).name("presets").beginArray();
        for (const auto &preset : providerPresets()) {
            QStringList wanted;
            json.beginObject().string("id", preset.id).string("name", preset.name).name("fields").beginArray();
            for (const auto &field : preset.fields) {
                wanted.append(field.isRequired ? field.id : u'[' + field.id + u']');
                json.beginObject().string("id", field.id).string("label", field.label.in(QLocale()));
                json.string("example", field.example).boolean("required", field.isRequired).endObject();
            }
            json.endArray().string("redirect_uri", preset.redirectUri);
            json.string("console", preset.console.toString()).endObject();
            table.addRow({preset.id, preset.name, wanted.join(u' ')});
        }
        json.endArray().endObject();
        if (context.global().isJson())
            return context.writeJson(json.view());
        context.write(table.toText().toUtf8());
        return ExitCode::Done;
    }
};

class AddVerb final : public ProfileWord
{
public:
    AddVerb() : ProfileWord(u"add"_s, Text::tr("Save a provider and a registration there as a profile")) { }
    QString description() const override
    {
        return Text::tr("What a preset asks for is given by --set, for example --set tenant=contoso.com; "
                        "'countersign profile\npresets' lists it.");
    }
    QStringList examples() const override
    {
        return {u"countersign profile add work --issuer https://login.example.com --client-id my-app --scope email"_s,
                u"countersign profile add work --preset entra --set tenant=contoso.com --client-id ID"_s};
    }
    void addOptions(OptionSet &options) override
    {
        addName(options);
        options.text("--preset", m_preset, Text::tr("Kind of provider: entra, google …"));
        m_changes.addTo(options);
        options.flag("--replace", m_replaces, Text::tr("Replace a profile of the same id"));
    }

protected:
    ExitCode act(Context &context, ProfileStore &profiles) override
    {
        auto made = make(context);
        if (!made)
            return context.fail(made.error());
        auto &profile = *made;
        profile.id = m_name.isEmpty() ? profiles.freeId(profile.displayName()) : m_name;
        if (!m_replaces && profiles.find(profile.id))
            return context.fail(
                wrongUsage(Text::tr("There is a profile '%1' already: --replace replaces it.").arg(profile.id)));
        if (const auto usable = profile.configuration(); !usable)
            return context.fail(usable.error());
        return conclude(context, profiles.put(profile),
                        Text::tr("Profile '%1' is saved. Next: countersign login --profile %1").arg(profile.id));
    }

private:
    Result<Profile> make(Context &context)
    {
        const auto &global = context.global();
        if (m_preset.isEmpty()) {
            if (!namesProvider(global))
                return wrongUsage(Text::tr("'profile add' needs --issuer, --entra, --authority or --preset."));
            auto chosen = chooseProfile(withoutProfile(global), ProfileStore(QString()));
            if (!chosen)
                return chosen.error();
            chosen->profile.id.clear();
            if (const auto changed = m_changes.apply(chosen->profile); !changed)
                return changed.error();
            return chosen->profile;
        }
        const auto *preset = findPreset(m_preset);
        if (!preset) {
            QStringList ids;
            for (const auto &known : providerPresets())
                ids.append(known.id);
            return wrongUsage(notOneOf(m_preset, ids));
        }
        auto values = m_changes.values();
        const auto give = [&values](const QString &name, const QString &value) {
            if (!value.isEmpty())
                values.insert(name, value);
        };
        give(u"client_id"_s, global.clientId);
        give(u"issuer"_s, global.issuer);
        give(u"tenant"_s, global.tenant);
        auto profile = preset->profile(values);
        if (!profile)
            return profile.error();
        for (const auto &field : preset->fields)
            values.remove(field.id);
        values.remove(u"client_id"_s);
        if (const auto changed = m_changes.applyOnly(*profile, values); !changed)
            return changed.error();
        return profile;
    }
    static bool namesProvider(const GlobalOptions &global)
    {
        return !global.issuer.isEmpty() || !global.tenant.isEmpty() || !global.authority.isEmpty();
    }
    static GlobalOptions withoutProfile(GlobalOptions global)
    {
        global.profile.clear();
        return global;
    }

    QString m_preset;
    ProfileChanges m_changes;
    bool m_replaces = false;
};

class EditVerb final : public ProfileWord
{
public:
    EditVerb() : ProfileWord(u"edit"_s, Text::tr("Change members of a profile")) { }
    QString description() const override
    {
        return Text::tr("Members are those that 'countersign profile show' prints; an empty value takes one away.");
    }
    QStringList examples() const override
    {
        return {u"countersign profile edit work --set via=embedded --set note="_s,
                u"countersign profile edit work --scope \"openid email\" --redirect-uri http://localhost/"_s};
    }
    void addOptions(OptionSet &options) override
    {
        addName(options);
        m_changes.addTo(options);
    }

protected:
    ExitCode act(Context &context, ProfileStore &profiles) override
    {
        auto profile = named(context, profiles);
        if (!profile)
            return context.fail(profile.error());
        const auto id = profile->id;
        if (!context.global().clientId.isEmpty())
            profile->clientId = context.global().clientId;
        if (const auto changed = m_changes.apply(*profile); !changed)
            return context.fail(changed.error());
        if (profile->id != id)
            return context.fail(wrongUsage(Text::tr("The id of a profile never changes.")));
        if (const auto usable = profile->configuration(); !usable)
            return context.fail(usable.error());
        return conclude(context, profiles.put(*profile), Text::tr("Profile '%1' is changed.").arg(id));
    }

private:
    ProfileChanges m_changes;
};

class RemoveVerb final : public ProfileWord
{
public:
    RemoveVerb() : ProfileWord(u"remove"_s, Text::tr("Remove a profile; accounts and tokens stay")) { }
    void addOptions(OptionSet &options) override { addName(options); }

protected:
    ExitCode act(Context &context, ProfileStore &profiles) override
    {
        if (m_name.isEmpty())
            return context.fail(wrongUsage(Text::tr("'profile remove' needs the profile's name.")));
        const auto profile = named(context, profiles);
        if (!profile)
            return context.fail(profile.error());
        return conclude(context, profiles.remove(profile->id), Text::tr("Profile '%1' is gone.").arg(profile->id));
    }
};

class DefaultVerb final : public ProfileWord
{
public:
    DefaultVerb() : ProfileWord(u"default"_s, Text::tr("Mark the profile to take when nobody says which")) { }
    void addOptions(OptionSet &options) override { addName(options); }

protected:
    ExitCode act(Context &context, ProfileStore &profiles) override
    {
        const auto profile = named(context, profiles);
        if (!profile)
            return context.fail(profile.error());
        return conclude(context, profiles.setDefault(profile->id),
                        Text::tr("Profile '%1' is taken from now on where nobody says which.").arg(profile->id));
    }
};

class ExportVerb final : public ProfileWord
{
public:
    ExportVerb() : ProfileWord(u"export"_s, Text::tr("Print a profile for another person or program; no secret in it"))
    {
    }
    void addOptions(OptionSet &options) override
    {
        addName(options);
        options.choice("--format", m_format, {u"json"_s, u"variables"_s, u"appsettings"_s},
                       Text::tr("json (what import reads back), variables or appsettings (.NET)"));
    }

protected:
    ExitCode act(Context &context, ProfileStore &profiles) override
    {
        const auto profile = named(context, profiles);
        if (!profile)
            return context.fail(profile.error());
        const auto format = m_format == "variables"_L1 ? ProfileFormat::Variables
            : m_format == "appsettings"_L1             ? ProfileFormat::AppSettings
                                                       : ProfileFormat::Json;
        const auto text = exportProfile(*profile, format);
        if (!text)
            return context.fail(text.error());
        context.write(*text);
        if (!text->endsWith('\n'))
            context.write("\n");
        return ExitCode::Done;
    }

private:
    QString m_format = u"json"_s;
};

class ImportVerb final : public ProfileWord
{
public:
    ImportVerb()
        : ProfileWord(u"import"_s, Text::tr("Save the profiles found in a file, an address or the environment"))
    {
    }
    QString description() const override
    {
        return Text::tr("Reads appsettings JSON, MSAL's configurations, Google's client file, keycloak.json, a "
                        "discovery\ndocument, NAME=value lines, an authorization address, an issuer or a token. "
                        "Secrets in it are left out.");
    }
    QStringList examples() const override
    {
        return {u"countersign profile import appsettings.json"_s, u"countersign profile import env"_s,
                u"countersign profile import https://login.example.com --client-id my-app --name work"_s,
                u"countersign profile export work | ssh host countersign profile import -"_s};
    }
    void addOptions(OptionSet &options) override
    {
        options.text("SOURCE", m_source, Text::tr("A file, an address, env, or - for standard input"));
        options.text("--name", m_name, Text::tr("Id of the profile, if only one is found"));
        options.flag("--replace", m_replaces, Text::tr("Replace profiles of the same id"));
        options.flag("--dry-run", m_isDry, Text::tr("Say what would be saved, save nothing"));
    }

protected:
    ExitCode act(Context &context, ProfileStore &profiles) override
    {
        auto found = read(context);
        if (!found)
            return context.fail(found.error());
        if (found->isEmpty())
            return context.fail(wrongUsage(Text::tr("No profile was found in '%1'.").arg(m_source)));
        if (!m_name.isEmpty() && found->size() > 1)
            return context.fail(
                wrongUsage(Text::tr("--name names one profile, and %1 were found.").arg(found->size())));
        QJsonArray saved;
        for (auto &imported : *found) {
            auto profile = complete(context, imported, profiles);
            if (!profile)
                return context.fail(profile.error());
            if (!m_isDry) {
                if (const auto put = profiles.put(*profile); !put)
                    return context.fail(put.error());
            }
            tell(context, imported, *profile);
            saved.append(profile->toJson());
        }
        if (context.global().isJson())
            return context.writeJson(compact({{u"schema"_s, u"countersign.profiles/1"_s}, {u"profiles"_s, saved}}));
        return ExitCode::Done;
    }

private:
    Result<QList<ImportedProfile>> read(Context &context) const
    {
        if (m_source.isEmpty())
            return wrongUsage(Text::tr("'profile import' needs a file, an address, env, or -."));
        if (m_source == "env"_L1) {
            QHash<QString, QString> variables;
            const auto environment = QProcessEnvironment::systemEnvironment();
            const auto names = environment.keys();
            for (const auto &name : names)
                variables.insert(name, environment.value(name));
            return importEnvironment(variables);
        }
        if (m_source.contains("://"_L1))
            return importProfiles(m_source.toUtf8());
        const auto text = context.readFile(m_source, maximumImportSize);
        if (!text)
            return text.error();
        return importProfiles(text->reveal());
    }

    Result<Profile> complete(Context &context, const ImportedProfile &imported, const ProfileStore &profiles) const
    {
        auto profile = imported.profile;
        if (!context.global().clientId.isEmpty())
            profile.clientId = context.global().clientId;
        const auto wanted = m_name.isEmpty() ? profile.displayName() : m_name;
        const bool isTaken = profiles.find(wanted) != nullptr;
        if (!m_name.isEmpty() && isTaken && !m_replaces)
            return wrongUsage(Text::tr("There is a profile '%1' already: --replace replaces it.").arg(m_name));
        profile.id = !m_name.isEmpty() ? m_name
            : m_replaces && isTaken    ? profiles.find(wanted)->id
                                       : profiles.freeId(wanted);
        if (profile.clientId.isEmpty())
            return wrongUsage(Text::tr("It does not say the client id: add --client-id."));
        if (const auto usable = profile.configuration(); !usable)
            return usable.error();
        return profile;
    }

    void tell(Context &context, const ImportedProfile &imported, const Profile &profile) const
    {
        context.hint((m_isDry ? Text::tr("Would save profile '%1': %2, client %3 (from %4).")
                              : Text::tr("Saved profile '%1': %2, client %3 (from %4)."))
                         .arg(profile.id, harmless(profile.issuer), harmless(profile.clientId), imported.source));
        if (imported.hadSecret)
            context.hint(Text::tr("A secret stood there; it was left out."));
        if (imported.isIssuerGuessed)
            context.hint(Text::tr("The issuer is a guess; check it: countersign profile test %1").arg(profile.id));
    }

    QString m_source;
    bool m_replaces = false;
    bool m_isDry = false;
};

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
        const auto chosen = chooseProfile(options, profiles);
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
            return context.writeJson(json.view());
        context.write(table.toText().toUtf8());
        context.hint(Text::tr("Whether the client id and the redirect address are registered shows at the first "
                              "sign-in only."));
        return ExitCode::Done;
    }
};

//! Without a word after it, it lists.
class ProfileVerb final : public Verb
{
public:
    ProfileVerb() : Verb(u"profile"_s, Text::tr("Keep providers under a name: list, add, import, test, export …"))
    {
        addChild(std::make_unique<ListVerb>());
        addChild(std::make_unique<ShowVerb>());
        addChild(std::make_unique<AddVerb>());
        addChild(std::make_unique<PresetsVerb>());
        addChild(std::make_unique<ImportVerb>());
        addChild(std::make_unique<EditVerb>());
        addChild(std::make_unique<TestVerb>());
        addChild(std::make_unique<DefaultVerb>());
        addChild(std::make_unique<ExportVerb>());
        addChild(std::make_unique<RemoveVerb>());
    }
    ExitCode run(Context &context) override { return ListVerb().run(context); }
};

} // namespace

std::unique_ptr<Verb> makeProfileVerb()
{
    return std::make_unique<ProfileVerb>();
}

} // namespace Countersign::Cli

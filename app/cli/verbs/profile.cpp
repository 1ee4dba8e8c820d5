// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "../profileedit.h"
#include "../table.h"
#include "../verbs.h"
#include "../words.h"
#include "profileword.h"

#include <countersign/client/presets.h>
#include <countersign/client/profileimport.h>
#include <countersign/jose/jsonwriter.h>

#include <QtCore/QJsonArray>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

QString labelOf(const Profile &profile)
{
    return profile.name.isEmpty() || profile.name == profile.id ? profile.id
                                                                : profile.id + u" ("_s + profile.name + u')';
}

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
            return context.writeJson(compact(answer), "profiles");
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

QJsonObject withSchema(QJsonObject profile)
{
    profile.insert("schema"_L1, u"countersign.profile/1"_s);
    return profile;
}

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
        auto json = profile->toJson();
        if (hasClientSecret(context, *profile).value_or(false))
            json.insert("client_secret_kept"_L1, true);
        if (context.global().isJson())
            return context.writeJson(compact(withSchema(json)));
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
            return context.writeJson(json.view(), "presets");
        context.write(table.toText().toUtf8());
        return ExitCode::Done;
    }
};

class RemoveVerb final : public ProfileWord
{
public:
    RemoveVerb()
        : ProfileWord(u"remove"_s, Text::tr("Remove a profile and its client secret; accounts and tokens stay"))
    {
    }
    QString description() const override
    {
        return Text::tr(
            "A client secret that another profile of the same registration needs stays, too. What is left of "
            "the\nprofile's accounts: countersign accounts");
    }
    void addOptions(OptionSet &options) override
    {
        addName(options);
        options.flag("--keep-client-secret", m_keepsSecret, Text::tr("Leave the client secret in the store"));
    }

protected:
    ExitCode act(Context &context, ProfileStore &profiles) override
    {
        if (m_name.isEmpty())
            return context.fail(wrongUsage(Text::tr("'profile remove' needs the profile's name.")));
        const auto profile = named(context, profiles);
        if (!profile)
            return context.fail(profile.error());
        Change change{.what = u"profile"_s, .name = profile->id, .action = u"removed"_s};
        // Before the profile, by which alone it is found.
        if (const auto settled = settleSecret(context, *profile, profiles.sharingRegistration(*profile), change);
            !settled)
            return context.fail(settled.error());
        return tellChange(context, profiles.remove(profile->id), change,
                          Text::tr("Profile '%1' is gone.").arg(profile->id));
    }

private:
    //! Forgets the client secret unless somebody needs it, and notes in \p change what became of it.
    Result<void> settleSecret(Context &context, const Profile &profile, const QStringList &others, Change &change) const
    {
        const auto isKept = hasClientSecret(context, profile);
        if (!isKept) {
            change.warnings.append(
                {u"client_secret_unknown"_s,
                 Text::tr("Whether a client secret of it is kept could not be looked up: one that is "
                          "kept stays in the store.")});
            return {};
        }
        if (!*isKept)
            return {};
        if (m_keepsSecret) {
            change.warnings.append({u"client_secret_kept"_s, Text::tr("Its client secret stays in the store.")});
            return {};
        }
        if (!others.isEmpty()) {
            change.warnings.append({u"client_secret_shared"_s,
                                    Text::tr("Its client secret stays in the store: the profile '%1' goes to the same "
                                             "registration.")
                                        .arg(others.first())});
            return {};
        }
        change.warnings.append({u"client_secret_forgotten"_s, Text::tr("Its client secret is forgotten.")});
        return forgetClientSecret(context, profile);
    }

    bool m_keepsSecret = false;
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
        return tellChange(context, profiles.setDefault(profile->id),
                          {.what = u"profile"_s, .name = profile->id, .action = u"default"_s},
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
        if (hasClientSecret(context, *profile).value_or(false))
            context.hint(Text::tr("The client secret that is kept here is not in it."));
        if (context.global().isJson() && format == ProfileFormat::Json)
            return context.writeJson(compact(withSchema(profile->toJson())));
        if (context.global().isJson())
            return context.writeJson(compact({{u"schema"_s, u"countersign.profile-export/1"_s},
                                              {u"format"_s, m_format},
                                              {u"text"_s, QString::fromUtf8(*text)}}));
        context.write(*text);
        if (!text->endsWith('\n'))
            context.write("\n");
        return ExitCode::Done;
    }

private:
    QString m_format = u"json"_s;
};

//! Without a word after it, it lists.
class ProfileVerb final : public Verb
{
public:
    ProfileVerb() : Verb(u"profile"_s, Text::tr("Keep providers under a name: list, add, import, test, export …"))
    {
        addChild(std::make_unique<ListVerb>());
        addChild(std::make_unique<ShowVerb>());
        addChild(makeProfileAddVerb());
        addChild(std::make_unique<PresetsVerb>());
        addChild(makeProfileImportVerb());
        addChild(makeProfileEditVerb());
        addChild(makeProfileTestVerb());
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

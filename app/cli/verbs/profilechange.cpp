// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "profileword.h"

#include "../profileedit.h"
#include "../words.h"

#include <countersign/client/presets.h>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

//! The secret first: a profile that wants one and has none helps nobody.
Result<void> keepSecret(Context &context, ClientSecretChange &secret, const Profile &profile)
{
    if (!secret.isWanted())
        return {};
    if (auto read = secret.read(context); !read)
        return read;
    return secret.apply(context, profile);
}

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
        m_secret.addTo(options, true);
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
        if (const auto kept = keepSecret(context, m_secret, profile); !kept)
            return context.fail(kept.error());
        return tellChange(context, profiles.put(profile),
                          {.what = u"profile"_s, .name = profile.id, .action = u"saved"_s},
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
        if (!values.contains(u"client_id"_s))
            return wrongUsage(Text::tr("--client-id is missing: the id under which you are registered there."));
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
    ClientSecretChange m_secret;
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
                u"countersign profile edit work --scope \"openid email\" --redirect-uri http://localhost/"_s,
                u"countersign profile edit work --client-secret-file secret.txt"_s};
    }
    void addOptions(OptionSet &options) override
    {
        addName(options);
        m_changes.addTo(options);
        m_secret.addTo(options, false);
    }

protected:
    ExitCode act(Context &context, ProfileStore &profiles) override
    {
        auto profile = named(context, profiles);
        if (!profile)
            return context.fail(profile.error());
        const auto id = profile->id;
        const auto before = profile->toJson();
        if (!context.global().clientId.isEmpty())
            profile->clientId = context.global().clientId;
        if (const auto changed = m_changes.apply(*profile); !changed)
            return context.fail(changed.error());
        if (profile->id != id)
            return context.fail(wrongUsage(Text::tr("The id of a profile never changes.")));
        if (const auto usable = profile->configuration(); !usable)
            return context.fail(usable.error());
        if (const auto kept = keepSecret(context, m_secret, *profile); !kept)
            return context.fail(kept.error());
        if (profile->toJson() == before && m_secret.isWanted()) {
            return tellChange(context, {.what = u"profile"_s, .name = id, .action = u"changed"_s},
                              m_secret.forgets() ? Text::tr("No client secret is kept for profile '%1' now.").arg(id)
                                                 : Text::tr("The client secret of profile '%1' is kept.").arg(id));
        }
        if (profile->toJson() == before) {
            return tellChange(context, {.what = u"profile"_s, .name = id, .action = u"unchanged"_s},
                              Text::tr("Nothing to change in profile '%1': --set, --scope, --redirect-uri, --title, "
                                       "--client-id and --client-secret-stdin say what.")
                                  .arg(id));
        }
        return tellChange(context, profiles.put(*profile), {.what = u"profile"_s, .name = id, .action = u"changed"_s},
                          Text::tr("Profile '%1' is changed.").arg(id));
    }

private:
    ProfileChanges m_changes;
    ClientSecretChange m_secret;
};

} // namespace

std::unique_ptr<Verb> makeProfileAddVerb()
{
    return std::make_unique<AddVerb>();
}

std::unique_ptr<Verb> makeProfileEditVerb()
{
    return std::make_unique<EditVerb>();
}

} // namespace Countersign::Cli

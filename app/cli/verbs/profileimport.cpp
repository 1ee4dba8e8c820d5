// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "profileword.h"

#include "../words.h"

#include <countersign/client/profileimport.h>

#include <QtCore/QJsonArray>
#include <QtCore/QProcessEnvironment>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {
namespace {

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
        options.file("SOURCE", m_source, Text::tr("A file, an address, env, or - for standard input"));
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
            return context.writeJson(compact({{u"schema"_s, u"countersign.profiles/1"_s}, {u"profiles"_s, saved}}),
                                     "profiles");
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

} // namespace

std::unique_ptr<Verb> makeProfileImportVerb()
{
    return std::make_unique<ImportVerb>();
}

} // namespace Countersign::Cli

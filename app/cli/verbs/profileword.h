// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "../changeoutput.h"
#include "../session.h"
#include "../text.h"
#include "../verb.h"

#include <QtCore/QJsonDocument>

namespace Countersign::Cli {

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
    void addName(OptionSet &options) { options.profile("NAME", m_name, Text::tr("The profile's id or name")); }
    //! The profile that NAME or --profile means, otherwise the default one.
    Result<Profile> named(Context &context, const ProfileStore &profiles) const
    {
        GlobalOptions options;
        options.profile = m_name.isEmpty() ? context.global().profile : m_name;
        const auto chosen = chooseProfile(context, options, profiles);
        if (!chosen)
            return chosen.error();
        return chosen->profile;
    }
    QString m_name;
};

inline QByteArray compact(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

// The words that are files of their own.
std::unique_ptr<Verb> makeProfileAddVerb();
std::unique_ptr<Verb> makeProfileEditVerb();
std::unique_ptr<Verb> makeProfileImportVerb();
std::unique_ptr<Verb> makeProfileTestVerb();

} // namespace Countersign::Cli

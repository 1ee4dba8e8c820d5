// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optionset.h"
#include "passphrase.h"

#include <countersign/client/profile.h>

namespace Countersign::Cli {

//! Changes to a profile as flags say them: --scope, --redirect-uri, --title and --set MEMBER=VALUE.
class ProfileChanges
{
public:
    void addTo(OptionSet &options);
    //! Every --set by its member.
    QHash<QString, QString> values() const;
    //! Errors: InvalidArgument naming the member that does not exist or the value that does not fit.
    [[nodiscard]] Result<void> apply(Profile &profile) const;
    //! The same with \p values in place of every --set.
    [[nodiscard]] Result<void> applyOnly(Profile &profile, const QHash<QString, QString> &values) const;

private:
    QStringList m_sets;
    QStringList m_scopes;
    QString m_title;
    QString m_redirectUri;
};

//! What flags say of the secret that a registration has: it is kept in the token store, never in the profile.
class ClientSecretChange
{
public:
    //! \p isNew: a profile that is made has none to forget.
    void addTo(OptionSet &options, bool isNew);
    bool isWanted() const { return m_source.isNamed() || m_forgets; }
    bool forgets() const { return m_forgets; }
    //! Reads the secret before anything is changed.
    //!
    //! Errors: InvalidArgument for flags that contradict each other or name nothing that can be read; NotSupported when
    //!         the store keeps none.
    [[nodiscard]] Result<void> read(Context &context);
    //! Keeps or forgets it for \p profile. Errors: those of the store.
    [[nodiscard]] Result<void> apply(Context &context, const Profile &profile);

private:
    SecretSource m_source;
    bool m_forgets = false;
    Secret m_secret;
};

//! Having none is no error. Errors: those of the store.
[[nodiscard]] Result<void> forgetClientSecret(Context &context, const Profile &profile);
//! Whether a secret is kept for \p profile; nothing where the store cannot be read at once.
std::optional<bool> hasClientSecret(Context &context, const Profile &profile);

//! A member of a profile's JSON for people: lists with spaces between.
QString textOf(const QJsonValue &value);

} // namespace Countersign::Cli

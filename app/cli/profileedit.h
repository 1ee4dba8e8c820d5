// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "optionset.h"

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

//! A member of a profile's JSON for people: lists with spaces between.
QString textOf(const QJsonValue &value);

} // namespace Countersign::Cli

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/client/localizedtext.h>
#include <countersign/client/profile.h>

#include <QtCore/QHash>

namespace Countersign {

//! One thing that a preset asks for, for example the tenant.
struct PresetField
{
    QString id; //!< stands in braces in the issuer's template, or names a member of the profile
    LocalizedText label;
    QString example;
    QString fallback; //!< taken when the person leaves it empty
    bool isRequired = true;
};

//! A kind of provider: what has to be asked, what follows from it, and what a newcomer should know. Data, not code:
//! resources/presets.json.
struct COUNTERSIGN_EXPORT ProviderPreset
{
    QString id; //!< stable, for scripts: "entra", "google" …
    QString name;
    Profile::Kind kind = Profile::Kind::Oidc;
    QString issuerTemplate;
    QList<PresetField> fields;
    QStringList scopes;
    QStringList capabilities;
    QList<ExtraParameter> extra;
    bool isOpenId = true;
    bool wantsRefreshToken = true;
    QString redirectUri; //!< what to register at the provider
    QUrl console; //!< where registrations are made; opened only by a click
    QList<LocalizedText> knows;

    //! The profile that \p values (by field id) make. It has no id yet.
    //!
    //! Errors: InvalidArgument naming the field that is missing or does not fit.
    [[nodiscard]] Result<Profile> profile(const QHash<QString, QString> &values) const;
    //! As much of it as is known; nothing needs to be there or to fit. For going on elsewhere.
    Profile draft(const QHash<QString, QString> &values) const;
};

//! In the order in which they are offered; the generic ones are last.
COUNTERSIGN_EXPORT const QList<ProviderPreset> &providerPresets();
//! Null when there is none of that id.
COUNTERSIGN_EXPORT const ProviderPreset *findPreset(QStringView id);
//! The preset whose provider an issuer belongs to; null when it could be anybody's.
COUNTERSIGN_EXPORT const ProviderPreset *presetForIssuer(const QString &issuer);

} // namespace Countersign

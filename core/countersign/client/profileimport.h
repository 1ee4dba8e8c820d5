// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <countersign/client/profile.h>

#include <QtCore/QHash>

namespace Countersign {

//! A profile found in something that a person has at hand. It may lack what that thing does not say.
struct ImportedProfile
{
    Profile profile; //!< without an id; `name` is a suggestion, and so are scopes that were not said
    QString source; //!< stable, in snake_case, for example "appsettings", "authorization_url", "environment"
    QStringList missing; //!< members of the profile that the person has to fill in: "client_id", "issuer"
    bool isIssuerGuessed = false; //!< derived from another address: to be confirmed by discovery
    bool hadSecret = false; //!< a client secret, certificate or token stood there; it was left out

    friend bool operator==(const ImportedProfile &, const ImportedProfile &) = default;
};

//! What may be asked of an import: at most this much is read.
inline constexpr qsizetype maximumImportSize = 4 * 1024 * 1024;

//! Finds profiles in appsettings JSON, MSAL's configurations, Google's client file, keycloak.json, a kubeconfig in
//! JSON, a discovery document, our own profiles, environment lines, an authorization URL, an issuer or .well-known
//! address, or a token. Pure: touches no network.
//!
//! Errors:  InvalidArgument if there is nothing of the kind in \p text.
//! Secrets: none is taken over. \p text may hold some: the caller does not log it.
[[nodiscard]] COUNTERSIGN_EXPORT Result<QList<ImportedProfile>> importProfiles(QByteArrayView text);
//! The variables that SDKs read: AZURE_…, ARM_…, OIDC_…, OAUTH2_…, AUTH0_…, OKTA_OAUTH2_…, KEYCLOAK_…, GITLAB_….
[[nodiscard]] COUNTERSIGN_EXPORT QList<ImportedProfile> importEnvironment(const QHash<QString, QString> &variables);
//! Whether both are the same application at the same provider, whatever else they say.
[[nodiscard]] COUNTERSIGN_EXPORT bool isSameRegistration(const Profile &a, const Profile &b);
//! The issuer (or Microsoft authority) that an endpoint or page of a provider belongs to, by the shape of its address.
//! A guess unless it is a .well-known address.
[[nodiscard]] COUNTERSIGN_EXPORT ImportedProfile profileFromAddress(const QUrl &address);

enum class ProfileFormat : quint8 {
    Json, //!< our own; what import reads back
    Variables, //!< lines of NAME=value
    AppSettings, //!< the section "AzureAd" of .NET; Entra only
};

//! \p profile for another program or person. A profile holds no secret, so neither does this; the login hint, which
//! names a person, is left out.
//!
//! Errors: NotSupported if the format cannot express this provider.
[[nodiscard]] COUNTERSIGN_EXPORT Result<QByteArray> exportProfile(const Profile &profile, ProfileFormat format);

} // namespace Countersign

// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer: the readers that importProfiles() tries.
#pragma once

#include <countersign/client/profileimport.h>
#include <countersign/jose/json.h>

namespace Countersign {

QList<ImportedProfile> importJson(const Jose::JsonObject &root);
//! The users of a kubeconfig, as kubectl writes it in JSON, who sign in by a helper that is known.
QList<ImportedProfile> importKubeconfig(const Jose::JsonObject &root);
QList<ImportedProfile> importUrl(const QUrl &url);
QList<ImportedProfile> importToken(QByteArrayView text);
//! Lines of NAME=value, with "export", quotes and comments as .env files have them.
QHash<QString, QString> readEnvironmentLines(QByteArrayView text);

//! The source of profiles that we wrote ourselves: nothing is to be added to them.
inline constexpr QStringView ourOwn = u"countersign";

//! Each registration once, and no name for two of them.
QList<ImportedProfile> distinct(const QList<ImportedProfile> &found);
//! Names what is missing, and adds a name for people and the provider's usual scopes where there are none.
ImportedProfile finished(ImportedProfile found, const QString &source);
//! A Microsoft authority of host and tenant.
QString entraAuthority(const QString &instance, const QString &tenant);
bool isMicrosoftHost(const QString &host);
//! Sets issuer and kind from an authority or issuer address.
void setIssuer(ImportedProfile &found, const QString &address);

} // namespace Countersign

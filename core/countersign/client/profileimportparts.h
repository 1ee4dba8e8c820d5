// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
// Private to the layer: the readers that importProfiles() tries.
#pragma once

#include <countersign/client/profileimport.h>
#include <countersign/jose/json.h>

namespace Countersign {

QList<ImportedProfile> importJson(const Jose::JsonObject &root);
QList<ImportedProfile> importUrl(const QUrl &url);
QList<ImportedProfile> importToken(QByteArrayView text);
//! Lines of NAME=value, with "export", quotes and comments as .env files have them.
QHash<QString, QString> readEnvironmentLines(QByteArrayView text);

//! Names what is missing and gives it a name for people.
ImportedProfile finished(ImportedProfile found, const QString &source);
//! A Microsoft authority of host and tenant.
QString entraAuthority(const QString &instance, const QString &tenant);
bool isMicrosoftHost(const QString &host);
//! Sets issuer and kind from an authority or issuer address.
void setIssuer(ImportedProfile &found, const QString &address);

} // namespace Countersign

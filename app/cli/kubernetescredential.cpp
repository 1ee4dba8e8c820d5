// SPDX-FileCopyrightText: The Countersign authors
// SPDX-License-Identifier: Apache-2.0
#include "kubernetescredential.h"

#include "text.h"
#include "words.h"

#include <countersign/jose/json.h>
#include <countersign/jose/jsonwriter.h>

using namespace Qt::StringLiterals;

namespace Countersign::Cli {

QStringList execApiVersions()
{
    return {u"client.authentication.k8s.io/v1"_s, u"client.authentication.k8s.io/v1beta1"_s};
}

Result<ExecInfo> parseExecInfo(QByteArrayView json)
{
    const auto object = Jose::JsonObject::parse(json.toByteArray());
    if (!object || !object->value("kind").isString("ExecCredential"))
        return wrongUsage(Text::tr("KUBERNETES_EXEC_INFO is no ExecCredential."));
    ExecInfo info{.apiVersion = object->string("apiVersion").value_or(QString())};
    if (!execApiVersions().contains(info.apiVersion))
        return wrongUsage(Text::tr("kubectl wants the version '%1'; spoken are %2.")
                              .arg(info.apiVersion, execApiVersions().join(u", "_s)));
    const auto spec = object->object("spec");
    if (!spec)
        return info;
    info.isInteractive = spec->boolean("interactive").value_or(false);
    const auto cluster = spec->object("cluster");
    info.server = cluster ? cluster->string("server").value_or(QString()) : QString();
    return info;
}

Secret encodeExecCredential(const QString &apiVersion, const Secret &token, const std::optional<QDateTime> &expiresAt)
{
    Jose::JsonWriter json;
    json.beginObject().string("kind", u"ExecCredential"_s).string("apiVersion", apiVersion);
    json.name("spec").beginObject().boolean("interactive", false).endObject();
    json.name("status").beginObject();
    if (expiresAt)
        json.string("expirationTimestamp", expiresAt->toUTC().toString(u"yyyy-MM-dd'T'HH:mm:ss'Z'"_s));
    json.secret("token", token).endObject().endObject();
    return json.takeSecret();
}

} // namespace Countersign::Cli
